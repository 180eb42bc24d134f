"""What was filled into the fields of a PDF form: on the page, but not in its text."""

import ctypes
from collections.abc import Iterator
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from ingest.formats.words import Word

_MOST = 2_000  # annotations of a page that are looked at
_LONGEST = 100_000  # bytes of one field
_FILLED = {
    pdfium.FPDF_FORMFIELD_TEXTFIELD,
    pdfium.FPDF_FORMFIELD_COMBOBOX,
    pdfium.FPDF_FORMFIELD_LISTBOX,
}


def field_words(page: Any, shown: NDArray[np.float64]) -> Iterator[Word]:
    """The words in the fields of a `pypdfium2.PdfPage`, none if it has no form.

    shown: matrix (3, 2) from the page's own coordinates to those shown. A field
    tells its box only, so its words are placed in it by their lengths.
    """
    if page.formenv is None:
        return
    for row in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
        annotation = pdfium.FPDFPage_GetAnnot(page, row)
        if not annotation:
            continue
        try:
            text, rect = _value(page.formenv, annotation), pdfium.FS_RECTF()
            if text and pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(rect)):
                corners = [[rect.left, rect.bottom], [rect.right, rect.top]]
                places = np.nan_to_num(np.array(corners)) @ shown[:2] + shown[2]
                (x0, y0), (x1, y1) = places.min(axis=0), places.max(axis=0)
                yield from _placed(text, float(x0), float(y0), float(x1), float(y1))
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)


def _value(form: Any, annotation: Any) -> str:
    if pdfium.FPDFAnnot_GetFormFieldType(form, annotation) not in _FILLED:
        return ""
    length = pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, None, 0)
    if not 2 < length <= _LONGEST:
        return ""
    buffer = (ctypes.c_ushort * (length // 2))()
    pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, length)
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
