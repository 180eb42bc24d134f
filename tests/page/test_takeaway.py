"""An answer taken away: everything that traces it, and nothing that runs."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from docx import Document

from answer.others import Series
from answer.records import Answer, AnswerFigure, Citation
from index.errors import BadInputError
from index.records import Filters
from page.conversation import read_filters
from page.takeaway import Taken, as_csv, as_docx, as_text
from page.texts import EN, VI
from page.tools import question_link
from page.turns import Turn, answered, as_kept, read_turn, read_turns

QUOTE = "The rate of online records nationwide reached 45%."
CITATION = Citation(
    1, "a.txt", "Summary", "Portal", "https://a.org/1", "2025-02-06", 3, 10, 60, QUOTE
)
EARLIER = replace(CITATION, number=2, report="b.txt", quote="It was 30% in 2022.")
FIGURE = AnswerFigure(
    "45%", 45, "%", "online records", "2024", "Vietnam", "achieved", 1
)
BEFORE = replace(FIGURE, raw="30%", value=30, period="2022", citation=2)
ANSWER = Answer(
    "what was the online records rate in 2024",
    "en",
    "45%",
    f"45% (2024): “{QUOTE}” [1]",
    abstained=False,
    reason=None,
    confidence=0.9,
    citations=(CITATION,),
    figures=(FIGURE,),
    generation=7,
)
TURN = Turn(ANSWER.question, ANSWER, series=Series((BEFORE, FIGURE), (EARLIER,)))


def taken(turn: Turn = TURN, *, stands: bool = True) -> Taken:
    """A turn as it is exported."""
    assert turn.answer is not None
    return Taken(turn, turn.answer, date(2026, 11, 22), lambda citation: stands)


def word(data: bytes) -> str:
    """All text of a Word file, tables too."""
    document = Document(io.BytesIO(data))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_every_export_names_report_page_date_and_generation() -> None:
    """So that a figure in a briefing can be traced."""
    for text in (
        as_text(taken(), EN),
        word(as_docx(taken(), EN)),
        as_csv(taken(), EN).decode("utf-8-sig"),
    ):
        for trace in ("45%", QUOTE, "a.txt", "Summary", "Portal", "7"):
            assert trace in text
        assert "page 3" in text or ",3," in text
        assert "6 February 2025" in text or "2025-02-06" in text
        assert "22 November 2026" in text or "2026-11-22" in text


def test_exports_speak_the_language_of_the_page_and_leave_quotes() -> None:
    """Dates the local way, the quote as the report has it."""
    text = as_text(taken(), VI)

    assert "6/2/2025" in text
    assert "trang 3" in text
    assert QUOTE in text
    assert "thế hệ 7" in text


def test_the_csv_has_a_row_for_each_figure_other_periods_too() -> None:
    """Each with its own source."""
    rows = list(csv.DictReader(io.StringIO(as_csv(taken(), EN).decode("utf-8-sig"))))

    assert [(r[EN.figure], r[EN.period], r[EN.file]) for r in rows] == [
        ("45%", "2024", "a.txt"),
        ("30%", "2022", "b.txt"),
    ]


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3"])
def test_no_cell_is_a_formula(cell: str) -> None:
    """A report's words cannot run in a spreadsheet."""
    answer = replace(ANSWER, figures=(replace(FIGURE, subject=cell),))
    lines = as_csv(taken(Turn("q", answer)), EN).decode("utf-8-sig")

    (row,) = csv.DictReader(io.StringIO(lines))
    assert f"'{cell}" in row.values()


def test_a_plain_negative_figure_stays_as_it_is() -> None:
    """Copied, character for character."""
    answer = replace(ANSWER, figures=(replace(FIGURE, raw="-2.5%"),))
    lines = as_csv(taken(Turn("q", answer)), EN).decode("utf-8-sig")

    (row,) = csv.DictReader(io.StringIO(lines))
    assert row[EN.figure] == "-2.5%"


def test_a_quote_that_has_moved_is_said_to_have_moved() -> None:
    """The export of an old answer does not vouch for a report that has changed."""
    assert "has changed since" in as_text(taken(stands=False), EN)
    assert "has changed since" not in as_text(taken(), EN)


def test_a_turn_comes_back_from_the_browser_as_it_was() -> None:
    """With its series, its filters and every figure."""
    turn = replace(TURN, filters=Filters(period="2024", reports=("a.txt",)))

    assert read_turn(as_kept(turn), EN) == turn


def test_what_the_page_adds_is_taken_out_of_the_answer() -> None:
    """The series stands beside the answer, not in its `extra`."""
    series = Series((BEFORE, FIGURE), (EARLIER,))
    turn = answered("q", replace(ANSWER, extra={"others": series}), Filters())

    assert turn.series == series
    assert turn.answer == ANSWER


@pytest.mark.parametrize(
    "text",
    [
        *("", "{}", "[]", "null", "x" * 300_000, 7),
        '{"question": 1}',
        as_kept(TURN).replace('"number":1', '"number":9'),  # cites what is not there
        as_kept(TURN).replace('"page":3', '"page":"x"'),
    ],
)
def test_a_kept_chat_that_was_changed_is_refused(text: object) -> None:
    """An error for people, never a half-read answer."""
    with pytest.raises(BadInputError):
        read_turn(text, EN)
    with pytest.raises(BadInputError):
        read_turns([text], EN)


def test_a_link_carries_the_question_and_its_filters() -> None:
    """What `page/ask/` reads from the address."""
    turn = replace(TURN, filters=Filters(language="vi", reports=("a b.txt",)))

    assert question_link(turn) == (
        "q=what+was+the+online+records+rate+in+2024&language=vi&report=a+b.txt"
    )


def test_a_follow_up_takes_along_what_it_follows() -> None:
    """Its link asks the questions before it first, its exports name them."""
    turn = replace(TURN, question="And 2022?", before=("Rate in 2024?", "And 2023?"))

    assert question_link(turn) == "q=Rate+in+2024%3F&q=And+2023%3F&q=And+2022%3F"
    text = as_text(taken(turn), EN)
    assert text.startswith("Rate in 2024? → And 2023? → ")
    assert text.splitlines()[0] in word(as_docx(taken(turn), EN))
    assert read_turn(as_kept(turn), EN) == turn


def test_filters_are_read_strictly() -> None:
    """Known keys with texts; empty ones count for nothing."""
    read = read_filters({"period": " 2024 ", "report": "a.txt", "publisher": ""}, EN)

    assert read == Filters(period="2024", reports=("a.txt",))
    assert read_filters({"period": ""}, EN) is None
    assert read_filters(None, EN) is None


@pytest.mark.parametrize(
    "given",
    [
        *({"period": 7}, {"language": "fr"}, {"report": [1]}, {"other": "x"}),
        *({"publisher": "x" * 999}, {"report": ["a"] * 101}, "2024", ["2024"]),
    ],
)
def test_malformed_filters_are_refused(given: object) -> None:
    """Through the API too."""
    with pytest.raises(BadInputError):
        read_filters(given, EN)  # type: ignore[arg-type]  # what a program may send
