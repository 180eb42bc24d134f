"""A stretch of whole days, and the label that records and answers carry.

Labels: "2024", "2024-Q1", "2024-H1", "2024-07", "2024-07-16", "2022/2024".
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache


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


def year_before(period: Period) -> Period:
    """The same stretch one year earlier: "the same period last year"."""
    last = period.end
    ends = period.start != last and last.day == _days(last)  # with its month
    before = _year_earlier(last)
    return Period(
        _year_earlier(period.start),
        before.replace(day=_days(before)) if ends else before,
    )


def _year_earlier(on: date) -> date:
    """The same day a year before; 28 for 29 February."""
    first = date(on.year - 1, on.month, 1)
    return first.replace(day=min(on.day, _days(first)))


def _days(on: date) -> int:
    """How many days the month has."""
    return monthrange(on.year, on.month)[1]


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


@lru_cache(maxsize=4_096)  # labels recur: each figure is held against each question
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
