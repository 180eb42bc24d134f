"""How likely a candidate answers: a number that means something."""

from collections.abc import Callable
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.evidence import Candidate, Features
from answer.trust import ACCEPT, trust

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
