"""The corpus into the index: only what changed, all or nothing, nothing lost."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.encoder import Encoder
from index.errors import BadInputError, IndexMismatchError
from index.hashing import HashingEncoder
from index.records import Report
from index.store import Store
from ingest.pipeline import Summary, ingest
from settings import Settings

A = "In 2021, the fund paid for 12.4 million visits.\n"
B = "Năm 2021, tỷ lệ người tham gia bảo hiểm y tế đạt 91% dân số.\n"


class OtherEncoder(HashingEncoder):
    """The same vectors under another name."""

    name = "other"


class BrokenEncoder(HashingEncoder):
    """Fails half-way."""

    def passages(self, texts):
        """Fail."""
        raise RuntimeError("out of memory")


def no_encoder() -> Encoder:
    """Stand for an encoder that must not be loaded."""
    raise AssertionError("the encoder was loaded for nothing")


def write(settings: Settings, name: str, text: str | bytes) -> Path:
    """Put a file into the corpus."""
    path = settings.corpus_dir / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def reports(settings: Settings) -> dict[str, Report]:
    """Return what is in the index."""
    store = Store.open(settings.store_path)
    with store.snapshot() as view:
        found = {report.name: report for report in view.reports()}
    store.close()
    return found


def texts(settings: Settings, name: str) -> list[str]:
    """Return the sentences of a report in the index."""
    store = Store.open(settings.store_path)
    with store.snapshot() as view:
        found = [row.sentence.text for row in view.neighbours(name, 0, 99)]
    store.close()
    return found


def test_reports_come_change_and_go(settings: Settings) -> None:
    """Added, unchanged, replaced, removed: each as the folder says."""
    write(settings, "a.txt", A)
    write(settings, "2021/b.txt", B)
    assert ingest(settings, HashingEncoder) == Summary(added=("2021/b.txt", "a.txt"))
    assert ingest(settings, no_encoder) == Summary(unchanged=("2021/b.txt", "a.txt"))

    write(settings, "a.txt", A + B)
    (settings.corpus_dir / "2021/b.txt").unlink()
    write(settings, "c.md", "Khác.\n" + B)
    summary = ingest(settings, HashingEncoder)
    assert summary == Summary(
        added=("c.md",), replaced=("a.txt",), removed=("2021/b.txt",)
    )
    assert set(reports(settings)) == {"a.txt", "c.md"}
    assert texts(settings, "a.txt") == [A.strip(), B.strip()]


def test_removing_needs_no_encoder(settings: Settings) -> None:
    """What only leaves the index is not encoded."""
    write(settings, "a.txt", A)
    path = write(settings, "b.txt", B)
    ingest(settings, HashingEncoder)
    path.unlink()
    assert ingest(settings, no_encoder).removed == ("b.txt",)
    assert set(reports(settings)) == {"a.txt"}


def test_a_changed_side_file_makes_a_report_new(settings: Settings) -> None:
    """Its values reach the index without touching the report."""
    write(settings, "a.txt", A)
    ingest(settings, HashingEncoder)
    write(settings, "a.toml", 'publisher = "Ministry of Health"')
    assert ingest(settings, HashingEncoder).replaced == ("a.txt",)
    assert reports(settings)["a.txt"].publisher == "Ministry of Health"


def test_a_changed_parser_reads_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An upgrade that reads reports better takes hold by itself."""
    write(settings, "a.txt", A)
    ingest(settings, HashingEncoder)
    monkeypatch.setattr("ingest.parse.parser_version", lambda: "another")
    assert ingest(settings, HashingEncoder).replaced == ("a.txt",)


def test_a_bad_file_is_named_and_the_others_go_in(settings: Settings) -> None:
    """It keeps the version that was in the index before."""
    write(settings, "a.txt", A)
    ingest(settings, HashingEncoder)
    write(settings, "a.txt", b"\xff\xfe\x00")
    write(settings, "b.txt", B)
    write(settings, "table.xlsx", b"PK")
    summary = ingest(settings, HashingEncoder)
    assert summary.added == ("b.txt",)
    assert [name for name, _ in summary.failed] == ["a.txt", "table.xlsx"]
    assert all(reason for _, reason in summary.failed)
    assert texts(settings, "a.txt") == [A.strip()]


def test_a_failure_leaves_the_last_good_state(settings: Settings) -> None:
    """An encoder that fails half-way has changed nothing."""
    write(settings, "a.txt", A)
    ingest(settings, HashingEncoder)
    write(settings, "a.txt", B)
    write(settings, "b.txt", B)
    with pytest.raises(RuntimeError, match="out of memory"):
        ingest(settings, BrokenEncoder)
    assert texts(settings, "a.txt") == [A.strip()]
    assert set(reports(settings)) == {"a.txt"}


def test_another_encoder_needs_a_rebuild(settings: Settings) -> None:
    """Vectors of two encoders are never mixed; a rebuild changes them all."""
    write(settings, "a.txt", A)
    ingest(settings, HashingEncoder)
    write(settings, "b.txt", B)
    with pytest.raises(IndexMismatchError, match="--rebuild"):
        ingest(settings, OtherEncoder)
    assert set(reports(settings)) == {"a.txt"}

    summary = ingest(settings, OtherEncoder, rebuild=True)
    assert (summary.added, summary.replaced) == (("b.txt",), ("a.txt",))
    with Store.open(settings.store_path).snapshot() as view:
        assert view.encoder == "other"


def test_a_rebuild_keeps_what_cannot_be_read_now(settings: Settings) -> None:
    """The earlier text is encoded anew; reports that are gone do go."""
    write(settings, "a.txt", A)
    write(settings, "b.txt", B)
    gone = write(settings, "c.txt", A + B)
    ingest(settings, HashingEncoder)
    before = reports(settings)
    write(settings, "a.txt", b"")
    gone.unlink()
    summary = ingest(settings, OtherEncoder, rebuild=True)
    assert (summary.replaced, summary.removed) == (("b.txt",), ("c.txt",))
    assert [name for name, _ in summary.failed] == ["a.txt"]
    assert reports(settings)["a.txt"] == before["a.txt"]
    assert texts(settings, "a.txt") == [A.strip()]

    write(settings, "a.txt", A)
    assert ingest(settings, no_encoder).unchanged == ("a.txt", "b.txt")


def test_given_paths_only_they_are_read(settings: Settings) -> None:
    """A folder or a file; nothing else is added or removed."""
    write(settings, "2021/b.txt", B)
    a = write(settings, "a.txt", A)
    write(settings, "c.txt", A + B)
    summary = ingest(settings, HashingEncoder, [a, settings.corpus_dir / "2021"])
    assert summary.added == ("2021/b.txt", "a.txt")
    a.unlink()
    summary = ingest(settings, HashingEncoder, [settings.corpus_dir / "c.txt"])
    assert summary == Summary(added=("c.txt",))
    assert set(reports(settings)) == {"2021/b.txt", "a.txt", "c.txt"}


def misuses(settings: Settings) -> dict[str, Callable[[], Summary]]:
    """Return calls that a person may make and that cannot be done."""
    corpus = settings.corpus_dir

    def run(*paths: Path, rebuild: bool = False) -> Summary:
        return ingest(settings, no_encoder, paths, rebuild=rebuild)

    return {
        "copy it in": lambda: run(corpus.parent / "elsewhere.txt"),
        "is not there": lambda: run(corpus / "nothing.txt"),
        "is no report": lambda: run(write(settings, "a.toml", "")),
        "leave out": lambda: run(write(settings, "a.txt", A), rebuild=True),
        "no corpus folder": lambda: ingest(
            replace(settings, corpus_dir=corpus / "gone"), no_encoder
        ),
    }


@pytest.mark.parametrize(
    "advice",
    ["copy it in", "is not there", "is no report", "leave out", "no corpus folder"],
)
def test_misuse_says_what_to_do(settings: Settings, advice: str) -> None:
    """The index is not touched."""
    with pytest.raises(BadInputError, match=advice):
        misuses(settings)[advice]()


def test_an_empty_corpus_is_an_empty_index(settings: Settings) -> None:
    """Nothing to do is done without an encoder."""
    assert ingest(settings, no_encoder) == Summary()
    assert ingest(settings, no_encoder, rebuild=True) == Summary()
    assert reports(settings) == {}
