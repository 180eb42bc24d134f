"""How likely a candidate answers: a number that means what it says.

Two judge, and the mean of their log odds is better than either: what a candidate is by
its own evidence, here, and how it fares in the contest with the others
(`answer.contest`), which knows more and has no bounds.

By its own evidence: a logistic function of what speaks for the candidate. Its weights
are fitted on questions with known answers, as `python -m evals calibrate` does and
prints them; no constraint is in it twice, since the ranking has ruled out what they
exclude.

The constants of sentences and of figures by rules alone are raised by 0.2 and 0.51
from those fitted on the visible sets: the densest sets are harder than what officials
mostly have, and without it, replies to the project's own questions that are right
nine times in ten would be held back.

`READ_FIGURES` was fitted with `evals/held` and `evals/fresh` as well, and questions on
ordinary reports counting six times as much as dense ones, for the same reason.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Protocol

from answer.evidence import ODDS, Candidate, Standing

# Trust from which an answer is shown: above even odds, since a wrong figure in a
# briefing is worse than none.
ACCEPT = 0.65
_CONTEST = 0.4  # the weight of the contest beside a candidate's own evidence
_FITS = 0.5  # fit of a constraint from which nothing is taken off
_KIND = 0.35  # … of the kind, which is looser: a rise may be told as a level


class Weighing(Protocol):
    """A weight for each piece of evidence, under its name, and a constant."""

    @property
    def constant(self) -> float:
        """The log odds where nothing speaks for it."""
        ...


def weighed(weights: Weighing, names: Sequence[str], told: Sequence[float]) -> float:
    """The log odds that *told*, pieces of evidence by their *names*, adds up to."""
    pieces = zip((getattr(weights, name) for name in names), told, strict=True)
    return weights.constant + float(sum(weight * piece for weight, piece in pieces))


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
    read: float = 0.0
    said: float = 0.0
    rival: float = 0.0

    def odds(self, told: Sequence[float]) -> float:
        """The log odds that *told* adds up to, in the order of `PIECES`."""
        return weighed(self, PIECES, told)


FIGURES = Calibration(
    1.63, 0.36, 0.65, 0.99, 0.66, 0.24, 0.40, 0.24, -1.07, -0.22, -1.60, rival=-1.86
)
SENTENCES = Calibration(
    0.52, 0.52, 0.56, 0.49, 0.41, 0.0, 0.0, 0.27, -0.29, -0.53, -1.42
)
# Where the reader has been heard.
READ_FIGURES = Calibration(
    told=2.29,
    sentence=0.0,
    context=0.0,
    likeness=1.82,
    counted=0.0,
    kind=0.0,
    status=2.57,
    names=1.79,
    absent=-0.98,
    lacking=0.0,
    constant=-6.07,
    read=2.59,
    said=0.0,
    rival=-1.34,
)
READ_SENTENCES = Calibration(
    0.67, 0.67, 0.79, 0.13, 0.40, 0.0, 0.0, 0.51, -0.68, -0.52, -1.38, read=1.12
)


@dataclass(frozen=True, slots=True)
class Correction:
    """What a candidate's standing adds to the log odds that its evidence gives."""

    odds: float  # what these are multiplied by
    likeness: float
    told: float
    sentence: float
    beside: float
    across: float
    constant: float

    def of(self, likely: float, standing: Standing) -> float:
        """The probability *likely*, corrected."""
        return logistic(weighed(self, _CORRECTED, corrected_by(likely, standing)))


_LEAST, _MANY = 1e-4, 6
_CORRECTED = tuple(f.name for f in fields(Correction) if f.name != "constant")


def corrected_by(likely: float, standing: Standing) -> tuple[float, ...]:
    """The pieces that `Correction` weighs, in the order of its fields."""
    return (
        log_odds(likely),
        standing.likeness,
        standing.told,
        standing.sentence,
        float(min(standing.beside, _MANY)),
        float(standing.across),
    )


# Fitted on all visible sets, `python -m evals calibrate` prints its like. The number of
# the question's terms was as good and is not in it: short questions lost by it.
STANDING = Correction(
    odds=1.065,
    likeness=0.9,
    told=1.673,
    sentence=-1.021,
    beside=0.134,
    across=0.446,
    constant=0.179,
)

# What is weighed, in the order of `evidence` below.
PIECES = tuple(f.name for f in fields(Calibration) if f.name != "constant")


def evidence(candidate: Candidate) -> tuple[float, ...]:
    """What speaks for a candidate, in the order of `PIECES`."""
    f = candidate.features
    return (
        f.told,
        f.sentence,
        f.context,
        f.alike,
        f.counted,
        f.kind,
        f.status,
        f.names,
        f.absent,
        f.lacking,
        (f.read or 0.0) / ODDS,
        (f.said or 0.0) / ODDS,
        min(candidate.rival, 1.0),
    )


def logistic(odds: float) -> float:
    """The probability of these log odds."""
    return 1.0 / (1.0 + math.exp(-odds))


def calibration(candidate: Candidate) -> Calibration:
    """The weights that hold for a candidate."""
    heard = candidate.features.read is not None
    if candidate.stored:
        return READ_FIGURES if heard else FIGURES
    return READ_SENTENCES if heard else SENTENCES


def trust_among(candidate: Candidate) -> float:
    """The same where others of its kind belong to the answer: no rivals."""
    return trust(replace(candidate, rival=0.0, sure=candidate.alone))


def trust_with(candidate: Candidate, others: Sequence[Candidate]) -> float:
    """The same where *others* are shown beside it: one of them is no rival."""
    if not others or candidate.sure is None:
        return trust(candidate)
    sure = candidate.sure + sum(other.sure or 0.0 for other in others)
    return trust(replace(candidate, rival=0.0, sure=min(sure, 1.0)))


def trust(candidate: Candidate) -> float:
    """The probability that *candidate* answers the question, in (0, 1)."""
    likely = by_itself(candidate)
    standing = candidate.standing
    if standing:
        likely = STANDING.of(likely, standing)
    if candidate.sure is not None:
        own, contest = log_odds(likely), log_odds(candidate.sure)
        likely = logistic((1 - _CONTEST) * own + _CONTEST * contest)
    return likely * hardly_fits(candidate)


def log_odds(likely: float, least: float = _LEAST) -> float:
    """The log odds of a probability, which is taken as *least* from 0 and 1."""
    likely = min(max(likely, least), 1 - least)
    return math.log(likely / (1 - likely))


def by_itself(candidate: Candidate) -> float:
    """The same by its own evidence, however it stands among others."""
    likely = logistic(calibration(candidate).odds(evidence(candidate)))
    features = candidate.features
    # A figure beside another noun counts something else, and a sentence without
    # the name asked for is about something else.
    likely *= features.contrast * features.occasion
    if candidate.figure is None or candidate.figure.kind == "date":
        return likely * features.names
    # The ranking has heeded the noun already: here it weighs half.
    return likely * math.sqrt(features.head)


def hardly_fits(candidate: Candidate) -> float:
    """Below 1 for a figure that was let through to be named in a refusal: a factor."""
    if not candidate.stored:
        return 1.0
    features = candidate.features
    fits = (features.period / _FITS, features.place / _FITS, features.kind / _KIND)
    return math.prod(min(1.0, fit) for fit in fits)
