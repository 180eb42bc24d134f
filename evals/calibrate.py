"""Fit the weights of `answer.trust` on questions with known answers.

Every question gets the best answer there is, however doubtful; a logistic
regression learns from what spoke for it whether it was right. Prints the
weights for `answer/trust.py` and, by cross-validation, what they are worth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import KFold

from answer.assistant import Assistant
from answer.compose import compose
from answer.draft import Draft
from answer.trust import PIECES, Calibration, calibration, evidence
from evals.judge import judge, pages_in
from evals.sets import Question

_FOLDS = 10


@dataclass(frozen=True, slots=True)
class Trial:
    """What spoke for a forced answer, and whether it was right."""

    weights: Calibration  # those in use for it, which it helps to fit anew
    evidence: tuple[float, ...]
    right: bool


def trials(
    assistant: Assistant, questions: Sequence[Question], corpus: Path
) -> list[Trial]:
    """Force an answer to each question. Questions out of scope are left out."""
    found = []
    pages = pages_in(corpus)
    for question in questions:
        asked, draft = assistant.consider(question.question, question.history)
        if isinstance(draft, Draft):
            reply = compose(asked, draft, generation=0).as_json()
            right = question.kind != "unanswerable" and bool(
                judge(question, reply, pages).right
            )
            main = draft.main
            found.append(Trial(calibration(main), evidence(main), right))
    return found


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights in the order of `answer.trust.evidence`, the constant, the worth."""

    count: int
    weights: NDArray[np.float64]
    constant: float
    auroc: float  # of ten-fold cross-validation


def fit(found: Sequence[Trial]) -> Fit:
    """Fit one kind of trials. Raises ValueError if all ended alike."""
    x = np.array([trial.evidence for trial in found])
    y = np.array([trial.right for trial in found])
    if len(set(y.tolist())) < 2:
        raise ValueError("all answers were right, or all wrong: nothing to learn")
    held_out = np.zeros(len(y))
    for taught, rest in KFold(_FOLDS, shuffle=True, random_state=0).split(x):
        weights, constant = _bounded(x[taught], y[taught])
        held_out[rest] = x[rest] @ weights + constant
    weights, constant = _bounded(x, y)
    return Fit(len(found), weights, constant, float(roc_auc_score(y, held_out)))


def _bounded(
    x: NDArray[np.float64], y: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], float]:
    """A logistic regression (L2) in which no evidence may speak the wrong way."""
    rows = np.hstack([x, np.ones((len(x), 1))])
    sides = np.where(y, 1.0, -1.0)

    def loss(b: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = sides * (rows @ b)
        pull = np.append(b[:-1], 0.0)
        slope = -rows.T @ (sides / (1 + np.exp(odds))) + pull
        return float(np.logaddexp(0, -odds).sum() + pull @ pull / 2), slope

    against = {"absent", "lacking", "rival"}
    bounds = [(None, 0.0) if p in against else (0.0, None) for p in PIECES]
    start = np.zeros(rows.shape[1])
    b = minimize(loss, start, jac=True, bounds=[*bounds, (None, None)]).x
    return b[:-1], float(b[-1])


def shown(name: str, fitted: Fit) -> str:
    """A line to paste into `answer/trust.py`."""
    named = {
        **dict(zip(PIECES, fitted.weights, strict=True)),
        "constant": fitted.constant,
    }
    numbers = ", ".join(f"{piece}={weight:.2f}" for piece, weight in named.items())
    return (
        f"{name} = Calibration({numbers})"
        f"  # n = {fitted.count}, held-out AUROC {fitted.auroc:.3f}"
    )
