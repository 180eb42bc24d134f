"""The store keeps reports whole, one generation at a time."""

import sqlite3
import threading
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from index import schema
from index.errors import (
    BadInputError,
    IndexMismatchError,
    IndexMissingError,
    StoreError,
)
from index.hashing import HashingEncoder
from index.records import Encoded, Figure, Filters, ParsedReport, Report
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


# --- Writing ---


def test_generations_count_changes_only(
    store: Store, make_report: Make, put: Put
) -> None:
    """A writer that changed nothing leaves the number; the journal tells the rest."""
    put(make_report("a.txt", ["One."]), make_report("b.txt", ["Two."]))
    put()
    with store.writer(HashingEncoder.name, HashingEncoder.dim) as writer:
        assert not writer.remove("nowhere.txt")
    put(make_report("a.txt", ["One, again."]))
    with store.writer(HashingEncoder.name, HashingEncoder.dim) as writer:
        assert writer.remove("b.txt")

    with store.snapshot() as view:
        journal = [(c.generation, c.action, c.report) for c in view.history()]
        assert view.generation == 3
        assert len(view.history(since=2)) == 1
        assert view.counts().sentences == 1
        assert view.sentences_with(["two"], 9) == {}

    assert journal == [
        (1, "added", "a.txt"),
        (1, "added", "b.txt"),
        (2, "replaced", "a.txt"),
        (3, "removed", "b.txt"),
    ]


def test_a_failure_in_the_middle_leaves_everything_as_before(
    store: Store, make_report: Make, put: Put, encoded: Encode
) -> None:
    """Removals and additions before the failure are undone with it."""
    put(make_report("a.txt", ["One."]))
    later = make_report("b.txt", ["Two."])

    def write_and_fail() -> None:
        with store.writer(HashingEncoder.name, HashingEncoder.dim) as writer:
            writer.remove("a.txt")
            writer.put(later, encoded(later))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_and_fail()

    with store.snapshot() as view:
        assert [report.name for report in view.reports()] == ["a.txt"]
        assert view.generation == 1
        assert view.passages_with(["one"], 9).keys() == {1}
    store.check_file()


def test_a_report_that_cannot_go_in_does_not_spoil_the_others(
    store: Store, make_report: Make, put: Put, encoded: Encode
) -> None:
    """A caller may go on after a failed put: nothing of that report is in."""
    put(make_report("a.txt", ["One."]))
    broken = make_report("a.txt", ["New."], period="soon")
    good = make_report("b.txt", ["Two."])
    with store.writer(HashingEncoder.name, HashingEncoder.dim) as writer:
        with pytest.raises(BadInputError, match="soon"):
            writer.put(broken, encoded(broken))
        writer.put(good, encoded(good))

    with store.snapshot() as view:
        texts = [s.sentence.text for s in view.sentences_of(view.passage_ids())]
    assert texts == ["One.", "Two."]


def _misplaced_sentence(parsed: ParsedReport) -> ParsedReport:
    moved = replace(parsed.sentences[0], start=1, end=5)
    return replace(parsed, sentences=(moved, *parsed.sentences[1:]))


def _misplaced_figure(parsed: ParsedReport) -> ParsedReport:
    return replace(parsed, figures=(replace(parsed.figures[0], start=0, end=3),))


def _clause_elsewhere(parsed: ParsedReport) -> ParsedReport:
    figure = replace(parsed.figures[0], clause_start=0, clause_end=4)
    return replace(parsed, figures=(figure,))


def _lost_sentence(parsed: ParsedReport) -> ParsedReport:
    return replace(parsed, passages=parsed.passages[1:])


def _passage_too_short(parsed: ParsedReport) -> ParsedReport:
    first, *others = parsed.passages
    return replace(parsed, passages=(replace(first, end=first.end - 1), *others))


@pytest.mark.parametrize(
    "spoil",
    [
        _misplaced_sentence,
        _misplaced_figure,
        _clause_elsewhere,
        _lost_sentence,
        _passage_too_short,
    ],
)
def test_offsets_that_do_not_fit_are_refused(
    store: Store,
    make_report: Make,
    with_share: Make,
    put: Put,
    spoil: Callable[[ParsedReport], ParsedReport],
) -> None:
    """A quote that does not stand at its place never reaches the store."""
    parsed = make_report("a.txt", ["Records reached 45%.", "They grew."], ["Trade."])
    with pytest.raises(ValueError, match=r"a\.txt"):
        put(spoil(with_share(parsed, "45%")))
    with store.snapshot() as view:
        assert view.counts().pages == 0


@pytest.mark.parametrize("bad", [np.ones((1, 3)), np.full((1, 256), np.nan)])
def test_vectors_that_do_not_fit_are_refused(
    store: Store, make_report: Make, encoded: Encode, bad: np.ndarray
) -> None:
    """Shapes and values are checked before anything is written."""
    parsed = make_report("a.txt", ["One."])
    vectors = replace(encoded(parsed), passages=bad.astype(np.float32))
    with (
        store.writer(HashingEncoder.name, HashingEncoder.dim) as writer,
        pytest.raises(ValueError, match="passages"),
    ):
        writer.put(parsed, vectors)


def test_another_encoder_needs_a_rebuild(
    store: Store, make_report: Make, put: Put, encoded: Encode
) -> None:
    """Vectors of two encoders never stand side by side; a rebuild is one step."""
    put(make_report("a.txt", ["One."]), make_report("b.txt", ["Two."]))
    with (
        pytest.raises(IndexMismatchError, match="--rebuild"),
        store.writer("another", 256),
    ):
        pass

    parsed = make_report("a.txt", ["One."])
    with store.writer("another", 256, rebuild=True) as writer:
        writer.put(parsed, encoded(parsed))

    with store.snapshot() as view:
        assert (view.encoder, view.generation) == ("another", 2)
        changes = {(c.action, c.report) for c in view.history(since=1)}
    assert changes == {("replaced", "a.txt"), ("removed", "b.txt")}


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


# --- Opening ---


def test_a_missing_store_says_how_to_make_one(tmp_path: Path) -> None:
    """Reading before the first ingest is a person's mistake, not a crash."""
    with pytest.raises(IndexMissingError, match="python -m ingest"):
        Store.open(tmp_path / "none.sqlite")
    (tmp_path / "empty.sqlite").touch()
    with pytest.raises(IndexMissingError):
        Store.open(tmp_path / "empty.sqlite")


def test_a_damaged_store_is_named(tmp_path: Path) -> None:
    """The text names the file and says that the reports are not lost."""
    path = tmp_path / "store.sqlite"
    path.write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreError, match=r"store\.sqlite.*damaged.*not affected"):
        Store.open(path)


def test_damage_inside_is_found(store: Store, make_report: Make, put: Put) -> None:
    """A store cut short is reported as damaged, not half read."""
    put(make_report("a.txt", *([f"Sentence {n}."] for n in range(300))))
    store.close()
    whole = store.path.read_bytes()
    store.path.write_bytes(whole[: len(whole) // 2])

    def use() -> None:
        opened = Store.open(store.path)
        opened.check_file()

    with pytest.raises(StoreError, match="damaged"):
        use()


def test_a_file_of_another_program_is_left_alone(tmp_path: Path) -> None:
    """A wrong folder setting must not write tables into somebody's database."""
    path = tmp_path / "store.sqlite"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE theirs (x)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        Store.open(path, create=True)
    assert path.read_bytes() == before


def test_a_newer_store_is_refused(store: Store) -> None:
    """An older program does not touch what it cannot understand."""
    connection = sqlite3.connect(store.path)
    connection.execute(f"PRAGMA user_version = {len(schema.STEPS) + 1}")
    connection.close()
    with pytest.raises(StoreError, match="newer version"):
        Store.open(store.path)


def test_an_older_store_is_brought_up_to_date(
    store: Store, make_report: Make, put: Put
) -> None:
    """The steps after the file's version run, and what is in stays in."""
    put(make_report("a.txt", ["One."]))
    connection = sqlite3.connect(store.path, isolation_level=None)
    steps = (*schema.STEPS, ("ALTER TABLE reports ADD COLUMN mood TEXT",))
    schema.migrate(connection, store.path, steps)

    moods = connection.execute("SELECT name, mood FROM reports").fetchall()
    assert moods == [("a.txt", None)]
    assert schema.check(connection, store.path, steps) == len(steps)
    connection.close()


def test_a_failed_migration_leaves_the_old_schema(store: Store) -> None:
    """All steps or none: a crash half-way can be tried again."""
    connection = sqlite3.connect(store.path, isolation_level=None)
    steps = (*schema.STEPS, ("CREATE TABLE fresh (x)", "CREATE TABLE fresh (x)"))
    with pytest.raises(sqlite3.OperationalError):
        schema.migrate(connection, store.path, steps)

    assert schema.check(connection, store.path) == len(schema.STEPS)
    tables = "SELECT count(*) FROM sqlite_master WHERE name = 'fresh'"
    assert connection.execute(tables).fetchone() == (0,)
    connection.close()


def test_two_processes_may_create_the_store_at_once(tmp_path: Path) -> None:
    """Whoever comes second finds the tables made."""
    errors: list[Exception] = []

    def create() -> None:
        try:
            Store.open(tmp_path / "store.sqlite", create=True)
        except Exception as error:  # noqa: BLE001 - shown by the assertion below
            errors.append(error)

    threads = [threading.Thread(target=create) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


# --- Filters and full text ---


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
