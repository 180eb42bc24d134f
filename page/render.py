"""The furniture of the page as HTML: header, chat, turns, notices, panel.

Questions and messages are data and pass through `html.escape`. The replies
themselves are set in `page/reply.py`.
"""

from collections.abc import Iterable
from html import escape

from page.links import FRAME
from page.texts import Words


def page_header(words: Words) -> str:
    """The top of the page."""
    return f"<h1>{escape(words.title)}</h1><p>{escape(words.subtitle)}</p>"


def source_frame(words: Words, address: str) -> str:
    """The panel in which links to sources open."""
    return (
        f'<iframe name="{FRAME}" src="{escape(address)}" '
        f'title="{escape(words.source_label)}"></iframe>'
    )


def examples_heading(words: Words) -> str:
    """The line above the example questions."""
    return f"<h2>{escape(words.examples_heading)}</h2>"


def chat(turns: Iterable[str], words: Words, trouble: str | None = None) -> str:
    """The conversation; read aloud by screen readers as it grows.

    trouble: why no question can be answered at present, shown first.
    """
    first = notice(trouble, words) if trouble else ""
    return (
        f'<div class="turns" lang="{words.language}" role="log" aria-live="polite" '
        f'tabindex="0" aria-label="{escape(words.chat_label)}">'
        f"{first}{''.join(turns)}</div>"
    )


def notice(message: str, words: Words) -> str:
    """A reply that is neither answer nor refusal: what went wrong, what to do."""
    return (
        f'<div class="reply problem" role="alert"><p class="verdict">'
        f"{escape(words.problem)}</p><p>{escape(message)}</p></div>"
    )


def turn(question: str, reply: str, words: Words) -> str:
    """A question and, below it, its reply (HTML)."""
    return (
        f'<article class="turn" lang="{words.language}"><h2 class="question">'
        f'<span class="unseen">{escape(words.you_asked)}: </span>'
        f"{escape(question)}</h2>{reply}</article>"
    )


def waiting(words: Words) -> str:
    """The reply's place while the reports are searched."""
    return f'<div class="reply waiting"><p>{escape(words.looking)}</p></div>'
