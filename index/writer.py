"""Reports into the store: checked first, then written, each whole or not at all."""

import secrets
import sqlite3
from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, Literal
from unicodedata import normalize

import numpy as np

from index.blobs import to_blobs
from index.errors import BadInputError, IndexMismatchError
from index.grammar.periods import parse_period
from index.grammar.words import fold, tokens
from index.records import (
    Encoded,
    Figure,
    Page,
    ParsedReport,
    Passage,
    Report,
    Sentence,
    Vectors,
)

Action = Literal["added", "replaced", "removed"]


class Writer:
    """One transaction's changes; get it from `Store.writer`."""

    def __init__(
        self, connection: sqlite3.Connection, encoder: str, dim: int, *, rebuild: bool
    ) -> None:
        self._connection = connection
        self._dim = dim
        self._changes: list[tuple[Action, str]] = []
        self._cleared: set[str] = set()  # removed by *rebuild*, may come again
        names = [name for (name,) in connection.execute("SELECT name FROM reports")]
        if rebuild:
            for name in names:
                self._delete(name)
            self._cleared.update(names)
            names = []
        self._take_encoder(encoder, dim, bound=bool(names))

    def put(self, parsed: ParsedReport, encoded: Encoded) -> Action:
        """Add the report, or replace the one of that name.

        Raises ValueError, and changes nothing, if shapes or offsets do not fit;
        BadInputError if a period is none that `parse_period` knows.
        """
        check(parsed, encoded, self._dim)
        name = parsed.report.name
        self._connection.execute("SAVEPOINT put")
        try:
            known = self._delete(name) or name in self._cleared
            self._insert(parsed, encoded)
        except BaseException:
            self._connection.execute("ROLLBACK TO put")
            raise
        finally:
            self._connection.execute("RELEASE put")
        self._cleared.discard(name)
        action: Action = "replaced" if known else "added"
        self._changes.append((action, name))
        return action

    def remove(self, name: str) -> bool:
        """Remove the report; False if there is none of that name."""
        found = self._delete(name)
        if found:
            self._changes.append(("removed", name))
        return found

    def finish(self) -> None:
        """Write the journal, as a new generation if anything changed."""
        self._changes += [("removed", name) for name in sorted(self._cleared)]
        if not self._changes:
            return
        (last,) = self._connection.execute(
            "SELECT coalesce(max(number), 0) FROM generations"
        ).fetchone()
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._connection.execute(
            "INSERT INTO generations (number, token, at) VALUES (?, ?, ?)",
            (last + 1, secrets.token_hex(16), now),
        )
        self._connection.executemany(
            "INSERT INTO changes (generation, action, report) VALUES (?, ?, ?)",
            [(last + 1, action, name) for action, name in self._changes],
        )

    def _take_encoder(self, encoder: str, dim: int, *, bound: bool) -> None:
        indexed = self._connection.execute("SELECT encoder, dim FROM meta").fetchone()
        if bound and indexed != (encoder, dim):
            raise IndexMismatchError(
                indexed=f"{indexed[0]} ({indexed[1]} numbers)",
                wanted=f"{encoder} ({dim} numbers)",
            )
        self._connection.execute("UPDATE meta SET encoder = ?, dim = ?", (encoder, dim))

    def _delete(self, name: str) -> bool:
        found = self._connection.execute(
            "SELECT id FROM reports WHERE name = ?", (name,)
        ).fetchone()
        if found is None:
            return False
        for table in ("passages", "sentences"):
            self._connection.execute(
                f"DELETE FROM {table}_fts WHERE rowid IN "  # noqa: S608 - our names
                f"(SELECT id FROM {table} WHERE report_id = ?)",
                found,
            )
        self._connection.execute("DELETE FROM reports WHERE id = ?", found)
        return True

    def _insert(self, parsed: ParsedReport, encoded: Encoded) -> None:
        report_id = self._row(
            "reports", Report, parsed.report, **_days(parsed.report.period)
        )
        for page in parsed.pages:
            self._row("pages", Page, page, report_id=report_id)
        self._connection.execute(
            "INSERT OR REPLACE INTO report_paths (path, report_id) VALUES (?, ?)",
            (parsed.report.name, report_id),
        )
        self._connection.executemany(
            "INSERT INTO page_boxes (report_id, number, boxes) VALUES (?, ?, ?)",
            [(report_id, number, boxes) for number, boxes in parsed.boxes.items()],
        )
        passage_ids: list[int] = []  # of each sentence
        for passage, vector in zip(
            parsed.passages, to_blobs(encoded.passages), strict=True
        ):
            passage_id = self._row(
                "passages", Passage, passage, report_id=report_id, vector=vector
            )
            rows = parsed.sentences[passage.first : passage.last]
            self._index_text("passages", passage_id, _told(rows))
            passage_ids += [passage_id] * len(rows)
        sentence_ids = self._insert_sentences(report_id, passage_ids, parsed, encoded)
        for figure, vector in zip(
            parsed.figures, to_blobs(encoded.clauses), strict=True
        ):
            self._row(
                "figures",
                Figure,
                figure,
                report_id=report_id,
                passage_id=passage_ids[figure.sentence],
                sentence_id=sentence_ids[figure.sentence],
                subject_folded=fold(figure.subject),
                place_folded=None if figure.place is None else fold(figure.place),
                vector=vector,
                **_days(figure.period),
            )

    def _insert_sentences(
        self,
        report_id: int,
        passage_ids: list[int],
        parsed: ParsedReport,
        encoded: Encoded,
    ) -> list[int]:
        ids = []
        vectors, late = to_blobs(encoded.sentences), to_blobs(encoded.late)
        for row, sentence in enumerate(parsed.sentences):
            sentence_id = self._row(
                "sentences",
                Sentence,
                sentence,
                report_id=report_id,
                passage_id=passage_ids[row],
                row=row,
                vector=vectors[row],
                late=late[row],
            )
            self._index_text("sentences", sentence_id, _told([sentence]))
            ids.append(sentence_id)
        return ids

    def _row(self, table: str, kind: type, record: Any, **more: object) -> int:
        """Insert a record's fields and *more* columns; the new row's id."""
        own = [field.name for field in fields(kind)]
        names = [*own, *more]
        columns = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" * len(names))
        cursor = self._connection.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608 - our names
            (*(getattr(record, name) for name in own), *more.values()),
        )
        return cursor.lastrowid or 0

    def _index_text(self, table: str, row_id: int, texts: Iterable[str]) -> None:
        self._connection.execute(
            f"INSERT INTO {table}_fts (rowid, text) VALUES (?, ?)",  # noqa: S608 - our names
            (row_id, searchable(" ".join(texts))),
        )


def _told(sentences: Iterable[Sentence]) -> Iterable[str]:
    """What may be searched: the sentences, and once each the headings over them."""
    rows = list(sentences)
    return [*dict.fromkeys(s.context for s in rows), *(s.text for s in rows)]


def searchable(text: str) -> str:
    """*text* as full-text search stores and asks it: folded words, spaces between."""
    return " ".join(tokens(normalize("NFC", text)))


def _days(period: str | None) -> dict[str, str | None]:
    """First and last day of a period, as columns."""
    if period is None:
        return {"period_start": None, "period_end": None}
    try:
        span = parse_period(period)
    except ValueError as error:
        raise BadInputError(str(error)) from None
    return {
        "period_start": span.start.isoformat(),
        "period_end": span.end.isoformat(),
    }


def check(parsed: ParsedReport, encoded: Encoded, dim: int) -> None:
    """Raise ValueError unless every offset, row and shape fits the others."""
    name = parsed.report.name
    pages = {page.number: page.text for page in parsed.pages}
    if len(pages) != len(parsed.pages):
        raise ValueError(f"{name}: two pages have one number")
    for row, sentence in enumerate(parsed.sentences):
        page = pages.get(sentence.page, "")
        if not sentence.text or page[sentence.start : sentence.end] != sentence.text:
            raise ValueError(f"{name}: sentence {row} does not stand at its offsets")
    _check_passages(parsed)
    for figure in parsed.figures:
        _check_figure(parsed, pages, figure)
    _check_shape(name, "passages", encoded.passages, len(parsed.passages), dim)
    _check_shape(name, "sentences", encoded.sentences, len(parsed.sentences), dim)
    _check_shape(name, "late", encoded.late, len(parsed.sentences), dim)
    _check_shape(name, "clauses", encoded.clauses, len(parsed.figures), dim)


def _check_passages(parsed: ParsedReport) -> None:
    """Passages follow each other and hold every sentence once."""
    name, upto = parsed.report.name, 0
    for passage in parsed.passages:
        rows = parsed.sentences[passage.first : passage.last]
        if (
            passage.first != upto
            or len(rows) != passage.last - passage.first
            or not rows
        ):
            raise ValueError(f"{name}: passages do not follow each other at row {upto}")
        if any(
            row.page != passage.page
            or not passage.start <= row.start < row.end <= passage.end
            for row in rows
        ):
            raise ValueError(f"{name}: a sentence lies outside its passage, {passage}")
        upto = passage.last
    if upto != len(parsed.sentences):
        raise ValueError(f"{name}: sentences from row {upto} are in no passage")


def _check_figure(parsed: ParsedReport, pages: dict[int, str], figure: Figure) -> None:
    name = parsed.report.name
    if not 0 <= figure.sentence < len(parsed.sentences):
        raise ValueError(f"{name}: figure {figure.raw!r} is of no sentence")
    sentence = parsed.sentences[figure.sentence]
    if not figure.raw or pages[sentence.page][figure.start : figure.end] != figure.raw:
        raise ValueError(f"{name}: figure {figure.raw!r} is not at its offsets")
    bounds = (sentence.start, figure.clause_start, figure.start)
    ends = (figure.end, figure.clause_end, sentence.end)
    if list(bounds) != sorted(bounds) or list(ends) != sorted(ends):
        raise ValueError(f"{name}: figure {figure.raw!r} lies outside its clause")


def _check_shape(name: str, what: str, vectors: Vectors, rows: int, dim: int) -> None:
    if vectors.shape != (rows, dim):
        raise ValueError(
            f"{name}: vectors of {what} have shape {vectors.shape}, not {(rows, dim)}"
        )
    if not np.isfinite(vectors).all():
        raise ValueError(f"{name}: a vector of {what} is not finite")
