"""`python -m index` shows what is in, for people and for programs."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from index.__main__ import main
from index.hashing import HashingEncoder
from index.records import ParsedReport
from index.search import Searcher
from index.store import Store

Make = Callable[..., ParsedReport]
Put = Callable[..., None]


@pytest.fixture(autouse=True)
def _var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTS_VAR_DIR", str(tmp_path))


@pytest.fixture
def filled(store: Store, make_report: Make, with_share: Make, put: Put) -> Store:
    """Put two reports with a figure each into the store."""
    english = make_report("a.txt", ["Online records reached 45%."], ["Trade fell."])
    vietnamese = make_report("b.txt", ["Hồ sơ đạt 87,08%."], language="vi")
    put(
        with_share(english, "45%", "online records", "2024", "Vietnam"),
        with_share(vietnamese, "87,08%", "hồ sơ", "2023-07"),
    )
    return store


@pytest.mark.parametrize("command", [["status"], ["figures"], ["status", "--json"]])
def test_without_an_index_it_says_how_to_make_one(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 1, the advice on stderr, nothing on stdout."""
    assert main(command) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "python -m ingest" in err


def test_status_counts_what_is_in(
    filled: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """The JSON has counts, encoder, sizes, and the state of the FAISS file."""
    assert main(["status", "--json"]) == 0
    status = json.loads(capsys.readouterr().out)
    assert (status["reports"], status["passages"]) == (2, 3)
    assert (status["sentences"], status["figures"]) == (3, 2)
    assert (status["generation"], status["encoder"]) == (1, HashingEncoder.name)
    assert status["store_bytes"] > 0
    assert (status["faiss"], status["faiss_state"]) == ("flat", "missing")

    Searcher(filled, HashingEncoder()).refresh()
    main(["status", "--json"])
    assert json.loads(capsys.readouterr().out)["faiss_state"] == "current"


def test_status_reads_well(filled: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """For people: one line each."""
    assert main(["status"]) == 0
    lines = dict(
        line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines()
    )
    assert lines["reports"] == "2"
    assert lines["faiss_bytes"] == "-"


def test_figures_are_an_aligned_table(
    filled: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """Columns stand under their heads, so that an official can check them."""
    assert main(["figures"]) == 0
    head, first, second = capsys.readouterr().out.splitlines()
    assert first.split("  ")[0].strip() == "45%"
    assert head.index("period") == first.index("2024") == second.index("2023-07")
    assert second.endswith("b.txt")


def test_figures_as_json_carry_all_fields_and_the_quote(
    filled: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """One object a line, with what is needed to find the place again."""
    assert main(["figures", "--json", "--subject", "ho so", "--period", "2023"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    figure = json.loads(line)
    assert (figure["raw"], figure["value"], figure["report"]) == (
        "87,08%",
        87.08,
        "b.txt",
    )
    assert figure["quote"] == "Hồ sơ đạt 87,08%."
    assert figure["page"] == 1


def test_no_figure_is_said_aside(
    filled: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty list is not an error, and stdout stays empty for programs."""
    assert main(["figures", "--place", "Nowhere"]) == 0
    out, err = capsys.readouterr()
    assert (out, err) == ("", "no figure fits\n")


@pytest.mark.parametrize("misuse", [[], ["figures", "--period", "soon"], ["what"]])
def test_misuse_exits_with_2(
    misuse: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """As command lines do; the text says what is understood."""
    with pytest.raises(SystemExit) as caught:
        main(misuse)
    assert caught.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_a_damaged_store_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No traceback: the file, and what to do."""
    (tmp_path / "store.sqlite").write_bytes(b"x" * 5000)
    assert main(["status"]) == 1
    assert "store.sqlite" in capsys.readouterr().err
