"""A conversation: questions to the assistant, replies as turns of the chat."""

from collections.abc import Iterator, Mapping, Sequence

from answer.records import Answer
from index.errors import AssistantError, BadInputError
from index.records import Filters, Language
from page import render
from page.desk import Desk
from page.reply import Stage, reply
from page.texts import Words, words_for
from page.turns import Turn, answered, questions

QUESTION_CHARS = 1000  # longer than any question, shorter than any report
EARLIER = 10  # questions of the chat that a follow-up may refer to
FILTER_CHARS = 300  # of a period, a publisher's name, a report's name
FILTER_REPORTS = 100


def ask(
    desk: Desk,
    question: str,
    history: Sequence[str],
    words: Words,
    filters: Filters | None = None,
) -> Answer:
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
    return desk.ask(question, list(history)[-EARLIER:], filters)


def read_filters(given: Mapping[str, object] | None, words: Words) -> Filters | None:
    """Filters as the page or a program sends them; None where nothing is narrowed.

    Keys: period, publisher, language ("en" or "vi"), report (a name or a list
    of names). Raises BadInputError for anything else.
    """
    if given is None:
        return None
    if not isinstance(given, Mapping):
        raise BadInputError(words.bad_filters)
    unknown = given.keys() - {"period", "publisher", "language", "report"}
    report = given.get("report") or []
    reports = [report] if isinstance(report, str) else report
    texts = [given.get(key) or "" for key in ("period", "publisher", "language")]
    if (
        unknown
        or not isinstance(reports, list)
        or len(reports) > FILTER_REPORTS
        or not all(isinstance(t, str) for t in (*texts, *reports))
        or any(len(str(t)) > FILTER_CHARS for t in (*texts, *reports))
    ):
        raise BadInputError(words.bad_filters)
    period, publisher, language = (str(text).strip() for text in texts)
    if language not in ("", "en", "vi"):
        raise BadInputError(words.bad_filters)
    filters = Filters(
        period=period or None,
        publisher=publisher or None,
        language=("vi" if language == "vi" else "en") if language else None,
        reports=tuple(map(str, reports)),
    )
    return filters if filters != Filters() else None


def respond(
    desk: Desk,
    question: str,
    given: Mapping[str, object] | None,
    turns: list[Turn],
    language: Language,
) -> Iterator[tuple[list[Turn], str]]:
    """Answer, headline first; yields the turns and the chat.

    given: the filters as the page sends them. A failure is a turn too, so that
    the reader sees what to do, but no follow-up refers to it.
    """
    words = words_for(language)
    shown = [render.turn(turn, number, words) for number, turn in enumerate(turns)]
    try:
        filters = read_filters(given, words) or Filters()
        history = questions(turns)[-EARLIER:]
        answer = ask(desk, question, history, words, filters)
        before = desk.assistant().needed(question, history)
        new = desk.titled(answered(question, answer, filters, before))
    except AssistantError as error:
        new = Turn(question, trouble=str(error))
    except Exception:
        # A bug: say so instead of looking for ever; the log gets the traceback.
        turns = [*turns, Turn(question, trouble=words.bug)]
        yield turns, show(turns, words)
        raise
    turns = [*turns, new]
    if new.answer:
        for stage in (Stage.HEADLINE, Stage.EVIDENCE):
            begun = reply(new, language, stage)
            begun = render.turn_frame(new.question, begun, words)
            yield turns, render.chat([*shown, begun], words, unfinished=True)
    yield turns, show(turns, words)


def show(turns: Sequence[Turn], words: Words) -> str:
    """The whole conversation in the language of the page."""
    return render.chat(
        [render.turn(turn, number, words) for number, turn in enumerate(turns)], words
    )
