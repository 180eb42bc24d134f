"""Hard constraints: does a figure have the kind, period, place and status asked for?

Each fit is a factor from 0 (cannot be the answer) to 1 (exactly what is asked).
"""

import re
from collections.abc import Sequence
from datetime import timedelta

from answer.question import FIGURES, SERIES, Question, Want
from index.grammar.periods import Period, parse_period
from index.grammar.places import (
    NATION,
    bare_name,
    find_places,
    has_unit,
    in_a_row,
    is_abroad,
)
from index.grammar.words import fold_in_place
from index.records import Figure, Report

_YEAR, _PART = 300, 0.1  # days; the fit of half a year where a full one is asked for
_AFTERWARDS = timedelta(days=75)  # from a period's end to its last report
_OF_OLD = (
    0.6  # for a value that a newer one is held against, where no time is asked for
)
_NEARLY_OVER = timedelta(days=45)  # of a year, that its report may be written in
_ALIKE, _MONTH = 4, 31  # days by which periods of a kind differ; of a month
_LONGER = 0.4  # a year's figure, where that of a part of it is asked for
_ONE_OF_SEVERAL = 0.8  # a year's figure, where that of several years is asked for
_SHARED = 0.25  # for what is told of several places together
_ELSEWHERE = 0.5  # for a report of another day than the meeting that is named
_YEARS_AGO, _OUTDATED = timedelta(days=2 * 366), 0.7
_BACK_THEN = 0.6  # for what a report tells of before, where only its day is named
_LATELY = timedelta(days=366)  # what a report's own day may still stand for
_GROWTH_WORDS = re.compile(
    r"\b(?:growth|grow|grew|grown|increas\w*|ris\w*|rose|up|higher|decreas\w*|fell|tang"
    r"|tang truong|giam|cao hon)\b"
)
# What stands right before how far something moves.
_MOVES_BY = re.compile(
    r"\b(?:increas\w*|ris(?:e|es|en|ing)|up|improv\w*|climb\w*|advanc\w*|decreas\w*"
    r"|reduc\w*|down|drop\w*|tang|giam|len|nang)"
    r"(?: (?:by|them|len|it nhat|at least|toi thieu|about|around|over|more than|nearly"
    r"|khoang|hon|gan))* ?$"
)
_ASKS_TIMES = re.compile(r"\b(?:times|lần|lan)\b")
# Before a place that is only held against: "ranking 2nd after Bac Ninh".
_HELD_AGAINST = re.compile(
    r"\b(?:after|behind|than|unlike|only after|sau|chi sau|hon|kem)"
    r" (?:(?:the )?(?:province|city) of |tinh |thanh pho |tp\.? ?)?$"
)
_KINDS: dict[Want, dict[str, float]] = {
    Want.SHARE: {"share": 1.0, "ratio": 0.75},
    Want.COUNT: {"count": 1.0, "ratio": 0.95, "rank": 0.3},
    Want.MONEY: {"money": 1.0, "count": 0.3},
    Want.RANK: {"rank": 1.0},
    Want.RATIO: {"ratio": 1.0, "count": 0.7, "share": 0.6},
    Want.MULTIPLE: {"multiple": 1.0, "share": 0.2},
    Want.GROWTH: {"share": 1.0, "count": 0.9, "multiple": 0.9, "money": 0.9},
    Want.FIGURE: {"share": 1.0, "count": 1.0, "money": 1.0, "rank": 1.0, "ratio": 1.0,
                  "multiple": 0.8},
    Want.CHANGE: {"share": 1.0, "count": 1.0, "money": 1.0, "rank": 1.0, "ratio": 1.0},
    Want.COMPARE: {"share": 1.0, "count": 1.0, "money": 1.0, "rank": 1.0, "ratio": 1.0},
    Want.DATE: {"date": 1.0},
}  # fmt: skip
# "Where did it rank?" asks for its own place before "among the top ten"; "in the group
# of how many leading countries" counts.
_TOP_FEW, _TOP_MANY = 0.6, 0.9
_TOP_AIMED = 0.1  # "to be in the top 30" is no place that anybody has
_RISES = {Want.FIGURE: 0.6, Want.SHARE: 0.25}  # the fit of a rise where none is asked
_TIMES = 0.5  # the fit of a multiple where a rate of growth is asked for
_LIKELY = 0.2  # probability from which a kind is allowed that the words do not name
_DURATIONS = {"years", "months", "weeks", "days", "hours", "minutes"}
_OTHER_UNIT = 0.1  # "after 1 year" counts nothing, unless a time is asked for


def kind_fit(question: Question, figure: Figure, text: str) -> float:
    """Is it the kind of figure asked for? text: the clause, for growth words."""
    kinds = _KINDS.get(question.want, {})
    if question.want in SERIES and question.base is not Want.FIGURE:
        kinds = _KINDS[question.base]
    fit = kinds.get(figure.kind, 0.0)
    times = figure.kind == "multiple" and question.want is Want.GROWTH
    if times and question.percent and not _ASKS_TIMES.search(question.text.lower()):
        fit = _TIMES  # "at what rate": hardly "3.5 times that of GDP"
    if figure.kind == "rank" and figure.unit == "top":
        fit = _top_fit(question, figure, fit)
    if figure.kind == "share" and question.want is Want.COUNT and question.percent:
        fit = 0.7
    if figure.kind == "share" and question.want is Want.COUNT and not question.percent:
        # Targets are mostly set in percent: "how many households should have …".
        fit = 0.6 if question.status == "target" else 0.0
    fit = max(fit, _likely_fit(question, figure))
    if not fit or figure.kind == "date":
        return fit
    measured = question.want is Want.MONEY and figure.unit and figure.kind == "count"
    if measured or (question.unit and not _in_unit(question, figure)):
        return fit * _OTHER_UNIT
    if (figure.unit in _DURATIONS) != question.duration and figure.kind == "count":
        return fit * _OTHER_UNIT
    growth = question.want is Want.GROWTH
    if figure.unit == "points" and not growth and question.unit != "points":
        return fit * 0.2
    if growth:
        return fit * _growth_fit(figure, text)
    if figure.status == "change" and figure.kind != "multiple":
        return fit * _RISES.get(question.want, 0.35)
    return fit


def _growth_fit(figure: Figure, text: str) -> float:
    if figure.status == "change":
        return 1.0
    if _MOVES_BY.search(fold_in_place(text)):
        return 0.95  # a step that is aimed at: "to rise by at least 5 places"
    growing = _GROWTH_WORDS.search(fold_in_place(text)) is not None
    return 0.85 if growing and figure.kind in {"share", "multiple"} else 0.25


def _top_fit(question: Question, figure: Figure, fit: float) -> float:
    """The fit of "among the top ten": a place that some ask for."""
    fit = max(fit, _TOP_MANY) if question.group else fit * _TOP_FEW
    aimed = figure.status == "target" and question.status != "target"
    return fit * _TOP_AIMED if aimed else fit


def _likely_fit(question: Question, figure: Figure) -> float:
    """How likely this kind of figure is asked for, whatever the words name."""
    if question.want not in FIGURES or figure.kind == "date":
        return 0.0
    if question.want is Want.MULTIPLE or question.currency:
        return 0.0  # "how many times" and "in dollars" leave no doubt
    measured = question.want is Want.MONEY and figure.unit and figure.kind == "count"
    aimed = figure.unit == "top"  # what `_top_fit` says of it stands
    if measured or aimed or (question.number and figure.kind == "share"):
        return 0.0
    if question.want is Want.SHARE and figure.kind in {"money", "count"}:
        return 0.0  # "the ratio of arrears to revenue"
    likely = question.likely.kinds.get(figure.kind, 0.0)
    return likely if likely >= _LIKELY else 0.0


def _in_unit(question: Question, figure: Figure) -> bool:
    """Is it told in the unit asked for? A score may be a share or a bare decimal."""
    if question.unit != "points" or figure.kind not in {"share", "count"}:
        return figure.unit == question.unit
    if figure.kind == "share":
        return figure.unit == "%"
    bare = not figure.unit and not (figure.value or 0.0).is_integer()
    return bare or figure.unit == "points"


def period_fit(question: Question, figure: Figure, report: Report) -> float:
    """Does it hold for the period asked for?"""
    if figure.kind == "date":
        return 1.0
    if not question.periods:
        return _OUTDATED if _looks_back(question, figure, report) else 1.0
    known = figure.period or report.period
    if known is None:
        return 0.4
    spoken = parse_period(known)
    fit = max(_overlap(asked, spoken) for asked in question.periods)
    if question.whole_period and (spoken.end - spoken.start).days < _YEAR:
        fit = min(fit, _PART)
    ends = [p.end for p in question.periods]
    if question.year_end and spoken.end < min(ends) - _NEARLY_OVER:
        return min(fit, _PART)
    if _told_too_early(question, figure, report, spoken) or _not_yet_due(
        question, figure, spoken
    ):
        return min(fit, _PART)
    fit = max(fit, _by_report(question, report, known))
    return fit * (_ELSEWHERE if _told_elsewhere(question, report) else 1.0)


def _told_elsewhere(question: Question, report: Report) -> bool:
    """ "According to the April 2024 meeting": a report of July is another's."""
    fine = [p for p in question.told_at if (p.end - p.start).days < 100]
    if not fine or not report.as_of:
        return False
    day = parse_period(report.as_of)
    return not any(p.overlaps(day) for p in fine)


def _told_too_early(
    question: Question, figure: Figure, report: Report, spoken: Period
) -> bool:
    """A report of October cannot tell what a whole year brought, or its end."""
    if not (question.whole_period or question.year_end) or not report.as_of:
        return False
    meant = any(p.end == spoken.end for p in question.periods)
    if figure.status in {"target", "estimate"} or spoken.end.month != 12 or not meant:
        return False
    return parse_period(report.as_of).end < spoken.end - _NEARLY_OVER


def _not_yet_due(question: Question, figure: Figure, spoken: Period) -> bool:
    """A goal for the year is none for its first quarter, nor what that brought."""
    if figure.status != "target" or question.status == "target":
        return False
    return all(spoken.contains(p) and p.end < spoken.end for p in question.periods)


def _looks_back(question: Question, figure: Figure, report: Report) -> bool:
    """Is it years older than its report, where nobody asked for a year or a change?"""
    if question.want in SERIES or question.compared:
        return False
    if not figure.period or not report.as_of:
        return False
    old = parse_period(report.as_of).start - parse_period(figure.period).end
    return old > _YEARS_AGO


def _by_report(question: Question, report: Report, known: str) -> float:
    """ "According to the April 2024 meeting": the report's own day is meant."""
    if not report.as_of:
        return 0.0
    day = parse_period(report.as_of)
    if any(
        p.start <= day.end <= p.end + _AFTERWARDS for p in question.periods
        if parse_period(known).contains(p)
    ):  # fmt: skip
        return 0.9  # of the year, told soon after the part of it that is asked for
    # "In April", maybe said of a meeting; a quarter is meant as it stands.
    fine = [p for p in question.periods if (p.end - p.start).days <= _MONTH]
    if question.told_at == question.periods:
        fine = list(question.periods)
    if not any(p.contains(day) for p in fine):
        return 0.0
    spoken = parse_period(known)
    if any(_beside(p, spoken) for p in fine):
        return 0.0  # the quarter before the one that is asked for
    if day.start - spoken.end > _LATELY:  # looked back on
        return _BACK_THEN if question.told_at == question.periods else 0.0
    return 0.95 if spoken.contains(day) else 0.85


def _beside(one: Period, two: Period) -> bool:
    """Are they two quarters, or two halves of a year?"""
    lengths = [(p.end - p.start).days for p in (one, two)]
    alike = abs(lengths[0] - lengths[1]) < _ALIKE
    return not one.overlaps(two) and alike and min(lengths) > _MONTH


def _overlap(asked: Period, known: Period) -> float:
    if asked == known:
        return 1.0
    if asked.contains(known):
        return _ONE_OF_SEVERAL if _years(asked) > 1 == _years(known) else 0.95
    if not asked.overlaps(known):
        return 0.0
    # "87.08% in 2022-2024" is the state at the end of the range.
    if known.end.year == asked.end.year and known.start.year < asked.start.year:
        return 0.8
    if known.contains(asked) and known.start.year == known.end.year:
        return _LONGER  # asked for a quarter, known for the year
    return 0.3


def _years(period: Period) -> int:
    return period.end.year - period.start.year + 1


def place_fit(question: Question, place: str | None, text: str) -> float:
    """Does it hold for the place asked for? text: the sentence, for names in it."""
    if not question.places:
        return _fit_abroad(question, place)
    asked = {*question.places, *question.abroad}
    if place in asked or bare_name(place) in map(bare_name, question.places):
        return 1.0
    asked_home = [p for p in question.places if p != NATION]
    if not asked_home:
        return 1.0 if place is None else 0.0
    if any(m.name in asked_home for m in in_a_row(text, find_places(text))):
        return _SHARED  # "300 stations in Hanoi, Ha Nam and Da Nang"
    folded = fold_in_place(text)
    if place not in {None, NATION}:
        # Another place's figure, or a district's, told under its province.
        within = any(has_unit(p) and bare_name(p) in folded for p in asked_home)
        return 0.8 if within else 0.0
    named = [m for m in find_places(text) if m.name in asked_home]
    if named and all(_HELD_AGAINST.search(folded, 0, m.start) for m in named):
        return 0.0
    return 0.8 if named or any(bare_name(p) in folded for p in asked_home) else 0.0


def _fit_abroad(question: Question, place: str | None) -> float:
    """No place at home is asked for, but maybe a country: not another one's figure."""
    if place in {None, NATION} or place in question.abroad:
        return 1.0
    return 0.0 if question.abroad and is_abroad(place) else 0.72


def status_fit(question: Question, figure: Figure) -> float:
    """Is it achieved, or a target, as asked?"""
    if figure.kind == "date":
        return 1.0
    if question.status == "target":
        other = 0.0 if question.named_target else 0.45
        return {"target": 1.0, "estimate": 0.6, "change": 0.6}.get(figure.status, other)
    if question.status == "achieved":
        return {"target": 0.0, "earlier": 0.9}.get(figure.status, 1.0)
    # What is held against another year has happened.
    aimed = 0.3 if question.compared else 0.65
    # "How long do they wait now?" is not told by what it was.
    before = 0.3 if question.latest else 0.8 if question.periods else _OF_OLD
    return {"target": aimed, "earlier": before}.get(figure.status, 1.0)


def names_other_years(question: Question, figures: Sequence[Figure]) -> bool:
    """Does a sentence with these figures name times, and none that is asked about?"""
    named = [
        parse_period(f.period)
        for f in figures
        if f.kind == "date" and f.period and f.unit != "compared"
    ]
    asked = [p for p in question.periods for time in named if p.overlaps(time)]
    return bool(named) and not asked


def report_fit(question: Question, report: Report) -> float:
    """Does a report speak of the period asked for? For sentences without figures."""
    known = report.period or report.as_of or report.published
    if known is None:
        return 0.5
    spoken = parse_period(known)
    day = parse_period(report.as_of) if report.as_of else spoken
    if any(p.overlaps(spoken) or p.overlaps(day) for p in question.periods):
        return 1.0
    apart = min(abs(p.start.year - spoken.end.year) for p in question.periods)
    return 0.6 if apart <= 1 else 0.3
