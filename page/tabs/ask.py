"""The Ask tab: questions in, answers out, the cited report beside them."""

from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import gradio as gr

from index.records import Language
from page import render
from page.conversation import QUESTION_CHARS, Turn, respond
from page.desk import Desk
from page.links import list_link
from page.tabs import Spoken
from page.texts import EN, Words, words_for

SCRIPT = Path(__file__).parent.parent / "chat.js"
# One question at a time: the encoder already uses every core, so two at once
# would only make both wait. Further questions queue, in order.
QUEUED: dict[str, Any] = {"concurrency_limit": 1, "concurrency_id": "ask"}
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


class Parts(NamedTuple):
    """The components of the tab; all but the last carry words."""

    chat: gr.HTML
    heading: gr.HTML
    box: gr.Textbox
    send: gr.Button
    again: gr.Button
    panel: gr.HTML
    examples: list[gr.Button]
    turns: gr.State  # of one reader's conversation


def build(desk: Desk, language: gr.Radio) -> Spoken:
    """Lay out the tab; see `page.tabs`."""
    parts = lay_out()
    turns, chat = parts.turns, parts.chat

    def start_again(language: Language) -> tuple[list[Turn], str]:
        return [], render.chat([], words_for(language), desk.trouble())

    def in_words(language: Language, turns: list[Turn]) -> str:
        shown = [html for _, html in turns]
        return render.chat(shown, words_for(language), desk.trouble())

    def speak(words: Words, request: gr.Request) -> list[Any]:  # noqa: ARG001 - as all tabs
        return [
            render.chat([], words, desk.trouble()),
            render.examples_heading(words),
            gr.update(label=words.question_label, placeholder=words.question_hint),
            words.send,
            words.start_again,
            render.source_frame(words, list_link(words.language)),
            *words.examples,
        ]

    parts.again.click(start_again, language, [turns, chat], **QUIET)
    asking: list[tuple[Any, Any]] = [
        (parts.box, parts.box.submit),
        (parts.box, parts.send.click),
    ]
    asking += [(button, button.click) for button in parts.examples]
    for asked, event in asking:
        inputs, replied = [asked, turns, language], [parts.box, turns, chat]
        event(partial(respond, desk), inputs, replied, **QUEUED, **QUIET)
    # After the words of all tabs, which know nothing of the conversation.
    language.change(in_words, [language, turns], chat, **QUIET)
    return Spoken([*parts[:6], *parts.examples], speak)


def lay_out() -> Parts:
    """Place the components; `page/style.css` does the rest by their ids."""
    plain: dict[str, Any] = {"apply_default_css": False}
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="chat-side"):
            script = SCRIPT.read_text(encoding="utf-8")
            chat = gr.HTML(elem_id="chat", js_on_load=script, **plain)
            with gr.Column(elem_id="examples"):
                heading = gr.HTML(**plain)
                examples = [gr.Button(q, size="sm") for q in EN.examples]
            with gr.Row(elem_id="ask"):
                box = gr.Textbox(max_lines=4, max_length=QUESTION_CHARS, autofocus=True)
                send = gr.Button(variant="primary", elem_id="send")
                again = gr.Button(elem_id="again")
        panel = gr.HTML(elem_id="source-side", **plain)
    turns = gr.State([])
    return Parts(chat, heading, box, send, again, panel, examples, turns)
