"""What the operator learns of how well each report could be read."""

import json

import pytest

from index.records import Page, Report
from ingest.__main__ import main
from ingest.document import Document
from ingest.health import Health, from_json, health_of, table
from ingest.load import Source
from ingest.parse import parse_source
from settings import Settings
from tests.ingest.printed import ENGLISH, placed, printed


def health(text: str) -> Health:
    """The health of a text file."""
    found = from_json(parse_source(Source("a.txt", text.encode(), None)).report.health)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "suspicion"),
    [
        (
            "Friday, 09/20/2024\nIn 2021, the rate reached 45% of all.\n",
            "day of printing",
        ),
        ("The rate reached 45% of all records.\n", "nothing in it is dated"),
        ("The conference took place in the capital.\n", "no figure"),
        ("In 2021, the rate of caf\ufffd reached 45% of all.\n", "a letter could not"),
    ],
)
def test_what_is_suspicious_is_said(text: str, suspicion: str) -> None:
    """In a sentence that an operator understands."""
    assert any(suspicion in what for what in health(text).suspicious)


def test_an_ordinary_report_is_not_suspicious() -> None:
    """Else nobody reads the warnings."""
    found = health("In 2021, the rate of online records reached 45% nationwide.\n")
    assert found.suspicious == found.notes == ()
    assert found.figures == 2


def test_pages_are_counted_by_how_they_were_read() -> None:
    """Recognised with their confidence, unread with their numbers."""
    pages = (
        Page(1, "Read."),
        Page(2, "Seen.", read_by="ocr", confidence=0.7),
        Page(3, "", read_by="unread"),
    )
    found = health_of(Document(pages, mended=4), Report("a.pdf", "", "en"), [])
    assert (found.pages, found.unread, found.recognised) == (3, (3,), ((2, 0.7),))
    assert found.mended == 4
    assert any("page 2" in what for what in found.suspicious)
    assert from_json(found.to_json()) == found


def test_the_table_has_a_line_a_report() -> None:
    """Reports from before health was kept say so."""
    known = Report("a.pdf", "", "en", health=Health(3, 90, 7, unread=(2,)).to_json())
    told = table([Report("b.pdf", "", "en"), known]).splitlines()
    assert told[1].split() == ["a.pdf", "3", "2", "0", "1", "0", "7"]
    assert "before health" in told[2]


def test_the_command_reports(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`python -m ingest --report`, for people and as JSON."""
    monkeypatch.setenv("REPORTS_CORPUS_DIR", str(settings.corpus_dir))
    monkeypatch.setenv("REPORTS_VAR_DIR", str(settings.var_dir))
    monkeypatch.setenv("REPORTS_ENCODER", "hashing")
    (settings.corpus_dir / "a.pdf").write_bytes(printed(ENGLISH))
    split = placed((60, 700, "Năm 2024, quyế t định số 5 đạt 45% hồ s ơ."))
    (settings.corpus_dir / "b.pdf").write_bytes(split)
    assert main(["--report"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines if ".pdf" in line] == [
        ["a.pdf", "1"],
        ["b.pdf", "1"],
    ]
    assert main(["--report", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["health"]["b.pdf"]["mended"] == 2
