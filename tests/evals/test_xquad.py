"""XQuAD through the whole assistant, on two paragraphs and a small encoder."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evals.xquad import Trial, main, result_of, risk_at

TEXTS = {
    "en": [
        "Rice is grown in the delta. The harvest reached 43 million tonnes in 2024.",
        "Trains run daily. The railway carried 7.3 million passengers in 2024.",
    ],
    "vi": [
        "Lúa được trồng ở đồng bằng. Năm 2024, sản lượng lúa đạt 43 triệu tấn.",
        "Tàu chạy hằng ngày. Năm 2024, đường sắt chở 7,3 triệu lượt khách.",
    ],
}
ASKED = {
    "en": [
        ("a", 0, "43 million", "How many tonnes did the harvest reach in 2024?"),
        ("b", 1, "7.3 million", "How many passengers did the railway carry in 2024?"),
    ],
    "vi": [
        ("a", 0, "43 triệu", "Năm 2024 sản lượng lúa đạt bao nhiêu tấn?"),
        ("b", 1, "7,3 triệu", "Năm 2024 đường sắt chở bao nhiêu lượt khách?"),
    ],
}


@pytest.fixture
def xquad(tmp_path: Path) -> Path:
    """Two articles of a paragraph each, in both languages."""
    for language, texts in TEXTS.items():
        articles = []
        for row, text in enumerate(texts):
            asked = [
                {
                    "id": name,
                    "question": question,
                    "answers": [{"answer_start": text.index(gold), "text": gold}],
                }
                for name, of, gold, question in ASKED[language]
                if of == row
            ]
            articles.append({"paragraphs": [{"context": text, "qas": asked}]})
        path = tmp_path / f"xquad.{language}.json"
        path.write_text(json.dumps({"data": articles}), "utf-8")
    return tmp_path


def test_the_whole_way(
    xquad: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Found, chosen, and less sure without the paragraph; kept as files."""
    monkeypatch.setenv("REPORTS_ENCODER", "hashing")
    monkeypatch.setenv("REPORTS_VAR_DIR", str(xquad / "var"))
    out = xquad / "out"
    command = [str(xquad), "--pairs", "en-en", "vi-vi", "--out", str(out)]
    assert main(command) == 0
    shown = capsys.readouterr().out
    assert "| en → en " in shown
    assert "| vi → vi " in shown
    lines = (out / "trials.jsonl").read_text("utf-8").splitlines()
    trials = [json.loads(line) for line in lines]
    assert [(t["id"], t["odd"]) for t in trials if t["asked"] == "en"] == [
        ("a", False),
        ("b", True),
    ]
    assert all(t["ranked"][0] == t["paragraph"] for t in trials)
    odd = [t for t in trials if t["odd"]]
    assert all(t["right"] and t["without"] < t["confidence"] for t in odd)
    assert all(t["without"] is None for t in trials if not t["odd"])
    results = json.loads((out / "results.json").read_text("utf-8"))["results"]
    assert [r["auroc"]["value"] for r in results] == [1, 1]
    assert (out / "risk-coverage.svg").read_text("utf-8").startswith("<svg xmlns")
    assert not (xquad / "var").exists()
    assert main(command) == 2
    assert "exists already" in capsys.readouterr().err


def test_only_odd_articles_count_for_choice_and_refusal() -> None:
    """The even ones may be trained on; retrieval is measured on all."""
    even = Trial("en", "en", "1", False, "a", ("a",), 0.9, True)
    odd = Trial("en", "en", "2", True, "b", ("a", "b"), 0.8, False, without=0.8)
    result = result_of([even, odd, replace(odd, id="3", right=True, without=0.1)])
    assert result.retrieval["recall_at_1"].n == 3
    assert (result.sentence.value, result.sentence.n) == (0.5, 2)
    # Of the four pairs of one with and one without, three are in order, one tied
    # against each: (0.8, 0.8) half, (0.8, 0.1) whole.
    assert result.auroc.value == pytest.approx(0.75)
    assert (result.shown.value, result.shown_without.value) == (1, 0.5)
    # All three surest are shown at once: one of them is right.
    assert risk_at(result.points, 0.5) == pytest.approx(2 / 3)
    assert risk_at(result.points[:1], 0.9) is None


def test_a_folder_without_the_data_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2 and where to get it."""
    monkeypatch.setenv("REPORTS_ENCODER", "hashing")
    assert main([str(tmp_path)]) == 2
    assert "xquad.en.json" in capsys.readouterr().err
