"""Which name in the best sentences answers "who", "which body", "which law"."""

from collections.abc import Callable, Sequence

from answer.evidence import Candidate, Coverage, Query
from answer.question import Want
from answer.spans import Span, bodies, people, things
from index.grammar.words import fold, fold_in_place

_FINDERS: dict[Want, Callable[[str], list[Span]]] = {
    Want.PERSON: people,
    Want.BODY: bodies,
    Want.THING: things,
}
_DEPTH = 6  # sentences looked at


def choose_name(
    query: Query, ranked: Sequence[Candidate]
) -> tuple[Candidate, int, int] | None:
    """The candidate and the name's place in its sentence, or None.

    A name counts by the terms that stand around it, up to the names beside
    it, and by its sentence's score; a name that the question says is none.
    """
    question = query.question
    finder = _FINDERS[question.want]
    top = ranked[0].score or 1e-6
    best: tuple[float, Candidate, Span] | None = None
    for candidate in ranked[:_DEPTH]:
        if candidate.score < 0.6 * top:
            break
        cover = Coverage(question.terms, candidate.report.language, query.vocabulary)
        spans = finder(candidate.text)
        for index, span in enumerate(spans):
            if _in_question(span, question.whole):
                continue
            around = _around(candidate.text, spans, index)
            head = _head_bonus(span, question.head)
            score = candidate.score / top + 0.8 * cover.of(around) + head
            if best is None or score > best[0]:
                best = (score, candidate, span)
    if best is None:
        return None
    _, candidate, span = best
    return candidate, span.start, span.end


def _around(text: str, spans: Sequence[Span], index: int) -> str:
    """The words that belong to a name: from the name before to the name behind."""
    start = spans[index - 1].end if index else 0
    end = spans[index + 1].start if index + 1 < len(spans) else len(text)
    return text[start:end]


def _in_question(span: Span, question: str) -> bool:
    name = fold(span.text[span.core_start - span.start :])
    return name in fold_in_place(question)


def _head_bonus(span: Span, head: Sequence[str]) -> float:
    """ "Which law": a name with the word itself in it."""
    folded = fold(span.text)
    return 0.5 if any(word in folded for word in head if len(word) > 2) else 0.0
