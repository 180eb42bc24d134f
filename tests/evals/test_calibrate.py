"""Fitting how far answers are trusted, on trials made for it."""

import random

import pytest

from answer.evidence import Standing
from answer.trust import FIGURES, PIECES, Correction
from evals.calibrate import ORDINARY, Trial, Tried, fit, shown, standing_fitted


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


def _ranked(seed: int, *, standing: bool = True) -> Tried:
    """A hundred answers, all half likely: right where they are ahead of others."""
    rolls = random.Random(seed)  # no secret
    trials = []
    for _ in range(100):
        ahead = rolls.uniform(-1, 1)
        beside = rolls.randint(0, 5)
        alike = rolls.uniform(-1, 1)
        stands = Standing(alike, ahead, 0.0, beside, across=False)
        right = ahead + rolls.gauss(0, 0.2) > 0
        likely = rolls.uniform(0.3, 0.7)
        known = stands if standing else None
        trials.append(Trial(FIGURES, (0.5,) * 13, 1.0, right, likely, known))
    return Tried(str(seed), ordinary=True, trials=tuple(trials))


def test_what_standing_adds_is_learned() -> None:
    """The line can be pasted, and gives more to those ahead than to those behind."""
    line = standing_fitted([_ranked(1), _ranked(2)])
    name, _, call = line.partition(" = Correction(")
    assert name == "STANDING"
    weights = Correction(
        **{k: float(v) for k, v in (p.split("=") for p in call[:-1].split(", "))}
    )
    ahead, behind = (Standing(0, by, 0, 2, across=False) for by in (0.6, -0.6))
    assert weights.of(0.5, ahead) > 0.8
    assert weights.of(0.5, behind) < 0.2
    assert abs(weights.likeness) < weights.told


def test_without_standing_nothing_is_learned_of_it() -> None:
    """Answers that were not ranked say nothing; nor do those that ended alike."""
    with pytest.raises(ValueError, match="nothing to learn"):
        standing_fitted([_ranked(1, standing=False)])
    trials = tuple(t for t in _ranked(1).trials if t.right)
    with pytest.raises(ValueError, match="nothing to learn"):
        standing_fitted([Tried("a", ordinary=True, trials=trials)])
