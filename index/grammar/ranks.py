"""Ranks as reports write them: "71st out of 193", "xếp thứ 4 trong 63", "top 10"."""

import re
from collections.abc import Iterator

from index.grammar.quantity import Quantity, rank

_EN = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
       "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth",
       "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
       "twentieth")  # fmt: skip
_VI = {"nhat": 1, "hai": 2, "nhi": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7,
       "tam": 8, "chin": 9, "muoi": 10}  # fmt: skip
_NUMBER = {word: number for number, word in enumerate(_EN, 1)} | _VI
_NUMBER |= {"three": 3, "five": 5, "ten": 10, "twenty": 20, "bon": 4, "dau": 1}
_ORDINAL_WORD = "|".join(_EN)
_VI_WORD = "|".join(_VI)

_ORDINAL = re.compile(
    r"(?<!\w)(?P<n>\d{1,4})(?:st|nd|rd|th)\b"
    r"(?:\s+(?:place\s+|position\s+)?(?:out\s+of|of|/|among|in)\s+(?:the\s+)?"
    r"(?P<of>\d{1,4})\b)?"
)
_RANK_VERB = r"(?:rank(?:s|ed|ing)?|placed?|position(?:ed)?)\s+(?:at\s+)?"
_EN_RANK = re.compile(
    rf"\b{_RANK_VERB}(?P<n>\d{{1,4}})(?:\s*(?:/|out\s+of|of|among)\s*(?P<of>\d{{1,4}}))?"
    r"\b(?![.,%]?\d|\s*%)"
)
_VI_RANK = re.compile(
    r"\b(?:(?P<sure>(?:vi tri|xep|hang)\s+(?:thu\s+)?|dung\s+thu\s+)|thu\s+)"
    r"(?P<n>\d{1,4})\b"
    r"(?:\s*/\s*(?P<of>\d{1,4})|\s+(?:tren|trong)\s+(?:tong\s+so\s+)?(?P<of2>\d{1,4}))?"
    r"(?!\s*%|[.,]\d)"
)
_WORDS = re.compile(
    rf"\b(?:(?:{_RANK_VERB}|(?:stood|stands|came|finish(?:ed|es|ing)?)\s+)"
    rf"(?P<a>{_ORDINAL_WORD})\b(?!\s+(?:time|half|quarter|year|in\s+line))"
    rf"|(?P<b>{_ORDINAL_WORD})\s+(?:place|position)\b"
    r"(?:\s+(?:out\s+of|of|among)\s+(?:the\s+)?(?P<of>\d{1,4})\b)?"
    rf"|(?P<c>{_ORDINAL_WORD})(?=[\s-](?:highest|largest|biggest|best|fastest|most)\b)"
    r"|(?:xep|dung|hang|vi tri|giu)\s+(?:(?:hang|vi tri)\s+)?"
    rf"(?P<d>thu\s+(?:{_VI_WORD}))\b"
    r"(?!\s+(?:truong|ky|linh))"
    r"|hang\s+(?P<e>nhat|nhi)\b"
    r"|(?<!nguoi\s)(?P<f>(?:dung|dan)\s+dau)(?=\s+(?:ca nuoc|toan quoc|khu vuc|the gioi"
    r"|bang|trong|ve)\b))"
)
_TOP = re.compile(r"\btop\s+(?P<n>\d{1,4}|three|five|ten|twenty|ba|nam|muoi)\b(?!\s*%)")
_RANK_NEAR = re.compile(
    r"\b(?:rank|place|position|out of|hang|xep|vi tri|leading|index|chi so|in the world"
    r"|largest|highest|globally)"
)
_NOT_A_RANK = re.compile(
    r"\s*(?:meeting|session|century|anniversary|conference|congress|plenum|term|"
    r"grade|birthday|floor|day|quarter|edition|time\b|phien|hoi nghi|ky hop|dai hoi)"
)


_IN_TURN = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_EN[1:10])})|(?P<n>\d{{1,2}})(?:st|nd|rd|th))\b"
    r"(?=\s*(?:[,.;)]|and\b|with\b|$))"
)
_TURN_BEFORE = re.compile(
    rf"\b(?:rank\w*|stood|came|placed)\s+(?:{_ORDINAL_WORD}|\d+(?:st|nd|rd|th))\b"
    r"(?:[^.;]|\.\d)*\s(?:[^\W\d]+\s+)+$"
)


def find_ranks(text: str, folded: str) -> Iterator[Quantity]:
    """The ranks of *text*; *folded* is its fold for the grammar."""
    yield from _ordinals(text, folded)
    yield from _vietnamese(text, folded)
    yield from _in_turn(text, folded)
    for match in _EN_RANK.finditer(folded):
        yield rank(text, (match.start("n"), match.end()), int(match["n"]), match["of"])
    for match in _WORDS.finditer(folded):
        name = match.lastgroup if match.lastgroup != "of" else "b"
        span = match.start(name or 0), match.end("of" if match["of"] else name or 0)
        number = _NUMBER[match[name or 0].split()[-1]]
        yield rank(text, span, number, match["of"])
    for match in _TOP.finditer(folded):
        number = int(match["n"]) if match["n"].isdigit() else _NUMBER[match["n"]]
        raw = text[match.start() : match.end()]
        yield Quantity(*match.span(), raw, "rank", float(number), "top")


def _ordinals(text: str, folded: str) -> Iterator[Quantity]:
    last: int | None = None  # where the rank before ends: "29th in A, … and 36th in B"
    for match in _ORDINAL.finditer(folded):
        start, end = match.span()
        near = folded[max(0, start - 60) : end + 40]
        between = folded[last:start] if last is not None else "."
        follows = len(between) < 60 and "." not in between
        if _NOT_A_RANK.match(folded, end) or not (
            match["of"] or follows or _RANK_NEAR.search(near)
        ):
            continue
        last = end
        yield rank(text, (start, end), int(match["n"]), match["of"])


def _in_turn(text: str, folded: str) -> Iterator[Quantity]:
    """The ranks told of others in turn: "A ranked first, B second and C 11th"."""
    for match in _IN_TURN.finditer(folded):
        lead = folded[max(0, match.start() - 80) : match.start()]
        if _TURN_BEFORE.search(lead):
            number = match["n"] or _NUMBER[match["word"]]
            yield rank(text, match.span(), int(number), None)


def _vietnamese(text: str, folded: str) -> Iterator[Quantity]:
    for match in _VI_RANK.finditer(folded):
        start, end = match.start("n"), match.end()
        if _NOT_A_RANK.match(folded, end):
            continue
        of = match["of"] or match["of2"]
        near = folded[max(0, start - 50) : end + 30]
        if match["sure"] or of or _RANK_NEAR.search(near):
            yield rank(text, (start, end), int(match["n"]), of)


def find_fields(text: str, folded: str) -> Iterator[Quantity]:
    """How many take part in a ranking: the 193 of "71st out of 193 countries"."""
    for match in _ORDINAL.finditer(folded):
        if match["of"]:
            span = match.span("of")
            raw = text[span[0] : span[1]]
            yield Quantity(*span, raw, "count", float(match["of"]), "")
