"""A process that reads reports for `ingest/pool.py`, so that a bad file harms nobody.

It gets jobs on standard input and answers on standard output, each a pickled
frame after its length. It may use a fixed amount of memory, may not use the
network, and ends by itself if a file takes too long or whoever asked is gone.
"""

import contextlib
import faulthandler
import os
import pickle
import struct
import sys
import threading
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from index.errors import UnreadableReportError
from index.records import ParsedReport
from ingest.limits import Watch, watched
from ingest.load import Source, read_source
from ingest.parse import content_of, parse_source
from settings import Limits

LENGTH = struct.Struct("<Q")
CHANGED = "it changed while it was read: it is taken in by the next ingest"
_STACK = 8 << 20  # bytes, what systems give by default
_GRACE = 60.0  # seconds after which a file that takes too long ends the process


@dataclass(frozen=True, slots=True)
class Job:
    """One file to be read. content: what its bytes must hash to, if known."""

    corpus: Path
    name: str
    side: bytes | None = None
    content: str | None = None
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """The file is being read: another page is done."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The file cannot be read; the reason is for a person."""

    reason: str
    trace: str = ""  # of a slip in our code, for the log


Reply = Tick | Refused | ParsedReport


def send(stream: BinaryIO, message: Any) -> None:
    """Write one frame."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """Read one frame; EOFError at the end, also in the middle of a frame."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)  # noqa: S301 - only our own process is at the other end


def read_job(job: Job) -> ParsedReport:
    """Read one report in this process.

    Raises UnreadableReportError.
    """
    data = read_source(job.corpus, job.name).data
    if job.content is not None and content_of(data) != job.content:
        raise UnreadableReportError(job.name, CHANGED)
    return parse_source(Source(job.name, data, job.side))


def serve(jobs: BinaryIO, replies: BinaryIO, limits: Limits) -> None:
    """Answer jobs until there are no more."""
    # A thread's stack counts as memory from the start, and may be inherited huge.
    threading.stack_size(_STACK)
    _limit_memory(limits.memory_mb)
    sys.addaudithook(_no_network)
    while True:
        try:
            job = receive(jobs)
        except EOFError:
            return
        faulthandler.dump_traceback_later(limits.seconds + _GRACE, exit=True)
        reply = _reply(job, limits, replies)
        faulthandler.cancel_dump_traceback_later()
        send(replies, reply)
        if _used_mb() > limits.memory_mb / 2:
            return  # a fresh process has all its memory again


def _reply(job: Job, limits: Limits, replies: BinaryIO) -> Reply:
    watch = Watch(limits, tick=lambda: send(replies, Tick()), plain=job.plain)
    try:
        with watched(watch):
            return read_job(job)
    except UnreadableReportError as error:
        return Refused(error.reason)
    except MemoryError:
        return Refused(too_large(limits))
    except RecursionError:
        return Refused("its parts are nested too deeply: export it again")
    except Exception as error:  # noqa: BLE001 - one bad file never stops the others
        return Refused(
            f"reading it failed ({type(error).__name__}): export it again, and tell "
            "whoever looks after the assistant",
            traceback.format_exc(),
        )


def too_large(limits: Limits) -> str:
    """Return the reason for a file that needs too much memory."""
    return (
        f"reading it needs more than {limits.memory_mb:,} MB of memory: split it, or "
        "raise REPORTS_READ_MEMORY_MB"
    )


def _limit_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has none
        return
    with contextlib.suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, hard))


def _used_mb() -> float:
    """The most memory that this process has had at once, in megabytes."""
    # Linux hands `ru_maxrss` on from whoever started the process, so it says
    # nothing of ours where that one was large.
    with contextlib.suppress(OSError, IndexError, ValueError):
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.split("VmHWM:")[1].split()[0]) / (1 << 10)
    try:
        import resource
    except ImportError:
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


_NETWORK = {"socket.connect", "socket.getaddrinfo", "socket.bind", "urllib.Request"}


def _no_network(event: str, _arguments: tuple[Any, ...]) -> None:
    if event in _NETWORK:
        raise PermissionError("reports are read without the network")


def main() -> None:
    """Serve on standard input and output, which nothing else may touch."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the frames
    limits = receive(sys.stdin.buffer)
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        serve(sys.stdin.buffer, replies, limits)
