"""The least we accept, per measure and slice, from `floors.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from evals.score import MEASURES
from index.errors import BadInputError

_GROUPS = ("kind", "language", "report")
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


def broken(floors: Mapping[str, Any], summary: Mapping[str, Any]) -> list[str]:
    """A line for each floor that *summary* does not hold; empty if all hold.

    A floor on something that was not measured is broken: it proves nothing.
    """
    lines = []
    for where, name, limit in _limits(floors):
        label = f"{'.'.join(where)} {name}"
        value, more_is_better = _measured(summary, where, name)
        if value is None:
            lines.append(f"{label}: not measured by this set")
        elif more_is_better and value < limit:
            lines.append(f"{label}: {value:.4g} is under the floor of {limit:g}")
        elif not more_is_better and value > limit:
            lines.append(f"{label}: {value:.4g} is over the limit of {limit:g}")
    return lines


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
    if where == ("latency_ms",):
        return summary["latency_ms"].get(name), False
    if where == ("total",):
        part = summary["total"]
    else:
        part = summary["slices"].get(where[0], {}).get(where[-1], {})
    return part.get(name, {}).get("value"), MEASURES[name]
