"""How sure a name is: by its sentence, its office, and the names it is ahead of.

"Who heads the Payment Department?" is answered by the office beside a name, however
much else its sentence tells.
"""

import math
from dataclasses import dataclass, fields

from answer.names import Named
from answer.trust import log_odds, logistic, trust, weighed

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
        return logistic(weighed(self, PIECES, pieces))


PIECES = tuple(f.name for f in fields(Weights) if f.name != "constant")

# Fitted as `python -m evals train-names` does, on names whose sentences were judged by
# contest networks that had not learned from their set.
WEIGHTS = Weights(sentence=0.82, fit=2.22, office=1.37, lead=1.1, constant=-0.21)


def sure_of_name(named: Named) -> float:
    """The probability that a name answers."""
    return WEIGHTS.of(evidence(named))


def evidence(named: Named) -> tuple[float, ...]:
    """What speaks for a name, in the order of `PIECES`."""
    return (
        log_odds(trust(named.candidate), _LEAST),
        math.log(max(named.fit, _LEAST_FIT)),
        float(named.office),
        min(named.lead, _FAR),
    )
