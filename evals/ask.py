"""Ask a set: every question to the assistant, and what the search gave for it."""

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from tqdm import tqdm

from answer.records import Answer
from evals.ranking import Found, Passage
from evals.run import free_folder, save
from evals.sets import Question, read_sets
from index.encoder import load_encoder
from index.errors import BadInputError
from index.records import Filters, Hit
from index.search import Searcher
from index.view import View
from ingest.pipeline import ingest
from settings import ROOT, Settings

KEPT = 20  # passages remembered of each question's search
_PACKAGES = ("torch", "sentence-transformers", "faiss-cpu", "numpy")

Progress = Callable[[int, int], None]  # questions done, of how many


class Asker(Protocol):
    """Whatever answers questions; `answer.assistant.Assistant` does."""

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Answer *question*, said after *history*."""
        ...


class Watched(Searcher):
    """A searcher that remembers the ids it found since it was last asked."""

    _found: tuple[int, ...] = ()

    def passages(self, *args: Any, **kwargs: Any) -> list[Hit]:
        """Find as any searcher does."""
        hits = super().passages(*args, **kwargs)
        # A question may be searched more than once; the first place counts.
        self._found = tuple(
            dict.fromkeys((*self._found, *(h.passage_id for h in hits)))
        )
        return hits

    def taken(self) -> tuple[int, ...]:
        """The passages found, best first; forgotten by this."""
        found, self._found = self._found, ()
        return found


def ask_all(
    assistant: Asker, questions: Iterable[Question]
) -> Iterator[dict[str, Any]]:
    """Each question's Answer as JSON with `id` and `wall_ms`, in order."""
    for question in questions:
        started = time.perf_counter()
        answer = assistant.ask(question.question, question.history)
        took = 1000 * (time.perf_counter() - started)
        yield {"id": question.id, **answer.as_json(), "wall_ms": round(took, 2)}


def open_assistant(settings: Settings) -> Asker:
    """The assistant on the current index; loads the encoder."""
    from answer.assistant import Assistant  # models load on purpose only

    return Assistant.open(settings)


def ask_sets(
    settings: Settings,
    sets: Sequence[Path],
    out: Path,
    *,
    index_first: bool = False,
    present: bool = False,
    progress: Progress | None = None,
) -> None:
    """Ask every question of *sets* and save the run to the new folder *out*.

    Sets and folder are checked before anything is indexed or asked.
    index_first: bring the index up to date with the corpus folder.
    present: leave out questions about reports that are not in the corpus folder.
    progress: told after each question; by default a bar on a terminal.
    """
    from answer.assistant import Assistant  # models load on purpose only

    free_folder(out)
    questions = read_sets(sets, settings.corpus_dir, present=present)
    if index_first:
        index(settings)
    started = datetime.now(UTC)
    assistant = Assistant.open(settings)
    watched = Watched(assistant.store, assistant.encoder, settings.vectors_path)
    watched.refresh()
    assistant.searcher = watched
    # The first question pays for lazy loading, and no reader's is the first.
    assistant.ask(f"{questions[0].question} (warm-up)", questions[0].history)
    watched.taken()
    answers: list[dict[str, Any]] = []
    retrieved = {}
    shown = questions if progress else tqdm(questions, disable=None, leave=False)
    for answer in ask_all(assistant, shown):
        answers.append(answer)
        retrieved[answer["id"]] = watched.taken()[:KEPT]
        if progress:
            progress(len(answers), len(questions))
    with assistant.store.snapshot() as view:
        if {answer["generation"] for answer in answers} != {view.generation}:
            raise BadInputError("the index changed while it was asked: run again")
        made_with = _made_with(settings, view, sets)
        found = Found(_passages(view, questions, retrieved), retrieved)
    seconds = (datetime.now(UTC) - started).total_seconds()
    made_with["seconds"] = round(seconds, 1)
    save(out, questions, answers, made_with, found)


def _made_with(settings: Settings, view: View, sets: Sequence[Path]) -> dict[str, Any]:
    """What a run was made with: enough to make it again."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "code": code_version(),
        "encoder": view.encoder,
        "generation": view.generation,
        "corpus": str(settings.corpus_dir),
        "sets": [str(path.resolve()) for path in sets],
        "settings": {name: _plain(value) for name, value in asdict(settings).items()},
        "threads": os.environ.get("OMP_NUM_THREADS"),
        "python": sys.version.split()[0],
        "machine": platform.platform(),
        "packages": {name: version(name) for name in _PACKAGES},
    }


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Path) else value


def _passages(
    view: View, questions: Iterable[Question], retrieved: Mapping[str, Iterable[int]]
) -> dict[int, Passage]:
    """All passages retrieved, and all of the gold reports."""
    ids = {found for each in retrieved.values() for found in each}
    gold = {name for question in questions for name in question.reports}
    for name in gold:
        ids.update(map(int, view.passage_ids(Filters(reports=(name,)))))
    return {
        p.id: Passage(
            p.id, p.report, p.passage.page, p.passage.start, p.passage.end, p.text
        )
        for p in view.passages(sorted(ids))
    }


def lines_of_progress(done: int, total: int) -> None:
    """Progress for another program: a JSON line on standard error."""
    line = json.dumps({"done": done, "total": total})
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - what it is for


def index(settings: Settings) -> None:
    """Bring the index up to date with the corpus folder.

    Raises BadInputError if a report cannot be read: its questions would fail.
    """
    done = ingest(settings, lambda: load_encoder(settings))
    if done.failed:
        reasons = "; ".join(f"{name}: {reason}" for name, reason in done.failed)
        raise BadInputError(f"not every report could be read: {reasons}")


def code_version() -> str | None:
    """The commit, with "-dirty" after changes; None outside a git checkout."""
    git = shutil.which("git")
    if not git:
        return None
    said = subprocess.run(  # noqa: S603 - fixed arguments, no shell
        [git, "describe", "--always", "--dirty", "--tags"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return said.stdout.strip() or None


@contextmanager
def apart(settings: Settings, corpus: Path) -> Iterator[Settings]:
    """Settings for *corpus* with a run-time folder of its own, removed at the end.

    So that other reports can be asked about without touching the index in use.
    """
    if not corpus.is_dir():
        raise BadInputError(f"{corpus} is not a folder of reports")
    with tempfile.TemporaryDirectory(prefix="evals-") as folder:
        yield replace(settings, corpus_dir=corpus.resolve(), var_dir=Path(folder))


@contextmanager
def about(
    source: Path, settings: Settings
) -> Iterator[tuple[Settings, list[Question]]]:
    """The questions of a set, and settings with an index for them alone.

    The index is of the reports beside *source*, or else of the project's.

    Raises BadInputError.
    """
    own = source.parent / "reports"
    corpus = own if own.is_dir() else settings.corpus_dir
    questions = read_sets([source], corpus)
    with apart(settings, corpus) as changed:
        index(changed)
        yield changed, questions
