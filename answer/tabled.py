"""Rows of tables as evidence: which cell is meant, and what heads it.

A table is full of figures that differ by a word of their headings ("Total
assets", "Total current assets"), and words that say little in running text
("total", "net", "as reported") decide.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from answer.draft import Draft
from answer.evidence import Candidate, Ranker
from answer.extreme import Extreme, extreme_of
from answer.question import Question, Want
from answer.terms import stems_of
from answer.trust import trust_among
from index.grammar.periods import parse_period
from index.grammar.words import STOP_WORDS
from index.records import Language, StoredSentence

_EMPTY = STOP_WORDS - {"current"}  # "Total current assets" are not all assets
_LOSS = 0.3  # of a cell's weight where its headings say the least of the question


def is_row(candidate: Candidate) -> bool:
    """True for a row of a table; its context is the headings over it."""
    return bool(candidate.sentence.sentence.context)


def fitted(question: Question, candidates: Sequence[Candidate]) -> list[Candidate]:
    """*candidates*, cells weighed by how nearly their headings say the question.

    Both ways: what the question says and the headings do not, and the reverse.
    Figures of running text, and cells in a language that shares no word with
    the question, keep their weight.
    """
    likeness = [
        _likeness(question.whole, c.known_figure.subject, c.report.language)
        if is_row(c)
        else None
        for c in candidates
    ]
    most = max((one for one in likeness if one), default=0.0)
    if not most:
        return list(candidates)
    return [
        c if one is None else _weighed(c, 1 - _LOSS * (1 - one / most))
        for c, one in zip(candidates, likeness, strict=True)
    ]


def _weighed(candidate: Candidate, factor: float) -> Candidate:
    features = candidate.features
    return replace(candidate, features=replace(features, head=features.head * factor))


def _likeness(question: str, subject: str, language: Language) -> float:
    """Shared words over all words of both (cosine of their sets)."""
    asked = stems_of(question, language) - _EMPTY
    told = stems_of(subject, language) - _EMPTY
    shared = len(asked & told)
    return float(shared / (len(asked) * len(told)) ** 0.5) if shared else 0.0


def heading_of(
    candidate: Candidate, sentences: Sequence[StoredSentence]
) -> Candidate | None:
    """The row that heads the cell's column with its year, if it is at hand."""
    period = candidate.known_figure.period
    if not is_row(candidate) or period is None:
        return None
    year = _written(period)
    above = [
        s
        for s in sentences
        if s.report == candidate.sentence.report
        and s.sentence.page == candidate.sentence.sentence.page
        and s.row < candidate.sentence.row
        and not s.figures
        and "|" in s.sentence.text
        and year.search(s.sentence.text)
    ]
    if not above or year.search(candidate.text):
        return None
    found = max(above, key=lambda s: s.row)
    return replace(candidate, sentence=found, stored=None)


def _written(period: str) -> re.Pattern[str]:
    """The year of a period as tables write it: "2018", "2 0 1 8", "FY18", "2018/19"."""
    first, _, last = period.partition("/")
    if last:
        return re.compile(rf"{first[:4]}\s?[/–-]\s?(?:{last[:4]}|{last[2:4]}\b)")
    year = first[:4]
    return re.compile(rf"{' ?'.join(year)}|\bFY ?'?{year[2:]}\b")


# --- Which year was it most? -----------------------------------------------------


def asks_period(question: Question) -> bool:
    """True for "In which year was … largest?"."""
    return extreme_of(question.whole) is not None


def choose_period(
    question: Question,
    candidates: Sequence[Candidate],
    ranker: Ranker,
    sentences: Sequence[StoredSentence],
) -> Draft | None:
    """The year in whose column a row is largest or smallest, or keeps a bound.

    candidates: the figures of all periods. The year is copied from the heading,
    and the row that decides is quoted beside it. None where the question asks
    no such thing, and where two years would do.
    """
    asked = extreme_of(question.whole)
    if asked is None:
        return None
    ranked = ranker.rank(question, [c for c in candidates if is_row(c)])
    if not ranked or ranked[0].score <= 0:
        return None
    best = ranked[0]
    chosen = _decided(asked, _rivals(question, best, candidates))
    heading = heading_of(chosen, sentences) if chosen else None
    if chosen is None or heading is None:
        return None
    match = _written(chosen.known_figure.period or "").search(heading.text)
    if match is None:
        return None
    return Draft(heading, *match.span(), trust_among(best), more=(chosen,))


def relaxed(question: Question) -> Question:
    """The question for the figure itself, whenever it holds."""
    asked = asking_a_figure(question)
    return replace(asked, periods=(), head=None, status=None, grain="")


def asking_a_figure(question: Question) -> Question:
    """The question for a figure, where "What were …" was taken for a list."""
    return replace(question, want=Want.FIGURE, base=Want.FIGURE)


_ALIKE: dict[str, set[str]] = {
    "money": {"money", "count"},
    "count": {"money", "count"},
}


def _rivals(
    question: Question, best: Candidate, candidates: Sequence[Candidate]
) -> list[Candidate]:
    """The cells of the best row that hold the same for other periods."""
    figure = best.known_figure
    asked = question.periods
    return [
        c
        for c in candidates
        if c.sentence.id == best.sentence.id
        # Where only some columns bear the currency, kinds and headings differ.
        and {c.known_figure.kind, figure.kind} <= _ALIKE.get(figure.kind, {figure.kind})
        and c.known_figure.value is not None
        and c.known_figure.status != "change"
        and c.known_figure.period
        and (
            not asked
            or any(p.overlaps(parse_period(c.known_figure.period)) for p in asked)
        )
    ]


def _decided(asked: Extreme, rivals: Sequence[Candidate]) -> Candidate | None:
    """The only cell that fulfils what is asked."""
    if len(rivals) < 2 or len({c.known_figure.period for c in rivals}) < len(rivals):
        return None
    if asked.bound is None:
        ordered = sorted(rivals, key=_value, reverse=asked.most)
        return ordered[0] if _value(ordered[0]) != _value(ordered[1]) else None
    bound = asked.bound
    kept = [
        c for c in rivals if (_value(c) > bound if asked.most else _value(c) < bound)
    ]
    return kept[0] if len(kept) == 1 else None


def _value(candidate: Candidate) -> float:
    return candidate.known_figure.value or 0.0
