"""How sure a name is: its sentence, its office, the names beside it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from answer.evidence import Candidate, Features
from answer.names import Named
from answer.naming import PIECES, evidence, sure_of_name

MakeCandidate = Callable[..., Candidate]


@pytest.fixture
def named(make_candidate: MakeCandidate) -> Named:
    """A name in a sentence that half answers."""
    features = Features(*[0.5] * 8)
    told = make_candidate("Le Van Binh looks after wells.", features=features)
    return Named(told, 0, 11, fit=1.0, lead=0.2)


def test_an_office_held_is_trusted_more(named: Named) -> None:
    """However much else the sentence tells, the office beside a name says who."""
    assert sure_of_name(replace(named, office=True)) > sure_of_name(named) + 0.1


def test_another_name_close_by_leaves_doubt(named: Named) -> None:
    """A name is surer the farther it is ahead of the next, up to a bound."""
    close, far, farther = (
        sure_of_name(replace(named, lead=lead)) for lead in (0.0, 0.5, 2.0)
    )
    assert close < far == farther


def test_a_name_that_hardly_fits_is_hardly_trusted(named: Named) -> None:
    """The deputy's name is no answer, and odds stay finite."""
    assert sure_of_name(replace(named, fit=0.4)) < sure_of_name(named)
    assert 0 < sure_of_name(replace(named, fit=0.0)) < 0.1
    assert len(evidence(named)) == len(PIECES)
