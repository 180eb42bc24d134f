"""What one snapshot of the store shows: one generation, by plain questions.

Lists of ids go in as one JSON parameter, so any number of them fits and no
SQL is put together from data.
"""

# SQL here is put together from our own constants; data goes in as parameters.
# ruff: noqa: S608

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.blobs import from_blobs
from index.conditions import (
    as_json,
    condition,
    last_and_first_day,
    match_query,
    phrases,
    rarest,
    words_of,
)
from index.grammar.words import fold
from index.records import (
    Figure,
    Filters,
    Language,
    Page,
    Passage,
    Report,
    Sentence,
    StoredFigure,
    StoredSentence,
    Vectors,
)


def _columns(record: type, table: str) -> str:
    return ", ".join(f'{table}."{field.name}"' for field in fields(record))


_REPORT = _columns(Report, "r")
_PAGE = _columns(Page, "g")
_PASSAGE = _columns(Passage, "p")
_SENTENCE = _columns(Sentence, "s")
_FIGURE = _columns(Figure, "f")
_SOURCES = {
    "passages": ("p.id", "passages p JOIN reports r ON r.id = p.report_id"),
    "sentences": (
        "s.id",
        "sentences s JOIN passages p ON p.id = s.passage_id "
        "JOIN reports r ON r.id = p.report_id",
    ),
}


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its id, its report's name and its text."""

    id: int
    report: str
    passage: Passage
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the journal."""

    generation: int
    at: str  # ISO time, UTC
    action: str  # added, replaced, removed
    report: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is in."""

    reports: int
    pages: int
    passages: int
    sentences: int
    figures: int


class View:
    """Reads one generation. Made by `Store.snapshot`, for one thread at a time."""

    generation: int  # 0 before the first report
    token: str  # names this generation of this very history; "" before the first
    encoder: str | None
    dim: int | None

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection: sqlite3.Connection | None = connection
        self.encoder, self.dim = self._one("SELECT encoder, dim FROM meta")
        last = self._all(
            "SELECT number, token FROM generations ORDER BY number DESC LIMIT 1"
        )
        self.generation, self.token = last[0] if last else (0, "")

    def end(self) -> None:
        """Refuse further questions: the snapshot is over."""
        self._connection = None

    # --- Reports and pages ---

    def reports(self) -> list[Report]:
        """Return all reports, by name."""
        rows = self._all(f"SELECT {_REPORT} FROM reports r ORDER BY name")
        return [Report(*row) for row in rows]

    def report(self, name: str) -> Report | None:
        """Return the report of that name, None if there is none."""
        rows = self._all(f"SELECT {_REPORT} FROM reports r WHERE name = ?", name)
        return Report(*rows[0]) if rows else None

    def pages(self, report: str) -> list[Page]:
        """Return the pages of a report, in order; none if there is no such report."""
        rows = self._all(
            f"SELECT {_PAGE} FROM pages g JOIN reports r ON r.id = g.report_id "
            "WHERE r.name = ? ORDER BY g.number",
            report,
        )
        return [Page(*row) for row in rows]

    def page(self, report: str, number: int) -> Page | None:
        """Return one page of a report."""
        rows = self._all(
            f"SELECT {_PAGE} FROM pages g JOIN reports r ON r.id = g.report_id "
            "WHERE r.name = ? AND g.number = ?",
            report,
            number,
        )
        return Page(*rows[0]) if rows else None

    def page_boxes(self, report: str, number: int) -> bytes | None:
        """Return where the words of a page stand; None if its reader did not say."""
        rows = self._all(
            "SELECT b.boxes FROM page_boxes b JOIN reports r ON r.id = b.report_id "
            "WHERE r.name = ? AND b.number = ?",
            report,
            number,
        )
        return bytes(rows[0][0]) if rows else None

    def paths(self, report: str) -> list[str]:
        """Return every path in the corpus that holds the report's bytes, sorted."""
        rows = self._all(
            "SELECT t.path FROM report_paths t JOIN reports r ON r.id = t.report_id "
            "WHERE r.name = ? ORDER BY t.path",
            report,
        )
        return [path for (path,) in rows]

    # --- Passages ---

    def passages(self, ids: Iterable[int]) -> list[StoredPassage]:
        """Return the passages of these ids, in their order, without unknown ones."""
        rows = self._all(
            f"SELECT p.id, r.name, g.text, {_PASSAGE} FROM json_each(?) j "
            "JOIN passages p ON p.id = j.value JOIN reports r ON r.id = p.report_id "
            "JOIN pages g ON g.report_id = p.report_id AND g.number = p.page "
            "ORDER BY j.key",
            as_json(ids),
        )
        found = []
        for passage_id, report, page, *values in rows:
            passage = Passage(*values)
            text = page[passage.start : passage.end]
            found.append(StoredPassage(passage_id, report, passage, text))
        return found

    def passage_ids(self, filters: Filters | None = None) -> NDArray[np.int64]:
        """Return the ids of the passages that pass the filters, in ascending order."""
        where, values = condition(filters or Filters())
        rows = self._all(
            "SELECT p.id FROM passages p JOIN reports r ON r.id = p.report_id "
            f"WHERE {where} ORDER BY p.id",
            *values,
        )
        return np.array([passage_id for (passage_id,) in rows], dtype=np.int64)

    def passage_vectors(self, ids: Iterable[int]) -> Vectors:
        """Return the vectors of known passages, row for id, shape (n, dim)."""
        rows = self._all(
            "SELECT p.vector FROM json_each(?) j JOIN passages p ON p.id = j.value "
            "ORDER BY j.key",
            as_json(ids),
        )
        return from_blobs([blob for (blob,) in rows], self.dim or 0)

    def languages(self, passage_ids: Iterable[int]) -> dict[int, Language]:
        """Return the language of each passage's report."""
        rows = self._all(
            "SELECT p.id, r.language FROM json_each(?) j "
            "JOIN passages p ON p.id = j.value JOIN reports r ON r.id = p.report_id",
            as_json(passage_ids),
        )
        return dict(rows)

    # --- Sentences ---

    def sentences_of(self, passage_ids: Iterable[int]) -> list[StoredSentence]:
        """Return the sentences of these passages, passage by passage."""
        return self._sentences(
            "json_each(?) j JOIN sentences s ON s.passage_id = j.value",
            "j.key, s.row",
            as_json(passage_ids),
        )

    def sentences(self, ids: Iterable[int]) -> list[StoredSentence]:
        """Return the sentences of these ids, in the order of the ids."""
        return self._sentences(
            "json_each(?) j JOIN sentences s ON s.id = j.value", "j.key", as_json(ids)
        )

    def neighbours(self, report: str, first: int, last: int) -> list[StoredSentence]:
        """Return rows first to last (exclusive) of a report's sentences."""
        return self._sentences(
            "(SELECT id FROM reports WHERE name = ?) o "
            "JOIN sentences s ON s.report_id = o.id AND s.row >= ? AND s.row < ?",
            "s.row",
            report,
            first,
            last,
        )

    def _sentences(self, source: str, order: str, *values: Any) -> list[StoredSentence]:
        rows = self._all(
            "SELECT s.id, s.passage_id, r.name, s.row, s.vector, s.late, "
            f"{_SENTENCE} FROM {source} JOIN reports r ON r.id = s.report_id "
            f"ORDER BY {order}",
            *values,
        )
        dim = self.dim or 0
        vectors = from_blobs([row[4] for row in rows], dim)
        late = from_blobs([row[5] for row in rows], dim)
        figures: dict[int, list[StoredFigure]] = {}
        for figure in self._figures(
            "f.sentence_id IN (SELECT value FROM json_each(?))",
            as_json(row[0] for row in rows),
        ):
            figures.setdefault(figure.sentence_id, []).append(figure)
        return [
            StoredSentence(
                row[0],
                row[1],
                row[2],
                row[3],
                Sentence(*row[6:]),
                vectors[i],
                late[i],
                tuple(figures.get(row[0], ())),
            )
            for i, row in enumerate(rows)
        ]

    # --- Figures ---

    def figures(
        self,
        subject: str | None = None,
        period: str | None = None,
        place: str | None = None,
        report: str | None = None,
    ) -> list[StoredFigure]:
        """Return the ledger in reading order, narrowed by what is given.

        subject: words that must all stand in the figure's subject.
        period: a label; a figure's own period shares a day with it.
        place: a figure's place has this name.
        Case and diacritics do not count. Raises BadInputError for no period.
        """
        where, values = ["1"], list[Any]()
        for word in fold(subject or "").split():
            where.append("instr(f.subject_folded, ?)")
            values.append(word)
        if period is not None:
            where.append("f.period_start <= ? AND f.period_end >= ?")
            values += last_and_first_day(period)
        if place is not None:
            where.append("f.place_folded = ?")
            values.append(fold(place.strip()))
        if report is not None:
            where.append("r.name = ?")
            values.append(report)
        return self._figures(" AND ".join(where), *values)

    def _figures(self, where: str, *values: Any) -> list[StoredFigure]:
        rows = self._all(
            f"SELECT f.id, f.sentence_id, r.name, f.vector, {_FIGURE} "
            f"FROM figures f JOIN reports r ON r.id = f.report_id WHERE {where} "
            "ORDER BY r.name, f.sentence, f.start",
            *values,
        )
        vectors = from_blobs([row[3] for row in rows], self.dim or 0)
        return [
            StoredFigure(row[0], row[1], row[2], Figure(*row[4:]), vector)
            for row, vector in zip(rows, vectors, strict=True)
        ]

    # --- Full text ---

    def passages_with(
        self, words: Sequence[str], limit: int, filters: Filters | None = None
    ) -> dict[int, float]:
        """Find passages that hold any of the words, best first, with BM25 (above 0).

        words: as typed; several in one string count as a phrase. In a large
            corpus the commonest go unasked.
        """
        return self._matches("passages", words, limit, filters)

    def sentences_with(
        self, words: Sequence[str], limit: int, filters: Filters | None = None
    ) -> dict[int, float]:
        """Find sentences that hold any of the words, best first, with BM25 (above 0).

        A filter by period goes by the sentence's passage.
        """
        return self._matches("sentences", words, limit, filters)

    def _matches(
        self,
        table: str,
        words: Sequence[str],
        limit: int,
        filters: Filters | None,
    ) -> dict[int, float]:
        asked = phrases(words)
        known = {word for phrase in asked for word in words_of(phrase)}
        counts = self._all(
            f"SELECT term, doc FROM {table}_words "
            "WHERE term IN (SELECT value FROM json_each(?))",
            json.dumps(sorted(known)),
        )
        chosen = rarest(asked, dict(counts))
        if not chosen:
            return {}
        where, values = condition(filters or Filters())
        row_id, source = _SOURCES[table]
        # Asked row by row, best first, so only until there are enough.
        allowed = (
            f"EXISTS (SELECT 1 FROM {source} WHERE {where} "
            f"AND {table}_fts.rowid = {row_id})"
        )
        rows = self._all(
            f"SELECT rowid, -rank FROM {table}_fts WHERE {table}_fts MATCH ? "
            f"AND {allowed if values else '1'} ORDER BY rank LIMIT ?",
            match_query(chosen),
            *values,
            limit,
        )
        return dict(rows)

    def word_counts(self) -> dict[str, int]:
        """Return, for every folded word of the sentences, how many hold it."""
        return dict(self._all("SELECT term, doc FROM sentences_words"))

    # --- History and size ---

    def has_generation(self, token: str) -> bool:
        """Say if this history passed through the generation of that token."""
        return bool(self._all("SELECT 1 FROM generations WHERE token = ?", token))

    def history(self, since: int = 0) -> list[Change]:
        """List what changed after generation *since*, oldest first."""
        rows = self._all(
            "SELECT c.generation, g.at, c.action, c.report FROM changes c "
            "JOIN generations g ON g.number = c.generation "
            "WHERE c.generation > ? ORDER BY c.id",
            since,
        )
        return [Change(*row) for row in rows]

    def counts(self) -> Counts:
        """Count what is in."""
        return Counts(
            *(
                self._one(f"SELECT count(*) FROM {field.name}")[0]
                for field in fields(Counts)
            )
        )

    def sizes(self, reports: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Return the number of pages and of figures of each of these reports."""
        rows = self._all(
            "SELECT r.name, "
            "(SELECT count(*) FROM pages g WHERE g.report_id = r.id), "
            "(SELECT count(*) FROM figures f WHERE f.report_id = r.id) "
            "FROM json_each(?) j JOIN reports r ON r.name = j.value",
            json.dumps(list(reports)),
        )
        return {name: (pages, figures) for name, pages, figures in rows}

    # --- SQLite ---

    def _all(self, sql: str, *values: Any) -> list[Any]:
        if self._connection is None:
            raise RuntimeError("the snapshot has ended; read inside its `with`")
        return self._connection.execute(sql, values).fetchall()

    def _one(self, sql: str) -> Any:
        return self._all(sql)[0]
