"""Back to an earlier generation, as a new one.

What came since leaves the index, what was replaced or removed since comes back
from the archive as it was, with its vectors. The corpus folder is not touched:
files that differ from what was gone back to are held, until they change or are
named to `python -m ingest`.
"""

import sqlite3
from dataclasses import dataclass
from pathlib import PurePosixPath

from index.errors import BadInputError, IndexMissingError, StoreError
from index.store import Store
from index.view import View
from index.writer import Entry, Writer


@dataclass(frozen=True, slots=True)
class Rollback:
    """What a rollback did, by report name."""

    to: int  # the generation gone back to
    generation: int  # the one that this made; unchanged if there was nothing to do
    removed: tuple[str, ...]
    restored: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Archived:
    id: int
    name: str
    encoder: str
    dim: int


def roll_back(store: Store, number: int, who: str = "", keep: int = 50) -> Rollback:
    """Bring back the reports of generation *number*. The caller holds the lock.

    Reports that are still there under another name keep it: it is their file's.

    Raises BadInputError for a generation that there never was or that is no
    longer kept, StoreError if its vectors are another encoder's.
    """
    with store.snapshot() as view:
        _check(view, number)
        encoder, dim = view.encoder, view.dim
    if encoder is None or dim is None:
        raise IndexMissingError
    entry = Entry(who, f"rollback to {number}", keep)
    with store.writer(encoder, dim, entry=entry) as writer:
        return _carry_out(writer, number, encoder, dim)


def _check(view: View, number: int) -> None:
    newest, oldest = view.generation, view.oldest()
    if not newest:
        raise IndexMissingError
    if not view.has_number(number):
        raise BadInputError(
            f"there is no generation {number}, the newest is {newest}: "
            "`python -m index history` lists them."
        )
    if number < oldest:
        raise BadInputError(
            f"generation {number} is no longer kept: the oldest that can be gone "
            f"back to is {oldest}. Restore a backup, or put its files back and run "
            "`python -m ingest`. REPORTS_KEEP sets how many are kept."
        )


def _carry_out(writer: Writer, number: int, encoder: str, dim: int) -> Rollback:
    connection = writer.connection
    wanted = [
        _Archived(*row)
        for row in connection.execute(
            "SELECT id, name, encoder, dim FROM archive "
            "WHERE since <= ? AND until > ? ORDER BY name",
            (number, number),
        )
    ]
    for archived in wanted:
        if (archived.encoder, archived.dim) != (encoder, dim):
            raise StoreError(
                f"generation {number} was encoded by {archived.encoder}, the index now "
                f"is by {encoder}: their vectors cannot stand together. Set "
                "REPORTS_ENCODER back, run `python -m ingest --rebuild`, and try again."
            )
    leaving = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM reports WHERE since > ? ORDER BY name", (number,)
        )
    ]
    _hold(writer, leaving, [archived.name for archived in wanted])
    for name in leaving:
        writer.remove(name)
    restored = []
    for archived in wanted:
        name = _free_name(connection, archived.name)
        writer.restore(name, archived.id)
        restored.append(name)
    changed = bool(leaving or restored)
    made = writer.generation if changed else writer.generation - 1
    return Rollback(number, made, tuple(leaving), tuple(restored))


def _hold(writer: Writer, leaving: list[str], coming: list[str]) -> None:
    """Keep the files out that would undo the rollback at the next ingest."""
    states = dict.fromkeys(coming, "")
    for name in leaving:
        for path, content in writer.connection.execute(
            "SELECT t.path, r.content FROM report_paths t "
            "JOIN reports r ON r.id = t.report_id WHERE r.name = ?",
            (name,),
        ):
            states[path] = content
    writer.hold(states)


def _free_name(connection: sqlite3.Connection, name: str) -> str:
    """Return *name*, or one like it if another report has it by now."""
    path, number = PurePosixPath(name), 1
    while connection.execute(
        "SELECT 1 FROM reports WHERE name = ?", (name,)
    ).fetchone():
        number += 1
        name = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
    return name
