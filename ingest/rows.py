"""The rows of a report's tables among its paragraphs, and their figures.

A row is one paragraph and one sentence. Its figures come from its headings
(`ingest/cells.py`), everything else from the reader of running text.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.grammar.words import fold_in_place
from index.records import Figure, Page, Report, Sentence
from ingest.cells import Around, figures_of, signs
from ingest.clean import Paragraph, paragraphs
from ingest.headings import Row, rows_of
from ingest.holding import time_of
from ingest.tables import Table


@dataclass(frozen=True)
class Content:
    """What of a report is content, its tables' rows in their places."""

    paragraphs: tuple[Paragraph, ...]
    tables: tuple[tuple[Row, ...], ...]
    starts: Mapping[tuple[int, int], tuple[int, Row]] = field(repr=False)
    # (page, offset) of each row → its table's number and the row


def read_content(pages: Sequence[Page], tables: Sequence[Table]) -> Content:
    """Return the paragraphs of a report with the rows of its tables among them."""
    if not tables:
        return Content(paragraphs(pages), (), {})
    texts = {page.number: page.text for page in pages}
    read = [tuple(rows_of(table, texts[table.page])) for table in tables]
    titles = [_title(table, texts[table.page]) for table in tables]
    rows: list[Paragraph] = []
    starts: dict[tuple[int, int], tuple[int, Row]] = {}
    for number, (table, lines) in enumerate(zip(tables, read, strict=True)):
        for row in lines:
            starts[table.page, row.start] = (number, row)
            text = texts[table.page][row.start : row.end]
            rows.append(
                Paragraph(
                    table.page,
                    row.start,
                    row.end,
                    text,
                    heading=False,
                    after_gap=False,
                    row=True,
                    context=f"{titles[number]} {row.context}".strip(),
                )
            )
    prose = paragraphs([_without(page, rows) for page in pages])
    merged = sorted((*prose, *rows), key=lambda p: (p.page, p.start))
    return Content(tuple(merged), tuple(read), starts)


_TITLE = 30  # words that the title over a table has at most


def _title(table: Table, page_text: str) -> str:
    """The line over a table, if it is a title: "Rank of provinces by income"."""
    first = min((cell.start for cell in table.cells), default=0)
    lines = page_text[:first].rstrip(" \n\r|").rsplit("\n", 1)
    line = lines[-1].strip(" #*|:")
    return line if len(line.split()) <= _TITLE and _leads(line) else ""


def _without(page: Page, rows: Sequence[Paragraph]) -> Page:
    """A page with the lines of its tables blanked, so that offsets stay."""
    pieces: list[str] = []
    upto = 0
    for start, end in sorted((r.start, r.end) for r in rows if r.page == page.number):
        pieces += [page.text[upto:start], "\n" * (end - start)]
        upto = end
    return replace(page, text="".join(pieces) + page.text[upto:])


def row_figures(
    report: Report,
    content: Content,
    sentences: Sequence[Sentence],
    paragraph_of: Sequence[int],
) -> dict[int, list[Figure]]:
    """The figures of the sentences that are rows, by the number of the sentence.

    paragraph_of: for each sentence the number of its paragraph.
    """
    found: dict[int, list[Figure]] = {}
    arounds: dict[int, Around] = {}
    before = ""
    for number, sentence in enumerate(sentences):
        if not content.paragraphs[paragraph_of[number]].row:
            before = sentence.text if _leads(sentence.text) else ""
            continue
        table, row = content.starts[sentence.page, sentence.start]
        if table not in arounds:
            arounds[table] = Around(
                report,
                time_of(report),
                before[:_LEAD],
                signs(content.tables[table]),
            )
        found[number] = figures_of(row, number, sentence, arounds[table])
    return found


_LEAD = 300  # characters of the sentence before a table that are its title
_POINTS = re.compile(
    r"\b(?:tables?|following|below|as follows|bang|sau day|duoi day|nhu sau)\b"
)


def _leads(text: str) -> bool:
    """Is it the title of a table, or does it point to one?

    A full sentence that merely stands before a table says nothing about it.
    """
    return not text.endswith((".", ";", "!", "?")) or bool(
        _POINTS.search(fold_in_place(text))
    )
