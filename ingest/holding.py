"""Which time holds at a point of a report, as its sentences go by."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from index.grammar.marks import grammar_fold
from index.grammar.periods import (
    Period,
    PeriodMention,
    find_periods,
    parse_period,
    year,
)
from index.records import Report
from ingest.dating import is_set_for
from ingest.times import can_hold, is_day, is_part

_HEAD = 75  # characters in which a sentence says when
_PASSING = 2  # figures that a sentence can tell by the way
# The year of a ranking holds wherever the sentence names it.
_RANKING = re.compile(r"\b(?:rank\w*|index|xep hang|chi so(?! [\d%]))\b")
_TURNS_TO = re.compile(r"\b(?:while|whereas|but|trong khi|con|nhung)\b")
_THIS_RATE = re.compile(
    r"\b(?:ty le|con so|muc|chi so) (?:nay|do)\b"
    r"|\bth(?:is|e) (?:rate|figure|number|proportion|ratio|percentage)\b"
)
_FORESEES = re.compile(r"\b(?:forecast\w*|expected|projected|du bao|du kien)\b")
_YOUNG = 4  # months in which a year is compared only by what is planned


def time_of(report: Report) -> Period | None:
    """The time that the report speaks of: its period, else its year of issue."""
    if report.period:
        return parse_period(report.period)
    return year(int(report.published[:4])) if report.published else None


class TimeMemory:
    """The period that holds at a point of a report, and the day it speaks from."""

    def __init__(self, report: Report) -> None:
        self.now = time_of(report)
        self.today = date.fromisoformat(report.as_of) if report.as_of else None
        known = self.today or (self.now.end if self.now else None)
        self.year = known.year if known else None  # "this year"
        self.current = self.now  # what an undated figure here belongs to
        self.last: Period | None = None  # named last in the sentence before

    def turn(self, period: Period | None) -> None:
        """Come to a new paragraph; *period*: of the section or list, if it has one."""
        self.current = period or self.now

    @property
    def is_young(self) -> bool:
        """Has the year that the report is dated by hardly begun?"""
        today, now = self.today, self.now
        if today is None or now is None:
            return False
        return today.year == now.end.year and today.month <= _YOUNG

    def runs(self, period: Period | None) -> bool:
        """Is *period* not over on the day that the report speaks from?"""
        return bool(self.today and period and self.today < period.end)

    def still_open(self, period: Period | None) -> Period | None:
        """*period*, or the year of the report's day: no task is set for a year gone."""
        if self.today is None or period is None or self.today <= period.end:
            return period
        return year(self.today.year)

    def named(self, text: str) -> list[PeriodMention]:
        """The periods named; those without a year are the last ones over by now."""
        found = find_periods(text, self.year)
        if self.today is None or self.now is None or self.today <= self.now.end:
            return found
        before = {m.start: m for m in find_periods(text, self.today.year - 1)}
        return [self._over(mention, before) for mention in found]

    def _over(
        self, mention: PeriodMention, before: Mapping[int, PeriodMention]
    ) -> PeriodMention:
        """ "In the fourth quarter", said in April, is the last year's."""
        other = before.get(mention.start)
        if not (mention.period and other and other.period and self.today):
            return mention
        moved = other.period != mention.period and mention.period.start > self.today
        part = is_part(mention.period)
        ahead = mention.role == "by"
        return other if moved and part and not ahead else mention

    def remember(
        self,
        mentions: Sequence[PeriodMention],
        text: str,
        figures: int,
        *,
        opens: bool,
    ) -> None:
        """A period at the head of a sentence holds for the rest of the paragraph.

        figures: how many there are in the sentence.
        opens: it begins the paragraph; what a later one says of an earlier year, or
            foresees, is said by the way.
        """
        stated = [m for m in mentions if m.role != "compared" and not is_day(m)]
        self.last = stated[-1].period if stated else None
        period = self.last
        if period is None or len({m.period for m in stated}) != 1:
            return
        if not can_hold(period):
            return
        folded, start = grammar_fold(text), stated[0].start
        ranked = _RANKING.search(folded) is not None
        aside = is_set_for(text, stated[0]) or _TURNS_TO.search(folded, 0, start)
        if aside or (start > _HEAD and not ranked):
            return
        held, now = self.current, self.now
        back = bool(held and now and period.end < min(held.start, now.start))
        ahead = bool(now and period.start > now.end and _FORESEES.search(folded))
        passing = figures <= _PASSING or _THIS_RATE.search(folded)
        if opens or ranked or not ((back and passing) or ahead):
            self.current = period
