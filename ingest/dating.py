"""Which period a figure belongs to: its clause's, its sentence's, or an earlier one's."""

import re
from collections.abc import Sequence

from index.grammar.periods import Period, PeriodMention, year
from index.grammar.words import fold_in_place
from ingest.clauses import Segment

_RESPECTIVELY = re.compile(r"\b(?:respectively|lan luot|tuong ung)\b")
# Dates of documents and events are no one's period.
_NOT_OF_FIGURES = re.compile(
    r"(?:\bdated|\bissued\s+on|\bsigned\s+on|\bvision\s+to|\btam nhin(?:\s+den)?"
    r"|\b(?:decision|resolution|decree|circular|directive|plan|law|nghi quyet|quyet dinh"
    r"|nghi dinh|thong tu|chi thi|luat)\b[^.;,]{0,40}?(?:\bof|\bdated|\bngay|\bon|\bin)?)"
    r"\s*(?:the\s+year\s+|nam\s+|ngay\s+)?$"
)
_ANNOUNCED = re.compile(
    r"\b(?:announced|published|released|cong bo)\s+(?:\w+\s+){0,2}$"
)


def usable(mentions: Sequence[PeriodMention], sentence: str) -> list[PeriodMention]:
    """The mentions that can date a figure: known, and not a document's date."""
    folded = fold_in_place(sentence)
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
    if paired := _paired(segment, all_segments, mentions, sentence):
        return paired
    own = [m for m in mentions if segment.start <= m.start < segment.end]
    at = segment.quantity.start
    if compared:
        behind = [m for m in mentions if m.start >= segment.start]
        return behind[0].period if behind else None
    own = [m for m in own if m.role != "compared"]
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


def _paired(
    segment: Segment,
    all_segments: Sequence[Segment],
    mentions: Sequence[PeriodMention],
    sentence: str,
) -> Period | None:
    """ "in 2021 and 2022 is 11.91%, 14.26% respectively": the nth of each."""
    cue = _RESPECTIVELY.search(fold_in_place(sentence))
    if not cue:
        return None
    same = [s for s in all_segments if s.clause == segment.clause]
    head = [s for s in same if s.quantity.start < cue.start()]
    if segment not in head:
        tail = [s for s in same if s.quantity.start > cue.end()]
        first_mention = [m for m in mentions if m.start > cue.end()]
        if head or segment not in tail or len(first_mention) < 0:
            return None
        head = tail
    before = [m for m in mentions if m.start < head[0].quantity.start] if head else []
    count = len(head)
    if count < 2 or len(before) < count:
        return None
    return before[-count:][head.index(segment)].period


def split_range(period: Period | None, *, earlier: bool) -> Period | None:
    """ "from 3% to 13.5% in 2022-2024": the first year's value, the last year's."""
    if period is None or period.start.year == period.end.year:
        return period
    return year(period.start.year if earlier else period.end.year)
