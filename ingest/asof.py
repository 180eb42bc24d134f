"""The day a report speaks from, worked out where the text gives month and day.

Two reports on "2024" may be nine months apart; the later one is the news. "This
year" and "last year" are counted from it, and what lies before it is no plan. It
is never shown as the day of publication, which only the text or a side file can
state.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from index.grammar.periods import find_periods, parse_period, year
from index.grammar.words import fold_in_place
from index.records import Report
from ingest.times import is_announced, is_day, told
from ingest.years import (
    is_as_of,
    looks_ahead,
    opens_with_result,
    tells_of_event,
)

_HEAD = 4  # sentences that tell of the event
_HALF, _ENOUGH = 6, 2  # months of a year; sentences that sum it up
_YEAR = re.compile(r"(?:19|20)\d\d")
# A law's first day is no day on which anybody speaks.
_IN_FORCE = re.compile(
    r"\b(?:effect(?:ive)?|force|apply|applied|applies|since|hieu luc|ke tu|tu)\b"
    r"(?:\s+\w+){0,3}\s*$"
)


def as_of(report: Report, sentences: Sequence[str]) -> str | None:
    """The ISO day of the event that *report* tells of, or None.

    sentences: the report's content in order.

    The first day named in its head, of a meeting if one is told of. Where it is
    written without its year that is the year the report speaks of, or the next if
    a result of some later day is known.
    """
    if report.published:
        return report.published
    spoken = parse_period(report.period).end.year if report.period else None
    found = _day(sentences[:_HEAD], spoken)
    if found is None:
        return None
    day, sure = found
    later = (
        _knows_later(day, sentences)
        or _sums_up(day, sentences)
        or _ranks_the_year(day, sentences[:_HEAD])
    )
    if later and not sure:
        day = _next_year(day)
    return day.isoformat()


def _day(head: Sequence[str], spoken: int | None) -> tuple[date, bool] | None:
    """The day, and whether its year is written."""
    events = [text for text in head if tells_of_event(text)]
    for text in (*events, *head):
        folded = fold_in_place(text)
        for mention in told(find_periods(text, spoken), text):
            if is_day(mention) and not _IN_FORCE.search(folded, 0, mention.start):
                period = mention.period
                sure = bool(_YEAR.search(mention.text))
                return (period.start, sure) if period else None
    return None


def _knows_later(day: date, sentences: Sequence[str]) -> bool:
    """True if a result of some later day is told, within a year."""
    within = day + timedelta(days=366)
    for text in sentences:
        for mention in find_periods(text):
            period = mention.period
            if (
                period
                and (period.end - period.start).days < 32
                and day < period.start <= within
                and (mention.role != "by" or is_as_of(text, mention))
                and (is_announced(text, mention) or not looks_ahead(text, mention))
                and not _IN_FORCE.search(fold_in_place(text), 0, mention.start)
            ):
                return True
    return False


def _sums_up(day: date, sentences: Sequence[str]) -> bool:
    """True if results are told for the whole of a year that was hardly half over."""
    whole = [
        mention
        for text in sentences
        for mention in told(find_periods(text), text)
        if mention.period == year(day.year) and opens_with_result(text, mention)
    ]
    return day.month <= _HALF and len(whole) >= _ENOUGH


# "On April 17 … announced the index of 2023": when the year was over.
_MADE_KNOWN = re.compile(r"\b(?:announc\w+|publish\w*|releas\w+|cong bo)\b")
_INDEX = re.compile(r"\b(?:index|indices|ranking|chi so|xep hang)\b")


def _ranks_the_year(day: date, head: Sequence[str]) -> bool:
    """True if a ranking of the year is made known when it was hardly half over."""
    return day.month <= _HALF and any(
        mention.period == year(day.year) and not is_announced(text, mention)
        for text in head
        if _MADE_KNOWN.search(folded := fold_in_place(text)) and _INDEX.search(folded)
        for mention in told(find_periods(text), text)
    )


def _next_year(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return date(day.year + 1, 3, 1)
