"""Learn how far names are trusted: python -m evals train-names.

Asks every set that was looked at for the names it seeks, and fits the weights of
`answer.naming`: what speaks for a name, and was it right. Prints a line to paste there
and what it is worth on sets left out of the fit. Run it after `train-contest`, whose
trust in sentences it builds on. A quarter of an hour on two cores. Exit 0, or 2 on bad
input.
"""

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from answer.names import NAMES, choose_name
from answer.naming import PIECES, evidence
from evals import ask
from evals.match import says
from evals.train_contest import default_sets, is_ordinary
from index.errors import BadInputError
from settings import read_settings

_DENSE = 0.1  # what a name on reports made dense counts beside one on ordinary ones
_FOLDS = 6


@dataclass(frozen=True, slots=True)
class Trials:
    """The best names for the questions of one set: their evidence, which are right."""

    name: str
    evidence: tuple[tuple[float, ...], ...]
    right: tuple[bool, ...]

    @property
    def weight(self) -> float:
        """Of one trial."""
        return 1.0 if is_ordinary(self.name) else _DENSE


def main(argv: Sequence[str] | None = None) -> int:
    """Ask, fit and print; see the module. Raises BadInputError."""
    parser = argparse.ArgumentParser(
        prog="python -m evals train-names", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("sets", nargs="*", type=Path, metavar="SET")
    parser.add_argument("--jobs", type=int, default=1, help="sets asked at a time")
    args = parser.parse_args(argv)
    with ProcessPoolExecutor(args.jobs) as pool:
        found = list(pool.map(trials, args.sets or default_sets()))
    print(fitted(found))
    return 0


def trials(path: Path) -> Trials:
    """Ask one set about its own reports, or about those of the project.

    Raises BadInputError.
    """
    from answer.assistant import Assistant  # each process loads its own encoder

    torch.set_num_threads(1)
    source = path.resolve()
    told: list[tuple[float, ...]] = []
    right: list[bool] = []
    with ask.about(source, read_settings()) as (apart, questions):
        assistant = Assistant.open(apart)
        for question in questions:
            found = assistant.look_up(question.question, question.history)
            if found is None or found[0].want not in NAMES or question.all:
                continue  # what names several things is not told by one
            asked, material = found
            assistant.hear(asked, material)
            ranked = assistant.ranker.rank(asked, material.sentences(asked))
            ranked = [c for c in ranked if c.score > 0]
            named = choose_name(asked, material, ranked, asked.want) if ranked else None
            if named:
                reported = named.candidate.report.name in question.reports
                told.append(evidence(named))
                right.append(
                    reported and any(says(named.text, g) for g in question.answers)
                )
    return Trials("/".join(source.parts[-3:]), tuple(told), tuple(right))


def fitted(found: Sequence[Trials]) -> str:
    """A line for `answer/naming.py` and its worth. Raises BadInputError."""
    x = np.array([piece for each in found for piece in each.evidence])
    y = np.array([right for each in found for right in each.right])
    if len(set(y.tolist())) < 2:
        raise BadInputError("all names were right, or all wrong: nothing to learn")
    weight = np.array([each.weight for each in found for _ in each.right])
    of_set = np.repeat(np.arange(len(found)), [len(each.right) for each in found])
    sure = np.zeros(len(y))
    for fold in range(_FOLDS):
        held = of_set % _FOLDS == fold
        if 0 < y[~held].sum() < (~held).sum() and held.any():
            sure[held] = _model(x, y, weight, ~held).predict_proba(x[held])[:, 1]
    model = _model(x, y, weight, np.ones(len(y), dtype=bool))
    told = dict(zip(PIECES, model.coef_[0], strict=True))
    told["constant"] = float(model.intercept_[0])
    numbers = ", ".join(f"{name}={value:.2f}" for name, value in told.items())
    auroc = roc_auc_score(y, sure)
    return f"WEIGHTS = Weights({numbers})\n{len(y)} names, AUROC {auroc:.3f}"


def _model(
    x: np.ndarray, y: np.ndarray, weight: np.ndarray, used: np.ndarray
) -> LogisticRegression:
    model = LogisticRegression(C=1.0, max_iter=5000)
    return model.fit(x[used], y[used], sample_weight=weight[used])
