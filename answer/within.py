"""Figures that stand in one sentence: what each counts, and which one says more.

A sentence of a report often has five figures, and likeness cannot tell them apart:
the words right beside each, and those that lead up to it, can.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from answer.asked import says_average, says_cumulative
from answer.carried import breaks_down
from answer.evidence import Candidate
from answer.question import Form, Question, Term
from answer.terms import stems_of
from index.grammar.places import NATION, bare_name, find_places
from index.grammar.words import STOP_WORDS, fold, fold_in_place, tokens
from index.records import Figure, Language, Report, StoredSentence

_SO_FAR = 0.5  # for all since the beginning, where one year's is asked for
_ONE_YEARS = 0.3  # and back: one year's is mostly told plainly
_AVERAGE_BESIDE = 0.8  # for a figure beside the average that is asked for
_EACH = 0.5  # what is told per day or on average, where the whole is asked for
_BESIDE = 60  # characters that stand beside a figure
_NOUN_OF_ITS_OWN = 0.6  # fit of the head below which a figure counts another thing
# See `outdone`: how much more another must say to count, and from where it counts in
# full; the fit it needs; and what is then left of the figure outdone. Of figures in
# one sentence the right one says more 4 times of 5 where the difference lies between
# 0.05 and 0.2, and 98 of 100 above.
_MORE, _MUCH_MORE, _AS_WELL, _OUTDONE = 0.05, 0.15, 0.45, 0.5
# Words behind a figure that are no noun it counts.
_NO_NOUNS = STOP_WORDS | frozenset(
    """
    was were is are has have had been be in on at by to from of for with through
    during since until compared reached reaching accounting equivalent up down
    higher lower more less than over under per each every nationwide respectively
    annually yearly daily while which who whose that this these those and or as via
    people persons person times units cases thousand million billion trillion usd
    vnd dong luot nguoi lan don vi tang giam so voi trong den tu va la duoc da dat
    cua tai o cho theo voi moi nay cac nhung tren ca trieu ty nghin hon do truong vu
    chiec cai
    """.split()
)


def own_words(candidate: Candidate) -> str:
    """The words of a figure's own part of its clause, the figure among them.

    Parts end at the last comma before the next figure: "1.84 billion requests since it
    began, in 2024 alone 721 million".
    """
    own, at = candidate.known_figure, candidate.sentence.sentence.start
    if candidate.sentence.sentence.context:
        return own.subject
    text = candidate.text
    # "Ca Mau third with 52 boats": a rank stands between a figure and whose it is.
    row = [f for f in _in_clause(candidate) if f.kind != "rank" or own.kind == "rank"]
    before = [f.end - at for f in row if f.end <= own.start]
    behind = [f.start - at for f in row if f.start >= own.end]
    first = max([own.clause_start - at, *before])
    last = min([own.clause_end - at, *behind])
    if before:
        first = max(first, text.rfind(", ", first, own.start - at) + 1)
    if behind:
        cut = text.rfind(", ", own.end - at, last)
        last = cut if cut > 0 else last
    return text[first:last]


def manner_fit(question: Question, candidate: Candidate) -> float:
    """Is a figure told as it is asked for: on average or not, since when? A factor."""
    fit, figure = 1.0, candidate.known_figure
    summed = figure.kind in {"count", "money"}
    if question.average and _turns_from(candidate, says_average):
        fit *= _AVERAGE_BESIDE
    elif not question.average and summed and says_average(own_words(candidate)):
        fit *= _EACH
    if question.cumulative or (summed and question.periods):
        # All since the beginning is another figure than one year's.
        so_far = says_cumulative(own_words(candidate))
        other = _ONE_YEARS if question.cumulative else _SO_FAR
        fit *= 1.0 if so_far == question.cumulative else other
    return fit


def _turns_from(candidate: Candidate, says: Callable[[str], bool]) -> bool:
    """ "It took 428 days on average, whereas 300 are allowed": not said of the 300."""
    own, at = candidate.known_figure, candidate.sentence.sentence.start
    earlier = candidate.text[: own.start - at]
    turn = max((m.end() for m in _TURN.finditer(fold_in_place(earlier))), default=0)
    return turn > 0 and says(earlier[:turn]) and not says(candidate.text[turn:])


_TURN = re.compile(
    r"\b(?:whereas|while|but|although|compared|trong khi|con|nhung|so voi)\b"
)


def named_beside(places: Sequence[str], candidate: Candidate) -> bool:
    """ "China stood second with 61.2 billion and the EU third with 51.7": is one of
    *places* named with another figure of the sentence, and not with this one?
    """
    asked = [bare_name(place) for place in places if place != NATION]

    def named(one: Candidate) -> bool:
        told = {bare_name(place.name) for place in find_places(own_words(one))}
        return not told.isdisjoint(asked)

    kind = candidate.known_figure.kind
    beside = [s for s in candidate.sentence.figures if s.figure.kind == kind]
    if not asked or len(beside) < 2 or named(candidate):
        return False
    # "In Dien Bien it was 30.4% in 2022 and 25.9% in 2023": of all of them.
    at = candidate.sentence.sentence.start
    lead = candidate.text[: min(s.figure.start for s in beside) - at]
    if any(bare_name(place.name) in asked for place in find_places(lead)):
        return False
    return any(named(replace(candidate, stored=stored)) for stored in beside)


def outdone(figures: Sequence[Candidate]) -> list[Candidate]:
    """*figures*, with less for those beside another that says more of what is asked.

    "6,750 reservoirs, of which 340 are badly damaged": of the damaged ones the second
    tells, however well the sentence fits.
    """
    beside: dict[tuple[str, int, str], list[Candidate]] = defaultdict(list)
    for candidate in figures:
        dated = candidate.known_figure.kind == "date"
        if not dated and not candidate.sentence.sentence.context:
            beside[_together(candidate)].append(candidate)
    found = []
    for candidate in figures:
        own = candidate.features
        others = beside[_together(candidate)]
        left = min((_left(candidate, other) for other in others), default=1.0)
        if left < 1.0:
            own = replace(own, contrast=own.contrast * left)
        found.append(replace(candidate, features=own))
    return found


def _left(one: Candidate, other: Candidate) -> float:
    """What is left of *one* beside *other*: 1 where that says no more, at least 0.5."""
    own, beside = one.features, other.features
    # Another noun at a number tells what it counts, whatever else is said.
    noun = beside.head < min(own.head, _NOUN_OF_ITS_OWN)
    another = noun and one.known_figure.kind != "share"
    if another or beside.allowed < _AS_WELL * own.allowed:
        return 1.0
    more = (beside.clause - own.clause - _MORE) / (_MUCH_MORE - _MORE)
    return 1.0 - (1.0 - _OUTDONE) * min(max(more, 0.0), 1.0)


def _together(candidate: Candidate) -> tuple[str, int, str]:
    """What figures must have in common: the kind, and the sentence or its parts."""
    sentence = candidate.sentence
    row = sentence.row - 1 if breaks_down(sentence) else sentence.row
    return sentence.report, row, candidate.known_figure.kind


def _in_clause(candidate: Candidate) -> list[Figure]:
    """The figures of the candidate's clause that are no dates, in order."""
    clause = candidate.known_figure.clause_start
    figures = sorted((f.figure for f in candidate.sentence.figures), key=_start)
    return [f for f in figures if f.kind != "date" and f.clause_start == clause]


def _start(figure: Figure) -> int:
    return figure.start


def leading_words(candidate: Candidate) -> list[tuple[Figure, str]]:
    """The figures of the candidate's clause up to its own, each with what leads to it.

    That is what the clause begins with, and its own words; those of the figure before
    only for a part of it. "IIP is to rise 9%, exports 12%, e-commerce 22%": the last is
    not of exports.
    """
    own, at = candidate.known_figure, candidate.sentence.sentence.start
    figures = [
        f for f in _in_clause(candidate) if f.start <= own.start and f is not own
    ]
    figures.append(own)
    found = [(figures[0], figures[0].subject)]
    for before, figure in itertools.pairwise(figures):
        parts = [figures[0].subject, figure.subject]
        between = fold_in_place(candidate.text[before.end - at : figure.start - at])
        if before is not figures[0] and _PART_OF.search(between):
            parts.insert(1, before.subject)
        found.append((figure, " ".join(parts)))
    return found


_PART_OF = re.compile(
    r"\b(?:of (?:which|whom|these|those|them)|in which|among (?:which|them)|including"
    r"|includes?|comprising|with|most(?:ly)?|mainly|trong (?:do|so)|gom|bao gom|voi"
    r"|chu yeu|tap trung)\b"
)


_OF_WHICH = re.compile(r"\W*(?:of which|in which|of them|trong (?:do|so do))\b")


def whole_before(candidate: Candidate) -> str:
    """What a clause of parts is told of: the words before "…; of which 22 …".

    Empty for other clauses. A part has been told all that the whole has.
    """
    own, at = candidate.known_figure, candidate.sentence.sentence.start
    start = own.clause_start - at
    if start <= 0 or not _OF_WHICH.match(fold_in_place(candidate.text), start):
        return ""
    return candidate.text[:start]


def coordinated(candidate: Candidate) -> list[Figure]:
    """The figures of a row to which the candidate's belongs, or none.

    "14 ministries and 52 localities have issued a list": what is said at the end is
    said of each.
    """
    own, at = candidate.known_figure, candidate.sentence.sentence.start
    figures = [f for f in _in_clause(candidate) if _in_row(f, own)]
    rows: list[list[Figure]] = []
    for figure in figures:
        before = rows[-1][-1] if rows else None
        between = candidate.text[before.end - at : figure.start - at] if before else ""
        if before and _ROW.fullmatch(fold_in_place(between)):
            rows[-1].append(figure)
        else:
            rows.append([figure])
    return next((row for row in rows if len(row) > 1 and own in row), [])


def _in_row(one: Figure, two: Figure) -> bool:
    """May both stand in a row? "21 ministries and 62/63 localities" do."""
    return one.kind == two.kind or {one.kind, two.kind} == {"count", "ratio"}


# What stands between two of a row: a noun, or "of" one, and the conjunction.
_ROW = re.compile(
    r"(?: of)?(?: (?!for\b|in\b|to\b|from\b|at\b|by\b|with\b|o\b|tai\b|cho\b)[^\W\d]+,?"
    r"){1,5}(?:,|,? and|,? va) (?:(?:over|more than|nearly|about|hon|gan|khoang) )?"
)


def noun_stands(head: Term, after: str, report: Report) -> bool:
    """Is the noun itself there? "Identification records" are no accounts.

    English ends a name of several words with its noun, Vietnamese begins with it.
    Of "ministries and localities" the first decides: the second may be counted beside.
    """
    language = report.language
    near = " ".join(tokens(after)[: _NOUN_WITHIN[language]])
    stems = stems_of(near, language)
    return any(_noun(form, language) in stems for form in head.forms[language])


# Words behind a number among which its noun stands: "41 localities had fewer people …".
_NOUN_WITHIN: dict[Language, int] = {"en": 6, "vi": 4}


def _noun(form: Form, language: Language) -> str:
    if language == "vi":
        return form[0]
    return form[max(form.index("and"), 1) - 1] if "and" in form else form[-1]


_NOUN = re.compile(r"\s(?:new |more |other |different )?(?P<word>[^\W\d_]+)")


def counts_noun(after: str) -> bool:
    """True if the words behind a figure start with what it counts."""
    noun = _NOUN.match(after)
    return noun is not None and fold(noun["word"]) not in _NO_NOUNS


def beside(text: str, figure: Figure, sentence: StoredSentence) -> tuple[str, str]:
    """The words before and behind a figure, up to the figures beside it.

    A figure of a table has its headings before it, and nothing behind.
    """
    if sentence.sentence.context:
        return figure.subject, ""
    at = sentence.sentence.start
    # A number's neighbours are numbers; a date's are dates as well.
    numbers = [
        f.figure
        for f in sentence.figures
        if figure.kind == "date" or f.figure.kind != "date"
    ]
    behind = [f.start for f in numbers if f.start >= figure.end]
    before = [f.end for f in numbers if f.end <= figure.start]
    last = min([*behind, figure.end + _BESIDE, max(figure.clause_end, figure.end)])
    first = max([at, *before, figure.start - _BESIDE])
    left = text[first - at : figure.start - at]
    right = text[figure.end - at : last - at]
    # "Preschools lack 2,310, primary schools 1,675": what stands behind the comma is
    # the next one's.
    if before and first in before and ", " in left.strip():
        left = left[left.rfind(", ") :]
    if behind and last in behind and ", " in right:
        right = right[: right.rfind(", ")]
    return left, right
