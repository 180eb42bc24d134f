"""Periods of time as reports and officials write them, in both languages.

Finds them; what a period is stands in `index.grammar.period`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from index.grammar.marks import grammar_fold
from index.grammar.period import Period, day, months, parse_period, year, years

__all__ = [
    "Period",
    "PeriodMention",
    "Role",
    "find_periods",
    "parse_period",
    "year",
    "years",
]

Role = Literal["at", "by", "since", "compared", "range"]


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
    """The year that the match writes, else the default."""
    written = match.groupdict().get("y")
    return int(written) if written else default


def _month_in(match: re.Match[str]) -> int:
    return _month_number(match["m"])


def _month_number(text: str) -> int:
    month = text.rstrip(".")
    return _MONTHS.get(month) or int(month)


def _day_of(match: re.Match[str], default: int | None) -> Period | None:
    number = _year_in(match, default)
    return day(number, _month_in(match), int(match["d"])) if number else None


def _month_of(match: re.Match[str], default: int | None) -> Period | None:
    number = _year_in(match, default)
    return months(number, _month_in(match), _month_in(match)) if number else None


def _quarter(match: re.Match[str], default: int | None) -> Period | None:
    number = _year_in(match, default)
    quarter = _ORDINALS.get(match["q"]) or _ROMAN[match["q"]]
    return months(number, 3 * quarter - 2, 3 * quarter) if number else None


def _quarters(match: re.Match[str], default: int | None) -> Period | None:
    number = _year_in(match, default)
    count = _number(match["n"])
    return months(number, 1, 3 * count) if number and 1 <= count <= 4 else None


def _half(match: re.Match[str], default: int | None) -> Period | None:
    number = _year_in(match, default)
    first = 7 if match["h"] in {"second", "last", "cuoi", "2"} else 1
    return months(number, first, first + 5) if number else None


def _first_half(match: re.Match[str], _default: int | None) -> Period | None:
    """ "By mid-2024": the state after its first half."""
    return months(int(match["y"]), 1, 6)


def _months_of(match: re.Match[str], default: int | None) -> Period | None:
    number = _year_in(match, default)
    count = _number(match["n"])
    if number is None or not 1 <= count <= 12:
        return None
    if match.groupdict().get("w") in {"last", "cuoi"}:
        return months(number, 13 - count, 12)
    return months(number, 1, count)


def _month_range(match: re.Match[str], default: int | None) -> Period | None:
    """ "January to June 2024", "tháng 1-6/2024": within one year only."""
    number = _year_in(match, default)
    first, last = (_month_number(match[name]) for name in ("m1", "m2"))
    return months(number, first, last) if number and first < last else None


def _range(match: re.Match[str], _default: int | None) -> Period | None:
    return years(int(match["y1"]), int(match["y2"]))


def _season(match: re.Match[str], _default: int | None) -> Period | None:
    first, second = int(match["y1"]), int(match["y2"])
    if second < 100:  # "2023/24"
        second += first // 100 * 100
    return years(first, second) if second == first + 1 else None


def _year_only(match: re.Match[str], _default: int | None) -> Period | None:
    return year(int(match["y"]))


def _this_year(_match: re.Match[str], default: int | None) -> Period | None:
    return year(default) if default else None


def _last_year(match: re.Match[str], default: int | None) -> Period | None:
    """The year written ("the same period of 2022"), else the one before."""
    written = _year_in(match, None)
    if written:
        return year(written)
    return year(default - 1) if default else None


def _next_year(_match: re.Match[str], default: int | None) -> Period | None:
    return year(default + 1) if default else None


_Y = rf"(?:\s*,?\s*(?:of|in|nam|/|-)?\s*(?P<y>{_YEAR}))"
# Behind a number that may be no year: "2024 people".
_COUNTED = r"people|nguoi|dong\b|ha\b|luot\b|ho so\b|cases\b|records\b"
# In order: the first pattern that covers a stretch of text has it.
_PATTERNS: list[tuple[re.Pattern[str], Reader]] = [
    (re.compile(pattern), reader)
    for pattern, reader in (
        (
            rf"\b(?P<m1>{_MONTH})\s*(?:-|–|—|to|and|through|until)\s*(?P<m2>{_MONTH})"
            rf"(?:{_Y}|\b)(?!\s*\d)",
            _month_range,
        ),
        (
            rf"\bthang\s+(?P<m1>{_NUM_MONTH})\s*(?:-|–|—|den|toi)\s*(?:het\s+)?"
            rf"(?:thang\s+)?(?P<m2>{_NUM_MONTH})(?:\s*(?:/|-|nam|,)?\s*(?P<y>{_YEAR}))\b",
            _month_range,
        ),
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
        (
            rf"\b(?:ngay|sang|chieu|trua|toi|hom|dip)\s+(?P<d>{_DAY})\s*[/-]\s*"
            rf"(?P<m>{_NUM_MONTH})\b(?!/)",
            _day_of,
        ),
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
            rf"\b(?P<w>first|last|initial)\s+(?P<n>{_COUNT})\s+months(?:{_Y}|\b"
            # … of a year; not "of operation"
            r"(?!\s+of\s+(?!(?:the\s+|this\s+|last\s+|next\s+)?(?:\w+\s+)?year|\d)))",
            _months_of,
        ),
        (rf"\b(?P<n>{_COUNT})\s+months{_Y}\b", _months_of),
        (
            rf"\b(?P<n>{_COUNT})\s+thang\s+(?P<w>dau|cuoi)(?:\s+nam)?"
            rf"(?:\s*(?P<y>{_YEAR}))?\b(?!\s+(?:ap dung|thuc hien|trien khai|van hanh"
            r"|hoat dong|thi diem))",
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
            rf"\bfirst\s+(?P<n>{_COUNT})\s+quarters(?:{_Y}|\b)",
            _quarters,
        ),
        (
            rf"\b(?P<n>{_COUNT})\s+quy\s+dau(?:\s+nam)?(?:\s+(?P<y>{_YEAR}))?\b",
            _quarters,
        ),
        (rf"\bh(?P<h>[12])(?:{_Y}|\b)", _half),
        (
            rf"\b(?P<h>first|second|last)\s+half(?:\s+of(?:\s+the\s+year)?)?(?:{_Y}|\b)",
            _half,
        ),
        (
            rf"\bnua\s+(?P<h>dau|cuoi)\s+nam(?:\s+(?P<y>{_YEAR}))?\b",
            _half,
        ),
        (rf"\bnua\s+(?P<h>dau|cuoi)\s+(?P<y>{_YEAR})\b", _half),
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
        (rf"(?<![\d/.,-])(?P<m>{_NUM_MONTH})/(?P<y>{_YEAR})\b(?!/)", _month_of),
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
            rf"(?<![\w.,/-])(?P<y1>{_YEAR})/(?P<y2>{_YEAR})\b(?!/)",
            _season,
        ),
        (
            r"(?<![\w.,/-])(?P<y1>20[0-6]\d)[/–-](?P<y2>[0-6]\d)\b(?![/.,-]?\d|\s*%)",
            _season,
        ),
        (
            rf"\b(?:mid-|middle\s+of\s+|giua\s+(?:nam\s+)?)(?P<y>{_YEAR})\b"
            # "giữa năm 2022 và năm 2023" is between them
            r"(?!\s+(?:va|voi|and)\b)",
            _first_half,
        ),
        (
            r"\b(?:(?:the\s+)?same\s+period\s+(?:(?:of|in)\s+)?(?:the\s+year\s+)?"
            rf"|cung\s+ky\s+(?:nam\s+)?)(?P<y>{_YEAR})\b",
            _last_year,
        ),
        (
            rf"(?:(?<![\w.,/$€-])|\bfy|(?<=\bend-)|(?<=\blate-)|(?<=\bearly-))(?P<y>{_YEAR})(?![\w%]|[.,/-]\d|/[a-z]|\s*(?:%"
            r"|million|billion|trieu\b(?!\s+(?i:tap))|ty\b(?!\s+(?i:le|trong|suat|gia))|usd|vnd|tan\b|tons?\b"
            rf"|km\b|mw\b|{_COUNTED}))",
            _year_only,
        ),
        # "năm 2022 người dân nộp …": behind "year" it is one, whatever follows.
        (
            rf"\b(?:nam|year|in|during)\s+(?P<y>{_YEAR})(?=\s+(?:{_COUNTED}))",
            _year_only,
        ),
        (r"\b(?:this\s+year|nam\s+nay|the\s+current\s+year)\b", _this_year),
        (
            r"\b(?:(?<=by\sthe\s)end\s+of\s+the\s+year|(?<=by\s)year[- ]end"
            r"|(?<=\bden\s)(?:cuoi|het)\s+nam(?!\s+(?:\d|truoc|ngoai|sau|toi|hoc)))\b",
            _this_year,
        ),
        (
            r"\b(?:(?:the\s+)?same\s+(?:period|quarter|date|months?|time)\s+(?:of\s+)?"
            r"(?:the\s+)?(?:last|previous|preceding)\s+year|last\s+year"
            r"|(?:the\s+)?(?:previous|preceding)\s+year|a\s+year\s+(?:ago|earlier|before)"
            r"|nam\s+ngoai|nam\s+lien\s+truoc|nam\s+truoc(?:\s+do)?"
            r"|cung\s+ky(?:\s+nam\s+(?:truoc|ngoai))?"
            r"|(?:the\s+)?same\s+period|the\s+year\s+before)\b",
            _last_year,
        ),
        (r"\b(?:next\s+year|nam\s+toi|nam\s+sau)\b", _next_year),
    )
]

_COMPARED = re.compile(
    r"(?:(?:compared|in\s+comparison)\s+(?:to|with)|as\s+against|against|versus|vs\.?|relative\s+to|"
    r"(?:higher|lower|more|less|fewer|greater|better|faster)\s+than(?:\s+\w+){0,3}|"
    r"(?:cao|thap|nhieu|it|lon|nhanh|cham|tot)\s+hon|"
    r"than(?:\s+the)?|so\s+voi|\d\s*lan|gap\s+doi|"
    r"(?:twice|double|triple|half)(?:\s+(?:the|that|number|figure|level|amount|rate|of|in)\b)+|(?:times|respectively)"
    r"(?:\s+(?:the|that|value|number|figure|level|amount|of|in|over)\b)*|over\s+the"
    r"|(?:up|down|unchanged)\s+from|the\s+same\s+as(?:\s+in)?"
    # "compared to 80.08% in 2022", "giảm so với 24,3% của năm 2022"
    r"|(?:%|percent|per\s+cent|points?)\s+(?:on|over|from)(?:\s+the)?"
    r"|(?:compared\s+(?:to|with)|as\s+opposed\s+to|against|versus|so\s+voi|from|tu"
    r"|(?<!more\s)(?<!less\s)(?<!fewer\s)than)\s+(?:[^\W\d]+\s+){0,2}"
    r"[^\W\d]{0,4}[$€£]?\d[\d.,]*%?(?:\s+(?:hours?|gio)\s+\d+)?"
    r"(?:\s+(?!(?:to|len|den|xuong|and|va)\b)[^\W\d]+){0,3}?(?:\s+(?:of|in|cua|trong|vao))?)"
    r"[\s,(]*(?:(?:that\s+)?(?:in|of|the|with|by)\s+|(?:(?:the\s+)?end\s+of\s+)"
    r"|(?:the\s+)?(?<!over\sthe\s)(?:average|whole|entire|full)\s+"
    r"|(?:ca|toan|trung\s+binh)\s+"
    r"|(?:the\s+)?same\s+(?:date|day|time|point|period|months?|quarter)\s+"
    r"|(?:the\s+)?(?:school|academic|fiscal)\s+year\s+|(?:nam|nien)\s+(?:hoc|khoa)\s+"
    r"|cung\s+(?:ky|thoi\s+diem)\s+|cuoi\s+|nam\s+|thang\s+|quy\s+|(?:mua|vu)\s+)*$"
)
_BY = re.compile(
    r"(?:\bby|\buntil|\btill|\bbefore|\bno\s+later\s+than|\bup\s+to|\bden(?:\s+het)?"
    r"|\btruoc|\bden\s+nay|\btoi|\bas\s+of|\btinh\s+den(?:\s+het)?|\bto)"
    r"[\s,(]*(?:(?:the\s+)?(?:end|beginning|middle|close)\s+of\s+|the\s+|year\s+|"
    r"cuoi\s+|het\s+|dau\s+|giua\s+|nam\s+|ngay\s+|thang\s+)*$"
)
_SINCE = re.compile(r"(?:\bsince|\bke\s+tu|\btu\s+(?:nam|thang|ngay)?|\bfrom)\s*$")
_GOAL = re.compile(r"(?:'s|’s)?\s+(?:targets?|goals?|quota)\b")
_REACH = 60  # characters before a mention that can say its role


def _role(folded: str, start: int, period: Period | None, text: str) -> Role:
    before = folded[max(0, start - _REACH) : start]
    if _GOAL.match(folded, start + len(text)):
        return "at"  # "compared with the 2025 target of 80,000": the goal's own year
    if _COMPARED.search(before) or re.search(r"\bsame |\bcung ky", text):
        day = period is not None and period.start == period.end
        # "12% on 2023" is a rise, "12% on 30 June" is not.
        return "at" if day and before.endswith(" on ") else "compared"
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
    folded = grammar_fold(text)
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
            if "m1" in match.groupdict() and role == "since":
                role = "range"  # "from January to June" has an end
            found.append(
                PeriodMention(start, end, text[start:end], period or None, role)
            )
    return sorted(found, key=lambda mention: mention.start)


def _is_word_may(match: re.Match[str], text: str) -> bool:
    """True for "may" and "march" as verbs, and "14 máy": machines, not May.

    Months are written with a capital and without marks.
    """
    month = match.groupdict().get("m") or ""
    if month.rstrip(".") not in {"may", "march", "mar"}:
        return False
    if not text[match.start("m") : match.end("m")].isascii():
        return True
    if match.groupdict().get("y") or match.groupdict().get("d"):
        return False
    return not text[match.start("m")].isupper()
