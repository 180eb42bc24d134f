"""Answers against gold: one Verdict a question, then rates by slice.

Works on Answers as JSON, so a run can be scored again without asking again.
"""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from evals.match import says
from evals.sets import Question
from evals.stats import (
    Rate,
    expected_calibration_error,
    percentiles,
    reliability,
)
from index.errors import BadInputError, UnreadableReportError
from ingest.formats import READERS

AnswerJson = Mapping[str, Any]
PageText = Callable[[str, int], str | None]  # report, page → text; None: unknown

# measure → whether more of it is better
MEASURES = {
    "right": True,
    "right_answerable": True,
    "right_cited": True,
    "wrong_shown": False,
    "trap_hit": False,
    "false_refusal": False,
    "refusal_precision": True,
    "refusal_recall": True,
    "citation_precision": True,
    "citation_recall": True,
    "quote_verbatim": True,
}
# Here one sentence is not enough of an answer, so the whole reply counts.
_WHOLE_REPLY = ("list", "trend", "conflict", "explain")
_ONE_FIGURE = ("figure", "target", "follow-up")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one question."""

    id: str
    kind: str
    language: str
    reports: tuple[str, ...]
    answerable: bool
    has_traps: bool
    abstained: bool
    right: bool  # unanswerable: abstained
    cited: bool  # right, and the citation bears it out; answerable only
    trapped: bool  # a trap stands in the headline
    citations: int
    good_citations: int  # of a gold report
    reports_cited: int  # gold reports that are cited
    quotes: int  # quotes that could be looked up
    good_quotes: int  # verbatim at their place
    confidence: float
    ms: float

    @property
    def wrong_shown(self) -> bool:
        """The reader was shown something that is not so."""
        return not self.abstained and not self.right


def judge(question: Question, answer: AnswerJson, page_text: PageText) -> Verdict:
    """Hold *answer* against the gold of *question*.

    page_text gives a cited page's text; citations it does not know are left
    out of the verbatim check.
    """
    abstained = bool(answer["abstained"])
    short = _without_markers(answer, "short")
    trapped = not abstained and any(says(short, trap) for trap in question.traps)
    if question.answerable:
        right = not abstained and not trapped and _is_right(question, answer)
    else:
        right = abstained
    citations = answer["citations"]
    cited_reports = {citation["report"] for citation in citations}
    checks = [_is_verbatim(citation, page_text) for citation in citations]
    return Verdict(
        id=question.id,
        kind=question.kind,
        language=question.language,
        reports=question.reports,
        answerable=question.answerable,
        has_traps=bool(question.traps),
        abstained=abstained,
        right=right,
        cited=right and question.answerable and _is_borne_out(question, citations),
        trapped=trapped,
        citations=len(citations),
        good_citations=sum(c["report"] in question.reports for c in citations),
        reports_cited=len(cited_reports & set(question.reports)),
        quotes=sum(check is not None for check in checks),
        good_quotes=sum(check is True for check in checks),
        confidence=min(1.0, max(0.0, float(answer["confidence"]))),
        ms=float(answer.get("wall_ms", answer["took_ms"])),
    )


def _is_right(question: Question, answer: AnswerJson) -> bool:
    """Whether the headline (or, where asked for more, the reply) says the gold."""
    short, text = (_without_markers(answer, name) for name in ("short", "text"))
    places = [short, text] if question.kind in _WHOLE_REPLY else [short]
    any_of = not question.answers or any(
        says(place, gold) for place in places for gold in question.answers
    )
    return any_of and all(
        says(short, gold) or says(text, gold) for gold in question.all
    )


def _is_borne_out(question: Question, citations: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the first citation is of a gold report and gives the figure.

    A conflict must cite every gold report.
    """
    if not citations or citations[0]["report"] not in question.reports:
        return False
    if question.kind == "conflict":
        cited = {citation["report"] for citation in citations}
        return cited.issuperset(question.reports)
    if question.kind in _ONE_FIGURE and question.figures:
        quote = str(citations[0]["quote"])
        return any(says(quote, gold, apart=True) for gold in question.figures)
    return True


def _without_markers(answer: AnswerJson, name: str) -> str:
    """The text without its "[1]", which a gold "1" must not find."""
    text = str(answer[name] or "")
    for citation in answer["citations"]:
        text = text.replace(f"[{citation['number']}]", " ")
    return text


def _is_verbatim(citation: Mapping[str, Any], page_text: PageText) -> bool | None:
    text = page_text(str(citation["report"]), int(citation["page"]))
    if text is None:
        return None
    quote = str(citation["quote"])
    return bool(quote) and text[citation["start"] : citation["end"]] == quote


def pages_in(corpus: Path) -> PageText:
    """Look up pages of the reports as they lie in *corpus* now.

    A text file is its own one page, decoded here so that a slip of ingest's
    shows; other formats are read with ingest's readers, which define their
    text. Files that are gone or unreadable are unknown (None).
    """

    @lru_cache(maxsize=256)
    def pages(report: str) -> dict[int, str] | None:
        path = corpus / report
        suffix = path.suffix.lower()
        if not path.is_file() or suffix not in READERS:
            return None
        data = path.read_bytes()
        if suffix in (".txt", ".md"):
            utf16 = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
            return {1: data.decode("utf-16" if utf16 else "utf-8-sig", "replace")}
        try:
            return {page.number: page.text for page in READERS[suffix](report, data)}
        except UnreadableReportError:
            return None

    def page_text(report: str, page: int) -> str | None:
        known = pages(report)
        return None if known is None else known.get(page, "")

    return page_text


def rates(verdicts: Sequence[Verdict]) -> dict[str, Rate]:
    """Every measure over *verdicts*; see `evals/README.md` for their meaning."""
    answerable = [v for v in verdicts if v.answerable]
    shown = [v for v in answerable if not v.abstained]
    refused = [v for v in verdicts if v.abstained]
    trapped = [v for v in verdicts if v.has_traps]
    hopeless = [v for v in verdicts if not v.answerable]
    found = {
        "right": _share(verdicts, lambda v: v.right),
        "right_answerable": _share(answerable, lambda v: v.right),
        "right_cited": _share(answerable, lambda v: v.cited),
        "wrong_shown": _share(verdicts, lambda v: v.wrong_shown),
        "trap_hit": _share(trapped, lambda v: v.trapped),
        "false_refusal": _share(answerable, lambda v: v.abstained),
        "refusal_precision": _share(refused, lambda v: not v.answerable),
        "refusal_recall": _share(hopeless, lambda v: v.abstained),
        "citation_precision": Rate(
            sum(v.good_citations for v in shown), sum(v.citations for v in shown)
        ),
        "citation_recall": Rate(
            sum(v.reports_cited for v in shown), sum(len(v.reports) for v in shown)
        ),
        "quote_verbatim": Rate(
            sum(v.good_quotes for v in verdicts), sum(v.quotes for v in verdicts)
        ),
    }
    return {name: found[name] for name in MEASURES}


def _share(of: Sequence[Verdict], holds: Callable[[Verdict], bool]) -> Rate:
    return Rate(sum(holds(verdict) for verdict in of), len(of))


def slices(verdicts: Sequence[Verdict]) -> dict[str, dict[str, list[Verdict]]]:
    """{"kind": {"figure": […]}, "language": …, "report": …}, in order of name.

    A question with several gold reports counts under each of them.
    """
    found: dict[str, dict[str, list[Verdict]]] = {}
    for verdict in verdicts:
        keys = [("kind", verdict.kind), ("language", verdict.language)]
        keys += [("report", report) for report in verdict.reports]
        for group, name in keys:
            found.setdefault(group, {}).setdefault(name, []).append(verdict)
    return {group: dict(sorted(names.items())) for group, names in found.items()}


def summary(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Everything measured, as plain JSON values: what `score.json` holds.

    Keys: total, slices (group → name → measure), reliability (rows), ece,
    latency_ms (p50, p95, p99), verdicts (one a question).
    """
    shown = [v for v in verdicts if not v.abstained]
    bins = reliability([v.confidence for v in shown], [v.right for v in shown])
    return {
        "total": _as_json(rates(verdicts)),
        "slices": {
            group: {name: _as_json(rates(part)) for name, part in names.items()}
            for group, names in slices(verdicts).items()
        },
        "reliability": [row._asdict() for row in bins],
        "ece": expected_calibration_error(bins),
        "latency_ms": percentiles([v.ms for v in verdicts]),
        "verdicts": [asdict(v) | {"wrong_shown": v.wrong_shown} for v in verdicts],
    }


def _as_json(measured: Mapping[str, Rate]) -> dict[str, Any]:
    return {
        name: {
            "value": rate.value,
            "low": rate.interval[0],
            "high": rate.interval[1],
            "hits": rate.hits,
            "n": rate.n,
        }
        for name, rate in measured.items()
    }


def judge_all(
    questions: Sequence[Question], answers: Mapping[str, AnswerJson], corpus: Path
) -> list[Verdict]:
    """A verdict for each question; every one must have been answered.

    Raises BadInputError for questions without an answer or answers that lack a
    field.
    """
    if missing := [q.id for q in questions if q.id not in answers]:
        raise BadInputError(
            f"{len(missing)} questions have no answer in this run, first {missing[0]}: "
            "run the set again"
        )
    page_text = pages_in(corpus)
    verdicts = []
    for question in questions:
        try:
            verdicts.append(judge(question, answers[question.id], page_text))
        except (KeyError, TypeError, ValueError) as error:
            raise BadInputError(
                f"the answer to {question.id} is not an Answer ({error!r})"
            ) from error
    return verdicts
