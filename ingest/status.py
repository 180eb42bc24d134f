"""Is a figure achieved, a target, an estimate, an earlier value, or a change?

Decided by the words around the figure, in both languages, and by its period:
what lies after the time the report speaks of has not been achieved.
"""

import re
from datetime import date

from index.grammar.marks import grammar_fold
from index.grammar.periods import Period
from index.grammar.quantity import Quantity
from index.records import Status

_TARGET_NEAR = re.compile(
    r"\bwants\s+(?:at least\s+|over\s+)?$"
    r"|(?:targets?|goals?|objectives?|plan|quota|threshold)\s+(?:set\s+)?"
    r"(?:of|is|was|at|to|:)\s*(?:\w+\s+){0,4}$"
    r"|(?:plan|target|goal|quota|requirement)\s+(?:(?:assigned|set|given|fixed)\s+)?"
    r"(?:for\s+(?:\S+\s+){1,4}?)?"
    r"(?:is|was|are)\s+(?:[^\W\d]+\s+){0,2}$"
    r"|(?:muc tieu|chi tieu|nguong)\s+(?:\w+\s+){0,4}$"
    r"|ke hoach\s+(?!dat\b)(?:\w+\s+){0,4}$"
    r"|(?:ke hoach|muc tieu|chi tieu|du toan)\b[^,;:]{0,50}\bla\s+"
    r"(?:(?:tang|giam)\s+)?(?:tu\s+)?$"
    r"|(?:plan|target|ke hoach|muc tieu|chi tieu)\s*\(\s*$"
    r"|(?:growth|economic|set|planned)\s+targets?\s+(?:\w+\s+){0,3}$"
    r"|(?:plan|target|goal|quota)\b[^,;:]{0,40}\b(?:set|fixed|put)\s+(?:at|to)\s+(?:\w+\s+){0,2}$"
)
# "70% of adults should shop online", "the 85% that the plan sets".
_AIMED_BEHIND = re.compile(
    r"(?:(?!\b(?:that|which|who|whose|ma|while|but)\b)[^,;:.\d]){0,80}?"
    r"\b(?:(?:is|are)\s+to\s+\w+|must|should|shall|phai\s+(?:hoan thanh|dat|co))\b"
    r"|\s*(?:that|which|ma|as)?\s*(?:the\s+)?(?:\w+\s+)?(?:plan|target|goal|ke hoach"
    r"|chi tieu|muc tieu)\s+(?:\w+\s+)?(?:sets?|laid down|foresees|de ra|dat ra)\b"
)
_TARGET = re.compile(
    r"\b(?:striv(?:e|es|ing)|aim(?:s|ing|ed)?\s+(?:to|for|at)|must|should|shall"
    r"|needs?\s+to"
    r"|ensur(?:e|es|ing)|so\s+that|determined\s+to|(?<!the\s)sets?\s+(?:a\s+|the\s+)?(?:target|goal)s?"
    r"|(?:targets?|goals?)\s+(?:(?:set|assigned|planned|given)\s+)?"
    r"(?:for|by|in|to|is|are)\b|is\s+to\s+be|are\s+to\s+be"
    r"|(?<!ed\s)to\s+(?:achieve|reach|have|complete|attain)"
    r"|requested|asked|urged|instructed|plan(?:s|ned)?\s+to|focus\s+on|vision\s+to"
    r"|(?:propos|recommend|suggest)(?:ed|es)\s+that|(?<!\bthe )(?<!\bits )targets"
    r"(?=\s+(?:an?\s+)?\w+\s+(?:growth|of)\b)"
    r"|phan dau|dat muc tieu|muc tieu (?:la|den|nam|trong|cua|phai|dat)|huong toi"
    r"|(?<!luot )(?<!theo )(?<!dap ung )(?<!cac )(?<!so )(?<!nhung )(?<!nho )"
    r"(?<!PHAN anh, )yeu cau"
    r"|(?<!so\s)phai(?!\s+(?:thu|THU|tra|nop)\b)|bao dam|dam bao|nham|can dat"
    r"|tap trung (?:vao|thuc hien|chi dao|day manh)"
    r"|(?<!PHAN anh, )(?<!ho so )(?<!don )(?<!van ban )(?<!giay )(?<!muc )"
    r"(?<!doi tuong )(?:de|kien) nghi"
    r"(?! (?:cap|huong|giai quyet|cua|tu|duoc|nay))|giao (?:cac|cho)"
    r"|chi tieu (?:la|dat|den))\b"
)
# A heading or lead-in that makes a list of targets of what follows its colon.
_TARGET_LEAD = re.compile(
    r"\b(?:targets?|goals?|objectives?|strive|aim|muc tieu|chi tieu|phan dau"
    r"|nhiem vu|following tasks)\b"
)
_OPENS = re.compile(
    r"\W*(?:(?:by|in|den|nam|trong)\b[^,;]*,\s*)?(?:to\s+)?(?:strive|aim|ensure|must"
    r"|phan dau|bao dam|dam bao|muc tieu)\b"
)
_DONE = re.compile(
    r"\b(?:reached|achieved|completed|has|have|had|was|were|been|rose|recorded|attained|because|nhu"
    r"|after\s+\w+ing|sau khi|(?:moi|chi)\s+(?:moi\s+)?(?:dat|co|giai ngan|duoc)"
    r"|exceed(?:ed|ing)|issued|surpass(?:ed|ing)|accounted|awarded|presented|praised"
    r"|on this occasion|nhan dip|at present|currently|den nay"
    r"|hien (?:nay|co|tai|dang|van)|chua|chi dap ung|da|dat duoc|lam duoc"
    r"|hoan thanh|vuot)\b"
)
_ESTIMATE = re.compile(
    r"\b(?:(?<!the )(?<!their )(?<!its )estimate[ds]?|expected|projected"
    r"|forecast(?:s|ed)?|preliminary|predicted"
    r"|likely\s+to|uoc(?:\s+tinh|\s+dat)?|du kien|du bao|so bo)\b"
)
_FORECAST = re.compile(r"\b(?:forecast(?:s|ed)?|projected|predicted|du bao)\b")
_PAUSE = re.compile(r"[,;(](?!\d)")
_CHANGE_BEFORE = re.compile(
    r"(?:\b(?:(?:growth|increase)\s+rates?\s+of"
    r"|rates?\s+of\s+(?:growth|increase)\s+of|toc do tang(?: truong)?(?:\s+(?:la|dat))?"
    r"|(?:an?\s+)?(?:\w+\s+)?(?:increase|decrease|rise|fall|drop|reduction|gain|decline"
    r"|growth|jump)\s+of|(?:increas|decreas|reduc|grow|climb|declin|improv)"
    r"(?:e|es|ed|ing|s)(?:\s+by)?|(?:rose|risen|rise|fell|fallen|fall|grew|grown|dropped"
    r"|jump(?:s|ed)|gained|lost|climbed|falling|rising|dropping|up|down)(?:\s+by)?"
    r"|(?:tang|(?<!mien )giam)(?:\s+them)?|tut|cao hon|thap hon|nhieu hon|it hon"
    r"|bot)\s+)$"
)
# "exports grew in the year by 20%", but not "bought by 74%".
_CHANGE_BY = re.compile(
    r"\b(?:increas|decreas|reduc|gr[eo]w|ris|rose|f[ae]ll|drop|cut|up|down|exceed"
    r"|improv|rais|lower|expand|climb|jump|surg|shr[ia]nk|narrow|declin|speed|slow"
    r"|higher|ahead|lift|miss|chang|advanc|short|beat|rebound|contract|boost|overshot"
    r"|fewer|more|less)[^,;]*\bby\s+(?:the\s+)?$"
)
# "has set up 93 teams", "made up 12%": no rise.
_VERB_UP = re.compile(
    r"\b(?:ma[dk]e?s?|making|sets?|setting|buil[dt]|building|signs?|signed|open(?:s|ed)?"
    r"|tak(?:es?|en)|took|put|ends?|ended|cleaned|clear(?:s|ed)|back(?:s|ed)|giv(?:es?|en)"
    r"|gave|broken?|wound|held|kept|picked)\s+up\s+$"
)
_LEVEL_BEFORE = re.compile(r"\b(?:to|len|xuong|con|at|tu|from)\s+$")
_CHANGE_AFTER = re.compile(
    r"^\s*(?:higher|lower|more\s+than|less\s+than|faster|increase|decrease|rise|drop"
    r"|as\s+(?:much|many|high)\s+as|compared|than"
    r"|over\s+the\s+same|so voi|cao hon|thap hon|nhieu hon)\b"
)
_FROM = re.compile(r"\b(?:from|tu(?:\s+muc)?)\s+$")
_TO = re.compile(
    r"^\s*(?:\S+\s+){0,6}?(?:to|len(?:\s+den)?|xuong|den)\s+(?:\w+\s+){0,2}?[\d\W]"
)
_COMPARED = re.compile(
    r"(?:compared\s+(?:to|with)|against|versus|than|up\s+from|down\s+from|so\s+voi"
    r"(?:\s+muc|\s+con\s+so|\s+ty\s+le)?|as\s+opposed\s+to|(?:\bup|\bdown|higher|lower|ris\w+|rose|fell|fall\w*|grew|grow\w*"
    r"|(?:in|de)creas\w*|growth|dropp?\w*|tang|giam)\b[^,;.]{0,12}[\d.,]+\s*"
    r"(?:%|percent|per\s+cent|points?|percentage\s+points?)\s+(?:from|over|on|tu)"
    r"|(?:increas|decreas|ris|fall|rose|fell|grew|dropp|reduc)\w*\s+from)\s+(?:the\s+|only\s+|about\s+|just\s+)?$"
)
_EQUIVALENT = re.compile(
    r"\b(?:equivalent\s+to|equal(?:s|ling)?\s+(?:to\s+)?|bang|tuong\s+duong(?:\s+voi)?)\s*$"
)
_BEYOND = re.compile(r"\b(?:vuot(?:\s+muc)?|exceeding)\s+$")
_PLAN = re.compile(r"\s*(?:so voi|ke hoach|du toan|chi tieu|muc tieu|of the plan)\b")
_BEYOND_PLAN = re.compile(r"\bvuot\s+(?:ke hoach|du toan)(?:\s+\w+){0,2}\s+$")
# Later clauses are asked for too: "requested localities to …; open 2 streets".
_ASKS = re.compile(
    r"\b(?:requested|asked|urged|instructed|assigned|yeu cau|de nghi"
    r"|(?<!duoc )giao(?! (?:dich|thong|duc|luu|nhan|ban|tiep)))\b"
)


_WAS = re.compile(  # "4,560 cases were found in violation"
    r"\s*(?:\w+\s+){0,4}?(?:was|were|had been|has been|have been|da duoc|da bi)\b"
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
    folded = grammar_fold(sentence)
    at = quantity.told_from
    before = folded[max(0, at - 60) : at]  # none of the cues is longer
    near = folded[max(clause[0], at - 60) : at]
    after = folded[quantity.end : clause[1]]
    outdoes = _outdoes(quantity, before)
    passed = outdoes or _exceeds(quantity, before, after)
    if _TARGET_NEAR.search(near) and not passed:
        return "target"
    spread = _is_spread(before, after)
    if _is_start(before, after) and not spread:
        return "earlier"  # whatever it is to become
    done = _WAS.match(after) is not None
    behind = not done and _AIMED_BEHIND.match(after) is not None
    ahead = later or behind or (not done and _aims(folded[clause[0] : at]))
    moved = "change" if spread else _change(quantity, before, after)
    if moved and (not ahead or outdoes):
        return moved
    if later and not behind and _FORECAST.search(folded, clause[0], at):
        return "estimate"
    if ahead or (not done and _aims_whole(folded, clause, at)):
        return "target"
    # "… is 986 billion VND, expected to open in March": what follows is not its own.
    until = _PAUSE.search(folded, quantity.end, segment[1])
    if _ESTIMATE.search(folded, segment[0], until.start() if until else segment[1]):
        return "estimate"
    return "achieved"


def _change(quantity: Quantity, before: str, after: str) -> Status | None:
    """A change or an earlier value, told by the words that touch the figure."""
    if _EQUIVALENT.search(before):
        return None  # "equal to 50% of the plan" is a state, not a step
    if _is_start(before, after):
        return "earlier"
    if _COMPARED.search(before) and quantity.kind != "multiple":
        return "earlier"
    if quantity.unit == "points" and quantity.kind == "share":
        return "change"  # percentage points are always a difference
    rise = _CHANGE_BEFORE.search(before) and not _VERB_UP.search(before)
    grown = rise or _CHANGE_BY.search(before)
    if grown or _exceeds(quantity, before, after):
        return "change"
    if quantity.unit == "times" and not _LEVEL_BEFORE.search(before):
        return "change"
    return "change" if _CHANGE_AFTER.match(after) and quantity.kind == "share" else None


def _is_start(before: str, after: str) -> bool:
    """True for the 3% of "from 3% to 13.5%"."""
    return bool(_FROM.search(before) and _TO.match(after))


# "giảm từ 0,8 đến 1 điểm phần trăm", "tăng từ 20 đến 22%": a step told as a range.
_STEP = re.compile(r"\b(?:tang|giam)\b[^,;.\d]{0,60}\btu\s+$")
_SPREAD_TO = re.compile(r"\s*den\s+[\d.,]+\s*(?:%|diem phan tram|phan tram)")


def _is_spread(before: str, after: str) -> bool:
    """True for the lower end of a step told as a range, its unit behind the upper."""
    return bool(_STEP.search(before) and _SPREAD_TO.match(after))


_PAST_GOAL = re.compile(r"\b(?:vuot|exceed\w*|beat\w*)\b[^,;.\d]{0,40}$")


def _outdoes(quantity: Quantity, before: str) -> bool:
    """True for "vượt chỉ tiêu 0,1 điểm phần trăm": what is past a goal is none."""
    return quantity.unit == "points" and _PAST_GOAL.search(before) is not None


def _exceeds(quantity: Quantity, before: str, after: str) -> bool:
    """True for "vượt 5% kế hoạch", "vượt kế hoạch 5%": by how much, not what."""
    return quantity.kind == "share" and bool(
        (_BEYOND.search(before) and _PLAN.match(after)) or _BEYOND_PLAN.search(before)
    )


def _aims(text: str) -> bool:
    """True if the words before a figure aim at it and none says it is done."""
    cues = list(_TARGET.finditer(text))
    return bool(cues) and _DONE.search(text, cues[-1].end()) is None


def _aims_whole(folded: str, clause: tuple[int, int], at: int) -> bool:
    """True if the sentence opens by aiming ("Strive to have …; 80% …; 40% …")."""
    opening = folded[: clause[0]].rstrip()
    if not opening or _DONE.search(folded, clause[0], at):
        return False
    lead = opening[: opening.rfind(":") + 1]
    listed = _TARGET_LEAD.search(lead) is not None
    asked = opening.endswith(";") and _ASKS.search(opening) is not None
    return listed or asked or _OPENS.match(opening) is not None


def is_equivalent(quantity: Quantity, sentence: str) -> bool:
    """True for "equivalent to 85% of 2023": what follows is what it is held against."""
    before = grammar_fold(sentence)[: quantity.told_from]
    return _EQUIVALENT.search(before) is not None


def is_later(
    period: Period | None, now: Period | None, today: date | None = None
) -> bool:
    """True if *period* lies after the time *now* that the report speaks of.

    today: the day it speaks from, where that is known. A school year or season of
    two years is under way, not ahead.
    """
    if period is None or now is None:
        return False
    until = max(now.end, today) if today else now.end
    if today and today < period.start:
        return True  # "before 31 October", said in July
    if period.end <= until:
        return False
    season = period.end.year - period.start.year == 1 and period.start <= until
    return period.start >= now.start and not season


_TO_DO = re.compile(r"\W*(?:hoan thanh|dat)\b")


def says_done(text: str, clause: tuple[int, int]) -> bool:
    """True if a clause tells of something done: it is no goal, whatever it is under.

    An item of a list that opens with "Hoàn thành …" says what is to be done.
    """
    folded = grammar_fold(text)
    opening = _TO_DO.match(folded, clause[0], clause[1]) if not clause[0] else None
    start = opening.end() if opening else clause[0]
    return _DONE.search(folded, start, clause[1]) is not None


# "In 2025 the city will start 3 new parks"; of a year that is over, as in "by 2024 the
# number will reach 5 million", it is a clumsy word for what was reached.
_WILL = re.compile(r"\b(?:will(?! have)|se)\b(?!.*\b(?:da|was|were)\b)")


def is_intended(text: str, clause: tuple[int, int], at: int) -> bool:
    """True if the words before a figure at *at* say that it is yet to come."""
    return _WILL.search(grammar_fold(text), clause[0], at) is not None
