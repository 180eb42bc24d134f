"""Learn what questions ask for: python -m evals train-likely.

Each question of the lessons says by its known answer what it asks for: the kind of
the figure in the ledger, or the kind of the question. Writes answer/likely's weights
and prints how often it is right on sets that it did not learn from. About forty
seconds on one core, nearly all of it for reading the reports. Exit 0, or 2 on bad
input.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from answer.likely import WEIGHTS, Weights, grams
from evals.reader.written import QUESTIONS
from evals.taught import arguments
from index.errors import BadInputError
from index.records import Figure
from ingest.parse import parse

_RAREST = 3  # questions that a gram must stand in
_C = 20.0  # inverse strength of the regressions' L2
_FIGURES = frozenset({"figure", "target", "follow-up"})


@dataclass(frozen=True, slots=True)
class Example:
    """A question and what its known answer is."""

    question: str
    kind: str
    target: bool | None  # None where that cannot be told


def main(argv: Sequence[str] | None = None) -> int:
    """Learn, write and measure; see the module. Raises BadInputError."""
    args = arguments("train-likely", __doc__, WEIGHTS, argv)
    taught, held = list(examples(args.lessons)), list(examples(args.held))
    if not taught:
        raise BadInputError(f"there is no set of questions below {args.lessons}")
    weights = learn(taught)
    weights.write(args.out)
    print(f"{len(taught)} questions, {len(weights.grams)} grams, {args.out}")
    print(measured(weights, held))
    return 0


def examples(folder: Path) -> Iterator[Example]:
    """The questions of all sets below *folder* whose answer tells what they ask for."""
    for path in sorted(folder.glob(f"*/{QUESTIONS}")):
        reports = path.parent / "reports"
        figures = {
            file.name: parse(file, reports).figures
            for file in sorted(reports.iterdir())
        }
        for line in path.read_text(encoding="utf-8").splitlines():
            asked = json.loads(line)
            told = [f for name in asked["reports"] for f in figures.get(name, ())]
            found = _example(asked, told)
            if found:
                yield found


def _example(asked: dict[str, object], figures: Sequence[Figure]) -> Example | None:
    kind = str(asked["kind"])
    question = str(asked["question"])
    if kind == "unanswerable" or asked.get("history"):
        return None
    if kind not in _FIGURES:
        return Example(question, kind, None)
    answers = asked["answers"]
    if not isinstance(answers, list) or len(answers) != 1:
        return None
    answer = str(answers[0])
    held = [f for f in figures if f.raw in answer and f.kind != "date"]
    if not held:
        return None
    figure = max(held, key=lambda f: len(f.raw))
    told = "growth" if figure.status == "change" else figure.kind
    return Example(question, told, kind == "target")


def learn(taught: Sequence[Example]) -> Weights:
    """Fit both regressions. Raises ValueError if all examples are of one kind."""
    texts = TfidfVectorizer(analyzer=grams, min_df=_RAREST, binary=True)
    rows = texts.fit_transform([each.question for each in taught])
    kinds = LogisticRegression(C=_C, max_iter=3_000)
    kinds.fit(rows, [each.kind for each in taught])
    told = [i for i, each in enumerate(taught) if each.target is not None]
    target = LogisticRegression(C=_C, max_iter=3_000)
    target.fit(rows[told], [bool(taught[i].target) for i in told])
    columns = np.vstack([kinds.coef_, target.coef_]).T
    rarity = np.asarray(texts.idf_)
    return Weights(
        {str(gram): row for row, gram in enumerate(texts.get_feature_names_out())},
        tuple(map(str, kinds.classes_)),
        (columns * rarity[:, None]).astype(np.float32),
        rarity.astype(np.float32),
        np.append(kinds.intercept_, target.intercept_).astype(np.float32),
    )


def measured(weights: Weights, held: Sequence[Example]) -> str:
    """How often the likeliest kind is right, and targets told, on *held*."""
    said = [weights.likely(each.question) for each in held]
    best = [max(s.kinds, key=lambda kind: s.kinds[kind], default="") for s in said]
    right = _share([each.kind == b for each, b in zip(held, best, strict=True)])
    lines = [f"{len(held)} others: right kind {right:.3f}"]
    told = [(e.target, s.target) for e, s in zip(held, said, strict=True)]
    for least in (0.2, 0.3, 0.5):
        found = _share([p >= least for yes, p in told if yes])
        wrong = _share([p >= least for yes, p in told if yes is False])
        lines.append(
            f"target from {least}: found {found:.3f}, wrongly told {wrong:.3f}"
        )
    return "\n".join(lines)


def _share(held: Sequence[bool]) -> float:
    return float(np.mean(held)) if len(held) else float("nan")
