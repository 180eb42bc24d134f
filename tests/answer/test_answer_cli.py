"""`python -m answer`: for people, for programs, and when something is wrong."""

import io
import json
from pathlib import Path
from typing import Any, Protocol

import pytest

from answer.__main__ import main

WATER = "What share of rural households used clean water in 2024?"
# The design's keys in its order, then the extensions.
KEYS = [
    "question", "language", "short", "text", "abstained", "reason", "confidence",
    "citations", "figures", "took_ms", "kind", "generation",
]  # fmt: skip
CITATION_KEYS = [
    "number", "report", "title", "publisher", "url", "published", "page", "start",
    "end", "quote", "language",
]  # fmt: skip
FIGURE_KEYS = [
    "raw", "value", "unit", "subject", "period", "place", "status", "citation",
]  # fmt: skip

Capture = pytest.CaptureFixture[str]


class Library(Protocol):
    """What the fixture gives: see conftest."""

    settings: Any


@pytest.fixture
def _index(quick_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment points to an index made without a model."""
    monkeypatch.setenv("REPORTS_CORPUS_DIR", str(quick_library.settings.corpus_dir))
    monkeypatch.setenv("REPORTS_VAR_DIR", str(quick_library.settings.var_dir))
    monkeypatch.setenv("REPORTS_ENCODER", "hashing")


def lines(capsys: Capture) -> list[dict[str, Any]]:
    """What was printed, read as JSON lines."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.usefixtures("_index")
def test_people_read_headline_text_and_sources(capsys: Capture) -> None:
    """The figure first, and where it stands, word for word."""
    assert main([WATER]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[0] == "68.4%"
    assert "water.txt, page 1: “In 2024, the share of rural households" in out
    assert err == ""


@pytest.mark.usefixtures("_index")
def test_json_has_the_keys_of_the_design(capsys: Capture) -> None:
    """One line; extended, never renamed."""
    assert main([WATER, "--json"]) == 0
    (answer,) = lines(capsys)
    assert list(answer) == KEYS
    assert list(answer["citations"][0]) == CITATION_KEYS
    assert list(answer["figures"][0]) == FIGURE_KEYS
    assert answer["short"] == "68.4%"
    assert answer["figures"][0]["value"] == 68.4


@pytest.mark.usefixtures("_index")
def test_json_keeps_vietnamese_readable(capsys: Capture) -> None:
    """Letters stand as they are, not as escapes."""
    question = "Năm 2023 cả nước có bao nhiêu điểm tiêm chủng?"
    assert main([question, "--json"]) == 0
    assert question in capsys.readouterr().out


BATCH: list[dict[str, Any]] = [
    {"id": "a", "question": WATER},
    {"id": 2, "question": "And in 2023?", "history": [WATER]},
    {"question": "Write a poem"},
    {"id": "d", "question": "What is 2 + 2?", "history": None},
]


@pytest.mark.usefixtures("_index")
def test_a_batch_gives_one_answer_a_line(tmp_path: Path, capsys: Capture) -> None:
    """In order, each with its id if it has one, turns before taken along."""
    path = tmp_path / "batch.jsonl"
    path.write_text("\n\n".join(map(json.dumps, BATCH)), "utf-8-sig")
    assert main(["--batch", str(path), "--json"]) == 0
    answers = lines(capsys)
    assert [answer.get("id") for answer in answers] == ["a", 2, None, "d"]
    assert list(answers[0]) == ["id", *KEYS]
    assert list(answers[2]) == KEYS
    assert [answer["short"] for answer in answers] == ["68.4%", "65.2%", "", ""]
    assert [a["question"] for a in answers] == [row["question"] for row in BATCH]


@pytest.mark.usefixtures("_index")
def test_a_batch_may_come_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """`-` reads what is piped in."""
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(BATCH[0]) + "\n"))
    assert main(["--batch", "-", "--json"]) == 0
    assert [answer["id"] for answer in lines(capsys)] == ["a"]


@pytest.mark.usefixtures("_index")
def test_a_batch_can_be_read_by_people(tmp_path: Path, capsys: Capture) -> None:
    """Without --json each question is followed by its reply."""
    path = tmp_path / "batch.jsonl"
    path.write_text(json.dumps(BATCH[0]), "utf-8")
    assert main(["--batch", str(path)]) == 0
    assert capsys.readouterr().out.startswith(f"{WATER}\n68.4%\n")


@pytest.mark.usefixtures("_index")
def test_an_empty_batch_is_answered_by_nothing(tmp_path: Path, capsys: Capture) -> None:
    """No questions, no answers, no error."""
    path = tmp_path / "batch.jsonl"
    path.write_text("\n", "utf-8")
    assert main(["--batch", str(path), "--json"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        '"a question"',
        "{}",
        '{"question": 3}',
        '{"question": "x", "history": "y"}',
        '{"question": "x", "history": [1]}',
    ],
)
@pytest.mark.usefixtures("_index")
def test_a_malformed_line_is_named_and_nothing_is_answered(
    tmp_path: Path, capsys: Capture, line: str
) -> None:
    """Exit 1 with the line's number, before any question is asked."""
    path = tmp_path / "batch.jsonl"
    path.write_text(f"{json.dumps(BATCH[0])}\n\n{line}\n", "utf-8")
    assert main(["--batch", str(path), "--json"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert f"{path}, line 3" in err
    assert "Traceback" not in err


@pytest.mark.usefixtures("_index")
def test_a_batch_that_cannot_be_read_is_named(tmp_path: Path, capsys: Capture) -> None:
    """Neither a file that is not there nor one that is no text."""
    binary = tmp_path / "binary.jsonl"
    binary.write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "none.jsonl", tmp_path, binary):
        assert main(["--batch", str(path)]) == 1
        assert f"{path} cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [[], [WATER, "--batch", "-"], [WATER, "--unknown"], ["--batch"]]
)
def test_misuse_ends_with_2(arguments: list[str], capsys: Capture) -> None:
    """A question or a batch, not both and not neither."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: python -m answer" in capsys.readouterr().err


def test_without_an_index_it_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Exit 1, nothing on stdout, and no index made by the way."""
    monkeypatch.setenv("REPORTS_VAR_DIR", str(tmp_path / "var"))
    assert main([WATER, "--json"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "python -m ingest" in err
    assert not (tmp_path / "var").exists()
