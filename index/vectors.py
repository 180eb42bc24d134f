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
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from math import ceil
from pathlib import Path
from typing import Any, Literal

import faiss
import numpy as np
from numpy.typing import NDArray

from index.records import Vectors
from index.view import View

_faiss: Any = faiss  # its type stubs do not know all of it
logger = logging.getLogger(__name__)

IndexKind = Literal["flat", "ivf"]
Ids = NDArray[np.int64]  # ascending
Bits = NDArray[np.uint8]  # a bitmap of ids
Exact = Callable[[Ids], Vectors]  # the stored vectors of passages

FORMAT = 1
_CHUNK = 16_384  # vectors read at once
# Measured with `python -m evals scale`, see evals/RESULTS.md: one cell in 16,
# and twice as many candidates as wanted, compared by their stored vectors.
_TRAINED_ON = 64  # vectors a cell of an inverted file learns from
_PROBED = 1 / 16  # of the cells, where no filter thins them out
_AT_LEAST_PROBED = 48
_CANDIDATES = 2, 50  # so many times k, at least so many
_EXACT_UPTO = 100_000  # vectors
_AT_ONCE = 10_000  # vectors that a change is worked into at once
_LAG = 1 / 20  # of the vectors may wait beside the index before they are worked in


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
    """A searchable index of one generation; never changed once made.

    A large FAISS index is not copied for every change: what has gone since it
    was made is passed over, what is new waits beside it, until `settled`.
    """

    header: Header
    ids: Ids = field(repr=False)  # of what is found
    faiss: Any = field(repr=False)
    held: Ids | None = field(default=None, repr=False)  # in faiss, if not just ids
    fresh: Any = field(default=None, repr=False)  # a flat index of the others

    @property
    def waiting(self) -> int:
        """How many vectors are yet to be added to the FAISS index, or removed."""
        if self.held is None:
            return 0
        return len(np.setxor1d(self.ids, self.held, assume_unique=True))

    def search(
        self,
        query: NDArray[np.float32],
        k: int,
        allowed: Ids | None = None,
        exact: Exact | None = None,
    ) -> list[tuple[int, float]]:
        """Return the *k* passages most like *query*: (id, cosine), best first.

        query: shape (dim,), unit length.
        allowed: the only ids that may come back; None for all. As many as
            there are come back if they are fewer than *k*.
        exact: gives stored vectors, to compare candidates by where the index
            holds them rounded.
        """
        among = self.ids if allowed is None else allowed
        k = min(k, len(among))
        if k < 1:
            return []
        rounded = self.header.kind == "ivf" and exact is not None
        wanted = max(k * _CANDIDATES[0], _CANDIDATES[1]) if rounded else k
        whole = allowed is None and self.held is None
        bits = None if whole else _bits(among)
        share = 1.0 if allowed is None else len(among) / len(self.ids)
        found = self._ask(query, min(wanted, len(among)), bits, share)
        if len(found) < k:  # the cells asked hold too few that are allowed
            found = self._ask(query, k, bits, 0.0)
        if rounded and exact is not None:
            ids = np.fromiter(found, np.int64)
            scores = exact(ids) @ query
            found = dict(zip(ids.tolist(), scores.tolist(), strict=True))
        return sorted(found.items(), key=lambda hit: (-hit[1], hit[0]))[:k]

    def _ask(
        self, query: NDArray[np.float32], k: int, bits: Bits | None, share: float
    ) -> dict[int, float]:
        """Ask FAISS; *share* of the passages are allowed, so more cells are asked."""
        found: dict[int, float] = {}
        for index in (self.faiss, self.fresh):
            if index is None or not index.ntotal:
                continue
            parameters = _parameters(index, bits, share)
            scores, ids = index.search(query[None, :], k, params=parameters)
            hits = zip(ids[0].tolist(), scores[0].tolist(), strict=True)
            found |= {i: score for i, score in hits if i >= 0}
        return found


def _parameters(index: Any, bits: Bits | None, share: float) -> Any:
    selector = None if bits is None else _faiss.IDSelectorBitmap(bits)
    if not hasattr(index, "nlist"):
        return _faiss.SearchParameters(sel=selector)
    probed = index.nlist * min(1.0, _PROBED / max(share, 1e-9))
    return _faiss.SearchParametersIVF(
        sel=selector, nprobe=max(_AT_LEAST_PROBED, ceil(probed))
    )


def kind_for(count: int) -> IndexKind:
    """Exact search while it is fast; cells and 8-bit vectors for a large corpus."""
    return "flat" if count < _EXACT_UPTO else "ivf"


def build(
    view: View, kind: IndexKind | None = None, ids: Ids | None = None
) -> PassageVectors:
    """Index all passages of the view; *kind* goes by their number if not given.

    ids: the view's, if the caller has them at hand.
    """
    ids = view.passage_ids() if ids is None else ids
    kind = kind or kind_for(len(ids))
    header = _header(view, kind, len(ids))
    if kind == "flat":
        index = _flat(header.dim)
    else:
        cells = max(1, min(int(len(ids) ** 0.5), len(ids) // 40))
        index = faiss.index_factory(
            header.dim, f"IVF{cells},SQ8", faiss.METRIC_INNER_PRODUCT
        )
        # A fixed seed: the same store gives the same index.
        sample = np.random.default_rng(0).permutation(ids)[: cells * _TRAINED_ON]
        index.train(_vectors(view, np.sort(sample)))
    _add(index, view, ids)
    return PassageVectors(header, ids, index)


def updated(
    vectors: PassageVectors | None,
    view: View,
    ids: Ids | None = None,
    *,
    related: bool = False,
) -> PassageVectors:
    """Make an index of the view's generation, by the least work.

    Takes over *vectors* where they come from an earlier generation of the same
    history; else builds anew. A small change of a large index is kept beside
    it: see `due`.

    ids: the view's, if the caller has them at hand.
    related: the caller knows that the histories are one, as when *vectors* are
        newer than the view.
    """
    if vectors is None or not (related or _precedes(vectors.header, view)):
        return build(view, ids=ids)
    ids = view.passage_ids() if ids is None else ids
    header = _header(view, vectors.header.kind, len(ids))
    held = vectors.ids if vectors.held is None else vectors.held
    if np.array_equal(ids, held):
        return PassageVectors(header, ids, vectors.faiss)
    fresh = _flat(header.dim)
    _add(fresh, view, np.setdiff1d(ids, held, assume_unique=True))
    found = PassageVectors(header, ids, vectors.faiss, held, fresh)
    cheap = max(len(ids), len(held)) <= _AT_ONCE
    return settled(found, view) if cheap else found


def due(vectors: PassageVectors) -> bool:
    """Say if so much waits beside the index that it should be `settled`."""
    return vectors.waiting > len(vectors.ids) * _LAG or (
        vectors.waiting > 0 and vectors.header.kind != kind_for(len(vectors.ids))
    )


def settled(vectors: PassageVectors, view: View) -> PassageVectors:
    """Work what waits into a copy of the index; takes seconds where it is large.

    view: of the generation of *vectors*.
    """
    if vectors.held is None:
        return vectors
    if kind_for(len(vectors.ids)) != vectors.header.kind:
        return build(view, ids=vectors.ids)
    index = faiss.clone_index(vectors.faiss)  # searches may be under way in the old
    gone = np.setdiff1d(vectors.held, vectors.ids, assume_unique=True)
    if len(gone):
        index.remove_ids(faiss.IDSelectorBatch(gone))
    _add(index, view, np.setdiff1d(vectors.ids, vectors.held, assume_unique=True))
    return PassageVectors(vectors.header, vectors.ids, index)


def current(path: Path, view: View, ids: Ids | None = None) -> PassageVectors:
    """Return the index of the view's generation, from the file if it serves.

    The file is brought up to date too, unless little has changed or it cannot
    be written.
    """
    found = load(path)
    if found is not None and found.header.token == view.token:
        return found
    vectors = updated(found, view, ids)
    if due(vectors):
        vectors = settled(vectors, view)
    save(vectors, path)
    return vectors


def load(path: Path) -> PassageVectors | None:
    """Load the index; None, and a line in the log, if it is of no use."""
    try:
        with path.open("rb") as file:
            header = _parse_header(file.readline())
            body = _Hashed(file.read)
            ids = np.frombuffer(body(8 * header.count), dtype="<i8").astype(np.int64)
            index = _faiss.read_index(_faiss.PyCallbackIOReader(body))
        if body.hexdigest() != header.sha256:
            raise ValueError("its checksum is wrong")  # noqa: TRY301 - one handler
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
    """Replace the file in one move; a disk that refuses only costs time later.

    While changes wait beside the index, the file stays as it is: they are made
    out from the store again.
    """
    if vectors.held is not None:
        return
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    # The checksum stands before what it is of, and is known after.
    header = replace(vectors.header, sha256="0" * 64)
    try:
        with part.open("wb") as file:
            file.write(_line(header))
            body = _Hashed(file.write)
            body(vectors.ids.astype("<i8").tobytes())
            _faiss.write_index(vectors.faiss, _faiss.PyCallbackIOWriter(body))
            file.seek(0)
            file.write(_line(replace(header, sha256=body.hexdigest())))
        part.replace(path)
    except (OSError, RuntimeError) as error:  # FAISS wraps what the file raises
        logger.warning("%s could not be saved: %s", path, error)
        with contextlib.suppress(OSError):
            part.unlink()


class _Hashed:
    """Reads or writes through a checksum: the whole is never in memory twice."""

    def __init__(self, through: Callable[[Any], Any]) -> None:
        self._through = through
        self._hash = hashlib.sha256()

    def __call__(self, what: Any) -> Any:
        """Read so many bytes, or write these."""
        done = self._through(what)
        self._hash.update(what if isinstance(what, bytes) else done)
        return done

    def hexdigest(self) -> str:
        """Return the checksum of all that came through."""
        return self._hash.hexdigest()


def _line(header: Header) -> bytes:
    return json.dumps(asdict(header)).encode() + b"\n"


def _flat(dim: int) -> Any:
    return faiss.index_factory(dim, "IDMap2,Flat", faiss.METRIC_INNER_PRODUCT)


def _bits(ids: Ids) -> Bits:
    """Mark ids in a bitmap, as FAISS reads it."""
    marks = np.zeros(int(ids[-1]) + 1, np.bool_)
    marks[ids] = True
    return np.packbits(marks, bitorder="little")


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


def _vectors(view: View, ids: Ids) -> Vectors:
    """Return many vectors, read bit by bit into one array."""
    rows = np.empty((len(ids), view.dim or 0), np.float32)
    for start in range(0, len(ids), _CHUNK):
        rows[start : start + _CHUNK] = view.passage_vectors(ids[start : start + _CHUNK])
    return rows
