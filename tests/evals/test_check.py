"""After a re-index: what was right and is not now, with both answers."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from evals.__main__ import main
from index.hashing import HashingEncoder
from ingest.pipeline import ingest
from settings import ROOT, read_settings

REPORT = "In 2024, the rate of insured households in the country reached {}.\n"


@pytest.fixture
def place(make_place: Callable[[str], Path]) -> Path:
    """A folder with a corpus and a set; the environment points to it."""
    return make_place(REPORT.format("91.5%"))


def test_a_lost_answer_is_shown_with_the_one_before(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """First a run to compare with, then nothing lost, then the lost one; exit 1."""
    days = iter(range(1, 9))
    monkeypatch.setattr(
        "index.runs.new_folder",
        lambda settings: (
            settings.var_dir / "evals" / f"2026-01-0{next(days)}T00-00-00Z"
        ),
    )
    check = ["check", str(place / "set.jsonl")]
    assert main([*check, "--baseline"]) == 0
    assert "nothing is indexed yet" in capsys.readouterr().out
    ingest(read_settings(), HashingEncoder)
    assert main([*check, "--baseline"]) == 0
    assert main([*check, "--baseline"]) == 0
    assert "there is a kept run" in capsys.readouterr().out
    assert main(check) == 0
    assert "0 were right and are not now" in capsys.readouterr().out

    (place / "corpus" / "health.txt").write_text(REPORT.format("19.5%"), "utf-8")
    ingest(read_settings(), HashingEncoder)
    assert main([*check, "--progress-json"]) == 1
    shown = capsys.readouterr()
    assert "1 were right and are not now" in shown.out
    assert "    before    91.5%" in shown.out
    assert "    now       19.5%" in shown.out
    assert "index generation 1; now: 2" in shown.out
    progress = [json.loads(line) for line in shown.err.splitlines()]
    assert progress == [{"done": 1, "total": 2}, {"done": 2, "total": 2}]
    kept = sorted((place / "var" / "evals").iterdir())
    assert [sorted(p.name for p in folder.iterdir()) for folder in kept[-1:]] == [
        [
            "answers.jsonl",
            "passages.jsonl",
            "questions.jsonl",
            "report.html",
            "report.vi.html",
            "retrieved.jsonl",
            "settings.json",
            "summary.json",
        ]
    ]


def test_ingest_asks_before_and_after(place: Path) -> None:
    """`python -m ingest --check SET`: from the old index to the new one, exit 1."""

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "ingest", "--check", str(place / "set.jsonl")],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

    ingest(read_settings(), HashingEncoder)
    (place / "corpus" / "health.txt").write_text(REPORT.format("19.5%"), "utf-8")
    done = run()
    assert done.returncode == 1, done.stderr
    assert "1 replaced" in done.stdout
    assert "before    91.5%" in done.stdout
    assert "now       19.5%" in done.stdout


def test_a_set_that_does_not_fit_the_corpus_is_bad_input(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its report was removed: said, exit 2, and no run is kept."""
    ingest(read_settings(), HashingEncoder)
    (place / "corpus" / "health.txt").rename(place / "corpus" / "moved.txt")
    assert main(["check", str(place / "set.jsonl")]) == 2
    assert 'report "health.txt" is not in' in capsys.readouterr().err
    assert not (place / "var" / "evals").exists()
