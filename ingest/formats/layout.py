"""Words on a page into lines, and lines into the order in which they are read.

Everything is decided by places: what stands close together on one level is a
line; a gutter that few lines cross parts columns; tables are set aside whole.
"""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.formats.grid import Grid, aligned, find_grids, is_mark
from ingest.formats.spacing import mend
from ingest.formats.words import Sheet, Word, box_around
from ingest.front import is_letterhead

_GAP = 0.8  # of the line's height: words farther apart are on two lines (columns)
_STRETCHED = 1.8  # times the usual gap of a justified line
_MOST_LINES = 2_000  # on a page; beyond, as on maps, nothing is put in order


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand beside each other, or a whole table in the place of one."""

    words: tuple[Word, ...]
    x0: float
    y0: float
    x1: float
    y1: float
    grid: Grid | None = None
    upright: bool = True

    @property
    def text(self) -> str:
        """Its words with a space between each two."""
        return " ".join(word.text for word in self.words)

    @property
    def height(self) -> float:
        """Of its letters: the middle one, whatever else is raised or larger.

        Never 0, which a damaged font may claim.
        """
        heights = [word.height for word in self.words] or [1.0]
        return max(statistics.median_low(heights), 0.1)


def line_of(words: Sequence[Word]) -> Line:
    """Return the line of these words, in their order."""
    return Line(tuple(words), *box_around(words), upright=words[0].upright)


def lines_of(sheet: Sheet) -> tuple[list[Line], int]:
    """Return the lines of a page in reading order, and how many spaces were mended."""
    aside = [word for word in sheet.words if not word.upright]
    upright = [word for word in sheet.words if word.upright]
    ruled = find_grids(upright, sheet.rules)
    inside = {id(word) for grid in ruled for word in grid.words()}
    loose = [word for word in upright if id(word) not in inside]
    lines = _joined(list(_runs(loose)))
    lines += [Line((), *grid.bounds(), grid=grid) for grid in ruled]
    ordered = _in_order(lines)
    # What stands on its side belongs to no column: it comes last.
    ordered += _turned(aside)
    mended = [_mended(line) for line in ordered]
    return [line for line, _ in mended], sum(count for _, count in mended)


# --- Lines --------------------------------------------------------------------


def _runs(words: Sequence[Word]) -> Iterator[Line]:
    """Words that follow each other in the file on one level, cut at wide gaps."""
    run: list[Word] = []
    for word in words:
        if run and not _follows(run[-1], word):
            yield from _cut(run)
            run = []
        run.append(word)
    if run:
        yield from _cut(run)


def _level(a: Word | Line, b: Word | Line, share: float = 0.5) -> bool:
    """Return True if two things stand on one level."""
    overlap = min(a.y1, b.y1) - max(a.y0, b.y0)
    return overlap > share * max(min(a.y1 - a.y0, b.y1 - b.y0), 0.1)


def _follows(before: Word, word: Word) -> bool:
    return _level(before, word) and word.x0 > before.x0 - 0.2 * word.height


def _cut(run: Sequence[Word]) -> Iterator[Line]:
    gaps = [
        (after.x0 - before.x1) / max(before.height, after.height, 0.1)
        for before, after in pairwise(run)
    ]
    widest = _GAP
    if len(gaps) >= 3 and 0.45 < min(gaps) < 1.2:
        widest = max(_GAP, _STRETCHED * statistics.median(gaps))
    start = 0
    for i, gap in enumerate(gaps, 1):
        if gap > widest and not _is_even(gap, gaps):
            yield line_of(run[start:i])
            start = i
    yield line_of(run[start:])


def _is_even(gap: float, gaps: Sequence[float]) -> bool:
    """Return True for a gap of a line stretched to its margins: all are alike."""
    usual = statistics.median(gaps)
    return len(gaps) >= 3 and gap < 4 and abs(gap - usual) < 0.05 * usual + 0.02


def _joined(lines: list[Line]) -> list[Line]:
    """Join lines that touch on one level, in whatever order the file has them."""
    if len(lines) > _MOST_LINES:
        return lines
    merged: list[Line] = []
    for row in _levels(lines):
        last: Line | None = None
        for line in row:
            if last is not None and _touches(last, line):
                last = line_of(last.words + line.words)
                continue
            if last is not None:
                merged.append(last)
            last = line
        if last is not None:
            merged.append(last)
    return merged


def _levels(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that share a level, from the top; each row from left to right."""
    row: list[Line] = []
    for line in sorted(lines, key=lambda one: (one.y0 + one.y1) / 2):
        if row and not _level(row[0], line, 0.6):
            yield sorted(row, key=lambda one: one.x0)
            row = []
        row.append(line)
    if row:
        yield sorted(row, key=lambda one: one.x0)


def _touches(before: Line, line: Line) -> bool:
    height = max(before.height, line.height)
    gap = (line.x0 - before.x1) / max(height, 0.1)
    alike = 0.5 < before.height / max(line.height, 0.1) < 2
    return alike and -0.6 < gap < 0.9 * _GAP and _level(before, line, 0.6)


def _turned(words: Sequence[Word]) -> list[Line]:
    """Words on their side, in the file's order: a stroke of them is one line."""
    groups: list[list[Word]] = []
    for word in words:
        if groups and _near(groups[-1][-1], word):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [line_of(group) for group in groups]


def _near(before: Word, word: Word) -> bool:
    across = min(before.x1 - before.x0, before.y1 - before.y0, 30)
    return (
        min(
            abs(word.x0 - before.x1), abs(word.x1 - before.x0), abs(word.x0 - before.x0)
        )
        <= 1.5 * across + 1
        and min(abs(word.y0 - before.y1), abs(word.y1 - before.y0)) <= 1.5 * across + 1
    )


def _mended(line: Line) -> tuple[Line, int]:
    if line.grid is not None:
        return line, 0
    groups = mend([word.text for word in line.words])
    if len(groups) == len(line.words):
        return line, 0
    words = [_whole([line.words[row] for row in group]) for group in groups]
    return line_of(words), len(line.words) - len(words)


def _whole(pieces: Sequence[Word]) -> Word:
    first = pieces[0]
    if len(pieces) == 1:
        return first
    return Word(
        "".join(piece.text for piece in pieces),
        min(piece.x0 for piece in pieces),
        min(piece.y0 for piece in pieces),
        max(piece.x1 for piece in pieces),
        max(piece.y1 for piece in pieces),
        first.upright,
    )


# --- Reading order --------------------------------------------------------------

_SIDE = 4  # lines that a column has at least
_CROSSING = 0.34  # of the lines may cross a gutter: titles, tables, wide figures
_WORDS = 3  # in the middle line of a column; fewer are a list of short things
_DEEPEST = 6


def _in_order(lines: list[Line], depth: int = 0) -> list[Line]:
    """Columns one after the other, between the lines that cross them."""
    gutter = None
    if len(lines) <= _MOST_LINES and depth < _DEEPEST:
        gutter = _gutter(lines)
    if gutter is None:
        rows = _tabled(list(_levels(lines)))
        return [line for row in rows for line in _numbered(row)]
    found: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in sorted(lines, key=lambda one: one.y0):
        if line.x1 <= gutter:
            left.append(line)
        elif line.x0 >= gutter:
            right.append(line)
        else:
            found += _in_order(left, depth + 1) + _in_order(right, depth + 1)
            left, right = [], []
            found.append(line)
    return found + _in_order(left, depth + 1) + _in_order(right, depth + 1)


def _tabled(rows: list[list[Line]]) -> list[list[Line]]:
    """Rows of cells that stand in columns, as tables."""
    found: list[list[Line]] = []
    start = 0
    while start < len(rows):
        end = start
        while end < len(rows) and _is_row(rows, start, end):
            end += 1
        cells = [[line.words for line in row] for row in rows[start:end]]
        grid = aligned(cells) if end - start >= 2 else None
        if grid is not None and not is_letterhead(
            " ".join(word.text for word in grid.words())
        ):
            found.append([Line((), *grid.bounds(), grid=grid)])
            start = end
        else:
            found.append(rows[start])
            start += 1
    return found


_REACH = 5.0  # heights that the text of an item stands away from its mark


def _numbered(row: list[Line]) -> list[Line]:
    """A row with the mark of an item joined to its text."""
    if len(row) < 2 or row[0].grid is not None or row[1].grid is not None:
        return row
    mark, text = row[0], row[1]
    gap = (text.x0 - mark.x1) / max(mark.height, 0.1)
    if not is_mark(mark.words) or gap > _REACH:
        return row
    return [line_of(mark.words + text.words), *row[2:]]


def _is_row(rows: Sequence[Sequence[Line]], start: int, at: int) -> bool:
    """Return True if the row may belong to the table that begins at *start*."""
    row = rows[at]
    if len(row) < 2 or any(line.grid is not None for line in row):
        return False
    if at == start:
        return True
    above = max(line.y1 for line in rows[at - 1])
    return min(line.y0 for line in row) - above < 2 * row[0].height


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where the page is parted into columns of text, if it is."""
    texts = [line for line in lines if line.grid is None]
    if len(texts) < 2 * _SIDE:
        return None
    best: tuple[int, float] | None = None
    for x in _candidates(texts):
        left = [line for line in texts if line.x1 <= x]
        right = [line for line in texts if line.x0 >= x]
        crossing = len(texts) - len(left) - len(right)
        if crossing > _CROSSING * len(texts):
            continue
        if not (_is_column(left) and _is_column(right) and _beside(left, right)):
            continue
        if best is None or crossing < best[0]:
            best = (crossing, x)
    return best[1] if best else None


def _candidates(lines: Sequence[Line]) -> list[float]:
    """Left edges that several lines share, a little to the left of each."""
    edges = sorted(line.x0 for line in lines)
    found = [
        edges[i] - 0.5
        for i in range(len(edges) - _SIDE + 1)
        if edges[i + _SIDE - 1] - edges[i] < 4
        and (i == 0 or edges[i] - edges[i - 1] > 1)
    ]
    return found[1:] if found and found[0] <= edges[0] else found


def _is_column(lines: Sequence[Line]) -> bool:
    if len(lines) < _SIDE:
        return False
    return statistics.median(len(line.words) for line in lines) >= _WORDS


def _beside(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Return True if the two stand side by side, not one below the other."""
    top = max(min(line.y0 for line in left), min(line.y0 for line in right))
    bottom = min(max(line.y1 for line in left), max(line.y1 for line in right))
    lower = min(
        max(line.y1 for line in side) - min(line.y0 for line in side)
        for side in (left, right)
    )
    return bottom - top > 0.4 * lower
