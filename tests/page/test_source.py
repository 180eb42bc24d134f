"""The panel's pages and the addresses that open them."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from answer.records import Citation
from index.records import Page, Report
from page import links, source
from page.texts import EN, VI

TEXT = "First line.\n\nThe rate <b>reached</b> 45%\nin 2024. **Last** $$x$$ line."
QUOTE = "The rate <b>reached</b> 45%\nin 2024."
START = TEXT.index(QUOTE)
REPORT = Report("north/a&b.txt", "0", "en", title="<script>alert(1)</script>")


def place_of(address: str) -> links.Place | None:
    """What a server reads from an address."""
    return links.read_place(dict(parse_qsl(urlsplit(address).query)))


def cited(quote: str = QUOTE, start: int = START) -> links.Place:
    """The place of a citation, by way of its address."""
    citation = Citation(
        1, REPORT.name, None, None, None, None, 1, start, start + len(quote), quote
    )
    place = place_of(links.citation_link(citation, "en"))
    assert place is not None
    return place


def test_an_address_leads_back_to_its_sentence() -> None:
    """Report names with folders and special letters survive the way."""
    assert cited().report == REPORT.name
    assert links.stretch_of(cited(), Page(1, TEXT)) == (START, START + len(QUOTE))


@pytest.mark.parametrize(
    "page",
    [Page(1, "x" + TEXT), Page(1, TEXT[:START]), Page(1, TEXT.replace("45", "54"))],
)
def test_a_replaced_report_marks_nothing(page: Page) -> None:
    """If other words stand at the offsets now, none is shown as the quote."""
    assert links.stretch_of(cited(), page) is None


@pytest.mark.parametrize(
    "query",
    [
        {"report": "a.txt", "page": "x", "start": "-1", "end": "9e9", "check": "٣"},
        {"report": "a.txt", "end": "9" * 400},
        {"report": "a.txt", "page": "0"},
    ],
)
def test_malformed_numbers_open_the_report_unmarked(query: dict[str, str]) -> None:
    """A mangled address is no error and marks nothing."""
    place = links.read_place(query)

    assert place is not None
    assert place.page == 1
    assert links.stretch_of(place, Page(1, TEXT)) is None


def test_no_report_means_the_list() -> None:
    """The panel opens with all reports."""
    assert place_of(links.list_link("vi")) is None


def test_the_quote_is_marked_in_each_of_its_lines() -> None:
    """Exactly the quoted words are marked, the first with the link's target."""
    html = source.marked_text(TEXT, (START, START + len(QUOTE)))

    marks = re.findall(r"<mark(.*?)>(.*?)</mark>", html)
    assert [unescape(text) for _, text in marks] == QUOTE.split("\n")
    assert [attributes.strip() for attributes, _ in marks] == ['id="quote"', ""]


def test_the_answers_words_are_found_in_a_long_sentence() -> None:
    """They travel with the address and are set in bold within the mark."""
    citation = Citation(
        1, REPORT.name, None, None, None, None, 1, START, START + len(QUOTE), QUOTE
    )
    words = links.words_in(QUOTE, ["45%", "5%"])
    place = place_of(links.citation_link(citation, "en", words))

    assert place is not None
    strong = links.words_of(place)
    html = source.marked_text(TEXT, (place.start, place.end), strong)
    assert re.findall(r"<b>(.*?)</b>", html) == ["45%"]
    plain = unescape(re.sub(r"</?(?:b|mark|p)\b[^>]*>", "", html))
    assert plain == TEXT.replace("\n", "")


@pytest.mark.parametrize("words", ["x", "9-1", "0-99999999999", "5", "٣-٤", "-1-2"])
def test_malformed_words_mark_no_more_than_the_sentence(words: str) -> None:
    """Whatever an address says, what is bold stands within the quote."""
    place = links.read_place(
        {"report": "a.txt", "start": "10", "end": "20", "words": words}
    )

    assert place is not None
    assert all(10 <= a < b <= 20 for a, b in links.words_of(place))


def test_report_text_shows_as_text() -> None:
    """Tags and Markdown in a report or its title are data."""
    html = source.report_document(REPORT, Page(1, TEXT), None, EN)

    assert not re.search(r"<(script|b|strong)\b", html)
    assert "<h1>&lt;script&gt;alert(1)&lt;/script&gt;</h1>" in html
    assert "**Last** $$x$$" in html


def test_what_a_report_does_not_state_is_said_so() -> None:
    """No publisher, no date, no address: no guess and no link."""
    html = source.report_document(REPORT, Page(1, TEXT), None, EN)

    assert "not stated" in html
    assert "date not stated" in html
    assert "_blank" not in html


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/a?b=1&c=2", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
    ],
)
def test_only_web_addresses_become_links(url: str, linked: bool) -> None:
    """The original opens in a new tab that cannot reach back."""
    report = Report("a.txt", "0", "en", url=url)

    html = source.report_document(report, Page(1, TEXT), None, EN)

    assert ('target="_blank" rel="noopener' in html) is linked


def test_a_moved_quote_is_said_to_have_moved() -> None:
    """The reader is not left to search for what is no longer there."""
    html = source.report_document(REPORT, Page(1, TEXT), None, VI, moved=True)

    assert VI.quote_moved in html


def test_the_list_has_the_newest_first() -> None:
    """Undated reports follow, in the order of their names."""
    reports = [
        Report(name, "0", "en", published=published)
        for name, published in (
            ("d.txt", None),
            ("a.txt", "2022-12-25"),
            ("c.txt", None),
            ("b.txt", "2025-02-06"),
        )
    ]

    html = source.list_document(reports, EN)

    assert re.findall(r">(\w\.txt)</a>", html) == ["b.txt", "a.txt", "c.txt", "d.txt"]


def test_pages_lead_to_their_neighbours() -> None:
    """From page 2 of 3 to pages 1 and 3."""
    html = source.report_document(REPORT, Page(2, TEXT), None, EN, more=True)

    assert [
        place_of(unescape(href)) for href in re.findall(r'href="(source\?r[^"]*)', html)
    ] == [
        links.Place(REPORT.name, 1),
        links.Place(REPORT.name, 3),
    ]
