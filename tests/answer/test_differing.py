"""What other reports call the same thing; figures: see `test_series.py`."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from answer.candidates import Evidence
from answer.differing import named_otherwise
from answer.draft import Draft
from answer.evidence import Candidate
from answer.likeness import Means
from answer.material import Material
from answer.question import Question
from answer.vocabulary import make_vocabulary
from index.grammar.words import tokens
from index.records import Report

Ask = Callable[..., Question]
MakeCandidate = Callable[..., Candidate]
MakeReport = Callable[..., Report]
Called = Callable[..., list[str]]

WITH = "With the theme “Clean water for every village”, towns will dig in 2025."
IS = "The theme of the programme in 2025 is: “Every village its own well”."


@pytest.fixture
def called(ask: Ask, make_candidate: MakeCandidate, make_report: MakeReport) -> Called:
    """`called(question, *texts)`: what other reports call what the first one names."""

    def named(text: str, *texts: str) -> list[str]:
        reports = [
            replace(make_report(), name=f"{row}.txt") for row in range(len(texts))
        ]
        rows = [
            make_candidate(told, report=report)
            for told, report in zip(texts, reports, strict=True)
        ]
        question = ask(text)
        words = {word: 1 for told in texts for word in tokens(told)}
        evidence = Evidence(
            question,
            dict.fromkeys(("en", "vi"), np.ones((2, 2), dtype=np.float32)),
            Material([row.sentence for row in rows], {r.name: r for r in reports}, {}),
            make_vocabulary(words, len(rows)),
            Means({}, {}),
        )
        main = evidence.sentences(question)[0]
        draft = Draft(main, 0, len(main.text), 0.9)
        return [c.text for c in named_otherwise(question, draft, evidence)]

    return named


def test_two_reports_name_the_theme_differently(called: Called) -> None:
    """The question asks for what the word before the name says."""
    assert called("What is the theme of 2025?", WITH, IS) == [IS]
    assert called("What is the theme of 2025?", IS, WITH) == [WITH]


def test_the_first_name_in_the_sentence_need_not_be_the_one_asked_for(
    called: Called,
) -> None:
    """What the question asks for may be the second."""
    both = f"Under the motto “Every drop is gold”, and {WITH[0].lower()}{WITH[1:]}"
    assert called("What is the theme of 2025?", both, IS) == [IS]


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("What will the towns do in 2025?", IS),  # asks for no theme
        ("What is the theme of 2025?", IS.replace("2025", "2023")),
        ("What is the theme of 2025?", "The theme “Clean water for every village”."),
        ("What is the theme of 2025?", "It has the motto “Every village its well”."),
        ("What is the theme of 2025?", "The theme of it are “5 guarantees to give”."),
    ],
)
def test_another_name_is_not_always_a_disagreement(
    called: Called, question: str, other: str
) -> None:
    """Of another year, the same name, of another thing, or of a list."""
    assert called(question, WITH, other) == []
