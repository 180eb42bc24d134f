"""What was added to a PDF's pages: on them for all to see, but not in their text.

What was filled into the fields of a form and what was typed onto a page (FreeText)
belongs to the report. Comments, which open at a click, do not. What an annotation
strikes out is cancelled.
"""

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from ingest.formats.words import Word

_MOST = 2_000  # annotations of a page that are looked at
_LONGEST = 100_000  # bytes of one of them
_FILLED = {
    pdfium.FPDF_FORMFIELD_TEXTFIELD,
    pdfium.FPDF_FORMFIELD_COMBOBOX,
    pdfium.FPDF_FORMFIELD_LISTBOX,
}
_HIDDEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_COMMENTS = {
    pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_HIGHLIGHT, pdfium.FPDF_ANNOT_UNDERLINE,
    pdfium.FPDF_ANNOT_SQUIGGLY, pdfium.FPDF_ANNOT_STRIKEOUT, pdfium.FPDF_ANNOT_CARET,
    pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_CIRCLE, pdfium.FPDF_ANNOT_INK,
}  # fmt: skip


class Added(NamedTuple):
    """What the annotations of a page say.

    words: added to the page. commented: some are comments. struck: boxes (n, 4) of
    what they strike out: left, top, right, bottom.
    """

    words: list[Word]
    commented: bool
    struck: NDArray[np.float64]


def added(page: Any, shown: NDArray[np.float64]) -> Added:
    """Return what was added to a `pypdfium2.PdfPage`.

    shown: matrix (3, 2) from the page's own coordinates to those shown. A field
    tells its box only, so its words are placed in it by their lengths.
    """
    words: list[Word] = []
    struck: list[NDArray[np.float64]] = []
    commented = False
    for row in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
        annotation = pdfium.FPDFPage_GetAnnot(page, row)
        if not annotation:
            continue
        try:
            if pdfium.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
                continue
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            commented |= kind in _COMMENTS and bool(_contents(annotation).strip())
            words += _read(page, annotation, kind, shown)
            if kind == pdfium.FPDF_ANNOT_STRIKEOUT:
                struck += [_bounds(quad, shown) for quad in _quads(annotation)]
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    return Added(words, commented, np.array(struck).reshape(-1, 4))


def _quads(annotation: Any) -> Iterator[list[list[float]]]:
    """Return the corners of each line of text that an annotation lies over."""
    count = pdfium.FPDFAnnot_CountAttachmentPoints(annotation)
    quad = pdfium.FS_QUADPOINTSF()
    for row in range(min(count, _MOST)):
        if pdfium.FPDFAnnot_GetAttachmentPoints(annotation, row, ctypes.byref(quad)):
            yield [
                [quad.x1, quad.y1], [quad.x2, quad.y2],
                [quad.x3, quad.y3], [quad.x4, quad.y4],
            ]  # fmt: skip


def _bounds(
    corners: list[list[float]], shown: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return left, top, right, bottom of corners as they are shown."""
    places = np.nan_to_num(np.array(corners)) @ shown[:2] + shown[2]
    return np.concatenate([places.min(axis=0), places.max(axis=0)])


def _read(
    page: Any, annotation: Any, kind: int, shown: NDArray[np.float64]
) -> list[Word]:
    """Return the words that one of them adds to the report."""
    text, rect = "", pdfium.FS_RECTF()
    if kind == pdfium.FPDF_ANNOT_FREETEXT:
        text = _contents(annotation)
    elif page.formenv is not None:
        text = _value(page.formenv, annotation)
    if not text or not pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(rect)):
        return []
    corners = [[rect.left, rect.bottom], [rect.right, rect.top]]
    return list(_placed(text, *_bounds(corners, shown).tolist()))


def _value(form: Any, annotation: Any) -> str:
    if pdfium.FPDFAnnot_GetFormFieldType(form, annotation) not in _FILLED:
        return ""
    return _string(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation)


def _contents(annotation: Any) -> str:
    return _string(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents")


def _string(function: Any, *arguments: Any) -> str:
    """Return what PDFium tells in two calls: the first says how long it is."""
    length = function(*arguments, None, 0)
    if not 2 < length <= _LONGEST:
        return ""
    buffer = (ctypes.c_ushort * (length // 2))()
    function(*arguments, buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\x00")


def _placed(text: str, x0: float, y0: float, x1: float, y1: float) -> Iterator[Word]:
    """Words line by line, each as wide as its share of the line's letters."""
    lines = [line.split() for line in text.splitlines() if line.strip()]
    high = (y1 - y0) / max(len(lines), 1)
    for row, words in enumerate(lines):
        letter = (x1 - x0) / max(sum(map(len, words)) + len(words) - 1, 1)
        at, top = x0, y0 + row * high
        for word in words:
            yield Word(word, at, top, at + len(word) * letter, top + high)
            at += (len(word) + 1) * letter
