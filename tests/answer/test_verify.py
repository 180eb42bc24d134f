"""The last door: nothing passes that the reports do not prove."""

from dataclasses import replace

import pytest

from answer.records import Answer, AnswerFigure, Citation
from answer.verify import flaws
from index.store import Store

QUOTE = (
    "In 2024, the share of primary schools with a school milk programme reached 91%."
)


@pytest.fixture
def answer(store: Store) -> Answer:
    """An answer that is in order."""
    with store.snapshot() as view:
        page = view.page("milk.txt", 1)
    assert page is not None
    start = page.text.index(QUOTE)
    cited = Citation(
        1, "milk.txt", None, None, None, None, 1, start, start + len(QUOTE), QUOTE
    )
    figure = AnswerFigure("91%", 91.0, "%", "schools", "2024", None, "achieved", 1)
    return Answer("?", "en", "91%", "91% [1]", False, None, 0.9, (cited,), (figure,))


def test_a_proved_answer_passes(store: Store, answer: Answer) -> None:
    """No flaws, also when there is more than one source."""
    with store.snapshot() as view:
        assert flaws(answer, view) == []


@pytest.mark.parametrize(
    ("change", "flaw"),
    [
        ({"quote": QUOTE.replace("91", "19")}, "quote 1 does not stand in milk.txt"),
        ({"start": 0}, "quote 1 does not stand"),
        ({"report": "gone.txt"}, "quote 1 does not stand in gone.txt"),
        ({"page": 2}, "quote 1 does not stand"),
    ],
)
def test_a_quote_that_does_not_stand_is_found(
    store: Store, answer: Answer, change: dict[str, object], flaw: str
) -> None:
    """Another word, another place, another page or report: all are seen."""
    cited = replace(answer.citations[0], **change)  # type: ignore[arg-type]  # by name
    with store.snapshot() as view:
        assert any(
            flaw in wrong for wrong in flaws(replace(answer, citations=(cited,)), view)
        )


@pytest.mark.parametrize("short", ["92%", "91 percent", "ninety-one"])
def test_a_headline_that_is_not_copied_is_found(
    store: Store, answer: Answer, short: str
) -> None:
    """What the reader sees first stands in the first quote."""
    with store.snapshot() as view:
        (wrong,) = flaws(replace(answer, short=short), view)
    assert "headline" in wrong


def test_a_figure_that_is_not_in_its_quote_is_found(
    store: Store, answer: Answer
) -> None:
    """Neither one that was made up nor one that cites another quote."""
    for change in ({"raw": "92%"}, {"citation": 7}):
        figure = replace(answer.figures[0], **change)
        with store.snapshot() as view:
            (wrong,) = flaws(replace(answer, figures=(figure,)), view)
        assert "does not stand in quote" in wrong


def test_an_answer_needs_a_source_and_a_refusal_does_not(
    store: Store, answer: Answer
) -> None:
    """Without a citation only "the reports do not say" may be said."""
    bare = replace(answer, text="91%", citations=(), figures=())
    with store.snapshot() as view:
        assert flaws(bare, view) == ["no source"]
        assert flaws(replace(bare, abstained=True, short=""), view) == []


def test_a_marker_without_citation_cannot_be_made(answer: Answer) -> None:
    """The record itself refuses it."""
    with pytest.raises(ValueError, match="cites"):
        replace(answer, text="91% [1][2]")
