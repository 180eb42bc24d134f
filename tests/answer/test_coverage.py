"""How much of a question's terms a text has."""

import pytest

from answer.coverage import Coverage
from answer.question import Term
from answer.vocabulary import make_vocabulary

POPULATION = Term(
    "population",
    {"en": (("popul",),), "vi": (("dan", "so"),)},
    known=True,
)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("Dân số cả nước là 101 triệu người.", 1.0, 1.0),
        ("Số người dân được hướng dẫn tăng.", 0.2, 0.49),
        ("Cả nước có 101 triệu người.", 0.0, 0.0),
    ],
)
def test_syllables_of_a_word_stand_side_by_side(
    text: str, least: float, most: float
) -> None:
    """ "số … dân" is not "dân số", though it has both syllables."""
    vocabulary = make_vocabulary({"dan": 3, "so": 3, "nguoi": 2}, 10)
    cover = Coverage([POPULATION], "vi", vocabulary)
    assert least <= cover.of(text) <= most + 1e-9
    assert cover.has(POPULATION, text) == (least == 1.0)
