"""Do two figures tell of one thing, and at one time?"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from answer.evidence import Candidate
from answer.question import Question, Want
from index.grammar.periods import parse_period
from index.records import Figure

_ALIKE = 0.87  # cosine of two subjects that count the same thing
_ALIKE_ACROSS = 0.82  # … in two languages
_CLOSE = 0.5  # share of the best score that a figure of the same thing reaches
_ANOTHER_SCALE = 50  # times as large: another thing, not another year's value
_OVER = timedelta(days=10)  # before its end from which a period is told as over
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


def same_thing(
    question: Question, best: Candidate, ranked: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Other values for what *best* counts, in the same place, by score."""
    for other in other_values(question, best, ranked):
        likely = other.by_rules >= _CLOSE * best.by_rules and alike(best, other)
        if likely and near(best.known_figure, other.known_figure, _ANOTHER_SCALE):
            yield other


def other_values(
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


def same_value(a: Candidate, b: Candidate) -> bool:
    """True if both tell one value of one period and place."""
    one, two = a.known_figure, b.known_figure
    return (one.value, one.value_to, one.period, one.place) == (
        two.value,
        two.value_to,
        two.period,
        two.place,
    )


def near(one: Figure, two: Figure, times: float) -> bool:
    """Is neither value more than *times* the other?"""
    low, high = sorted((one.value or 0.0, two.value or 0.0))
    return high <= times * low


def comparable(a: Candidate, b: Candidate) -> bool:
    """True if two figures are of one kind and unit."""
    one, two = a.figure, b.figure
    return bool(
        one and two and one.kind == two.kind and _unit(one.unit) == _unit(two.unit)
    )


def same_time(a: Candidate, b: Candidate) -> bool:
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


def one_a_value(found: Sequence[Candidate]) -> list[Candidate]:
    """The first candidate for each value, in their order."""
    kept: dict[float | None, Candidate] = {}
    for candidate in found:
        kept.setdefault(candidate.figure.value if candidate.figure else None, candidate)
    return list(kept.values())
