"""Files of JSON lines that only grow: readers' feedback, the log of changes.

A line is written whole or not at all, also when two processes write at once.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from index.errors import BadInputError

LINE_BYTES = 256 * 1024  # an answer with all its quotes is some 10 KB
FILE_BYTES = 64 * 1024 * 1024  # thousands of entries; a full disk serves nobody


def append(path: Path, entry: Mapping[str, Any]) -> None:
    """Add *entry* as one line at the end of *path*, and on to the disk.

    Raises BadInputError if the line or the file would be too large.
    """
    line = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    if len(line) > LINE_BYTES:
        raise BadInputError(f"this entry is longer than {LINE_BYTES // 1024} KB.")
    path.parent.mkdir(parents=True, exist_ok=True)
    # Only the owner may read it: it holds names and what was asked.
    file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        size = os.fstat(file).st_size
        if size + len(line) > FILE_BYTES:
            raise BadInputError(f"{path.name} is full: move the file away.")
        # A line cut off by a power failure must not swallow the next one.
        torn = size > 0 and os.pread(file, 1, size - 1) != b"\n"
        os.write(file, (b"\n" if torn else b"") + line + b"\n")
        os.fsync(file)
    finally:
        os.close(file)


def entries(path: Path) -> Iterator[dict[str, Any]]:
    """The entries of *path*, oldest first; lines that are none are left out."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            try:
                entry = json.loads(line)
            except ValueError:
                continue
            if isinstance(entry, dict):
                yield entry
