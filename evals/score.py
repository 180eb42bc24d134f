"""Verdicts into measures: in total and by slice, each with n and a 95% interval."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from evals import ranking
from evals.judge import CAUSES, OUTCOMES, Verdict
from evals.stats import (
    Measured,
    Rate,
    calibration_error,
    mean,
    percentiles,
    reliability,
    risk_area,
    risk_coverage,
)

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
    **dict.fromkeys(ranking.MEASURES, True),
    "calibration_error": False,
}
NO_PERIOD = "no year named"


def measures(verdicts: Sequence[Verdict]) -> dict[str, Measured]:
    """Every measure over *verdicts*; see `evals/README.md` for their meaning."""
    found = {name: rate.measured for name, rate in _rates(verdicts).items()}
    for name in ranking.MEASURES:
        found[name] = mean([v.retrieval[name] for v in verdicts if v.retrieval])
    shown = [v for v in verdicts if not v.abstained]
    found["calibration_error"] = calibration_error(
        [v.confidence for v in shown], [v.right for v in shown]
    )
    return {name: found[name] for name in MEASURES}


def _rates(verdicts: Sequence[Verdict]) -> dict[str, Rate]:
    answerable = [v for v in verdicts if v.answerable]
    shown = [v for v in answerable if not v.abstained]
    refused = [v for v in verdicts if v.abstained]
    trapped = [v for v in verdicts if v.has_traps]
    hopeless = [v for v in verdicts if not v.answerable]
    return {
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


def _share(of: Sequence[Verdict], holds: Callable[[Verdict], bool]) -> Rate:
    return Rate(sum(holds(verdict) for verdict in of), len(of))


def slices(verdicts: Sequence[Verdict]) -> dict[str, dict[str, list[Verdict]]]:
    """{"kind": {"figure": […]}, "language": …, "period": …, "report": …}, by name.

    A question with several gold reports or years counts under each of them.
    """
    found: dict[str, dict[str, list[Verdict]]] = {}
    for verdict in verdicts:
        keys = [("kind", verdict.kind), ("language", verdict.language)]
        keys += [("period", period) for period in verdict.periods or (NO_PERIOD,)]
        keys += [("report", report) for report in verdict.reports]
        for group, name in keys:
            found.setdefault(group, {}).setdefault(name, []).append(verdict)
    return {group: dict(sorted(names.items())) for group, names in found.items()}


def summary(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Everything measured, as plain JSON values; `summary.json` holds it.

    Keys: totals (measure → value, low, high, n), outcomes and causes (how many
    questions), latency_ms (p50, p95, p99 like a measure), slices (dimension →
    rows with name, n and the former), reliability, risk_coverage (points, and
    their area), verdicts (one a question).
    """
    shown = [v for v in verdicts if not v.abstained]
    claimed, right = [v.confidence for v in shown], [v.right for v in shown]
    points = risk_coverage(claimed, right, len(verdicts))
    whole = _part(verdicts)
    causes = Counter(v.cause for v in verdicts)
    return {
        "totals": whole["measures"],
        "outcomes": whole["outcomes"],
        "causes": {name: causes[name] for name in CAUSES},
        "latency_ms": whole["latency_ms"],
        "slices": {
            group: [{"name": name, **_part(part)} for name, part in names.items()]
            for group, names in slices(verdicts).items()
        },
        "reliability": [row._asdict() for row in reliability(claimed, right)],
        "risk_coverage": {
            "points": [point._asdict() for point in points],
            "area": risk_area(points),
        },
        "verdicts": [asdict(v) | {"outcome": v.outcome} for v in verdicts],
    }


def _part(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    counted = Counter(v.outcome for v in verdicts)
    return {
        "n": len(verdicts),
        "measures": _as_json(measures(verdicts)),
        "outcomes": {name: counted[name] for name in OUTCOMES},
        "latency_ms": _as_json(percentiles([v.ms for v in verdicts])),
    }


def _as_json(measured: Mapping[str, Measured]) -> dict[str, Any]:
    return {name: found.as_json() for name, found in measured.items()}
