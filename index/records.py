"""What is known: reports and their parts, as plain frozen records.

Offsets are characters into the stored text of a page, which for text files is
the file's text as decoded, so a quote stands verbatim in the file. Rows of
vectors follow the order of the records they belong to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Language = Literal["en", "vi"]
Vectors = NDArray[np.float32]  # shape (n, dim), rows of unit length

Kind = Literal["share", "count", "money", "rank", "ratio", "multiple", "date"]
Status = Literal["achieved", "target", "estimate", "earlier", "change"]
ReadBy = Literal["text", "ocr", "unread"]  # how a page's text was got


@dataclass(frozen=True, slots=True)
class Report:
    """One document. What neither text nor side file says is None, not guessed."""

    name: str  # file name in the corpus, "/" between folders: its citation id
    sha256: str  # of the file's bytes and of its side file
    language: Language
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None  # ISO date
    period: str | None = None  # what it speaks of, e.g. "2024": see grammar.periods
    place: str | None = None  # None: the nation
    as_of: str | None = None  # ISO day it speaks from; orders reports, never shown
    content: str = ""  # sha256 of the file's bytes alone: what makes it this report
    number: str | None = None  # of the document, such as "57-NQ/TW"
    supersedes: str | None = None  # name or number of the report that this corrects
    provenance: str = ""  # JSON: field → where it came from
    health: str = ""  # JSON of how well the file could be read
    # Worked out by the store from all its reports, whatever a caller puts in:
    copy_of: str | None = None  # name of the first report with near-identical text
    superseded_by: str | None = None  # name; kept, but out of search and answers


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one page; a text file has exactly one."""

    number: int  # 1-based, as a PDF viewer counts
    text: str
    label: str | None = None  # as printed on the page, such as "iv"
    read_by: ReadBy = "text"
    confidence: float | None = None  # mean of text recognition, 0 to 1


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is quoted: a stretch of one page."""

    page: int
    start: int
    end: int
    text: str  # == page.text[start:end]
    context: str = ""  # of a table's row: the headings it stands under; never quoted


@dataclass(frozen=True, slots=True)
class Passage:
    """A few sentences of one page: what is retrieved."""

    page: int
    start: int
    end: int
    first: int  # its sentences are parsed.sentences[first:last]
    last: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One number or date in a sentence, with what decides whether it answers."""

    sentence: int  # row in the report's sentences
    start: int  # of the raw words, in the page
    end: int
    raw: str  # "55.25 million", as it stands
    kind: Kind
    value: float | None  # 55250000.0; for a date None
    unit: str  # "%", "USD", "VND", "place", "times", a counted noun, or ""
    subject: str  # what it counts, in the report's words
    clause_start: int  # the clause of the sentence that the figure stands in
    clause_end: int
    period: str | None  # "2024", "2024-Q1", "2024-07-16", "2022/2024"
    place: str | None  # "Vietnam", "Lang Son"; None when nothing says
    status: Status
    hedge: str = ""  # "over", "nearly", "about", "at least": kept beside the value
    value_to: float | None = None  # upper end of a range; "8-10%" → 8 and 10


@dataclass(frozen=True, slots=True)
class ParsedReport:
    """A report read in full, before encoding."""

    report: Report
    pages: tuple[Page, ...]
    sentences: tuple[Sentence, ...]
    passages: tuple[Passage, ...]
    figures: tuple[Figure, ...] = ()
    # Where each known field of the report came from: "text" or "side file".
    provenance: Mapping[str, str] = field(default_factory=dict)
    # Page number → where its words stand, packed by the reader of the format.
    boxes: Mapping[int, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Encoded:
    """The vectors of a parsed report, row for row.

    late: sentences pooled from their tokens as encoded within their passage
    ("late chunking", Günther et al. 2024, arXiv:2409.04701).
    clauses: one row a figure: the clause it stands in, encoded alone.
    """

    passages: Vectors
    sentences: Vectors
    late: Vectors
    clauses: Vectors


@dataclass(frozen=True, slots=True)
class StoredFigure:
    """A figure with its place in the store and its clause's vector."""

    id: int
    sentence_id: int
    report: str
    figure: Figure
    vector: NDArray[np.float32] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class StoredSentence:
    """A sentence as evidence: text, neighbours' key, vectors, figures."""

    id: int
    passage_id: int
    report: str  # report name
    row: int  # position among the report's sentences
    sentence: Sentence
    vector: NDArray[np.float32] = field(repr=False, compare=False)
    late: NDArray[np.float32] = field(repr=False, compare=False)
    figures: tuple[StoredFigure, ...] = ()


class Hit(NamedTuple):
    """A retrieved passage: its id in the store and why it was found."""

    passage_id: int
    score: float  # fused, comparable within one search only
    dense: float  # cosine of question and passage
    lexical: float  # BM25, 0 when no word is shared


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader narrowed the search to; empty means everything."""

    period: str | None = None
    publisher: str | None = None
    language: Language | None = None
    reports: tuple[str, ...] = ()
