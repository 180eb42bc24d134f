"""Lists that are asked for: in one sentence, or over several.

The items of a report are often sentences of their own, numbered or lettered, or stand
below a sentence that announces them.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from answer.coverage import Coverage
from answer.evidence import Candidate
from answer.glossary import stem
from answer.material import Material
from answer.question import Question, Term
from answer.spans import list_part
from index.grammar.words import Word, fold_in_place, words
from index.records import StoredSentence

_GOOD = 0.6  # of the best score, for a sentence that holds a list
_DEPTH, _OPENS = 8, 20  # sentences looked at, characters in which one names its number
_MOST = 12  # items shown
_BELOW = 8  # sentences below a colon where none of them is marked as an item
_REPEATED = 3  # times that a word stands in a list whose items begin with it
_NAMED = 30  # characters behind the number in which a list is named
_ITEM_ENDS = re.compile(r"[;,](?!\d)|\s(?:and|và)\s")
_CLOSED = re.compile(r"[\"”»;,.:)]")
_GAP = 2  # sentences between two items that tell more of the first
_MARK = re.compile(
    r"\W*(?:\(?[a-z]\)\s|\(?\d{1,2}[.)]\s|[-–•+*]\s"
    r"|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?:ly)?\b"
    r"(?! (?:quarter|half|place|time|year|phase|meeting|session))"
    r"|thu (?:nhat|hai|ba|tu|nam|sau|bay|tam|chin|muoi)\b"
    r"|(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi) la\b)"
)
_COUNTED = re.compile(r"\b(?P<n>[2-9]|1[0-2])\b|\b(?P<word>two|three|four|five|six"
                      r"|seven|eight|nine|ten|hai|bon|sau|bay|tam|chin)\b")  # fmt: skip
# Of a list that is only named, maybe a long one: "the 34 localities".
_ANY_COUNT = re.compile(_COUNTED.pattern.replace("1[0-2]", r"[1-9]\d", 1))
_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "hai": 2, "bon": 4, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """ "The 5 pushes": how many items, and the terms that name them."""

    number: int
    terms: tuple[Term, ...]


def counted(question: Question) -> Counted | None:
    """The list that *question* names by its number of items, or None."""
    folded = fold_in_place(question.text)
    for match in _ANY_COUNT.finditer(folded):
        reach = match.end() + _NAMED
        terms = tuple(t for t in question.terms if match.end() <= t.start <= reach)
        if terms:
            return Counted(_number(match), terms[:2])
    return None


def announces(wanted: Counted, candidate: Candidate, cover: Coverage) -> int | None:
    """Where a sentence names the list itself, or None: offset behind "5 pushes"."""
    text = candidate.text
    for match in _ANY_COUNT.finditer(fold_in_place(text)):
        behind = text[match.end() : match.end() + _NAMED]
        if _number(match) == wanted.number and any(
            cover.has(term, behind) for term in wanted.terms
        ):
            return match.end()
    return None


def repeats(wanted: Counted, candidate: Candidate) -> bool:
    """ "Rõ người, rõ việc, rõ thời gian, …": the items of "5 rõ" all begin with it."""
    return repeated_part(wanted, candidate) is not None


def repeated_part(wanted: Counted, candidate: Candidate) -> tuple[int, int] | None:
    """Where those items stand in the sentence, or None."""
    language, text = candidate.report.language, candidate.text
    places: dict[str, list[Word]] = defaultdict(list)
    for word in words(text):
        places[stem(word.form) if language == "en" else word.form].append(word)
    single = (f[0] for t in wanted.terms for f in t.forms[language] if len(f) == 1)
    least = max(_REPEATED, wanted.number)
    found = next((places[w] for w in single if len(places[w]) >= least), None)
    if found is None:
        return None
    closed = _CLOSED.search(text, found[-1].end)
    return found[0].start, closed.start() if closed else len(text)


def tells_items(
    wanted: Counted, candidate: Candidate, at: int, material: Material
) -> bool:
    """Does a sentence that names the list at *at* tell its items, or those below it?"""
    text = candidate.text
    _, below = whole_list(candidate, material)
    if below or opens_list(text):
        return True
    part = list_part(text[at:])
    return part is not None and len(_ITEM_ENDS.split(text[at:][slice(*part)])) >= max(
        2, wanted.number - 1
    )


def list_like(asked: str, ranked: Sequence[Candidate]) -> Candidate:
    """The best sentence that holds a list, if one is nearly as good as the best.

    asked: the question; its number of items is the list's.
    """
    best = ranked[0]
    if is_item(best.text):
        return best
    numbers = {_number(m) for m in _COUNTED.finditer(fold_in_place(asked))}
    for candidate in ranked[:_DEPTH]:
        # "What are the 5 pushes?": the sentence that begins with the five.
        opening = _COUNTED.search(fold_in_place(candidate.text[:_OPENS]))
        if opening and _number(opening) in numbers and list_part(candidate.text):
            return candidate
    for candidate in ranked[:6]:
        opens = list_part(candidate.text) or opens_list(candidate.text)
        if candidate.score >= _GOOD * best.score and opens:
            return candidate
    return best


def _number(match: re.Match[str]) -> int:
    return int(match["n"]) if match["n"] else _WORDS[match["word"]]


def is_item(text: str) -> bool:
    """True for a sentence that is an item by its mark: "b) …", "Second, …"."""
    return _MARK.match(fold_in_place(text)) is not None


def opens_list(text: str) -> bool:
    """True for a sentence, or a passage, whose end announces what stands below it."""
    return text.rstrip().endswith(":")


def whole_list(
    best: Candidate, material: Material
) -> tuple[Candidate, tuple[Candidate, ...]]:
    """The sentence that the list begins with, and the other sentences of the list."""
    rows = {s.row: s for s in material.sentences if s.report == best.sentence.report}
    at = best.sentence.row
    if is_item(best.text):
        items = [*reversed(_run(rows, at, -1)), rows[at], *_run(rows, at, 1)]
    else:
        items = [rows[at], *(_below(best.text, rows, at))]
    first, *rest = items[:_MOST]
    others = tuple(replace(best, sentence=s, stored=None) for s in rest)
    return (best if first is best.sentence else replace(best, sentence=first)), others


def _run(rows: dict[int, StoredSentence], at: int, step: int) -> list[StoredSentence]:
    """The items before or behind the one at *at*, the nearest first."""
    found: list[StoredSentence] = []
    row, gap = at + step, 0
    while row in rows and gap <= _GAP:
        if is_item(rows[row].sentence.text):
            found.append(rows[row])
            gap = 0
        else:
            gap += 1
        row += step
    return found


def _below(text: str, rows: dict[int, StoredSentence], at: int) -> list[StoredSentence]:
    """The sentences below one that announces a list, or holds its beginning."""
    following = rows.get(at + 1)
    if following is None:
        return []
    if is_item(following.sentence.text):
        part = list_part(text)
        return [] if part and not opens_list(text) else _run(rows, at, 1)
    if opens_list(text):
        return [rows[r] for r in range(at + 1, at + 1 + _BELOW) if r in rows]
    return _still_missing(text, rows, at)


def _still_missing(
    text: str, rows: dict[int, StoredSentence], at: int
) -> list[StoredSentence]:
    """What completes "“5 boosts” include: A; B." where the next sentence goes on."""
    part = list_part(text)
    number = _COUNTED.search(fold_in_place(text[: part[0]])) if part else None
    if part is None or number is None:
        return []
    wanted = _number(number)
    have, found = _items(text[slice(*part)]), list[StoredSentence]()
    while have < wanted and (row := rows.get(at + 1 + len(found))):
        have += _items(row.sentence.text)
        found.append(row)
    return found if have == wanted else []


def _items(text: str) -> int:
    return len([item for item in text.split(";") if item.strip()])
