"""Question sets: files in, Questions out, and every mistake by its line.

The format is described in `evals/README.md`; `evals/sheets.py` turns officials'
CSV and XLSX into the same rows. Messages name lines and fields, never their
content, so that a blind set can be checked without being seen.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evals import sheets
from evals.match import is_figure, says
from index.errors import BadInputError

KINDS = (
    "figure",
    "target",
    "date",
    "name",
    "list",
    "trend",
    "conflict",
    "follow-up",
    "explain",
    "unanswerable",
)
LANGUAGES = ("en", "vi")

_TEXTS = ("id", "question", "language", "kind")
_LISTS = ("answers", "all", "reports", "traps", "history", "quotes")
_FREE = ("note",)  # for whoever writes the set
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

Row = tuple[str, Mapping[str, Any] | None]  # "file:line" and what stands there


@dataclass(frozen=True, slots=True)
class Question:
    """One question with what counts as right."""

    id: str
    question: str
    language: str
    kind: str
    answers: tuple[str, ...] = ()  # any one of them makes a reply right
    all: tuple[str, ...] = ()  # every one of them must be said
    reports: tuple[str, ...] = ()  # where it stands
    traps: tuple[str, ...] = ()  # must not stand in the headline
    history: tuple[str, ...] = ()  # earlier questions of the talk
    quotes: tuple[str, ...] = ()  # the sentences that answer, to learn from

    @property
    def answerable(self) -> bool:
        """Whether the reports answer it."""
        return self.kind != "unanswerable"

    @property
    def figures(self) -> tuple[str, ...]:
        """The gold answers that are one number with its unit."""
        return tuple(answer for answer in self.answers if is_figure(answer))

    @property
    def periods(self) -> tuple[str, ...]:
        """The years it names, else those of the last earlier question that does."""
        for text in (self.question, *reversed(self.history)):
            if years := sorted(set(_YEAR.findall(text))):
                return tuple(years)
        return ()

    def as_json(self) -> dict[str, Any]:
        """The line of the set."""
        return asdict(self)


NOTHING_PRESENT = (
    "no test question is about the reports in the corpus folder: ask a set of your own "
    "with `python -m evals run questions.xlsx`"
)


def read_sets(
    paths: Sequence[Path], corpus: Path, *, present: bool = False
) -> list[Question]:
    """The questions of all *paths*, checked against the reports in *corpus*.

    present: leave out those about reports that are not in *corpus*.

    Raises BadInputError naming file, line and field of each problem.
    """
    questions: list[Question] = []
    problems: list[str] = []
    lines: dict[str, str] = {}  # id → where it was first used
    for path in paths:
        found = 0
        for where, data in _rows(path, corpus, problems):
            found += 1
            if data is None:
                continue
            wrong = list(_shape_problems(data))
            if not wrong:
                question = _question(data)
                if present and any(
                    not (corpus / n).is_file() for n in question.reports
                ):
                    continue
                wrong = list(_gold_problems(question, corpus))
                if question.id in lines:
                    wrong.append(f"its id is used already at {lines[question.id]}")
                lines.setdefault(question.id, where)
                questions.append(question)
            problems += [f"{where}: {problem}" for problem in wrong]
        if not found and not problems:
            problems.append(f"{path} holds no question")
    if problems:
        raise BadInputError("\n".join(problems))
    if present and not any(question.answerable for question in questions):
        raise BadInputError(NOTHING_PRESENT)
    return questions


def doubts(questions: Iterable[Question], corpus: Path) -> list[str]:
    """What is allowed but likely a slip: gold figures that no gold report gives.

    Only reports that are plain text are looked into.
    """
    found = []
    for question in questions:
        paths = [corpus / name for name in question.reports]
        if not question.figures or any(p.suffix not in (".txt", ".md") for p in paths):
            continue
        texts = [path.read_text("utf-8", errors="replace") for path in paths]
        if not any(
            says(text, gold, apart=True) for text in texts for gold in question.figures
        ):
            found.append(f"{question.id}: none of its reports gives its figure")
    return found


def write_set(out: Path, questions: Iterable[Question]) -> None:
    """Write questions as JSON lines, in one step."""
    partial = out.with_name(f".{out.name}.partial")
    lines = (json.dumps(q.as_json(), ensure_ascii=False) + "\n" for q in questions)
    partial.write_text("".join(lines), "utf-8")
    partial.replace(out)


def ids(path: Path) -> list[str]:
    """The ids of a JSON-lines set, whatever else is in it.

    Raises BadInputError if it cannot be read or a line is no JSON object.
    """
    problems: list[str] = []
    try:
        rows = list(_lines(path.name, path.read_bytes(), problems))
    except OSError as error:
        raise BadInputError(f"cannot read {path}: {error.strerror}") from error
    if problems:
        raise BadInputError("\n".join(problems))
    return [str(data.get("id")) for _, data in rows if data]


def _rows(path: Path, corpus: Path, problems: list[str]) -> Iterable[Row]:
    """What stands in *path*, row by row; None for a row put into *problems*."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInputError(f"cannot read {path}: {error.strerror}") from error
    if sheets.is_sheet(path):
        return sheets.rows(path.name, data, corpus, problems)
    return _lines(path.name, data, problems)


def _lines(name: str, data: bytes, problems: list[str]) -> Iterable[Row]:
    """The objects of a JSON-lines file."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInputError(f"{name} is not UTF-8 (byte {error.start})") from error
    # Not splitlines(): it also breaks at characters that JSON allows in strings.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{name}:{number}"
        try:
            found = json.loads(line)
        except (ValueError, RecursionError) as error:
            column = error.colno if isinstance(error, json.JSONDecodeError) else 1
            problems.append(f"{where}: not JSON (column {column})")
            yield where, None
            continue
        if not isinstance(found, dict):
            problems.append(f"{where}: not a JSON object")
        yield where, found if isinstance(found, dict) else None


def _shape_problems(data: Mapping[str, Any]) -> Iterable[str]:
    """Missing, unknown or mistyped fields."""
    for name in _TEXTS:
        if not isinstance(data.get(name), str) or not data[name].strip():
            yield f'"{name}" must be a text that is not empty'
    for name in _LISTS:
        value = data.get(name, [])
        texts = isinstance(value, list) and all(isinstance(v, str) for v in value)
        if not texts or not all(v.strip() for v in value):
            yield f'"{name}" must be a list of texts that are not empty'
    for name in sorted(data.keys() - {*_TEXTS, *_LISTS, *_FREE}):
        yield f'unknown field "{name}"'
    for name, known in (("kind", KINDS), ("language", LANGUAGES)):
        if isinstance(data.get(name), str) and data[name] not in known:
            yield f'unknown {name} "{data[name]}" (known: {", ".join(known)})'


def _question(data: Mapping[str, Any]) -> Question:
    fields: dict[str, Any] = {name: data[name] for name in _TEXTS}
    fields |= {name: tuple(data.get(name, ())) for name in _LISTS}
    return Question(**fields)


def _gold_problems(question: Question, corpus: Path) -> Iterable[str]:
    """What makes a well-formed line impossible to score."""
    if question.answerable:
        if not question.answers and not question.all:
            yield 'missing gold: give "answers" or "all"'
        if not question.reports:
            yield 'missing gold: give "reports"'
    elif question.answers or question.all:
        yield 'an unanswerable question has no "answers" and no "all"'
    if question.kind == "follow-up" and not question.history:
        yield 'a follow-up needs its "history"'
    for name in question.reports:
        if not (corpus / name).is_file():
            yield f'report "{name}" is not in {corpus}'
    for i, trap in enumerate(question.traps):
        for j, answer in enumerate(question.answers):
            if says(answer, trap):
                yield f"traps[{i}] stands in answers[{j}], so no reply could be right"
