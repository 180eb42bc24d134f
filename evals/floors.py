"""The least we accept, per measure and slice, from `floors.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from evals.score import MEASURES
from index.errors import BadInputError

_GROUPS = ("kind", "language", "period", "report")
_TIMES = ("p50", "p95", "p99")


def read_floors(path: Path) -> dict[str, Any]:
    """The tables of *path*; BadInputError for what could never be held."""
    try:
        floors = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BadInputError(f"cannot read {path}: {error.strerror}") from error
    except ValueError as error:
        raise BadInputError(f"{path} is not TOML: {error}") from error
    for where, name, limit in _limits(floors):
        known = _TIMES if where == ("latency_ms",) else MEASURES
        if where[0] not in ("total", "latency_ms", *_GROUPS) or name not in known:
            raise BadInputError(f"{path}: [{'.'.join(where)}] {name} is not measured")
        if isinstance(limit, bool) or not isinstance(limit, int | float):
            raise BadInputError(f"{path}: {'.'.join(where)}.{name} is not a number")
    if not floors:
        raise BadInputError(f"{path} holds no floor")
    return floors


class Held(NamedTuple):
    """A floor, what was measured, and whether it holds."""

    label: str  # "kind.figure right"
    limit: float
    value: float | None  # None: this set does not measure it
    more: bool  # whether more is better, so that the limit is the least
    holds: bool

    def __str__(self) -> str:
        if self.value is None:
            return f"{self.label}: not measured by this set"
        side = "under the floor" if self.more else "over the limit"
        return f"{self.label}: {self.value:.4g} is {side} of {self.limit:g}"


def held(floors: Mapping[str, Any], summary: Mapping[str, Any]) -> list[Held]:
    """Each floor against *summary*.

    A floor on something that was not measured is broken: it proves nothing.
    """
    found = []
    for where, name, limit in _limits(floors):
        value, more = _measured(summary, where, name)
        holds = value is not None and (value >= limit if more else value <= limit)
        found.append(Held(f"{'.'.join(where)} {name}", limit, value, more, holds))
    return found


def broken(floors: Mapping[str, Any], summary: Mapping[str, Any]) -> list[str]:
    """A line for each floor that *summary* does not hold; empty if all hold."""
    return [str(floor) for floor in held(floors, summary) if not floor.holds]


def _limits(
    floors: Mapping[str, Any], where: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], str, Any]]:
    """Every line as (table, measure, limit): (("kind", "figure"), "right", 0.9)."""
    for name, value in floors.items():
        if isinstance(value, dict):
            yield from _limits(value, (*where, name))
        else:
            yield where or ("top",), name, value


def _measured(
    summary: Mapping[str, Any], where: tuple[str, ...], name: str
) -> tuple[float | None, bool]:
    """The value in *summary* and whether more of it is better."""
    group, slice_name = where[0], where[-1]
    if group == "latency_ms":
        return summary["latency_ms"].get(name, {}).get("value"), False
    measures = summary["totals"]
    if group != "total":
        rows = summary["slices"].get(group, ())
        measures = next((r["measures"] for r in rows if r["name"] == slice_name), {})
    return measures.get(name, {}).get("value"), MEASURES[name]
