"""How likely a candidate answers: a number that means what it says.

A logistic function of the candidate's features; its weights are fitted on
questions with known answers (`python -m evals calibrate`), not by hand.
"""

import math

from answer.evidence import Candidate

ACCEPT = 0.5  # trust from which an answer is shown


def trust(best: Candidate) -> float:
    """The probability that *best* answers the question, in (0, 1)."""
    f = best.features
    kept = max(f.subject, f.near, f.clause, f.sentence)
    known = 0.6 * kept + 0.4 * f.context
    semantic = max(f.likeness, f.late, f.counted)
    z = 9.0 * (known * 0.75 + semantic * 0.25 - 0.52) + 2.0 * (f.allowed - 1.0)
    if f.allowed < 0.3:
        z -= 3.0
    return 1.0 / (1.0 + math.exp(-z))
