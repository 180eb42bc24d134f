"""How sure a name is: by its sentence, its office, and the names it is ahead of.

"Who heads the Payment Department?" is answered by the office beside a name, however
much else its sentence tells.
"""

import math
from dataclasses import dataclass, fields

from answer.names import Named
from answer.trust import hardly_fits, logistic, trust

_LEAST = 1e-3  # of a probability whose odds are taken
_LEAST_FIT = 0.05
_FAR = 0.5  # ahead of the next name: more says no more


@dataclass(frozen=True, slots=True)
class Weights:
    """What each piece of evidence adds to the log odds that a name answers."""

    sentence: float  # the log odds that its sentence answers
    fit: float  # the logarithm of how well role and words agree
    office: float  # the office that the question names is held
    lead: float  # how far it is ahead of the next name
    constant: float

    def of(self, pieces: tuple[float, ...]) -> float:
        """The probability that *pieces*, in the order of the fields, add up to."""
        weights = (getattr(self, name) for name in PIECES)
        told = sum(
            weight * piece for weight, piece in zip(weights, pieces, strict=True)
        )
        return logistic(self.constant + told)


PIECES = tuple(f.name for f in fields(Weights) if f.name != "constant")

# Fitted by `python -m evals train-names`.
WEIGHTS = Weights(sentence=0.82, fit=2.22, office=1.37, lead=1.1, constant=-0.21)


def sure_of_name(named: Named) -> float:
    """The probability that a name answers."""
    # What hardly fits cannot be bought back.
    return WEIGHTS.of(evidence(named)) * hardly_fits(named.candidate)


def evidence(named: Named) -> tuple[float, ...]:
    """What speaks for a name, in the order of `PIECES`."""
    sure = min(max(trust(named.candidate), _LEAST), 1 - _LEAST)
    return (
        math.log(sure / (1 - sure)),
        math.log(max(named.fit, _LEAST_FIT)),
        float(named.office),
        min(named.lead, _FAR),
    )
