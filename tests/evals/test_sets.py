"""Question sets are read whole or refused with the lines that are wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from evals.sets import doubts, read_sets
from index.errors import BadInputError

GOOD: dict[str, Any] = {
    "id": "q1",
    "question": "What was the rate in 2024?",
    "language": "en",
    "kind": "figure",
    "answers": ["45%"],
    "reports": ["a.txt"],
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with one report."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text("The rate reached 45% in 2024.", "utf-8")
    return folder


def write(folder: Path, *lines: str | dict[str, Any]) -> Path:
    """A set of these lines."""
    path = folder / "set.jsonl"
    texts = [
        x if isinstance(x, str) else json.dumps(x, ensure_ascii=False) for x in lines
    ]
    path.write_text("\n".join(texts), "utf-8")
    return path


def test_a_good_set_is_read(corpus: Path, tmp_path: Path) -> None:
    """Blank lines and a note are allowed; what is not given is empty."""
    path = write(tmp_path, GOOD, "", {**GOOD, "id": "q2", "note": "checked"})
    first, second = read_sets([path], corpus)
    assert (first.id, second.id) == ("q1", "q2")
    assert first.answers == ("45%",)
    assert first.traps == ()
    assert first.answerable


def test_questions_about_absent_reports_may_be_left_out(
    corpus: Path, tmp_path: Path
) -> None:
    """So an office can ask with reports of its own; none left to ask is an error."""
    path = write(tmp_path, GOOD, {**GOOD, "id": "q2", "reports": ["b.txt"]})
    assert [q.id for q in read_sets([path], corpus, present=True)] == ["q1"]
    (corpus / "a.txt").unlink()
    with pytest.raises(BadInputError, match="no test question is about the reports"):
        read_sets([path], corpus, present=True)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"id": "q1",', r"set.jsonl:2: not JSON \(column"),
        ("[1, 2]", "set.jsonl:2: not a JSON object"),
        ("{}", 'set.jsonl:2: "id" must be a text'),
        ({**GOOD, "kind": "riddle"}, 'unknown kind "riddle" .known: figure, target'),
        ({**GOOD, "language": "fr"}, 'unknown language "fr"'),
        ({**GOOD, "question": " "}, '"question" must be a text'),
        ({**GOOD, "answers": "45%"}, '"answers" must be a list'),
        ({**GOOD, "answers": [45]}, '"answers" must be a list of texts'),
        ({**GOOD, "answers": []}, 'missing gold: give "answers"'),
        ({**GOOD, "reports": []}, 'missing gold: give "reports"'),
        ({**GOOD, "reports": ["b.txt"]}, 'report "b.txt" is not in'),
        ({**GOOD, "kind": "unanswerable"}, 'has no "answers"'),
        ({**GOOD, "kind": "follow-up"}, 'needs its "history"'),
        ({**GOOD, "answer": "45%"}, 'unknown field "answer"'),
        ({**GOOD, "traps": ["45.0 percent"]}, r"traps\[0\] stands in answers\[0\]"),
        ({**GOOD, "id": "q0"}, "its id is used already at set.jsonl:1"),
    ],
)
def test_a_bad_line_is_named(
    corpus: Path, tmp_path: Path, line: str | dict[str, Any], message: str
) -> None:
    """Each mistake is reported with its line and what is wrong."""
    path = write(tmp_path, {**GOOD, "id": "q0"}, line)
    with pytest.raises(BadInputError, match=message):
        read_sets([path], corpus)


def test_all_mistakes_are_reported_together(corpus: Path, tmp_path: Path) -> None:
    """An official mends a set in one go."""
    path = write(tmp_path, "{", {**GOOD, "kind": "riddle"}, {**GOOD, "answers": []})
    with pytest.raises(BadInputError) as caught:
        read_sets([path], corpus)
    assert [line.split(": ")[0] for line in str(caught.value).splitlines()] == [
        "set.jsonl:1",
        "set.jsonl:2",
        "set.jsonl:3",
    ]


def test_mistakes_do_not_give_away_a_blind_set(corpus: Path, tmp_path: Path) -> None:
    """Lines and fields are named, question and gold are not."""
    path = write(tmp_path, {**GOOD, "traps": ["45%"]}, {**GOOD, "reports": []})
    with pytest.raises(BadInputError) as caught:
        read_sets([path], corpus)
    assert "45" not in str(caught.value)
    assert "rate" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_an_empty_set_is_an_error(corpus: Path, tmp_path: Path, text: str) -> None:
    """No question is not a success."""
    path = tmp_path / "set.jsonl"
    path.write_text(text, "utf-8")
    with pytest.raises(BadInputError, match="holds no question"):
        read_sets([path], corpus)


def test_a_file_that_cannot_be_read_is_an_error(corpus: Path, tmp_path: Path) -> None:
    """Missing and mis-encoded files are named."""
    with pytest.raises(BadInputError, match="cannot read"):
        read_sets([tmp_path / "none.jsonl"], corpus)
    (tmp_path / "latin.jsonl").write_bytes(b"\xff")
    with pytest.raises(BadInputError, match="not UTF-8"):
        read_sets([tmp_path / "latin.jsonl"], corpus)


def test_a_gold_figure_that_no_report_gives_is_doubted(
    corpus: Path, tmp_path: Path
) -> None:
    """A slip in the gold shows before it counts against the assistant."""
    path = write(tmp_path, GOOD, {**GOOD, "id": "q2", "answers": ["54%"]})
    assert doubts(read_sets([path], corpus), corpus) == [
        "q2: none of its reports gives its figure"
    ]
