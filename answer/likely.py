"""What a question likely asks for, learned from how people ask.

The patterns of `answer.wants` know the question words that somebody thought of;
people ask in more ways ("sales abroad, what did they come to?"). A logistic
regression over the words of a question, up to three in a row, has learned from
questions with known answers which kind of answer each asks for, and whether it asks
for a target. It says how likely, never what the answer is; `python -m evals
train-likely` makes the weights beside this file.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.numpy import save_file

from index.grammar.marks import told_apart
from index.grammar.words import fold

WEIGHTS = Path(__file__).with_name("likely.safetensors")
LONGEST = 3  # words in a row
_WORD = re.compile(r"[^\W_]+|[%?]")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Likely:
    """How likely a question asks for what."""

    # Figures by their kinds ("share", "growth"), other answers by theirs ("list");
    # adds up to 1. Empty: nothing is known.
    kinds: Mapping[str, float] = field(default_factory=dict)
    target: float = 0.0  # that a target is asked for, not what was reached

    def among(self, kinds: frozenset[str]) -> float:
        """The probability that it is any of *kinds*."""
        return sum(p for kind, p in self.kinds.items() if kind in kinds)


@dataclass(frozen=True)
class Weights:
    """The two regressions: one row a gram, one column a kind, and one for target."""

    grams: Mapping[str, int]  # to their rows
    kinds: tuple[str, ...]
    rows: NDArray[np.float32]  # (grams, kinds + 1), the rarity of each multiplied in
    rarity: NDArray[np.float32]  # (grams,)
    constants: NDArray[np.float32]  # (kinds + 1,)

    def likely(self, question: str) -> Likely:
        """What *question* asks for."""
        known = [self.grams[g] for g in set(grams(question)) if g in self.grams]
        if not known:
            return Likely()
        length = float(np.linalg.norm(self.rarity[known]))
        odds = self.rows[known].sum(axis=0) / length + self.constants
        shares = np.exp(odds[:-1] - odds[:-1].max())
        shares /= shares.sum()
        target = 1.0 / (1.0 + float(np.exp(-odds[-1])))
        return Likely(dict(zip(self.kinds, shares.tolist(), strict=True)), target)

    def write(self, path: Path) -> None:
        """Write them as one safetensors file, the grams in its metadata."""
        tensors: dict[str, NDArray[Any]] = {
            "rows": self.rows.astype(np.float16),
            "rarity": self.rarity.astype(np.float16),
            "constants": self.constants,
        }
        said = {"grams": json.dumps(list(self.grams)), "kinds": json.dumps(self.kinds)}
        save_file(tensors, path, said)


@cache
def read_weights(path: Path = WEIGHTS) -> Weights:
    """The weights that come with the code. Raises OSError if they are missing."""
    with safe_open(path, "np") as file:
        said = file.metadata()
        names = ("rows", "rarity", "constants")
        tensors = {name: file.get_tensor(name).astype(np.float32) for name in names}
    return Weights(
        {gram: row for row, gram in enumerate(json.loads(said["grams"]))},
        tuple(json.loads(said["kinds"])),
        **tensors,
    )


def grams(question: str) -> list[str]:
    """The words of a question, folded, alone and in a row, its ends marked.

    Numbers are all alike: which year is asked for tells nothing.
    """
    words = ["^", *_WORD.findall(_DIGITS.sub("0", fold(told_apart(question)))), "$"]
    return [
        " ".join(words[at : at + count])
        for count in range(1, LONGEST + 1)
        for at in range(len(words) - count + 1)
    ]
