"""The scorer's own reading of numbers, dates and words."""

from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evals.match import Date, fold, is_figure, says, tokens, words

SAME = [
    ("52.8%", "52.80%"),
    ("52,8%", "52.80 percent"),
    ("52.8 per cent", "52,80 phần trăm"),
    ("55.25 million", "55,250,000"),
    ("55,25 triệu", "55.250.000"),
    ("over 55.25 million", "55.25 million accounts"),
    ("25 billion USD", "$25 billion"),
    ("US$25 billion", "25 tỷ đô la Mỹ"),
    ("500.000đ", "VND 500,000"),
    ("2.3 nghìn tỷ đồng", "2.3 trillion VND"),
    ("2.5 times", "tăng gấp 2,5 lần"),
    ("thứ 71", "71st"),
    ("71", "71st place out of 193 countries"),
    ("62/63", "62 out of 63 provinces"),
    ("62/63", "62 trên tổng số 63 tỉnh"),
    ("62", "62/63"),
    ("8-10%", "from 8% – 10%"),
    ("8–10%", "8 to 10 percent"),
    ("13.5%", "from 3 to 13.5%"),
    ("two ministers", "2 ministers"),
    ("11 percentage points", "tăng 11 điểm phần trăm"),
]
DIFFERENT = [
    ("45%", "145%"),
    ("45%", "45"),
    ("45", "45%"),
    ("45%", "45.5%"),
    ("45%", "4.5%"),
    ("45%", "45 percentage points"),
    ("10%", "8-10%"),
    ("8%", "8-10%"),
    ("8-10%", "10%"),
    ("62/63", "62"),
    ("63", "62/63"),
    ("62/63", "62/64"),
    ("25 billion USD", "25 million USD"),
    ("25 billion USD", "25 billion VND"),
    ("25 billion USD", "25 billion"),
    ("5%", "-5%"),
    ("4", "4G"),
    ("2022", "20,22"),
]
DATES = [
    ("December 25", "December 25, 2022"),
    ("December 25", "25/12/2022"),
    ("December 25", "ngày 25 tháng 12 năm 2022"),
    ("December 25", "25-12-2022"),
    ("25/12", "December 25, 2022"),
    ("ngày 25/12", "Dec. 25"),
    ("December 25, 2022", "2022-12-25"),
    ("25 December 2022", "the 25th of December, 2022"),
    ("December 2022", "tháng 12/2022"),
    ("2022", "25/12/2022"),
    ("năm 2022", "in 2022"),
    ("September 20, 2024", "09/20/2024"),
]


@pytest.mark.parametrize(("gold", "reply"), SAME + DATES)
def test_one_meaning_in_two_spellings_is_the_same(gold: str, reply: str) -> None:
    """Decimal marks, scales, units and languages do not decide."""
    assert says(f"It was {reply}, they said.", gold)
    assert says(gold, gold)


@pytest.mark.parametrize(("gold", "reply"), DIFFERENT)
def test_another_figure_is_not_the_gold(gold: str, reply: str) -> None:
    """A near miss in value, unit or form is a miss."""
    assert not says(f"It was {reply}, they said.", gold)


@pytest.mark.parametrize(
    ("gold", "reply"),
    [
        ("December 25, 2022", "December 25"),
        ("December 25, 2022", "25/12/2021"),
        ("December 25", "December 2022"),
        ("December 25", "December 24, 2025"),
    ],
)
def test_a_date_must_give_all_that_the_gold_names(gold: str, reply: str) -> None:
    """A day without its year does not say a gold that has one."""
    assert not says(reply, gold)


@pytest.mark.parametrize(
    ("gold", "reply"),
    [
        ("Phạm Minh Chính", "Thủ tướng PHAM MINH CHINH chủ trì"),
        ("e-Government", "the eGovernment index"),
        ("Đồng Tháp", "tinh Dong Thap"),
        ("Project 06", "under Project 06/CP"),
        ("VNeID", "“VNeID”."),
    ],
)
def test_words_are_compared_folded(gold: str, reply: str) -> None:
    """Case, diacritics, hyphens and quotation marks do not count."""
    assert says(reply, gold)


def test_words_must_be_whole() -> None:
    """A name inside another word is not that name."""
    assert not says("the Hanoian office", "Hanoi")
    assert not says("Project 061", "Project 06")
    assert not says("any text", "")


def test_a_quote_gives_each_number_of_a_ratio() -> None:
    """It bears out 193, though as a headline "71st out of 193" says 71."""
    assert says("71st place out of 193", "193", apart=True)
    assert not says("71st place out of 193", "193")


def test_only_a_lone_number_is_a_figure() -> None:
    """Names and dates ask nothing of the quote."""
    assert [is_figure(gold) for gold in ("over 55.25 million", "62/63")] == [True] * 2
    assert [is_figure(gold) for gold in ("December 25", "Project 06")] == [False] * 2


MONTHS = words(
    "January February March April May June July August September October November "
    "December"
)
numbers = st.decimals(min_value=0, max_value=10**9, places=2).map(lambda d: d + 0)
units = st.sampled_from([("%", "phần trăm"), (" USD", " đô la"), (" times", " lần")])
# Without "c", which would make "đèc 1" the first of December.
around = st.text(alphabet="abx đèêẾ (),", max_size=20)


def english(value: Decimal) -> str:
    """1,234.50."""
    return f"{value:,}"


def vietnamese(value: Decimal) -> str:
    """1.234,50."""
    return f"{value:,}".translate(str.maketrans(",.", ".,"))


@settings(deadline=None)  # the time of one example says nothing on a busy machine
@given(numbers, units, around)
def test_both_languages_write_the_same_number(
    value: Decimal, unit: tuple[str, str], text: str
) -> None:
    """1,234.50% and 1.234,50 phần trăm say each other, whatever surrounds them."""
    en, vi = english(value) + unit[0], f"{vietnamese(value)} {unit[1]}"
    assert says(f"{text} {vi} {text}", en)
    assert says(f"{text} {en} {text}", vi)


@given(numbers, numbers)
def test_different_numbers_never_say_each_other(one: Decimal, other: Decimal) -> None:
    """Equality of values is the only way to be right."""
    assume(one != other)
    assert not says(f"{english(one)}%", f"{english(other)}%")


@given(st.integers(1, 999), st.integers(1, 9))
def test_a_longer_number_does_not_hold_a_shorter_one(value: int, digit: int) -> None:
    """Neither 145% nor 451% says 45%."""
    assert not says(f"{digit}{value}%", f"{value}%")
    assert not says(f"{value}{digit}%", f"{value}%")


@given(st.integers(1, 999), st.sampled_from([("million", 6), ("tỷ", 9), ("nghìn", 3)]))
def test_scale_words_are_zeros(value: int, scale: tuple[str, int]) -> None:
    """55 million is 55,000,000."""
    word, power = scale
    assert says(f"{value * 10**power:,}", f"{value} {word}")


@given(st.dates())
def test_every_written_form_of_a_day_is_read(day: object) -> None:
    """English words, Vietnamese words, slashes and ISO give one date."""
    year, month, date = (int(part) for part in str(day).split("-"))
    reading = (year, month, date)
    forms = [
        str(day),
        f"{date}/{month}/{year:04}",
        f"ngày {date} tháng {month} năm {year:04}",
        f"{MONTHS[month - 1]} {date}, {year:04}",
        f"{date} {MONTHS[month - 1]} {year:04}",
    ]
    for form in forms:
        (token,) = tokens(form)
        assert isinstance(token, Date)
        assert reading in token.readings


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    """No reply breaks the scorer, and folding twice changes nothing."""
    tokens(text)
    says(text, text)
    assert fold(fold(text)) == fold(text)
