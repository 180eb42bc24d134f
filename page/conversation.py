"""A conversation: questions to the assistant, replies as turns of the chat."""

from collections.abc import Iterator, Mapping, Sequence

from answer.records import Answer
from index.errors import AssistantError, BadInputError
from index.records import Language
from page import render
from page.desk import Desk
from page.reply import reply
from page.texts import Words, words_for

QUESTION_CHARS = 1000  # longer than any question, shorter than any report
EARLIER = 10  # questions of the chat that a follow-up may refer to

Turn = tuple[str, str]  # a question ("" if it failed), and the turn's HTML


def ask(desk: Desk, question: str, history: Sequence[str], words: Words) -> Answer:
    """Ask the assistant.

    Raises BadInputError if the question is empty or too long, or if the API
    was sent something else than texts; AssistantError as the assistant does.
    """
    if isinstance(history, str | Mapping) or not all(
        isinstance(text, str) for text in (question, *history)
    ):
        raise BadInputError(words.bad_type)
    question = question.strip()
    if not 0 < len(question) <= QUESTION_CHARS:
        raise BadInputError(words.bad_length.format(limit=QUESTION_CHARS))
    return desk.assistant().ask(question, list(history)[-EARLIER:])


def respond(
    desk: Desk, question: str, turns: list[Turn], language: Language
) -> Iterator[tuple[str, list[Turn], str]]:
    """Show the question at once, then its reply.

    Yields the question box, the turns and the chat.
    """
    words = words_for(language)
    shown = [html for _, html in turns]
    if not question.strip():
        yield "", turns, render.chat(shown, words)
        return
    pending = render.turn(question, render.waiting(words), words)
    yield "", turns, render.chat([*shown, pending], words)
    try:
        answer = ask(desk, question, [q for q, _ in turns if q], words)
        asked, shown_reply = question, reply(answer, language)
    except AssistantError as error:
        asked, shown_reply = "", render.notice(str(error), words)
    except Exception:
        # A bug: say so instead of looking for ever; the log gets the traceback.
        broken = render.turn(question, render.notice(words.bug, words), words)
        yield question, turns, render.chat([*shown, broken], words)
        raise
    turns = [*turns, (asked, render.turn(question, shown_reply, words))]
    yield "", turns, render.chat([html for _, html in turns], words)
