"""Reports without a title are shown by their opening, on the page alone."""

from pathlib import Path

import pytest

from index.hashing import HashingEncoder
from index.ledger import Asked, rows
from index.store import Store
from ingest.pipeline import ingest
from page.titles import LONGEST, opening, titled, titled_rows
from settings import Settings

OPENS = "On the morning of 9 January the department reviewed the wells of the province"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """One report with a title of its own, one without."""
    (tmp_path / "corpus").mkdir()
    said = "In 2024 the share of tested wells nationwide reached 50%."
    for name, head in (("a.txt", "Yearly report on wells\n\n"), ("b.txt", "")):
        text = f"{head}{OPENS} and other waters. {said}\n"
        (tmp_path / "corpus" / name).write_text(text, encoding="utf-8")
    settings = Settings(tmp_path / "corpus", tmp_path / "var", tmp_path, "hashing")
    ingest(settings, HashingEncoder)
    return Store.open(settings.store_path)


def test_an_opening_ends_with_a_whole_word() -> None:
    """Lines are joined; it is marked as quoted and as cut."""
    assert opening("  On the\n morning ") == "“On the morning”"
    cut = opening(f"{OPENS} and other waters.")
    assert cut.endswith(" …”")
    assert len(cut) <= LONGEST + 4
    assert OPENS.startswith(cut[1:-3])
    assert opening(" \n") == ""


def test_only_what_has_no_title_gets_its_opening(store: Store) -> None:
    """In lists and beside figures; the store itself still says that there is none."""
    with store.snapshot() as view:
        reports = view.reports()
        shown = titled(view, reports)
        figures = titled_rows(view, rows(view, Asked(subject="wells")))

    assert [r.title for r in reports] == ["Yearly report on wells", None]
    assert shown[0].title == "Yearly report on wells"
    assert (shown[1].title or "").startswith("“On the morning of 9 January")
    assert {row.title for row in figures} == {r.title for r in shown}
