"""The noun that a question seeks a name of: "which system", "nền tảng nào"."""

import re

from answer.coverage import Coverage
from answer.question import Question, Term
from answer.spans import Span
from index.grammar.words import fold_in_place

OWN_NOUN = 0.3  # for a name with the noun asked for in it: "Decision 422"
_OTHER_NOUN = 0.6  # for a name beside which the noun asked for does not stand
_BEFORE_NAO = re.compile(r"\b(?:nao|gi|so (?:may|bao nhieu))\b")
_WHICH = re.compile(
    r"\b(?:which|what)\b(?: (?:is|was|are|were) the\b)?(?: number of the\b)?"
)
_BETWEEN = 1  # words from "which" to the noun it asks for: "which new system"
_REACH = 14  # characters from that noun to "nào"
# Any name of its kind will do.
_ANY = frozenset(
    {"co quan", "don vi", "to chuc", "dia phuong", "noi", "agency", "agencies", "body",
     "bodies", "organisation", "organization", "unit", "institution", "office", "place",
     "locality"}
)  # fmt: skip
_NOUN_BEFORE, _NOUN_BEHIND = 22, 12  # characters of a name within which it may stand


def sought_in(question: Question) -> Term | None:
    """The noun that is sought: "system" in "which system", "nền tảng" before "nào"."""
    folded = fold_in_place(question.whole)
    known = [t for t in question.terms if t.known and t.text not in _ANY]
    if question.language == "vi":
        at = _BEFORE_NAO.search(folded)
        near = [
            t for t in known if at and 0 < at.start() - t.start <= len(t.text) + _REACH
        ]
        return max(near, key=lambda t: t.start, default=None)
    at = _WHICH.search(folded)
    near = [
        t
        for t in known
        if at
        and at.end() < t.start
        and len(folded[at.end() : t.start].split()) <= _BETWEEN
    ]
    return min(near, key=lambda t: t.start, default=None)


def _with_noun(text: str, span: Span) -> str:
    """A name with the words right beside it, within its clause."""
    start = max(0, span.start - _NOUN_BEFORE, text.rfind(";", 0, span.start) + 1)
    behind = text[span.end : span.end + _NOUN_BEHIND].split(";")[0]
    return text[start : span.end] + behind


def noun_fit(sought: Term, cover: Coverage, text: str, span: Span) -> float:
    """A factor: 1 where the noun that is sought stands in a name, or right beside."""
    return 1.0 if cover.has(sought, _with_noun(text, span)) else _OTHER_NOUN
