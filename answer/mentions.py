"""Periods and places that a question names, and the words around them."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from answer.glossary import form_of
from answer.question import Form, Term
from index.grammar.periods import PeriodMention, find_periods, years
from index.grammar.places import PlaceMention, bare_name, country_spellings
from index.grammar.words import fold, fold_in_place, lies_in
from index.records import Language


def side_by_side(text: str, mentions: Sequence[PeriodMention]) -> bool:
    """True for two periods that are asked for together: "in 2022 and in 2023"."""
    folded = fold_in_place(text)
    return any(
        a.period
        and b.period
        and not a.period.overlaps(b.period)
        and _TOGETHER.fullmatch(folded, a.end, b.start)
        for a, b in itertools.pairwise(mentions)
    )


def from_to(text: str, mentions: Sequence[PeriodMention]) -> bool:
    """True for "from December 2023 to the April 2024 meeting"."""
    folded = fold_in_place(text)
    return any(
        (a.role == "since" or _SINCE.search(folded, 0, a.start))
        and _UNTIL.fullmatch(folded, a.end, b.start) is not None
        for a, b in itertools.pairwise(mentions)
    )


def since_its_start(
    text: str, mentions: Sequence[PeriodMention]
) -> list[PeriodMention]:
    """*mentions* without the start of a year up to a day or month of the same year.

    "From early 2024 to 16 July" counts what has come together by 16 July 2024.
    """
    folded = fold_in_place(text)
    found = list(mentions)
    for a, b in itertools.pairwise(mentions):
        begun = _since_start(folded, a)
        if begun is None or not _UNTIL.fullmatch(folded, a.end, b.start):
            continue
        dated = (m.period for m in find_periods(b.text, begun))
        until = b.period or next(dated, None)
        if until and until.start.year == until.end.year == begun:
            found.remove(a)
            found[found.index(b)] = replace(b, period=until)
    return found


def _since_start(folded: str, mention: PeriodMention) -> int | None:
    """The year whose start *mention* names, if it does."""
    if mention.period is None:
        return None
    first, last = mention.period.start, mention.period.end
    if first.year != last.year or first.month != 1:
        return None
    new_year = first == last and first.day == 1
    early = new_year or _EARLY.search(folded, 0, mention.start)
    return first.year if early else None


_EARLY = re.compile(
    r"\b(?:(?:from|since) (?:the )?(?:(?:beginning|start) of |early )"
    r"|tu dau (?:nam )?)$"
)
_TOGETHER = re.compile(
    r"[\s,]*(?:and|or|as well as|va|hay|hoac|cung nhu)(?: \w+){0,4}\s*"
)
_SINCE = re.compile(
    r"\b(?:from|since|tu)(?: (?:the|end|start|of|cuoi|dau|nam|thang|quy))* $"
)
_UNTIL = re.compile(r"\s*(?:to|until|till|up to|den|toi)(?: \w+){0,4}\s*")


_AFTER = re.compile(
    r"\b(?:after|beyond|following|post|sau|ke tu sau)(?:[ -](?:the|year|nam))*[ -]$"
)
_EVENT = re.compile(
    r" (?!(?:in|on|for|to|the|what|how|which|was|is|are|will|thi|la)\b)[a-z]"
)
_YEARS_ON = 5


def opened(text: str, mention: PeriodMention) -> PeriodMention:
    """ "In the years after 2025": the years behind it, and not that one."""
    period, folded = mention.period, fold_in_place(text)
    if period is None or not _AFTER.search(folded, 0, mention.start):
        return mention
    if folded[: mention.start].endswith("the ") and _EVENT.match(folded, mention.end):
        return mention  # "after the 2024 storm"
    if (period.start.month, period.end.month) != (1, 12):
        return mention
    later = years(period.end.year + 1, period.end.year + _YEARS_ON)
    return replace(mention, period=later)


def asked_about(
    mentions: Sequence[PeriodMention], settings: Sequence[tuple[int, int]]
) -> Sequence[PeriodMention]:
    """The periods of what is asked; a meeting's own day only if there is no other."""
    asked = [m for m in mentions if not lies_in(m.start, settings)]
    return asked or mentions


# With and without marks, as they are typed: "điện tử năm 2024" does not lead in by
# "từ".
_WAY_IN = re.compile(
    r"\b(?:(?:by|at|until|as of|from|since|in|of|the|end|close|start|beginning"
    r"|middle|year|ke tu|tu|den|het|cuoi|dau|giua|nam|trong|vao|tinh"
    r"|kể từ|từ|đến|hết|cuối|đầu|giữa|năm|vào|tính) +)+$"
)
_WAY_OUT = re.compile(r" +(?:ends?|closes?|ended|closed)\b")


def with_way_in(text: str, mention: PeriodMention) -> tuple[int, int]:
    """Where a period stands with the words that lead to it: "by the close of 2023"."""
    lowered = text.lower()
    before = _WAY_IN.search(lowered, 0, mention.start)
    behind = _WAY_OUT.match(lowered, mention.end)
    start = before.start() if before else mention.start
    return start, behind.end() if behind else mention.end


def country(mention: PlaceMention) -> Term:
    """A country is no place of Vietnam's figures, but evidence must name it."""
    spellings = country_spellings(mention.name)
    forms: dict[Language, tuple[Form, ...]] = {
        "en": tuple(form_of(s, "en") for s in spellings),
        "vi": tuple(form_of(s, "vi") for s in spellings),
    }
    return Term(fold(mention.name), forms, name=True, known=True, start=mention.start)


def district(mention: PlaceMention) -> Term:
    """A figure is mostly recorded under its province: evidence must name the part."""
    bare = bare_name(mention.name)
    form = tuple(bare.split())
    forms: dict[Language, tuple[Form, ...]] = {"en": (form,), "vi": (form,)}
    return Term(bare, forms, name=True, known=True, start=mention.start)
