"""A conversation as records, and as the JSON that a reader's browser keeps.

Earlier chats lie in the browser, not here: when one is opened again, its turns
come back as JSON and are read as strictly as any other input.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic import TypeAdapter, ValidationError

from answer.others import Series
from answer.records import Answer
from index.errors import BadInputError
from index.records import Filters
from page.texts import Words

MOST_TURNS = 200  # of one chat
MOST_CHARS = 200_000  # of one turn as JSON; a long one has some 10,000


ALL = Filters()


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what became of it."""

    question: str
    answer: Answer | None = None  # None: it failed …
    trouble: str = ""  # … and why
    series: Series | None = None  # the same thing in other periods
    filters: Filters = ALL
    noted: bool = False  # the reader has sent feedback
    before: tuple[str, ...] = ()  # earlier questions that this one needs


_TURN: TypeAdapter[Turn] = TypeAdapter(Turn)


def answered(
    question: str, answer: Answer, filters: Filters, before: Sequence[str] = ()
) -> Turn:
    """The turn of an answer as the assistant gave it."""
    return Turn(
        question,
        replace(answer, extra={}),
        series=answer.extra.get("others"),
        filters=filters,
        before=tuple(before),
    )


def as_kept(turn: Turn) -> str:
    """The turn as one line of JSON."""
    return _TURN.dump_json(turn, exclude={"answer": {"extra"}}).decode()


def read_turn(text: object, words: Words) -> Turn:
    """A turn from JSON made by `as_kept`; raises BadInputError if it is none."""
    if not isinstance(text, str) or len(text) > MOST_CHARS:
        raise BadInputError(words.bad_turn)
    try:
        return _TURN.validate_json(text)
    except ValidationError as error:
        raise BadInputError(words.bad_turn) from error


def read_turns(texts: object, words: Words) -> list[Turn]:
    """A whole chat; raises BadInputError as `read_turn` does."""
    if not isinstance(texts, list) or len(texts) > MOST_TURNS:
        raise BadInputError(words.bad_turn)
    return [read_turn(text, words) for text in texts]


def questions(turns: list[Turn]) -> list[str]:
    """What a follow-up may refer to: the questions that were answered."""
    return [turn.question for turn in turns if turn.answer]
