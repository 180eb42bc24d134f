"""Two runs, question by question."""

from dataclasses import replace

import pytest

from evals.compare import compare, report
from evals.judge import Verdict
from index.errors import BadInputError

RIGHT = Verdict(
    id="q1",
    kind="figure",
    language="en",
    reports=("a.txt",),
    periods=(),
    answerable=True,
    has_traps=True,
    abstained=False,
    right=True,
    cited=True,
    trapped=False,
    citations=1,
    good_citations=1,
    reports_cited=1,
    quotes=1,
    good_quotes=1,
    confidence=0.9,
    ms=10.0,
)
UNCITED = replace(RIGHT, cited=False)
REFUSED = replace(RIGHT, right=False, cited=False, abstained=True)
WRONG = replace(RIGHT, right=False, cited=False)
TRAPPED = replace(WRONG, trapped=True)


@pytest.mark.parametrize(
    ("worse", "better"),
    [(TRAPPED, WRONG), (WRONG, REFUSED), (REFUSED, UNCITED), (UNCITED, RIGHT)],
)
def test_a_refusal_lies_between_wrong_and_right(
    worse: Verdict, better: Verdict
) -> None:
    """From trap over refusal to right and cited, each step is progress."""
    (up,) = compare([worse], [better]).changes
    (down,) = compare([better], [worse]).changes
    assert up.is_better
    assert not down.is_better


def test_only_what_changed_is_listed() -> None:
    """Questions in one run only are counted, not compared."""
    before = [RIGHT, replace(WRONG, id="q2"), replace(RIGHT, id="q3")]
    after = [RIGHT, replace(RIGHT, id="q2"), replace(RIGHT, id="q4")]
    found = compare(before, after)
    assert (found.paired, found.only_before, found.only_after) == (2, 1, 1)
    assert [change.id for change in found.changes] == ["q2"]
    assert found.differences["right"].mean == 0.5
    shown = report(found)
    assert "better: 1\n  q2  wrong shown → right" in shown
    assert "worse: 0" in shown
    assert "may be noise" in shown


def test_the_same_run_twice_changes_nothing() -> None:
    """No difference has a width of nothing and is not called clear."""
    found = compare([RIGHT, replace(WRONG, id="q2")], [RIGHT, replace(WRONG, id="q2")])
    assert found.changes == []
    assert found.differences["right"] == (0, 0, 0)
    assert not found.differences["right"].is_clear


def test_runs_of_different_sets_are_refused() -> None:
    """Nothing in common cannot be compared."""
    with pytest.raises(BadInputError, match="no question in common"):
        compare([RIGHT], [replace(RIGHT, id="q9")])
