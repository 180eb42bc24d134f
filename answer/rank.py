"""The rules' ranker: a weighted sum of what speaks for a candidate.

The hard constraints multiply, so that likeness cannot buy a wrong year.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from answer.evidence import Candidate, Features
from answer.question import Question


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


class Rules:
    """Ranks by fixed weights; deterministic, no model."""

    def rank(
        self, question: Question, candidates: Sequence[Candidate]
    ) -> list[Candidate]:
        """The candidates with their scores, best first; equal ones in given order."""
        scored = [
            replace(candidate, score=score_of(candidate)) for candidate in candidates
        ]
        return sorted(scored, key=lambda candidate: -candidate.score)


def score_of(candidate: Candidate) -> float:
    """Evidence times constraints, in [0, 1]."""
    weights = FIGURE_WEIGHTS if candidate.stored else SENTENCE_WEIGHTS
    return weights.sum(candidate.features) * candidate.features.allowed
