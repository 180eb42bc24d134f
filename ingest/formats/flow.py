"""Lines in reading order into the text of a page, with the place of every word.

Lines of one paragraph become one line of text; words hyphenated over lines are
joined; a table's rows become lines of cells.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from index.boxes import Placed
from ingest.formats.grid import Grid
from ingest.formats.layout import Line
from ingest.formats.words import Sheet, Word
from ingest.tables import Filled, Table, lay_out

_SIDE = 4  # lines that a column has at least
_EDGE = 2.0  # points between left edges of one column
_LEADING = 1.35  # times the usual distance of two lines: more parts paragraphs
# What opens an item of a list, and what does so only after the end of a sentence.
_BULLET = re.compile(
    r"[-–•▪●○*+·]\S*$|(?:Điều|ĐIỀU|Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN)$"
    r"|(?:Article|Chapter|Section)$"
)
_NUMBERING = re.compile(
    r"\(?[a-zđ0-9]{1,3}[.)]$|\(?[a-zđ][.)]|[IVXivx]{1,5}[.)]$|(?:\d{1,2}\.){1,4}$"
    r"|\d{1,2}(?:\.\d{1,2}){2,3}\.?$"
)
_ENDS = (".", "!", "?", ":", ";", "…", ".”", '."', ".)", "./.")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Flow:
    """The text of a page, where its words stand, and its tables."""

    text: str
    placed: tuple[Placed, ...]
    tables: tuple[Table, ...]


class Vocabulary:
    """The words of a document, to tell a divided word from one with a hyphen."""

    def __init__(self, pages: Sequence[Sequence[Line]]) -> None:
        self._words: Counter[str] = Counter()
        if not any(_is_divided(line) for lines in pages for line in lines):
            return
        for lines in pages:
            for line in lines:
                words = [word.text.lower().strip(".,;:()“”\"'") for word in line.words]
                self._words.update(words[:-1] if _is_divided(line) else words)

    def joined(self, left: str, right: str) -> str:
        """Return the word that *left* ("develop-") and *right* make."""
        head, tail = left[:-1], right
        start = "".join(_LETTERS.findall(head)[-1:]).lower()
        end = "".join(_LETTERS.findall(tail)[:1]).lower()
        if not (start and end and head[-1:].isalpha() and tail[:1].islower()):
            return left + right
        whole, with_hyphen = self._words[start + end], self._words[f"{start}-{end}"]
        both = self._words[start] > 0 and self._words[end] > 0
        keeps = with_hyphen > whole or (both and not whole) or len(start) < 2
        return left + right if keeps else head + tail


def _is_divided(line: Line) -> bool:
    last = line.words[-1].text if line.words else ""
    return len(last) > 1 and last.endswith(("-", "‐")) and last[-2].isalnum()


def flow(lines: Sequence[Line], sheet: Sheet, page: int, words: Vocabulary) -> Flow:
    """Return the text of page number *page*; offsets in it count characters."""
    writer = _Writer(sheet, page, words)
    usual, walls = _leading(lines), _walls(lines)
    for i, line in enumerate(lines):
        before = lines[i - 1] if i else None
        writer.add(line, before, _joins(lines, i, usual, walls) if before else "")
    return Flow("".join(writer.parts), tuple(writer.placed), tuple(writer.tables))


class _Writer:
    """Text as it grows, with the places of its words."""

    def __init__(self, sheet: Sheet, page: int, words: Vocabulary) -> None:
        self.parts: list[str] = []
        self.placed: list[Placed] = []
        self.tables: list[Table] = []
        self._sheet, self._page, self._words = sheet, page, words
        self._at = 0
        self._last = ""  # the last word, and where it starts

    def add(self, line: Line, before: Line | None, between: str) -> None:
        """Add a line after what stands between it and the line *before*."""
        if before is not None and between == " " and _is_divided(before):
            self._divided(line)
            return
        self._put(between)
        if line.grid is not None:
            self._table(line.grid)
        else:
            self._row(line.words)

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self._at += len(text)

    def _row(self, words: Sequence[Word]) -> None:
        for i, word in enumerate(words):
            if i:
                self._put(" ")
            self._word(word, word.text)

    def _word(self, word: Word, text: str) -> None:
        start = self._at
        self._put(text)
        self.placed.append(Placed(start, self._at, self._sheet.fraction(word)))

    def _divided(self, line: Line) -> None:
        """Go on with a line whose first word began on the line before."""
        left, first = self.parts[-1], line.words[0]
        whole = self._words.joined(left, first.text)
        kept = len(whole) - len(first.text)
        self.parts[-1] = left[:kept]
        self._at -= len(left) - kept
        last = self.placed.pop()
        self.placed.append(last._replace(end=self._at))
        self._word(first, first.text)
        if len(line.words) > 1:
            self._put(" ")
            self._row(line.words[1:])

    def _table(self, grid: Grid) -> None:
        rows = [
            [
                Filled(" ".join(w.text for w in cell.words), cell.rows, cell.columns)
                for cell in row
            ]
            for row in grid.by_row()
        ]
        text, table = lay_out(rows, page=self._page, at=self._at)
        filled = [cell.words for row in grid.by_row() for cell in row if cell.words]
        for cell, words in zip(table.cells, filled, strict=True):
            at = cell.start
            for word in words:
                end = at + len(word.text)
                self.placed.append(Placed(at, end, self._sheet.fraction(word)))
                at = end + 1
        self._put(text)
        self.tables.append(table)


# --- Paragraphs -----------------------------------------------------------------


def _leading(lines: Sequence[Line]) -> float:
    """Return the usual distance of two lines of a paragraph, in line heights."""
    found = sorted(
        (after.y1 - line.y1) / line.height
        for line, after in pairwise(lines)
        if line.words and after.words and 0.5 < (after.y1 - line.y1) / line.height < 2.5
    )
    return found[len(found) // 3] if found else 1.2


def _walls(lines: Sequence[Line]) -> list[float]:
    """Return for each line where the column beside it begins; inf if there is none.

    Several lines begin at the left edge of a column.
    """
    texts = [line for line in lines if line.grid is None and line.upright]
    left, top, foot = np.array([(t.x0, t.y0, t.y1) for t in texts]).reshape(-1, 3).T
    edges = np.sort(left)
    first, last = np.searchsorted(edges, [left - _EDGE, left + _EDGE])
    column = last - first >= _SIDE
    found = []
    for line in lines:
        beside = column & (left > line.x1) & (top < line.y1) & (foot > line.y0)
        found.append(float(left[beside].min(initial=math.inf)))
    return found


def _joins(lines: Sequence[Line], i: int, usual: float, walls: Sequence[float]) -> str:
    """Return what stands between line *i* and the one before it."""
    before, line = lines[i - 1], lines[i]
    if before.grid is not None or line.grid is not None:
        return "\n\n"
    if not (before.upright and line.upright):
        return "\n"
    height = max(before.height, line.height)
    down = (line.y1 - before.y1) / height
    if down <= 0.3:  # beside it, or the top of the next column
        return " " if _goes_on(before, line, lines, i, walls) else "\n"
    if down > _LEADING * usual + 0.15:
        return "\n\n" if down > 2 * usual else "\n"
    if not 0.8 < before.height / line.height < 1.25 or _opens_item(before, line):
        return "\n"
    if min(before.x1, line.x1) - max(before.x0, line.x0) <= 0:
        return "\n"
    if line.x0 > before.x0 + 0.9 * height and not _is_item(before):
        return "\n"  # the first line of a paragraph stands in
    full = _is_divided(before) or _is_full(lines, i - 1, line, walls)
    return " " if full else "\n"


def _is_item(line: Line) -> bool:
    first = line.words[0].text
    return bool(_BULLET.match(first) or _NUMBERING.match(first))


def _opens_item(before: Line, line: Line) -> bool:
    """Return True if *line* begins an item; "thứ | 12. Tỷ lệ" is no numbering."""
    first = line.words[0].text
    if _BULLET.match(first):
        return True
    return bool(_NUMBERING.match(first)) and before.text.endswith((*_ENDS, ","))


def _goes_on(
    before: Line, line: Line, lines: Sequence[Line], i: int, walls: Sequence[float]
) -> bool:
    """Return True if a paragraph goes on at the top of the next column."""
    return (
        line.y0 < before.y0 - 2 * line.height
        and line.x0 > before.x0
        and 0.9 < before.height / line.height < 1.1
        and not before.text.endswith(_ENDS)
        and line.words[0].text[:1].islower()
        and _is_full(lines, i - 1, line, walls)
    )


def _is_full(
    lines: Sequence[Line], i: int, after: Line, walls: Sequence[float]
) -> bool:
    """Return True if the next line's first word had no room on line *i*.

    What reaches into the column beside it, as a heading over both, tells nothing of
    the room there was.
    """
    line = lines[i]
    near = lines[max(0, i - 8) : i + 9]
    wall = min(walls[max(0, i - 1) : i + 1])
    wall = wall if wall > line.x1 else math.inf
    margin = max(
        one.x1
        for one in near
        if one.grid is None
        and one.x1 <= wall
        and min(one.x1, line.x1) - max(one.x0, line.x0) > 0
    )
    first = after.words[0]
    return margin - line.x1 < first.x1 - first.x0 + 0.6 * line.height
