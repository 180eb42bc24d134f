"""The noun that a question seeks a name of."""

from collections.abc import Callable

import pytest

from answer.question import Question
from answer.sought import sought_in

Ask = Callable[..., Question]


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
