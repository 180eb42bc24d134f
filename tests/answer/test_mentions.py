"""Periods that a question names, and the words around them."""

import pytest

from answer.mentions import from_to, opened, since_its_start, with_way_in
from index.grammar.periods import find_periods


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("How many piers are planned in the years after 2026?", 2027, 2031),
        ("Beyond 2030, how many piers will there be?", 2031, 2035),
        ("Sau năm 2027 xây bao nhiêu cầu?", 2028, 2032),
        ("How many piers were built in 2026?", 2026, 2026),
        ("How many piers were built before 2026?", 2026, 2026),
    ],
)
def test_the_years_after_one(text: str, first: int, last: int) -> None:
    """ "After 2026" begins with 2027; other words leave a year as it is."""
    (mention,) = find_periods(text)
    period = opened(text, mention).period
    assert period is not None
    assert (period.start.year, period.end.year) == (first, last)


@pytest.mark.parametrize(
    "text", ["After June 2025 how many were built?", "Sau quý II/2025 có mấy cầu?"]
)
def test_part_of_a_year_is_not_opened(text: str) -> None:
    """What comes after a month may still be of its year."""
    (mention,) = find_periods(text)
    assert opened(text, mention) == mention


@pytest.mark.parametrize(
    ("text", "moves"),
    [
        ("How did it move from March 2023 to the July 2024 session?", True),
        ("From October 2022 until the review in May 2023, how many came?", True),
        ("Từ tháng 3/2023 đến tháng 7/2024 có thêm bao nhiêu tàu?", True),
        ("How many ships were there in March 2023 and in July 2024?", False),
        ("How many ships were there from 2021 to 2023?", False),  # one period
    ],
)
def test_from_one_day_to_another(text: str, moves: bool) -> None:
    """Two periods, the first as a beginning and the second as an end."""
    assert from_to(text, find_periods(text)) is moves


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Từ đầu năm 2024 đến ngày 16/7 có bao nhiêu tàu?", ["2024-07-16"]),
        ("From January 1, 2024 to May 15, 2024, how many?", ["2024-05-15"]),
        ("since the beginning of 2024 until June 2024", ["2024-06"]),
        ("from early 2022 to May 2024", ["2022", "2024-05"]),
        ("from March 2024 to May 2024", ["2024-03", "2024-05"]),
    ],
)
def test_since_the_year_began_is_no_other_time(text: str, labels: list[str]) -> None:
    """What has come together since New Year is told at the end of that stretch."""
    found = since_its_start(text, find_periods(text))
    assert [mention.period and mention.period.label for mention in found] == labels


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("How many piers by the close of 2021 in all?", "by the close of 2021"),
        ("Số tàu kể từ tháng 6 năm 2024", "kể từ tháng 6 năm 2024"),
        ("Tính đến hết năm 2023 có mấy cầu?", "Tính đến hết năm 2023"),
        ("tu dau nam 2022 co may cau", "tu dau nam 2022"),
        ("Học bạ điện tử năm 2024", "năm 2024"),
        ("Số tàu ở bến năm 2024", "năm 2024"),
    ],
)
def test_the_words_that_lead_to_a_period(text: str, named: str) -> None:
    """Typed with marks or without; "tử" and "bến" are neither "từ" nor "đến"."""
    (mention,) = find_periods(text)
    start, end = with_way_in(text, mention)
    assert text[start:end] == named
