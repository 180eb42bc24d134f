"""Where questions are typed: the box, its buttons, the filters, earlier chats.

Plain HTML, so that it is the browser's own form on every device; the scripts in
`page/ask/` send what is typed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from index.records import Report
from page.conversation import QUESTION_CHARS
from page.texts import Words, counted
from page.texts_ask import AskWords, ask_words


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer, from one generation of the index."""

    periods: tuple[str, ...] = ()  # years, newest first
    publishers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    reports: tuple[tuple[str, str], ...] = ()  # name and title


def choices(reports: Sequence[Report], years: Iterable[str]) -> Choices:
    """The filters that make a difference among *reports*."""
    return Choices(
        periods=tuple(sorted(set(years), reverse=True)),
        publishers=tuple(sorted({r.publisher for r in reports if r.publisher})),
        languages=tuple(sorted({r.language for r in reports})),
        reports=tuple((r.name, r.title or r.name) for r in reports[:500]),
    )


def bar(words: Words) -> str:
    """The line above the chat: a new chat, earlier ones."""
    own = ask_words(words.language)
    return (
        f'<div class="bar" lang="{words.language}">'
        f'<button type="button" data-act="new">{escape(own.new_chat)}</button>'
        f'<details class="chats" data-none="{escape(own.no_chats)}" '
        f'data-forget="{escape(own.forget_chat)}">'
        f"<summary>{escape(own.earlier_chats)}</summary>"
        f'<div class="list"><ul></ul><p class="note">{escape(own.chats_note)}</p>'
        "</div></details></div>"
    )


def question_form(words: Words, offered: Choices, user: str = "") -> str:
    """The box and its buttons, with the filters folded away above them.

    user: who has logged in, whose chats the browser keeps apart.
    """
    own = ask_words(words.language)
    looking = counted(own.looking_in, len(offered.reports), words)
    return (
        f'<form class="ask" lang="{words.language}" data-title="{escape(words.title)}" '
        f'data-looking="{escape(looking)}" data-lost="{escape(own.not_sent)}" '
        f'data-copied="{escape(own.copied)}" data-linked="{escape(own.link_copied)}" '
        f'data-asked="{escape(words.you_asked)}" data-user="{escape(user)}">'
        f"{_filters(own, offered)}"
        f'<p class="editing" hidden>{escape(own.editing)} '
        f'<button type="button" data-act="cancel">{escape(own.cancel)}</button></p>'
        f'<label for="question">{escape(words.question_label)}</label>'
        '<div class="line">'
        f'<textarea id="question" name="question" rows="1" '
        f'maxlength="{QUESTION_CHARS}" '
        f'placeholder="{escape(words.question_hint)}"></textarea>'
        f'<button id="send">{escape(words.send)}</button>'
        f'<button type="button" id="stop" data-act="stop">{escape(own.stop)}</button>'
        "</div></form>"
    )


def _filters(own: AskWords, offered: Choices) -> str:
    languages = [(code, own.languages.get(code, code)) for code in offered.languages]
    fields = (
        ("period", own.any_period, [(p, p) for p in offered.periods]),
        ("publisher", own.any_publisher, [(p, p) for p in offered.publishers]),
        ("language", own.any_language, languages),
        ("report", own.any_report, offered.reports),
    )
    shown = "".join(_select(own, *field) for field in fields)
    return (
        f'<details class="filters"><summary>{escape(own.narrow)}'
        f'<span class="active"></span></summary><div class="fields">{shown}'
        f'<button type="button" data-act="clear">{escape(own.clear)}</button>'
        "</div></details>"
    )


def _select(
    own: AskWords, name: str, anything: str, options: Sequence[tuple[str, str]]
) -> str:
    label = {
        "period": own.period,
        "publisher": own.publisher,
        "language": own.language,
        "report": own.report,
    }[name]
    listed = "".join(
        f'<option value="{escape(value)}">{escape(text)}</option>'
        for value, text in options
    )
    return (
        f'<label>{escape(label)}<select name="{name}">'
        f'<option value="">{escape(anything)}</option>{listed}</select></label>'
    )
