"""The encoder's lower layers on questions and passages apart, passages kept.

A passage is read again and again, so its states are worked out once and held
in memory, the least recently used ones given up first.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

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
        self._kept: OrderedDict[tuple[str, str], States] = OrderedDict()
        self._kept_tokens = 0
        self._lock = threading.Lock()

    def questions(self, texts: Sequence[str]) -> list[States]:
        """The states of questions, each cut after 64 tokens."""
        fed = []
        for text in texts:
            ids, _ = self._cut(self._prefixes.question + text, _LONGEST_QUESTION)
            fed.append([*self._begin, *ids, *self._end])
        return [
            States(states, torch.full((len(states),), -1), (), 0)
            for states in self._run(fed)
        ]

    def passages(self, readings: Sequence[Reading]) -> list[States]:
        """The states of passages, from memory where they were read before."""
        keys = [(each.context, each.text) for each in readings]
        with self._lock:
            found = {key: self._kept[key] for key in keys if key in self._kept}
            for key in found:
                self._kept.move_to_end(key)
        new = {
            key: each
            for key, each in zip(keys, readings, strict=True)
            if key not in found
        }
        if new:
            states = dict(zip(new, self.encode(list(new.values())), strict=True))
            found.update(states)
            self._keep(states)
        return [found[key] for key in keys]

    def _keep(self, states: dict[tuple[str, str], States]) -> None:
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
        fed, members, offsets = [], [], []
        for each in readings:
            ids, member, where = self._tokens(each)
            fed.append(ids)
            members.append(torch.tensor(member))
            offsets.append(tuple(where))
        rows = self._run(fed)
        return [
            States(states, member, where, len(reading.sentences))
            for states, member, where, reading in zip(
                rows, members, offsets, readings, strict=True
            )
        ]

    def _tokens(self, reading: Reading) -> tuple[list[int], list[int], list[Span]]:
        """Ids as fed, each one's sentence or -1, and its characters in the text."""
        lead = self._prefixes.passage + reading.context + " : " * bool(reading.context)
        head, _ = self._cut(lead, _LONGEST_CONTEXT)
        own, where = self._cut(reading.text, LONGEST - len(head) - 2)
        member, row = [], 0
        for start, end in where:
            while row < len(reading.sentences) and reading.sentences[row][1] <= start:
                row += 1
            inside = row < len(reading.sentences) and reading.sentences[row][0] < end
            member.append(row if inside else -1)
        before, after = len(self._begin) + len(head), len(self._end)
        return (
            [*self._begin, *head, *own, *self._end],
            [-1] * before + member + [-1] * after,
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


def join(question: States, passages: Sequence[States], hidden: int) -> Joined:
    """Pair one question with each passage."""
    return join_pairs([(question, each) for each in passages], hidden)


def join_pairs(pairs: Sequence[tuple[States, States]], hidden: int) -> Joined:
    """Lay question and passage end to end, pair by pair, padded to the longest."""
    longest = max(len(q.states) + len(p.states) for q, p in pairs)
    states = torch.zeros(len(pairs), longest, hidden, dtype=pairs[0][0].states.dtype)
    mask = torch.zeros(len(pairs), longest, dtype=torch.bool)
    segment = torch.full((len(pairs), longest), PASSAGE)
    member = torch.full((len(pairs), longest), -1)
    owner: list[int] = []
    for row, (question, passage) in enumerate(pairs):
        asked, total = len(question.states), len(question.states) + len(passage.states)
        states[row, :asked] = question.states
        states[row, asked:total] = passage.states
        mask[row, :total] = True
        segment[row, :asked] = QUESTION
        inside = passage.member >= 0
        member[row, asked:total] = torch.where(inside, passage.member + len(owner), -1)
        owner += [row] * passage.sentences
    return Joined(states, mask, segment, member, torch.tensor(owner, dtype=torch.long))


def bert_of(encoder: TransformerEncoder) -> nn.Module:
    """The encoder's transformer. Raises EncoderError if it is no BERT."""
    found: nn.Module | None = getattr(encoder.model[0], "auto_model", None)
    if found is None or type(found).__name__ != "BertModel":
        raise EncoderError(
            "the reader needs a BERT encoder, such as the default one. Unset "
            "REPORTS_ENCODER, or switch the reader off with REPORTS_READER=off."
        )
    return found
