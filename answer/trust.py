"""How likely a candidate answers: a number that means what it says.

A logistic function of what speaks for the candidate. Its weights are fitted
on questions with known answers by `python -m evals calibrate`, which prints
them; no constraint is in it twice, since the ranking has ruled out what they
exclude.
"""

import math
from dataclasses import dataclass

from answer.evidence import Candidate

# Trust from which an answer is shown: above even odds, since a wrong figure in a
# briefing is worse than none.
ACCEPT = 0.6


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
    absent: float
    lacking: float
    constant: float


FIGURES = Calibration(
    1.78, 0.94, 0.35, 1.85, 1.28, 0.21, 1.53, 1.32, -0.38, -1.18, -5.84
)
SENTENCES = Calibration(
    0.52, 0.52, 0.56, 0.49, 0.41, 0.0, 0.0, 0.27, -0.29, -0.53, -1.42
)


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
        f.absent,
        f.lacking,
    )


def logistic(odds: float) -> float:
    """The probability of these log odds."""
    return 1.0 / (1.0 + math.exp(-odds))


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
        fitted.absent,
        fitted.lacking,
    )
    pieces = zip(weights, evidence(candidate), strict=True)
    z = fitted.constant + sum(weight * piece for weight, piece in pieces)
    likely = logistic(z)
    features = candidate.features
    # A figure beside another noun counts something else, and a sentence without
    # the name asked for is about something else.
    likely *= features.contrast
    return likely * (features.head if candidate.stored else features.names)
