"""Pages of a PDF whose bounds make no sense, as damaged files have them."""

from typing import Any

_LEAST, _MOST = 36.0, 1_000_000.0  # points that the longer side of a page has
_A4 = (0.0, 0.0, 595.0, 842.0)


def mend_bounds(page: Any) -> None:
    """Give a `pypdfium2.PdfPage` bounds that can be drawn, where its own cannot be.

    A crop box beside the page or as small as a stamp counts as none, as in viewers;
    a page of such a size as A4. Nothing is written to the file.
    """
    if not _can_be_drawn(page):
        page.set_cropbox(*page.get_mediabox())
    if not _can_be_drawn(page):
        page.set_mediabox(*_A4)
        page.set_cropbox(*_A4)


def _can_be_drawn(page: Any) -> bool:
    sides: tuple[float, float] = page.get_size()
    return min(sides) >= 1 and _LEAST <= max(sides) <= _MOST
