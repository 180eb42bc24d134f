"""Letters of a PDF that a line strikes out: their words are cancelled.

A PDF does not say that a text is struck out: a thin line is drawn through it, or an
annotation laid over it. Nearly all thin lines are something else, so one counts only
if it runs through the middle of the letters, begins and ends where they do, and
touches no upright line. Underlines, fractions, rules of tables and lines of charts
(as those that end a bar of error) fail at least one of these; whatever is in doubt
stays text.

Programs end a stroke exactly where its letters end. One that does may also be the
stroke of a single digit, or touch an upright line that goes on above and below it,
as the borders of a cell without a margin do; but what runs from border to border is
a rule.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ingest.formats.lettering import Letter, is_space, on_one_line

Boxes = NDArray[np.float64]
Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]
Places = NDArray[np.float64]

_THIN = 2.5  # points: a box this thin is a line
_SHORT = 3.0  # points: a shorter line strikes nothing
_LEVEL = 1.0  # points between lines of one height
_GAP = 8.0  # points between dashes, and between words struck one by one
_MOST = 4_000  # lines of a page: more make a drawing
_COVERED = 0.6  # of a letter's width
_MIDDLE = (0.2, 0.75)  # of a letter's height above the line that it stands on
_CENTRE = (0.3, 0.65)  # the same, of a digit that alone is struck out
_MIDDLES = 0.8  # of the letters under a line
_FEWEST = 2  # letters and digits: a letter alone may be a sign made with a stroke
_FINE = 0.12  # of a digit's height: a thicker line may mark a point of a chart
_EXACT = 0.6  # points between the ends of a stroke and those of its letters
_EXACT_ALONE = 0.3  # the same, of a digit: marks in charts are about as wide
_BEYOND = 0.4  # of the room's height that a line may reach over the ends of its text
_FILLED = 0.5  # of a line has letters under it
_HEAVY = 0.4  # of a letter's height: a thicker line is a box (PDFium adds some)
_TALLEST = 200.0  # points: letters stand no lower below a line through them
_NEAR = 0.5  # of a letter's height is the white between words, and not of columns
_SPACE = 0.3  # of a letter's height, of white that parts words
_TOUCH = 1.5  # points between the end of a line and an upright one
_REACH = 0.3  # points: what ends so close to two upright lines is a rule
_PASSES = 0.3  # of the room's height that a border goes on above and below a stroke
_GROUND = 1.5  # times the room's height: no box behind a line's letters is higher


class Standing(NamedTuple):
    """The letters of a page in points as shown, y downwards.

    boxes: left, top, right, bottom, with the room of a line. feet: where each stands.
    plain: upright letters and digits. digits: which of these are digits.
    ink: gives the boxes of what shows of some.
    """

    boxes: Boxes
    feet: NDArray[np.float64]
    plain: Flags
    digits: Flags
    ink: Callable[[Rows], Boxes]


def struck(
    told: Standing, paths: Boxes, grown: Places, shows: Flags, marked: Boxes
) -> tuple[Flags, Flags]:
    """Return which letters are struck out, and which paths do that.

    paths: boxes of what is drawn beside letters. grown: how much larger each is on
    each side than what was drawn. shows: which of them one sees.
    marked: boxes of annotations that strike out. All in the letters' points.
    """
    middles = (told.boxes[:, :2] + told.boxes[:, 2:]) / 2
    found = np.zeros(len(told.boxes), dtype=bool)
    for x0, y0, x1, y1 in marked:
        found |= ((middles > (x0, y0)) & (middles < (x1, y1))).all(axis=1)
    used = np.zeros(len(paths), dtype=bool)
    by_foot = np.argsort(told.feet)
    meant = paths + np.outer(grown, (1, 1, -1, -1))
    upright = _is_upright(paths)
    page = _Page(told, by_foot, told.feet[by_foot], paths[upright], meant[upright])
    for members in _chains(paths, shows):
        rows = _struck_by(paths[members], meant[members], page)
        if len(rows):
            found[rows], used[members] = True, True
            continue
        for part in _parts(members, paths, page.uprights):
            rows = _struck_by(paths[part], meant[part], page, exact=True)
            found[rows], used[part] = True, len(rows) > 0
    return found, used


class _Page(NamedTuple):
    """What a line is looked at with.

    feet: sorted, of the letters in *by_foot*. meant: the upright lines and boxes as
    they were drawn.
    """

    told: Standing
    by_foot: Rows
    feet: NDArray[np.float64]
    uprights: Boxes
    meant: Boxes


def _struck_by(chain: Boxes, meant: Boxes, page: _Page, *, exact: bool = False) -> Rows:
    """Return the letters that a line strikes out, if it does.

    meant: the line as it was drawn. exact: only if it ends just where they do.
    """
    told, none = page.told, np.empty(0, dtype=np.int64)
    y = float(chain[:, [1, 3]].mean())
    first, last = np.searchsorted(page.feet, [y, y + _TALLEST])
    rows = _under(chain, y, told.boxes, page.by_foot[first:last])
    plain, boxes = rows[told.plain[rows]], told.boxes[rows]
    alone = len(plain) < _FEWEST
    if not told.digits[plain].any() if alone else not _ends_with(chain, boxes):
        return none
    room = float(np.median(boxes[:, 3] - boxes[:, 1]))
    touches, joins = _meets(chain, y, room, page.uprights)
    joins = joins or _joins_two(meant, y, room, page.meant)
    most = _EXACT_ALONE if alone else _EXACT if exact or touches else np.inf
    if joins or _beside_ends(meant, boxes) > most:
        return none
    heights = told.feet[plain] - told.ink(plain)[:, 1]
    above = (told.feet[plain] - y) / np.maximum(heights, 1e-3)
    low, high = _CENTRE if alone else _MIDDLE
    amid = ((low <= above) & (above <= high)).mean() >= _MIDDLES
    boxed = (chain + meant) / 2 if alone else chain  # half of what PDFium adds is line
    thick = (boxed[:, 3] - boxed[:, 1]).max() / max(float(np.median(heights)), 1e-3)
    return rows if amid and thick <= (_FINE if alone else _HEAVY) else none


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


def _is_upright(paths: Boxes) -> Flags:
    """Which paths stand upright, lines and boxes."""
    upright: Flags = paths[:, 3] - paths[:, 1] > _THIN
    return upright


def _parts(members: Rows, paths: Boxes, uprights: Boxes) -> list[Rows]:
    """Return the lines of a chain by the cells they are in, if these are several."""
    chain = paths[members]
    y = float(chain[:, [1, 3]].mean())
    x0, top, x1, bottom = uprights.T
    walls = (x1 - x0 <= _THIN) & (top <= y) & (y <= bottom)
    middles = np.append(np.sort((x0 + x1)[walls] / 2), np.inf)
    ends = np.maximum.accumulate(chain[:-1, 2])
    behind = middles[np.searchsorted(middles, ends - _EXACT)]
    cuts = np.flatnonzero(behind <= chain[1:, 0] + _EXACT) + 1
    return np.split(members, cuts) if len(cuts) else []


def _meets(chain: Boxes, y: float, room: float, uprights: Boxes) -> tuple[bool, bool]:
    """Return whether the line at *y* touches an upright one, and whether it joins it.

    It joins what it crosses and what ends where it does.
    """
    start, end = chain[:, 0].min(), chain[:, 2].max()
    x0, top, x1, bottom = uprights.T
    beside = (top - _TOUCH <= y) & (y <= bottom + _TOUCH)
    passes = (top <= y - _PASSES * room) & (y + _PASSES * room <= bottom)
    away = np.minimum(_away(start, x0, x1), _away(end, x0, x1))
    touched = beside & (away <= _TOUCH)
    crossed = beside & (x1 - x0 <= _THIN) & (x0 > start) & (x1 < end) & ~touched
    return bool(touched.any()), bool((crossed | (touched & ~passes)).any())


def _joins_two(chain: Boxes, y: float, room: float, uprights: Boxes) -> bool:
    """Return True if the line at *y* runs from one border to another."""
    x0, top, x1, bottom = uprights.T
    ground = (x1 - x0 > _THIN) & (bottom - top <= _GROUND * room)
    walls = (top <= y) & (y <= bottom) & ~ground
    ends = chain[:, 0].min(), chain[:, 2].max()
    return all((walls & (_away(x, x0, x1) <= _REACH)).any() for x in ends)


def _away(
    x: float, x0: NDArray[np.float64], x1: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how far *x* is from upright lines, or from the sides of boxes."""
    sides = np.minimum(np.abs(x0 - x), np.abs(x1 - x))
    return np.where((x1 - x0 <= _THIN) & (x0 <= x) & (x <= x1), 0.0, sides)


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


def _beside_ends(chain: Boxes, boxes: Boxes) -> float:
    """Return how far the ends of the line are from those of its letters."""
    before = abs(float(boxes[:, 0].min() - chain[:, 0].min()))
    behind = abs(float(boxes[:, 2].max() - chain[:, 2].max()))
    return max(before, behind)


# --- What stays -------------------------------------------------------------------


def closed_up(
    letters: Sequence[Letter], gone: Sequence[bool], paths: Boxes
) -> list[Letter]:
    """Return the letters that are not *gone*, and all spaces.

    White within a line would look as if it parted two columns, so the letter before
    it reaches over it, or the one behind where nothing stands before. None reaches
    over an upright one of the *paths*, into another cell.
    """
    thin = paths[:, 2] - paths[:, 0] <= _THIN
    walls = paths[_is_upright(paths) & thin]
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
        if before and _is_near(stay[before[0]], gap, walls):
            end = gap.x1 - _SPACE * (gap.y1 - gap.y0)
            stay[before[0]] = stay[before[0]]._replace(x1=end)
        elif after and _is_near(gap, stay[after[0]], walls):
            stay[after[0]] = stay[after[0]]._replace(x0=gap.x0)
    return stay


def _is_near(one: Letter, other: Letter, walls: Boxes) -> bool:
    if not on_one_line(one, other):
        return False
    if abs(other.x0 - one.x1) > _NEAR * (other.y1 - other.y0):
        return False
    middle = (walls[:, 0] + walls[:, 2]) / 2
    between = (one.x1 - _EXACT <= middle) & (middle <= other.x0 + _EXACT)
    beside = (walls[:, 1] < other.foot) & (other.y0 < walls[:, 3])
    return not (between & beside).any()
