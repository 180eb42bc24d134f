"""Work that takes long, one piece after another, each in a process of its own.

Questions are answered in the page's process, which never waits for a job, and
jobs run at a lower priority. A job that is stopped, or dies with the page,
leaves the index as it was: it changes in one transaction or not at all.
"""

import atexit
import contextlib
import itertools
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Literal

from settings import ROOT, Settings

Kind = Literal["index", "evals", "questions"]
State = Literal["waiting", "running", "done", "failed", "stopped"]
REMEMBERED = 20  # finished jobs
LAST_WORDS = 12  # lines of what a failing command said
SAID = 2000  # characters of what a command printed
NICE = 10  # below the page: a question is never held up

Command = tuple[str, ...]  # what follows `python -m`
Plan = Callable[[tuple[str, ...]], Sequence[Command]]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the running command is, as it says itself."""

    step: str = ""
    done: int = 0
    total: int = 0
    report: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work as it stands; replaced as it goes on."""

    id: int
    kind: Kind
    names: tuple[str, ...]  # of reports; none: all
    user: str
    plan: Plan = field(repr=False)
    state: State = "waiting"
    at: str = ""  # when it last changed its state, ISO time, UTC
    progress: Progress = Progress()
    stages: dict[str, str] = field(default_factory=dict)  # report → step it is at
    result: dict[str, Any] = field(default_factory=dict)  # what the last one printed
    trouble: str = ""  # what a failing command said last

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in {"done", "failed", "stopped"}

    def failures(self) -> dict[str, str]:
        """Why reports could not be read, by name."""
        failed = self.result.get("failed") or []
        return {f["report"]: f["reason"] for f in failed if isinstance(f, dict)}


class Jobs:
    """The queue; one for the whole page."""

    def __init__(self, settings: Settings) -> None:
        self._env = _environment(settings)
        self._ids = itertools.count(1)
        self._changed = threading.Condition()
        self._waiting: deque[Job] = deque()
        self._running: Job | None = None
        self._over: deque[Job] = deque(maxlen=REMEMBERED)
        self._process: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None

    def add(self, kind: Kind, names: Sequence[str], user: str, plan: Plan) -> Job:
        """Queue a job. One of the same kind that waits takes up the *names*.

        plan: the commands for names, which are none when all are meant.
        """
        with self._changed:
            job = self._waiting_like(kind)
            if job is None:
                job = Job(next(self._ids), kind, tuple(names), user, plan, at=_now())
                self._waiting.append(job)
            elif job.names:  # else it means all of them already
                both = tuple(dict.fromkeys((*job.names, *names))) if names else ()
                job = self._replace_waiting(replace(job, names=both))
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()
                atexit.register(self.close)
            self._changed.notify()
            return job

    def all(self) -> list[Job]:
        """Running, waiting in order, then finished ones, newest first."""
        with self._changed:
            running = [self._running] if self._running else []
            return [*running, *self._waiting, *reversed(self._over)]

    def busy(self) -> bool:
        """Whether anything runs or waits."""
        with self._changed:
            return bool(self._running or self._waiting)

    def stop(self, key: int) -> bool:
        """Stop a running or waiting job; whether there was one."""
        with self._changed:
            if self._running and self._running.id == key:
                self._running = replace(self._running, state="stopped")
                self._end_process()
                return True
            for job in self._waiting:
                if job.id == key:
                    self._waiting.remove(job)
                    self._over.append(replace(job, state="stopped", at=_now()))
                    return True
        return False

    def close(self) -> None:
        """Stop what runs; for the end of the page."""
        with self._changed:
            self._waiting.clear()
            self._end_process()

    def _waiting_like(self, kind: Kind) -> Job | None:
        return next((job for job in self._waiting if job.kind == kind), None)

    def _replace_waiting(self, job: Job) -> Job:
        at = next(i for i, each in enumerate(self._waiting) if each.id == job.id)
        self._waiting[at] = job
        return job

    def _end_process(self) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._waiting:
                    self._changed.wait()
                job = replace(self._waiting.popleft(), state="running", at=_now())
                self._running = job
            try:
                self._run(job)
            except Exception as error:  # noqa: BLE001 - shown; the next job must run
                self._update(trouble=str(error), state="failed")
            with self._changed:
                assert self._running  # noqa: S101 - set above, by this thread alone
                state = self._running.state
                ended = "done" if state == "running" else state
                self._over.append(replace(self._running, state=ended, at=_now()))
                self._running = None

    def _run(self, job: Job) -> None:
        for command in job.plan(job.names):
            if self._state() != "running":
                return
            status, printed, said = self._call(command)
            result = _last_object(printed)
            if job.kind == "questions":  # where the drafts lie
                result = {"said": printed.strip()[-SAID:]}
            self._update(result=result)
            # An ingest that names failed reports ends with 1, and has done its work.
            if status != 0 and not result.get("failed") and self._state() == "running":
                self._update(
                    trouble="\n".join(said) or f"exit {status}", state="failed"
                )

    def _call(self, command: Command) -> tuple[int, str, list[str]]:
        """Exit status, standard output, and the last lines that are no progress."""
        said: deque[str] = deque(maxlen=LAST_WORDS)
        with tempfile.TemporaryFile() as out:
            process = subprocess.Popen(  # noqa: S603 - our own commands, no shell
                [sys.executable, "-m", *command],
                cwd=ROOT,
                env=self._env,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.PIPE,
            )
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, process.pid, NICE)
            with self._changed:
                self._process = process
                if self._running and self._running.state == "stopped":
                    self._end_process()
            assert process.stderr  # noqa: S101 - it is a pipe
            with process.stderr:
                for line in process.stderr:
                    self._heard(line.decode("utf-8", "replace").strip(), said)
            status = process.wait()
            with self._changed:
                self._process = None
            out.seek(0)
            return status, out.read().decode("utf-8", "replace"), list(said)

    def _heard(self, line: str, said: deque[str]) -> None:
        found = _object(line)
        if found is None or "done" not in found:
            if line:
                said.append(line)
            return
        progress = Progress(
            str(found.get("step") or "asking"),  # the evals know no other step
            int(found.get("done") or 0),
            int(found.get("total") or 0),
            found.get("report"),
        )
        with self._changed:
            if self._running is None:
                return
            stages = self._running.stages
            if progress.report:
                stages = {**stages, progress.report: progress.step}
            self._running = replace(self._running, progress=progress, stages=stages)

    def _state(self) -> State:
        with self._changed:
            return self._running.state if self._running else "stopped"

    def _update(self, **values: Any) -> None:
        with self._changed:
            if self._running:
                self._running = replace(self._running, **values)


def _environment(settings: Settings) -> dict[str, str]:
    """The environment of a job: the page's settings, one thread of arithmetic."""
    env = dict(os.environ, OMP_NUM_THREADS="1", TOKENIZERS_PARALLELISM="false")
    env["REPORTS_CORPUS_DIR"] = str(settings.corpus_dir)
    env["REPORTS_VAR_DIR"] = str(settings.var_dir)
    env["REPORTS_CACHE_DIR"] = str(settings.cache_dir)
    env["REPORTS_ENCODER"] = settings.encoder or ""
    return env


def _object(line: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line) if line.startswith("{") else None
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _last_object(printed: str) -> dict[str, Any]:
    """The last line of output that is a JSON object; an empty one if none is."""
    found = (_object(line.strip()) for line in reversed(printed.splitlines()))
    return next(filter(None, found), {})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
