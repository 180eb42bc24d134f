"""The meeting, source or speaker that a question names is not what it asks."""

from collections.abc import Callable

import pytest

from answer.coverage import Coverage
from answer.occasion import occasion_fit, occasions
from answer.question import Question
from answer.vocabulary import Vocabulary

Ask = Callable[..., Question]


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("At the 10th meeting, how many files were there?", "At the 10th meeting"),
        (
            "What share was it according to the April report?",
            "according to the April report",
        ),
        (
            "Theo báo cáo tổng kết phiên họp thứ 10, tỷ lệ là bao nhiêu?",
            "Theo báo cáo tổng kết phiên họp thứ 10",
        ),
        ("How many wells did the Prime Minister ask for?", "did the Prime Minister"),
        ("Thủ tướng yêu cầu bao nhiêu giếng?", "Thủ tướng"),
    ],
)
def test_occasions_are_found(question: str, named: str) -> None:
    """In both languages, and no more of the question than that."""
    assert [question[a:b] for a, b in occasions(question)] == [named]


@pytest.mark.parametrize(
    "question",
    ["Who chaired the 10th meeting?", "How many reports were published in 2024?"],
)
def test_what_is_asked_about_is_none(question: str) -> None:
    """A meeting or report that the question is about stays a key word."""
    assert occasions(question) == []


def test_its_words_are_no_key_words(ask: Ask) -> None:
    """What is asked and where it was said are kept apart; a sole subject stays."""
    question = ask("At the 10th meeting, what share of households had clean water?")
    assert "meeting" not in {term.text for term in question.terms}
    assert {"10", "meeting"} <= {term.text for term in question.occasion}
    assert ask("What happened at the meeting?").terms


def test_a_report_of_another_meeting_counts_less(
    ask: Ask, vocabulary: Vocabulary
) -> None:
    """The number of the meeting decides; no occasion, no difference."""
    question = ask("At the 10th meeting, what share of households had clean water?")
    cover = Coverage(question.occasion, "en", vocabulary)
    tenth = occasion_fit(cover, "The 10th meeting on clean water was held.", "")
    eighth = occasion_fit(cover, "The 8th meeting on clean water was held.", "")
    assert eighth < tenth == 1.0
    assert occasion_fit(Coverage((), "en", vocabulary), "anything") == 1.0
