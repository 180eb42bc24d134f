"""Hybrid search: passages by likeness of meaning and by shared words."""

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import vectors
from index.catalog import Catalog
from index.encoder import Encoder
from index.errors import AssistantError, IndexMismatchError, IndexMissingError
from index.records import Filters, Hit, Language
from index.store import Store
from index.vectors import PassageVectors
from index.view import View

logger = logging.getLogger(__name__)

# What the best BM25 adds, in units of the spread of the dense candidates: a
# passage that holds the question's own words may overtake a likelier one from
# the same third of the list. Words of the other language come from a glossary;
# they confirm, but must not bury what only the vectors can find.
SAME_LANGUAGE_WEIGHT = 0.35
OTHER_LANGUAGE_WEIGHT = 0.10


@dataclass(frozen=True, slots=True)
class _Known:
    """What is held in memory of one generation."""

    vectors: PassageVectors
    catalog: Catalog

    @property
    def token(self) -> str:
        return self.vectors.header.token


class Searcher:
    """Finds passages; one for all threads of a process."""

    def __init__(
        self, store: Store, encoder: Encoder, vectors_path: Path | None = None
    ) -> None:
        """Load nothing yet; call `refresh` to have the first question answered fast.

        vectors_path: by default "passages.faiss" beside the store.
        """
        self.store = store
        self.encoder = encoder
        self._path = vectors_path or store.path.with_name("passages.faiss")
        self._lock = threading.Lock()
        self._known: _Known | None = None
        self._settling = False

    def refresh(self) -> int:
        """Take up the store's newest generation and return its number.

        Costs a fraction of a millisecond if nothing changed. Raises as
        `passages` does.
        """
        with self.store.snapshot() as view:
            self._at(view)
            return view.generation

    def vectors(self, view: View) -> PassageVectors:
        """Return the index that vectors alone are looked up in, as `passages` does."""
        return self._at(view).vectors

    def passages(
        self,
        view: View,
        question: NDArray[np.float32],
        words: Mapping[Language, Sequence[str]],
        *,
        language: Language,
        filters: Filters | None = None,
        k: int = 30,
    ) -> list[Hit]:
        """Return the *k* best passages of the view, best first; all if fewer.

        view: a snapshot of this searcher's store; a generation not yet seen is
            taken up first.
        question: its vector, shape (dim,), unit length.
        words: by language of the report, what a passage should hold: the
            question's words, and what a glossary makes of them in the other
            language. Any text will do; a string of several words is a phrase.
        language: of the question.

        Raises IndexMissingError if no report is in, IndexMismatchError if the
        store's vectors are another encoder's, BadInputError if the filter's
        period is none.
        """
        known = self._at(view)
        filters = filters or Filters()
        allowed = None
        if filters != Filters():
            allowed = known.catalog.passages(view, filters)
        wide = max(2 * k, 50)  # both lists run on, so that they can meet
        near = known.vectors.search(question, wide, allowed, view.passage_vectors)
        dense = dict(near)
        lexical = _lexical(view, words, filters, wide)

        floor = min(dense.values(), default=0.0)
        missing = [passage for passage in lexical if passage not in dense]
        if missing:
            cosines = view.passage_vectors(missing) @ question
            dense |= dict(zip(missing, map(float, cosines), strict=True))
        weights = {
            passage: SAME_LANGUAGE_WEIGHT if it is language else OTHER_LANGUAGE_WEIGHT
            for passage, it in view.languages(dense).items()
        }
        return fuse(dense, lexical, weights, floor)[:k]

    def _at(self, view: View) -> _Known:
        """Return what is known of the view's generation."""
        if view.generation == 0 or view.encoder is None:
            raise IndexMissingError
        if (view.encoder, view.dim) != (self.encoder.name, self.encoder.dim):
            raise IndexMismatchError(indexed=view.encoder, wanted=self.encoder.name)
        # Read once: another thread may put newer ones in their place.
        known = self._known
        if known is None or known.token != view.token:
            known = self._take_up(view)
        if not len(known.catalog.ids):
            raise IndexMissingError
        return known

    def _take_up(self, view: View) -> _Known:
        with self._lock:
            known = self._known
            if known is None:
                catalog = Catalog.read(view)
                index = vectors.current(self._path, view, catalog.ids)
            elif known.token == view.token:
                return known
            elif view.has_generation(known.token):
                catalog = Catalog.read(view, known.catalog)
                index = vectors.updated(known.vectors, view, catalog.ids)
                vectors.save(index, self._path)
            else:
                catalog = Catalog.read(view)
                past = self._is_past(view, known)
                index = vectors.updated(known.vectors, view, catalog.ids, related=past)
                if past:
                    # A question that began before the last change: answered in
                    # its own generation, without giving up the newer one.
                    return _Known(index, catalog)
            self._known = known = _Known(index, catalog)
            self._settle_if_due(known)
            return known

    def _is_past(self, view: View, known: _Known) -> bool:
        """Say if the view is of an earlier generation of the very same history."""
        with self.store.snapshot() as now:
            return now.has_generation(view.token) and now.has_generation(known.token)

    def _settle_if_due(self, known: _Known) -> None:
        if vectors.due(known.vectors) and not self._settling:
            self._settling = True
            threading.Thread(target=self._settle, daemon=True).start()

    def _settle(self) -> None:
        """Work into the index what waits beside it; questions go on meanwhile."""
        try:
            with self.store.snapshot() as view:
                known = self._at(view)
                index = vectors.settled(known.vectors, view)
                vectors.save(index, self._path)
            with self._lock:
                if self._known is known:
                    self._known = _Known(index, known.catalog)
                # Else more has changed: the next change settles it.
        except AssistantError as error:
            logger.warning("the index of vectors is not brought together: %s", error)
        finally:
            self._settling = False


def _lexical(
    view: View, words: Mapping[Language, Sequence[str]], filters: Filters, limit: int
) -> dict[int, float]:
    """BM25 of the best passages that hold the words of their own language."""
    found: dict[int, float] = {}
    for language, spoken in words.items():
        if filters.language in (None, language):
            there = replace(filters, language=language)
            found |= view.passages_with(spoken, limit, there)
    return found


def fuse(
    dense: Mapping[int, float],
    lexical: Mapping[int, float],
    weights: Mapping[int, float],
    floor: float,
) -> list[Hit]:
    """Join two lists of scores into one, best first; equal scores by id.

    A weighted sum of scores, each scaled to its list: cosines from *floor*
    (the last of the dense list) = 0 to the best = 1, BM25 from 0 to the best
    = 1. Ranks alone would forget that one passage stands far before the rest.

    dense: cosine of every passage.
    lexical: BM25 of those that share a word.
    weights: what BM25 counts for in each passage.
    """
    top = max(dense.values(), default=0.0)
    spread = max(top - floor, 1e-6)
    # At least 1: where every word is in half the passages, BM25 says nothing.
    most = max(1.0, *lexical.values(), 0.0)

    def hit(passage: int) -> Hit:
        likeness = (dense[passage] - floor) / spread
        shared = lexical.get(passage, 0.0)
        score = likeness + weights[passage] * shared / most
        return Hit(passage, score, dense[passage], shared)

    return sorted(map(hit, dense), key=lambda h: (-h.score, h.passage_id))
