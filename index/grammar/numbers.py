"""Quantities as reports write them: shares, counts, money, ranks, ratios, multiples.

English and Vietnamese number formats differ in the meaning of "." and ",",
and Vietnamese reports in English mix them; see `number_value`.
"""

import re
from dataclasses import dataclass, replace

from index.grammar.words import fold_in_place
from index.records import Kind, Language


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, as it stands in a text."""

    start: int
    end: int
    raw: str
    kind: Kind
    value: float
    unit: str  # "%", "points", "USD", "VND", "EUR", "place", "times", "of 63", ""
    hedge: str = ""
    value_to: float | None = None


_SCALES = {
    "hundred": 1e2, "tram": 1e2, "thousand": 1e3, "nghin": 1e3, "ngan": 1e3, "k": 1e3,
    "van": 1e4, "million": 1e6, "millions": 1e6, "mn": 1e6, "mln": 1e6, "trieu": 1e6,
    "billion": 1e9, "billions": 1e9, "bn": 1e9, "ty": 1e9, "ti": 1e9,
    "trillion": 1e12, "nghin ty": 1e12, "ngan ty": 1e12, "trieu ty": 1e15,
}  # fmt: skip
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
_VI_WORDS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mười": 10,
}  # fmt: skip
_CURRENCIES = {
    "usd": "USD", "us dollars": "USD", "us dollar": "USD", "dollars": "USD",
    "dollar": "USD", "do la my": "USD", "do la": "USD", "us$": "USD", "$": "USD",
    "vnd": "VND", "dong": "VND", "d": "VND", "vietnamese dong": "VND",
    "eur": "EUR", "euro": "EUR", "euros": "EUR", "€": "EUR", "yen": "JPY", "jpy": "JPY",
    "cny": "CNY", "yuan": "CNY", "nhan dan te": "CNY", "won": "KRW", "krw": "KRW",
}  # fmt: skip

_NUM = r"\d+(?:[.,]\d+)*"
_SCALE = (
    r"(?:nghin ty|ngan ty|trieu ty|thousand billion|hundred|thousand|millions?|mn|mln"
    r"|billions?|bn|trillion|nghin|ngan|trieu|ty|ti)\b"
)
_PREFIX = r"(?:us\$|\$|€|usd\s|vnd\s|eur\s)"
_SUFFIX = (
    r"(?:vietnamese dong|us dollars?|do la(?: my)?|usd|vnd|euros?|eur|dollars?|dong"
    r"|yen|jpy|yuan|cny|nhan dan te|won|krw)\b"
)
_PERCENT = r"(?:%|per\s?cent(?:age)?\b(?!\s+points?)|phan tram\b)"
_POINTS = r"(?:percentage points?|percent points?|% points?|diem phan tram|diem %|points?\b|diem\b)"
_DASH = r"\s*[-–—]\s*"

_QUANTITY = re.compile(
    rf"(?P<cur>{_PREFIX}\s*)?(?P<num>{_NUM})"
    rf"(?:(?P<pct1>%)?{_DASH}(?P<to>{_NUM})(?=\s*(?:%|per\s?cent|phan tram|{_SCALE}|{_SUFFIX})))?"
    rf"(?:\s*(?P<scale>{_SCALE}))?"
    rf"(?:\s*(?P<unit>{_POINTS}|{_PERCENT}|{_SUFFIX}))?"
)
_RATIO = re.compile(
    r"(?P<a>\d{1,5})\s*(?:/|\s(?:out\s+of|of\s+the|of|tren|trong\s+(?:tong\s+)?so)\s)\s*"
    r"(?P<b>\d{1,5})(?![\d/]|[.,]\d)"
)
_ORDINAL = re.compile(
    r"(?P<n>\d{1,4})(?:st|nd|rd|th)\b"
    r"(?:\s+(?:place|position)?\s*(?:out\s+of|of|/|among|in)\s+(?:the\s+)?(?P<of>\d{1,4}))?"
)
_VI_RANK = re.compile(
    r"(?:(?:vi tri|xep|hang)\s+(?:thu\s+)?|thu\s+)(?P<n>\d{1,4})"
    r"(?:\s*/\s*(?P<of>\d{1,4})|\s+(?:tren|trong)\s+(?:tong\s+so\s+)?(?P<of2>\d{1,4}))?"
    r"(?!\s*(?:%|[.,]\d))"
)
_EN_RANK = re.compile(
    r"(?:rank(?:s|ed|ing)?|place[sd]?|position(?:ed)?|number|no\.)\s+(?:at\s+)?"
    r"(?P<n>\d{1,4})(?:\s*(?:/|out\s+of|of|among)\s*(?P<of>\d{1,4}))?\b(?![.,%]?\d|\s*%)"
)
_TOP = re.compile(r"\btop\s+(?P<n>\d{1,4})\b(?!\s*%)")
_TIMES = re.compile(
    rf"(?:gap\s+(?:hon\s+|gan\s+)?)?(?P<n>{_NUM})\s*(?:times|lan|-?fold|x)\b"
    rf"|\b(?P<w>two|three|four|five|six|seven|eight|nine|ten)(?:\s+times|-?fold)\b"
    r"|\b(?P<d>double|doubled|tripled?|twice|gap\s+doi|gap\s+ba|twofold|threefold)\b(?!-)"
)
_RANK_NEAR = re.compile(
    r"\b(?:rank|place|position|out of|hang|xep|vi tri|leading|index|chi so|in the world"
    r"|largest|highest|globally)"
)
_NOT_A_RANK = re.compile(
    r"\s*(?:meeting|session|century|anniversary|conference|congress|plenum|term|"
    r"grade|birthday|floor|day|quarter|edition|time\b|phien|hoi nghi|ky hop|dai hoi)"
)
_HEDGE = re.compile(
    r"(?:(?:over|above|more than|greater than|at least|no less than|not less than|"
    r"nearly|almost|close to|about|around|approximately|some|roughly|up to|at most|"
    r"under|below|less than|fewer than|only|hon|tren|gan|khoang|xap xi|it nhat|toi thieu|"
    r"toi da|duoi|chua den|chi|tu)\s+)$"
)
# What stands before a number that is a name, not a quantity.
_NAME_BEFORE = re.compile(
    r"(?:\b(?:no\.?|number|decision|decree|resolution|circular|directive|project|plan|"
    r"article|clause|chapter|section|phase|level|version|web|industry|covid|program|"
    r"programme|law|document|notice|phone|tel|hotline|page|figure|table|room|"
    r"so|quyet dinh|nghi dinh|nghi quyet|thong tu|chi thi|de an|du an|dieu|khoan|chuong|"
    r"muc do|giai doan|cong van|thong bao|trang|bang|hinh|dien thoai|cap do|phu luc|"
    r"tp|quan|phuong|khu vuc|vung|highway|route|quoc lo|group|category|type|form|mau)"
    r"\s*[:#]?\s*|[a-z]{2,}-|[/#])$"
)
_SO_COUNT = re.compile(r"\b(?:so|tong so)\s*$")
# What stands behind a number that is a name, an age or a time, not a quantity.
_NAME_AFTER = re.compile(
    r"(?:\s*[-/]\s*[a-z]{1,}[\w-]*(?:[-/][\w-]+)?|[a-z]\b|(?:st|nd|rd|th)\b|:\d\d|g\b|h\d{0,2}\b"
    r"|\s*(?:a\.m|p\.m|o'clock|gio)\b|/[a-z])"
)
_AGE = re.compile(
    r"(?:\b(?:aged?|age\s+of|tu(?:\s+du)?|from)\s*$)|"
    r"(?:^\s*(?:years?\s+(?:old|of\s+age)|and\s+(?:over|above|older)|tuoi|years?-old))"
)


def number_value(text: str, language: Language = "en") -> float:
    """The value of a number written in digits, without its unit.

    With both marks the last is the decimal one; a mark that repeats groups
    thousands; a single mark before exactly three digits groups thousands if it
    is the language's grouping mark ("," in English, "." in Vietnamese), else it
    is decimal. "0.125" is always decimal.
    """
    marks = [c for c in text if c in ".,"]
    if not marks:
        return float(text)
    last = marks[-1]
    if len(set(marks)) == 2:
        whole, _, decimals = text.rpartition(last)
        return float(re.sub(r"[.,]", "", whole) + "." + decimals)
    head, _, tail = text.rpartition(last)
    if len(marks) > 1:
        return float(re.sub(r"[.,]", "", text))
    grouping = "." if language == "vi" else ","
    if len(tail) == 3 and last == grouping and head != "0" and len(head) <= 3:
        return float(head + tail)
    return float(f"{head}.{tail}")


def find_quantities(text: str, language: Language = "en") -> list[Quantity]:
    """The quantities of *text* in order, none overlapping.

    Years, dates, document numbers ("Decision 422", "57-NQ/TW"), ages and
    times of day are not quantities. The caller masks dates beforehand with
    `mask`, since "9/12" may be one.
    """
    folded = fold_in_place(text)
    taken = [False] * len(folded)
    found: list[Quantity] = []

    def take(quantity: Quantity | None) -> None:
        if quantity and not any(taken[quantity.start : quantity.end]):
            span = quantity.end - quantity.start
            taken[quantity.start : quantity.end] = [True] * span
            hedge = _HEDGE.search(folded[: quantity.start])
            word = text[hedge.start() : hedge.end()].strip() if hedge else ""
            if fold_in_place(word) == "tu":
                word = ""
            found.append(replace(quantity, hedge=word))

    for finder in (_ranks, _multiples, _ratios, _plain):
        for quantity in finder(text, folded, language):
            take(quantity)
    for quantity in _spelled(text, folded):
        take(quantity)
    found.extend(_fields(text, folded))
    return sorted(found, key=lambda quantity: quantity.start)


def mask(text: str, spans: list[tuple[int, int]]) -> str:
    """*text* with the spans blanked out, so that offsets stay."""
    chars = list(text)
    for start, end in spans:
        chars[start:end] = "\x00" * (end - start)
    return "".join(chars)


def _ranks(text: str, folded: str, _language: Language) -> list[Quantity]:
    found = []
    for match in _ORDINAL.finditer(folded):
        start, end = match.span()
        if _NOT_A_RANK.match(folded, end) or (start and folded[start - 1].isalnum()):
            continue
        near = folded[max(0, start - 60) : end + 40]
        if match["of"] or _RANK_NEAR.search(near):
            found.append(_rank(text, start, end, match["n"], match["of"]))
    for pattern in (_VI_RANK, _EN_RANK):
        for match in pattern.finditer(folded):
            of = match["of"] or match.groupdict().get("of2")
            start = match.start("n")
            if pattern is _VI_RANK and _NOT_A_RANK.match(folded, match.end()):
                continue
            if pattern is _VI_RANK and not (
                of
                or re.match(r"(?:vi tri|xep|hang)", match.group())
                or _RANK_NEAR.search(folded[max(0, start - 50) : match.end() + 30])
            ):
                continue
            if pattern is _EN_RANK and re.match(r"(?:number|no\.)", match.group()):
                continue
            found.append(_rank(text, start, match.end(), match["n"], of))
    found.extend(
        Quantity(*match.span(), text[match.start() : match.end()], "rank",
                 float(match["n"]), "top")
        for match in _TOP.finditer(folded)
    )  # fmt: skip
    return found


def _rank(text: str, start: int, end: int, number: str, of: str | None) -> Quantity:
    unit = f"of {of}" if of else "place"
    return Quantity(start, end, text[start:end], "rank", float(number), unit)


def _fields(text: str, folded: str) -> list[Quantity]:
    """How many take part in a ranking: the 193 of "71st out of 193 countries"."""
    return [
        Quantity(*match.span("of"), match["of"], "count", float(match["of"]), "")
        for match in _ORDINAL.finditer(folded)
        if match["of"]
    ]


def _multiples(text: str, folded: str, language: Language) -> list[Quantity]:
    fixed = {"double": 2, "doubled": 2, "twice": 2, "gap doi": 2, "twofold": 2}
    found = []
    for match in _TIMES.finditer(folded):
        if match["n"]:
            value = number_value(match["n"], language)
        elif match["w"]:
            value = float(_WORDS[match["w"]])
        else:
            value = float(fixed.get(re.sub(r"\s+", " ", match["d"]), 3))
        start, end = match.span()
        if start and folded[start - 1].isalnum():
            continue
        found.append(Quantity(start, end, text[start:end], "multiple", value, "times"))
    return found


def _ratios(text: str, folded: str, _language: Language) -> list[Quantity]:
    found = []
    for match in _RATIO.finditer(folded):
        start, end = match.span()
        part, whole = int(match["a"]), int(match["b"])
        before = folded[max(0, start - 12) : start]
        if part > whole or whole < 2 or _touches_word(folded, start, end):
            continue
        if _NAME_BEFORE.search(before) and not _SO_COUNT.search(before):
            continue
        if re.search(r"ngay\s+$|thang\s+$", before):
            continue
        unit = f"of {whole}"
        found.append(Quantity(start, end, text[start:end], "ratio", float(part), unit))
    return found


def _touches_word(folded: str, start: int, end: int) -> bool:
    before = folded[start - 1] if start else " "
    return (
        before.isalnum()
        or before in "/.,"
        or _NAME_AFTER.match(folded, end) is not None
    )


def _plain(text: str, folded: str, language: Language) -> list[Quantity]:
    found = []
    for match in _QUANTITY.finditer(folded):
        quantity = _read_plain(match, text, folded, language)
        if quantity:
            found.append(quantity)
    return found


def _read_plain(
    match: re.Match[str], text: str, folded: str, language: Language
) -> Quantity | None:
    start, end = match.span()
    if _is_name(match, folded):
        return None
    scale = _SCALES.get(re.sub(r"\s+", " ", (match["scale"] or "").strip()), 1.0)
    if match["scale"] and match["scale"].startswith("thousand billion"):
        scale = 1e12
    value = number_value(match["num"], language) * scale
    upper = number_value(match["to"], language) * scale if match["to"] else None
    unit = (match["unit"] or "").strip()
    currency = (match["cur"] or "").strip()
    kind: Kind = "count"
    name = ""
    if currency or unit in _CURRENCIES:
        kind, name = "money", _CURRENCIES[currency or unit]
    elif unit and re.fullmatch(_POINTS, unit):
        kind = (
            "share" if ("p" in unit and "%" in unit) or "percent" in unit else "count"
        )
        name = "points"
        kind = "share" if kind == "share" or "phan tram" in unit else "count"
    elif unit:
        kind, name = "share", "%"
    stripped = text[start:end].rstrip()
    return Quantity(
        start, start + len(stripped), stripped, kind, value, name, value_to=upper
    )


def _is_name(match: re.Match[str], folded: str) -> bool:
    """True for numbers that name something: documents, ages, levels, times."""
    start, end = match.span()
    before = folded[max(0, start - 24) : start]
    if start and (folded[start - 1].isalnum() or folded[start - 1] in "\x00"):
        return True
    if re.search(r"[\d][.,/:]$", before) or re.match(r"[/:]\d", folded[end:]):
        return True
    if match["unit"] or match["scale"] or match["cur"]:
        return False
    after = folded[end : end + 24]
    if _SO_COUNT.search(before):
        # "số 57" names a document, "tổng số 57 dự án" counts.
        return re.search(r"\btong so\s*$", before) is None
    if _NAME_BEFORE.search(before) or _NAME_AFTER.match(after):
        return True
    if _AGE.search(before) and re.match(r"\s*(?:and|years?|tuoi|to\b|den\b)", after):
        return True
    return bool(_AGE.match(after)) or _is_marker(before, after)


def _is_marker(before: str, after: str) -> bool:
    """True for the number of a list item at the start of a line: "1. First"."""
    return bool(re.search(r"(?:^|\n)\s*$", before) and re.match(r"[.)]\s", after))


_SPELLED_EN = re.compile(
    rf"\b(?P<w>{'|'.join(list(_WORDS)[1:])})\s+(?:(?:hundred|thousand|million|billion)\b)?"
    r"(?!(?:of|to|or|and|in|at|by|times|months?|consecutive|years?|days?|hours?)\b)(?=[a-z])"
)
_SPELLED_VI = re.compile(
    rf"\b(?P<w>{'|'.join(_VI_WORDS)})\s+"
    r"(?=(?:trụ cột|nhóm|mục tiêu|nhiệm vụ|giải pháp|lĩnh vực|địa phương|tỉnh|bộ|nội dung"
    r"|chỉ tiêu|dự án|nền tảng|đột phá|tiêu chí|huyện|xã|đơn vị|cơ quan|doanh nghiệp)\b)"
)


def _spelled(text: str, folded: str) -> list[Quantity]:
    """Number words that count something ("five pillars", "ba trụ cột")."""
    found = []
    for match in _SPELLED_EN.finditer(folded):
        start, end = match.start("w"), match.end("w")
        scale = re.match(r"\s+(hundred|thousand|million|billion)\b", folded[end:])
        value = float(_WORDS[match["w"]])
        if scale:
            value *= _SCALES[scale.group(1)]
            end += scale.end()
        found.append(Quantity(start, end, text[start:end], "count", value, ""))
    for match in _SPELLED_VI.finditer(
        text.lower() if len(text.lower()) == len(text) else text
    ):
        start, end = match.start("w"), match.end("w")
        value = float(_VI_WORDS[match["w"]])
        found.append(Quantity(start, end, text[start:end], "count", value, ""))
    return found
