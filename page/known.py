"""What the page offers from the index: example questions, choices of filters.

Worked out once a generation, the examples on a thread of their own, since the
assistant is asked each of them. Until the first are there, readers wait a
moment; after a change of the index they get the earlier ones meanwhile.
"""

import threading
from pathlib import Path

from index import ledger
from index.errors import AssistantError
from index.records import Language
from page.desk import Desk
from page.examples import draw
from page.form import Choices, choices
from page.titles import titled

# Seconds that the first readers after a start wait for examples at most: drawing
# them takes 2 to 6 on one core, and a page that opens without them stays without.
PATIENCE = 10.0
LANGUAGES: tuple[Language, ...] = ("en", "vi")


class Known:
    """Offers of the newest generation; one for all readers."""

    def __init__(self, desk: Desk, glossary: Path) -> None:
        self._desk = desk
        self._glossary = glossary
        self._lock = threading.Lock()
        self._token = ""  # of the generation that the examples are drawn from
        self._examples: dict[Language, list[str]] = {}
        self._ready = threading.Event()

    def choices(self) -> Choices:
        """What the filters offer; nothing while nothing is indexed."""
        try:
            with self._desk.assistant().store.snapshot() as view:
                return choices(titled(view, view.reports()), ledger.years(view))
        except AssistantError:
            return Choices()

    def examples(self, language: Language) -> list[str]:
        """Questions to try; none while nothing is indexed."""
        try:
            self.refresh()
        except AssistantError:
            return []
        self._ready.wait(PATIENCE)
        return self._examples.get(language, [])

    def refresh(self) -> None:
        """Draw examples anew if the index has changed; returns at once.

        Raises AssistantError while nothing can be asked.
        """
        with self._desk.assistant().store.snapshot() as view:
            token = view.token
        with self._lock:
            if token == self._token:
                return
            self._token = token
        threading.Thread(target=self._draw, name="examples", daemon=True).start()

    def _draw(self) -> None:
        try:
            assistant = self._desk.assistant()
            for language in LANGUAGES:
                self._examples[language] = draw(assistant, self._glossary, language)
        finally:
            self._ready.set()
