"""What comes first, and what leaves doubt about it."""

from collections.abc import Callable
from dataclasses import replace

from answer.evidence import Candidate
from answer.question import Question
from answer.rank import Rules

MakeCandidate = Callable[..., Candidate]
MakeQuestion = Callable[..., Question]


def test_part_of_the_same_words_is_no_rival(
    make_candidate: MakeCandidate, make_question: MakeQuestion
) -> None:
    """The field of "71st out of 193" leaves no doubt about the place in it."""
    text = "Vietnam was 71st out of 193 countries and had 55 wells."
    place = make_candidate(text, "71st out of 193")
    field, other = (
        replace(make_candidate(text, raw, vector=(0.0, 1.0)), sentence=place.sentence)
        for raw in ("193", "55")
    )
    ranked = Rules().rank(make_question(), [place, field])
    assert ranked[0].rival == 0
    ranked = Rules().rank(make_question(), [place, field, other])
    assert ranked[0].rival > 0


def test_what_the_reader_said_counts(
    make_candidate: MakeCandidate, make_question: MakeQuestion
) -> None:
    """Of two that the rules find alike, the one it likes comes first."""
    one, two = (
        make_candidate(f"In {place} it was 45%.", "45%") for place in ("A", "B")
    )
    liked = replace(two, features=replace(two.features, read=4.0, said=4.0))
    disliked = replace(one, features=replace(one.features, read=-4.0, said=-4.0))
    ranked = Rules().rank(make_question(), [disliked, liked])
    assert [c.text for c in ranked] == [two.text, one.text]
    assert ranked[0].by_rules == ranked[1].by_rules
