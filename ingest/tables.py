"""A table as it lies in the text of a page: one line a row, cells joined by " | ".

Every reader that finds a table lays it out with `lay_out`, puts the lines into
the text of its page and hands the `Table` over beside the pages. What stands
over a cell is worked out in `ingest/headings.py`, its figures in
`ingest/cells.py`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

BETWEEN = " | "
MOST_COLUMNS = 400  # a wider table is no table that a person reads
MOST_SPAN = 2_000  # rows that one cell may reach over

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with something in it; offsets are characters into the page's text."""

    start: int
    end: int
    row: int  # counted from 0, also over empty rows
    column: int  # counted from 0, in the grid that the spans make
    rows: int = 1  # that it reaches over
    columns: int = 1
    heading: bool = False  # marked up as a heading by the document itself


@dataclass(frozen=True, slots=True)
class Table:
    """A table of one page, its cells row by row."""

    page: int  # number of the page
    cells: tuple[Cell, ...]
    caption: str = ""  # as the document marks it up; the lines before it count anyway


class Filled(NamedTuple):
    """A cell before it is laid out, as HTML and Word write it."""

    text: str
    rows: int = 1
    columns: int = 1
    heading: bool = False


def lay_out(
    rows: Sequence[Sequence[Filled | str]], *, page: int, at: int, caption: str = ""
) -> tuple[str, Table]:
    """Return the lines of a table, and the table as it will lie in the page.

    rows: from top to bottom; a cell that reaches over several rows or columns
        stands once, where it begins. A string is a cell of its own place.
    at: offset in the page's text at which the lines will stand.

    A row is one line: white space within a cell becomes one space, a bar within
    a cell is kept. Empty rows take no line.
    """
    lines: list[str] = []
    cells: list[Cell] = []
    taken: dict[int, int] = {}  # column → rows that a cell from above still fills
    for row, filled in enumerate(rows):
        line, placed = _line(filled, taken, row)
        if placed:
            cells += [
                replace(cell, start=cell.start + at, end=cell.end + at)
                for cell in placed
            ]
            lines.append(line)
            at += len(line) + 1
    return "\n".join(lines), Table(page, tuple(cells), caption)


def _line(
    filled: Sequence[Filled | str], taken: dict[int, int], row: int
) -> tuple[str, list[Cell]]:
    """One row's line and its cells, with offsets into the line."""
    texts: dict[int, Filled] = {}
    column = 0
    covered = set(taken)
    for one in filled:
        cell = Filled(one) if isinstance(one, str) else one
        while column in covered:
            column += 1
        if column >= MOST_COLUMNS:
            break
        wide = max(1, min(cell.columns, MOST_COLUMNS - column))
        high = max(1, min(cell.rows, MOST_SPAN))
        text = _SPACE.sub(" ", cell.text).strip()
        texts[column] = Filled(text, high, wide, cell.heading)
        if high > 1:
            taken.update(dict.fromkeys(range(column, column + wide), high))
        column += wide
    for place in list(taken):
        taken[place] -= 1
        if not taken[place]:
            del taken[place]
    return _joined(texts, row)


def _joined(texts: dict[int, Filled], row: int) -> tuple[str, list[Cell]]:
    last = max((column for column, cell in texts.items() if cell.text), default=-1)
    line = ""
    cells = []
    for column in range(last + 1):
        if column:
            line = line.rstrip(" ") + (BETWEEN if line else "| ")
        cell = texts.get(column)
        if cell is not None and cell.text:
            start = len(line)
            line += cell.text
            cells.append(
                Cell(
                    start,
                    len(line),
                    row,
                    column,
                    cell.rows,
                    cell.columns,
                    cell.heading,
                )
            )
    return line, cells
