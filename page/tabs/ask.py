"""The Ask tab: questions in, answers out, the cited report beside them.

The form is plain HTML. The scripts in `page/ask/` send what the reader does as
events of the form, each with its data, and the handlers here answer with the
whole chat.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr

from index.errors import AssistantError
from index.records import Language
from page import form, render
from page.access.person import person_of
from page.conversation import respond, show
from page.desk import Desk
from page.feedback import Feedback, record
from page.known import Known
from page.links import list_link
from page.said import told
from page.tabs import Spoken
from page.texts import Words, words_for
from page.turns import Turn, questions, read_turns
from settings import Settings, read_settings

# One script in the browser, in this order.
SCRIPTS = ("parts", "asking", "tools", "sources", "chats", "begin")
FOLDER = Path(__file__).parent.parent / "ask"
# A question keeps one core busy: as many at once as there are, to a limit, since
# half of the work is Python's, which takes turns. Further ones queue, in order.
AT_ONCE = min(os.cpu_count() or 1, 4)
QUEUED: dict[str, Any] = {"concurrency_limit": AT_ONCE, "concurrency_id": "ask"}
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
LATEST: dict[str, Any] = {"trigger_mode": "always_last", **QUIET}  # the last one counts


def build(desk: Desk, language: gr.Radio) -> Spoken:
    """Lay out the tab; see `page.tabs`."""
    bar, chat, box, panel = lay_out()
    turns = gr.State([])
    settings = read_settings()
    known = Known(desk, settings.glossary_path)

    def empty(words: Words) -> str:
        return render.welcome(known.examples(words.language), words, desk.trouble())

    # Not named `ask`: Gradio would give the API's endpoint another name.
    def answer(
        turns: list[Turn], language: Language, event: gr.EventData
    ) -> Iterator[tuple[list[Turn], str]]:
        sent = _sent(event)
        place = sent.get("place")
        before = turns[:place] if isinstance(place, int) and place >= 0 else turns
        question = str(sent.get("question", ""))
        yield from respond(desk, question, sent.get("filters"), before, language)

    def shown(turns: list[Turn], language: Language) -> str:
        words = words_for(language)
        return show(turns, words) if turns else empty(words)

    def start_again(language: Language) -> tuple[list[Turn], str]:
        return [], empty(words_for(language))

    def restore(language: Language, event: gr.EventData) -> tuple[list[Turn], str]:
        words = words_for(language)
        try:
            turns = read_turns(_sent(event).get("turns"), words)
        except AssistantError as error:
            return [], render.chat([render.notice(str(error), words)], words)
        return turns, shown(turns, language)

    def feedback(
        turns: list[Turn],
        language: Language,
        event: gr.EventData,
        request: gr.Request,
    ) -> tuple[list[Turn], str]:
        user = person_of(request).name
        turns = noted(settings, turns, _sent(event), user, language)
        return turns, shown(turns, language)

    def speak(words: Words, request: gr.Request) -> list[Any]:
        return [
            form.bar(words),
            form.question_form(words, known.choices(), person_of(request).name),
            render.source_frame(words, list_link(words.language)),
        ]

    conversation = [turns, chat]
    # "multiple": an answer is whole in the browser a moment before Gradio counts its
    # event as over, and "once" would drop, unsaid, what is sent in that moment.
    each: dict[str, Any] = {"trigger_mode": "multiple", **QUIET}
    asked = box.ask(answer, [turns, language], conversation, **QUEUED, **each)
    box.stop(shown, [turns, language], chat, cancels=[asked], **each)
    box.restart(start_again, language, conversation, **each)
    box.restore(restore, language, conversation, **each)
    box.feedback(feedback, [turns, language], conversation, **each)
    language.input(shown, [turns, language], chat, **LATEST)
    return Spoken([bar, box, panel], speak)


def noted(
    settings: Settings,
    turns: list[Turn],
    sent: dict[str, Any],
    user: str,
    language: Language,
) -> list[Turn]:
    """The turns, one of them with feedback, which is kept.

    sent: the turn's number, verdict and comment, from the reader's form. Raises
    gr.Error, whose text the reader sees, if the verdict is none.
    """
    number = sent.get("turn")
    if not isinstance(number, int) or number not in range(len(turns)):
        return turns
    turn = turns[number]
    if turn.answer is None or turn.noted:
        return turns
    entry = Feedback(
        verdict=sent.get("verdict", ""),
        question=turn.question,
        answer=turn.answer.as_json(),
        history=questions(turns[:number]),
        comment=str(sent.get("comment") or ""),
        user=user,
    )
    try:
        record(settings, entry)
    except AssistantError as error:
        said = told(str(error), language)
        raise gr.Error(said, print_exception=False) from error
    return [replace(t, noted=True) if t is turn else t for t in turns]


def lay_out() -> tuple[gr.HTML, gr.HTML, gr.HTML, gr.HTML]:
    """Place the parts; `page/style.css` does the rest by their ids."""
    plain: dict[str, Any] = {"apply_default_css": False}
    script = "\n".join(
        (FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS
    )
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="chat-side"):
            bar = gr.HTML(elem_id="bar", js_on_load=None, **plain)
            chat = gr.HTML(elem_id="chat", js_on_load=None, **plain)
            box = gr.HTML(elem_id="ask", js_on_load=script, **plain)
        panel = gr.HTML(elem_id="source-side", js_on_load=None, **plain)
    return bar, chat, box, panel


def _sent(event: gr.EventData) -> dict[str, Any]:
    """What `page/ask/` sent along; an empty dict for anything odd."""
    data = event._data
    return data if isinstance(data, dict) else {}
