"""The noun that a question seeks a name of."""

from collections.abc import Callable

import pytest

from answer.asked import asks_its_number
from answer.question import Question
from answer.sought import sought_in

Ask = Callable[..., Question]


@pytest.mark.parametrize(
    ("question", "by_number"),
    [
        ("Cảng được mở theo quyết định số mấy?", True),
        ("What is the number of the notice on ferries?", True),
        ("Decision number for the new pier?", True),
        ("What is the number of ferries?", False),
        ("Số quyết định về cảng là bao nhiêu?", False),
    ],
)
def test_a_document_asked_for_by_its_number(question: str, by_number: bool) -> None:
    """Its number is a name; how many there are is a count."""
    assert asks_its_number(question) is by_number


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("Which system did the minister switch on?", "system"),
        ("Dữ liệu của tỉnh chạy trên nền tảng nào?", "nen tang"),
        ("Bến cảng mở theo quyết định số mấy?", "quyet dinh"),
        ("What is the number of the decree on ferries?", "decree"),
        ("Which agency runs the system?", None),
        ("Who runs the system?", None),
    ],
)
def test_the_noun_beside_the_question_word(
    ask: Ask, question: str, noun: str | None
) -> None:
    """Before "nào", behind "which"; any body will do where an agency is asked."""
    found = sought_in(ask(question))
    assert (found.text if found else None) == noun
