"""The Quality tab: the last run of the evals, and what readers said."""

import gradio as gr

from page.desk import Desk
from page.tabs import Spoken
from page.texts import Words


def build(desk: Desk, language: gr.Radio) -> Spoken:  # noqa: ARG001 - for its handlers
    """Lay out the tab; see `page.tabs`."""
    heading = gr.HTML(apply_default_css=False)

    def speak(words: Words, request: gr.Request) -> list[str]:  # noqa: ARG001 - same
        return [f"<h2>{words.tab_quality}</h2>"]

    return Spoken([heading], speak)
