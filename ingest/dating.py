"""Which period a figure belongs to: its clause's, its sentence's, or one before."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from index.grammar.marks import grammar_fold
from index.grammar.period import year_before
from index.grammar.periods import Period, PeriodMention, Role, year, years
from index.grammar.places import PlaceMention
from ingest.clauses import RESPECTIVELY, Segment
from ingest.status import is_equivalent

Named = TypeVar("Named", PeriodMention, PlaceMention)

# Dates of documents and events are no one's period.
_NOT_OF_FIGURES = re.compile(
    r"(?:\bdated|\bissued\s+on|\bsigned\s+on|\bvision\s+to|\btam nhin(?:\s+den)?"
    r"|\b(?:decision|resolution|decree|circular|directive|plan(?!\s+for\b)|law"
    r"|nghi quyet|quyet dinh|nghi dinh|thong tu|chi thi|luat)\b"
    r"(?:(?!\b(?:sets?|aims?|requires?|targets?|dat|yeu cau|giao|la)\b|%)[^.;,]){0,40}?"
    r"(?:\bof|\bdated|\bngay|\bon|\bin)?)"
    r"\s*(?:the\s+year\s+|nam\s+|ngay\s+)?$"
)
_ANNOUNCED = re.compile(
    r"\b(?:announced|published|released|cong bo)\s+(?:\w+\s+){0,2}$"
)
# "…, the department said on 6 January 2025".
_SAID_ON = re.compile(
    r"\b(?:said|told|stated|reported|cho biet|thong bao)\s+(?:on\s+|ngay\s+)?$"
)
# "According to a report given at a dialogue on April 10": the day of the event.
_EVENT_ON = re.compile(
    r"\b(?:conference|meeting|session|ceremony|workshop|forum|dialogue|seminar|briefing"
    r"|interview|event|hoi nghi|hoi thao|phien hop|cuoc hop|buoi \w+|dien dan"
    r"|toa dam|doi thoai|hop bao|le \w+)\b"
    r"[^.;,]{0,60}(?:\bon|\bngay|\bheld|\bin|,)?\s*$"
)
_LEANS = re.compile(
    r"\s*(?:(?!(?:than|over|on|against|from|to|with|compared|so|voi|by|and|or"
    r"|but|while|when|whereas|va|con|nhung|hoac|khi)\b)[^\W\d]+\s+){0,2}"
    r"(?:(?:in|of|for|cua|trong|vao|nam)\s+(?:the\s+)?)?"
)
# A deadline behind an intention is not when the figure before it was counted.
_INTENDS = re.compile(
    r"\b(?:intend\w*|aim\w*|expect\w*|plan(?:s|ned|ning)?|striv\w+|is to|are to|will"
    r"|must|should|shall|wants?|requir\w+|request\w*|goal|target|to be \w+ed"
    r"|phan dau|du kien|se|phai|muc tieu|yeu cau|de nghi)\b"
)
# The year that a goal is set for is the goal's: "the target set for 2025".
_SET_FOR = re.compile(
    r"\b(?:dat ra|de ra|muc tieu|chi tieu|ke hoach|targets?|goals?|plan(?:ned)?"
    r"|set)\b(?:\s+(?:cho|for|by|of|in|den|trong|cua|the))*\s+(?:nam\s+)?$"
)
# What stands behind these is told of something else.
_TURNS = re.compile(
    r"\b(?:than|against|compared|versus|opposed|from|while|whereas|so voi|cao hon"
    r"|thap hon|hon muc|nhieu hon|it hon|trong khi|thay cho|instead of)\b"
)
# One year before the period that the sentence speaks of, whatever the report's.
_YEAR_BEFORE = re.compile(
    r"(?:the )?same (?:period|quarter|date|months?|time)"
    r"(?: (?:of )?(?:the )?(?:last|previous|preceding) year)?"
    r"|(?:the )?(?:previous|preceding) year|a year (?:earlier|before)|the year before"
    r"|cung ky(?: nam (?:truoc|ngoai))?|nam truoc(?: do)?|nam lien truoc"
)
_THAT_YEAR = re.compile(
    r"\b(?:that(?: same)? year|the same year|nam (?:do|ay)|cung nam(?! \d))\b"
)
_YEARS_AFTER = re.compile(
    r"\b(?:the (?:following|subsequent|next|coming) years|(?:cac|nhung) nam"
    r" (?:tiep theo|sau do|tiep sau|ke tiep))\b"
)
_FOLLOW = 5  # years of a plan
_OPENS = re.compile(
    r"(?:^|[;.:]\s*|,\s*(?:and|while|whereas|but|va|con|trong khi)\s+)"
    r"(?:(?:in|during|trong|vao)\s+)?$"
)
_SEASON = re.compile(
    r"\b(?:school|academic|fiscal|crop|financial)[- ]years?\b|\bseasons?\b"
    r"|\bnam hoc\b|\bnien (?:hoc|khoa|vu)\b|\bvu mua\b"
)
# What stands between a period held against and its own value.
_RESTATED = re.compile(r"\s*\((?:[^\W\d]+\s+){0,4}|\s*,\s*(?:when|khi)\b[^;]*")


def usable(mentions: Sequence[PeriodMention], sentence: str) -> list[PeriodMention]:
    """The mentions that can date a figure: known, and no event's or document's day."""
    folded = grammar_fold(sentence)
    return [
        m
        for m in told(mentions, sentence)
        if not (
            is_day(m)
            and (
                _EVENT_ON.search(folded, 0, m.start)
                or _SAID_ON.search(folded, 0, m.start)
            )
        )
        and not is_announced(sentence, m)
    ]


def told(mentions: Sequence[PeriodMention], sentence: str) -> list[PeriodMention]:
    """The mentions that are known, and not a document's date."""
    folded = grammar_fold(sentence)
    return [
        m
        for m in mentions
        if m.period
        and not _NOT_OF_FIGURES.search(folded[max(0, m.start - 70) : m.start])
    ]


def is_announced(sentence: str, mention: PeriodMention) -> bool:
    """True for the date on which something was made known."""
    return _ANNOUNCED.search(grammar_fold(sentence)[: mention.start][-30:]) is not None


def is_day(mention: PeriodMention) -> bool:
    """True for a single day."""
    return mention.period is not None and mention.period.start == mention.period.end


def settled(
    mentions: Sequence[PeriodMention],
    held: Period | None,
    sentence: str,
    last: Period | None = None,
) -> list[PeriodMention]:
    """The mentions with "a year earlier" counted from what the sentence speaks of.

    held: what the text around speaks of, for a sentence that names no period.
    last: what the sentence before named last, for "that year".
    """
    found: list[PeriodMention] = []
    for mention in sorted([*mentions, *_meant(sentence)], key=lambda m: m.start):
        words = grammar_fold(mention.text)
        stated = [m.period for m in found if m.role != "compared" and m.period]
        base = stated[-1] if stated else held
        if _THAT_YEAR.fullmatch(words):
            meant = stated[-1] if stated else last or held
            known = year(meant.end.year) if meant else None
            found.append(replace(mention, period=known))
        elif _YEARS_AFTER.fullmatch(words):
            known = years(base.end.year + 1, base.end.year + _FOLLOW) if base else None
            found.append(replace(mention, period=known))
        elif not _YEAR_BEFORE.fullmatch(words):
            found.append(mention)
        elif base and _is_that_period(sentence, mention):
            found.append(replace(mention, period=base, role="at"))
        else:
            known = year_before(base) if base else mention.period
            # "In the previous year Hue had led": its own time, none held against.
            opens = _OPENS.search(grammar_fold(sentence)[: mention.start])
            role: Role = "at" if opens else "compared"
            found.append(replace(mention, period=known, role=role))
    return found


def _meant(sentence: str) -> list[PeriodMention]:
    """ "That year alone", "in the following years": told by what the text speaks of."""
    folded = grammar_fold(sentence)
    matches = [*_THAT_YEAR.finditer(folded), *_YEARS_AFTER.finditer(folded)]
    return [
        PeriodMention(*m.span(), sentence[slice(*m.span())], None, "at")
        for m in matches
    ]


def _is_that_period(sentence: str, mention: PeriodMention) -> bool:
    """ "… and 642 were hired in the same period": the one spoken of, no year before."""
    folded = grammar_fold(sentence)
    bare = re.fullmatch(r"(?:the )?same period", grammar_fold(mention.text))
    return (
        bare is not None
        and _WITHIN.search(folded, 0, mention.start) is not None
        and not _HOLDS_AGAINST.search(folded, 0, mention.start)
    )


_WITHIN = re.compile(r"\b(?:in|during|within|for)\s+$")
_HOLDS_AGAINST = re.compile(
    r"\b(?:compared|than|versus|against|up|down|increas\w*|decreas\w*|grew|higher|lower)\b"
)


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
    if leant_on := _right_behind(segment, mentions, sentence):
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
    if is_equivalent(segment.quantity, sentence):
        own = [m for m in own if m.start < at]
        mentions = [m for m in mentions if m.start < at]
    if own:
        return _nearest([m for m in own if not _aside(folded, m, at)] or own, at).period
    if led := _led_to(segment, mentions, sentence):
        return led.period
    stated = [m for m in mentions if m.role != "compared"]
    in_clause = [m for m in stated if segment.clause[0] <= m.start < segment.clause[1]]
    before = [m for m in in_clause if m.start < at]
    if before:
        return before[-1].period
    opening = [m for m in stated if m.start < all_segments[0].quantity.start]
    if opening:
        return opening[-1].period
    earlier = [
        m for m in stated
        if m.start < min(at, all_segments[0].end)
        and not _SET_FOR.search(folded[: m.start][-60:])
    ]  # fmt: skip
    if earlier:
        return earlier[-1].period
    later = [
        m
        for m in in_clause
        if not _INTENDS.search(folded, at, m.start)
        and not _TURNS.search(folded, at, m.start)
        and trails(m, all_segments)
    ]
    return later[0].period if len({m.period for m in later}) == 1 else None


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


def trails(mention: PeriodMention | PlaceMention, segments: Sequence[Segment]) -> bool:
    """True unless another figure follows that the mention belongs to."""
    hosts = [s for s in segments if s.start <= mention.start < s.end]
    return all(host.quantity.end <= mention.start for host in hosts)


def _right_behind(
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
        since = earlier[-1].quantity.end if earlier else 0
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
