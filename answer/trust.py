"""How likely a candidate answers: a number that means what it says.

A logistic function of what speaks for the candidate. Its weights are fitted
on questions with known answers by `python -m evals calibrate`, which prints
them; no constraint is in it twice, since the ranking has ruled out what they
exclude.
"""

import math
from dataclasses import dataclass

from answer.evidence import Candidate

ACCEPT = 0.5  # trust from which an answer is shown


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of the logistic function, by the pieces of `evidence` below."""

    told: float
    sentence: float
    context: float
    likeness: float
    counted: float
    kind: float
    status: float
    names: float
    constant: float


FIGURES = Calibration(2.03, 1.39, 0.66, 1.75, 1.11, 0.37, 1.51, 1.18, -6.76)
SENTENCES = Calibration(0.67, 0.67, 0.69, 0.45, 0.13, 0.0, 0.0, 0.21, -1.66)


def evidence(candidate: Candidate) -> tuple[float, ...]:
    """What speaks for a candidate, in the order of `Calibration`."""
    f = candidate.features
    return (
        max(f.subject, f.clause),
        f.sentence,
        f.context,
        max(f.likeness, f.late),
        f.counted,
        f.kind,
        f.status,
        f.names,
    )


def trust(candidate: Candidate) -> float:
    """The probability that *candidate* answers the question, in (0, 1)."""
    fitted = FIGURES if candidate.stored else SENTENCES
    weights = (
        fitted.told,
        fitted.sentence,
        fitted.context,
        fitted.likeness,
        fitted.counted,
        fitted.kind,
        fitted.status,
        fitted.names,
    )
    pieces = zip(weights, evidence(candidate), strict=True)
    z = fitted.constant + sum(weight * piece for weight, piece in pieces)
    likely = 1.0 / (1.0 + math.exp(-z))
    # A sentence without the name asked for is about something else.
    return likely if candidate.stored else likely * candidate.features.names
