"""Places: Vietnam's provinces and regions, what lies below them, other countries.

A place's name is its usual English form without diacritics ("Lang Son");
the nation is "Vietnam". Countries come from CLDR by way of Babel.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import Literal

from babel import Locale

from index.grammar.marks import grammar_fold, same_marks
from index.grammar.words import fold, fold_in_place, word_set

NATION = "Vietnam"

Level = Literal["nation", "province", "region", "local", "abroad"]


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place as a text names it, and the name it goes by in records."""

    start: int
    end: int
    name: str
    level: Level


# The 63 provinces and cities up to June 2025; the 34 of today keep names of theirs.
_PROVINCES = """
An Giang; Bà Rịa - Vũng Tàu=Bà Rịa Vũng Tàu=Vũng Tàu=BR-VT; Bắc Giang; Bắc Kạn=Bắc Cạn;
Bạc Liêu; Bắc Ninh; Bến Tre; Bình Định; Bình Dương; Bình Phước; Bình Thuận; Cà Mau;
Cần Thơ; Cao Bằng; Đà Nẵng=Danang; Đắk Lắk=Daklak=Đắc Lắc=Đăk Lăk;
Đắk Nông=Daknong=Đắc Nông=Đăk Nông; Điện Biên; Đồng Nai; Đồng Tháp; Gia Lai;
Hà Giang; Hà Nam; Hanoi=Hà Nội; Hà Tĩnh;
Hải Dương; Hải Phòng=Haiphong; Hậu Giang;
Ho Chi Minh City=Hồ Chí Minh=TP.HCM=TPHCM=TP HCM=HCMC=HCM City=Saigon=Sài Gòn;
Hòa Bình; Huế=Thừa Thiên Huế=Thừa Thiên - Huế; Hưng Yên; Khánh Hòa; Kiên Giang;
Kon Tum=Kontum; Lai Châu; Lâm Đồng; Lạng Sơn; Lào Cai; Long An; Nam Định; Nghệ An;
Ninh Bình; Ninh Thuận; Phú Thọ; Phú Yên; Quảng Bình; Quảng Nam; Quảng Ngãi;
Quảng Ninh; Quảng Trị; Sóc Trăng; Sơn La; Tây Ninh; Thái Bình; Thái Nguyên;
Thanh Hóa; Tiền Giang; Trà Vinh; Tuyên Quang; Vĩnh Long; Vĩnh Phúc; Yên Bái
"""
_REGIONS = """
Mekong Delta=Đồng bằng sông Cửu Long=ĐBSCL; Red River Delta=Đồng bằng sông Hồng;
Central Highlands=Tây Nguyên; Southeast Asia=South East Asia=Đông Nam Á=ASEAN;
Southeast region=Đông Nam Bộ; Northern midlands and mountains=Trung du và miền núi;
North Central=Bắc Trung Bộ; South Central=Nam Trung Bộ; Northwest=Tây Bắc;
Asia=châu Á; Europe=châu Âu; European Union=EU=Liên minh châu Âu;
Asia-Pacific=châu Á - Thái Bình Dương; Africa=châu Phi
"""
# "NAM": in a text with marks the syllable of the name is no "năm" (see marks.py).
_NATION = (
    r"(?:viet\s?(?:nam|NAM)(?:'s|ese)?|nationwide|nation-wide|countrywide"
    r"|(?:the\s+)?(?:whole|entire)\s+(?:country|nation)"
    r"|(?:across|throughout|in)\s+the\s+(?:whole\s+|entire\s+)?(?:country|nation)"
    r"|the\s+country(?:'s)?|national\s+(?:averages?|levels?|rates?|totals?|figures?)"
    r"|(?:tren\s+)?(?:ca|toan)\s+(?:nuoc|quoc)|nuoc\s+ta|ca\s+nuoc)"
)
# Surnames: "Nguyen Hoa Binh" is a person. Folded; the commonest hundred.
_NOT_PROVINCE_BEFORE = word_set(
    """
    nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dao doan
    vuong trinh truong dinh lam phung mai to ha cao thai luong luu tang tong khuat
    chu quach ta van kieu diep nghiem thach hua la tieu lai mac nong ma ninh be dam
    ong ba anh chi mr ms mrs dr general minister comrade dong
    """
)
# Countries whose bare name is an everyday word or syllable in either language.
_ABROAD_NEEDS_WORD = word_set(
    """
    anh phap duc my nga y ao bi lao nhat han an do thai jersey chad mali georgia
    turkey guinea oman peru cuba niue togo jordan samoa tonga palau nauru iran irac
    man dao monaco israel guam
    """
)


@cache
def _gazetteer(text: str) -> dict[str, str]:
    """Folded spelling → name."""
    names: dict[str, str] = {}
    for entry in text.replace("\n", " ").split(";"):
        name, *others = (part.strip() for part in entry.split("="))
        for spelling in (name, *others):
            names[_flat(fold(spelling))] = _english(name)
    return names


def _flat(spelling: str) -> str:
    """One space between words, none around a hyphen."""
    return re.sub(r"\s*-\s*", "-", re.sub(r"\s+", " ", spelling.strip()))


def _english(name: str) -> str:
    """A Vietnamese name as English news writes it: without marks."""
    return "".join(fold(c).upper() if c.isupper() else fold(c) for c in name)


@cache
def _spellings() -> frozenset[str]:
    """Names as written with marks, to tell them from words that fold alike."""
    names = re.split(r"[;=]", f"{_PROVINCES};{_REGIONS}".replace("\n", " "))
    names += Locale("vi").territories.values()
    return frozenset(same_spelling(name) for name in (*names, *_MORE_COUNTRIES))


def same_spelling(name: str) -> str:
    """A key for names that differ in case, spaces and the seat of a tone only."""
    return " ".join(map(same_marks, _flat(name).split()))


_MORE_COUNTRIES = {
    "EU": "European Union", "European Union": "European Union",
    "Europe": "European Union", "Liên minh châu Âu": "European Union",
    "châu Âu": "European Union", "thị trường EU": "European Union",
    "USA": "United States", "the US": "United States", "U.S.": "United States",
    "America": "United States", "Hoa Kỳ": "United States", "nước Mỹ": "United States",
    "Korea": "South Korea", "Hàn Quốc": "South Korea", "Nhật Bản": "Japan",
    "Trung Quốc": "China", "nước Lào": "Laos", "nước Anh": "United Kingdom",
    "nước Pháp": "France", "nước Đức": "Germany",
    "Taiwan (China)": "Taiwan", "Đài Loan (Trung Quốc)": "Taiwan",
    "Hong Kong (China)": "Hong Kong", "Hồng Kông (Trung Quốc)": "Hong Kong",
}  # fmt: skip


@cache
def _countries() -> dict[str, str]:
    """Folded spelling in English or Vietnamese → English name, Vietnam left out."""
    english = Locale("en").territories
    names: dict[str, str] = {}
    for language in ("en", "vi"):
        for code, spelling in Locale(language).territories.items():
            if len(code) == 2 and code not in {"VN", "ZZ", "EU", "EZ", "UN"}:
                names[fold(spelling)] = str(english[code])
    names |= {fold(spelling): name for spelling, name in _MORE_COUNTRIES.items()}
    return {
        _flat(spelling): name
        for spelling, name in names.items()
        if spelling not in _ABROAD_NEEDS_WORD
        and (len(spelling) > 2 or spelling == "eu")
    } | {"uk": "United Kingdom"}


def country_spellings(name: str) -> list[str]:
    """How a country is written, folded, in either language; its English name first."""
    return [spelling for spelling, known in _countries().items() if known == name]


_SHORT_MARKED = frozenset(
    map(
        same_spelling,
        "Nhật;Mỹ;Hàn;Đức;Pháp;Nga;Ý;Úc;Lào;Ấn Độ;Anh".split(";"),
    )
)


def _any_of(spellings: list[str]) -> str:
    ordered = sorted(spellings, key=len, reverse=True)
    escaped = (re.escape(s).replace(r"\ ", r"\s+") for s in ordered)
    return "|".join(s.replace(r"\-", r"\s*-\s*") for s in escaped)


@cache
def _patterns() -> list[tuple[re.Pattern[str], Level, dict[str, str]]]:
    provinces, regions = _gazetteer(_PROVINCES), _gazetteer(_REGIONS)
    countries = _countries()
    tables: list[tuple[dict[str, str], Level]] = [
        (regions, "region"),
        (provinces, "province"),
        (countries, "abroad"),
    ]
    return [
        (re.compile(rf"(?<![\w-])(?:{_any_of(list(names))})(?![\w])"), level, names)
        for names, level in tables
    ]


# Words that open a region's name, written in lower case: "đồng bằng sông Hồng".
_LOWER_REGIONS = {"dong", "trung"}
_LETTERS = re.compile(r"[^\W\d_]+")


@cache
def _first_words() -> frozenset[str]:
    """The words a name can start with: only there is it worth looking."""
    spellings = (name for _, _, names in _patterns() for name in names)
    return frozenset(m.group() for m in map(_LETTERS.match, spellings) if m)


_NATION_PATTERN = re.compile(rf"(?<!\w){_NATION}(?!\w)")
# A unit below the province: "Cao Loc district", "huyện Cao Lộc", "xã Tân Thành".
_CAPITALS = "".join(c for c in map(chr, range(0x41, 0x1EFA)) if c.isupper())
_NAME = rf"[{_CAPITALS}][^\W\d_]*(?:\s+[{_CAPITALS}][^\W\d_]*){{0,3}}"
_BEHIND = (
    r"(?:(?:island|border|mountainous|coastal)\s+)?"
    r"(?:[Dd]istrict|[Cc]ommune|[Ww]ard|[Tt]own|[Tt]ownship)\b"
)
_AHEAD = (
    r"\b(?P<kind>[Hh]uyện|[Xx]ã|[Pp]hường|[Tt]hị xã|[Tt]hị trấn|[Qq]uận"
    r"|[Tt]hành phố)\s(?:(?:miền núi|biên giới|vùng cao|vùng biên|nghèo|đảo"
    r"|ven biển)\s)?"
)
_LOCAL_WORD = re.compile(rf"{_BEHIND}|{_AHEAD}")  # most sentences have none
_LOCAL = re.compile(rf"(?P<before>{_NAME})\s+{_BEHIND}|{_AHEAD}\s*(?P<after>{_NAME})")


def find_places(text: str, *, typed: bool = False) -> list[PlaceMention]:
    """The places that *text* names, in order, none overlapping.

    typed: text typed by a person, who may write "lang son" in lower case; in a
    report a name has a capital, and "hoa bình" is peace.
    """
    return list(_find(text, typed))


@lru_cache(maxsize=256)  # a sentence is asked several times: for scene, owner, subject
def _find(text: str, typed: bool) -> tuple[PlaceMention, ...]:
    taken = bytearray(len(text))
    found: list[PlaceMention] = []
    short = _short_countries(text, typed)
    for mention in chain(_nation(text), _named(text, typed), _local(text), short):
        start, end = mention.start, mention.end
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.start))


def _nation(text: str) -> Iterator[PlaceMention]:
    for match in _NATION_PATTERN.finditer(grammar_fold(text)):
        yield PlaceMention(*match.span(), NATION, "nation")


def _named(text: str, typed: bool) -> Iterator[PlaceMention]:
    folded, firsts = fold_in_place(text), _first_words()
    for word in _LETTERS.finditer(folded):
        start = word.start()
        if word.group() not in firsts:
            continue
        capital = typed or text[start].isupper()
        if not capital and word.group() not in _LOWER_REGIONS:
            continue
        for pattern, level, names in _patterns():
            match = pattern.match(folded, start)
            if not capital and level != "region":
                continue
            if match and _is_name(text, folded, match.span(), level):
                name = names[_flat(match.group())]
                if level == "province" and _is_city(folded, name, *match.span()):
                    yield PlaceMention(*match.span(), f"{name} City", "local")
                else:
                    yield PlaceMention(*match.span(), name, level)


def _is_name(text: str, folded: str, span: tuple[int, int], level: Level) -> bool:
    start, end = span
    raw = text[start:end]
    if not _has_own_marks(raw):
        return False
    if raw[0].islower() and not _is_typed_name(raw, level, folded[end:]):
        return False
    return level != "province" or not _is_person(text, folded, start)


# "sang Nhật", "thị trường Mỹ": short names that are words as well, behind a word of
# going or being there. Folded.
_SHORT = {
    "nhat": "Japan", "my": "United States", "han": "South Korea", "duc": "Germany",
    "phap": "France", "nga": "Russia", "y": "Italy", "uc": "Australia", "lao": "Laos",
    "an do": "India", "anh": "United Kingdom",
}  # fmt: skip
_GOING = (
    r"(?:thi truong|xuat khau sang|xuat khau vao|nhap khau tu|sang|tai|o|vao|tu|di)\s+"
)
_SHORT_COUNTRY = re.compile(
    rf"(?<!\w){_GOING}(?P<name>{'|'.join(sorted(_SHORT, key=len, reverse=True))})(?!\w)"
)
_UNMARKED = re.compile(r"(?:thi truong|xuat khau|nhap khau|sang)")


def _short_countries(text: str, typed: bool) -> Iterator[PlaceMention]:
    folded = fold_in_place(text)
    for match in _SHORT_COUNTRY.finditer(folded):
        start, end = match.span("name")
        marked = same_spelling(text[start:end]) in _SHORT_MARKED
        lower = typed and text.isascii() and _UNMARKED.match(match.group())
        if (marked and text[start].isupper()) or lower:
            yield PlaceMention(start, end, _SHORT[match["name"]], "abroad")


def _local(text: str) -> Iterator[PlaceMention]:
    if not _LOCAL_WORD.search(text):
        return
    for match in _LOCAL.finditer(text):
        name = match["before"] or match["after"]
        first, _, rest = name.partition(" ")
        start, end = match.span()
        if match["before"] and rest and fold(first) in _OPENERS:
            start += len(name) - len(rest.lstrip())  # "In Sop Cop district, …"
        elif fold(first) in _NO_NAMES:
            continue
        # "huyện miền núi Kỳ Sơn" is the huyện Kỳ Sơn.
        kind = match["kind"]
        yield PlaceMention(
            start, end, f"{kind} {name}" if kind else text[start:end], "local"
        )


# Cities that are provinces of their own; another province's city has its name.
_CITIES = frozenset({"Hanoi", "Ho Chi Minh City", "Da Nang", "Hai Phong", "Can Tho",
                     "Hue"})  # fmt: skip
_CITY_BEFORE = re.compile(r"\b(?:thanh pho|tp\.?|thi xa)\s+$")
_CITY_AFTER = re.compile(r"\s+(?:city|town)\b")


def _is_city(folded: str, name: str, start: int, end: int) -> bool:
    """True for "thành phố Hà Tĩnh" and "Ha Tinh City": not the province."""
    if name in _CITIES:
        return False
    before = _CITY_BEFORE.search(folded, max(0, start - 12), start)
    return before is not None or _CITY_AFTER.match(folded, end) is not None


_UNIT_WORD = re.compile(
    r"^(?:huyen|quan|thi xa|xa|phuong|thi tran|thanh pho|tp|tinh)\.?\s+"
    r"|\s+(?:district|town|township|commune|ward|city|province)$"
)


@lru_cache(maxsize=10_000)
def bare_name(place: str | None) -> str:
    """Folded, and "Huyện Kỳ Sơn" and "Ky Son district" are one place."""
    if not place:
        return ""
    folded = fold(place)
    bare = _UNIT_WORD.sub("", folded)
    # A province's city is not the province.
    return folded if bare in _gazetteer(_PROVINCES) else bare


_AND = re.compile(r"\s*(?:,|,?\s*(?:and|va))\s+")


def in_a_row(text: str, mentions: Sequence[PlaceMention]) -> list[PlaceMention]:
    """Those of *mentions* told in a row: "in Hanoi, Ha Nam and Da Nang"."""
    folded = fold_in_place(text)
    found: dict[PlaceMention, None] = {}
    for one, two in pairwise(mentions):
        if _AND.fullmatch(folded[one.end : two.start]):
            found |= {one: None, two: None}
    return list(found)


def has_unit(place: str) -> bool:
    """True for a place below the province: its name says what it is."""
    return bare_name(place) != fold(place)


@cache
def is_abroad(place: str | None) -> bool:
    """True for another country's name, as records have it."""
    return place in _countries().values()


_NO_NAMES = frozenset({"the", "each", "every", "all", "by", "per", "this", "that",
                       "no", "one", "another"})  # fmt: skip
_OPENERS = frozenset({"in", "at", "for", "of", "from", "to", "and", "did", "does"})
_YEAR_NEXT = re.compile(r"\s*(?:19|20)\d\d\b")


def _has_own_marks(raw: str) -> bool:
    """True unless the marks are another word's: "Sơn là" is not Sơn La."""
    return fold(raw) == raw.lower() or same_spelling(raw) in _spellings()


def _is_typed_name(raw: str, level: Level, after: str) -> bool:
    """True if words typed in lower case can name a place.

    "quang nam 2022" is more likely fibre and a year.
    """
    if level == "abroad":
        return len(raw) > 4
    unmarked_year = fold(raw) == raw.lower() and _YEAR_NEXT.match(after)
    return not (raw.lower().endswith(" nam") and unmarked_year)


def _is_person(text: str, folded: str, start: int) -> bool:
    """True if the word before makes the name a person's ("Nguyen Hoa Binh")."""
    before = re.search(r"(\w+)\.?\s+$", folded[:start])
    if not before or before.group(1) not in _NOT_PROVINCE_BEFORE:
        return False
    return text[before.start()].isupper()
