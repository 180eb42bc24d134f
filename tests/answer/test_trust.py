"""How likely a candidate answers: a number that means something."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.evidence import Candidate, Features, Standing
from answer.trust import ACCEPT, Correction, by_itself, trust, trust_with

MakeCandidate = Callable[..., Candidate]

AGAINST = {"absent", "lacking"}  # the rest of the features speaks for a candidate
NAMES = [field.name for field in fields(Features)]
NOTHING = Features(**{name: float(name in AGAINST) for name in NAMES})
EVERYTHING = Features(**{name: float(name not in AGAINST) for name in NAMES})


@pytest.fixture
def candidates(make_candidate: MakeCandidate) -> list[Candidate]:
    """A figure, and a sentence without one."""
    return [
        make_candidate("The share reached 45%.", "45%"),
        make_candidate("The wells were dug by hand."),
    ]


def test_what_is_shown_as_well_is_no_rival(candidates: list[Candidate]) -> None:
    """Either value may be the one in mind: both together are as sure as their sum."""
    one = replace(candidates[0], sure=0.5, rival=0.9)
    two = replace(candidates[0], sure=0.4, rival=0.9)
    assert trust_with(one, ()) == trust(one)
    assert trust_with(one, (two,)) > trust(one)
    assert trust_with(one, (two, two)) < 1


@pytest.mark.parametrize("name", NAMES)
def test_more_evidence_is_never_trusted_less(
    candidates: list[Candidate], name: str
) -> None:
    """What speaks for a candidate raises trust, what speaks against lowers it."""
    for candidate in candidates:
        for base in (NOTHING, EVERYTHING):
            steps = [replace(base, **{name: step / 5}) for step in range(6)]
            trusts = [trust(replace(candidate, features=f)) for f in steps]
            assert trusts == sorted(trusts, reverse=name in AGAINST)


def test_trust_is_a_probability(candidates: list[Candidate]) -> None:
    """Never quite sure and never quite hopeless, whatever the evidence."""
    values = st.builds(Features, **dict.fromkeys(NAMES, st.floats(0.001, 1)))

    @given(values)
    def check(features: Features) -> None:
        for candidate in candidates:
            assert 0 < trust(replace(candidate, features=features)) < 1

    check()


def test_full_evidence_is_shown_and_none_is_not(candidates: list[Candidate]) -> None:
    """The line lies between the two."""
    for candidate in candidates:
        assert trust(replace(candidate, features=EVERYTHING)) > ACCEPT
        assert trust(replace(candidate, features=NOTHING)) < ACCEPT


# --- Standing -------------------------------------------------------------------

AMONG = Standing(likeness=0.0, told=0.0, sentence=0.0, beside=0, across=False)
AS_IT_IS = Correction(1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


@given(st.floats(0.001, 0.999))
def test_a_correction_without_weights_changes_nothing(likely: float) -> None:
    """Whatever the standing is."""
    assert AS_IT_IS.of(likely, AMONG) == pytest.approx(likely)


@given(st.floats(0, 1), st.floats(-1, 1), st.integers(0, 50))
def test_a_corrected_trust_is_a_probability(
    likely: float, ahead: float, beside: int
) -> None:
    """Also at the ends, where the odds have no number."""
    standing = replace(AMONG, told=ahead, sentence=ahead, beside=beside)
    weights = Correction(1.2, 2.0, 3.0, -1.0, -0.2, -0.4, 0.3)
    assert 0 < weights.of(likely, standing) < 1


@pytest.mark.parametrize("name", ["likeness", "told", "sentence"])
def test_being_ahead_counts_by_its_weight(name: str) -> None:
    """Half as sure, it is surer ahead of others than behind them."""
    weights = replace(AS_IT_IS, **{name: 2.0})
    more: dict[str, Any] = {name: 0.4}
    less: dict[str, Any] = {name: -0.4}
    ahead, behind = replace(AMONG, **more), replace(AMONG, **less)
    assert weights.of(0.5, ahead) > weights.of(0.5, AMONG) > weights.of(0.5, behind)


def test_ten_figures_beside_are_as_many_as_twenty() -> None:
    """From some number on a sentence is simply full of figures."""
    weights = replace(AS_IT_IS, beside=-0.5)
    few, many, more = (weights.of(0.5, replace(AMONG, beside=n)) for n in (1, 10, 20))
    assert few > many == more


def test_what_was_not_ranked_stands_by_itself(candidates: list[Candidate]) -> None:
    """Without others the evidence decides alone."""
    for candidate in candidates:
        assert candidate.standing is None
        assert trust(candidate) == by_itself(candidate)
