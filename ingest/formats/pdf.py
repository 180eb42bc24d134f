"""PDF: pypdf opens it and reads first, PDFium says where letters stand.

The text of a page is laid out by place: columns one after the other, lines of
a paragraph joined, running heads left out. Pages without usable text are read
as pictures. What is read by which and why: docs/formats.md.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pypdfium2

from index.bounds import mend_bounds
from index.boxes import pack
from index.errors import UnreadableReportError
from index.records import Page
from ingest.document import STRUCK_OUT, Document
from ingest.formats import ocr
from ingest.formats.envelope import checked
from ingest.formats.first import FirstReading, first_reading
from ingest.formats.flow import Vocabulary, flow
from ingest.formats.glyphs import sheet_of
from ingest.formats.largest import largest
from ingest.formats.layout import Line, lines_of
from ingest.formats.legacy import Encoding, old_encoding, to_unicode, unicode_of
from ingest.formats.legible import GARBAGE, agree, letters_in, unknown
from ingest.formats.running import running
from ingest.formats.spacing import mend_text
from ingest.formats.words import Sheet, Word
from ingest.limits import watch
from ingest.tables import Table

_FEW = 30  # letters and digits: a page with fewer and a large picture is a scan
_PICTURE = 0.35  # of the page, to be taken for a scan
_WHOLE = 0.7  # of the page is one picture: perhaps a scan that was stamped
_STAMP = 0.12  # of the page's height is all that a stamp's lines take
_MORE = 3  # times the letters of a stamp that a scan holds
_TORN = 0.08  # of the words are: perhaps the page reads better as a picture
_UNSURE = 0.6  # mean confidence below which nothing that was recognised is kept
_SURE = 0.85  # from which it is kept instead of torn text
_ALIKE = 0.7  # of them the picture shows too: its reading would be no better
_ENOUGH = 3  # pages on which PDFium was right: so it is on the others
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(slots=True)
class _Page:
    """A page while it is read."""

    number: int
    first: str | None = None  # as pypdf reads it, None where it could not
    sheet: Sheet | None = None
    left_out: bool = False  # letters on it that nobody sees
    struck: bool = False  # letters on it that are struck out
    commented: bool = False
    disputed: bool = False  # the two readers find different letters
    settled: bool = False  # as a picture it reads much the same
    lines: list[Line] = field(default_factory=list)
    mended: int = 0
    read_by: Literal["text", "ocr", "unread"] = "text"
    confidence: float | None = None
    why: str = ""  # it is unread
    encoding: Encoding | None = None  # of before Unicode

    def text(self) -> str:
        """Return its words as they are known so far, unordered."""
        return " ".join(word.text for word in self.sheet.words) if self.sheet else ""


def read_pdf(name: str, data: bytes) -> Document:
    """Return the pages of a PDF, numbered as a viewer counts; a page may be empty.

    A page that is a picture is recognised (`Page.read_by` "ocr") or, where that
    cannot be, listed as "unread". Places of words are in `Document.boxes`.

    Raises UnreadableReportError for what is no PDF, is cut off, damaged or
    locked by a password, has too many pages, or has no page that can be read.
    """
    data = checked(name, data)
    first = first_reading(name, data)
    pages = _by_place(name, data, first)
    if not pages:
        raise UnreadableReportError(
            name, "the PDF is damaged (no page can be found): fetch or export it again"
        )
    document = _document(pages, first)
    if not any(char.isalnum() for page in document.pages for char in page.text):
        raise UnreadableReportError(name, _why_empty(pages))
    return document


def _by_place(name: str, data: bytes, first: FirstReading) -> list[_Page]:
    """Return the pages with their lines, read by PDFium where it opens the file.

    Raises UnreadableReportError if neither reader can open what is encrypted.
    """
    pages = [_Page(n, text) for n, text in enumerate(first.texts, 1)]
    locked = UnreadableReportError(
        name, "the PDF is locked by a password: save a copy without one"
    )
    if watch().plain:
        if first.locked:
            raise locked
        return pages
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        # Each calls some files locked that the other opens without a password.
        asked = error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD
        if first.locked or (asked and not pages):
            raise locked from error
        protected = error.err_code == pypdfium2.raw.FPDF_ERR_SECURITY
        if protected and not pages and b"/Encrypt" in data:
            raise UnreadableReportError(
                name,
                "the PDF is protected by a certificate or a rights service: save a "
                "copy without that",
            ) from error
        return pages
    try:
        if pdf.get_formtype() == pypdfium2.raw.FORMTYPE_XFA_FULL:
            raise UnreadableReportError(
                name,
                "it is an electronic form (XFA) that only Adobe Reader can show: open "
                "it there and print it to PDF",
            )
        pdf.init_forms()
        count = min(len(pdf), watch().limits.pages)
        pages += [_Page(n, None) for n in range(len(pages) + 1, count + 1)]
        for page in pages[:count]:
            _guarded(page, pdf, _place)
        left_out = _running(pages, first)
        settled = 0
        for page in pages[:count]:
            asked = page.disputed and settled < _ENOUGH and bool(ocr.available())
            if asked or _is_poor(page, left_out):
                _guarded(page, pdf, _recognise)
                settled += page.settled
    finally:
        pdf.close()
    left_out = _running(pages, first)
    for page in pages:
        page.lines = [line for line in page.lines if id(line) not in left_out]
    return pages


def _guarded(page: _Page, pdf: Any, step: Callable[[_Page, Any], None]) -> None:
    """Take a step with one page; whatever goes wrong stays with this page."""
    try:
        opened = pdf[page.number - 1]
        try:
            mend_bounds(opened)
            step(page, opened)
        finally:
            opened.close()
    except MemoryError:
        page.why = "it needs more memory than allowed (REPORTS_READ_MEMORY_MB)"
    except Exception as error:  # noqa: BLE001 - one page must not cost the others
        page.why = page.why or f"it is damaged ({type(error).__name__})"
    watch().tick()


def _place(page: _Page, opened: Any) -> None:
    sheet = sheet_of(opened)
    if sheet.hidden or sheet.struck:
        page.first = None  # it holds those letters too
    text = " ".join(word.text for word in sheet.words)
    page.encoding = to_unicode(text)[1]
    if page.first and not page.encoding and sheet.words:
        own = sheet.words[: len(sheet.words) - sheet.typed]
        page.disputed = not agree(page.first, " ".join(word.text for word in own))
    words = [_modern(word, page.encoding) for word in sheet.words]
    page.sheet = sheet._replace(words=[word for word in words if word.text])
    page.lines, mended = lines_of(page.sheet)
    page.mended = mended + page.sheet.mended
    page.left_out, page.struck = sheet.hidden > 0, sheet.struck > 0
    page.commented = sheet.commented


def _modern(word: Word, encoding: Encoding | None) -> Word:
    """A word in Unicode, its soft hyphens gone but for one that divides it."""
    text = unicode_of(word.text, encoding)
    if "\xad" in text:
        text = text[:-1].replace("\xad", "") + text[-1].replace("\xad", "-")
    return word._replace(text=text)


def _running(pages: Sequence[_Page], first: FirstReading) -> set[int]:
    return running(
        [page.lines for page in pages],
        [page.sheet.height if page.sheet else 1.0 for page in pages],
        [first.label(page.number) or "" for page in pages],
    )


# --- Pages that are pictures ------------------------------------------------------


def _is_poor(page: _Page, left_out: set[int]) -> bool:
    """Return True if what is on the page is a picture, or its text is none."""
    if page.sheet is None or page.struck:
        return False  # a picture shows what is struck out, too
    lines = [line for line in page.lines if id(line) not in left_out]
    text = "".join(line.text for line in lines)
    if any(line.grid is not None for line in page.lines):
        text = page.text()
    letters = letters_in(text)
    if letters and unknown(page.text()) > _TORN:
        return True
    if letters == 0:
        return page.sheet.drawn and not any(c.isalnum() for c in page.first or "")
    if letters < _FEW:
        return page.sheet.pictured > _PICTURE
    return page.sheet.pictured > _WHOLE and _is_stamp(lines, page.sheet)


def _is_stamp(lines: Sequence[Line], sheet: Sheet) -> bool:
    """Return True if lines are as few as a signature's or a stamp's on a scan."""
    tall = sum(line.y1 - line.y0 for line in lines)
    return all(line.grid is None for line in lines) and tall < _STAMP * sheet.height


def _recognise(page: _Page, opened: Any) -> None:
    """Read the page as a picture, or say why it stays unread."""
    lost = unknown(page.text())
    if lost > GARBAGE:
        page.lines, page.first = [], None
    kept = letters_in("".join(line.text for line in page.lines))
    try:
        reading = _reading(opened)
    except _UnreadError as error:
        if not kept or (lost <= _TORN and not page.disputed):
            _unread(page, str(error))
        return
    if reading is None:
        return  # a blank page
    read = " ".join(word.text for word in reading.sheet.words)
    found = letters_in(read)
    if page.disputed and agree(page.text(), read, _ALIKE):
        page.disputed = not agree(page.text(), read)
        page.settled = True
        return
    # A stamp says less than the scan under it; torn or wrong words are as many.
    torn = kept and (lost > _TORN or page.disputed)
    sure, more = (_SURE, 0.7) if torn else (_UNSURE, _MORE)
    if (reading.confidence or 0) < sure or found < more * kept:
        if not kept:  # else it is a photograph under the text
            _unread(page, _UNCLEAR if found else _WORDLESS)
        return
    page.sheet, page.confidence = reading.sheet, round(reading.confidence or 0, 4)
    page.lines, page.mended = lines_of(reading.sheet)
    page.read_by, page.first, page.disputed = "ocr", None, False


_WORDLESS = "it is a picture without words that can be recognised"
_UNCLEAR = "it is too unclear to be recognised: scan it again at 300 dpi"


class _UnreadError(Exception):
    """Why a page could not be recognised."""


def _reading(opened: Any) -> ocr.Reading | None:
    """Return what stands on a picture, None if it is blank; raises _UnreadError."""
    if not ocr.available():
        raise _UnreadError(f"it is a picture: {ocr.advice()}")
    if watch().left() <= 0:
        raise _UnreadError("the time for this file is over: raise REPORTS_READ_SECONDS")
    try:
        # Whoever waits for this page gives up after page_seconds.
        patience = 0.8 * watch().limits.page_seconds
        return ocr.recognise(opened, min(watch().left(), patience))
    except TimeoutError:
        raise _UnreadError("recognising it takes too long") from None
    except OSError:
        raise _UnreadError("recognising it failed") from None


def _unread(page: _Page, why: str) -> None:
    page.read_by, page.why = "unread", why


# --- Together ---------------------------------------------------------------------


def _document(pages: Sequence[_Page], first: FirstReading) -> Document:
    vocabulary = Vocabulary([page.lines for page in pages])
    done: list[Page] = []
    boxes: dict[int, bytes] = {}
    tables: list[Table] = []
    mended = 0
    for page in pages:
        text = ""
        if page.sheet is not None and page.lines:
            made = flow(page.lines, page.sheet, page.number, vocabulary)
            text = made.text
            boxes[page.number] = pack(made.placed)
            tables += made.tables
            mended += page.mended
        elif page.first and (page.sheet is None or not page.sheet.words):
            # PDFium finds nothing where pypdf does.
            text, count = mend_text(_storable(page.first))
            mended += count
        if not text.strip() and (page.why or (page.sheet is None and not page.first)):
            page.read_by = "unread"
        done.append(
            Page(
                page.number,
                _storable(text),
                label=first.label(page.number),
                read_by=page.read_by,
                confidence=page.confidence,
            )
        )
    notes = [*first.notes, *_notes(pages)]
    if watch().plain:
        notes.append("read the plain way: without tables, columns and pictures")
    return Document(
        tuple(done),
        tuple(tables),
        first.stated,
        boxes,
        tuple(notes),
        mended,
        largest([page.lines for page in pages]),
    )


def _notes(pages: Sequence[_Page]) -> list[str]:
    found: dict[str, list[int]] = {}
    for page in pages:
        if page.read_by == "unread":
            found.setdefault(page.why or "it is damaged", []).append(page.number)
    notes = [f"unread: {_listed(numbers)}: {why}" for why, numbers in found.items()]
    old = {page.encoding for page in pages if page.encoding}
    notes += [old_encoding(name) for name in sorted(old)]
    if unseen := [page.number for page in pages if page.left_out]:
        notes.append(f"text that nobody sees was left out: {_listed(unseen)}")
    if struck := [page.number for page in pages if page.struck]:
        notes.append(f"{STRUCK_OUT}: {_listed(struck)}")
    if said := [page.number for page in pages if page.commented]:
        notes.append(f"it carries comments, which are not read: {_listed(said)}")
    if differ := [page.number for page in pages if page.disputed]:
        notes.append(f"two readers disagree on the letters: {_listed(differ)}")
    return notes


def _listed(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:20]))
    more = f" and {len(numbers) - 20} more" if len(numbers) > 20 else ""
    return f"page{'s' if len(numbers) > 1 else ''} {shown}{more}"


def _why_empty(pages: Sequence[_Page]) -> str:
    for page in pages:
        if page.read_by == "unread":
            why = page.why or "it is damaged"
            return (
                f"none of its pages can be read (page {page.number}: {why}), or use "
                "the original document"
            )
    if any(page.left_out for page in pages):
        what = "holds no text that can be seen (it is white, covered or cropped off)"
    elif any(page.struck for page in pages):
        what = "holds nothing but text that is struck out"
    elif any(page.commented for page in pages):
        what = "holds nothing but comments (sticky notes), which are not read"
    else:
        what = "holds no text"
    return f"the PDF {what}: use the original document"


def _storable(text: str) -> str:
    """NFC, so that search and quotes agree; without what a store cannot hold."""
    return unicodedata.normalize("NFC", _UNSTORABLE.sub("\ufffd", text))
