"""The best evidence read closely: what the trained reader says of each sentence.

For names, lists and explanations, where one sentence is chosen among many, and
for figures, where one is chosen among several of a sentence. The rules find and
rule out; the reader sees only what they put first, since it costs more than
everything else together. Without it the rules stand alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from answer.candidates import Evidence
from answer.evidence import Candidate, Heard, Ranker
from answer.meaning import written
from answer.question import FIGURES, SERIES, Question, Want
from answer.reader import Reading
from answer.trust import trust
from index.records import Report, StoredFigure

if TYPE_CHECKING:  # it imports PyTorch
    from answer.reader.read import Reader

_MOST = 4  # passages read for a question; more find hardly any more
_NEAR = 0.5  # of the best score: what is worth a second look
# Trust from which the rules need no second reading: of what they trust less and would
# show, a third is wrong on new reports, and the reader holds half of that back.
_SURE = 0.85
_RIVAL = 0.8  # of the best figure's score: only a rival so near leaves a question


@dataclass(frozen=True, slots=True)
class _Part:
    """A passage as it is given to the reader, and whose sentences those are."""

    reading: Reading
    sentences: tuple[int, ...]  # their ids
    figures: tuple[int, ...]


def read_closely(
    reader: "Reader", question: Question, evidence: Evidence, ranker: Ranker
) -> Heard:
    """How well sentences of the best passages answer, or the figures in them."""
    if question.want is Want.DATE:
        return Heard()
    by_figure = question.want in FIGURES | SERIES
    look = evidence.figures if by_figure else evidence.sentences
    ranked = ranker.rank(question, look(question))
    if not ranked or (by_figure and _is_sure(ranked[0])):
        return Heard()
    near = [c.sentence.passage_id for c in ranked if c.score >= _NEAR * ranked[0].score]
    passages = list(dict.fromkeys(near))[:_MOST]
    parts = [_part(evidence, passage) for passage in passages]
    readings = reader.read(written(question), [part.reading for part in parts])
    sentences: dict[int, float] = {}
    figures: dict[int, float] = {}
    for part, reading in zip(parts, readings, strict=True):
        scores = (said.score for said in reading.sentences)
        sentences |= zip(part.sentences, scores, strict=True)
        figures |= zip(part.figures, reading.figures, strict=True)
    return Heard(sentences, figures)


def _is_sure(first: Candidate) -> bool:
    """Are the rules sure of this figure, and does no other come near it?"""
    return first.rival < _RIVAL and trust(first) >= _SURE


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
    figures = _apart(
        [f for row in rows for f in row.figures if f.figure.kind != "date"]
    )
    reading = Reading(
        passage_id,
        text,
        spans,
        context_of(report),
        tuple((f.figure.start - start, f.figure.end - start) for f in figures),
    )
    return _Part(reading, tuple(row.id for row in rows), tuple(f.id for f in figures))


def _apart(figures: Sequence[StoredFigure]) -> list[StoredFigure]:
    """Those that lie in no other: of a rank the place, not the field it is of."""
    kept: list[StoredFigure] = []
    for each in sorted(figures, key=lambda f: (f.figure.start, -f.figure.end)):
        if not kept or each.figure.start >= kept[-1].figure.end:
            kept.append(each)
    return kept
