"""Filters and full text narrow what a generation shows."""

import sqlite3
from collections.abc import Callable
from dataclasses import fields

import pytest

from index.records import Encoded, Filters, ParsedReport, Report
from index.store import Store

Make = Callable[..., ParsedReport]
Put = Callable[..., None]
Encode = Callable[[ParsedReport], Encoded]


@pytest.mark.parametrize("typed", ["đạt", "dat", "DAT", "Đạt"])
def test_words_are_found_without_diacritics(
    store: Store, make_report: Make, put: Put, typed: str
) -> None:
    """Officials who type without marks, or on a phone, find the same."""
    put(make_report("a.txt", ["Tỷ lệ hồ sơ đạt 45%."], ["Khác."], language="vi"))
    with store.snapshot() as view:
        assert view.passages_with([typed], 9).keys() == {1}
        assert view.sentences_with([typed], 9).keys() == {1}


def test_several_words_in_one_string_are_a_phrase(
    store: Store, make_report: Make, put: Put
) -> None:
    """Vietnamese words are several syllables; apart they mean something else."""
    put(make_report("a.txt", ["Hồ sơ mới."], ["Sơ đồ cái hồ."], language="vi"))
    with store.snapshot() as view:
        assert view.passages_with(["ho so"], 9).keys() == {1}
        assert view.passages_with(["ho", "so"], 9).keys() == {1, 2}


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), ["a.txt", "b.txt", "c.txt"]),
        (Filters(language="vi"), ["c.txt"]),
        (Filters(publisher="Ministry"), ["a.txt", "b.txt"]),
        (Filters(reports=("a.txt", "c.txt", "none.txt")), ["a.txt", "c.txt"]),
        (Filters(period="2022"), ["a.txt"]),  # a figure's
        (Filters(period="2024-Q1"), ["b.txt"]),  # the report's own
        (Filters(period="2021-06-01"), ["c.txt"]),  # published
        (Filters(period="2022", language="vi"), []),
    ],
)
def test_filters_narrow_what_is_found(
    store: Store,
    make_report: Make,
    with_share: Make,
    put: Put,
    filters: Filters,
    found: list[str],
) -> None:
    """Period, publisher, language and report narrow alike, singly and together."""
    first = make_report("a.txt", ["It was 45%."], publisher="Ministry")
    put(
        with_share(first, "45%", period="2022"),
        make_report("b.txt", ["It was."], publisher="Ministry", period="2024"),
        make_report("c.txt", ["It was."], language="vi", published="2021-06-01"),
    )
    with store.snapshot() as view:
        passages = view.passages(view.passage_ids(filters))
        lexical = view.passages(sorted(view.passages_with(["was"], 9, filters)))
        sentences = view.sentences(sorted(view.sentences_with(["was"], 9, filters)))
    assert [p.report for p in passages] == found
    assert [p.report for p in lexical] == found
    assert [s.report for s in sentences] == found


def test_the_fields_of_a_report_have_columns(store: Store) -> None:
    """As for figures: a field added to Report needs a step in the schema."""
    connection = sqlite3.connect(store.path)
    columns = {row[1] for row in connection.execute("PRAGMA table_info (reports)")}
    connection.close()
    assert {field.name for field in fields(Report)} <= columns
