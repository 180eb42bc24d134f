"""How a figure or a sentence fits a question beyond the hard constraints.

Whether it counts what is asked for, and not the noun beside it; and whether it is of
the place that is asked about, where the sentence tells of several.
"""

import re
from dataclasses import replace

from answer.asked import says_part
from answer.coverage import Coverage
from answer.evidence import Candidate
from answer.fits import names_other_years, period_fit, place_fit, report_fit
from answer.question import Question, Want
from answer.within import counts_noun, named_beside, noun_stands
from index.grammar.places import NATION, bare_name, find_places
from index.grammar.words import fold_in_place
from index.records import Figure

_ELSEWHERE = 0.75  # for a figure beside another noun than the one asked for
_OTHER_NOUN = 0.5  # for one right before another noun: "95 agencies"
_NOWHERE = 0.85  # for one whose sentence does not have that noun at all
_REACH = 30  # characters behind a share in which what is asked for stands
_ONE_PROVINCE = 0.5  # for a province's figure, where the nation's is meant
_BESIDE_IT = 0.5  # for the nation's figure beside that of the place asked for
_OTHER_TIME = 0.5  # for a sentence that names other years than the one asked about
_MARK_BEFORE = re.compile(r"\b(?:moc|nguong)\s*$")
_MARK_BEHIND = re.compile(
    r"\s*(?:(?:us|vn)? ?(?:usd|vnd|dollars?|dong)\s+)?(?:mark|threshold|milestone)\b"
)
_SOFT_PLACE = 0.2  # a sentence that names no place may still be about it
_OTHER_PLACE = 0.3  # one that names others only is hardly


def elsewhere(question: Question, candidate: Candidate, *, national: bool) -> float:
    """A factor below 1 where the sentence tells of the asked place by another figure.

    national: there are reports of the whole country; where all are provinces' own,
    theirs are meant.
    """
    fit = _BESIDE_IT if _stands_beside_it(question, candidate) else 1.0
    if national and _nation_meant(question, candidate.known_figure):
        fit *= _ONE_PROVINCE
    return fit


def _stands_beside_it(question: Question, candidate: Candidate) -> bool:
    """ "169,588 ha, of which Quang Ninh 117,203": the other is its figure."""
    own = candidate.known_figure
    if question.places and place_fit(question, own.place, "") == 1.0:
        return False
    others = [
        f.figure.place
        for f in candidate.sentence.figures
        if f.figure.kind == own.kind and f.figure.place != own.place
    ]
    if question.places:
        fits = any(place_fit(question, place, "") == 1.0 for place in others)
        return fits or named_beside(question.places, candidate)
    # "And in Tan Son?": a district may be named without saying that it is one.
    named = {term.text for term in question.terms if term.name}
    return bare_name(own.place) not in named and any(
        bare_name(place) in named for place in others
    )


def _nation_meant(question: Question, figure: Figure) -> bool:
    """Is it one province's, where no place or name is asked about?"""
    if question.places or figure.place in {None, NATION}:
        return False
    return not any(term.name for term in question.terms)


def is_whole(
    question: Question, candidate: Candidate, cover: Coverage, after: str
) -> bool:
    """ "What is the population?" is not answered by "85% of the population"."""
    figure = candidate.figure
    share = figure is not None and figure.kind == "share" and not question.percent
    # Goals are mostly set in shares.
    is_open = question.want is Want.FIGURE and not question.named_target
    is_open = is_open and not says_part(question.text)
    if not (share and is_open and question.terms):
        return False
    asked = min(question.terms, key=lambda term: term.start)
    return cover.has(asked, after[:_REACH])


def is_field(question: Question, candidate: Candidate) -> bool:
    """ "What is it ranked?" is not answered by the field: "71st out of 193"."""
    own = candidate.known_figure
    return question.want is Want.RANK and any(
        rank.kind == "rank" and rank != own and rank.start <= own.start < rank.end
        for rank in (stored.figure for stored in candidate.sentence.figures)
    )


def is_mark(words: tuple[str, str]) -> bool:
    """ "Past the 10 billion USD mark" tells a threshold, not how much it was.

    words: those before and behind the figure, as `within.beside` has them.
    """
    before, behind = map(fold_in_place, words)
    return bool(_MARK_BEFORE.search(before) or _MARK_BEHIND.match(behind))


def head_fit(
    question: Question,
    candidate: Candidate,
    cover: Coverage,
    words: tuple[str, str],
) -> float:
    """Is what is counted ("how many ministries") the noun at this figure?

    A noun that stands in the sentence, but by another figure, tells that
    this one counts something else; so does another noun behind this one.

    words: those before and behind the figure, as `within.beside` has them.
    """
    head, figure = question.head, candidate.figure
    if head is None or figure is None:
        return 1.0
    if question.language != candidate.report.language and not head.translated:
        return 1.0  # nobody knows what it is called there
    before, after = words
    if noun_stands(head, after, candidate.report) and (
        cover.has(head, after) or cover.has(head, candidate.text)
    ):
        return 1.0
    if figure.kind in {"count", "ratio"} and head.known and counts_noun(after):
        return _OTHER_NOUN
    if cover.has(head, before):
        return 1.0
    so_far = candidate.clause[: figure.start - figure.clause_start]
    if figure.kind == "share" and cover.has(head, so_far):
        # "of all dossiers, 61.7% for ministries and 18.5% for provinces"
        return 1.0
    if cover.has(head, candidate.text):
        return _ELSEWHERE
    return 1.0 if candidate.features.leaning else _NOWHERE


def fitted_sentence(question: Question, candidate: Candidate) -> Candidate:
    """The sentence with its own softer fit of place and period."""
    figures = [stored.figure for stored in candidate.sentence.figures]
    report, text = candidate.report, candidate.text
    place = period = 1.0
    names = candidate.features.names
    if question.places:
        named = [report.place, *(f.place for f in figures)]
        place = max(place_fit(question, name, text) for name in named)
        if place < _SOFT_PLACE and find_places(text):
            names *= _OTHER_PLACE
    if question.periods:
        numbers = [f for f in figures if f.kind != "date"]
        fits = [period_fit(question, f, report) for f in numbers]
        period = max([report_fit(question, report), *fits])
        if names_other_years(question, figures):
            period = min(period, _OTHER_TIME)
    features = replace(
        candidate.features,
        place=max(place, _SOFT_PLACE),
        period=period,
        names=names,
    )
    return replace(candidate, features=features)
