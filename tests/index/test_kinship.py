"""Copies are linked, corrections take the place of what they correct."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from index.hashing import HashingEncoder
from index.kinship import Kin, corrections
from index.records import Filters, Language, ParsedReport, Report
from index.search import Searcher
from index.store import Store

Make = Callable[..., ParsedReport]
Put = Callable[..., None]

NEWS = [
    "The rate of online records in the whole country reached 45% in the year 2024.",
    "The ministry had asked all provinces to connect their systems by then.",
    "Most of them did so in time, and the others will follow in the coming months.",
    "Citizens file what they need from home and pay the fees by telephone as well.",
]


def reports(store: Store) -> dict[str, Report]:
    """What is in, by name."""
    with store.snapshot() as view:
        return {report.name: report for report in view.reports()}


def described(
    parsed: ParsedReport, published: str | None = None, supersedes: str | None = None
) -> ParsedReport:
    """The report with these fields."""
    report = replace(parsed.report, published=published, supersedes=supersedes)
    return replace(parsed, report=report)


@pytest.fixture
def news(make_report: Make, with_share: Make) -> Make:
    """Give the maker of a report that tells NEWS, with changes."""

    def make(name: str, old: str = "", new: str = "", more: str = "") -> ParsedReport:
        told = [text.replace(old, new) if old else text for text in NEWS]
        parsed = make_report(name, [*told, *([more] if more else [])])
        share = new if new.endswith("%") else "45%"
        return with_share(parsed, share, "online records", "2024")

    return make


def test_a_syndicated_copy_is_linked_to_its_first(
    store: Store, news: Make, put: Put
) -> None:
    """The one published first is the first, whatever came in first."""
    copy = described(news("a.txt", more="By our reporter."), published="2025-02-07")
    put(copy)
    put(described(news("b.txt"), published="2025-02-06"))
    assert reports(store)["a.txt"].copy_of == "b.txt"
    assert reports(store)["b.txt"].copy_of is None

    with store.writer(HashingEncoder.name, HashingEncoder.dim) as writer:
        writer.rename({"b.txt": "c.txt"})
    assert reports(store)["a.txt"].copy_of == "c.txt"

    with store.writer(HashingEncoder.name, HashingEncoder.dim) as writer:
        writer.remove("c.txt")
    assert reports(store)["a.txt"].copy_of is None


@pytest.mark.parametrize(
    ("old", "new"), [("45%", "46%"), ("2024", "2023"), ("online records", "births")]
)
def test_reports_of_one_form_are_no_copies(
    store: Store, news: Make, put: Put, old: str, new: str
) -> None:
    """Another figure or another year is another report; other words may be one."""
    put(news("a.txt"), news("b.txt", old, new))
    linked = reports(store)["b.txt"].copy_of
    assert linked == ("a.txt" if new == "births" else None)


def test_short_texts_are_never_copies(
    store: Store, make_report: Make, put: Put
) -> None:
    """A heading that many reports share says nothing."""
    put(make_report("a.txt", ["Annex."]), make_report("b.txt", ["Annex."]))
    assert reports(store)["b.txt"].copy_of is None


def test_a_corrected_report_leaves_search_and_stays_in_the_store(
    store: Store, news: Make, put: Put
) -> None:
    """It comes back once its correction is gone."""
    encoder = HashingEncoder()
    searcher = Searcher(store, encoder)
    new = described(news("new.txt", "45%", "46%"), supersedes="old.txt")
    put(news("old.txt"), new)

    def found() -> set[str]:
        with store.snapshot() as view:
            question = encoder.questions(["online records"])[0]
            words: dict[Language, list[str]] = {"en": ["online records"]}
            hits = searcher.passages(view, question, words, language="en")
            by_vector = {p.report for p in view.passages(h.passage_id for h in hits)}
            by_words = {
                s.report for s in view.sentences(view.sentences_with(["records"], 9))
            }
            only = view.passage_ids(Filters(reports=("old.txt",)))
            ledger = {f.report for f in view.figures()}
            assert len(only) == ("old.txt" in ledger)
            assert by_vector == by_words == ledger
            return ledger

    assert found() == {"new.txt"}
    assert reports(store)["old.txt"].superseded_by == "new.txt"
    with store.snapshot() as view:
        assert [f.figure.raw for f in view.figures(report="old.txt")] == ["45%"]
    with store.writer(HashingEncoder.name, HashingEncoder.dim) as writer:
        writer.remove("new.txt")
    assert found() == {"old.txt"}


def test_what_corrects_a_report_corrects_its_copies(
    store: Store, news: Make, put: Put
) -> None:
    """A copy of outdated text is as outdated."""
    new = described(news("new.txt", "45%", "46%"), supersedes="old.txt")
    put(news("old.txt"), news("copy.txt"), new)
    assert reports(store)["copy.txt"].superseded_by == "new.txt"


def kin(name: str, **values: str) -> Kin:
    """A report of which only this is known."""
    nothing = Kin(0, name, "", None, None, None, None, "en", None, None, None)
    return nothing._replace(**values)  # type: ignore[arg-type]  # texts, all of them


ADDRESS = "https://example.org/news/57"


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        ([kin("a", supersedes="b"), kin("b")], {"b": "a"}),
        ([kin("a", supersedes="57-nq/TW"), kin("b", number="57-NQ/TW")], {"b": "a"}),
        ([kin("a", supersedes="a")], {}),
        ([kin("a", supersedes="gone")], {}),
        ([kin("a", supersedes="b"), kin("b", supersedes="a")], {"b": "a"}),
        (
            [
                kin("a", url=ADDRESS, published="2025-02-06"),
                kin("b", url=ADDRESS + "/", published="2025-02-08"),
            ],
            {"a": "b"},
        ),
        (
            [
                kin("a", url=ADDRESS, published="2025-02-06"),
                kin("b", url=ADDRESS, published="2025-02-06"),
                kin("c", url=ADDRESS),
            ],
            {},
        ),
        (
            [
                kin("a", url=ADDRESS, published="2024-02-06", period="2023"),
                kin("b", url=ADDRESS, published="2025-02-06", period="2024"),
            ],
            {},
        ),
        (
            [
                kin("a", url="https://example.org/", published="2025-02-06"),
                kin("b", url="https://example.org", published="2025-02-08"),
            ],
            {},
        ),
    ],
)
def test_corrections_are_told_from_the_next_report(
    reports: list[Kin], expected: dict[str, str]
) -> None:
    """By name, number or address and date; a circle never hides all its reports."""
    assert corrections(reports) == expected
