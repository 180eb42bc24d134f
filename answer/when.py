"""When: the date in the evidence that answers."""

import re
from collections.abc import Sequence

from answer.candidates import Evidence
from answer.draft import Draft
from answer.evidence import Candidate, Ranker
from answer.question import Question
from answer.trust import trust_among
from index.grammar.periods import parse_period
from index.grammar.words import fold_in_place
from index.records import Figure

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DEPTH = 12  # dates looked at
_OTHER_YEAR = 0.6  # for a date told with another year than the one asked about
_DEADLINE = 1.3  # for one told as a deadline, where one is asked for
_DUE = re.compile(
    r"\b(?:by (?:when|what|which)|due|deadline|no later|at the latest|before when|must"
    r"|han chot|han cuoi|thoi han|truoc ngay nao|cham nhat|muon nhat)\b"
)
# "When did it pass?", "… thông qua khi nào" with "đã": not what is still planned.
_PAST = re.compile(r"^\W*when (?:did|was|were|has|have)\b|\bda\b.*\b(?:nao|gio)\b")


def choose_date(question: Question, evidence: Evidence, ranker: Ranker) -> Draft | None:
    """The date that answers "when", or None."""
    ranked = ranker.rank(question, evidence.figures(question))
    ranked = [c for c in ranked if c.score > 0 and _answers_when(question, c)]
    if not ranked:
        return None
    # A year is a date too, but a day in the same sentence says more.
    best = max(ranked[:_DEPTH], key=lambda c: _dated(question, c, evidence))
    # A day that was moved vouches for the one it was moved to.
    sure = trust_among(best)
    best = _as_moved(question, best, ranked, evidence)
    start, figure = best.sentence.sentence.start, best.known_figure
    return Draft(best, figure.start - start, figure.end - start, sure)


def _as_moved(
    question: Question, best: Candidate, ranked: Sequence[Candidate], evidence: Evidence
) -> Candidate:
    """ "Originally due in June, put back to December": December, unless asked for."""
    if _FIRST.search(fold_in_place(question.text)):
        return best
    behind = (
        c
        for c in ranked
        if c.sentence.id == best.sentence.id
        and c.known_figure.start > best.known_figure.start
        and _MOVED_TO.search(fold_in_place(evidence.beside(c)[0]))
    )
    return next(behind, best)


def _dated(question: Question, candidate: Candidate, evidence: Evidence) -> float:
    """The score of a date: fine ones first, and those right behind an asked word.

    "Passed on June 29 and in force from July 1": what happened stands before its
    date.
    """
    figure = candidate.known_figure
    fine = _FINENESS[_grain(figure)]
    before, _ = evidence.beside(candidate)
    told = evidence.cover(candidate.report).of(before[-_EVENT:])
    its_own = _dates_a_document(question, before)
    near = _ITS_DATE if its_own else min(_TOLD, 1 + 2 * told)
    near *= _effect_fit(question, before)
    return candidate.score * fine * near * _year_fit(question, candidate)


def _effect_fit(question: Question, before: str) -> float:
    """ "From when does it apply?" is the day from which, not that of the document."""
    if not _IN_FORCE.search(fold_in_place(question.text)):
        return 1.0
    told = fold_in_place(before)
    return _IN_EFFECT if _IN_FORCE.search(told) else 1.0


def _year_fit(question: Question, candidate: Candidate) -> float:
    """ "When is the result for 2024 due?" is told with 2024, and as a deadline."""
    figure = candidate.known_figure
    start = figure.start - candidate.sentence.sentence.start
    rest = candidate.text[:start] + candidate.text[start + len(figure.raw) :]
    named = {int(year) for year in _YEAR.findall(rest)}
    asked = {year for p in question.periods for year in (p.start.year, p.end.year)}
    fit = _OTHER_YEAR if named and asked and not named & asked else 1.0
    due = _DUE.search(fold_in_place(question.text)) is not None
    return fit * (_DEADLINE if due and figure.unit == "by" else 1.0)


def _dates_a_document(question: Question, before: str) -> bool:
    """ "When was Resolution 57 issued?": "… No. 57-NQ/TW dated" stands before it."""
    numbers = [t.text for t in question.terms if t.name and t.text.isdigit()]
    return any(
        re.search(rf"\b{n}(?:[-/]\S*)?[\s,(]*{_DATED}[\s]*$", fold_in_place(before))
        for n in numbers
    )


_DATED = r"(?:(?:dated|issued|signed|adopted|approved|of|on|ngay|ban hanh) ?){0,3}"


_IN_EFFECT = 2.0  # the day from which something holds, where that is asked for
_IN_FORCE = re.compile(
    r"\b(?:effect(?:ive)?|in force|into force|appl(?:y|ies|ied)|valid|hieu luc|ap dung"
    r"|thi hanh)\b"
)
_FIRST = re.compile(r"\b(?:original(?:ly)?|initial(?:ly)?|at first|ban dau|luc dau)\b")
_MOVED_TO = re.compile(
    r"\b(?:(?:(?:put|pushed|moved) back|postponed|extended|rescheduled) (?:to|until)"
    r"|(?:lui|gia han|keo dai|dieu chinh)(?: \w+){0,2} (?:den|toi|sang))"
    r"(?: (?:ngay|thang|nam|het|cuoi|the|end|of))* ?$"
)
_ITS_DATE = 3.0  # the date that a document bears, where it is asked for
# Characters before a date; what the asked words there count for at most.
_EVENT, _TOLD = 25, 1.5
_FINENESS = {"day": 1.0, "month": 0.97, "range": 0.8, "year": 0.75}


def _answers_when(question: Question, candidate: Candidate) -> bool:
    """A date that the question itself names is no answer to "when"."""
    figure = candidate.figure
    if figure is None or figure.kind != "date" or figure.unit == "compared":
        return False
    asked = {p.label for p in question.periods}
    if figure.period in asked or _lies_ahead(question, candidate):
        return False
    fine = _grain(figure)
    return not question.grain or fine == question.grain or (
        question.grain in {"month", "year"} and fine == "day"
    )  # fmt: skip


def _lies_ahead(question: Question, candidate: Candidate) -> bool:
    """True for a date after the report, where something done is asked for."""
    period = candidate.known_figure.period
    as_of = candidate.report.as_of or candidate.report.period
    if not period or not as_of:
        return False
    past = _PAST.search(fold_in_place(question.text)) is not None
    return past and parse_period(period).start > parse_period(as_of).end


def _grain(figure: Figure) -> str:
    """How fine a date is: a day without its year is a day all the same."""
    if figure.period and "/" in figure.period:
        return "range"
    if figure.period:
        return {4: "year", 7: "month"}.get(len(figure.period), "day")
    return "day" if any(c.isdigit() for c in figure.raw) else "month"
