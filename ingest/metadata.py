"""What a report says about itself; what it does not say is None, never guessed.

A side file NAME.toml beside the report overrides what the text says; what the
file says outside its text (document properties, a web page's meta data) fills
in where the text is silent. Where each value came from is kept: "text", "file"
or "side file".
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from index.errors import UnreadableReportError
from index.grammar.periods import find_periods, parse_period
from index.grammar.places import find_places
from index.grammar.words import fold_in_place
from index.records import Language, Page
from ingest.clean import PUBLISHED, Paragraph
from ingest.front import Title, head_cells, issuer_of, number_of, title_of
from ingest.tables import BETWEEN
from ingest.years import year_of

Metadata = dict[str, str]  # a report's fields by name; only those that are known

KEYS = (
    "title", "publisher", "url", "published", "language", "period", "place", "number",
    "supersedes",
)  # fmt: skip


def from_text(
    pages: Sequence[Page],
    content: Sequence[Paragraph],
    sentences: Sequence[str],
    language: Language,
    largest: str = "",
) -> Metadata:
    """Return the fields that the report's own text states.

    content, sentences: its paragraphs and their sentences, in order.
    largest: what its first page sets in the largest type (`Document.largest`).
    """
    heading = title_of(content, largest)
    title = heading.text
    headed = {part.text for part in heading.parts}
    body = [sentence for sentence in sentences if sentence not in headed]
    url = _url(pages)
    published = _published(pages, language)
    year = year_of(title, body, date.fromisoformat(published) if published else None)
    found = {
        "title": title,
        "publisher": _publisher(pages, url) or issuer_of(pages),
        "url": url,
        "published": published,
        "language": language,
        "period": str(year) if year else None,
        "number": number_of(pages, title),
        "place": _place(_subject(heading, content), body),
    }
    return {key: value for key, value in found.items() if value}


# --- Address, publisher, date -----------------------------------------------

_SOURCE = re.compile(
    r"^\W*(?:source|nguon|url|link)(?: tin)?\s*:?\s*(https?://\S+)\s*$"
)
_NAMED_SOURCE = re.compile(
    r"^\W*(?:source|nguon)(?: tin)?\s*:\s*(?!http)(\S.{1,60}?)\s*$"
)
_ACCORDING = re.compile(
    r"^\W*(?:according to|theo)\s+((?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+)\W*$"
)


def _url(pages: Sequence[Page]) -> str | None:
    return _last_line(pages, _SOURCE)


def _publisher(pages: Sequence[Page], url: str | None) -> str | None:
    if url:
        return urlsplit(url).hostname
    if named := _last_line(pages, _ACCORDING):
        return named.lower()
    return _last_line(pages, _NAMED_SOURCE)


def _last_line(pages: Sequence[Page], pattern: re.Pattern[str]) -> str | None:
    for page in reversed(pages):
        for line in reversed(page.text.splitlines()):
            if match := pattern.match(fold_in_place(line)):
                return line[match.start(1) : match.end(1)]
    return None


# A bare date may be the day of printing; only words make it one of publication.
_PUBLISHED = re.compile(
    rf"^\W*(?:{PUBLISHED}|ngay ban hanh)"
    r"(?:\s+(?:on|at|luc))?\s*:?\s*(?:[a-z]+day,?\s*|thu \w+,?\s*)?"
    r"(?:\d{1,2}[:h]\d{2}\s*[,|-]?\s*)?(?P<date>\S.{0,40})$"
)
# "Hà Nội, ngày 6 tháng 2 năm 2025" at the head of an official document.
_SIGNED = re.compile(
    r"^[^\W\d][^,\d]{1,30},\s*(?P<date>ngay \d{1,2} thang \d{1,2} nam \d{4})\W*$"
)
_NUMERIC = re.compile(r"(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-]\d{4}")


def _published(pages: Sequence[Page], language: Language) -> str | None:
    signed = [_SIGNED.match(fold_in_place(c)) for row in head_cells(pages) for c in row]
    lines = [
        fold_in_place(line.strip()) for page in pages for line in page.text.splitlines()
    ]
    told = (_PUBLISHED.match(line) or _SIGNED.match(line) for line in lines)
    for match in (*signed, *told):
        if match and (found := _one_day(match["date"], language)):
            return found
    return None


def _one_day(text: str, language: Language) -> str | None:
    """Return the only day that *text* names; 06/02/2025 in English text is two days."""
    if language == "en" and (numeric := _NUMERIC.search(text)):
        first, second = int(numeric["a"]), int(numeric["b"])
        if first != second and max(first, second) <= 12:
            return None
    days = [m.period for m in find_periods(text) if m.period]
    if len(days) == 1 and days[0].start == days[0].end:
        return days[0].start.isoformat()
    return None


# --- What the file says outside its text -------------------------------------------

# What programs put in by themselves.
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|excel|powerpoint) - |document\s*\d*$|untitled|book\s*\d+$"
    r"|powerpoint presentation|presentation\s*\d*$|tài liệu\s*\d*$|home$|trang chủ$"
    r"|.*\.(?:docx?|xlsx?|pptx?|pdf|indd|dot|tmp|qxd|html?)\b|[\W\d_]*$|\S+$)",
    re.IGNORECASE,
)
_LONGEST_TITLE = 300


def from_file(stated: Mapping[str, str]) -> Metadata:
    """Return what may be believed of a file's properties.

    stated: as a reader found it (`Document.stated`). The day on which a file was
    made or saved is not the day of publication, and is left out.
    """
    found: Metadata = {}
    title = " ".join(stated.get("title", "").split())
    if not _NO_TITLE.match(title) and len(title) <= _LONGEST_TITLE:
        found["title"] = title
    for key, check in (("published", _day), ("url", _address)):
        try:
            found[key] = check(stated[key])
        except (KeyError, ValueError):
            continue
    for key in ("publisher", "number"):
        if value := " ".join(stated.get(key, "").split()):
            found[key] = value
    return found


# --- Place --------------------------------------------------------------------

_PROVINCE_WORDS = re.compile(
    r"\b(?:the (?:whole |entire )?province|provincial|province['’]s"
    r"|the (?:whole |entire )?city(?! of)|city people['’]s|toan (?:tinh|thanh pho)"
    r"|(?:tinh|thanh pho) ta|(?:dia ban|cua|ubnd) (?:tinh|thanh pho)"
    r"|thanh pho (?:hien|da|co|dat|se|phan dau))\b"
)
_NATION_WORDS = re.compile(
    r"\b(?:prime minister|deputy prime minister|ministry|ministries|national committee"
    r"|the government|national assembly|whole country|nationwide|viet\s?nam"
    r"|thu tuong|chinh phu|quoc hoi|bo truong|cac bo|uy ban quoc gia|ca nuoc"
    r"|toan quoc)\b"
)
_VENUE = re.compile(
    r"\s*(?:province\s+|provincial\s+)?(?:bridge|venue|branch|conference)"
)


def _subject(title: Title, content: Sequence[Paragraph]) -> str:
    """Return what says whose report it is: the head to the title, or the opening."""
    last = content.index(title.parts[-1]) if title.parts else 0
    cells = [c for one in content[: last + 1] for c in one.text.split(BETWEEN)]
    # Where a document was signed is not what it is about.
    return "\n".join(c for c in cells if not _SIGNED.match(fold_in_place(c)))


def _place(subject: str, sentences: Sequence[str]) -> str | None:
    """Return the province whose own report this is; None for the nation or in doubt.

    A national report told by a provincial paper is a national report: the
    *subject* must name one province, and the text must speak of that province
    clearly more than of the nation.
    """
    folded = fold_in_place(subject)
    named = {
        mention.name
        for mention in find_places(subject)
        if mention.level == "province" and not _VENUE.match(folded, mention.end)
    }
    if len(named) != 1 or _NATION_WORDS.search(folded):
        return None
    (province,) = named
    provincial = national = 0
    for sentence in sentences:
        names = {mention.name for mention in find_places(sentence)}
        text = fold_in_place(sentence)
        provincial += province in names or bool(_PROVINCE_WORDS.search(text))
        national += bool(_NATION_WORDS.search(text))
    return province if provincial > 2 * national else None


# --- Side file ------------------------------------------------------------------


def from_side_file(report: str, data: bytes | None) -> Metadata:
    """Return the fields that the side file sets; "" unsets what the text says.

    Raises UnreadableReportError naming the key that is unknown or wrong.
    """
    if data is None:
        return {}
    try:
        values = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _wrong(report, f"is not valid TOML ({error})") from error
    return {key: _checked(report, key, value) for key, value in values.items()}


def merged(
    text: Metadata, side: Metadata, file: Metadata | None = None
) -> tuple[Metadata, Mapping[str, str]]:
    """All together, side file first, then text, then file; where each came from."""
    values: Metadata = {}
    origin: dict[str, str] = {}
    for source, found in (("file", file or {}), ("text", text), ("side file", side)):
        values |= found
        origin |= dict.fromkeys(found, source)
    known = {key: value for key, value in values.items() if value}
    return known, {key: origin[key] for key in known}


def _checked(report: str, key: str, value: Any) -> str:
    check = _CHECKS.get(key)
    if check is None:
        known = ", ".join(KEYS)
        raise _wrong(report, f"has the unknown key {key!r} (known: {known})")
    if key in {"published", "period"} and type(value) in {date, int}:
        value = str(value)  # TOML has dates and numbers of its own
    if not isinstance(value, str):
        raise _wrong(report, f"has a {type(value).__name__} as {key}, not a text")
    try:
        return check(value.strip()) if value.strip() else ""
    except ValueError as error:
        raise _wrong(report, f"has the wrong {key} {value!r}: {error}") from None


def _wrong(report: str, what: str) -> UnreadableReportError:
    return UnreadableReportError(report, f"its side file (.toml) {what}")


def _day(value: str) -> str:
    return date.fromisoformat(value).isoformat()


def _period(value: str) -> str:
    parse_period(value)
    return value


def _language(value: str) -> str:
    if value not in {"en", "vi"}:
        raise ValueError('write "en" or "vi"')
    return value


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("write the whole address, with https://")
    return value


_CHECKS: Mapping[str, Callable[[str], str]] = {
    "title": str,
    "publisher": str,
    "url": _address,
    "published": _day,
    "language": _language,
    "period": _period,
    "place": str,
    "number": str,
    "supersedes": str,
}
