"""Which period a figure belongs to: its clause's, its sentence's, or one before."""

import re
from collections.abc import Sequence
from typing import TypeVar

from index.grammar.marks import grammar_fold
from index.grammar.periods import Period, PeriodMention, year
from index.grammar.places import PlaceMention
from index.grammar.quantity import Quantity
from ingest.clauses import RESPECTIVELY, Segment
from ingest.status import is_equivalent

Named = TypeVar("Named", PeriodMention, PlaceMention)

_LEANS = re.compile(
    r"\s*(?:(?!(?:than|over|on|against|from|to|with|compared|so|voi|by|and|or"
    r"|but|while|when|whereas|va|con|nhung|hoac|khi)\b)[^\W\d]+\s+){0,3}"
    r"(?:(?:in|of|for|cua|trong|vao|nam)\s+(?:the\s+)?)?"
)
# A deadline behind an intention is not when the figure before it was counted.
_INTENDS = re.compile(
    r"\b(?:intend\w*|aim\w*|expect\w*|plan(?:s|ned|ning)?|striv\w+|is to|are to|will"
    r"|must|should|shall|wants?|requir\w+|request\w*|goal|target|to be \w+ed"
    r"|phan dau|du kien|se|phai|muc tieu|yeu cau|de nghi|chuyen (?i:sang)"
    r"|(?:carried|moved|put)\s+(?:over|off))\b"
)
# The year that a goal is set for is the goal's: "the target set for 2025".
_SET_FOR = re.compile(
    r"\b(?:dat ra|de ra|muc tieu|chi tieu|ke hoach|targets?|goals?|plan(?:ned)?"
    r"|set)\b(?:\s+(?:cho|for|by|of|in|den|trong|cua|the|end|het|cuoi))*"
    r"\s+(?:nam\s+|giai doan\s+|(?:the\s+)?period\s+)?$"
)
# What stands behind these is told of something else.
_TURNS = re.compile(
    r"\b(?:than|against|compared|versus|opposed|from|while|whereas|so voi|cao hon"
    r"|thap hon|hon muc|nhieu hon|it hon|trong khi|thay cho|instead of|after \w+ing"
    r"|sau khi)\b"
)
_SEASON = re.compile(
    r"\b(?:school|academic|fiscal|crop|financial)[- ]years?\b|\bseasons?\b"
    r"|\bnam hoc\b|\bnien (?:hoc|khoa|vu)\b|\bvu mua\b"
)
# What stands between a period held against and its own value.
_RESTATED = re.compile(r"\s*\((?:[^\W\d]+\s+){0,4}|\s*,\s*(?:when|khi)\b[^;]*")


def period_of(
    segment: Segment,
    all_segments: Sequence[Segment],
    mentions: Sequence[PeriodMention],
    sentence: str,
    *,
    compared: bool,
    aimed: bool,
) -> Period | None:
    """The period that the sentence itself gives to a segment's figure, or None.

    mentions: those of the sentence that `usable` left.
    compared: the figure is an earlier value, so "compared to 2023" is its period.
    aimed: it is a goal, so a deadline behind it is its period.
    """
    if match := paired(segment, all_segments, mentions, sentence):
        return match.period
    equivalent = is_equivalent(segment.quantity, sentence)
    measured = equivalent or _is_measured(segment.quantity)
    leant_on = right_behind(segment, mentions, sentence)
    if leant_on and not (equivalent or (measured and leant_on.role == "compared")):
        return leant_on.period
    own = [m for m in mentions if segment.start <= m.start < segment.end]
    at = segment.quantity.start
    if compared:
        behind = [m for m in mentions if m.start >= segment.start]
        return behind[0].period if behind else None
    folded = grammar_fold(sentence)
    own = [
        m
        for m in own
        if m.role != "compared" and (aimed or not _INTENDS.search(folded, at, m.start))
    ]
    if equivalent:
        own = [m for m in own if m.start < at]
        mentions = [m for m in mentions if m.start < at]
    if own:
        return _nearest([m for m in own if not _aside(folded, m, at)] or own, at).period
    led = _led_to(segment, mentions, sentence)
    if led and not measured:
        return led.period
    stated = [m for m in mentions if m.role != "compared"]
    in_clause = [m for m in stated if segment.clause[0] <= m.start < segment.clause[1]]
    before = [m for m in in_clause if m.start < at]
    if before:
        return before[-1].period
    if _NOW.search(folded, segment.clause[0], at):
        return None  # "…; at present only 138 stations have it": the report's own time
    earlier = [m for m in stated if m.start < segment.clause[0]]
    if earlier and _OF_WHICH.match(folded, segment.clause[0]):
        return earlier[-1].period
    opening = [m for m in stated if m.start < all_segments[0].quantity.start]
    if opening:
        return opening[-1].period
    earlier = [
        m for m in stated
        if m.start < min(at, all_segments[0].end)
        and not is_set_for(sentence, m)
    ]  # fmt: skip
    if earlier:
        return earlier[-1].period
    later = [
        m
        for m in in_clause
        if not _INTENDS.search(folded, at, m.start)
        and (aimed or not is_set_for(sentence, m))
        and not _TURNS.search(folded, at, m.start)
        and trails(m, all_segments)
    ]
    return later[0].period if len({m.period for m in later}) == 1 else None


_NOW = re.compile(r"\b(?:at present|currently|den nay|hien (?:nay|co|tai|dang|van))\b")
_OF_WHICH = re.compile(r"\W*(?:(?:of|in|among) which|of them|trong (?:do|so do))\b")


def _is_measured(quantity: Quantity) -> bool:
    """ "1.6 times the first half of 2023", "11 points above 2023"."""
    return quantity.unit == "points" or quantity.kind == "multiple"


def _led_to(
    segment: Segment, mentions: Sequence[PeriodMention], sentence: str
) -> PeriodMention | None:
    """ "… while in the same period of 2024 it was 236,000": that period's own value."""
    folded = grammar_fold(sentence)
    at = segment.quantity.told_from
    for mention in reversed(mentions):
        if segment.start <= mention.start < at and mention.role == "compared":
            between = folded[mention.end : at].rstrip() + " "
            return mention if _WAS.fullmatch(between) else None
    return None


_WAS = re.compile(
    r"[\s,]*(?:(?:it|this|the|that|figure|number|rate|con so|ty le|so|nay|do)\s+){0,3}"
    r"(?:was|were|is|stood at|reached|la|dat|chi|moi|co)"
    r"\s+(?:(?:only|chi|moi|dat|la)\s+)*"
)


def is_set_for(sentence: str, mention: PeriodMention) -> bool:
    """True for the year of a goal: "the target set for 2025", "mục tiêu năm 2025"."""
    return _SET_FOR.search(grammar_fold(sentence)[: mention.start][-60:]) is not None


def trails(mention: PeriodMention | PlaceMention, segments: Sequence[Segment]) -> bool:
    """True unless another figure follows that the mention belongs to."""
    hosts = [s for s in segments if s.start <= mention.start < s.end]
    return all(host.quantity.end <= mention.start for host in hosts)


def right_behind(
    segment: Segment, mentions: Sequence[PeriodMention], sentence: str
) -> PeriodMention | None:
    """The mention that a figure leans on: "93.4% a year earlier", "43% of 2019"."""
    folded, end = grammar_fold(sentence), segment.quantity.end
    for mention in mentions:
        if mention.start >= end:
            return mention if _LEANS.fullmatch(folded, end, mention.start) else None
    return None


def _aside(folded: str, mention: PeriodMention, at: int) -> bool:
    """ "…, which was launched in March, had 12,480": told of by the way."""
    opened = _BY_THE_WAY.search(folded, 0, mention.start)
    return opened is not None and 0 <= folded.find(",", mention.end) < at


_BY_THE_WAY = re.compile(r",\s*(?:which|who|whose|where)\b")


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


def behind_compared(
    held: Period | None, mentions: Sequence[PeriodMention]
) -> Period | None:
    """*held*, or the year before it where the sentence compares with one yet earlier.

    "42.5%, unchanged from 2023", told in January 2025, is of 2024.
    """
    compared = {
        m.period.end.year for m in mentions if m.role == "compared" and m.period
    }
    if held is None or len(compared) != 1 or held.start.year != held.end.year:
        return held
    (base,) = compared
    return year(base + 1) if held.end.year == base + 2 else held


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
    cue = RESPECTIVELY.search(grammar_fold(sentence))
    if not cue:
        return None
    same = [s for s in all_segments if s.clause == segment.clause]
    listed = [s for s in same if s.quantity.start < cue.start()]
    behind = [s for s in same if s.quantity.start > cue.start()]
    # "It was 78.9%, while in 2022 and 2023 it was 52.7% and 66.0%": the last two.
    runs = [(listed[:at], listed[at:]) for at in range(len(listed) - 1)]
    # "Năm 2024 là 81%, còn năm 2021 và 2022 lần lượt là 52,7% và 66%".
    runs.append((listed, behind))
    for earlier, run in runs:
        if len(run) < 2:
            continue
        since = earlier[-1].quantity.end if earlier else segment.clause[0]
        before = [n for n in named if since <= n.start < run[0].quantity.start]
        if len(run) <= len(before):
            return before[-len(run) :][run.index(segment)] if segment in run else None
    return None


def split_range(
    period: Period | None, sentence: str, *, earlier: bool
) -> Period | None:
    """The first year's value or the last's: "from 3% to 13.5% in 2022-2024".

    A school year or a season of two years is one.
    """
    if period is None or period.start.year == period.end.year:
        return period
    if _SEASON.search(grammar_fold(sentence)):
        return period
    return year(period.start.year if earlier else period.end.year)
