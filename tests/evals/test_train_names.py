"""Learning how far names are trusted, on names made for it."""

import random

import pytest

from answer.naming import PIECES
from evals.train_names import Trials, fitted
from index.errors import BadInputError


def _trials(name: str, seed: int) -> Trials:
    """Names whose first piece tells whether they are right."""
    rolls = random.Random(seed)  # no secret
    rows = [tuple(rolls.random() for _ in PIECES) for _ in range(40)]
    return Trials(name, tuple(rows), tuple(row[0] > 0.5 for row in rows))


def test_what_speaks_for_a_name_is_learned() -> None:
    """A line to paste, and what it is worth on sets left out of the fit."""
    told = fitted([_trials(f"fresh/{n}.jsonl", n) for n in range(6)])
    assert told.startswith("WEIGHTS = Weights(sentence=")
    assert "240 names, AUROC 0.9" in told or "AUROC 1.0" in told


def test_names_that_are_all_right_teach_nothing() -> None:
    """A clear error instead of weights without meaning."""
    rows = ((0.5,) * len(PIECES),)
    with pytest.raises(BadInputError, match="nothing to learn"):
        fitted([Trials("fresh/a.jsonl", rows, (True,))])


def test_dense_sets_weigh_less() -> None:
    """They are not what officials mostly have."""
    ordinary, dense = _trials("fresh/a.jsonl", 1), _trials("held/t/questions.jsonl", 1)
    assert dense.weight < ordinary.weight
