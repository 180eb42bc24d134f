"""A training run: data in, checkpoints on the way, weights at the end."""

import json
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import torch

from answer.reader.lower import Lower, bert_of
from answer.reader.network import Network, Shape
from answer.reader.read import layers_of
from answer.reader.weights import (
    Facts,
    check_encoder,
    identity,
    read_facts,
    read_weights,
    write_weights,
)
from evals.reader import learn
from evals.reader.learn import Plan
from evals.reader.made import parallel, share_by_kind, with_made
from evals.reader.material import Asked, Material, joined
from evals.reader.states import Known, with_wrong
from evals.reader.tatqa import read_tatqa
from evals.reader.written import read_written
from evals.reader.xquad import VALIDATION, read_xquad, training_articles
from index.encoder import Encoder, load_encoder
from index.errors import EncoderError
from index.transformer import TransformerEncoder, workers
from settings import Settings

_CHECKPOINT, _LOG = "checkpoint.pt", "log.jsonl"


@dataclass(slots=True)
class Data:
    """What is learned from and what is only looked at."""

    learned: dict[str, Known]  # by set
    held: Known  # validation: a tenth of XQuAD's training articles, a set of reports

    def kinds(self) -> dict[str, int]:
        """How many questions of each kind are learned from."""
        return share_by_kind(
            [asked for known in self.learned.values() for asked in known.material.asked]
        )


def read_data(
    folder: Path, reports: Path, encoder: Encoder, lower: Lower, plan: Plan
) -> Data:
    """Read, find what looks right and is not, and run the lower layers.

    folder: holds xquad/ and tatqa/; reports: sets written for training, the last
    of which is for validation.
    """
    tatqa = folder / "tatqa" / "tatqa_dataset_dev.json"
    articles = training_articles()[: 2 if plan.limit else None]
    xquad = with_wrong(read_xquad(folder / "xquad", articles), encoder)
    xquad.asked = _few(xquad.asked, plan)
    made = with_made(xquad, plan.seed)
    made.asked += _few(with_wrong_of(parallel(xquad, plan.seed), xquad), plan)
    held = with_wrong(
        read_xquad(folder / "xquad", VALIDATION[: 1 if plan.limit else None]), encoder
    )
    held.asked = _few(held.asked, plan)
    lessons = read_written(reports)[: 2 if plan.limit else None]
    written = [with_wrong(each, encoder) for each in lessons]
    for each in written:
        each.asked = _few(each.asked, plan)
    figures = with_wrong(
        read_tatqa(tatqa, most=6 if plan.limit else plan.pages), encoder
    )
    figures.asked = _few(figures.asked, plan)
    learned = {"xquad": made, "tatqa": with_made(figures, plan.seed)}
    if written:
        held = joined([held, written.pop()])
        learned["written"] = joined([with_made(each, plan.seed) for each in written])
    known = {name: Known(lower, _used(each)) for name, each in learned.items()}
    return Data(known, Known(lower, _used(held)))


def with_wrong_of(asked: Sequence[Asked], material: Material) -> list[Asked]:
    """Questions with the texts of their article in their language as wrong ones."""
    found = []
    for each in asked:
        gold = material.texts[cast(int, each.gold)]
        wrong = tuple(
            row
            for row, text in enumerate(material.texts)
            if (text.group, text.language) == (gold.group, gold.language)
            and text.paragraph != gold.paragraph
        )
        found.append(replace(each, wrong=wrong))
    return found


def _few(asked: list[Asked], plan: Plan) -> list[Asked]:
    return asked[:: max(1, len(asked) // plan.limit)] if plan.limit else asked


def _used(material: Material) -> Material:
    """The material without texts that no question looks at."""
    rows = {row for each in material.asked for row in each.wrong}
    rows |= {each.gold for each in material.asked if each.gold is not None}
    kept = sorted(rows)
    new = {old: row for row, old in enumerate(kept)}
    return Material(
        [material.texts[row] for row in kept],
        [
            replace(
                each,
                gold=None if each.gold is None else new[each.gold],
                wrong=tuple(new[row] for row in each.wrong),
            )
            for each in material.asked
        ],
    )


@dataclass(slots=True)
class Run:
    """One training run and its folder."""

    plan: Plan
    out: Path
    encoder: TransformerEncoder
    data: Data
    network: Network
    optimizer: torch.optim.AdamW
    chance: random.Random
    queue: list[tuple[str, int]] = field(default_factory=list)
    step: int = 0
    seconds: float = 0.0  # trained so far, over all resumptions

    @classmethod
    def prepare(
        cls, settings: Settings, data: Path, reports: Path, out: Path, plan: Plan
    ) -> "Run":
        """Load the encoder and the data, and build the network.

        Raises BadInputError if the data cannot be read, EncoderError if the
        encoder is none to build on.
        """
        torch.manual_seed(plan.seed)
        encoder = load_encoder(settings)
        if not isinstance(encoder, TransformerEncoder):
            raise EncoderError(
                "the reader needs a transformer to build on: unset REPORTS_ENCODER."
            )
        bert = bert_of(encoder)
        layers = layers_of(encoder)
        sizes = cast(Any, bert).config
        shape = Shape(
            hidden=sizes.hidden_size,
            heads=sizes.num_attention_heads,
            first=min(plan.first, len(layers) - 1),
            last=len(layers),
            rank=plan.rank,
        )
        known = read_data(data, reports, encoder, Lower(encoder, shape.first), plan)
        network = Network(layers, shape, plan.dropout)
        out.mkdir(parents=True, exist_ok=True)
        run = cls(
            plan,
            out,
            encoder,
            known,
            network,
            learn.optimizer(network, plan),
            random.Random(plan.seed),  # noqa: S311  # not for secrets
        )
        run.note(
            questions=known.kinds(),
            parameters=sum(p.numel() for _, p in network.trained()),
        )
        return run

    @property
    def bfloat16(self) -> bool:
        """Whether to compute in 16 bits: where the encoder does."""
        return next(bert_of(self.encoder).parameters()).dtype == torch.bfloat16

    @property
    def steps(self) -> int:
        """Steps of the whole run, about."""
        total = sum(
            self.plan.share.get(asked.kind, 1.0)
            for known in self.data.learned.values()
            for asked in known.material.asked
        )
        return max(1, round(self.plan.epochs * total / self.plan.questions))

    @property
    def progress(self) -> float:
        """How far the run is, 0 to 1: in steps or in time, whichever is further."""
        by_time = self.seconds / (self.plan.minutes * 60)
        return min(1.0, max(self.step / self.steps, by_time))

    def note(self, **facts: Any) -> None:
        """Add a line to the log and show it."""
        line = json.dumps({"step": self.step, **facts}, ensure_ascii=False)
        with (self.out / _LOG).open("a", encoding="utf-8") as file:
            file.write(line + "\n")
        print(line, flush=True)  # noqa: T201  # a run shows how it goes

    def train(self) -> None:
        """Go on until the steps or the minutes are over."""
        # OMP_NUM_THREADS=1 on a busy machine: threads that wait for each other at
        # every step lose there what they gain on an idle one.
        torch.set_num_threads(workers())
        self.network.train()
        rates = [
            group["lr"]
            for group in learn.optimizer(self.network, self.plan).param_groups
        ]
        parts: list[list[float]] = []
        saved = self.seconds
        while self.progress < 1:
            began = time.monotonic()
            share = learn.schedule(self.progress, self.plan)
            for group, rate in zip(self.optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * share
            parts.append(self._step())
            self.step += 1
            self.seconds += time.monotonic() - began
            if self.step % 10 == 0:
                self._tell(parts)
                parts = []
            if self.seconds - saved > self.plan.every_minutes * 60:
                self.save()
                saved = self.seconds
        self.save()

    def _step(self) -> list[float]:
        known, asked = self._next()
        found = learn.step(
            self.network, known, asked, self.plan, self.chance, bfloat16=self.bfloat16
        )
        self.optimizer.zero_grad()
        found.total.backward()  # type: ignore[no-untyped-call]  # torch's own
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.plan.clip)
        self.optimizer.step()
        return [float(part.detach()) for part in (*found, found.total)]

    def _tell(self, parts: Sequence[Sequence[float]]) -> None:
        means = [round(sum(each) / len(parts), 4) for each in zip(*parts, strict=True)]
        names = ("sentence", "within", "span", "here", "figure", "total")
        self.note(
            minutes=round(self.seconds / 60, 2),
            progress=round(self.progress, 3),
            **dict(zip(names, means, strict=True)),
        )

    def _all(self) -> list[tuple[str, int]]:
        """Every question once, made ones as often as the plan says."""
        rows = []
        for name, known in self.data.learned.items():
            for row, asked in enumerate(known.material.asked):
                share = self.plan.share.get(asked.kind, 1.0)
                if self.chance.random() < share:
                    rows.append((name, row))
        return rows

    def _next(self) -> tuple[Known, list[Asked]]:
        """The next questions, all of one set."""
        if len(self.queue) < self.plan.questions:
            fresh = self._all()
            self.chance.shuffle(fresh)
            self.queue += fresh
        name = self.queue[0][0]
        rows = [row for of, row in self.queue if of == name][: self.plan.questions]
        taken = set(rows)
        self.queue = [
            each for each in self.queue if each[0] != name or each[1] not in taken
        ]
        known = self.data.learned[name]
        return known, [known.material.asked[row] for row in rows]

    def save(self) -> None:
        """Look at validation, then keep all that is needed to go on."""
        asked = self.data.held.material.asked[:: self.plan.look_at]
        scores = learn.validate(
            self.network, self.data.held, asked, bfloat16=self.bfloat16
        )
        self.note(validation={kind: asdict(score) for kind, score in scores.items()})
        state = {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "chance": self.chance.getstate(),
            "torch": torch.get_rng_state(),
            "queue": self.queue,
            "kinds": self.data.kinds(),
            "step": self.step,
            "seconds": self.seconds,
        }
        new = self.out / (_CHECKPOINT + ".new")
        torch.save(state, new)
        new.replace(self.out / _CHECKPOINT)
        self.write()

    def start_from(self, folder: Path) -> None:
        """Take over an earlier run's weights; parts that it had not begin anew.

        Raises ReaderError if they are missing, damaged or for another encoder.
        """
        facts = read_facts(folder)
        check_encoder(facts, self.encoder.name)
        read_weights(self.network, facts, folder, whole=False)

    def resume(self) -> None:
        """Take up the last checkpoint, if there is one."""
        path = self.out / _CHECKPOINT
        if not path.exists():
            return
        # weights_only: a checkpoint is read without running code from it.
        state = torch.load(path, weights_only=True)
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        version, internal, gauss = state["chance"]
        self.chance.setstate((version, tuple(internal), gauss))
        torch.set_rng_state(state["torch"])
        if state["kinds"] == self.data.kinds():  # else what waits is of other data
            self.queue = [(str(name), int(row)) for name, row in state["queue"]]
        self.step, self.seconds = state["step"], state["seconds"]
        self.note(resumed=True)

    def write(self, **fitted: float) -> Facts:
        """Write the weights in the form that is shipped."""
        facts = Facts(
            encoder=identity(self.encoder.name),
            sha256="",
            shape=self.network.shape,
            training={
                "plan": asdict(self.plan),
                "steps": self.step,
                "minutes": round(self.seconds / 60, 1),
            },
            **fitted,
        )
        return write_weights(self.network, facts, self.out)

    def finish(self) -> None:
        """Fit what joins the scores, write the weights, and draw the curves."""
        from evals.reader.curves import draw
        from evals.reader.fit import fit

        self.write(
            **fit(self.network, self.data.held, self.encoder, bfloat16=self.bfloat16)
        )
        draw(self.out / _LOG, self.out / "curves.png")
