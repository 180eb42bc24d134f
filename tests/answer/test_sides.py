"""A question that asks two things is asked side by side."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from answer.draft import Draft
from answer.evidence import Candidate
from answer.sides import counted_both, sides_of, together

MakeCandidate = Callable[..., Candidate]


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        (
            "How many wells were dug in 2023, and how many pumps were bought in 2024?",
            ("How many wells were dug in 2023", "how many pumps were bought in 2024?"),
        ),
        (
            "How many towns and how many villages have joined?",
            ("How many towns have joined?", "how many villages have joined?"),
        ),
        (
            "How many towns and how many villages issued a plan?",
            ("How many towns issued a plan?", "how many villages issued a plan?"),
        ),
        (
            "Có bao nhiêu xã và bao nhiêu huyện đã hoàn thành?",
            ("Có bao nhiêu xã đã hoàn thành?", "bao nhiêu huyện đã hoàn thành?"),
        ),
        (
            "Số giếng là bao nhiêu và số máy bơm là bao nhiêu?",
            ("Số giếng là bao nhiêu", "số máy bơm là bao nhiêu?"),
        ),
        (
            "Xuất khẩu gạo hay xuất khẩu cà phê cao hơn?",
            ("Xuất khẩu gạo là bao nhiêu?", "xuất khẩu cà phê là bao nhiêu?"),
        ),
    ],
)
def test_both_sides_are_found(question: str, sides: tuple[str, str]) -> None:
    """Each side is a question of its own; a verb said once holds for both."""
    assert sides_of(question) == sides


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        (
            "How did the number of ministries and localities on the sea map change?",
            (
                "How did the number of ministries on the sea map change?",
                "How did the number of localities on the sea map change?",
            ),
        ),
        (
            "So sánh số bộ ngành và địa phương dùng hải đồ năm 2022 và 2024",
            (
                "So sánh số bộ ngành dùng hải đồ năm 2022 và 2024",
                "So sánh số địa phương dùng hải đồ năm 2022 và 2024",
            ),
        ),
        ("How did the number of provinces and cities change?", ()),
        ("How did ministries and localities change the sea map?", ()),
    ],
)
def test_two_bodies_are_counted_one_by_one(
    question: str, sides: tuple[str, ...]
) -> None:
    """Reports count ministries and localities each; a province or city is one kind."""
    assert counted_both(question) == sides


def test_either_keeps_what_is_said_of_both() -> None:
    """ "Which was higher, A or B?" asks for A and for B with the frame around them."""
    one, two = sides_of("In 2022, which share was higher, e-invoices or e-contracts?")
    assert "e-invoices" in one
    assert "e-contracts" not in one
    assert "In 2022" in two
    assert "higher" not in two


@pytest.mark.parametrize(
    "question",
    [
        "How many households and businesses were there?",
        "Which year was better, 2022 or 2023?",
        "How has the share changed, and why?",
        "Năm 2023 có bao nhiêu hộ nghèo và cận nghèo?",
    ],
)
def test_one_thing_is_one_question(question: str) -> None:
    """A list of nouns, years and a second question that asks no number stay whole."""
    assert sides_of(question) == ()


def test_both_are_the_headline_where_they_stand_close(
    make_candidate: MakeCandidate,
) -> None:
    """Half of what was asked is no headline; of two sentences it is the last."""
    text = "It joined 18 ministries and 63 provinces."
    one, two = (make_candidate(text, raw) for raw in ("18", "63"))
    first = Draft(one, 10, 23, 0.9)
    second = Draft(replace(two, sentence=one.sentence), 28, 40, 0.9)
    both = together([first, second])
    assert both is not None
    assert both.short == "18 ministries and 63 provinces"
    apart = together([first, replace(second, main=two)])
    assert apart is not None
    assert apart.short == "63 provinces"
