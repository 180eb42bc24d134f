"""The Ask and Figures tabs in a real browser, in both languages."""

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import (  # type: ignore[import-untyped]  # ships none
    Axe,
)
from playwright.sync_api import Browser, Page, Route, expect

from page import texts_ask
from page.texts import EN, VI, Words
from tests.page.asking import SHIFTS, ask

if TYPE_CHECKING:
    from tests.page.conftest import Site

pytestmark = pytest.mark.browser
WATER = "What share of rural households had clean water in 2024?"
SCHOOLS = "What share of schools had digital textbooks in {year}?"
RECORDS = "what was the online records rate in 2024"


@pytest.fixture(params=["en", "vi"])
def words(request: pytest.FixtureRequest) -> Words:
    """Each test in both languages."""
    return {"en": EN, "vi": VI}[request.param]


@pytest.fixture
def page(browser: Browser, site: "Site", words: Words) -> Iterator[Page]:
    """The page in a fresh profile, dark in Vietnamese; nothing goes elsewhere."""
    context = browser.new_context(
        locale={"en": "en-GB", "vi": "vi-VN"}[words.language],
        color_scheme={"en": "light", "vi": "dark"}[words.language],  # type: ignore[arg-type]  # literals
        viewport={"width": 1366, "height": 768},
        permissions=["clipboard-read", "clipboard-write"],
    )
    asked: list[str] = []
    errors: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(SHIFTS)
    page.goto(site.url)
    expect(page.locator("#question")).to_be_editable(timeout=60_000)
    expect(page.locator(".turns")).to_be_attached(timeout=30_000)
    yield page
    context.close()
    hosts = {urlsplit(url).hostname for url in asked if not url.startswith("data:")}
    assert hosts == {"127.0.0.1"}
    assert errors == []


def own(words: Words) -> texts_ask.AskWords:
    """The words of the two tabs."""
    return texts_ask.ask_words(words.language)


def test_an_answer_grows_without_moving_what_stands(page: Page, words: Words) -> None:
    """First the headline, then the rest below it; nothing shifts."""
    page.evaluate(
        """() => {
            window.seen = [];
            const chat = document.getElementById("chat");
            new MutationObserver(() => {
                const reply = chat.querySelector(".reply.answer");
                if (reply) window.seen.push([
                    Boolean(reply.querySelector(".headline")),
                    Boolean(reply.querySelector("blockquote")),
                    Boolean(reply.querySelector(".tools"))]);
            }).observe(chat, {childList: true, subtree: true});
        }"""
    )
    ask(page, WATER)

    seen = page.evaluate("window.seen")
    assert seen[0][0]
    assert seen[-1] == [True, True, True]
    assert page.locator(".reply").first.get_attribute("lang") == "en"
    assert page.evaluate("window.shifted") < 0.02
    expect(page.locator("#said")).to_contain_text("61.4%")


def test_a_number_shows_its_quote_and_opens_the_sentence(
    page: Page, words: Words
) -> None:
    """On hover and on focus; Escape hides it; a PDF opens with the sentence framed."""
    ask(page, WATER)
    marker = page.locator("a.marker").first
    tip = page.locator("#quote-tip")
    marker.hover()
    expect(tip).to_contain_text("reached 61.4%")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.locator("#question").hover()
    marker.focus()
    expect(tip).to_be_visible()
    expect(tip).to_contain_text(EN.page_number.format(number=1))  # as the question

    marker.press("Enter")

    source = page.frame_locator("iframe[name=source]")
    expect(source.locator("svg.sheet rect:not(.strong)")).to_have_count(2)
    expect(source.locator("svg.sheet rect.strong")).to_have_count(1)  # the figure
    expect(source.locator("svg.sheet rect").first).to_be_in_viewport()
    expect(source.locator("summary")).to_have_text(words.page_text)


def test_other_periods_and_disagreement_are_seen(page: Page, words: Words) -> None:
    """Two columns with their table; two rows of equal weight."""
    ask(page, SCHOOLS.format(year=2023))
    series = page.locator(".turn").last.locator(".series")
    expect(series.locator("svg.chart rect")).to_have_count(2)
    expect(series.locator("tbody tr")).to_have_count(2)

    ask(page, SCHOOLS.format(year=2024))
    turn = page.locator(".turn").last
    expect(turn.locator(".differ .rival")).to_have_count(2)
    expect(turn.locator(".headline")).to_have_count(0)


def test_a_refusal_looks_different_and_offers_what_is_near(
    page: Page, words: Words
) -> None:
    """Another box, the reason, the nearest sentence with its source."""
    ask(page, "What was the online records rate in 2019?")

    refusal = page.locator(".reply.refusal")
    expect(refusal.locator(".verdict")).to_have_text(EN.refusal)  # the question's words
    expect(refusal.locator("a.marker").first).to_be_visible()
    expect(refusal.locator('button[formaction="take.csv"]')).to_have_count(0)


def test_a_question_is_edited_asked_again_and_kept(page: Page, words: Words) -> None:
    """Edit replaces the last turn; the chat survives a reload and can be forgotten."""
    ask(page, RECORDS)
    ask(page, "And in 2019?")
    page.locator('.turn:last-of-type [data-act="edit"]').click()
    expect(page.locator("#question")).to_have_value("And in 2019?")
    expect(page.locator(".editing")).to_contain_text(own(words).editing)
    page.locator("#question").fill("And in 2022?")
    page.locator("#question").press("Enter")
    expect(page.locator(".turn .headline")).to_have_text(
        ["45%", "52.80%"], timeout=30_000
    )
    page.locator('.turn:last-of-type [data-act="retry"]').click()
    expect(page.locator(".turn.pending")).to_have_count(0, timeout=30_000)
    expect(page.locator(".turn .headline")).to_have_text(["45%", "52.80%"])

    page.reload()
    expect(page.locator(".turn .headline")).to_have_text(
        ["45%", "52.80%"], timeout=30_000
    )
    # As it was left: at the newest reply, its sentence beside it.
    expect(page.locator(".turn .headline").last).to_be_in_viewport()
    source = page.frame_locator("#source-side iframe")
    expect(source.locator("mark").first).to_contain_text("52.80%")
    page.locator('[data-act="new"]').click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(source.locator("ul.reports li")).not_to_have_count(0)
    page.locator(".chats summary").click()
    page.locator('.chats [data-act="open"]').click()
    expect(page.locator(".turn")).to_have_count(2)
    page.locator(".chats summary").click()
    page.locator('.chats [data-act="forget"]').click()
    expect(page.locator(".chats ul")).to_have_text(own(words).no_chats)


def test_a_question_can_be_stopped(page: Page, words: Words) -> None:
    """It comes back into the box, and the next one is answered."""
    held: list[Route] = []
    holding = True

    def hold(route: Route) -> None:
        held.append(route) if holding else route.continue_()

    page.route("**/queue/data*", hold)
    page.locator("#question").fill(WATER)
    page.locator("#question").press("Enter")
    stop = page.get_by_role("button", name=own(words).stop)
    expect(stop).to_be_visible()
    expect(page.locator(".reply.waiting")).to_be_visible()
    stop.click()
    expect(page.locator("#question")).to_have_value(WATER)
    expect(stop).to_be_hidden()
    holding = False  # one that comes from now on must not be held for good
    for route in held:
        route.continue_()

    ask(page, RECORDS)
    expect(page.locator(".turn").last.locator(".headline")).to_have_text("45%")


def test_without_the_browsers_memory_questions_are_answered(
    page: Page, words: Words
) -> None:
    """A browser that forbids pages to keep anything keeps no chats, and that is all."""
    page.add_init_script(
        """for (const area of ["localStorage", "sessionStorage"]) {
            Object.defineProperty(window, area, {
                get() { throw new DOMException("forbidden", "SecurityError"); },
            });
        }"""
    )
    page.reload()
    page.locator("#examples button").first.wait_for()
    ask(page, RECORDS)
    page.locator(".chats summary").click()
    expect(page.locator(".chats ul")).to_have_text(own(words).no_chats)


def test_filters_narrow_what_is_asked(page: Page, words: Words) -> None:
    """A report chosen leaves the others out; the link keeps the choice."""
    page.locator(".filters summary").click()
    page.locator(".filters select[name=report]").select_option("schools-b.txt")
    expect(page.locator(".filters .active")).to_have_text(" (1)")
    ask(page, SCHOOLS.format(year=2024))
    turn = page.locator(".turn").last
    expect(turn.locator(".headline")).to_have_text("64%")
    link = turn.locator('[data-act="link"]').get_attribute("href") or ""
    assert "report=schools-b.txt" in link

    page.goto(urlsplit(page.url)._replace(query=link.lstrip("?")).geturl())
    expect(page.locator(".turn .headline")).to_have_text(["64%"], timeout=30_000)


def test_an_answer_is_taken_away(page: Page, words: Words) -> None:
    """Copied with footnotes, as Word, as CSV, as a link."""
    ask(page, RECORDS)
    page.locator('[data-act="copy"]').click()
    expect(page.locator(".tools .done")).to_contain_text(own(words).copied)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "45%" in copied
    assert "000_6b1b21efff0f3825.txt" in copied

    with page.expect_download() as word:
        page.get_by_role("button", name=own(words).word, exact=True).click()
    assert word.value.suggested_filename == "answer.docx"
    with page.expect_download() as sheet:
        page.get_by_role("button", name=own(words).csv, exact=True).click()
    text = sheet.value.path().read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[0][words.figure] == "45%"

    page.locator('[data-act="link"]').click()
    link = page.evaluate("navigator.clipboard.readText()")
    page.goto(link)
    expect(page.locator(".turn .headline")).to_have_text(["45%"], timeout=30_000)

    ask(page, "And in 2022?")  # its link asks first what it follows
    page.locator('[data-act="link"]').last.click()
    page.goto(page.evaluate("navigator.clipboard.readText()"))
    expect(page.locator(".turn .headline")).to_have_text(
        ["45%", "52.80%"], timeout=30_000
    )


def test_feedback_is_kept(page: Page, words: Words, site: "Site") -> None:
    """With question, answer and what the reader wrote."""
    ask(page, RECORDS)
    page.locator(".feedback summary").click()
    page.get_by_label(own(words).verdicts["wrong_figure"]).check()
    page.get_by_label(own(words).comment).fill(f"không đúng {words.language}")
    page.get_by_role("button", name=own(words).send_feedback).click()
    expect(page.locator(".thanks")).to_have_text(own(words).thanks)

    kept = (site.corpus.parent / "var" / "feedback.jsonl").read_text("utf-8")
    entry: dict[str, Any] = json.loads(kept.splitlines()[-1])
    assert entry["verdict"] == "wrong_figure"
    assert entry["comment"] == f"không đúng {words.language}"
    assert entry["answer"]["short"] == "45%"


def test_the_ledger_is_browsed(page: Page, words: Words) -> None:
    """Filtered as one types, sorted by a click, drawn, taken away, opened."""
    page.get_by_role("tab", name=words.tab_figures).click()
    page.get_by_label(own(words).subject, exact=True).fill("digital textbooks")
    rows = page.locator(".ledger-table tbody tr")
    expect(rows).to_have_count(3, timeout=15_000)
    expect(page.locator("#ledger-rows .bars rect")).to_have_count(3)
    page.locator('[data-sort="value"]').click()
    expect(page.locator('th[aria-sort="ascending"]')).to_contain_text(words.figure)
    expect(rows.first.locator(".figure")).to_have_text("55%")
    page.locator('[data-sort="value"]').click()
    expect(rows.first.locator(".figure")).to_have_text("64%")

    with page.expect_download() as sheet:
        page.get_by_role("link", name=own(words).download).click()
    text = sheet.value.path().read_text("utf-8-sig")
    assert [r[words.figure] for r in csv.DictReader(io.StringIO(text))] == [
        *("64%", "61%", "55%")
    ]
    page.get_by_label(own(words).subject, exact=True).fill("sách giáo khoa số")
    page.get_by_label(words.place, exact=True).fill(words.nationwide)
    page.get_by_label(words.period, exact=True).last.fill(
        {"en": "in 2023", "vi": "năm 2023"}[words.language]
    )
    expect(rows).to_have_count(1, timeout=15_000)
    expect(rows.first.locator(".figure")).to_have_text("55%")
    page.get_by_label(words.period, exact=True).last.fill("soon")
    expect(page.locator("#ledger-rows .none")).to_be_visible(timeout=15_000)


@pytest.mark.parametrize("device", ["desktop", "phone"])
def test_nothing_serious_is_found_by_axe(
    page: Page, words: Words, device: Literal["desktop", "phone"]
) -> None:
    """Every tab with an answer, a refusal and all that folds open; light and dark.

    Each language is dark on one device and light on the other; `tests/page/looks.py`
    looks at all eight.
    """
    if device == "phone":
        page.set_viewport_size({"width": 390, "height": 844})
        page.emulate_media(color_scheme="dark" if words is EN else "light")
        page.reload()
        expect(page.locator("#examples button").first).to_be_visible(timeout=30_000)
    ask(page, SCHOOLS.format(year=2024))
    ask(page, "What was the online records rate in 2019?")
    for folded in (".feedback summary", ".filters summary", ".chats summary"):
        page.locator(folded).last.click()
    for name in (
        *(words.tab_ask, words.tab_reports, words.tab_figures, words.tab_quality),
    ):
        page.get_by_role("tab", name=name).click()
        page.wait_for_timeout(300)  # the tab's own first request
        found = Axe().run(page).response
        assert found["passes"]
        serious = [
            (v["id"], [node["html"][:200] for node in v["nodes"]])
            for v in found["violations"]
            if v["impact"] in {"serious", "critical"}
        ]
        assert serious == [], name


def test_the_keyboard_alone_is_enough(page: Page, words: Words) -> None:
    """From the box to the button, the answer's number and its tools; focus is seen."""
    page.locator("#question").focus()
    page.keyboard.type(RECORDS)
    page.keyboard.press("Tab")
    expect(page.locator("#send")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".turn:not(.pending) .tools")).to_be_visible(timeout=30_000)
    reached: set[str] = set()
    for _ in range(24):
        page.keyboard.press("Shift+Tab")
        reached.add(
            page.evaluate(
                "(on => on.dataset.act || on.classList[0])(document.activeElement)"
            )
        )
        if "marker" in reached:
            break
    assert {"copy", "link", "edit", "retry", "marker"} <= reached
    expect(page.locator("#quote-tip")).to_be_visible()
    style = page.evaluate("getComputedStyle(document.activeElement).backgroundColor")
    assert re.sub(r"\s", "", style) == "rgb(255,221,0)"

    page.keyboard.press("Enter")
    source = page.frame_locator("iframe[name=source]")
    expect(source.locator("mark b")).to_have_text("45%")
    source.locator("nav a").first.focus()
    page.keyboard.press("Escape")
    expect(page.locator("a.marker.open").first).to_be_focused()
    expect(page.locator("#quote-tip")).to_be_hidden()


def test_the_first_paint_comes_soon_and_nothing_jumps(page: Page, words: Words) -> None:
    """Words, tabs and examples appear in place."""
    expect(page.locator("#examples button").first).to_be_visible(timeout=30_000)

    paint = page.evaluate(
        "performance.getEntriesByName('first-contentful-paint')[0].startTime"
    )
    assert page.evaluate("window.shifted") < 0.02
    assert paint < 10_000  # generous: other tests may share the processor
    assert page.locator("html").get_attribute("lang") == words.language
    assert page.title() == words.title
    assert page.evaluate("document.body.scrollHeight <= window.innerHeight + 4")
