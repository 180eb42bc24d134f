"""Words with their places: what every way of reading a page hands to `layout`."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from index.boxes import Box


class Word(NamedTuple):
    """A run of letters without white space, where a page shows it.

    x0, y0, x1, y1: in points from the upper left corner of the page as shown.
    upright: False for what stands on its side or askew.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    upright: bool = True

    @property
    def height(self) -> float:
        """Of the line it stands on, in points."""
        return self.y1 - self.y0


def box_around(words: Sequence[Word]) -> tuple[float, float, float, float]:
    """Return x0, y0, x1, y1 around the words."""
    return (
        min(word.x0 for word in words),
        min(word.y0 for word in words),
        max(word.x1 for word in words),
        max(word.y1 for word in words),
    )


class Rule(NamedTuple):
    """A drawn line, or the edge of a box: what tables are ruled with."""

    x0: float
    y0: float
    x1: float
    y1: float


class Sheet(NamedTuple):
    """A page before its text is put in order.

    width, height: in points, and all places, after turning the page *turned*
        quarters clockwise, so that most of its text is upright.
    words: in the order of the file.
    drawn: something is on it, be it letters that stand for nothing.
    pictured: share of the page that its pictures cover, if none lies on another.
    """

    width: float
    height: float
    words: list[Word]
    rules: list[Rule]
    drawn: bool
    pictured: float = 0.0
    mended: int = 0  # spaces within words that were taken out by the gap's width
    turned: int = 0
    hidden: int = 0  # letters left out because nobody sees them
    commented: bool = False  # it has comments, which are not read
    typed: int = 0  # of the words, the last: they were added to the page
    struck: int = 0  # letters left out because they are struck out
    skew: float = 0.0  # degrees clockwise that lines slope, which lie level here

    def fraction(self, word: Word) -> Box:
        """Return the place of *word* as fractions of the page as a viewer shows it."""
        wide, high = max(self.width, 1e-6), max(self.height, 1e-6)
        x0, y0, x1, y1 = self._sloping(word) if self.skew else word[1:5]
        x0, y0, x1, y1 = x0 / wide, y0 / high, x1 / wide, y1 / high
        match self.turned:
            case 1:
                return Box(y0, 1 - x1, y1, 1 - x0)
            case 2:
                return Box(1 - x1, 1 - y1, 1 - x0, 1 - y0)
            case 3:
                return Box(1 - y1, x0, 1 - y0, x1)
        return Box(x0, y0, x1, y1)

    def _sloping(self, word: Word) -> tuple[float, float, float, float]:
        """Return the bounds of a word as it slopes about the middle of the page."""
        x, y = self.width / 2, self.height / 2
        slope = math.radians(self.skew)
        along, down = math.cos(slope), math.sin(slope)
        corners = [
            (a - x, b - y) for a in (word.x0, word.x1) for b in (word.y0, word.y1)
        ]
        xs = [x + along * a - down * b for a, b in corners]
        ys = [y + down * a + along * b for a, b in corners]
        return min(xs), min(ys), max(xs), max(ys)
