"""Any Sentence Transformers model as an `Encoder`.

The model is loaded with `SentenceTransformer`, but texts are cut into tokens
and batches here, because one pass has to give a text's vector and its tokens'.

A text longer than the model takes is cut into windows, full ones and a rest,
each with the prefix; its vector is the mean of theirs, weighted by tokens. A
span takes the mean of its tokens, in whichever windows they lie. Such a mean
lies nearer to everything than one window's vector does and comes up too often,
the more so the more equal the windows are (hence not cut evenly: on XQuAD that
cost 2 points of recall): passages should fit a window, and ours do.

Threads. A pass runs on one thread, and batches are shared out among workers.
Two threads within a pass are no faster for a question (20 to 25 ms either way)
and wait for each other at every step, which beside another job made single
questions take up to a second; two workers with a thread each never wait, and
encode as fast as two threads on an idle machine. OMP_NUM_THREADS caps the
workers as it would the threads.

Importing this module imports torch, which takes seconds; `index.encoder` does
so only when a model is asked for.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import (
    Normalize,
    Pooling,
    Transformer,
)
from tokenizers import Encoding, Tokenizer

from index.encoder import Prefixes, Span
from index.records import Vectors

_LONGEST = 512  # tokens, for a model that names no limit of its own
_BATCH_TOKENS = 2048  # a pass, padding included: fast already, small in memory
_MOST_WORKERS = 8


class _Window(NamedTuple):
    """A stretch of a text as fed to the model."""

    text: int  # row in the texts given
    ids: list[int]  # special tokens, prefix, the text's own tokens
    at: int  # where its own tokens begin in ids
    first: int  # they are the text's tokens [first:last]
    last: int


class _Sum:
    """A text's vector and its spans' in the making, window by window."""

    def __init__(self, dim: int, tokens: Sequence[Span]) -> None:
        self.whole = np.zeros(dim, np.float32)
        self.tokens = tokens  # of each span: [first, last) among the text's
        self.spans = np.zeros((len(tokens), dim), np.float32)

    def add(
        self, window: _Window, whole: NDArray[np.float32], tokens: NDArray[np.float32]
    ) -> None:
        """Add a window's vector and those of its tokens, shape (ids, dim)."""
        self.whole += whole * max(1, window.last - window.first)
        shift = window.at - window.first
        for row, (first, last) in enumerate(self.tokens):
            start, end = max(first, window.first), min(last, window.last)
            if start < end:
                self.spans[row] += tokens[start + shift : end + shift].sum(axis=0)


class TransformerEncoder:
    """An `Encoder` over a transformer; threads may share one."""

    def __init__(
        self, model: SentenceTransformer, *, name: str, prefixes: Prefixes
    ) -> None:
        self.name = name
        self.dim = int(model.get_embedding_dimension() or 0)
        self._model = model.eval()
        self._prefixes = prefixes
        self._tokenizer: Tokenizer = model.tokenizer.backend_tokenizer
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._pad = int(model.tokenizer.pad_token_id or 0)
        self._head, self._tail = _special_ids(self._tokenizer)
        limit = model.max_seq_length or _LONGEST
        self._room = limit - len(self._head) - len(self._tail)
        self._late = _pools_by_mean(model)
        self._question = lru_cache(maxsize=1024)(self._encode_question)

    @property
    def model(self) -> SentenceTransformer:
        """The model itself, for what builds on its layers; not to be changed."""
        return self._model

    @property
    def tokenizer(self) -> Tokenizer:
        """Its tokenizer: neither cuts nor pads."""
        return self._tokenizer

    @property
    def prefixes(self) -> Prefixes:
        """What is put before questions and passages."""
        return self._prefixes

    @property
    def special_ids(self) -> tuple[list[int], list[int]]:
        """The special tokens before and after a text."""
        return self._head, self._tail

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Encode questions; a lone one asked before comes from memory."""
        if len(texts) == 1:
            return self._question(texts[0]).copy()
        return self._encode(texts, self._prefixes.question)[0]

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Encode report text of any length."""
        return self._encode(texts, self._prefixes.passage)[0]

    def passages_with_spans(
        self, texts: Sequence[str], spans: Sequence[Sequence[Span]]
    ) -> tuple[Vectors, list[NDArray[np.float32]]]:
        """Encode texts and, in the same pass, their spans; see `Encoder`.

        A span without a token gets its text's vector. Where the model does
        more than average its tokens, their mean is no vector of its kind:
        spans are then encoded alone, as texts.
        """
        if self._late:
            return self._encode(texts, self._prefixes.passage, spans)
        return spans_alone(self, texts, spans)

    def _encode_question(self, text: str) -> Vectors:
        return self._encode([text], self._prefixes.question)[0]

    def _encode(
        self,
        texts: Sequence[str],
        prefix: str,
        spans: Sequence[Sequence[Span]] | None = None,
    ) -> tuple[Vectors, list[NDArray[np.float32]]]:
        spans = [()] * len(texts) if spans is None else spans
        encodings = self._tokenizer.encode_batch(
            [prefix + text for text in texts], add_special_tokens=False
        )
        sums: list[_Sum] = []
        windows: list[_Window] = []
        for row, (encoding, wanted) in enumerate(zip(encodings, spans, strict=True)):
            own = _own_tokens(encoding, len(prefix))
            sums.append(_Sum(self.dim, _token_ranges(own, len(prefix), wanted)))
            windows += self._windows(row, encoding.ids, len(own))
        for batch, whole, tokens in self._passes(list(_batches(windows))):
            for row, window in enumerate(batch):
                sums[window.text].add(window, whole[row], tokens[row])
        return _finished(sums, self.dim)

    def _windows(self, text: int, ids: list[int], own: int) -> Iterator[_Window]:
        """Cut a text's tokens, of which the last *own* are its own, to fit."""
        prefix, ids = ids[: len(ids) - own], ids[len(ids) - own :]
        head = self._head + prefix
        room = max(1, self._room - len(prefix))
        for first in range(0, max(1, own), room):
            last = min(own, first + room)
            fed = head + ids[first:last] + self._tail
            yield _Window(text, fed or [self._pad], len(head), first, last)

    def _passes(
        self, batches: list[list[_Window]]
    ) -> Iterator[tuple[list[_Window], NDArray[np.float32], NDArray[np.float32]]]:
        """Run every batch; yields it with its vectors and its tokens' vectors."""
        if len(batches) == 1:  # a lone question need not wait for a worker
            yield batches[0], *self._forward(batches[0])
        elif batches:
            with ThreadPoolExecutor(workers()) as pool:
                results = pool.map(self._forward, batches)
                for batch, (whole, tokens) in zip(batches, results, strict=True):
                    yield batch, whole, tokens

    def _forward(
        self, batch: Sequence[_Window]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """One pass on this thread: shapes (n, dim) and (n, longest, hidden)."""
        # Known to the thread that says it only, so each pass says it.
        torch.set_num_threads(1)
        longest = max(len(window.ids) for window in batch)
        ids = torch.full((len(batch), longest), self._pad)
        mask = torch.zeros_like(ids)
        for row, window in enumerate(batch):
            ids[row, : len(window.ids)] = torch.tensor(window.ids)
            mask[row, : len(window.ids)] = 1
        # prompt_length: for models that leave the prompt out of the mean.
        features = {
            "input_ids": ids,
            "attention_mask": mask,
            "prompt_length": batch[0].at,
        }
        with torch.inference_mode():
            out = self._model(features)
        return (
            out["sentence_embedding"].float().numpy(),
            out["token_embeddings"].float().numpy(),
        )


class PlainEncoder:
    """An `Encoder` over a model without a transformer, such as word vectors.

    It knows no tokens in context, so spans are encoded alone.
    """

    def __init__(
        self, model: SentenceTransformer, *, name: str, prefixes: Prefixes
    ) -> None:
        self.name = name
        self.dim = int(model.get_embedding_dimension() or 0)
        self._model = model.eval()
        self._prefixes = prefixes

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Encode questions."""
        return self._encode(texts, self._prefixes.question)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Encode report text."""
        return self._encode(texts, self._prefixes.passage)

    def passages_with_spans(
        self, texts: Sequence[str], spans: Sequence[Sequence[Span]]
    ) -> tuple[Vectors, list[NDArray[np.float32]]]:
        """Encode texts, and each span as a text; see `Encoder`."""
        return spans_alone(self, texts, spans)

    def _encode(self, texts: Sequence[str], prefix: str) -> Vectors:
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        raw = self._model.encode(
            [prefix + text for text in texts], prompt="", show_progress_bar=False
        )
        return unit(np.asarray(raw, np.float32))


def wrap(
    model: SentenceTransformer, *, name: str, prefixes: Prefixes
) -> TransformerEncoder | PlainEncoder:
    """Choose the encoder that fits *model*."""
    by_token = isinstance(model[0], Transformer) and model.tokenizer.is_fast
    kind = TransformerEncoder if by_token else PlainEncoder
    return kind(model, name=name, prefixes=prefixes)


def spans_alone(
    encoder: TransformerEncoder | PlainEncoder,
    texts: Sequence[str],
    spans: Sequence[Sequence[Span]],
) -> tuple[Vectors, list[NDArray[np.float32]]]:
    """Texts' vectors, and their spans' as if each were a text of its own."""
    whole = encoder.passages(texts)
    parts = []
    for text, wanted, row in zip(texts, spans, whole, strict=True):
        pieces = [text[start:end] for start, end in wanted]
        vectors = encoder.passages(pieces)
        vectors[[not piece.strip() for piece in pieces]] = row
        parts.append(vectors)
    return whole, parts


def unit(rows: NDArray[np.float32]) -> Vectors:
    """Rows scaled to length 1, in float32: bfloat16 is off by up to 0.4%."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    if not lengths.all():  # a text of unknown words only: any unit vector will do
        rows = np.where(lengths > 0, rows, np.eye(1, rows.shape[1], dtype=np.float32))
        lengths = np.where(lengths > 0, lengths, 1)
    scaled: Vectors = (rows / lengths).astype(np.float32)
    return scaled


def _finished(
    sums: Sequence[_Sum], dim: int
) -> tuple[Vectors, list[NDArray[np.float32]]]:
    whole = unit(np.array([each.whole for each in sums], np.float32).reshape(-1, dim))
    parts = []
    for each, row in zip(sums, whole, strict=True):
        found = np.abs(each.spans).sum(axis=1, keepdims=True) > 0
        parts.append(unit(np.where(found, each.spans, row)))
    return whole, parts


def _batches(windows: list[_Window]) -> Iterator[list[_Window]]:
    """Windows of like length together: little padding, bounded memory."""
    batch: list[_Window] = []
    for window in sorted(windows, key=lambda window: -len(window.ids)):
        if batch and (len(batch) + 1) * len(batch[0].ids) > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _own_tokens(encoding: Encoding, prefix: int) -> list[Span]:
    """Where the tokens after the prefix stand, in characters of prefix + text."""
    offsets: list[Span] = encoding.offsets
    skip = 0
    while skip < len(offsets) and offsets[skip][1] <= prefix:
        skip += 1
    return offsets[skip:]


def _token_ranges(own: list[Span], shift: int, spans: Sequence[Span]) -> list[Span]:
    """For each span of characters, the tokens [first, last) that touch it."""
    if not spans:
        return []
    starts, ends = np.array(own, np.int64).reshape(-1, 2).T - shift
    return [
        (
            int(np.searchsorted(ends, start, side="right")),
            int(np.searchsorted(starts, end, side="left")),
        )
        for start, end in spans
    ]


def _special_ids(tokenizer: Tokenizer) -> tuple[list[int], list[int]]:
    """Find the special tokens that the model expects before and after a text."""
    probe = tokenizer.encode("a")
    own = [i for i, special in enumerate(probe.special_tokens_mask) if not special]
    return probe.ids[: own[0]], probe.ids[own[-1] + 1 :]


def _pools_by_mean(model: SentenceTransformer) -> bool:
    rest = list(model)[1:]
    return all(isinstance(module, Pooling | Normalize) for module in rest) and all(
        module.pooling_mode == "mean" for module in rest if isinstance(module, Pooling)
    )


def workers() -> int:
    """How many passes may run at once, a thread each."""
    try:
        most = int(os.environ.get("OMP_NUM_THREADS", _MOST_WORKERS))
    except ValueError:  # it may also be a list for nested threads, as "4,2"
        most = _MOST_WORKERS
    allowed = getattr(os, "sched_getaffinity", None)  # not on every system
    cores = len(allowed(0)) if allowed else os.cpu_count() or 1
    return max(1, min(most, cores, _MOST_WORKERS))
