"""What speaks for candidates, as rows of numbers."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from answer.evidence import Candidate, Features
from answer.pieces import Rows, pieces
from answer.question import Question, Want

MakeCandidate = Callable[..., Candidate]
MakeQuestion = Callable[..., Question]

COMPARED = 8  # measures by which candidates are held against each other
ASKED = 8  # pieces about the question, beside one for each kind of answer


def ahead(rows: Rows, kinds: int, blocks: int) -> Rows:
    """The part of *rows* that says how far each is ahead."""
    stop = rows.shape[1] - kinds - ASKED
    return rows[:, stop - blocks * COMPARED : stop]


@pytest.fixture
def boats(make_candidate: MakeCandidate) -> list[Candidate]:
    """Two figures of one sentence, and one of another that says less."""
    text = "The bay has 31 boats and 12 piers."
    one = make_candidate(text, "31")
    two = replace(make_candidate(text, "12"), sentence=one.sentence)
    less = replace(one.features, sentence=0.4)
    other = make_candidate("There are 7 ferries.", "7", features=less)
    return [one, two, other]


def test_every_candidate_has_a_row_of_numbers(
    boats: list[Candidate], make_question: MakeQuestion
) -> None:
    """As many pieces each, none of them infinite, whatever fits or not."""
    none = replace(Features(*[0.0] * 8), kind=0.0)
    nothing = replace(boats[2], features=none, score=0.0)
    rows = pieces(make_question(Want.COUNT), [*boats, nothing])
    assert rows.shape[0] == 4
    assert rows.dtype == np.float32
    assert np.isfinite(rows).all()


def test_a_figure_is_held_against_its_sentence_and_against_others(
    boats: list[Candidate], make_question: MakeQuestion
) -> None:
    """In the sentence's measure nobody beside it is behind, the other sentence is."""
    rows = ahead(pieces(make_question(Want.COUNT), boats), 9, 2)
    beside, elsewhere = rows[:, :COMPARED], rows[:, COMPARED:]
    assert beside[:, 3].tolist() == [0.0, 0.0, 0.0]
    assert elsewhere[:, 3] == pytest.approx([0.6, 0.6, -0.6])


def test_a_sentence_is_held_against_other_sentences(
    make_candidate: MakeCandidate, make_question: MakeQuestion
) -> None:
    """Alone it is ahead of nothing and behind nothing."""
    one = make_candidate("The bay has boats.")
    less = replace(one.features, absent=0.5)
    two = make_candidate("There are ferries.", features=less)
    rows = ahead(pieces(make_question(Want.EXPLAIN), [one, two]), 5, 1)
    assert rows[:, 7] == pytest.approx([-0.5, 0.5])
    (alone,) = ahead(pieces(make_question(Want.EXPLAIN), [one]), 5, 1)
    assert not alone.any()


def test_what_is_asked_is_the_same_for_all(
    boats: list[Candidate], make_question: MakeQuestion
) -> None:
    """And another where another kind of figure, or of another time, is asked for."""
    asked = [
        pieces(question, boats)[:, -9 - ASKED :]
        for question in (
            make_question(Want.COUNT),
            make_question(Want.SHARE),
            make_question(Want.COUNT, ("2024",)),
        )
    ]
    for rows in asked:
        assert (rows == rows[0]).all()
    assert not np.array_equal(asked[0], asked[1])
    assert not np.array_equal(asked[0], asked[2])


def test_whether_the_reader_was_heard_is_told(
    boats: list[Candidate], make_question: MakeQuestion
) -> None:
    """Silence is not the same as log odds of 0."""
    heard = [replace(c, features=replace(c.features, read=0.0)) for c in boats]
    question = make_question(Want.COUNT)
    assert not np.array_equal(pieces(question, boats), pieces(question, heard))
