"""What the contest learns from: the candidates of questions with known answers.

Each question gives two or more lists: its candidates as the rules rank them, and again
once the reader has been heard; where a change or a comparison is asked for, those of
each of its parts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from answer.assistant import Assistant
from answer.candidates import Evidence
from answer.contest import AMONG, said
from answer.evidence import Candidate
from answer.headline import headline
from answer.lists import whole_list
from answer.pieces import Rows, pieces
from answer.question import FIGURES, SERIES, Want
from answer.question import Question as Asked
from answer.rank import by_score
from answer.series import parts_of
from evals.match import says, words
from evals.sets import Question


@dataclass(frozen=True, slots=True)
class Rivals:
    """The candidates of one question, n of them with k pieces each."""

    pieces: Rows  # (n, k)
    right: NDArray[np.bool_]  # (n,), all False where no report answers
    said: tuple[object, ...]  # (n,), what each says: equal ones bear each other out
    figures: bool
    read: bool  # the reader was heard, as before a reply


class Scores:
    """Ranks by scores alone, without the contest that is to be learned."""

    def rank(self, question: Asked, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The candidates by their scores."""
        return by_score(question, candidates)


def rivals(assistant: Assistant, questions: Sequence[Question]) -> Iterator[Rivals]:
    """The lists of *questions*; those out of scope have none."""
    for question in questions:
        found = assistant.look_up(question.question, question.history)
        if found is None:
            continue
        asked, evidence = found
        yield from _lists(question, asked, evidence, read=False)
        assistant.hear(asked, evidence)
        yield from _lists(question, asked, evidence, read=True)


def _lists(
    question: Question, asked: Asked, evidence: Evidence, *, read: bool
) -> Iterator[Rivals]:
    for part in _parts(asked):
        figures = part.want in FIGURES or part.want is Want.DATE
        look = evidence.figures if figures else evidence.sentences
        pool = [c for c in by_score(part, look(part)) if c.score > 0][:AMONG]
        if pool:
            right = np.array([_is_right(question, part, c, evidence) for c in pool])
            told = tuple(said(c) for c in pool)
            yield Rivals(pieces(part, pool), right, told, figures, read)


def _parts(asked: Asked) -> list[Asked]:
    if asked.want not in SERIES:
        return [asked]
    whole = replace(asked, want=asked.base, periods=())
    return parts_of(asked) or [whole]


def _is_right(
    question: Question, part: Asked, candidate: Candidate, evidence: Evidence
) -> bool:
    golds = (*question.answers, *question.all)
    if not golds or candidate.report.name not in question.reports:
        return False
    shown = _shown(part, candidate, evidence)
    if question.quotes and not any(_quoted(question.quotes, s) for s in shown):
        return False
    told = "\n".join(shown)
    if candidate.stored:
        told = told[slice(*headline(candidate))]
    return any(says(told, gold) for gold in golds)


def _shown(part: Asked, candidate: Candidate, evidence: Evidence) -> list[str]:
    """The sentences that a reply would show of a candidate: of a list, all of it."""
    if part.want is not Want.LIST:
        return [candidate.text]
    first, items = whole_list(candidate, evidence.material)
    return [c.text for c in (first, *items)]


def _quoted(quotes: Sequence[str], text: str) -> bool:
    own = " ".join(words(text))
    told = [" ".join(words(quote)) for quote in quotes]
    return any(own in quote or quote in own for quote in told)
