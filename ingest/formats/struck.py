"""Letters of a PDF that a line strikes out: their words are cancelled.

A PDF does not say that a text is struck out: a thin line is drawn through it, or an
annotation laid over it. Nearly all thin lines are something else, so one counts only
if it runs through the middle of the letters, begins and ends where they do, and
touches no upright line. Underlines, fractions, rules of tables and lines of charts
(as those that end a bar of error) fail at least one of these; whatever is in doubt
stays text.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ingest.formats.lettering import Letter, is_space, on_one_line

Boxes = NDArray[np.float64]
Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]

_THIN = 2.5  # points: a box this thin is a line
_SHORT = 6.0  # points: a shorter line strikes nothing
_LEVEL = 1.0  # points between lines of one height
_GAP = 8.0  # points between dashes, and between words struck one by one
_MOST = 4_000  # lines of a page: more make a drawing
_COVERED = 0.6  # of a letter's width
_MIDDLE = (0.2, 0.75)  # of a letter's height above the line that it stands on
_MIDDLES = 0.8  # of the letters under a line
_FEWEST = 2  # letters and digits: one alone may be a sign made of a stroke
_BEYOND = 0.4  # of the room's height that a line may reach over the ends of its text
_FILLED = 0.5  # of a line has letters under it
_HEAVY = 0.4  # of a letter's height: a thicker line is a box (PDFium adds some)
_TALLEST = 200.0  # points: letters stand no lower below a line through them
_NEAR = 0.5  # of a letter's height is the white between words, and not of columns
_SPACE = 0.3  # of a letter's height, of white that parts words
_TOUCH = 1.5  # points between the end of a line and an upright one


class Standing(NamedTuple):
    """The letters of a page in points as shown, y downwards.

    boxes: left, top, right, bottom, with the room of a line. feet: where each stands.
    plain: upright letters and digits. ink: gives the boxes of what shows of some.
    """

    boxes: Boxes
    feet: NDArray[np.float64]
    plain: Flags
    ink: Callable[[Rows], Boxes]


def struck(
    told: Standing, paths: Boxes, shows: Flags, marked: Boxes
) -> tuple[Flags, Flags]:
    """Return which letters are struck out, and which paths do that.

    paths: boxes of what is drawn beside letters. shows: which of them one sees.
    marked: boxes of annotations that strike out. All in the letters' points.
    """
    middles = (told.boxes[:, :2] + told.boxes[:, 2:]) / 2
    found = np.zeros(len(told.boxes), dtype=bool)
    for x0, y0, x1, y1 in marked:
        found |= ((middles > (x0, y0)) & (middles < (x1, y1))).all(axis=1)
    used = np.zeros(len(paths), dtype=bool)
    uprights = _uprights(paths)
    by_foot = np.argsort(told.feet)
    feet = told.feet[by_foot]
    for members in _chains(paths, shows):
        chain = paths[members]
        y = float(chain[:, [1, 3]].mean())
        first, last = np.searchsorted(feet, [y, y + _TALLEST])
        rows = _under(chain, y, told.boxes, by_foot[first:last])
        if (
            told.plain[rows].sum() >= _FEWEST
            and _ends_with(chain, told.boxes[rows])
            and not _touches(chain, y, uprights)
            and _is_amid(chain, y, told, rows[told.plain[rows]])
        ):
            found[rows], used[members] = True, True
    return found, used


def _chains(paths: Boxes, shows: Flags) -> Iterator[Rows]:
    """Rows of level lines, those behind each other together: dashes are one line."""
    wide, high = (paths[:, 2:] - paths[:, :2]).T
    level = np.flatnonzero(shows & (high <= _THIN) & (wide >= _SHORT))
    if len(level) > _MOST:
        return
    level = level[np.argsort(paths[level, 1])]
    steps = np.cumsum(np.diff(paths[level, 1], prepend=-np.inf) > _LEVEL)
    for step in np.unique(steps):
        row = level[steps == step]
        row = row[np.argsort(paths[row, 0])]
        ends = np.maximum.accumulate(paths[row, 2])
        yield from np.split(
            row, np.flatnonzero(paths[row[1:], 0] > ends[:-1] + _GAP) + 1
        )


def _uprights(paths: Boxes) -> Boxes:
    """What stands upright, lines and boxes."""
    return paths[paths[:, 3] - paths[:, 1] > _THIN]


def _touches(chain: Boxes, y: float, uprights: Boxes) -> bool:
    """Return True if the line at *y* meets an upright one, or ends at a box's side."""
    x0, top, x1, bottom = uprights.T
    beside = (top - _TOUCH <= y) & (y <= bottom + _TOUCH)
    start, end = chain[:, 0].min(), chain[:, 2].max()
    meets = (x1 - x0 <= _THIN) & (x0 <= end + _TOUCH) & (x1 >= start - _TOUCH)
    for x in (x0, x1):
        meets |= (np.abs(x - start) <= _TOUCH) | (np.abs(x - end) <= _TOUCH)
    return bool((beside & meets).any())


def _under(chain: Boxes, y: float, boxes: Boxes, rows: Rows) -> Rows:
    """Return those of the letters in whose room the line at *y* covers most."""
    rows = rows[(boxes[rows, 1] < y) & (y < boxes[rows, 3])]
    left = np.maximum(boxes[rows, :1], chain[:, 0])
    right = np.minimum(boxes[rows, 2:3], chain[:, 2])
    covered = np.clip(right - left, 0, None).max(axis=1, initial=0)
    wide = np.maximum(boxes[rows, 2] - boxes[rows, 0], 1e-3)
    found: Rows = rows[covered >= _COVERED * wide]
    return found


def _ends_with(chain: Boxes, boxes: Boxes) -> bool:
    """Return True if the line begins and ends where its letters do, without holes."""
    start, end = chain[:, 0].min(), chain[:, 2].max()
    beyond = _BEYOND * float(np.median(boxes[:, 3] - boxes[:, 1]))
    return bool(
        boxes[:, 0].min() - start <= beyond
        and end - boxes[:, 2].max() <= beyond
        and (boxes[:, 2] - boxes[:, 0]).sum() >= _FILLED * (end - start)
    )


def _is_amid(chain: Boxes, y: float, told: Standing, rows: Rows) -> bool:
    """Return True if a thin line at *y* runs through the middle of these letters."""
    heights = told.feet[rows] - told.ink(rows)[:, 1]
    above = (told.feet[rows] - y) / np.maximum(heights, 1e-3)
    in_middle = (above >= _MIDDLE[0]) & (above <= _MIDDLE[1])
    thick = float((chain[:, 3] - chain[:, 1]).max())
    return bool(
        in_middle.mean() >= _MIDDLES and thick <= _HEAVY * float(np.median(heights))
    )


# --- What stays -------------------------------------------------------------------


def closed_up(letters: Sequence[Letter], gone: Sequence[bool]) -> list[Letter]:
    """Return the letters that are not *gone*, and all spaces.

    White within a line would look as if it parted two columns, so the letter before
    it reaches over it, or the one behind where nothing stands before.
    """
    stay: list[Letter] = []
    solid: list[int] = []  # rows of *stay* that are no spaces
    gaps: list[tuple[int, Letter]] = []  # after how many of them, and where
    for letter, out in zip(letters, gone, strict=True):
        if is_space(letter.code):
            stay.append(letter)
        elif not out:
            solid.append(len(stay))
            stay.append(letter)
        elif gaps and gaps[-1][0] == len(solid) and on_one_line(gaps[-1][1], letter):
            gaps[-1] = len(solid), gaps[-1][1]._replace(x1=letter.x1)
        else:
            gaps.append((len(solid), letter))
    for count, gap in gaps:
        before, after = solid[count - 1 : count], solid[count : count + 1]
        if before and _is_near(stay[before[0]], gap):
            end = gap.x1 - _SPACE * (gap.y1 - gap.y0)
            stay[before[0]] = stay[before[0]]._replace(x1=end)
        elif after and _is_near(gap, stay[after[0]]):
            stay[after[0]] = stay[after[0]]._replace(x0=gap.x0)
    return stay


def _is_near(one: Letter, other: Letter) -> bool:
    white = _NEAR * (other.y1 - other.y0)
    return on_one_line(one, other) and abs(other.x0 - one.x1) <= white
