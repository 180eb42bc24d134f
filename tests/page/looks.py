"""How the page looks to a browser: first paint, layout shift, barriers.

    python app.py &
    python -m tests.page.looks                            # of http://127.0.0.1:7860/
    python -m tests.page.looks --url http://127.0.0.1:7861/ --question "…"

A line each for a desktop of 1366×768 and a phone of 390×844, light and dark,
in English and Vietnamese, each in a fresh profile with an empty cache: seconds
until the first paint and until the examples stand there, how far things moved
(Cumulative Layout Shift, good up to 0.1), and what axe-core finds serious on
all four tabs after a question was answered. Needs the extra `dev` and Chromium.

Exit status: 0 if nothing serious was found, else 1.
"""

import argparse
import itertools
import shutil
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

from axe_playwright_python.sync_playwright import (  # type: ignore[import-untyped]  # ships none
    Axe,
)
from playwright.sync_api import Browser, Page, sync_playwright

from tests.page.asking import SHIFTS

QUESTION = "what was the online records rate in 2024"
LOCALES = {"en": "en-GB", "vi": "vi-VN"}
SIZES = {"desktop": (1366, 768), "phone": (390, 844)}
WAIT = 120_000  # milliseconds for the page to come up
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"


class Look(NamedTuple):
    """What a browser saw; times in seconds."""

    name: str
    paint: float
    ready: float  # the examples, or why there are none, stand there
    shift: float  # Cumulative Layout Shift until then
    serious: tuple[str, ...]  # rules of axe-core that were broken, with the tab


def look(browser: Browser, url: str, question: str, kind: Sequence[str]) -> Look:
    """Open the page as *kind* (language, scheme, device) says, and look."""
    language, scheme, device = kind
    width, height = SIZES[device]
    options: dict[str, Any] = {"color_scheme": scheme, "locale": LOCALES[language]}
    if device == "phone":
        options |= {"is_mobile": True, "has_touch": True, "device_scale_factor": 2}
    context = browser.new_context(
        viewport={"width": width, "height": height}, **options
    )
    page = context.new_page()
    page.add_init_script(SHIFTS)
    page.goto(url)
    page.locator("#examples button, .reply.problem").first.wait_for(timeout=WAIT)
    ready = page.evaluate("performance.now() / 1000")
    page.wait_for_timeout(500)  # what moves late moves now
    paint, shift = page.evaluate(PAINT), page.evaluate("window.shifted")
    serious = barriers(page, question)
    context.close()
    return Look(" ".join(kind), paint, ready, shift, serious)


def barriers(page: Page, question: str) -> tuple[str, ...]:
    """What axe-core calls serious or critical on each tab, folds open."""
    page.locator("#question").fill(question)
    page.locator("#question").press("Enter")
    page.locator(".turn:not(.pending) .tools").wait_for(timeout=WAIT)
    for folded in (".feedback summary", ".filters summary"):
        page.locator(folded).last.click()
    found = []
    tabs = page.get_by_role("tab")
    for number in range(tabs.count()):
        tabs.nth(number).click()
        page.wait_for_timeout(800)  # the tab's own first request
        found += [
            f"{tabs.nth(number).inner_text()}: {broken['id']}"
            for broken in Axe().run(page).response["violations"]
            if broken["impact"] in {"serious", "critical"}
        ]
    return tuple(found)


def main(argv: Sequence[str] | None = None) -> int:
    """See the module."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.page.looks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--url", default="http://127.0.0.1:7860/")
    parser.add_argument("--question", default=QUESTION, help="one that is answered")
    args = parser.parse_args(argv)
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        print("| page | first paint, s | ready, s | layout shift | serious |")
        print("| --- | --: | --: | --: | --- |")
        serious = 0
        for kind in itertools.product(LOCALES, ("light", "dark"), SIZES):
            seen = look(browser, args.url, args.question, kind)
            told = ", ".join(seen.serious) or "none"
            print(
                f"| {seen.name} | {seen.paint:.2f} | {seen.ready:.2f} | "
                f"{seen.shift:.3f} | {told} |",
                flush=True,
            )
            serious += len(seen.serious)
        browser.close()
    return 1 if serious else 0


if __name__ == "__main__":
    sys.exit(main())
