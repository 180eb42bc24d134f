"""Passages, sentences and figures of one generation, by plain questions.

Lists of ids go in as one JSON parameter, so any number of them fits and no
SQL is put together from data.
"""

# SQL here is put together from our own constants; data goes in as parameters.
# ruff: noqa: S608

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.blobs import from_blobs
from index.conditions import as_json, condition, last_and_first_day
from index.grammar.words import fold
from index.reader import Reader, columns_of
from index.records import (
    Figure,
    Filters,
    Language,
    Passage,
    Sentence,
    StoredFigure,
    StoredSentence,
    Vectors,
)

_PASSAGE = columns_of(Passage, "p")
_SENTENCE = columns_of(Sentence, "s")
_FIGURE = columns_of(Figure, "f")


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its id, its report's name and its text."""

    id: int
    report: str
    passage: Passage
    text: str


class Evidence(Reader):
    """What may be cited."""

    # --- Passages ---

    def passages(self, ids: Iterable[int]) -> list[StoredPassage]:
        """Return the passages of these ids, in their order, without unknown ones."""
        rows = self.select(
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
        rows = self.select(
            "SELECT p.id FROM passages p JOIN reports r ON r.id = p.report_id "
            f"WHERE {where} ORDER BY p.id",
            *values,
        )
        return np.array([passage_id for (passage_id,) in rows], dtype=np.int64)

    def passage_vectors(self, ids: Iterable[int]) -> Vectors:
        """Return the vectors of known passages, row for id, shape (n, dim)."""
        rows = self.select(
            "SELECT p.vector FROM json_each(?) j JOIN passages p ON p.id = j.value "
            "ORDER BY j.key",
            as_json(ids),
        )
        return from_blobs([blob for (blob,) in rows], self.dim or 0)

    def languages(self, passage_ids: Iterable[int]) -> dict[int, Language]:
        """Return the language of each passage's report."""
        rows = self.select(
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
        rows = self.select(
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
        report: else figures of superseded reports are left out.
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
        if report is None:
            where.append("r.superseded_by IS NULL")
        else:
            where.append("r.name = ?")
            values.append(report)
        return self._figures(" AND ".join(where), *values)

    def _figures(self, where: str, *values: Any) -> list[StoredFigure]:
        rows = self.select(
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
