"""The words of a PDF's page and where they stand, by PDFium.

PDFium gives letters one by one, with a box each; `lettering` makes words of them.
"""

import ctypes
import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from ingest.formats.fields import added
from ingest.formats.hidden import Letters, hidden, is_blank
from ingest.formats.lettering import Letter, plain_codes, words_of
from ingest.formats.struck import Standing, closed_up, struck
from ingest.formats.words import Rule, Sheet

Places = NDArray[np.float64]

MOST_LETTERS = 200_000  # of a page; a page that is read has a few thousand
_MOST_OBJECTS = 20_000  # of a page that are looked through for ruled lines
_GRID = 1_000_000  # steps across the page when asking PDFium where a point is shown


def sheet_of(page: Any) -> Sheet:
    """Return the words and ruled lines of a `pypdfium2.PdfPage`.

    Raises pypdfium2.PdfiumError if the page cannot be opened.
    """
    width, height = page.get_size()
    shown = _matrix(page, width, height)
    told = _told(page)
    quarters = _quarters(told.angles, shown)
    drawn = _drawn(page)
    unseen = _unseen(page, told, drawn, shown)
    turned = _usual(quarters)
    shown = shown @ _TURNS[turned] + _origin(turned, width, height)
    letters = _letters(told, quarters == (4 - turned) % 4, shown)
    more = added(page, shown)
    paths = _placed(drawn.paths, shown)
    cancelled, strikes = struck(
        _standing(page, letters, shown), paths, drawn.grown, drawn.shows, more.struck
    )
    shows = [row for row, out in enumerate(unseen.tolist()) if not out]
    cancelled = cancelled[shows]
    letters = closed_up([letters[row] for row in shows], cancelled.tolist(), paths)
    words, mended = words_of(letters)
    if turned % 2:
        width, height = height, width
    return Sheet(
        width,
        height,
        words + more.words,
        [rule for box in paths[~strikes].tolist() for rule in _edges(*box)],
        drawn.other or _is_written_on(page, told),
        min(_area(_placed(drawn.pictures, shown)) / max(width * height, 1.0), 1.0),
        mended,
        turned,
        int(unseen.sum()),
        more.commented,
        len(more.words),
        struck=int(cancelled.sum()),
    )


def _matrix(page: Any, width: float, height: float) -> NDArray[np.float64]:
    """Return the matrix (3, 2) from the page's own coordinates to those shown."""

    def at(x: float, y: float) -> tuple[float, float]:
        right, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(
            page, 0, 0, _GRID, _GRID, 0, x, y, ctypes.byref(right), ctypes.byref(down)
        )
        return right.value * width / _GRID, down.value * height / _GRID

    origin, east, north = at(0, 0), at(1000, 0), at(0, 1000)
    return np.array(
        [
            [(east[0] - origin[0]) / 1000, (east[1] - origin[1]) / 1000],
            [(north[0] - origin[0]) / 1000, (north[1] - origin[1]) / 1000],
            origin,
        ]
    )


# --- Letters --------------------------------------------------------------------

# A quarter clockwise takes (x, y), y downwards, to (height - y, x), and so on.
_TURNS: list[NDArray[np.float64]] = [
    np.array([[1.0, 0.0], [0.0, 1.0]]),
    np.array([[0.0, 1.0], [-1.0, 0.0]]),
    np.array([[-1.0, 0.0], [0.0, -1.0]]),
    np.array([[0.0, -1.0], [1.0, 0.0]]),
]
_ASKEW = -1


def _origin(turned: int, width: float, height: float) -> NDArray[np.float64]:
    """Return what to add so that the turned page begins at (0, 0) again."""
    corner = [(0.0, 0.0), (height, 0.0), (width, height), (0.0, width)][turned]
    return np.array([[0.0, 0.0], [0.0, 0.0], corner])


def _quarters(
    angles: NDArray[np.float64], shown: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return how many quarters clockwise each letter is turned, as shown; or askew."""
    # PDFium counts clockwise, in coordinates with y upwards.
    ways = np.stack([np.cos(angles), -np.sin(angles)], axis=1) @ shown[:2]
    turns = np.arctan2(ways[:, 1], ways[:, 0]) / (math.pi / 2)
    nearest = np.rint(turns)
    askew = np.abs(turns - nearest) > 0.15
    return np.where(askew, _ASKEW, nearest.astype(np.int64) % 4)


def _usual(quarters: NDArray[np.int64]) -> int:
    """Return the quarters to turn the page so that most of its letters are upright."""
    counts = [int((quarters == quarter).sum()) for quarter in range(4)]
    most = counts.index(max(counts))
    return (4 - most) % 4


class _Told(NamedTuple):
    """The letters of a page, places in its own coordinates.

    boxes: left, bottom, right, top. feet: where each stands. angles: in radians.
    owners: which of *objects* a letter belongs to; -1 where PDFium added it.
    """

    codes: list[int]
    boxes: Places
    feet: Places
    angles: Places
    owners: NDArray[np.int64]
    objects: list[Any]


def _letters(
    told: _Told, upright: NDArray[np.bool_], shown: NDArray[np.float64]
) -> list[Letter]:
    low, high = np.split(_placed(told.boxes, shown), 2, axis=1)
    feet = (told.feet @ shown[:2] + shown[2])[:, 1]
    return [
        Letter(code, x0, y0, x1, y1, foot, up)
        for code, (x0, y0), (x1, y1), foot, up in zip(
            plain_codes(told.codes),
            low.tolist(),
            high.tolist(),
            feet.tolist(),
            upright.tolist(),
            strict=True,
        )
    ]


def _standing(
    page: Any, letters: Sequence[Letter], shown: NDArray[np.float64]
) -> Standing:
    """Return the letters as those are told who look for lines through them."""

    def ink(rows: NDArray[np.int64]) -> Places:
        boxes: list[tuple[float, ...]] = []
        sides = [ctypes.c_double() for _ in range(4)]
        left, right, bottom, top = map(ctypes.byref, sides)
        text = page.get_textpage()
        try:
            for row in rows.tolist():
                pdfium.FPDFText_GetCharBox(text.raw, row, left, right, bottom, top)
                boxes.append(tuple(sides[i].value for i in (0, 2, 1, 3)))
        finally:
            text.close()
        return _placed(_rows(boxes), shown)

    return Standing(
        _rows([(one.x0, one.y0, one.x1, one.y1) for one in letters]),
        np.array([one.foot for one in letters]),
        np.array([one.upright and _is_plain(one.code) for one in letters], bool),
        np.array([_sign(one.code).isdecimal() for one in letters], bool),
        ink,
    )


def _is_plain(code: int) -> bool:
    return _sign(code).isalnum()


def _sign(code: int) -> str:
    return chr(min(code, 0x10FFFF))


def _placed(boxes: Places, shown: NDArray[np.float64]) -> Places:
    """Return boxes (n, 4) as shown: left, top, right, bottom."""
    corners = np.stack([boxes[:, :2], boxes[:, 2:]]) @ shown[:2] + shown[2]
    return np.hstack([corners.min(axis=0), corners.max(axis=0)])


def _told(page: Any) -> _Told:
    text = page.get_textpage()
    try:
        handle = text.raw
        count = min(max(pdfium.FPDFText_CountChars(handle), 0), MOST_LETTERS)
        boxes = np.zeros((count, 4), dtype=np.float32)
        feet = np.zeros((count, 2))
        codes, angles = [0] * count, np.zeros(count)
        owners = np.full(count, -1, dtype=np.int64)
        objects: dict[int, tuple[int, Any]] = {}
        rect = pdfium.FS_RECTF()
        here = ctypes.byref(rect)
        code_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
        angle_of, origin_of = (
            pdfium.FPDFText_GetCharAngle,
            pdfium.FPDFText_GetCharOrigin,
        )
        owner_of = pdfium.FPDFText_GetTextObject
        east, north = ctypes.c_double(), ctypes.c_double()
        foot = ctypes.byref(east), ctypes.byref(north)
        for i in range(count):
            codes[i] = code_of(handle, i)
            if box_of(handle, i, here):
                boxes[i] = rect.left, rect.bottom, rect.right, rect.top
            if origin_of(handle, i, *foot):
                feet[i] = east.value, north.value
            angles[i] = angle_of(handle, i)
            if owner := owner_of(handle, i):
                key = ctypes.addressof(owner.contents)
                owners[i] = objects.setdefault(key, (len(objects), owner))[0]
    finally:
        text.close()
    boxes[~np.isfinite(boxes)] = 0
    feet[~np.isfinite(feet)] = 0
    return _Told(
        codes,
        np.clip(boxes, -1e6, 1e6).astype(np.float64),
        np.clip(feet, -1e6, 1e6),
        angles,
        owners,
        [owner for _, owner in objects.values()],
    )


def _is_written_on(page: Any, told: _Told) -> bool:
    """Return True if letters stand on the page, be it some that claim to be white.

    Fonts that tell no letters, against copying, may call each of them a space.
    """
    if any(code > 32 or code == 0 for code in told.codes):
        return True
    return bool(told.objects) and not is_blank(page)


def _unseen(
    page: Any, told: _Told, drawn: "_Drawn", shown: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Return which letters nobody sees on the page."""
    return hidden(
        page,
        Letters(told.codes, _placed(told.boxes, shown), told.owners, told.objects),
        _placed(drawn.pictures, shown),
    )


# --- What is drawn --------------------------------------------------------------


class _Drawn(NamedTuple):
    """What is on a page beside letters: boxes (left, bottom, right, top).

    grown: by how much the box of each path is larger on each side than the path.
    shows: which of the paths are lines that show on white.
    """

    paths: Places
    grown: NDArray[np.float64]
    shows: NDArray[np.bool_]
    pictures: Places
    other: bool  # anything at all that is no text


def _drawn(page: Any) -> _Drawn:
    paths: list[tuple[float, ...]] = []
    grown: list[float] = []
    shows: list[bool] = []
    pictures: list[tuple[float, ...]] = []
    other = False
    for seen, item in enumerate(page.get_objects(max_depth=3)):
        other = other or item.type != pdfium.FPDF_PAGEOBJ_TEXT
        if seen >= _MOST_OBJECTS:
            break
        if item.type not in {pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE}:
            continue
        try:
            box = _on_page(item)
        except pypdfium2.PdfiumError:
            continue
        image = item.type == pdfium.FPDF_PAGEOBJ_IMAGE
        (pictures if image else paths).append(box)
        if not image:
            thin = min(box[2] - box[0], box[3] - box[1]) <= _THIN
            shows.append(thin and _shows(item))
            grown.append(_grown(item))
    return _Drawn(
        _rows(paths),
        np.nan_to_num(np.array(grown, np.float64), posinf=0, neginf=0),
        np.array(shows, bool),
        _rows(pictures),
        other,
    )


def _shows(path: Any) -> bool:
    """Return True if a path is drawn, and not in white."""
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(
        path.raw, ctypes.byref(filled), ctypes.byref(stroked)
    ):
        return False
    asked = [pdfium.FPDFPageObj_GetFillColor] * bool(filled.value)
    asked += [pdfium.FPDFPageObj_GetStrokeColor] * bool(stroked.value)
    for colour_of in asked:
        parts = [ctypes.c_uint() for _ in range(4)]
        told = colour_of(path.raw, *map(ctypes.byref, parts))
        *colour, alpha = (part.value for part in parts)
        if told and alpha and min(colour) < _WHITE:
            return True
    return False


def _grown(path: Any) -> float:
    """Return what PDFium adds on each side of a path: as much as its line is wide."""
    filled, stroked, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
    ways = ctypes.byref(filled), ctypes.byref(stroked)
    if not (pdfium.FPDFPath_GetDrawMode(path.raw, *ways) and stroked.value):
        return 0.0
    pdfium.FPDFPageObj_GetStrokeWidth(path.raw, ctypes.byref(width))
    if not width.value:
        return _HAIR
    scale, one = 1.0, path
    while one is not None:
        a, b, c, d, *_ = one.get_matrix().get()
        scale, one = scale * math.sqrt(abs(a * d - b * c)), one.container
    return float(width.value * scale)


def _on_page(item: Any) -> tuple[float, ...]:
    """Return the box of an object; within a form PDFium tells it in the form's."""
    left, bottom, right, top = item.get_bounds()
    corners = [(x, y) for x in (left, right) for y in (bottom, top)]
    form = item.container
    while form is not None:
        corners = [form.get_matrix().on_point(*corner) for corner in corners]
        form = form.container
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _rows(boxes: Sequence[tuple[float, ...]]) -> Places:
    rows = np.array(boxes, dtype=np.float64).reshape(-1, 4)
    return np.clip(np.nan_to_num(rows, posinf=1e6, neginf=-1e6), -1e6, 1e6)


def _area(boxes: Places) -> float:
    return float((boxes[:, 2:] - boxes[:, :2]).prod(axis=1).sum())


_THIN = 2.5  # points: a box this thin is a line
_HAIR = 0.5  # points that PDFium adds on each side of the thinnest line there is
_WHITE = 240  # of 255: no colour of a line is as light
_SHORT = 6.0  # points: a line shorter than this rules nothing


def _edges(x0: float, y0: float, x1: float, y1: float) -> list[Rule]:
    """Return the lines that a path's bounds stand for: itself, or a box's edges."""
    wide, high = x1 - x0, y1 - y0
    if high <= _THIN:
        middle = (y0 + y1) / 2
        return [Rule(x0, middle, x1, middle)] if wide >= _SHORT else []
    if wide <= _THIN:
        middle = (x0 + x1) / 2
        return [Rule(middle, y0, middle, y1)] if high >= _SHORT else []
    if wide < _SHORT or high < _SHORT:
        return []
    return [
        Rule(x0, y0, x1, y0),
        Rule(x0, y1, x1, y1),
        Rule(x0, y0, x0, y1),
        Rule(x1, y0, x1, y1),
    ]
