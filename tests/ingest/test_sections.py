"""Headings say of when and of what the bare lines below them are."""

import pytest

from index.grammar.periods import parse_period
from ingest.sections import Section, section_of

GOALS = Section(parse_period("2025"), aims=True)


@pytest.mark.parametrize(
    ("heading", "period", "aims"),
    [
        ("II. TARGETS FOR 2025", "2025", True),
        ("I. SITUATION IN 2024", "2024", False),
        ("1. Kết quả thực hiện năm 2023", "2023", False),
        ("MỤC TIÊU NĂM 2026", "2026", True),
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


def test_goals_go_on_until_results() -> None:
    """Below the goals of a plan, tasks and funding are of the same year."""
    tasks = section_of("III. TASKS ASSIGNED", 2024, GOALS)
    assert tasks == Section(GOALS.period, aims=True)
    assert section_of("IV. RESULTS", 2024, GOALS) == Section()
