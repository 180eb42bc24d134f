"""What joins the reader's scores to the rest, fitted on validation.

The weight of the encoder's likeness is the one under which the right sentences
of validation are the likeliest, the others fixed; "here" is made a probability
by a logistic function (Platt 1999).
"""

from collections.abc import Sequence

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


def fit(
    network: Network, held: Known, encoder: Encoder, *, bfloat16: bool
) -> dict[str, float]:
    """The fitted numbers of `Facts`, by name."""
    likeness = Likeness(held.material, encoder)
    choices: list[Choice] = []
    said: list[float] = []
    truth: list[int] = []
    network.eval()
    with torch.no_grad():
        for asked in held.material.asked:
            if asked.gold is None:
                continue
            rows = [asked.gold, *asked.wrong[:_WRONG]]
            read = read_pairs(
                network, held.pairs(asked, rows), bfloat16=bfloat16, parts=1
            )
            scores = torch.cat([each.sentence for each in read]).double().numpy()
            likely = np.concatenate([likeness.sentences(asked, row) for row in rows])
            choices.append((scores, likely.astype(float), asked.sentence))
            said += [float(each.here) for each in read]
            truth += [1] + [0] * (len(rows) - 1)
    weight = min(_WEIGHTS, key=lambda weight: surprise(choices, float(weight)))
    scale, shift = 1.0, 0.0
    if len(set(truth)) == 2:
        fitted = LogisticRegression(C=100.0).fit(np.array(said)[:, None], truth)
        scale, shift = float(fitted.coef_[0, 0]), float(fitted.intercept_[0])
    return {"likeness": float(weight), "here_scale": scale, "here_shift": shift}


def surprise(choices: Sequence[Choice], weight: float) -> float:
    """The mean of minus the log of the chance that the right sentence is given."""
    total = 0.0
    for scores, likely, right in choices:
        joined = scores + weight * likely
        total -= joined[right] - np.logaddexp.reduce(joined)
    return total / max(1, len(choices))
