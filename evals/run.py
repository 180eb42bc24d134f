"""What is kept of a run, so that scoring needs no asking.

A run is a folder: `questions.jsonl` (the set as asked), `answers.jsonl` (one
Answer a line, with its `id` and `wall_ms`), `retrieved.jsonl` and
`passages.jsonl` (what the search gave), `settings.json` (what was asked with)
and, once scored, `summary.json` and `report.html`. It appears whole or not at
all.
"""

import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evals.ranking import Found, Passage
from evals.sets import Question, read_sets
from index import runs
from index.errors import BadInputError
from settings import Settings


@dataclass(frozen=True, slots=True)
class Run:
    """A saved run, read back."""

    folder: Path
    questions: list[Question]
    answers: dict[str, dict[str, Any]]  # id → Answer as JSON
    corpus: Path  # the folder of the reports that were asked about
    made_with: dict[str, Any]  # settings.json
    found: Found  # empty for a run that was kept without it


def last(settings: Settings, sets: Sequence[Path] | None = None) -> Path | None:
    """The newest kept run that was scored; None if there is none.

    sets: only a run of exactly these.
    """
    wanted = [str(path.resolve()) for path in sets or ()]
    for folder in runs.scored(settings):
        if not wanted or _settings(folder).get("sets") == wanted:
            return folder
    return None


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
    found: Found | None = None,
) -> None:
    """Write a run to the folder *out*, which appears whole or not at all."""
    free_folder(out)
    found = found or Found()
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        _write_lines(partial / "questions.jsonl", (q.as_json() for q in questions))
        _write_lines(partial / "answers.jsonl", answers)
        _write_lines(
            partial / "retrieved.jsonl",
            ({"id": name, "passages": ids} for name, ids in found.retrieved.items()),
        )
        _write_lines(
            partial / "passages.jsonl", (asdict(p) for p in found.passages.values())
        )
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
    made_with = _settings(folder)
    corpus = corpus or Path(made_with["corpus"])
    if not corpus.is_dir():
        raise BadInputError(f"{corpus}, the corpus of {folder}, is gone: give --corpus")
    questions = read_sets(sets or [folder / "questions.jsonl"], corpus)
    answers = dict(_keyed(folder / "answers.jsonl"))
    return Run(folder, questions, answers, corpus, made_with, _found(folder))


def write_json(path: Path, data: Mapping[str, Any]) -> None:
    """Write *data* readably, in one step."""
    write_text(path, json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def write_text(path: Path, text: str) -> None:
    """Write *text* as UTF-8, in one step."""
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(text, "utf-8")
    partial.replace(path)


def _settings(folder: Path) -> dict[str, Any]:
    try:
        data = json.loads((folder / "settings.json").read_text("utf-8"))
        Path(data["corpus"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInputError(f"{folder}/settings.json is damaged ({error!r})") from error
    settings: dict[str, Any] = data
    return settings


def _found(folder: Path) -> Found:
    if not (folder / "retrieved.jsonl").is_file():
        return Found()
    try:
        passages = {i: Passage(**row) for i, row in _keyed(folder / "passages.jsonl")}
        retrieved = {
            i: tuple(row["passages"]) for i, row in _keyed(folder / "retrieved.jsonl")
        }
    except (OSError, TypeError, KeyError) as error:
        raise BadInputError(
            f"{folder}/passages.jsonl is damaged ({error!r})"
        ) from error
    if any(p not in passages for ids in retrieved.values() for p in ids):
        raise BadInputError(f"{folder}/retrieved.jsonl names unknown passages")
    return Found(passages, retrieved)


def _keyed(path: Path) -> Iterator[tuple[Any, dict[str, Any]]]:
    """(id, object) of each line; BadInputError for another shape or a second id."""
    seen = set()
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            name = data["id"]
        except (ValueError, KeyError, TypeError) as error:
            raise BadInputError(f"{path}:{number}: not an object with an id") from error
        if name in seen:
            raise BadInputError(f"{path}:{number}: the id {name} for a second time")
        seen.add(name)
        yield name, data


def _write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text("".join(lines), "utf-8")
