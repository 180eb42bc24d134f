"""A store is opened only if it can be read as what it is."""

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from index import schema
from index.errors import (
    IndexMissingError,
    StoreError,
)
from index.records import Encoded, ParsedReport
from index.store import Store

Make = Callable[..., ParsedReport]
Put = Callable[..., None]
Encode = Callable[[ParsedReport], Encoded]


def test_a_missing_store_says_how_to_make_one(tmp_path: Path) -> None:
    """Reading before the first ingest is a person's mistake, not a crash."""
    with pytest.raises(IndexMissingError, match="python -m ingest"):
        Store.open(tmp_path / "none.sqlite")
    (tmp_path / "empty.sqlite").touch()
    with pytest.raises(IndexMissingError):
        Store.open(tmp_path / "empty.sqlite")


def test_a_damaged_store_is_named(tmp_path: Path) -> None:
    """The text names the file and says that the reports are not lost."""
    path = tmp_path / "store.sqlite"
    path.write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreError, match=r"store\.sqlite.*damaged.*not affected"):
        Store.open(path)


def test_damage_inside_is_found(store: Store, make_report: Make, put: Put) -> None:
    """A store cut short is reported as damaged, not half read."""
    put(make_report("a.txt", *([f"Sentence {n}."] for n in range(300))))
    store.close()
    whole = store.path.read_bytes()
    store.path.write_bytes(whole[: len(whole) // 2])

    def use() -> None:
        opened = Store.open(store.path)
        opened.check_file()

    with pytest.raises(StoreError, match="damaged"):
        use()


def test_a_file_of_another_program_is_left_alone(tmp_path: Path) -> None:
    """A wrong folder setting must not write tables into somebody's database."""
    path = tmp_path / "store.sqlite"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE theirs (x)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        Store.open(path, create=True)
    assert path.read_bytes() == before


def test_a_newer_store_is_refused(store: Store) -> None:
    """An older program does not touch what it cannot understand."""
    connection = sqlite3.connect(store.path)
    connection.execute(f"PRAGMA user_version = {len(schema.STEPS) + 1}")
    connection.close()
    with pytest.raises(StoreError, match="newer version"):
        Store.open(store.path)


def test_an_older_store_is_brought_up_to_date(
    store: Store, make_report: Make, put: Put
) -> None:
    """The steps after the file's version run, and what is in stays in."""
    put(make_report("a.txt", ["One."]))
    connection = sqlite3.connect(store.path, isolation_level=None)
    steps = (*schema.STEPS, ("ALTER TABLE reports ADD COLUMN mood TEXT",))
    schema.migrate(connection, store.path, steps)

    moods = connection.execute("SELECT name, mood FROM reports").fetchall()
    assert moods == [("a.txt", None)]
    assert schema.check(connection, store.path, steps) == len(steps)
    connection.close()


def test_a_failed_migration_leaves_the_old_schema(store: Store) -> None:
    """All steps or none: a crash half-way can be tried again."""
    connection = sqlite3.connect(store.path, isolation_level=None)
    steps = (*schema.STEPS, ("CREATE TABLE fresh (x)", "CREATE TABLE fresh (x)"))
    with pytest.raises(sqlite3.OperationalError):
        schema.migrate(connection, store.path, steps)

    assert schema.check(connection, store.path) == len(schema.STEPS)
    tables = "SELECT count(*) FROM sqlite_master WHERE name = 'fresh'"
    assert connection.execute(tables).fetchone() == (0,)
    connection.close()


def test_two_processes_may_create_the_store_at_once(tmp_path: Path) -> None:
    """Whoever comes second finds the tables made, however close behind.

    Tried twenty times: what went wrong here once did so one time in forty.
    """
    errors: list[Exception] = []

    def create(path: Path) -> None:
        try:
            Store.open(path, create=True)
        except Exception as error:  # noqa: BLE001 - shown by the assertion below
            errors.append(error)

    for number in range(20):
        path = tmp_path / f"{number}.sqlite"
        threads = [threading.Thread(target=create, args=(path,)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert errors == []
