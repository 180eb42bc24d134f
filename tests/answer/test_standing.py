"""How a candidate stands among those that were ranked with it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from answer.evidence import Candidate, Features
from answer.question import Question
from answer.rank import Rules
from answer.standing import with_standing

MakeCandidate = Callable[..., Candidate]
MakeQuestion = Callable[..., Question]


def of(candidate: Candidate, **features: float) -> Candidate:
    """*candidate* with other evidence for it."""
    return replace(candidate, features=replace(candidate.features, **features))


def told(candidate: Candidate) -> float:
    """How far it is ahead in what the figure counts."""
    assert candidate.standing is not None
    return candidate.standing.told


@pytest.fixture
def boats(make_candidate: MakeCandidate) -> list[Candidate]:
    """Figures of three sentences that say more and less of what is asked."""
    rows = [make_candidate(f"Bay {n} has {n} boats.", str(n)) for n in (31, 32, 33)]
    less = {"likeness": 0.5, "late": 0.2}
    return [
        of(row, subject=of_it, clause=0.1, sentence=of_it, **less)
        for row, of_it in zip(rows, (0.9, 0.6, 0.4), strict=True)
    ]


def test_ahead_of_the_next_or_behind_the_best(
    boats: list[Candidate], make_question: MakeQuestion
) -> None:
    """The best is held against the second, every other against the best."""
    ranked = with_standing(make_question(), boats)
    assert [told(c) for c in ranked] == pytest.approx([0.3, -0.3, -0.5])
    assert [c.standing.sentence for c in ranked if c.standing] == pytest.approx(
        [0.3, -0.3, -0.5]
    )
    assert {c.standing.likeness for c in ranked if c.standing} == {0.0}


def test_figures_of_its_own_sentence_are_no_others(
    make_candidate: MakeCandidate, make_question: MakeQuestion
) -> None:
    """They are counted beside it; it is ahead of other sentences only."""
    text = "The bay has 31 boats and 12 piers."
    one = make_candidate(text, "31")
    two = replace(make_candidate(text, "12"), sentence=one.sentence)
    other = of(make_candidate("There are 7 ferries.", "7"), subject=0.2, clause=0.2)
    ranked = with_standing(make_question(), [one, two, other])
    assert [c.standing.beside for c in ranked if c.standing] == [1, 1, 0]
    assert [told(c) for c in ranked] == pytest.approx([0.8, 0.8, -0.8])


def test_alone_it_is_ahead_by_all_it_has(
    make_candidate: MakeCandidate, make_question: MakeQuestion
) -> None:
    """Nothing is behind it; no candidates, no standing."""
    (alone,) = with_standing(make_question(), [make_candidate("It has boats.")])
    assert told(alone) == 1.0
    assert with_standing(make_question(), []) == []


def test_only_the_best_are_held_against_each_other(
    make_candidate: MakeCandidate, make_question: MakeQuestion
) -> None:
    """Far down a sentence may say as much as it likes."""
    low = Features(*[0.3] * 8)
    rows = [make_candidate(f"Row {n}.", features=low) for n in range(20)]
    rows[19] = of(rows[19], subject=1.0)
    ranked = with_standing(make_question(), rows)
    assert told(ranked[0]) == pytest.approx(0.0)
    assert told(ranked[19]) == pytest.approx(0.7)


def test_the_language_of_the_question_is_another(
    boats: list[Candidate], make_question: MakeQuestion
) -> None:
    """Asked in Vietnamese of an English report."""
    asked = [replace(make_question(), language=tongue) for tongue in ("en", "vi")]
    found = [with_standing(question, boats)[0].standing for question in asked]
    assert [s.across for s in found if s] == [False, True]


def test_what_is_ranked_has_its_standing(
    boats: list[Candidate], make_question: MakeQuestion
) -> None:
    """Every candidate that the rules order, in their order."""
    ranked = Rules().rank(make_question(), boats)
    assert all(c.standing for c in ranked)
    assert told(ranked[0]) > 0 > told(ranked[-1])
