"""Parsed reports to vectors, all at once and no text twice."""

from collections.abc import Sequence
from itertools import chain

import numpy as np

from index.encoder import Encoder, Span
from index.records import (
    Encoded,
    ParsedReport,
    Passage,
    Sentence,
    Vectors,
)
from ingest.progress import Progress

_CHUNK = 128  # texts between two reports of progress; encoders batch within


def encode(
    reports: Sequence[ParsedReport], encoder: Encoder, progress: Progress
) -> list[Encoded]:
    """Return the vectors of each report, in order; see `Encoded`.

    A text is encoded once, however often it stands as a sentence, a clause or
    a whole passage.
    """
    passages = [text for parsed in reports for text in passage_texts(parsed)]
    spans = [part for parsed in reports for part in _sentence_spans(parsed)]
    seen = set(passages)
    others = [
        text
        for text in dict.fromkeys(chain.from_iterable(map(_short_texts, reports)))
        if text not in seen
    ]
    total = len(passages) + len(others)
    vectors: dict[str, Vectors] = {}
    late: list[Vectors] = []
    for at in range(0, len(passages), _CHUNK):
        texts = passages[at : at + _CHUNK]
        rows, parts = encoder.passages_with_spans(texts, spans[at : at + _CHUNK])
        vectors.update(zip(texts, rows, strict=True))
        late.extend(parts)
        progress("encoding", at + len(texts), total)
    for at in range(0, len(others), _CHUNK):
        texts = others[at : at + _CHUNK]
        vectors.update(zip(texts, encoder.passages(texts), strict=True))
        progress("encoding", len(passages) + at + len(texts), total)
    return _by_report(reports, vectors, late, encoder.dim)


def passage_texts(parsed: ParsedReport) -> list[str]:
    """Return the text of each passage as it stands on its page.

    Before the rows of a table stand the headings over them: the rows alone do
    not say what their figures are.
    """
    pages = {page.number: page.text for page in parsed.pages}
    return [
        _headings(parsed, p) + pages[p.page][p.start : p.end] for p in parsed.passages
    ]


def _headings(parsed: ParsedReport, passage: Passage) -> str:
    """The headings over the rows of a passage, a line each; "" for running text."""
    rows = parsed.sentences[passage.first : passage.last]
    found = dict.fromkeys(row.context for row in rows if row.context)
    return "".join(f"{heading}\n" for heading in found)


def _sentence_text(sentence: Sentence) -> str:
    return f"{sentence.context} {sentence.text}".strip()


def clause_texts(parsed: ParsedReport) -> list[str]:
    """Return what each figure counts; its clause where that is not told apart."""
    pages = {page.number: page.text for page in parsed.pages}
    return [
        f.subject
        or pages[parsed.sentences[f.sentence].page][f.clause_start : f.clause_end]
        for f in parsed.figures
    ]


def _sentence_spans(parsed: ParsedReport) -> list[list[Span]]:
    """Where the sentences of each passage stand in its text."""
    found = []
    for passage in parsed.passages:
        by = len(_headings(parsed, passage)) - passage.start
        rows = parsed.sentences[passage.first : passage.last]
        found.append([(row.start + by, row.end + by) for row in rows])
    return found


def _short_texts(parsed: ParsedReport) -> list[str]:
    return list(map(_sentence_text, parsed.sentences)) + clause_texts(parsed)


def _by_report(
    reports: Sequence[ParsedReport],
    vectors: dict[str, Vectors],
    late: Sequence[Vectors],
    dim: int,
) -> list[Encoded]:
    def rows(texts: Sequence[str]) -> Vectors:
        found = [vectors[text] for text in texts]
        return np.array(found, np.float32).reshape(len(texts), dim)

    encoded = []
    at = 0
    for parsed in reports:
        own = late[at : at + len(parsed.passages)]
        at += len(parsed.passages)
        encoded.append(
            Encoded(
                passages=rows(passage_texts(parsed)),
                sentences=rows([_sentence_text(row) for row in parsed.sentences]),
                late=np.concatenate(own).reshape(len(parsed.sentences), dim),
                clauses=rows(clause_texts(parsed)),
            )
        )
    return encoded
