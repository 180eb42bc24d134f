"""What a sentence leaves to the one before it."""

from collections.abc import Callable

import pytest

from answer.carried import leans, points_back
from answer.evidence import Candidate

MakeCandidate = Callable[..., Candidate]


@pytest.mark.parametrize(
    "text",
    [
        "This rate was 22.4% in 2022.",
        "Previously, the year 2023 stopped at 37.4%.",
        "For comparison, 97.3% and 80.5% were told of the country.",
        "In 2021, the first year of the term, the two rates were 66.1% and 26.1%.",
        "The target of 2025 is set at 4.5 billion USD.",
        "Trong đó, khối bộ đạt 61,7%.",
        "Năm 2024, tỷ lệ này tại Sóc Trăng là 61,2%.",
        "Một năm sau con số này là 402.",
    ],
)
def test_a_sentence_may_say_that_it_points_back(text: str) -> None:
    """Deixis, or something that is only held against what was told before."""
    assert points_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "The rate of trained workers reached 68.7%.",
        "Tỷ lệ lao động qua đào tạo đạt 68,7%.",
        "In 2024, households with optical fibre made up 82.4%.",
        "Most procedures are offered online.",
    ],
)
def test_one_that_says_what_it_counts_does_not(text: str) -> None:
    """It stands alone, whatever was said before."""
    assert not points_back(text)


def test_the_first_among_places_leans_on_what_was_counted(
    make_candidate: MakeCandidate,
) -> None:
    """ "Hanoi has the most, with 3,120": only where places are told."""
    before = "The country has 14,000 stations for 5G."
    text = "Hanoi has the most, with 3,120."
    placed = make_candidate(text, "3,120", place="Hanoi").sentence
    nowhere = make_candidate(text, "3,120", place=None).sentence
    assert leans(placed, before)
    assert not leans(nowhere, before)
    assert not leans(placed, "")


def test_what_was_spoken_of_is_taken_up_with_the(
    make_candidate: MakeCandidate,
) -> None:
    """ "The fund spent …", where a fund was spoken of, and not elsewhere."""
    row = make_candidate("The fund spent 143,200 billion VND.").sentence
    assert leans(row, "The health insurance fund has 95 million members.")
    assert not leans(row, "Health insurance has 95 million members.")
    rate = make_candidate("The rate was 12% among fishermen.").sentence
    assert not leans(rate, "The rate of growth is told below.")
