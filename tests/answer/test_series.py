"""The same thing at other times, elsewhere, and in other reports."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest

from answer.differing import differing
from answer.evidence import Candidate, Features
from answer.question import Question, Want
from answer.same import alike, holds_at
from answer.series import choose_series, newest, others, parts_of
from answer.trust import trust_among

MakeCandidate = Callable[..., Candidate]
MakeQuestion = Callable[..., Question]
Share = Callable[..., Candidate]

ELSEWHERE = Features(
    **{**dict.fromkeys([field.name for field in fields(Features)], 1.0), "place": 0.7}
)
JANUARY_2024, JANUARY_2025 = "2024-01-15", "2025-01-15"


def test_figures_are_alike_that_count_the_same(share: Share) -> None:
    """Same kind, unit and subject: the vectors of their clauses tell."""
    one = share("45%")
    assert alike(one, share("47%"))
    assert not alike(one, share("47%", vector=(0.6, 0.8)))


def test_shares_and_counts_are_never_alike(
    share: Share,
    make_candidate: MakeCandidate,
) -> None:
    """However alike their sentences are; nor is a sentence without a figure."""
    count = make_candidate("There are 412 wells.", "412", kind="count", unit="wells")
    assert not alike(share("45%"), count)
    assert not alike(share("45%"), make_candidate("Wells are tested."))


# --- Newest ---------------------------------------------------------------------


def test_a_figure_speaks_of_its_period_up_to_its_reports_day(share: Share) -> None:
    """ "In 2024", told in July 2024, holds up to July."""
    assert holds_at(share("45%", "2024", JANUARY_2025)).isoformat() == "2024-12-31"
    assert holds_at(share("45%", "2024", "2024-07-16")).isoformat() == "2024-07-16"


def test_the_newer_figure_is_the_answer_where_no_period_is_asked_for(
    share: Share,
    make_question: MakeQuestion,
) -> None:
    """Also when the older sentence is worded a little more alike."""
    old = share("45%", "2023", JANUARY_2024, score=0.85)
    new = share("52%", "2024", JANUARY_2025, score=0.8)
    assert newest(make_question(), [old, new]) is new


@pytest.mark.parametrize(
    "other",
    [
        {"vector": (0.6, 0.8)},  # of something else
        {"score": 0.3},  # hardly about the question
        {"place": "Lang Son"},
        {"status": "target"},
        {"features": ELSEWHERE},
    ],
)
def test_what_is_only_newer_does_not_take_its_place(
    share: Share,
    make_question: MakeQuestion,
    other: dict[str, object],
) -> None:
    """Another thing, place or status stays out, however new it is."""
    old = share("45%", "2023", JANUARY_2024, score=0.85)
    new = share("52%", "2024", JANUARY_2025, **{"score": 0.8, **other})
    assert newest(make_question(), [old, new]) is old


# --- Other times ----------------------------------------------------------------


def test_a_value_of_another_scale_is_another_thing(
    share: Share,
    make_question: MakeQuestion,
) -> None:
    """55 million accounts now do not compare with 8 services then."""
    new, old = share("52%"), share("0.5%", "2023", JANUARY_2024)
    assert others(make_question(), new, [new, old]) == ()


def test_other_years_are_told_only_where_none_was_asked_for(
    share: Share,
    make_question: MakeQuestion,
) -> None:
    """ "Also reported: 45% (2023)"."""
    new, old = share("52%"), share("45%", "2023", JANUARY_2024)
    assert others(make_question(), new, [new, old]) == (old,)
    asked = make_question(periods=("2024",))
    assert others(asked, new, [new, old]) == ()
    assert differing(asked, new, [new, old]) == ()


def test_another_part_of_the_period_is_told_beside(
    share: Share,
    make_question: MakeQuestion,
) -> None:
    """Asked for 2024, what another report says of a quarter of it; of 2023 nothing."""
    asked = make_question(periods=("2024",))
    year, quarter = share("45%"), share("41%", "2024-Q1", "2024-04-10")
    before = share("40%", "2023", JANUARY_2024)
    assert others(asked, year, [year, quarter, before]) == (quarter,)
    same_report = replace(share("41%", "2024-Q1"), report=year.report)
    unlike = share("4%", "2024-Q1", "2024-04-10")
    poor = replace(ELSEWHERE, place=1.0, period=0.4)
    elsewhere = share("41%", "2024-Q1", "2024-04-10", features=poor)
    for other in (same_report, unlike, elsewhere):
        assert others(asked, year, [year, other]) == ()


# --- Changes and comparisons ----------------------------------------------------


class ByPeriod:
    """Evidence and ranker in one: a figure's score for the year asked for."""

    def __init__(self, *fits: tuple[Candidate, dict[str, float]]) -> None:
        self.fits = fits

    def figures(self, question: Question) -> list[Candidate]:
        """Those that may stand for the year."""
        asked = question.periods[0].label
        return [
            replace(c, score=fit[asked], by_rules=fit[asked])
            for c, fit in self.fits
            if asked in fit
        ]

    def rank(self, _: Question, found: list[Candidate]) -> list[Candidate]:
        """The best first."""
        return sorted(found, key=lambda c: -c.score)


def _told(
    make_question: MakeQuestion,
    *fits: tuple[Candidate, dict[str, float]],
    periods: tuple[str, ...] = ("2022", "2023"),
) -> list[str] | None:
    known: Any = ByPeriod(*fits)
    draft = choose_series(
        make_question(Want.COMPARE, periods, base=Want.SHARE), known, known
    )
    if draft is None:
        return None
    return [c.known_figure.raw for c in (*draft.more, draft.main)]


def test_figures_of_one_sentence_make_a_series(
    share: Share, make_question: MakeQuestion
) -> None:
    """Rather than one of it and a somewhat likelier one from elsewhere."""
    first, second, other = share("28%", "2022"), share("19%", "2023"), share("20%")
    beside = replace(second, sentence=first.sentence)
    fits = ((first, {"2022": 0.7}), (beside, {"2023": 0.7}), (other, {"2023": 0.8}))
    assert _told(make_question, *fits) == ["28%", "19%"]


def test_a_series_has_one_scale(share: Share, make_question: MakeQuestion) -> None:
    """11,500,000 transactions and 95 points are no two values of one thing."""
    far = share("90,000%", "2023")
    fits = ((share("28%", "2022"), {"2022": 0.7}), (far, {"2023": 0.7}))
    assert _told(make_question, *fits) is None


def test_a_way_from_to_has_the_years_between(make_question: MakeQuestion) -> None:
    """ "From 2021 to 2024" is told with 2022 and 2023; a comparison is not."""
    moved = parts_of(make_question(Want.CHANGE, ("2021", "2024")))
    assert [p.periods[0].label for p in moved] == ["2021", "2022", "2023", "2024"]
    held = parts_of(make_question(Want.COMPARE, ("2021", "2024")))
    assert [p.periods[0].label for p in held] == ["2021", "2024"]


def test_one_side_is_no_comparison(share: Share, make_question: MakeQuestion) -> None:
    """Nor does one figure stand for both sides."""
    assert _told(make_question, (share("28%", "2022"), {"2022": 0.9})) is None
    both = {"2022": 0.9, "2023": 0.7}
    assert _told(make_question, (share("28%", "2022"), both)) is None
    found = _told(
        make_question,
        (share("28%", "2022"), both),
        (share("19%", "2023"), {"2023": 0.6}),
    )
    assert found == ["28%", "19%"]


def test_a_report_of_the_month_tells_the_month(
    share: Share, make_question: MakeQuestion
) -> None:
    """Asked about April and the year, April's report has April's value."""
    periods = ("2022", "2024-04", "2024")
    fits = (
        (share("75%", "2022"), {"2022": 0.8}),
        (share("80%", "2024", "2024-04-24"), {"2024-04": 0.7, "2024": 0.75}),
        (share("82%", "2024"), {"2024-04": 0.2, "2024": 0.7}),
    )
    assert _told(make_question, *fits, periods=periods) == ["75%", "80%", "82%"]


class Whole:
    """Evidence and ranker in one, whatever is asked."""

    def __init__(self, *candidates: Candidate) -> None:
        self.candidates = list(candidates)

    def figures(self, _: Question) -> list[Candidate]:
        """All of them."""
        return self.candidates

    def rank(self, _: Question, found: list[Candidate]) -> list[Candidate]:
        """As they are."""
        return found


def test_a_report_tells_one_value_for_a_time(
    share: Share, make_question: MakeQuestion
) -> None:
    """What else it tells for the same year counts something else."""
    rows = (share("75%", "2022"), share("82%"), share("24%", score=0.75))
    known: Any = Whole(*rows)
    draft = choose_series(make_question(Want.CHANGE, base=Want.SHARE), known, known)
    assert draft is not None
    told = [c.known_figure.raw for c in (*draft.more, draft.main)]
    assert told == ["75%", "82%"]


def test_a_row_that_nobody_named_is_left_out_unless_likely(
    share: Share, make_question: MakeQuestion
) -> None:
    """A doubtful one stands in a series only where nothing likelier makes one."""
    likely, doubtful = share("78%", "2022"), share("30%", "2021")
    doubtful = replace(doubtful, sure=0.001, alone=0.001)
    assert trust_among(doubtful) < 0.5 < trust_among(likely)
    question = make_question(Want.CHANGE, base=Want.SHARE)
    for others_known, told in (
        ((likely, doubtful), ["78%", "82%"]),
        ((doubtful,), ["30%", "82%"]),
    ):
        known: Any = Whole(share("82%"), *others_known)
        draft = choose_series(question, known, known)
        assert draft is not None
        assert [c.known_figure.raw for c in (*draft.more, draft.main)] == told


def test_two_parts_bear_each_other_out(
    share: Share, make_question: MakeQuestion
) -> None:
    """Two figures of one thing, each doubtful, are surer together, never quite sure."""
    weak = Features(*[0.6] * 8)
    first, second = (
        share(raw, period, features=weak)
        for raw, period in (("28%", "2022"), ("19%", "2023"))
    )
    known: Any = ByPeriod((first, {"2022": 0.7}), (second, {"2023": 0.7}))
    draft = choose_series(
        make_question(Want.COMPARE, ("2022", "2023"), base=Want.SHARE), known, known
    )
    assert draft is not None
    alone = max(trust_among(first), trust_among(second))
    assert alone < draft.confidence < 1


def test_a_step_told_in_one_breath_is_borne_out(
    share: Share, make_question: MakeQuestion
) -> None:
    """ "From 3% to 13.5%": each bears the other out, where no period is asked for."""
    weak = Features(*[0.6] * 8)
    now = share("13.5%", "2023", features=weak, score=0.7)
    before = share("3%", "2022", features=weak, score=0.7, status="earlier")
    before = replace(before, sentence=now.sentence)

    known: Any = Whole(now, before)
    draft = choose_series(make_question(Want.CHANGE, base=Want.SHARE), known, known)
    assert draft is not None
    assert len(draft.more) == 1
    assert trust_among(now) < draft.confidence < 1


def test_the_goal_is_of_the_later_period(make_question: MakeQuestion) -> None:
    """ "How far is 2024 from the goal for 2026?" sets a result against a target."""
    asked = make_question(Want.COMPARE, ("2026", "2024"), named_target=True)
    parts = {p.periods[0].label: p.status for p in parts_of(asked)}
    assert parts == {"2026": "target", "2024": "achieved"}
    plain = make_question(Want.COMPARE, ("2026", "2024"))
    assert {p.status for p in parts_of(plain)} == {None}
