"""The year a report speaks of, from what it says about itself and its results.

It dates figures that name no period of their own, so a wrong year is worse
than none: clues are weighed, and where they do not suffice the year is None.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from index.grammar.periods import PeriodMention, find_periods
from index.grammar.words import fold_in_place
from ingest.times import is_day, told, usable

_REVIEW = re.compile(
    r"\b(?:summar(?:y|i[sz]e[sd]?|i[sz]ing)|review(?:s|ed|ing)?|results?|outcomes?"
    r"|report(?:s|ed|ing)? on|evaluat(?:e[sd]?|ing|ion)|achievements?|annual report"
    r"|tong ket|so ket|ket qua|danh gia|tinh hinh|bao cao)\b"
)
_AHEAD = re.compile(
    r"\b(?:will|would|shall|must|should|needs?|(?:is|are) to (?:be|have|reach)"
    r"|striv(?:e|es|ing)|aim(?:s|ing)?|directions?"
    r"|tasks?|plans?|vision|to be \w+ed|urgently|ensur(?:e|es|ing)|requests?|requested"
    r"|target(?:s|ed|ing)?|goals? (?:for|of)|focus(?:es|ing)? on|next year"
    r"|expected|scheduled|du kien"
    r"|se|can|phai|phan dau|nhiem vu|phuong huong|ke hoach|muc tieu|chi tieu"
    r"|tam nhin|tap trung|yeu cau|du toan)\b"
)
_DONE = re.compile(
    r"\b(?:(?:has|have|had) (?:also |already |been |\w+ly )*\w+(?:ed|en|t|ne|de|wn)"
    r"|has|have been|was|were|reached|achieved|completed|recorded|attained|rose|fell"
    r"|grew|increased|decreased|exceeded|issued|ranked|accounted|stood at"
    r"|da|dat|hoan thanh|tang|giam|vuot|xep|ghi nhan)\b"
)
# Of what is done, what cannot tell of a goal.
_PAST = re.compile(
    r"\b(?:(?:has|have) (?:also |already )?\w+(?:ed|wn)|had|(?:has|have) been|was|were"
    r"|reached|achieved|completed|recorded|attained|rose|fell|grew|exceeded|ranked|da)\b"
)
_AS_OF = re.compile(
    r"\b(?:as (?:of|at)|tinh den(?: het)?)\s+(?:the end of\s+|ngay\s+)?$"
)
_PLAN_FOR = re.compile(
    r"\b(?:plans?|targets?|goals?|tasks?|directions?|budgets?|ke hoach|muc tieu"
    r"|chi tieu|nhiem vu|phuong huong|du toan)\s+(?:\w+\s+){0,3}$"
)
_EVENT = re.compile(
    r"\b(?:conference|meeting|session|ceremony|workshop|forum|dialogue|seminar|briefing"
    r"|chaired|held|attended|hoi nghi|hoi thao|phien hop|cuoc hop|buoi|toa dam"
    r"|doi thoai|chu tri|to chuc)\b"
)
_YEAR = re.compile(r"(?:19|20)\d\d")  # most sentences name none: look no further
_BREAK = re.compile(r"[.;:](?=\s)")
_OPENS_WITH = 3  # weight of "In 2024, … reached …", and of "as of"
_HALF = 6  # months of a year
_OPENING = 3  # sentences that say what the report is about
_ENOUGH = 2  # weight from which a year counts as one of results
_DOMINANT = 3  # times as much weight: then a later year is an aside


@dataclass(frozen=True, slots=True)
class _Clue:
    """A year in a sentence and what the words around it make of it."""

    year: int
    weight: int  # 0: says nothing about results


def year_of(
    title: str | None, sentences: Sequence[str], published: date | None = None
) -> int | None:
    """Return the year of the results that a report gives, None where that is unclear.

    title: the report's own, None if it has none.
    sentences: its content in order, without the title.
    published: the day on which it came out, if it says so: results are of that year
    or, in its first half, of the one before. So with the day of a meeting.
    """
    opening = ([title] if title else []) + list(sentences[:_OPENING])
    reviewed = [*map(_reviewed, opening), _named(title) if title else None]
    for found in reviewed:
        if found is not None and (published is None or found <= published.year):
            return found
    weights: Counter[int] = Counter()
    for sentence in sentences:
        for clue in _clues(sentence):
            weights[clue.year] += clue.weight
    held = next(filter(None, map(_event_day, sentences[:_OPENING])), None)
    told_on = published or held
    if told_on is not None:
        first = told_on.year - (told_on.month <= _HALF)
        near = range(first, told_on.year + 1)
        weights = Counter({y: weights[y] for y in weights if y in near})
    return _latest(weights) or (held.year if held else None)


def _reviewed(text: str) -> int | None:
    """Return the year in "to summarise the work in 2024, and tasks for 2025"."""
    folded = fold_in_place(text)
    cue = _REVIEW.search(folded)
    if not cue:
        return None
    for mention in told(find_periods(text), text):
        if mention.start < cue.end() or mention.role in {"compared", "since"}:
            continue
        between = folded[cue.end() : mention.start]
        # "According to a report of January 14" is no review of that day, nor of what
        # it is compared with.
        if is_day(mention) or ";" in between:
            return None
        if _is_single(mention) and not _AHEAD.search(between):
            return _year(mention)
    return None


def _named(title: str) -> int | None:
    """Return the only year of a title that does not look ahead."""
    years = {_year(mention) for mention in _single_years(find_periods(title))}
    ahead = _AHEAD.search(fold_in_place(title))
    return years.pop() if len(years) == 1 and not ahead else None


def tells_of_event(sentence: str) -> bool:
    """Return whether a sentence tells of a meeting or the like."""
    return _EVENT.search(fold_in_place(sentence)) is not None


def opens_with_result(sentence: str, mention: PeriodMention) -> bool:
    """Return whether a clause opens with a period and what was reached in it."""
    return _weight(fold_in_place(sentence), mention) == _OPENS_WITH


def is_as_of(sentence: str, mention: PeriodMention) -> bool:
    """Return whether a state is told of: "as of March 31, 2025"."""
    return _AS_OF.search(fold_in_place(sentence)[: mention.start]) is not None


def looks_ahead(sentence: str, mention: PeriodMention) -> bool:
    """Return whether what a sentence says of a period is yet to come."""
    return _is_ahead(fold_in_place(sentence), mention)


def _event_day(sentence: str) -> date | None:
    """Return the day of "On 6 February 2025 the meeting was held"."""
    if not tells_of_event(sentence):
        return None
    for mention in usable(find_periods(sentence), sentence):
        if mention.period and is_day(mention) and mention.role == "at":
            return mention.period.start
    return None


def _clues(sentence: str) -> Iterator[_Clue]:
    if not _YEAR.search(sentence):
        return
    folded = fold_in_place(sentence)
    for mention in usable(find_periods(sentence), sentence):
        if mention.role == "compared":
            # What is compared with a year came after it.
            yield _Clue(_year(mention) + 1, 1)
        elif mention.role not in {"range", "since"} and _is_single(mention):
            yield _Clue(_year(mention), _weight(folded, mention))


def _weight(folded: str, mention: PeriodMention) -> int:
    before = folded[: mention.start]
    if _is_ahead(folded, mention):
        return 0
    if _AS_OF.search(before):
        return _OPENS_WITH
    clause = _clause_of(folded, mention)
    if not _DONE.search(clause):
        return 0
    if mention.role == "by" and not _PAST.search(clause):
        return 0  # "đến năm 2030, kinh tế số đạt 30%"
    opens = len(before) - _opening_of(folded, mention) < 12
    return _OPENS_WITH if opens else 2


def _is_ahead(folded: str, mention: PeriodMention) -> bool:
    return bool(
        _PLAN_FOR.search(folded[: mention.start])
        or _AHEAD.search(_clause_of(folded, mention))
    )


def _opening_of(folded: str, mention: PeriodMention) -> int:
    """Return where the clause of a mention starts."""
    return max((m.end() for m in _BREAK.finditer(folded, 0, mention.start)), default=0)


def _clause_of(folded: str, mention: PeriodMention) -> str:
    after = _BREAK.search(folded, mention.end)
    last = after.start() if after else len(folded)
    return folded[_opening_of(folded, mention) : last]


def _latest(weights: Counter[int]) -> int | None:
    """Return the last year with results, unless an earlier one outweighs it by far."""
    known = [year for year, weight in weights.items() if weight >= _ENOUGH]
    if not known:
        return None
    latest, heaviest = max(known), max(known, key=lambda year: (weights[year], year))
    if weights[heaviest] >= _DOMINANT * weights[latest]:
        return heaviest
    return latest


def _single_years(mentions: Sequence[PeriodMention]) -> Iterator[PeriodMention]:
    return (
        m for m in mentions if m.role not in {"compared", "since"} and _is_single(m)
    )


def _is_single(mention: PeriodMention) -> bool:
    period = mention.period
    return period is not None and period.start.year == period.end.year


def _year(mention: PeriodMention) -> int:
    if mention.period is None:
        raise ValueError(f"no year in {mention.text!r}")
    return mention.period.end.year
