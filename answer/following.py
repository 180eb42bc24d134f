"""A question that leans on the one before, made whole from it.

"And in 2022?", "còn Lạng Sơn thì sao?": what it does not say is taken over.
"""

import re
from dataclasses import replace

from answer.likely import Likely
from answer.question import MOVES, SERIES, Question, Term, Want
from answer.wants import want_of
from index.grammar.periods import Period, year
from index.grammar.words import fold, fold_in_place, tokens

_OPENER = re.compile(
    r"^\W*(?:and|what about|how about|then|also|or|so|but|ok(?:ay)?|con|the con|vay con"
    r"|the thi|vay|va|roi|the)\b"
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|that|this|they|them|those|these|their|the same|same (?:figure"
    r"|rate|number|indicator|thing)|he|she|his|her"
    r"|con so (?:nay|do|ay)|ty le (?:nay|do|ay)|ti le (?:nay|do)|chi so (?:nay|do)"
    r"|so nay|so do|nguoi (?:nay|do)"
    r"|dieu (?:nay|do)|viec (?:nay|do)|muc (?:nay|do)|ong (?:ay|do)|ba (?:ay|do)|o do"
    r"|truoc do|sau do|do la|cai (?:do|nay)|nhu vay)\b"
)
_THEN = re.compile(
    r"\b(?:by then|at (?:that|the same) time|at that point|back then|(?:in )?that"
    r" (?:same )?year|(?:luc|khi|hoi) (?:do|ay)|thoi diem (?:do|ay)|cung thoi diem"
    r"|(?:nam|thang|quy) (?:do|ay))\b"
)
_TRAILS_OFF = re.compile(r"\bthi sao\W*$")  # "lùi về năm 2020 thì sao?"
_ABOUT = re.compile(r"^\W*(?:(?:and|but|so|ok(?:ay)?)\W+)?(?:what|how) about\b", re.I)
_OPENED = 14  # words of a question that opens with "and" and points back
_COMPARES_BACK = re.compile(
    r"\b(?:compare[sd]?|comparison|versus|vs|difference|higher or lower|so voi|so sanh"
    r"|chenh lech)\b"
)
_SLIP = 3  # letters of a word that nobody knows, and that may be a typing error


def is_follow_up(question: Question) -> bool:
    """True if the question does not stand alone."""
    folded = fold_in_place(question.text)
    content = [t for t in question.terms if t.weight >= 0.4]
    if not content:
        return True
    short = len(tokens(question.text)) <= 9
    if short and (_OPENER.match(folded) or _TRAILS_OFF.search(folded)):
        return True
    back = _POINTS_BACK.search(folded) is not None
    if back and _OPENER.match(folded) and len(tokens(question.text)) <= _OPENED:
        return True
    return back and len(content) <= 2 and short


def is_of_then(question: Question) -> bool:
    """ "How many accounts were active by then?": whole but for its time."""
    folded = fold_in_place(question.text)
    return not question.periods and _THEN.search(folded) is not None


def made_whole(question: Question, before: Question) -> Question:
    """*question* with what it leaves out supplied by the question before.

    A new period, place or status replaces the old one; a new subject replaces
    the old subject and keeps period and place.
    """
    folded = fold_in_place(question.text)
    compares = _COMPARES_BACK.search(folded) is not None and question.want not in MOVES
    own = tuple(t for t in question.terms if _says_something(t))
    new_subject = bool(own) and _OPENER.match(folded) is not None and not compares
    if new_subject and _POINTS_BACK.search(folded):
        new_subject = False
    swapped = new_subject and _only_counts_else(question, before)
    terms = own if new_subject else _joined(before, question)
    if question.abroad or question.places:
        # "And the EU?" no longer asks about the United States.
        gone = {fold(name) for name in before.abroad} - {t.text for t in own}
        whole = terms if swapped or not new_subject else _joined(before, question)
        terms = tuple(term for term in whole if term.text not in gone)
    if swapped:
        terms = (*(t for t in before.terms if t != before.head), *own)
    # "And now?" asks for the newest.
    kept = () if question.latest else before.periods
    periods = question.periods or _shifted(folded, before) or kept
    want = _want_behind_opener(question)
    if compares:
        want = Want.COMPARE
        periods = (*before.periods, *question.periods, *question.compared)
    elif question.unit == "points" and want is Want.FIGURE:
        want = Want.COUNT  # "And its score?" behind a rank
    elif want is Want.FIGURE or (
        not own and want in {Want.EXPLAIN, Want.THING, Want.COUNT, Want.LIST}
    ):
        want = before.want
        if want in SERIES and question.periods:
            want = Want.FIGURE
        if want is Want.COUNT and new_subject and not swapped:
            want = (
                Want.FIGURE
            )  # "How many pupils …?" "And health books?": maybe a share
    alone = new_subject and not swapped
    subject = question.text if alone else f"{before.whole} {question.text}"
    status = question.status
    if status is None and not question.periods:
        status = before.status
    return replace(
        question,
        whole=subject,
        want=want,
        base=question.base if new_subject else before.base,
        periods=tuple(dict.fromkeys(periods)),
        compared=() if compares else question.compared,
        places=question.places or before.places,
        status=status,
        named_target=question.named_target
        or (before.named_target and not question.status),
        terms=terms,
        head=question.head
        or (own[0] if swapped else None if new_subject else before.head),
        words=question.words or before.words,
        grain=question.grain or before.grain,
        numeric=question.numeric or before.numeric,
        duration=question.duration or (before.duration and not new_subject),
        percent=question.percent
        or (before.percent and not new_subject and question.want is Want.FIGURE),
        latest=question.latest,
        likely=before.likely if want is before.want else Likely(),
        before=None if (own and not swapped) or compares else before,
    )


def _says_something(term: Term) -> bool:
    """False for a slip of two or three letters ("teh")."""
    return term.known or term.name or len(term.text) > _SLIP


def _only_counts_else(question: Question, before: Question) -> bool:
    """ "And ministries?" after "How many provinces have a plan?"."""
    return (
        before.head is not None
        and question.want in {Want.FIGURE, Want.EXPLAIN, Want.THING}
        and len(question.terms) == 1
    )


def _want_behind_opener(question: Question) -> Want:
    """ "What about exports?" asks what was asked before, not for a thing."""
    opener = _ABOUT.match(question.text)
    return want_of(question.text[opener.end() :]) if opener else question.want


_YEAR_AFTER = re.compile(
    r"\b(?:(?:the )?(?:year after|following year|next year)|(?:a|one) year (?:later"
    r"|after|on)|(?:mot )?nam (?:sau|tiep theo|ke tiep))\b"
)
_YEAR_BEFORE = re.compile(
    r"\b(?<!so voi )(?<!compared to )(?<!compared with )(?<!than )(?<!\bon )"
    r"(?:(?:the )?(?<!than the )(?<!on the )(?:year before|previous year"
    r"|preceding year)|(?:a|one) year (?:earlier|before)|nam (?:truoc|lien truoc))\b"
)


_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "hai": 2, "ba": 3, "bon": 4}
_YEARS_AWAY = re.compile(
    r"\b(?P<n>two|three|four|five|hai|ba|bon|[2-5]) (?:years|nam)"
    r" (?:(?P<later>later|after|on|sau)|earlier|before|truoc)\b(?! day)"
)


def _shifted(folded: str, before: Question) -> tuple[Period, ...]:
    """ "And the year after?": the year next to the one asked before."""
    step = bool(_YEAR_AFTER.search(folded)) - bool(_YEAR_BEFORE.search(folded))
    if several := _YEARS_AWAY.search(folded):
        count = _COUNTS.get(several["n"]) or int(several["n"])
        step = count if several["later"] else -count
    if not step or not before.periods:
        return ()
    return (year(before.periods[-1].end.year + step),)


def _joined(before: Question, question: Question) -> tuple[Term, ...]:
    known = {term.text for term in before.terms}
    return (*before.terms, *(t for t in question.terms if t.text not in known))
