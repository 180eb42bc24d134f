"""The figures of a table's cells: what each counts, when, where, in which unit.

In running text the words around a figure tell; in a table its headings do.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.grammar.marks import grammar_fold
from index.grammar.numbers import find_quantities, number_value
from index.grammar.periods import Period, find_periods
from index.grammar.places import NATION, find_places
from index.grammar.quantity import Quantity
from index.records import Figure, Kind, Language, Report, Sentence, Status
from ingest.celltext import is_band, is_nothing, is_period, mended, plain_figure
from ingest.headings import Entry, Row
from ingest.status import is_later


@dataclass(frozen=True, slots=True)
class Around:
    """What holds for a whole table: its report, and the words before it."""

    report: Report
    now: Period | None  # the time that the report speaks of
    before: str  # the paragraph that leads to the table, its caption
    signs: Mapping[int, str]  # column → the currency or "%" of some of its cells


def figures_of(
    row: Row, number: int, sentence: Sentence, around: Around
) -> list[Figure]:
    """The figures of one row, which is sentence *number* of the report."""
    found: list[Figure] = []
    for entry in row.entries:
        for quantity, whole in _quantities(entry, around.report.language):
            found.append(_figure(row, entry, quantity, whole, around))
        if not found or found[-1].start < entry.cell.start:
            found += _date(row, entry, around)
    return [
        replace(
            figure,
            sentence=number,
            clause_start=sentence.start,
            clause_end=sentence.end,
        )
        for figure in found
    ]


def signs(rows: Sequence[Row]) -> dict[int, str]:
    """The sign of each column that some of its cells bear: a currency, or "%".

    Often only the first row has the "$", or the first and the last the "%".
    """
    written: dict[int, list[str]] = {}
    for row in rows:
        for entry in row.entries:
            if plain_figure(entry.text):
                sign = _SIGN.search(entry.text)
                mark = _SIGNS[sign.group()] if sign else "%" * ("%" in entry.text)
                written.setdefault(entry.cell.column, []).append(mark)
    found: dict[int, str] = {}
    for column, marks in written.items():
        money = [mark for mark in marks if mark and mark != "%"]
        if money:
            found[column] = money[0]
        elif len(marks) > 2 and marks[0] == marks[-1] == "%":
            found[column] = "%"
    return found


# --- Value and unit -----------------------------------------------------------

_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₫": "VND"}
_SIGN = re.compile("[" + "".join(_SIGNS) + "]")
_DIGITS = re.compile(r"\d(?:[\d.,]|\s(?=\d{3}\b))*")
_LOSS = re.compile(r"^\W*[(\-−–]")
_SCALE = re.compile(
    r"\b(?:in |usd |us\$ ?|vnd |rmb |[$€£] ?)?(?P<billions>billions?|bn|ty)\b"
    r"|(?:\b|(?<=[$€£]))(?P<millions>millions?|mn|mln|m|trieu)\b"
    r"|(?P<thousands>\b(?:thousands?|nghin|ngan)\b|['’‘]?\b000s?\b(?!\s*\w*\d))"
    r"|(?P<hundreds>\btram\b)"
)
_SCALES = {"billions": 1e9, "millions": 1e6, "thousands": 1e3, "hundreds": 1e2}
_MONEY = (
    (re.compile(r"us\$|\$|\busd\b|\bdollars?\b|\bdo la\b"), "USD"),
    (re.compile(r"€|\beuros?\b|\beur\b"), "EUR"),
    (re.compile(r"£|\bgbp\b|\bsterling\b"), "GBP"),
    (re.compile(r"\bvnd\b|\bdong\b|₫"), "VND"),
    (re.compile(r"\brmb\b|\byuan\b|\bcny\b|\bnhan dan te\b"), "CNY"),
    (re.compile(r"¥|\byen\b|\bjpy\b"), "JPY"),
)
_SHARE = re.compile(
    r"%|\bper\s?cent(?:age)?\b|\bphan tram\b|\bty (?:le|trong)\b|\b(?:margin|rate)s?\b"
)
_POINTS = re.compile(r"\b(?:percentage points?|diem phan tram|diem %)")
_RANK = re.compile(
    r"\b(?:rank(?:ing|ed)?s?|xep (?:hang|thu)|thu (?:hang|tu)|hang (?:nam|quy)?|vi tri"
    r"|vi thu|position)\b"
)
# What is counted one by one whatever unit stands over the table.
_OWN_UNIT = re.compile(
    r"\b(?:per (?:share|unit|capita|person|\w+ share)|shares? price|number of"
    r"|headcount|employees|years?|days|months|ratio|times|so (?:luong|nguoi|ho|don vi)"
    r"|binh quan dau nguoi|stores|films|shares)\b"
)
_MEASURE = re.compile(r"\(([^()\d]{1,25})\)|,\s*([^,()\d]{1,15})$")
_UNITS = {
    "nguoi": "people", "persons": "people", "people": "people", "ha": "ha",
    "km": "km", "km2": "km2", "m2": "m2", "tan": "tons", "tons": "tons",
    "tonnes": "tons", "mw": "MW", "mwh": "MWh", "gwh": "GWh", "kwh": "kWh", "kg": "kg",
}  # fmt: skip


def _quantities(entry: Entry, language: Language) -> list[tuple[Quantity, bool]]:
    """The quantities of a cell; True beside one that makes up the whole cell."""
    text = entry.text
    plain = plain_figure(text)
    if is_nothing(text) or (plain is None and is_period(text)):
        return []
    if plain is None:
        return [(q, False) for q in find_quantities(text, language)]
    digits = _DIGITS.search(plain)
    if digits is None:
        return []
    value = number_value(re.sub(r"\s", "", digits.group()).rstrip(".,"), language)
    if _LOSS.match(_SIGN.sub("", plain)):
        value = -value
    at = text.index(plain)
    quantity = Quantity(at, at + len(plain), plain, "count", value, "")
    if "%" in plain:
        quantity = replace(quantity, kind="share", unit="%")
    elif sign := _SIGN.search(plain):
        quantity = replace(quantity, kind="money", unit=_SIGNS[sign.group()])
    return [(quantity, True)]


def _measured(
    quantity: Quantity, row: Row, entry: Entry, around: Around
) -> tuple[Kind, float, str]:
    """Kind, value and unit of a bare number, by its headings."""
    kind, value, unit = quantity.kind, quantity.value, quantity.unit
    if kind not in {"count", "money"}:
        return kind, value, unit
    near = grammar_fold(" ".join((row.label, row.unit)))
    over = grammar_fold(" ".join(entry.column))
    wide = grammar_fold(" ".join((*row.section, around.before)))
    if kind == "count" and (_RANK.search(near) or _RANK.search(over)):
        return "rank", value, "place"
    only_years = all(map(_names_only_a_period, entry.column))
    if kind == "count" and only_years and _RANK.search(wide) and value == int(value):
        return "rank", value, "place"  # "Rank of provinces" stands over the table
    if kind == "count":
        if _POINTS.search(near) or _POINTS.search(over):
            return "share", value, "points"
        sign = around.signs.get(entry.cell.column)
        if sign == "%" or _is_share(near, over):
            return "share", value, "%"
        unit = _measure(near) or _measure(over) or ""
        money = _currency(near, over, wide) or sign
        if money and not unit and not _OWN_UNIT.search(near):
            kind, unit = "money", money
    return kind, value * _scale(near, over, wide), unit


# Not that of a name: "6.50% Senior Notes".
_PERCENT = re.compile(r"(?<![\d.,])(?<!\d )%")


def _is_share(near: str, over: str) -> bool:
    if _PERCENT.search(over) or _PERCENT.search(near):
        return True
    if _currency(near) or _currency(over):
        return False
    return any(_SHARE.search(told) for told in (near, over))


def _currency(*told: str) -> str | None:
    for text in told:
        for pattern, code in _MONEY:
            if pattern.search(text):
                return code
    return None


def _measure(told: str) -> str | None:
    """The unit in brackets or behind a comma: "Dân số (nghìn người)"."""
    for found in _MEASURE.finditer(told):
        words = (found[1] or found[2]).split()
        if words and (unit := _UNITS.get(words[-1])):
            return unit
    last = told.split()[-1:] if told else []
    return _UNITS.get(last[0]) if last else None


def _scale(near: str, over: str, wide: str) -> float:
    """What a bare number is multiplied by: "in thousands", "tỷ đồng"."""
    factor = _scale_in(near) or _scale_in(over)
    if factor is None and not _OWN_UNIT.search(near):
        factor = _scale_in(wide)
    return factor or 1.0


def _scale_in(told: str) -> float | None:
    factor = 1.0
    found = list(_SCALE.finditer(told))
    names = {match.lastgroup for match in found}
    for name in names:
        factor *= _SCALES[name or ""]
    # "nghìn tỷ đồng" multiplies; two scales of different columns do not.
    return factor if found and (len(names) == 1 or "nghin ty" in told) else None


# --- What, when, where ----------------------------------------------------------

_TARGET = re.compile(
    r"\b(?:targets?|goals?|planned|budget(?:ed)?|quota|muc tieu|chi tieu"
    r"|ke hoach|du toan|phan dau|can dat)\b"
    # Not "Pension plan", nor "Plan assets".
    r"|^(?:the )?(?:annual |yearly )?plan(?: (?:for )?(?:fy)?\d{4}| for the year)?$"
)
_DONE = re.compile(
    r"\b(?:actual|achieved|result|reached|completed|ket qua|thuc hien|dat duoc|da dat"
    r"|thuc te|hoan thanh)\b"
)
_ESTIMATE = re.compile(r"\b(?:estimate[ds]?|forecast|projected|uoc|du kien|so bo)\b")
_CHANGE = re.compile(
    r"\b(?:change|chg|variance|increase|decrease|growth|movement|difference|yoy"
    r"|tang|giam|so voi|chenh lech|bien dong|toc do)\b"
)
_NOTE = re.compile(r"\s*\((?:in|unit|đơn vị|đvt)\b[^)]*\)", re.IGNORECASE)


def _figure(
    row: Row, entry: Entry, quantity: Quantity, whole: bool, around: Around
) -> Figure:
    kind, value, unit = (
        _measured(quantity, row, entry, around)
        if whole
        else (quantity.kind, quantity.value, quantity.unit)
    )
    period = _period(row, entry, around)
    start = entry.cell.start + quantity.start
    return Figure(
        sentence=0,
        start=start,
        end=entry.cell.start + quantity.end,
        raw=entry.text[quantity.start : quantity.end],
        kind=kind,
        value=value,
        unit=unit,
        subject=_subject(row, entry, "" if whole else entry.text, around.before),
        clause_start=0,
        clause_end=0,
        period=period.label if period else None,
        place=_place(row, entry, around),
        status=_status(row, entry, later=_is_ahead(period, around)),
        hedge=quantity.hedge,
        value_to=quantity.value_to,
    )


_TITLE = 120  # characters of a title that says what all cells count


def _subject(row: Row, entry: Entry, own: str, before: str) -> str:
    """What a cell counts: its row's heading, those above the row, its column's.

    Where columns only say when, the title over the table says what.
    """
    over = [text for text in entry.column if not _names_only_a_period(text)]
    title = before if not over and len(before) <= _TITLE else ""
    parts = dict.fromkeys((row.label, *row.section[-2:], *over, own, title))
    told = (_NOTE.sub("", part).strip(" :") for part in parts)
    return ", ".join(part for part in told if part)


_AROUND_PERIODS = frozenset(
    """
    year years ended ending end fiscal financial fy the for as of at in to and quarter
    quarters month months period full twelve nine six three weeks days restated audited
    unaudited năm tháng quý kỳ tính đến hết ngày tại thời điểm
    """.split()
)


def _names_only_a_period(heading: str) -> bool:
    """True for "Year ended June 30, 2019", not for "Kết quả 2024"."""
    told = mended(heading)
    for mention in reversed(find_periods(told, 2000)):
        told = told[: mention.start] + told[mention.end :]
    if is_band(told):
        return False  # "91–180"
    return set(re.findall(r"[^\W\d_]+", told.lower())) <= _AROUND_PERIODS


def _period(row: Row, entry: Entry, around: Around) -> Period | None:
    """The period of the nearest heading that names one, else of the report."""
    year = around.now.end.year if around.now else None
    over = mended(" ".join(entry.column))
    for told in (over, mended(row.label), *reversed(row.section), around.before):
        named = find_periods(told, _year_around(row, entry, around) or year)
        found = list(dict.fromkeys(m.period for m in named if m.period))
        if len(found) == 1:
            return found[0]
        if found and told is over:
            return _latest(found)
    return around.now


def _latest(found: Sequence[Period]) -> Period:
    """Of "6 months to June 2019, 2019" the shortest; of "2019 vs 2018" the later."""
    inner = [p for p in found if all(q.contains(p) for q in found)]
    return inner[0] if inner else max(found, key=lambda p: (p.end, p.start))


def _year_around(row: Row, entry: Entry, around: Around) -> int | None:
    """The year that the headings above give to a bare "Quý I" or "Tháng 3"."""
    for told in (*map(mended, entry.column), *reversed(row.section), around.before):
        years = {m.period.end.year for m in find_periods(told) if m.period}
        if len(years) == 1:
            return years.pop()
    return None


_HOME = {"province", "local", "nation", "abroad", "region"}


def _place(row: Row, entry: Entry, around: Around) -> str:
    for told in (row.label, *reversed(entry.column), *reversed(row.section)):
        names = {m.name for m in find_places(told) if m.level in _HOME}
        if len(names) == 1:
            return names.pop()
    named = {m.name for m in find_places(around.before) if m.level == "province"}
    if len(named) == 1 and around.report.place is None:
        return named.pop()
    return around.report.place or NATION


def _status(row: Row, entry: Entry, *, later: bool) -> Status:
    """Achieved or not, by the nearest heading that says so."""
    for told in (*reversed(entry.column), row.label, *reversed(row.section)):
        folded = grammar_fold(told)
        if _DONE.search(folded) and not _ESTIMATE.search(folded):
            return "achieved"
        if told in entry.column and _CHANGE.search(folded):
            return "change"
        if _TARGET.search(folded):
            return "target"
        if _ESTIMATE.search(folded):
            return "target" if later else "estimate"
    return "target" if later else "achieved"


def _is_ahead(period: Period | None, around: Around) -> bool:
    """Does it lie after the time that the report speaks of?

    Where no date of publication is stated that time is read off the text, and
    the newest column of a table may well be one year newer.
    """
    if not is_later(period, around.now):
        return False
    told = around.report.published
    if period is None or around.now is None:
        return False
    return bool(told) or period.end.year > around.now.end.year + 1


def _date(row: Row, entry: Entry, around: Around) -> list[Figure]:
    """The dates of a cell ("31/12/2025" under "Deadline")."""
    year = around.now.end.year if around.now else None
    return [
        Figure(
            sentence=0,
            start=entry.cell.start + mention.start,
            end=entry.cell.start + mention.end,
            raw=mention.text,
            kind="date",
            value=None,
            unit=mention.role,
            subject=_subject(row, entry, entry.text, ""),
            clause_start=0,
            clause_end=0,
            period=mention.period.label if mention.period else None,
            place=_place(row, entry, around),
            status="achieved",
        )
        for mention in find_periods(entry.text, year)
    ]
