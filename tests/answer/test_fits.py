"""The hard constraints: kind, period, place and status of a figure."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.fits import kind_fit, period_fit, place_fit, report_fit, status_fit
from answer.likely import Likely
from answer.question import Question, Want
from index.grammar.periods import parse_period
from index.records import Figure, Report

MakeQuestion = Callable[..., Question]
MakeFigure = Callable[..., Figure]
MakeReport = Callable[..., Report]

# --- Kind -----------------------------------------------------------------------

TEXTS = {
    "45%": "The share of tested wells reached 45%.",
    "412 million": "In all 412 million cartons were delivered.",
    "1,250 billion VND": "The programme spent 1,250 billion VND.",
    "5th": "The province ranks 5th in the country.",
}


@pytest.mark.parametrize(
    ("want", "raw"),
    [
        (Want.SHARE, "45%"),
        (Want.COUNT, "412 million"),
        (Want.MONEY, "1,250 billion VND"),
        (Want.RANK, "5th"),
    ],
)
def test_only_the_kind_asked_for_fits_in_full(
    make_question: MakeQuestion, make_figure: MakeFigure, want: Want, raw: str
) -> None:
    """A share answers "what share", money "how much did it spend", and so on."""
    fits = {
        other: kind_fit(make_question(want), make_figure(other, text), text)
        for other, text in TEXTS.items()
    }
    assert fits[raw] == 1
    assert all(fit < 0.5 for other, fit in fits.items() if other != raw)


def test_a_score_is_told_in_points_or_bare(
    make_question: MakeQuestion, make_figure: MakeFigure
) -> None:
    """ "What did it score?" asks for no rank, and for no field that one is of."""
    question = make_question(Want.FIGURE, unit="points")
    text = "It ranked 5th out of 63 with 87.5 points, 0.77 of 1, or 88.12%."
    for raw, unit in (("87.5 points", "points"), ("0.77", ""), ("88.12%", "%")):
        figure = make_figure(raw, text, unit=unit)
        assert kind_fit(question, figure, "") == pytest.approx(1)
    for raw in ("5th", "63"):
        assert kind_fit(question, make_figure(raw, text), "") < 0.5


def test_a_place_of_its_own_before_the_best_few(
    make_question: MakeQuestion, make_figure: MakeFigure
) -> None:
    """ "Where did it rank?" asks for 5th, "among the top how many" for the top 10."""
    text = "It ranked 5th out of 63, in the top 10."
    own = make_figure("5th out of 63", text)
    few = make_figure("top 10", text, unit="top")
    where = make_question(Want.RANK)
    assert kind_fit(where, own, "") > kind_fit(where, few, "")
    among = make_question(Want.COUNT, group=True)
    assert kind_fit(among, few, "") > kind_fit(among, own, "")


def test_money_named_leaves_no_doubt(
    make_question: MakeQuestion, make_figure: MakeFigure
) -> None:
    """A share never answers "in US dollars", however likely shares are asked for."""
    share = make_figure("45%", TEXTS["45%"])
    likely = Likely({"share": 0.5})
    asked = make_question(Want.MONEY, likely=likely)
    assert kind_fit(asked, share, "") > 0
    assert kind_fit(replace(asked, currency=True), share, "") == 0


def test_any_figure_fits_where_no_kind_is_asked_for(
    make_question: MakeQuestion, make_figure: MakeFigure
) -> None:
    """ "What was the harvest?" leaves the kind open; a date is no figure."""
    question = make_question(Want.FIGURE)
    for raw, text in TEXTS.items():
        assert kind_fit(question, make_figure(raw, text), text) == 1
    text = "The plan was signed on July 16, 2024."
    assert kind_fit(question, make_figure("July 16, 2024", text), text) == 0


def test_growth_is_no_level_and_a_level_no_growth(
    make_question: MakeQuestion, make_figure: MakeFigure
) -> None:
    """ "Up 12%" answers "by how much", not "what share", and the other way round."""
    grown = "Exports were up 12% on the year."
    level = "The share of tested wells is 45%."
    rise = make_figure("12%", grown, status="change")
    share = make_figure("45%", level)
    growth, asked = make_question(Want.GROWTH), make_question(Want.SHARE)
    assert kind_fit(growth, rise, grown) > kind_fit(growth, share, level)
    assert kind_fit(asked, share, level) > kind_fit(asked, rise, grown)


def test_the_change_of_a_share_is_told_in_shares(
    make_question: MakeQuestion, make_figure: MakeFigure
) -> None:
    """How a share has changed is answered by shares, not by counts."""
    question = make_question(Want.CHANGE, base=Want.SHARE)
    fits = [kind_fit(question, make_figure(r, t), t) for r, t in TEXTS.items()]
    assert fits[0] == max(fits) == 1
    assert fits[1] == 0


# --- Period ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "known", "least", "most"),
    [
        ("2024", "2024", 1, 1),
        ("2024", "2024-Q1", 0.9, 0.99),  # within it
        ("2024", "2024-07-16", 0.9, 0.99),
        ("2024-Q1", "2024", 0.3, 0.7),  # coarser than asked
        ("2024", "2022/2024", 0.7, 0.9),  # the state at the end of the range
        ("2022", "2022/2024", 0.1, 0.5),
        ("2024", "2023", 0, 0),
        ("2024-Q1", "2024-Q2", 0, 0),
        ("2024-07-16", "2024-07-17", 0, 0),
    ],
)
def test_how_well_a_period_fits(
    make_question: MakeQuestion,
    make_figure: MakeFigure,
    make_report: MakeReport,
    asked: str,
    known: str,
    least: float,
    most: float,
) -> None:
    """The same is best, a part of it nearly as good, another never."""
    figure = make_figure("45%", "It was 45%.", period=known)
    fit = period_fit(make_question(periods=(asked,)), figure, make_report())
    assert least <= fit <= most


def test_a_figure_without_period_has_its_reports(
    make_question: MakeQuestion, make_figure: MakeFigure, make_report: MakeReport
) -> None:
    """Where not even the report tells, the fit is poor but not nothing."""
    figure, question = (
        make_figure("45%", "It was 45%."),
        make_question(periods=("2024",)),
    )
    assert period_fit(question, figure, make_report("2024")) == 1
    assert period_fit(question, figure, make_report("2021")) == 0
    assert 0 < period_fit(question, figure, make_report()) < 0.5


def test_any_period_fits_where_none_is_asked_for(
    make_question: MakeQuestion, make_figure: MakeFigure, make_report: MakeReport
) -> None:
    """Which of them is the answer is then for the newest report to say."""
    figure = make_figure("45%", "It was 45%.", period="2019")
    assert period_fit(make_question(), figure, make_report("2019")) == 1


YEARS = st.integers(2000, 2035)
DAYS = st.dates(date(2000, 1, 1), date(2035, 12, 31))


@given(asked=YEARS, known=YEARS, day=DAYS)
def test_a_figure_of_another_year_never_fits(
    make_question: MakeQuestion,
    make_figure: MakeFigure,
    make_report: MakeReport,
    asked: int,
    known: int,
    day: date,
) -> None:
    """No report's year or day makes 2022 an answer for 2024."""
    figure = make_figure("45%", "It was 45%.", period=str(known))
    report = make_report(str(known), day.isoformat())
    fit = period_fit(make_question(periods=(str(asked),)), figure, report)
    assert (fit > 0) == (asked == known)


@given(asked=DAYS, known=YEARS, day=DAYS)
def test_only_the_reports_own_day_stands_in_for_the_figures(
    make_question: MakeQuestion,
    make_figure: MakeFigure,
    make_report: MakeReport,
    asked: date,
    known: int,
    day: date,
) -> None:
    """ "At the July 2024 meeting" may be told of 2023; not of 2020, nor in another."""
    figure = make_figure("45%", "It was 45%.", period=str(known))
    report = make_report(str(day.year), day.isoformat())
    month = f"{asked:%Y-%m}"
    fit = period_fit(make_question(periods=(month,)), figure, report)
    if asked.year != known:
        own = parse_period(month).contains(parse_period(day.isoformat()))
        lately = day - date(known, 12, 31) <= timedelta(days=366)
        assert (fit > 0) == (own and lately)
    assert 0 <= fit <= 1


def test_a_sentence_is_of_the_period_of_its_report(
    make_question: MakeQuestion, make_report: MakeReport
) -> None:
    """For sentences without figures: the same year, the year beside, others."""
    question = make_question(periods=("2024",))
    fits = [report_fit(question, make_report(y)) for y in ("2024", "2023", "2019")]
    assert fits == sorted(fits, reverse=True)
    assert fits[0] == 1
    assert fits[2] > 0
    assert report_fit(question, make_report()) < 1


# --- Place ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "place", "fits"),
    [
        ((), None, True),
        ((), "Vietnam", True),
        (("Lang Son",), "Lang Son", True),
        (("Lang Son",), "Ha Giang", False),
        (("Lang Son",), "Vietnam", False),
        (("Lang Son",), None, False),
        (("Vietnam",), "Vietnam", True),
        (("Vietnam",), "Lang Son", False),
        (("Lang Son", "Ha Giang"), "Ha Giang", True),
    ],
)
def test_a_figure_holds_for_its_own_place(
    make_question: MakeQuestion, asked: tuple[str, ...], place: str | None, fits: bool
) -> None:
    """A province's figure is not the nation's, nor another province's."""
    question = make_question(places=asked)
    assert place_fit(question, place, "It was 45%.") == float(fits)


def test_a_provinces_figure_only_does_where_no_place_is_asked_for(
    make_question: MakeQuestion,
) -> None:
    """It comes behind the nation's, yet it is better than nothing."""
    assert 0 < place_fit(make_question(), "Lang Son", "") < 1


def test_a_place_named_in_the_sentence_may_be_its_own(
    make_question: MakeQuestion,
) -> None:
    """A figure without a place, told of a province by name."""
    question = make_question(places=("Lang Son",))
    assert 0 < place_fit(question, None, "Lạng Sơn's wells: 45%.") < 1
    assert place_fit(question, None, "Ha Giang's wells: 45%.") == 0


# --- Status ---------------------------------------------------------------------


def test_a_target_is_no_result_and_a_result_no_target(
    make_question: MakeQuestion, make_figure: MakeFigure
) -> None:
    """What is asked for fits in full, the other hardly."""
    target = make_figure("80%", "It aims for 80%.", status="target")
    result = make_figure("68%", "It reached 68%.")
    asked = make_question(status="achieved")
    assert status_fit(asked, result) == 1
    assert status_fit(asked, target) < 0.2
    asked = make_question(status="target", named_target=True)
    assert status_fit(asked, target) == 1
    assert status_fit(asked, result) <= 0.2
    asked = make_question()
    assert status_fit(asked, result) > status_fit(asked, target) > 0.5


def test_a_date_is_neither(
    make_question: MakeQuestion, make_figure: MakeFigure
) -> None:
    """Constraints of figures do not hold for dates."""
    date_ = make_figure("July 16", "On July 16 it rained.", status="target")
    asked = make_question(Want.DATE, ("2024",), status="achieved")
    assert status_fit(asked, date_) == 1


def test_a_report_cannot_tell_how_its_year_ends(
    make_question: MakeQuestion, make_figure: MakeFigure, make_report: MakeReport
) -> None:
    """A report of October has no figure for the end of December; one of January has."""
    question = make_question(periods=("2024",), year_end=True)
    figure = make_figure("45%", "The rate reached 45%.", period="2024")
    autumn = period_fit(question, figure, make_report("2024", "2024-10-11"))
    winter = period_fit(question, figure, make_report("2024", "2025-01-11"))
    assert autumn < 0.2 < winter


def test_a_goal_for_the_year_is_none_for_its_first_quarter(
    make_question: MakeQuestion, make_figure: MakeFigure, make_report: MakeReport
) -> None:
    """It is due at the year's end; a goal that is asked for by name is one at once."""
    figure = make_figure("90%", "It must reach 90%.", period="2026", status="target")
    report = make_report("2026", "2026-01-10")
    spring = make_question(periods=("2026-Q1",))
    assert period_fit(spring, figure, report) < 0.2
    named = replace(spring, status="target")
    for question in (named, make_question(periods=("2026-Q4",))):
        assert period_fit(question, figure, report) > 0.3


def test_the_report_of_the_meeting_that_is_named(
    make_question: MakeQuestion, make_figure: MakeFigure, make_report: MakeReport
) -> None:
    """ "According to the April meeting": a report of July counts less."""
    april = parse_period("2024-04")
    question = make_question(periods=("2024-04",), told_at=(april,))
    figure = make_figure("45%", "The rate reached 45%.", period="2024")
    its_own = period_fit(question, figure, make_report("2024", "2024-04-24"))
    another = period_fit(question, figure, make_report("2024", "2024-07-19"))
    assert another < its_own


def test_a_measure_is_no_sum_of_money(
    make_question: MakeQuestion, make_figure: MakeFigure
) -> None:
    """ "How much was invested?" is not answered by 30 MW."""
    question = make_question(want=Want.MONEY)
    figure = make_figure("30 MW", "The centre has 30 MW.")
    assert kind_fit(question, figure, "The centre has") < 0.1
