"""Made-up reports that lie in the index as real ones would, any number of them.

Vectors are real ones moved by differences of real ones: seed + a (other - third)
+ a little noise. So they have the real ones' spread and directions, and cluster
around the seeds; noise alone would fill all dimensions evenly, which no text
does. Texts are the beginning of one real sentence and the end of another, with
other digits, so that frequent words stay frequent and numbers rare.

A passage has one sentence, for the disk's sake; a real one has three or so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.records import (
    Encoded,
    Figure,
    Language,
    Page,
    ParsedReport,
    Passage,
    Report,
    Sentence,
    Vectors,
)

PASSAGES = 20  # of a report
PUBLISHERS = tuple(f"Publisher {number:02}" for number in range(40))
YEARS = tuple(range(2010, 2027))

_MOVE = 0.5  # the most of a difference that is added to a seed
_NOISE = 0.1  # length of the even noise
_NEAR = 40  # seeds that the passages of one report are drawn from
_LONGEST = 40  # words of a text
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Seeds:
    """Real texts and their vectors, row for row."""

    texts: tuple[str, ...]
    languages: tuple[Language, ...]
    vectors: Vectors


class Maker:
    """Makes reports number 0, 1, 2, …; a number always gives the same report."""

    def __init__(self, seeds: Seeds) -> None:
        self._seeds = seeds
        self._words = [text.split()[:_LONGEST] for text in seeds.texts]
        self._near = _neighbours(seeds)

    def reports(self, first: int, last: int) -> Iterator[tuple[ParsedReport, Encoded]]:
        """Yield the reports numbered first to last, exclusive."""
        for number in range(first, last):
            yield self.report(number)

    def report(self, number: int) -> tuple[ParsedReport, Encoded]:
        """Make one report of `PASSAGES` passages and its vectors."""
        random = np.random.default_rng(number)
        topic = int(random.integers(len(self._near)))
        rows = random.choice(self._near[topic], PASSAGES)
        texts = [self._text(random, int(row), topic) for row in rows]
        vectors = self.vectors(random, rows)
        parsed = _parsed(number, self._seeds.languages[topic], texts, random)
        clauses = vectors[[figure.sentence for figure in parsed.figures]]
        return parsed, Encoded(vectors, vectors, vectors, clauses)

    def vectors(self, random: np.random.Generator, rows: NDArray[np.int64]) -> Vectors:
        """Make vectors near the seeds of these rows, of unit length."""
        seeds = self._seeds.vectors
        others = random.integers(len(seeds), size=(2, len(rows)))
        much = random.uniform(0.1, _MOVE, (len(rows), 1))
        noise = random.normal(0, _NOISE / seeds.shape[1] ** 0.5, seeds[rows].shape)
        moved = seeds[rows] + much * (seeds[others[0]] - seeds[others[1]]) + noise
        lengths = np.linalg.norm(moved, axis=1, keepdims=True)
        return np.asarray(moved / lengths, dtype=np.float32)

    def _text(self, random: np.random.Generator, row: int, topic: int) -> str:
        head = self._words[row]
        tail = self._words[int(self._near[topic][int(random.integers(_NEAR))])]
        cut, end = len(head) // 2 + 1, len(tail) // 2
        text = " ".join([*head[:cut], *tail[end:]])
        if not _DIGIT.search(text):
            return text
        digits = iter(random.integers(1, 10, 200).tolist())
        return _DIGIT.sub(lambda _: str(next(digits, 1)), text)


def _neighbours(seeds: Seeds) -> NDArray[np.int64]:
    """For each seed the seeds of its language that lie nearest, itself first."""
    cosines = seeds.vectors @ seeds.vectors.T
    languages = np.array(seeds.languages)
    cosines[languages[:, None] != languages[None, :]] = -1
    return np.argsort(-cosines, axis=1, kind="stable")[:, :_NEAR]


def _parsed(
    number: int, language: Language, texts: list[str], random: np.random.Generator
) -> ParsedReport:
    sentences, passages, figures = [], [], []
    year = int(random.choice(YEARS))
    at = 0
    for row, text in enumerate(texts):
        end = at + len(text)
        sentences.append(Sentence(1, at, end, text))
        passages.append(Passage(1, at, end, row, row + 1))
        figures += _figure(sentences[-1], row, year - int(random.integers(3)))
        at = end + 1
    return ParsedReport(
        Report(
            name=f"made/{number:06}.txt",
            sha256=f"{number:064x}",
            language=language,
            title=texts[0][:80],
            publisher=str(random.choice(PUBLISHERS)),
            published=f"{year}-{int(random.integers(1, 13)):02}-15",
            period=str(year),
            content=f"{number:064x}",
        ),
        (Page(1, " ".join(texts)),),
        tuple(sentences),
        tuple(passages),
        tuple(figures),
    )


def _figure(sentence: Sentence, row: int, year: int) -> list[Figure]:
    """Take the sentence's first number for a share of that year, if it has one."""
    found = _NUMBER.search(sentence.text)
    if found is None:
        return []
    start, end = (sentence.start + at for at in found.span())
    subject = " ".join(sentence.text.split()[:4])
    return [
        Figure(
            row,
            start,
            end,
            found[0],
            "share",
            float(found[0].split(",")[0].split(".")[0]),
            "%",
            subject,
            sentence.start,
            sentence.end,
            str(year),
            None,
            "achieved",
        )
    ]
