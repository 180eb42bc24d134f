"""Scores as tables for people: Markdown, aligned so that a terminal shows it well."""

from collections.abc import Mapping, Sequence
from typing import Any

from evals.judge import CAUSES, Verdict
from evals.run import Run
from evals.sets import Question

Summary = Mapping[str, Any]  # what `score.summary` returns

COLUMNS = {
    "right": "right",
    "right_answerable": "answerable right",
    "right_cited": "right and cited",
    "wrong_shown": "wrong shown",
    "trap_hit": "trap hits",
    "false_refusal": "false refusals",
    "refusal_recall": "refused of unanswerable",
}
OTHERS = {
    "recall_at_1": "recall@1 of passages with the gold",
    "recall_at_10": "recall@10",
    "found_at_10": "one of them among the first 10",
    "mrr": "MRR",
    "ndcg_at_10": "nDCG@10",
    "refusal_precision": "unanswerable of refused",
    "citation_precision": "citations of a gold report",
    "citation_recall": "gold reports cited",
    "quote_verbatim": "quotes verbatim at their place",
    "calibration_error": "distance of confidence and truth",
}


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; the first column left, the others right aligned."""
    lines = [list(head), *[list(row) for row in rows]]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]

    def shown(cells: Sequence[str]) -> str:
        first = cells[0].ljust(widths[0])
        rest = [c.rjust(w) for c, w in zip(cells[1:], widths[1:], strict=True)]
        return "| " + " | ".join([first, *rest]) + " |"

    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join([shown(head), shown(rule), *(shown(line) for line in lines[1:])])


def report(summary: Summary, groups: Sequence[str]) -> str:
    """The whole summary: total, slices of *groups*, reliability, latency."""
    total = {"name": "total", "n": len(summary["verdicts"])}
    total["measures"] = summary["totals"]
    parts = [
        _slice_table("total", [total], with_interval=True),
        _others(summary["totals"]),
    ]
    parts += [
        _slice_table(group, summary["slices"][group])
        for group in groups
        if group in summary["slices"]
    ]
    parts += [_reliability(summary), _causes(summary), _latency(summary)]
    return "\n\n".join(part for part in parts if part)


def misses(verdicts: Sequence[Verdict], run: Run) -> str:
    """Each question that went wrong, with gold, headline and first citation."""
    asked = {question.id: question for question in run.questions}
    shown = []
    for verdict in verdicts:
        if verdict.outcome == "right":
            continue
        question, answer = asked[verdict.id], run.answers[verdict.id]
        lines = [
            f"{verdict.id} [{verdict.outcome}] {question.question}",
            f"  gold   {gold(question)}  {', '.join(question.reports)}",
            f"  reply  {answer['short'] or '–'}  {answer['reason'] or ''}".rstrip(),
        ]
        lines += [
            f"  quote  {citation['report']}: {citation['quote']}"
            for citation in answer["citations"][:1]
        ]
        shown.append("\n".join(lines))
    return "\n\n".join(shown) or "no misses"


def percent(value: float | None) -> str:
    """0.9731 → "97.3"; nothing measured → "–"."""
    return "–" if value is None else f"{100 * value:.1f}"


def gold(question: Question) -> str:
    """What counts as right, in one line."""
    parts = [" / ".join(question.answers), " + ".join(question.all)]
    return "; ".join(part for part in parts if part) or "(a refusal)"


def _slice_table(
    group: str, parts: Sequence[Mapping[str, Any]], *, with_interval: bool = False
) -> str:
    head = [f"{group}, %", "n", *COLUMNS.values()]
    rows = [
        [
            part["name"],
            str(part["n"]),
            *(percent(part["measures"][m]["value"]) for m in COLUMNS),
        ]
        for part in parts
    ]
    if with_interval:
        total = parts[0]["measures"]
        rows.append(["95% interval", "", *(_interval(total[m]) for m in COLUMNS)])
    else:
        # Slices are small: their interval says how little a difference means.
        head.append("95% of right")
        for row, part in zip(rows, parts, strict=True):
            row.append(_interval(part["measures"]["right"]))
    return table(head, rows)


def _others(total: Mapping[str, Any]) -> str:
    rows = [
        [label, str(total[m]["n"]), percent(total[m]["value"]), _interval(total[m])]
        for m, label in OTHERS.items()
    ]
    return table(["also, %", "n", "share", "95% interval"], rows)


def _interval(measure: Mapping[str, Any]) -> str:
    if not measure["n"]:
        return "–"
    return f"{percent(measure['low'])}–{percent(measure['high'])}"


def _reliability(summary: Summary) -> str:
    if not summary["reliability"]:
        return ""
    rows = [
        [
            f"{row['low']:.1f}–{row['high']:.1f}",
            str(row["n"]),
            f"{row['confidence']:.2f}",
            f"{row['right']:.2f}",
        ]
        for row in summary["reliability"]
    ]
    return table(["confidence of replies", "n", "mean", "right"], rows)


def _causes(summary: Summary) -> str:
    rows = [[text, str(summary["causes"][name])] for name, text in CAUSES.items()]
    return table(["where misses begin", "n"], [row for row in rows if row[1] != "0"])


def _latency(summary: Summary) -> str:
    times = ", ".join(
        f"{name} {ms['value']:.0f} ms ({ms['low']:.0f}–{ms['high']:.0f})"
        for name, ms in summary["latency_ms"].items()
    )
    return f"time per question: {times}"
