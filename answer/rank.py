"""The ranker: a weighted sum of what speaks for a candidate, times a learned lean.

The hard constraints multiply, so that likeness cannot buy a wrong year. Where the
reader was asked, the lean adds what it said, and corrects the sum, whose weights
were set by hand, by what questions with known answers teach. The surest comes
first, as `answer.contest` and `answer.trust` find.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from answer.contest import AMONG, contested, said
from answer.evidence import Candidate, Features
from answer.question import Question
from answer.reasons import asks_why, gives_reason
from answer.same import alike
from answer.standing import with_standing
from answer.trust import trust


@dataclass(frozen=True, slots=True)
class Weights:
    """What each piece of evidence counts for."""

    subject: float
    near: float
    clause: float
    sentence: float
    context: float
    likeness: float
    late: float
    counted: float

    def sum(self, features: Features) -> float:
        """The weighted sum, in [0, 1] when the weights add up to 1."""
        return (
            self.subject * features.subject
            + self.near * features.near
            + self.clause * features.clause
            + self.sentence * features.sentence
            + self.context * features.context
            + self.likeness * features.likeness
            + self.late * features.late
            + self.counted * features.counted
        )


FIGURE_WEIGHTS = Weights(0.22, 0.12, 0.14, 0.06, 0.10, 0.08, 0.12, 0.16)
SENTENCE_WEIGHTS = Weights(0.0, 0.0, 0.0, 0.42, 0.10, 0.22, 0.16, 0.10)


@dataclass(frozen=True, slots=True)
class Lean:
    """What each piece of evidence adds to the logarithm of the score."""

    likeness: float
    late: float
    counted: float
    absent: float
    lacking: float
    read: float
    said: float = 0.0

    def factor(self, features: Features) -> float:
        """What the score is multiplied by; 1 where the reader was not asked."""
        if features.read is None:
            return 1.0
        return math.exp(
            self.likeness * features.likeness
            + self.late * features.late
            + self.counted * features.counted
            + self.absent * features.absent
            + self.lacking * features.lacking
            + self.read * features.read
            + self.said * (features.said or 0.0)
        )


# Fitted by the likelihood of the right one among twenty, on the visible sets and on
# lessons that the reader had not learned from (`evals/held` among them), each set
# weighing as the root of its size.
FIGURE_LEAN = Lean(0.27, 0.38, 0.34, -0.69, -0.33, 0.049, 0.049)
SENTENCE_LEAN = Lean(0.53, 0.71, -0.40, -1.46, -0.93, 0.21)

_REASON = 0.25  # for a sentence that gives a reason, where one is asked for


class Rules:
    """Ranks by fixed weights; deterministic."""

    def rank(
        self, question: Question, candidates: Sequence[Candidate]
    ) -> list[Candidate]:
        """The candidates by their scores, the surest first of all.

        Each has its trust; of equal ones the order is as given.
        """
        ranked = with_standing(question, by_score(question, candidates))
        return _surest_first(contested(question, ranked))


def _surest_first(ranked: list[Candidate]) -> list[Candidate]:
    pool = ranked[:AMONG]
    if not pool:
        return ranked
    least = ranked[0].sure or 0.0  # whom the contest puts below cannot overtake
    surest = max((c for c in pool if (c.sure or 0.0) >= least), key=trust)
    # Of those that say the same, the one with the best score; in one sentence the
    # score decides, which knows what the figures there are to each other.
    first = next(c for c in pool if said(c) == said(surest))
    if first.sentence.id == ranked[0].sentence.id:
        return ranked
    others = [candidate for candidate in ranked if candidate is not first]
    # As good as the best: what follows is held against the first one's score.
    return [replace(first, score=ranked[0].score), *others]


def by_score(question: Question, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with their scores, best first; equal ones in given order."""
    bonus = _REASON if asks_why(question) else 0.0
    scored = []
    for c in candidates:
        plain = score_of(c) * (1 + bonus * gives_reason(c.text))
        score = plain * lean_of(c).factor(c.features)
        scored.append(replace(c, score=score, by_rules=plain))
    return _with_rivals(sorted(scored, key=lambda candidate: -candidate.score))


def _with_rivals(ranked: list[Candidate]) -> list[Candidate]:
    """Each figure with the best that counts something else: close ones leave doubt.

    The same thing in another report or period is no rival: it is shown beside.
    """
    if not ranked or ranked[0].figure is None:
        return ranked
    first = ranked[0]
    second = next((c for c in ranked if not _same(first, c)), None)
    found = []
    for candidate in ranked:
        other = second if _same(first, candidate) else first
        share = other.score / candidate.score if other and candidate.score else 0.0
        found.append(replace(candidate, rival=share))
    return found


def _same(one: Candidate, two: Candidate) -> bool:
    """Is it the same thing, or part of the same words ("71st out of 193")?"""
    a, b = one.known_figure, two.known_figure
    if one.sentence.id == two.sentence.id and a.start < b.end and b.start < a.end:
        return True
    return a.raw == b.raw or alike(one, two)


def lean_of(candidate: Candidate) -> Lean:
    """The lean that holds for a candidate."""
    return FIGURE_LEAN if candidate.stored else SENTENCE_LEAN


def score_of(candidate: Candidate) -> float:
    """Evidence times constraints, in [0, 1]."""
    weights = FIGURE_WEIGHTS if candidate.stored else SENTENCE_WEIGHTS
    return weights.sum(candidate.features) * candidate.features.allowed
