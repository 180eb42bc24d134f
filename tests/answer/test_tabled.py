"""Tables answered through the whole way: a Word file in, the cited cell out."""

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from answer.assistant import Assistant
from answer.glossary import make_glossary
from index.hashing import HashingEncoder
from index.store import Store
from ingest.pipeline import ingest
from settings import Settings

RANKS = (
    ("Province", "2022", "2023"),
    ("Lang Son", "6", "2"),
    ("Hue", "3", "5"),
)
MONEY = (
    ("(in billion VND)", "2022", "2023", "2024"),
    ("Road construction spending", "1,452", "1,146", "1,036"),
    ("Bridge repair spending", "44", "57", "71"),
    ("Total transport spending", "1,496", "1,203", "1,107"),
)
GOALS = (
    ("Indicator", "Unit", "Target 2025", "Result 2024"),
    ("Schools with broadband", "%", "95", "82"),
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant on one Word report with three tables."""
    folder: Path = tmp_path_factory.mktemp("tables")
    corpus = folder / "corpus"
    corpus.mkdir()
    document = docx.Document()
    document.add_paragraph("Provincial review of the year 2024")
    for title, rows in (
        ("Rank of provinces by school meals", RANKS),
        ("Transport spending", MONEY),
        ("Goals for schools", GOALS),
    ):
        document.add_paragraph(title)
        table = document.add_table(len(rows), len(rows[0]))
        for line, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(line.cells, texts, strict=True):
                cell.text = text
    document.save(str(corpus / "review.docx"))
    settings = Settings(corpus, folder / "var", folder / "cache", "hashing")
    encoder = HashingEncoder()
    summary = ingest(settings, lambda: encoder)
    assert summary.added == ("review.docx",)
    opened = Assistant(Store.open(settings.store_path), encoder, make_glossary([]))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("question", "short", "quote"),
    [
        (
            "What was the rank of Lang Son in school meals in 2023?",
            "2",
            "Lang Son | 6 | 2",
        ),
        (
            "What was the rank of Lang Son in school meals in 2022?",
            "6",
            "Lang Son | 6 | 2",
        ),
        (
            "How much was the total transport spending in 2023?",
            "1,203",
            "Total transport spending | 1,496 | 1,203 | 1,107",
        ),
        (
            "What share of schools had broadband in 2024?",
            "82",
            "Schools with broadband | % | 95 | 82",
        ),
    ],
)
def test_a_cell_is_answered_and_its_row_is_quoted(
    assistant: Assistant, question: str, short: str, quote: str
) -> None:
    """Row, column and year decide; the line of headings is cited beside the row."""
    answer = assistant.ask(question)

    assert answer.short == short
    assert answer.citations[0].quote == quote
    assert any("202" in citation.quote for citation in answer.citations[1:])


def test_a_target_of_a_table_is_no_result(assistant: Assistant) -> None:
    """95% is what is aimed at."""
    answer = assistant.ask("What share of schools had broadband in 2025?")

    assert answer.abstained or "95" not in answer.short or "target" in answer.text


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("In which year was the bridge repair spending largest?", "2024"),
        ("In which year was the bridge repair spending lowest?", "2022"),
        (
            "In which year was road construction spending less than 1,100 billion?",
            "2024",
        ),
        ("Năm nào chi cho sửa cầu (bridge repair spending) lớn nhất?", "2024"),
    ],
)
def test_the_year_of_an_extreme_is_copied_from_the_heading(
    assistant: Assistant, question: str, short: str
) -> None:
    """The heading is quoted first, the row that decides beside it."""
    answer = assistant.ask(question)

    assert answer.short == short
    assert short in answer.citations[0].quote
    assert "spending" in answer.citations[1].quote
