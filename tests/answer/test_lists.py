"""Lists over several sentences."""

from collections.abc import Callable

import pytest

from answer.candidates import Material
from answer.evidence import Candidate
from answer.lists import is_item, whole_list

MakeCandidate = Callable[..., Candidate]


def rows_of(make: MakeCandidate, *texts: str) -> tuple[list[Candidate], Material]:
    """Sentences in a row of one report."""
    rows = [make(text) for text in texts]
    return rows, Material([c.sentence for c in rows], {}, {})


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("b) Second, build the network.", True),
        ("Thứ ba, hoàn thiện thể chế.", True),
        ("2. Train the teachers.", True),
        ("Một là, rà soát.", True),
        ("Second quarter growth was 5%.", False),
        ("A plan was made.", False),
        ("2.5 million people came.", False),
    ],
)
def test_items_are_known_by_their_mark(text: str, item: bool) -> None:
    """Numbers, letters and words of order at the head of a sentence."""
    assert is_item(text) is item


def test_the_whole_list_from_any_of_its_items(make_candidate: MakeCandidate) -> None:
    """Whichever item the search found, the list is shown from its first."""
    texts = ("The tasks.", "a) First, dig.", "It is deep.", "b) Then pump.", "The end.")
    rows, material = rows_of(make_candidate, *texts)
    first, others = whole_list(rows[3], material)
    assert first.text == texts[1]
    assert [c.text for c in others] == [texts[3]]


def test_what_stands_below_its_announcement(make_candidate: MakeCandidate) -> None:
    """A colon, or items right below: the items belong to the answer."""
    texts = ("The tasks are as follows:", "1. Dig a well.", "2. Pump.")
    rows, material = rows_of(make_candidate, *texts)
    _, others = whole_list(rows[0], material)
    assert [c.text for c in others] == list(texts[1:])


def test_a_list_goes_on_until_its_number_is_full(make_candidate: MakeCandidate) -> None:
    """ "4 tasks: A; B." and the next sentence has the other two."""
    texts = ("The 4 tasks include: dig; pump.", "Test the water; pay.", "Then rest.")
    rows, material = rows_of(make_candidate, *texts)
    _, others = whole_list(rows[0], material)
    assert [c.text for c in others] == [texts[1]]
