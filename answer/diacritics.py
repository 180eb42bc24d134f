"""Vietnamese typed without its marks, given the marks that it most likely has.

Officials type "ty le ho so" as often as "tỷ lệ hồ sơ". Patterns and key words are
folded and do not mind, but to the encoder and the reader unmarked Vietnamese is
noise. Restored by the likeliest path through the readings of each syllable (Viterbi
1967) under a bigram model with linear interpolation; `python -m evals
train-diacritics` counts the pairs beside this file.
"""

import csv
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.grammar.marks import is_marked
from index.grammar.words import fold

COUNTS = Path(__file__).with_name("diacritics.tsv")
START = "^"  # stands before the first word
_BREAK = re.compile(r"""[.;:!?\n()"“”]|,\s""")  # no pair reaches over these
_WORD = re.compile(r"[^\W\d_]+")
_PAIRS = 0.85  # what a pair counts for; the rest is how common the word is alone
_UNSEEN = 0.05  # times that a word counts which was never seen


def pairs(text: str) -> Iterator[tuple[str, str]]:
    """Each word of a text behind the one before, with their marks, in lower case."""
    for stretch in _BREAK.split(unicodedata.normalize("NFC", text).lower()):
        before = START
        for match in _WORD.finditer(stretch):
            yield before, match.group()
            before = match.group()


@dataclass(frozen=True)
class Diacritics:
    """How often words follow each other."""

    follow: Mapping[tuple[str, str], int]
    alone: Mapping[str, int]
    before: Mapping[str, int]  # how often a word stands before any other
    readings: Mapping[str, Sequence[str]]  # of each folded word

    def restored(self, text: str) -> str:
        """*text* with the likeliest marks; words that are not known stay."""
        parts: list[str] = []
        at = 0
        for stretch in (*_BREAK.finditer(text), None):
            end = stretch.start() if stretch else len(text)
            parts += self._stretch(text, at, end)
            if stretch:
                parts.append(stretch.group())
                at = stretch.end()
        return "".join(parts)

    def _stretch(self, text: str, at: int, end: int) -> Iterator[str]:
        found = list(_WORD.finditer(text, at, end))
        for match, word in zip(found, self._path(found), strict=True):
            yield text[at : match.start()]
            raw = match.group()
            yield _in_case_of(raw, word) if word in self.alone else raw
            at = match.end()
        yield text[at:end]

    def _path(self, found: Sequence[re.Match[str]]) -> Sequence[str]:
        """The readings that together are the likeliest."""
        paths: dict[str, tuple[float, tuple[str, ...]]] = {START: (0.0, ())}
        for match in found:
            form = fold(match.group())
            paths = {
                reading: max(
                    (odds + self._odds(before, reading), (*path, reading))
                    for before, (odds, path) in paths.items()
                )
                for reading in self.readings.get(form, (form,))
            }
        return max(paths.values())[1]

    def _odds(self, before: str, word: str) -> float:
        total = self.before.get(before, 0)
        paired = self.follow.get((before, word), 0) / total if total else 0.0
        alone = (self.alone.get(word, 0) + _UNSEEN) / (1 + len(self.follow))
        return math.log(_PAIRS * paired + (1 - _PAIRS) * alone)


def make_diacritics(
    follow: Mapping[tuple[str, str], int], alone: Mapping[str, int]
) -> Diacritics:
    """A model from counts of pairs and of words."""
    before: dict[str, int] = defaultdict(int)
    readings: dict[str, list[str]] = defaultdict(list)
    for (first, _), count in follow.items():
        before[first] += count
    for word in alone:
        readings[fold(word)].append(word)
    return Diacritics(follow, alone, before, readings)


@cache
def read_diacritics() -> Diacritics:
    """The model beside this file; read once."""
    follow: dict[tuple[str, str], int] = {}
    alone: dict[str, int] = {}
    with COUNTS.open(encoding="utf-8", newline="") as file:
        for first, second, count in csv.reader(file, delimiter="\t"):
            if first:
                follow[first, second] = int(count)
            else:
                alone[second] = int(count)
    return make_diacritics(follow, alone)


def with_marks(text: str) -> str:
    """Vietnamese *text* with marks: as it is, or restored if it was typed without."""
    return text if is_marked(text) else read_diacritics().restored(text)


def _in_case_of(raw: str, word: str) -> str:
    """*word* as *raw* is written; capitals inside are an abbreviation's."""
    if raw.islower():
        return word
    return word.capitalize() if raw == raw.capitalize() else raw
