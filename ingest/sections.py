"""Headings of a report, and what they say of the figures below them.

A plan tells its goals in bare lines ("5. Households with fibre: 85%") under a heading
that says they are goals, and for when.
"""

import re
from dataclasses import dataclass

from index.grammar.marks import grammar_fold
from index.grammar.periods import Period, Role, find_periods
from ingest.times import can_hold

_LONGEST = 110  # characters of a heading
_BARE = 70  # of one that has neither number nor capitals
_NUMBERED = re.compile(r"\s*(?:[IVX]{1,5}|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*)[.)]\s*\S")
_AIMS = re.compile(
    r"\b(?:targets?|goals?|objectives?|tasks?|orientations?|directions?|plan for"
    r"|muc tieu|chi tieu|nhiem vu|phuong huong|ke hoach nam|giai phap|solutions?"
    r"|measures?|bien phap)\b"
)
_RESULTS = re.compile(
    r"\b(?:results?|situation|achiev\w+|implementation (?:of|in)|ket qua|tinh hinh"
    r"|thuc trang|dat duoc|limitations?|shortcomings?|difficult\w+|ton tai|han che"
    r"|kho khan)\b"
)


@dataclass(frozen=True, slots=True)
class Section:
    """What holds for the figures of a section that say nothing else.

    period: None where the heading names none.
    aims: True under a heading of goals or tasks.
    """

    period: Period | None = None
    aims: bool = False


def section_of(
    text: str, year: int | None, before: Section, *, item: bool = False
) -> Section | None:
    """The section that *text* opens, or None if it is no heading.

    year: the one meant where a heading names a month only.
    before: the section that ends here; goals go on until a heading names another year
        or results.
    item: it is an item of a list, which may be as short as a heading.
    """
    if not (_is_heading(text) or (not item and _is_bare_heading(text))):
        return None
    folded = grammar_fold(text)
    named = {period for period, _ in _periods(text, year)}
    period = named.pop() if len(named) == 1 else None
    results = _RESULTS.search(folded) is not None
    aims = bool(_AIMS.search(folded)) and not results
    if results and period and year and period.start.year > year:
        period = None  # "Limitations, and tasks for 2026": told of both
    if period is None and before.aims and not results:
        period = before.period
    return Section(period, aims)


def _periods(text: str, year: int | None) -> list[tuple[Period, Role]]:
    """The periods that a section can be about, each with its role, in order."""
    return [
        (m.period, m.role)
        for m in find_periods(text, year)
        if m.period and can_hold(m.period)
    ]


# A sentence that asks for what is listed below it.
_ASKS = re.compile(
    r"\b(?:striv\w+|aim\w*|focus\w*|request\w*|asked|asks|urg\w+|assign\w*|instruct\w*"
    r"|phan dau|yeu cau|de nghi|giao|tap trung|thuc hien tot)\b"
)


def list_below(text: str, year: int | None) -> Section | None:
    """What a sentence that ends in a colon says of the items below it, or None.

    year: the one meant where it names a month only.
    """
    if not text.rstrip().endswith(":"):
        return None
    folded = grammar_fold(text)
    named = [period for period, role in _periods(text, year) if role != "compared"]
    wanted = _AIMS.search(folded) or _ASKS.search(folded)
    aims = wanted is not None and not _RESULTS.search(folded)
    return Section(named[-1] if named else None, aims) if named or aims else None


_TIME = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}\s+(?:months|thang)\b")


def _is_bare_heading(text: str) -> bool:
    """True for a short line of words that stands alone: "Key tasks in 2025"."""
    line = text.strip()
    if not 8 <= len(line) <= _BARE or line[-1] in '.;,:?!…)”"' or ":" in line:
        return False
    counts = re.search(r"[\d%]", _TIME.sub("", grammar_fold(line)))
    return line[0].isupper() and " " in line and "," not in line and counts is None


def _is_heading(text: str) -> bool:
    """True for a short numbered line, or one in capitals, that is no sentence."""
    line = text.strip()
    if not line or len(line) > _LONGEST or line[-1] in ".;,:?!…" or "%" in line:
        return False
    return line.isupper() or (
        _NUMBERED.match(line) is not None and not re.search(r":\s", line)
    )
