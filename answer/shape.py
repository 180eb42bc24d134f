"""What kind of sentence it is: one that lists, assigns tasks, or gives a reason.

Sentences of reports are long. What is asked for should stand together in one, and a
reason right behind what it is the reason of.
"""

import re
from dataclasses import dataclass

from answer.coverage import Coverage
from answer.evidence import Candidate
from answer.lists import is_item, opens_list
from answer.question import Question, Want
from answer.reasons import asks_why, gives_reason, reasons_in
from answer.spans import list_part
from index.grammar.words import fold_in_place

_WINDOW, _STEP = 24, 8  # words
_BEFORE, _BEHIND = 24, 4  # words around a word of reason that say what it is for
_MANY = 8  # items: more say no more
_OPENING = 200  # characters within which tasks are assigned
_TASKS = re.compile(
    r"\b(?:tasks?|jobs?|duties|assignments?|(?:asked|told|instructed|assigned|requested"
    r"|required|urged|ordered|handed|directed) |nhiem vu|giao|yeu cau|chi dao|viec)\b"
)
_ASSIGNS = re.compile(
    r"\b(?:assign\w*|request\w*|requir\w*|asked|instruct\w*|direct(?:ed|s)|tasks?"
    r"|solutions|must|shall|giao|yeu cau|chi dao|nhiem vu|giai phap|phai|can)\b"
)


def stands_together(cover: Coverage, text: str) -> float:
    """The most of the question's terms within some two dozen words of *text*."""
    words = text.split()
    starts = range(0, max(len(words) - _WINDOW + _STEP, 1), _STEP)
    return max(cover.of(" ".join(words[at : at + _WINDOW])) for at in starts)


def reasoned(cover: Coverage, text: str) -> float:
    """The most of the question's terms right before a word of reason or purpose."""
    best = 0.0
    for start, end in reasons_in(text):
        told = [*text[:start].split()[-_BEFORE:], *text[start:end].split()]
        told += text[end:].split()[:_BEHIND]
        best = max(best, cover.of(" ".join(told)))
    return best


@dataclass(frozen=True, slots=True)
class Form:
    """The form of answer that a question asks for, read once for all candidates."""

    why: bool
    listed: bool
    tasks: bool  # a list of what somebody is to do


def form_asked(question: Question) -> Form:
    """What *question* asks for: a reason, a list, a list of tasks, or neither."""
    listed = question.want is Want.LIST
    tasks = listed and _TASKS.search(fold_in_place(question.text)) is not None
    return Form(asks_why(question), listed, tasks)


def shape(asked: Form, candidate: Candidate) -> tuple[float, ...]:
    """Pieces of evidence for the contest; all 0 where they are not asked for."""
    text = candidate.text
    part = list_part(text) if asked.listed else None
    items = text[slice(*part)].count(";") + 1 if part else 0
    opening = text[:_OPENING] if asked.tasks else ""
    return (
        asked.why and gives_reason(text),
        asked.listed and opens_list(text),
        part is not None,
        min(items, _MANY) / _MANY,
        asked.listed and is_item(text),
        asked.tasks,
        _ASSIGNS.search(fold_in_place(opening)) is not None,
    )
