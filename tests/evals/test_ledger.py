"""The figures of reports, held against what people read."""

from pathlib import Path

import pytest

from evals import ledger
from evals.ledger import Read, judge, read_figures
from index.errors import BadInputError

REPORT = """Wells of Hue in 2024

In 2024, Hue tested 412 wells, up 12% compared to 2023. At the end of 2023 the rate of
safe wells was 45%. The target for 2025 is 80%.
"""


def gold(raw: str, period: str, place: str, status: str, quote: str) -> Read:
    """A figure as somebody read it."""
    return Read("wells.txt", quote, raw, period, place, status)


FIRST = "In 2024, Hue tested 412 wells, up 12% compared to 2023."
LAST = "The target for 2025 is 80%."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one report."""
    (tmp_path / "wells.txt").write_text(REPORT.replace("\nsafe", " safe"), "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("read", "wrong"),
    [
        (gold("412 wells", "2024", "Hue", "achieved", FIRST), set()),
        (gold("412 wells", "2024-12", "Phu Loc district < Hue", "-|achieved", FIRST),
         set()),  # finer, and in the province
        (gold("412 wells", "2023", "Hue", "achieved", FIRST), {"period", "all"}),
        (gold("12%", "2024", "Vietnam", "change", FIRST), {"place", "all"}),
        (gold("80%", "2025", "Hue|-", "achieved", LAST), {"status", "all"}),
        (gold("81%", "2025", "Hue", "target", LAST), set(ledger.MEASURES)),
    ],
)  # fmt: skip
def test_a_figure_is_held_against_its_reading(
    folder: Path, read: Read, wrong: set[str]
) -> None:
    """Each field by itself; "|" parts what is as good, "-" leaves it open."""
    (verdict,) = judge([read], folder)
    assert set(ledger.MEASURES) - verdict.right == wrong


def test_one_figure_is_counted_once(folder: Path) -> None:
    """A number that people read twice must stand there twice."""
    read = gold("412 wells", "2024", "Hue", "achieved", FIRST)
    first, second = judge([read, read], folder)
    assert first.figure is not None
    assert second.figure is None


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    """Whoever writes a set learns which line is none."""
    path = tmp_path / "wells.jsonl"
    path.write_text('{"report": "wells.txt"}\n', "utf-8")
    with pytest.raises(BadInputError, match="line 1"):
        read_figures(path)


def test_the_command_prints_each_set(capsys: pytest.CaptureFixture[str]) -> None:
    """With the share of figures that are right in every field."""
    assert ledger.main(["corpus"]) == 0
    said = capsys.readouterr().out
    assert "| corpus " in said
    assert "| together " in said


def test_an_unknown_set_is_named() -> None:
    """With the file that would hold it."""
    with pytest.raises(BadInputError, match=r"wells\.jsonl"):
        ledger.main(["wells"])
