"""The same thing at other times, elsewhere, and in other reports."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from answer.candidates import Evidence
from answer.draft import Draft
from answer.evidence import Candidate, Ranker
from answer.headline import headline
from answer.question import Question, Want
from answer.same import (
    alike,
    comparable,
    holds_at,
    near,
    one_a_value,
    same_thing,
    same_time,
)
from answer.trust import ACCEPT, trust_among
from index.grammar.periods import Period, parse_period, year
from index.records import Figure

_FAR = 1.6  # times as large: no longer a disagreement
_ANOTHER_SCALE = 50  # times as large: another thing, not another year's value
_AS_GOOD = 0.8  # … and one that may take its place as the newer figure
_LATEST = 0.6  # … where the newest is asked for in so many words
_RELATED = 0.5  # share of the surest part's score that the other parts reach
_AS_RELATED = 0.65  # … of the best score of the same part
_BESIDE = 0.8  # share of the best score that one in the same sentence needs
_LIKELY_ROW = 0.5  # trust in a row that nobody named: it may count something else
_MOST_YEARS = 12  # of a range that is looked at year by year
_FINER = 1.15  # for the month's part in a figure that a report of the month told
_IN_PERIOD = 0.8  # fit of a figure that holds within the period asked for


def newest(question: Question, ranked: Sequence[Candidate]) -> Candidate:
    """The best candidate, or a newer figure for the same thing."""
    best = ranked[0]
    rivals = [
        c
        for c in same_thing(question, best, ranked)
        if c.by_rules >= (_LATEST if question.latest else _AS_GOOD) * best.by_rules
        and _fits_as_well(c, best)
    ]
    return max([best, *rivals], key=lambda c: (holds_at(c), c.score))


def _fits_as_well(other: Candidate, best: Candidate) -> bool:
    fit = other.features
    return (
        fit.period >= best.features.period - 0.06
        and fit.place >= best.features.place
        and fit.status >= best.features.status
    )


def others(
    question: Question, best: Candidate, ranked: Sequence[Candidate]
) -> tuple[Candidate, ...]:
    """The same thing at other times.

    Where a period was asked for, only what other reports say of another part of it.
    """
    if not best.figure or best.figure.status == "change":
        return ()
    found = [c for c in same_thing(question, best, ranked) if not same_time(best, c)]
    if question.periods:
        found = [
            c
            for c in found
            if c.report.name != best.report.name
            and c.features.period >= _IN_PERIOD
            and any(p.overlaps(_period(c.known_figure)) for p in question.periods)
            and near(best.known_figure, c.known_figure, _FAR)
        ]
    return tuple(one_a_value(found)[:4])


def _period(figure: Figure) -> Period:
    """Its period; a figure without one holds at no time."""
    return parse_period(figure.period) if figure.period else year(1)


# --- Changes and comparisons --------------------------------------------------


def choose_series(
    question: Question, evidence: Evidence, ranker: Ranker
) -> Draft | None:
    """The figures of one thing in order of time, or None if there is none."""
    parts = parts_of(question)
    if len(parts) >= 2:
        return _each(evidence, ranker, parts)
    return _all_known(question, evidence, ranker)


def parts_of(question: Question) -> list[Question]:
    """One question for each period, place, or status that is compared."""
    return list(_parts(question))


def _parts(question: Question) -> Iterator[Question]:
    # How something "has moved" may be told in shares of it as well.
    question = replace(
        question, percent=question.percent or question.base is Want.FIGURE
    )
    periods = [p for asked in question.periods for p in _single(asked)]
    if len(periods) >= 2:
        distinct = list(dict.fromkeys(periods))
        if question.want is Want.CHANGE and len(distinct) == 2:
            distinct = _with_between(*distinct)
        for period in distinct:
            part = replace(question, periods=(period,), want=question.base)
            if question.named_target and question.want is Want.COMPARE:
                # "How far is 2024's from the goal for 2025?"
                last = period == max(distinct, key=lambda p: p.end)
                part = replace(part, status="target" if last else "achieved")
            yield part
    elif len(question.places) >= 2:
        for place in question.places:
            yield replace(question, places=(place,), want=question.base)
    elif question.named_target:
        for status in ("achieved", "target"):
            yield replace(question, status=status, want=question.base)


def _with_between(first: Period, last: Period) -> list[Period]:
    """The years between belong to how something moved "from 2022 to mid-2025"."""
    between = range(first.end.year + 1, last.start.year)
    return [first, *map(year, list(between)[:_MOST_YEARS]), last]


def _single(period: Period) -> list[Period]:
    count = period.end.year - period.start.year + 1
    if count == 1 or count > _MOST_YEARS:
        return [period]
    return [year(period.start.year + i) for i in range(count)]


def _each(
    evidence: Evidence, ranker: Ranker, parts: Sequence[Question]
) -> Draft | None:
    """The figure of one thing for each part: of the thing that fits all parts best."""
    lists = _shared_out([(part, _ranked(part, evidence, ranker)) for part in parts])
    bests = [newest(part, ranked) for part, ranked in lists if ranked]
    if not bests:
        return None
    least = _RELATED * max(best.score for best in bests)
    things = [best for best in bests if best.score >= least]
    found = [[_like(thing, part, ranked) for part, ranked in lists] for thing in things]
    rows = max(found, key=_weight)
    known = [row for row in rows if row]
    if len(known) < 2:
        return None  # one side is no comparison
    missing = [
        label
        for part, row in zip(parts, rows, strict=True)
        if not row
        for label in [p.label for p in part.periods] or part.places
    ]
    return _draft(
        known, _together_sure([trust_among(row) for row in known]), tuple(missing)
    )


def _together_sure(trusts: Sequence[float]) -> float:
    """The trust in figures of one thing: those of two parts bear each other out."""
    doubt = 1.0
    for trust in sorted(trusts, reverse=True)[:2]:
        doubt *= 1.0 - trust
    return 1.0 - doubt


def _weight(rows: Sequence[Candidate | None]) -> float:
    """What speaks for these together; figures of one sentence belong together."""
    known = [row for row in rows if row]
    beside = len(known) > 1 and len({row.sentence.id for row in known}) == 1
    return sum(row.score for row in known) / (_BESIDE if beside else 1.0)


def _shared_out(
    lists: Sequence[tuple[Question, list[Candidate]]],
) -> list[tuple[Question, list[Candidate]]]:
    """Each figure left only to the part that it fits best."""
    claims = [_FINER if _lies_in_another(part, lists) else 1.0 for part, _ in lists]
    most: dict[int, float] = {}
    for claim, (_, ranked) in zip(claims, lists, strict=True):
        for c in ranked:
            most[_id(c)] = max(claim * c.score, most.get(_id(c), 0.0))
    return [
        (part, [c for c in ranked if claim * c.score >= most[_id(c)]])
        for claim, (part, ranked) in zip(claims, lists, strict=True)
    ]


def _lies_in_another(
    part: Question, lists: Sequence[tuple[Question, list[Candidate]]]
) -> bool:
    """Is it April 2024 where 2024 is asked for as well?"""
    return any(
        other.periods != part.periods and whole.contains(own)
        for other, _ in lists
        for whole in other.periods
        for own in part.periods
    )


def _id(candidate: Candidate) -> int:
    return candidate.stored.id if candidate.stored else -1


def _like(
    surest: Candidate, part: Question, ranked: Sequence[Candidate]
) -> Candidate | None:
    """The best figure for a part that counts the same thing as the surest one."""
    own = surest.known_figure
    ranked = [
        c
        for c in ranked
        if near(own, c.known_figure, _ANOTHER_SCALE)
        # A rise is no value of another year: "66% in 2022", "an increase of 20%".
        and (c.known_figure.status == "change") == (own.status == "change")
    ]
    same = [c for c in ranked if c.stored == surest.stored or alike(surest, c)]
    if same and same[0].score >= max(
        _RELATED * surest.score, _AS_RELATED * ranked[0].score
    ):
        # Of figures that fit as well, the one told in the same breath.
        beside = (
            c
            for c in same
            if c.sentence.id == surest.sentence.id
            and c.score >= _BESIDE * same[0].score
        )
        return next(beside, None) or newest(part, same)
    best = ranked[0] if ranked else None
    if best and comparable(surest, best) and trust_among(best) >= ACCEPT:
        return best
    return None


def _all_known(question: Question, evidence: Evidence, ranker: Ranker) -> Draft | None:
    """Every known period of the thing asked about."""
    open_question = replace(question, want=question.base, periods=())
    ranked = _ranked(open_question, evidence, ranker)
    if not ranked:
        return None
    best = ranked[0]
    steps = _steps(best, ranked)
    sure = _together_sure([trust_among(row) for row in (best, *steps)])
    alike_rows = list(same_thing(question, best, ranked))
    likely = [c for c in alike_rows if trust_among(c) >= _LIKELY_ROW]
    rows = [best, *steps, *(likely or alike_rows)]
    # A report has one value of it for a time; another one counts something else.
    told: dict[tuple[str | None, str, str], Candidate] = {}
    for row in rows:
        figure = row.known_figure
        told.setdefault((figure.period, figure.status, row.report.name), row)
    unique: dict[tuple[str | None, float | None], Candidate] = {}
    for row in told.values():
        unique.setdefault((row.known_figure.period, row.known_figure.value), row)
    return _draft(list(unique.values())[:8], sure, ())


def _steps(best: Candidate, ranked: Sequence[Candidate]) -> list[Candidate]:
    """The earlier value beside it: "from 3% to 13.5%"."""
    return [
        c
        for c in ranked
        if c.sentence.id == best.sentence.id
        and c.stored != best.stored
        and alike(best, c)
        and c.figure
        and best.figure
        and c.figure.clause_start == best.figure.clause_start
        and {c.figure.status, best.figure.status} <= {"earlier", "achieved", "estimate"}
    ]


def _ranked(question: Question, evidence: Evidence, ranker: Ranker) -> list[Candidate]:
    found = ranker.rank(question, evidence.figures(question))
    return [c for c in found if c.score > 0]


def _draft(
    rows: Sequence[Candidate], sure: float, missing: tuple[str, ...]
) -> Draft | None:
    if not rows:
        return None
    ordered = sorted(rows, key=holds_at)
    last = ordered[-1]
    start, end = headline(last)
    return Draft(
        last,
        start,
        end,
        sure,
        more=tuple(ordered[:-1]),
        series=len(ordered) > 1,
        missing=missing,
    )
