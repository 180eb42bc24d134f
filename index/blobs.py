"""Vectors as the store keeps them: float16, two bytes a number."""

from collections.abc import Sequence

import numpy as np

from index.errors import StoreError
from index.records import Vectors


def to_blobs(vectors: Vectors) -> list[bytes]:
    """One blob a row."""
    return [row.tobytes() for row in np.asarray(vectors, dtype="<f2")]


def from_blobs(blobs: Sequence[bytes], dim: int) -> Vectors:
    """Return the rows again, shape (len(blobs), dim), float32, of unit length.

    Rounding to float16 moves a norm by up to 0.1 percent, which would reorder
    near-ties, so rows are normalised again; a row of zeros stays one.

    Raises StoreError if a blob has another length.
    """
    if set(map(len, blobs)) - {2 * dim}:
        raise StoreError(
            "a vector in the store is damaged. Rebuild the index with "
            "`python -m ingest --rebuild`."
        )
    joined = np.frombuffer(b"".join(blobs), dtype="<f2")
    rows = joined.reshape(len(blobs), dim).astype(np.float32)
    norms = np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]
    return np.asarray(rows / np.where(norms == 0, 1, norms), dtype=np.float32)
