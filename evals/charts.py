"""Growth as small line charts on one SVG: no plotting library is needed for that."""

from collections.abc import Iterable, Mapping, Sequence
from math import ceil, floor, log10

_WIDTH, _HEIGHT, _GAP = 270, 170, 62
_ACROSS = 3
_CHARTS: dict[str, dict[str, str]] = {  # title → measure → label
    "Search, ms (p95)": {
        "search_p95_ms": "vectors",
        "hybrid_p95_ms": "hybrid",
        "filtered_p95_ms": "with filters",
    },
    "One report until live, s": {"add_s": "added", "remove_s": "removed"},
    "Load, s": {"load_s": "from the file", "build_s": "made anew"},
    "Peak memory, MB": {"peak_mb": "serving", "build_mb": "making the index"},
    "Disk, MB": {"disk_mb": "store and index"},
    "Writing all passages, s": {"write_s": "one passage after another"},
}
_COLOURS = ("#0b57a4", "#b3541e", "#3d7a3d")
_Point = tuple[float, float]


def growth(rows: Sequence[Mapping[str, float]]) -> str:
    """Draw each measure against the number of passages, both axes logarithmic."""
    down = -(-len(_CHARTS) // _ACROSS)
    width, height = _ACROSS * (_WIDTH + _GAP) + _GAP, down * (_HEIGHT + _GAP + 20)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        'font-family="sans-serif" font-size="11">',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    told = {
        title: measures
        for title, measures in _CHARTS.items()
        if any(key in row for key in measures for row in rows)
    }
    for number, (title, measures) in enumerate(told.items()):
        x = _GAP + number % _ACROSS * (_WIDTH + _GAP)
        y = 30 + number // _ACROSS * (_HEIGHT + _GAP + 20)
        parts.append(f'<g transform="translate({x},{y})">')
        parts += _chart(title, measures, rows)
        parts.append("</g>")
    return "\n".join([*parts, "</svg>\n"])


def _chart(
    title: str, measures: Mapping[str, str], rows: Sequence[Mapping[str, float]]
) -> list[str]:
    lines = {
        label: [
            (log10(row["passages"]), log10(max(row[key], 1e-3)))
            for row in rows
            if key in row
        ]
        for key, label in measures.items()
    }
    points = [point for line in lines.values() for point in line]
    parts = [f'<text x="0" y="-10" font-size="13" font-weight="bold">{title}</text>']
    if not points:
        return parts
    left, right = _range(x for x, _ in points)
    low, high = _range(y for _, y in points)

    def at(point: _Point) -> _Point:
        x = (point[0] - left) / (right - left) * _WIDTH
        return x, (high - point[1]) / (high - low) * _HEIGHT

    for power in range(left, right + 1):
        x, _ = at((power, low))
        parts.append(_rule(x, 0, x, _HEIGHT))
        label = f"{10**power:,}"
        parts.append(
            f'<text x="{x:.0f}" y="{_HEIGHT + 15}" text-anchor="middle">{label}</text>'
        )
    for power in range(low, high + 1):
        _, y = at((left, power))
        parts.append(_rule(0, y, _WIDTH, y))
        parts.append(
            f'<text x="-6" y="{y + 4:.0f}" text-anchor="end">{10.0**power:g}</text>'
        )
    for row, (label, line) in enumerate(lines.items()):
        parts += _line(row, label, [at(point) for point in line], _COLOURS[row])
    return parts


def _line(row: int, label: str, points: Sequence[_Point], colour: str) -> list[str]:
    if not points:
        return []
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return [
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>',
        *(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>'
            for x, y in points
        ),
        f'<text x="8" y="{14 + 14 * row}" fill="{colour}">{label}</text>',
    ]


def _rule(x: float, y: float, to_x: float, to_y: float) -> str:
    return f'<path d="M{x:.0f} {y:.0f}L{to_x:.0f} {to_y:.0f}" stroke="#ddd"/>'


def _range(values: Iterable[float]) -> tuple[int, int]:
    """Whole powers of ten around the values, at least one apart."""
    found = list(values)
    low, high = floor(min(found)), ceil(max(found))
    return low, max(high, low + 1)
