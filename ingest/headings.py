"""What stands over and beside each cell of a table: its headings.

Real tables seldom say which cells are headings. We go by what cells hold: rows
before the first row with a figure head the columns; a row with nothing but its
first cell heads the rows below it; a row of years further down heads anew.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from index.grammar.words import fold_in_place
from ingest.celltext import (
    FOOTNOTE,
    are_bands,
    is_figure,
    is_nothing,
    is_period,
    mended,
)
from ingest.tables import Cell, Table


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell that is no heading, with the words over and beside it."""

    cell: Cell
    text: str
    column: tuple[str, ...]  # the headings over it, from top to bottom


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table. A heading row has no entries."""

    start: int  # offsets into the page's text: from the first cell to the last
    end: int
    label: str = ""  # what the row is about: its own heading
    unit: str = ""  # what its "Unit" column says
    section: tuple[str, ...] = ()  # headings further up that it stands under
    entries: tuple[Entry, ...] = ()
    columns: tuple[str, ...] = ()  # all column headings in force, once each

    @property
    def context(self) -> str:
        """The headings in one line: what a reader sees around the row."""
        return " ".join(dict.fromkeys((*self.section, *self.columns)))[:_LONGEST]


_LONGEST = 400  # characters of headings that are kept beside a row


# --- The grid -----------------------------------------------------------------

_UNIT_COLUMN = re.compile(
    r"(?:don vi(?: tinh)?|dvt|units?(?: of measure(?:ment)?)?)\.?"
)
_INDEX_COLUMN = re.compile(r"(?:stt|tt|so tt|no\.?|#|s/?n|ref\.?|nr\.?|item no\.?)")
_INDEX = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,2}){0,3}|[IVXLivx]{1,5}|[A-Za-zđĐ])[.)]?|[-+•*]"
)
_COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,2}|[A-E])\)?(?:\s*=.*)?")
# A label that says how the table is to be read, and no row's: "(In millions)".
_NOTE = re.compile(r"\(.*\)\W*", re.DOTALL)
_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\W*")  # a value, not a heading
_UNIT_ROW = re.compile(
    r"\(?(?:(?:(?:all )?(?:amounts?|dollars?|figures?|values?) (?:are )?)?in |unit"
    r"|don vi|dvt|us\$|[$€£]|%|thousands?|millions?|billions?|trieu"
    r"|nghin|ty\b)"
)


@dataclass(frozen=True)
class _Grid:
    """Cells by place, spans written out."""

    page_text: str
    at: Mapping[tuple[int, int], Cell]
    lines: Sequence[Sequence[Cell]]  # non-empty rows, from top to bottom
    width: int

    def text(self, cell: Cell) -> str:
        return self.page_text[cell.start : cell.end]

    def texts(self, line: Sequence[Cell], first: int = 0) -> list[str]:
        """What stands in the columns from *first* on, dashes left out."""
        found = (self.text(cell) for cell in line if cell.column >= first)
        return [text for text in found if not is_nothing(text)]


def _grid(table: Table, page_text: str) -> _Grid:
    at: dict[tuple[int, int], Cell] = {}
    lines: dict[int, list[Cell]] = {}
    last = max((cell.row for cell in table.cells), default=0)
    for cell in table.cells:
        lines.setdefault(cell.row, []).append(cell)
        for row in range(cell.row, min(cell.row + cell.rows, last + 1)):
            for column in range(cell.column, cell.column + cell.columns):
                at.setdefault((row, column), cell)
    width = max((cell.column + cell.columns for cell in table.cells), default=0)
    return _Grid(page_text, at, [lines[row] for row in sorted(lines)], width)


# --- Rows ---------------------------------------------------------------------


@dataclass
class _State:
    """What heads the next row, as the rows go by."""

    blocks: list[Sequence[Cell]] = field(default_factory=list)  # heading rows
    section: tuple[str, ...] = ()
    lead: str = ""  # what opens the table, before any column heading
    after: str = ""  # kind of the row before: "head", "section", "data"


def rows_of(table: Table, page_text: str) -> list[Row]:
    """Return the lines of *table*, from top to bottom, with their headings."""
    grid = _grid(table, page_text)
    first = _first_column(grid)
    units = _unit_column(grid, first)
    state = _State()
    if table.caption:
        state.lead = table.caption
    return [
        _read(grid, line, state, first, units, numerical=_has_figures(grid, first))
        for line in grid.lines
    ]


def _read(
    grid: _Grid,
    line: Sequence[Cell],
    state: _State,
    first: int,
    units: int | None,
    *,
    numerical: bool,
) -> Row:
    kind = _kind(grid, line, state, first, numerical=numerical)
    start, end = line[0].start, line[-1].end
    if kind == "head":
        if state.after == "data":
            state.blocks = []
        state.blocks.append(line)
        state.after = kind
        for cell in line:
            corner = grid.text(cell)
            if cell.column < min(first, units or first) and _UNIT_ROW.match(
                fold_in_place(corner)
            ):
                state.lead = f"{state.lead} {corner}".strip()
        return Row(start, end)
    if kind == "section":
        text = mended(grid.text(line[0]))
        if not state.blocks and state.after != "data":
            state.lead = f"{state.lead} {text}".strip()
        else:
            outer = state.section[-1:] if state.after == "section" else ()
            state.section = (*outer, text)
        state.after = kind
        return Row(start, end)
    state.after = "data"
    label, unit = _label(grid, line, first, units)
    columns = _columns(grid, state.blocks, first)
    entries = tuple(
        Entry(cell, grid.text(cell), columns.get(cell.column, ()))
        for cell in line
        if cell.column >= first and cell.column != units
    )
    over = tuple(dict.fromkeys(text for texts in columns.values() for text in texts))
    section = (state.lead, *state.section) if state.lead else state.section
    return Row(start, end, label, unit, section, entries, over)


def _kind(
    grid: _Grid, line: Sequence[Cell], state: _State, first: int, *, numerical: bool
) -> str:
    """Say what a row is: "head", "section" or "data"."""
    beyond = grid.texts(line, first)
    spans_all = len(line) == 1 and line[0].columns >= max(2, grid.width - 1)
    if not beyond or (spans_all and not is_figure(grid.text(line[0]))):
        return "section" if _stands_alone(line) else "data"
    if all(cell.heading for cell in line):
        return "head"
    if _are_numbers_of_columns(grid, line):
        return "head"
    if any(map(is_figure, beyond)) and (state.blocks or not are_bands(beyond)):
        return "data"
    if not numerical:
        # A table of words: its first row heads the columns.
        return "data" if state.blocks or state.after == "data" else "head"
    if state.after != "data" and not (state.blocks and _labelled(grid, line, first)):
        return "head"
    labelled = _labelled(grid, line, first)
    named = [is_period(text) and not _DAY.fullmatch(text) for text in beyond]
    if any(named) and (not labelled or all(named)):
        return "head"
    unit = len(beyond) == 1 and _UNIT_ROW.match(fold_in_place(beyond[0]))
    return "head" if not labelled and (unit or len(beyond) > 1) else "data"


def _stands_alone(line: Sequence[Cell]) -> bool:
    return len(line) == 1 or (len(line) == 2 and line[0].end - line[0].start <= 4)


def _labelled(grid: _Grid, line: Sequence[Cell], first: int) -> bool:
    """Return True if a row has a heading of its own; "(In millions)" is none."""
    labels = (grid.text(cell) for cell in line if cell.column < first)
    return any(label and not _NOTE.fullmatch(label) for label in labels)


def _are_numbers_of_columns(grid: _Grid, line: Sequence[Cell]) -> bool:
    """Return True for "(1) | (2) | (3)", "A | B | 1 | 2" below the headings."""
    texts = [grid.text(cell) for cell in line]
    if len(texts) < 3 or not all(map(_COLUMN_NUMBER.fullmatch, texts)):
        return False
    numbers = [int(found[0]) for text in texts if (found := re.findall(r"\d+", text))]
    return len(numbers) >= 2 and numbers in (
        list(range(1, len(numbers) + 1)),
        list(range(2, len(numbers) + 2)),
    )


def _label(
    grid: _Grid, line: Sequence[Cell], first: int, units: int | None
) -> tuple[str, str]:
    """Return what heads a row, and the unit that its own column gives."""
    row = line[0].row
    parts: list[str] = []
    unit = ""
    for column in range(first):
        cell = grid.at.get((row, column))
        if cell is None:
            continue
        text = grid.text(cell)
        if column == units:
            unit = text
        elif not (_INDEX.fullmatch(text) and column < first - 1):
            parts.append(FOOTNOTE.sub("", text))
    if units is not None and units >= first and (cell := grid.at.get((row, units))):
        unit = grid.text(cell)
    return " ".join(dict.fromkeys(parts)), unit


def _has_figures(grid: _Grid, first: int) -> bool:
    return any(
        is_figure(grid.text(cell))
        for line in grid.lines
        for cell in line
        if cell.column >= first
    )


def _first_column(grid: _Grid) -> int:
    """Return the first column that does not head rows; at least 1."""
    held: dict[int, list[str]] = {}
    for line in grid.lines[1:]:
        for cell in line:
            if cell.columns == 1:
                held.setdefault(cell.column, []).append(grid.text(cell))
    last = grid.width - 1
    column = 0
    while column < last:
        texts = [t for t in held.get(column, []) if not is_nothing(t)]
        index = bool(texts) and sum(map(bool, map(_INDEX.fullmatch, texts)))
        counted = sum(map(is_figure, texts))
        is_index = bool(index and column == 0 and index >= 0.6 * len(texts)) and (
            _is_index_headed(grid)
        )
        if not is_index and counted >= 0.5 * max(1, len(texts)) and column:
            break
        if not is_index and not _numbers_follow(held, column):
            return column + 1  # a table of words has one heading a row
        column += 1
    return max(1, column)


def _is_index_headed(grid: _Grid) -> bool:
    cell = grid.at.get((grid.lines[0][0].row, 0)) if grid.lines else None
    return cell is None or bool(
        _INDEX_COLUMN.fullmatch(fold_in_place(grid.text(cell)).strip())
    )


def _numbers_follow(held: Mapping[int, Sequence[str]], column: int) -> bool:
    return any(
        sum(map(is_figure, texts)) >= 0.5 * len(texts)
        for other, texts in held.items()
        if other > column and texts
    )


def _unit_column(grid: _Grid, _first: int) -> int | None:
    """Return the column headed "Unit", if there is one."""
    for line in grid.lines[:3]:
        for cell in line:
            if _UNIT_COLUMN.fullmatch(fold_in_place(grid.text(cell)).strip(" :")):
                return cell.column
    return None


# --- Columns ------------------------------------------------------------------


def _columns(
    grid: _Grid, blocks: Sequence[Sequence[Cell]], first: int
) -> dict[int, tuple[str, ...]]:
    """Return the headings over each column, from top to bottom."""
    over: dict[int, list[str]] = {}
    for number, line in enumerate(blocks):
        if _are_numbers_of_columns(grid, line):
            continue
        lowest = number == len(blocks) - 1
        for column, text in _reach(grid, line, first, lowest=lowest):
            texts = over.setdefault(column, [])
            if text not in texts:
                texts.append(text)
    return {column: tuple(texts) for column, texts in over.items()}


def _reach(
    grid: _Grid, line: Sequence[Cell], first: int, *, lowest: bool
) -> Iterator[tuple[int, str]]:
    """Which columns the headings of one row stand over.

    Where spans are lost, an empty place belongs to a heading beside it: a
    heading alone in its row stands over all columns, several share them.
    """
    row = line[0].row
    named = {
        column: mended(grid.text(cell))
        for column in range(first, grid.width)
        if (cell := grid.at.get((row, column)))
    }
    own = {cell.column for cell in line if cell.column >= first}
    spanned = any(cell.columns > 1 for cell in line)
    if len(own) == 1 and not spanned and len(named) == 1:
        ((column, text),) = named.items()
        single = is_period(text) or bool(_UNIT_ROW.match(fold_in_place(text)))
        if single or (not lowest and column < grid.width - 1):
            named = dict.fromkeys(range(first, grid.width), text)
    elif not (spanned or lowest):
        named = _shared(named, first, grid.width)
    yield from named.items()


def _shared(named: Mapping[int, str], first: int, width: int) -> dict[int, str]:
    """Each heading over its equal part of the columns, else over those behind it."""
    size, rest = divmod(width - first, len(named) or 1)
    blocks = [(column - first) // size for column in sorted(named)] if size else []
    if not rest and blocks == list(range(len(named))):
        texts = [named[column] for column in sorted(named)]
        return {c: texts[(c - first) // size] for c in range(first, width)}
    filled: dict[int, str] = {}
    text = ""
    for column in range(first, width):
        text = named.get(column, text)
        if text:
            filled[column] = text
    return filled
