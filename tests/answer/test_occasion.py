"""The meeting, source or speaker that a question names is not what it asks."""

from collections.abc import Callable

import pytest

from answer.coverage import Coverage
from answer.occasion import occasion_fit, occasions, sayings
from answer.question import Question, Want
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
        (
            "Who chaired the Hue side of the 7th coordination meeting?",
            "of the 7th coordination meeting",
        ),
        ("The 5th session from Hue: how many boats?", "The 5th session"),
        ("Theo báo cáo tháng 5/2024, có bao nhiêu tàu?", "Theo báo cáo tháng 5/2024"),
        ("Tại hội nghị ngày 12/3, cấp phép mấy tàu?", "Tại hội nghị ngày 12/3"),
        ("Tại phiên họp năm 2023 có bao nhiêu tàu?", "Tại phiên họp năm 2023"),
        ("Thủ tướng cho biết có bao nhiêu cầu hỏng?", "Thủ tướng"),
        ("What did participants see as the main risk?", "did participants"),
    ],
)
def test_occasions_are_found(question: str, named: str) -> None:
    """In both languages, and no more of the question than that."""
    assert [question[a:b] for a, b in occasions(question)] == [named]


@pytest.mark.parametrize(
    "question",
    [
        "Who chaired the 10th meeting?",
        "Who went to the 9th meeting?",
        "How many reports were published in 2024?",
    ],
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


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many cranes did participants mention?", ["participants mention"]),
        ("How many piers did the chairman ask for?", ["chairman ask"]),
        ("Chủ tịch yêu cầu sửa bao nhiêu cầu?", ["Chủ tịch yêu cầu"]),
        ("How many cranes do the ports have?", []),
    ],
)
def test_who_said_it_is_found(question: str, said: list[str]) -> None:
    """Speaker and verb together, in both languages."""
    assert [question[a:b] for a, b in sayings(question)] == said


def test_that_it_was_said_is_nothing_that_is_counted(ask: Ask) -> None:
    """Of a figure the verb is no key word; of a person or a reason it may be."""
    question = ask("How many cranes did participants mention?")
    assert question.want is Want.COUNT
    assert {term.text for term in question.terms} == {"cranes"}


@pytest.mark.parametrize(
    "question",
    ["Đại biểu phản ánh bao nhiêu cầu hỏng?", "Đại biểu cho rằng có mấy cầu hỏng?"],
)
def test_delegates_that_say_it_are_not_counted(ask: Ask, question: str) -> None:
    """What they tell of is asked for, not they."""
    texts = {term.text for term in ask(question).terms}
    assert not any("dai bieu" in text or "phan anh" in text for text in texts)
    assert "dai bieu" in {t.text for t in ask("Có bao nhiêu đại biểu dự họp?").terms}
