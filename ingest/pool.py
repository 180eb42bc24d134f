"""Reports read in processes of their own, several at a time, each within limits.

The processes are started when first needed and kept: a small file costs a few
milliseconds. One that crashes, hangs or takes too much memory is ended; a PDF
gets a second, plainer try, and the others never notice.
"""

import atexit
import contextlib
import logging
import os
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from pathlib import Path
from time import monotonic

from index.errors import UnreadableReportError
from index.records import ParsedReport
from ingest.worker import Job, Refused, Tick, receive, send, too_large
from settings import Limits

_ROOT = Path(__file__).resolve().parent.parent
_MOST = 4  # processes, if the operator says nothing
_AHEAD = 2  # files a process that are read before they are asked for
_STARTING = 60.0  # seconds until a process has to have started

Result = ParsedReport | UnreadableReportError

_log = logging.getLogger(__name__)


def read_all(jobs: Iterable[Job], limits: Limits) -> Iterator[tuple[Job, Result]]:
    """Read the files of *jobs* and give each back with what became of it, in order.

    Lazily: only a few reports more than asked for are in memory. A file that
    cannot be read comes back as the error that says why; nothing is raised.
    """
    waiting: deque[tuple[Job, Future[Result]]] = deque()
    rest = iter(jobs)
    count = limits.readers or min(_MOST, os.cpu_count() or 1)
    with ThreadPoolExecutor(count, thread_name_prefix="reader") as threads:
        try:
            for job in islice(rest, count * (1 + _AHEAD)):
                waiting.append((job, threads.submit(_read, job, limits)))
            while waiting:
                job, future = waiting.popleft()
                yield job, future.result()
                for following in islice(rest, 1):
                    waiting.append(
                        (following, threads.submit(_read, following, limits))
                    )
        finally:
            threads.shutdown(wait=False, cancel_futures=True)


def _read(job: Job, limits: Limits) -> Result:
    """Read one file, a PDF twice if the first try broke off."""
    first = _ask(job, limits)
    if isinstance(first, ParsedReport):
        return first
    if first.trace:
        _log.warning("reading %s failed:\n%s", job.name, first.trace)
    broke_off = isinstance(first, _Fallen) or first.trace
    if broke_off and job.name.lower().endswith(".pdf"):
        second = _ask(replace(job, plain=True), limits)
        if isinstance(second, ParsedReport):
            return second
    return UnreadableReportError(job.name, first.reason)


class _Fallen(Refused):
    """The process crashed or had to be ended."""


class _Retired(_Fallen):
    """The process had ended by itself after an earlier file, before this one."""


def _ask(job: Job, limits: Limits) -> ParsedReport | Refused:
    reader = _take(limits)
    reply = reader.ask(job)
    if isinstance(reply, _Retired):
        reader.end()
        reader = _Reader(limits)
        reply = reader.ask(job)
    if isinstance(reply, _Fallen):
        reader.end()
    else:
        _idle(limits).put(reader)
    return reply


class _Reader:
    """One process, and a thread that takes in what it says."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        env = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(
                filter(None, [str(_ROOT), os.environ.get("PYTHONPATH")])
            ),
            # One file is one thread's work; others read beside it.
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "MALLOC_ARENA_MAX": "2",
        }
        self._process = subprocess.Popen(
            # Not `-m`: its classes would be those of `__main__`.
            [sys.executable, "-c", "from ingest.worker import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=env,
        )
        self._replies: queue.SimpleQueue[Tick | Refused | ParsedReport] = (
            queue.SimpleQueue()
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._fresh = True
        with contextlib.suppress(OSError):
            self._send(limits)

    def _send(self, message: object) -> None:
        if self._process.stdin is not None:
            send(self._process.stdin, message)  # type: ignore[arg-type]  # IO[bytes] is one

    def _listen(self) -> None:
        out = self._process.stdout
        try:
            while out is not None:
                self._replies.put(receive(out))  # type: ignore[arg-type]  # as above
        except Exception:  # noqa: BLE001 - a frame cut off or garbled: it has fallen
            self._replies.put(_Fallen(""))

    def ask(self, job: Job) -> ParsedReport | Refused:
        """Return what the process makes of *job*, ending it if it takes too long."""
        limits, began = self._limits, monotonic()
        with contextlib.suppress(OSError):  # it has fallen: the queue says so
            self._send(job)
        while True:
            left = limits.seconds + 5 - (monotonic() - began)
            patience = limits.page_seconds + (_STARTING if self._fresh else 0)
            try:
                reply = self._replies.get(timeout=max(0.0, min(left, patience)))
            except queue.Empty:
                return _Fallen(_too_long(limits, whole=left <= patience))
            self._fresh = False
            if isinstance(reply, _Fallen):
                return self._why()
            if not isinstance(reply, Tick):
                return reply

    def alive(self) -> bool:
        """Return False once the process has ended."""
        return self._process.poll() is None

    def _why(self) -> "_Fallen":
        """Return why the process ended by itself, as far as can be told."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        if self._process.returncode == 0:
            return _Retired("reading it ended too early: run the ingest again")
        if self._process.returncode == -9:
            return _Fallen(too_large(self._limits))
        return _Fallen(
            "reading it brings the reading program down (it is damaged, or needs more "
            f"than {self._limits.memory_mb:,} MB of memory): export it again"
        )

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        self._listener.join(5)  # it sees the end, and lets go of the stream
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()


def _too_long(limits: Limits, *, whole: bool) -> str:
    if whole:
        return (
            f"reading it takes longer than {limits.seconds} seconds: split it, or "
            "raise REPORTS_READ_SECONDS"
        )
    return (
        f"a part of it takes longer than {limits.page_seconds} seconds to read: export "
        "it again, or raise REPORTS_READ_PAGE_SECONDS"
    )


# --- Processes that wait for work -----------------------------------------------

_waiting: dict[Limits, "queue.LifoQueue[_Reader]"] = {}
_started = threading.Lock()


def _idle(limits: Limits) -> "queue.LifoQueue[_Reader]":
    with _started:
        return _waiting.setdefault(limits, queue.LifoQueue())


def _take(limits: Limits) -> _Reader:
    """Return a process that waits for work, or a new one."""
    idle = _idle(limits)
    while True:
        try:
            reader = idle.get_nowait()
        except queue.Empty:
            return _Reader(limits)
        if reader.alive():
            return reader
        reader.end()


def end_all() -> None:
    """End the processes that wait; new ones start when needed."""
    with _started:
        for idle in _waiting.values():
            with contextlib.suppress(queue.Empty):
                while True:
                    idle.get_nowait().end()


atexit.register(end_all)
