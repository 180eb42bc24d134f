"""The training loop: batches, steps, checkpoints, what validation says."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from sklearn.metrics import roc_auc_score

from answer.reader.lower import States, join_pairs
from answer.reader.network import Network
from evals.reader.loss import Losses, Read, Target, losses
from evals.reader.material import Asked
from evals.reader.states import Known


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train; kept beside the weights."""

    seed: int = 7
    minutes: float = 150.0  # the rate has run out by then, wherever the steps are
    epochs: float = 3.0
    questions: int = 6  # in a step
    wrong: int = 2  # texts that do not answer, for each question
    absent: float = 0.12  # share of questions whose own text is left out
    rank: int = 32  # of the adapters
    first: int = 7  # layer from which question and passage are read together
    pages: int = 125  # of annual reports
    dropout: float = 0.1
    rate: float = 1e-3  # of learning, for the adapters and heads
    rate_norms: float = 1e-4  # for biases and norms of the encoder
    warm_up: float = 0.05  # share of the run
    decay: float = 0.01
    clip: float = 1.0
    every_minutes: float = 6.0  # between checkpoints
    look_at: int = 3  # every how manieth question of validation on the way
    limit: int = 0  # questions of each set; 0: all
    # How much of what is made by rule is used in an epoch.
    share: Mapping[str, float] = field(
        default_factory=lambda: {
            "other-year": 0.5,
            "ledger-en": 0.6,
            "ledger-vi": 0.6,
            "parallel-en": 0.2,
            "parallel-vi": 0.4,
            "tatqa-table": 0.3,
        }
    )


def optimizer(network: Network, plan: Plan) -> torch.optim.AdamW:
    """AdamW over what is trained; the encoder's own vectors move slowly."""
    slow: list[torch.nn.Parameter] = []
    fast: list[torch.nn.Parameter] = []
    for name, parameter in network.trained():
        own = name.startswith("blocks.") and not name.endswith((".up", ".down"))
        (slow if own else fast).append(parameter)
    return torch.optim.AdamW(
        [
            {"params": fast, "lr": plan.rate, "weight_decay": plan.decay},
            {"params": slow, "lr": plan.rate_norms, "weight_decay": 0.0},
        ]
    )


def schedule(progress: float, plan: Plan) -> float:
    """Share of the rate: up in a line, then down to a twentieth."""
    if progress < plan.warm_up:
        return max(0.02, progress / plan.warm_up)
    return max(0.05, (1 - progress) / (1 - plan.warm_up))


def choose(
    known: Known, asked: Asked, plan: Plan, chance: random.Random
) -> tuple[list[int], int | None]:
    """The texts to read with a question, and which of them answers."""
    absent = asked.gold is None or chance.random() < plan.absent
    hard = list(asked.wrong[:4])
    chance.shuffle(hard)
    rest = list(asked.wrong[4:])
    chance.shuffle(rest)
    wanted = plan.wrong + absent
    rows = (hard[: max(1, wanted - 1)] + rest)[:wanted]
    if absent or asked.gold is None:
        return rows or [chance.randrange(len(known.texts))], None
    at = chance.randint(0, len(rows))
    rows.insert(at, asked.gold)
    return rows, at


def read_pairs(
    network: Network,
    pairs: Sequence[tuple[States, States]],
    *,
    bfloat16: bool,
    parts: int = 3,
) -> list[Read]:
    """Run the network on pairs, those of like length together; in order."""
    order = sorted(range(len(pairs)), key=lambda row: sum(_lengths(pairs[row])))
    done: dict[int, Read] = {}
    size = -(-len(order) // parts)
    for at in range(0, len(order), size):
        rows = order[at : at + size]
        joined = join_pairs([pairs[row] for row in rows], network.shape.hidden)
        if not bfloat16:
            joined = joined._replace(states=joined.states.float())
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bfloat16):
            scores = network(joined)
        first = figures = 0
        for place, row in enumerate(rows):
            asked, text = pairs[row]
            last = first + text.sentences
            own = slice(len(asked.states), sum(_lengths(pairs[row])))
            done[row] = Read(
                scores.sentence[first:last],
                scores.start[place, own],
                scores.end[place, own],
                scores.here[place],
                text.member,
                scores.figure[figures : figures + text.figures],
            )
            first = last
            figures += text.figures
    return [done[row] for row in range(len(pairs))]


def _lengths(pair: tuple[States, States]) -> tuple[int, int]:
    return len(pair[0].states), len(pair[1].states)


def token_span(text: States, answer: tuple[int, int]) -> tuple[int, int] | None:
    """First and last token of the answer in the passage, if it was read."""
    held = [
        i
        for i, (start, end) in enumerate(text.offsets)
        if end > answer[0] and start < answer[1] and text.member[i] >= 0
    ]
    return (held[0], held[-1]) if held else None


def step(
    network: Network,
    known: Known,
    asked: Sequence[Asked],
    plan: Plan,
    chance: random.Random,
    *,
    bfloat16: bool,
) -> Losses:
    """Losses of one batch, ready for `backward`."""
    pairs: list[tuple[States, States]] = []
    targets = []
    for each in asked:
        rows, gold = choose(known, each, plan, chance)
        first = len(pairs)
        pairs += known.pairs(each, rows)
        span = figure = None
        if gold is not None and each.answer is not None:
            span = token_span(known.texts[rows[gold]], each.answer)
            figure = known.material.figure_at(rows[gold], each.answer)
        others = known.material.other_figures(rows, gold, figure)
        targets.append(
            Target(
                range(first, len(pairs)),
                None if gold is None else first + gold,
                each.sentence,
                span,
                others,
                figure,
            )
        )
    return losses(read_pairs(network, pairs, bfloat16=bfloat16), targets)


@dataclass(frozen=True, slots=True)
class Score:
    """How well a set of questions is read."""

    within: float  # right sentence in its own text
    among: float  # right sentence among those of all texts read
    auroc: float  # best score with its text against without
    here: float  # the same by "the answer is here"
    figure: float  # right figure among those of all texts read; nan without any


def validate(
    network: Network,
    known: Known,
    asked: Sequence[Asked],
    *,
    bfloat16: bool,
    wrong: int = 3,
) -> dict[str, Score]:
    """Read each question with its text and the *wrong* likest others; by kind."""
    network.eval()
    found: dict[str, list[tuple[float, ...]]] = {}
    with torch.no_grad():
        for each in asked:
            if each.gold is not None:
                pairs = known.pairs(each, [each.gold, *each.wrong[:wrong]])
                read = read_pairs(network, pairs, bfloat16=bfloat16, parts=1)
                own = known.material.figure_at(each.gold, each.answer)
                found.setdefault(each.kind, []).append(_judged(each, read, own))
    network.train()
    return {kind: _summed(rows) for kind, rows in found.items()}


def _judged(
    asked: Asked, read: Sequence[Read], figure: int | None
) -> tuple[float, ...]:
    """Right within and among, best scores with and without the text, right figure."""
    own, others = read[0], read[1:]
    best = max((float(each.sentence.max()) for each in others), default=-30.0)
    here = max((float(each.here) for each in others), default=-30.0)
    within = int(own.sentence.argmax()) == asked.sentence
    most = float(own.sentence.max())
    return (
        within,
        within and most > best,
        max(most, best),
        best,
        max(float(own.here), here),
        here,
        _chosen(read, figure),
    )


def _chosen(read: Sequence[Read], figure: int | None) -> float:
    """Whether *figure* of the first text scores highest; nan where there is none."""
    if figure is None:
        return float("nan")
    best = max((float(f) for each in read[1:] for f in each.figure), default=-30.0)
    own = read[0].figure
    return float(int(own.argmax()) == figure and float(own[figure]) > best)


def _summed(rows: Sequence[tuple[float, ...]]) -> Score:
    table = np.array(rows, float)
    truth = np.repeat([1, 0], len(table))
    return Score(
        float(table[:, 0].mean()),
        float(table[:, 1].mean()),
        float(roc_auc_score(truth, np.concatenate([table[:, 2], table[:, 3]]))),
        float(roc_auc_score(truth, np.concatenate([table[:, 4], table[:, 5]]))),
        float(np.nanmean(table[:, 6])) if not np.isnan(table[:, 6]).all() else 0.0,
    )
