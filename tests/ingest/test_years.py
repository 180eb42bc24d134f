"""The year a report speaks of: from several clues, None where they do not do."""

from datetime import date

import pytest

from ingest.years import year_of

RESULT = "The fund has paid for 12.4 million visits."


@pytest.mark.parametrize(
    ("title", "sentences", "year"),
    [
        # What the report says it sums up, whatever comes next year.
        (None, ["On March 3, the ministry met to review land registration in 2021 "
                "and tasks for 2022.", "In 2022, 40 offices must open."], 2021),
        (None, ["Sáng 3/3, Bộ tổ chức hội nghị tổng kết công tác đăng ký đất đai năm "
                "2021, phương hướng, nhiệm vụ năm 2022."], 2021),
        ("Report on trade in 2020", ["In 2021, exports rose by 3%."], 2020),
        ("Tình hình xuất khẩu năm 2023", [RESULT], 2023),
        ("Trade of the province in 2019", ["Exports rose by 3%."], 2019),
        # The last year with results; targets and comparisons are none.
        (None, ["In 2018, exports reached 2 billion USD.", "In 2019, exports reached 3 "
                "billion USD, up from 2 billion in 2018.", "They must reach 5 billion "
                "USD by 2025."], 2019),
        (None, ["As of June 30, 2022, there are 4,000 schools.", "By December 2021, "
                "3,900 schools had been connected."], 2022),
        (None, ["Tính đến ngày 30/6/2022, có 4.000 trường học.", "Năm 2021, có 3.900 "
                "trường được kết nối."], 2022),
        (None, ["Exports rose by 4% compared to 2021.", "Imports rose by 2% compared "
                "to 2021."], 2022),
        # One aside on the new year does not move a report on the old one.
        (None, ["In 2020, exports reached 2 billion USD.", "In 2020, imports fell.",
                "In 2020, 40 offices were opened.", "One was closed in 2021."], 2020),
        # The day of the meeting, where the results do not say better.
        (None, ["On May 4, 2021, the ministry held a conference.", RESULT], 2021),
        (None, ["On February 4, 2021, the ministry held a conference.",
                "In 2020, exports reached 2 billion USD."], 2020),
        (None, ["Ngày 4/5/2021, Bộ Y tế tổ chức hội nghị.", "Quỹ đã chi trả."], 2021),
        # Nothing that decides.
        (None, [RESULT], None),
        (None, [], None),
        (None, ["The ministry must connect all schools by 2025."], None),
        (None, ["Under Resolution 12 dated May 4, 2019, schools are free."], None),
        (None, ["In the period 2021-2025, schools are to be connected."], None),
        (None, ["Exports rose by 4% compared to 2021."], None),
        ("Plan for digital transformation in 2025", ["All must work online."], None),
        ("Kế hoạch chuyển đổi số năm 2025", ["Phấn đấu đạt 100%."], None),
    ],
)  # fmt: skip
def test_the_year_of_results(
    title: str | None, sentences: list[str], year: int | None
) -> None:
    """A wrong year would date figures wrongly, so doubt means None."""
    assert year_of(title, sentences) == year


@pytest.mark.parametrize(
    ("published", "sentences", "year"),
    [
        # A goal that reads like a result is none, nor is the founding of a system.
        ("2024-10-15", ["Đến năm 2031, kinh tế số đạt 30% GDP."], None),
        ("2024-10-15", ["The portal was opened on August 31, 2020.", RESULT], None),
        ("2024-10-15", ["In 2024, exports reached 3 billion USD."], 2024),
        # The year before only while it is still news.
        ("2025-02-15", ["In 2024, exports reached 3 billion USD."], 2024),
        ("2025-10-15", ["In 2024, exports reached 3 billion USD."], None),
        ("2025-10-15", ["They met to review the work of 2024."], 2024),
        ("2025-10-15", ["They met to review the plan until 2030."], None),
    ],
)
def test_results_are_of_the_time_the_report_came_out(
    published: str, sentences: list[str], year: int | None
) -> None:
    """No report gives results of years to come, or of long ago without saying so."""
    assert year_of(None, sentences, date.fromisoformat(published)) == year


def test_a_goal_gives_no_year_of_results() -> None:
    """ "By 2031 it reaches 30%" is told of what is to come, with or without a date."""
    told = [
        "Năm 2023, kinh tế số đạt 16% GDP.",
        "Đến năm 2031, kinh tế số đạt 30% GDP.",
    ]
    assert year_of(None, told) == 2023


def test_the_day_of_a_source_is_no_year_of_results() -> None:
    """ "According to the department's report of January 14, 2025"."""
    title = "298,000 hectares of forest were planted in 2024"
    told = ["The cover is 42%, according to the department's report of 14/1/2025."]
    assert year_of(title, told, date(2025, 1, 16)) == 2024


def test_a_meeting_in_autumn_speaks_of_its_own_year() -> None:
    """Whatever else is told of the year before."""
    told = [
        "On August 5, 2024, in Hanoi, the Ministry held a conference.",
        "According to a report, by June 30, 2024 there were 12.9 million files; at the "
        "end of 2023 the figure was 7.4 million.",
        "In 2023, 33.8% of fees were paid by card. In 2023, 15% were not.",
    ]
    assert year_of(None, told) == 2024
