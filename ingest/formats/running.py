"""Running heads, feet and page numbers: what stands at the same place of many pages."""

import re
import statistics
from collections import defaultdict
from collections.abc import Sequence

from ingest.formats.layout import Line

_ZONE = 0.13  # of the page's height, at the top and at the bottom
_LEAST = 3  # pages that say the same
_LONGEST = 160  # characters
_PLACE = 6.0  # points: as far as a running line moves from page to page
_LARGER = 1.15  # times the height of the others: a line in larger type is a title
_NUMBER = re.compile(r"\d+")
_PAGED = re.compile(
    r"\W*(?:trang|page|p\.|tr\.)?\W*#\W*(?:(?:/|of|tren|trên)?\W*#\W*)?"
)

Key = tuple[str, bool]


def running(
    pages: Sequence[Sequence[Line]], heights: Sequence[float], labels: Sequence[str]
) -> set[int]:
    """Return the ids (`id(line)`) of the lines that belong to the pages, not the text.

    pages: the lines of each page; heights: of each page, in points; labels: what
        each page calls itself, "" if it does not.
    """
    found: set[int] = set()
    groups: dict[Key, list[tuple[int, Line]]] = defaultdict(list)
    for number, (lines, height) in enumerate(zip(pages, heights, strict=True), 1):
        apart = _apart(lines)
        for line in lines:
            key = _key(line, height)
            if key is None or not (id(line) in apart or _PAGED.fullmatch(key[0])):
                continue
            groups[key].append((number, line))
            if line.text.strip(" -–.") in {str(number), labels[number - 1]}:
                found.add(id(line))  # a page number needs no second page
    for (masked, _), members in groups.items():
        found.update(id(line) for line in _repeated(masked, members, len(pages)))
    return found


_GAP = 0.5  # heights of a line between a running head and the text, at least
_WIDER = 1.5  # times the usual gap of the page's lines


def _apart(lines: Sequence[Line]) -> set[int]:
    """Return the ids of the lines that a gap parts from the text between them.

    The first line of a page may well be that of another page too, where a report
    repeats itself; but it goes on in the next line.
    """
    ordered = sorted(lines, key=lambda line: line.y0)
    gaps: list[float] = []
    low = float("-inf")
    for line in ordered:
        gaps.append(line.y0 - low)
        low = max(low, line.y1)
    white = [gap for gap in gaps[1:] if gap > 0]
    if not white:
        return {id(line) for line in lines}
    height = statistics.median(line.y1 - line.y0 for line in ordered)
    least = max(_GAP * height, _WIDER * statistics.median_low(white))
    wide = [row for row, gap in enumerate(gaps) if row and gap >= least]
    if not wide:
        return set()
    return {id(line) for line in (*ordered[: wide[0]], *ordered[wide[-1] :])}


def _key(line: Line, height: float) -> Key | None:
    if line.grid is not None or not line.words:
        return None
    top, bottom = line.y1 < _ZONE * height, line.y0 > (1 - _ZONE) * height
    text = line.text
    if not (top or bottom) or len(text) > _LONGEST:
        return None
    # A "#" of the text itself stands for no number.
    return _NUMBER.sub("#", text.lower().replace("#", "♯")), top


def _repeated(
    masked: str, members: Sequence[tuple[int, Line]], pages: int
) -> list[Line]:
    """Return those of the alike lines that stand at one place and count alike.

    The report's title stays, where the running heads repeat it in smaller type.
    """
    same = len({line.text for _, line in members}) == 1 or _PAGED.fullmatch(masked)
    needed = 2 if pages == 2 and same else _LEAST
    by_place: dict[int, list[tuple[int, Line]]] = defaultdict(list)
    for number, line in members:
        by_place[round(line.y0 / _PLACE)].append((number, line))
    found = []
    for place, here in by_place.items():
        # A line on the border of two places counts in both.
        near = here + by_place.get(place - 1, []) + by_place.get(place + 1, [])
        if len({number for number, _ in near}) >= needed and _count_alike(near):
            usual = statistics.median_low([line.y1 - line.y0 for _, line in near])
            found += [line for _, line in here if line.y1 - line.y0 < _LARGER * usual]
    return found


def _count_alike(members: Sequence[tuple[int, Line]]) -> bool:
    """Return True if each number in the line is constant or counts the pages.

    Else the lines only look alike: "52.8%" and "61.2%" are no page numbers.
    """
    rows = [
        (number, [int(n[-9:]) for n in _NUMBER.findall(line.text)])
        for number, line in members
    ]
    for column in zip(*(values for _, values in rows), strict=True):
        offsets = [
            value - number for (number, _), value in zip(rows, column, strict=True)
        ]
        alike = max(_most(column), _most(offsets))
        if alike < 0.7 * len(rows):
            return False
    return True


def _most(values: Sequence[int]) -> int:
    """Return how often the commonest value comes."""
    return max(map(values.count, set(values)))
