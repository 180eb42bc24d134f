"""An answer in words: copied figures, numbered sources, the asker's language."""

from collections.abc import Callable

import pytest

from answer.compose import compose, refusal
from answer.draft import Draft, Refusal
from answer.evidence import Candidate
from answer.phrases import say
from answer.question import Question, Want
from answer.records import Answer, markers

MakeCandidate = Callable[..., Candidate]
MakeQuestion = Callable[..., Question]


def draft(main: Candidate, **more: object) -> Draft:
    """A draft with the figure of *main* as its headline, or its whole sentence."""
    figure = main.figure
    start, end = (figure.start, figure.end) if figure else (0, len(main.text))
    return Draft(main, start, end, 0.9, **more)  # type: ignore[arg-type]  # by name


def in_order(answer: Answer) -> Answer:
    """The answer, after what holds for every one of them."""
    numbers = [citation.number for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert markers(answer.text) == set(numbers)
    quotes = {c.number: c.quote for c in answer.citations}
    assert all(f.raw in quotes[f.citation] for f in answer.figures)
    if not answer.abstained:
        assert answer.short in quotes[1]
    return answer


@pytest.fixture
def wells(make_candidate: MakeCandidate) -> Candidate:
    """A share of 2024."""
    text = "In 2024, the share of tested wells reached 45%."
    return make_candidate(text, "45%", period="2024", place="Vietnam")


@pytest.fixture
def earlier(make_candidate: MakeCandidate) -> Candidate:
    """The same for 2022."""
    text = "In 2022, the share of tested wells was 41.5%."
    return make_candidate(text, "41.5%", period="2022", place="Vietnam")


def test_a_figure_stands_first_then_its_quote(
    make_question: MakeQuestion, wells: Candidate
) -> None:
    """The headline is bare; the text says period, place and status and quotes."""
    answer = in_order(compose(make_question(), draft(wells), 7))
    assert answer.short == "45%"
    assert answer.text.startswith("45% (2024, nationwide, achieved)")
    assert wells.text in answer.text
    (figure,) = answer.figures
    assert (figure.value, figure.unit, figure.period) == (45, "%", "2024")
    assert (answer.generation, answer.abstained, answer.reason) == (7, False, None)


def test_disagreement_shows_both(
    make_question: MakeQuestion, wells: Candidate, make_candidate: MakeCandidate
) -> None:
    """Two figures, two sources, one plain sentence."""
    other = make_candidate("Tested wells: 47% in 2024.", "47%", period="2024")
    answer = in_order(compose(make_question(), draft(wells, differing=(other,)), 1))
    assert "The reports differ: 45%" in answer.text
    assert "47% (2024" in answer.text
    assert [figure.raw for figure in answer.figures] == ["45%", "47%"]
    assert len(answer.citations) == 2


def test_a_series_shows_its_arithmetic_with_both_terms_cited(
    make_question: MakeQuestion, wells: Candidate, earlier: Candidate
) -> None:
    """ "From 41.5% [2] to 45% [1]: +3.5": the one sum, and nothing hidden."""
    question = make_question(Want.CHANGE)
    answer = in_order(compose(question, draft(wells, more=(earlier,), series=True), 1))
    assert "From 41.5% [2] to 45% [1]: +3.5 percentage points." in answer.text
    assert [figure.period for figure in answer.figures] == ["2022", "2024"]
    assert answer.short == "45%"


def test_a_series_of_counts_is_not_reckoned(
    make_question: MakeQuestion, make_candidate: MakeCandidate
) -> None:
    """Counts may be rounded, so their difference is not stated."""
    one = make_candidate("There were 400 wells.", "400", period="2022")
    two = make_candidate("There are 412 wells.", "412", period="2024")
    made = draft(two, more=(one,), series=True)
    answer = in_order(compose(make_question(Want.CHANGE), made, 1))
    assert "12" not in answer.text.replace("412", "")


def test_what_is_missing_from_a_series_is_said(
    make_question: MakeQuestion, wells: Candidate, earlier: Candidate
) -> None:
    """A year without a figure is named, not skipped."""
    made = draft(wells, more=(earlier,), series=True, missing=("2023",))
    answer = in_order(compose(make_question(Want.CHANGE), made, 1))
    assert "Not reported: 2023." in answer.text


def test_a_sentence_answers_where_no_figure_is_asked_for(
    make_question: MakeQuestion, make_candidate: MakeCandidate
) -> None:
    """The quote is the headline, and no figure is claimed."""
    said = make_candidate("The wells were closed because of salt.")
    answer = in_order(compose(make_question(Want.EXPLAIN), draft(said), 1))
    assert answer.short == said.text
    assert answer.figures == ()


def test_a_target_is_called_one(
    make_question: MakeQuestion, make_candidate: MakeCandidate
) -> None:
    """Nobody may take it for a result, unless a target was asked for."""
    aim = make_candidate("It aims for 80% by 2030.", "80%", status="target")
    warned = say("en", "only_target")
    answer = in_order(compose(make_question(), draft(aim), 1))
    assert warned in answer.text
    asked = make_question(status="target")
    assert warned not in compose(asked, draft(aim), 1).text


def test_a_provinces_figure_says_so(
    make_question: MakeQuestion, make_candidate: MakeCandidate
) -> None:
    """Where no place was asked for, the reader is told that it is one's only."""
    text = "Tested wells reached 59% in Lang Son."
    local = make_candidate(text, "59%", place="Lang Son")
    answer = in_order(compose(make_question(), draft(local), 1))
    assert "Lang Son only" in answer.text
    asked = make_question(places=("Lang Son",))
    assert "only" not in compose(asked, draft(local), 1).text


def test_the_reply_is_in_the_askers_language_and_the_quote_in_the_reports(
    make_question: MakeQuestion, wells: Candidate, earlier: Candidate
) -> None:
    """A Vietnamese reply names the language of the English report it quotes."""
    question = make_question(Want.CHANGE, language="vi")
    answer = in_order(compose(question, draft(wells, more=(earlier,), series=True), 1))
    assert "Từ 41.5% [2] đến 45% [1]: +3,5 điểm phần trăm." in answer.text
    answer = in_order(compose(make_question(language="vi"), draft(wells), 1))
    assert "báo cáo bằng tiếng Anh" in answer.text
    assert "đã đạt" in answer.text
    assert wells.text in answer.text
    assert answer.language == "vi"


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "It is reported for 2022, 2024, not for 2019."),
        ("vi", "Báo cáo nêu số liệu của 2022, 2024, không nêu 2019."),
    ],
)
def test_a_refusal_says_why_and_what_is_nearest(
    make_question: MakeQuestion,
    wells: Candidate,
    earlier: Candidate,
    language: str,
    says: str,
) -> None:
    """No headline, a reason, and the nearest evidence cited."""
    refused = Refusal(
        "other_period", (earlier, wells), 0.8, found="2022, 2024", asked="2019"
    )
    answer = in_order(refusal(make_question(language=language), refused, 1))
    assert answer.abstained
    assert answer.short == ""
    assert answer.reason == says
    assert says in answer.text
    assert [c.quote for c in answer.citations] == [earlier.text, wells.text]
    assert answer.figures == ()


def test_out_of_scope_cites_nothing(make_question: MakeQuestion) -> None:
    """A poem has no nearest evidence."""
    answer = in_order(refusal(make_question(), Refusal("scope"), 1))
    assert answer.citations == ()
    assert answer.text == answer.reason


def test_every_sentence_is_there_in_both_languages() -> None:
    """A missing translation would show its key."""
    from answer import phrases

    assert phrases._EN.keys() == phrases._VI.keys()
