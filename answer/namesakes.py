"""Another of the same kind: Bach Mai Hospital, where Cho Ray Hospital is asked about.

A sentence that names another one tells of that one, even where the passage names
the one that is meant as well.
"""

import re
from collections.abc import Sequence

from answer.glossary import stem
from answer.question import Term
from index.grammar.words import fold_in_place
from index.records import Language

Kinds = tuple[tuple[Term, Term], ...]  # a name, and what kind of thing has it

_BESIDE = 1  # characters between a name and its kind
_PAIR = re.compile(r"\b(?P<name>[^\W\d_]+)(?=\s+(?P<kind>[^\W\d_]+))")


def kinds_of(terms: Sequence[Term]) -> Kinds:
    """The names among the terms of a question that stand beside their kind."""
    return tuple(
        (name, kind)
        for name in terms
        for kind in terms
        if name.name and not kind.name and kind.forms["en"] and _touch(name, kind)
    )


def _touch(one: Term, two: Term) -> bool:
    first, second = sorted((one, two), key=lambda term: term.start)
    return 0 < second.start - first.start - len(first.text) <= _BESIDE


def names_another(kind: Term, text: str, language: Language) -> bool:
    """True if *text* names something of that *kind*: "Bệnh viện Bạch Mai"."""
    return any(
        _named(form, text) if language == "vi" else _called(form[-1], text)
        for form in kind.forms[language]
        if form
    )


def _named(form: Sequence[str], text: str) -> bool:
    folded = fold_in_place(text)
    pattern = re.compile(rf"\b{' '.join(map(re.escape, form))}\s+(?=[^\W\d_])")
    return any(text[match.end()].isupper() for match in pattern.finditer(folded))


def _called(noun: str, text: str) -> bool:
    return any(
        match["name"][0].isupper()
        and match["kind"][0].isupper()
        and stem(match["kind"].lower()) == noun
        for match in _PAIR.finditer(text)
    )
