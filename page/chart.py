"""Figures as columns or as bars, drawn as SVG in the page itself.

Columns are for one thing over time, bars for whatever the ledger found: they
have room for what each figure counts. Lengths come from the values; what is
written on them are the words of the reports. The table beside a chart says the
same, so the drawing itself is hidden from screen readers.
"""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

HEIGHT = 96  # of the tallest column, in pixels
COLUMN, STEP = 40, 92  # width of a column, and from one to the next
TOP, BOTTOM = 22, 22  # room for the words above and below
PLANNED = ("target", "estimate")  # statuses of what is not reached yet


class Bar(NamedTuple):
    """One figure to draw."""

    value: float
    raw: str  # as the report writes it
    label: str  # its period
    now: bool = False  # the answer's own
    planned: bool = False  # a target or an estimate: outlined, nothing is reached yet
    about: str = ""  # what it counts; bars alone have room for it


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


def bars(rows: Sequence[Bar]) -> str:
    """The figures as bars from top to bottom, each below its own words."""
    if not rows:
        return ""
    low = min(0.0, *(row.value for row in rows))
    share = 100 / ((max(0.0, *(row.value for row in rows)) - low) or 1.0)
    items = "".join(_bar(row, -low * share, share) for row in rows)
    return f'<ul class="bars" aria-hidden="true">{items}</ul>'


def _bar(bar: Bar, zero: float, share: float) -> str:
    """zero: where nought stands, in percent of the width, as *share* is of one."""
    size = max(abs(bar.value) * share, 0.3)
    left = zero if bar.value >= 0 else zero - size
    return (
        f'<li><span class="label">{escape(bar.label)}</span>'
        f'<span class="about">{escape(bar.about)}</span>'
        f'<svg><rect class="{_kind(bar)}" x="{left:.2f}%" width="{size:.2f}%" '
        f'height="100%"/></svg><b>{escape(bar.raw)}</b></li>'
    )


def _kind(bar: Bar) -> str:
    return " ".join(["now"] * bar.now + ["planned"] * bar.planned)


def _column(bar: Bar, place: int, zero: float, scale: float) -> str:
    middle = STEP * place + STEP / 2
    size = max(abs(bar.value) * scale, 1.0)
    y = zero - size if bar.value >= 0 else zero
    kind = f' class="{_kind(bar)}"'
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
