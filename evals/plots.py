"""Two curves as inline SVG: no plotting library, nothing to load.

Both axes run from 0 to 1. What is drawn takes its colours from the page's
styles, so that it follows light and dark; the numbers stand in tables too.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

Say = Callable[..., str]  # a text and what varies in it, in the reader's language
WIDTH, HEIGHT = 420, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 12, 12, 44
_TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def reliability(bins: Sequence[Mapping[str, Any]], say: Say = str.format) -> Markup:
    """Claimed confidence against the share right; a point's area is its n."""
    most = max((row["n"] for row in bins), default=1)
    parts = [_line([(0, 0), (1, 1)], "ideal")]
    for row in bins:
        at = row["confidence"]
        parts.append(_line([(at, row["right_low"]), (at, row["right_high"])], "error"))
        radius = 3 + 7 * (row["n"] / most) ** 0.5
        claimed, right = f"{at:.2f}", f"{row['right']:.2f}"
        said = say("claimed {0}, right {1}, {2} replies", claimed, right, row["n"])
        parts.append(_dot(at, row["right"], radius, said))
    axes = (say("confidence claimed"), say("share right"))
    return _plot(parts, *axes, say("Reliability"))


def risk_coverage(points: Sequence[Mapping[str, Any]], say: Say = str.format) -> Markup:
    """The share wrong among those shown, against the share shown."""
    axes = (say("share of questions shown"), say("share wrong"))
    title = say("Risk and coverage")
    if not points:
        return _plot([], *axes, title)
    # Risk is bounded by what occurs, so that one percent can be told from two.
    # The first few replies say little: one wrong of one is no risk of 100%.
    settled = [
        p["risk"] for p in points if p["coverage"] >= 0.1 * points[-1]["coverage"]
    ]
    top = next(t for t in (0.05, 0.1, 0.2, 0.5, 1.0) if t >= min(1, max(settled)))
    path = [(p["coverage"], min(p["risk"], top)) for p in points]
    parts = [_line(path, "curve", top)]
    last = points[-1]
    shown, wrong = f"{last['coverage']:.2f}", f"{last['risk']:.3f}"
    said = say("as it is: {0} shown, {1} of them wrong", shown, wrong)
    parts.append(_dot(last["coverage"], last["risk"], 5, said, top))
    return _plot(parts, *axes, title, top)


_COLOURS = ("#1d5fa8", "#d9622b", "#1f7a4d", "#a3172f")
_STYLE = (
    "svg{background:#fff;font:11px system-ui,sans-serif}text{fill:#5b6675}"
    ".grid{stroke:#d5d9e0}.curve{fill:none;stroke-width:2.5}"
)


def curves(named: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """Risk-coverage curves of several systems, as an SVG file of its own."""
    parts = [Markup("<style>{}</style>").format(_STYLE)]
    for i, (name, points) in enumerate(named.items()):
        colour = _COLOURS[i % len(_COLOURS)]
        path = [(p["coverage"], p["risk"]) for p in points]
        y = _TOP + 16 + 15 * i
        parts.append(
            Markup(
                '<g style="stroke:{colour}">{line}</g><text x="{x}" y="{y}" '
                'style="fill:{colour}">{name}</text>'
            ).format(
                colour=colour, line=_line(path, "curve"), x=_LEFT + 8, y=y, name=name
            )
        )
    svg = _plot(parts, "share of questions shown", "share wrong", "Risk and coverage")
    return str(
        svg.replace("<svg ", Markup('<svg xmlns="http://www.w3.org/2000/svg" '), 1)
    )


def _plot(
    parts: Iterable[Markup], across: str, up: str, title: str, top: float = 1.0
) -> Markup:
    """The axes with their names, and *parts* on them."""
    ticks = []
    for tick in _TICKS:
        x, y = _place(tick, tick * top, top)
        x0, y0 = _place(0, 0)
        ticks.append(
            Markup(
                '<line class="grid" x1="{x0}" x2="{x1}" y1="{y}" y2="{y}"/>'
                '<text x="{left}" y="{y}" dy="4" text-anchor="end">{high:.3g}</text>'
                '<text x="{x}" y="{low}" text-anchor="middle">{tick:.1f}</text>'
            ).format(
                x0=x0,
                x1=WIDTH - _RIGHT,
                x=x,
                y=y,
                left=_LEFT - 8,
                low=y0 + 18,
                tick=tick,
                high=tick * top,
            )
        )
    middle = (HEIGHT - _BOTTOM + _TOP) / 2
    names = Markup(
        '<text x="{x}" y="{y}" text-anchor="middle">{across}</text>'
        '<text transform="rotate(-90 12 {m})" x="12" y="{m}" text-anchor="middle">'
        "{up}</text>"
    ).format(
        x=(WIDTH - _RIGHT + _LEFT) / 2, y=HEIGHT - 6, across=across, m=middle, up=up
    )
    return Markup(
        '<svg viewBox="0 0 {w} {h}" role="img" aria-label="{title}: {up} / '
        '{across}">{ticks}{names}{parts}</svg>'
    ).format(
        w=WIDTH,
        h=HEIGHT,
        title=title,
        across=across,
        up=up,
        ticks=Markup("").join(ticks),
        names=names,
        parts=Markup("").join(parts),
    )


def _line(points: Sequence[tuple[float, float]], kind: str, top: float = 1.0) -> Markup:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (_place(*p, top) for p in points))
    return Markup('<polyline class="{kind}" points="{path}"/>').format(
        kind=kind, path=path
    )


def _dot(x: float, y: float, radius: float, said: str, top: float = 1.0) -> Markup:
    cx, cy = _place(x, y, top)
    return Markup(
        '<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}">'
        "<title>{said}</title></circle>"
    ).format(x=cx, y=cy, r=radius, said=said)


def _place(x: float, y: float, top: float = 1.0) -> tuple[float, float]:
    """From values (0 to 1 across, 0 to *top* up) to places in the drawing."""
    wide, high = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM
    return _LEFT + x * wide, HEIGHT - _BOTTOM - y / top * high
