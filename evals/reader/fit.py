"""What joins the reader's scores to the rest, fitted on validation.

The weight of the encoder's likeness is the one under which the right sentences
of validation are the likeliest, the others fixed; "here" is made a probability
by a logistic function (Platt 1999).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from answer.reader.network import Network
from evals.reader.learn import read_pairs
from evals.reader.likeness import Likeness
from evals.reader.states import Known
from index.encoder import Encoder

_WEIGHTS = np.arange(0.0, 20.5, 0.5)
_WRONG = 4  # texts beside the one that answers

Choice = tuple[NDArray[np.float64], NDArray[np.float64], int]  # scores, likeness, right


class Looked(NamedTuple):
    """A question of validation, read with its text and without."""

    choice: Choice
    said: list[float]  # logit of "here" for its text and then the others
    likely: list[float]  # of each text's likest sentence


def fit(
    network: Network, held: Known, encoder: Encoder, *, bfloat16: bool
) -> dict[str, float]:
    """The fitted numbers of `Facts`, by name."""
    looked = _look(network, held, Likeness(held.material, encoder), bfloat16=bfloat16)
    choices = [each.choice for each in looked]
    weight = min(_WEIGHTS, key=lambda weight: surprise(choices, float(weight)))
    here = [[one] for each in looked for one in each.said]
    first = [i == 0 for each in looked for i in range(len(each.said))]
    (scale,), shift = _logistic(here, first)
    best = [
        [max(each.said[skip:]), max(each.likely[skip:])]
        for skip in (0, 1)
        for each in looked
    ]
    (by_here, by_likeness), constant = _logistic(
        best, [True] * len(looked) + [False] * len(looked)
    )
    return {
        "likeness": float(weight),
        "here_scale": scale,
        "here_shift": shift,
        "present_here": by_here,
        "present_likeness": by_likeness,
        "present_shift": constant,
    }


def _look(
    network: Network, held: Known, likeness: Likeness, *, bfloat16: bool
) -> list[Looked]:
    looked = []
    network.eval()
    with torch.no_grad():
        for asked in held.material.asked:
            rows = [
                row for row in (asked.gold, *asked.wrong[:_WRONG]) if row is not None
            ]
            if asked.gold is None or len(rows) < 2:
                continue
            pairs = held.pairs(asked, rows)
            read = read_pairs(network, pairs, bfloat16=bfloat16, parts=1)
            scores = torch.cat([each.sentence for each in read]).double().numpy()
            likely = [likeness.sentences(asked, row) for row in rows]
            joined = np.concatenate(likely).astype(float)
            looked.append(
                Looked(
                    (scores, joined, asked.sentence),
                    [float(each.here) for each in read],
                    [float(each.max()) for each in likely],
                )
            )
    return looked


def _logistic(
    features: Sequence[Sequence[float]], truth: Sequence[bool]
) -> tuple[list[float], float]:
    found = LogisticRegression(C=10.0).fit(np.array(features), np.array(truth))
    return [float(each) for each in found.coef_[0]], float(found.intercept_[0])


def surprise(choices: Sequence[Choice], weight: float) -> float:
    """The mean of minus the log of the chance that the right sentence is given."""
    total = 0.0
    for scores, likely, right in choices:
        joined = scores + weight * likely
        total -= joined[right] - np.logaddexp.reduce(joined)
    return total / max(1, len(choices))
