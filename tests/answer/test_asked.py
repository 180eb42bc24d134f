"""What a question says besides what it asks for, in both languages."""

import pytest

from answer.asked import (
    asked_at,
    asks_its_number,
    names_target,
    says_average,
    says_cumulative,
    says_met,
    says_percent,
    status_asked,
    unit_asked,
)
from index.grammar.words import fold


@pytest.mark.parametrize(
    ("question", "cumulative"),
    [
        ("What is the cumulative number of loans paid out?", True),
        ("How many visitors has the museum had since it was opened?", True),
        ("How many letters since the launch of the line?", True),
        ("How many trees were planted, all told?", True),
        ("Lũy kế đến nay có bao nhiêu khoản vay?", True),
        ("Kể từ khi khai trương, thư viện đón bao nhiêu lượt khách?", True),
        ("How many loans were paid out in 2024?", False),
        ("How many loans were paid out since 2021?", False),
        ("Năm 2024 có bao nhiêu khoản vay?", False),
    ],
)
def test_all_since_the_beginning(question: str, cumulative: bool) -> None:
    """It is told apart from one year's, with marks and without."""
    assert says_cumulative(question) is cumulative
    assert says_cumulative(fold(question)) is cumulative


@pytest.mark.parametrize(
    ("question", "met"),
    [
        ("How many goals were met?", True),
        ("How many trees did the district reach of those it aimed for?", True),
        ("Bao nhiêu chỉ tiêu đã hoàn thành?", True),
        ("How many of its big goals for 2022 did the port manage to meet?", True),
        (
            "Which number of piers was set as its goal, the one that was exceeded?",
            False,
        ),
        ("What was the yearly target that the ports surpassed?", False),
        ("How many goals are set for 2026?", False),
    ],
)
def test_a_goal_that_was_met_is_still_a_goal(question: str, met: bool) -> None:
    """Who asks what was set does not ask what was reached, however it ended."""
    assert says_met(question) is met


@pytest.mark.parametrize(
    ("question", "target"),
    [
        ("Tỉnh phải trồng bao nhiêu cây?", True),
        ("Các xã phải xây mấy cầu?", True),
        ("Có phải tỉnh trồng 300 cây?", False),
        ("Không phải xã nào cũng có trạm, vậy bao nhiêu xã có trạm?", False),
        ("Phải chăng xã có 12 cầu?", False),
        ("Phà chỉ phải chở bao nhiêu khách?", False),
        ("How many wells had the scheme set out to reach?", True),
        ("How many piers did the port set as its goal, the one it exceeded?", True),
        ("safety place among ports that we are told to take", True),
        ("What catch has been set for the port for 2025?", True),
        ("What catch did the council fix for 2025?", True),
        ("How many boats has the port?", False),
        ("Giờ bà con còn phải chờ phà bao lâu?", False),
    ],
)
def test_what_must_be_is_aimed_at(question: str, target: bool) -> None:
    """ "Phải" asks for a goal, "có phải" and "không phải" do not."""
    assert (status_asked(question) == "target") is target


def test_what_was_managed_is_a_result() -> None:
    """ "Đã … được", whatever stands between, and not "sẽ … được"."""
    assert status_asked("Năm 2025 tỉnh đã đóng được bao nhiêu tàu?") == "achieved"
    assert status_asked("Năm 2026 tỉnh sẽ đóng được bao nhiêu tàu?") == "target"


def test_who_strives_names_a_target() -> None:
    """It leaves no room for what was reached, as "should" does."""
    assert names_target("How many piers does the port strive to build?")
    assert not names_target("How many piers should the port build?")


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("How many points in the safety test did Hue get?", "points"),
        ("Which points on the reading test were counted?", "points"),
        ("By how many percentage points in the last year did it rise?", ""),
    ],
)
def test_points_of_a_test_are_a_measure(question: str, unit: str) -> None:
    """Percentage points are none."""
    assert unit_asked(question) == unit


@pytest.mark.parametrize(
    ("text", "average"),
    [
        ("30 kg of rice per family", True),
        ("What is the yield per hectare?", True),
        ("Bình quân mỗi hộ được bao nhiêu?", True),
        ("The works cost 5 million per the plan", False),
        ("Wages per our records", False),
        ("12 per cent of homes", False),
        ("How many boats land on a typical day?", True),
        ("Wages averaged 8 million", True),
        ("Cảng đã mở mấy cầu cho mọi người dùng?", False),
    ],
)
def test_per_the_plan_is_no_average(text: str, average: bool) -> None:
    """Behind "per" stands what is counted by, or where it is said."""
    assert says_average(text) is average


def test_the_pace_of_growth_is_told_in_percent() -> None:
    """ "Tốc độ tăng" asks for a rate; "tốc độ" of the wind does not."""
    assert says_percent("Tốc độ tăng sản lượng mực là bao nhiêu?")
    assert not says_percent("Tốc độ gió là bao nhiêu?")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "My colleague asks how many bridges were built in 2024?",
            "how many bridges were built in 2024?",
        ),
        (
            "The chairman wants to know which harbours were dredged last year?",
            "which harbours were dredged last year?",
        ),
        (
            "The director asked the port to build how many piers?",
            "The director asked the port to build how many piers?",
        ),
    ],
)
def test_somebody_else_may_ask(text: str, asked: str) -> None:
    """What stands behind "asks" is the question, unless something is asked for."""
    assert text[asked_at(text) :] == asked


@pytest.mark.parametrize(
    ("question", "by_number"),
    [
        ("Cảng được mở theo quyết định số mấy?", True),
        ("What is the number of the notice on ferries?", True),
        ("Decision number for the new pier?", True),
        ("What is the number of ferries?", False),
        ("Số quyết định về cảng là bao nhiêu?", False),
    ],
)
def test_a_document_asked_for_by_its_number(question: str, by_number: bool) -> None:
    """Its number is a name; how many there are is a count."""
    assert asks_its_number(question) is by_number
