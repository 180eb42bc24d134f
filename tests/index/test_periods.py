"""Periods in running text and their labels."""

import pytest

from index.grammar.periods import find_periods, parse_period

# text → (label, role) of each mention, the year 2024 being understood
FOUND = [
    ("in 2024", [("2024", "at")]),
    ("in the first quarter of 2023", [("2023-Q1", "at")]),
    ("in the third quarter", [("2024-Q3", "at")]),
    ("Q3 2024", [("2024-Q3", "at")]),
    ("quý II/2024", [("2024-Q2", "at")]),
    ("trong quý 3 năm 2023", [("2023-Q3", "at")]),
    ("ba quý đầu năm 2024", [("2024-01/2024-09", "range")]),
    ("the first half of 2024", [("2024-H1", "at")]),
    ("first six months of 2024", [("2024-H1", "at")]),
    ("9 tháng đầu năm", [("2024-01/2024-09", "range")]),
    ("6 tháng cuối năm 2024", [("2024-H2", "at")]),
    ("nửa đầu năm 2023", [("2023-H1", "at")]),
    ("nửa cuối 2023", [("2023-H2", "at")]),
    ("by the middle of 2024", [("2024-H1", "by")]),
    ("đến giữa năm 2024", [("2024-H1", "by")]),
    ("giữa năm 2022 và năm 2023", [("2022", "at"), ("2023", "at")]),
    ("in July 2024", [("2024-07", "at")]),
    ("tháng 12/2023", [("2023-12", "at")]),
    ("tháng 6 năm 2024", [("2024-06", "at")]),
    ("as of July 16, 2024", [("2024-07-16", "by")]),
    ("tính đến 31/12/2023", [("2023-12-31", "by")]),
    ("ngày 30 tháng 6 năm 2024", [("2024-06-30", "at")]),
    ("Sáng 10/7, tại Hà Nội", [("2024-07-10", "at")]),
    ("by the end of 2025", [("2025", "by")]),
    ("đến hết năm 2025", [("2025", "by")]),
    ("since 2021", [("2021", "since")]),
    ("giai đoạn 2021-2025", [("2021/2025", "range")]),
    ("năm học 2023-2024", [("2023/2024", "range")]),
    ("niên vụ 2023/2024", [("2023/2024", "range")]),
    ("compared to 2023", [("2023", "compared")]),
    ("so với năm 2022", [("2022", "compared")]),
    ("over the same period last year", [("2023", "compared")]),
    ("over the same period in 2019", [("2019", "compared")]),
    ("so với cùng kỳ năm trước", [("2023", "compared")]),
    ("so với cùng kỳ năm 2022", [("2022", "compared")]),
    ("giảm so với 24,3% của năm 2022", [("2022", "compared")]),
    ("compared to 80.08% in 2022", [("2022", "compared")]),
    ("from 64 vessels in 2023 to 41 in 2024", [("2023", "compared"), ("2024", "at")]),
    ("gấp 1,9 lần năm 2020", [("2020", "compared")]),
    ("28% in 2022 and 19% in 2023", [("2022", "at"), ("2023", "at")]),
    ("up 64% over the same date of 2024", [("2024", "compared")]),
    ("tăng so với năm học 2022 - 2023", [("2022/2023", "compared")]),
    # Typed without marks, as in a question
    ("nam 2022 dat bao nhieu", [("2022", "at")]),
    ("năm 2022 người dân nộp hồ sơ", [("2022", "at")]),
    ("quy 2 nam 2024", [("2024-Q2", "at")]),
    ("tinh den thang 6/2024", [("2024-06", "by")]),
    ("by end-2025", [("2025", "at")]),
    ("in late-2024", [("2024", "at")]),
    ("model AB-2025", []),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_a_period_is_read_with_its_role(text, expected) -> None:
    """Years and their parts, days, spans, what is held against, in both languages."""
    found = find_periods(text, 2024)
    assert [(m.period.label, m.role) for m in found if m.period] == expected
    assert all(text[m.start : m.end] == m.text for m in found)


@pytest.mark.parametrize(
    "text",
    ["2024 people", "2,024 cases", "2.024 hồ sơ", "2020 tỷ đồng", "2024 ha lúa",
     "Nghị quyết 2021/QH", "the 2020s", "it may rise", "thắng 5 giải", "quỹ 3 tỷ đồng",
     "1900 6068"],
)  # fmt: skip
def test_numbers_and_words_that_look_like_periods_are_none(text) -> None:
    """Counts, documents, telephone numbers, and words that only fold like a period."""
    assert find_periods(text, 2024) == []


def test_without_a_year_a_month_has_no_period_but_is_kept() -> None:
    """The words stay even where nobody says which year is meant."""
    (mention,) = find_periods("On February 6")
    assert (mention.text, mention.period) == ("February 6", None)


@pytest.mark.parametrize(
    "label",
    ["2024", "2024-Q1", "2024-H2", "2024-07", "2024-07-16", "2022/2024",
     "2024-01/2024-09"],
)  # fmt: skip
def test_a_label_names_the_period_it_came_from(label) -> None:
    """What is stored can be read back."""
    assert parse_period(label).label == label


@pytest.mark.parametrize("label", ["", "24", "2024-13", "2024-02-30", "2024-Q5"])
def test_an_impossible_label_is_refused(label) -> None:
    """A period that the calendar does not have is an error, not a guess."""
    with pytest.raises(ValueError, match="not a"):
        parse_period(label)
