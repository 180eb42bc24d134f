"""The day a report speaks from, worked out where the text gives month and day.

Two reports on "2024" may be nine months apart; the later one is the news. The
day is for that order and for "as of April 2024" only: it is never shown as
the day of publication, which only the text or a side file can state.
"""

from collections.abc import Sequence
from datetime import date

from index.grammar.periods import Period, parse_period
from index.records import Figure, Report

_HEAD = 4  # sentences that tell of the event


def as_of(report: Report, figures: Sequence[Figure]) -> str | None:
    """The ISO day of the event that *report* tells of, or None.

    The first day named in its head, in the year that the report speaks of, or
    in the next if it knows of something later in that year.
    """
    if report.published:
        return report.published
    day = _first_day(figures)
    if day is None:
        return None
    if not report.period:
        return day.isoformat()
    spoken = parse_period(report.period)
    if day.year == spoken.end.year and _knows_later(day, spoken, figures):
        day = _next_year(day)
    return day.isoformat()


def _first_day(figures: Sequence[Figure]) -> date | None:
    for figure in figures:
        if figure.sentence >= _HEAD:
            return None
        if figure.kind == "date" and figure.period and len(figure.period) == 10:
            return date.fromisoformat(figure.period)
    return None


def _knows_later(day: date, spoken: Period, figures: Sequence[Figure]) -> bool:
    """True if a result is dated in the year spoken of, but after *day*."""
    for figure in figures:
        if figure.period is None or figure.status == "target" or figure.unit == "by":
            continue
        period = parse_period(figure.period)
        precise = (period.end - period.start).days < 32
        if precise and spoken.contains(period) and period.start > day:
            return True
    return False


def _next_year(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return date(day.year + 1, 3, 1)
