"""The one truth: a SQLite file that is read by snapshot and written whole.

    store = Store.open(settings.store_path)
    with store.snapshot() as view:            # one generation, whatever happens
        view.reports()
    with store.writer(encoder.name, encoder.dim) as writer:   # all or nothing
        writer.put(parsed, encoded)

The file is in WAL mode: readers and the one writer do not wait for each other.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index import schema
from index.errors import IndexMissingError, StoreDamagedError, StoreError
from index.view import View
from index.writer import Entry, Writer

_MOST_IDLE = 8  # connections kept open between snapshots
_FileId = tuple[int, int]


class Store:
    """A store on disk; may be shared by all threads of a process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._file: _FileId | None = None  # the file that the idle ones hold open

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> "Store":
        """Open the store, bringing an older schema up to date.

        create: make the file, and folders above it, where missing.

        Raises IndexMissingError if there is no store, StoreError if it is
        damaged, of another program or from a newer version of this one.
        """
        path = path.resolve()
        if not create and not path.exists():
            raise IndexMissingError
        with storage_errors(path):
            if create:
                path.parent.mkdir(parents=True, exist_ok=True)
            connection = _connect(path, create=create)
            try:
                if not create:
                    schema.check(connection, path)
                schema.migrate(connection, path)
                _log_ahead(connection)
            finally:
                connection.close()
        return cls(path)

    @contextmanager
    def snapshot(self) -> Iterator[View]:
        """Read one generation of the store, unmoved by writers at work.

        The view serves one thread, and only inside the `with`. Keep it short:
        while it lasts, the write-ahead log cannot be folded into the file.
        """
        with storage_errors(self.path):
            connection, file = self._take()
            view = None
            try:
                connection.execute("BEGIN")
                view = View(connection)
                yield view
            finally:
                if view is not None:
                    view.end()
                self._give_back(connection, file)

    @contextmanager
    def writer(
        self,
        encoder: str,
        dim: int,
        *,
        rebuild: bool = False,
        wait: float = 10.0,
        entry: Entry = Entry(),  # noqa: B008 - frozen
    ) -> Iterator[Writer]:
        """Change the store in one transaction: committed at the end of the
        `with`, undone by any exception, unseen by readers until then.

        encoder, dim: what made the vectors to come.
        rebuild: drop every report that is not put again, in the same
            transaction; the way to change the encoder.
        wait: seconds to wait for another writer.
        entry: what the journal says of it.

        Raises IndexMismatchError if reports of another encoder are in and
        *rebuild* is False, StoreError if another process keeps writing.
        """
        with storage_errors(self.path):
            connection = _connect(self.path, wait=wait)
            try:
                connection.execute("BEGIN IMMEDIATE")
                writer = Writer(connection, encoder, dim, rebuild=rebuild, entry=entry)
                yield writer
                writer.finish()
                connection.execute("COMMIT")
            finally:
                connection.close()  # rolls back what was not committed

    def check_file(self) -> None:
        """Read the whole file; raise StoreError if anything in it is damaged.

        What the file says may still be wrong: see `index/verify.py`.
        """
        with storage_errors(self.path):
            connection = _connect(self.path)
            try:
                (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            finally:
                connection.close()
        if found != "ok":
            raise StoreDamagedError(f"{self.path}: {_DAMAGED} ({found})")

    def close(self) -> None:
        """Close the idle connections; the store may still be used afterwards."""
        with self._lock:
            while self._idle:
                self._idle.pop().close()

    def _take(self) -> tuple[sqlite3.Connection, _FileId]:
        file = _file_id(self.path)
        if file != self._file:
            # Deleted and built anew under a running app: leave the old file.
            self.close()
            self._file = file
        with self._lock:
            if self._idle:
                return self._idle.pop(), file
        connection = _connect(self.path)
        schema.check(connection, self.path)
        return connection, file

    def _give_back(self, connection: sqlite3.Connection, file: _FileId) -> None:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        with self._lock:
            if file == self._file and len(self._idle) < _MOST_IDLE:
                self._idle.append(connection)
                return
        connection.close()


def _file_id(path: Path) -> _FileId:
    try:
        status = path.stat()
    except FileNotFoundError:
        raise IndexMissingError from None
    return status.st_dev, status.st_ino


def _connect(
    path: Path, *, create: bool = False, wait: float = 10.0
) -> sqlite3.Connection:
    """Open a connection in autocommit mode; transactions are begun by name."""
    mode = "rwc" if create else "rw"
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode={mode}",
        uri=True,
        timeout=wait,
        isolation_level=None,
        check_same_thread=False,  # one thread at a time: see Store.snapshot
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -16000")  # KiB; SQLite's 2 MB is small
    return connection


def _log_ahead(connection: sqlite3.Connection, wait: float = 10.0) -> None:
    """Put the file into WAL mode, or leave it there.

    wait: seconds to wait for others who have the file open. The connection's own
        timeout is of no help: SQLite calls a file busy at once that two want to
        change over in the same moment.
    """
    until = time.monotonic() + wait
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite says about the file into a StoreError that says what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        # The low byte is the family; what is not listed is a bug of ours.
        advice = _ADVICE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if advice is None:
            raise
        kind = StoreDamagedError if advice == _DAMAGED else StoreError
        raise kind(f"{path}: {advice} ({error})") from error


_DAMAGED = (
    "the store is damaged. Put a backup back with `python -m index restore FILE`, or "
    "move the file away and run `python -m ingest`: the index is built again from "
    "the reports, which are not affected."
)
_ADVICE = {
    sqlite3.SQLITE_BUSY: "another ingest is running. Wait for it and try again.",
    sqlite3.SQLITE_LOCKED: "another ingest is running. Wait for it and try again.",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_FULL: "the disk is full. Make room and try again.",
    sqlite3.SQLITE_READONLY: "cannot write. Check who owns the file and its folder.",
    sqlite3.SQLITE_PERM: "cannot write. Check who owns the file and its folder.",
    sqlite3.SQLITE_CANTOPEN: "cannot open. Check the path and who may read it.",
    sqlite3.SQLITE_IOERR: "reading or writing failed. Check the disk and try again.",
}
