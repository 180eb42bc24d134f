"""How common the words of the index are: weights for key words, and spelling."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from answer.glossary import stem

_LIKE = 86.0  # rapidfuzz ratio from which a word counts as misspelt
_SHORTEST = 5  # shorter words are too easily another word


@dataclass(frozen=True)
class Vocabulary:
    """Folded words of the indexed sentences with their sentence counts."""

    counts: Mapping[str, int]
    sentences: int
    stems: Mapping[str, int]

    def rarity(self, form: str) -> float:
        """Inverse document frequency of a stem or syllable, in (0, 1]."""
        seen = self.stems.get(form) or self.counts.get(form) or 0
        top = math.log(1 + max(self.sentences, 2))
        return max(
            0.05,
            math.log((1 + self.sentences) / (1 + min(seen, self.sentences)) + 1e-9)
            / top,
        )

    def has_seen(self, form: str) -> bool:
        """True if a report has the stem or syllable."""
        return form in self.stems or form in self.counts

    def knows(self, word: str) -> bool:
        """True if a report has the folded word, in whatever inflection."""
        return word in self.counts or stem(word) in self.stems

    def nearest(self, word: str, also: frozenset[str]) -> str | None:
        """The known word that a misspelt one most likely means, or None."""
        if len(word) < _SHORTEST or not word.isalpha():
            return None
        pool = [w for w in (*self.counts, *also) if abs(len(w) - len(word)) <= 2]
        best = process.extractOne(word, pool, scorer=fuzz.ratio, score_cutoff=_LIKE)
        return best[0] if best and best[0][0] == word[0] else None


def make_vocabulary(counts: Mapping[str, int], sentences: int) -> Vocabulary:
    """A vocabulary from the sentence counts of folded words."""
    stems: Counter[str] = Counter()
    for word, count in counts.items():
        stems[stem(word)] += count
    return Vocabulary(counts, sentences, stems)
