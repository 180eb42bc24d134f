"""What a sentence leaves to the one before it: what it counts, and of whom.

"The target is 70%." "Hanoi has the most, with 3,120." "In 2021 the two rates were 66%
and 26%." Such sentences tell a figure and not of what; a reader knows from what stands
before. Here the kinds of language that do so; how much it counts, `answer.candidates`
says.
"""

import re

from index.grammar.words import fold_in_place
from index.records import StoredSentence

_OPENING = 80  # characters in which a sentence says that it leans on another

# "The total number of transactions is 533 million", "Trong đó, …": what is counted
# stands in the sentence before.
_BACK = re.compile(
    r"(?:this|these|that|those|it|they|such|of (?:which|these|those|them)|in which"
    r"|among (?:them|these|which)"
    r"|trong do|(?:trong )?so (?:nay|do|tren)"
    r"|of (?:the|this|that) (?:total |whole )?(?:amount|number|sum|total|figure)"
    # "The target set for the end of 2024 is 70%."
    r"|(?:the|its|this) (?:[\w-]+ )?(?:targets?|goals?|plan|quota)"
    r"(?: (?:set|assigned|given))?(?: (?:by|of) [\w ]{3,30})?"
    r" (?:for|by|to|in|is|was|at)"
    r"|(?:muc tieu|chi tieu|ke hoach)(?: (?:dat ra|de ra|duoc giao|dat))?"
    r"(?: (?:den|cho|cua|trong|cuoi|het|ca))* (?:nam|quy|thang|la))\b"
)
# Held against what was told just before: another time, or a part by itself.
_ASIDE = re.compile(
    r"(?:previously|before that|earlier|looking back|(?:for|by|in) comparison"
    r"|(?:a|one|two|three) (?:years?|months?|quarters?) (?:earlier|before|later)"
    r"|(?:in |over |during )?the (?:previous|same|preceding|following)"
    r" (?:year|period|month|quarter|week)"
    r"|(?:in |over |during )?the (?:year|month|quarter|week) before"
    r"|truoc do|de so sanh|so sanh voi|nhin lai|cung ky|cung thoi (?:gian|diem)"
    r"|(?:mot|hai|ba) (?:nam|thang|quy) (?:truoc|sau)|tuong ung|con lai"
    r"|nam truoc)\b"
)
_MEASURE = (
    r"(?:rates?|figures?|numbers?|shares?|proportions?|indicators?|ind(?:ex|ices)"
    r"|amounts?|sums?|levels?|percentages?)"
)
# "In 2021, the two rates were", "Năm 2024, tỷ lệ này tại".
_POINTING = re.compile(
    rf"\b(?:(?:this|these|that|those) (?:\w+ )?{_MEASURE}"
    rf"|the (?:two|three|four|respective|corresponding|same|above) (?:\w+ )?{_MEASURE}"
    r"|(?:con so|ty le|ti le|ty trong|muc|chi so|tong so) (?:nay|do|tren|tuong ung)"
    r")\b"
)
# "Hanoi leads with 81%", "Ba địa phương thấp nhất là …": in what, was told before.
_PLACED = re.compile(
    r"\b(?:(?:most|highest|lowest|fewest|least|best|worst)"
    r"|leads?|led|leading|followed|at the (?:top|bottom)|(?:came|ranked) (?:first|last)"
    r"|nhat|dan dau|dung dau|dung cuoi|xep cuoi|tiep theo|ke den|theo sau)\b"
)
# "The fund spent …", where a fund was spoken of.
_THE = re.compile(
    rf"(?:(?:in|by|during) [^,]{{3,30}}, )?the (?!{_MEASURE}\b)(\w{{3,}})"
    r" (?:\w+ed|has|have|had|is|was|are|were|will|also|now|spent|paid|sold|rose|fell"
    r"|led|got|made|took|built|bought|set|met|sent)\b"
)
# … and may lean on it, if this one has some of what is asked for.
_GOES_ON = re.compile(
    r"(?:the (?:total|number|figure|remaining|rest|latter)|tong (?:so|cong)"
    r"|so con lai|rieng)\b"
)
# The parts of what the sentence before tells as a whole.
_PARTS = re.compile(
    r"(?:of (?:these|those|them|which)|(?:broken down )?by (?:level|sector|region|group"
    r"|type|kind|age|gender|sex|area|field|locality)|trong (?:do|so do)"
    r"|(?:chia |phan |tinh )?theo (?:cap|nganh|vung|khu vuc|loai|nhom|linh vuc"
    r"|gioi tinh|do tuoi|dia phuong|dia ban))\b"
)


def told(sentence: StoredSentence) -> str:
    """The words of a sentence; a row of a table with the headings over it."""
    return f"{sentence.sentence.context} {sentence.sentence.text}".strip()


def points_back(text: str) -> bool:
    """True for a sentence that says that its subject stands in the one before."""
    return _points_back(fold_in_place(text))


def _points_back(folded: str) -> bool:
    if _BACK.match(folded) or _ASIDE.match(folded):
        return True
    return _POINTING.search(folded, 0, _OPENING) is not None


def leans(sentence: StoredSentence, before: str) -> bool:
    """True for one whose subject stands in *before*, the sentence before it."""
    if not before or sentence.sentence.context:
        return False
    folded = fold_in_place(told(sentence))
    if _points_back(folded):
        return True
    placed = any(s.figure.place for s in sentence.figures if s.figure.kind != "date")
    if placed and _PLACED.search(folded, 0, _OPENING):
        return True
    the = _THE.match(folded)
    return bool(the and re.search(rf"\b{the[1]}\b", fold_in_place(before)))


def goes_on(sentence: StoredSentence) -> bool:
    """True for one whose subject may stand there."""
    return _GOES_ON.match(fold_in_place(told(sentence))) is not None


def breaks_down(sentence: StoredSentence) -> bool:
    """True for one that tells the parts: "By level, the districts reached 66.9%"."""
    return _PARTS.match(fold_in_place(told(sentence))) is not None
