"""A small corpus with a question set, for tests that go the whole way."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

SET = [
    {
        "id": "q1",
        "question": "What was the rate of insured households in 2024?",
        "language": "en",
        "kind": "figure",
        "answers": ["91.5%"],
        "reports": ["health.txt"],
    },
    {
        "id": "q2",
        "question": "How many tonnes of rice were exported in 2024?",
        "language": "en",
        "kind": "unanswerable",
    },
]


@pytest.fixture
def make_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Path]:
    """Make a folder with a corpus of one report and a set; the environment
    points to it.
    """

    def make(report: str) -> Path:
        (tmp_path / "corpus").mkdir()
        (tmp_path / "corpus" / "health.txt").write_text(report, "utf-8")
        lines = "".join(json.dumps(question) + "\n" for question in SET)
        (tmp_path / "set.jsonl").write_text(lines, "utf-8")
        monkeypatch.setenv("REPORTS_ENCODER", "hashing")
        monkeypatch.setenv("REPORTS_CORPUS_DIR", str(tmp_path / "corpus"))
        monkeypatch.setenv("REPORTS_VAR_DIR", str(tmp_path / "var"))
        return tmp_path

    return make
