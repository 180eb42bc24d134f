"""Small reports, and a store to put them into."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from index.hashing import HashingEncoder
from index.records import (
    Encoded,
    Figure,
    Language,
    Page,
    ParsedReport,
    Passage,
    Report,
    Sentence,
)
from index.store import Store


def _report(
    name: str,
    *passages: Sequence[str],
    language: Language = "en",
    publisher: str | None = None,
    published: str | None = None,
    period: str | None = None,
) -> ParsedReport:
    """Make a one-page report of the given passages, each of some sentences."""
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
            sha256="0",
            language=language,
            publisher=publisher,
            published=published,
            period=period,
        ),
        (Page(1, " ".join(row.text for row in rows)),),
        tuple(rows),
        tuple(stretches),
    )


def _with_share(
    parsed: ParsedReport,
    raw: str,
    subject: str = "records",
    period: str | None = None,
    place: str | None = None,
) -> ParsedReport:
    """Add the figure *raw*, in per cent, where it stands for the first time."""
    start = parsed.pages[0].text.index(raw)
    row, sentence = next(
        (i, s) for i, s in enumerate(parsed.sentences) if s.start <= start < s.end
    )
    figure = Figure(
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
    return replace(parsed, figures=(*parsed.figures, figure))


def _encoded(parsed: ParsedReport) -> Encoded:
    text = parsed.pages[0].text
    encode = HashingEncoder().passages
    sentences = encode([s.text for s in parsed.sentences])
    return Encoded(
        encode([text[p.start : p.end] for p in parsed.passages]),
        sentences,
        sentences,
        encode([text[f.clause_start : f.clause_end] for f in parsed.figures]),
    )


@pytest.fixture
def make_report() -> Callable[..., ParsedReport]:
    """Give the maker of reports; see `_report`."""
    return _report


@pytest.fixture
def with_share() -> Callable[..., ParsedReport]:
    """Give the maker of figures; see `_with_share`."""
    return _with_share


@pytest.fixture
def encoded() -> Callable[[ParsedReport], Encoded]:
    """Give what encodes a report."""
    return _encoded


@pytest.fixture
def encoder() -> HashingEncoder:
    """Give the encoder that all reports here are encoded with."""
    return HashingEncoder()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open an empty store."""
    opened = Store.open(tmp_path / "store.sqlite", create=True)
    yield opened
    opened.close()


@pytest.fixture
def put(store: Store, encoder: HashingEncoder) -> Callable[..., None]:
    """Give what puts reports into the store, in one transaction."""

    def put_all(*reports: ParsedReport) -> None:
        with store.writer(encoder.name, encoder.dim) as writer:
            for parsed in reports:
                writer.put(parsed, _encoded(parsed))

    return put_all
