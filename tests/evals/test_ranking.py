"""Retrieval measures, held to numbers worked out by hand."""

import math

import pytest

from evals.ranking import Found, Passage, of_run, rankings
from evals.sets import Question


def test_the_measures_by_hand() -> None:
    """Two relevant passages, found second and fourth."""
    found = rankings({"q": ["b", "d"]}, {"q": ["a", "b", "c", "d"]})["q"]
    gain = 1 / math.log2(3) + 1 / math.log2(5)
    best = 1 + 1 / math.log2(3)
    assert found.rank == 2
    assert found.values == {
        "recall_at_1": 0,
        "recall_at_10": 1,
        "found_at_10": 1,
        "mrr": 0.5,
        "ndcg_at_10": pytest.approx(gain / best),
    }


def test_what_is_beyond_ten_is_not_found_at_ten() -> None:
    """But its rank is known."""
    ranked = [f"p{i}" for i in range(20)]
    found = rankings({"q": ["p11"]}, {"q": ranked})["q"]
    assert (found.rank, found.values["found_at_10"]) == (12, 0)
    assert found.values["mrr"] == pytest.approx(1 / 12)


def test_nothing_found_and_nothing_to_find() -> None:
    """An empty search is worth nothing; without a gold nothing is measured."""
    found = rankings({"q1": ["a"], "q2": []}, {"q1": [], "q2": ["a"]})
    assert set(found["q1"].values.values()) == {0.0}
    assert found["q1"].rank is None
    assert found["q2"].values == {}
    assert rankings({}, {}) == {}


def test_relevant_is_what_says_the_gold_in_a_gold_report() -> None:
    """The same figure in another report, or another figure in this one, is not."""
    texts = [("a.txt", "45 percent"), ("a.txt", "80%"), ("b.txt", "45%")]
    passages = {
        i: Passage(i, report, 1, 0, len(text), text)
        for i, (report, text) in enumerate(texts)
    }
    question = Question("q", "?", "en", "figure", ("45%",), reports=("a.txt",))
    hopeless = Question("x", "?", "en", "unanswerable")
    found = of_run([question, hopeless], Found(passages, {"q": (2, 0), "x": (1,)}))
    assert found.keys() == {"q"}
    assert found["q"].relevant == {"0"}
    assert found["q"].rank == 2
