"""What speaks for candidates as rows of numbers, for `answer.contest` to weigh."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from answer.evidence import ODDS, Candidate
from answer.question import FIGURES, Question, Want
from answer.shape import Form, form_asked, shape

Rows = NDArray[np.float32]

FIGURE_WANTS = (*sorted(FIGURES), Want.DATE)
SENTENCE_WANTS = (Want.PERSON, Want.BODY, Want.THING, Want.LIST, Want.EXPLAIN)

_COVERED = ("subject", "near", "clause", "sentence", "context", "likeness", "late",
            "counted", "absent", "lacking")  # fmt: skip
_FITTED = ("kind", "period", "place", "status", "names", "head", "contrast", "occasion")
_LEAST = 0.02  # of a fit, whose logarithm is taken
_LEAST_SCORE = 1e-4
_MANY = 8  # terms, figures in a sentence: more say no more
_STATUSES = ("change", "earlier", "target", "estimate")
_LONG = 300  # characters of a sentence


def pieces(question: Question, ranked: Sequence[Candidate]) -> Rows:
    """A row for each candidate; all are figures, or all are sentences.

    First what a candidate has by itself, then how far it is ahead of the others in its
    sentence and of those elsewhere, then what is asked, which is the same in all rows.
    """
    form = form_asked(question)
    own = np.array([_own(question, form, c) for c in ranked], dtype=np.float32)
    ahead = _ahead(ranked)
    asked = np.array([_asked(question, ranked[0])] * len(ranked), dtype=np.float32)
    return np.hstack([own, ahead, asked], dtype=np.float32)


def _own(question: Question, form: Form, candidate: Candidate) -> list[float]:
    features, figures = candidate.features, candidate.sentence.figures
    own = [
        math.log(candidate.score + _LEAST_SCORE),
        math.log(candidate.by_rules + _LEAST_SCORE),
        *(getattr(features, name) for name in _COVERED),
        *(math.log(max(getattr(features, name), _LEAST)) for name in _FITTED),
        (features.read or 0.0) / ODDS,
        (features.said or 0.0) / ODDS,
        features.read is not None,
        candidate.report.language != question.language,
        min(len(figures), _MANY) / _MANY,
    ]
    figure = candidate.figure
    if figure is None:
        long = min(len(candidate.text) / _LONG, 2.0)
        return [*own, long, *shape(form, candidate)]
    kind = "growth" if figure.status == "change" else figure.kind
    alike = sum(other.figure.kind == figure.kind for other in figures)
    return [
        *own,
        min(candidate.rival, 1.0),
        *(figure.status == status for status in _STATUSES),
        question.likely.kinds.get(kind, 0.0),
        bool(figure.hedge),
        min(alike, _MANY) / _MANY,
    ]


def _ahead(ranked: Sequence[Candidate]) -> Rows:
    """How far each is ahead of the best of its sentence, and of the best elsewhere.

    0 where there is no other, less than 0 where it is behind.
    """
    values = np.array([_compared(c) for c in ranked], dtype=np.float32).T
    ids = np.array([c.sentence.id for c in ranked])
    beside = ids[:, None] == ids[None, :]
    elsewhere = ~beside
    np.fill_diagonal(beside, val=False)
    found = [values - _best(values, elsewhere)]
    if ranked[0].stored:  # a sentence is its only candidate
        found.insert(0, values - _best(values, beside))
    return np.vstack(found).T


def _best(values: Rows, others: NDArray[np.bool_]) -> Rows:
    """The best of each one's *others*; its own value where it has none."""
    among = np.where(others, values[:, None, :], -np.inf).max(axis=2)
    best: Rows = np.where(others.any(axis=1), among, values)
    return best


def _compared(candidate: Candidate) -> tuple[float, ...]:
    f = candidate.features
    return (
        math.log(candidate.score + _LEAST_SCORE),
        f.told,
        f.alike,
        f.sentence,
        f.counted,
        f.near,
        ((f.read or 0.0) + (f.said or 0.0)) / ODDS,
        f.absent,
    )


def _asked(question: Question, first: Candidate) -> list[float]:
    wants = FIGURE_WANTS if first.stored else SENTENCE_WANTS
    return [
        *(question.want == want for want in wants),
        question.language == "vi",
        min(len(question.terms), _MANY) / _MANY,
        bool(question.periods),
        bool(question.places),
        question.status == "target",
        question.text != question.whole,
        question.likely.kinds.get(question.want, 0.0),
        question.likely.target,
    ]
