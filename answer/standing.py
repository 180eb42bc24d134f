"""How a candidate stands among those that were ranked with it.

Evidence that fits a question half, where no other sentence comes near it, answers more
often than evidence that fits as well as that of five other sentences.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from answer.evidence import Candidate, Standing
from answer.question import Question

_AMONG = 14  # the best, which alone are held against each other

Measure = Callable[[Candidate], float]


def with_standing(question: Question, ranked: Sequence[Candidate]) -> list[Candidate]:
    """*ranked*, best first, each with how it stands among other sentences' best."""
    pool = ranked[:_AMONG]
    ahead = {name: _best_two(pool, measure) for name, measure in _MEASURES.items()}

    def lead(candidate: Candidate, name: str) -> float:
        own = _MEASURES[name](candidate)
        others = (best for id_, best in ahead[name] if id_ != candidate.sentence.id)
        return own - next(others, 0.0)

    found = []
    for candidate in ranked:
        beside = sum(
            c.sentence.id == candidate.sentence.id and c.stored is not candidate.stored
            for c in pool
        )
        standing = Standing(
            likeness=lead(candidate, "likeness"),
            told=lead(candidate, "told"),
            sentence=lead(candidate, "sentence"),
            beside=beside,
            across=candidate.report.language != question.language,
        )
        found.append(replace(candidate, standing=standing))
    return found


_MEASURES: dict[str, Measure] = {
    "likeness": lambda c: c.features.alike,
    "told": lambda c: c.features.told,
    "sentence": lambda c: c.features.sentence,
}


def _best_two(pool: Sequence[Candidate], measure: Measure) -> list[tuple[int, float]]:
    """The two sentences that have most of it, by id, the best first."""
    most: dict[int, float] = {}
    for candidate in pool:
        id_ = candidate.sentence.id
        most[id_] = max(measure(candidate), most.get(id_, 0.0))
    return sorted(most.items(), key=lambda item: -item[1])[:2]
