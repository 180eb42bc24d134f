"""Which name in the best sentences answers "who", "which body", "which law"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from answer.candidates import Evidence
from answer.evidence import Candidate
from answer.question import Question, Want
from answer.spans import Span, bodies, people, things
from index.grammar.words import fold, fold_in_place

_FINDERS: dict[Want, Callable[[str], list[Span]]] = {
    Want.PERSON: people,
    Want.BODY: bodies,
    Want.THING: things,
}
_DEPTH = 6  # sentences looked at


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a candidate's sentence; fit: how well role and words agree."""

    candidate: Candidate
    start: int
    end: int
    fit: float


def choose_name(
    question: Question, evidence: Evidence, ranked: Sequence[Candidate], want: Want
) -> Named | None:
    """The name that answers, or None.

    A name counts by the terms that stand around it, up to the names beside
    it, and by its sentence's score; a name that the question says is none.
    """
    top = ranked[0].score or 1e-6
    best: tuple[float, Named] | None = None
    for candidate in ranked[:_DEPTH]:
        if candidate.score < 0.6 * top:
            break
        cover = evidence.cover(candidate.report)
        spans = _FINDERS[want](candidate.text)
        for index, span in enumerate(spans):
            if _in_question(span, question) or cover.of(span.text) > 0.6:
                continue
            around = _around(candidate.text, spans, index)
            fit = role_fit(question.text, span, around) if want is Want.PERSON else 1.0
            score = candidate.score / top + 0.8 * cover.of(around)
            score = score * fit + _head_bonus(span, question.words)
            if want is Want.THING and _is_quoted(candidate.text, span):
                score += 0.25
            if best is None or score > best[0]:
                best = (score, Named(candidate, span.start, span.end, fit))
    return best[1] if best else None


_DEPUTY = re.compile(r"\b(?:vice|deputy|pho|thu truong)\b")
_ROLES = (
    (r"chair(?:man|woman|person)?s?\b|chu tich", r"chair(?:man|woman|person)|chu tich"),
    (r"minister\b|bo truong|thu truong", r"minister|bo truong|thu truong"),
    (r"prime minister|thu tuong", r"prime minister|thu tuong"),
    (r"director|giam doc", r"director|giam doc"),
    (r"secretary|bi thu", r"secretary|bi thu"),
    (r"\bhead of\b|truong ban", r"\bhead\b|truong ban"),
    (r"president of|tong thong|chu tich nuoc", r"president|tong thong|chu tich nuoc"),
)
_CHAIRING = re.compile(
    r"\b(?:chaired|chairs|chairing|chairs? the (?:meeting|conference|session)|chu tri)\b"
)


def role_fit(question: str, span: Span, around: str) -> float:
    """Does the person hold the office asked for, and not the deputy's?"""
    asked = _CHAIRING.sub(" ", fold(question))
    held = fold(around)
    for wanted, office in _ROLES:
        if not re.search(wanted, asked):
            continue
        if not re.search(office, held):
            return 0.4
        deputies = [bool(_DEPUTY.search(t)) for t in (asked, _title_of(held, office))]
        if deputies[0] != deputies[1]:
            return 0.4
    return 1.0


def _title_of(held: str, office: str) -> str:
    """The office with the words before it ("permanent deputy prime minister")."""
    match = re.search(office, held)
    return held[max(0, match.start() - 18) : match.end()] if match else ""


def _is_quoted(text: str, span: Span) -> bool:
    return span.start > 0 and text[: span.start].rstrip()[-1:] in {"“", '"', "«", "‘"}


def _around(text: str, spans: Sequence[Span], index: int) -> str:
    """The words that belong to a name: from the name before to the name behind."""
    start = spans[index - 1].end if index else 0
    end = spans[index + 1].start if index + 1 < len(spans) else len(text)
    return text[start:end]


def _in_question(span: Span, question: Question) -> bool:
    name = fold(span.text[span.core_start - span.start :])
    return name in fold_in_place(question.whole)


def _head_bonus(span: Span, head: Sequence[str]) -> float:
    """ "Which law": a name with the word itself in it."""
    folded = fold(span.text)
    return 0.5 if any(word in folded for word in head if len(word) > 2) else 0.0
