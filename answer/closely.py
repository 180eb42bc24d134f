"""The best evidence read closely: what the trained reader says of each sentence.

The rules find and rule out; the reader sees only what they put first, since it
costs as much as everything else together. Without it the rules stand alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

from answer.candidates import Evidence, Heard
from answer.evidence import Candidate, Ranker
from answer.question import FIGURES, SERIES, Question, Want
from answer.reader import PassageReading, Reading

if TYPE_CHECKING:  # it imports PyTorch
    from answer.reader.read import Reader

_MOST = 5  # passages read for a question
_LOOKED_AT = 8  # of the best figures and of the best sentences, for their passages


@dataclass(frozen=True, slots=True)
class _Part:
    """A passage as it is given to the reader, and whose sentences those are."""

    reading: Reading
    start: int  # of the passage, in its page
    sentences: tuple[int, ...]  # their ids


def read_closely(
    reader: "Reader", question: Question, evidence: Evidence, ranker: Ranker
) -> dict[int, Heard]:
    """What the reader says of the sentences in the best passages, by sentence id."""
    parts = [_part(evidence, id_) for id_ in _best_passages(question, evidence, ranker)]
    readings = reader.read(question.whole, [part.reading for part in parts])
    heard: dict[int, Heard] = {}
    for part, reading in zip(parts, readings, strict=True):
        heard.update(_heard(part, reading))
    return heard


def _best_passages(
    question: Question, evidence: Evidence, ranker: Ranker
) -> Sequence[int]:
    figures = ranker.rank(question, evidence.figures(question))[:_LOOKED_AT]
    sentences = ranker.rank(question, evidence.sentences(question))[:_LOOKED_AT]
    numeric = question.want in FIGURES | SERIES | {Want.DATE}
    first, second = (figures, sentences) if numeric else (sentences, figures)
    found = dict.fromkeys(c.sentence.passage_id for c in _in_turn(first, second))
    return list(found)[:_MOST]


def _in_turn(
    first: Sequence[Candidate], second: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Two of the first kind, then one of the second, and so on."""
    rest = iter(second)
    for number, candidate in enumerate(first, 1):
        yield candidate
        if not number % 2:
            yield from (c for c in [next(rest, None)] if c)
    yield from rest


def _part(evidence: Evidence, passage_id: int) -> _Part:
    material = evidence.material
    rows = [s for s in material.sentences if s.passage_id == passage_id]
    start = rows[0].sentence.start
    text = material.around[passage_id]
    # A passage may open before its first sentence.
    start -= max(0, text.find(rows[0].sentence.text))
    report = material.reports[rows[0].report]
    known = (report.title, report.period, report.place)
    spans = tuple(
        (row.sentence.start - start, row.sentence.end - start) for row in rows
    )
    context = " | ".join(part for part in known if part)
    reading = Reading(passage_id, text, spans, context)
    return _Part(reading, start, tuple(row.id for row in rows))


def _heard(part: _Part, reading: PassageReading) -> Iterator[tuple[int, Heard]]:
    for id_, told in zip(part.sentences, reading.sentences, strict=True):
        yield (
            id_,
            Heard(
                read=1 / (1 + exp(-max(-30.0, min(30.0, told.score)))),
                here=reading.here,
                start=part.start + told.start,
                end=part.start + told.end,
            ),
        )
