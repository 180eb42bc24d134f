"""The Reports tab: what is in, and how reports come and go."""

import gradio as gr

from page.desk import Desk
from page.tabs import Spoken
from page.tabs.office import build_shell


def build(desk: Desk, language: gr.Radio) -> Spoken:  # noqa: ARG001 - as all tabs
    """Lay out the tab; see `page.tabs`."""
    return build_shell("reports")
