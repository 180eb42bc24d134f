"""Killed at any instant, the index is the one before or the one after.

The short form kills at a few moments; `make soak` at 200 random ones and at
every call that could leave a file half done.
"""

import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.soak.world import AFTER, BEFORE, LONG, World

CHILD = str(Path(__file__).with_name("child.py"))
BOUNDARIES = "sync,rename,truncate,unlink"
ENOSPC, EIO = "28", "5"


@pytest.fixture(scope="session")
def faults(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compile the disk that fails on purpose."""
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("a C compiler (cc) is needed to make a disk that fails")
    made = tmp_path_factory.mktemp("faults") / "faults.so"
    source = Path(__file__).with_name("faults.c")
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-o", made, source, "-ldl"], check=True
    )
    return made


def hurt(world: World, faults: Path, calls: str, do: str, at: int) -> int:
    """Run an ingest and a question on a disk that fails; the exit status."""
    more = {
        "LD_PRELOAD": str(faults),
        "FAULT_UNDER": str(world.settings.var_dir),
        "FAULT_CALLS": f",{calls},",
        "FAULT_DO": do,
        "FAULT_AT": str(at),
    }
    process = world.run(CHILD, more=more)
    _, said = process.communicate(timeout=300)
    assert process.returncode == -signal.SIGKILL or b"Traceback" not in said, said
    return process.returncode


def count(world: World, faults: Path, calls: str) -> int:
    """Count the calls of these kinds that a whole run makes."""
    counted = world.folder / "count"
    more = {
        "LD_PRELOAD": str(faults),
        "FAULT_UNDER": str(world.settings.var_dir),
        "FAULT_CALLS": f",{calls},",
        "FAULT_COUNT": str(counted),
    }
    world.finish(CHILD, more=more)
    return int(counted.read_text())


def moments(before: World, folder: Path, faults: Path, calls: str) -> Iterable[int]:
    """Number the calls to fail at: all of them, or a few in the short form."""
    if not LONG:
        return {BOUNDARIES: (3, 9), "write": (6,), "read": (20,)}[calls]
    return range(1, count(before.copy(folder / calls), faults, calls) + 1)


def test_killed_at_random_moments(before: World, tmp_path: Path) -> None:
    """`python -m ingest` dies whenever it may: nothing is lost, and it goes on."""
    drawn = random.Random(6)
    whole = 1.5
    if LONG:
        began = time.perf_counter()
        before.copy(tmp_path / "timed").finish("-m", "ingest")
        whole = time.perf_counter() - began
    for number in range(200 if LONG else 1):
        world = before.copy(tmp_path / str(number))
        process = world.run("-m", "ingest")
        # Half of the time goes into starting, when there is nothing to break.
        time.sleep(drawn.uniform(0.4, 1.0) * whole)
        process.kill()
        process.communicate()
        world.check(BEFORE, AFTER)
        world.check_finishes(AFTER)
        shutil.rmtree(world.folder)


def test_killed_at_every_boundary(before: World, faults: Path, tmp_path: Path) -> None:
    """Before each sync, rename, truncation, unlinking; in the long form each write."""
    for calls in [BOUNDARIES, "write"] if LONG else [BOUNDARIES]:
        for at in moments(before, tmp_path, faults, calls):
            world = before.copy(tmp_path / f"{calls} {at}")
            assert hurt(world, faults, calls, "kill", at) == -signal.SIGKILL
            world.check(BEFORE, AFTER)
            world.check_finishes(AFTER)
            shutil.rmtree(world.folder)


@pytest.mark.parametrize(("calls", "errno"), [("write", ENOSPC), ("read", EIO)])
def test_a_disk_that_is_full_or_fails(
    before: World, faults: Path, tmp_path: Path, calls: str, errno: str
) -> None:
    """From any write or read on: a message without a traceback, and nothing lost."""
    for at in moments(before, tmp_path, faults, calls):
        world = before.copy(tmp_path / f"{calls} {at}")
        assert hurt(world, faults, calls, errno, at) in {0, 1}
        world.check(BEFORE, AFTER)
        world.check_finishes(AFTER)
        shutil.rmtree(world.folder)
