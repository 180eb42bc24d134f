"""Word (.docx): paragraphs, tables and notes in reading order.

Word has no pages until it prints, but it notes where they began when it last
showed the document: a paragraph or table is on the page that it begins on.
Without such notes the whole text is page 1. Macros and pictures are not opened,
links are not followed. Text that is struck out or was deleted with "track changes"
is left out, inserted text is in.
"""

import io
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.opc.part import PartFactory
from docx.oxml.ns import qn
from docx.package import Package
from docx.parts.document import DocumentPart
from lxml import etree

from index.errors import UnreadableReportError
from index.records import Page
from ingest.document import STRUCK_OUT, Document
from ingest.formats.archive import DAMAGED, check_archive
from ingest.formats.legacy import (
    font_encoding,
    old_encoding,
    to_unicode,
    unicode_of,
)
from ingest.formats.notes import raised
from ingest.formats.numbering import Numbering
from ingest.formats.styles import Styles
from ingest.front import is_letterhead
from ingest.tables import Filled, Table, lay_out

Element = Any  # lxml's elements carry no types
_DAMAGED = (*DAMAGED, OpcError, etree.LxmlError, RecursionError)
# Documents all the same, but python-docx knows only the kind without macros.
PartFactory.part_type_for.update(
    dict.fromkeys(
        (
            "application/vnd.ms-word.document.macroEnabled.main+xml",
            "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml"
            ".template.main+xml",
        ),
        DocumentPart,
    )
)
_DEEPEST = 40  # tables within tables, content controls within content controls
_SKIPPED = {
    qn(name)
    for name in ("w:del", "w:moveFrom", "w:instrText", "w:delText", "w:pPr", "w:rPr")
} | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_BREAK = qn("w:lastRenderedPageBreak")
_NEW_PAGE = "\f"
_MOST_BREAKS = 50  # at one place; a paragraph is not longer than that
_AS_TEXT = {
    _BREAK: _NEW_PAGE,
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}


def read_docx(name: str, data: bytes) -> Document:
    """Return the text, tables and properties of a Word document.

    Raises UnreadableReportError for what is no .docx, is damaged, empty, locked,
    or too large unpacked.
    """
    parts = check_archive(name, data, "Word document")
    if "word/document.xml" not in parts:
        raise UnreadableReportError(
            name, "it is not a Word document, whatever its name says: save it as PDF"
        )
    try:
        opened = _opened(data)
        reader = _Reader(opened)
        pages, tables, notes = reader.read()
        stated = _stated(opened)
    except _DAMAGED as error:
        raise UnreadableReportError(
            name,
            f"the Word document is damaged ({type(error).__name__}): open it in Word "
            "or LibreOffice and save it again, or save it as PDF",
        ) from error
    if next(opened.element.body.iter(qn("w:commentReference")), None) is not None:
        notes = (*notes, "it carries comments, which are not read")
    if any(part.endswith("vbaProject.bin") for part in parts):
        notes = (*notes, "it carries macros, which are not run")
    if not any(char.isalnum() for page in pages for char in page.text):
        raise UnreadableReportError(
            name,
            "the Word document holds no text (pictures are not read): save it as PDF",
        )
    return Document(pages, tables, stated, notes=notes, largest=reader.title)


def _opened(data: bytes) -> Any:
    """The document; KeyError if the main part of the file is none."""
    main = Package.open(io.BytesIO(data)).main_document_part
    if not isinstance(main, DocumentPart):
        raise KeyError(main.content_type)
    return main.document


@dataclass
class _Page:
    """The text so far of one page, and the tables in it."""

    number: int
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    tables: list[Table] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.pieces.append(f"{text}\n")
        self.length += len(text) + 1


class _Reader:
    """Walks the body of one document."""

    def __init__(self, opened: Any) -> None:
        self.body: Element = opened.element.body
        self.styles = Styles(opened)
        self.numbering = Numbering(opened)
        self.notes = _notes(opened)
        self.pages = [_Page(1)]
        self.fonts: set[str] = set()  # old encodings that were met
        self.left_out = False  # something that nobody sees
        self.struck = False  # something struck out
        self.title = ""  # what is in the style for titles

    @property
    def page(self) -> _Page:
        return self.pages[-1]

    def read(self) -> tuple[tuple[Page, ...], tuple[Table, ...], tuple[str, ...]]:
        self._blocks(self.body, 0)
        pages = tuple(Page(one.number, "".join(one.pieces)) for one in self.pages)
        tables = tuple(table for one in self.pages for table in one.tables)
        notes = [*map(old_encoding, sorted(self.fonts))]
        notes += ["text that nobody sees was left out"] if self.left_out else []
        notes += [STRUCK_OUT] if self.struck else []
        return pages, tables, tuple(notes)

    def _turn(self, count: int) -> None:
        for _ in range(min(count, _MOST_BREAKS)):
            self.pages.append(_Page(len(self.pages) + 1))

    def _blocks(self, parent: Element, depth: int) -> None:
        for child in parent.iterchildren():
            if child.tag == qn("w:p"):
                self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                self._table(child, depth)
            elif child.tag in _WRAPPERS and depth < _DEEPEST:
                self._blocks(child, depth + 1)

    def _paragraph(self, paragraph: Element) -> None:
        marked = self._marked(paragraph)
        opening = len(marked) - len(marked.lstrip())
        self._turn(marked.count(_NEW_PAGE, 0, opening))
        text = _plain(marked)
        if text.strip():
            style = self.styles.name_of(paragraph)
            if style == "Title" and not self.title:
                self.title = text.strip()
            mark = self.numbering.mark(paragraph, style)
            self.page.add(f"{mark} {text}" if mark else text)
        for boxed in paragraph.iter(qn("w:txbxContent")):
            if not _within_fallback(boxed):
                self._blocks(boxed, _DEEPEST)
        for reference in paragraph.iter(*_REFERENCES):
            note = self.notes.pop((reference.tag, reference.get(qn("w:id"))), None)
            if note is not None:
                lines = [self._text(p) for p in note.iter(qn("w:p"))]
                self.page.add(" ".join(line.strip() for line in lines).strip())
        self._turn(marked.count(_NEW_PAGE, opening))

    def _table(self, table: Element, depth: int) -> None:
        rows = list(_rows(table))
        if _is_layout(rows, self._text):
            for row in rows:
                for cell in row.iter(qn("w:tc")):
                    if _owner(cell, qn("w:tbl")) is table:
                        self._blocks(cell, depth + 1)
            return
        filled = _filled(rows, self._cell)
        lines, laid = lay_out(filled, page=self.page.number, at=self.page.length)
        if laid.cells:
            self.page.tables.append(laid)
            self.page.add(lines)
        # A row that goes on on the next page says so in each of its cells.
        self._turn(
            sum(
                max((len(list(cell.iter(_BREAK))) for cell in _cells(row)), default=0)
                for row in rows
            )
        )

    def _cell(self, cell: Element) -> str:
        return " ".join(self._text(p).strip() for p in cell.iter(qn("w:p")))

    def _text(self, paragraph: Element) -> str:
        return _plain(self._marked(paragraph))

    def _marked(self, paragraph: Element) -> str:
        """The words of a paragraph, fonts of before Unicode read by their tables.

        `_NEW_PAGE` stands where a page begins.
        """
        base = self.styles.font_of(paragraph)
        runs: list[tuple[str | None, str]] = []
        told = ""
        for piece, run in _pieces(paragraph):
            if piece != _NEW_PAGE and self.styles.hides(run, paragraph):
                self.left_out |= bool(piece.strip())
                continue
            if piece != _NEW_PAGE and self.styles.strikes(run, paragraph):
                self.struck |= bool(piece.strip())
                continue
            text = raised(piece, told) if _is_raised(run) else piece
            told = (told + text)[-20:]
            font = font_encoding(self.styles.own_font(run) or base or "")
            if runs and runs[-1][0] == font:
                runs[-1] = (font, runs[-1][1] + text)
            else:
                runs.append((font, text))
        self.fonts.update(font for font, _ in runs if font)
        read = "".join(unicode_of(text, font) for font, text in runs)
        whole, found = to_unicode(unicodedata.normalize("NFC", read))
        self.fonts.update([found] if found else [])
        return whole.replace("\x00", "").strip("\n")


def _plain(text: str) -> str:
    return text.replace(_NEW_PAGE, "")


_WRAPPERS = {
    qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo")
}
_REFERENCES = (qn("w:footnoteReference"), qn("w:endnoteReference"))


def _pieces(paragraph: Element) -> Iterator[tuple[str, Element | None]]:
    """The text of a paragraph piece by piece, each with the run it stands in."""
    stack = [(child, None) for child in reversed(list(paragraph))]
    while stack:
        element, run = stack.pop()
        tag = element.tag
        if tag in _SKIPPED or tag == qn("w:txbxContent") or not isinstance(tag, str):
            continue
        if tag == qn("w:t"):
            yield element.text or "", run
        elif tag == qn("w:sym"):
            yield _symbol(element), run
        elif tag in _AS_TEXT:
            yield _AS_TEXT[tag], run
        else:
            run = element if tag == qn("w:r") else run
            stack += [(child, run) for child in reversed(list(element))]


def _symbol(element: Element) -> str:
    """A character of a symbol font stands for a bullet or box: no letter."""
    try:
        code = int(element.get(qn("w:char")) or "", 16)
    except ValueError:
        return ""
    return "•" if 0xF000 <= code <= 0xF0FF else chr(code)


def _is_raised(run: Element | None) -> bool:
    mark = None if run is None else run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
    return mark is not None and mark.get(qn("w:val")) == "superscript"


def _within_fallback(element: Element) -> bool:
    return any(parent.tag in _SKIPPED for parent in element.iterancestors())


def _owner(element: Element, tag: str) -> Element:
    return next((p for p in element.iterancestors() if p.tag == tag), None)


# --- Tables -------------------------------------------------------------------


_GONE = (qn("w:hidden"), qn("w:del"))  # rows that nobody sees, or were deleted


def _rows(table: Element) -> Iterator[Element]:
    for row in table.iter(qn("w:tr")):
        told = row.find(qn("w:trPr"))
        if told is not None and any(told.find(tag) is not None for tag in _GONE):
            continue
        if _owner(row, qn("w:tbl")) is table and not _within_fallback(row):
            yield row


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row.iter(qn("w:tc")) if _owner(cell, qn("w:tr")) is row]


def _is_layout(rows: list[Element], text: Any) -> bool:
    """Return True for a table that only places text, such as an official heading.

    It has one row or one column, or cells of several paragraphs throughout, or it
    is the head itself.
    """
    if len(rows) < 2 or max(len(_cells(row)) for row in rows) < 2:
        return True
    if is_letterhead(" ".join(text(p) for row in rows for p in row.iter(qn("w:p")))):
        return True
    if len(rows) > 3:
        return False
    cells = [cell for row in rows for cell in _cells(row)]
    return not any(
        char.isdigit() for c in cells for p in c.iter(qn("w:p")) for char in text(p)
    ) or any(
        len([p for p in cell.iter(qn("w:p")) if text(p).strip()]) > 2 for cell in cells
    )


def _number(element: Element | None, default: int = 1) -> int:
    value = element.get(qn("w:val")) if element is not None else None
    return int(value) if value and value.isdigit() else default


def _filled(rows: list[Element], text: Any) -> list[list[Filled]]:
    """The cells of each row, merged ones once with their spans."""
    grid: list[list[list[Any]]] = []  # per row: [column, text, rows, columns, heading]
    open_cells: dict[int, list[Any]] = {}
    for row in rows:
        heading = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
        column = _number(before, 0)
        placed: list[list[Any]] = [[i, "", 1, 1, False] for i in range(column)]
        for cell in _cells(row):
            wide = _number(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"))
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merge is not None and merge.get(qn("w:val")) != "restart"
            if goes_on and column in open_cells:
                open_cells[column][2] += 1
            else:
                entry = [column, text(cell), 1, wide, heading]
                placed.append(entry)
                open_cells.pop(column, None)
                if merge is not None:
                    open_cells[column] = entry
            column += wide
        grid.append(placed)
    return [
        [Filled(text, high, wide, head) for _, text, high, wide, head in row]
        for row in grid
    ]


# --- Notes, properties ------------------------------------------------


def _notes(opened: Any) -> dict[tuple[str, str | None], Element]:
    """Foot- and endnotes by the tag that refers to them and their id."""
    found: dict[tuple[str, str | None], Element] = {}
    for kind, part_type in (
        ("w:footnote", RELATIONSHIP_TYPE.FOOTNOTES),
        ("w:endnote", RELATIONSHIP_TYPE.ENDNOTES),
    ):
        for relation in opened.part.rels.values():
            if relation.reltype != part_type or relation.is_external:
                continue
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            root = etree.fromstring(relation.target_part.blob, parser)
            for note in root.iter(qn(kind)):
                if note.get(qn("w:type")) in {None, "normal"}:
                    found[qn(f"{kind}Reference"), note.get(qn("w:id"))] = note
    return found


def _stated(opened: Any) -> Mapping[str, str]:
    """What the document's properties say, as they say it.

    The company is left out: it is the owner of the copy of Word, who is seldom
    the publisher. So is the day of making: templates bring theirs along.
    """
    properties = opened.core_properties
    values = {"title": properties.title, "language": properties.language}
    return {key: value.strip() for key, value in values.items() if value}
