"""Quantities as reports write them: shares, counts, money, ranks, ratios, multiples.

English and Vietnamese number formats differ in the meaning of "." and ",",
and Vietnamese reports in English mix them; see `number_value`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from index.grammar.marks import grammar_fold
from index.grammar.quantity import Quantity
from index.grammar.ranks import find_fields, find_ranks
from index.grammar.spelled import EN_NUMBERS, find_spelled
from index.records import Kind, Language

_SCALES = {
    "hundred": 1e2, "tram": 1e2, "thousand": 1e3, "nghin": 1e3, "ngan": 1e3,
    "million": 1e6, "millions": 1e6, "mn": 1e6, "mln": 1e6, "trieu": 1e6,
    "billion": 1e9, "billions": 1e9, "bn": 1e9, "ty": 1e9, "ti": 1e9,
    "thousand billion": 1e12, "trillion": 1e12, "nghin ty": 1e12, "ngan ty": 1e12,
    "nghin ti": 1e12, "trieu ty": 1e15,
}  # fmt: skip
_CURRENCIES = {
    "usd": "USD", "us dollars": "USD", "us dollar": "USD", "dollars": "USD",
    "dollar": "USD", "do la my": "USD", "do la": "USD", "us$": "USD", "$": "USD",
    "vnd": "VND", "dong": "VND", "vietnamese dong": "VND",
    "eur": "EUR", "euro": "EUR", "euros": "EUR", "€": "EUR", "yen": "JPY", "jpy": "JPY",
    "cny": "CNY", "yuan": "CNY", "nhan dan te": "CNY", "won": "KRW", "krw": "KRW",
}  # fmt: skip
_MEASURES = {
    "ha": "ha", "hecta": "ha", "hec-ta": "ha", "hec ta": "ha",
    "hectare": "ha", "hectares": "ha", "ton": "tons", "tons": "tons",
    "tonne": "tons", "tonnes": "tons", "tan": "tons", "kg": "kg", "km": "km",
    "kilometers": "km", "kilometres": "km", "km2": "km2", "m2": "m2", "m3": "m3",
    "square meters": "m2", "cubic meters": "m3", "mw": "MW", "gw": "GW", "kwh": "kWh",
    "mwh": "MWh", "gwh": "GWh", "place": "places", "places": "places", "bac": "places",
    "year": "years", "years": "years", "nam": "years", "month": "months",
    "months": "months", "thang": "months", "week": "weeks", "weeks": "weeks",
    "tuan": "weeks", "day": "days", "days": "days", "ngay": "days", "hour": "hours",
    "hours": "hours", "minute": "minutes", "minutes": "minutes", "phut": "minutes",
    "gio": "hours",
}  # fmt: skip


def _any_of(names: Iterable[str]) -> str:
    ordered = sorted(names, key=len, reverse=True)
    return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in ordered)


_NUM = r"\d+(?:[.,]\d+)*"
# "tỷ" is a billion, but "tỷ lệ" is a rate.
_SCALE = rf"(?:{_any_of(_SCALES)})\b(?!\s+(?i:le|trong|suat|gia|tap)\b)"
_MONEY = (
    rf"(?:{_any_of(name for name in _CURRENCIES if name.isalpha() or ' ' in name)})\b"
)
_PERCENT = r"(?:%|per\s?cent(?:age)?\b|phan tram\b)"
_PERCENT_POINTS = r"(?:(?:percentage|percent|%)\s+points?\b|diem\s+(?:phan tram\b|%))"
# "95 points" is a score, "95 points of sale" and "95 điểm cầu" are places.
_SCORE = (
    r"(?:points?\b(?!\s+of\b)"
    r"|diem\b(?=\s*(?:[,.;:)…]|$|so\b|tang|giam|va\b|xep|dung|tren|cao|thap|hon)))"
)
_DASH = r"\s*[-–—]\s*"
_QUANTITY = re.compile(
    rf"(?P<cur>(?:us\$|\$|€|(?:usd|vnd|eur)(?=[\s\d]))\s*)?(?P<num>{_NUM})"
    rf"(?:%?{_DASH}(?P<to>{_NUM})(?=\s*(?:{_PERCENT}|{_SCALE}|{_MONEY})|\s+[a-z]))?"
    rf"(?:\s*(?P<scale>{_SCALE}))?"
    rf"(?:\s*(?:(?P<points>{_PERCENT_POINTS})|(?P<percent>{_PERCENT})"
    rf"|(?P<money>{_MONEY})|(?P<score>{_SCORE})))?"
    r"(?=\s*(?:(?:consecutive|working|calendar|full|straight|more)\s+)?"
    rf"(?P<measure>(?:{_any_of(_MEASURES)})\b(?!\s+(?:hoc|gioi|sinh)\b)"
    r"(?!(?:(?<=place)|(?<=places))\s+of\b))|)"
)
# "8 to 10%" is a range like "8-10%"; "from 8 to 10%" may be a rise.
_SPAN = re.compile(
    rf"(?<!from )(?<!tu )(?<![\w.,])(?:(?P<between>between|trong khoang)\s+)?{_NUM}"
    rf"(?P<word>\s+(?:to|den|(?P<and>and|va))\s+)"
    rf"(?={_NUM}\s*(?:{_PERCENT}|{_SCALE}|{_MONEY}))"
)
_WHOLE = r"(?:\d{1,3}(?:[.,]\d{3})+|\d{1,5})"
_RATIO = re.compile(
    rf"(?<![\w/.,])(?P<a>{_WHOLE})"
    r"\s*(?:/|\s(?:out\s+of|of\s+the|of|tren|trong\s+(?:tong\s+)?so)\s)\s*"
    rf"(?P<b>{_WHOLE})(?![\d/]|[.,]\d|\s*%)"
)
_DAY_BEFORE = re.compile(r"\b(?:ngay|thang|dip|le|sang|chieu|trua|toi|hom)\s+$")
_TIMES = re.compile(
    rf"(?<!\w)(?:(?:gap\s+(?:hon\s+|gan\s+|khoang\s+)?)?(?P<n>{_NUM})\s*"
    r"(?:times|lan|-?fold|x)\b(?P<often>\s*(?:/|(?:a|per|each|every|moi|mot)\s))?"
    rf"|(?P<w>{'|'.join(EN_NUMBERS)})(?:\s+times|-?fold)\b"
    r"|(?P<d>doubl(?:e|ed|ing)|tripl(?:e|ed|ing)|twice|quadrupled?|twofold|threefold"
    r"|gap\s+(?:doi|ruoi|ba|bon))\b(?!-|\s+(?:digit|lan)))"
)
_GROWS = re.compile(
    r"\b(?:gap|tang|giam|bang|hon|cao|lon|nhieu|nhanh|len|thap|it)\b[^,;.]*$"
)
_MORE = re.compile(
    r"\s+(?:so voi|cung ky|nam truoc|nam\s+\d{4}|muc|tang truong|binh quan)"
)
_MULTIPLES = {"doub": 2, "trip": 3, "twic": 2, "quad": 4, "twof": 2, "thre": 3,
              "doi": 2, "ruoi": 1.5, "ba": 3, "bon": 4}  # fmt: skip
_HEDGE = re.compile(
    r"\b(?:(?:no |not )?(?:more|less|fewer|greater|higher|lower) than|over|above"
    r"|at least|at most|nearly|almost|close to|about|around|approximately|some|roughly"
    r"|up to|under|below|only|as (?:many|much|high) as|hon|tren|duoi|gan|khoang|xap xi"
    r"|it nhat|toi thieu|toi da|chua den|khong (?:qua|duoi)|chi)\s+$"
)
# What stands before a number that is a name, not a quantity.
_NAME_BEFORE = re.compile(
    r"(?:\b(?:no\.?|number|decision|decree|resolution|circular|directive|project|plan|"
    r"article|clause|chapter|section|phase|level|version|web|industry|covid|program|"
    r"programme|law|document|notice|phone|tel|hotline|page|figure|table|room|grade|"
    r"round|so|quyet dinh|nghi dinh|nghi quyet|thong tu|chi thi|de an|du an|dieu|khoan|"
    r"chuong|muc do|giai doan|cong van|thong bao|trang|dien thoai|cap do|phu luc|khoa|"
    r"dot|lop|tp|ngay|(?<!binh )quan|phuong|khu vuc|vung|highway|route|quoc lo|group|"
    r"category|type|form|mau)\s*[:#]?\s*|(?:^|[(.]|\bxem\s)\s*(?:bang|hinh)\s+|[a-z]{2,}-|[/#])$"
)
_SO_BEFORE = re.compile(r"\b(?P<total>tong\s+)?so\s*$")
# What stands behind a number that is a name or a time, not a quantity.
_NAME_AFTER = re.compile(
    r"\s*[-/]\s*[a-z]+[\w-]*|[a-z]\b|(?:st|nd|rd|th)\b|:\d\d|h\d{1,2}\b"
    r"|\s*(?:a\.m|p\.m|o'clock"
    r"|gio(?!\s+(?:ke tu|lam viec|sau|dau|lien tuc|lien tiep|va|\d+ phut)))\b"
)
_RATING = re.compile(r"\s*sao\b|[- ]star\b")  # "41 products of 4 stars": 41
# Stretches whose numbers count nothing: ages, "per 10,000 people", times of day,
# telephone numbers.
_NO_FIGURES = re.compile(
    r"\bper\s+\d+(?:[.,]\d{3})*(?=\s+[a-z])"
    r"|\b(?:children|people|persons|students)\s+from\s+\d+\s+to\s+\d+\s+(?:month|year)s"
    r"|\b(?:aged?|ages)\s+(?:(?:from|of|over|under|between)\s+)?\d+"
    r"(?:\s*(?:[-–]|to|and)\s*\d+)?\b(?!\s*%|[.,]\d)"
    r"|\b\d{1,2}\s*(?:gio|h)\s*\d{1,2}\b(?!\s*phut)"
    r"|\b(?:luc|vao|hoi)\s+\d{1,2}\s*gio\s*\d{1,2}\s*phut\b"
    r"|\b\d+(?:\s*(?:[-–]|to|and|den)\s*\d+)?(?:\s+or\s+\w+er)?[\s-]+"
    r"(?:years?[\s-](?:old|of\s+age)|tuoi)\b"
    r"|(?<![\w.,])(?:\(?\+84\)?[\s.-]?\d{1,3}|\(?0\d{2,3}\)?)[\s.-]\d{3,4}[\s.-]?\d{3,4}\b"
    r"|\b0\d{9}\b|\b1[89]00[\s.-]\d{4,6}\b"
)


def number_value(text: str, language: Language = "en") -> float:
    """The value of a number written in digits, without its unit.

    With both marks the last is the decimal one; a mark that repeats groups
    thousands; a single mark before exactly three digits groups thousands if it
    is the language's grouping mark ("," in English, "." in Vietnamese) or if the
    digits are "000", else it is decimal. "0.125" is always decimal.
    """
    marks = [c for c in text if c in ".,"]
    if not marks:
        return float(text)
    head, last, tail = text.rpartition(marks[-1])
    whole = re.sub(r"[.,]", "", head)
    if len(set(marks)) == 2:
        return float(f"{whole}.{tail}")
    groups = last == ("." if language == "vi" else ",") or tail == "000"
    if len(marks) > 1 or (groups and len(tail) == 3 and len(head) <= 3 and head != "0"):
        return float(whole + tail)
    return float(f"{whole}.{tail}")


def find_quantities(text: str, language: Language = "en") -> list[Quantity]:
    """The quantities of *text* in order; only the field of a rank lies in another.

    Years, dates, document numbers ("Decision 422", "57-NQ/TW"), ages and
    times of day are not quantities. The caller masks dates beforehand with
    `mask`, since "9/12" may be one.
    """
    folded = grammar_fold(text)
    folded = mask(folded, [match.span() for match in _NO_FIGURES.finditer(folded)])
    folded = _SPAN.sub(_with_dash, folded)
    taken = bytearray(len(folded))
    found: list[Quantity] = []
    for quantity in chain(
        _durations(text, folded),
        find_ranks(text, folded),
        _multiples(text, folded, language),
        _ratios(text, folded),
        _plain(text, folded, language),
        find_spelled(text, folded),
    ):
        start, end = quantity.start, quantity.end
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            found.append(replace(quantity, hedge=_hedge(text, folded, start)))
    found.extend(find_fields(text, folded))
    return sorted(found, key=lambda quantity: quantity.start)


def _with_dash(match: re.Match[str]) -> str:
    """A range in words as one with a dash, of the same length."""
    if match["and"] and not match["between"]:
        return match.group()
    return match.group()[: -len(match["word"])] + "-".center(len(match["word"]))


def mask(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """*text* with the spans blanked out, so that offsets stay."""
    chars = list(text)
    for start, end in spans:
        chars[start:end] = "\x00" * (end - start)
    return "".join(chars)


def _hedge(text: str, folded: str, start: int) -> str:
    least = max(0, start - 24)
    match = _HEDGE.search(folded[least:start])
    return text[least + match.start() : start].strip() if match else ""


_HOURS_MINUTES = re.compile(
    r"\b(?P<h>\d{1,3})\s*(?:gio|hours?)\s*(?:and\s+|va\s+)?(?P<m>\d{1,2})\s*"
    r"(?:phut|minutes?)\b"
)


def _durations(text: str, folded: str) -> Iterator[Quantity]:
    """ "2 giờ 35 phút", "1 hour 10 minutes": one figure, in minutes."""
    for match in _HOURS_MINUTES.finditer(folded):
        minutes = 60.0 * int(match["h"]) + int(match["m"])
        start, end = match.span()
        yield Quantity(start, end, text[start:end], "count", minutes, "minutes")


def _multiples(text: str, folded: str, language: Language) -> Iterator[Quantity]:
    for match in _TIMES.finditer(folded):
        if match["often"]:
            continue  # "3 times a year" says how often, not how much more
        start, end = match.span()
        grows = match.group().startswith("gap") or _GROWS.search(
            folded, max(0, start - 24), start
        )
        counted = match.group().endswith("lan") and not grows
        if counted and not _MORE.match(folded, end):
            continue  # "bị gián đoạn 3 lần" as well
        if match["n"]:
            value = number_value(match["n"], language)
        elif match["w"]:
            value = float(EN_NUMBERS[match["w"]])
        else:
            word = match["d"].split()[-1]
            value = float(_MULTIPLES.get(word) or _MULTIPLES[word[:4]])
        yield Quantity(start, end, text[start:end], "multiple", value, "times")


def _ratios(text: str, folded: str) -> Iterator[Quantity]:
    for match in _RATIO.finditer(folded):
        start, end = match.span()
        part, whole = (int(re.sub(r"[.,]", "", match[group])) for group in "ab")
        before = folded[max(0, start - 24) : start]
        counted = _SO_BEFORE.search(before)
        if part > whole or whole < 2 or _NAME_AFTER.match(folded, end):
            continue
        if _DAY_BEFORE.search(before) or (_NAME_BEFORE.search(before) and not counted):
            continue
        unit = f"of {whole}"
        yield Quantity(start, end, text[start:end], "ratio", float(part), unit)


def _plain(text: str, folded: str, language: Language) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(folded):
        if _is_name(match, folded):
            continue
        scale = _SCALES[re.sub(r"\s+", " ", match["scale"])] if match["scale"] else 1.0
        value = number_value(match["num"], language) * scale
        upper = number_value(match["to"], language) * scale if match["to"] else None
        if upper is not None and upper <= value:
            continue  # "2021-15": no range, so most likely a code
        kind, unit = _kind_and_unit(match)
        start, end = match.span()
        yield Quantity(start, end, text[start:end], kind, value, unit, value_to=upper)


def _kind_and_unit(match: re.Match[str]) -> tuple[Kind, str]:
    if match["cur"] or match["money"]:
        currency = (match["cur"] or match["money"]).strip()
        return "money", _CURRENCIES[re.sub(r"\s+", " ", currency)]
    if match["points"]:
        return "share", "points"
    if match["percent"]:
        return "share", "%"
    if match["score"]:
        return "count", "points"
    measure = re.sub(r"\s+", " ", match["measure"] or "")
    return "count", _MEASURES.get(measure, "")


def _is_name(match: re.Match[str], folded: str) -> bool:
    """True for numbers that name something: documents, levels, times."""
    start, end = match.span()
    before = folded[max(0, start - 24) : start]
    if before and (before[-1].isalnum() or before[-1] == "\x00"):
        return True
    if re.search(r"\d[.,/:]$", before) or re.match(r"[/:]\d", folded[end : end + 2]):
        return True
    if match["cur"] or match["scale"] or match["money"] or match["percent"]:
        return False
    if match["points"] or match["score"]:
        return False
    if numbered := _SO_BEFORE.search(before):
        # "số 57" names a document, "tổng số 57 dự án" counts.
        return numbered["total"] is None
    if _NAME_BEFORE.search(before) or _NAME_AFTER.match(folded, end):
        return True
    if not match["to"] and _RATING.match(folded, end):
        return True
    # The number of a list item: "1. First".
    listed = re.search(r"(?:^|\n)\s*$", before) and re.match(r"[.)]\s", folded[end:])
    return bool(listed)
