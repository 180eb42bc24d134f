"""A few figures as columns, drawn as SVG in the page itself.

Heights come from the values; what is written on them are the words of the
reports. The table beside a chart says the same, so the drawing itself is
hidden from screen readers.
"""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

HEIGHT = 96  # of the tallest column, in pixels
COLUMN, STEP = 40, 92  # width of a column, and from one to the next
TOP, BOTTOM = 22, 22  # room for the words above and below


class Bar(NamedTuple):
    """One figure to draw."""

    value: float
    raw: str  # as the report writes it
    label: str  # its period
    now: bool = False  # the answer's own


def columns(bars: Sequence[Bar]) -> str:
    """The figures as columns from left to right; zero is always in sight."""
    if not bars:
        return ""
    top = max(0.0, *(bar.value for bar in bars))
    bottom = min(0.0, *(bar.value for bar in bars))
    scale = HEIGHT / ((top - bottom) or 1.0)
    zero = TOP + top * scale
    width, height = STEP * len(bars), TOP + HEIGHT + BOTTOM
    drawn = "".join(_column(bar, i, zero, scale) for i, bar in enumerate(bars))
    return (
        f'<svg class="chart" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" aria-hidden="true">{drawn}'
        f'<line x1="0" x2="{width}" y1="{zero:.1f}" y2="{zero:.1f}"/></svg>'
    )


def _column(bar: Bar, place: int, zero: float, scale: float) -> str:
    middle = STEP * place + STEP / 2
    size = max(abs(bar.value) * scale, 1.0)
    y = zero - size if bar.value >= 0 else zero
    kind = ' class="now"' if bar.now else ""
    return (
        f'<rect{kind} x="{middle - COLUMN / 2:.0f}" y="{y:.1f}" '
        f'width="{COLUMN}" height="{size:.1f}"/>'
        f'<text{kind} x="{middle:.0f}" y="{y - 6:.1f}">{escape(_short(bar.raw))}</text>'
        f'<text class="when" x="{middle:.0f}" y="{TOP + HEIGHT + BOTTOM - 6}">'
        f"{escape(_short(bar.label))}</text>"
    )


def _short(text: str) -> str:
    """What fits above a column; the table has the whole."""
    return text if len(text) <= 13 else text[:12] + "…"
