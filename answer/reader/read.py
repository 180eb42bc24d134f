"""Reading: a question and a few passages in, scores and spans out.

    reader = load_reader(settings, encoder)
    for reading in reader.read("When was the plan approved?", passages):
        ...

A question is read with all its passages in one go, on as many threads as the
processor and OMP_NUM_THREADS allow, each passage on one (see `index.transformer`
on why).
"""

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from answer.reader.lower import Lower, States, bert_of, join_pairs
from answer.reader.network import Network, Scores
from answer.reader.records import PassageReading, Reading, SentenceReading
from answer.reader.weights import (
    HERE,
    Facts,
    bfloat16_or_float32,
    check_encoder,
    read_facts,
    read_weights,
)
from index.encoder import Encoder
from index.transformer import TransformerEncoder, workers
from settings import Settings

_LONGEST_ANSWER = 40  # tokens
_NONE = -30.0  # score of a sentence beyond what is read of a passage


def load_reader(
    settings: Settings, encoder: Encoder, folder: Path = HERE
) -> "Reader | None":
    """Load the reader, or None where *settings* switch it off.

    Raises ReaderError (an AssistantError) if its weights are missing, damaged,
    or for another encoder than *encoder*: answer by rules alone then, and say so.
    """
    if not settings.reader:
        return None
    facts = read_facts(folder)
    check_encoder(facts, encoder.name)
    if not isinstance(encoder, TransformerEncoder):
        check_encoder(facts, f"{encoder.name} (not a transformer)")
        return None
    network = Network(layers_of(encoder), facts.shape, dropout=0.0)
    return Reader(encoder, read_weights(network, facts, folder), facts)


def layers_of(encoder: TransformerEncoder) -> list[torch.nn.Module]:
    """The encoder's layers, lowest first."""
    return list(bert_of(encoder).get_submodule("encoder.layer").children())


class Reader:
    """Reads passages for questions; one for all threads of a process."""

    def __init__(
        self, encoder: TransformerEncoder, network: Network, facts: Facts
    ) -> None:
        """Take over *network*: its adapters are folded in."""
        self.facts = facts
        self.lower = Lower(encoder, facts.shape.first)
        dtype = bfloat16_or_float32(next(bert_of(encoder).parameters()).dtype)
        self._dtype = dtype
        self._network = network.merge()
        # The heads stay in float32: sums over tokens, and they cost nothing.
        self._network.blocks.to(dtype)
        self._network.segments.to(dtype)
        # Kept, since a new thread's first pass costs as much as a short passage.
        self._pool = ThreadPoolExecutor(workers(), thread_name_prefix="reader")

    def read(self, question: str, passages: Sequence[Reading]) -> list[PassageReading]:
        """Read every passage for the question; one result each, in order.

        Scores of sentences may be compared across the passages of one call and
        of other calls with the same question. Of a passage that is longer than
        384 tokens the rest is not read: its sentences score -30.
        """
        if not passages:
            return []
        torch.set_num_threads(1)
        asked = self.lower.questions([question])[0]
        states = self.lower.passages(passages)

        # Each by itself: side by side, the short ones are padded to the longest,
        # which costs a quarter more.
        def run(row: int) -> PassageReading:
            return self._read(asked, states[row], passages[row])

        if workers() == 1 or len(passages) == 1:
            return [run(row) for row in range(len(passages))]
        # The longest first, so that no thread is left with it at the end.
        rows = sorted(range(len(passages)), key=lambda row: -len(states[row].states))
        done = dict(zip(rows, self._pool.map(run, rows), strict=True))
        return [done[row] for row in range(len(passages))]

    def present(self, read: Sequence[PassageReading], likeness: float) -> float:
        """The probability that any of the passages answers.

        read: what `read` gave for the passages that the search found.
        likeness: the best of their sentences' centred likeness, the mean of
        alone and in context, in [0, 1].
        """
        if not read:
            return 0.0
        facts = self.facts
        best = max(each.logit for each in read)
        z = facts.present_here * best + facts.present_likeness * likeness
        return 1 / (1 + math.exp(-z - facts.present_shift))

    def _read(self, asked: States, text: States, passage: Reading) -> PassageReading:
        # Known to the thread that says it only, so each pass says it.
        torch.set_num_threads(1)
        with torch.inference_mode():
            joined = join_pairs([(asked, text)], self.facts.shape.hidden)
            scores = self._network(
                joined._replace(states=joined.states.to(self._dtype))
            )
        here = self.facts.here_scale * scores.here + self.facts.here_shift
        return PassageReading(
            passage.id,
            float(torch.sigmoid(here)[0]),
            _sentences(scores, len(asked.states), text),
            float(scores.here[0]),
            tuple(scores.figure.tolist()),
        )


def _sentences(scores: Scores, asked: int, text: States) -> tuple[SentenceReading, ...]:
    """The sentences of the passage, behind *asked* tokens of the question."""
    stop = asked + len(text.states)
    start = scores.start[0, asked:stop].float().numpy()
    end = scores.end[0, asked:stop].float().numpy()
    member = text.member.numpy()
    found = []
    for number in range(text.sentences):
        tokens = np.flatnonzero(member == number)
        if not len(tokens):
            found.append(SentenceReading(_NONE, 0, 0, _NONE))
            continue
        first, last, score = best_span(start[tokens], end[tokens])
        found.append(
            SentenceReading(
                float(scores.sentence[number]),
                text.offsets[tokens[first]][0],
                text.offsets[tokens[last]][1],
                score,
            )
        )
    return tuple(found)


def best_span(
    start: NDArray[np.float32], end: NDArray[np.float32]
) -> tuple[int, int, float]:
    """The first and last token (inclusive) of the likeliest span, and its score."""
    sums = start[:, None] + end[None, :]
    allowed = np.triu(np.ones_like(sums, dtype=bool))
    allowed &= ~np.triu(np.ones_like(sums, dtype=bool), _LONGEST_ANSWER)
    best = int(np.where(allowed, sums, -np.inf).argmax())
    first, last = divmod(best, len(end))
    return first, last, float(sums[first, last])
