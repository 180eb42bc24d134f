"""Candidates for an answer and what speaks for each, as numbers from 0 to 1.

This is the seam for rankers: a `Ranker` takes a question and candidates and
returns scores. The rules of `answer.rank` are one; a trained reader another.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from answer.fits import kind_fit, period_fit, place_fit, status_fit
from answer.question import Question, Term
from answer.terms import coverage, stems_of
from answer.vocabulary import Vocabulary
from index.records import Figure, Language, Report, StoredFigure, StoredSentence

_BESIDE = 60  # characters that stand beside a figure
_LOW, _HIGH = 0.74, 0.92  # cosines of E5 lie between; outside they say no more


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
    head: float = 1.0  # below 1 where what is counted stands by another figure
    kind: float = 1.0
    period: float = 1.0
    place: float = 1.0
    status: float = 1.0

    @property
    def allowed(self) -> float:
        """The hard constraints together; 0 rules the candidate out."""
        return self.kind * self.period * self.place * self.status * self.head


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence, or a figure in it, that may answer."""

    sentence: StoredSentence
    report: Report
    features: Features
    stored: StoredFigure | None = None
    score: float = 0.0

    @property
    def figure(self) -> Figure | None:
        """The figure, if the candidate is one."""
        return self.stored.figure if self.stored else None

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


class Ranker(Protocol):
    """Orders evidence that the hard constraints allow."""

    def rank(
        self, question: Question, candidates: Sequence[Candidate]
    ) -> list[Candidate]:
        """The candidates with their scores, best first."""
        ...


@dataclass(frozen=True)
class Material:
    """The sentences retrieved for a question, with what is around them."""

    sentences: Sequence[StoredSentence]
    reports: dict[str, Report]
    around: dict[int, str] = field(default_factory=dict)  # passage id → its text

    def context(self, sentence: StoredSentence) -> str:
        """The text around a sentence, and the report's title."""
        title = self.reports[sentence.report].title or ""
        return f"{title} {self.around.get(sentence.passage_id, '')}"


@dataclass(frozen=True)
class Query:
    """A question with its vectors, shape (dim,) each."""

    question: Question
    vector: NDArray[np.float32]
    core: NDArray[np.float32]  # of its key terms alone
    vocabulary: Vocabulary


@lru_cache(maxsize=20_000)
def _stems(text: str, language: Language) -> frozenset[str]:
    return stems_of(text, language)


def _scale(cosine: float) -> float:
    return min(1.0, max(0.0, (cosine - _LOW) / (_HIGH - _LOW)))


class Coverage:
    """How much of a question's terms a text has, weighed by rarity."""

    def __init__(
        self, terms: Sequence[Term], language: Language, vocabulary: Vocabulary
    ) -> None:
        self.language = language
        self.vocabulary = vocabulary
        self.weighed = [(term, self._weight(term)) for term in terms]
        self.total = sum(weight for _, weight in self.weighed) or 1.0

    def _weight(self, term: Term) -> float:
        forms = term.forms[self.language]
        if not forms:
            return 0.25 * term.weight
        rarities = [
            sum(map(self.vocabulary.rarity, form)) / len(form) for form in forms
        ]
        return term.weight * (1.4 if term.name else 1.0) * max(0.1, min(rarities))

    def of(self, text: str) -> float:
        """From 0 to 1."""
        stems = _stems(text, self.language)
        have = sum(
            weight * coverage(term, stems, self.language, self.vocabulary)
            for term, weight in self.weighed
        )
        return have / self.total

    def missing(self, text: str) -> list[Term]:
        """The terms of which *text* has less than half, weightiest first."""
        stems = _stems(text, self.language)
        absent = [
            (weight, term)
            for term, weight in self.weighed
            if coverage(term, stems, self.language, self.vocabulary) < 0.5
        ]
        return [term for _, term in sorted(absent, key=lambda p: -p[0])]


def candidates(query: Query, material: Material, *, figures: bool) -> list[Candidate]:
    """Every figure (or, for figures=False, every sentence) as a candidate."""
    question = query.question
    cover = {
        language: Coverage(question.terms, language, query.vocabulary)
        for language in ("en", "vi")
    }
    found: list[Candidate] = []
    for sentence in material.sentences:
        report = material.reports[sentence.report]
        of = cover[report.language].of
        text = sentence.sentence.text
        base = Features(
            subject=0.0,
            near=0.0,
            clause=0.0,
            sentence=of(text),
            context=of(f"{material.context(sentence)} {text}"),
            likeness=_scale(float(query.vector @ sentence.vector)),
            late=_scale(float(query.vector @ sentence.late)),
            counted=0.0,
        )
        if not figures:
            found.append(Candidate(sentence, report, _for_sentence(query, sentence, report, base)))
            continue
        for stored in sentence.figures:
            allowed = _constraints(question, stored.figure, sentence, report)
            if allowed[0] == 0:
                continue
            features = _for_figure(
                query, sentence, report, stored, base, of, allowed
            )
            found.append(Candidate(sentence, report, features, stored))
    return found


def _constraints(
    question: Question, figure: Figure, sentence: StoredSentence, report: Report
) -> tuple[float, float, float, float]:
    start = sentence.sentence.start
    text = sentence.sentence.text
    clause = text[figure.clause_start - start : figure.clause_end - start]
    near = text[max(0, figure.start - start - 45) : figure.end - start + 40]
    return (
        kind_fit(question, figure, near if figure.kind != "date" else clause),
        period_fit(question, figure, report),
        place_fit(question, figure.place, text),
        status_fit(question, figure),
    )


def _for_figure(  # noqa: PLR0913 — one number per piece of evidence
    query: Query,
    sentence: StoredSentence,
    report: Report,
    stored: StoredFigure,
    base: Features,
    of,  # type: ignore[no-untyped-def]
    allowed: tuple[float, float, float, float],
) -> Features:
    figure = stored.figure
    start, text = sentence.sentence.start, sentence.sentence.text
    clause = text[figure.clause_start - start : figure.clause_end - start]
    kind, period, place, status = allowed
    before, after = _beside(text, figure, sentence)
    near = max(of(after), of(before), of(f"{before} {after}"))
    return Features(
        subject=of(figure.subject),
        near=near,
        clause=of(clause),
        sentence=base.sentence,
        context=base.context,
        likeness=base.likeness,
        late=base.late,
        counted=_scale(float(query.core @ stored.vector)),
        kind=kind,
        period=period,
        place=place,
        status=status,
        head=_head(query, text, before, after, report.language),
    )


def _beside(
    text: str, figure: Figure, sentence: StoredSentence
) -> tuple[str, str]:
    """The words before and behind a figure, up to the figures beside it."""
    at = sentence.sentence.start
    numbers = [f.figure for f in sentence.figures if f.figure.kind != "date"]
    behind = [f.start for f in numbers if f.start >= figure.end]
    before = [f.end for f in numbers if f.end <= figure.start]
    last = min([*behind, figure.end + _BESIDE])
    first = max([at, *before, figure.start - _BESIDE])
    return text[first - at : figure.start - at], text[figure.end - at : last - at]


def _head(
    query: Query, text: str, before: str, after: str, language: Language
) -> float:
    """Is what is counted ("how many ministries") the noun at this figure?

    A noun that stands in the sentence, but by another figure, tells that this
    one counts something else.
    """
    head = query.question.head
    if head is None:
        return 1.0

    def has(part: str) -> bool:
        stems = _stems(part, language)
        return coverage(head, stems, language, query.vocabulary) >= 0.5

    if has(after) or has(before) or not has(text):
        return 1.0
    return 0.75


def _for_sentence(
    query: Query, sentence: StoredSentence, report: Report, base: Features
) -> Features:
    """A sentence's own fit of place and period, softer than a figure's."""
    question = query.question
    text = sentence.sentence.text
    places = {f.figure.place for f in sentence.figures}
    place = 1.0
    if question.places:
        place = max(
            [place_fit(question, report.place, text)]
            + [place_fit(question, p, text) for p in places]
        )
    period = 1.0
    if question.periods:
        fits = [period_fit(question, f.figure, report) for f in sentence.figures]
        whole = _report_period(question, report)
        period = max([whole, *fits])
    return Features(
        subject=base.sentence, near=base.sentence, clause=base.sentence,
        sentence=base.sentence, context=base.context, likeness=base.likeness,
        late=base.late, counted=_scale(float(query.core @ sentence.vector)),
        period=period, place=max(place, 0.2),
    )  # fmt: skip


def _report_period(question: Question, report: Report) -> float:
    from index.grammar.periods import parse_period

    known = report.period or report.published
    if known is None:
        return 0.5
    period = parse_period(known)
    if any(p.overlaps(period) for p in question.periods):
        return 1.0
    near = min(abs(p.start.year - period.end.year) for p in question.periods)
    return 0.6 if near <= 1 else 0.3
