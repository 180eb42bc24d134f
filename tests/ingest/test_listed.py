"""Figures of a list: what is said above it holds for its items, and no further."""

from pathlib import Path

import pytest

from ingest.parse import parse


def read(folder: Path, text: str) -> dict[str, tuple[str | None, str]]:
    """Period and status of the figures of a report, by their raw words."""
    path = folder / "r.txt"
    path.write_text(f"Harbours in 2024\n\nPublished: 2024-10-05\n\n{text}\n", "utf-8")
    figures = parse(path, folder).figures
    return {f.raw: (f.period, f.status) for f in figures if f.kind != "date"}


@pytest.mark.parametrize(
    "text",
    [
        "The chairman asked the ports to reach in 2026:\n\n- Boats with lamps: 85%.\n\n"
        "- New piers: 120.\n\nBoats numbered 31,400 at the last count.",
        "Chủ tịch yêu cầu các cảng năm 2026:\n\n- Tàu có đèn: 85%.\n\n"
        "- Cầu tàu mới: 120.\n\nTheo thống kê có 31,400 tàu.",
    ],
)
def test_goals_and_their_year_hold_for_the_items_only(
    tmp_path: Path, text: str
) -> None:
    """Behind the last item the report speaks of its own time again."""
    found = read(tmp_path, text)
    assert found["85%"] == found["120"] == ("2026", "target")
    assert found["31,400"][1] == "achieved"
    assert found["31,400"][0] != "2026"


def test_items_without_bullets_go_on_after_a_semicolon(tmp_path: Path) -> None:
    """A paragraph that ends in one is not the last of its list."""
    found = read(
        tmp_path,
        "In 2022 the ports had:\n\nLamps on the piers: 120;\n\nBoats with nets: 31.\n\n"
        "There are 77 cranes in all the ports of the bay.",
    )
    assert found["120"][0] == found["31"][0] == "2022"
    assert found["77"][0] != "2022"


def test_a_heading_ends_a_list(tmp_path: Path) -> None:
    """What it announces is of its own time."""
    found = read(
        tmp_path,
        "The chairman asked the ports to reach in 2026:\n\n- Boats with lamps: 85%;\n\n"
        "II. RESULTS OF 2023\n\n1. Boats with nets: 31%.",
    )
    assert found["85%"] == ("2026", "target")
    assert found["31%"] == ("2023", "achieved")
