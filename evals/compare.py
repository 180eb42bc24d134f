"""Two runs side by side: what got better, what got worse, and is it noise."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from evals.judge import OUTCOMES, Verdict
from evals.report import verdicts_of
from evals.run import Run
from evals.stats import Difference, paired_bootstrap
from evals.tables import gold, table
from index.errors import BadInputError

_MEASURED: dict[str, Callable[[Verdict], bool]] = {
    "right": lambda v: v.right,
    "right and cited (a refusal where due)": lambda v: v.outcome == "right",
    "wrong shown": lambda v: v.wrong_shown,
    "trap shown": lambda v: v.trapped,
    "refused where an answer is": lambda v: v.answerable and v.abstained,
}


class Change(NamedTuple):
    """A question whose outcome differs between two runs."""

    id: str
    before: str
    after: str

    @property
    def is_better(self) -> bool:
        """Whether the later outcome is the better; a refusal beats an error."""
        return OUTCOMES.index(self.after) < OUTCOMES.index(self.before)


class Comparison(NamedTuple):
    """What two runs have in common and where they differ."""

    paired: int  # questions in both runs
    only_before: int
    only_after: int
    changes: list[Change]
    differences: dict[str, Difference]  # measure → after − before


def compare(before: Sequence[Verdict], after: Sequence[Verdict]) -> Comparison:
    """Pair two runs by question id.

    Raises BadInputError if they share no question.
    """
    earlier = {verdict.id: verdict for verdict in before}
    pairs = [(earlier[v.id], v) for v in after if v.id in earlier]
    if not pairs:
        raise BadInputError("the two runs have no question in common")
    changes = [
        Change(old.id, old.outcome, new.outcome)
        for old, new in pairs
        if old.outcome != new.outcome
    ]
    differences = {
        name: paired_bootstrap(
            [holds(old) for old, _ in pairs], [holds(new) for _, new in pairs]
        )
        for name, holds in _MEASURED.items()
    }
    return Comparison(
        len(pairs),
        len(before) - len(pairs),
        len(after) - len(pairs),
        changes,
        differences,
    )


def of_runs(before: Run, after: Run) -> Comparison:
    """Score two saved runs and pair them. Raises BadInputError as `compare` does."""
    return compare(*(verdicts_of(run) for run in (before, after)))


def both_answers(change: Change, before: Run, after: Run) -> str:
    """A changed question with its gold and what either run said."""
    question = next(q for q in after.questions if q.id == change.id)
    lines = [
        f"  {change.id}  {change.before} → {change.after}",
        f"    question  {question.question}",
        f"    gold      {gold(question)}",
    ]
    for when, run in (("before", before), ("now", after)):
        answer = run.answers[change.id]
        said = answer["short"] or f"(refused: {answer['reason']})"
        source = answer["citations"][0] if answer["citations"] else None
        lines.append(f"    {when:<8}  {said}")
        if source:
            lines.append(f"              {source['report']}: {source['quote']}")
    return "\n".join(lines)


def report(
    comparison: Comparison,
    shown: Callable[[Change], str] = lambda c: f"  {c.id}  {c.before} → {c.after}",
) -> str:
    """The comparison for people: questions by id, then the measures.

    shown: what is said of a changed question.
    """
    parts = []
    for title, wanted in (("better", True), ("worse", False)):
        changes = [c for c in comparison.changes if c.is_better is wanted]
        parts.append("\n".join([f"{title}: {len(changes)}", *map(shown, changes)]))
    rows = [
        [
            name,
            f"{100 * d.mean:+.1f}",
            f"{100 * d.low:+.1f} to {100 * d.high:+.1f}",
            "clear" if d.is_clear else "may be noise",
        ]
        for name, d in comparison.differences.items()
    ]
    head = ["change, points", "mean", "95% interval", ""]
    parts.append(table(head, rows))
    counted = f"{comparison.paired} questions in both runs"
    if comparison.only_before or comparison.only_after:
        counted += (
            f"; {comparison.only_before} only in the first, "
            f"{comparison.only_after} only in the second"
        )
    return "\n\n".join([*parts, counted])
