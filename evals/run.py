"""Ask a set and keep what came back, so that scoring needs no asking.

A run is a folder: `questions.jsonl` (the set as asked), `answers.jsonl` (one
Answer a line, with its `id` and `wall_ms`), `settings.json` (what was asked
with) and, once scored, `score.json`. It appears whole or not at all.
"""

import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from tqdm import tqdm

from answer.records import Answer
from evals.sets import Question, read_sets
from index.encoder import load_encoder
from index.errors import BadInputError
from index.store import Store
from ingest.pipeline import ingest
from settings import ROOT, Settings


class Asker(Protocol):
    """Whatever answers questions; `answer.assistant.Assistant` does."""

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Answer *question*, said after *history*."""
        ...


@dataclass(frozen=True, slots=True)
class Run:
    """A saved run, read back."""

    folder: Path
    questions: list[Question]
    answers: dict[str, dict[str, Any]]  # id → Answer as JSON
    corpus: Path  # the folder of the reports that were asked about
    made_with: dict[str, Any]  # settings.json


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


def index(settings: Settings) -> None:
    """Bring the index up to date with the corpus folder.

    Raises BadInputError if a report cannot be read: its questions would fail.
    """
    done = ingest(settings, lambda: load_encoder(settings))
    if done.failed:
        reasons = "; ".join(f"{name}: {reason}" for name, reason in done.failed)
        raise BadInputError(f"not every report could be read: {reasons}")


def ask_sets(
    settings: Settings, sets: Sequence[Path], out: Path, *, index_first: bool = False
) -> None:
    """Ask every question of *sets* and save the run to the new folder *out*.

    Sets and folder are checked before anything is indexed or asked.
    index_first: bring the index up to date with the corpus folder.
    """
    free_folder(out)
    questions = read_sets(sets, settings.corpus_dir)
    if index_first:
        index(settings)
    assistant = open_assistant(settings)
    with Store.open(settings.store_path).snapshot() as view:
        encoder, generation = view.encoder, view.generation
    answers = list(ask_all(assistant, tqdm(questions, disable=None, leave=False)))
    made_with = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "code": code_version(),
        "encoder": encoder,
        "generation": generation,
        "corpus": str(settings.corpus_dir),
        "sets": [str(path) for path in sets],
    }
    save(out, questions, answers, made_with)


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


def free_folder(out: Path) -> Path:
    """*out*, if a run can be written there; asked before hours of asking.

    Raises BadInputError if it is a file or holds something.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise BadInputError(f"{out} exists already: give another --out or remove it")
    return out


def save(
    out: Path,
    questions: Sequence[Question],
    answers: Sequence[Mapping[str, Any]],
    made_with: Mapping[str, Any],
) -> None:
    """Write a run to the folder *out*, which appears whole or not at all."""
    free_folder(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        _write_lines(partial / "questions.jsonl", (q.as_json() for q in questions))
        _write_lines(partial / "answers.jsonl", answers)
        write_json(partial / "settings.json", made_with)
        partial.chmod(0o755)  # mkdtemp gives 0700; a run is for everybody here
        if out.exists():
            out.rmdir()
        partial.rename(out)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise


def load(folder: Path, *, corpus: Path | None = None, sets: Sequence[Path] = ()) -> Run:
    """Read a run back; BadInputError says what is missing or malformed.

    corpus: where its reports lie now, if they were moved.
    sets: to score by these (say, with a gold put right) instead of those asked.
    """
    for name in ("settings.json", "questions.jsonl", "answers.jsonl"):
        if not (folder / name).is_file():
            raise BadInputError(f"{folder} is not a run: it has no {name}")
    try:
        made_with = json.loads((folder / "settings.json").read_text("utf-8"))
        corpus = corpus or Path(made_with["corpus"])
    except (ValueError, KeyError, TypeError) as error:
        raise BadInputError(f"{folder}/settings.json is damaged ({error!r})") from error
    if not corpus.is_dir():
        raise BadInputError(f"{corpus}, the corpus of {folder}, is gone: give --corpus")
    questions = read_sets(sets or [folder / "questions.jsonl"], corpus)
    answers = read_answers(folder / "answers.jsonl")
    return Run(folder, questions, answers, corpus, made_with)


def read_answers(path: Path) -> dict[str, dict[str, Any]]:
    """Answers by id, one JSON object a line, each with its `id`."""
    answers: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            name = data["id"]
        except (ValueError, KeyError, TypeError) as error:
            raise BadInputError(f"{path}:{number}: not an answer with an id") from error
        if name in answers:
            raise BadInputError(f"{path}:{number}: a second answer to {name}")
        answers[name] = data
    return answers


def write_json(path: Path, data: Mapping[str, Any]) -> None:
    """Write *data* readably, in one step."""
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
    partial.replace(path)


def _write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text("".join(lines), "utf-8")


@contextmanager
def apart(settings: Settings, corpus: Path) -> Iterator[Settings]:
    """Settings for *corpus* with a run-time folder of its own, removed at the end.

    So that other reports can be asked about without touching the index in use.
    """
    if not corpus.is_dir():
        raise BadInputError(f"{corpus} is not a folder of reports")
    with tempfile.TemporaryDirectory(prefix="evals-") as folder:
        yield replace(settings, corpus_dir=corpus.resolve(), var_dir=Path(folder))
