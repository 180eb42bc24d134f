"""Learn which candidate answers: python -m evals train-contest.

Asks every set that was looked at, takes for each question the candidates that the
rules find, and fits the two networks of `answer.contest`: which of them answers, or
none. Writes their weights and prints what they are worth on sets left out of the fit.
Half an hour on two cores, nearly all of it for asking. Exit 0, or 2 on bad input.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score
from torch import Tensor, nn

from answer.contest import AMONG, WEIGHTS, Network, Weights, sure_of
from evals import ask
from evals.rivals import Rivals, Scores, rivals
from index.errors import BadInputError
from settings import read_settings

_HERE = Path(__file__).resolve().parent
_QUESTIONS = "questions.jsonl"
_SETS = ("questions.jsonl", "fresh/*.jsonl", "other/questions.jsonl",
         "further/*/questions.jsonl", "held/*/questions.jsonl")  # fmt: skip
# Lessons that the shipped reader has not learned from: of the others it knows more
# than it will of any new report.
_UNREAD = ("ae", "af", "ag", "ah", "ai", "aj", "ak", "al", "am", "an", "ao", "ap")
# Nobody looked at what is missed in these: they tell what the fit is worth.
_KEPT_APART = ("fresh/voices", "fresh/acceptance", "further/regions/",
               "further/localities/", "further/apart/")  # fmt: skip
# Denser and harder than what officials mostly have.
_DENSE = ("further/en/", "further/vi/", "further/investment/", "held/", "lessons/")
_HARD = 0.3  # what a dense set counts beside an ordinary one
_FOLDS = 5
_LEVELS = (0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Plan:
    """How to fit."""

    units: int = 32  # of the hidden layer of one fit
    fits: int = 4  # with other beginnings, laid side by side
    epochs: int = 60
    batches: int = 4  # in an epoch
    rate: float = 0.01
    decay: float = 1.0
    dropout: float = 0.3


@dataclass(frozen=True, slots=True)
class Learned:
    """The lists of one set."""

    name: str
    lists: tuple[Rivals, ...]

    def of(self, *, figures: bool) -> "Learned":
        """Only those of figures, or only those of sentences."""
        return Learned(
            self.name, tuple(each for each in self.lists if each.figures is figures)
        )

    @property
    def ordinary(self) -> bool:
        """Is it on reports such as officials mostly have?"""
        return is_ordinary(self.name)

    @property
    def weight(self) -> float:
        """Of one list: a set weighs as the root of its size."""
        share = 1.0 if self.ordinary else _HARD
        return float(share / np.sqrt(max(len(self.lists), 1)))


def is_ordinary(name: str) -> bool:
    """Is a set, by its name, on reports such as officials mostly have?"""
    return not any(part in name for part in _DENSE)


def main(argv: Sequence[str] | None = None) -> int:
    """Ask, learn, write and measure; see the module. Raises BadInputError."""
    args = _arguments(argv)
    torch.set_num_threads(1)
    with ProcessPoolExecutor(args.jobs) as pool:
        learned = list(pool.map(collect, args.sets or default_sets()))
    weights = Weights(
        *(fitted([s.of(figures=f) for s in learned], Plan()) for f in (True, False))
    )
    weights.write(args.out)
    print(f"{sum(len(s.lists) for s in learned)} lists, {args.out}")
    for figures in (True, False):
        print(worth([s.of(figures=figures) for s in learned], Plan()))
    return 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m evals train-contest", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument(
        "sets", nargs="*", type=Path, metavar="SET",
        help="all that may be looked at, if none is named",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--jobs", type=int, default=1, help="sets asked at a time")
    return parser.parse_args(argv)


def default_sets() -> list[Path]:
    """Every set that was looked at and that the reader has not learned from."""
    unread = [f"lessons/{name}/{_QUESTIONS}" for name in _UNREAD]
    found = [
        path for pattern in (*_SETS, *unread) for path in sorted(_HERE.glob(pattern))
    ]
    return [p for p in found if not any(name in str(p) for name in _KEPT_APART)]


def collect(path: Path) -> Learned:
    """Ask one set about its own reports, or about those of the project.

    Raises BadInputError.
    """
    from answer.assistant import Assistant  # each process loads its own encoder

    torch.set_num_threads(1)
    source = path.resolve()
    with ask.about(source, read_settings()) as (apart, questions):
        assistant = Assistant.open(apart)
        assistant.ranker = Scores()  # nothing is trusted yet, so all is read
        found = Learned(
            "/".join(source.parts[-3:]), tuple(rivals(assistant, questions))
        )
    print(f"{found.name}: {len(found.lists)} lists", file=sys.stderr, flush=True)
    return found


# --- Fitting --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Batch:
    """Lists laid side by side, padded; the last column is "none of them"."""

    rows: Tensor  # (lists, AMONG, k)
    barred: Tensor  # (lists, AMONG + 1), 0 or all but minus infinity
    wrong: Tensor  # the same for what does not answer
    weight: Tensor  # (lists,)


def _batch(found: Sequence[Learned]) -> _Batch:
    lists = [each for learned in found for each in learned.lists]
    if not lists:
        raise BadInputError("no question has a candidate: nothing to learn")
    rows = torch.zeros(len(lists), AMONG, lists[0].pieces.shape[1])
    barred = torch.full((len(lists), AMONG + 1), -1e9)
    wrong = barred.clone()
    barred[:, -1] = 0.0
    for at, each in enumerate(lists):
        count = len(each.pieces)
        rows[at, :count] = torch.from_numpy(each.pieces)
        barred[at, :count] = 0.0
        wrong[at, :count][torch.from_numpy(each.right)] = 0.0
        if not each.right.any():
            wrong[at, -1] = 0.0
    weight = torch.tensor([each.weight for each in found for _ in each.lists])
    return _Batch(rows, barred, wrong, weight / weight.mean())


class _Fit(nn.Module):
    """What is fitted: the parts of a `Network`, on pieces of unit spread."""

    def __init__(self, count: int, plan: Plan) -> None:
        super().__init__()
        self.direct = nn.Linear(count, 1)
        self.inner = nn.Linear(count, plan.units)
        self.drop = nn.Dropout(plan.dropout)
        self.outer = nn.Linear(plan.units, 1)
        nn.init.zeros_(self.direct.weight)

    def forward(self, rows: Tensor) -> Tensor:
        """The log odds of each row against none, with those of none, which are 0."""
        hidden = self.drop(torch.tanh(self.inner(rows)))
        odds = (self.direct(rows) + self.outer(hidden))[..., 0]
        return torch.cat([odds, torch.zeros(len(odds), 1)], dim=1)


def fitted(found: Sequence[Learned], plan: Plan) -> Network:
    """The network that tells best which candidate answers. Raises BadInputError.

    The loss is that of a softmax over the candidates and none of them; any of
    several right ones will do.
    """
    batch = _batch(found)
    real = batch.barred[:, :-1] == 0
    mean = batch.rows[real].mean(dim=0)
    spread = batch.rows[real].std(dim=0)
    spread[spread < 1e-6] = 1.0  # a piece that is the same for all says nothing
    rows = torch.where(real[..., None], (batch.rows - mean) / spread, 0.0)
    batch = replace(batch, rows=rows)
    fits = [_fit(batch, plan, seed) for seed in range(plan.fits)]
    return _side_by_side(fits, mean, spread)


def _fit(batch: _Batch, plan: Plan, seed: int) -> _Fit:
    torch.manual_seed(seed)
    fit = _Fit(batch.rows.shape[2], plan)
    optimizer = torch.optim.AdamW(
        fit.parameters(), lr=plan.rate, weight_decay=plan.decay
    )
    steps = plan.epochs * plan.batches
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    for _ in range(plan.epochs):
        order = torch.randperm(len(batch.rows))
        for part in order.chunk(plan.batches):
            optimizer.zero_grad()
            odds = fit(batch.rows[part])
            every = torch.logsumexp(odds + batch.barred[part], dim=1)
            right = torch.logsumexp(odds + batch.wrong[part], dim=1)
            loss = ((every - right) * batch.weight[part]).mean()
            loss.backward()  # type: ignore[no-untyped-call]  # PyTorch leaves it so
            optimizer.step()
            schedule.step()
    return fit


def _side_by_side(fits: Sequence[_Fit], mean: Tensor, spread: Tensor) -> Network:
    """One network that gives the mean of the fits' log odds, on pieces as they come."""
    with torch.no_grad():
        direct = torch.stack([f.direct.weight[0] for f in fits]).mean(0) / spread
        inner = torch.cat([f.inner.weight for f in fits]).T / spread[:, None]
        inner_shift = torch.cat([f.inner.bias for f in fits]) - mean @ inner
        outer = torch.cat([f.outer.weight[0] for f in fits]) / len(fits)
        shift = torch.stack([f.direct.bias + f.outer.bias for f in fits]).mean(0)
        parts = (direct, inner, inner_shift, outer, shift - mean @ direct)
    return Network(*(part.contiguous().numpy() for part in parts))


# --- What it is worth -------------------------------------------------------------


def worth(found: Sequence[Learned], plan: Plan) -> str:
    """How often the surest is right, on ordinary sets each left out of its fit."""
    sets = [learned for learned in found if learned.ordinary]
    sure: list[float] = []
    right: list[bool] = []
    answerable = 0
    for fold in range(_FOLDS):
        held = sets[fold::_FOLDS]
        rest = [learned for learned in found if learned not in held]
        if not held or not rest:
            continue
        network = fitted(rest, plan)
        for each in (each for learned in held for each in learned.lists if each.read):
            shares = sure_of(network.odds(each.pieces), each.said)
            best = int(shares.argmax())
            sure.append(float(shares[best]))
            right.append(bool(each.right[best]))
            answerable += bool(each.right.any())
    return _told(np.array(sure), np.array(right), answerable)


def _told(sure: NDArray[np.float64], right: NDArray[np.bool_], answerable: int) -> str:
    if not 0 < right.sum() < len(right):
        return "too few questions to say what it is worth"
    levels: Mapping[float, tuple[int, int]] = {
        level: (int(right[sure >= level].sum()), int((~right[sure >= level]).sum()))
        for level in _LEVELS
    }
    shown = "  ".join(f"{level:g}: {yes}/{no}" for level, (yes, no) in levels.items())
    auroc = roc_auc_score(right, sure)
    return (
        f"{len(right)} lists left out of the fit, {answerable} with a right candidate: "
        f"the surest is right in {right.sum()}, AUROC {auroc:.3f}, "
        f"right/wrong from trust {shown}"
    )
