"""The empty shell of a tab that `office.js` fills from our own addresses."""

import json
from html import escape
from pathlib import Path

import gradio as gr

from page.tabs import Spoken
from page.texts import Words
from page.texts_office import office_words

SCRIPT = Path(__file__).parent.parent / "office.js"
# What the script says by itself; all other words come with the content.
SAID = (
    "yes",
    "cancel",
    "close",
    "failed_to_load",
    "sending",
    "sent",
    "exists",
    "replace",
    "keep",
    "duplicate",
)


def build_shell(name: str) -> Spoken:
    """Lay out the tab whose content `office/NAME` gives."""
    script = SCRIPT.read_text(encoding="utf-8")
    part = gr.HTML(elem_id=f"{name}-tab", js_on_load=script, apply_default_css=False)

    def speak(words: Words, request: gr.Request) -> list[str]:  # noqa: ARG001 - as all tabs
        return [shell(name, words)]

    return Spoken([part], speak)


def shell(name: str, words: Words) -> str:
    """The tab before it is filled."""
    office = office_words(words.language)
    said = json.dumps({key: getattr(office, key) for key in SAID}, ensure_ascii=False)
    return (
        f'<section class="office" lang="{words.language}" data-src="office/{name}" '
        f'data-words="{escape(said)}"><div class="content">'
        f"<p>{escape(office.loading)}</p></div></section>"
    )
