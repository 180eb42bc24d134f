"""What a question rules out is not read as what it asks."""

import pytest

from answer.aside import without_asides


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("What was reached, as opposed to the goal for 2025?", "What was reached,"),
        ("What was the share in 2023 (not the growth rate)?", "What was the share"),
        ("Có bao nhiêu giao dịch, không phải số lũy kế?", "Có bao nhiêu giao dịch"),
    ],
)
def test_it_is_blanked(question: str, left: str) -> None:
    """As long as before, so that offsets hold; the rest is untouched."""
    told = without_asides(question)
    assert len(told) == len(question)
    assert told.startswith(left)
    assert "goal" not in told
    assert "growth" not in told
    assert "lũy kế" not in told


@pytest.mark.parametrize(
    "question",
    [
        "How many households have not yet got clean water?",
        "Not what was planned but what was spent in 2024?",
        "Đúng 45% phải không?",
    ],
)
def test_a_plain_no_stays(question: str) -> None:
    """What is denied of the thing asked for belongs to it."""
    assert without_asides(question) == question
