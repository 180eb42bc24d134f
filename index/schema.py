"""The store's tables, as numbered steps from an empty file to today's shape.

A step, once released, is never edited: write the next one. Columns that hold
a field of a record bear the field's name, so that records are written and read
by their fields (`index/writer.py`, `index/view.py`).
"""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from index.errors import IndexMissingError, StoreError

APPLICATION_ID = 0x52505453  # "RPTS": tells our files from other SQLite files

Step = tuple[str, ...]

_FIRST: Step = (
    # The encoder that made the vectors; NULL until the first report.
    """CREATE TABLE meta (
        id INTEGER PRIMARY KEY CHECK (id = 1), encoder TEXT, dim INTEGER)""",
    "INSERT INTO meta (id) VALUES (1)",
    # The token tells two histories apart that happen to count alike, as after
    # a backup was put back: derived files ask for the token, not the number.
    """CREATE TABLE generations (
        number INTEGER PRIMARY KEY, token TEXT NOT NULL UNIQUE, at TEXT NOT NULL)""",
    """CREATE TABLE changes (
        id INTEGER PRIMARY KEY,
        generation INTEGER NOT NULL REFERENCES generations (number),
        action TEXT NOT NULL CHECK (action IN ('added', 'replaced', 'removed')),
        report TEXT NOT NULL)""",
    """CREATE TABLE reports (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL,
        language TEXT NOT NULL, title TEXT, publisher TEXT, url TEXT,
        published TEXT, period TEXT, place TEXT, as_of TEXT,
        period_start TEXT, period_end TEXT)""",
    """CREATE TABLE pages (
        report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
        number INTEGER NOT NULL, text TEXT NOT NULL,
        PRIMARY KEY (report_id, number))""",
    # AUTOINCREMENT: an id is never given twice, so whatever is keyed by ids
    # (FAISS) can be brought up to date by the ids alone.
    """CREATE TABLE passages (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
        page INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
        first INTEGER NOT NULL, last INTEGER NOT NULL, vector BLOB NOT NULL)""",
    "CREATE INDEX passages_of_report ON passages (report_id)",
    """CREATE TABLE sentences (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
        passage_id INTEGER NOT NULL REFERENCES passages (id) ON DELETE CASCADE,
        row INTEGER NOT NULL,
        page INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
        text TEXT NOT NULL, vector BLOB NOT NULL, late BLOB NOT NULL,
        UNIQUE (report_id, row))""",
    "CREATE INDEX sentences_of_passage ON sentences (passage_id)",
    """CREATE TABLE figures (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
        passage_id INTEGER NOT NULL REFERENCES passages (id) ON DELETE CASCADE,
        sentence_id INTEGER NOT NULL REFERENCES sentences (id) ON DELETE CASCADE,
        sentence INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
        raw TEXT NOT NULL, kind TEXT NOT NULL, value REAL, unit TEXT NOT NULL,
        subject TEXT NOT NULL, clause_start INTEGER NOT NULL,
        clause_end INTEGER NOT NULL, period TEXT, place TEXT, status TEXT NOT NULL,
        hedge TEXT NOT NULL DEFAULT '', value_to REAL,
        period_start TEXT, period_end TEXT,
        subject_folded TEXT NOT NULL, place_folded TEXT,
        vector BLOB NOT NULL)""",
    "CREATE INDEX figures_of_report ON figures (report_id)",
    "CREATE INDEX figures_of_sentence ON figures (sentence_id)",
    """CREATE INDEX figures_of_passage
        ON figures (passage_id, period_start, period_end)""",
    # Text goes in folded already, because unicode61 does not fold đ to d.
    "CREATE VIRTUAL TABLE passages_fts USING fts5(text, tokenize = 'unicode61')",
    "CREATE VIRTUAL TABLE sentences_fts USING fts5(text, tokenize = 'unicode61')",
    # How many rows hold a word.
    "CREATE VIRTUAL TABLE passages_words USING fts5vocab(passages_fts, row)",
    "CREATE VIRTUAL TABLE sentences_words USING fts5vocab(sentences_fts, row)",
)

_SECOND: Step = (
    # What the file says of itself and how it was read; see `records.Report`.
    "ALTER TABLE reports ADD COLUMN content TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE reports ADD COLUMN number TEXT",
    "ALTER TABLE reports ADD COLUMN supersedes TEXT",
    "ALTER TABLE reports ADD COLUMN provenance TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE reports ADD COLUMN health TEXT NOT NULL DEFAULT ''",
    # Worked out at each commit from all reports together.
    "ALTER TABLE reports ADD COLUMN copy_of TEXT",
    "ALTER TABLE reports ADD COLUMN superseded_by TEXT",
    # What near-identical reports have in common; '' for none.
    "ALTER TABLE reports ADD COLUMN likeness TEXT NOT NULL DEFAULT ''",
    # The generation that this version of the report came with.
    "ALTER TABLE reports ADD COLUMN since INTEGER NOT NULL DEFAULT 0",
    """UPDATE reports SET since = coalesce(
        (SELECT max(generation) FROM changes WHERE report = name), 0)""",
    # SHA-256 of what was written; NULL where a version before this step wrote.
    "ALTER TABLE reports ADD COLUMN checksum TEXT",
    "ALTER TABLE pages ADD COLUMN checksum TEXT",
    "ALTER TABLE pages ADD COLUMN label TEXT",
    "ALTER TABLE pages ADD COLUMN read_by TEXT NOT NULL DEFAULT 'text'",
    "ALTER TABLE pages ADD COLUMN confidence REAL",
    "CREATE INDEX reports_alike ON reports (likeness)",
    "CREATE INDEX reports_of_content ON reports (content)",
    # Where the words of a page stand on it, packed by the reader of the format.
    """CREATE TABLE page_boxes (
        report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
        number INTEGER NOT NULL, boxes BLOB NOT NULL,
        PRIMARY KEY (report_id, number))""",
    # Every file of the corpus that holds these very bytes.
    """CREATE TABLE report_paths (
        path TEXT PRIMARY KEY,
        report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE)""",
    "CREATE INDEX paths_of_report ON report_paths (report_id)",
    "INSERT INTO report_paths SELECT name, id FROM reports",
    # Earlier versions of reports, whole, so that a rollback needs no files and
    # no encoder. Live in the generations from since up to, not with, until.
    """CREATE TABLE archive (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL,
        since INTEGER NOT NULL, until INTEGER NOT NULL,
        encoder TEXT, dim INTEGER, packed BLOB NOT NULL)""",
    "CREATE INDEX archive_until ON archive (until)",
    "ALTER TABLE generations ADD COLUMN who TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE generations ADD COLUMN cause TEXT NOT NULL DEFAULT 'ingest'",
    # The actions are no longer listed here: SQLite cannot widen a CHECK.
    """CREATE TABLE changes_2 (
        id INTEGER PRIMARY KEY,
        generation INTEGER NOT NULL REFERENCES generations (number),
        action TEXT NOT NULL, report TEXT NOT NULL, detail TEXT)""",
    """INSERT INTO changes_2 (id, generation, action, report)
        SELECT id, generation, action, report FROM changes""",
    "DROP TABLE changes",
    "ALTER TABLE changes_2 RENAME TO changes",
    "CREATE INDEX changes_of_generation ON changes (generation)",
)

_THIRD: Step = (
    # The headings that a row of a table stands under.
    "ALTER TABLE sentences ADD COLUMN context TEXT NOT NULL DEFAULT ''",
)

_FOURTH: Step = (
    # The oldest generation that can be gone back to. What was there before this
    # step was not archived.
    "ALTER TABLE meta ADD COLUMN oldest INTEGER NOT NULL DEFAULT 0",
    "UPDATE meta SET oldest = (SELECT coalesce(max(number), 0) FROM generations)",
    # After a rollback the corpus still holds what was gone back from. It stays
    # out as long as the path holds these bytes; '' stands for no file.
    "CREATE TABLE held (path TEXT PRIMARY KEY, content TEXT NOT NULL)",
)

_FIFTH: Step = (
    # How many sentences hold a word. Full-text search can count them, but in a
    # large corpus that takes seconds, and each new generation asks again.
    """CREATE TABLE words (
        word TEXT PRIMARY KEY, sentences INTEGER NOT NULL) WITHOUT ROWID""",
    "INSERT INTO words SELECT term, doc FROM sentences_words",
    "DROP TABLE passages_words",
)

STEPS: tuple[Step, ...] = (_FIRST, _SECOND, _THIRD, _FOURTH, _FIFTH)
"""Step i leads from schema version i to i + 1."""


def migrate(
    connection: sqlite3.Connection, path: Path, steps: Sequence[Step] = STEPS
) -> None:
    """Bring the file to the newest schema, all steps in one transaction.

    connection: in autocommit mode, outside a transaction.
    Raises StoreError if the file belongs to another program or a newer version.
    """
    if _version(connection, path, len(steps)) == len(steps):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Asked again: another process may have come first.
        version = _version(connection, path, len(steps))
        for step in steps[version:]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(steps)}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def check(
    connection: sqlite3.Connection, path: Path, steps: Sequence[Step] = STEPS
) -> int:
    """Return the file's schema version, if this code can read or migrate it.

    Raises IndexMissingError if the file is empty, StoreError as `migrate` does.
    """
    version = _version(connection, path, len(steps))
    if version == 0:
        raise IndexMissingError
    return version


def _version(connection: sqlite3.Connection, path: Path, newest: int) -> int:
    # In one statement: another process may be creating the store between two.
    version, owner, tables = connection.execute(
        "SELECT (SELECT user_version FROM pragma_user_version), "
        "(SELECT application_id FROM pragma_application_id), "
        "(SELECT count(*) FROM sqlite_master)"
    ).fetchone()
    if owner != APPLICATION_ID and (tables or version):
        raise StoreError(
            f"{path} is a database of another program. Move it away, or set "
            "REPORTS_VAR_DIR to another folder."
        )
    if version > newest:
        raise StoreError(
            f"{path} comes from a newer version of this program (schema {version}, "
            f"this one knows {newest}). Run that version, or point REPORTS_VAR_DIR "
            "to another folder and run `python -m ingest`."
        )
    return int(version)
