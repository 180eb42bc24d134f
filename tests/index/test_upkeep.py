"""History, rollback, backup, restore and verify keep what was known."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.__main__ import main
from index.backup import back_up, restore
from index.errors import BadInputError, StoreError
from index.hashing import HashingEncoder
from index.records import Encoded, ParsedReport
from index.rollback import roll_back
from index.search import Searcher
from index.store import Store
from index.verify import verify
from index.writer import Entry

Encode = Callable[[ParsedReport], Encoded]
Make = Callable[..., ParsedReport]
Put = Callable[..., None]


@pytest.fixture(autouse=True)
def _var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTS_VAR_DIR", str(tmp_path))
    monkeypatch.setenv("REPORTS_ACTOR", "lan@office")


def texts(store: Store) -> list[str]:
    """Every sentence that can be found."""
    with store.snapshot() as view:
        return [s.sentence.text for s in view.sentences_of(view.passage_ids())]


def remove(store: Store, name: str, keep: int = 50) -> None:
    """Take one report out."""
    entry = Entry("minh@office", keep=keep)
    encoder = HashingEncoder()
    with store.writer(encoder.name, encoder.dim, entry=entry) as writer:
        writer.remove(name)


def vectors_path(store: Store) -> Path:
    """Where FAISS is kept."""
    return store.path.with_name("passages.faiss")


def damage(store: Store, sql: str) -> None:
    """Change the store behind its back."""
    store.close()
    connection = sqlite3.connect(store.path)
    connection.execute(sql)
    connection.commit()
    connection.close()


# --- Rollback ---


def test_a_rollback_brings_back_what_was_replaced_and_removed(
    store: Store, make_report: Make, with_share: Make, put: Put
) -> None:
    """Texts, figures and vectors are those of that generation, byte for byte."""
    first = with_share(make_report("a.txt", ["It was 45%."]), "45%", period="2024")
    put(first, make_report("b.txt", ["Two."]))
    with store.snapshot() as view:
        before = view.parsed("a.txt"), view.passage_vectors(view.passage_ids())
    put(make_report("a.txt", ["Changed."]), make_report("c.txt", ["Three."]))
    remove(store, "b.txt")

    done = roll_back(store, 1, "lan@office")

    assert (done.generation, done.removed) == (4, ("a.txt", "c.txt"))
    assert done.restored == ("a.txt", "b.txt")
    with store.snapshot() as view:
        assert view.parsed("a.txt") == before[0]
        assert (view.passage_vectors(view.passage_ids()) == before[1]).all()
        journal = [(c.action, c.report, c.who) for c in view.history(since=3)]
        assert view.history(since=3)[0].cause == "rollback to 1"
    assert ("restored", "b.txt", "lan@office") in journal
    assert verify(store, vectors_path(store)).problems == ()


def test_a_rollback_can_be_taken_back(
    store: Store, make_report: Make, put: Put
) -> None:
    """It is a generation like any other."""
    put(make_report("a.txt", ["One."]))
    put(make_report("a.txt", ["Changed."]))
    roll_back(store, 1)
    assert texts(store) == ["One."]
    roll_back(store, 2)
    assert texts(store) == ["Changed."]
    assert roll_back(store, 4).generation == 4


def test_a_renamed_report_keeps_its_files_name(
    store: Store, make_report: Make, put: Put
) -> None:
    """A citation names a file that is there, also after a rollback."""
    put(make_report("a.txt", ["One."]))
    with store.writer(HashingEncoder.name, HashingEncoder.dim) as writer:
        writer.rename({"a.txt": "b.txt"})
    put(make_report("a.txt", ["Another."]))
    remove(store, "a.txt")
    roll_back(store, 3)
    with store.snapshot() as view:
        assert [r.name for r in view.reports()] == ["a.txt", "b.txt"]
    roll_back(store, 1)
    assert texts(store) == ["One."]


def test_only_so_many_generations_are_kept(
    store: Store, make_report: Make, put: Put
) -> None:
    """What is too old is forgotten, and the refusal says so."""
    for text in ("One.", "Two.", "Three."):
        put(make_report("a.txt", [text]))
    remove(store, "a.txt", keep=2)
    with pytest.raises(BadInputError, match=r"no longer kept.*oldest.*is 2"):
        roll_back(store, 1)
    with pytest.raises(BadInputError, match="no generation 9"):
        roll_back(store, 9)
    roll_back(store, 2)
    assert texts(store) == ["Two."]


def test_vectors_of_two_encoders_are_never_mixed(
    store: Store,
    make_report: Make,
    put: Put,
    encoded: Callable[[ParsedReport], Encoded],
) -> None:
    """A rollback across a change of encoder says what has to be done first."""
    put(make_report("a.txt", ["One."]), make_report("b.txt", ["Two."]))
    parsed = make_report("a.txt", ["One."])
    with store.writer("another", 256, rebuild=True) as writer:
        writer.put(parsed, encoded(parsed))
    with pytest.raises(StoreError, match=r"REPORTS_ENCODER back.*--rebuild"):
        roll_back(store, 1)


# --- Backup and restore ---


def test_a_backup_comes_back_under_readers_eyes(
    store: Store, make_report: Make, put: Put
) -> None:
    """An open snapshot stays as it is; the next one sees the restored store."""
    put(make_report("a.txt", ["One."]))
    searcher = Searcher(store, HashingEncoder())
    searcher.refresh()
    saved = store.path.with_name("saved.sqlite")
    back_up(store, saved)
    put(make_report("a.txt", ["Changed."]))
    with store.snapshot() as view:
        token = view.token
        assert restore(saved, store.path, "lan@office") == 3
        assert [p.text for p in view.pages("a.txt")] == ["Changed."]

    assert texts(store) == ["One."]
    assert searcher.refresh() == 3
    with store.snapshot() as view:
        assert view.token != token
        assert view.history()[-1].cause == "restore of saved.sqlite"
    assert verify(store, vectors_path(store)).problems == ()
    assert not list(store.path.parent.glob("*.part*"))


def test_a_damaged_store_is_moved_aside_by_a_restore(
    store: Store, make_report: Make, put: Put
) -> None:
    """Nothing is deleted that somebody may still want to look at."""
    put(make_report("a.txt", ["One."]))
    saved = store.path.with_name("saved.sqlite")
    back_up(store, saved)
    store.close()
    store.path.write_bytes(b"x" * 9000)
    restore(saved, store.path)
    assert texts(store) == ["One."]
    assert list(store.path.parent.glob("store.sqlite.damaged-*"))


def test_what_is_no_whole_backup_is_refused(
    store: Store, make_report: Make, put: Put
) -> None:
    """The store stays as it was."""
    put(make_report("a.txt", *([f"Sentence {n}."] for n in range(300))))
    saved = store.path.with_name("saved.sqlite")
    size = back_up(store, saved)
    whole = saved.read_bytes()
    saved.write_bytes(whole[: size // 2])
    with pytest.raises(StoreError):
        restore(saved, store.path)
    saved.write_bytes(whole.replace(b"Sentence 299.", b"Sentence 298."))
    with pytest.raises(StoreError, match="not put back"):
        restore(saved, store.path)
    saved.write_bytes(b"a letter")
    with pytest.raises(BadInputError, match="no backup"):
        restore(saved, store.path)
    with pytest.raises(BadInputError, match="is no backup"):
        back_up(store, saved)
    assert len(texts(store)) == 300


# --- Verify ---

DAMAGE = {
    "UPDATE pages SET text = replace(text, '45%', '54%')": "offsets",
    "UPDATE figures SET value = 54": "not what was written",
    "UPDATE sentences SET vector = zeroblob(3)": "wrong length",
    "UPDATE reports SET publisher = 'Nobody'": "not what was written",
    "UPDATE reports SET copy_of = 'gone.txt'": "gone.txt",
    "DELETE FROM passages_fts": "full-text search",
    "DELETE FROM report_paths": "no path",
    "DELETE FROM sentences": "damaged|passages",
}


@pytest.mark.parametrize("sql", DAMAGE)
def test_verify_names_what_is_wrong(
    store: Store,
    make_report: Make,
    with_share: Make,
    put: Put,
    capsys: pytest.CaptureFixture[str],
    sql: str,
) -> None:
    """Exit 1 and the report's name; whole, exit 0."""
    put(with_share(make_report("a.txt", ["It was 45%."]), "45%", period="2024"))
    Searcher(store, HashingEncoder()).refresh()
    assert main(["verify"]) == 0
    assert capsys.readouterr().out == "1 reports checked: nothing is wrong\n"

    damage(store, sql)
    assert main(["verify", "--json"]) == 1
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert problems
    assert any(word in " ".join(problems) for word in DAMAGE[sql].split("|"))


def test_faiss_heals_itself_and_verify_tells(
    store: Store, make_report: Make, put: Put, capsys: pytest.CaptureFixture[str]
) -> None:
    """Damaged, missing or behind: made again from the store, which stays the truth."""
    put(make_report("a.txt", ["One."], ["Two."]))
    path = vectors_path(store)
    assert main(["verify"]) == 0
    assert "there is no FAISS file" in capsys.readouterr().out
    path.write_bytes(b"{}\n" + b"x" * 500)
    assert main(["verify"]) == 1
    assert "python -m index rebuild" in capsys.readouterr().out
    assert Searcher(store, HashingEncoder()).refresh() == 1
    assert main(["verify"]) == 0
    path.unlink()
    assert main(["rebuild"]) == 0
    assert capsys.readouterr().out.endswith("2 passages in a flat index\n")
    assert path.exists()


# --- The commands ---


def test_the_commands_tell_programs_what_they_did(
    store: Store, make_report: Make, put: Put, capsys: pytest.CaptureFixture[str]
) -> None:
    """One JSON value each, with the keys that the page reads."""
    put(make_report("a.txt", ["One."]))
    put(make_report("a.txt", ["Changed."]))
    assert main(["rollback", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "to": 1,
        "generation": 3,
        "removed": ["a.txt"],
        "restored": ["a.txt"],
    }
    assert main(["history", "--json"]) == 0
    changes = json.loads(capsys.readouterr().out)
    assert changes[-1]["who"] == "lan@office"
    assert set(changes[0]) == {
        "generation", "at", "action", "report", "detail", "who", "cause",
    }  # fmt: skip
    assert main(["history", "--report", "a.txt"]) == 0
    assert "from 1 on can be gone back to" in capsys.readouterr().out
    backup = str(store.path.with_name("saved.sqlite"))
    assert main(["backup", backup]) == 0
    assert main(["restore", backup, "--json"]) == 0
    assert capsys.readouterr().out.endswith('{"generation": 4}\n')
    assert main(["rollback", "7"]) == 1
    assert "no generation 7" in capsys.readouterr().err


def test_a_report_read_anew_by_a_better_reader_is_the_same_report(
    store: Store, make_report: Make, put: Put
) -> None:
    """An upgrade archives nothing, and an earlier generation keeps the new reading."""
    old = make_report("a.txt", ["One."])
    old = replace(old, report=replace(old.report, content="bytes"))
    put(old)
    new = make_report("a.txt", ["One, read better."])
    put(replace(new, report=replace(new.report, content="bytes")))
    with store.snapshot() as view:
        assert view.archive_bytes() == 0
        assert view.history(since=1)[0].detail == "read again"
    assert roll_back(store, 1).generation == 2
    assert texts(store) == ["One, read better."]
