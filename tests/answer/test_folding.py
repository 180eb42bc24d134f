"""Vietnamese words whose marks say which they are, folded for the question words."""

import pytest

from answer.folding import fold_question
from answer.question import Want
from answer.wants import want_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Giám đốc cảng", "giam doc cang"),
        ("Thủ tướng và Bộ trưởng", "thu tuong va bo truong"),
        ("Thứ trưởng", "thu truong"),
        ("Thủ trưởng đơn vị", "thu truong don vi"),
        ("giảm độc hại", "_ _ hai"),  # "less poison" is no director
        ("bỏ trường cũ", "_ _ cu"),  # "leave the old school" is no minister
    ],
)
def test_offices_are_read_as_one(text: str, folded: str) -> None:
    """ "Giám" alone could be "giảm", "thủ" could be "thứ": the pair tells."""
    assert fold_question(text) == folded


@pytest.mark.parametrize(
    "question", ["Giám đốc cảng là ai?", "Thủ tướng nào ký?", "Bộ trưởng tên là gì?"]
)
def test_an_office_asks_for_a_person(question: str) -> None:
    """Whichever office it is."""
    assert want_of(question) is Want.PERSON
