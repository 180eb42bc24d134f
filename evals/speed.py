"""How long a question takes once everything is loaded."""

import time
from collections.abc import Sequence

from evals.ask import Asker
from evals.sets import Question
from evals.stats import Measured, percentiles
from evals.tables import table

WARM_UP = 10  # questions asked before the clock counts: lazy loading, caches


def measure(assistant: Asker, questions: Sequence[Question]) -> list[float]:
    """Wall milliseconds of each question, asked once, one at a time.

    Once only, and warmed up by other texts: a question asked before is
    remembered by the encoder and would look faster than a reader's first.
    """
    for question in questions[:WARM_UP]:
        assistant.ask(f"{question.question} (warm-up)", question.history)
    took = []
    for question in questions:
        started = time.perf_counter()
        assistant.ask(question.question, question.history)
        took.append(1000 * (time.perf_counter() - started))
    return took


def report(took: Sequence[float]) -> str:
    """The percentiles of *took* (milliseconds) as a table."""
    points = percentiles(took)
    row = [str(len(took)), *(_shown(ms) for ms in points.values())]
    return table(["questions asked", *points], [row])


def _shown(ms: Measured) -> str:
    return f"{ms.value:.1f} ms ({ms.low:.1f}–{ms.high:.1f})"
