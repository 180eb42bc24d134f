"""What a question says besides what it asks for: status, grain, unit, "latest".

Patterns are folded, so they hold with and without diacritics.
"""

import re
from collections.abc import Sequence

from answer.folding import fold_question
from answer.want_words import ITS_NUMBER, SAO, WHY
from index.grammar.numbers import find_quantities
from index.grammar.words import fold_in_place, lies_in
from index.records import Status

# What stands before "to" where somebody is to do something.
_OBLIGED = r"expected|meant|assigned|tasked|set out|told|asked|instructed"
_TARGET = re.compile(
    r"\b(?:targets?(?:ed)?|goals? (?:of|for|is|was|set|by)|aim(?:s|ed)?|planned"
    r"|supposed to|(?:did|does|do) (?:\w+ ){1,3}(?<!i )(?<!we )want|should|must(?!-)"
    rf"|(?:{_OBLIGED}|bound) to"
    r"|to be (?:reached|achieved|completed|done|provided|processed|assigned|issued"
    r"|built)|will|objective|strive|required|hopes?|hoping|intends?|intend(?:ed)?"
    r"|(?:minister|chairman|president|government|pm|secretary) (?:\w+ )?(?:want|ask"
    r"|request|urge|call|require|demand|order)(?:s|ed)?"
    r"|requirement|obliged|ought|want(?:s|ed)? to (?:reach|achieve)|projected"
    # "What rate has been set for 2025?", "What did the assembly fix for 2025?"
    r"|(?<!record )(?:is|are|was|were|been) (?:set|fixed|laid down) (?:for|at|as)"
    r"|(?:did|does|do) (?!.{2,60}\brecords?\b).{2,60}\b(?:fix|set|call) (?:for|at|as)"
    r"|muc tieu|chi tieu|phan dau|ke hoach dat|dat ra|de ra|(?<!chia )se"
    r"|(?<!chi )(?<!co )(?<!khong )phai(?! (?:khong|chang|mat))|can dat"
    r"|yeu cau|huong toi|dat muc|du kien|(?<!toi )(?<!minh )(?<!em )muon"
    r"(?! hoi| biet| xin| xem| nghe| tim))\b"
)
_ALREADY = re.compile(
    r"\b(?:already|so far|to date|cho den nay"
    r"|(?:hien(?: nay| tai)?|gio|van) (?:[^?]{0,40} )?con phai)\b"
)
_ACHIEVED = re.compile(
    r"\b(?:reached|achieved|actual(?:ly)?|was|were|did|so far|had|already|attained"
    r"|result|has been|have been"
    r"|da (?:dat|duoc|co|hoan|cap|len|tang|ban|tich|kich|ket)|thuc te|dat duoc"
    r"|da \w+ duoc|thuc hien duoc|ket qua|thuc dat)\b"
)
_NAMED_TARGET = re.compile(
    r"\b(?:targets?(?:ed)?|goals?|aim(?:s|ed|ing)?|striv(?:e|es|ing)|planned|objectives?"
    r"|muc tieu|chi tieu"
    r"|phan dau|ke hoach dat|dat ra|de ra)\b"
)
_MET = re.compile(
    r"\b(?:met|fulfilled|completed|been (?:achieved|reached)|were (?:achieved|reached)"
    r"|exceed(?:ed|s)?|surpass(?:ed|es)?"
    r"|how many (?:\w+ ){0,8}(?:did|has|have|had|were|was)\b.{0,40}\b(?:achiev|reach"
    r"|meet|met|complet|fulfil|hit|(?:get|got|gotten) done)\w*"
    r"|hoan thanh (?:duoc|may|bao nhieu)|da hoan thanh|vuot)\b"
)
_MEANT_TO = re.compile(
    rf"\b(?:{_OBLIGED}|supposed|planned|required|due|hop(?:ed|ing)) to (?:be )?"
    r"(?:achiev|reach|me?et|complet|fulfil|hit)\w*"
)
# "Which number was set as its goal, the one that was exceeded?" asks for the goal.
_SET_AS = re.compile(
    r"\bset as (?:a|the|its|their) (?:goal|target|aim)\b"
    r"|\bwhat (?:had been|has been|was|is|were) the (?:\w+ ){0,3}?(?:target|goal)\b"
    r"|\b(?:what|how (?:many|much)) (?:\w+ ){0,4}?(?:had|did|has|have) (?:\w+ ){1,3}?"
    r"aim(?:ed)? (?:for|at)\b"
)
_WHY = re.compile(rf"\b(?:{WHY}|reasons|how come)\b|{SAO}")
_CURRENCY = re.compile(
    r"\b(?:in|of|bao nhieu|may) (?:\w+ ){0,2}(?:us dollars?|dollars?|usd|dong|vnd"
    r"|euros?|do la|do)\b"
)
_GROUP = re.compile(
    r"\b(?:top|groups?|(?:in|among) the (?:first|leading|best)|nhom|lot vao|dan dau"
    r"|dung dau|hang dau)\b"
)
# "Is it 45%?" names the answer to have it confirmed.
_CONFIRMS = re.compile(
    r"^\W*(?:is|are|was|were|did|does|do|has|have|had|will|co phai|phai chang)\b"
    r"|\b(?:phai khong|dung khong|co dung|right|correct)\W*$"
    # "19% or 20%?"
    r"|\d%? (?:hay|or|hoac) (?:la )?\d"
)
_LATEST = re.compile(
    r"\b(?:latest|newest|most recent|current(?:ly)?|now|today|to date|so far|moi nhat"
    r"|gan (?:day|nhat)|hien (?:nay|tai)|den nay|bay gio)\b"
)
_ITS_NUMBER = re.compile(ITS_NUMBER)
_WHICH = re.compile(
    r"\b(?:which|what|nhung|cac)\s+((?:[^\W_]+(?:[-/][^\W_]+)?\s*){1,4})"
)
_WHICH_VI = re.compile(r"((?:[^\W_]+\s+){1,3})nao\b")
_COUNTED = re.compile(
    r"\b(?:how many(?: of (?:the|our|all))?(?: more| fewer)?|(?:total )?number of"
    r"|(?:percentage|percent|per cent|share|proportion|fraction|rate|portion|part) of"
    r"(?: the| all)?|bao nhieu(?: phan tram| %)?|so luong|tong so|may|^so)\s+"
)
_PERCENT = re.compile(
    r"%|\b(?:percent(?:age)?|per cent|(?<!per )share|proportion|rate(?! swap)|portion"
    r"|phan tram|ty le|ti le|toc do tang"
    r"|ty trong)\b"
)
_SOME_OF = re.compile(r"\bhow (?:much|many) of\b|\bwhat part of\b|\bbao nhieu trong\b")
_PART_OF = re.compile(r"\bhow many of\b|\bbao nhieu trong (?:so|tong)\b")
_NUMBER = re.compile(
    r"\bhow (?:many|much|large|big|high|low|fast|far|long)\b|\bnumber\b|\bbao nhieu\b"
    r"|\bmay\b"
    r"|\b(?:percent(?:age)?|rate|share|proportion|total|amount|value|rank|score|index"
    r"|level|population|area|density|gdp|grdp|price|salary|wage|income|temperature"
    r"|height|weight|age|budget|deficit|debt|output|yield)\b"
    r"|%|\b(?:ty le|ti le|so luong|tong|gia tri|kim ngach|muc|chi so|so"
    r"|dan so|dien tich|mat do|gia|luong|thu nhap|nhiet do|san luong|nang suat"
    r"|ngan sach|boi chi)\b"
)
_DURATION = re.compile(
    r"\bhow long\b|\bhow (?:many|much) (?:\w+ )?(?:years?|months?|weeks?|days?|hours?"
    r"|minutes?|time)\b|\bhow soon\b|\b(?:processing|waiting|response) times?\b"
    r"|\btime limit\b|\bduration\b|\bbao lau\b|\b(?:bao nhieu|may) (?:nam|thang|tuan"
    r"|ngay|gio|phut|thoi gian)\b|\bthoi (?:gian|han) .{0,40}\bbao (?:lau|nhieu)\b"
    r"|\b(?:average|mean) (?:length|time|age)\b|\bthoi gian (?:luu tru|giai quyet)\b"
)
_WHOLE_PERIOD = re.compile(
    r"\b(?:(?:full|whole|entire)[\s-]year|all of (?:19|20)\d\d|the (?:whole|entire)"
    r" of (?:19|20)\d\d|ca nam|tron nam)\b"
)
_YEAR_END = re.compile(
    r"\b(?:(?:end|close) of (?:the year )?(?:19|20)\d\d|year[- ]end (?:19|20)\d\d"
    r"|(?:cuoi|het|ket thuc) nam (?:19|20)\d\d|(?:19|20)\d\d ends?\b)"
)
_AVERAGE = re.compile(
    r"\b(?:on average|averaged?|averages|mean (?!that|by|to)\w+"
    r"|(?:typical|usual|normal|ordinary) (?:day|week|month)|every (?:day|month)"
    r"|per (?!cent\b|centage|the\b|our\b|this\b)\w+"
    r"|a (?:day|week|month|head)|daily|each (?:day|month)|apiece|binh quan|trung binh"
    r"|moi (?:ngay|tuan|thang"
    r"|nguoi|ho|tinh|xa)|mot (?:ngay|tuan|thang)|hang (?:ngay|tuan|thang)"
    r"|dau nguoi)\b|/ ?(?:nguoi|ho|thang|ngay|tuan|person|head|month|day|ha)\b"
)
_ALL = re.compile(r"\bmọi\b|\bmới\b", re.IGNORECASE)  # they fold like "each"
_CUMULATIVE = re.compile(
    r"\b(?:cumulative(?:ly)?|accumulated|all told|running total|altogether|ever since"
    r"|since (?:the |its |it )?(?:very )?(?:start|beginning|launch|inception|began"
    r"|opening|(?:\w+ )?(?:began|started|was (?:launched|opened|set up)))(?:ed)?"
    r"|luy ke|cong don|tinh don|don lai|tu truoc (?:den|toi) nay"
    r"|(?:ke )?tu khi (?:bat dau|van hanh|khai truong|trien khai|ra doi|thanh lap"
    r"|di vao))\b"
)
_NUMBER_OF = re.compile(
    r"\b(?:the )?(?:total )?number of\b|\babsolute (?:numbers?|figures?|terms?)\b"
    r"|\b(?:tong )?so luong\b|\bso tuyet doi\b"
)
_UNITS = (
    ("ha", r"\b(?:how many hectares|bao nhieu (?:ha|hec-?\s?ta))\b"),
    (
        "tons",
        r"\b(?:how many (?:metric )?(?:tons|tonnes)|bao nhieu (?:trieu |nghin )?tan)\b",
    ),
    ("km", r"\b(?:how many (?:km|kilomet(?:er|re)s)|bao nhieu (?:km|cay so))\b"),
    (
        "points",
        r"\b(?:how many points(?! of)|(?<!percentage )points (?:in|on|for) the\b"
        r"|(?<!credit )scor(?:es?|ed)\b|average marks?\b"
        r"|^diem\b|(?<!khoi )(?<!thoi )(?<!dia )(?<!quan )diem (?:so|trung binh"
        r"|danh gia)\b|(?:bao nhieu|may) diem"
        r"(?=\s*(?:[?,.]|$|(?:so|trong|ve|o|nam|xep|tren|vao|cho|theo|tai|dti|pci|papi"
        r"|par|sipas|egdi|ict|chi so|chuyen doi so)\b)))",
    ),
    ("MW", r"\b(?:how many (?:mw|megawatts?)|bao nhieu mw)\b"),
)  # fmt: skip
# A polite way in: what is asked stands behind it, unless what leads to it names the
# subject ("Regarding exports, could you tell me …").
_WAY_IN = re.compile(
    r"^(?!\W*(?:regarding|about|concerning|on|as (?:for|to)|in|for|ve|doi voi"
    r"|lien quan|trong|o|tai)\b).*?\b(?:(?:tell|inform|remind|show) (?:me|us)"
    r"|let (?:me|us) know"
    r"|(?:like|want|need|wish|love|keen|curious) to (?:know|find out|ask|check|learn"
    r"|understand)|(?:asks?|asked|wants? to know)(?: me| us)?(?= (?:how|what|which|who"
    r"|when|where|why)\b)|do you (?:happen to )?know|wonder(?:ing|ed)?(?: if you know)?"
    r"|(?:cho|xin|muon) (?:(?:toi|minh|em|chung toi|phep) )?(?:xin )?(?:hoi|biet)"
    r"(?: them)?(?: rang| la)?|(?:toi|minh|em) (?:can|muon) (?:biet|hoi|tim hieu"
    r"|nam))\b[\s,:;.\-–]*(?:(?:please|kindly|about|whether|if)\s+)*"
)
_LEAST_ASKED = 4  # words that must stand behind a way in
_GRAINS = (
    ("year", r"\b(?:what|which) year\b|\bnam nao\b(?!.*\bngay\b)"),
    ("month", r"\b(?:what|which) month\b|\bthang (?:nao|may)\b(?!.*\bngay\b)"),
    ("day", r"\b(?:day|date)\b|\bngay\b|\bhom nao\b"),
)


def asked_at(question: str) -> int:
    """Where the question begins, behind "Could you tell me" and what led to it.

    0 where there is no such way in, or too little behind it.
    """
    way_in = _WAY_IN.match(fold_in_place(question))
    if way_in is None or len(question[way_in.end() :].split()) < _LEAST_ASKED:
        return 0
    return way_in.end()


def status_asked(question: str) -> Status | None:
    """Whether a target or an achieved value is asked for, if the words tell."""
    folded = fold_question(question)
    done = says_met(question) or _ALREADY.search(folded)
    if (_TARGET.search(folded) or _SET_AS.search(folded)) and not done:
        return "target"
    return "achieved" if _ACHIEVED.search(folded) else None


def says_met(question: str) -> bool:
    """True for "how many goals were met": it names goals and asks for a result."""
    folded = fold_question(question)
    set_as = _SET_AS.search(folded) or _MEANT_TO.search(folded)
    return _MET.search(folded) is not None and not set_as


def names_target(question: str) -> bool:
    """True if the question says "target" itself, where "should" leaves it open."""
    return bool(_NAMED_TARGET.search(fold_question(question)))


_CALLED = re.compile(
    r"\b(?:what|which) (?:is|was|are|were) (?:the |its |their )?(?:[\w-]+ ){0,3}"
    r"(?:theme|motto|slogan|title|name)\b"
    r"|\b(?:chu de|khau hieu|phuong cham|tieu de)\b.{0,60}\b(?:la gi|gi|nao)\b"
)


def says_called(text: str) -> bool:
    """Does it ask what something is called, whatever figures are near?"""
    return _CALLED.search(fold_question(text)) is not None


def says_why(question: str) -> bool:
    """True if the question asks for a reason or purpose in so many words."""
    return _WHY.search(fold_question(question)) is not None


def says_currency(question: str) -> bool:
    """True if the question names the money it asks for ("in US dollars")."""
    return _CURRENCY.search(fold_question(question)) is not None


def says_group(question: str) -> bool:
    """True if a place among the best few is asked for: "in the top how many"."""
    return _GROUP.search(fold_question(question)) is not None


def numbers_named(
    question: str, occasions: Sequence[tuple[int, int]]
) -> frozenset[float]:
    """The numbers that the question names: none of them is news to who asks.

    occasions: where it says which meeting is meant; that one's number is another.
    """
    if _CONFIRMS.search(fold_question(question)):
        return frozenset()
    found = find_quantities(question)
    ranks = [(q.start, q.end) for q in found if q.kind == "rank"]
    spans = [*ranks, *occasions]
    return frozenset(
        q.value for q in found if q.value is not None and not lies_in(q.start, spans)
    )


def asks_its_number(question: str) -> bool:
    """True for "decision number what": a document is asked for by its number."""
    return _ITS_NUMBER.search(fold_question(question)) is not None


def asks_latest(question: str) -> bool:
    """True for "latest", "so far", "hiện nay"."""
    return _LATEST.search(fold_question(question)) is not None


def which_words(question: str) -> tuple[str, ...]:
    """The folded words that name what is sought ("which law")."""
    folded = fold_question(question)
    match = _WHICH.search(folded) or _WHICH_VI.search(folded)
    return tuple(match.group(1).split()) if match else ()


def counted_at(question: str) -> int | None:
    """Where the question names what is counted: behind "how many", or None."""
    match = _COUNTED.search(fold_question(question))
    return match.end() if match else None


def says_percent(question: str) -> bool:
    """True if the question itself asks in percent."""
    folded = fold_question(question)
    return bool(_PERCENT.search(folded) or _PART_OF.search(folded))


def says_part(question: str) -> bool:
    """True for "how much of the paperwork": a share of it, or an amount, answers."""
    return _SOME_OF.search(fold_question(question)) is not None


def asks_duration(question: str) -> bool:
    """True if the question asks how long something takes or lasts."""
    return _DURATION.search(fold_question(question)) is not None


def asks_whole_period(question: str) -> bool:
    """True for "over the full year": a figure of half a year is none."""
    return _WHOLE_PERIOD.search(fold_question(question)) is not None


def says_average(text: str) -> bool:
    """True where something is said, or asked, per person, per day or on average."""
    return _AVERAGE.search(fold_in_place(_ALL.sub("---", text))) is not None


def says_cumulative(text: str) -> bool:
    """True for all there has been since the beginning: "the cumulative total"."""
    return _CUMULATIVE.search(fold_in_place(text)) is not None


def unit_asked(question: str) -> str:
    """The measure asked for, as figures name it ("ha"), or ""."""
    folded = fold_question(question)
    return next((unit for unit, asked in _UNITS if re.search(asked, folded)), "")


def asks_number(question: str) -> bool:
    """True if the question asks for a number in so many words."""
    return _NUMBER.search(fold_question(question)) is not None


def grain_of(question: str) -> str:
    """How fine a date is asked for: "day", "month", "year", or "" for any."""
    folded = fold_question(question)
    for grain, pattern in _GRAINS:
        if re.search(pattern, folded):
            return grain
    return ""


def says_number(text: str) -> bool:
    """True for "the number of …": a share is no answer."""
    return _NUMBER_OF.search(fold_question(text)) is not None


def asks_year_end(text: str) -> bool:
    """True for the state at the end of a year ("by the end of 2024")."""
    return _YEAR_END.search(fold_question(text)) is not None
