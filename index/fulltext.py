"""Full-text search in one generation. Superseded reports are not in it."""

# SQL here is put together from our own constants; data goes in as parameters.
# ruff: noqa: S608

import json
from collections.abc import Sequence

from index.conditions import condition, phrases, worth_asking
from index.folding import words_of
from index.reader import Reader
from index.records import Filters

_SOURCES = {
    "passages": ("p.id", "passages p JOIN reports r ON r.id = p.report_id"),
    "sentences": (
        "s.id",
        "sentences s JOIN passages p ON p.id = s.passage_id "
        "JOIN reports r ON r.id = p.report_id",
    ),
}


class FullText(Reader):
    """Passages and sentences by their words."""

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
        counts = self.select(
            "SELECT w.word, w.sentences FROM json_each(?) j "
            "JOIN words w ON w.word = j.value",
            json.dumps(sorted(known)),
        )
        question = worth_asking(asked, dict(counts))
        if not question:
            return {}
        where, values = condition(filters or Filters())
        row_id, source = _SOURCES[table]
        # Asked row by row, best first, so only until there are enough.
        allowed = (
            f"EXISTS (SELECT 1 FROM {source} WHERE {where} "
            f"AND {table}_fts.rowid = {row_id})"
        )
        rows = self.select(
            f"SELECT rowid, -rank FROM {table}_fts WHERE {table}_fts MATCH ? "
            f"AND {allowed if values else '1'} ORDER BY rank LIMIT ?",
            question,
            *values,
            limit,
        )
        return dict(rows)

    def word_counts(self) -> dict[str, int]:
        """Return, for every folded word of the sentences, how many hold it."""
        return dict(self.select("SELECT word, sentences FROM words"))
