"""What the reader is given and what it says, as plain frozen records."""

from dataclasses import dataclass

Span = tuple[int, int]  # characters, end exclusive


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage to be read; the reader sees the context line before the text."""

    id: int  # the caller's own, handed back
    text: str
    sentences: tuple[Span, ...]  # in *text*, in order, none overlapping
    context: str = ""  # report, period, place: "Annual report | 2024 | Lang Son"
    figures: tuple[Span, ...] = ()  # in *text*: what a question for one may mean


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """How well a sentence answers, and the words in it that would be the answer.

    score: about 0 at even odds; comparable among all passages of one question.
    start, end: the likeliest answer, characters in the passage's text.
    """

    score: float
    start: int
    end: int
    span_score: float  # log of the odds of start and end; compare within a question


@dataclass(frozen=True, slots=True)
class PassageReading:
    """What the reader says of one passage."""

    id: int
    here: float  # probability that the passage answers the question
    sentences: tuple[SentenceReading, ...]  # row for row those of `Reading`
    logit: float = 0.0  # what `here` was made of; see `Reader.present`
    # Log odds that this figure is the one asked for, row for row those of `Reading`.
    figures: tuple[float, ...] = ()

    @property
    def best(self) -> float:
        """The score of the best sentence; minus infinity without sentences."""
        return max((each.score for each in self.sentences), default=float("-inf"))
