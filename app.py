"""The page: questions in, answers out, the cited report beside them.

    python app.py [--host 127.0.0.1] [--port 7860] [--root-path /reports]

Without --host only this computer can open it. The API has one endpoint, `ask`.
"""

import page.offline  # noqa: F401 - first: Gradio must not call home

# isort: split

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import gradio as gr
from gradio.events import api
from starlette.middleware import Middleware

from answer.assistant import Assistant
from index.errors import AssistantError
from index.records import Language
from page import render
from page.conversation import QUESTION_CHARS, Turn, ask, respond
from page.desk import Desk
from page.links import list_link
from page.security import SecurityHeaders
from page.texts import EN, LANGUAGE_NAMES, preferred_language, words_for
from settings import read_settings

PAGE = Path(__file__).parent / "page"
# One question at a time: the encoder already uses every core, so two at once
# would only make both wait. Further questions queue, in order.
AT_ONCE = 1
WAITING = 100  # questions in the queue; beyond that they are turned away


class Parts(NamedTuple):
    """The components of the page; all but the last carry words."""

    language: gr.Radio
    header: gr.HTML
    chat: gr.HTML
    heading: gr.HTML
    box: gr.Textbox
    send: gr.Button
    again: gr.Button
    panel: gr.HTML
    examples: list[gr.Button]
    turns: gr.State  # of one reader's conversation


def lay_out() -> Parts:
    """Place the components; `page/style.css` does the rest by their ids."""
    plain: dict[str, Any] = {"apply_default_css": False}
    names: list[Any] = [(name, code) for code, name in LANGUAGE_NAMES.items()]
    with gr.Row(elem_id="top"):
        header = gr.HTML(elem_id="heading", **plain)
        language = gr.Radio(names, value="en", elem_id="language")
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="chat-side"):
            script = (PAGE / "chat.js").read_text(encoding="utf-8")
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
    return Parts(
        language, header, chat, heading, box, send, again, panel, examples, turns
    )


def speak(desk: Desk, language: Language, turns: list[Turn]) -> list[Any]:
    """Update the parts that carry words, in the order of `Parts`."""
    words = words_for(language)
    return [
        gr.update(label=words.choose_language, value=language),
        render.page_header(words),
        render.chat([html for _, html in turns], words, desk.trouble()),
        render.examples_heading(words),
        gr.update(label=words.question_label, placeholder=words.question_hint),
        words.send,
        words.start_again,
        render.source_frame(words, list_link(words.language)),
        *words.examples,
    ]


def build(desk: Desk) -> gr.Blocks:
    """Lay out the page and wire its handlers."""

    def greet(request: gr.Request) -> list[Any]:
        accepted = request.headers.get("accept-language")
        return speak(desk, preferred_language(accepted), [])

    def start_again(language: Language) -> list[Any]:
        return [[], *speak(desk, language, [])]

    def ask_api(question: str, history: list[str] | None = None) -> dict[str, Any]:
        """Answer a question from the reports.

        question: in English or Vietnamese. history: the earlier questions of
        the conversation, oldest first. Returns the Answer as JSON.
        """
        try:
            return ask(desk, question, history or (), EN).as_json()
        except AssistantError as error:
            raise gr.Error(str(error), print_exception=False) from error

    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    queued: dict[str, Any] = {"concurrency_limit": AT_ONCE, "concurrency_id": "ask"}
    blocks = gr.Blocks(title=EN.title, fill_width=True, analytics_enabled=False)
    with blocks:
        parts = lay_out()
        language, turns = parts.language, parts.turns
        spoken: list[Any] = [*parts[:8], *parts.examples]
        replied = [parts.box, turns, parts.chat]
        asking: list[tuple[Any, Any]] = [
            (parts.box, parts.box.submit),
            (parts.box, parts.send.click),
        ]
        asking += [(button, button.click) for button in parts.examples]

        blocks.load(greet, None, spoken, **quiet)
        language.input(partial(speak, desk), [language, turns], spoken, **quiet)
        parts.again.click(start_again, language, [turns, *spoken], **quiet)
        for asked, event in asking:
            inputs = [asked, turns, language]
            event(partial(respond, desk), inputs, replied, **queued, **quiet)
        api(ask_api, api_name="ask", **queued)
    return blocks


def serve(desk: Desk, args: argparse.Namespace) -> gr.Blocks:
    """Start serving and return; the caller waits or goes on."""
    blocks = build(desk)
    blocks.queue(max_size=WAITING, default_concurrency_limit=None)
    blocks.launch(
        server_name=args.host,
        server_port=args.port,
        root_path=args.root_path,
        app_kwargs={
            "middleware": [Middleware(SecurityHeaders)],
            "routes": desk.routes(),
        },
        theme=gr.themes.Base(
            font=["system-ui", "Segoe UI", "Roboto", "sans-serif"],
            font_mono=["ui-monospace", "monospace"],
        ),
        css_paths=PAGE / "style.css",
        footer_links=[],
        prevent_thread_lock=True,
        share=False,
        ssr_mode=False,
        run_history=False,
        enable_monitoring=False,
        quiet=True,
    )
    return blocks


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until interrupted; exit 1 if the page cannot start."""
    parser = argparse.ArgumentParser(prog="python app.py", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0: all networks")
    parser.add_argument("--port", type=int, default=7860)
    parser.add_argument("--root-path", default="", help="prefix added by a proxy")
    args = parser.parse_args(argv)

    desk = Desk(partial(Assistant.open, read_settings()))
    if trouble := desk.trouble():
        print(f"The page starts, but {trouble}", file=sys.stderr)
    try:
        blocks = serve(desk, args)
    except OSError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Ask the reports at {blocks.local_url}", flush=True)
    blocks.block_thread()
    return 0


if __name__ == "__main__":
    sys.exit(main())
