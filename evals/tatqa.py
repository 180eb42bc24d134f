"""Figures in tables, on TAT-QA: pages of annual reports with a table each.

Every page becomes a Word document with its paragraphs and its table, is read as
any report is, and is asked what a cell of its table answers. The answer must be
the cell, and the quote the row (or the column's heading) that it stands in.

Data: TAT-QA (Zhu et al. 2021, CC BY 4.0), tatqa_dataset_dev.json.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import docx

from answer.assistant import Assistant
from answer.records import Answer
from evals.stats import wilson
from index.encoder import load_encoder
from index.errors import BadInputError
from index.records import Filters
from ingest.pipeline import ingest
from settings import Settings, read_settings

_FILE = "tatqa_dataset_dev.json"


@dataclass(frozen=True, slots=True)
class Item:
    """A question that one cell of a table answers."""

    report: str
    question: str
    gold: str
    kind: str  # "figure", "year" or "words": what the answer is


@dataclass(frozen=True, slots=True)
class Judged:
    """An item with the answer and what it is worth."""

    item: Item
    answer: Answer
    verdict: str  # "right", "uncited", "wrong", "refused"


def main(argv: Sequence[str] | None = None) -> int:
    """Ask and print; exit 0. Raises BadInputError if the data is not there."""
    parser = argparse.ArgumentParser(prog="python -m evals tatqa", description=__doc__)
    parser.add_argument("data", type=Path, help=f"folder that holds {_FILE}")
    parser.add_argument("--show-misses", action="store_true")
    args = parser.parse_args(argv)
    pages = _pages(args.data)
    with TemporaryDirectory() as folder:
        settings = replace(
            read_settings(), corpus_dir=Path(folder, "corpus"), var_dir=Path(folder)
        )
        judged = list(_asked(pages, settings))
    if args.show_misses:
        for one in judged:
            if one.verdict != "right":
                print(_miss(one))  # noqa: T201 - a command line prints
    print(table(judged))  # noqa: T201 - same
    return 0


def _pages(data: Path) -> list[dict[str, Any]]:
    try:
        loaded: list[dict[str, Any]] = json.loads((data / _FILE).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BadInputError(
            f"{data / _FILE} cannot be read ({error}): name the folder that holds "
            "the development part of TAT-QA."
        ) from error
    return loaded


def items(page: dict[str, Any], report: str) -> list[Item]:
    """The questions of a page that one span of its table answers."""
    return [
        Item(report, asked["question"], asked["answer"][0], _kind(asked["answer"][0]))
        for asked in page["questions"]
        if asked["answer_from"] == "table"
        and asked["answer_type"] == "span"
        and len(asked["answer"]) == 1
    ]


def _kind(gold: str) -> str:
    if re.fullmatch(r"(?:FY)?(?:19|20)\d\d", gold):
        return "year"
    return "figure" if re.search(r"\d", gold) else "words"


def write_page(page: dict[str, Any], path: Path) -> None:
    """Save a page as a Word document: its paragraphs in order, then its table."""
    document = docx.Document()
    told = sorted(page["paragraphs"], key=lambda p: int(p["order"]))
    for paragraph in told[:1]:
        document.add_paragraph(paragraph["text"])
    rows = page["table"]["table"]
    grid = document.add_table(len(rows), max(map(len, rows)))
    for line, texts in zip(grid.rows, rows, strict=True):
        for cell, text in zip(line.cells, texts, strict=False):
            cell.text = text
    for paragraph in told[1:]:
        document.add_paragraph(paragraph["text"])
    document.save(str(path))


def _asked(pages: Sequence[dict[str, Any]], settings: Settings) -> Iterator[Judged]:
    settings.corpus_dir.mkdir()
    asked: list[Item] = []
    for number, page in enumerate(pages):
        name = f"page-{number:03d}.docx"
        found = items(page, name)
        if found:
            write_page(page, settings.corpus_dir / name)
            asked += found
    encoder = load_encoder(settings)
    summary = ingest(settings, lambda: encoder)
    for name, reason in summary.failed:
        print(f"{name}: {reason}", file=sys.stderr)  # noqa: T201 - same
    assistant = Assistant.open(settings, encoder)
    try:
        for item in asked:
            # The questions do not say whose report is meant.
            answer = assistant.ask(
                item.question, filters=Filters(reports=(item.report,))
            )
            yield Judged(item, answer, judge(item, answer))
    finally:
        assistant.close()


def judge(item: Item, answer: Answer) -> str:
    """Is the headline the cell, and does the first quote hold it?"""
    if answer.abstained:
        return "refused"
    if bare(answer.short) != bare(item.gold):
        return "wrong"
    quoted = answer.citations and bare(item.gold) in bare(answer.citations[0].quote)
    return "right" if quoted else "uncited"


def bare(text: str) -> str:
    """*text* without what a cell may or may not have around its answer."""
    text = re.sub(r"(?i)\bFY\s?(\d\d)\b", r"20\1", text)
    return re.sub(r"[\s$€£%:]|(?<=\d)\((?:\d|[a-z])\)", "", text.lower()).replace(
        "−", "-"
    )


def table(judged: Sequence[Judged]) -> str:
    """The counts by kind of answer, as Markdown."""
    lines = [
        "| answer | n | right and cited, % | 95% interval "
        "| wrong shown, % | refused, % |",
        "| --- | --: | --: | --: | --: | --: |",
    ]
    for kind in ("all", "figure", "year", "words"):
        rows = [one for one in judged if kind in {"all", one.item.kind}]
        if not rows:
            continue
        count = {v: sum(r.verdict == v for r in rows) for v in _VERDICTS}
        low, high = wilson(count["right"], len(rows))
        lines.append(
            f"| {kind} | {len(rows)} | {100 * count['right'] / len(rows):.1f} "
            f"| {100 * low:.1f}–{100 * high:.1f} "
            f"| {100 * (count['wrong'] + count['uncited']) / len(rows):.1f} "
            f"| {100 * count['refused'] / len(rows):.1f} |"
        )
    return "\n".join(lines)


_VERDICTS = ("right", "uncited", "wrong", "refused")


def _miss(one: Judged) -> str:
    quote = one.answer.citations[0].quote if one.answer.citations else ""
    return (
        f"{one.item.report} {one.verdict}: {one.item.question}\n"
        f"    gold {one.item.gold!r}, got {one.answer.short!r} "
        f"({one.answer.reason or one.answer.kind}, {one.answer.confidence:.2f}): "
        f"{quote[:150]}"
    )
