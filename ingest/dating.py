"""Which period a figure belongs to: its clause's, its sentence's, or one before."""

import re
from collections.abc import Sequence
from typing import TypeVar

from index.grammar.marks import grammar_fold
from index.grammar.periods import Period, PeriodMention, year
from index.grammar.places import PlaceMention
from ingest.clauses import Segment
from ingest.status import is_equivalent

Named = TypeVar("Named", PeriodMention, PlaceMention)

_RESPECTIVELY = re.compile(r"\b(?:respectively|lan luot|tuong ung)\b")
# Dates of documents and events are no one's period.
_NOT_OF_FIGURES = re.compile(
    r"(?:\bdated|\bissued\s+on|\bsigned\s+on|\bvision\s+to|\btam nhin(?:\s+den)?"
    r"|\b(?:decision|resolution|decree|circular|directive|plan|law|nghi quyet"
    r"|quyet dinh|nghi dinh|thong tu|chi thi|luat)\b[^.;,]{0,40}?"
    r"(?:\bof|\bdated|\bngay|\bon|\bin)?)"
    r"\s*(?:the\s+year\s+|nam\s+|ngay\s+)?$"
)
_ANNOUNCED = re.compile(
    r"\b(?:announced|published|released|cong bo)\s+(?:\w+\s+){0,2}$"
)
# What stands between a period held against and its own value.
_RESTATED = re.compile(r"\s*\((?:[^\W\d]+\s+){0,4}|\s*,\s*(?:when|khi)\b[^;]*")


def usable(mentions: Sequence[PeriodMention], sentence: str) -> list[PeriodMention]:
    """The mentions that can date a figure: known, and not a document's date."""
    folded = grammar_fold(sentence)
    return [
        m
        for m in mentions
        if m.period
        and not _NOT_OF_FIGURES.search(folded[max(0, m.start - 70) : m.start])
        and not _ANNOUNCED.search(folded[max(0, m.start - 30) : m.start])
    ]


def period_of(
    segment: Segment,
    all_segments: Sequence[Segment],
    mentions: Sequence[PeriodMention],
    sentence: str,
    *,
    compared: bool,
) -> Period | None:
    """The period that the sentence itself gives to a segment's figure, or None.

    mentions: those of the sentence that `usable` left.
    compared: the figure is an earlier value, so "compared to 2023" is its period.
    """
    if match := paired(segment, all_segments, mentions, sentence):
        return match.period
    own = [m for m in mentions if segment.start <= m.start < segment.end]
    at = segment.quantity.start
    if compared:
        behind = [m for m in mentions if m.start >= segment.start]
        return behind[0].period if behind else None
    own = [m for m in own if m.role != "compared"]
    if is_equivalent(segment.quantity, sentence):
        own = [m for m in own if m.start < at]
        mentions = [m for m in mentions if m.start < at]
    if own:
        return _nearest(own, at).period
    stated = [m for m in mentions if m.role != "compared"]
    in_clause = [m for m in stated if segment.clause[0] <= m.start < segment.clause[1]]
    before = [m for m in in_clause if m.start < at]
    if before:
        return before[-1].period
    opening = [m for m in stated if m.start < all_segments[0].quantity.start]
    if opening:
        return opening[-1].period
    earlier = [m for m in stated if m.start < at]
    if earlier:
        return earlier[-1].period
    distinct = {m.period for m in stated}
    return stated[0].period if len(distinct) == 1 else None


def _nearest(mentions: Sequence[PeriodMention], at: int) -> PeriodMention:
    return min(mentions, key=lambda m: min(abs(m.start - at), abs(m.end - at)))


def restated(
    segment: Segment, mentions: Sequence[PeriodMention], sentence: str
) -> Period | None:
    """The period held against, where the figure tells its value again, or None.

    "up 12% compared to 2023 (8.98 billion)", "… to 2022, when it reached 85%".
    """
    folded, at = grammar_fold(sentence), segment.quantity.start
    for mention in mentions:
        if mention.role == "compared" and _RESTATED.fullmatch(folded, mention.end, at):
            return mention.period
    return None


def paired(
    segment: Segment,
    all_segments: Sequence[Segment],
    named: Sequence[Named],
    sentence: str,
) -> Named | None:
    """The nth of *named* for the nth figure, where the sentence pairs them, or None.

    "in 2021 and 2022 is 11.91%, 14.26% respectively": figures before the cue, or
    after it ("lần lượt là 11,91%, 14,26%").
    """
    cue = _RESPECTIVELY.search(grammar_fold(sentence))
    if not cue:
        return None
    same = [s for s in all_segments if s.clause == segment.clause]
    listed = [s for s in same if s.quantity.start < cue.start()] or same
    before = [n for n in named if n.start < listed[0].quantity.start]
    if segment not in listed or not 2 <= len(listed) <= len(before):
        return None
    return before[-len(listed) :][listed.index(segment)]


def split_range(period: Period | None, *, earlier: bool) -> Period | None:
    """The first year's value or the last's: "from 3% to 13.5% in 2022-2024"."""
    if period is None or period.start.year == period.end.year:
        return period
    return year(period.start.year if earlier else period.end.year)
