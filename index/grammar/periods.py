"""Periods of time as reports and officials write them, in both languages.

A period is a stretch of whole days. Its label is what records and answers
carry: "2024", "2024-Q1", "2024-H1", "2024-07", "2024-07-16", "2022/2024".
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from index.grammar.words import fold_in_place

Role = Literal["at", "by", "since", "compared", "range"]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Whole days from *start* to *end*, both included."""

    start: date
    end: date

    @property
    def label(self) -> str:
        """The shortest name: a year, half, quarter, month, day, or a range."""
        s, e = self.start, self.end
        if s == e:
            return s.isoformat()
        whole_months = s.day == 1 and e.day == monthrange(e.year, e.month)[1]
        if whole_months and s.year == e.year:
            span = (s.month, e.month)
            if span == (1, 12):
                return str(s.year)
            if s.month == e.month:
                return f"{s:%Y-%m}"
            for number in range(1, 5):
                if span == (3 * number - 2, 3 * number):
                    return f"{s.year}-Q{number}"
            for number in (1, 2):
                if span == (6 * number - 5, 6 * number):
                    return f"{s.year}-H{number}"
            return f"{s:%Y-%m}/{e:%Y-%m}"
        if whole_months and (s.month, e.month) == (1, 12):
            return f"{s.year}/{e.year}"
        return f"{s.isoformat()}/{e.isoformat()}"

    def contains(self, other: "Period") -> bool:
        """True if every day of *other* is one of ours."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Period") -> bool:
        """True if a day belongs to both."""
        return self.start <= other.end and other.start <= self.end


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A period as a text names it.

    period is None where the year is neither written nor given by the caller
    ("On February 6"); month and day are kept in *text* all the same.
    """

    start: int
    end: int
    text: str
    period: Period | None
    role: Role


def year(number: int) -> Period:
    """The calendar year."""
    return Period(date(number, 1, 1), date(number, 12, 31))


def years(first: int, last: int) -> Period:
    """From the first day of one year to the last day of another."""
    first, last = min(first, last), max(first, last)
    return Period(date(first, 1, 1), date(last, 12, 31))


def months(number: int, first: int, last: int) -> Period:
    """Months *first* to *last* of the year *number*."""
    return Period(
        date(number, first, 1), date(number, last, monthrange(number, last)[1])
    )


def day(number: int, month: int, of_month: int) -> Period | None:
    """One day, or None if the calendar has no such day."""
    try:
        on = date(number, month, of_month)
    except ValueError:
        return None
    return Period(on, on)


_LABEL = re.compile(
    r"(?P<y>\d{4})(?:-(?:Q(?P<q>[1-4])|H(?P<h>[12])|(?P<m>\d\d)(?:-(?P<d>\d\d))?))?"
)


def parse_period(label: str) -> Period:
    """The period that a label names. Raises ValueError for anything else."""
    first, _, last = label.partition("/")
    start = _parse_one(first)
    return Period(start.start, _parse_one(last).end) if last else start


def _parse_one(label: str) -> Period:
    match = _LABEL.fullmatch(label.strip())
    if not match:
        raise ValueError(
            f"not a period: {label!r} (write 2024, 2024-Q1, 2024-H1, 2024-07, "
            "2024-07-16 or 2022/2024)"
        )
    number = int(match["y"])
    if match["q"]:
        return months(number, 3 * int(match["q"]) - 2, 3 * int(match["q"]))
    if match["h"]:
        return months(number, 6 * int(match["h"]) - 5, 6 * int(match["h"]))
    if match["d"]:
        found = day(number, int(match["m"]), int(match["d"]))
        if found is None:
            raise ValueError(f"not a day of the calendar: {label!r}")
        return found
    if match["m"]:
        if not 1 <= int(match["m"]) <= 12:
            raise ValueError(f"not a month: {label!r}")
        return months(number, int(match["m"]), int(match["m"]))
    return year(number)


# --- Finding periods in text ------------------------------------------------

_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ],
        1,
    )
    for name in names.split()
}
_MONTH = r"(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?:19[5-9]\d|20[0-6]\d)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_NUM_MONTH = r"(?:1[0-2]|0?[1-9])"
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_SMALL = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "hai": 2, "ba": 3, "bon": 4, "sau": 6,
    "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
}  # fmt: skip
_COUNT = r"(?:\d{1,2}|" + "|".join(_SMALL) + ")"

Reader = Callable[[re.Match[str], int | None], Period | None]


def _number(text: str) -> int:
    return _SMALL[text] if text in _SMALL else int(text)


def _year_in(match: re.Match[str], default: int | None) -> int | None:
    """The year that the match writes or points at, else the default."""
    groups = match.groupdict()
    if groups.get("y"):
        return int(groups["y"])
    return default


def _day_of(match: re.Match[str], default: int | None) -> Period | None:
    number = _year_in(match, default)
    month = match["m"].rstrip(".")
    return number and day(number, _MONTHS.get(month) or int(month), int(match["d"]))


def _month_of(match: re.Match[str], default: int | None) -> Period | None:
    number = _year_in(match, default)
    month = match["m"].rstrip(".")
    in_year = _MONTHS.get(month) or int(month)
    return number and months(number, in_year, in_year)


def _quarter(match: re.Match[str], default: int | None) -> Period | None:
    number = _year_in(match, default)
    quarter = _ORDINALS.get(match["q"]) or _ROMAN.get(match["q"])
    if quarter is None or number is None:
        return None
    return months(number, 3 * quarter - 2, 3 * quarter)


def _half(match: re.Match[str], default: int | None) -> Period | None:
    number = _year_in(match, default)
    second = match["h"] in {"second", "last", "cuoi"}
    return number and (months(number, 7, 12) if second else months(number, 1, 6))


def _months_of(match: re.Match[str], default: int | None) -> Period | None:
    number = _year_in(match, default)
    count = _number(match["n"])
    if number is None or not 1 <= count <= 12:
        return None
    if match.groupdict().get("w") in {"last", "cuoi"}:
        return months(number, 13 - count, 12)
    return months(number, 1, count)


def _range(match: re.Match[str], _default: int | None) -> Period | None:
    return years(int(match["y1"]), int(match["y2"]))


def _year_only(match: re.Match[str], _default: int | None) -> Period | None:
    return year(int(match["y"]))


def _this_year(match: re.Match[str], default: int | None) -> Period | None:
    return year(default) if default else None


def _last_year(match: re.Match[str], default: int | None) -> Period | None:
    return year(default - 1) if default else None


def _next_year(match: re.Match[str], default: int | None) -> Period | None:
    return year(default + 1) if default else None


_Y = rf"(?:\s*,?\s*(?:of|in|nam|/|-)?\s*(?P<y>{_YEAR}))"
# In order: the first pattern that covers a stretch of text has it.
_PATTERNS: list[tuple[re.Pattern[str], Reader]] = [
    (re.compile(pattern), reader)
    for pattern, reader in (
        (r"\b(?P<y>20\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>[0-3]\d)\b", _day_of),
        (
            rf"\b(?:ngay\s+)?(?P<d>{_DAY})\s*[/.-]\s*(?P<m>{_NUM_MONTH})\s*[/.-]\s*"
            rf"(?P<y>{_YEAR})\b",
            _day_of,
        ),
        (rf"(?<![\d/.])(?P<m>{_NUM_MONTH})/(?P<d>{_DAY})/(?P<y>{_YEAR})\b", _day_of),
        (
            rf"\bngay\s+(?P<d>{_DAY})\s+thang\s+(?P<m>{_NUM_MONTH})"
            rf"(?:\s*,?\s*(?:nam\s+)?(?P<y>{_YEAR}))?\b",
            _day_of,
        ),
        (rf"\bngay\s+(?P<d>{_DAY})\s*[/-]\s*(?P<m>{_NUM_MONTH})\b(?!/)", _day_of),
        (
            rf"\b(?P<m>{_MONTH})\s+(?P<d>{_DAY})(?:st|nd|rd|th)?\b"
            rf"(?:\s*,?\s*(?P<y>{_YEAR}))?(?!\d|\s*%)",
            _day_of,
        ),
        (
            rf"\b(?P<d>{_DAY})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_MONTH})\b"
            rf"(?:\s*,?\s*(?P<y>{_YEAR}))?(?!\d)",
            _day_of,
        ),
        (
            rf"\b(?P<w>first|last|initial)\s+(?P<n>{_COUNT})\s+months(?:{_Y}|\b)",
            _months_of,
        ),
        (rf"\b(?P<n>{_COUNT})\s+months{_Y}\b", _months_of),
        (
            rf"\b(?P<n>{_COUNT})\s+thang\s+(?P<w>dau|cuoi)(?:\s+nam)?"
            rf"(?:\s*(?P<y>{_YEAR}))?\b",
            _months_of,
        ),
        (rf"\b(?P<n>{_COUNT})\s+thang\s*(?:/|nam)\s*(?P<y>{_YEAR})\b", _months_of),
        (
            rf"\b(?P<q>first|second|third|fourth|last|final)\s+quarter(?:{_Y}|\b)",
            _quarter,
        ),
        (rf"\bq(?P<q>[1-4])(?:{_Y}|\b)", _quarter),
        (
            rf"\b(?P<y>{_YEAR})[-\s]?q(?P<q>[1-4])\b",
            _quarter,
        ),
        (
            rf"\bquy\s+(?P<q>iv|i{{1,3}}|[1-4])\b(?:\s*(?:/|-|nam|,)?\s*(?P<y>{_YEAR})\b)?",
            _quarter,
        ),
        (
            rf"\b(?P<h>first|second|last)\s+half(?:\s+of(?:\s+the\s+year)?)?(?:{_Y}|\b)",
            _half,
        ),
        (
            rf"\bnua\s+(?P<h>dau|cuoi)\s+nam(?:\s+(?P<y>{_YEAR}))?\b",
            _half,
        ),
        (
            rf"\bthang\s+(?P<m>{_NUM_MONTH})\s*(?:/|-|nam|,)?\s*(?P<y>{_YEAR})\b",
            _month_of,
        ),
        (rf"\bthang\s+(?P<m>{_NUM_MONTH})\b(?!\s*(?:[/.,]\d|%))", _month_of),
        (
            rf"\b(?P<m>{_MONTH})\s*(?:,|of)?\s*(?P<y>{_YEAR})\b(?!\d)",
            _month_of,
        ),
        (
            r"\b(?:in|by|of|since|until|end\s+of|during|before|from|to)\s+"
            rf"(?P<m>{_MONTH})\b(?!\s*\d)",
            _month_of,
        ),
        (rf"(?<![\d/.,-])(?P<m>{_NUM_MONTH})/(?P<y>{_YEAR})\b", _month_of),
        (
            rf"\b(?P<y1>{_YEAR})\s*(?:-|–|—|to|den|through|toi)\s*(?:nam\s+)?"
            rf"(?P<y2>{_YEAR})\b(?![\d%])",
            _range,
        ),
        (
            rf"\bbetween\s+(?P<y1>{_YEAR})\s+and\s+(?P<y2>{_YEAR})\b",
            _range,
        ),
        (
            rf"(?<![\w.,/$€-])(?P<y>{_YEAR})(?![\d%]|[.,/-]\d|\s*(?:%|million|billion"
            r"|trieu|ty\b|usd|vnd|people|nguoi|dong\b))",
            _year_only,
        ),
        (r"\b(?:this\s+year|nam\s+nay|the\s+current\s+year)\b", _this_year),
        (
            r"\b(?:(?:the\s+)?same\s+period\s+(?:of\s+)?last\s+year|last\s+year"
            r"|(?:the\s+)?previous\s+year|a\s+year\s+(?:ago|earlier)|nam\s+ngoai"
            r"|nam\s+truoc|cung\s+ky(?:\s+nam\s+(?:truoc|ngoai))?"
            r"|(?:the\s+)?same\s+period|the\s+year\s+before)\b",
            _last_year,
        ),
        (r"\b(?:next\s+year|nam\s+toi|nam\s+sau)\b", _next_year),
    )
]

_COMPARED = re.compile(
    r"(?:compared\s+(?:to|with)|as\s+against|against|versus|vs\.?|relative\s+to|"
    r"(?:higher|lower|more|less|fewer|greater|better|faster)\s+than(?:\s+\w+){0,3}|"
    r"than(?:\s+the)?|so\s+voi|\d\s*lan|times(?:\s+(?:that\s+)?(?:of|in))?|over\s+the|up\s+from|down\s+from)"
    r"[\s,(]*(?:(?:that\s+)?(?:in|of|the|with|by)\s+|(?:(?:the\s+)?end\s+of\s+)"
    r"|cung\s+ky\s+|cuoi\s+|nam\s+|thang\s+|quy\s+)*$"
)
_BY = re.compile(
    r"(?:\bby|\buntil|\btill|\bbefore|\bno\s+later\s+than|\bup\s+to|\bden(?:\s+het)?"
    r"|\btruoc|\bden\s+nay|\btoi|\bas\s+of|\btinh\s+den(?:\s+het)?|\bto)"
    r"[\s,(]*(?:(?:the\s+)?(?:end|beginning|middle|close)\s+of\s+|the\s+|year\s+|"
    r"cuoi\s+|het\s+|dau\s+|giua\s+|nam\s+|ngay\s+|thang\s+)*$"
)
_SINCE = re.compile(r"(?:\bsince|\bke\s+tu|\btu\s+(?:nam|thang|ngay)?|\bfrom)\s*$")
_REACH = 60  # characters before a mention that can say its role


def _role(folded: str, start: int, period: Period | None, text: str) -> Role:
    before = folded[max(0, start - _REACH) : start]
    if _COMPARED.search(before) or "same period" in text or "cung ky" in text:
        return "compared"
    if _BY.search(before):
        return "by"
    if _SINCE.search(before):
        return "since"
    if period and "/" in period.label:
        return "range"
    return "at"


def find_periods(text: str, default_year: int | None = None) -> list[PeriodMention]:
    """The periods that *text* names, in order, none overlapping.

    default_year: the year meant where none is written ("in the first quarter",
    "last year"); None leaves such mentions without a period.
    """
    folded = fold_in_place(text)
    taken = [False] * len(folded)
    found: list[PeriodMention] = []
    for pattern, reader in _PATTERNS:
        for match in pattern.finditer(folded):
            start, end = match.span()
            if any(taken[start:end]) or _is_word_may(match, text):
                continue
            period = reader(match, default_year)
            taken[start:end] = [True] * (end - start)
            role = _role(folded, start, period, match.group())
            found.append(
                PeriodMention(start, end, text[start:end], period or None, role)
            )
    return sorted(found, key=lambda mention: mention.start)


def _is_word_may(match: re.Match[str], text: str) -> bool:
    """True for "may" and "march" as verbs: months are written with a capital."""
    month = match.groupdict().get("m") or ""
    if month.rstrip(".") not in {"may", "march", "mar"}:
        return False
    if match.groupdict().get("y") or match.groupdict().get("d"):
        return False
    return not text[match.start("m")].isupper()


def spanning(periods: Iterable[Period]) -> Period | None:
    """From the earliest start to the latest end; None for no periods."""
    known = list(periods)
    if not known:
        return None
    return Period(min(p.start for p in known), max(p.end for p in known))
