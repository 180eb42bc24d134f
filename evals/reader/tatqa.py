"""TAT-QA (Zhu et al. 2021, CC BY 4.0): annual reports, tables and text.

A table row is a line of cells joined by " | ", as ingest writes tables, and
counts as a sentence. Questions that are computed from figures have the row of
their figures as evidence and no span.
"""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from answer.reader.records import Span
from evals.reader.material import Asked, Material, pieces, sentence_at
from index.errors import BadInputError

_ROWS_LONG = 900  # characters of a table that is read in one piece
_NUMBER = re.compile(r"\d[\d,.]*")
_WORD = re.compile(r"[^\W\d_]{3,}")
VALIDATION_SHARE = 10  # every tenth page is kept apart from training


def read_tatqa(
    path: Path, *, validation: bool = False, most: int | None = None
) -> Material:
    """The pages for training, at most *most*, or with *validation* the tenth kept.

    Raises BadInputError if the file is missing or not TAT-QA.
    """
    try:
        pages = json.loads(path.read_text(encoding="utf-8"))
        chosen = [
            (number, page)
            for number, page in enumerate(pages)
            if (number % VALIDATION_SHARE == 0) == validation
        ]
        material = Material()
        for number, page in chosen[:most]:
            _page(material, number, page)
    except OSError as error:
        raise BadInputError(f"cannot read {path} ({error}).") from error
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise BadInputError(f"{path} is not a TAT-QA file ({error!r}).") from error
    return material


def _page(material: Material, number: int, page: dict[str, Any]) -> None:
    group = f"tatqa-{number}"
    rows = _table(material, page["table"]["table"], group)
    text_rows: dict[str, list[int]] = {}
    for paragraph in page["paragraphs"]:
        key = f"{group}-{paragraph['order']}"
        text = paragraph["text"]
        for start, end, sentences in pieces(text, "en"):
            row = material.add(
                text[start:end],
                sentences,
                context="",
                language="en",
                group=group,
                paragraph=key,
            )
            text_rows.setdefault(str(paragraph["order"]), []).append(row)
    for question in page["questions"]:
        places = [r for o in question["rel_paragraphs"] for r in text_rows.get(o, [])]
        if question["answer_from"] == "table":
            places = []
        tables = [] if question["answer_from"] == "text" else rows
        found = _evidence(material, question, tables, places)
        if found:
            row, sentence, span = found
            material.asked.append(
                Asked(
                    question["question"],
                    "en",
                    group,
                    f"tatqa-{'table' if row in rows else 'text'}",
                    row,
                    sentence,
                    span,
                    id=question["uid"],
                )
            )


def _table(material: Material, table: Sequence[Sequence[str]], group: str) -> list[int]:
    """Add the table in pieces, each with the heading rows; their rows."""
    lines = [" | ".join(" ".join(c.split()) for c in row if c.strip()) for row in table]
    lines = [line for line in lines if line]
    head: list[str] = []
    for line in lines[:3]:
        if line.split(" | ")[0][:1].isalpha() and len(_NUMBER.findall(line)) > 1:
            break
        head.append(line)
    parts: list[list[str]] = [[]]
    for line in lines[len(head) :]:
        if sum(map(len, parts[-1])) + len(line) > _ROWS_LONG:
            parts.append([])
        parts[-1].append(line)
    found = []
    for part in parts:
        text, spans = "", []
        for line in [*head, *part]:
            spans.append((len(text), len(text) + len(line)))
            text += line + "\n"
        found.append(
            material.add(
                text.rstrip(),
                spans,
                context="",
                language="en",
                group=group,
                paragraph=f"{group}-table",
            )
        )
    return found


def _evidence(
    material: Material,
    question: dict[str, Any],
    tables: Sequence[int],
    texts: Sequence[int],
) -> tuple[int, int, Span | None] | None:
    """The text, sentence and span that answer, or None where it is not plain."""
    kind, answer = question["answer_type"], question["answer"]
    if kind in ("span", "multi-span") and isinstance(answer, list):
        wanted = [str(answer[0])]
    elif kind == "arithmetic":
        wanted = _NUMBER.findall(question["derivation"])
    else:
        return None
    words = {w.lower() for w in _WORD.findall(question["question"])}
    best: tuple[float, int, int, Span | None] | None = None
    for row in [*texts, *tables]:
        reading = material.texts[row].reading
        for sentence, (start, end) in enumerate(reading.sentences):
            line = reading.text[start:end]
            if not all(_holds(line, each) for each in wanted):
                continue
            shared = len(words & {w.lower() for w in _WORD.findall(line)})
            if best is None or shared > best[0]:
                at = start + line.find(wanted[0])
                span = (at, at + len(wanted[0])) if kind != "arithmetic" else None
                best = (shared, row, sentence, span)
    if best is None:
        return None
    _, row, sentence, span = best
    if span:
        sentence = sentence_at(material.texts[row].reading.sentences, span[0])
    return row, sentence, span


def _holds(line: str, wanted: str) -> bool:
    """Whether *wanted* stands in the line, not as a part of a longer number."""
    return (
        re.search(rf"(?<![\d.,]){re.escape(wanted)}(?![\d]|[.,]\d)", line) is not None
    )
