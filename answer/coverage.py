"""How much of a question's key terms a text has."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from answer.question import Form, Term
from answer.terms import stems_of, syllables_of
from answer.vocabulary import Vocabulary
from index.records import Language

_NAME_NEAR, _NAME_ABSENT = 0.9, 0.4
_NAME_WEIGHT = 1.4  # a name says more than a word
_NO_FORM = 0.25  # of the weight of a term that no form is known of in a language
_UNSEEN = 0.45  # of a form with a word that stands nowhere
_HALF = 0.5  # of a term counts as having it
_BESIDE = 0.55  # of a Vietnamese form: that its syllables stand side by side


@lru_cache(maxsize=20_000)
def _stems(text: str, language: Language) -> frozenset[str]:
    return syllables_of(text) if language == "vi" else stems_of(text, language)


@dataclass(frozen=True, slots=True)
class _Measure:
    """A term with its weights worked out for reports of one language.

    forms: for each form its stems with their share of the form, adding up to 1.
    parts: the words of a phrase with their shares, adding up to 1.
    """

    term: Term
    weight: float
    forms: tuple[tuple[tuple[str, float], ...], ...]
    most: tuple[float, ...]  # how much of each form any text can have
    parts: tuple[tuple[float, "_Measure"], ...]

    def of(self, stems: frozenset[str]) -> float:
        """How much of the term a text with these stems has, from 0 to 1."""
        best = 0.0
        for form, most in zip(self.forms, self.most, strict=True):
            have = 0.0
            for stem, share in form:
                if stem in stems:
                    have += share
            if have < 0.999:
                have = min(have, most)
            if have > best:
                best = have
                if best > 0.999:
                    return 1.0
        if self.parts:
            best = max(best, sum(share * part.of(stems) for share, part in self.parts))
        return best


def _measure(term: Term, language: Language, vocabulary: Vocabulary) -> _Measure:
    rarities = [[vocabulary.rarity(s) for s in form] for form in term.forms[language]]
    forms = tuple(
        _shares(form, weights, language)
        for form, weights in zip(term.forms[language], rarities, strict=True)
    )
    rarest = min((sum(w) / len(w) for w in rarities), default=_NO_FORM)
    weight = term.weight * max(0.1, rarest) * (_NAME_WEIGHT if term.name else 1.0)
    measured = [_measure(part, language, vocabulary) for part in term.parts]
    total = sum(part.weight for part in measured) or 1.0
    parts = tuple((part.weight / total, part) for part in measured)
    most = tuple(_most(form, vocabulary) for form in term.forms[language])
    return _Measure(term, weight, forms, most, parts)


def _most(form: Form, vocabulary: Vocabulary) -> float:
    """Less than half where no report has one of the words: "poor households"."""
    return 1.0 if all(map(vocabulary.has_seen, form)) else _UNSEEN


def _shares(
    form: Form, rarities: Sequence[float], language: Language
) -> tuple[tuple[str, float], ...]:
    """What a form is made of, each with its share; the shares add up to 1.

    In Vietnamese a word has several syllables: side by side they count for more
    than anywhere in the text, where "hướng dẫn … số" has those of "dân số".
    """
    total = sum(rarities)
    shares = [
        (stem, rarity / total) for stem, rarity in zip(form, rarities, strict=True)
    ]
    if language == "en" or len(form) < 2:
        return tuple(shares)
    pairs = [f"{one} {two}" for one, two in itertools.pairwise(form)]
    return (
        *((stem, share * (1 - _BESIDE)) for stem, share in shares),
        *((pair, _BESIDE / len(pairs)) for pair in pairs),
    )


class Coverage:
    """How much of a question's terms a text has, weighed by rarity."""

    def __init__(
        self, terms: Sequence[Term], language: Language, vocabulary: Vocabulary
    ) -> None:
        self.language = language
        self.terms = tuple(terms)
        self._vocabulary = vocabulary
        self._measures = {t: _measure(t, language, vocabulary) for t in terms}
        self._total = sum(m.weight for m in self._measures.values()) or 1.0
        self._known: dict[str, float] = {}

    def of(self, text: str) -> float:
        """From 0 to 1."""
        known = self._known.get(text)
        if known is None:
            stems = _stems(text, self.language)
            have = sum(m.weight * m.of(stems) for m in self._measures.values())
            known = self._known[text] = have / self._total
        return known

    def absent(self, text: str) -> float:
        """The share of known terms, by weight, of which *text* has less than half."""
        stems = _stems(text, self.language)
        missing = sum(
            m.weight
            for m in self._measures.values()
            if m.term.known and m.forms and m.of(stems) < _HALF
        )
        return missing / self._total

    def names(self, text: str, context: str) -> float:
        """A factor: 1 where *text* has every name asked for, less otherwise.

        A name that only the context has counts a little less, one that is
        nowhere much: "Resolution 52" is not answered by Resolution 57.
        """
        fit = 1.0
        for term in self._measures:
            if not term.name or self.has(term, text):
                continue
            fit *= _NAME_NEAR if self.has(term, context) else _NAME_ABSENT
        return fit

    def has(self, term: Term, text: str) -> bool:
        """True if *text* has at least half of *term*."""
        return self.share(term, text) >= _HALF

    def share(self, term: Term, text: str) -> float:
        """How much of *term* a text has, from 0 to 1."""
        measure = self._measures.get(term)
        if measure is None:  # a term of the question before
            measure = _measure(term, self.language, self._vocabulary)
        return measure.of(_stems(text, self.language))
