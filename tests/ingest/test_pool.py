"""Files are read in processes of their own: within limits, in order, none lost."""

import io
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import UnreadableReportError
from index.records import ParsedReport
from ingest import pool, worker
from ingest.limits import Watch, watched
from ingest.load import read_source, report_names
from ingest.pool import end_all, read_all
from ingest.worker import Job, Refused
from settings import Limits
from tests.ingest.hostile import traps
from tests.ingest.printed import ENGLISH, printed

TEXT = "In 2021, the fund paid for 12.4 million visits.\n"
LIMITS = Limits(seconds=60, page_seconds=30, memory_mb=1500, readers=1)


@pytest.fixture(scope="module", autouse=True)
def _ended() -> Iterator[None]:
    yield
    end_all()


def reasons(folder: Path, limits: Limits = LIMITS) -> dict[str, str]:
    """Why each file of a folder cannot be read, "" if it can, in the order read."""
    jobs = [Job(folder, name) for name in report_names(folder)]
    return {
        job.name: "" if isinstance(result, ParsedReport) else result.reason
        for job, result in read_all(jobs, limits)
    }


def test_reports_come_in_order(tmp_path: Path) -> None:
    """However many, and with what their bytes must be."""
    for number in range(9):
        (tmp_path / f"{number}.txt").write_text(TEXT)
    assert list(reasons(tmp_path)) == [f"{n}.txt" for n in range(9)]
    ((_, changed),) = read_all([Job(tmp_path, "1.txt", content="other")], LIMITS)
    assert isinstance(changed, UnreadableReportError)
    assert changed.reason == worker.CHANGED


def test_a_small_file_costs_little(tmp_path: Path) -> None:
    """Once a process is there it is used again."""
    (tmp_path / "a.txt").write_text(TEXT)
    reasons(tmp_path)
    began = time.perf_counter()
    for _ in range(10):
        assert reasons(tmp_path) == {"a.txt": ""}
    assert time.perf_counter() - began < 5


def test_traps_are_refused_and_others_read(tmp_path: Path) -> None:
    """Loops, depths and swellings end in a reason; the report beside them goes in."""
    quick = {"loop-in-page-tree.pdf", "nested-arrays.pdf",
             "nested-objects.pdf", "count-of-a-billion.pdf", "xref-loop.pdf",
             "self-reference.pdf"}  # fmt: skip
    slow = "SOAK" in os.environ
    for name, data in traps():
        if slow or name in quick:
            (tmp_path / name).write_bytes(data)
    (tmp_path / "zz.txt").write_text(TEXT)
    found = reasons(tmp_path)
    assert found.pop("zz.txt") == ""
    assert found
    assert all(found.values())
    assert not any("reading it failed" in reason for reason in found.values())


def test_too_little_memory_is_a_reason(tmp_path: Path) -> None:
    """The process falls, the next file has a new one."""
    (tmp_path / "a.txt").write_text(TEXT)
    found = reasons(tmp_path, replace(LIMITS, memory_mb=40))
    assert "memory" in found["a.txt"]
    assert reasons(tmp_path) == {"a.txt": ""}


def test_too_little_time_is_a_reason(tmp_path: Path) -> None:
    """The setting to raise is named."""
    (tmp_path / "a.txt").write_text(TEXT * 20_000)
    found = reasons(tmp_path, replace(LIMITS, seconds=1, page_seconds=1))
    assert "REPORTS_READ_" in found["a.txt"]


def test_a_slip_in_our_code_is_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The person is told what to do; the trace is for the log."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    (tmp_path / "a.txt").write_text(TEXT)
    monkeypatch.setattr("ingest.parse.find_figures", broken)
    reply = worker._reply(Job(tmp_path, "a.txt"), LIMITS, io.BytesIO())
    assert isinstance(reply, Refused)
    assert "ZeroDivisionError" in reply.reason
    assert "find_figures" in reply.trace or "broken" in reply.trace


def test_reading_uses_no_network() -> None:
    """Whatever library would."""
    with pytest.raises(PermissionError, match="network"):
        worker._no_network("socket.connect", ())
    worker._no_network("open", ())


def test_links_out_of_the_corpus_are_refused(tmp_path: Path) -> None:
    """To files and to folders; a link within the corpus is a file of it."""
    corpus = tmp_path / "corpus"
    (corpus / "sub").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text(TEXT)
    (corpus / "sub" / "a.txt").write_text(TEXT)
    (corpus / "out.txt").symlink_to(tmp_path / "secret.txt")
    (corpus / "in.txt").symlink_to(corpus / "sub" / "a.txt")
    (corpus / "folder").symlink_to(tmp_path)
    os.mkfifo(corpus / "pipe.txt")
    assert read_source(corpus, "in.txt").data == TEXT.encode()
    for name, reason in (
        ("out.txt", "out of the corpus"),
        ("folder", "out of the corpus"),
        ("pipe.txt", "no ordinary file"),
    ):
        assert name in report_names(corpus)
        with pytest.raises(UnreadableReportError, match=reason):
            read_source(corpus, name)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    """A gigabyte of nothing, made without writing it."""
    with (tmp_path / "a.pdf").open("wb") as file:
        file.truncate(1 << 30)
    with pytest.raises(UnreadableReportError, match="REPORTS_READ_FILE_MB"):
        read_source(tmp_path, "a.pdf")


def test_too_much_text_is_refused() -> None:
    """By characters, whatever the format."""
    from ingest.load import Source, read_document

    data = printed(ENGLISH)
    with (
        watched(Watch(Limits(characters=100))),
        pytest.raises(UnreadableReportError, match="REPORTS_READ_CHARACTERS"),
    ):
        read_document(Source("a.pdf", data, None))


def test_a_process_that_ended_by_itself_costs_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may end between two files, to start again with all its memory."""
    (tmp_path / "a.txt").write_text(
        "In 2024, the rate reached 45%.\n", encoding="utf-8"
    )
    limits = Limits(memory_mb=1_400, readers=1)
    job = Job(tmp_path, "a.txt")
    ended = pool._Reader(limits)
    assert ended._process.stdin is not None
    ended._process.stdin.close()
    ended._process.wait(30)
    monkeypatch.setattr(ended, "_send", lambda _: None)  # nobody is there to hear it
    monkeypatch.setattr(pool, "_take", lambda _: ended)

    ((_, result),) = read_all([job], limits)

    assert isinstance(result, ParsedReport), result
