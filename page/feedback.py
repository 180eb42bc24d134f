"""What readers say about answers: one JSON line each in `feedback.jsonl`.

    record(settings, Feedback("wrong_figure", question, answer.as_json()))

`python -m evals from-feedback` turns the file into eval questions. What an
editor has dealt with is kept in a second file, so that the first only grows.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from index.errors import BadInputError
from page import journal
from settings import Settings

Verdict = Literal[
    "wrong_figure", "wrong_source", "should_have_refused", "should_have_answered"
]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
COMMENT_CHARS = 2000
QUESTION_CHARS = 2000
EARLIER = 20  # questions of the chat that are kept beside it


@dataclass(frozen=True, slots=True)
class Feedback:
    """One reader's verdict on one answer."""

    verdict: Verdict
    question: str
    answer: Mapping[str, Any]  # the Answer as JSON
    history: Sequence[str] = ()  # the questions before, oldest first
    comment: str = ""
    user: str = ""  # "" where there is no log-in


def record(settings: Settings, entry: Feedback) -> str:
    """Keep *entry* for good; return its id.

    Raises BadInputError if its verdict is unknown or one of its texts is
    missing or too long.
    """
    if entry.verdict not in VERDICTS:
        raise BadInputError(f"{entry.verdict!r} is no verdict: {', '.join(VERDICTS)}.")
    if not 0 < len(entry.question.strip()) <= QUESTION_CHARS:
        raise BadInputError("feedback needs the question that was asked.")
    if len(entry.comment) > COMMENT_CHARS:
        raise BadInputError(f"a comment has at most {COMMENT_CHARS} characters.")
    key = uuid.uuid4().hex[:12]
    line = {
        "id": key,
        "at": _now(),
        "user": entry.user,
        "verdict": entry.verdict,
        "comment": entry.comment.strip(),
        "question": entry.question.strip(),
        "history": [text[:QUESTION_CHARS] for text in entry.history][-EARLIER:],
        "answer": dict(entry.answer),
        "generation": entry.answer.get("generation", 0),
    }
    journal.append(_path(settings), line)
    return key


def all_feedback(settings: Settings) -> list[dict[str, Any]]:
    """Every entry, newest first; `"done"` says whether it was dealt with."""
    done = {entry.get("id") for entry in journal.entries(_done_path(settings))}
    found = [
        {**entry, "done": entry["id"] in done}
        for entry in journal.entries(_path(settings))
        if "id" in entry and entry.get("verdict") in VERDICTS
    ]
    return found[::-1]


def settle(settings: Settings, key: str, user: str) -> None:
    """Note that the entry *key* was dealt with; it stays in the file.

    Raises BadInputError if there is no such entry.
    """
    if key not in {entry["id"] for entry in all_feedback(settings)}:
        raise BadInputError("this feedback is not there any more.")
    journal.append(_done_path(settings), {"id": key, "at": _now(), "user": user})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _path(settings: Settings) -> Path:
    return settings.var_dir / "feedback.jsonl"


def _done_path(settings: Settings) -> Path:
    return settings.var_dir / "feedback-done.jsonl"
