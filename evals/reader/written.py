"""Reports and questions written for training, of the same kind as those asked about.

A folder holds sets; a set is `questions.jsonl` (the format of `evals/README.md`,
each question with the sentences that answer it in "quotes") beside `reports/`.
Their passages are cut as ingest cuts them, so that the reader learns on what it
will be given.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from answer.closely import context_of
from answer.reader.records import Span
from evals.reader.material import Asked, Material
from index.errors import BadInputError
from index.records import ParsedReport
from ingest.parse import parse

QUESTIONS = "questions.jsonl"
_Place = tuple[int, int]  # row of the text, row of the sentence in it


def read_written(folder: Path) -> list[Material]:
    """One material for each set below *folder*, by name; none if there is none.

    A question whose quote stands in no report is left out.

    Raises BadInputError for a line that is no question.
    """
    return [_set(path.parent) for path in sorted(folder.glob(f"*/{QUESTIONS}"))]


def _set(folder: Path) -> Material:
    material, places = Material(), dict[str, dict[str, _Place]]()
    reports = folder / "reports"
    for path in sorted(reports.iterdir()):
        places[path.name] = _add(material, parse(path, reports))
    lines = (folder / QUESTIONS).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        try:
            asked = _asked(material, places, json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise BadInputError(
                f"{folder.name}/{QUESTIONS}:{number}: not a question for training "
                f"({error})"
            ) from error
        if asked:
            material.asked.append(asked)
    return material


def _add(material: Material, parsed: ParsedReport) -> dict[str, _Place]:
    """Add a report's passages; where each of its sentences stands."""
    report = parsed.report
    pages = {page.number: page.text for page in parsed.pages}
    found: dict[str, _Place] = {}
    for number, passage in enumerate(parsed.passages):
        sentences = parsed.sentences[passage.first : passage.last]
        row = material.add(
            pages[passage.page][passage.start : passage.end],
            [(s.start - passage.start, s.end - passage.start) for s in sentences],
            context=context_of(report),
            language=report.language,
            group=report.name,
            paragraph=f"{report.name}-{number}",
        )
        for at, sentence in enumerate(sentences):
            found[_flat(sentence.text)] = (row, at)
    return found


def _asked(
    material: Material,
    places: Mapping[str, Mapping[str, _Place]],
    line: Mapping[str, Any],
) -> Asked | None:
    held = [
        place
        for quote in line["quotes"]
        for name in line["reports"] or places
        if (place := _place(places.get(name, {}), quote))
    ]
    if not held:
        return None
    row, sentence = held[0]
    question, language = str(line["question"]), line["language"]
    group = material.texts[row].group
    if line["kind"] == "unanswerable":
        # The quote is what a careless reader would show.
        return Asked(question, language, group, "written-none", None, wrong=(row,))
    kind = f"written-{language}"
    span = _answer(material, row, sentence, line["answers"])
    return Asked(question, language, group, kind, row, sentence, span, id=line["id"])


def _place(sentences: Mapping[str, _Place], quote: str) -> _Place | None:
    """Where a quote stands: a sentence, or a part of one."""
    flat = _flat(quote)
    if flat in sentences:
        return sentences[flat]
    held = (place for text, place in sentences.items() if flat in text or text in flat)
    return next(held, None)


def _answer(
    material: Material, row: int, sentence: int, answers: list[str]
) -> Span | None:
    """The answer's characters in the text; none for lists, which have many."""
    if len(answers) != 1:
        return None
    reading = material.texts[row].reading
    start, end = reading.sentences[sentence]
    at = reading.text.find(answers[0], start, end)
    return (at, at + len(answers[0])) if at >= 0 else None


def _flat(text: str) -> str:
    return " ".join(text.split()).strip(".")
