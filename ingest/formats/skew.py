"""By how much the lines of a scanned page slope.

Tesseract reads a page that lies one degree askew, and loses lines from two on. Where
the rows of dark points are parted best by white ones, the lines lie level.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

_MOST = 6.0  # degrees either way; what slopes more was not meant as a page
_STEPS = (0.25, 0.05)  # degrees
_DPI = 100  # suffices to tell lines
_POINTS = 60_000  # dark ones of a page that are looked at
_FEWEST = 300
_BETTER = 1.1  # times the rows are parted better than as the page lies


def skew_of(picture: Any, dpi: int) -> float:
    """Return how many degrees clockwise the lines of a picture slope.

    picture: of Pillow, in greys. 0 where they lie level or none can be told.
    """
    size = [max(1, round(side * _DPI / max(dpi, _DPI))) for side in picture.size]
    shades = np.asarray(picture.resize(size), dtype=np.int16)
    y, x = np.nonzero(shades < _threshold(shades))
    if len(x) < _FEWEST:
        return 0.0
    every = 1 + len(x) // _POINTS
    x, y = x[::every], y[::every]
    best = 0.0
    reach = _MOST
    for step in _STEPS:
        around = best + np.arange(-reach, reach + step / 2, step)
        best = float(max(around, key=lambda angle: _parted(x, y, angle)))
        reach = step
    if _parted(x, y, best) < _BETTER * _parted(x, y, 0.0):
        return 0.0
    return round(best, 2)


def _threshold(shades: NDArray[np.int16]) -> float:
    """Return the shade half way from the paper to the ink."""
    ink, paper = np.percentile(shades, [1, 60])
    return float(ink + paper) / 2


def _parted(x: NDArray[np.int64], y: NDArray[np.int64], angle: float) -> float:
    """Return how unevenly dark points lie in rows that slope by *angle* degrees."""
    rows = np.rint(y - x * np.tan(np.radians(angle))).astype(np.int64)
    counts = np.bincount(rows - rows.min()).astype(np.float64)
    return float(np.square(counts).sum())
