"""What kind of sentence it is: terms together, reasons, lists, tasks."""

from collections.abc import Callable

import pytest

from answer.coverage import Coverage
from answer.evidence import Candidate
from answer.question import Question
from answer.shape import form_asked, reasoned, shape, stands_together
from answer.vocabulary import Vocabulary

Ask = Callable[..., Question]
MakeCandidate = Callable[..., Candidate]

FAR = " ".join(["and so on"] * 20)


@pytest.fixture
def cover(ask: Ask, vocabulary: Vocabulary) -> Coverage:
    """Of a question for a reason."""
    return Coverage(ask("Why were pumps bought for wells?").terms, "en", vocabulary)


def test_what_stands_far_apart_is_not_together(cover: Coverage) -> None:
    """A long sentence has many words, and half of it may speak of another thing."""
    near = f"Pumps were bought for wells {FAR}."
    apart = f"Pumps came first {FAR}, then wells were bought."
    assert stands_together(cover, near) > stands_together(cover, apart)
    assert cover.of(near) == pytest.approx(cover.of(apart))


def test_the_reason_stands_behind_what_it_is_for(cover: Coverage) -> None:
    """ "… to prevent drought" tells why of what stands right before it."""
    own = f"Pumps were bought for wells to prevent drought {FAR}."
    others = f"Pumps were bought for wells {FAR} and boats to prevent storms."
    assert reasoned(cover, own) > reasoned(cover, others)
    assert reasoned(cover, "Pumps were bought for wells.") == 0


def test_a_list_opens_with_a_colon(ask: Ask, make_candidate: MakeCandidate) -> None:
    """Tasks are assigned; what is not asked for is not looked at."""
    asked = form_asked(ask("What tasks did the chairman give the departments?"))
    opening = make_candidate("The chairman assigned the following tasks:")
    _, colon, *_, tasks, assigns = shape(asked, opening)
    assert (colon, tasks, assigns) == (True, True, True)
    told = shape(asked, make_candidate("The wells are dry."))
    assert not told[1]
    assert not told[-1]
    assert not any(shape(form_asked(ask("Who chaired the meeting?")), opening))
