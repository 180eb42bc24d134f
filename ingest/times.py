"""The times that a sentence names, as it means them: "that year", "a year earlier"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.grammar.marks import grammar_fold
from index.grammar.period import year_before
from index.grammar.periods import Period, PeriodMention, Role, year, years

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
_YEAR_LATER = re.compile(r"\b(?:a|one) year later\b|\bmot nam sau\b(?! khi)")
_WHOLE_YEAR = re.compile(
    r"\b(?:the (?:whole|full|entire) year|ca nam)\b"
    r"(?! (?:of )?(?:nay|ngoai|truoc|hoc|\d))"
)
_YEARS_AFTER = re.compile(
    r"\b(?:the (?:following|subsequent|next|coming) years|(?:cac|nhung) nam"
    r" (?:tiep theo|sau do|tiep sau|ke tiep))\b"
)
_FOLLOW = 5  # years of a plan
_PART = 300  # days of a period that is no whole year
_LEAST = 27  # days of a period that the text below may speak of
_OPENS = re.compile(
    r"(?:^|[;.:]\s*|,\s*(?:and|while|whereas|but|va|con|trong khi)\s+)"
    r"(?:(?:in|during|trong|vao)\s+)?$"
)


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


def is_part(period: Period) -> bool:
    """True for less than a year."""
    return (period.end - period.start).days < _PART


def can_hold(period: Period) -> bool:
    """True for a month or more: what a section or the next sentences can be about."""
    return (period.end - period.start).days >= _LEAST


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
        elif _YEAR_LATER.fullmatch(words):
            after = year(stated[-1].end.year + 1) if stated else None
            found.append(replace(mention, period=after))
        elif _WHOLE_YEAR.fullmatch(words):
            if base and is_part(base):  # else it says nothing new
                found.append(replace(mention, period=year(base.end.year)))
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
    return _in_chain(found, sentence)


def _in_chain(mentions: list[PeriodMention], sentence: str) -> list[PeriodMention]:
    """The mentions, with all that a chain of comparisons is held against marked so.

    "… compared to 48.7% in 2023 and 31.4% in 2022".
    """
    folded = grammar_fold(sentence)
    found: list[PeriodMention] = []
    for mention in mentions:
        before = found[-1] if found else None
        chained = (
            before
            and before.role == "compared"
            and mention.role == "at"
            and _VALUE.search(folded, 0, before.start)
            and _AND_VALUE.fullmatch(folded, before.end, mention.start)
        )
        found.append(replace(mention, role="compared") if chained else mention)
    return found


_IN = r"(?:(?:in|at|by|of|from|the|end|nam|cuoi|cua|vao)\s+)*"
_VALUE = re.compile(rf"\d%?\s+(?:[^\W\d]+\s+){{0,2}}?{_IN}$")
_AND_VALUE = re.compile(
    rf"\s*(?:,|,?\s*(?:and|va))\s+\d[\d.,]*\s*(?:%|percent)?\s*(?:[^\W\d]+\s+)??{_IN}"
)


def _meant(sentence: str) -> list[PeriodMention]:
    """ "That year alone", "in the following years": told by what the text speaks of."""
    folded = grammar_fold(sentence)
    cues = (_THAT_YEAR, _YEAR_LATER, _WHOLE_YEAR, _YEARS_AFTER)
    matches = [match for cue in cues for match in cue.finditer(folded)]
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
