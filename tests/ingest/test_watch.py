"""The folder is followed: complete files go in by themselves, others wait."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.errors import BadInputError
from ingest.watch import watch
from settings import ROOT, Settings

SETTLED = 0.4
PATIENCE = 20  # seconds, for a computer with much else to do


@contextmanager
def following(corpus: Path, ingest: Callable[[], object]) -> Iterator[None]:
    """Follow *corpus* in a thread."""
    ended = threading.Event()
    thread = threading.Thread(
        target=watch,
        args=(corpus, ingest),
        kwargs={"settled": SETTLED, "on": lambda: not ended.is_set()},
    )
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(PATIENCE)
    assert not thread.is_alive()


def until(true: Callable[[], bool]) -> None:
    """Wait for it."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_file_is_read_only_when_it_is_complete(tmp_path: Path) -> None:
    """One that still grows is waited for; a failing ingest does not end it."""
    seen: list[dict[str, int]] = []

    def ingest() -> None:
        seen.append({p.name: p.stat().st_size for p in tmp_path.iterdir()})

    with following(tmp_path, ingest):
        until(lambda: len(seen) == 1)  # what is there already
        with (tmp_path / "a.txt").open("w") as file:
            for _ in range(8):
                file.write("x" * 100)
                file.flush()
                time.sleep(SETTLED / 4)
        until(lambda: len(seen) == 2)
        (tmp_path / "a.toml").write_text('title = "A"')
        until(lambda: len(seen) == 3)
        (tmp_path / "a.txt").unlink()
        until(lambda: len(seen) == 4)

    assert seen[:2] == [{}, {"a.txt": 800}]
    assert set(seen[3]) == {"a.toml"}


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """Nothing to follow is a mistake, not a reason to wait."""
    with pytest.raises(BadInputError, match="no corpus folder"):
        watch(tmp_path / "gone", lambda: None)


def test_the_command_goes_on_after_a_bad_file_and_ends_cleanly(
    settings: Settings,
) -> None:
    """Ctrl-C ends it with exit code 0 and without a traceback."""
    process = subprocess.Popen(
        [sys.executable, "-m", "ingest", "--watch"],
        cwd=ROOT,
        env={
            **os.environ,
            "REPORTS_CORPUS_DIR": str(settings.corpus_dir),
            "REPORTS_VAR_DIR": str(settings.var_dir),
            "REPORTS_ENCODER": "hashing",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("0 added")
    (settings.corpus_dir / "bad.txt").write_bytes(b"\xff\xfe\x00")
    assert "1 failed" in process.stdout.readline()
    (settings.corpus_dir / "a.txt").write_text("In 2021, 12 million came.\n")
    assert process.stdout.readline().startswith("1 added")
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert "failed: bad.txt" in err
    assert "Traceback" not in err
