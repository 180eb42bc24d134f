"""Runs are kept whole, read back, scored again and compared."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from answer.records import Answer, Citation
from evals.__main__ import APART, main
from evals.ask import apart, ask_all
from evals.ranking import Found, Passage
from evals.run import free_folder, last, load, save
from evals.sets import Question
from index.errors import BadInputError
from settings import read_settings

TEXT = "The rate reached 45% in 2024."
QUESTIONS = [
    Question("q1", "Rate?", "en", "figure", answers=("45%",), reports=("a.txt",)),
    Question("q2", "And Mars?", "en", "unanswerable", history=("Rate?",)),
]
# What a search gave: the passage that holds the gold, second.
FOUND = Found(
    {
        1: Passage(1, "a.txt", 1, 0, len(TEXT), TEXT),
        2: Passage(2, "b.txt", 1, 0, 5, "Rice <b>&</b>"),
    },
    {"q1": (2, 1), "q2": (1, 2)},
)


class Parrot:
    """Says one figure to the first question of a talk, refuses follow-ups."""

    def __init__(self, short: str) -> None:
        self.short = short

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Answer from the one report."""
        if history:
            return Answer(question, "en", "", "No.", True, "topic", 0.1)
        source = Citation(1, "a.txt", None, None, None, None, 1, 0, len(TEXT), TEXT)
        return Answer(question, "en", self.short, "[1]", False, None, 0.9, (source,))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with one report."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, "utf-8")
    return folder


def saved(folder: Path, corpus: Path, short: str = "45%") -> Path:
    """A run of the parrot."""
    made_with = {"corpus": str(corpus), "generation": 3, "sets": ["set.jsonl"]}
    answers = list(ask_all(Parrot(short), QUESTIONS))
    save(folder, QUESTIONS, answers, made_with, FOUND)
    return folder


def test_a_run_is_read_back_as_it_was(tmp_path: Path, corpus: Path) -> None:
    """Questions, answers and what they were made with."""
    run = load(saved(tmp_path / "run", corpus))
    assert run.questions == QUESTIONS
    assert run.answers["q1"]["short"] == "45%"
    assert run.answers["q1"]["wall_ms"] >= 0
    assert run.answers["q2"]["abstained"]
    assert run.found == FOUND
    assert run.made_with["generation"] == 3


def test_a_run_never_writes_over_another(tmp_path: Path, corpus: Path) -> None:
    """An earlier run stays as it is; an empty folder may be used."""
    folder = saved(tmp_path / "run", corpus)
    with pytest.raises(BadInputError, match="exists already"):
        saved(folder, corpus, "12%")
    assert load(folder).answers["q1"]["short"] == "45%"
    (tmp_path / "empty").mkdir()
    assert free_folder(saved(tmp_path / "new" / "run", corpus).parent / "other")
    saved(tmp_path / "empty", corpus)


def test_nothing_half_written_stays(tmp_path: Path, corpus: Path) -> None:
    """A value that cannot be written leaves no folder behind."""
    with pytest.raises(TypeError):
        save(tmp_path / "run", QUESTIONS, [{"id": object()}], {})
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]


def test_score_prints_the_tables(
    tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Totals and slices with n, and summary.json beside the answers."""
    folder = saved(tmp_path / "run", corpus)
    assert main(["score", str(folder)]) == 0
    shown = capsys.readouterr().out
    assert "| total " in shown
    assert "| unanswerable " in shown
    assert "index generation 3" in shown
    summary = json.loads((folder / "summary.json").read_text("utf-8"))
    assert summary["generation"] == 3
    assert summary["totals"]["right_cited"]["value"] == 1
    assert summary["totals"]["mrr"]["value"] == 0.5
    assert summary["totals"]["quote_verbatim"] == {
        "value": 1.0,
        "low": pytest.approx(0.2065, abs=1e-3),
        "high": 1.0,
        "n": 1,
    }


def test_misses_are_shown_only_when_asked_for(
    tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Scores of a blind set do not give it away."""
    folder = saved(tmp_path / "run", corpus, "12%")
    main(["score", str(folder)])
    assert "Rate?" not in capsys.readouterr().out
    main(["score", str(folder), "--show-misses"])
    shown = capsys.readouterr().out
    assert "q1 [wrong shown] Rate?" in shown
    assert "gold   45%" in shown
    assert TEXT in shown


def test_a_gold_put_right_needs_no_asking(
    tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A run can be scored by a newer set."""
    folder = saved(tmp_path / "run", corpus, "12%")
    newer = tmp_path / "newer.jsonl"
    mended = [{**QUESTIONS[0].as_json(), "answers": ["12%"]}, QUESTIONS[1].as_json()]
    newer.write_text("\n".join(json.dumps(q) for q in mended), "utf-8")
    assert main(["score", str(folder), "--sets", str(newer), "--show-misses"]) == 0
    assert "right, wrongly cited" in capsys.readouterr().out


def test_a_floor_fails_the_command(
    tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 1, and which floor, so that a change for the worse stops here."""
    folder = saved(tmp_path / "run", corpus, "12%")
    limits = tmp_path / "floors.toml"
    limits.write_text("[total]\nright = 0.9\nwrong_shown = 0.9\n", "utf-8")
    assert main(["score", str(folder), "--floors", str(limits)]) == 1
    said = capsys.readouterr().err
    assert said == "floor broken: total right: 0.5 is under the floor of 0.9\n"


def test_compare_names_what_changed(
    tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two runs from the command line, worse after better."""
    before = saved(tmp_path / "before", corpus)
    after = saved(tmp_path / "after", corpus, "12%")
    assert main(["compare", str(before), str(after)]) == 0
    shown = capsys.readouterr().out
    assert "worse: 1\n  q1  right → wrong shown" in shown
    assert "gold      45%\n    before    45%" in shown
    assert "    now       12%" in shown
    assert "2 questions in both runs" in shown


@pytest.mark.parametrize(
    "damage",
    ["answers.jsonl", "questions.jsonl", "settings.json", "passages.jsonl"],
)
def test_a_damaged_run_is_bad_input(
    tmp_path: Path, corpus: Path, damage: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Missing or cut files: one line, exit 2, no traceback."""
    folder = saved(tmp_path / "run", corpus)
    (folder / damage).write_text("{", "utf-8")
    assert main(["score", str(folder)]) == 2
    (folder / damage).unlink()
    assert main(["score", str(folder)]) == 2
    assert damage in capsys.readouterr().err
    assert not (folder / "summary.json").exists()


def test_validate_from_the_command_line(
    tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """0 with a count for a good set, 2 with the lines for a bad one."""
    path = saved(tmp_path / "run", corpus) / "questions.jsonl"
    assert main(["validate", str(path), "--corpus", str(corpus)]) == 0
    assert "2 questions, 1 answerable" in capsys.readouterr().out
    path.write_text('{"id": 1}\n', "utf-8")
    assert main(["validate", str(path), "--corpus", str(corpus)]) == 2
    assert 'questions.jsonl:1: "id" must be a text' in capsys.readouterr().err


def test_a_bad_set_is_refused_before_anything_is_asked(
    tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No folder is made for a run that cannot be scored."""
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    out = tmp_path / "run"
    command = ["run", str(empty), "--out", str(out), "--corpus", str(corpus)]
    assert main(command) == 2
    assert "holds no question" in capsys.readouterr().err
    assert not out.exists()


def test_other_reports_are_asked_about_apart(tmp_path: Path, corpus: Path) -> None:
    """The index in use is not touched, and nothing stays behind."""
    settings = read_settings({"REPORTS_VAR_DIR": str(tmp_path / "var")})
    with apart(settings, corpus) as other:
        assert other.corpus_dir == corpus.resolve()
        assert other.var_dir.is_dir()
        assert other.var_dir != settings.var_dir
    assert not other.var_dir.exists()
    assert settings.var_dir == tmp_path / "var"


def test_the_last_run_is_the_newest_that_was_scored(
    tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever shows "the last run" never meets one that is still being made."""
    settings = read_settings({"REPORTS_VAR_DIR": str(tmp_path / "var")})
    kept = settings.var_dir / "evals"
    assert last(settings) is None
    for day in ("2026-01-01T00-00-00Z", "2026-01-02T00-00-00Z"):
        saved(kept / day, corpus)
    main(["score", str(kept / "2026-01-01T00-00-00Z")])
    assert last(settings) == kept / "2026-01-01T00-00-00Z"
    assert last(settings, [tmp_path / "another.jsonl"]) is None


def test_commands_that_are_missing_say_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A part that this version comes without is told, not a traceback."""
    monkeypatch.setitem(APART, "scale", ("evals.no_such_part", ""))
    assert main(["scale"]) == 2
    assert "this version has no evals.no_such_part" in capsys.readouterr().err
