"""What the browser tests of the page do alike."""

from playwright.sync_api import Page, expect


def ask(page: Page, question: str) -> None:
    """Type a question and wait for its whole reply."""
    replies = page.locator(".turn:not(.pending) .tools")
    before = replies.count()
    page.locator("#question").fill(question)
    page.locator("#question").press("Enter")
    expect(replies).to_have_count(before + 1, timeout=30_000)
