"""Reports into the store: checked first, then written, each whole or not at all."""

import secrets
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any, Literal

from index import archive, kinship
from index.archive import Kept
from index.errors import BadInputError, IndexMismatchError
from index.fits import check
from index.folding import searchable, words_of
from index.grammar.periods import parse_period
from index.grammar.words import fold
from index.records import Encoded, Figure, Page, ParsedReport, Passage, Report, Sentence

Action = Literal["added", "replaced", "removed", "renamed", "restored"]


KEEP = 50  # generations that can be gone back to, unless the operator says else


@dataclass(frozen=True, slots=True)
class Entry:
    """What the journal says of one change of the store."""

    who: str = ""
    cause: str = "ingest"
    keep: int = KEEP  # generations whose reports are kept; 0: none


class Writer:
    """One transaction's changes; get it from `Store.writer`."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        encoder: str,
        dim: int,
        *,
        rebuild: bool,
        entry: Entry,
    ) -> None:
        self.connection = connection
        self._entry = entry
        self._changes: list[tuple[Action, str, str | None]] = []
        self._touched: set[str] = set()  # likenesses, see `kinship`
        self._words = Counter[str]()  # sentences that hold a word: what changes
        names = {name for (name,) in connection.execute("SELECT name FROM reports")}
        self._stale = names if rebuild else set[str]()  # go unless put again
        (last,) = connection.execute(
            "SELECT coalesce(max(number), 0) FROM generations"
        ).fetchone()
        self.generation: int = last + 1  # if anything changes
        self._was = connection.execute("SELECT encoder, dim FROM meta").fetchone()
        self._dim = dim
        self._take_encoder(encoder, dim, bound=bool(names) and not rebuild)

    def put(self, parsed: ParsedReport, encoded: Encoded) -> Action:
        """Add the report, or replace the one of that name.

        Raises ValueError, and changes nothing, if shapes or offsets do not fit;
        BadInputError if a period is none that `parse_period` knows.
        """
        check(parsed, encoded, self._dim)
        name = parsed.report.name
        with self._all_or_nothing():
            known = self._find(name)
            again = known is not None and self._is_same(known, parsed.report)
            since = self._delete(known, keep=not again) if known else self.generation
            self._insert(
                archive.kept(parsed, encoded), since if again else self.generation
            )
        self._stale.discard(name)
        action: Action = "replaced" if known else "added"
        self._changes.append((action, name, "read again" if again else None))
        return action

    def remove(self, name: str) -> bool:
        """Remove the report; False if there is none of that name."""
        found = self._find(name)
        if found is None:
            return False
        self._delete(found, keep=True)
        self._stale.discard(name)
        self._changes.append(("removed", name, None))
        return True

    def rename(self, names: Mapping[str, str]) -> None:
        """Give reports the names of their files: old name → new name.

        They may change places. What was made of their text stays as it is.
        """
        found = {old: self._find(old) for old in names}
        ids = {old: at for old, at in found.items() if at is not None}
        for old, report_id in ids.items():
            self._set_name(report_id, f"\0{old}")  # no file is called so
        for old, report_id in ids.items():
            self._set_name(report_id, names[old])
            self._touch(report_id)
            self._changes.append(("renamed", names[old], old))
            if old in self._stale:
                self._stale.remove(old)
                self._stale.add(names[old])

    def set_paths(self, name: str, paths: Sequence[str]) -> None:
        """Say under which paths of the corpus the report's bytes lie."""
        report_id = self._find(name)
        if report_id is None:
            return
        self.connection.execute(
            "DELETE FROM report_paths WHERE report_id = ?", (report_id,)
        )
        self.connection.executemany(
            "INSERT OR REPLACE INTO report_paths (path, report_id) VALUES (?, ?)",
            [(path, report_id) for path in paths],
        )

    def restore(self, name: str, archived: int) -> None:
        """Put the archived report of that id back, under *name*, which is free."""
        (packed,) = self.connection.execute(
            "SELECT packed FROM archive WHERE id = ?", (archived,)
        ).fetchone()
        kept = archive.unpack(packed)
        report = replace(kept.parsed.report, name=name)
        kept = replace(kept, parsed=replace(kept.parsed, report=report))
        self._insert(kept, self.generation)
        self._changes.append(("restored", name, None))

    def hold(self, states: Mapping[str, str]) -> None:
        """Let files stay out of the index as long as they hold these bytes.

        states: path → SHA-256 of its bytes, "" for a file that is not there.
        """
        self.connection.executemany(
            "INSERT OR REPLACE INTO held (path, content) VALUES (?, ?)", states.items()
        )

    def release(self, paths: Iterable[str]) -> None:
        """Let files come in again that were held."""
        self.connection.executemany(
            "DELETE FROM held WHERE path = ?", [(path,) for path in paths]
        )

    def finish(self) -> None:
        """Settle what reports are to each other, and write the journal.

        A new generation begins if anything changed.
        """
        for name in sorted(self._stale):
            self.remove(name)
        if not self._changes:
            return
        hidden, shown = kinship.settle(self.connection, self._touched)
        for report_id in hidden:
            self._leave_search(report_id)
        for report_id in shown:
            self._join_search(report_id)
        self._count_words()
        self.connection.execute(
            "INSERT INTO generations (number, token, at, who, cause) "
            "VALUES (?, ?, ?, ?, ?)",
            (
                self.generation,
                secrets.token_hex(16),
                datetime.now(UTC).isoformat(timespec="seconds"),
                self._entry.who,
                self._entry.cause,
            ),
        )
        self.connection.executemany(
            "INSERT INTO changes (generation, action, report, detail) "
            "VALUES (?, ?, ?, ?)",
            [(self.generation, *change) for change in self._changes],
        )
        self._forget()

    def _forget(self) -> None:
        """Drop archived reports that only older generations hold than are kept."""
        oldest = self.generation - self._entry.keep
        self.connection.execute("DELETE FROM archive WHERE until <= ?", (oldest,))
        self.connection.execute("UPDATE meta SET oldest = max(oldest, ?)", (oldest,))

    def _take_encoder(self, encoder: str, dim: int, *, bound: bool) -> None:
        indexed = self.connection.execute("SELECT encoder, dim FROM meta").fetchone()
        if bound and indexed != (encoder, dim):
            raise IndexMismatchError(
                indexed=f"{indexed[0]} ({indexed[1]} numbers)",
                wanted=f"{encoder} ({dim} numbers)",
            )
        self.connection.execute("UPDATE meta SET encoder = ?, dim = ?", (encoder, dim))

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        self.connection.execute("SAVEPOINT put")
        words, self._words = self._words, Counter()
        try:
            yield
            words.update(self._words)
        except BaseException:
            self.connection.execute("ROLLBACK TO put")
            raise
        finally:
            self._words = words
            self.connection.execute("RELEASE put")

    def _find(self, name: str) -> int | None:
        found = self.connection.execute(
            "SELECT id FROM reports WHERE name = ?", (name,)
        ).fetchone()
        return found[0] if found else None

    def _is_same(self, known: int, report: Report) -> bool:
        """Say if the report is the known one, read anew by a better reader."""
        columns = ", ".join(_DESCRIBING)
        stored = self.connection.execute(
            f"SELECT {columns} FROM reports WHERE id = ?",  # noqa: S608 - our names
            (known,),
        ).fetchone()
        described = tuple(getattr(report, name) for name in _DESCRIBING)
        return bool(report.content) and stored == described

    def _set_name(self, report_id: int, name: str) -> None:
        self.connection.execute(
            "UPDATE reports SET name = ? WHERE id = ?", (name, report_id)
        )

    def _touch(self, report_id: int) -> int:
        """Have the report's relations worked out; return since when it is in."""
        since, likeness = self.connection.execute(
            "SELECT since, likeness FROM reports WHERE id = ?", (report_id,)
        ).fetchone()
        self._touched.add(likeness)
        return int(since)

    def _delete(self, report_id: int, *, keep: bool) -> int:
        """Delete the report, into the archive if *keep*; return since when it was."""
        since = self._touch(report_id)
        if keep and self._entry.keep and since < self.generation:
            kept = archive.read(self.connection, report_id)
            self.connection.execute(
                "INSERT INTO archive (name, since, until, encoder, dim, packed) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (
                    kept.parsed.report.name,
                    since,
                    self.generation,
                    *self._was,
                    archive.pack(kept),
                ),
            )
        self._leave_search(report_id)
        self.connection.execute("DELETE FROM reports WHERE id = ?", (report_id,))
        return since

    def _insert(self, kept: Kept, since: int) -> None:
        parsed = kept.parsed
        # Others decide whether it is a copy or superseded: see `finish`.
        report = replace(parsed.report, copy_of=None, superseded_by=None)
        likeness = kinship.likeness(parsed)
        self._touched.add(likeness)
        report_id = self._row(
            "reports",
            Report,
            report,
            likeness=likeness,
            since=since,
            checksum=archive.checksum(kept),
            **_days(report.period),
        )
        self.set_paths(report.name, [report.name])
        for page in parsed.pages:
            self._row(
                "pages",
                Page,
                page,
                report_id=report_id,
                checksum=archive.page_checksum(page.text),
            )
        self.connection.executemany(
            "INSERT INTO page_boxes (report_id, number, boxes) VALUES (?, ?, ?)",
            [(report_id, number, boxes) for number, boxes in parsed.boxes.items()],
        )
        self._insert_parts(report_id, kept)
        self._join_search(report_id)

    def _insert_parts(self, report_id: int, kept: Kept) -> None:
        parsed, blobs = kept.parsed, kept.blobs
        passage_ids: list[int] = []  # of each sentence
        for passage, vector in zip(parsed.passages, blobs.passages, strict=True):
            passage_id = self._row(
                "passages", Passage, passage, report_id=report_id, vector=vector
            )
            passage_ids += [passage_id] * (passage.last - passage.first)
        sentence_ids = [
            self._row(
                "sentences",
                Sentence,
                sentence,
                report_id=report_id,
                passage_id=passage_ids[row],
                row=row,
                vector=blobs.sentences[row],
                late=blobs.late[row],
            )
            for row, sentence in enumerate(parsed.sentences)
        ]
        for figure, vector in zip(parsed.figures, blobs.clauses, strict=True):
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

    def _row(self, table: str, kind: type, record: Any, **more: object) -> int:
        """Insert a record's fields and *more* columns; the new row's id."""
        own = [field.name for field in fields(kind)]
        names = [*own, *more]
        columns = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" * len(names))
        cursor = self.connection.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608 - our names
            (*(getattr(record, name) for name in own), *more.values()),
        )
        return cursor.lastrowid or 0

    def _join_search(self, report_id: int) -> None:
        """Put the report's text into full-text search."""
        rows = self.connection.execute(
            "SELECT passage_id, id, text, context FROM sentences "
            "WHERE report_id = ? ORDER BY row",
            (report_id,),
        ).fetchall()
        passages: dict[int, list[tuple[str, str]]] = {}
        for passage_id, sentence_id, text, context in rows:
            passages.setdefault(passage_id, []).append((context, text))
            held = self._index_text("sentences", sentence_id, f"{context} {text}")
            self._words.update(set(words_of(held)))
        for passage_id, told in passages.items():
            headings = dict.fromkeys(context for context, _ in told)  # once each
            texts = [*headings, *(text for _, text in told)]
            self._index_text("passages", passage_id, " ".join(texts))

    def _leave_search(self, report_id: int) -> None:
        held = self.connection.execute(
            "SELECT text FROM sentences_fts WHERE rowid IN "
            "(SELECT id FROM sentences WHERE report_id = ?)",
            (report_id,),
        )
        for (text,) in held:
            self._words.subtract(set(words_of(text)))
        for table in ("passages", "sentences"):
            self.connection.execute(
                f"DELETE FROM {table}_fts WHERE rowid IN "  # noqa: S608 - our names
                f"(SELECT id FROM {table} WHERE report_id = ?)",
                (report_id,),
            )

    def _index_text(self, table: str, row_id: int, text: str) -> str:
        held = searchable(text)
        self.connection.execute(
            f"INSERT INTO {table}_fts (rowid, text) VALUES (?, ?)",  # noqa: S608 - our names
            (row_id, held),
        )
        return held

    def _count_words(self) -> None:
        """Write down how many sentences hold each word now."""
        changed = [(word, by) for word, by in self._words.items() if by]
        self.connection.executemany(
            "INSERT INTO words VALUES (?, ?) "
            "ON CONFLICT DO UPDATE SET sentences = sentences + excluded.sentences",
            changed,
        )
        self.connection.executemany(
            "DELETE FROM words WHERE word = ? AND sentences <= 0",
            [(word,) for word, by in changed if by < 0],
        )


_DESCRIBING = (
    "content",
    "language",
    "title",
    "publisher",
    "url",
    "published",
    "period",
    "place",
    "number",
    "supersedes",
)
"""What a report is, apart from how well it could be read."""


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
