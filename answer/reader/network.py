"""The reader's layers: a question and a passage read together.

The lower layers of the encoder have run on each apart (`answer.reader.lower`);
here their states are joined and pass the upper layers, whose matrices carry
low-rank adapters (Hu et al. 2021, arXiv:2106.09685), and small heads score
sentences, spans and "the answer is here". Reading apart below and together
above is PreTTR's idea (MacAvaney et al. 2020, arXiv:2004.14255).

Training and reading run the same code; `merge` folds the adapters in and
leaves the plain matrices, so that reading pays nothing for them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

QUESTION, PASSAGE = 0, 1  # segments of a joined sequence
_LIKENESS, _NULL = 60.0, 10.0  # units of the learned numbers of those names


@dataclass(frozen=True, slots=True)
class Shape:
    """What must be known to build the network before its weights are read."""

    hidden: int = 384
    heads: int = 12
    first: int = 6  # the first layer that reads question and passage together
    last: int = 12  # end exclusive
    rank: int = 32  # of the adapters
    scale: float = 1.0  # of what the adapters add


class Joined(NamedTuple):
    """A batch of question-passage pairs; B pairs of L tokens, S sentences in all."""

    states: Tensor  # (B, L, hidden), from the lower layers
    mask: Tensor  # (B, L) bool, True for tokens, False for padding
    segment: Tensor  # (B, L) int, QUESTION or PASSAGE
    member: Tensor  # (B, L) int, row of the token's sentence among S, or -1
    owner: Tensor  # (S,) int, row of the sentence's pair among B
    figure: Tensor  # (B, L) int, row of the token's figure among F, or -1
    figures: int  # F


class Scores(NamedTuple):
    """Logits; `null` is what a sentence must beat to be an answer at all."""

    sentence: Tensor  # (S,), null taken away already
    start: Tensor  # (B, L)
    end: Tensor  # (B, L)
    here: Tensor  # (B,)
    figure: Tensor  # (F,), null taken away already


class Adapted(nn.Module):
    """A linear layer of the encoder with a low-rank addition that is trained."""

    base: Tensor

    def __init__(self, linear: nn.Linear, shape: Shape) -> None:
        super().__init__()
        out_size, in_size = linear.weight.shape
        self.register_buffer("base", linear.weight.detach().float(), persistent=False)
        self.bias = nn.Parameter(linear.bias.detach().float().clone())
        self.down = nn.Parameter(torch.randn(shape.rank, in_size) * in_size**-0.5)
        self.up = nn.Parameter(torch.zeros(out_size, shape.rank))
        self.scale = shape.scale
        self.merged = False

    def merge(self) -> None:
        """Fold the addition into the matrix; training is over then."""
        self.base = self._matrix().detach()
        self.merged = True
        del self.up, self.down

    def forward(self, states: Tensor) -> Tensor:
        """Map (…, in) to (…, out)."""
        return functional.linear(states, self._matrix(), self.bias)

    def _matrix(self) -> Tensor:
        if self.merged:
            return self.base
        return self.base + self.scale * (self.up @ self.down)


class Block(nn.Module):
    """One layer of BERT: attention and feed-forward, each with a norm after it."""

    def __init__(self, layer: nn.Module, shape: Shape, dropout: float) -> None:
        super().__init__()
        attention = layer.get_submodule("attention")
        self.query = Adapted(_linear(attention, "self.query"), shape)
        self.key = Adapted(_linear(attention, "self.key"), shape)
        self.value = Adapted(_linear(attention, "self.value"), shape)
        self.mix = Adapted(_linear(attention, "output.dense"), shape)
        self.widen = Adapted(_linear(layer, "intermediate.dense"), shape)
        self.narrow = Adapted(_linear(layer, "output.dense"), shape)
        self.norm_attention = _norm(attention.get_submodule("output.LayerNorm"))
        self.norm_output = _norm(layer.get_submodule("output.LayerNorm"))
        self.heads = shape.heads
        self.dropout = dropout

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """Map states (B, L, hidden); mask (B, 1, L, L) is added to attention."""
        size = states.shape

        def split(projected: Tensor) -> Tensor:
            return projected.view(size[0], size[1], self.heads, -1).transpose(1, 2)

        query, key = split(self.query(states)), split(self.key(states))
        value = split(self.value(states))
        if self.training:
            # Spelt out: PyTorch's fused one takes four times as long backwards here.
            alike = (query * query.shape[-1] ** -0.5) @ key.transpose(-1, -2)
            attended = torch.softmax(alike + mask, -1).to(value.dtype) @ value
        else:
            attended = functional.scaled_dot_product_attention(
                query, key, value, attn_mask=mask
            )
        mixed = self.mix(attended.transpose(1, 2).reshape(size))
        states = self.norm_attention(states + mixed)
        wide = functional.gelu(self.widen(states))
        out: Tensor = self.norm_output(states + self._drop(self.narrow(wide)))
        return out

    def _drop(self, states: Tensor) -> Tensor:
        return functional.dropout(states, self.dropout, self.training)


class Network(nn.Module):
    """Upper layers and heads."""

    def __init__(
        self, layers: Sequence[nn.Module], shape: Shape, dropout: float = 0.1
    ) -> None:
        """Build on the encoder's own *layers*, all of them, lowest first."""
        super().__init__()
        self.shape = shape
        upper = layers[shape.first : shape.last]
        self.blocks = nn.ModuleList(Block(each, shape, dropout) for each in upper)
        self.segments = nn.Embedding(2, shape.hidden)
        nn.init.zeros_(self.segments.weight)
        self.heads = Heads(shape.hidden, dropout)

    def forward(self, joined: Joined) -> Scores:
        """Read every pair of the batch."""
        states = joined.states + self.segments(joined.segment)
        mask = _barred(joined).to(states.dtype)
        for block in self.blocks:
            states = block(states, mask)
        scores: Scores = self.heads(states.float(), joined)
        return scores

    def merge(self) -> "Network":
        """Fold in every adapter, for reading only."""
        for module in self.modules():
            if isinstance(module, Adapted):
                module.merge()
        return self.eval().requires_grad_(False)

    def trained(self) -> Iterator[tuple[str, nn.Parameter]]:
        """What training changes and the weights file holds, by name."""
        return self.named_parameters()


class Heads(nn.Module):
    """Scores from the states of the last layer, in float32: they cost nothing."""

    def __init__(self, hidden: int, dropout: float) -> None:
        super().__init__()
        self.attend = nn.Linear(hidden, 1)
        self.span = nn.Linear(hidden, 2)
        self.sentence = _mlp(3 * hidden, hidden // 2, dropout)
        self.here = _mlp(3 * hidden, hidden // 2, dropout)
        self.figure = _mlp(3 * hidden, hidden // 2, dropout)
        # Cosines of E5 lie close together: 60 tells them apart. Kept as factors
        # near 0 and 5, since a step of training moves every number by as much.
        self.likeness = nn.Parameter(torch.tensor(0.0))
        self.by_span = nn.Parameter(torch.tensor([0.2, 0.2]))
        self.by_best = nn.Parameter(torch.tensor(0.5))
        self.figure_by = nn.Parameter(torch.tensor([0.2, 0.2, 0.2]))
        self.figure_null = nn.Parameter(torch.tensor(0.0))
        self.null = nn.Parameter(torch.tensor(5.0))

    def forward(self, states: Tensor, joined: Joined) -> Scores:
        """States (B, L, hidden), float32."""
        count, owner = len(joined.owner), joined.owner
        inside = joined.member >= 0
        rows = joined.member[inside]
        tokens = states[inside]
        questions = _mean(states, joined.mask & (joined.segment == QUESTION))
        asked = questions[owner]
        pooled = _attention(tokens, self.attend(tokens)[:, 0], rows, count)
        mean = torch.zeros(count, states.shape[-1]).index_add(0, rows, tokens)
        mean = functional.normalize(mean, dim=-1)
        likeness = (mean * functional.normalize(asked, dim=-1)).sum(-1)
        # The dtype is said since under autocast a linear layer gives bfloat16.
        start, end = self.span(states).float().unbind(-1)
        spans = torch.stack([_most(each[inside], rows, count) for each in (start, end)])
        sentence = (
            self.sentence(torch.cat([pooled, pooled * asked, asked], -1))[:, 0].float()
            + _LIKENESS * self.likeness.exp() * likeness
            + self.by_span @ spans
            - _NULL * self.null
        )
        here = self._here(states, joined, questions, sentence)
        ends = (start, end)
        figure = self._figures(states, joined, questions, sentence, ends)
        return Scores(sentence, start, end, here, figure)

    def _figures(
        self,
        states: Tensor,
        joined: Joined,
        questions: Tensor,
        sentence: Tensor,
        ends: tuple[Tensor, Tensor],
    ) -> Tensor:
        """From the mean of a figure's tokens, its sentence and the span's ends."""
        inside = joined.figure >= 0
        rows, count = joined.figure[inside], joined.figures
        ones = torch.ones(len(rows))
        size = torch.zeros(count).index_add(0, rows, ones)
        total = torch.zeros(count, states.shape[-1]).index_add(0, rows, states[inside])
        own = total / size.clamp_min(1)[:, None]
        pair = torch.where(inside)[0]
        owner = torch.zeros(count, dtype=torch.long).scatter(0, rows, pair)
        asked = questions[owner]
        # A figure outside all sentences has none's score.
        sentences = torch.cat([sentence, torch.full((1,), -30.0)])
        by = [sentences[joined.member[inside]], *(each[inside] for each in ends)]
        hints = torch.stack([_most(each, rows, count) for each in by])
        score = (
            self.figure(torch.cat([own, own * asked, asked], -1))[:, 0].float()
            + self.figure_by @ hints
            - _NULL * self.figure_null
        )
        return torch.where(size > 0, score, -30.0)  # beyond what was read

    def _here(
        self, states: Tensor, joined: Joined, questions: Tensor, sentence: Tensor
    ) -> Tensor:
        passage = _mean(states, joined.mask & (joined.segment == PASSAGE))
        best = _most(sentence, joined.owner, len(states))
        features = torch.cat([passage, passage * questions, questions], -1)
        said: Tensor = self.here(features)[:, 0].float() + self.by_best * best
        return said


def _barred(joined: Joined) -> Tensor:
    """What is added to attention, (B, 1, L, L): -1e4 where a token must not look.

    The passage looks at the question, the question at itself only: its vector
    stays what the encoder makes of it, so that at the start of training the
    sentence likest to the question leads, and training goes on from there.
    """
    asks = joined.segment == QUESTION
    away = asks[:, :, None] & ~asks[:, None, :]
    seen = joined.mask[:, None, :] & ~away
    return torch.where(seen, 0.0, -1e4)[:, None]


def _mlp(size: int, inner: int, dropout: float) -> nn.Sequential:
    last = nn.Linear(inner, 1)
    nn.init.zeros_(last.weight)
    return nn.Sequential(nn.Linear(size, inner), nn.GELU(), nn.Dropout(dropout), last)


def _mean(states: Tensor, mask: Tensor) -> Tensor:
    weights = mask.float()
    total = (states * weights[..., None]).sum(1)
    return total / weights.sum(1, keepdim=True).clamp_min(1)


def _attention(tokens: Tensor, logits: Tensor, rows: Tensor, count: int) -> Tensor:
    """Average tokens by sentence, weighted by a softmax within the sentence."""
    weights = (logits.float() - _most(logits.float(), rows, count).detach()[rows]).exp()
    total = torch.zeros(count).index_add(0, rows, weights).clamp_min(1e-9)
    weighted = tokens * (weights / total[rows])[:, None]
    return torch.zeros(count, tokens.shape[-1]).index_add(0, rows, weighted)


def _most(values: Tensor, rows: Tensor, count: int) -> Tensor:
    """The largest of the values of each row; -30 for a row without any."""
    floor = torch.full((count,), -30.0)
    return floor.scatter_reduce(0, rows, values.float(), "amax", include_self=True)


def _linear(module: nn.Module, path: str) -> nn.Linear:
    found = module.get_submodule(path)
    if not isinstance(found, nn.Linear):
        raise TypeError(f"{path} is not a linear layer")
    return found


def _norm(norm: nn.Module) -> nn.LayerNorm:
    if not isinstance(norm, nn.LayerNorm):
        raise TypeError("a layer norm was expected")
    own = nn.LayerNorm(norm.normalized_shape, eps=norm.eps)
    own.load_state_dict({k: v.float() for k, v in norm.state_dict().items()})
    return own
