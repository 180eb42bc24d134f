"""The store into one file, and back, while the assistant goes on answering.

Only the store is copied: FAISS is made from it again. The archive that
`rollback` needs is in it, the reports' files are not.
"""

import contextlib
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from index import schema
from index.errors import (
    BadInputError,
    IndexMissingError,
    StoreDamagedError,
    StoreError,
)
from index.store import Store, storage_errors
from index.verify import verify


def back_up(store: Store, path: Path) -> int:
    """Copy the store to *path*, whole and as of one moment; return its size.

    A backup that was there is replaced once the new one is complete.

    Raises BadInputError if *path* is some other file, StoreError if the disk
    fails or the store is damaged.
    """
    path = path.expanduser().resolve()
    if path == store.path:
        raise BadInputError(f"{path} is the store itself: name another file.")
    if path.is_dir():
        raise BadInputError(f"{path} is a folder: name a file in it.")
    if path.exists() and not _is_ours(path):
        raise BadInputError(f"{path} is there and is no backup: name another file.")
    with _beside(path) as part:
        _copy(store.path, part)
        with closing(_connect(part)) as connection:
            _into_one_file(connection)
        part.replace(path)
        _sync(path.parent)
    return path.stat().st_size


def restore(path: Path, store_path: Path, who: str = "") -> int:
    """Put a backup in place of the store; return the generation that it begins.

    The backup is read in full first; only if it is whole does it become the
    store, in one transaction that readers see at once or not at all. A damaged
    store is moved aside, under a name that ends in ".damaged" and the time.
    The caller holds the lock.

    Raises BadInputError if there is no such file or it is no backup, StoreError
    if it is damaged or from a newer version; the store is then as it was.
    """
    path = path.expanduser().resolve()
    if not path.is_file():
        raise BadInputError(f"{path} is not there: check its name.")
    if path == store_path.resolve():
        raise BadInputError(f"{path} is the store itself: name a backup.")
    if not _is_ours(path):
        raise BadInputError(
            f"{path} is no backup of an index: name a file that "
            "`python -m index backup` wrote."
        )
    for left in store_path.parent.glob(f"{store_path.name}.*.part*"):
        left.unlink(missing_ok=True)  # of one that was killed
    with _beside(store_path) as part:
        _copy(path, part)
        generation = _prepare(part, path, who, _newest(store_path))
        _replace(part, store_path)
    return generation


def _newest(path: Path) -> int:
    """Return the number of the store's generation, 0 where it cannot be read."""
    try:
        store = Store.open(path)
        with store.snapshot() as view:
            return view.generation
    except (StoreDamagedError, IndexMissingError):
        return 0


def _prepare(part: Path, path: Path, who: str, left: int) -> int:
    """Check a copied backup, bring it up to date, and begin a new generation.

    left: the number of the generation that is left behind: the new one is
        later, and has a token of its own, so that what is derived is made again.
    """
    copy = Store.open(part)
    try:
        found = verify(copy, part.with_name("no.faiss"))
    finally:
        copy.close()
    if found.problems:
        raise StoreError(
            f"{path} is damaged and was not put back: {found.problems[0]}. "
            "Try an older backup."
        )
    with closing(_connect(part)) as connection:
        (last,) = connection.execute("SELECT max(number) FROM generations").fetchone()
        if last is None:
            raise IndexMissingError
        number = max(last, left) + 1
        connection.execute("BEGIN")
        connection.execute(
            "INSERT INTO generations (number, token, at, who, cause) "
            "VALUES (?, ?, ?, ?, ?)",
            (
                number,
                secrets.token_hex(16),
                datetime.now(UTC).isoformat(timespec="seconds"),
                who,
                f"restore of {path.name}",
            ),
        )
        connection.execute(
            "INSERT INTO changes (generation, action, report, detail) "
            "VALUES (?, 'restored', '', ?)",
            (number, path.name),
        )
        connection.execute("COMMIT")
        _into_one_file(connection)
    return int(number)


def _replace(part: Path, store_path: Path) -> None:
    if store_path.exists() and not _sound(store_path):
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        for ending in ("", "-wal", "-shm"):
            file = store_path.with_name(store_path.name + ending)
            with contextlib.suppress(FileNotFoundError):
                aside = f"{store_path.name}.damaged-{stamp}{ending}"
                file.replace(file.with_name(aside))
    if store_path.exists():
        _with_pages_of(store_path, part)
        # Page by page into the file that readers hold open, in one transaction.
        _copy(part, store_path)
    else:
        part.replace(store_path)
        _sync(store_path.parent)
    Store.open(store_path).close()


def _with_pages_of(store_path: Path, part: Path) -> None:
    """Give the copy pages of the store's size, or it could not be written over."""
    with closing(_connect(store_path)) as store, closing(_connect(part)) as copy:
        (wanted,) = store.execute("PRAGMA page_size").fetchone()
        if copy.execute("PRAGMA page_size").fetchone() != (wanted,):
            copy.execute(f"PRAGMA page_size = {int(wanted)}")
            copy.execute("VACUUM")


def _sound(path: Path) -> bool:
    try:
        store = Store.open(path)
        try:
            store.check_file()
        finally:
            store.close()
    except StoreDamagedError:
        return False
    except IndexMissingError:
        pass  # an empty file can be written over
    return True


def _copy(source: Path, target: Path) -> None:
    with (
        storage_errors(source),
        closing(_connect(source)) as origin,
        closing(sqlite3.connect(target, isolation_level=None)) as copy,
    ):
        origin.backup(copy)


def _into_one_file(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = DELETE")


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, isolation_level=None)


def _is_ours(path: Path) -> bool:
    """Say if the file's head is that of a store, whatever follows is like."""
    with path.open("rb") as file:
        head = file.read(100)
    owner = int.from_bytes(head[68:72], "big")
    return head.startswith(b"SQLite format 3\0") and owner == schema.APPLICATION_ID


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Give the name of a file beside *path* that is gone afterwards."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield part
    except OSError as error:
        raise StoreError(
            f"{path}: cannot write ({error.strerror or error}). Check the disk and "
            "who owns the folder."
        ) from error
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            with contextlib.suppress(OSError):
                part.with_name(part.name + ending).unlink()


def _sync(folder: Path) -> None:
    """Have the folder's new entry outlast a power cut."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
