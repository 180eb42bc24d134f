"""The occasion, source or speaker that a question names beside what it asks.

"At the 10th meeting", "theo báo cáo của Bộ Y tế", "did the Prime Minister ask for":
such words tell in which report to look. They stand in its opening, seldom in the
sentence that answers, so they are no key words of the answer.
"""

import re
from collections.abc import Sequence

from answer.coverage import Coverage
from answer.question import Term
from index.grammar.words import fold_in_place, lies_in

_GATHERING = (
    r"(?:meeting|session|conference|summit|workshop|review|report|article|summary"
    r"|briefing|sitting|announcement|press release)s?"
)
_LEADER = (
    r"(?:prime minister|minister|chairman|chairwoman|chairperson|president|governor"
    r"|director|secretary|government|pm|delegates?|participants?|speakers?"
    r"|representatives?|attendees)"
)
_SPEAKS = (
    r"(?:want|ask|request|urge|call|require|demand|instruct|order|say|said|tell|told"
    r"|set|announce|stress|emphasi[sz]e|expect|see|name|mention|raise|bring up|cite"
    r"|point (?:out|to)|complain (?:about|of)|note|find|consider)(?:s|ed|ing)?"
)
_GATHERING_VI = (
    r"(?:bao cao|phien hop|hoi nghi|cuoc hop|ky hop|buoi hop|hop bao|bai viet|ban tin"
    r"|toa dam)"
)
_LEADER_VI = r"(?:thu tuong|pho thu tuong|bo truong|chu tich|chinh phu|lanh dao)"
_SPEAKS_VI = (
    r"(?:yeu cau|de ra|giao|muon|chi dao|neu|noi|nhan manh|de nghi|phat bieu|cho biet)"
)
_DELEGATES_SAY = (
    r"(?:cac )?dai bieu (?:neu|noi|cho rang|phan anh|kien nghi|danh gia|chi ra|de xuat)"
)
_UNASKED = r"(?:(?!\b(?:bao nhieu|may|ai|nao|gi|khi|co|la|da)\b)[^,?.])"
_OCCASIONS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:according to|as \w+ (?:at|in|by|during)|as of|at|in|during|by|from|per)"
        rf" (?:the|this|that|its|our|a) (?:[\w’'-]+ ){{0,5}}?{_GATHERING}\b"
        r"(?: (?:of|on) (?:the )?(?:[\w’'-]+ ){0,7}?(?:committee|government|ministry"
        r"|council|transformation))?",
        # "Who chaired the Bac Giang side of the 10th meeting?"
        rf"\b(?:of|for) the \d+(?:st|nd|rd|th) (?:[\w’'-]+ ){{0,3}}?{_GATHERING}\b",
        rf"(?<!to )\bthe \d+(?:st|nd|rd|th) (?:[\w’'-]+ ){{0,3}}?{_GATHERING}"
        r"(?= (?:at|from)\b)",
        rf"\baccording to (?:the )?(?:[\w’'-]+ ){{0,4}}?{_LEADER}\b"
        r"(?:[’']s (?:request|order|instruction|speech|remarks))?",
        rf"\b(?:does|did|do|has|have|had|will|would) (?:the )?(?:\w+ ){{0,2}}?{_LEADER}"
        rf"(?: (?:at|in|of) the (?:[\w’'-]+ ){{0,4}}?{_GATHERING})?(?: \w+)?"
        rf"(?= {_SPEAKS}\b)",
        rf"\b(?:theo|tai|trong|o|tu|qua) (?:(?:cac|ban|cuoc) )?{_GATHERING_VI}\b"
        r"(?: (?:tong ket|so ket|truc tuyen|toan quoc|thuong ky|quoc gia|giao ban"
        r"|chuyen de|nay|do|chinh phu|phien hop|hoi nghi))*"
        r"(?: (?:lan )?(?:thu )?\d+\b| (?:lan )?thu \w+| (?:thang|ngay|nam) [\d/]+)?"
        rf"(?: cua {_UNASKED}{{3,80}}(?=[,?.]|$))?",
        rf"\btheo (?:yeu cau|chi dao|ket luan|phat bieu|thong tin|so lieu) cua"
        rf" {_UNASKED}{{3,60}}(?=[,?.]|$)",
        rf"\b{_LEADER_VI}(?= {_SPEAKS_VI}\b)",
        rf"\b{_DELEGATES_SAY}\b",
    )
)
_SAYINGS = (
    re.compile(rf"\b{_LEADER}(?: \w+)? {_SPEAKS}\b"),
    re.compile(rf"\b{_LEADER_VI} {_SPEAKS_VI}\b"),
)
# Who published it: a place named there is no place of the figures.
_SOURCES = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:the|per|in) (?:[\w’'-]+ ){1,3}(?:article|bulletin|newspaper|coverage"
        rf"|account(?= of the (?:[\w’'-]+ ){{0,4}}?{_GATHERING}))\b",
        r"\btheo (?:ban tin|bai bao|bai viet|trang tin|cong thong tin(?: dien tu)?"
        rf"|to bao|bao(?! cao)) (?:cua )?{_UNASKED}{{2,40}}(?=[,?.]|$)",
    )
)
_ELSEWHERE = 0.5  # a name of the occasion ("10th") that the report does not open with
_HALF = 0.5  # of a name that must be there
_UNSAID, _SAID = 0.8, 0.34  # for one of which it says less than this share


def occasions(question: str) -> list[tuple[int, int]]:
    """Where *question* names an occasion, a source or who spoke."""
    folded = fold_in_place(question)
    patterns = (*_OCCASIONS, *_SOURCES)
    return [m.span() for pattern in patterns for m in pattern.finditer(folded)]


def sayings(question: str) -> list[tuple[int, int]]:
    """Where it says that somebody asked or said something: no words of a figure."""
    folded = fold_in_place(question)
    return [m.span() for pattern in _SAYINGS for m in pattern.finditer(folded)]


def sources_named(question: str) -> list[tuple[int, int]]:
    """Where *question* names who published what it asks about."""
    folded = fold_in_place(question)
    return [m.span() for pattern in _SOURCES for m in pattern.finditer(folded)]


def told_apart_from(
    terms: Sequence[Term], spans: Sequence[tuple[int, int]], least: int
) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """*terms* of what is asked, and of the occasion.

    least: how many must be left to ask for; else all of them are asked for.
    """
    of_it = tuple(t for t in terms if lies_in(t.start, spans))
    asked = tuple(t for t in terms if t not in of_it)
    return (asked, of_it) if len(asked) >= least else (tuple(terms), ())


def occasion_fit(cover: Coverage, *texts: str) -> float:
    """Does evidence come from the occasion asked about? A factor.

    cover: of the occasion's terms.
    texts: the opening of the report, and what is around the evidence.
    """
    if not cover.terms:
        return 1.0
    said = [max(cover.share(t, text) for text in texts) for t in cover.terms]
    told = zip(cover.terms, said, strict=True)
    if any(term.name and share < _HALF for term, share in told):
        return _ELSEWHERE
    return 1.0 if sum(said) / len(said) >= _SAID else _UNSAID
