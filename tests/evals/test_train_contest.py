"""Learning which candidate answers, on lists made for it."""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from answer.contest import read_weights, sure_of
from answer.pieces import FIGURE_WANTS
from evals.rivals import Rivals
from evals.train_contest import Learned, Plan, collect, default_sets, fitted, worth
from index.errors import BadInputError

MakePlace = Callable[[str], Path]

QUICK = Plan(units=4, fits=2, epochs=30)
COUNT = 3  # pieces
REPORT = """Health insurance in 2024

On January 10, 2025, the Ministry of Health reported on health insurance.

In 2024, the rate of insured households reached 91.5% nationwide. In 2023 it was 88%.
"""


def _learned(name: str, seed: int, count: int = 60) -> Learned:
    """Questions with four candidates: the first piece tells the right one, if any."""
    rolls = random.Random(seed)  # no secret
    lists = []
    for _ in range(count):
        rows = [[rolls.random() for _ in range(COUNT)] for _ in range(4)]
        right = [row[0] > 0.8 for row in rows]
        pieces = np.array(rows, dtype=np.float32)
        told = tuple(range(4))
        lists.append(Rivals(pieces, np.array(right), told, figures=True, read=True))
    return Learned(name, tuple(lists))


def test_what_tells_the_right_one_is_learned() -> None:
    """Sure where a candidate has it, doubtful where none has."""
    network = fitted([_learned("a/b/questions.jsonl", 1)], QUICK)
    rows = np.full((2, COUNT), 0.5, dtype=np.float32)
    rows[0, 0] = 0.95
    sure = sure_of(network.odds(rows), ("yes", "no"))
    rows[0, 0] = 0.5
    doubtful = sure_of(network.odds(rows), ("yes", "no"))
    assert sure[0] > 0.5 > doubtful.max()


def test_what_is_the_same_for_all_says_nothing() -> None:
    """A piece without spread does not make the weights infinite."""
    learned = _learned("a/b/questions.jsonl", 2)
    same = [
        replace(each, pieces=np.hstack([each.pieces, np.ones((4, 1), np.float32)]))
        for each in learned.lists
    ]
    network = fitted([replace(learned, lists=tuple(same))], QUICK)
    assert all(np.isfinite(part).all() for part in (network.direct, network.inner))


def test_a_set_is_judged_by_the_others() -> None:
    """What it is worth is told of sets left out of the fit."""
    sets = [_learned(f"a/{name}/questions.jsonl", ord(name)) for name in "abc"]
    told = worth(sets, QUICK)
    assert told.startswith("180 lists left out of the fit")
    assert "AUROC 0." in told
    assert "too few" in worth(sets[:1], QUICK)


def test_dense_sets_weigh_less() -> None:
    """They are not what officials mostly have; a set weighs as the root of its size."""
    ordinary = _learned("evals/fresh/plain.jsonl", 1)
    dense = _learned("held/t/questions.jsonl", 1)
    assert ordinary.ordinary
    assert not dense.ordinary
    assert dense.weight < ordinary.weight
    assert _learned("evals/fresh/plain.jsonl", 1, 15).weight == 2 * ordinary.weight


def test_without_candidates_nothing_is_learned() -> None:
    """A clear error instead of weights without meaning."""
    with pytest.raises(BadInputError, match="nothing to learn"):
        fitted([Learned("a", ())], QUICK)


def test_blind_sets_and_read_lessons_are_left_out() -> None:
    """Nobody looks at the one, and of the others the reader knows too much."""
    names = ["/".join(path.parts[-3:]) for path in default_sets()]
    assert "evals/fresh/plain.jsonl" in names
    assert "lessons/ap/questions.jsonl" in names
    apart = ["unseen", "lessons/a/", "voices", "acceptance", "regions", "localities"]
    apart += ["further/apart"]
    assert not [name for name in names if any(part in name for part in apart)]


def test_a_set_is_asked_about_its_own_reports(
    make_place: MakePlace, tmp_path: Path
) -> None:
    """The right candidate is marked; a question without an answer has none."""
    place = make_place(REPORT)
    folder = tmp_path / "own"
    folder.mkdir()
    (place / "corpus").rename(folder / "reports")
    quoted = "In 2024, the rate of insured households reached 91.5% nationwide."
    lines = (place / "set.jsonl").read_text("utf-8").splitlines()
    asked = [{**json.loads(line), "quotes": [quoted]} for line in lines[:1]]
    source = folder / "questions.jsonl"
    source.write_text("".join([json.dumps(asked[0]) + "\n", lines[1]]), "utf-8")
    found = collect(source)
    figures = [each for each in found.lists if each.figures]
    assert figures
    pieces = len(read_weights().figures.direct)
    assert all(each.pieces.shape == (len(each.said), pieces) for each in figures)
    assert len(FIGURE_WANTS) == 9
    right = [
        each.said[int(each.right.argmax())] for each in found.lists if each.right.any()
    ]
    assert ("share", 91.5, None) in right


def test_a_list_is_right_by_its_items(make_place: MakePlace, tmp_path: Path) -> None:
    """What opens a list tells none of its items, but the reply shows them below."""
    tasks = "The minister assigned the following tasks to hospitals:"
    items = "- Publish the waiting times.\n- Train the nurses."
    place = make_place(f"{REPORT}\n{tasks}\n{items}\n")
    folder = tmp_path / "own"
    folder.mkdir()
    (place / "corpus").rename(folder / "reports")
    asked = {
        "id": "q1", "question": "What tasks did the minister assign to hospitals?",
        "language": "en", "kind": "list", "all": ["waiting times", "nurses"],
        "reports": ["health.txt"], "quotes": [tasks, *items.splitlines()],
    }  # fmt: skip
    source = folder / "questions.jsonl"
    source.write_text(json.dumps(asked) + "\n", "utf-8")
    found = collect(source)
    assert found.lists
    assert all(each.right.any() for each in found.lists)
