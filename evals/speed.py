"""How long a question takes once everything is loaded."""

import time
from collections.abc import Sequence

from evals.run import Asker
from evals.sets import Question
from evals.stats import percentiles
from evals.tables import table

WARM_UP = 10  # questions asked before the clock counts: caches, lazy loading


def measure(
    assistant: Asker, questions: Sequence[Question], rounds: int
) -> list[float]:
    """Wall milliseconds of each question, *rounds* times over, one at a time.

    Raises ValueError if rounds is less than 1.
    """
    if rounds < 1:
        raise ValueError(f"rounds must be at least 1, got {rounds}")
    for question in questions[:WARM_UP]:
        assistant.ask(question.question, question.history)
    took = []
    for _ in range(rounds):
        for question in questions:
            started = time.perf_counter()
            assistant.ask(question.question, question.history)
            took.append(1000 * (time.perf_counter() - started))
    return took


def report(took: Sequence[float]) -> str:
    """The percentiles of *took* (milliseconds) as a table."""
    points = percentiles(took)
    row = [str(len(took)), *(f"{ms:.1f} ms" for ms in points.values())]
    return table(["questions asked", *points], [row])
