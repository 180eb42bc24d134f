"""Words that rule each other out: urban and rural, exports and imports.

Likeness cannot tell them apart, for they stand in the same sentences; a figure
that counts the one is no answer to a question about the other.
"""

import csv
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from answer.glossary import stem
from index.grammar.words import fold, tokens
from index.records import Language

_PATH = Path(__file__).with_name("contrasts.csv")
_CLASH = 0.2  # what is counted is the other thing
_CLASH_AROUND = 0.4  # only the other thing is named in the sentence
_UNASKED = 0.9  # a part ("rural households") where the whole was asked for

Named = Mapping[str, frozenset[int]]  # group → which of its members a text names


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A spelling of a member, between spaces, as it is looked for."""

    group: str
    member: int
    text: str


@cache
def _phrases() -> Mapping[str, Sequence[_Phrase]]:
    """For "en", "vi" and "vi unmarked", longest first: "near-poor" is not "poor"."""
    found: dict[str, list[_Phrase]] = defaultdict(list)
    sizes: dict[str, int] = defaultdict(int)
    with _PATH.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            group, member = row["group"], sizes[row["group"]]
            sizes[group] += 1
            for english in row["english"].split("|"):
                text = _spaced(stem(t) for t in _plain(english))
                found["en"].append(_Phrase(group, member, text))
            for vietnamese in row["vietnamese"].split("|"):
                marked = _spaced(_marked(vietnamese))
                found["vi"].append(_Phrase(group, member, marked))
                if len(tokens(vietnamese)) > 1:
                    folded = _spaced(tokens(vietnamese))
                    found["vi unmarked"].append(_Phrase(group, member, folded))
    return {
        key: sorted(phrases, key=lambda p: -len(p.text))
        for key, phrases in found.items()
    }


def _spaced(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "


def _plain(text: str) -> list[str]:
    """English words with hyphens taken apart."""
    return [part for token in tokens(text) for part in token.split("-")]


def _marked(text: str) -> list[str]:
    """Vietnamese syllables in lower case with their marks."""
    lowered = unicodedata.normalize("NFC", text).lower()
    return "".join(c if c.isalnum() else " " for c in lowered).split()


@lru_cache(maxsize=20_000)
def named(text: str, language: Language) -> Named:
    """The members of each group that *text* names."""
    if language == "en":
        key, spaced = "en", _spaced(stem(t) for t in _plain(text))
    elif fold(text) == text.lower():
        key, spaced = "vi unmarked", _spaced(tokens(text))
    else:
        key, spaced = "vi", _spaced(_marked(text))
    found: dict[str, set[int]] = defaultdict(set)
    left: dict[str, str] = {}
    for phrase in _phrases()[key]:
        rest = left.get(phrase.group, spaced)
        if phrase.text in rest:
            found[phrase.group].add(phrase.member)
            left[phrase.group] = rest.replace(phrase.text, " | ")
    return {group: frozenset(members) for group, members in found.items()}


def contrast_fit(asked: Named, language: Language, *stretches: str) -> float:
    """A factor: 1 where the evidence is about what is asked, small where it is
    about its counterpart.

    stretches: of the report, the nearest first: what a figure counts with the
    words beside it, its clause, its sentence; for other evidence the sentence.
    """
    told = [named(stretch, language) for stretch in stretches]
    fit = 1.0
    for group, members in asked.items():
        if len(members) == 1:  # else both are asked for
            fit *= _group_fit(members, *(t.get(group, frozenset()) for t in told))
    # Which of many small words stand beside it says little: once is enough.
    unasked = len(told) > 1 and bool(told[0].keys() - asked)
    return fit * (_UNASKED if unasked else 1.0)


def _group_fit(asked: frozenset[int], *told: frozenset[int]) -> float:
    """The nearest stretch that names a member of the group decides."""
    clash = _CLASH
    for members in told:
        if members:
            return 1.0 if members & asked else clash
        clash = _CLASH_AROUND
    return 1.0
