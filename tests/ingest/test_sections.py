"""Headings say of when and of what the bare lines below them are."""

import pytest

from index.grammar.periods import parse_period
from ingest.sections import Section, list_below, section_of

GOALS = Section(parse_period("2025"), aims=True)


@pytest.mark.parametrize(
    ("heading", "period", "aims"),
    [
        ("II. TARGETS FOR 2025", "2025", True),
        ("I. SITUATION IN 2024", "2024", False),
        ("1. Kết quả thực hiện năm 2023", "2023", False),
        ("MỤC TIÊU NĂM 2026", "2026", True),
        ("Key tasks in 2025", "2025", True),
        ("Kết quả năm 2023", "2023", False),
    ],
)
def test_headings(heading: str, period: str, aims: bool) -> None:
    """The year that one names, and whether it announces goals."""
    assert section_of(heading, 2024, Section()) == Section(parse_period(period), aims)


@pytest.mark.parametrize(
    "text",
    [
        "The target for 2025 is 85%.",
        "2. Households with clean water: 85%",
        "In 2024, much was done",
        "",
    ],
)
def test_sentences_are_none(text: str) -> None:
    """What tells something of its own opens no section."""
    assert section_of(text, 2024, Section()) is None


def test_a_heading_of_both_is_of_neither() -> None:
    """Below "Limitations, and tasks for 2026" stands what has been as well."""
    assert section_of("Limitations and tasks for 2026", 2025, Section()) == Section()


def test_an_item_of_a_list_is_no_heading() -> None:
    """Though it be as short and end without a mark."""
    assert section_of("Key tasks in 2025", 2024, Section(), item=True) is None


def test_goals_go_on_until_results() -> None:
    """Below the goals of a plan, tasks and funding are of the same year."""
    tasks = section_of("III. TASKS ASSIGNED", 2024, GOALS)
    assert tasks == Section(GOALS.period, aims=True)
    assert section_of("IV. RESULTS", 2024, GOALS) == Section()


# --- Lists below a sentence -----------------------------------------------------


@pytest.mark.parametrize(
    ("text", "period", "aims"),
    [
        ("The chairman asked the ports to see in 2026 to:", "2026", True),
        ("By 2027 the harbour strives for:", "2027", True),
        ("Tỉnh yêu cầu các xã năm 2026:", "2026", True),
        ("In 2023 the ports had the following:", "2023", False),
        ("The results of the tasks of 2023 are as follows:", "2023", False),
        ("Kết quả năm 2023 như sau:", "2023", False),
        ("On 5 May 2024 the chairman assigned:", None, True),  # a day dates no list
    ],
)
def test_what_announces_a_list_holds_for_its_items(
    text: str, period: str | None, aims: bool
) -> None:
    """The period that it names, and whether it asks for what stands below."""
    spoken = parse_period(period) if period else None
    assert list_below(text, 2024) == Section(spoken, aims)


@pytest.mark.parametrize(
    "text",
    ["The ports:", "By 2027 the harbour strives for 5 piers.", "Against 2022:"],
)
def test_what_says_nothing_of_its_items(text: str) -> None:
    """Without a colon, a period or a task, or only held against a year."""
    assert list_below(text, 2024) is None
