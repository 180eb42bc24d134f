"""An answer to take away: as text with footnotes, as a Word file, as CSV.

Each names report, page, date and index generation, so that a figure in a
briefing can be traced. The browser sends the turn as it has it; each quote is
looked up again, and what has changed in the reports since is said.
"""

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from docx import Document

from answer.records import Answer, AnswerFigure, Citation
from page.texts import Words, day_words, period_words, place_words
from page.texts_ask import AskWords, ask_words
from page.turns import Turn

# What a spreadsheet would take for a formula; plain signed numbers are none.
_FORMULA = re.compile(r"[=+\-@\t\r](?![\d.,]+%?$)")

Stands = Callable[[Citation], bool]  # does the quote still stand at its place?


@dataclass(frozen=True, slots=True)
class Taken:
    """One answer with what every form of it says."""

    turn: Turn
    answer: Answer
    today: date
    stands: Stands

    @property
    def question(self) -> str:
        """What was asked; before a follow-up, the questions that it follows."""
        return " → ".join((*self.turn.before, self.answer.question))

    @property
    def figures(self) -> tuple[AnswerFigure, ...]:
        """The answer's figures, then those of other periods."""
        more = self.turn.series.figures if self.turn.series else ()
        own = self.answer.figures
        return (*own, *(figure for figure in more if figure not in own))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All that is cited, by number."""
        more = self.turn.series.citations if self.turn.series else ()
        return (*self.answer.citations, *more)


def as_text(taken: Taken, words: Words) -> str:
    """Question, headline, statement, footnotes, where from; for the clipboard."""
    answer = taken.answer
    lines = [taken.question, "", *_body(answer), ""]
    lines += [_footnote(taken, c, words) for c in answer.citations]
    return "\n".join([*lines, "", _origin(taken, words)]).strip() + "\n"


def as_docx(taken: Taken, words: Words) -> bytes:
    """A Word file: a heading, the answer, a table of figures, numbered sources."""
    own = ask_words(words.language)
    document = Document()
    document.core_properties.title = taken.question[:250]
    document.core_properties.author = words.title
    document.add_heading(taken.question, level=1)
    for paragraph in _body(taken.answer):
        document.add_paragraph(paragraph)
    if taken.figures:
        heads, rows = _table(taken, words, own)
        table = document.add_table(rows=1, cols=len(heads), style="Light Grid Accent 1")
        for cell, text in zip(table.rows[0].cells, heads, strict=True):
            cell.text = text
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    document.add_heading(own.footnotes, level=2)
    for citation in taken.citations:
        document.add_paragraph(_footnote(taken, citation, words))
    document.add_paragraph(_origin(taken, words))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def as_csv(taken: Taken, words: Words) -> bytes:
    """The figures with all that traces them, one row each; UTF-8 with its mark."""
    own = ask_words(words.language)
    cited = {citation.number: citation for citation in taken.citations}
    heads = [
        *(words.figure, own.value_plain, own.unit, own.subject),
        *(words.period, words.place, words.status, own.quote),
        *(words.file, own.report_title, words.publisher, words.published),
        *(words.page, words.original, own.traced, own.taken_on, own.question),
    ]
    rows = []
    for figure in taken.figures:
        citation = cited[figure.citation]
        rows.append(
            [
                figure.raw,
                "" if figure.value is None else f"{figure.value:.15g}",
                figure.unit,
                figure.subject,
                figure.period or "",
                place_words(figure.place, words),
                words.statuses.get(figure.status, figure.status),
                citation.quote,
                citation.report,
                citation.title or "",
                citation.publisher or "",
                citation.published or "",
                str(citation.page),
                citation.url or "",
                str(taken.answer.generation),
                taken.today.isoformat(),
                taken.question,
            ]
        )
    return csv_bytes([heads, *rows])


def csv_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    """Rows as CSV that a spreadsheet opens rightly and runs nothing of."""
    file = io.StringIO()
    csv.writer(file).writerows([_harmless(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """The cell; with an apostrophe before it if it would be run as a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _body(answer: Answer) -> list[str]:
    """Headline and statement; the headline alone if the statement repeats it."""
    parts = [answer.short, answer.text]
    return [part for part in dict.fromkeys(parts) if part.strip()]


def _footnote(taken: Taken, citation: Citation, words: Words) -> str:
    """'[1] Title (file), Publisher, 6 February 2025, page 1: “quote” address'."""
    title = citation.title or citation.report
    file = f" ({citation.report})" if citation.title else ""
    day = day_words(citation.published, words) if citation.published else words.no_date
    page = words.page_number.format(number=citation.page)
    about = ", ".join(filter(None, (citation.publisher, day, page)))
    moved = (
        "" if taken.stands(citation) else f" ({ask_words(words.language).moved_since})"
    )
    address = f" {citation.url}" if citation.url else ""
    quote = citation.quote.strip()
    return f"[{citation.number}] {title}{file}, {about}: “{quote}”{address}{moved}"


def _origin(taken: Taken, words: Words) -> str:
    own = ask_words(words.language)
    day = day_words(taken.today.isoformat(), words)
    return own.made_on.format(date=day, generation=taken.answer.generation)


def _table(
    taken: Taken, words: Words, own: AskWords
) -> tuple[list[str], list[list[str]]]:
    heads = [words.figure, own.subject, words.period, words.place, words.status]
    rows = [
        [
            figure.raw,
            figure.subject,
            period_words(figure.period, words) if figure.period else "–",
            place_words(figure.place, words) or "–",
            words.statuses.get(figure.status, figure.status),
            f"[{figure.citation}]",
        ]
        for figure in taken.figures
    ]
    return [*heads, words.source], rows
