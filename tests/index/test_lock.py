"""One writer at a time, and no lock outlives its holder."""

import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import StoreError
from index.lock import writing
from settings import ROOT

HOLD = """
import sys, time
from pathlib import Path
from index.lock import writing
with writing(Path(sys.argv[1]), "lan@office"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_second_is_told_who_holds_it_and_a_dead_holder_never_blocks(
    tmp_path: Path,
) -> None:
    """Name, process, computer and time; killed, it leaves the way free at once."""
    store = tmp_path / "var" / "store.sqlite"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(store)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    told: list[str] = []
    with (
        pytest.raises(
            StoreError, match=rf"lan@office \(process {holder.pid} on .*since"
        ),
        writing(store, wait=0.2, notice=told.append),
    ):
        pass
    assert told[0].startswith("waiting for lan@office")

    holder.kill()
    holder.wait()
    holder.stdout.close()
    with writing(store, wait=0):
        pass


def test_it_can_be_had_again_after_a_failure(tmp_path: Path) -> None:
    """An exception inside gives it back."""
    store = tmp_path / "store.sqlite"

    def fail() -> None:
        with writing(store):
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with writing(store, wait=0):
        assert (tmp_path / "ingest.holder.json").exists()
    assert not (tmp_path / "ingest.holder.json").exists()
