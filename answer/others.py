"""The same thing in other periods: a small series that stands beside an answer.

For the page only. It never changes the answer, and nothing in it is composed:
each figure is copied from a sentence that is cited with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from answer.candidates import Evidence
from answer.compose import Sources, figure_of
from answer.draft import Draft
from answer.evidence import Candidate, Ranker
from answer.question import Question
from answer.records import AnswerFigure, Citation
from answer.same import holds_at, same_thing
from index.grammar.periods import parse_period

_MOST = 8  # figures in a series; a chart of more is not small
_SHORT = 0.05  # how much less of the question the subject of another may cover


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one thing in order of time, that of the answer among them.

    Their citation numbers are those of the answer where it cites the sentence,
    and go on from there: `citations` has those that the answer has not.
    """

    figures: tuple[AnswerFigure, ...]
    citations: tuple[Citation, ...]


def other_periods(
    question: Question,
    draft: Draft,
    cited: Sequence[Citation],
    evidence: Evidence,
    ranker: Ranker,
) -> Series | None:
    """The series that the figure of *draft* stands in; None if there is none.

    cited: the citations of the answer made from *draft*.
    """
    figure = draft.main.figure
    if not figure or not figure.period or figure.kind == "date" or draft.series:
        return None
    anytime = replace(question, periods=(), latest=False)
    ranked = ranker.rank(anytime, evidence.figures(anytime))
    own = next((c for c in ranked if c.stored == draft.main.stored), draft.main)
    alike = [c for c in same_thing(anytime, own, ranked) if _counts_as_much(c, own)]
    rows = _one_a_period([own, *alike])
    if len(rows) < 2:
        return None
    sources = Sources(cited)
    figures = tuple(figure_of(row, sources.cite(row)) for row in rows)
    return Series(figures, tuple(sources.citations[len(cited) :]))


def _counts_as_much(other: Candidate, own: Candidate) -> bool:
    """What is asked for stands in what *other* counts as it does in the answer's."""
    return other.features.subject >= own.features.subject - _SHORT


def _one_a_period(found: Sequence[Candidate]) -> list[Candidate]:
    """The best for each period, in order of time; periods that overlap are one."""
    kept: list[Candidate] = []
    for candidate in found:
        label = candidate.known_figure.period
        if label and not any(_overlap(label, c.known_figure.period) for c in kept):
            kept.append(candidate)
    return sorted(kept[:_MOST], key=holds_at)


def _overlap(label: str, other: str | None) -> bool:
    return bool(other) and parse_period(label).overlaps(parse_period(other or ""))
