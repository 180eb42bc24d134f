"""The store keeps reports whole, one generation at a time."""

import threading
from collections.abc import Callable
from dataclasses import fields, replace

import numpy as np
import pytest

from index.errors import (
    BadInputError,
    IndexMissingError,
    StoreError,
)
from index.hashing import HashingEncoder
from index.records import Encoded, Figure, ParsedReport
from index.store import Store

Make = Callable[..., ParsedReport]
Put = Callable[..., None]
Encode = Callable[[ParsedReport], Encoded]


# --- Reading what was written ---


def test_a_report_comes_back_as_it_went_in(
    store: Store, make_report: Make, with_share: Make, put: Put
) -> None:
    """Every record reads back equal, its vectors to float16's precision."""
    parsed = make_report(
        "a/năm.txt",
        ["Online records reached 45% in 2024.", "They grew."],
        ["Trade fell."],
        publisher="Ministry",
        published="2025-02-06",
        period="2024",
    )
    parsed = with_share(parsed, "45%", "online records", "2024", "Vietnam")
    put(parsed)

    with store.snapshot() as view:
        assert view.reports() == [parsed.report]
        assert view.report("a/năm.txt") == parsed.report
        assert view.pages("a/năm.txt") == list(parsed.pages)
        assert view.page("a/năm.txt", 1) == parsed.pages[0]
        stored = view.sentences_of(view.passage_ids())
        vectors = np.array([row.vector for row in stored])
        passages = view.passages(view.passage_ids())

    assert [row.sentence for row in stored] == list(parsed.sentences)
    assert [row.row for row in stored] == [0, 1, 2]
    assert [f.figure for row in stored for f in row.figures] == list(parsed.figures)
    assert [p.passage for p in passages] == list(parsed.passages)
    assert passages[1].text == "Trade fell."
    expected = HashingEncoder().passages([s.text for s in parsed.sentences])
    assert vectors == pytest.approx(expected, abs=1e-3)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-6)


def test_every_field_of_a_figure_is_kept(
    store: Store, make_report: Make, with_share: Make, put: Put
) -> None:
    """A field added to Figure needs a column: none may be dropped in silence."""
    parsed = with_share(make_report("a.txt", ["About 8-10% of it."]), "10%")
    figure = replace(
        parsed.figures[0], hedge="about", value_to=10.0, period="2022/2024", place="Huế"
    )
    put(replace(parsed, figures=(figure,)))

    with store.snapshot() as view:
        (stored,) = view.figures()

    for field in fields(Figure):
        assert getattr(stored.figure, field.name) == getattr(figure, field.name)


def test_unknown_names_and_ids_are_not_there(store: Store, put: Put) -> None:
    """Asking for what is not in is no error: a report may just have been removed."""
    with store.snapshot() as view:
        assert view.report("gone.txt") is None
        assert view.page("gone.txt", 1) is None
        assert view.pages("gone.txt") == []
        assert view.passages([7]) == []
        assert view.sentences_of([7]) == []
        assert view.neighbours("gone.txt", 0, 9) == []
        assert view.generation == 0


def test_passages_and_sentences_come_in_the_order_asked_for(
    store: Store, make_report: Make, put: Put
) -> None:
    """The best passage's sentences stand first."""
    put(make_report("a.txt", ["One.", "Two."], ["Three."], ["Four."]))

    with store.snapshot() as view:
        assert [p.id for p in view.passages([3, 1])] == [3, 1]
        texts = [s.sentence.text for s in view.sentences_of([2, 1])]
        around = [s.sentence.text for s in view.neighbours("a.txt", 1, 3)]

    assert texts == ["Three.", "One.", "Two."]
    assert around == ["Two.", "Three."]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["45%", "87,08%"]),
        ({"subject": "HO SO"}, ["87,08%"]),
        ({"subject": "records online"}, ["45%"]),
        ({"period": "2024-Q2"}, ["45%"]),
        ({"period": "2023/2025"}, ["45%", "87,08%"]),
        ({"place": "lang son"}, ["87,08%"]),
        ({"report": "b.txt"}, ["87,08%"]),
        ({"subject": "100%_"}, []),
    ],
)
def test_the_ledger_is_narrowed_by_what_is_given(
    store: Store,
    make_report: Make,
    with_share: Make,
    put: Put,
    asked: dict[str, str],
    found: list[str],
) -> None:
    """Case and diacritics do not count, and periods match where they overlap."""
    english = make_report("a.txt", ["Records reached 45%."])
    vietnamese = make_report("b.txt", ["Hồ sơ đạt 87,08%."], language="vi")
    put(
        with_share(english, "45%", "online records", "2024", "Vietnam"),
        with_share(vietnamese, "87,08%", "hồ sơ", "2023-07", "Lạng Sơn"),
    )

    with store.snapshot() as view:
        assert [f.figure.raw for f in view.figures(**asked)] == found


def test_a_period_that_is_none_is_refused(store: Store) -> None:
    """A misspelt period says so instead of finding nothing."""
    with store.snapshot() as view, pytest.raises(BadInputError, match="20x4"):
        view.figures(period="20x4")


def test_a_view_serves_only_inside_its_with(store: Store) -> None:
    """A view kept too long would read a later generation; it refuses."""
    with store.snapshot() as view:
        pass
    with pytest.raises(RuntimeError, match="snapshot has ended"):
        view.reports()


# --- Several at once ---


def test_a_snapshot_does_not_see_a_later_write(
    store: Store, make_report: Make, put: Put
) -> None:
    """One question is answered from one generation, whatever an ingest does."""
    put(make_report("a.txt", ["One."]))
    with store.snapshot() as view:
        put(make_report("a.txt", ["Changed."]), make_report("b.txt", ["Two."]))
        assert [report.name for report in view.reports()] == ["a.txt"]
        assert [page.text for page in view.pages("a.txt")] == ["One."]
        assert view.generation == 1
    with store.snapshot() as view:
        assert view.generation == 2


def test_readers_go_on_while_a_writer_is_at_work(
    store: Store, make_report: Make, put: Put, encoded: Encode
) -> None:
    """Many threads read whole generations while reports are replaced."""
    put(*(make_report(f"{n}.txt", [f"Text 0 of {n}."]) for n in range(4)))
    seen: list[set[str]] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            with store.snapshot() as view:
                rows = view.sentences_of(view.passage_ids())
                seen.append({row.sentence.text.split()[1] for row in rows})

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for turn in range(1, 6):
        put(*(make_report(f"{n}.txt", [f"Text {turn} of {n}."]) for n in range(4)))
    stop.set()
    for reader in readers:
        reader.join()

    assert seen
    assert all(len(turns) == 1 for turns in seen)


def test_a_second_writer_is_told_that_another_is_at_work(store: Store) -> None:
    """It waits as long as it was told to and says what to do then."""
    with (
        store.writer("x", 3),
        pytest.raises(StoreError, match="another ingest is running"),
        store.writer("x", 3, wait=0.05),
    ):
        pass


def test_a_store_replaced_under_a_running_app_is_taken_up(
    store: Store, make_report: Make, put: Put
) -> None:
    """Connections to a deleted file are dropped, not read for ever."""
    put(make_report("a.txt", ["One."]))
    with store.snapshot() as view:
        assert view.generation == 1
    for file in store.path.parent.iterdir():
        file.unlink()
    with pytest.raises(IndexMissingError), store.snapshot():
        pass

    Store.open(store.path, create=True)
    with store.snapshot() as view:
        assert view.generation == 0
