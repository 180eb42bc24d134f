"""What a question likely asks for: learned weights, and how far they are heeded."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from answer.asked import status_asked
from answer.heeding import heeding
from answer.likely import Likely, Weights, grams, read_weights
from answer.question import Question, Want
from answer.wants import want_of


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("what fraction of farms sold anything online", "share"),
        ("ho so nop qua mang duoc bao nhieu phan tram", "share"),
        ("How many bridges were opened?", "count"),
        ("Năm ngoái thu được bao nhiêu tiền từ du lịch?", "money"),
        ("vì sao tiến độ chậm?", "explain"),
        ("When did the ordinance take effect?", "date"),
    ],
)
def test_the_shipped_weights_know_everyday_questions(question: str, kind: str) -> None:
    """The likeliest kind is the one a person would say; the shares add up to 1."""
    likely = read_weights().likely(question)
    assert max(likely.kinds, key=lambda k: likely.kinds[k]) == kind
    assert sum(likely.kinds.values()) == pytest.approx(1.0, abs=1e-4)


def test_a_goal_is_told_from_a_result() -> None:
    """Words of aiming make a target likely, words of counting do not."""
    weights = read_weights()
    assert (
        weights.likely("Chỉ tiêu năm 2026 về hộ nghèo là mấy phần trăm?").target > 0.5
    )
    assert weights.likely("How many people were vaccinated?").target < 0.2


def test_words_never_seen_say_nothing() -> None:
    """A question of unknown words leaves every kind open."""
    weights = Weights({}, ("share",), *_empty())
    assert weights.likely("xyzzy") == Likely()


def _empty() -> tuple[Any, Any, Any]:
    return np.zeros((0, 2)), np.zeros(0), np.zeros(2)


def test_weights_survive_the_disk(tmp_path: Path) -> None:
    """What is written is read back, in 16 bits."""
    rows, rarity = np.array([[1.5, -0.5]], np.float32), np.array([2.0], np.float32)
    before = Weights({"how many": 0}, ("count",), rows, rarity, np.zeros(2, np.float32))
    before.write(tmp_path / "w.safetensors")
    after = read_weights(tmp_path / "w.safetensors")
    assert after.grams == before.grams
    assert after.kinds == before.kinds
    assert np.array_equal(after.rows, rows)


def test_years_are_all_alike() -> None:
    """Another year makes no other grams."""
    assert grams("Exports in 2019?") == grams("Exports in 2024?")


def _question(want: Want, **more: Any) -> Question:
    return Question("?", "?", "en", want, want, **more)


def test_only_near_certainty_overrules_the_patterns() -> None:
    """A list is made a figure at 0.95, not at 0.7; a comparison never."""
    sure, unsure = Likely({"share": 0.95, "list": 0.05}), Likely({"share": 0.7})
    assert heeding(_question(Want.LIST), sure).want is Want.SHARE
    assert heeding(_question(Want.LIST), unsure).want is Want.LIST
    assert heeding(_question(Want.COMPARE), sure).want is Want.COMPARE
    trend = Likely({"trend": 0.95})
    assert heeding(_question(Want.SHARE), trend).want is Want.CHANGE
    assert heeding(_question(Want.LIST), trend).want is Want.LIST


def test_kinds_of_figures_that_only_add_up_leave_a_list_alone() -> None:
    """One kind of figure must lead, even where any figure is nearly sure."""
    spread = Likely({"share": 0.5, "count": 0.45})
    assert heeding(_question(Want.EXPLAIN), spread).want is Want.EXPLAIN
    leading = Likely({"share": 0.85, "count": 0.1})
    assert heeding(_question(Want.EXPLAIN), leading).want is Want.FIGURE


def test_what_was_asked_in_so_many_words_stays() -> None:
    """ "Actually reached" stays a result, however much the rest sounds like a goal."""
    goal = Likely({"share": 1.0}, target=0.9)
    assert heeding(_question(Want.SHARE, status="achieved"), goal).status == "achieved"
    assert heeding(_question(Want.SHARE), goal).status == "target"


def test_spending_is_no_goal() -> None:
    """ "Chi tiêu" and "chỉ tiêu" fold alike; with their marks they are told apart."""
    spent = "Chi tiêu cho y tế năm 2023 là bao nhiêu?"
    assert (want_of(spent), status_asked(spent)) == (Want.MONEY, None)
    assert read_weights().likely(spent).target < 0.5
    assert status_asked("Chỉ tiêu năm 2023 là bao nhiêu?") == "target"
