"""Letters that stand in a PDF and that nobody sees on its page.

White on white, as small as dust, beside the page, under a picture or a box, in a
layer that is switched off, clipped away, drawn with nothing: the page is drawn
once, and a letter in whose place nothing shows is hidden. That spares this module
a list of tricks. Only three things need more than a look:

- Letters of a font that PDFium cannot draw stand on paper all the same, so a font
  counts only if some letter of it can be drawn.
- Letters drawn with nothing over a picture are what text recognition put over a
  scan: they stay.
- Where layers lie over each other, as those of two languages do, a letter of a layer
  is hidden if the page looks the same without it.
"""

import ctypes
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

Boxes = NDArray[np.float64]
Flags = NDArray[np.bool_]

_SCALE = 1.25  # pixels a point: a letter of 4 points shows
_MOST_PIXELS = 4_000_000
_STEP = 10  # of 255 between neighbours: what differs less, nobody sees
_INNER = 0.1  # of a letter's height above and below that belongs to its neighbours
_DUST = 1.0  # points: no letter is as low
_FAINT = 96  # of 255: dust makes lighter specks than that
_SCAN = 0.5  # of the page is pictures: letters drawn with nothing may be theirs
_MOST_TRIED = 2_000  # objects of a page that are drawn by themselves
_WHITE = [0xA0, *range(0x2000, 0x2010), 0x3000, 0xFEFF]
_GHOSTS = {
    pdfium.FPDF_TEXTRENDERMODE_INVISIBLE,
    pdfium.FPDF_TEXTRENDERMODE_CLIP,
}


class Letters(NamedTuple):
    """The letters of a page as PDFium gives them.

    boxes: left, top, right, bottom in points as the page is shown.
    owners: which of *objects* each letter belongs to; -1: PDFium added it.
    objects: handles of the page's text objects.
    """

    codes: Sequence[int]
    boxes: Boxes
    owners: NDArray[np.int64]
    objects: Sequence[Any]


def hidden(page: Any, told: Letters, pictures: Boxes) -> Flags:
    """Return which letters of a `pypdfium2.PdfPage` nobody sees on it.

    pictures: boxes of the page's pictures, in the same points. A page that
    cannot be drawn hides only what lies beside it. Letters of one object are
    hidden or seen together.
    """
    width, height = page.get_size()
    boxes = told.boxes
    beside: Flags = (boxes[:, 2] <= 0) | (boxes[:, 0] >= width)
    beside |= (boxes[:, 3] <= 0) | (boxes[:, 1] >= height)
    codes = np.array(told.codes, dtype=np.int64)
    letters: Flags = (codes > 32) & ~np.isin(codes, _WHITE) & (told.owners >= 0)
    picture = _drawn(page, width, height) if letters.any() else None
    if picture is None:
        beside &= letters
        return beside
    pixels, scale = picture
    places = _inner(told) * scale
    shows = _shows(pixels, places)
    dust = _is_dust(told, letters, pixels, scale)
    ghosts = np.array([_is_ghost(one) for one in told.objects])[told.owners]
    plain = letters & ~ghosts & ~dust
    seen = _carried(told, plain, shows | _undrawable(page, told, plain, shows))
    if (letters & ghosts).any():
        scanned = _share(pictures, width, height) >= _SCAN
        under = _within(boxes, pictures) if scanned else np.zeros_like(ghosts)
        bare = shows & ~_covered(pixels.shape, places, plain & seen)
        seen |= _carried(told, letters & ghosts, under | bare)
    off = np.isin(told.owners, _switched_off(page, told, pixels, scale))
    letters &= beside | dust | off | ~seen
    return letters


def is_blank(page: Any) -> bool:
    """Return True if nothing shows on a `pypdfium2.PdfPage`, or it cannot be drawn."""
    picture = _drawn(page, *page.get_size())
    return picture is None or int(np.ptp(picture[0])) < _STEP


# --- What shows -------------------------------------------------------------------


def _drawn(
    page: Any, width: float, height: float
) -> tuple[NDArray[np.int16], float] | None:
    """Return the page's pixels (rows, columns, colours) and how many a point has."""
    scale = min(_SCALE, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    try:
        bitmap = page.render(scale=scale)
    except (pypdfium2.PdfiumError, ValueError):
        return None
    pixels = bitmap.to_numpy()[..., :3].astype(np.int16)
    bitmap.close()
    return pixels, scale


def _shows(pixels: NDArray[np.int16], boxes: Boxes) -> Flags:
    """Return in which boxes, in pixels, neighbours differ so that one sees it."""
    edges = np.zeros((pixels.shape[0], pixels.shape[1]), dtype=bool)
    for colour in range(pixels.shape[2]):
        plane = np.ascontiguousarray(pixels[..., colour])
        edges[:, 1:] |= np.abs(plane[:, 1:] - plane[:, :-1]) >= _STEP
        edges[1:] |= np.abs(plane[1:] - plane[:-1]) >= _STEP
    return _hold(edges, boxes)


def _hold(marks: Flags, boxes: Boxes) -> Flags:
    """Return which boxes hold one of the pixels that are marked."""
    sums = np.zeros((marks.shape[0] + 1, marks.shape[1] + 1), dtype=np.int32)
    sums[1:, 1:] = marks.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
    x0, y0, x1, y1 = _whole(boxes, marks.shape)
    found: Flags = sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0] > 0
    return found


def _inner(told: Letters) -> Boxes:
    """Return the boxes without what may be their neighbours'.

    Signs keep all of theirs: a low line stands at the edge.
    """
    signs = np.array([not chr(min(code, 0x10FFFF)).isalnum() for code in told.codes])
    inset = np.where(signs, 0.0, _INNER) * (told.boxes[:, 3] - told.boxes[:, 1])
    inner = told.boxes.copy()
    inner[:, 1] += inset
    inner[:, 3] -= inset
    return inner


def _whole(boxes: Boxes, shape: Sequence[int]) -> tuple[NDArray[np.int64], ...]:
    """Return the boxes in whole pixels: left, top, right, bottom."""
    x0 = np.clip(np.floor(boxes[:, 0]), 0, shape[1] - 1).astype(np.int64)
    y0 = np.clip(np.floor(boxes[:, 1]), 0, shape[0] - 1).astype(np.int64)
    x1 = np.clip(np.ceil(boxes[:, 2]), 0, shape[1]).astype(np.int64)
    y1 = np.clip(np.ceil(boxes[:, 3]), 0, shape[0]).astype(np.int64)
    return x0, y0, np.maximum(x1, x0 + 1), np.maximum(y1, y0 + 1)


def _is_dust(
    told: Letters, letters: Flags, pixels: NDArray[np.int16], scale: float
) -> Flags:
    """Return which letters are as small as dust, and but faint specks.

    Letters drawn one by one (Type 3) may claim no height and show all the same, and
    so may single letters that a font lacks.
    """
    low = letters & (told.boxes[:, 3] - told.boxes[:, 1] < _DUST)
    low &= ~np.isin(told.owners, told.owners[letters & ~low])
    for row in np.flatnonzero(low):
        x, y = (told.boxes[row, [0, 3]] * scale).astype(int)
        spot = pixels[max(y - 6, 0) : max(y + 2, 0), max(x - 1, 0) : max(x + 5, 0)]
        low[row] = spot.size == 0 or int(np.ptp(spot)) < _FAINT
    return low


def _carried(told: Letters, letters: Flags, shows: Flags) -> Flags:
    """Return which of *letters* are seen: all of an object of which half shows."""
    count = max(len(told.objects), 1)
    owners = told.owners[letters]
    all_of = np.bincount(owners, minlength=count)
    shown = np.bincount(owners, weights=shows[letters], minlength=count)
    seen = (shown >= 0.5 * all_of)[told.owners]
    return seen & ((told.owners >= 0) & np.isin(told.owners, owners))


def _covered(shape: Sequence[int], boxes: Boxes, seen: Flags) -> Flags:
    """Return on which boxes a letter that is seen stands: what shows there is its."""
    taken = np.zeros(shape[:2], dtype=bool)
    x0, y0, x1, y1 = _whole(boxes, shape)
    for row in np.flatnonzero(seen):
        taken[y0[row] : y1[row], x0[row] : x1[row]] = True
    found: Flags = taken[
        np.minimum((y0 + y1) // 2, shape[0] - 1),
        np.minimum((x0 + x1) // 2, shape[1] - 1),
    ]
    return found


# --- How it is drawn --------------------------------------------------------------


def _is_ghost(one: Any) -> bool:
    """Return True for an object that is drawn with nothing."""
    if pdfium.FPDFTextObj_GetTextRenderMode(one) in _GHOSTS:
        return True
    red, green, blue, alpha = (ctypes.c_uint(255) for _ in range(4))
    told = pdfium.FPDFPageObj_GetFillColor(
        one, *map(ctypes.byref, (red, green, blue, alpha))
    )
    return bool(told) and alpha.value == 0


def _undrawable(page: Any, told: Letters, letters: Flags, shows: Flags) -> Flags:
    """Return the letters that show nothing because PDFium cannot draw them.

    By themselves they show nothing either. Nor does what is clipped away, but of
    its font other letters are drawn.
    """
    fonts = [_address(pdfium.FPDFTextObj_GetFont(one)) for one in told.objects]
    drawn = {fonts[row] for row in np.unique(told.owners[letters & shows])}
    lost: list[int] = []
    for tried, row in enumerate(np.unique(told.owners[letters & ~shows]).tolist()):
        one = told.objects[row]
        if tried < _MOST_TRIED and _shows_alone(page, one):
            drawn.add(fonts[row])
        elif fonts[row] not in drawn or not _is_clipped(one):
            lost.append(row)
    return np.isin(told.owners, lost)


def _is_clipped(one: Any) -> bool:
    paths: int = pdfium.FPDFClipPath_CountPaths(pdfium.FPDFPageObj_GetClipPath(one))
    return paths > 0


def _address(handle: Any) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _shows_alone(page: Any, one: Any) -> bool:
    """Return True if a text object, drawn by itself, leaves anything."""
    bitmap = pdfium.FPDFTextObj_GetRenderedBitmap(page.pdf.raw, page.raw, one, 1.0)
    if not bitmap:
        return False
    try:
        size = pdfium.FPDFBitmap_GetStride(bitmap) * pdfium.FPDFBitmap_GetHeight(bitmap)
        return any(ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), size))
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)


# --- Layers -----------------------------------------------------------------------


def _switched_off(
    page: Any, told: Letters, pixels: NDArray[np.int16], scale: float
) -> list[int]:
    """Return the objects of layers without which the page looks the same.

    They are not drawn, then, though they can be.
    """
    layered = [row for row, one in enumerate(told.objects) if _is_layered(one)]
    if not layered:
        return []
    try:
        for row in layered:
            pdfium.FPDFPageObj_SetIsActive(told.objects[row], False)
        without = _drawn(page, *page.get_size())
    finally:
        for row in layered:
            pdfium.FPDFPageObj_SetIsActive(told.objects[row], True)
    if without is None:
        return []
    differs = (np.abs(without[0] - pixels) >= _STEP).any(axis=2)
    drawn = {*told.owners[_hold(differs, told.boxes * scale)].tolist()}
    silent = [row for row in layered if row not in drawn]
    return [r for r in silent[:_MOST_TRIED] if _shows_alone(page, told.objects[r])]


def _is_layered(one: Any) -> bool:
    """Return True for an object that is marked as part of a layer."""
    name, length = (ctypes.c_ushort * 3)(), ctypes.c_ulong()
    for row in range(pdfium.FPDFPageObj_CountMarks(one)):
        mark = pdfium.FPDFPageObj_GetMark(one, row)
        pdfium.FPDFPageObjMark_GetName(mark, name, 6, ctypes.byref(length))
        if length.value == 6 and bytes(name).decode("utf-16-le") == "OC\0":
            return True
    return False


# --- Pictures ---------------------------------------------------------------------


def _share(pictures: Boxes, width: float, height: float) -> float:
    sides = np.clip(pictures[:, 2:] - pictures[:, :2], 0, [width, height])
    return float(sides.prod(axis=1).sum()) / max(width * height, 1.0)


def _within(boxes: Boxes, pictures: Boxes) -> Flags:
    """Return which boxes have their middle on a picture."""
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    found = np.zeros(len(boxes), dtype=bool)
    for x0, y0, x1, y1 in pictures:
        found |= (x0 <= x) & (x <= x1) & (y0 <= y) & (y <= y1)
    return found
