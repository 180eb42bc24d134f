"""What a question is compared by, in the language of the reports."""

from collections.abc import Callable

import numpy as np

from answer.glossary import Glossary
from answer.likeness import Means
from answer.meaning import gloss, meaning_of, to_all, written
from answer.question import Question
from index.hashing import HashingEncoder
from index.records import Language

Ask = Callable[[str], Question]


def test_key_words_are_said_in_the_other_language(
    ask: Ask, project_glossary: Glossary
) -> None:
    """A glossary's phrases, the kind of figure, period and place, in its language."""
    question = ask("Tỷ lệ hộ gia đình dùng nước sạch ở Lạng Sơn năm 2024?")
    said = gloss(question, "en", project_glossary)
    assert said.startswith("percentage of ")
    assert "household" in said
    assert said.endswith("2024 Lang Son")


def test_models_read_vietnamese_with_its_marks(ask: Ask) -> None:
    """Typed without marks, it is read with them; English stays as it is."""
    assert written(ask("nam 2024 co bao nhieu ho so")) == "năm 2024 có bao nhiêu hồ sơ"
    assert written(ask("How many files in 2024?")) == "How many files in 2024?"


def test_each_language_of_the_reports_has_its_vectors(
    ask: Ask, project_glossary: Glossary, hashing_encoder: HashingEncoder
) -> None:
    """Shape (2, dim), unit length; the gloss brings in the other language's words."""
    question = ask("Bao nhiêu hộ gia đình có nước sạch?")
    both: tuple[Language, ...] = ("en", "vi")
    meaning = meaning_of(
        question, both, project_glossary, hashing_encoder, Means({}, {})
    )
    english = hashing_encoder.questions(["households with clean water"])[0]
    assert meaning["en"].shape == meaning["vi"].shape == (2, hashing_encoder.dim)
    assert np.allclose(np.linalg.norm(meaning["en"], axis=1), 1.0, atol=1e-5)
    assert meaning["en"][0] @ english > meaning["vi"][0] @ english
    assert np.isclose(np.linalg.norm(to_all(meaning, both)), 1.0, atol=1e-5)
