"""Another of the same kind than the one that is asked about."""

from collections.abc import Callable

import pytest

from answer.namesakes import kinds_of, names_another
from answer.question import Question
from index.records import Language

Ask = Callable[..., Question]


@pytest.mark.parametrize(
    ("text", "language", "another"),
    [
        ("Tại Bệnh viện Bạch Mai, tỷ lệ đạt 78,1%.", "vi", True),
        ("Các bệnh viện đều tăng.", "vi", False),
        ("Bach Mai Hospital reached 78.1%.", "en", True),
        ("In each hospital it rose.", "en", False),
    ],
)
def test_a_name_beside_the_kind(
    ask: Ask, text: str, language: Language, another: bool
) -> None:
    """In both languages, by the capital that follows or goes before."""
    kinds = kinds_of(ask("What was the rate at Cho Ray Hospital in 2023?").terms)
    assert [(name.text, kind.text) for name, kind in kinds] == [("cho ray", "hospital")]
    assert names_another(kinds[0][1], text, language) is another


def test_a_question_without_names_has_none(ask: Ask) -> None:
    """Nothing is held against the hospitals of a sentence then."""
    assert kinds_of(ask("How many hospitals use electronic records?").terms) == ()
