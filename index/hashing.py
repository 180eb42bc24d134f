"""A working encoder without a model: hashed words and character n-grams.

For tests and for trying things out: it starts at once, needs no weights, and
gives the same numbers in every process. Texts that share words, or most of
their letters, get a high cosine; it knows nothing of meaning or of the other
language.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.encoder import Span
from index.records import Vectors

_WORD = re.compile(r"\w+(?:[.,]\w+)*")  # "52.80" is one word
_DIM = 256
_GRAM = 4


class HashingEncoder:
    """An `Encoder` of 256 dimensions; a text's vector is its words' sum."""

    name = f"hashing-{_DIM}"
    dim = _DIM

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Encode questions; the same as passages, there is nothing to tell apart."""
        return self.passages(texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Encode texts, shape (n, 256), rows of unit length."""
        rows = [_unit(_total(text), _NOTHING) for text in texts]
        return np.array(rows, np.float32).reshape(len(texts), _DIM)

    def passages_with_spans(
        self, texts: Sequence[str], spans: Sequence[Sequence[Span]]
    ) -> tuple[Vectors, list[NDArray[np.float32]]]:
        """Encode texts and the words within each span; see `Encoder`."""
        whole = self.passages(texts)
        parts = [
            np.array(
                [_unit(_total(text[start:end]), row) for start, end in wanted],
                np.float32,
            ).reshape(len(wanted), _DIM)
            for text, wanted, row in zip(texts, spans, whole, strict=True)
        ]
        return whole, parts


def _unit(total: NDArray[np.float32], otherwise: NDArray[np.float32]) -> Vectors:
    length = np.linalg.norm(total)
    return total / length if length else otherwise


def _total(text: str) -> NDArray[np.float32]:
    words = _WORD.findall(text.casefold())
    return sum((_word_vector(word) for word in words), np.zeros(_DIM, np.float32))


@lru_cache(maxsize=20_000)
def _word_vector(word: str) -> NDArray[np.float32]:
    """Add up a word's own feature and those of its n-grams, which forgive endings.

    Short words, mostly grammar, weigh less. Signs come from the hash, so that
    features falling together cancel out as often as they add up.
    """
    vector = np.zeros(_DIM, np.float32)
    for feature, weight in _features(word):
        hashed = zlib.crc32(feature.encode())
        vector[hashed % _DIM] += weight if hashed >> 31 else -weight
    return vector * np.float32(0.3 if len(word) < 3 else 1.0)


def _features(word: str) -> Iterator[tuple[str, float]]:
    yield word, 1.0
    padded = f"<{word}>"
    grams = [padded[i : i + _GRAM] for i in range(len(padded) - _GRAM + 1)]
    for gram in grams:
        yield gram, 1.0 / len(grams) ** 0.5


_NOTHING = np.eye(1, _DIM, dtype=np.float32)[0]  # of a text without a word
