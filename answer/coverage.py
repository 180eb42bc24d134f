"""How much of a question's key terms a text has."""

from collections.abc import Sequence
from functools import lru_cache

from answer.question import Term
from answer.terms import coverage, stems_of
from answer.vocabulary import Vocabulary
from index.records import Language

_NAME_NEAR, _NAME_ABSENT = 0.9, 0.4


@lru_cache(maxsize=20_000)
def _stems(text: str, language: Language) -> frozenset[str]:
    return stems_of(text, language)


class Coverage:
    """How much of a question's terms a text has, weighed by rarity."""

    def __init__(
        self, terms: Sequence[Term], language: Language, vocabulary: Vocabulary
    ) -> None:
        self.language = language
        self.vocabulary = vocabulary
        self.weighed = [(term, self._weight(term)) for term in terms]
        self.total = sum(weight for _, weight in self.weighed) or 1.0

    def _weight(self, term: Term) -> float:
        forms = term.forms[self.language]
        if not forms:
            return 0.25 * term.weight
        rarities = [
            sum(map(self.vocabulary.rarity, form)) / len(form) for form in forms
        ]
        return term.weight * (1.4 if term.name else 1.0) * max(0.1, min(rarities))

    def of(self, text: str) -> float:
        """From 0 to 1."""
        stems = _stems(text, self.language)
        have = sum(
            weight * coverage(term, stems, self.language, self.vocabulary)
            for term, weight in self.weighed
        )
        return have / self.total

    def names(self, text: str, context: str) -> float:
        """A factor: 1 where *text* has every name asked for, less otherwise.

        A name that only the context has counts a little less, one that is
        nowhere much: "Resolution 52" is not answered by Resolution 57.
        """
        here = _stems(text, self.language)
        around = _stems(context, self.language)
        fit = 1.0
        for term, _ in self.weighed:
            if not term.name or self._has(term, here):
                continue
            fit *= _NAME_NEAR if self._has(term, around) else _NAME_ABSENT
        return fit

    def has(self, term: Term, text: str) -> bool:
        """True if *text* has at least half of *term*."""
        return self._has(term, _stems(text, self.language))

    def _has(self, term: Term, stems: frozenset[str]) -> bool:
        return coverage(term, stems, self.language, self.vocabulary) >= 0.5
