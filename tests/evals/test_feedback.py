"""A reader's verdict becomes a draft question, never a finished one."""

import json
from pathlib import Path
from typing import Any

import pytest

from evals.__main__ import main
from evals.feedback import drafts, read_feedback, write_drafts
from evals.sets import read_sets
from index.errors import BadInputError

CLICK: dict[str, Any] = {
    "id": "f1",
    "at": "2026-11-22T08:00:00+00:00",
    "user": "An",
    "verdict": "wrong_figure",
    "comment": "that was 2022",
    "question": "What was the rate in 2024?",
    "history": [],
    "answer": {
        "short": "52.80%",
        "language": "en",
        "citations": [{"report": "a.txt"}, {"report": "a.txt"}],
    },
    "generation": 7,
}
REFUSED = {"short": "", "language": "vi", "citations": []}


def write(folder: Path, *lines: dict[str, Any] | str) -> Path:
    """What the page keeps."""
    path = folder / "feedback.jsonl"
    texts = [x if isinstance(x, str) else json.dumps(x) for x in lines]
    path.write_text("\n".join(texts) + "\n", "utf-8")
    return path


@pytest.mark.parametrize(
    ("verdict", "kind", "answers", "reports", "traps"),
    [
        ("wrong_figure", "figure", [], ["a.txt"], ["52.80%"]),
        ("wrong_source", "figure", ["52.80%"], [], []),
        ("should_have_refused", "unanswerable", [], [], ["52.80%"]),
    ],
)
def test_what_is_known_is_filled_in(
    verdict: str, kind: str, answers: list[str], reports: list[str], traps: list[str]
) -> None:
    """And what is wrong becomes a trap; who clicked is left out."""
    (draft,) = drafts([CLICK | {"verdict": verdict}])
    assert (draft["kind"], draft["answers"]) == (kind, answers)
    assert (draft["reports"], draft["traps"]) == (reports, traps)
    assert "that was 2022" in draft["note"]
    assert "index generation 7" in draft["note"]
    assert "An" not in json.dumps(draft).replace("Answer", "")


def test_a_refusal_that_was_wrong_awaits_its_answer() -> None:
    """A follow-up keeps its earlier questions."""
    click = CLICK | {
        "verdict": "should_have_answered",
        "answer": REFUSED,
        "history": ["Tỷ lệ năm 2024?"],
    }
    (draft,) = drafts([click])
    assert (draft["kind"], draft["language"]) == ("follow-up", "vi")
    assert draft["history"] == ["Tỷ lệ năm 2024?"]
    assert draft["answers"] == draft["reports"] == draft["traps"] == []


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_a_draft_counts_only_once_it_is_completed(tmp_path: Path, suffix: str) -> None:
    """`validate` names what is missing; completed, it is a question."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text("45%", "utf-8")
    out = tmp_path / f"drafts{suffix}"
    write_drafts(out, drafts([CLICK]))
    with pytest.raises(BadInputError, match=r"missing gold|no answer"):
        read_sets([out], corpus)
    text = out.read_text("utf-8")
    done = text.replace('"answers": []', '"answers": ["45%"]')
    out.write_text(done.replace("2024?,,a.txt", "2024?,45%,a.txt"), "utf-8")
    (question,) = read_sets([out], corpus)
    assert (question.answers, question.traps) == (("45%",), ("52.80%",))


def test_no_cell_becomes_a_formula(tmp_path: Path) -> None:
    """What anybody typed is opened by an official's spreadsheet program."""
    out = tmp_path / "drafts.csv"
    write_drafts(out, drafts([CLICK | {"question": "=HYPERLINK(1)"}]))
    assert ", =HYPERLINK(1)," in out.read_text("utf-8-sig").replace('"', "")


def test_from_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A new file, nothing twice, and nothing that is in a set already."""
    monkeypatch.setenv("REPORTS_VAR_DIR", str(tmp_path))
    assert main(["from-feedback"]) == 2
    assert "once one was given in the page" in capsys.readouterr().err
    write(tmp_path, CLICK, CLICK, CLICK | {"id": "f2"})
    out = tmp_path / "drafts.jsonl"
    assert main(["from-feedback", "--out", str(out)]) == 0
    assert "2 drafts in" in capsys.readouterr().out
    assert main(["from-feedback", "--out", str(out)]) == 2
    command = ["from-feedback", "--known", str(out)]
    assert main(command) == 0
    assert "nothing new" in capsys.readouterr().out
    assert main(["from-feedback"]) == 0
    assert len(list((tmp_path / "evals").glob("drafts-*.csv"))) == 1


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "feedback.jsonl:2: not JSON"),
        ("[]", "feedback.jsonl:2: not a feedback object"),
        ('{"id": "x"}', '"verdict" is missing'),
        (json.dumps(CLICK | {"verdict": "meh"}), 'unknown verdict "meh"'),
        (json.dumps(CLICK | {"question": " "}), '"question" must be a text'),
        (json.dumps(CLICK | {"answer": {}}), '"short" is missing'),
    ],
)
def test_a_malformed_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    """With its number; nothing is made of the rest."""
    with pytest.raises(BadInputError, match=message):
        read_feedback(write(tmp_path, CLICK, line))
    with pytest.raises(BadInputError, match="holds no feedback"):
        read_feedback(write(tmp_path))
