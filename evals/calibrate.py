"""Fit the weights of `answer.trust` on questions with known answers.

Every question gets the best answer there is, however doubtful; a logistic
regression learns from what spoke for it whether it was right. Prints the weights
for `answer/trust.py` and, leaving out one set at a time, what they are worth: how
many would be shown right and wrong at each level of trust.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from answer.assistant import Assistant
from answer.compose import compose
from answer.draft import Draft
from answer.evidence import Standing
from answer.trust import (
    ACCEPT,
    PIECES,
    Calibration,
    Correction,
    by_itself,
    calibration,
    corrected_by,
    evidence,
    hardly_fits,
    logistic,
    trust,
)
from evals.judge import judge, pages_in
from evals.sets import Question

# Questions on reports such as officials mostly have count so many times as much as
# those on sets made denser and harder than that.
ORDINARY, HARD = 6.0, 1.0
_LEVELS = (0.5, 0.6, 0.7, ACCEPT, 0.75, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Trial:
    """What spoke for a forced answer, and whether it was right."""

    weights: Calibration  # those in use for it, which it helps to fit anew
    evidence: tuple[float, ...]
    factor: float  # what trust is multiplied by, whatever the weights
    right: bool
    likely: float = 0.5  # that it is right, by its own evidence
    standing: Standing | None = None  # how it stands among others


@dataclass(frozen=True, slots=True)
class Tried:
    """The trials of one set, and how much each of its questions counts."""

    name: str
    ordinary: bool
    trials: tuple[Trial, ...]

    def of(self, weights: Calibration) -> "Tried":
        """Only the trials that *weights* are in use for."""
        kept = tuple(t for t in self.trials if t.weights is weights)
        return Tried(self.name, self.ordinary, kept)

    @property
    def weight(self) -> float:
        """Of one trial: a set weighs as the root of its size."""
        share = 10 / np.sqrt(max(len(self.trials), 1))
        return float(share) * (ORDINARY if self.ordinary else HARD)


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
            used, told, alone = calibration(main), evidence(main), by_itself(main)
            # What the draft takes off beyond the trust in its evidence.
            less = draft.confidence / max(trust(main), 1e-9)
            less *= hardly_fits(main)
            factor = less * alone / max(logistic(used.odds(told)), 1e-9)
            found.append(Trial(used, told, factor, right, alone, main.standing))
    return found


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights in the order of `answer.trust.evidence`, the constant, the worth.

    apart: for each set, the trust that weights fitted on the others give its trials.
    """

    weights: NDArray[np.float64]
    constant: float
    apart: Mapping[str, NDArray[np.float64]]


def fit(found: Sequence[Tried]) -> Fit:
    """Fit one kind of trials. Raises ValueError if all ended alike."""
    apart = {}
    for held in found:
        others = [tried for tried in found if tried is not held]
        if held.trials and others:
            weights, constant = _fitted(others)
            odds = [np.dot(weights, t.evidence) + constant for t in held.trials]
            factors = [t.factor for t in held.trials]
            apart[held.name] = np.array([logistic(z) for z in odds]) * factors
    return Fit(*_fitted(found), apart)


def _fitted(found: Sequence[Tried]) -> tuple[NDArray[np.float64], float]:
    x = np.array([t.evidence for tried in found for t in tried.trials])
    y = np.array([t.right for tried in found for t in tried.trials])
    if len(set(y.tolist())) < 2:
        raise ValueError("all answers were right, or all wrong: nothing to learn")
    counts = [tried.weight for tried in found for _ in tried.trials]
    return _bounded(x, y, np.array(counts))


def _bounded(
    x: NDArray[np.float64], y: NDArray[np.bool_], counts: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    """A logistic regression (L2) in which no evidence may speak the wrong way."""
    rows = np.hstack([x, np.ones((len(x), 1))])
    sides = np.where(y, 1.0, -1.0)

    def loss(b: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = sides * (rows @ b)
        pull = np.append(b[:-1], 0.0)
        slope = -rows.T @ (counts * sides / (1 + np.exp(odds))) + pull
        return float(counts @ np.logaddexp(0, -odds) + pull @ pull / 2), slope

    against = {"absent", "lacking", "rival"}
    bounds = [(None, 0.0) if p in against else (0.0, None) for p in PIECES]
    start = np.zeros(rows.shape[1])
    b = minimize(loss, start, jac=True, bounds=[*bounds, (None, None)]).x
    return b[:-1], float(b[-1])


def standing_fitted(found: Sequence[Tried]) -> str:
    """A line to paste into `answer/trust.py`: what standing among others adds."""
    trials = [(tried, t) for tried in found for t in tried.trials if t.standing]
    x = np.array([corrected_by(t.likely, t.standing) for _, t in trials if t.standing])
    y = np.array([t.right for _, t in trials])
    if len(set(y.tolist())) < 2:
        raise ValueError("all answers were right, or all wrong: nothing to learn")
    counts = np.array([tried.weight for tried, _ in trials])
    spread = x.std(axis=0)
    spread[spread == 0] = 1.0  # a piece that is the same for all says nothing
    learned = LogisticRegression(C=0.3, max_iter=2000)
    learned.fit(x / spread, y, sample_weight=counts)
    weights = learned.coef_[0] / spread
    names = [f.name for f in fields(Correction) if f.name != "constant"]
    told = dict(zip(names, weights, strict=True))
    told["constant"] = float(learned.intercept_[0])
    numbers = ", ".join(f"{name}={weight:.3f}" for name, weight in told.items())
    return f"STANDING = Correction({numbers})"


def shown(name: str, fitted: Fit, found: Sequence[Tried]) -> str:
    """A line to paste into `answer/trust.py`, and what it is worth on sets left out."""
    named = {
        **dict(zip(PIECES, fitted.weights, strict=True)),
        "constant": fitted.constant,
    }
    numbers = ", ".join(f"{piece}={weight:.2f}" for piece, weight in named.items())
    lines = [f"{name} = Calibration({numbers})"]
    for ordinary in (True, False):
        sets = [t for t in found if t.ordinary is ordinary and t.name in fitted.apart]
        if not sets:
            continue
        trust = np.concatenate([fitted.apart[t.name] for t in sets])
        right = np.array([trial.right for t in sets for trial in t.trials])
        auroc = roc_auc_score(right, trust) if 0 < right.sum() < len(right) else 0.5
        levels = "  ".join(
            f"{level:g}: {(right & (trust >= level)).sum()}"
            f"/{(~right & (trust >= level)).sum()}"
            for level in _LEVELS
        )
        kind = "ordinary" if ordinary else "hard"
        lines.append(
            f"  {kind}, {len(right)} answers, AUROC {auroc:.3f}, "
            f"right/wrong from trust {levels}"
        )
    return "\n".join(lines)
