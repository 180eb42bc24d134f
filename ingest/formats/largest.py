"""What the first page of a PDF sets in larger type than the text: often its title."""

from collections import Counter
from collections.abc import Sequence

from ingest.formats.layout import Line

_LARGER = 1.35  # times the usual height of letters
_ALIKE = 1.2  # times: of one size, with or without marks over capitals
_OPENING = 5  # pages that tell the usual height
_FEWEST, _MOST = 3, 40  # words: neither a letter at the start nor a page of large print


def largest(pages: Sequence[Sequence[Line]]) -> str:
    """Return the lines of page 1 in the largest type, "" if none stands out.

    pages: the lines of each, in reading order.
    """
    usual = _usual([line for lines in pages[:_OPENING] for line in lines])
    best, words = _LARGER * usual, ""
    for group in _groups(pages[0] if pages else ()):
        told = " ".join(line.text for line in group)
        height = max(line.height for line in group)
        if height > best and _FEWEST <= len(told.split()) <= _MOST:
            best, words = height, told
    return words


def _groups(lines: Sequence[Line]) -> list[list[Line]]:
    """Return lines of text that follow each other in one size."""
    found: list[list[Line]] = [[]]
    for line in lines:
        if line.grid is not None or not line.upright:
            found.append([])
            continue
        before = found[-1][-1] if found[-1] else line
        if not 1 / _ALIKE < line.height / before.height < _ALIKE:
            found.append([])
        found[-1].append(line)
    return [group for group in found if group]


def _usual(lines: Sequence[Line]) -> float:
    """Return the height that most letters have, in points."""
    counts: Counter[int] = Counter()
    for line in lines:
        for word in line.grid.words() if line.grid else line.words:
            counts[round(word.height)] += len(word.text)
    return max(counts, key=counts.__getitem__, default=0)
