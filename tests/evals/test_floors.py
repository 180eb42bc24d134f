"""Floors hold, break with a name, and are refused if they could never hold."""

from pathlib import Path
from typing import Any

import pytest

from evals.floors import broken, read_floors
from index.errors import BadInputError

SUMMARY: dict[str, Any] = {
    "totals": {"right": {"value": 0.9}, "wrong_shown": {"value": 0.04}},
    "slices": {"language": [{"name": "vi", "measures": {"right": {"value": 0.8}}}]},
    "latency_ms": {"p50": {"value": 40.0}},
}


def floors(tmp_path: Path, text: str) -> dict[str, Any]:
    """Read *text* as a floors file."""
    path = tmp_path / "floors.toml"
    path.write_text(text, "utf-8")
    return read_floors(path)


def test_the_projects_own_floors_can_be_read() -> None:
    """The file beside the code is well-formed."""
    assert read_floors(Path(__file__).parents[2] / "evals" / "floors.toml")


def test_floors_that_hold_say_nothing(tmp_path: Path) -> None:
    """At the floor is not under it."""
    text = "[total]\nright = 0.9\nwrong_shown = 0.04\n[latency_ms]\np50 = 40"
    assert broken(floors(tmp_path, text), SUMMARY) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[total]\nright = 0.91", "total right: 0.9 is under the floor of 0.91"),
        (
            "[total]\nwrong_shown = 0.03",
            "total wrong_shown: 0.04 is over the limit of 0.03",
        ),
        ("[language.vi]\nright = 1", "language.vi right: 0.8 is under the floor of 1"),
        ("[latency_ms]\np50 = 30", "latency_ms p50: 40 is over the limit of 30"),
        ("[kind.date]\nright = 0", "kind.date right: not measured by this set"),
    ],
)
def test_a_broken_floor_is_named(tmp_path: Path, text: str, line: str) -> None:
    """Slice, measure, value and limit; what was not measured proves nothing."""
    assert broken(floors(tmp_path, text), SUMMARY) == [line]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[total]\nrihgt = 0.9", "rihgt is not measured"),
        ("[topic.rail]\nright = 0.9", "not measured"),
        ("right = 0.9", "not measured"),
        ('[total]\nright = "high"', "not a number"),
        ("[total", "not TOML"),
        ("", "holds no floor"),
    ],
)
def test_a_floor_that_could_never_break_is_refused(
    tmp_path: Path, text: str, message: str
) -> None:
    """A typing error must not switch a floor off."""
    with pytest.raises(BadInputError, match=message):
        floors(tmp_path, text)
