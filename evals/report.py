"""What a scored run leaves behind: `summary.json`, and `report.html` to look at.

The page is one file that asks the network for nothing: styles and plots are in
it, no script is. Every text of a report or a question is escaped on its way in.
Beside it stands the same page in Vietnamese, `report.vi.html`; its words are in
`report.csv`, and what that lacks (questions, quotes, names) stays as it is.
"""

import csv
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import format_datetime
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from evals import plots, tables
from evals.floors import Held
from evals.judge import CAUSES, OUTCOMES, Verdict, judge_all
from evals.plots import Say
from evals.ranking import Passage, holds_gold
from evals.run import Run, write_json, write_text
from evals.score import MEASURES, summary
from evals.sets import Question
from index.records import Language
from index.runs import REPORTS, SUMMARY

RETRIEVED = 5  # passages shown of a miss
_HERE = Path(__file__).resolve().parent
_TITLES = {
    "trap shown": "A trap was shown: the figure of another year, place or status",
    "wrong shown": "Something wrong was shown",
    "right, wrongly cited": "Right, but the first citation does not bear it out",
    "refused": "Refused, although the reports say it",
}


def verdicts_of(run: Run) -> list[Verdict]:
    """A verdict for each question; BadInputError if an answer is missing or is none."""
    return judge_all(run.questions, run.answers, run.corpus, run.found)


def write(run: Run, found: Mapping[str, Any], floors: Sequence[Held] = ()) -> None:
    """Write the files into the run's folder.

    found: what `summary_of` gives. floors: shown on the page.
    """
    # The summary last: a folder that has it is scored.
    for language, name in REPORTS.items():
        write_text(run.folder / name, page(run, found, floors, language))
    write_json(run.folder / SUMMARY, found)


def summary_of(run: Run, verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """What `summary.json` holds: the measures, what was asked with, the misses."""
    made_with = run.made_with
    asked = {question.id: question for question in run.questions}
    return {
        "made_at": made_with.get("date"),
        "sets": made_with.get("sets", []),
        "generation": made_with.get("generation"),
        "encoder": made_with.get("encoder"),
        "code": made_with.get("code"),
        **summary(verdicts),
        "misses": [
            _miss(asked[v.id], run.answers[v.id], v)
            for v in sorted(verdicts, key=_worst_first)
            if v.outcome != "right"
        ],
    }


def _worst_first(verdict: Verdict) -> tuple[int, str]:
    return -OUTCOMES.index(verdict.outcome), verdict.kind


def _miss(question: Question, answer: Mapping[str, Any], v: Verdict) -> dict[str, Any]:
    first = answer["citations"][0] if answer["citations"] else {}
    return {
        "id": question.id,
        "question": question.question,
        "history": list(question.history),
        "kind": question.kind,
        "language": question.language,
        "verdict": v.outcome,
        "cause": v.cause,
        "short": answer["short"],
        "reason": answer["reason"],
        "confidence": v.confidence,
        "gold": tables.gold(question),
        "gold_reports": list(question.reports),
        "traps": list(question.traps),
        "quote": first.get("quote"),
        "report": first.get("report"),
        "page": first.get("page"),
        "gold_rank": v.gold_rank,
    }


def page(
    run: Run,
    found: Mapping[str, Any],
    floors: Sequence[Held] = (),
    language: Language = "en",
) -> str:
    """The run as one HTML page in *language*; *found* is its summary."""
    asked = {question.id: question for question in run.questions}
    groups = {
        name: [
            miss | {"retrieved": _retrieved(run, asked[miss["id"]])}
            for miss in found["misses"]
            if miss["verdict"] == name
        ]
        for name in reversed(OUTCOMES[1:])
    }
    return _template(language).render(
        language=language,
        found=found,
        asked_at=_moment(found["made_at"], language),
        made_with=run.made_with,
        title=", ".join(Path(path).name for path in found["sets"]) or run.folder.name,
        labels=tables.COLUMNS | tables.OTHERS,
        better=MEASURES,
        columns=tables.COLUMNS,
        others=tables.OTHERS,
        outcomes=OUTCOMES,
        titles=_TITLES,
        causes=CAUSES,
        groups=groups,
        floors=floors,
        asked=len(asked),
        reliability=plots.reliability(found["reliability"], _say(language)),
        risk=plots.risk_coverage(found["risk_coverage"]["points"], _say(language)),
    )


def _retrieved(run: Run, question: Question) -> list[dict[str, Any]]:
    """The first passages found for a question, and those further on with its gold."""
    shown = []
    for rank, passage in enumerate(run.found.of(question.id), 1):
        gold = _is_gold(question, passage)
        if rank <= RETRIEVED or gold:
            shown.append({"rank": rank, "gold": gold, "passage": passage})
    return shown


def _is_gold(question: Question, passage: Passage) -> bool:
    return passage.report in question.reports and holds_gold(question, passage)


def _moment(iso: str | None, language: Language) -> str | None:
    """A moment as it is written in *language*, in UTC; as it stands if it is none."""
    try:
        at = datetime.fromisoformat(iso or "").astimezone(UTC)
    except ValueError:
        return iso
    return format_datetime(at, "d MMMM y, HH:mm 'UTC'", locale=language)


@cache
def words() -> dict[str, str]:
    """English to Vietnamese; `{0}`, `{1}` stand for what varies."""
    with (_HERE / "report.csv").open(encoding="utf-8", newline="") as file:
        return {row["english"]: row["vietnamese"] for row in csv.DictReader(file)}


def _say(language: Language) -> Say:
    """What says a text in *language*, with what varies in its place."""

    def say(text: str, *varies: object) -> str:
        said = words().get(text, text) if language == "vi" else text
        return said.format(*varies) if varies else said

    return say


@cache
def _template(language: Language) -> Template:
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def local(written: object) -> str:
        """A number as it is written in *language*: 97.3, or 97,3."""
        return str(written).replace(".", "," if language == "vi" else ".")

    environment.filters["local"] = local
    environment.filters["percent"] = lambda value: local(tables.percent(value))
    environment.globals["_"] = _say(language)
    return environment.get_template("report.html")
