"""Rank passages by likeness to a question, exactly and without FAISS.

Slow but obvious: the FAISS search must agree with it, and a test checks.
No files and no models here.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.records import Vectors


class Near(NamedTuple):
    """Row of a vector, and its cosine likeness."""

    row: int
    score: float


def nearest(query: NDArray[np.float32], vectors: Vectors, k: int) -> list[Near]:
    """Return the *k* rows most like *query*, best first.

    query: shape (d,), unit length.
    vectors: shape (n, d), unit-length rows.
    k: at least 1; when n < k all n rows come back.

    Scores are cosines in [-1, 1]. Equal scores keep row order, so two runs
    give the same list.

    Raises ValueError if the two d differ or k < 1.
    """
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")
    if query.shape != vectors.shape[1:]:
        raise ValueError(f"a query {query.shape} does not fit vectors {vectors.shape}")
    scores = vectors @ query
    best = np.argsort(-scores, kind="stable")[:k]
    return [Near(int(row), float(scores[row])) for row in best]
