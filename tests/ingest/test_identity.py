"""A report is its bytes: whatever its files are called, however many there are."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.encoder import Encoder
from index.hashing import HashingEncoder
from index.rollback import roll_back
from index.store import Store
from index.verify import verify
from ingest.pipeline import Summary, ingest
from settings import Settings

A = "In 2021, the fund paid for 12.4 million visits.\n"
B = "Năm 2021, tỷ lệ người tham gia bảo hiểm y tế đạt 91% dân số.\n"
BAD = b"\xff\xfe\x00"


def no_encoder() -> Encoder:
    """Stand for an encoder that must not be loaded."""
    raise AssertionError("the encoder was loaded for nothing")


@pytest.fixture
def write(settings: Settings) -> Callable[[str, str | bytes], Path]:
    """Give what puts a file into the corpus."""

    def put(name: str, text: str | bytes) -> Path:
        path = settings.corpus_dir / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return put


def lies(settings: Settings) -> dict[str, list[str]]:
    """Where each report lies; the index is whole, whatever was done."""
    store = Store.open(settings.store_path)
    assert verify(store, settings.vectors_path).problems == ()
    with store.snapshot() as view:
        found = {report.name: view.paths(report.name) for report in view.reports()}
    store.close()
    return found


def text(settings: Settings, name: str) -> str:
    """The text of a report's first page."""
    with Store.open(settings.store_path).snapshot() as view:
        return view.pages(name)[0].text


def test_two_names_are_one_report(settings: Settings, write) -> None:
    """The name that sorts first is cited; no copy is encoded again."""
    write("b.txt", A)
    assert ingest(settings, HashingEncoder).added == ("b.txt",)
    write("c.txt", A)
    summary = ingest(settings, no_encoder)
    assert (summary.unchanged, summary.same) == (("b.txt",), (("c.txt", "b.txt"),))
    write("a.txt", A)
    assert ingest(settings, no_encoder).renamed == (("b.txt", "a.txt"),)
    assert lies(settings) == {"a.txt": ["a.txt", "b.txt", "c.txt"]}

    (settings.corpus_dir / "a.txt").unlink()
    (settings.corpus_dir / "c.txt").unlink()
    assert ingest(settings, no_encoder).renamed == (("a.txt", "b.txt"),)
    assert lies(settings) == {"b.txt": ["b.txt"]}


def test_files_may_change_places(settings: Settings, write) -> None:
    """Each name then cites the text that its file holds."""
    write("a.txt", A)
    write("b.txt", B)
    ingest(settings, HashingEncoder)
    write("a.txt", B)
    write("b.txt", A)
    summary = ingest(settings, no_encoder)
    assert summary.renamed == (("a.txt", "b.txt"), ("b.txt", "a.txt"))
    assert text(settings, "a.txt").strip() == B.strip()
    assert lies(settings) == {"a.txt": ["a.txt"], "b.txt": ["b.txt"]}


def test_a_renamed_file_makes_room_for_a_new_one(settings: Settings, write) -> None:
    """The old name may hold another report in the same ingest."""
    write("a.txt", A)
    ingest(settings, HashingEncoder)
    write("b.txt", A)
    write("a.txt", B)
    summary = ingest(settings, HashingEncoder)
    assert (summary.added, summary.renamed) == (("a.txt",), (("a.txt", "b.txt"),))
    assert lies(settings) == {"a.txt": ["a.txt"], "b.txt": ["b.txt"]}


def test_one_path_that_goes_bad_takes_nothing_away(settings: Settings, write) -> None:
    """The report stays under its other path; alone, it stays as it was."""
    write("a.txt", A)
    write("b.txt", A)
    ingest(settings, HashingEncoder)
    write("a.txt", BAD)
    summary = ingest(settings, no_encoder)
    assert [name for name, _ in summary.failed] == ["a.txt"]
    assert lies(settings) == {"b.txt": ["b.txt"]}
    write("b.txt", BAD)
    summary = ingest(settings, no_encoder)
    assert [name for name, _ in summary.failed] == ["a.txt", "b.txt"]
    assert text(settings, "b.txt").startswith("In 2021")


def test_any_of_the_paths_may_have_the_side_file(settings: Settings, write) -> None:
    """A copy beside it does not take away what was said of the report."""
    write("b.txt", A)
    write("b.toml", 'publisher = "Ministry of Health"')
    write("a.txt", A)
    ingest(settings, HashingEncoder)
    with Store.open(settings.store_path).snapshot() as view:
        (report,) = view.reports()
    assert (report.name, report.publisher) == ("a.txt", "Ministry of Health")


def test_named_alone_a_moved_file_is_renamed(settings: Settings, write) -> None:
    """Other paths that were not looked at stay as long as they are there."""
    a = write("a.txt", A)
    ingest(settings, HashingEncoder)
    b = a.rename(settings.corpus_dir / "b.txt")
    assert ingest(settings, no_encoder, [b]).renamed == (("a.txt", "b.txt"),)
    c = write("c.txt", A)
    assert ingest(settings, no_encoder, [c]).same == (("c.txt", "b.txt"),)
    write("b.txt", B)
    assert ingest(settings, HashingEncoder, [b]).added == ("b.txt",)
    assert lies(settings) == {"b.txt": ["b.txt"], "c.txt": ["c.txt"]}


def test_a_dry_run_says_what_would_change_and_changes_nothing(
    settings: Settings, write
) -> None:
    """It says the same as the ingest then does."""
    write("a.txt", A)
    write("bad.txt", BAD)
    planned = ingest(settings, no_encoder, dry_run=True)
    assert not settings.var_dir.exists()
    assert planned == ingest(settings, HashingEncoder)
    (settings.corpus_dir / "a.txt").rename(settings.corpus_dir / "c.txt")
    write("a.txt", B)
    before = settings.store_path.read_bytes()
    planned = ingest(settings, no_encoder, dry_run=True)
    assert settings.store_path.read_bytes() == before
    assert planned == ingest(settings, HashingEncoder)
    (settings.corpus_dir / "c.txt").unlink()
    assert ingest(settings, no_encoder, dry_run=True).removed == ("c.txt",)


def test_a_rollback_is_not_undone_by_the_next_ingest(settings: Settings, write) -> None:
    """Files that differ stay out until they change or are named."""
    a = write("a.txt", A)
    ingest(settings, HashingEncoder)
    write("a.txt", A + B)
    new = write("b.txt", B)
    ingest(settings, HashingEncoder)
    store = Store.open(settings.store_path)
    roll_back(store, 1)
    store.close()

    summary = ingest(settings, no_encoder)
    assert summary == Summary(held=("a.txt", "b.txt"))
    assert lies(settings) == {"a.txt": ["a.txt"]}
    assert text(settings, "a.txt").strip() == A.strip()

    assert ingest(settings, HashingEncoder, [new]).added == ("b.txt",)
    write("a.txt", A + B + A)
    assert ingest(settings, HashingEncoder).replaced == ("a.txt",)
    a.unlink()
    assert ingest(settings, no_encoder).removed == ("a.txt",)


def test_a_removal_that_was_rolled_back_stays_rolled_back(
    settings: Settings, write
) -> None:
    """The file is gone, its report is there again, until the file comes back."""
    write("a.txt", A)
    path = write("b.txt", B)
    ingest(settings, HashingEncoder)
    path.unlink()
    ingest(settings, no_encoder)
    store = Store.open(settings.store_path)
    roll_back(store, 1)
    store.close()
    assert ingest(settings, no_encoder).held == ("b.txt",)
    assert set(lies(settings)) == {"a.txt", "b.txt"}
    write("b.txt", B)
    assert ingest(settings, no_encoder).unchanged == ("a.txt", "b.txt")
