"""After a re-index: ask a set again and say which right answers are lost.

`python -m ingest --check` calls it as a command of its own.
"""

from collections.abc import Sequence
from pathlib import Path

from evals import ask, compare, report, run
from index import runs
from index.errors import AssistantError, BadInputError
from settings import Settings


def baseline(settings: Settings, sets: Sequence[Path]) -> str:
    """Keep a run to compare with later, unless there is one or no index yet."""
    if run.last(settings, sets):
        return "there is a kept run to compare with"
    if not settings.store_path.exists():
        return "nothing is indexed yet, so nothing can get worse"
    try:
        return f"kept {_asked(settings, sets).folder} to compare with"
    except AssistantError as error:
        # The state before the re-index need not be askable: that is why it is made.
        return f"no run to compare with: {error}"


def check(
    settings: Settings, sets: Sequence[Path], progress: ask.Progress | None = None
) -> tuple[str, int]:
    """Ask *sets*, keep the run, and tell what was lost since the last one of them.

    Returns what to print and how many questions were right and are not now.
    Questions whose gold changed between the runs are scored by today's.
    """
    earlier = run.last(settings, sets)
    after = _asked(settings, sets, progress)
    if earlier is None:
        return f"kept {after.folder}; there is no earlier run to compare with", 0
    try:
        before = run.load(earlier, corpus=after.corpus, sets=sets)
        found = compare.of_runs(before, after)
    except BadInputError as error:
        # As after a question was added: the next check has this run to go by.
        return f"kept {after.folder}; {earlier} cannot be compared: {error}", 0
    lost = [
        c for c in found.changes if c.before.startswith("right") and not c.is_better
    ]
    won = sum(change.is_better for change in found.changes)
    lines = [
        f"{found.paired} questions asked again: {len(lost)} were right and are not "
        f"now, {won} got better (before: {earlier.name}, index generation "
        f"{before.made_with['generation']}; now: {after.made_with['generation']})",
        *(compare.both_answers(change, before, after) for change in lost),
        f"report: {after.folder / runs.REPORTS['en']}",
    ]
    return "\n".join(lines), len(lost)


def _asked(
    settings: Settings, sets: Sequence[Path], progress: ask.Progress | None = None
) -> run.Run:
    """Ask, keep and score; the run appears under the kept ones."""
    out = runs.new_folder(settings)
    ask.ask_sets(settings, sets, out, progress=progress)
    asked = run.load(out)
    report.write(asked, report.summary_of(asked, report.verdicts_of(asked)))
    return asked
