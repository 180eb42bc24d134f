"""One writer at a time: a lock that the operating system holds.

It goes with the process that holds it, however that ends, so no stale lock
ever blocks. The file beside it only says who holds it, for people.
"""

import contextlib
import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import StoreError

WAIT = 60.0  # seconds that a second writer waits unless told otherwise


@contextmanager
def writing(
    store: Path,
    who: str = "",
    *,
    wait: float = WAIT,
    notice: Callable[[str], None] = lambda _text: None,
) -> Iterator[None]:
    """Hold the right to change the store at path *store*, its folder made first.

    who: named to others who want it meanwhile.
    wait: seconds to wait for another holder; 0 not to.
    notice: told, once, for whom there is to be waited.

    Raises StoreError that names the holder if it keeps the lock for so long.
    """
    try:
        store.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(store.with_name("ingest.lock"))
        holder = store.with_name("ingest.holder.json")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            said = held_by(holder)
            if wait > 0:
                notice(f"waiting for {said}")
            try:
                lock.acquire(timeout=max(wait, 0), poll_interval=0.1)
            except Timeout:
                raise StoreError(
                    f"{held_by(holder)} is at work on the index. Wait for it, or stop "
                    "it: the index then stays as it was."
                ) from None
    except OSError as error:
        raise StoreError(
            f"{store.parent}: cannot write ({error.strerror or error}). Check who owns "
            "the folder and that the disk is not full."
        ) from error
    try:
        _say(holder, who)
        yield
    finally:
        with contextlib.suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()


def held_by(holder: Path) -> str:
    """Say who holds the lock, as far as that is known."""
    try:
        said = json.loads(holder.read_text("utf-8"))
        who = said["who"] or "somebody"
        return (
            f"{who} (process {said['pid']} on {said['host']}, since "
            f"{said['since']} UTC)"
        )
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


def _say(holder: Path, who: str) -> None:
    said = {
        "who": who,
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "since": datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S"),
    }
    # It only helps people; a full disk is found out by what is written next.
    with contextlib.suppress(OSError):
        holder.write_text(json.dumps(said), encoding="utf-8")
