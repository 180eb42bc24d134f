"""The address of a sentence in a report, and what a server accepts as one.

A citation is an ordinary link. Its address carries report, page, offsets and a
check of the quote, so it still opens the right sentence when the chat has long
moved on, and shows nothing wrong when the report was replaced meanwhile.
"""

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from answer.records import Citation
from index.records import Language, Page

PATH = "source"  # relative: also right behind a proxy that adds a prefix
PICTURE = "page.png"
FRAME = "source"  # the name of the panel that the links open in
QUOTE_ID = "quote"
MOST_WORDS = 12  # stretches of a sentence that are marked more strongly
Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a link points; page 1 and no stretch when it means a whole report."""

    report: str
    page: int = 1
    start: int = 0
    end: int = 0
    check: int = 0
    words: tuple[Stretch, ...] = ()  # of the answer, counted from the sentence's start


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


def words_in(quote: str, said: Sequence[str]) -> list[Stretch]:
    """Where the words of an answer stand in its *quote*, in order, whole words only."""
    wanted = "|".join(map(re.escape, sorted(filter(None, said), key=len, reverse=True)))
    found = re.finditer(rf"(?<![\w.,])(?:{wanted})(?!\w)", quote) if wanted else ()
    return [match.span() for match in found]


def citation_link(
    citation: Citation, language: Language, words: Sequence[Stretch] = ()
) -> str:
    """The address of a cited sentence, scrolled into view by its fragment.

    words: what in the sentence is the answer, counted from the sentence's start.
    """
    query = {
        "report": citation.report,
        "page": citation.page,
        "start": citation.start,
        "end": citation.end,
        "check": check_of(citation.quote),
        "lang": language,
    }
    if words:
        query["words"] = ".".join(f"{a}-{b}" for a, b in words[:MOST_WORDS])
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
        words=_stretches(query.get("words", "")),
    )


def _stretches(text: str) -> tuple[Stretch, ...]:
    found = re.findall(r"(?a:(\d{1,9})-(\d{1,9}))", text[: 24 * MOST_WORDS])
    return tuple((int(first), int(last)) for first, last in found[:MOST_WORDS])


def stretch_of(place: Place, page: Page) -> Stretch | None:
    """The stretch of *page* to mark; None if the quote does not stand there."""
    if not 0 <= place.start < place.end <= len(page.text):
        return None
    if check_of(page.text[place.start : place.end]) != place.check:
        return None
    return place.start, place.end


def words_of(place: Place) -> tuple[Stretch, ...]:
    """The answer's words in the page, within the sentence of *place*."""
    moved = sorted((place.start + a, place.start + b) for a, b in place.words)
    return tuple((a, min(b, place.end)) for a, b in moved if a < min(b, place.end))
