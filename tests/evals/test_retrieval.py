"""The encoder's own measure: ranks, sentences, and clear errors."""

import json
from pathlib import Path

import numpy as np
import pytest

from evals.retrieval import main, ranks_of, retrieval_table
from index.errors import BadInputError
from index.hashing import HashingEncoder

TEXTS = {
    "en": ["Rice is grown here. The harvest was large.", "Trains run daily."],
    "vi": ["Lúa được trồng ở đây. Vụ mùa bội thu.", "Tàu chạy hằng ngày."],
}
ASKED = {
    "en": [
        ("a", 0, "harvest", "Was the harvest large?"),
        ("b", 1, "Trains", "Trains?"),
    ],
    "vi": [("a", 0, "Vụ mùa", "Vụ mùa ra sao?"), ("b", 1, "Tàu", "Tàu chạy khi nào?")],
}


def write_xquad(folder: Path) -> Path:
    """Two paragraphs and two questions in each language."""
    for language, texts in TEXTS.items():
        paragraphs = [
            {
                "context": text,
                "qas": [
                    {
                        "id": name,
                        "question": question,
                        "answers": [{"answer_start": text.index(gold), "text": gold}],
                    }
                    for name, of, gold, question in ASKED[language]
                    if of == row
                ],
            }
            for row, text in enumerate(texts)
        ]
        data = {"version": "1.1", "data": [{"paragraphs": paragraphs}]}
        (folder / f"xquad.{language}.json").write_text(json.dumps(data))
    return folder


def test_ranks_count_from_one_and_ties_are_no_success() -> None:
    """An encoder that gives every text one vector must not look perfect."""
    scores = np.array([[0.9, 0.1, 0.5], [0.1, 0.2, 0.3], [0.5, 0.5, 0.5]], np.float32)

    assert ranks_of(scores, np.array([0, 0, 1])).tolist() == [1, 3, 3]


def test_every_pair_of_languages_is_measured(
    tmp_path: Path, hashing_encoder: HashingEncoder
) -> None:
    """Paragraphs for four pairs, sentences for two, by three sums of vectors."""
    rows = retrieval_table(hashing_encoder, write_xquad(tmp_path))

    assert [(row.asked, row.of, row.candidates) for row in rows] == [
        *[("en", "en", 2), ("vi", "vi", 2), ("vi", "en", 2), ("en", "vi", 2)],
        *[("en", "en", 3)] * 3,
        *[("vi", "en", 3)] * 3,
    ]
    within = [row for row in rows if row.asked == row.of == "en"]
    assert [row.recall_1 for row in within] == [1.0] * 4
    assert all(0 < row.mrr <= 1 and row.recall_10 == 1.0 for row in rows)


@pytest.mark.parametrize("content", ["{}", "[]", "not JSON", '{"data": []}'])
def test_a_file_that_is_not_xquad_is_told(
    tmp_path: Path, hashing_encoder: HashingEncoder, content: str
) -> None:
    """Also an empty one: no questions is no success."""
    write_xquad(tmp_path)
    (tmp_path / "xquad.vi.json").write_text(content)

    with pytest.raises(BadInputError, match=r"xquad\.vi\.json is not an XQuAD file"):
        retrieval_table(hashing_encoder, tmp_path)


def test_the_command_prints_a_table_and_json(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """For people and for programs; a missing folder is exit 2 and advice."""
    monkeypatch.setenv("REPORTS_ENCODER", "hashing")
    write_xquad(tmp_path)

    assert main(["--xquad", str(tmp_path)]) == 0
    assert "| en → en" in capsys.readouterr().out
    assert main(["--xquad", str(tmp_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["encoder"] == "hashing-256"
    assert main(["--xquad", str(tmp_path / "none")]) == 2
    assert "xquad.en.json" in capsys.readouterr().err
