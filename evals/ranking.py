"""Was the passage found that holds the gold? Recall, MRR and nDCG by ir-measures.

Relevant to a question are the passages of its gold reports that say a gold
answer; a question to which none is relevant is not measured.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ir_measures import RR, Measure, Qrel, R, ScoredDoc, Success, iter_calc, nDCG

from evals.match import says
from evals.sets import Question

# measure → how it is called by ir-measures
_MEASURES: dict[str, Measure] = {
    "recall_at_1": R @ 1,
    "recall_at_10": R @ 10,
    "found_at_10": Success @ 10,
    "mrr": RR,
    "ndcg_at_10": nDCG @ 10,
}
MEASURES = tuple(_MEASURES)


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage as the index has it, kept with the run."""

    id: int
    report: str
    page: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the search gave: passages, and for each question their ids, best first.

    passages: every passage retrieved, and all of the gold reports.
    """

    passages: Mapping[int, Passage] = field(default_factory=dict)
    retrieved: Mapping[str, Sequence[int]] = field(default_factory=dict)

    def of(self, question: str) -> list[Passage]:
        """The passages retrieved for the question of that id, best first."""
        return [self.passages[i] for i in self.retrieved.get(question, ())]


@dataclass(frozen=True, slots=True)
class Ranking:
    """What became of the passages that hold a question's gold."""

    relevant: frozenset[str]  # names of the passages, as given
    rank: int | None  # of the first of them, from 1; None: not retrieved
    values: Mapping[str, float]  # measure → value; empty if nothing is relevant


def rankings(
    relevant: Mapping[str, Iterable[str]], ranked: Mapping[str, Sequence[str]]
) -> dict[str, Ranking]:
    """How well each question of *ranked* finds what is *relevant* to it.

    Both by question; passages by any name that is the same in both.
    """
    asked = {name: frozenset(relevant.get(name, ())) for name in ranked}
    golds = [Qrel(q, p, 1) for q, passages in asked.items() for p in passages]
    # ir-measures sorts by score, so the score says no more than the order.
    run = [
        ScoredDoc(q, p, float(-place))
        for q in ranked
        for place, p in enumerate(ranked[q])
    ]
    # Without a gold there is nothing to measure, and ir-measures would stop.
    values: dict[str, dict[str, float]] = {}
    names = {measure: name for name, measure in _MEASURES.items()}
    for found in iter_calc(list(names), golds, run) if golds else ():
        values.setdefault(found.query_id, {})[names[found.measure]] = found.value
    return {
        q: Ranking(
            asked[q], _first(ranked[q], asked[q]), _all_of(values.get(q), asked[q])
        )
        for q in ranked
    }


def _all_of(
    values: Mapping[str, float] | None, relevant: frozenset[str]
) -> Mapping[str, float]:
    """Zeros for a question that found nothing at all."""
    if not relevant:
        return {}
    return {name: (values or {}).get(name, 0.0) for name in MEASURES}


def _first(ranked: Sequence[str], relevant: frozenset[str]) -> int | None:
    places = (i for i, name in enumerate(ranked, 1) if name in relevant)
    return next(places, None)


def of_run(questions: Sequence[Question], found: Found) -> dict[str, Ranking]:
    """The rankings of a run's answerable questions, by id; empty without *found*."""
    by_report: dict[str, list[Passage]] = {}
    for passage in found.passages.values():
        by_report.setdefault(passage.report, []).append(passage)
    answerable = [q for q in questions if q.answerable and q.id in found.retrieved]
    return rankings(
        {q.id: map(str, _holding_gold(q, by_report)) for q in answerable},
        {q.id: [str(i) for i in found.retrieved[q.id]] for q in answerable},
    )


def holds_gold(question: Question, passage: Passage) -> bool:
    """Whether *passage* says a gold answer, whatever report it is of."""
    golds = (*question.answers, *question.all)
    return any(says(passage.text, gold, apart=True) for gold in golds)


def _holding_gold(
    question: Question, by_report: Mapping[str, Sequence[Passage]]
) -> Iterator[int]:
    for report in question.reports:
        for passage in by_report.get(report, ()):
            if holds_gold(question, passage):
                yield passage.id
