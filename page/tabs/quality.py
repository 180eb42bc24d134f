"""The Quality tab: the last run of the evals, and what readers said."""

import gradio as gr

from page.desk import Desk
from page.tabs import Spoken
from page.tabs.office import build_shell


def build(desk: Desk, language: gr.Radio) -> Spoken:  # noqa: ARG001 - as all tabs
    """Lay out the tab; see `page.tabs`."""
    return build_shell("quality")
