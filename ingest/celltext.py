"""What a cell of a table holds by its text alone: a figure, a period, nothing."""

import re
from collections.abc import Sequence

from index.grammar.periods import find_periods

_CURRENCY = r"(?:us\$|hk\$|a\$|c\$|s\$|rmb|usd|vnd|eur|gbp|[$€£¥₫])"
_MARKS = r"(?:\s*(?:\((?:\d{1,2}|[a-z]|\*{1,3})\)|\[\w{1,2}\]|[*†‡§#¹²³⁴⁵]+))*"
_FIGURE = re.compile(
    rf"(?P<body>[(\-−–+~<>≤≥±]*\s*{_CURRENCY}?\s*[(\-−–+]*\s*{_CURRENCY}?\s*"
    r"\d(?:[\d.,]|\s(?=\d{3}\b))*\s*"
    rf"(?:%|x\b|{_CURRENCY}|pts?\b|bps?\b|pp\b)?\s*\)?\s*%?\)?){_MARKS}",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:fy|nam|year|cy)?\s*'?(?:19|20)\d\d\s*[a-z]?", re.IGNORECASE)
_NOTHING = re.compile(
    r"[-−–—.…*\s$€£%()]*|n/?a|n\.a\.|nil|n/m|nm"
    r"|not (?:applicable|available|meaningful)",
    re.IGNORECASE,
)
FOOTNOTE = re.compile(rf"(?<=\S){_MARKS}$")
_SPACED_YEAR = re.compile(r"\b([12])\s(\d)\s(\d)\s(\d)\b")
_SHORT_YEAR = re.compile(r"\bFY\s?'?(\d\d)\b(?!\d)", re.IGNORECASE)
_MOST_ROUND_A_PERIOD = 22  # characters beside it in a heading such as "2019 (restated)"


def plain_figure(text: str) -> str | None:
    """Return the figure that makes up a whole cell, without footnote marks, or None."""
    match = _FIGURE.fullmatch(text)
    return match["body"].strip() if match else None


def is_nothing(text: str) -> bool:
    """Return True for a dash, "n/a" and the like."""
    return _NOTHING.fullmatch(text) is not None


def mended(heading: str) -> str:
    """Return a heading with its years written out: "2 0 1 8", "FY19"."""
    heading = _SPACED_YEAR.sub(r"\1\2\3\4", FOOTNOTE.sub("", heading))
    return _SHORT_YEAR.sub(r"FY20\1", heading)


def is_period(text: str) -> bool:
    """Return True for a cell that does little but name a period."""
    if _YEAR.fullmatch(text):
        return True
    written = mended(text)
    named = sum(m.end - m.start for m in find_periods(written, 2000))
    return named > 0 and len(written) - named <= _MOST_ROUND_A_PERIOD


def is_figure(text: str) -> bool:
    """Return True for a cell that is a figure and no year."""
    return plain_figure(text) is not None and not is_period(text)


_BAND = re.compile(
    r"(?:[<>≤≥]|under |over |up to |dưới |trên )\s*\d[\d.,]*.{0,12}"
    r"|\d[\d.,]*\s*[-–—]\s*\d[\d.,]*.{0,12}|\d[\d.,]*\s*\+.{0,12}",
    re.IGNORECASE,
)


def is_band(text: str) -> bool:
    """Return True for "1–90" or ">180" as headings have them."""
    return _BAND.fullmatch(text) is not None


def are_bands(texts: Sequence[str]) -> bool:
    """Return True for "1–90 | 91–180 | >180 | Total": what columns count, no values."""
    bands = sum(map(is_band, texts))
    plain = any(plain_figure(text) and not is_band(text) for text in texts)
    return bands >= 2 and not plain
