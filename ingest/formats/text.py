"""Plain text and Markdown: one page, the text as decoded.

Nothing is edited, so a quote stands verbatim in the file. Only text in an old
Vietnamese encoding is converted, and letters in parts (NFD) are made whole, as
in every other format: the operator is told. Tables of Markdown are found where
they stand.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from index.errors import UnreadableReportError
from index.records import Page
from ingest.document import Document
from ingest.formats.legacy import (
    VISCII,
    old_encoding,
    share_of_syllables,
    to_unicode,
)
from ingest.tables import Cell, Table

_APART = "letters whose accents stood apart were made whole"
_SAVE_AS = "open it in an editor and save it as UTF-8"
_ENOUGH, _SURE = 6, 0.95  # words with marks; share of them that are syllables
# The same signs in Windows-1252 and Windows-1258: quotes, dashes, dots, "©", "°".
_SIGNS = frozenset(
    b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa7\xa9\xab\xae\xb0\xb1\xb7\xbb"
)


def read_text(name: str, data: bytes) -> Document:
    """Return the one page of a text file.

    UTF-8, UTF-16, and what can be told with certainty of the encodings before:
    Windows-1258, TCVN3, VNI, VISCII. A byte-order mark is no part of the text. Raises
    UnreadableReportError for an empty file, other encodings, and files that
    hold no text at all.
    """
    decoded, note = decode(name, data)
    text = unicodedata.normalize("NFC", decoded)
    notes = [told for told in (note, _APART if text != decoded else "") if told]
    if "\x00" in text:
        raise UnreadableReportError(
            name, f"it holds binary data, not text; if it is text, {_SAVE_AS}"
        )
    if not any(char.isalnum() for char in text):
        raise UnreadableReportError(
            name, "the file is empty: put the report's text into it or remove it"
        )
    tables = tuple(markdown_tables(text)) if name.lower().endswith(".md") else ()
    return Document((Page(1, text),), tables, notes=tuple(notes))


# --- Encodings ------------------------------------------------------------------


def decode(name: str, data: bytes) -> tuple[str, str]:
    """Return the text of *data*, and a note if it was in an old encoding.

    Raises UnreadableReportError where the encoding is in doubt: a wrong guess
    would put wrong words into quotes.
    """
    try:
        text = data.decode(_unicode_kind(data))
    except UnicodeDecodeError as error:
        found = _old(data)
        if found is None:
            raise UnreadableReportError(
                name,
                f"its text is not in UTF-8 (byte {error.start + 1} does not fit) and "
                f"in no encoding that can be told for certain: {_SAVE_AS}",
            ) from error
        return found
    read, encoding = to_unicode(text)
    return read, old_encoding(encoding) if encoding else ""


def _unicode_kind(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = data[:4_000]
    # Without a mark: every other byte of Latin text in UTF-16 is zero.
    if len(sample) >= 8 and not len(data) % 2:
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        if odd > 0.3 * len(sample) and not even:
            return "utf-16-le"
        if even > 0.3 * len(sample) and not odd:
            return "utf-16-be"
    return "utf-8-sig"


def _old(data: bytes) -> tuple[str, str] | None:
    """The text in an encoding of one byte a letter, if one fits beyond doubt."""
    high = {byte for byte in data if byte >= 0x80}
    if high <= _SIGNS:
        return data.decode("cp1252"), old_encoding("Windows-1252")
    try:
        windows = unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError:
        windows = ""
    share, count = share_of_syllables(windows)
    if share >= _SURE and count >= _ENOUGH:
        return windows, old_encoding("Windows-1258")
    for codec in ("cp1252", "latin-1"):
        try:
            text, encoding = to_unicode(data.decode(codec))
        except UnicodeDecodeError:
            continue
        if encoding:
            return text, old_encoding(encoding)
    viscii = data.decode("latin-1").translate(VISCII)
    share, count = share_of_syllables(viscii)
    if share >= _SURE and count >= _ENOUGH:
        return viscii, old_encoding("VISCII")
    return None


# --- Tables of Markdown -----------------------------------------------------------

_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_BETWEEN = re.compile(r"(?<!\\)\|")


def markdown_tables(text: str) -> Iterator[Table]:
    """The tables of a Markdown text: a row, a rule of dashes, and more rows."""
    lines = [(m.start(), m.group()) for m in re.finditer(r"[^\n]*", text) if m.group()]
    at = 1
    while at < len(lines):
        is_rule = "|" in lines[at][1] and _RULE.fullmatch(lines[at][1])
        if not is_rule or "|" not in lines[at - 1][1]:
            at += 1
            continue
        rows = [lines[at - 1]]
        at += 1
        while at < len(lines) and "|" in lines[at][1]:
            # A table ends where an empty line stands.
            if "\n\n" in text[lines[at - 1][0] : lines[at][0]].replace("\r", ""):
                break
            rows.append(lines[at])
            at += 1
        cells = [
            cell
            for number, (start, line) in enumerate(rows)
            for cell in _cells(number, start, line)
        ]
        if cells:
            yield Table(1, tuple(cells))


def _cells(row: int, start: int, line: str) -> Iterator[Cell]:
    bars = [match.start() for match in _BETWEEN.finditer(line)]
    bounds = [-1, *bars, len(line)]
    if line.lstrip().startswith("|"):
        bounds = bounds[1:]
    for column, (first, last) in enumerate(pairwise(bounds)):
        inside = line[first + 1 : last]
        if inside.strip():
            left = start + first + 1 + len(inside) - len(inside.lstrip())
            right = start + first + 1 + len(inside.rstrip())
            yield Cell(left, right, row, column, heading=row == 0)
