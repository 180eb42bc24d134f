"""Is a figure achieved, a target, an estimate, an earlier value, or a change?

Decided by the words around the figure, in both languages, and by its period:
what lies after the time the report speaks of has not been achieved.
"""

import re

from index.grammar.quantity import Quantity
from index.grammar.periods import Period
from index.grammar.words import fold_in_place
from index.records import Status

_TARGET_NEAR = re.compile(
    r"(?:targets?|goals?|objectives?|plan|quota|threshold)\s+(?:set\s+)?(?:of|is|was|at|to"
    r"|:)\s*(?:\w+\s+){0,4}$|(?:muc tieu|chi tieu|ke hoach|nguong)\s+(?:\w+\s+){0,4}$"
    r"|(?:growth|economic|set|planned)\s+targets?\s+(?:\w+\s+){0,3}$"
)
_TARGET = re.compile(
    r"\b(?:striv(?:e|es|ing)|aim(?:s|ing|ed)?\s+(?:to|for|at)|must|should|shall|need(?:s)?\s+to"
    r"|ensur(?:e|es|ing)|so\s+that|determined\s+to|sets?\s+(?:a\s+|the\s+)?(?:target|goal)s?"
    r"|(?:targets?|goals?)\s+(?:for|by|in|to|is|are)\b|is\s+to\s+be|are\s+to\s+be"
    r"|(?<!ed\s)to\s+(?:achieve|reach|have|complete|attain)"
    r"|requested|plan(?:s|ned)?\s+to|focus\s+on|vision\s+to"
    r"|phan dau|dat muc tieu|muc tieu (?:la|den|nam|trong|cua|phai|dat)|huong toi|yeu cau"
    r"|phai|bao dam|dam bao|nham|can dat|tap trung|giao (?:cac|cho)|chi tieu (?:la|dat|den))\b"
)
# A heading or lead-in that makes a list of targets of what follows its colon.
_TARGET_LEAD = re.compile(
    r"\b(?:targets?|goals?|objectives?|strive|aim|muc tieu|chi tieu|phan dau|nhiem vu)\b"
)
_OPENS = re.compile(
    r"\W*(?:(?:by|in|den|nam|trong)\b[^,;]*,\s*)?(?:to\s+)?(?:strive|aim|ensure|must|phan dau"
    r"|bao dam|dam bao|muc tieu)\b"
)
_DONE = re.compile(
    r"\b(?:reached|achieved|completed|has|have|had|was|were|been|rose|recorded|attained"
    r"|exceed(?:ed|ing)|issued|surpass(?:ed|ing)|accounted|da|dat duoc|hoan thanh|vuot)\b"
)
_ESTIMATE = re.compile(
    r"\b(?:estimated?|estimates|expected|projected|forecast(?:s|ed)?|preliminary|predicted"
    r"|likely\s+to|uoc(?:\s+tinh|\s+dat)?|du kien|du bao|so bo)\b"
)
_CHANGE_BEFORE = re.compile(
    r"(?:\b(?:up|down|(?:an?\s+)?(?:\w+\s+)?(?:increase|decrease|rise|fall|drop|reduction|gain"
    r"|decline|growth|jump)\s+of|(?:increas|decreas|reduc|grow|climb|declin|improv)"
    r"(?:e|es|ed|ing|s)(?:\s+by)?|(?:rose|risen|rise|fell|fallen|fall|grew|grown|dropped"
    r"|jumped|gained|lost|climbed|up|down)(?:\s+by)?|by|tang(?:\s+them)?|giam"
    r"|cao hon|thap hon|nhieu hon|it hon|bot|them)\s+)$"
)
_LEVEL_BEFORE = re.compile(r"\b(?:to|len|xuong|con|at|tu|from)\s+$")
_CHANGE_AFTER = re.compile(
    r"^\s*(?:higher|lower|more\s+than|less\s+than|faster|increase|decrease|rise|drop"
    r"|as\s+(?:much|many|high)\s+as|compared|than|so voi|cao hon|thap hon|nhieu hon)\b"
)
_FROM = re.compile(r"\b(?:from|tu(?:\s+muc)?)\s+$")
_TO = re.compile(r"^\s*(?:\S+\s+){0,6}?(?:to|len(?:\s+den)?|xuong|den)\s+")
_COMPARED = re.compile(
    r"(?:compared\s+(?:to|with)|against|versus|than|up\s+from|down\s+from|so\s+voi"
    r"(?:\s+muc|\s+con\s+so|\s+ty\s+le)?|from)\s+(?:the\s+|only\s+|about\s+|just\s+)?$"
)
_EQUIVALENT = re.compile(
    r"\b(?:equivalent\s+to|equal(?:s|ling)?\s+(?:to\s+)?|bang|tuong\s+duong(?:\s+voi)?)\s*$"
)


def status_of(
    quantity: Quantity,
    sentence: str,
    segment: tuple[int, int],
    clause: tuple[int, int],
    *,
    later: bool,
) -> Status:
    """The status of *quantity* in *sentence*.

    segment, clause: offsets of what belongs to the quantity.
    later: its period lies after the time that the report speaks of.
    """
    folded = fold_in_place(sentence)
    at = quantity.start - (len(quantity.hedge) + 1 if quantity.hedge else 0)
    before = folded[:at]
    near = folded[max(clause[0], at - 60) : at]
    after = folded[quantity.end : clause[1]]
    if _TARGET_NEAR.search(near):
        return "target"
    moved = _change(quantity, before, after)
    if moved and not (later or _aims(folded[clause[0] : at])):
        return moved
    if later or _aims(folded[clause[0] : at]) or _aims_whole(folded, clause, at):
        return "target"
    if _ESTIMATE.search(folded[segment[0] : segment[1]]):
        return "estimate"
    return "achieved"


def _change(quantity: Quantity, before: str, after: str) -> Status | None:
    """A change or an earlier value, told by the words that touch the figure."""
    if _EQUIVALENT.search(before):
        return None  # "equal to 50% of the plan" is a state, not a step
    if _FROM.search(before) and _TO.match(after):
        return "earlier"
    if _COMPARED.search(before) and quantity.kind != "multiple":
        return "earlier"
    if quantity.unit == "points":
        return (
            "change"
            if quantity.kind == "share" or _CHANGE_BEFORE.search(before)
            else None
        )
    if _CHANGE_BEFORE.search(before):
        return "change"
    if quantity.kind == "multiple" and not _LEVEL_BEFORE.search(before):
        return "change"
    return "change" if _CHANGE_AFTER.match(after) and quantity.kind == "share" else None


def _aims(text: str) -> bool:
    """True if the words before a figure aim at it and none says it is done."""
    cues = list(_TARGET.finditer(text))
    return bool(cues) and _DONE.search(text, cues[-1].end()) is None


def _aims_whole(folded: str, clause: tuple[int, int], at: int) -> bool:
    """True if the sentence opens by aiming ("Strive to have …; 80% …; 40% …")."""
    opening = folded[: clause[0]].rstrip()
    if not opening or _DONE.search(folded, clause[0], at):
        return False
    listed = opening.endswith(":") and _TARGET_LEAD.search(opening) is not None
    return listed or _OPENS.match(opening) is not None


def is_equivalent(quantity: Quantity, sentence: str) -> bool:
    """True for "equivalent to 85% of 2023": what follows is what it is held against."""
    at = quantity.start - (len(quantity.hedge) + 1 if quantity.hedge else 0)
    return _EQUIVALENT.search(fold_in_place(sentence)[:at]) is not None


def is_later(period: Period | None, now: Period | None) -> bool:
    """True if *period* ends after the time *now* that the report speaks of."""
    return bool(period and now and period.end > now.end and period.start >= now.start)
