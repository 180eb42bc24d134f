"""The same thing at other times, elsewhere, and in other reports."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from answer.candidates import Evidence
from answer.draft import Draft
from answer.evidence import Candidate, Ranker
from answer.headline import headline
from answer.question import Question, Want
from answer.trust import ACCEPT, trust_among
from index.grammar.periods import Period, parse_period, year
from index.records import Figure

_ALIKE = 0.87  # cosine of two subjects that count the same thing
_ALIKE_ACROSS = 0.82  # … in two languages
_CLOSE = 0.5  # share of the best score that a figure of the same thing reaches
_FITS_ALIKE, _FITS = 0.55, 0.75  # … and one that disagrees, alike or not
_FAR = 1.6  # times as large: no longer a disagreement
_ANOTHER_SCALE = 50  # times as large: another thing, not another year's value
_AS_GOOD = 0.8  # … and one that may take its place as the newer figure
_LATEST = 0.6  # … where the newest is asked for in so many words
_RELATED = 0.5  # share of the surest part's score that the other parts reach
_AS_RELATED = 0.65  # … of the best score of the same part
_BESIDE = 0.8  # share of the best score that one in the same sentence needs
_MOST_YEARS = 12  # of a range that is looked at year by year
_IN_PERIOD = 0.8  # fit of a figure that holds within the period asked for
_OVER = timedelta(days=10)  # before its end from which a period is told as over
_MOST_LACKING = 0.9  # of the question's terms: else it is not about the same thing
_SAME_NEWS = 45  # days between two reports that speak of the same moment


def alike(a: Candidate, b: Candidate) -> bool:
    """True if two figures count the same thing: kind, unit and subject."""
    if not a.stored or not b.stored:
        return False
    one, two = a.stored.figure, b.stored.figure
    if one.kind != two.kind or _unit(one.unit) != _unit(two.unit):
        return False
    same_language = a.report.language == b.report.language
    least = _ALIKE if same_language else _ALIKE_ACROSS
    return float(a.stored.vector @ b.stored.vector) >= least


def _unit(unit: str) -> str:
    return "" if unit.startswith("of ") or unit == "place" else unit


def holds_at(candidate: Candidate) -> date:
    """The last day that a figure can speak of: its period, up to its report."""
    figure, report = candidate.figure, candidate.report
    label = (figure.period if figure else None) or report.period or report.as_of
    end = parse_period(label).end if label else date.min
    return min(end, date.fromisoformat(report.as_of)) if report.as_of else end


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


def same_thing(
    question: Question, best: Candidate, ranked: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Other values for what *best* counts, in the same place, by score."""
    for other in _other_values(question, best, ranked):
        likely = other.by_rules >= _CLOSE * best.by_rules and alike(best, other)
        if likely and _near(best.known_figure, other.known_figure, _ANOTHER_SCALE):
            yield other


def _other_values(
    question: Question, best: Candidate, ranked: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Figures of another sentence that could be another value of the same thing."""
    figure = best.figure
    for other in ranked[:20]:
        two = other.figure
        if (
            figure
            and two
            and other.sentence.id != best.sentence.id
            and _value(two) != _value(figure)
            and _status(question, two.status) == _status(question, figure.status)
            and two.place == figure.place
        ):
            yield other


def _value(figure: Figure) -> tuple[float | None, float | None, str]:
    """What makes two figures differ: "8-10%" and "over 8%" do."""
    return (
        figure.value,
        figure.value_to,
        figure.hedge if figure.status == "target" else "",
    )


def _status(question: Question, status: str) -> str:
    """What two figures must have in common; growth may be told either way."""
    growth = question.want is Want.GROWTH and status == "change"
    return "achieved" if growth or status in {"estimate", "earlier"} else status


def differing(
    question: Question, best: Candidate, ranked: Sequence[Candidate]
) -> tuple[Candidate, ...]:
    """What other reports say of the same thing at the same time.

    To say that reports differ where they speak of two things would mislead, so
    what is said must fit the question about as well and lie not far away. The
    reader chooses one of them and says little of the other, so the rules decide.
    """
    found = [
        c
        for c in _other_values(question, best, ranked)
        if c.report.name != best.report.name
        and c.by_rules >= (_FITS_ALIKE if alike(best, c) else _FITS) * best.by_rules
        and c.features.lacking <= max(_MOST_LACKING, best.features.lacking)
        and _comparable(best, c)
        and _near(best.known_figure, c.known_figure, _FAR)
        and _same_time(best, c)
    ]
    return tuple(_one_a_value(found)[:2])


def _near(one: Figure, two: Figure, times: float) -> bool:
    """Is neither value more than *times* the other?"""
    low, high = sorted((one.value or 0.0, two.value or 0.0))
    return high <= times * low


def others(
    question: Question, best: Candidate, ranked: Sequence[Candidate]
) -> tuple[Candidate, ...]:
    """The same thing at other times.

    Where a period was asked for, only what other reports say of another part of it.
    """
    if not best.figure or best.figure.status == "change":
        return ()
    found = [c for c in same_thing(question, best, ranked) if not _same_time(best, c)]
    if question.periods:
        found = [
            c
            for c in found
            if c.report.name != best.report.name
            and c.features.period >= _IN_PERIOD
            and any(p.overlaps(_period(c.known_figure)) for p in question.periods)
            and _near(best.known_figure, c.known_figure, _FAR)
        ]
    return tuple(_one_a_value(found)[:4])


def _period(figure: Figure) -> Period:
    """Its period; a figure without one holds at no time."""
    return parse_period(figure.period) if figure.period else year(1)


def _same_time(a: Candidate, b: Candidate) -> bool:
    """True if neither is simply the later news: one moment, or a closed period."""
    one, two = a.figure, b.figure
    if not one or not two or not one.period or not two.period:
        return True
    first, second = parse_period(one.period), parse_period(two.period)
    if not first.overlaps(second):
        return False
    if not a.report.as_of or not b.report.as_of:
        return True
    days = [date.fromisoformat(c.report.as_of or "") for c in (a, b)]
    closed = max(first.end, second.end) <= min(days) + _OVER
    return closed or abs((days[0] - days[1]).days) <= _SAME_NEWS


def _one_a_value(found: Sequence[Candidate]) -> list[Candidate]:
    kept: dict[float | None, Candidate] = {}
    for candidate in found:
        kept.setdefault(candidate.figure.value if candidate.figure else None, candidate)
    return list(kept.values())


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
    most: dict[int, float] = {}
    for _, ranked in lists:
        for c in ranked:
            most[_id(c)] = max(c.score, most.get(_id(c), 0.0))
    return [
        (part, [c for c in ranked if c.score >= most[_id(c)]]) for part, ranked in lists
    ]


def _id(candidate: Candidate) -> int:
    return candidate.stored.id if candidate.stored else -1


def _like(
    surest: Candidate, part: Question, ranked: Sequence[Candidate]
) -> Candidate | None:
    """The best figure for a part that counts the same thing as the surest one."""
    own = surest.known_figure
    ranked = [c for c in ranked if _near(own, c.known_figure, _ANOTHER_SCALE)]
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
    if best and _comparable(surest, best) and trust_among(best) >= ACCEPT:
        return best
    return None


def _comparable(a: Candidate, b: Candidate) -> bool:
    one, two = a.figure, b.figure
    return bool(
        one and two and one.kind == two.kind and _unit(one.unit) == _unit(two.unit)
    )


def _all_known(question: Question, evidence: Evidence, ranker: Ranker) -> Draft | None:
    """Every known period of the thing asked about."""
    open_question = replace(question, want=question.base, periods=())
    ranked = _ranked(open_question, evidence, ranker)
    if not ranked:
        return None
    best = ranked[0]
    sure = trust_among(best)
    rows = [best, *_steps(best, ranked), *same_thing(question, best, ranked)]
    unique: dict[tuple[str | None, float | None], Candidate] = {}
    for row in rows:
        if row.figure:
            unique.setdefault((row.figure.period, row.figure.value), row)
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
