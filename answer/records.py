"""What the reader sees. The JSON keys are a contract: extend, never rename."""

import re
from dataclasses import asdict, dataclass, field
from typing import Any

from index.records import Language

MARKER = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Citation:
    """A bracketed number in an answer and the sentence behind it."""

    number: int
    report: str  # file name in the corpus
    title: str | None
    publisher: str | None
    url: str | None
    published: str | None
    page: int
    start: int  # characters into the page's text
    end: int
    quote: str  # verbatim
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class AnswerFigure:
    """A figure that the answer shows, copied from the quote of its citation."""

    raw: str
    value: float | None
    unit: str
    subject: str
    period: str | None
    place: str | None
    status: str
    citation: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply. Abstained: no headline, a reason, and at most nearest evidence."""

    question: str
    language: Language
    short: str
    text: str
    abstained: bool
    reason: str | None
    confidence: float
    citations: tuple[Citation, ...] = ()
    figures: tuple[AnswerFigure, ...] = ()
    took_ms: int = 0
    kind: str = ""  # what was asked for: share, count, date, person, list, …
    generation: int = 0  # of the index that answered
    extra: dict[str, Any] = field(default_factory=dict)  # for the page; not in JSON

    def __post_init__(self) -> None:
        known = {citation.number for citation in self.citations}
        if unknown := markers(self.text) - known:
            raise ValueError(f"answer cites {unknown}, was given only {known}")

    def as_json(self) -> dict[str, Any]:
        """The answer as plain JSON values, keys as in the design."""
        data = asdict(self)
        del data["extra"]
        return data


def markers(text: str) -> set[int]:
    """The citation numbers standing in brackets in *text*."""
    return {int(number) for number in MARKER.findall(text)}
