"""Stores of every earlier schema go on answering, and are read again in time.

tests/index/stores holds one real store of each, written by that version: two
reports in two generations, encoded without a model.
"""

import gzip
from pathlib import Path

import pytest

from index import schema
from index.backup import back_up, restore
from index.hashing import HashingEncoder
from index.search import Searcher
from index.store import Store
from index.verify import verify

STORES = Path(__file__).with_name("stores")
EARLIER = range(1, len(schema.STEPS))


def opened(version: int, folder: Path) -> Store:
    """Unpack a store of that schema and open it with today's code."""
    path = folder / "store.sqlite"
    packed = (STORES / f"schema-{version}.sqlite.gz").read_bytes()
    path.write_bytes(gzip.decompress(packed))
    return Store.open(path)


@pytest.mark.parametrize("version", EARLIER)
def test_an_earlier_store_keeps_answering(version: int, tmp_path: Path) -> None:
    """Its reports, figures and words are found; nothing in it is out of step."""
    store = opened(version, tmp_path)
    encoder = HashingEncoder()
    question = encoder.questions(["online records in 2024"])[0]
    with store.snapshot() as view:
        assert [r.name for r in view.reports()] == ["a.txt", "b.txt"]
        assert view.generation == 2
        assert "45%" in [f.figure.raw for f in view.figures(period="2024")]
        assert view.passages_with(["ho so"], 9)
        assert view.word_counts()["visits"] == 1
        assert view.paths("b.txt") == ["b.txt"]
        hits = Searcher(store, encoder).passages(view, question, {}, language="en")
    assert hits
    assert verify(store, tmp_path / "passages.faiss").problems == ()
    store.close()


@pytest.mark.parametrize("version", EARLIER)
def test_an_earlier_backup_can_be_restored(version: int, tmp_path: Path) -> None:
    """It is brought up to date on the way; pages of another size do not matter."""
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    old = opened(version, tmp_path / "old")
    back_up(old, tmp_path / "backup.sqlite")
    old.close()
    path = tmp_path / "new" / "store.sqlite"
    Store.open(path, create=True).close()

    assert restore(tmp_path / "backup.sqlite", path) == 3
    with Store.open(path).snapshot() as view:
        assert len(view.reports()) == 2


def test_every_earlier_schema_has_a_store() -> None:
    """A step added to the schema brings a store of the one before with it."""
    found = {path.name for path in STORES.iterdir()}
    assert found == {f"schema-{version}.sqlite.gz" for version in EARLIER}


def test_a_new_store_is_like_a_migrated_one(tmp_path: Path) -> None:
    """Both have the same tables and columns."""
    Store.open(tmp_path / "new.sqlite", create=True).close()

    def shape(store: Store) -> set[tuple[str, str]]:
        with store.snapshot() as view:
            return set(
                view.select(
                    "SELECT m.name, c.name FROM sqlite_master m "
                    "JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
                )
            )

    assert shape(opened(1, tmp_path)) == shape(Store.open(tmp_path / "new.sqlite"))
