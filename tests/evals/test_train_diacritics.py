"""Learning where marks stand, on a few sentences."""

import json
from pathlib import Path

import pytest

from answer.diacritics import COUNTS
from evals.train_diacritics import counted, main


def test_pairs_seen_once_are_left_out() -> None:
    """Only what was seen twice is kept of pairs; each word is kept. No English."""
    texts = ["hồ sơ trực tuyến", "nộp hồ sơ", "files that were submitted online"]
    follow, alone = counted(texts)
    assert follow == {("hồ", "sơ"): 2}
    assert alone["nộp"] == 1
    assert "files" not in alone


def test_the_command_writes_and_measures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Counts of a set are written as rows, and the held set measured."""
    lesson = tmp_path / "lessons" / "a"
    lesson.mkdir(parents=True)
    asked = {"question": "Năm 2024 có bao nhiêu hồ sơ nộp trực tuyến?"}
    line = json.dumps(asked, ensure_ascii=False)
    (lesson / "questions.jsonl").write_text(f"{line}\n{line}\n", encoding="utf-8")
    out = tmp_path / "out.tsv"
    told = ["--lessons", str(lesson.parent), "--held", str(lesson.parent)]
    assert main([*told, "--out", str(out)]) == 0
    assert "hồ\tsơ\t" in out.read_text(encoding="utf-8")
    assert "1.000 of 2 questions whole" in capsys.readouterr().out


def test_the_shipped_counts_are_of_words(tmp_path: Path) -> None:
    """Every row has a word and a positive count."""
    for row in COUNTS.read_text(encoding="utf-8").splitlines():
        _, word, count = row.split("\t")
        assert word
        assert int(count) > 0
