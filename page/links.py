"""The address of a sentence in a report, and what a server accepts as one.

A citation is an ordinary link. Its address carries report, page, offsets and a
check of the quote, so it still opens the right sentence when the chat has long
moved on, and shows nothing wrong when the report was replaced meanwhile.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from answer.records import Citation
from index.records import Language, Page

PATH = "source"  # relative: also right behind a proxy that adds a prefix
PICTURE = "page.png"
FRAME = "source"  # the name of the panel that the links open in
QUOTE_ID = "quote"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a link points; page 1 and no stretch when it means a whole report."""

    report: str
    page: int = 1
    start: int = 0
    end: int = 0
    check: int = 0


def check_of(quote: str) -> int:
    """A short check that the same words still stand at a place."""
    return zlib.crc32(quote.encode())


def list_link(language: Language) -> str:
    """The address of the list of reports."""
    return f"{PATH}?{urlencode({'lang': language})}"


def report_link(report: str, page: int, language: Language) -> str:
    """The address of a page of a report, no sentence marked."""
    query = {"report": report, "page": page, "lang": language}
    return f"{PATH}?{urlencode(query)}"


def picture_link(report: str, page: int) -> str:
    """The address of a page's picture."""
    return f"{PICTURE}?{urlencode({'report': report, 'page': page})}"


def citation_link(citation: Citation, language: Language) -> str:
    """The address of a cited sentence, scrolled into view by its fragment."""
    query = {
        "report": citation.report,
        "page": citation.page,
        "start": citation.start,
        "end": citation.end,
        "check": check_of(citation.quote),
        "lang": language,
    }
    return f"{PATH}?{urlencode(query)}#{QUOTE_ID}"


def read_place(query: Mapping[str, str]) -> Place | None:
    """The place that *query* names; None if it names no report.

    Numbers that are missing or malformed count as 0 (page: 1): the report opens
    and nothing is marked.
    """
    if not (report := query.get("report")):
        return None

    def number(key: str) -> int:
        text = query.get(key, "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0

    return Place(
        report=report,
        page=number("page") or 1,
        start=number("start"),
        end=number("end"),
        check=number("check"),
    )


def stretch_of(place: Place, page: Page) -> tuple[int, int] | None:
    """The stretch of *page* to mark; None if the quote does not stand there."""
    if not 0 <= place.start < place.end <= len(page.text):
        return None
    if check_of(page.text[place.start : place.end]) != place.check:
        return None
    return place.start, place.end
