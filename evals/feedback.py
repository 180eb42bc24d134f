"""From use to test: what readers said about answers becomes draft questions.

The page writes `feedback.jsonl` in the run-time folder, a line a click. A
draft holds what is known: the question, what was shown, and what is wrong
with it. An official completes the gold; until then `validate` names what is
missing, so that no half-finished question counts.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.run import write_text
from index.errors import BadInputError

VERDICTS = {
    "wrong_figure": "the figure is wrong: give the right answer",
    "wrong_source": "the source is wrong: name the report where the answer stands",
    "should_have_refused": "no report says it: nothing to complete",
    "should_have_answered": "the reports say it: give the answer and its report",
}
_SHEET = (
    "id",
    "question",
    "answer",
    "report",
    "kind",
    "language",
    "traps",
    "history",
    "note",
)


def read_feedback(path: Path) -> list[dict[str, Any]]:
    """The lines of *path*; BadInputError names every one that is malformed."""
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise BadInputError(
            f"cannot read {path}: {error.strerror}. Readers' verdicts on answers are "
            "kept there once one was given in the page."
        ) from error
    except UnicodeDecodeError as error:
        raise BadInputError(f"{path} is not UTF-8 (byte {error.start})") from error
    found, problems = [], []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            _check(data)
        except (ValueError, KeyError, TypeError) as error:
            problems.append(f"{path.name}:{number}: {_said(error)}")
        else:
            found.append(data)
    if problems:
        raise BadInputError("\n".join(problems))
    if not found:
        raise BadInputError(f"{path} holds no feedback")
    return found


def _check(data: Mapping[str, Any]) -> None:
    """Raise for what no draft can be made of."""
    if data["verdict"] not in VERDICTS:
        raise ValueError(f'unknown verdict "{data["verdict"]}"')
    for name in ("id", "question"):
        if not isinstance(data[name], str) or not data[name].strip():
            raise ValueError(f'"{name}" must be a text that is not empty')
    answer = data["answer"]
    for name in ("short", "language", "citations"):
        answer[name]
    for citation in answer["citations"]:
        citation["report"]


def _said(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON (column {error.colno})"
    if isinstance(error, KeyError):
        return f'"{error.args[0]}" is missing'
    return str(error) if isinstance(error, ValueError) else "not a feedback object"


def drafts(
    feedback: Iterable[Mapping[str, Any]], known: Iterable[str] = ()
) -> list[dict[str, Any]]:
    """A draft of each question, in the shape of a set's line.

    known: ids that are in a set already; they are left out. Who clicked is
    left out too.
    """
    seen = set(known)
    found = []
    for each in feedback:
        name = f"use-{each['id']}"
        if name not in seen:
            seen.add(name)
            found.append(_draft(name, each))
    return found


def _draft(name: str, each: Mapping[str, Any]) -> dict[str, Any]:
    answer, verdict = each["answer"], each["verdict"]
    history = list(each.get("history") or [])
    shown = [answer["short"]] if answer["short"] else []
    cited = list(dict.fromkeys(c["report"] for c in answer["citations"]))
    note = [verdict.replace("_", " ") + " — " + VERDICTS[verdict]]
    if each.get("comment"):
        note.append(f"the reader: {each['comment']}")
    if shown:
        note.append(f"shown then: {shown[0]} ({', '.join(cited)})")
    note.append(f"index generation {each.get('generation')}, {each.get('at')}")
    kind = "follow-up" if history else "figure"
    return {
        "id": name,
        "question": each["question"],
        "language": answer["language"],
        "kind": "unanswerable" if verdict == "should_have_refused" else kind,
        # A wrong source does not make the figure wrong.
        "answers": shown if verdict == "wrong_source" else [],
        "all": [],
        "reports": cited if verdict == "wrong_figure" else [],
        "traps": shown if verdict in ("wrong_figure", "should_have_refused") else [],
        "history": history,
        "note": "; ".join(note),
    }


def write_drafts(out: Path, found: Sequence[Mapping[str, Any]]) -> None:
    """Write drafts as JSON lines, or as CSV for officials, by the ending of *out*.

    Raises BadInputError if *out* exists or has another ending.
    """
    if out.exists():
        raise BadInputError(f"{out} exists already: give another --out or remove it")
    if out.suffix == ".jsonl":
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found)
    elif out.suffix == ".csv":
        text = "\ufeff" + _csv(found)  # Excel takes UTF-8 for what it is only so
    else:
        raise BadInputError(f"{out} must end in .csv or .jsonl")
    out.parent.mkdir(parents=True, exist_ok=True)
    write_text(out, text)


def _csv(found: Sequence[Mapping[str, Any]]) -> str:
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(_SHEET)
    for row in found:
        flat = {
            **row,
            "answer": " | ".join(row["answers"]),
            "report": " | ".join(row["reports"]),
            "traps": " | ".join(row["traps"]),
            "history": " | ".join(row["history"]),
        }
        writer.writerow(_harmless(flat[name]) for name in _SHEET)
    return table.getvalue()


def _harmless(cell: str) -> str:
    """No cell that a spreadsheet would run as a formula."""
    return f" {cell}" if cell.startswith(tuple("=+-@\t\r")) else cell
