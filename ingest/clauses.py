"""Cut a sentence with many figures into clauses, and clauses into segments.

A clause ends at a semicolon, or at a colon that opens a list. A segment is the
stretch of a clause that belongs to one figure: "12 ministries" and
"4 businesses" in "connected to 12 ministries, 4 businesses".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.grammar.marks import grammar_fold
from index.grammar.numbers import mask
from index.grammar.quantity import Quantity
from index.grammar.words import STOP_WORDS, word_set, words


@dataclass(frozen=True, slots=True)
class Segment:
    """What belongs to one quantity. Offsets are into the sentence."""

    quantity: Quantity
    clause: tuple[int, int]
    start: int
    end: int
    subject: str  # the words that say what is counted
    borrowed: bool  # True where they stand in an earlier segment


_CLAUSE_END = re.compile(r";|:(?=\s)|(?<=[^\d\s])\.\s+(?=[A-ZĐ])|…\s")
_CUT = re.compile(
    r",(?!\d)|\(|\)|\s(?:and|(?<!compared )with|while|whereas|including|of which"
    r"|in which|but|va|(?<!so )voi|trong do(?! tuoi)|trong khi"
    r"|con(?!\s+(?i:du|no|thieu|lai|ton|han|hieu|cham)\b))\s"
)
# Figures that are told in one row and their times or places in another.
RESPECTIVELY = re.compile(r"\b(?:respectively|lan luot|tuong ung)\b")
_TURNS = {"while", "whereas", "but", "con", "trong khi"}  # … to another time or place
_RESTATES = re.compile(r"\([^()]*\b(?:19|20)\d\d\b")  # "(97.2% in 2023)"
# Words that hold a figure without saying what it counts.
_EMPTY = STOP_WORDS | word_set(
    """
    reach reached reaches reaching achieve achieved achieving attained stands stood
    rate rates percentage proportion number total share ratio figure value level
    increase increased increases increasing up down decrease decreased rise rose
    fall fell compared same period respectively estimated expected target targets
    goal strive strives striving least most more less nearly over approximately
    around higher lower times than equivalent accounting accounts equal average
    cumulative year years month months quarter first last end beginning percent
    points point ti ty le tong
    so luong dat tang giam cung ky uoc du kien muc tieu chi phan dau gan hon khoang
    truong hop vu particular alone rieng went goes
    climbed moved place places position
    tuong ung lan luot chiem bang binh quan luy ke thang quy cuoi tram diem gap nam
    ngay len xuong duong
    """
)


def clauses(sentence: str) -> list[tuple[int, int]]:
    """The clauses of *sentence*, as offsets without surrounding white space."""
    cuts = [0, *(m.end() for m in _CLAUSE_END.finditer(sentence)), len(sentence)]
    spans = []
    for start, end in pairwise(cuts):
        inside = sentence[start:end].rstrip(";: \t\n")
        first = start + len(inside) - len(inside.lstrip())
        if inside.strip():
            spans.append((first, start + len(inside)))
    return spans


def segments(
    sentence: str,
    quantities: Sequence[Quantity],
    named: Sequence[tuple[int, int]] = (),
    earlier: str = "",
) -> list[Segment]:
    """One segment a quantity, in order.

    named: offsets of periods and places, which do not say what is counted.
    earlier: the last subject of the sentence before, for "Of which, Hue 95%".
    """
    found: list[Segment] = []
    bare = mask(sentence, list(named))
    for clause in clauses(sentence):
        here = [q for q in quantities if clause[0] <= q.start < clause[1]]
        inside = [q for i, q in enumerate(here) if not i or q.start >= here[i - 1].end]
        borders = _borders(sentence, clause, inside)
        lead = _lead(sentence, clause)
        if lead and not _content(_lead(bare, clause)):
            lead = f"{earlier} {lead}".strip()  # "In Hue: 95%" of what came before
        for quantity, start, end in zip(inside, borders, borders[1:], strict=False):
            own = _subject(sentence, start, end, quantity)
            count = len(_content(_subject(bare, start, end, quantity)))
            # Of a sentence of its own, a single word says what is counted.
            thin = count < 2 if found or lead else count == 0
            begun = bool(found) and found[-1].clause == clause
            told = earlier if begun else lead or earlier
            subject = f"{told} {own}".strip() if thin else own
            found.append(Segment(quantity, clause, start, end, subject, thin))
            if not thin:
                earlier = own
            elif lead and not begun:
                earlier = lead
        # A number inside another ("193" in "71st out of 193") shares its segment.
        for nested in (q for q in here if q not in inside):
            host = next(s for s in reversed(found) if s.quantity.start <= nested.start)
            found.append(replace(host, quantity=nested))
    return found


def _lead(sentence: str, clause: tuple[int, int]) -> str:
    """What stands before the colon that opens the clause ("Rice exports: 8 tons")."""
    before = sentence[: clause[0]].rstrip()
    if not before.endswith(":"):
        return ""
    return "".join(before[start:end] for start, end in clauses(before)[-1:])


def _borders(
    sentence: str, clause: tuple[int, int], inside: Sequence[Quantity]
) -> list[int]:
    """Where each quantity's segment starts, and where the last one ends."""
    borders = [clause[0]]
    folded = grammar_fold(sentence)
    paired = RESPECTIVELY.search(folded, *clause) is not None
    for left, right in pairwise(inside):
        cuts = list(_CUT.finditer(folded, left.end, right.start))
        if not cuts:
            borders.append(max(right.told_from, left.end))
            continue
        if _RESTATES.match(folded, cuts[-1].start()):
            borders.append(cuts[-1].start())
            continue
        # "78.9%, while in 2022 and 2023 it was 52.7% and 66.0% respectively".
        turns = [c for c in cuts if c.group().strip() in _TURNS]
        if turns and paired:
            borders.append(turns[0].start())
            continue
        figure_first = not _content(sentence[cuts[-1].end() : right.start])
        # "Hue (18.5 million)": the name before the bracket is the figure's own.
        figure_first = figure_first and cuts[-1].group() != "("
        cut = _before_name(sentence, cuts) if figure_first else cuts[0]
        borders.append(cut.end() if cut.group().strip() in {",", ")"} else cut.start())
    return [*borders, clause[1]]


def _before_name(sentence: str, cuts: Sequence[re.Match[str]]) -> re.Match[str]:
    """Where what the second figure counts begins, or the last of *cuts*.

    "7,790 are late, most of them on land with 5,330", "and the EU third with 51.7".
    """
    if cuts[-1].group().strip() not in {"with", "voi"}:
        return cuts[-1]
    commas = [c for c in cuts[:-1] if c.group() == ","]
    for cut in commas or cuts[:-1]:
        if _content(sentence[cut.end() : cuts[-1].start()]):
            return cut
    return cuts[-1]


def _subject(sentence: str, start: int, end: int, quantity: Quantity) -> str:
    """The segment's words without the figure itself."""
    before = sentence[start : quantity.start].strip(" ,;:()")
    after = sentence[quantity.end : end].strip(" ,;:()")
    if quantity.hedge and before.endswith(quantity.hedge):
        before = before[: -len(quantity.hedge)].rstrip()
    return " ".join(part for part in (before, after) if part)


def _content(text: str) -> list[str]:
    return [w.form for w in words(text) if w.form not in _EMPTY and w.form.isalpha()]
