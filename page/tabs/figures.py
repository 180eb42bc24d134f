"""The Figures tab: the ledger of all figures, to filter, sort, chart and take away.

`page/figures.js` sends the conditions as the event 'show'; the table comes back.
"""

from pathlib import Path
from typing import Any

import gradio as gr

from index import ledger
from index.errors import AssistantError
from index.ledger import Asked
from index.records import Language
from page.desk import Desk
from page.ledger import PAGE_ROWS, conditions, listing, read_asked, trouble
from page.tabs import Spoken
from page.texts import Words, words_for
from page.titles import titled, titled_rows

SCRIPT = Path(__file__).parent.parent / "figures.js"
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
MOST_LISTED = 500  # reports to choose from; more are found by what they count


def build(desk: Desk, language: gr.Radio) -> Spoken:
    """Lay out the tab; see `page.tabs`."""
    script = SCRIPT.read_text(encoding="utf-8")
    form = gr.HTML(elem_id="ledger", js_on_load=script, apply_default_css=False)
    table = gr.HTML(elem_id="ledger-rows", js_on_load=None, apply_default_css=False)

    def show(language: Language, event: gr.EventData) -> str:
        sent = event._data if isinstance(event._data, dict) else {}
        words = words_for(language)
        first = sent.get("first")
        try:
            return rows_of(desk, desk.widened(read_asked(sent)), first, words)
        except AssistantError as error:
            return trouble(str(error), words)

    def speak(words: Words, request: gr.Request) -> list[Any]:  # noqa: ARG001 - as all tabs
        try:
            with desk.assistant().store.snapshot() as view:
                found = titled(view, view.reports()[:MOST_LISTED])
            reports = [(r.name, r.title or r.name) for r in found]
            shown = rows_of(desk, Asked(), 0, words)
        except AssistantError as error:
            return ["", trouble(str(error), words)]
        return [conditions(Asked(), reports, words), shown]

    # The last conditions count: those typed while a table is on its way, too.
    form.show(show, language, table, trigger_mode="always_last", **QUIET)
    return Spoken([form, table], speak)


def rows_of(desk: Desk, asked: Asked, first: object, words: Words) -> str:
    """One page of the table; raises AssistantError if nothing can be shown."""
    start = first if isinstance(first, int) and first > 0 else 0
    with desk.assistant().store.snapshot() as view:
        count = ledger.count(view, asked)
        found = titled_rows(view, ledger.rows(view, asked, start, PAGE_ROWS))
    return listing(asked, found, start, count, words)
