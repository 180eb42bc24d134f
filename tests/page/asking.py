"""What the browser tests of the page do alike."""

from playwright.sync_api import Page, expect

# Adds up in `window.shifted` how far what stands on the page has moved.
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (!entry.hadRecentInput) window.shifted += entry.value;
  }
}).observe({ type: "layout-shift", buffered: true });
"""


def ask(page: Page, question: str) -> None:
    """Type a question and wait for its whole reply."""
    replies = page.locator(".turn:not(.pending) .tools")
    before = replies.count()
    page.locator("#question").fill(question)
    page.locator("#question").press("Enter")
    expect(replies).to_have_count(before + 1, timeout=30_000)
