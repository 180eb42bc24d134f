"""Two runs side by side: what got better, what got worse, and is it noise."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from evals.score import Verdict
from evals.stats import Difference, paired_bootstrap
from evals.tables import outcome, table
from index.errors import BadInputError

_BEST_FIRST = ("right", "right, wrongly cited", "refused", "wrong shown", "trap shown")
_MEASURED: dict[str, Callable[[Verdict], bool]] = {
    "right": lambda v: v.right,
    "right and cited (a refusal where due)": lambda v: outcome(v) == "right",
    "wrong shown": lambda v: v.wrong_shown,
}


class Change(NamedTuple):
    """A question whose outcome differs between two runs."""

    id: str
    before: str
    after: str

    @property
    def is_better(self) -> bool:
        """Whether the later outcome is the better; a refusal beats an error."""
        return _BEST_FIRST.index(self.after) < _BEST_FIRST.index(self.before)


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
        Change(old.id, outcome(old), outcome(new))
        for old, new in pairs
        if outcome(old) != outcome(new)
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


def report(comparison: Comparison) -> str:
    """The comparison for people: questions by id, then the measures."""
    parts = []
    for title, wanted in (("better", True), ("worse", False)):
        changes = [c for c in comparison.changes if c.is_better is wanted]
        lines = [f"{title}: {len(changes)}"]
        lines += [f"  {c.id}  {c.before} → {c.after}" for c in changes]
        parts.append("\n".join(lines))
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
