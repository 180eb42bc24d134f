"""The whole way: index, ask the assistant, keep, score, time."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from evals.__main__ import main
from evals.stats import Rate
from index.hashing import HashingEncoder
from ingest.pipeline import ingest
from settings import read_settings

REPORT = (
    "In 2024, the rate of insured households in the country reached 91.5%.\n"
    "The Ministry of Health chaired the conference in Hue.\n"
)


@pytest.fixture
def place(make_place: Callable[[str], Path]) -> Path:
    """A folder with a corpus and a set; the environment points to it."""
    return make_place(REPORT)


def test_a_folder_of_reports_is_asked_about_apart(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Indexed, asked, kept and scored; the index in use is not made or touched."""
    out = place / "run"
    command = ["run", str(place / "set.jsonl"), "--out", str(out)]
    assert main([*command, "--corpus", str(place / "corpus")]) == 0
    assert not (place / "var").exists()
    made_with = json.loads((out / "settings.json").read_text("utf-8"))
    assert made_with["encoder"] == HashingEncoder.name
    assert made_with["generation"] == 1
    assert main(["score", str(out)]) == 0
    summary = json.loads((out / "summary.json").read_text("utf-8"))
    assert summary["totals"]["right"]["n"] == 2
    assert summary["totals"]["quote_verbatim"]["value"] == 1
    assert summary["totals"]["found_at_10"] == Rate(1, 1).measured.as_json()
    assert "| figure " in capsys.readouterr().out


def test_the_current_index_is_timed(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each question once, in milliseconds."""
    ingest(read_settings(), HashingEncoder)
    assert main(["speed", str(place / "set.jsonl")]) == 0
    shown = capsys.readouterr().out
    assert "| questions asked |" in shown
    assert "| 2 " in shown


def test_without_an_index_the_command_says_what_to_do(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2 and no run; asking creates no index by the way."""
    out = place / "run"
    assert main(["run", str(place / "set.jsonl"), "--out", str(out)]) == 2
    assert "python -m ingest" in capsys.readouterr().err
    assert not out.exists()
    assert not (place / "var").exists()
