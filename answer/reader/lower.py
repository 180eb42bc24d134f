"""The encoder's lower layers on questions and passages apart, passages kept.

A passage is read again and again, so its states are worked out once and held
in memory, the least recently used ones given up first.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from answer.reader.network import PASSAGE, QUESTION, Joined
from answer.reader.records import Reading, Span
from index.errors import EncoderError
from index.transformer import TransformerEncoder

LONGEST = 384  # tokens of a passage that are read, context line included
_LONGEST_QUESTION = 64
_LONGEST_CONTEXT = 48
_KEPT_TOKENS = 80_000  # about 60 MB at 384 numbers of 16 bits
_BATCH_TOKENS = 4096


@dataclass(frozen=True, slots=True)
class States:
    """A text after the lower layers."""

    states: Tensor  # (n, hidden), bfloat16 or float32 as the encoder computes
    member: Tensor  # (n,) row of each token's sentence in the text, or -1
    offsets: tuple[Span, ...]  # of each token, characters in the text; (0, 0) for none
    sentences: int
    figure: Tensor  # (n,) row of each token's figure in the text, or -1
    figures: int


class Lower:
    """Runs the first layers; threads may share one."""

    def __init__(self, encoder: TransformerEncoder, first: int) -> None:
        """Use the first *first* layers of the encoder.

        Raises EncoderError if it is not a BERT of at least as many layers.
        """
        self._bert = bert_of(encoder)
        self._tokenizer: Tokenizer = encoder.tokenizer
        self._prefixes = encoder.prefixes
        layers = self._bert.get_submodule("encoder.layer")
        self._layers = list(layers.children())[:first]
        self._begin, self._end = encoder.special_ids
        self._kept: OrderedDict[Reading, States] = OrderedDict()
        self._kept_tokens = 0
        self._lock = threading.Lock()

    def questions(self, texts: Sequence[str]) -> list[States]:
        """The states of questions, each cut after 64 tokens."""
        fed = []
        for text in texts:
            ids, _ = self._cut(self._prefixes.question + text, _LONGEST_QUESTION)
            fed.append([*self._begin, *ids, *self._end])
        found = []
        for states in self._run(fed):
            no_row = torch.full((len(states),), -1)
            found.append(States(states, no_row, (), 0, no_row, 0))
        return found

    def passages(self, readings: Sequence[Reading]) -> list[States]:
        """The states of passages, from memory where they were read before."""
        # Whoever asks gives the same passage its own id.
        keys = [replace(each, id=0) for each in readings]
        with self._lock:
            found = {key: self._kept[key] for key in keys if key in self._kept}
            for key in found:
                self._kept.move_to_end(key)
        new = list(dict.fromkeys(key for key in keys if key not in found))
        if new:
            states = dict(zip(new, self.encode(new), strict=True))
            found.update(states)
            self._keep(states)
        return [found[key] for key in keys]

    def _keep(self, states: dict[Reading, States]) -> None:
        with self._lock:
            for key, each in states.items():
                if key not in self._kept:
                    self._kept[key] = each
                    self._kept_tokens += len(each.states)
            while self._kept_tokens > _KEPT_TOKENS and len(self._kept) > 1:
                _, dropped = self._kept.popitem(last=False)
                self._kept_tokens -= len(dropped.states)

    def encode(self, readings: Sequence[Reading]) -> list[States]:
        """The states of passages, neither taken from memory nor kept there."""
        tokens = [self._tokens(each) for each in readings]
        rows = self._run([ids for ids, _ in tokens])
        return [
            States(
                states,
                _holders(where, reading.sentences),
                tuple(where),
                len(reading.sentences),
                _holders(where, reading.figures),
                len(reading.figures),
            )
            for states, (_, where), reading in zip(rows, tokens, readings, strict=True)
        ]

    def _tokens(self, reading: Reading) -> tuple[list[int], list[Span]]:
        """Ids as fed, and each one's characters in the text."""
        lead = self._prefixes.passage + reading.context + " : " * bool(reading.context)
        head, _ = self._cut(lead, _LONGEST_CONTEXT)
        own, where = self._cut(reading.text, LONGEST - len(head) - 2)
        before, after = len(self._begin) + len(head), len(self._end)
        return (
            [*self._begin, *head, *own, *self._end],
            [(0, 0)] * before + where + [(0, 0)] * after,
        )

    def _cut(self, text: str, longest: int) -> tuple[list[int], list[Span]]:
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        return encoding.ids[:longest], encoding.offsets[:longest]

    def _run(self, fed: Sequence[list[int]]) -> list[Tensor]:
        """The states of each text, in order, batched by length."""
        order = sorted(range(len(fed)), key=lambda row: len(fed[row]))
        done: dict[int, Tensor] = {}
        batch: list[int] = []
        for row in order:
            if batch and (len(batch) + 1) * len(fed[row]) > _BATCH_TOKENS:
                done.update(self._forward(batch, fed))
                batch = []
            batch.append(row)
        done.update(self._forward(batch, fed))
        return [done[row] for row in range(len(fed))]

    def _forward(
        self, batch: Sequence[int], fed: Sequence[list[int]]
    ) -> dict[int, Tensor]:
        longest = max((len(fed[row]) for row in batch), default=0)
        ids = torch.zeros(len(batch), longest, dtype=torch.long)
        mask = torch.zeros(len(batch), longest, dtype=torch.bool)
        for at, row in enumerate(batch):
            ids[at, : len(fed[row])] = torch.tensor(fed[row])
            mask[at, : len(fed[row])] = True
        with torch.inference_mode():
            states = self._bert.get_submodule("embeddings")(input_ids=ids)
            # Added to the scores of attention: nothing, or all but minus infinity.
            barred = torch.where(mask, 0.0, -1e9)[:, None, None, :].to(states.dtype)
            for layer in self._layers:
                states = layer(states, barred)
        # Cloned out of the batch, so that a kept passage holds its own memory only.
        return {
            row: states[at, : len(fed[row])].clone() for at, row in enumerate(batch)
        }


def _holders(tokens: Sequence[Span], spans: Sequence[Span]) -> Tensor:
    """The row of the span that each token stands in, or -1; both are in order."""
    rows, row = [], 0
    for start, end in tokens:
        while row < len(spans) and start < end and spans[row][1] <= start:
            row += 1
        inside = row < len(spans) and spans[row][0] < end and start < end
        rows.append(row if inside else -1)
    return torch.tensor(rows, dtype=torch.long)


def join_pairs(pairs: Sequence[tuple[States, States]], hidden: int) -> Joined:
    """Lay question and passage end to end, pair by pair, padded to the longest."""
    longest = max(len(q.states) + len(p.states) for q, p in pairs)
    states = torch.zeros(len(pairs), longest, hidden, dtype=pairs[0][0].states.dtype)
    mask = torch.zeros(len(pairs), longest, dtype=torch.bool)
    segment = torch.full((len(pairs), longest), PASSAGE)
    member = torch.full((len(pairs), longest), -1)
    figure = torch.full((len(pairs), longest), -1)
    owner: list[int] = []
    figures = 0
    for row, (question, passage) in enumerate(pairs):
        asked, total = len(question.states), len(question.states) + len(passage.states)
        states[row, :asked] = question.states
        states[row, asked:total] = passage.states
        mask[row, :total] = True
        segment[row, :asked] = QUESTION
        member[row, asked:total] = _counted_on(passage.member, len(owner))
        figure[row, asked:total] = _counted_on(passage.figure, figures)
        owner += [row] * passage.sentences
        figures += passage.figures
    owners = torch.tensor(owner, dtype=torch.long)
    return Joined(states, mask, segment, member, owners, figure, figures)


def _counted_on(rows: Tensor, first: int) -> Tensor:
    return torch.where(rows >= 0, rows + first, -1)


def bert_of(encoder: TransformerEncoder) -> nn.Module:
    """The encoder's transformer. Raises EncoderError if it is no BERT."""
    found: nn.Module | None = getattr(encoder.model[0], "auto_model", None)
    if found is None or type(found).__name__ != "BertModel":
        raise EncoderError(
            "the reader needs a BERT encoder, such as the default one. Unset "
            "REPORTS_ENCODER, or switch the reader off with REPORTS_READER=off."
        )
    return found
