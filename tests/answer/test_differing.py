"""What other reports tell otherwise: names and figures."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from answer.candidates import Evidence
from answer.differing import differing, named_otherwise, told_again
from answer.draft import Draft
from answer.evidence import Candidate
from answer.likeness import Means
from answer.material import Material
from answer.question import Question, Want
from answer.series import others
from answer.vocabulary import make_vocabulary
from index.grammar.words import tokens
from index.records import Report

Ask = Callable[..., Question]
MakeCandidate = Callable[..., Candidate]
MakeQuestion = Callable[..., Question]
MakeReport = Callable[..., Report]
Share = Callable[..., Candidate]
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


# --- Figures --------------------------------------------------------------------


def test_another_value_for_the_same_time_is_a_disagreement(
    share: Share,
    make_question: MakeQuestion,
) -> None:
    """Both reports looked back on the closed year."""
    question = make_question(periods=("2024",))
    one, two = share("45%"), share("47%", as_of="2025-01-20", score=0.7)
    assert differing(question, one, [one, two]) == (two,)
    assert others(question, one, [one, two]) == ()


def test_what_only_stands_near_is_no_disagreement(
    share: Share,
    make_question: MakeQuestion,
) -> None:
    """To call it one would mislead: far apart, in one report, or of a poor fit."""
    question = make_question(periods=("2024",))
    one = share("45%")
    far = share("95%", as_of="2025-01-20")
    same_report = share("47%")
    unlike = replace(one.features, context=0.5, late=0.8)
    poor = share("47%", as_of="2025-01-20", score=0.4, features=unlike)
    elsewhere: dict[str, object] = {
        "as_of": "2025-01-20", "vector": (0.6, 0.8), "features": unlike,
    }  # fmt: skip
    other_thing = share("47%", score=0.55, **elsewhere)
    for other in (far, same_report, poor, other_thing):
        assert differing(question, one, [one, other]) == ()
    as_likely = share("47%", score=0.7, **elsewhere)
    assert differing(question, one, [one, as_likely]) == (as_likely,)


def test_what_is_of_another_kind_is_no_disagreement(
    share: Share,
    make_question: MakeQuestion,
) -> None:
    """ "16.5% of the catch, growing by 20%": only one of the two is growth."""
    question = make_question(periods=("2024",))
    one = share("45%")
    level = replace(one.features, kind=0.25)
    other = share("47%", as_of="2025-01-20", score=0.9, features=level)
    assert differing(question, one, [one, other]) == ()


def test_the_same_value_told_again_stands_for_the_first(share: Share) -> None:
    """Where one report tells two values, what another one tells may differ."""
    one, again = share("45%"), share("45%", as_of="2025-01-20")
    assert told_again(one, [one, again]) == again
    assert told_again(one, [one, share("45%")]) is None  # the same report
    assert told_again(one, [one, share("47%", as_of="2025-01-20")]) is None


def test_words_around_a_figure_make_it_a_disagreement(
    share: Share,
    make_question: MakeQuestion,
) -> None:
    """ "Hue stood 9th", where the sentence before names the index; at one time only."""
    question = make_question(periods=("2024",))
    one = share("45%")
    around = replace(one.features, lacking=1.0, context=1.0, late=0.95)
    other = share("47%", as_of="2025-01-20", score=0.2, features=around)
    assert differing(question, one, [one, other]) == (other,)
    other_time = share("47%", "2024-Q3", "2025-01-20", score=0.2, features=around)
    assert differing(question, one, [one, other_time]) == ()


def test_the_same_value_again_is_none(
    share: Share,
    make_question: MakeQuestion,
) -> None:
    """Two reports that agree differ in nothing."""
    one, two = share("45%"), share("45%", as_of="2025-01-20")
    assert differing(make_question(), one, [one, two]) == ()


def test_later_news_of_a_running_year_is_none(
    share: Share,
    make_question: MakeQuestion,
) -> None:
    """45% in April and 60% in October is growth, no contradiction."""
    april = share("45%", "2024", "2024-04-10")
    october = share("60%", "2024", "2024-10-10")
    assert differing(make_question(), october, [october, april]) == ()


def test_a_target_does_not_contradict_a_result(
    share: Share,
    make_question: MakeQuestion,
) -> None:
    """80% aimed for and 45% reached are both true."""
    result, target = share("45%"), share("80%", status="target")
    question = make_question(Want.SHARE)
    assert differing(question, result, [result, target]) == ()
