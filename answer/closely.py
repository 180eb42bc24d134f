"""The best evidence read closely: what the trained reader says of each sentence.

For names, lists and explanations, where one sentence is chosen among many. The
rules find and rule out; the reader sees only what they put first, since it costs
more than everything else together. Without it the rules stand alone.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from answer.candidates import Evidence
from answer.evidence import Ranker
from answer.question import FIGURES, SERIES, Question, Want
from answer.reader import Reading
from index.records import Report

if TYPE_CHECKING:  # it imports PyTorch
    from answer.reader.read import Reader

_MOST = 5  # passages read for a question
# Figures and dates the rules choose as well without it, measured on the visible
# sets, and in a third of the time.
_BY_RULES = FIGURES | SERIES | {Want.DATE}


@dataclass(frozen=True, slots=True)
class _Part:
    """A passage as it is given to the reader, and whose sentences those are."""

    reading: Reading
    sentences: tuple[int, ...]  # their ids


def read_closely(
    reader: "Reader", question: Question, evidence: Evidence, ranker: Ranker
) -> dict[int, float]:
    """How well sentences of the best passages answer, as log odds, by their ids."""
    if question.want in _BY_RULES:
        return {}
    ranked = ranker.rank(question, evidence.sentences(question))
    passages = list(dict.fromkeys(c.sentence.passage_id for c in ranked))[:_MOST]
    parts = [_part(evidence, passage) for passage in passages]
    readings = reader.read(question.whole, [part.reading for part in parts])
    heard: dict[int, float] = {}
    for part, reading in zip(parts, readings, strict=True):
        for id_, told in zip(part.sentences, reading.sentences, strict=True):
            heard[id_] = told.score
    return heard


def context_of(report: Report) -> str:
    """The line that the reader sees before a passage of *report*."""
    known = (report.title, report.period, report.place)
    return " | ".join(part for part in known if part)


def _part(evidence: Evidence, passage_id: int) -> _Part:
    material = evidence.material
    rows = [s for s in material.sentences if s.passage_id == passage_id]
    start = rows[0].sentence.start
    text = material.around[passage_id]
    # A passage may open before its first sentence.
    start -= max(0, text.find(rows[0].sentence.text))
    report = material.reports[rows[0].report]
    spans = tuple(
        (row.sentence.start - start, row.sentence.end - start) for row in rows
    )
    reading = Reading(passage_id, text, spans, context_of(report))
    return _Part(reading, tuple(row.id for row in rows))
