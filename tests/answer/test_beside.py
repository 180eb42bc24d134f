"""What each figure of a sentence counts, by the words around it alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from answer.evidence import Candidate, Features
from answer.question import Term
from answer.within import (
    coordinated,
    leading_words,
    named_beside,
    noun_stands,
    outdone,
    own_words,
)
from index.records import Language, Report, Sentence, StoredFigure
from ingest.figures import find_figures

MakeCandidate = Callable[..., Candidate]
MakeReport = Callable[..., Report]
Figures = Callable[..., Mapping[str, Candidate]]


@pytest.fixture
def figures(make_candidate: MakeCandidate) -> Figures:
    """`figures(text)`: the figures of a sentence as a report's are read, by words."""

    def read(text: str, language: Language = "en") -> Mapping[str, Candidate]:
        report = Report("r.txt", "0" * 64, language, period="2024")
        sentence = Sentence(1, 0, len(text), text)
        vector = np.array([1.0, 0.0], dtype=np.float32)
        stored = tuple(
            StoredFigure(number, 1, report.name, figure, vector)
            for number, figure in enumerate(find_figures(report, [sentence], [0]))
        )
        whole = make_candidate(text, report=report)
        row = replace(whole.sentence, figures=stored)
        return {s.figure.raw: replace(whole, sentence=row, stored=s) for s in stored}

    return read


@pytest.mark.parametrize(
    ("text", "raw", "words"),
    [
        (
            "The line carried 3.2 million guests since it opened, in May alone 41,000.",
            "3.2 million",
            "The line carried 3.2 million guests since it opened",
        ),
        (
            "The line carried 3.2 million guests since it opened, in May alone 41,000.",
            "41,000",
            " in May alone 41,000.",
        ),
        (
            "Chợ có 312 quầy, bình quân mỗi quầy thu 4,5 triệu đồng.",
            "312",
            "Chợ có 312 quầy",
        ),
        ("The bay has 31 boats.", "31", "The bay has 31 boats."),
    ],
)
def test_a_figures_own_part_of_its_clause(
    figures: Figures, text: str, raw: str, words: str
) -> None:
    """Up to the last comma before the next figure, and from it."""
    assert own_words(figures(text)[raw]) == words


def test_in_a_table_the_headings_are_its_words(make_candidate: MakeCandidate) -> None:
    """The cells beside it say nothing of it."""
    cell = make_candidate("Boats | 31 | 12", "31")
    inner = replace(cell.sentence.sentence, context="Boats by bay")
    cell = replace(cell, sentence=replace(cell.sentence, sentence=inner))
    assert own_words(cell) == cell.known_figure.subject


CATCH = (
    "Catches are to rise 9%, ferries 12%, parcels by rail 22%, most of them fish 7%."
)


@pytest.mark.parametrize(
    ("raw", "has", "lacks"),
    [
        ("9%", {"Catches"}, {"ferries"}),
        ("12%", {"Catches", "ferries"}, {"parcels"}),
        ("22%", {"Catches", "parcels"}, {"ferries"}),
        ("7%", {"Catches", "parcels", "fish"}, {"ferries"}),  # a part of the parcels
    ],
)
def test_what_leads_to_a_figure(
    figures: Figures, raw: str, has: set[str], lacks: set[str]
) -> None:
    """The clause's beginning and its own words; those before only for a part of it."""
    *_, (figure, words) = leading_words(figures(CATCH)[raw])
    assert figure.raw == raw
    assert all(word in words for word in has)
    assert not any(word in words for word in lacks)


CRABS = "Hue stood second with 61 boats, and Ca Mau third with 52 boats."


@pytest.mark.parametrize(
    ("text", "asked", "raw", "beside"),
    [
        (CRABS, "Ca Mau", "61", True),
        (CRABS, "Ca Mau", "52", False),
        (CRABS, "Hue", "52", False),  # it leads the sentence, maybe for both
        (CRABS, "Lang Son", "61", False),
        (CRABS, "Vietnam", "61", False),
        ("Hue has 61 boats.", "Ca Mau", "61", False),
    ],
)
def test_a_place_named_with_another_figure(
    figures: Figures, text: str, asked: str, raw: str, beside: bool
) -> None:
    """Then this one is not the place's."""
    assert named_beside([asked], figures(text)[raw]) is beside


def test_counts_and_ratios_stand_in_a_row(figures: Figures) -> None:
    """What is said at the end is said of both; of a share beside them it is not."""
    found = figures("So far 21 offices and 40/63 towns have opened a harbour.")
    row = [figure.raw for figure in coordinated(found["21"])]
    assert row == ["21", "40/63"]
    other = figures("So far 21 offices and 40% of towns have opened a harbour.")
    assert coordinated(other["21"]) == []


def term(text: str, *forms: Sequence[str], language: Language = "en") -> Term:
    """A term with its forms in one language."""
    return Term(text, {"en": (), "vi": (), language: tuple(map(tuple, forms))})


@pytest.mark.parametrize(
    ("head", "language", "after", "stands"),
    [
        # Of two nouns the first decides
        (term("ports and towns", ("port", "and", "town")), "en", " ports", True),
        (term("ports and towns", ("port", "and", "town")), "en", " towns", False),
        (term("fishing port", ("fish", "port")), "en", " ports in the bay", True),
        (term("fishing port", ("fish", "port")), "en", " fishing boats", False),
        # Only what stands near is what is counted
        (
            term("boats", ("boat",)),
            "en",
            " towns had less rain than the year before and no boats",
            False,
        ),
        (
            term("thuyen", ("thuyen",), language="vi"),
            "vi",
            " chiếc thuyền cũ",
            True,
        ),
        (
            term("thuyen", ("thuyen",), language="vi"),
            "vi",
            " xã ven biển nay không còn thuyền",
            False,
        ),
    ],
)
def test_where_a_noun_stands(
    make_report: MakeReport, head: Term, language: Language, after: str, stands: bool
) -> None:
    """Right behind the number, within a few words."""
    report = replace(make_report(), language=language)
    assert noun_stands(head, after, report) is stands


def with_words(candidate: Candidate, clause: float, head: float) -> Candidate:
    """A candidate whose leading words have so much of the terms."""
    features = replace(Features(*[0.5] * 8), clause=clause, head=head)
    return replace(candidate, features=features)


def test_the_noun_at_a_number_is_not_outdone(figures: Figures) -> None:
    """Where another noun stands by the second, it counts another thing."""
    found = figures("The ferry made 912 trips, including 88 night runs.")
    whole = with_words(found["912"], 0.6, head=1.0)
    part = with_words(found["88"], 1.0, head=0.5)
    assert outdone([whole, part]) == [whole, part]
    part = with_words(found["88"], 1.0, head=0.75)  # no noun of its own
    assert outdone([whole, part])[0].features.allowed < whole.features.allowed
