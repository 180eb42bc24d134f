"""Texts to vectors: the seam behind which every model stands."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.records import Vectors

Span = tuple[int, int]  # characters, end exclusive


class Encoder(Protocol):
    """A model that maps texts to unit vectors of one length."""

    name: str  # stored with the vectors; another name means another index
    dim: int

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Encode questions, shape (n, dim), float32, rows of unit length."""
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Encode report text of any length, shape (n, dim), unit rows."""
        ...

    def passages_with_spans(
        self, texts: Sequence[str], spans: Sequence[Sequence[Span]]
    ) -> tuple[Vectors, list[NDArray[np.float32]]]:
        """Encode texts and, in the same pass, the mean of each span's tokens.

        Returns the texts' vectors, shape (n, dim), and for text i an array of
        shape (len(spans[i]), dim); all rows of unit length.
        """
        ...
