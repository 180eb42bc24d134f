"""Which of a question's candidates answers, if any: they compete with each other.

Two small networks, one for figures and one for sentences, have learned from questions
with known answers (`python -m evals train-contest`) how far to heed each piece of
evidence beside the others, and nothing of words: kind, period, place and status have
ruled out before what they exclude.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from answer.evidence import Candidate
from answer.pieces import Rows, pieces
from answer.question import Question

Odds = NDArray[np.float64]

WEIGHTS = Path(__file__).with_name("contest.safetensors")
AMONG = 25  # the best candidates, which compete


@dataclass(frozen=True)
class Network:
    """A linear part and one hidden layer, for k pieces of evidence and h units."""

    direct: NDArray[np.float32]  # (k,)
    inner: NDArray[np.float32]  # (k, h)
    inner_shift: NDArray[np.float32]  # (h,)
    outer: NDArray[np.float32]  # (h,)
    shift: NDArray[np.float32]  # (1,)

    def odds(self, rows: Rows) -> Odds:
        """The log odds of each candidate against "none of them", shape (n,)."""
        hidden = np.tanh(rows @ self.inner + self.inner_shift)
        odds = rows @ self.direct + hidden @ self.outer + self.shift
        return np.asarray(odds, dtype=np.float64)


@dataclass(frozen=True)
class Weights:
    """The two networks that come with the code."""

    figures: Network
    sentences: Network

    def write(self, path: Path) -> None:
        """Write both as one safetensors file."""
        tensors = {
            f"{kind.name}.{part.name}": getattr(getattr(self, kind.name), part.name)
            for kind in fields(self)
            for part in fields(Network)
        }
        save_file(tensors, path)


@cache
def read_weights(path: Path = WEIGHTS) -> Weights:
    """The weights beside this file. Raises OSError if they are missing."""
    tensors = load_file(path)
    return Weights(
        *(
            Network(*(tensors[f"{kind.name}.{part.name}"] for part in fields(Network)))
            for kind in fields(Weights)
        )
    )


def contested(question: Question, ranked: Sequence[Candidate]) -> list[Candidate]:
    """*ranked*, best first, each with how sure it is among the others.

    Only the best `AMONG` compete; the others stay as they are.
    """
    pool = [c for c in ranked[:AMONG] if c.score > 0]
    if not pool:
        return list(ranked)
    weights = read_weights()
    network = weights.figures if pool[0].stored else weights.sentences
    odds = network.odds(pieces(question, pool))
    sure = sure_of(odds, [said(c) for c in pool])
    alone = 1.0 / (1.0 + np.exp(-odds))
    found = [
        replace(c, sure=float(own), alone=float(lone))
        for c, own, lone in zip(pool, sure, alone, strict=True)
    ]
    return [*found, *ranked[len(pool) :]]


def sure_of(odds: Odds, told: Sequence[object]) -> Odds:
    """The probability that each answers, or another that says the same, shape (n,).

    odds: the log odds of each against none of them.
    told: what each says, as `said` gives it.
    """
    most = max(float(odds.max()), 0.0)
    shares = np.exp(odds - most)
    shares /= shares.sum() + np.exp(-most)
    alike = np.array([[one == other for other in told] for one in told])
    return np.asarray(alike @ shares)


def said(candidate: Candidate) -> tuple[object, ...]:
    """What a candidate says: the same value twice is no doubt about it."""
    figure = candidate.figure
    if figure is None:
        return (candidate.sentence.id,)
    if figure.value is None:
        return (figure.raw,)
    return (figure.kind, figure.value, figure.value_to)
