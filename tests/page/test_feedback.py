"""What readers say is kept line by line, whatever happens around it."""

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import BadInputError
from page import audit, feedback, journal
from page.access.person import Person
from page.feedback import VERDICTS, Feedback
from settings import Settings, read_settings

ANSWER = {"short": "45%", "generation": 7}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A var folder of the test's own."""
    return replace(read_settings({}), var_dir=tmp_path / "var")


@pytest.mark.parametrize("verdict", VERDICTS)
def test_an_entry_has_the_keys_that_the_evals_read(
    settings: Settings, verdict: feedback.Verdict
) -> None:
    """The contract with `python -m evals from-feedback`."""
    entry = Feedback(verdict, "Tỷ lệ?", ANSWER, ("Trước?",), "sai năm", "lan")
    key = feedback.record(settings, entry)

    (line,) = (settings.var_dir / "feedback.jsonl").read_text("utf-8").splitlines()
    found = json.loads(line)
    assert found.pop("at")
    assert found == {
        "id": key,
        "user": "lan",
        "verdict": verdict,
        "comment": "sai năm",
        "question": "Tỷ lệ?",
        "history": ["Trước?"],
        "answer": ANSWER,
        "generation": 7,
    }


@pytest.mark.parametrize(
    "entry",
    [
        Feedback("wrong", "a?", ANSWER),  # type: ignore[arg-type]  # what a page may send
        Feedback("wrong_figure", " ", ANSWER),
        Feedback("wrong_figure", "a" * 3000, ANSWER),
        Feedback("wrong_figure", "a?", ANSWER, comment="a" * 3000),
        Feedback("wrong_figure", "a?", {"text": "a" * journal.LINE_BYTES}),
    ],
)
def test_what_is_no_feedback_is_refused(settings: Settings, entry: Feedback) -> None:
    """With an error that says why; nothing is written."""
    with pytest.raises(BadInputError):
        feedback.record(settings, entry)
    assert feedback.all_feedback(settings) == []


def test_settled_entries_stay_and_say_so(settings: Settings) -> None:
    """Newest first; the file itself only grows."""
    first = feedback.record(settings, Feedback("wrong_figure", "a?", ANSWER))
    second = feedback.record(settings, Feedback("wrong_source", "b?", ANSWER))
    feedback.settle(settings, first, "lan")

    found = [(entry["id"], entry["done"]) for entry in feedback.all_feedback(settings)]
    assert found == [(second, False), (first, True)]
    with pytest.raises(BadInputError):
        feedback.settle(settings, "unknown", "lan")


def test_lines_written_at_once_do_not_mix(tmp_path: Path) -> None:
    """Each entry is one whole line."""
    path = tmp_path / "a.jsonl"

    def write(number: int) -> None:
        for _ in range(20):
            journal.append(path, {"number": number, "text": "ă" * 5000})

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(list(journal.entries(path))) == 80


def test_a_line_cut_off_by_a_crash_costs_itself_only(tmp_path: Path) -> None:
    """What came before and comes after is read."""
    path = tmp_path / "a.jsonl"
    journal.append(path, {"n": 1})
    with path.open("a") as file:
        file.write('{"n": 2, "te')
    journal.append(path, {"n": 3})

    assert [entry["n"] for entry in journal.entries(path)] == [1, 3]


def test_the_log_says_who_changed_what(settings: Settings) -> None:
    """Newest first."""
    lan = Person("lan", "editor", "10.0.0.7")
    audit.note(settings, lan, "upload", "a.txt")
    audit.note(settings, lan, "remove", "a.txt")

    found = audit.latest(settings, 1)
    assert [(e["user"], e["deed"], e["what"]) for e in found] == [
        ("lan", "remove", "a.txt")
    ]
