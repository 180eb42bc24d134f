"""Which reports are near-identical copies, and which have been corrected.

Both are worked out anew from all reports at each commit, so the outcome does
not depend on the order in which they came.

A copy tells the same figures in the same order and nearly the same words. Two
reports of one form with other figures, or of other years, are no copies. A
corrected report names the earlier one (`supersedes`), or has its address and a
later date; the earlier one stays in the store and leaves search and answers.
"""

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel, Levenshtein

from index.grammar.words import fold
from index.records import ParsedReport

ALIKE = 0.9  # share of words in common, in order, from which two texts are one
_SHORTEST = 8  # words; less is a heading that many reports may share

_NUMBER = re.compile(r"\d+")


class Kin(NamedTuple):
    """What is known of a report when its relations are worked out."""

    id: int
    name: str
    likeness: str
    number: str | None
    url: str | None
    published: str | None
    period: str | None
    language: str
    supersedes: str | None
    copy_of: str | None
    superseded_by: str | None

    @property
    def age(self) -> tuple[str, str]:
        """Order of appearance: by date, undated ones last, then by name."""
        return (self.published or "9999", self.name)


class Settled(NamedTuple):
    """Reports by id that are to leave full-text search, and to come back to it."""

    hidden: list[int]
    shown: list[int]


def likeness(parsed: ParsedReport) -> str:
    """Return what near-identical reports have in common, by which they are found.

    The figures in order; where there are none the dates; else all words.
    """
    values = [(f.kind, f.value, f.value_to) for f in parsed.figures if f.kind != "date"]
    dates = [("date", fold(f.raw)) for f in parsed.figures if f.kind == "date"]
    rest = values or dates or words_of(s.text for s in parsed.sentences)
    told = json.dumps([parsed.report.language, *rest])
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def words_of(texts: Iterable[str]) -> list[str]:
    """Return the words of a report's sentences without case, marks and signs."""
    return re.findall(r"\w+", fold(" ".join(texts)))


def are_copies(one: Sequence[str], two: Sequence[str]) -> bool:
    """Say if two reports of one likeness, given as words, are the same text.

    Words may be missing or added at most; where one number stands in the place
    of another they are two reports.
    """
    if min(len(one), len(two)) < _SHORTEST:
        return False
    if not Indel.normalized_similarity(one, two, score_cutoff=ALIKE):
        return False
    return not any(_differ(ours, theirs) for ours, theirs in _stretches(one, two))


def _stretches(
    one: Sequence[str], two: Sequence[str]
) -> Iterable[tuple[Sequence[str], Sequence[str]]]:
    """Yield what stands between the words that two texts share."""
    at_one = at_two = 0
    for block in Levenshtein.editops(one, two).as_matching_blocks():
        if block.a > at_one or block.b > at_two:
            yield one[at_one : block.a], two[at_two : block.b]
        at_one, at_two = block.a + block.size, block.b + block.size


def _differ(one: Sequence[str], two: Sequence[str]) -> bool:
    ours, theirs = _NUMBER.findall(" ".join(one)), _NUMBER.findall(" ".join(two))
    return bool(ours and theirs and ours != theirs)


# --- Corrections ---


def corrections(reports: Sequence[Kin]) -> dict[str, str]:
    """Return who supersedes whom: name of the earlier → name of the later.

    What a side file says goes before what addresses and dates suggest. A
    report that would, by a detour, supersede itself does not.
    """
    found: dict[str, str] = {}
    for old, new in [*_stated(reports), *_republished(reports)]:
        if old not in found and old not in _line(found, new):
            found[old] = new
    return found


def _stated(reports: Sequence[Kin]) -> Iterable[tuple[str, str]]:
    later = sorted((r for r in reports if r.supersedes), key=lambda r: r.age)
    if not later:
        return
    known: dict[str, str] = {}
    for report in sorted(reports, key=lambda r: r.age):
        if report.number:
            known.setdefault(fold(report.number), report.name)
    known |= {fold(report.name): report.name for report in reports}
    for report in later:
        old = known.get(fold((report.supersedes or "").strip()))
        if old and old != report.name:
            yield old, report.name


def _republished(reports: Sequence[Kin]) -> Iterable[tuple[str, str]]:
    """Yield pairs of one address, the later by date first to last.

    A bare host is no address of a report; and what speaks of another period is
    the next report of a series at that address, not a correction.
    """
    by_address: dict[tuple[str, str], list[Kin]] = {}
    for report in reports:
        address = _address(report.url) if report.url and report.published else None
        if address:
            by_address.setdefault((address, report.language), []).append(report)
    for group in by_address.values():
        if len(group) == 1:
            continue
        group.sort(key=lambda r: r.age)
        for at, old in enumerate(group):
            later = [new for new in group[at + 1 :] if _corrects(new, old)]
            if later:
                yield old.name, later[0].name


def _corrects(new: Kin, old: Kin) -> bool:
    same_period = not (new.period and old.period) or new.period == old.period
    return (new.published or "") > (old.published or "") and same_period


def _address(url: str) -> str | None:
    """Return what makes an address one of a report; None for a bare host.

    By hand: a library's parser takes ten times as long, for each report of all.
    """
    host, _, path = url.partition("//")[2].partition("#")[0].lower().partition("/")
    path = path.rstrip("/")
    return f"{host.removeprefix('www.')}/{path}" if path or "?" in host else None


def _line(found: Mapping[str, str], name: str | None) -> list[str]:
    """Return the report and all that supersede it, one after the other."""
    line: list[str] = []
    while name is not None:
        line.append(name)
        name = found.get(name)
    return line


# --- In the store ---


def settle(connection: sqlite3.Connection, touched: Iterable[str]) -> Settled:
    """Work out `copy_of` and `superseded_by` of all reports, and store them.

    touched: likenesses of which a report came, went or changed its name; the
        texts of no others are read.
    """
    columns = ", ".join(Kin._fields)
    reports = [
        Kin(*row)
        for row in connection.execute(f"SELECT {columns} FROM reports ORDER BY name")  # noqa: S608 - our names
    ]
    copies = _copies(connection, reports, set(touched))
    superseded = _with_copies(corrections(reports), copies)
    settled = Settled([], [])
    for report in reports:
        of, by = copies.get(report.name), superseded.get(report.name)
        if (of, by) == (report.copy_of, report.superseded_by):
            continue
        connection.execute(
            "UPDATE reports SET copy_of = ?, superseded_by = ? WHERE id = ?",
            (of, by, report.id),
        )
        if (by is None) != (report.superseded_by is None):
            (settled.shown if by is None else settled.hidden).append(report.id)
    return settled


def _copies(
    connection: sqlite3.Connection, reports: Sequence[Kin], touched: set[str]
) -> dict[str, str]:
    """Return each copy's first, by name."""
    found = {r.name: r.copy_of for r in reports if r.copy_of}
    by_likeness: dict[str, list[Kin]] = {}
    near = [r for r in reports if r.likeness in touched]
    for report in sorted(near, key=lambda r: r.age):
        if report.likeness:  # not written before likenesses were
            found.pop(report.name, None)
            by_likeness.setdefault(report.likeness, []).append(report)
    for members in by_likeness.values():
        firsts: list[tuple[str, list[str]]] = []
        for report in members if len(members) > 1 else ():
            words = _words(connection, report.id)
            of = next((n for n, theirs in firsts if are_copies(theirs, words)), None)
            if of is None:
                firsts.append((report.name, words))
            else:
                found[report.name] = of
    return found


def _words(connection: sqlite3.Connection, report_id: int) -> list[str]:
    rows = connection.execute(
        "SELECT text FROM sentences WHERE report_id = ? ORDER BY row", (report_id,)
    )
    return words_of(text for (text,) in rows)


def _with_copies(
    superseded: Mapping[str, str], copies: Mapping[str, str]
) -> dict[str, str]:
    """Add the copies of what was corrected: they tell the same, outdated."""
    texts: dict[str, list[str]] = {}
    for name, first in copies.items():
        texts.setdefault(first, [first]).append(name)
    found = dict(superseded)
    for members in texts.values():
        later = [superseded[name] for name in members if name in superseded]
        later = [name for name in later if name not in members]
        for name in members if later else ():
            found.setdefault(name, later[0])
    return found
