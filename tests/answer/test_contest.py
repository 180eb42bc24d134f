"""Which of a question's candidates answers, if any."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.contest import AMONG, contested, read_weights, said, sure_of
from answer.evidence import Candidate, Features
from answer.question import Question, Want
from answer.rank import Rules
from answer.trust import trust, trust_among

MakeCandidate = Callable[..., Candidate]
MakeQuestion = Callable[..., Question]

NOTHING = replace(Features(*[0.0] * 8), absent=1.0, lacking=1.0, names=0.4, head=0.5)


@pytest.fixture
def boats(make_candidate: MakeCandidate) -> list[Candidate]:
    """Figures of three sentences that say less and less of what is asked."""
    rows = [make_candidate(f"Bay {n} has {n} boats.", str(n)) for n in (31, 32, 33)]
    return [
        replace(row, features=replace(row.features, subject=of_it, sentence=of_it))
        for row, of_it in zip(rows, (1.0, 0.3, 0.1), strict=True)
    ]


odds = st.lists(st.floats(-40, 40), min_size=1, max_size=AMONG)


@given(odds)
def test_they_compete_with_each_other_and_with_none(row: list[float]) -> None:
    """Probabilities of different answers add up to less than 1."""
    sure = sure_of(np.array(row), range(len(row)))
    assert (sure >= 0).all()
    assert sure.sum() <= 1 + 1e-9
    assert sure[np.array(row).argmax()] == sure.max()


@given(odds)
def test_equal_answers_bear_each_other_out(row: list[float]) -> None:
    """Where all say the same there is no rival but none of them."""
    sure = sure_of(np.array(row), ["45%"] * len(row))
    none = 1 / (1 + np.exp(np.logaddexp.reduce(row)))
    assert sure == pytest.approx(1 - none)


def test_full_evidence_wins_and_none_does_not(
    make_candidate: MakeCandidate, make_question: MakeQuestion
) -> None:
    """Alone in the contest, a figure and a sentence."""
    for want, made in (
        (Want.COUNT, make_candidate("The bay has 45 boats.", "45")),
        (Want.EXPLAIN, make_candidate("The wells were dug by hand.")),
    ):
        poor = replace(made, features=NOTHING, score=0.05, by_rules=0.05)
        question = make_question(want)
        (good,), (bad,) = contested(question, [made]), contested(question, [poor])
        assert good.sure is not None
        assert bad.sure is not None
        assert bad.sure < good.sure
        assert good.alone == pytest.approx(good.sure)


def test_the_surest_comes_first(
    boats: list[Candidate], make_question: MakeQuestion
) -> None:
    """Nobody is ahead of it in contest and trust, none is lost, none scores better."""
    ranked = Rules().rank(make_question(Want.COUNT), boats)
    assert {c.sentence.id for c in ranked} == {c.sentence.id for c in boats}
    first, *others = ranked
    assert first.sure is not None
    assert not [
        c for c in others if (c.sure or 0) > first.sure and trust(c) > trust(first)
    ]
    assert ranked[0].score == max(c.score for c in ranked)
    assert trust(ranked[0]) <= trust_among(ranked[0])
    assert Rules().rank(make_question(Want.COUNT), []) == []


def test_only_the_best_compete(
    make_candidate: MakeCandidate, make_question: MakeQuestion
) -> None:
    """None of the others is dropped; they are trusted by their own evidence."""
    rows = [make_candidate(f"Row {n}.") for n in range(AMONG + 5)]
    ranked = contested(make_question(Want.EXPLAIN), rows)
    assert len(ranked) == len(rows)
    assert [c.sure for c in ranked[AMONG:]] == [None] * 5


def test_the_contest_weighs_beside_the_evidence(
    boats: list[Candidate], make_question: MakeQuestion
) -> None:
    """Whom the contest has lost is trusted less, whom it has won more."""
    (first, *_) = boats
    lost, won = (trust(replace(first, sure=sure)) for sure in (0.02, 0.999))
    assert lost < trust(first) < won


def test_the_same_value_is_the_same_answer(make_candidate: MakeCandidate) -> None:
    """However it is written; a sentence is only itself."""
    one = make_candidate("It reached 45%.", "45%")
    two = make_candidate("It was 45.0% in the end.", "45.0%")
    other = make_candidate("It was 46%.", "46%")
    assert said(one) == said(two) != said(other)
    sentences = [make_candidate("It rained."), make_candidate("It rained.")]
    assert said(sentences[0]) != said(sentences[1])


def test_weights_are_written_as_they_are_read(tmp_path: Path) -> None:
    """Every number of both networks."""
    weights = read_weights()
    weights.write(tmp_path / "again.safetensors")
    again = read_weights(tmp_path / "again.safetensors")
    rows = np.ones((2, len(weights.figures.direct)), dtype=np.float32)
    assert (again.figures.odds(rows) == weights.figures.odds(rows)).all()
    assert (again.sentences.outer == weights.sentences.outer).all()
