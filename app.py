"""The page: questions in, answers out, the cited report beside them.

    python app.py [--host 127.0.0.1] [--port 7860] [--root-path /reports]

Without --host only this computer can open it; with it, REPORTS_USERS names the
file of those who may (`python -m page.users`). The API has two endpoints, `ask`
and `ask_within`.
"""

import page.offline  # noqa: F401 - first: Gradio must not call home

# isort: split

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.events import api
from starlette.middleware import Middleware

from answer.assistant import Assistant
from index.errors import AssistantError
from index.records import Language
from page import conversation, exports, render
from page.access.account import account
from page.access.doors import doors
from page.access.person import person_of
from page.allocator import return_memory
from page.desk import Desk
from page.mcp_server import serve_mcp
from page.office.routes import Office
from page.security import SecurityHeaders
from page.tabs import Spoken, ask, figures, quality, reports
from page.texts import EN, LANGUAGE_NAMES, preferred_language, tab_names, words_for
from settings import read_settings

PAGE = Path(__file__).parent / "page"
WAITING = 100  # questions in the queue; beyond that they are turned away
# Of readers and of each call of the API, which Gradio counts as a session too and
# keeps some 50 KB of; the longest unused goes first.
SESSIONS = 4000
TABS = (ask, reports, figures, quality)


def build(desk: Desk) -> gr.Blocks:
    """Lay out the page: a header, then a tab each; wire what they share."""

    def speak(language: Language, request: gr.Request) -> list[Any]:
        """The words of the whole page, in the order of `spoken`."""
        words = words_for(language)
        said: list[Any] = [
            gr.update(label=words.choose_language, value=language),
            render.page_header(words) + account(person_of(request), words.language),
            *(gr.update(label=name) for name in tab_names(words)),
        ]
        for tab in tabs:
            said += tab.speak(words, request)
        return said

    def greet(request: gr.Request) -> list[Any]:
        accepted = request.headers.get("accept-language")
        chosen = request.cookies.get("lang")  # set by page/ask/
        return speak(preferred_language(chosen or accepted), request)

    def ask_api(question: str, history: list[str] | None = None) -> dict[str, Any]:
        """Answer a question from the reports.

        question: in English or Vietnamese. history: the earlier questions of
        the conversation, oldest first. Returns the Answer as JSON.
        """
        return ask_within(question, history)

    # An endpoint of its own: over plain HTTP each input of one must be sent.
    def ask_within(
        question: str,
        history: list[str] | None = None,
        filters: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Answer a question from some of the reports.

        question, history: as for `ask`. filters: narrow the search by "period",
        "publisher", "language" ("en" or "vi") and "report" (a name or several).
        Returns the Answer as JSON.
        """
        try:
            narrowed = conversation.read_filters(filters, EN)
            answer = conversation.ask(desk, question, history or (), EN, narrowed)
            return answer.as_json()
        except AssistantError as error:
            raise gr.Error(str(error), print_exception=False) from error

    languages: list[Any] = [(name, code) for code, name in LANGUAGE_NAMES.items()]
    blocks = gr.Blocks(title=EN.title, fill_width=True, analytics_enabled=False)
    with blocks:
        with gr.Row(elem_id="top"):
            header = gr.HTML(elem_id="heading", apply_default_css=False)
            language = gr.Radio(languages, value="en", elem_id="language")
        tabs: list[Spoken] = []
        frames: list[gr.Tab] = []
        with gr.Tabs(elem_id="tabs"):
            for tab, name in zip(TABS, tab_names(EN), strict=True):
                with gr.Tab(name, id=tab.__name__) as frame:
                    frames.append(frame)
                    tabs.append(tab.build(desk, language))
        spoken = [language, header, *frames, *(p for tab in tabs for p in tab.parts)]
        blocks.load(greet, None, spoken, **ask.QUIET)
        language.input(speak, language, spoken, **ask.LATEST)
        api(ask_api, api_name="ask", **ask.QUEUED)
        api(ask_within, api_name="ask_within", **ask.QUEUED)
    return blocks


def serve(
    desk: Desk, office: Office, args: argparse.Namespace, inner: Sequence[Middleware]
) -> gr.Blocks:
    """Start serving and return; the caller waits or goes on.

    inner: who is let in, between the headers and the page.
    """
    blocks = build(desk)
    blocks.queue(max_size=WAITING, default_concurrency_limit=None)
    blocks.launch(
        server_name=args.host,
        server_port=args.port,
        root_path=args.root_path,
        app_kwargs={
            "middleware": [Middleware(SecurityHeaders), *inner],
            "routes": [*desk.routes(), *exports.routes(desk), *office.routes()],
        },
        theme=gr.themes.Base(
            font=["system-ui", "Segoe UI", "Roboto", "sans-serif"],
            font_mono=["ui-monospace", "monospace"],
        ),
        css_paths=[PAGE / "style.css", PAGE / "office.css"],
        footer_links=[],
        prevent_thread_lock=True,
        state_session_capacity=SESSIONS,
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
    parser.add_argument(
        "--open-to-all", action="store_true", help="no log-in: all who reach it read"
    )
    parser.add_argument(
        "--mcp", type=int, metavar="PORT", help="also serve as a tool (MCP), locally"
    )
    args = parser.parse_args(argv)

    return_memory()
    settings = read_settings()
    try:
        inner = doors(
            settings,
            host=args.host,
            root=args.root_path,
            open_to_all=args.open_to_all,
        )
    except AssistantError as error:
        parser.error(str(error))
    desk = Desk(partial(Assistant.open, settings, follow=True), settings.corpus_dir)
    if trouble := desk.trouble():
        print(f"The page starts, but {trouble}", file=sys.stderr)
    try:
        blocks = serve(desk, Office(settings), args, inner)
        if args.mcp:
            serve_mcp(desk, args.mcp)
    except (AssistantError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Ask the reports at {blocks.local_url}", flush=True)
    if args.mcp:
        print(f"As a tool (MCP): http://127.0.0.1:{args.mcp}/mcp", flush=True)
    blocks.block_thread()
    return 0


if __name__ == "__main__":
    sys.exit(main())
