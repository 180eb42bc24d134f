"""Passages by likeness: a FAISS index derived from the store.

It is kept in a file beside the store to start faster. Losing that file loses
nothing: missing, damaged or of another history, it is made again.

The file: one line of JSON (`Header`), then the passage ids as int64, then the
index as FAISS serialises it. One file, because two could not be replaced as one.
"""

import contextlib
import hashlib
import json
import logging
import secrets
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import faiss
import numpy as np
from numpy.typing import NDArray

from index.view import View

logger = logging.getLogger(__name__)

IndexKind = Literal["flat", "ivf"]
Ids = NDArray[np.int64]  # ascending

FORMAT = 1
_CHUNK = 16_384  # vectors read at once
_TRAINED_ON = 64  # vectors a cell of an inverted file learns from


@dataclass(frozen=True, slots=True)
class Header:
    """What the index was made from, and as what."""

    generation: int
    token: str  # of the generation: see View.token
    encoder: str
    dim: int
    kind: IndexKind
    count: int
    sha256: str = ""  # of what follows in the file
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """A searchable index of one generation; never changed once made."""

    header: Header
    ids: Ids = field(repr=False)
    faiss: Any = field(repr=False)

    def search(
        self, query: NDArray[np.float32], k: int, allowed: Ids | None = None
    ) -> list[tuple[int, float]]:
        """Return the *k* passages most like *query*: (id, cosine), best first.

        query: shape (dim,), unit length.
        allowed: the only ids that may come back; None for all. As many as
            there are come back if they are fewer than *k*.
        """
        k = min(k, len(self.ids) if allowed is None else len(allowed))
        if k < 1:
            return []
        selector = None if allowed is None else faiss.IDSelectorBatch(allowed)
        # FAISS's type stubs do not know its own keyword constructors.
        if self.header.kind == "flat":
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        else:
            # Behind a filter every cell is asked, or too few might be found.
            cells = self.faiss.nlist
            asked = max(16, cells // 16) if allowed is None else cells
            parameters = faiss.SearchParametersIVF(  # type: ignore[call-arg]
                sel=selector, nprobe=asked
            )
        scores, ids = self.faiss.search(query[None, :], k, params=parameters)
        return [
            (int(i), float(score))
            for i, score in zip(ids[0], scores[0], strict=True)
            if i >= 0
        ]


def kind_for(count: int) -> IndexKind:
    """Exact search while it is fast; cells and 8-bit vectors for a large corpus."""
    return "flat" if count < 200_000 else "ivf"


def build(view: View, kind: IndexKind | None = None) -> PassageVectors:
    """Index all passages of the view; *kind* goes by their number if not given."""
    ids = view.passage_ids()
    kind = kind or kind_for(len(ids))
    header = _header(view, kind, len(ids))
    if kind == "flat":
        index = faiss.index_factory(
            header.dim, "IDMap2,Flat", faiss.METRIC_INNER_PRODUCT
        )
    else:
        cells = max(1, min(int(4 * len(ids) ** 0.5), len(ids) // 40))
        index = faiss.index_factory(
            header.dim, f"IVF{cells},SQ8", faiss.METRIC_INNER_PRODUCT
        )
        # A fixed seed: the same store gives the same index.
        sample = np.random.default_rng(0).permutation(ids)[: cells * _TRAINED_ON]
        index.train(view.passage_vectors(sample))
    _add(index, view, ids)
    return PassageVectors(header, ids, index)


def updated(vectors: PassageVectors | None, view: View) -> PassageVectors:
    """Make an index of the view's generation, by the least work.

    Takes over *vectors* where they come from an earlier generation of the same
    history, and adds and removes the difference in a copy; else builds anew.
    """
    if vectors is None or not _precedes(vectors.header, view):
        return build(view)
    ids = view.passage_ids()
    if kind_for(len(ids)) != vectors.header.kind:
        return build(view)
    header = _header(view, vectors.header.kind, len(ids))
    gone = np.setdiff1d(vectors.ids, ids, assume_unique=True)
    new = np.setdiff1d(ids, vectors.ids, assume_unique=True)
    index = faiss.clone_index(vectors.faiss)  # searches may be under way in the old
    if len(gone):
        index.remove_ids(faiss.IDSelectorBatch(gone))
    _add(index, view, new)
    return PassageVectors(header, ids, index)


def current(path: Path, view: View) -> PassageVectors:
    """Return the index of the view's generation, from the file if it serves.

    The file is brought up to date too, unless it cannot be written.
    """
    found = load(path)
    if found is not None and found.header.token == view.token:
        return found
    vectors = updated(found, view)
    save(vectors, path)
    return vectors


def load(path: Path) -> PassageVectors | None:
    """Load the index; None, and a line in the log, if it is of no use."""
    try:
        with path.open("rb") as file:
            header = _parse_header(file.readline())
            body = file.read()
        if hashlib.sha256(body).hexdigest() != header.sha256:
            raise ValueError("its checksum is wrong")  # noqa: TRY301 - one handler
        split = 8 * header.count
        ids = np.frombuffer(body[:split], dtype="<i8").astype(np.int64)
        index = faiss.deserialize_index(np.frombuffer(body[split:], dtype=np.uint8))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        logger.warning("%s is made again from the store: %s", path, error)
        return None
    return PassageVectors(header, ids, index)


def read_header(path: Path) -> Header | None:
    """Read the header alone; None if there is no such file or no header."""
    try:
        with path.open("rb") as file:
            return _parse_header(file.readline())
    except (OSError, ValueError, TypeError):
        return None


def save(vectors: PassageVectors, path: Path) -> None:
    """Replace the file in one move; a disk that refuses only costs time later."""
    body = vectors.ids.astype("<i8").tobytes()
    body += faiss.serialize_index(vectors.faiss).tobytes()
    header = replace(vectors.header, sha256=hashlib.sha256(body).hexdigest())
    line = json.dumps(asdict(header)).encode() + b"\n"
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        part.write_bytes(line + body)
        part.replace(path)
    except OSError as error:
        logger.warning("%s could not be saved: %s", path, error)
        with contextlib.suppress(OSError):
            part.unlink()


def _header(view: View, kind: IndexKind, count: int) -> Header:
    return Header(
        view.generation, view.token, view.encoder or "", view.dim or 0, kind, count
    )


def _precedes(header: Header, view: View) -> bool:
    made_by = (header.encoder, header.dim)
    return made_by == (view.encoder, view.dim) and view.has_generation(header.token)


def _parse_header(line: bytes) -> Header:
    values = json.loads(line)
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise ValueError("it is of another format")
    return Header(**values)


def _add(index: Any, view: View, ids: Ids) -> None:
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        index.add_with_ids(view.passage_vectors(chunk), chunk)
