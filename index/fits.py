"""Whether the parts of a report fit each other: offsets, rows and shapes.

Asked before a report is written, and again of what is stored by
`python -m index verify`.
"""

import numpy as np

from index.records import Encoded, Figure, ParsedReport, Vectors


def check(parsed: ParsedReport, encoded: Encoded, dim: int) -> None:
    """Raise ValueError unless every offset, row and shape fits the others."""
    name = parsed.report.name
    check_offsets(parsed)
    _check_shape(name, "passages", encoded.passages, len(parsed.passages), dim)
    _check_shape(name, "sentences", encoded.sentences, len(parsed.sentences), dim)
    _check_shape(name, "late", encoded.late, len(parsed.sentences), dim)
    _check_shape(name, "clauses", encoded.clauses, len(parsed.figures), dim)


def check_offsets(parsed: ParsedReport) -> None:
    """Raise ValueError unless every sentence, passage and figure stands in place."""
    name = parsed.report.name
    pages = {page.number: page.text for page in parsed.pages}
    if len(pages) != len(parsed.pages):
        raise ValueError(f"{name}: two pages have one number")
    for row, sentence in enumerate(parsed.sentences):
        page = pages.get(sentence.page, "")
        if not sentence.text or page[sentence.start : sentence.end] != sentence.text:
            raise ValueError(f"{name}: sentence {row} does not stand at its offsets")
    _check_passages(parsed)
    for figure in parsed.figures:
        _check_figure(parsed, pages, figure)


def _check_passages(parsed: ParsedReport) -> None:
    """Passages follow each other and hold every sentence once."""
    name, upto = parsed.report.name, 0
    for passage in parsed.passages:
        rows = parsed.sentences[passage.first : passage.last]
        if (
            passage.first != upto
            or len(rows) != passage.last - passage.first
            or not rows
        ):
            raise ValueError(f"{name}: passages do not follow each other at row {upto}")
        if any(
            row.page != passage.page
            or not passage.start <= row.start < row.end <= passage.end
            for row in rows
        ):
            raise ValueError(f"{name}: a sentence lies outside its passage, {passage}")
        upto = passage.last
    if upto != len(parsed.sentences):
        raise ValueError(f"{name}: sentences from row {upto} are in no passage")


def _check_figure(parsed: ParsedReport, pages: dict[int, str], figure: Figure) -> None:
    name = parsed.report.name
    if not 0 <= figure.sentence < len(parsed.sentences):
        raise ValueError(f"{name}: figure {figure.raw!r} is of no sentence")
    sentence = parsed.sentences[figure.sentence]
    if not figure.raw or pages[sentence.page][figure.start : figure.end] != figure.raw:
        raise ValueError(f"{name}: figure {figure.raw!r} is not at its offsets")
    bounds = (sentence.start, figure.clause_start, figure.start)
    ends = (figure.end, figure.clause_end, sentence.end)
    if list(bounds) != sorted(bounds) or list(ends) != sorted(ends):
        raise ValueError(f"{name}: figure {figure.raw!r} lies outside its clause")


def _check_shape(name: str, what: str, vectors: Vectors, rows: int, dim: int) -> None:
    if vectors.shape != (rows, dim):
        raise ValueError(
            f"{name}: vectors of {what} have shape {vectors.shape}, not {(rows, dim)}"
        )
    if not np.isfinite(vectors).all():
        raise ValueError(f"{name}: a vector of {what} is not finite")
