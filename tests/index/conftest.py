"""Small reports and a small working encoder for the index's tests."""

from collections.abc import Callable, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from numpy.typing import NDArray

from index.encoder import Span
from index.grammar.words import tokens
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
from index.store import Store


class WordEncoder:
    """Texts are alike as they share words: each word a fixed random direction."""

    def __init__(self, name: str = "words", dim: int = 64) -> None:
        self.name = name
        self.dim = dim

    def passages(self, texts: Sequence[str]) -> Vectors:
        rows = [self._row(text) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(texts), self.dim)

    questions = passages

    def passages_with_spans(
        self, texts: Sequence[str], spans: Sequence[Sequence[Span]]
    ) -> tuple[Vectors, list[NDArray[np.float32]]]:
        pieces = [
            self.passages([text[start:end] for start, end in of])
            for text, of in zip(texts, spans, strict=True)
        ]
        return self.passages(texts), pieces

    def _row(self, text: str) -> NDArray[np.float64]:
        row = np.full(self.dim, 1e-3)
        for word in tokens(text):
            row += np.random.default_rng(crc32(word.encode())).normal(size=self.dim)
        return np.asarray(row / np.linalg.norm(row))


def parsed_report(
    name: str,
    *passages: Sequence[str],
    language: Language = "en",
    figures: Sequence[Figure] = (),
    publisher: str | None = None,
    published: str | None = None,
    period: str | None = None,
) -> ParsedReport:
    """A one-page report of the given passages, each some sentences."""
    rows: list[Sentence] = []
    stretches: list[Passage] = []
    at = 0
    for texts in passages:
        first, start = len(rows), at
        for text in texts:
            rows.append(Sentence(1, at, at + len(text), text))
            at += len(text) + 1
        stretches.append(Passage(1, start, at - 1, first, len(rows)))
    return ParsedReport(
        Report(
            name,
            sha256=f"{crc32(repr(passages).encode()):08x}",
            language=language,
            publisher=publisher,
            published=published,
            period=period,
        ),
        (Page(1, " ".join(row.text for row in rows)),),
        tuple(rows),
        tuple(stretches),
        tuple(figures),
    )


def encoded_report(encoder: WordEncoder, parsed: ParsedReport) -> Encoded:
    """Its vectors."""
    text = parsed.pages[0].text
    return Encoded(
        encoder.passages([text[p.start : p.end] for p in parsed.passages]),
        encoder.passages([s.text for s in parsed.sentences]),
        encoder.passages([s.text for s in parsed.sentences]),
        encoder.passages([text[f.clause_start : f.clause_end] for f in parsed.figures]),
    )


def share(
    parsed: ParsedReport, raw: str, subject: str, period: str | None, place: str | None
) -> Figure:
    """A figure in per cent where *raw* stands in the report for the first time."""
    start = parsed.pages[0].text.index(raw)
    row, sentence = next(
        (i, s) for i, s in enumerate(parsed.sentences) if s.start <= start < s.end
    )
    return Figure(
        row,
        start,
        start + len(raw),
        raw,
        "share",
        float(raw.rstrip("%").replace(",", ".")),
        "%",
        subject,
        sentence.start,
        sentence.end,
        period,
        place,
        "achieved",
    )


Put = Callable[..., None]


@pytest.fixture
def encoder() -> WordEncoder:
    return WordEncoder()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store.open(tmp_path / "store.sqlite", create=True)


@pytest.fixture
def put(store: Store, encoder: WordEncoder) -> Put:
    """Put reports into the store, in one transaction."""

    def put_all(*reports: ParsedReport) -> None:
        with store.writer(encoder.name, encoder.dim) as writer:
            for parsed in reports:
                writer.put(parsed, encoded_report(encoder, parsed))

    return put_all
