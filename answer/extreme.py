"""Which year was it most? What a question asks for that compares a row's cells.

Its comparing words ("largest", "less than 600 thousand") are no topic: no row of
a table says them.
"""

import re
from dataclasses import dataclass

from index.grammar.marks import grammar_fold
from index.grammar.numbers import number_value

_WHICH = re.compile(
    r"\b(?:(?:in|for|during|of)?\s*(?:which|what)\s+(?:\w+\s+){0,3}?"
    r"(?:years?|fy|periods?|quarters?|months?)\b|(?:nam|quy|thang|ky)\s+nao\b)"
)
_MOST = re.compile(
    r"\b(?:larg(?:er|est)|high(?:er|est)|great(?:er|est)|bigg(?:er|est)|most|maximum"
    r"|(?:cao|lon|nhieu)\s+(?:nhat|hon))\b"
)
_LEAST = re.compile(
    r"\b(?:low(?:er|est)|small(?:er|est)|least|fewe(?:r|st)|minimum"
    r"|(?:thap|nho|it)\s+(?:nhat|hon))\b"
)
_BOUND = re.compile(
    r"\b(?:(?P<below>(?:less|lower|smaller|fewer)\s+than|below|under|duoi"
    r"|(?:thap|nho|it)\s+hon)"
    r"|(?P<above>(?:more|greater|higher|larger)\s+than|above|over|exceed\w*|tren"
    r"|(?:cao|lon|nhieu)\s+hon|vuot))\s*(?=[-−$(]?\d)"
)


@dataclass(frozen=True, slots=True)
class Extreme:
    """What the year is asked for: an extreme, or a bound and its side."""

    most: bool
    bound: float | None = None


_WAYS = (
    (_MOST, Extreme(most=True)),
    (_LEAST, Extreme(most=False)),
    (re.compile(r"\bnegative\b|\b(?:bi|gia tri) am\b"), Extreme(most=False, bound=0.0)),
    (re.compile(r"\bpositive\b|\bgia tri duong\b"), Extreme(most=True, bound=0.0)),
)


def extreme_of(text: str) -> Extreme | None:
    """What the question asks of the years, None if it asks no such thing."""
    told = _told(text)
    return told[0] if told else None


def comparing(text: str) -> list[tuple[int, int]]:
    """Return the offsets of the words that compare."""
    told = _told(text)
    return [told[1]] if told else []


def _told(text: str) -> tuple[Extreme, tuple[int, int]] | None:
    folded = grammar_fold(text)
    if not _WHICH.search(folded):
        return None
    if bound := _BOUND.search(folded):
        number = _NUMBER.match(folded, bound.end())
        if number is None:
            return None
        extreme = Extreme(bound["above"] is not None, _bound(number))
        return extreme, (bound.start(), number.end())
    for pattern, extreme in _WAYS:
        if found := pattern.search(folded):
            return extreme, found.span()
    return None


_NUMBER = re.compile(
    r"[($]*(?P<loss>[-−]?)[$]?(?P<n>\d[\d.,]*)"
    r"\s*(?P<scale>thousand|million|billion|nghin|trieu|ty)?"
)
_SCALES = {"thousand": 1e3, "nghin": 1e3, "million": 1e6, "trieu": 1e6,
           "billion": 1e9, "ty": 1e9}  # fmt: skip


def _bound(number: re.Match[str]) -> float:
    value = number_value(number["n"].rstrip(".,")) * _SCALES.get(number["scale"], 1.0)
    return -value if number["loss"] else value
