"""The words of a PDF's page and where they stand, by PDFium.

PDFium gives letters one by one, with a box each; words are made here, because
the width of a gap tells a space between words from one that only a change of
font put into the file ("ĐIỀ U KHO ẢN").
"""

import ctypes
import math
import statistics
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from ingest.formats.words import Rule, Sheet, Word

MOST_LETTERS = 200_000  # of a page; a page that is read has a few thousand
_MOST_OBJECTS = 20_000  # of a page that are looked through for ruled lines
_GRID = 1_000_000  # steps across the page when asking PDFium where a point is shown

_TIGHT = 0.07  # of the letter's height: a gap this small parts no words
_WIDE = 0.16  # spaces are at least this wide where widths can be trusted
_LOOSE = 0.35  # a gap this wide parts words even without a space
_HYPHENS = {0x02, 0xFFFE}  # what PDFium makes of a hyphen at the end of a line
# The soft hyphen, 0xAD, stays: before Unicode it was the letter "ư".
_DROPPED = {0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF}
_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl",
    0xFB05: "st", 0xFB06: "st",
}  # fmt: skip


class _Letter(NamedTuple):
    code: int
    x0: float
    y0: float
    x1: float
    y1: float
    upright: bool


def sheet_of(page: Any) -> Sheet:
    """Return the words and ruled lines of a `pypdfium2.PdfPage`.

    Raises pypdfium2.PdfiumError if the page cannot be opened.
    """
    width, height = page.get_size()
    shown = _matrix(page, width, height)
    codes, boxes, angles = _raw(page)
    quarters = _quarters(angles, shown)
    turned = _usual(quarters)
    shown = shown @ _TURNS[turned] + _origin(turned, width, height)
    letters = _letters(codes, boxes, quarters == (4 - turned) % 4, shown)
    words, mended = _words(letters)
    rules, drawn, pictured = _drawn(page, shown)
    if turned % 2:
        width, height = height, width
    share = min(pictured / max(width * height, 1.0), 1.0)
    return Sheet(width, height, words, rules, drawn, share, mended, turned)


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


def _letters(
    codes: list[int],
    boxes: NDArray[np.float64],
    upright: NDArray[np.bool_],
    shown: NDArray[np.float64],
) -> list[_Letter]:
    corners = np.stack([boxes[:, [0, 1]], boxes[:, [2, 3]]])
    corners = corners @ shown[:2] + shown[2]
    low, high = corners.min(axis=0), corners.max(axis=0)
    return [
        _Letter(code, x0, y0, x1, y1, up)
        for code, (x0, y0), (x1, y1), up in zip(
            codes, low.tolist(), high.tolist(), upright.tolist(), strict=True
        )
    ]


def _raw(page: Any) -> tuple[list[int], NDArray[np.float64], NDArray[np.float64]]:
    """Return code, box (left, bottom, right, top) and angle of each letter."""
    text = page.get_textpage()
    try:
        handle = text.raw
        count = min(max(pdfium.FPDFText_CountChars(handle), 0), MOST_LETTERS)
        boxes = np.zeros((count, 4), dtype=np.float32)
        codes, angles = [0] * count, np.zeros(count)
        rect = pdfium.FS_RECTF()
        here = ctypes.byref(rect)
        code_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
        angle_of = pdfium.FPDFText_GetCharAngle
        for i in range(count):
            codes[i] = code_of(handle, i)
            if box_of(handle, i, here):
                boxes[i] = rect.left, rect.bottom, rect.right, rect.top
            angles[i] = angle_of(handle, i)
    finally:
        text.close()
    boxes[~np.isfinite(boxes)] = 0
    return codes, np.clip(boxes, -1e6, 1e6).astype(np.float64), angles


# --- Words ----------------------------------------------------------------------


def _words(letters: list[_Letter]) -> tuple[list[Word], int]:
    """Return the words, and how many spaces within words were taken out."""
    trusted = _widths_are_sound(letters)
    words: list[Word] = []
    group: list[_Letter] = []
    spaced, mended = False, 0
    for letter in letters:
        if _is_space(letter.code):
            spaced = True
            continue
        if letter.code in _DROPPED or letter.code == 0:
            continue
        if group:
            tight = trusted and _is_tight(group[-1], letter)
            if (spaced and not tight) or _is_apart(group[-1], letter):
                words += _made(group)
                group = []
            else:
                mended += spaced
        group.append(letter)
        spaced = False
    return words + _made(group), mended


def _is_space(code: int) -> bool:
    return code in {9, 10, 13, 32, 0xA0, 0x3000} or 0x2000 <= code <= 0x200A


def _gap(before: _Letter, letter: _Letter) -> float:
    """Return the white between two letters in heights of a letter, if on one line."""
    height = max(before.y1 - before.y0, letter.y1 - letter.y0, 1e-3)
    return (letter.x0 - before.x1) / height


def _on_one_line(before: _Letter, letter: _Letter) -> bool:
    overlap = min(before.y1, letter.y1) - max(before.y0, letter.y0)
    low = min(before.y1 - before.y0, letter.y1 - letter.y0)
    return overlap > 0.4 * low


def _is_tight(before: _Letter, letter: _Letter) -> bool:
    """Return True if no space shows between two letters, whatever the file says."""
    if not (before.upright and letter.upright and _on_one_line(before, letter)):
        return False
    # Only within words: "45 %" and "Điều 5" keep what the file says.
    if not (chr(before.code).isalpha() and chr(letter.code).isalpha()):
        return False
    return -0.3 < _gap(before, letter) < _TIGHT


def _is_apart(before: _Letter, letter: _Letter) -> bool:
    """Return True if two letters belong to two words although no space is between."""
    if before.upright != letter.upright:
        return True
    if not letter.upright:
        return False  # PDFium's own spaces have to do
    combining = unicodedata.combining(chr(letter.code)) > 0
    if combining or before.x1 <= before.x0 or letter.x1 <= letter.x0:
        return False
    gap = _gap(before, letter)
    back = -1.5 * (before.x1 - before.x0 + letter.x1 - letter.x0)
    height = max(before.y1 - before.y0, letter.y1 - letter.y0, 1e-3)
    return (
        gap > _LOOSE or gap * height < min(back, -2) or not _on_one_line(before, letter)
    )


def _widths_are_sound(letters: list[_Letter]) -> bool:
    """Return True if gaps tell anything: in some files letters claim false widths."""
    gaps = []
    for before, space, after in zip(letters, letters[1:], letters[2:], strict=False):
        if _is_space(space.code) and not _is_space(before.code):
            if _is_space(after.code) or not (before.upright and after.upright):
                continue
            if _on_one_line(before, after) and (gap := _gap(before, after)) > -1:
                gaps.append(gap)
    return len(gaps) >= 3 and statistics.median(gaps) > _WIDE


def _made(group: list[_Letter]) -> list[Word]:
    """Return the word of these letters, or none if nothing can be read of it."""
    if not group:
        return []
    text = "".join(map(_char, group))
    text = unicodedata.normalize("NFC", text).strip()
    if not text:
        return []
    boxes = [one for one in group if one.x1 > one.x0 and one.y1 > one.y0] or group
    return [
        Word(
            text,
            min(one.x0 for one in boxes),
            min(one.y0 for one in boxes),
            max(one.x1 for one in boxes),
            max(one.y1 for one in boxes),
            group[0].upright,
        )
    ]


def _char(letter: _Letter) -> str:
    code = letter.code
    if code in _HYPHENS:
        return "-"
    if code < 32 or 0x7F <= code < 0xA0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return "\ufffd"
    return _LIGATURES.get(code) or chr(code)


# --- What is drawn --------------------------------------------------------------


def _drawn(page: Any, shown: NDArray[np.float64]) -> tuple[list[Rule], bool, float]:
    """Return the straight lines, whether anything is drawn, the largest picture."""
    found: list[Rule] = []
    drawn, largest = False, 0.0
    for seen, item in enumerate(_objects(page)):
        drawn = drawn or item.type != pdfium.FPDF_PAGEOBJ_TEXT
        if seen >= _MOST_OBJECTS:
            break
        if item.type not in {pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE}:
            continue
        try:
            left, bottom, right, top = item.get_bounds()
        except pypdfium2.PdfiumError:
            continue
        points = np.array([[left, bottom], [right, top]]) @ shown[:2] + shown[2]
        (x0, y0), (x1, y1) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            largest = max(largest, (x1 - x0) * (y1 - y0))
        else:
            found += _edges(x0, y0, x1, y1)
    return found, drawn, largest


def _objects(page: Any) -> Iterator[Any]:
    yield from page.get_objects(max_depth=3)


_THIN = 2.5  # points: a box this thin is a line
_SHORT = 6.0  # points: a line shorter than this rules nothing


def _edges(x0: float, y0: float, x1: float, y1: float) -> list[Rule]:
    """Return the lines that a path's bounds stand for: itself, or a box's edges."""
    wide, high = x1 - x0, y1 - y0
    if not (math.isfinite(wide) and math.isfinite(high)):
        return []
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
