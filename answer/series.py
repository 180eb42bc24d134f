"""The same thing at other times, elsewhere, and in other reports."""

from collections.abc import Sequence

from answer.draft import Draft
from answer.evidence import Candidate, Material, Query, Ranker, candidates
from answer.question import Question
from answer.trust import trust
from index.grammar.periods import parse_period

_ALIKE = 0.93  # cosine of two subjects that count the same thing
_CLOSE = 0.82  # share of the best score that a figure of the same thing reaches


def alike(a: Candidate, b: Candidate) -> bool:
    """True if two figures count the same thing: kind, unit and subject."""
    if not a.stored or not b.stored:
        return False
    one, two = a.stored.figure, b.stored.figure
    if one.kind != two.kind or _unit(one.unit) != _unit(two.unit):
        return False
    same_row = a.stored.sentence_id == b.stored.sentence_id
    likeness = float(a.stored.vector @ b.stored.vector)
    return likeness >= _ALIKE or (same_row and one.subject == two.subject)


def _unit(unit: str) -> str:
    return "" if unit.startswith("of ") or unit == "place" else unit


def _overlap(a: Candidate, b: Candidate) -> bool:
    one, two = a.figure, b.figure
    if not one or not two or not one.period or not two.period:
        return True
    return parse_period(one.period).overlaps(parse_period(two.period))


def differing(
    question: Question, best: Candidate, ranked: Sequence[Candidate]
) -> tuple[Candidate, ...]:
    """Other values that reports give for the same thing, period and place."""
    figure = best.figure
    found: list[Candidate] = []
    for other in ranked[1:15]:
        two = other.figure
        if not figure or not two or other.stored == best.stored:
            continue
        if (
            two.value != figure.value
            and two.status == figure.status
            and two.place == figure.place
            and other.score >= _CLOSE * best.score
            and alike(best, other)
            and _overlap(best, other)
            and two.value not in {c.figure.value for c in found if c.figure}
        ):
            found.append(other)
    return tuple(found[:2])


def other_periods(
    question: Question, best: Candidate, ranked: Sequence[Candidate]
) -> tuple[Candidate, ...]:
    """The same thing for other periods; only where no period was asked for."""
    figure = best.figure
    if question.periods or not figure:
        return ()
    found: list[Candidate] = []
    for other in ranked[:20]:
        two = other.figure
        if not two or other.stored == best.stored or two.value == figure.value:
            continue
        if (
            two.status in {"achieved", "estimate", "earlier"}
            and figure.status != "change"
            and two.place == figure.place
            and other.score >= _CLOSE * best.score
            and alike(best, other)
            and not _overlap(best, other)
            and two.period not in {c.figure.period for c in found if c.figure}
        ):
            found.append(other)
    return tuple(found[:4])


def choose_series(query: Query, material: Material, ranker: Ranker) -> Draft | None:
    """The figures of one thing in order of time, or None if there are not two."""
    question = query.question
    ranked = ranker.rank(question, candidates(query, material, figures=True))
    ranked = [c for c in ranked if c.score > 0 and c.figure]
    if not ranked:
        return None
    best = ranked[0]
    sure = trust(query, best, ranked)
    if sure < 0.5:
        return None
    rows = [best]
    for other in ranked[1:25]:
        if other.score < 0.6 * best.score:
            break
        if alike(best, other) and not any(_same(row, other) for row in rows):
            rows.append(other)
    rows = _asked_places(question, rows)
    if len(rows) < 2:
        return None
    rows.sort(key=lambda c: _end(c))
    newest = rows[-1]
    figure = newest.figure
    assert figure is not None  # noqa: S101 — rows are figures
    start = newest.sentence.sentence.start
    return Draft(
        newest,
        figure.start - start,
        figure.end - start,
        sure,
        more=tuple(rows[:-1]),
        series=True,
    )


def _asked_places(question: Question, rows: list[Candidate]) -> list[Candidate]:
    if question.places:
        return rows
    place = rows[0].figure.place if rows[0].figure else None
    return [row for row in rows if row.figure and row.figure.place == place]


def _same(a: Candidate, b: Candidate) -> bool:
    one, two = a.figure, b.figure
    return bool(
        one and two and one.period == two.period and one.place == two.place
        and (one.value == two.value or a.sentence.report == b.sentence.report)
    )  # fmt: skip


def _end(candidate: Candidate) -> str:
    figure = candidate.figure
    label = figure.period if figure else None
    return parse_period(label).end.isoformat() if label else ""
