"""What a reader sees and does, in a real browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from page.texts import EN, VI
from tests.page.asking import ask

if TYPE_CHECKING:
    from tests.page.conftest import Site

pytestmark = pytest.mark.browser
QUESTION = "what was the online records rate in 2024"
VIETNAMESE = "Tỷ lệ hồ sơ trực tuyến năm 2024 là bao nhiêu?"
QUOTE = (
    "The rate of online records nationwide reached 45%, up 2.5 times compared to 2023."
)


@contextmanager
def opened(
    browser: Browser, site: "Site", locale: str = "en-GB", width: int = 1366
) -> Iterator[Page]:
    """The page in a fresh profile; fails if a request went elsewhere."""
    context = browser.new_context(
        locale=locale, viewport={"width": width, "height": 768}
    )
    page = context.new_page()
    asked: list[str] = []
    errors: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    try:
        page.goto(site.url)
        expect(page.locator("#ask textarea")).to_be_editable(timeout=30_000)
        expect(page.locator("#heading h1")).to_be_visible()
        yield page
    finally:
        context.close()
    hosts = {urlsplit(url).hostname for url in asked if not url.startswith("data:")}
    assert hosts == {"127.0.0.1"}
    assert errors == []


def panel(page: Page) -> FrameLocator:
    """The panel in which sources open."""
    return page.frame_locator("iframe[name=source]")


def test_the_users_question_is_answered_and_proved(
    browser: Browser, site: "Site"
) -> None:
    """45%, its chips, and one click to the highlighted sentence in its report."""
    with opened(browser, site) as page:
        ask(page, QUESTION)
        expect(page.locator(".headline")).to_have_text("45%")
        expect(page.locator(".chips")).to_contain_text("2024")
        expect(page.locator(".chip.achieved")).to_be_visible()

        page.locator(".sources a").first.click()

        mark = panel(page).locator("mark")
        expect(mark).to_have_text(QUOTE)
        expect(mark).to_be_in_viewport(ratio=1)
        expect(panel(page).locator("dl")).to_contain_text(EN.publisher)
        original = panel(page).locator("a.original")
        assert original.get_attribute("target") == "_blank"
        assert "noopener" in (original.get_attribute("rel") or "")
        assert page.evaluate("window.scrollY") == 0


@pytest.mark.model
def test_the_users_question_is_answered_with_the_real_model(
    browser: Browser, real_site: "Site"
) -> None:
    """The same question with the encoder that readers have; Vietnamese too."""
    with opened(browser, real_site) as page:
        for question in (QUESTION, VIETNAMESE):
            ask(page, question)
            turn = page.locator(".turn").last
            expect(turn.locator(".headline")).to_have_text("45%")
            turn.locator(".sources a").first.click()
            expect(panel(page).locator("mark")).to_have_text(QUOTE)


def test_a_follow_up_uses_the_questions_before(browser: Browser, site: "Site") -> None:
    """A bare "And in 2022?" is made whole; the first answer's source still opens."""
    with opened(browser, site) as page:
        ask(page, QUESTION)
        ask(page, "And in 2022?")
        expect(page.locator(".turn").last).to_contain_text("52.80%")

        page.locator(".turn").first.locator(".marker").first.click()
        expect(panel(page).locator("mark")).to_have_text(QUOTE)


def test_a_refusal_is_seen_as_one(browser: Browser, site: "Site") -> None:
    """What the reports do not say looks like no answer."""
    with opened(browser, site) as page:
        ask(page, "What was the online records rate in 2019?")

        expect(page.locator(".refusal")).to_contain_text(EN.refusal)
        expect(page.locator(".refusal")).to_contain_text("2019")
        expect(page.locator(".headline")).to_have_count(0)


def test_vietnamese_readers_get_a_vietnamese_page(
    browser: Browser, site: "Site"
) -> None:
    """By the browser's language; and it can be switched."""
    with opened(browser, site, locale="vi-VN") as page:
        expect(page.locator("#heading h1")).to_have_text(VI.title)
        expect(page.locator("#examples h2")).to_have_text(VI.examples_heading)
        expect(page.locator("html")).to_have_attribute("lang", "vi")

        page.get_by_label("English").check()

        expect(page.locator("#heading h1")).to_have_text(EN.title)
        expect(page.get_by_label(EN.question_label)).to_be_visible()
        expect(panel(page).locator("h1")).to_have_text(EN.reports_heading)


@pytest.mark.parametrize("locale", ["en-GB", "vi-VN"])
def test_an_example_is_answered_by_a_click_and_a_new_chat_clears(
    browser: Browser, site: "Site", locale: str
) -> None:
    """Questions from the reports, in the reader's language; none is refused."""
    with opened(browser, site, locale=locale) as page:
        examples = page.locator("#examples button")
        expect(examples.first).to_be_visible(timeout=30_000)
        assert 3 <= examples.count() <= 6
        examples.first.click()
        expect(page.locator(".reply.answer .tools")).to_be_visible(timeout=30_000)
        expect(page.locator("#examples")).to_have_count(0)

        page.locator('[data-act="new"]').click()

        expect(page.locator(".turn")).to_have_count(0)
        expect(examples.first).to_be_visible()


def test_on_a_phone_the_source_comes_into_view(browser: Browser, site: "Site") -> None:
    """It lies over the chat, which one button or Escape brings back."""
    with opened(browser, site, width=390) as page:
        ask(page, QUESTION)
        expect(page.locator("#source-side")).to_be_hidden()

        page.locator(".sources a").first.click()

        expect(panel(page).locator("mark")).to_be_in_viewport(ratio=1)
        back = page.locator("#source-side .back")
        expect(back).to_be_focused()
        back.press("Escape")
        expect(page.locator("#source-side")).to_be_hidden()
        expect(page.locator(".sources a").first).to_be_focused()
        assert page.evaluate("document.body.scrollWidth <= window.innerWidth")


def test_a_report_with_script_and_markdown_shows_as_text(
    browser: Browser, hostile_site: "Site"
) -> None:
    """Nothing in a report, its name or a question is obeyed."""
    with opened(browser, hostile_site) as page:
        ask(page, "What share of digital schools was reached in 2024? <b>x</b> **y**")
        turn = page.locator(".turn")
        expect(turn).to_contain_text("<b>x</b> **y**")
        expect(turn).to_contain_text("61%")

        for place in (turn, panel(page).locator("main")):
            expect(place).to_contain_text("<script>document.title='owned'</script>")
            expect(place).to_contain_text("**nationwide**")
            expect(place).to_contain_text("$$x^2$$")
            expect(place.locator("script, img, strong, .katex")).to_have_count(0)
            if place is turn:
                page.locator(".sources a").first.click()
        expect(panel(page).locator("h1, dl")).to_contain_text(["<b>bold<b>.txt"])
        assert page.title() == EN.title


def test_injected_script_would_not_run(browser: Browser, site: "Site") -> None:
    """The second wall: even HTML that was let through is refused by policy."""
    with opened(browser, site) as page:
        page.evaluate(
            """() => {
                const box = document.querySelector("#heading");
                box.innerHTML = '<img src=x onerror="window.owned = 1">';
                const script = document.createElement("script");
                script.textContent = "window.owned = 2";
                box.append(script);
            }"""
        )
        page.wait_for_timeout(300)
        assert page.evaluate("window.owned") is None
