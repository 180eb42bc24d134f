"""Learning what questions ask for, on a handful of them."""

import json
from pathlib import Path

import pytest

from evals.train_likely import Example, examples, learn, main, measured

REPORT = """In 2024 the province planted 1,200 hectares of forest. By 2030 it aims to
reach 60% of households with clean water."""


def _line(number: int, question: str, kind: str, answer: str) -> str:
    asked = {"id": f"x{number}", "question": question, "language": "en", "kind": kind}
    rest = {"answers": [answer], "quotes": [REPORT], "reports": ["a.txt"]}
    return json.dumps({**asked, **rest})


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    """One set of twelve questions on one report."""
    folder = tmp_path / "lessons" / "a"
    (folder / "reports").mkdir(parents=True)
    (folder / "reports" / "a.txt").write_text(REPORT, encoding="utf-8")
    lines = [
        line
        for i in range(4)
        for line in (
            _line(3 * i, f"How many hectares in district {i}?", "figure", "1,200"),
            _line(3 * i + 1, f"What share by 203{i} as a goal?", "target", "60%"),
            _line(3 * i + 2, f"Why is it late in {i}?", "explain", "reach"),
        )
    ]
    (folder / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path / "lessons"


def test_the_ledger_says_what_kind_of_figure_was_asked_for(lessons: Path) -> None:
    """The known answer's figure names the kind; other kinds name themselves."""
    found = set(examples(lessons))
    assert Example("How many hectares in district 0?", "count", False) in found
    assert Example("What share by 2030 as a goal?", "share", True) in found
    assert Example("Why is it late in 0?", "explain", None) in found


def test_what_is_learned_is_written_and_right(
    lessons: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command writes weights that tell the lessons' own questions apart."""
    out = tmp_path / "likely.safetensors"
    args = ["--lessons", str(lessons), "--held", str(lessons), "--out", str(out)]
    assert main(args) == 0
    assert "12 others: right kind 1.000" in capsys.readouterr().out
    weights = learn(list(examples(lessons)))
    assert "right kind 1.000" in measured(weights, list(examples(lessons)))
