"""A file in, all its records out, each fitting the others."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.errors import UnreadableReportError
from index.fits import check
from index.hashing import HashingEncoder
from index.records import ParsedReport
from ingest.encode import clause_texts, encode, passage_texts
from ingest.load import Source, report_names
from ingest.parse import digest, parse, parse_source
from settings import ROOT

CORPUS = ROOT / "corpus"


def quiet(step: str, done: int, total: int, report: str | None = None) -> None:
    """Show no progress."""


def fits(parsed: ParsedReport) -> None:
    """Check a report and its vectors as the store does."""
    encoder = HashingEncoder()
    (encoded,) = encode([parsed], encoder, quiet)
    check(parsed, encoded, encoder.dim)


@pytest.mark.parametrize("name", report_names(CORPUS))
def test_the_corpus_reads_well(name: str) -> None:
    """Every quote stands verbatim in the file, and no site furniture is quoted."""
    parsed = parse(CORPUS / name, CORPUS)
    fits(parsed)
    raw = (CORPUS / name).read_bytes().decode("utf-8")
    assert all(raw[s.start : s.end] == s.text for s in parsed.sentences)
    assert not any("http" in s.text or "Photo:" in s.text for s in parsed.sentences)
    assert parsed.report.language == "en"
    assert parsed.report.published is None  # none of them says
    assert parsed.figures


def test_a_pdf_keeps_its_pages(tmp_path: Path, make_pdf: Callable[..., bytes]) -> None:
    """Sentences know the page that a viewer shows."""
    pages = [["In 2021, the rate reached 45%."], ["Năm 2021, tỷ lệ đạt 45%."]]
    (tmp_path / "a.pdf").write_bytes(make_pdf(pages))
    parsed = parse(tmp_path / "a.pdf", tmp_path)
    fits(parsed)
    assert [(s.page, s.text) for s in parsed.sentences] == [
        (1, pages[0][0]),
        (2, pages[1][0]),
    ]


def test_a_report_of_furniture_alone_is_refused() -> None:
    """Nothing to quote is nothing to index."""
    with pytest.raises(UnreadableReportError, match="no sentence"):
        parse_source(Source("a.txt", b"Comment (0)\nSource: https://a.vn/b\n", None))


def test_the_hash_covers_file_and_side_file() -> None:
    """Any change of either makes the report new; the same bytes do not."""
    variants = [
        Source("a.txt", b"one", None),
        Source("a.txt", b"two", None),
        Source("a.txt", b"one", b""),
        Source("a.txt", b"one", b"title = 'x'"),
        Source("a.txt", b"onetitle = 'x'", None),
    ]
    assert len({digest(source) for source in variants}) == len(variants)
    assert digest(variants[0]) == digest(Source("b.txt", b"one", None))


class CountingEncoder(HashingEncoder):
    """The working encoder, remembering what it was given."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def passages(self, texts):
        """Encode and remember."""
        self.texts += texts
        return super().passages(texts)


def test_vectors_follow_the_records_and_no_text_is_encoded_twice() -> None:
    """Row i of each kind is record i, over several reports at once."""
    reports = [parse(CORPUS / name, CORPUS) for name in report_names(CORPUS)[:2]]
    encoder, plain = CountingEncoder(), HashingEncoder()
    seen: list[tuple[str, int, int]] = []
    all_encoded = encode(reports, encoder, lambda *at: seen.append(at))

    assert len(encoder.texts) == len(set(encoder.texts))
    assert seen[-1][1] == seen[-1][2]
    for parsed, encoded in zip(reports, all_encoded, strict=True):
        texts = [s.text for s in parsed.sentences]
        np.testing.assert_allclose(encoded.sentences, plain.passages(texts))
        np.testing.assert_allclose(
            encoded.passages, plain.passages(passage_texts(parsed))
        )
        np.testing.assert_allclose(
            encoded.clauses, plain.passages(clause_texts(parsed))
        )
        assert encoded.late.shape == encoded.sentences.shape
