"""Does a reply say what the gold says? Numbers as numbers, words folded.

On purpose independent of `index/grammar`: a scorer that read numbers with the
same code as the assistant would not see that code's mistakes.

A text becomes a row of tokens: words (folded), quantities and dates. A reply
says the gold if the gold's tokens stand in it one after the other. So "52,8%"
says "52.80 percent", "145%" does not say "45%", and "25/12/2022" says
"December 25".
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

Reading = tuple[int | None, int | None, int | None]  # year, month, day


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit. Several values: "1.234" may be 1234 or 1.234."""

    values: frozenset[Decimal]
    unit: str = ""  # "%", "points", "USD", "VND", "EUR", "times" or ""
    to: frozenset[Decimal] | None = None  # upper end of a range: "8-10%"
    of: frozenset[Decimal] | None = None  # "62/63": out of how many


@dataclass(frozen=True, slots=True)
class Date:
    """A day, month or year. Several readings: "5/6/2024" may be May or June."""

    readings: frozenset[Reading]


Token = str | Quantity | Date


def says(reply: str, gold: str, *, apart: bool = False) -> bool:
    """Whether *gold* stands in *reply*, numbers as numbers and words folded.

    A gold range or ratio asks for the same range or ratio; a gold "62" is also
    met by "62/63", but "10%" is not met by "8-10%" nor "63" by "62/63", unless
    *apart* lets every number of a range or ratio stand for itself. A gold
    without unit is met by an amount of money. A gold date asks only for the
    parts it names. Words must be whole; spaces and hyphens do not count.
    """
    wanted = _gold_parts(gold)
    if not wanted:
        return False
    plain = all(isinstance(part, str) for part in wanted)
    row: Sequence[Token] = words(reply) if plain else tokens(reply)
    if apart:
        row = [*row, "", *(number for token in row for number in _numbers(token))]
    return any(_stands_at(row[i:], wanted) for i in range(len(row)))


def is_figure(gold: str) -> bool:
    """Whether *gold* is nothing but one number with its unit (hedges aside)."""
    parts = _gold_parts(gold)
    return len(parts) == 1 and isinstance(parts[0], Quantity)


def is_date(gold: str) -> bool:
    """Whether *gold* is nothing but one date or year."""
    parts = _gold_parts(gold)
    if len(parts) != 1 or isinstance(parts[0], str):
        return False
    bare_year = re.fullmatch(r"\s*(?:19|20)\d\d\s*", gold)
    return isinstance(parts[0], Date) or bare_year is not None


def fold(text: str) -> str:
    """Lower case without diacritics, đ as d: "Đạt 45 %" → "dat 45 %"."""
    decomposed = unicodedata.normalize("NFKD", text).casefold().replace("đ", "d")
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The folded runs of letters and digits in *text*."""
    return re.findall(r"[^\W_]+", fold(text))


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """*text* as words, quantities and dates, in order.

    Remembered, since every passage of a report is held against many golds.
    """
    folded = fold(text)
    found: list[Token] = []
    position = 0
    while position < len(folded):
        token, position = _token_at(folded, position)
        if token is not None:
            found.append(token)
    return tuple(found)


def _token_at(folded: str, position: int) -> tuple[Token | None, int]:
    """The token at *position* and where the next may begin."""
    for pattern, build in _GRAMMAR:
        match = pattern.match(folded, position)
        token = build(match) if match else None
        if match and token is not None:
            return token, match.end()
    return None, position + 1


def _gold_parts(gold: str) -> list[Token]:
    """Tokens of a gold string: words squeezed together, leading hedges left out."""
    row: Sequence[Token] = tokens(gold)
    first = next((i for i, t in enumerate(row) if not isinstance(t, str)), len(row))
    if first < len(row) and all(word in _HEDGES for word in row[:first]):
        row = row[first:]
    parts: list[Token] = []
    for token in row:
        if isinstance(token, str) and parts and isinstance(parts[-1], str):
            parts[-1] += token
        else:
            parts.append(token)
    return parts


def _stands_at(row: Sequence[Token], wanted: Sequence[Token]) -> bool:
    """Whether *row* begins with *wanted*."""
    i = 0
    for part in wanted:
        if isinstance(part, str):
            run = ""
            while i < len(row) and len(run) < len(part):
                token = row[i]
                if not isinstance(token, str):
                    return False
                run += token
                i += 1
            if run != part:
                return False
        elif i < len(row) and _same(part, row[i]):
            i += 1
        else:
            return False
    return True


def _same(gold: Quantity | Date, found: Token) -> bool:
    """Whether *found* gives at least what *gold* gives."""
    if isinstance(found, str):
        return False
    if isinstance(gold, Quantity) and isinstance(found, Quantity):
        return (
            gold.unit in ("", found.unit)
            and found.unit in (gold.unit, *_MONEY)
            and bool(gold.values & found.values)
            and _agree(gold.to, found.to)
            and (gold.of is None or _agree(gold.of, found.of))
        )
    return any(
        all(want in (None, have) for want, have in zip(wanted, given, strict=True))
        for wanted in _readings(gold)
        for given in _readings(found)
    )


def _numbers(token: Token) -> list[Quantity]:
    """The numbers of a range or ratio, each by itself."""
    if not isinstance(token, Quantity) or not (token.to or token.of):
        return []
    ends = [token.values, token.to, token.of]
    return [Quantity(values, token.unit) for values in ends if values]


def _agree(one: frozenset[Decimal] | None, other: frozenset[Decimal] | None) -> bool:
    if one is None or other is None:
        return one is other
    return bool(one & other)


def _readings(token: Quantity | Date) -> frozenset[Reading]:
    """A date's readings; a bare whole number may be a year, "25/12" a day."""
    if isinstance(token, Date):
        return token.readings
    if token.unit or token.to:
        return frozenset()
    numbers = [int(value) for value in token.values if value == int(value)]
    if token.of is None:
        return frozenset((n, None, None) for n in numbers if 1900 <= n <= 2100)
    others = [int(value) for value in token.of if value == int(value)]
    days = [(None, b, a) for a in numbers for b in others]
    return frozenset(day for day in days if day[2] > 0 and _possible(day))


# --- numbers -----------------------------------------------------------------

# Words of a gold that only hedge or announce its number: "over 45%", "thứ 71".
_HEDGES = frozenset(
    words(
        "over more than nearly almost about around approximately at least up to some "
        "rank ranked hơn trên gần khoảng xấp xỉ ít nhất tối thiểu đạt thứ hạng"
    )
)
_NUMBER_WORDS = {
    # "one" and "ten" are left out: a pronoun, and Vietnamese "tên" once folded.
    "two": Decimal(2),
    "three": Decimal(3),
    "four": Decimal(4),
    "five": Decimal(5),
    "six": Decimal(6),
    "seven": Decimal(7),
    "eight": Decimal(8),
    "nine": Decimal(9),
    "eleven": Decimal(11),
    "twelve": Decimal(12),
}
_MONEY = ("USD", "VND", "EUR")
_SCALES = {
    "thousand": 3,
    "nghin": 3,
    "ngan": 3,
    "million": 6,
    "mn": 6,
    "trieu": 6,
    "billion": 9,
    "bn": 9,
    "ty": 9,
    "ti": 9,
    "trillion": 12,
}
_UNITS = {
    "points": r"percentage\s+points?|diem\s+phan\s+tram|diem\s*%",
    "%": r"%|percent|per\s+cent|phan\s+tram",
    "USD": r"usd|us\s+dollars?|dollars?|do\s+la(?:\s+my)?|\$",
    "VND": r"vnd|vietnamese\s+dong|dong|d|₫",
    "EUR": r"eur|euros?|€",
    "times": r"times|lan|x|-?fold",
}
_END = r"(?:(?<=[%$₫€])|(?![^\W_]))"  # a word ends here, a sign may be followed
_NUM = rf"(?>\d+(?:[.,]\d+)*|(?:{'|'.join(_NUMBER_WORDS)})\b)"
_SCALE = rf"(?:{'|'.join(_SCALES)})(?![^\W_])"
_UNIT = f"(?:{'|'.join(_UNITS.values())})"
_CURRENCY = r"(?:us\$|\$|usd\b|vnd\b|eur\b|€|₫)"


def _amount(tag: str) -> str:
    """The pattern of a number, its scale words and its unit, groups ending in *tag*."""
    return (
        rf"(?P<num{tag}>{_NUM})(?:st|nd|rd|th)?"
        rf"(?:\s*(?P<scale{tag}>{_SCALE}(?:\s+{_SCALE})*))?"
        rf"(?:\s*(?P<unit{tag}>{_UNIT}){_END})?{_END}"
    )


_PREFIX = rf"(?:(?P<currency>{_CURRENCY})\s*)?(?P<sign>(?<!\w)[-−])?"
_DASH = r"\s*[-–—]\s*"
# "from 3 to 13.5%" is a change, not a range; "8 to 10%" is one.
_TO = r"\s+(?:to|den)\s+"
_SINGLE = re.compile(_PREFIX + _amount("1"))
_RANGE = re.compile(_PREFIX + _amount("1") + _DASH + _amount("2"))
_WORDED_RANGE = re.compile(
    rf"(?<!from\s)(?<!tu\s){_PREFIX}(?P<num1>{_NUM})(?P<scale1>)(?P<unit1>)"
    + _TO
    + _amount("2")
)
_RATIO = re.compile(
    rf"(?P<num>{_NUM})(?:st|nd|rd|th)?(?:\s+(?:place|position))?"
    r"(?:\s*/\s*|\s+(?:out\s+of|of(?:\s+the)?|tren(?:\s+tong\s+so)?|trong(?:\s+tong)?\s+so)\s+)"
    rf"(?P<of>{_NUM})(?!\s*(?:/|{_SCALE}|{_UNIT}{_END}))(?![^\W_])"
)


def _values(number: str, scale: str | None) -> frozenset[Decimal]:
    """What *number* may mean: decimal comma or point, thousands in either way."""
    if number in _NUMBER_WORDS:
        readings = {_NUMBER_WORDS[number]}
    else:
        readings = {Decimal(text) for text in _spellings(number)}
    power = sum(_SCALES[word] for word in (scale or "").split())
    return frozenset(value * 10**power for value in readings)


def _spellings(number: str) -> list[str]:
    """*number* with a decimal point and no thousands marks, in each reading."""
    marks = re.findall(r"[.,]", number)
    groups = re.split(r"[.,]", number)
    joined = "".join(groups)
    decimal = "".join(groups[:-1]) + "." + groups[-1]
    if not marks:
        return [number]
    if len(set(marks)) == 2 and marks[-1] not in marks[:-1]:
        return [decimal]  # 1,234.5 and 1.234,5
    thousands = all(len(g) == 3 for g in groups[1:]) and 1 <= len(groups[0]) <= 3
    if len(marks) > 1:
        return [joined] if thousands else []
    return [decimal, joined] if thousands and groups[0] != "0" else [decimal]


def _unit(words_of_unit: str | None, currency: str | None = None) -> str:
    text = words_of_unit or (currency or "").removeprefix("us") or ""
    text = "usd" if text == "d" and currency == "usd" else text
    return next((n for n, p in _UNITS.items() if re.fullmatch(p, text)), "")


def _single(match: re.Match[str]) -> Quantity | None:
    values = _values(match["num1"], match["scale1"])
    if match["sign"]:
        values = frozenset(-value for value in values)
    unit = _unit(match["unit1"], match["currency"])
    return Quantity(values, unit) if values else None


def _range(match: re.Match[str]) -> Quantity | None:
    """A range, if its ends can share a unit and the second is the larger."""
    unit = _unit(match["unit2"], match["currency"])
    if match["unit1"] and _unit(match["unit1"]) != unit:
        return None
    low = _values(match["num1"], match["scale1"] or match["scale2"])
    high = _values(match["num2"], match["scale2"])
    if match["sign"] or not low or not high or min(low) >= max(high):
        return None
    return Quantity(low, unit, to=high)


def _ratio(match: re.Match[str]) -> Quantity | None:
    values, of = _values(match["num"], None), _values(match["of"], None)
    return Quantity(values, of=of) if values and of else None


# --- dates -------------------------------------------------------------------

_MONTHS = words("jan feb mar apr may jun jul aug sep oct nov dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>\d{1,2})(?!\d)"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_NUMERIC_MONTH = r"(?P<month>\d{1,2})(?!\d)"
_SLASHED = re.compile(
    r"(?:ngay\s+)?(?P<a>\d{1,2})(?P<mark>[/.-])(?P<b>\d{1,2})(?P=mark)(?P<year>\d{4})(?!\d)"
)
_DATES = [
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}-{_NUMERIC_MONTH}-{_DAY}",
        rf"(?:ngay\s+)?{_DAY}\s+thang\s+{_NUMERIC_MONTH}(?:(?:\s+nam\s+|\s*/\s*|,?\s+){_YEAR})?",
        rf"ngay\s+{_DAY}\s*/\s*{_NUMERIC_MONTH}(?!/)",
        rf"thang\s+{_NUMERIC_MONTH}(?:(?:\s+nam\s+|\s*[/-]\s*){_YEAR})?",
        rf"{_MONTH}\s+(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\w)(?:,?\s+{_YEAR})?",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH}(?:,?\s+{_YEAR})?",
        rf"{_MONTH}(?:\s+of)?,?\s+{_YEAR}",
        rf"nam\s+{_YEAR}",
        rf"{_NUMERIC_MONTH}/{_YEAR}",
    )
]


def _date(match: re.Match[str]) -> Date | None:
    parts = match.groupdict()
    year, month, day = parts.get("year"), parts.get("month"), parts.get("day")
    number = None
    if month:
        number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
    reading = (int(year) if year else None, number, int(day) if day else None)
    return Date(frozenset({reading})) if _possible(reading) else None


def _slashed(match: re.Match[str]) -> Date | None:
    """Day first or month first, whichever is possible; both if both are."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["year"])
    readings = frozenset(r for r in ((year, b, a), (year, a, b)) if _possible(r))
    return Date(readings) if readings else None


def _possible(reading: Reading) -> bool:
    _, month, day = reading
    return (month is None or 1 <= month <= 12) and (day is None or 1 <= day <= 31)


_GRAMMAR: list[tuple[re.Pattern[str], Callable[[re.Match[str]], Token | None]]] = [
    (_SLASHED, _slashed),
    *((pattern, _date) for pattern in _DATES),
    (_RANGE, _range),
    (_WORDED_RANGE, _range),
    (_RATIO, _ratio),
    (_SINGLE, _single),
    (
        # "4G", and numbers that are none, such as "1.2.3", whole
        re.compile(r"\d+(?:[.,]\d+)*[^\W_]*|[^\W_]+"),
        lambda match: re.sub(r"[.,]", "", match[0]),
    ),
]
