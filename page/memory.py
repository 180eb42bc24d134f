"""Answers that were given in this state of the index, not worked out twice.

People ask the same things: the example questions, a question from a shared
link, the same one after a reload. Any change of the index forgets them all.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from answer.records import Answer
from index.records import Filters

if TYPE_CHECKING:
    from answer.assistant import Assistant

MOST = 512  # answers kept; some 10 KB each
_Key = tuple[str, tuple[str, ...], Filters]


class Memory:
    """The latest answers of one page; for all its threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._token = ""
        self._answers: OrderedDict[_Key, Answer] = OrderedDict()

    def ask(
        self,
        assistant: "Assistant",
        question: str,
        history: Sequence[str],
        filters: Filters | None,
    ) -> Answer:
        """As `Assistant.ask`, from memory where the index has not changed since."""
        began = time.perf_counter()
        key = (question, tuple(history), filters or Filters())
        with assistant.store.snapshot() as view:
            token, generation = view.token, view.generation
        with self._lock:
            if token != self._token:
                self._answers.clear()
                self._token = token
            known = self._answers.get(key)
            if known is not None:
                self._answers.move_to_end(key)
                took = round((time.perf_counter() - began) * 1000)
                return replace(known, took_ms=took)
        answer = assistant.ask(question, history, filters)
        # The index may have changed while this one was worked out.
        if answer.generation == generation:
            self._keep(token, key, answer)
        return answer

    def _keep(self, token: str, key: _Key, answer: Answer) -> None:
        with self._lock:
            if token != self._token:
                return
            self._answers[key] = answer
            while len(self._answers) > MOST:
                self._answers.popitem(last=False)
