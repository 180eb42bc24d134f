"""Many people at once: ask the running page from bounded local clients.

    python -m evals load                    50 people, 5 minutes, 20 uploads
    python -m evals load --people 10 --seconds 60 --uploads 0
    python -m evals load --url http://127.0.0.1:7860/ --uploads 0

Without --url it serves the corpus itself, from a copy that it may change. Each
person asks, waits for the whole answer, reads for a while (--think seconds, from
half to one and a half of it) and asks on; all ask their first question at the
same moment. No question is asked twice, so no answer comes from memory. In the
middle an editor uploads reports one after another.

Exit status: 0 if no question failed, 1 if one did, 2 on misuse.
"""

import argparse
import http.client
import itertools
import json
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote, urlsplit

from settings import ROOT, Settings, read_settings

START_SECONDS = 300.0  # for the page to come up on a busy machine
ANSWER_SECONDS = 60.0  # after that a question counts as failed
INDEX_SECONDS = 300.0  # for the uploads to be in
SETTLED = 0.2  # of the time, before memory is read for the first time


@dataclass
class Seen:
    """What the clients saw; times in seconds from the start of the run."""

    answers: list[tuple[float, float]] = field(default_factory=list)  # asked, took
    failures: list[str] = field(default_factory=list)
    uploading: tuple[float, float] = (0.0, 0.0)  # from, until all are in
    memory: list[tuple[float, int]] = field(default_factory=list)  # when, KiB


class _Questions:
    """The project's questions for ever, none twice: each ends with its round."""

    def __init__(self) -> None:
        path = ROOT / "evals" / "questions.jsonl"
        lines = path.read_text("utf-8").splitlines()
        asked = [json.loads(line)["question"] for line in lines]
        self._lock = threading.Lock()  # a generator serves one thread at a time
        self._rounds = (
            f"{question} ({'x' * number})"
            for number in itertools.count(1)
            for question in asked
        )

    def next(self) -> str:
        """The next question."""
        with self._lock:
            return next(self._rounds)


def main(argv: Sequence[str] | None = None) -> int:
    """See the module."""
    args = _parser().parse_args(argv)
    print(f"load average before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    if args.url:
        seen = measure(args.url, args, process=None)
    else:
        with _served(read_settings()) as (url, process):
            seen = measure(url, args, process=process)
    print(report(seen, args.people, args.seconds))
    print(f"load average after: {os.getloadavg()[0]:.1f}")
    return 1 if seen.failures else 0


def measure(
    url: str, args: argparse.Namespace, process: subprocess.Popen[bytes] | None
) -> Seen:
    """Let *args.people* ask for *args.seconds*; *process* is the page's, if ours."""
    seen = Seen()
    questions = _Questions()
    ask(url, questions.next())  # whatever is loaded at the first question
    began = time.monotonic()
    end = began + args.seconds
    at_once = threading.Barrier(args.people)
    people = [
        threading.Thread(
            target=_person, args=(url, questions, at_once, began, end, args.think, seen)
        )
        for _ in range(args.people)
    ]
    others = [threading.Thread(target=_watch, args=(process, began, end, seen))]
    if args.uploads:
        others.append(
            threading.Thread(
                target=_editor, args=(url, args.uploads, began, args.seconds / 2, seen)
            )
        )
    for thread in (*people, *others):
        thread.start()
    for thread in (*people, *others):
        thread.join()
    return seen


def ask(url: str, question: str) -> None:
    """Ask over the page's API and read the whole answer; OSError if it fails."""
    body = json.dumps({"data": [question, []]}).encode()
    event = json.loads(_request(url, "POST", "gradio_api/call/ask", body))["event_id"]
    said = _request(url, "GET", f"gradio_api/call/ask/{event}")
    # Heartbeats come first where the question had to wait.
    if b"event: complete\n" not in said:
        raise OSError(said[-200:].decode("utf-8", "replace"))


def report(seen: Seen, people: int, seconds: float) -> str:
    """The figures of a run, a line each."""
    took = [t for _, t in seen.answers]
    start, end = seen.uploading
    during = [t for at, t in seen.answers if start <= at <= end and end > 0]
    settled = [kib for at, kib in seen.memory if at >= seconds * SETTLED]
    lines = [
        f"{people} people, {seconds:.0f} s: {len(took)} answers, "
        f"{len(seen.failures)} failed, {len(took) / seconds:.1f} a second",
        f"seconds an answer: {_spread(took)}",
    ]
    if end:
        lines.append(
            f"while reports came in ({end - start:.0f} s): {len(during)} answers, "
            f"{_spread(during)}"
        )
    if settled:
        lines.append(
            f"memory of the page: {settled[0] / 1024:.0f} MB once settled, "
            f"{settled[-1] / 1024:.0f} MB at the end"
        )
    lines += [f"failed: {why}" for why in seen.failures[:5]]
    return "\n".join(lines)


def _spread(took: Sequence[float]) -> str:
    if len(took) < 2:
        return "too few to say"
    cuts = statistics.quantiles(took, n=100, method="inclusive")
    return f"median {cuts[49]:.2f}, p95 {cuts[94]:.2f}, longest {max(took):.2f}"


def _person(
    url: str,
    questions: _Questions,
    at_once: threading.Barrier,
    began: float,
    end: float,
    think: float,
    seen: Seen,
) -> None:
    at_once.wait()
    while (asked := time.monotonic()) < end:
        try:
            ask(url, questions.next())
        except (OSError, ValueError, http.client.HTTPException, KeyError) as error:
            seen.failures.append(f"{type(error).__name__}: {error}")
        else:
            seen.answers.append((asked - began, time.monotonic() - asked))
        pause = think * random.uniform(0.5, 1.5)  # noqa: S311 - people, not secrets
        time.sleep(max(0.0, min(pause, end - time.monotonic())))


def _editor(url: str, count: int, began: float, after: float, seen: Seen) -> None:
    time.sleep(after)
    start = time.monotonic() - began
    for number in range(count):
        lines = [
            f"In {2000 + year} the share of office {number} in district {number} "
            f"reached {year + number}%, up {year} points from the year before."
            for year in range(1, 25)
        ]
        text = f"Report of district {number}\n\n" + "\n".join(lines) + "\n"
        name = quote(f"load-{number:03}.txt")
        _request(url, "POST", f"office/upload?name={name}", text.encode())
    end = time.monotonic() + INDEX_SECONDS
    while json.loads(_request(url, "GET", "office/jobs"))["busy"]:
        if time.monotonic() > end:
            seen.failures.append(f"the uploads were not in after {INDEX_SECONDS:.0f} s")
            break
        time.sleep(0.5)
    seen.uploading = (start, time.monotonic() - began)


def _watch(
    process: subprocess.Popen[bytes] | None, began: float, end: float, seen: Seen
) -> None:
    """Note the resident memory of the page every second."""
    while process is not None and time.monotonic() < end:
        status = Path(f"/proc/{process.pid}/status")
        for line in status.read_text().splitlines() if status.exists() else ():
            if line.startswith("VmRSS:"):
                seen.memory.append((time.monotonic() - began, int(line.split()[1])))
        time.sleep(1)


def _request(url: str, method: str, path: str, body: bytes | None = None) -> bytes:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=ANSWER_SECONDS)
    try:
        headers = {"Content-Type": "application/json"} if body else {}
        connection.request(method, f"{parts.path}{path}", body, headers)
        reply = connection.getresponse()
        said = reply.read()
    finally:
        connection.close()
    if reply.status != 200:
        raise OSError(f"{reply.status}: {said[:200].decode('utf-8', 'replace')}")
    return said


@contextmanager
def _served(settings: Settings) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The page over a copy of the corpus, in a process of its own."""
    with TemporaryDirectory(prefix="load-") as folder:
        corpus = Path(folder) / "corpus"
        shutil.copytree(settings.corpus_dir, corpus)
        env = dict(
            os.environ,
            REPORTS_CORPUS_DIR=str(corpus),
            REPORTS_VAR_DIR=str(Path(folder) / "var"),
        )
        env.pop("REPORTS_USERS", None)
        python = sys.executable
        subprocess.run(  # noqa: S603 - our own command
            [python, "-m", "ingest"], cwd=ROOT, env=env, check=True, stdout=sys.stderr
        )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        url = f"http://127.0.0.1:{port}/"
        process = subprocess.Popen(  # noqa: S603 - same
            [python, "app.py", "--port", str(port)],
            cwd=ROOT,
            env=env,
            stdout=sys.stderr,
        )
        try:
            _wait_for(url, process)
            yield url, process
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            _request(url, "GET", "healthz")
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("the page did not start")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evals load",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--url", help="a page that is running; else one is started")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--think", type=float, default=10.0, help="seconds of reading")
    parser.add_argument("--uploads", type=int, default=20)
    return parser
