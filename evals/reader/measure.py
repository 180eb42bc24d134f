"""How well the reader reads, on the articles of XQuAD that it never saw.

For every question: the right sentence in its paragraph, by likeness, by the
reader, and by both; the answer's words in the chosen sentence; and whether the
best score tells a question whose paragraph is in the index from one whose
paragraph is not, after a search of all 240 paragraphs.
"""

import re
import string
import time
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from answer.reader.read import Reader
from answer.reader.records import PassageReading
from evals import stats
from evals.reader.likeness import Likeness
from evals.reader.material import Asked, Material
from evals.reader.xquad import read_xquad
from evals.stats import Measured
from evals.tables import table
from index.encoder import Encoder

_ARTICLE = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = {
    chr(i) for i in range(0x110000) if unicodedata.category(chr(i)).startswith("P")
} | set(string.punctuation)


@dataclass(slots=True)
class Marks:
    """One entry a question, of one pair of languages."""

    likeness: list[float] = field(default_factory=list)
    reader: list[float] = field(default_factory=list)
    both: list[float] = field(default_factory=list)
    exact: list[float] = field(default_factory=list)
    f1: list[float] = field(default_factory=list)
    # Best of the search with and without the paragraph, by how it is judged.
    present: dict[str, list[float]] = field(default_factory=dict)
    absent: dict[str, list[float]] = field(default_factory=dict)
    took_ms: list[float] = field(default_factory=list)


def measure(
    encoder: Encoder,
    reader: Reader,
    xquad: Path,
    *,
    kinds: Sequence[str] = ("en-en", "vi-en", "vi-vi"),
    every: int = 1,
    passages: int = 6,
) -> dict[str, Marks]:
    """Read every *every*-th question of the odd articles, by kind.

    passages: how many the search hands to the reader.

    Raises BadInputError if *xquad* does not hold the data.
    """
    material = read_xquad(xquad, range(48))
    odd = {f"xquad-{i}" for i in range(1, 48, 2)}
    asked = [each for each in material.asked if each.group in odd]
    likeness = Likeness(material, encoder)
    rows = material.by_paragraph()
    marks: dict[str, Marks] = {}
    for kind in kinds:
        for each in [each for each in asked if each.kind == kind][::every]:
            found = marks.setdefault(kind, Marks())
            _within(found, material, rows, each, likeness, reader)
            _among(found, material, each, likeness, reader, passages)
    return marks


def _within(
    marks: Marks,
    material: Material,
    by_paragraph: dict[str, list[int]],
    asked: Asked,
    likeness: Likeness,
    reader: Reader,
) -> None:
    """The choice of a sentence in the question's own paragraph."""
    if asked.gold is None:
        return
    own = by_paragraph[material.texts[asked.gold].paragraph]
    read = reader.read(asked.question, [material.texts[row].reading for row in own])
    places = [
        (row, sentence)
        for row in own
        for sentence in range(len(material.texts[row].reading.sentences))
    ]
    right = places.index((asked.gold, asked.sentence))
    likely = np.concatenate([likeness.sentences(asked, row) for row in own])
    scores = np.array([s.score for passage in read for s in passage.sentences])
    both = scores + reader.facts.likeness * likely
    marks.likeness.append(float(likely.argmax() == right))
    marks.reader.append(float(scores.argmax() == right))
    marks.both.append(float(both.argmax() == right))
    row, sentence = places[int(both.argmax())]
    chosen = read[own.index(row)].sentences[sentence]
    said = material.texts[row].reading.text[chosen.start : chosen.end]
    if asked.answer:
        gold = material.texts[asked.gold].reading.text[slice(*asked.answer)]
        marks.exact.append(float(normal(said) == normal(gold)))
        marks.f1.append(overlap(said, gold))


def _among(
    marks: Marks,
    material: Material,
    asked: Asked,
    likeness: Likeness,
    reader: Reader,
    passages: int,
) -> None:
    """The best of a search over all paragraphs, with the right one and without."""
    if asked.gold is None:
        return
    gold = material.texts[asked.gold]
    rows = [row for row, t in enumerate(material.texts) if t.language == gold.language]
    found = likeness.texts(asked, rows)
    own = {r for r in rows if material.texts[r].paragraph == gold.paragraph}
    # One passage more than is read, so that one reading serves both searches.
    others = [row for row in found if row not in own][:passages]
    taken = [row for row in found[:passages] if row in own] + others
    began = time.perf_counter()
    read = reader.read(asked.question, [material.texts[row].reading for row in taken])
    marks.took_ms.append((time.perf_counter() - began) * 1000 * passages / len(taken))
    by_row = dict(zip(taken, read, strict=True))
    for side, chosen in (
        (marks.present, found[:passages]),
        (marks.absent, others),
    ):
        for name, value in _best(asked, chosen, by_row, likeness, reader).items():
            side.setdefault(name, []).append(value)


def _best(
    asked: Asked,
    rows: Sequence[int],
    read: dict[int, PassageReading],
    likeness: Likeness,
    reader: Reader,
) -> dict[str, float]:
    """The best score of what was searched, by each way of judging."""
    likely = [likeness.sentences(asked, row) for row in rows]
    scores: list[NDArray[np.float64]] = [
        np.array([s.score for s in read[row].sentences]) for row in rows
    ]
    joined = [
        own + reader.facts.likeness * alike
        for own, alike in zip(scores, likely, strict=True)
    ]
    return {
        "likeness": float(max(each.max() for each in likely)),
        "sentence": float(max(each.max() for each in scores)),
        "with likeness": float(max(each.max() for each in joined)),
        "here": float(max(read[row].here for row in rows)),
        "here and likeness": reader.present(
            [read[row] for row in rows], float(max(each.max() for each in likely))
        ),
    }


def normal(text: str) -> str:
    """A span as SQuAD compares it: no case, articles, marks or extra space."""
    kept = "".join(c for c in text.lower() if c not in _PUNCTUATION)
    return " ".join(_ARTICLE.sub(" ", kept).split())


def overlap(said: str, gold: str) -> float:
    """F1 of the words of two spans."""
    one, other = normal(said).split(), normal(gold).split()
    shared = sum((Counter(one) & Counter(other)).values())
    if not shared:
        return float(one == other)
    precision, recall = shared / len(one), shared / len(other)
    return 2 * precision * recall / (precision + recall)


def shown(marks: dict[str, Marks]) -> str:
    """The tables for people, shares with their 95% intervals."""
    kinds = list(marks)
    head = ["measure", *(kind.replace("-", " → ") for kind in kinds)]
    rows = [
        [name, *(_interval(stats.mean(getattr(marks[kind], key))) for kind in kinds)]
        for name, key in (
            ("right sentence in its paragraph, likeness", "likeness"),
            ("… reader", "reader"),
            ("… reader and likeness", "both"),
            ("answer's words, exact", "exact"),
            ("… F1", "f1"),
        )
    ]
    for name in next(iter(marks.values())).present:
        areas = (
            stats.auroc(marks[kind].present[name], marks[kind].absent[name])
            for kind in kinds
        )
        rows.append([f"in the index or not, AUROC by {name}", *map(_interval, areas)])
    for percent in (50, 95):
        times = [f"{np.percentile(marks[kind].took_ms, percent):.0f}" for kind in kinds]
        rows.append([f"ms to read the passages of a search, p{percent}", *times])
    counts = [str(len(marks[kind].both)) for kind in kinds]
    return table(head, [["questions", *counts], *rows])


def _interval(measured: Measured) -> str:
    return f"{measured.value:.3f} ({measured.low:.3f}–{measured.high:.3f})"
