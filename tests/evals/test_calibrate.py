"""Fitting how far answers are trusted, on trials made for it."""

import random

import pytest

from answer.trust import FIGURES, PIECES
from evals.calibrate import ORDINARY, Trial, Tried, fit, shown


def _tried(name: str, *, ordinary: bool, seed: int) -> Tried:
    """Forty answers: right where likeness is high and no rival is near."""
    rolls = random.Random(seed)  # no secret
    trials = []
    for _ in range(40):
        told = dict.fromkeys(PIECES, 0.5)
        told["likeness"], told["rival"] = rolls.random(), rolls.random()
        right = told["likeness"] - told["rival"] + rolls.gauss(0, 0.2) > 0
        trials.append(Trial(FIGURES, tuple(told[p] for p in PIECES), 1.0, right))
    return Tried(name, ordinary, tuple(trials))


def test_nothing_speaks_the_wrong_way() -> None:
    """What speaks for an answer weighs nothing or more, a rival nothing or less."""
    sets = [_tried("a", ordinary=True, seed=1), _tried("b", ordinary=False, seed=2)]
    weights = dict(zip(PIECES, fit(sets).weights, strict=True))
    assert weights["likeness"] > 0 > weights["rival"]
    assert weights["absent"] <= 0 <= weights["told"]


def test_a_set_is_judged_by_the_others() -> None:
    """Every trial gets a trust from weights that it did not help to fit."""
    sets = [_tried(name, ordinary=True, seed=ord(name)) for name in "abc"]
    found = fit(sets)
    assert {name: len(trust) for name, trust in found.apart.items()} == {
        "a": 40, "b": 40, "c": 40,
    }  # fmt: skip
    told = shown("FIGURES", found, sets)
    assert told.startswith("FIGURES = Calibration(told=")
    assert "ordinary, 120 answers, AUROC 0.9" in told


def test_ordinary_sets_weigh_more() -> None:
    """Of two sets of a size, by the factor that the module names."""
    ordinary = _tried("a", ordinary=True, seed=1)
    hard = _tried("b", ordinary=False, seed=1)
    assert ordinary.weight == pytest.approx(ORDINARY * hard.weight)


def test_where_all_ended_alike_nothing_is_learned() -> None:
    """A clear error instead of weights without meaning."""
    sets = [Tried("a", ordinary=True, trials=(Trial(FIGURES, (0.5,) * 13, 1, True),))]
    with pytest.raises(ValueError, match="nothing to learn"):
        fit(sets)
