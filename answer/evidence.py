"""Candidates for an answer: what a ranker is given.

This is the seam for rankers: a `Ranker` takes a question and candidates and
returns scores. The rules of `answer.rank` are one; a trained reader another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from answer.question import Question
from index.records import Figure, Report, StoredFigure, StoredSentence

ODDS = 10.0  # unit of the reader's log odds, about as large as the other features


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for a candidate; coverages weigh terms by rarity."""

    subject: float  # question's terms in what the figure counts
    near: float  # the counted noun right beside the figure
    clause: float
    sentence: float
    context: float  # passage, sentence before, title
    likeness: float  # cosine of question and sentence
    late: float  # … and sentence as encoded within its passage
    counted: float  # … and the figure's subject
    absent: float = 0.0  # share of known terms that neither sentence nor context has
    lacking: float = 0.0  # … that the sentence has not
    leaning: float = 0.0  # 1 where it leaves to the sentence before what it counts
    names: float = 1.0  # below 1 where a name of the question is not in the evidence
    head: float = 1.0  # below 1 where what is counted stands by another figure
    contrast: float = 1.0  # below 1 where its counterpart is counted: rural, urban
    occasion: float = 1.0  # below 1 where the report is from another meeting
    read: float | None = None  # the reader's log odds of the sentence; None: unasked
    said: float | None = None  # … and of the figure in it
    kind: float = 1.0
    period: float = 1.0
    place: float = 1.0
    status: float = 1.0

    @property
    def told(self) -> float:
        """How much of the question is said by what the figure counts, or its clause."""
        return max(self.subject, self.clause)

    @property
    def alike(self) -> float:
        """The likeness of the sentence, alone or within its passage."""
        return max(self.likeness, self.late)

    @property
    def allowed(self) -> float:
        """The hard constraints together; 0 rules the candidate out."""
        fits = self.kind * self.period * self.place * self.status
        return fits * self.head * self.names * self.contrast * self.occasion


@dataclass(frozen=True, slots=True)
class Standing:
    """How a candidate stands among the best that were ranked with it."""

    likeness: float  # ahead of any other sentence, or behind the best of them
    told: float  # … in the question's terms in what the figure counts
    sentence: float  # … and in the whole sentence
    beside: int  # other figures of its sentence
    across: bool  # asked in another language than the report's


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence, or a figure in it, that may answer."""

    sentence: StoredSentence
    report: Report
    features: Features
    stored: StoredFigure | None = None
    score: float = 0.0
    by_rules: float = 0.0  # the score without what was learned and read
    rival: float = 0.0  # score of the best other figure, as a share of its own
    standing: Standing | None = None  # None until it was ranked
    sure: float | None = None  # that it answers, in the contest; None: not in it
    alone: float | None = None  # … if it had no rivals

    @property
    def figure(self) -> Figure | None:
        """The figure, if the candidate is one."""
        return self.stored.figure if self.stored else None

    @property
    def known_figure(self) -> Figure:
        """The figure of a candidate that is known to be one. Raises ValueError."""
        if self.stored is None:
            raise ValueError("this candidate is a sentence, not a figure")
        return self.stored.figure

    @property
    def text(self) -> str:
        """The sentence's text."""
        return self.sentence.sentence.text

    @property
    def clause(self) -> str:
        """The clause that the figure stands in; the sentence for other evidence."""
        if not self.stored:
            return self.text
        start = self.sentence.sentence.start
        figure = self.stored.figure
        return self.text[figure.clause_start - start : figure.clause_end - start]


@dataclass(frozen=True, slots=True)
class Heard:
    """What the reader said, as log odds by the ids of what it was asked about."""

    sentences: Mapping[int, float] = field(default_factory=dict)
    figures: Mapping[int, float] = field(default_factory=dict)


class Ranker(Protocol):
    """Orders evidence that the hard constraints allow."""

    def rank(
        self, question: Question, candidates: Sequence[Candidate]
    ) -> list[Candidate]:
        """The candidates with their scores, best first."""
        ...
