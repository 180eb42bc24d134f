"""Tables on a page: by their ruled lines, or by cells that stand in columns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.formats.words import Rule, Word, box_around

_NEAR = 3.0  # points: lines this close are one line
_MOST_RULES = 4_000
_MOST_CELLS = 5_000


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell with its words in reading order; it may be empty."""

    row: int
    column: int
    rows: int
    columns: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a page, its cells row by row."""

    cells: tuple[GridCell, ...]
    box: tuple[float, float, float, float]

    def words(self) -> Iterator[Word]:
        """All its words, cell by cell."""
        for cell in self.cells:
            yield from cell.words

    def bounds(self) -> tuple[float, float, float, float]:
        """Return x0, y0, x1, y1."""
        return self.box

    def by_row(self) -> list[list[GridCell]]:
        """Its cells, a list each row that a cell begins in."""
        rows: dict[int, list[GridCell]] = {}
        for cell in self.cells:
            rows.setdefault(cell.row, []).append(cell)
        count = max(rows, default=-1) + 1
        return [rows.get(row, []) for row in range(count)]


def find_grids(words: Sequence[Word], rules: Sequence[Rule]) -> list[Grid]:
    """Return the ruled tables among *words*; a frame or a chart is none."""
    if not (words and 4 <= len(rules) <= _MOST_RULES):
        return []
    taken: set[int] = set()
    found = []
    for group in _connected(rules):
        grid = _grid([word for word in words if id(word) not in taken], group)
        if grid is not None:
            taken.update(id(word) for word in grid.words())
            found.append(grid)
    return found


def _connected(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Lines that cross or touch each other, the largest group first."""
    parent = list(range(len(rules)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    by_left = sorted(range(len(rules)), key=lambda i: rules[i].x0)
    active: list[int] = []
    for i in by_left:
        active = [j for j in active if rules[j].x1 >= rules[i].x0 - _NEAR]
        for j in active:
            a, b = rules[i], rules[j]
            if a.y0 <= b.y1 + _NEAR and b.y0 <= a.y1 + _NEAR:
                parent[root(i)] = root(j)
        active.append(i)
    groups: dict[int, list[Rule]] = {}
    for i, rule in enumerate(rules):
        groups.setdefault(root(i), []).append(rule)
    return sorted((g for g in groups.values() if len(g) >= 4), key=len, reverse=True)


def _grid(words: Sequence[Word], rules: Sequence[Rule]) -> Grid | None:
    across = [rule for rule in rules if rule.y0 == rule.y1]
    down = [rule for rule in rules if rule.x0 == rule.x1]
    if len(across) < 2 or not down:
        return None
    x0, x1 = min(rule.x0 for rule in rules), max(rule.x1 for rule in rules)
    y0, y1 = min(rule.y0 for rule in rules), max(rule.y1 for rule in rules)
    xs = _steps([rule.x0 for rule in down] + [x0, x1])
    ys = _steps([rule.y0 for rule in across] + [y0, y1])
    if len(xs) < 3 or len(ys) < 3 or (len(xs) - 1) * (len(ys) - 1) > _MOST_CELLS:
        return None
    inside = [
        word
        for word in words
        if x0 < (word.x0 + word.x1) / 2 < x1 and y0 < (word.y0 + word.y1) / 2 < y1
    ]
    cells = _cells(inside, xs, ys, across, down)
    if not _is_table(cells):
        return None
    return Grid(tuple(cells), (x0, y0, x1, y1))


def _is_table(cells: Sequence[GridCell]) -> bool:
    """Return True if cells stand beside and below each other with words in them."""
    filled = [cell for cell in cells if cell.words]
    rows = [cell.row for cell in filled]
    several = sum(rows.count(row) > 1 for row in set(rows))
    return several >= 2 and len({cell.column for cell in filled}) >= 2


def _steps(values: Sequence[float]) -> list[float]:
    """Sorted places, those that are near each other as one."""
    steps: list[float] = []
    for value in sorted(values):
        if not steps or value - steps[-1] > _NEAR:
            steps.append(value)
    return steps


def _cells(
    words: Sequence[Word],
    xs: Sequence[float],
    ys: Sequence[float],
    across: Sequence[Rule],
    down: Sequence[Rule],
) -> list[GridCell]:
    rows, columns = len(ys) - 1, len(xs) - 1
    # A place belongs to the cell that reaches over it: no line parts the two.
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(rows):
        for column in range(columns):
            if (row, column) in owner:
                continue
            wide = 1
            while (
                column + wide < columns
                and (row, column + wide) not in owner
                and not _parted(
                    down, xs[column + wide], (ys[row] + ys[row + 1]) / 2, True
                )
            ):
                wide += 1
            high = 1
            while row + high < rows and not any(
                _parted(across, ys[row + high], (xs[c] + xs[c + 1]) / 2, False)
                for c in range(column, column + wide)
            ):
                high += 1
            for r in range(row, row + high):
                for c in range(column, column + wide):
                    owner.setdefault((r, c), (row, column))
            spans[(row, column)] = (high, wide)
    filled: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        row = _place(ys, (word.y0 + word.y1) / 2)
        column = _place(xs, (word.x0 + word.x1) / 2)
        filled.setdefault(owner[(row, column)], []).append(word)
    return [
        GridCell(
            row, column, high, wide, tuple(in_lines(filled.get((row, column), [])))
        )
        for (row, column), (high, wide) in spans.items()
    ]


def _place(steps: Sequence[float], value: float) -> int:
    for i in range(len(steps) - 1):
        if value < steps[i + 1]:
            return i
    return len(steps) - 2


def _parted(rules: Sequence[Rule], at: float, middle: float, upright: bool) -> bool:
    """Return True if a line stands at *at* and reaches past *middle*."""
    if upright:
        return any(
            abs(r.x0 - at) <= _NEAR and r.y0 - _NEAR <= middle <= r.y1 + _NEAR
            for r in rules
        )
    return any(
        abs(r.y0 - at) <= _NEAR and r.x0 - _NEAR <= middle <= r.x1 + _NEAR
        for r in rules
    )


def in_lines(words: Sequence[Word]) -> list[Word]:
    """Words of one cell from top to bottom, and on a level from left to right."""
    found: list[Word] = []
    row: list[Word] = []
    for word in sorted(words, key=lambda one: (one.y0 + one.y1) / 2):
        if row and (word.y0 + word.y1) / 2 > row[0].y1:
            found += sorted(row, key=lambda one: one.x0)
            row = []
        row.append(word)
    return found + sorted(row, key=lambda one: one.x0)


# --- Tables without lines -------------------------------------------------------

_FIGURES = 0.5  # of the cells beside the first column hold figures
_WORDY = 4  # words of a cell on average; longer ones are columns of text


def aligned(rows: Sequence[Sequence[tuple[Word, ...]]]) -> Grid | None:
    """Return the table that *rows* of cells make, if they stand in columns.

    rows: from the top, each from left to right, two cells or more.
    """
    columns = _columns([cell for row in rows for cell in row])
    if len(columns) < 2 or sum(map(len, rows)) < 0.6 * len(rows) * len(columns):
        return None
    placed: list[GridCell] = []
    for number, row in enumerate(rows):
        by_column: dict[int, list[Word]] = {}
        for cell in row:
            by_column.setdefault(_place(columns, cell[0].x0), []).extend(cell)
        placed += [
            GridCell(number, column, 1, 1, tuple(words))
            for column, words in sorted(by_column.items())
        ]
    if not _is_tabular(placed, len(rows), len(columns) - 1):
        return None
    words = [word for cell in placed for word in cell.words]
    return Grid(tuple(placed), box_around(words))


_MARK = re.compile(
    r"[-–•▪●○*+·❖➢✓o§]|\(?[a-zđA-ZĐ0-9]{1,3}[.)]|[IVXivx]{1,6}[.)]?"
    r"|\d{1,2}(?:\.\d{1,2})*\.?"
)


def is_mark(words: Sequence[Word]) -> bool:
    """Return True for the bullet or number of an item, alone."""
    return len(words) == 1 and _MARK.fullmatch(words[0].text) is not None


def _columns(cells: Sequence[tuple[Word, ...]]) -> list[float]:
    """Where each column begins, and the end of the last: cells overlap in one."""
    begins: list[float] = []
    end = float("-inf")
    for cell in sorted(cells, key=lambda one: one[0].x0):
        if cell[0].x0 > end:
            begins.append(cell[0].x0)
        end = max(end, cell[-1].x1)
    return [*begins, end] if len(begins) > 1 else []


def _is_tabular(cells: Sequence[GridCell], rows: int, columns: int) -> bool:
    beside = [cell for cell in cells if cell.column > 0]
    figures = sum(
        any(c.isdigit() for w in cell.words for c in w.text) for cell in beside
    )
    if sum(len(cell.words) for cell in cells) > 2 * _WORDY * len(cells):
        return False
    if columns == 2 and all(is_mark(c.words) for c in cells if c.column == 0):
        return False  # a list whose marks stand away from their texts
    if figures >= _FIGURES * len(beside):
        return True
    short = sum(len(cell.words) for cell in cells) <= _WORDY * len(cells)
    return short and rows >= 3 and columns >= 4
