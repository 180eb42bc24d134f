"""Excel (.xlsx): each sheet is a page with one table; values as last worked out.

Formulas are not worked out anew, macros and links are not opened. What is struck
out, be it a cell or a part of its text, is left out.
"""

import io
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import repeat
from typing import Any, NamedTuple

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.worksheet._reader import WorkSheetParser

from index.errors import UnreadableReportError
from index.records import Page
from ingest.document import STRUCK_OUT, Document
from ingest.formats.archive import DAMAGED, check_archive
from ingest.formats.legacy import to_unicode
from ingest.tables import MOST_COLUMNS, Filled, Table, lay_out

_MOST_ROWS = 20_000  # of one sheet: more is a data set, no report
_EMPTY_ROWS = 200  # in a row end a sheet: formats often reach to its last row
_DAMAGED = (
    *DAMAGED,
    openpyxl.utils.exceptions.InvalidFileException,
    SyntaxError,  # of the XML
    OverflowError,
)


def read_xlsx(name: str, data: bytes) -> Document:
    """Return the sheets of a workbook as pages, numbered as they follow each other.

    Raises UnreadableReportError for what is no .xlsx, is damaged, empty, locked,
    or too large.
    """
    parts = check_archive(name, data, "Excel workbook")
    if "xl/workbook.xml" not in parts:
        raise UnreadableReportError(
            name, "it is not an Excel workbook, whatever its name says: save it as PDF"
        )
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(data),
            read_only=True,
            data_only=True,
            keep_links=False,
            rich_text=True,
        )
        read = [
            _sheet(name, number, sheet)
            for number, sheet in enumerate(book.worksheets, 1)
            if sheet.sheet_state == "visible"
        ]
        properties = book.properties
        stated = {
            "title": properties.title or "",
            "language": properties.language or "",
        }
    except _DAMAGED as error:
        raise UnreadableReportError(
            name,
            f"the Excel workbook is damaged ({type(error).__name__}): open it in Excel "
            "or LibreOffice and save it again, or print the tables to PDF",
        ) from error
    if not any(char.isalnum() for one in read for char in one.page.text):
        raise UnreadableReportError(
            name,
            "the Excel workbook holds no text: put the tables into it, or "
            "open and save it in Excel if its formulas have no values yet",
        )
    return Document(
        tuple(one.page for one in read),
        tuple(one.table for one in read if one.table),
        {key: value for key, value in stated.items() if value},
        notes=(STRUCK_OUT,) if any(one.struck for one in read) else (),
    )


class _Sheet(NamedTuple):
    """A sheet as it is read. struck: something on it was left out."""

    page: Page
    table: Table | None
    struck: bool


def _sheet(name: str, number: int, sheet: Any) -> _Sheet:
    """A sheet's title as a line, and its table below."""
    rows: list[list[Filled | str]] = []
    empty = 0
    struck = False
    for cells in _rows(sheet):
        if len(rows) > _MOST_ROWS:
            raise UnreadableReportError(
                name,
                f"its sheet {sheet.title!r} has more than {_MOST_ROWS:,} rows: that is "
                "a data set, no report; print the summary tables to PDF",
            )
        texts = [_text(cell) for cell in cells[:MOST_COLUMNS]]
        struck = struck or any(map(_is_struck, cells[:MOST_COLUMNS]))
        rows.append(list(texts))
        empty = 0 if any(texts) else empty + 1
        if empty >= _EMPTY_ROWS:
            break
    title = f"{sheet.title}\n"
    lines, table = lay_out(list(_trimmed(rows)), page=number, at=len(title))
    text = title + lines if table.cells else ""
    page = Page(number, text, label=sheet.title)
    return _Sheet(page, table if table.cells else None, struck)


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """The cells of each row from the first on; rows that the file leaves out are empty.

    As `sheet.iter_rows()`, which has two faults: it believes what the file says of its
    size, which is often wrong, and forgets the runs of texts that stand in the cells.
    """
    book = sheet.parent
    with sheet._get_source() as source:
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
            rich_text=True,
        )
        last = 0
        for number, cells in parser.parse():
            yield from repeat((), number - last - 1)
            if number > last:
                yield sheet._get_row(cells)
            last = max(last, number)


def _trimmed(rows: list[list[Filled | str]]) -> Iterator[list[Filled | str]]:
    """Rows without the empty columns on the left."""
    used = [i for row in rows for i, text in enumerate(row) if text]
    first = min(used, default=0)
    return (row[first:] for row in rows)


def _pieces(cell: Any) -> Iterator[tuple[Any, bool]]:
    """The value of a cell, or the runs of its text; and whether each is struck out."""
    whole = cell.font is not None and bool(cell.font.strike)
    runs = cell.value if isinstance(cell.value, CellRichText) else [cell.value]
    for run in runs:
        if isinstance(run, TextBlock):
            yield run.text or "", bool(run.font.strike)
        else:
            yield run, whole


def _is_struck(cell: Any) -> bool:
    return any(
        struck and run is not None and str(run).strip() for run, struck in _pieces(cell)
    )


def _text(cell: Any) -> str:
    """What Excel shows for the common formats; else the value as it is."""
    standing = [run for run, struck in _pieces(cell) if not struck]
    value = standing[0] if len(standing) == 1 else "".join(standing)
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).upper()
    if isinstance(value, datetime | date | time):
        return _moment(value)
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format or "General"))
    text, _ = to_unicode(unicodedata.normalize("NFC", str(value)))
    return "" if text.startswith("#") and text.endswith(("!", "?", "N/A")) else text


def _moment(value: datetime | date | time) -> str:
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"{value:%d/%m/%Y}"
    return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()


def _number(value: float, shown: str) -> str:
    """A number with the decimals, thousands marks and percent of its format."""
    shown = shown.split(";")[0]
    decimals = len(shown.partition(".")[2]) - len(shown.partition(".")[2].lstrip("0#"))
    mark = "," if "#,##" in shown or "0,0" in shown else ""
    if "%" in shown:
        return f"{value * 100:{mark}.{decimals}f}%"
    if "0" in shown and shown != "General":
        return f"{value:{mark}.{decimals}f}"
    return f"{value:.15g}" if isinstance(value, float) else str(value)
