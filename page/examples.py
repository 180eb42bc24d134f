"""Questions to try, made by rule from figures of the indexed reports.

A figure with a plain subject becomes a question in the language of the page;
where the report is in the other language, a term of the glossary in its
subject gives the words. Only questions that the assistant answers with that
very figure are kept, so a reader's first click succeeds.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from answer.assistant import Assistant
from answer.records import Answer
from index import ledger
from index.ledger import Row
from index.records import Language

WANTED = 6
_MOST_OF = 0.7  # share of a subject's words that a term must make up
A_REPORT, MOST = 20, 200  # figures that are tried: of one report, and of all

_WORD = r"[^\W\d_][\w'/-]*"
# What is counted, up to the verb that leads to its figure.
_EN_AMOUNT = re.compile(
    r"(?:the )?((?:total |average |growth )?(?:rate|share|percentage|proportion|"
    rf"number|value|volume|revenue|amount) of {_WORD}(?: {_WORD}){{0,9}}?)"
    r"(?: (?:nationwide|currently|has|have|had|will|is|are|was|were|to|be|been|only|"
    r"reach|reached|reaches|reaching|stood|at|accounts?|accounted|for|estimated))*",
    re.IGNORECASE,
)
# "90% of people have health books": what follows the figure.
_EN_PART = re.compile(rf"of {_WORD}(?: {_WORD}){{2,11}}")
_VI_AMOUNT = re.compile(
    r"((?:tỷ lệ|tỉ lệ|tỷ trọng|số lượng|tổng số|số|giá trị|doanh thu|kim ngạch|"
    rf"sản lượng|diện tích) {_WORD}(?: {_WORD}){{0,10}}?)"
    r"(?: (?:hiện|đã|sẽ|ước|là|đạt|chiếm|tăng|lên|trên|khoảng|được|mức|phấn|đấu))*",
    re.IGNORECASE,
)
_VI_PART = re.compile(rf"{_WORD}(?: {_WORD}){{3,12}}")
# A verb in the middle: two clauses, which make no plain question.
_VERBS = re.compile(
    r"\b(?:reach\w*|exceed\w*|is|are|was|were|will|đạt|chiếm|vượt)\b(?= \S+ \S+)"
)
_PLURAL = re.compile(rf"[a-z]+(?: {_WORD}){{2,8}}")
# Two terms joined by one of these words say a subject in full, in either language:
# "enterprises use electronic invoices", "doanh nghiệp sử dụng hóa đơn điện tử".
_JOINTS: dict[Language, tuple[tuple[str, str], ...]] = {
    "en": (
        (r"us(?:e|es|ed|ing)", "sử dụng"),
        (r"have|has|had|having|with", "có"),
        (r"(?:are )?connect(?:s|ed|ing)? to", "kết nối"),
        (r"participat(?:e|es|ed|ing) in", "tham gia"),
    ),
    "vi": (
        (r"sử dụng", "using"),
        (r"có", "with"),
        (r"kết nối", "connected to"),
        (r"tham gia", "participating in"),
    ),
}


class Example(NamedTuple):
    """A question, and the figure that must answer it."""

    question: str
    figure: Row


Term = tuple[str, str]  # in the language of a report, and in the reader's


def draw(assistant: Assistant, glossary: Path, language: Language) -> list[str]:
    """Up to six questions in *language* that the assistant answers as it should.

    glossary: the file of terms. The reports' own words come first, then those
    of the glossary that say the whole subject, then those that say most of it.
    """
    with assistant.store.snapshot() as view:
        own = ledger.sample(view, language, A_REPORT, MOST)
        other: Language = "en" if language == "vi" else "vi"
        foreign = ledger.sample(view, other, A_REPORT, MOST)
    terms = read_terms(glossary, other, language)
    drawn = [
        *_apart(_own_words(own, language)),
        *_apart(_by_two_terms(foreign, dict(terms), language)),
        *_apart(_by_terms(foreign, terms, language, first=True)),
        *_apart(_by_terms(foreign, terms, language, first=False)),
    ]
    kept: list[str] = []
    for example in drawn:
        if example.question in kept:
            continue
        if _answers(assistant.ask(example.question), example.figure):
            kept.append(example.question)
        if len(kept) == WANTED:
            break
    return kept


def _own_words(rows: Sequence[Row], language: Language) -> Iterator[Example]:
    for row in rows:
        subject = _subject(row)
        if not subject or _VERBS.search(subject):
            continue
        question = _in_vietnamese if language == "vi" else _in_english
        if asked := question(subject, row):
            yield Example(asked, row)


def _subject(row: Row) -> str:
    """What stands on one side of the figure in its clause; "" where both sides do.

    What leads to a figure is behind nothing ("the rate of records reached 45%"),
    what a figure is a part or a number of stands behind it ("90% of people").
    """
    before, _, after = (" ".join(part.split()) for part in row.told())
    before = before.removesuffix(row.hedge).strip()
    return after.rstrip(" .,;:") if not before else before.strip(" ,;:")


def _in_english(subject: str, row: Row) -> str | None:
    target = row.status == "target"
    if found := _EN_AMOUNT.fullmatch(subject):
        amount = found[1][0].lower() + found[1][1:]
        if target:
            return f"What is the target for the {amount} in {row.period}?"
        return f"What was the {amount} in {row.period}?"
    if row.kind == "share" and _EN_PART.fullmatch(subject):
        if target:
            return f"What is the target share {subject} in {row.period}?"
        return f"What share {subject} in {row.period}?"
    counted = row.unit and subject.startswith(row.unit)
    if row.kind == "count" and counted and _PLURAL.fullmatch(subject):
        return f"How many {subject} in {row.period}?"
    return None


def _in_vietnamese(subject: str, row: Row) -> str | None:
    target = row.status == "target"
    if found := _VI_AMOUNT.fullmatch(subject):
        amount = found[1]
        if target:
            amount = amount[0].lower() + amount[1:]
            return f"Mục tiêu {amount} năm {row.period} là bao nhiêu?"
        return f"{amount[0].upper()}{amount[1:]} năm {row.period} là bao nhiêu?"
    if row.kind == "share" and subject[0].islower() and _VI_PART.fullmatch(subject):
        lead = "Mục tiêu bao nhiêu phần trăm" if target else "Bao nhiêu phần trăm"
        return f"{lead} {subject} năm {row.period}?"
    return None


def _by_two_terms(
    rows: Sequence[Row], terms: Mapping[str, str], language: Language
) -> Iterator[Example]:
    """Questions about shares that two terms, joined, say in full."""
    joints = _JOINTS["vi" if language == "en" else "en"]
    for row in rows:
        amount = _amount(f" {_subject(row).lower()} ").strip()
        for joint, said in joints:
            found = re.fullmatch(rf"(.+?) (?:{joint}) (?:an? |the )?(.+)", amount)
            if found and row.kind == "share" and {*found.groups()} <= terms.keys():
                joined = f"{terms[found[1]]} {said} {terms[found[2]]}"
                yield Example(_of_term(joined, row, language), row)


def _by_terms(
    rows: Sequence[Row], terms: Sequence[Term], language: Language, *, first: bool
) -> Iterator[Example]:
    """Questions by a term that makes up much of a subject of the other language.

    first: only terms that the subject opens with, which say best what it counts.
    """
    for row in rows:
        subject = f" {row.subject.lower().strip(' .')} "
        amount = f" {_amount(subject).strip()} "
        held = (t for t in terms if " " in t[0] and f" {t[0]} " in amount)
        found = next(held, None)
        if first and found and not amount.startswith(f" {found[0]} "):
            continue
        if found and len(found[0].split()) >= _MOST_OF * len(amount.split()):
            yield Example(_of_term(found[1], row, language), row)


def _amount(subject: str) -> str:
    """The subject without the words that only lead to it or to its figure."""
    found = _EN_AMOUNT.fullmatch(subject.strip()) or _VI_AMOUNT.fullmatch(
        subject.strip()
    )
    inner = found[1] if found else subject
    return re.sub(r"^\s*(?:[\w ]*? )?of (?:the )?|^(?:tỷ lệ|tỉ lệ|số) ", "", inner)


def _of_term(said: str, row: Row, language: Language) -> str:
    share, target = row.kind == "share", row.status == "target"
    if language == "vi":
        amount = f"{'tỷ lệ' if share else 'số'} {said} năm {row.period}"
        amount = f"mục tiêu {amount}" if target else amount
        return f"{amount[0].upper()}{amount[1:]} là bao nhiêu?"
    amount = f"the {'rate' if share else 'number'} of {said} in {row.period}"
    return f"What is the target for {amount}?" if target else f"What was {amount}?"


def read_terms(glossary: Path, source: Language, to: Language) -> list[Term]:
    """Terms in *source*, and their first wording in *to*.

    Longest first. An empty list if there is no glossary.
    """
    if not glossary.exists():
        return []
    names: dict[Language, str] = {"en": "english", "vi": "vietnamese"}
    found: dict[str, str] = {}
    with glossary.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            wordings = (row.get(names[to]) or "").split("|")
            for form in (row.get(names[source]) or "").split("|"):
                if form.strip() and wordings[0].strip():
                    found[form.strip().lower()] = wordings[0].strip()
    return sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0]))


def _apart(examples: Iterator[Example]) -> list[Example]:
    """One question a subject, and the reports in turn."""
    by_report: dict[str, list[Example]] = {}
    seen: set[str] = set()
    for example in examples:
        key = re.sub(r"\d{4}", "", example.question).lower()
        if key not in seen:
            seen.add(key)
            by_report.setdefault(example.figure.report, []).append(example)
    return [
        queue[turn]
        for turn in range(max(map(len, by_report.values()), default=0))
        for queue in by_report.values()
        if turn < len(queue)
    ]


def _answers(answer: Answer, figure: Row) -> bool:
    """The answer's headline is that figure, from that sentence or one like it."""
    if answer.abstained or not answer.figures:
        return False
    first = answer.figures[0]
    return (first.raw, first.period) == (figure.raw, figure.period)
