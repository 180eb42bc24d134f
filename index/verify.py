"""Whether the index is whole: the file, the reports in it, and what is derived.

What is derived (FAISS, full text) is made again from the store; a report that
is damaged in the store is named, so that it can be read again or a backup put
back. Nothing is mended here in silence.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index import archive, vectors
from index.archive import Kept
from index.blobs import from_blobs
from index.errors import StoreError
from index.fits import check_offsets
from index.store import Store
from index.view import View

_SAMPLE = 200  # passages looked for in the vectors
_SAME = 0.98  # cosine from which a passage has found itself, at 8 bits


@dataclass(frozen=True, slots=True)
class Findings:
    """What was looked at, and what is wrong with it."""

    reports: int
    checked: int  # reports with a checksum; older ones get theirs when read again
    problems: tuple[str, ...]
    notes: tuple[str, ...]  # nothing wrong, but worth knowing


def verify(store: Store, vectors_path: Path) -> Findings:
    """Look at everything once: minutes for a very large index.

    Readers and writers go on meanwhile; what is looked at is one generation.
    Raises StoreError if the file cannot be read at all.
    """
    problems: list[str] = []
    notes: list[str] = []
    with store.snapshot() as view:
        problems += _file(view.connection)
        if problems:
            return Findings(0, 0, tuple(problems), ())
        names = [report.name for report in view.reports()]
        checked = 0
        for name in names:
            found, has_sum = _report(view, name)
            problems += found
            checked += has_sum
        problems += _relations(view)
        problems += _search(view.connection)
        problems += _archive(view.connection)
        wrong, note = _vectors(view, vectors_path)
        problems += wrong
        notes += note
    if checked < len(names):
        notes.append(
            f"{len(names) - checked} reports come from an older version and have no "
            "checksum yet: they get one when `python -m ingest` reads them again"
        )
    return Findings(len(names), checked, tuple(problems), tuple(notes))


# --- The file -------------------------------------------------------------------


def _file(connection: sqlite3.Connection) -> Iterator[str]:
    for (line,) in connection.execute("PRAGMA integrity_check(20)"):
        if line != "ok":
            yield f"the store is damaged: {line}"
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"the store is damaged: row {row} of {table} belongs to no {parent}"


# --- Reports --------------------------------------------------------------------


def _report(view: View, name: str) -> tuple[list[str], bool]:
    """Return what is wrong with a report, and whether it has a checksum."""
    report_id, expected, name_lies = view.connection.execute(
        "SELECT r.id, r.checksum, EXISTS (SELECT 1 FROM report_paths t "
        "WHERE t.report_id = r.id) FROM reports r WHERE r.name = ?",
        (name,),
    ).fetchone()
    problems = [] if name_lies else [f"{name}: no path in the corpus is known for it"]
    try:
        kept = archive.read(view.connection, report_id)
        check_offsets(kept.parsed)
        problems += _blobs(name, kept, view.dim or 0)
        if expected is not None and archive.checksum(kept) != expected:
            problems.append(f"{name}: what is stored is not what was written")
    except (ValueError, TypeError, KeyError) as error:
        problems.append(f"{name}: {error}")
    problems += _pages(view.connection, name, report_id)
    return problems, expected is not None


def _pages(connection: sqlite3.Connection, name: str, report_id: int) -> Iterator[str]:
    rows = connection.execute(
        "SELECT number, text, checksum FROM pages WHERE report_id = ?", (report_id,)
    )
    for number, text, expected in rows:
        if expected is not None and archive.page_checksum(text) != expected:
            yield f"{name}: the text of page {number} is not what was written"


def _blobs(name: str, kept: Kept, dim: int) -> Iterator[str]:
    for what, blobs in zip(kept.blobs._fields, kept.blobs, strict=True):
        try:
            rows = from_blobs(blobs, dim)
        except StoreError:
            yield f"{name}: a vector of its {what} has the wrong length"
            continue
        if not np.isfinite(rows).all():
            yield f"{name}: a vector of its {what} is not finite"


def _relations(view: View) -> Iterator[str]:
    names = {report.name for report in view.reports()}
    for report in view.reports():
        for other in (report.copy_of, report.superseded_by):
            if other is not None and other not in names:
                yield f"{report.name}: it refers to {other}, which is not there"


# --- Full text --------------------------------------------------------------------

_OUT_OF_STEP = {
    # Live passages and sentences are in full-text search, all others are not.
    "full-text search of {table}": """
        SELECT count(*) FROM (
            SELECT t.id FROM {table} t JOIN reports r ON r.id = t.report_id
            WHERE r.superseded_by IS NULL
            EXCEPT SELECT rowid FROM {table}_fts)
        UNION ALL SELECT count(*) FROM (
            SELECT rowid FROM {table}_fts
            EXCEPT SELECT t.id FROM {table} t JOIN reports r ON r.id = t.report_id
            WHERE r.superseded_by IS NULL)""",
}


def _search(connection: sqlite3.Connection) -> Iterator[str]:
    for what, sql in _OUT_OF_STEP.items():
        for table in ("passages", "sentences"):
            found = connection.execute(sql.format(table=table)).fetchall()
            if missing := sum(count for (count,) in found):
                yield (
                    f"{what.format(table=table)} is out of step in {missing} rows: "
                    "run `python -m ingest --rebuild`"
                )


# --- Archive ----------------------------------------------------------------------


def _archive(connection: sqlite3.Connection) -> Iterator[str]:
    rows = connection.execute("SELECT name, since, until, packed FROM archive")
    for name, since, until, packed in rows:
        try:
            archive.unpack(packed)
        except StoreError:
            yield (
                f"{name}, as it was from generation {since} to {until - 1}, is damaged "
                "in the archive"
            )


# --- Vectors ----------------------------------------------------------------------


def _vectors(view: View, path: Path) -> tuple[list[str], list[str]]:
    """Compare FAISS with the store."""
    if not view.generation:
        return [], []
    if not path.exists():
        return [], ["there is no FAISS file: the next question makes it"]
    index = vectors.load(path)
    if index is None:
        return [f"{path} is damaged: `python -m index rebuild` makes it again"], []
    if index.header.token != view.token:
        return [], [
            "the FAISS file is of another generation: the next question mends it"
        ]
    ids = view.passage_ids()
    if not np.array_equal(index.ids, ids):
        return [
            f"{path} does not hold the store's passages: `python -m index rebuild` "
            "makes it again"
        ], []
    step = max(1, len(ids) // _SAMPLE)
    sample = ids[::step][:_SAMPLE]
    lost = 0
    for row in view.passage_vectors(sample):
        near = index.search(row, 1)
        lost += not near or near[0][1] < _SAME
    if lost:
        return [
            f"{path} does not find {lost} of {len(sample)} passages by their own "
            "vector: `python -m index rebuild` makes it again"
        ], []
    return [], []
