"""The furniture of the page as HTML: header, chat, turns, notices, panel.

Questions and messages are data and pass through `html.escape`. The replies
themselves are set in `page/reply.py`.
"""

from collections.abc import Iterable, Sequence
from html import escape

from page.links import FRAME
from page.reply import reply
from page.said import told
from page.texts import Words
from page.texts_ask import ask_words
from page.turns import Turn


def page_header(words: Words) -> str:
    """The top of the page."""
    return f"<h1>{escape(words.title)}</h1><p>{escape(words.subtitle)}</p>"


def source_frame(words: Words, address: str) -> str:
    """The panel in which links to sources open; on a phone it lies over the page."""
    back = escape(ask_words(words.language).close_source)
    return (
        f'<button type="button" class="back" data-act="close">← {back}</button>'
        f'<iframe name="{FRAME}" src="{escape(address)}" '
        f'title="{escape(words.source_label)}"></iframe>'
    )


def chat(turns: Iterable[str], words: Words, *, unfinished: bool = False) -> str:
    """The conversation. `page/ask/` tells screen readers what is new in it.

    unfinished: the last reply is still growing.
    """
    state = ' data-unfinished="true"' if unfinished else ""
    return (
        f'<div class="turns" lang="{words.language}" role="region" tabindex="0" '
        f'aria-label="{escape(words.chat_label)}"{state}>{"".join(turns)}</div>'
    )


def welcome(examples: Sequence[str], words: Words, trouble: str | None = None) -> str:
    """The empty chat: questions to try, each asked by a click.

    trouble: why no question can be answered at present, shown instead.
    """
    if trouble:
        return chat([notice(trouble, words)], words)
    buttons = "".join(
        f'<li><button type="button" data-ask="{escape(question)}">'
        f"{escape(question)}</button></li>"
        for question in examples
    )
    heading = escape(words.examples_heading)
    shown = (
        f'<section id="examples"><h2>{heading}</h2><ul>{buttons}</ul></section>'
        if examples
        else ""
    )
    return chat([shown], words)


def notice(message: str, words: Words) -> str:
    """A reply that is neither answer nor refusal: what went wrong, what to do."""
    said = told(message, words.language)
    return (
        f'<div class="reply problem" role="alert"><p class="verdict">'
        f"{escape(words.problem)}</p><p>{escape(said)}</p></div>"
    )


def turn(turn: Turn, number: int, words: Words) -> str:
    """A question and, below it, its reply or what went wrong."""
    shown = reply(turn, words.language) if turn.answer else notice(turn.trouble, words)
    return turn_frame(turn.question, shown, words, number)


def turn_frame(question: str, reply: str, words: Words, number: int = -1) -> str:
    """A question and the HTML below it. number: -1 while it is still growing."""
    return (
        f'<article class="turn" lang="{words.language}" data-turn="{number}">'
        f'<h2 class="question"><span class="unseen">{escape(words.you_asked)}: </span>'
        f"<span>{escape(question)}</span></h2>{reply}</article>"
    )
