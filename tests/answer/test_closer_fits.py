"""The hard constraints, where a figure nearly has what is asked for."""

from collections.abc import Callable

import pytest

from answer.fits import kind_fit, period_fit, status_fit
from answer.fitting import is_mark
from answer.likely import Likely
from answer.question import Question, Want
from index.grammar.periods import parse_period
from index.records import Figure, Report

MakeQuestion = Callable[..., Question]
MakeFigure = Callable[..., Figure]
MakeReport = Callable[..., Report]

# --- Kind -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "passed"),
    [
        (("exceeded the ", " mark, after the record"), True),
        (("went past the ", " USD threshold"), True),
        (("vượt mốc ", " vào cuối năm"), True),
        (("reached ", ", marking a record"), False),
        (("at ", " the ports"), False),
    ],
)
def test_a_mark_that_was_passed_is_not_what_was_reached(
    words: tuple[str, str], passed: bool
) -> None:
    """ "Past the 10 billion USD mark" tells that it was more, not how much."""
    assert is_mark(words) is passed


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("The port is to climb by at least 5 places.", "5"),
        ("Exports must rise by more than 9% a year.", "9%"),
        ("Phấn đấu sản lượng tăng tối thiểu 12%.", "12%"),
        ("Số tàu cần giảm ít nhất 30 chiếc.", "30"),
    ],
)
def test_how_far_it_is_to_move_is_a_growth(
    make_question: MakeQuestion, make_figure: MakeFigure, text: str, raw: str
) -> None:
    """Also as a goal, where the word for it stands right before the figure."""
    growth = make_question(Want.GROWTH)
    figure = make_figure(raw, text, status="target", unit="")
    before = text[: text.index(raw)]
    assert kind_fit(growth, figure, before) > 0.8
    assert kind_fit(growth, figure, "The ports had ") < 0.5


def test_a_rate_is_hardly_told_in_times(
    make_question: MakeQuestion, make_figure: MakeFigure
) -> None:
    """ "At what rate does it grow?" asks for percent; "how many times" does not."""
    text = "Catches grew 2.5 times as fast as the fleet, by 11%."
    times = make_figure("2.5 times", text, kind="multiple", status="change")
    share = make_figure("11%", text, status="change")
    rate = make_question(Want.GROWTH, percent=True)
    assert kind_fit(rate, times, text) <= kind_fit(rate, share, text) / 2
    for asked in ("How many times?", "Gấp mấy lần?"):
        question = make_question(Want.GROWTH, percent=True, text=asked)
        assert kind_fit(question, times, text) > 0.8


def test_what_is_set_in_proportion_is_no_sum(
    make_question: MakeQuestion, make_figure: MakeFigure
) -> None:
    """A share of money or of boats is neither, however often they are asked for."""
    question = make_question(
        Want.SHARE, likely=Likely({"money": 0.6, "count": 0.6, "multiple": 0.6})
    )
    money = make_figure("40 billion VND", "Arrears are 40 billion VND.")
    count = make_figure("412", "There are 412 boats.")
    assert kind_fit(question, money, "") == kind_fit(question, count, "") == 0
    times = make_figure("1.5 times", "It is 1.5 times that.", kind="multiple")
    assert kind_fit(question, times, "") > 0


# --- Period ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "known", "day", "least", "most"),
    [
        ("2024-Q2", "2024-Q1", "2024-05-10", 0, 0),
        ("2024-Q2", "2023-Q2", "2024-05-10", 0, 0),
        ("2024-04", "2024-Q1", "2024-04-24", 0.5, 1),  # told in that month
        ("2024-05", "2023", "2024-05-10", 0.5, 1),
    ],
)
def test_the_quarter_before_is_another(
    make_question: MakeQuestion,
    make_figure: MakeFigure,
    make_report: MakeReport,
    asked: str,
    known: str,
    day: str,
    least: float,
    most: float,
) -> None:
    """A report of a quarter does not make the one beside it an answer for it."""
    figure = make_figure("45%", "It was 45%.", period=known)
    question = make_question(periods=(asked,))
    assert least <= period_fit(question, figure, make_report("2024", day)) <= most


def test_what_a_meeting_looked_back_on(
    make_question: MakeQuestion, make_figure: MakeFigure, make_report: MakeReport
) -> None:
    """Only its day is named: what it told of years before may be meant."""
    figure = make_figure("45%", "In 2020 it was 45%.", period="2020")
    report = make_report("2024", "2024-05-10")
    asked = make_question(periods=("2024-05",))
    assert period_fit(asked, figure, report) == 0
    at_it = make_question(periods=("2024-05",), told_at=(parse_period("2024-05"),))
    looked_back = period_fit(at_it, figure, report)
    lately = make_figure("47%", "In 2024 it was 47%.", period="2024")
    assert 0 < looked_back < period_fit(at_it, lately, report)


def test_a_year_is_asked_for_in_part(
    make_question: MakeQuestion, make_figure: MakeFigure, make_report: MakeReport
) -> None:
    """The year's figure is a poor answer for a quarter of it, the quarter's a good."""
    year, quarter = (
        make_figure("45%", "It was 45%.", period=p) for p in ("2024", "2024-Q3")
    )
    asked = make_question(periods=("2024-Q3",))
    report = make_report("2024", "2025-06-10")
    fits = [period_fit(asked, figure, report) for figure in (year, quarter)]
    assert fits[0] < 0.5
    assert fits[1] == 1


# --- Status ---------------------------------------------------------------------


def test_what_is_held_against_another_year_has_happened(
    make_question: MakeQuestion, make_figure: MakeFigure
) -> None:
    """ "Up how much on 2022?" asks for no goal."""
    target = make_figure("80%", "It aims for 80%.", status="target")
    change = make_figure("12%", "It was up 12%.", status="change")
    plain = make_question(Want.GROWTH)
    against = make_question(Want.GROWTH, compared=(parse_period("2022"),))
    assert status_fit(against, target) < status_fit(plain, target)
    assert status_fit(against, change) == 1
