"""Memory that a question needed for a moment goes back to the system."""

import platform
import subprocess
import sys

from settings import ROOT

SCRIPT = """
import sys
from pathlib import Path
from page.allocator import return_memory
assert return_memory()

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

blocks = [bytearray(b"x") * (8 << 20) for _ in range(8)]  # 64 MB
held = resident()
kept = [blocks.pop() for _ in range(1)]  # the last one: nothing could be trimmed
del blocks
print(held - resident())
"""


def test_large_blocks_are_given_back_at_once() -> None:
    """Whatever was taken after them and is still held."""
    if platform.libc_ver()[0] != "glibc":
        return
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) > 40 << 20
