"""What the reader is taught: the sentence, its span, and whether it is here."""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional


class Read(NamedTuple):
    """What the network says of one question-passage pair."""

    sentence: Tensor  # (sentences,)
    start: Tensor  # (tokens of the passage,)
    end: Tensor
    here: Tensor  # ()
    member: Tensor  # (tokens of the passage,) sentence of each, or -1
    figure: Tensor  # (figures,)


class Target(NamedTuple):
    """One question: its pairs in the batch, and what answers."""

    pairs: range
    gold: int | None  # the pair that answers
    sentence: int = 0  # of that pair
    span: tuple[int, int] | None = None  # tokens of its passage, last inclusive
    # Each pair's figures that may be wrong; the right one, where there is one, by
    # its row in the pair that answers.
    others: tuple[tuple[int, ...], ...] = ()
    figure: int | None = None


class Losses(NamedTuple):
    """The parts of the loss, each a mean over questions or pairs."""

    sentence: Tensor
    within: Tensor
    span: Tensor
    here: Tensor
    figure: Tensor

    @property
    def total(self) -> Tensor:
        """What is minimised."""
        sentences = self.sentence + 0.5 * self.within
        return sentences + 0.5 * self.span + 0.5 * self.here + self.figure


def losses(read: Sequence[Read], targets: Sequence[Target]) -> Losses:
    """Compare what was said of the pairs with what should have been."""
    listed, within, span, figures = [], [], [], []
    here = torch.zeros(len(read))
    for target in targets:
        # The null option stands first: no sentence of these texts answers.
        options = [torch.zeros(1)]
        right = 0
        for pair in target.pairs:
            if pair == target.gold:
                right = sum(map(len, options)) + target.sentence
            options.append(read[pair].sentence)
        listed.append(_choice(torch.cat(options), right))
        if target.gold is None or target.figure is not None:
            figures.append(_figure_choice(read, target))
        if target.gold is not None:
            own = read[target.gold]
            here[target.gold] = 1.0
            within.append(_choice(own.sentence, target.sentence))
            if target.span:
                sides = zip((own.start, own.end), target.span, strict=True)
                span += [
                    _choice(logits.masked_fill(own.member < 0, -1e4), place)
                    for logits, place in sides
                ]
    said = torch.stack([each.here for each in read])
    return Losses(
        _mean(listed),
        _mean(within),
        _mean(span),
        functional.binary_cross_entropy_with_logits(said, here),
        _mean(figures),
    )


def _figure_choice(read: Sequence[Read], target: Target) -> Tensor:
    """The right figure, or none, against the others of all texts read."""
    if target.gold is None or target.figure is None:
        first = torch.zeros(1)
    else:
        first = torch.cat([read[target.gold].figure[[target.figure]], torch.zeros(1)])
    others = [
        read[pair].figure[list(rows)]
        for pair, rows in zip(target.pairs, target.others, strict=True)
    ]
    return _choice(torch.cat([first, *others]), 0)


def _choice(logits: Tensor, right: int) -> Tensor:
    return functional.cross_entropy(logits[None], torch.tensor([right]))


def _mean(parts: Sequence[Tensor]) -> Tensor:
    return torch.stack(list(parts)).mean() if parts else torch.zeros(())
