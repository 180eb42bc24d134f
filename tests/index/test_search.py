"""Hybrid search: right within a language, across both, under filters, for any text."""

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.catalog import Catalog
from index.conditions import match_query, phrases, worth_asking
from index.errors import BadInputError, IndexMismatchError, IndexMissingError
from index.hashing import HashingEncoder
from index.records import Encoded, Filters, Hit, Language, ParsedReport
from index.search import Searcher, fuse
from index.store import Store

Make = Callable[..., ParsedReport]
Put = Callable[..., None]


@pytest.fixture
def searcher(store: Store, encoder: HashingEncoder) -> Searcher:
    """Search the store with the encoder that its reports are encoded with."""
    return Searcher(store, encoder)


def ask(
    searcher: Searcher,
    question: str,
    words: dict[Language, list[str]] | None = None,
    *,
    language: Language = "en",
    filters: Filters | None = None,
    k: int = 30,
) -> list[Hit]:
    """Search with the question's own words, unless others are given."""
    vector = searcher.encoder.questions([question])[0]
    words = {language: question.split()} if words is None else words
    with searcher.store.snapshot() as view:
        return searcher.passages(
            view, vector, words, language=language, filters=filters, k=k
        )


def test_the_passage_asked_for_comes_first(
    searcher: Searcher, make_report: Make, put: Put
) -> None:
    """Meaning and words together put the right passage at the top, with reasons."""
    put(make_report("a.txt", ["Trade fell."], ["Online records grew."], ["Roads."]))
    hits = ask(searcher, "online records")
    assert hits[0].passage_id == 2
    assert hits[0].dense == pytest.approx(max(hit.dense for hit in hits))
    assert hits[0].lexical > 0
    assert hits[-1].lexical == 0
    assert hits == sorted(hits, key=lambda hit: -hit.score)


def test_a_passage_found_by_words_alone_has_its_cosine_too(
    searcher: Searcher, make_report: Make, put: Put
) -> None:
    """Both reasons are always filled in, whichever list a passage came from."""
    put(make_report("a.txt", *([f"Trade item {n}."] for n in range(80)), ["Zebra."]))
    question = searcher.encoder.questions(["trade item"])[0]
    with searcher.store.snapshot() as view:
        hits = searcher.passages(view, question, {"en": ["zebra"]}, language="en", k=90)
        vector = view.passage_vectors([81])[0]
    (zebra,) = [hit for hit in hits if hit.passage_id == 81]
    assert zebra.lexical > 0
    assert zebra.dense == pytest.approx(float(vector @ question), abs=1e-5)


def test_words_count_only_for_reports_of_their_language(
    searcher: Searcher, make_report: Make, put: Put
) -> None:
    """An English word that is also a Vietnamese syllable must not mislead."""
    put(
        make_report("en.txt", ["They can do it."], ["Nothing."]),
        make_report("vi.txt", ["Cần cán bộ."], ["Không."], language="vi"),
    )
    english = ask(searcher, "can", {"en": ["can"]})
    assert {hit.passage_id for hit in english if hit.lexical} == {1}
    both = ask(searcher, "can", {"en": ["can"], "vi": ["cán bộ"]})
    assert {hit.passage_id for hit in both if hit.lexical} == {1, 3}


def test_words_weigh_less_across_languages() -> None:
    """BM25 ruins the cross-language case where it counts as within a language."""
    dense = {1: 0.90, 2: 0.88, 3: 0.80}
    lexical = {2: 5.0}
    within = fuse(dense, lexical, {1: 0.35, 2: 0.35, 3: 0.35}, floor=0.8)
    across = fuse(dense, lexical, {1: 0.35, 2: 0.1, 3: 0.35}, floor=0.8)
    assert [hit.passage_id for hit in within] == [2, 1, 3]
    assert [hit.passage_id for hit in across] == [1, 2, 3]


def test_without_words_the_order_is_that_of_the_cosines(
    searcher: Searcher, make_report: Make, put: Put
) -> None:
    """A question of stop words alone is still answered by meaning."""
    put(make_report("a.txt", ["Trade fell."], ["Records grew."]))
    hits = ask(searcher, "records", {})
    assert [hit.passage_id for hit in hits] == [2, 1]


def test_a_filtered_search_is_filled_up(
    searcher: Searcher, make_report: Make, put: Put
) -> None:
    """Filters apply before the best are taken, not to the best."""
    many = [[f"Records of {n}."] for n in range(100)]
    put(
        make_report("a.txt", *many),
        make_report("b.txt", *([f"Trade {n}."] for n in range(9)), publisher="M"),
    )
    hits = ask(searcher, "records", filters=Filters(publisher="M"), k=5)
    assert len(hits) == 5
    assert all(hit.passage_id > 100 for hit in hits)
    assert ask(searcher, "records", filters=Filters(publisher="Nobody")) == []
    with pytest.raises(BadInputError, match="not a period"):
        ask(searcher, "records", filters=Filters(period="lately"))


HOSTILE = [
    '"',
    '"" OR ""',
    "a AND (b OR NOT c",
    "NEAR(a b, 2)",
    "text:x ^y *",
    "records*",
    "'; DROP TABLE reports; --",
    "🙂🙂",
    "\x00 records \ud800",
    "records " * 2000,
    "a" * 10_000,
    "…—“”%$#@!{}[]",
    "",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_any_text_may_be_asked(
    searcher: Searcher, make_report: Make, put: Put, typed: str
) -> None:
    """Operators of the query language are words to us, and length is no harm."""
    put(make_report("a.txt", ["Records grew."], ["Trade fell."]))
    assert len(ask(searcher, "records", {"en": [typed], "vi": typed.split()})) == 2


@given(st.text(max_size=200))
def test_a_query_holds_nothing_but_quoted_words(typed: str) -> None:
    """What goes to FTS5 is quoted words joined by OR, whatever was typed."""
    query = match_query(phrases([typed]))
    outside = query.split('"')[::2]
    assert set(outside) <= {"", " OR "}


def test_the_commonest_words_go_unasked_in_a_large_corpus() -> None:
    """Rare words find the passage; scoring every passage for "the" takes too long."""
    counts = {"the": 90_000, "records": 700, "kiosks": 12, "52": 40, "80": 900}
    asked = ["the records", "the", "52.80%", "kiosks", "unheard"]
    assert worth_asking(asked, counts) == '"kiosks" OR "52.80%" OR "the records"'
    assert worth_asking(["the"], counts) == ""
    common = {"the": 90_000, "health": 4_000, "roads": 6_000, "records": 9_000}
    assert worth_asking(common, common) == '"health" AND "roads" AND "records"'


# The fixtures are plain functions, the same for every example.
STATELESS = [HealthCheck.function_scoped_fixture]
# FTS5 also folds signs such as the micro sign into letters, which we leave.
LATIN = st.characters(min_codepoint=32, max_codepoint=0x17F, exclude_characters="µſ")
TALES = st.lists(
    st.text(LATIN, min_size=1, max_size=40)
    | st.sampled_from(["Records, 52.80%.", "Đường sắt №5 a_b", "Ａ１２ naïve x²"]),
    min_size=1,
    max_size=4,
)


@given(st.lists(st.tuples(st.sampled_from("abc"), TALES), max_size=6))
@settings(max_examples=10, deadline=None, suppress_health_check=STATELESS)
def test_words_are_counted_as_full_text_search_counts_them(
    tmp_path_factory: pytest.TempPathFactory,
    make_report: Make,
    encoded: Callable[[ParsedReport], Encoded],
    puts: list[tuple[str, list[str]]],
) -> None:
    """The table of counts follows every addition, replacement and removal."""
    store = Store.open(tmp_path_factory.mktemp("words") / "s.sqlite", create=True)
    for name, told in [*puts, ("a", ["last"])]:
        with store.writer(HashingEncoder.name, HashingEncoder.dim) as writer:
            parsed = make_report(name, told)
            writer.put(parsed, encoded(parsed))
            writer.remove("b")
    with store.snapshot() as view:
        counted = dict(view.select("SELECT term, doc FROM sentences_words"))
        assert view.word_counts() == counted
    store.close()


FILTERS = st.builds(
    Filters,
    period=st.none() | st.sampled_from(["2023", "2024", "2024-Q1", "2022/2024"]),
    publisher=st.none() | st.sampled_from(["Ministry", "Office"]),
    language=st.none() | st.sampled_from(["en", "vi"]),
    reports=st.just(()) | st.just(("a", "c")),
)
PERIODS = st.none() | st.sampled_from(["2022", "2024", "2024-02", "2023/2025"])
REPORT = st.fixed_dictionaries(
    {
        "name": st.sampled_from("abcd"),
        "language": st.sampled_from(["en", "vi"]),
        "publisher": st.sampled_from([None, "Ministry", "Office"]),
        "published": st.sampled_from([None, "2024-02-06", "2023-01-01"]),
        "period": PERIODS,
        "told": PERIODS,
    }
)


@given(st.lists(st.lists(REPORT, min_size=1, max_size=3), max_size=4), FILTERS)
@settings(max_examples=12, deadline=None, suppress_health_check=STATELESS)
def test_columns_in_memory_say_what_sql_says(
    tmp_path_factory: pytest.TempPathFactory,
    make_report: Make,
    with_share: Make,
    encoded: Callable[[ParsedReport], Encoded],
    generations: list[list[dict[str, Any]]],
    filters: Filters,
) -> None:
    """The catalog is only a faster `passage_ids`, kept up generation by generation."""
    store = Store.open(tmp_path_factory.mktemp("catalog") / "s.sqlite", create=True)
    catalog = None
    for reports in generations:
        with store.writer(HashingEncoder.name, HashingEncoder.dim) as writer:
            for made in reports:
                told = made["told"]
                name = made["name"]
                rest = {k: v for k, v in made.items() if k not in {"name", "told"}}
                parsed = make_report(name, ["Of 45% we tell."], ["Of none."], **rest)
                parsed = with_share(parsed, "45%", period=told)
                writer.put(parsed, encoded(parsed))
            writer.remove("d")
        with store.snapshot() as view:
            catalog = Catalog.read(view, catalog)
            assert catalog.ids.tolist() == view.passage_ids().tolist()
            found = catalog.passages(view, filters)
            assert found.tolist() == view.passage_ids(filters).tolist()
    store.close()


def test_a_new_generation_is_taken_up_at_the_next_question(
    searcher: Searcher, make_report: Make, put: Put
) -> None:
    """A running app needs no restart after an ingest."""
    put(make_report("a.txt", ["Trade fell."]))
    assert searcher.refresh() == 1
    assert [hit.passage_id for hit in ask(searcher, "records")] == [1]
    put(make_report("b.txt", ["Records grew."]))
    assert [hit.passage_id for hit in ask(searcher, "records")] == [2, 1]
    assert searcher.refresh() == 2


def test_a_question_stays_with_the_generation_of_its_view(
    searcher: Searcher, make_report: Make, put: Put
) -> None:
    """Another thread may take up a newer one meanwhile; this answer is of one."""
    put(make_report("a.txt", ["Trade fell."]))
    vector = searcher.encoder.questions(["records"])[0]
    with searcher.store.snapshot() as view:
        put(make_report("a.txt", ["Records grew."], ["Roads."]))
        assert searcher.refresh() == 2
        hits = searcher.passages(view, vector, {"en": ["records"]}, language="en")
        texts = [
            passage.text for passage in view.passages([h.passage_id for h in hits])
        ]
    assert texts == ["Trade fell."]
    assert len(ask(searcher, "records")) == 2


def test_threads_may_search_while_generations_change(
    searcher: Searcher, make_report: Make, put: Put
) -> None:
    """Every search finds passages that its own view knows."""
    put(make_report("a.txt", ["Records 0."], ["Trade 0."]))
    vector = searcher.encoder.questions(["records"])[0]
    stop = threading.Event()
    wrong: list[object] = []

    def search() -> None:
        while not stop.is_set():
            with searcher.store.snapshot() as view:
                hits = searcher.passages(view, vector, {}, language="en")
                known = set(view.passage_ids().tolist())
                if {hit.passage_id for hit in hits} != known:
                    wrong.append((hits, known))

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for turn in range(1, 6):
        put(make_report("a.txt", [f"Records {turn}."], [f"Trade {turn}."]))
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_an_empty_index_says_so(
    searcher: Searcher, make_report: Make, put: Put
) -> None:
    """Before the first report and after the last one, the text says what to do."""
    with pytest.raises(IndexMissingError):
        searcher.refresh()
    put(make_report("a.txt", ["Trade fell."]))
    with searcher.store.writer(HashingEncoder.name, HashingEncoder.dim) as writer:
        writer.remove("a.txt")
    with pytest.raises(IndexMissingError):
        searcher.refresh()


def test_another_encoder_is_refused(store: Store, make_report: Make, put: Put) -> None:
    """Cosines between two models mean nothing."""
    put(make_report("a.txt", ["Trade fell."]))

    class Other(HashingEncoder):
        name = "other"

    with pytest.raises(IndexMismatchError, match=r"hashing.*other.*--rebuild"):
        Searcher(store, Other()).refresh()


def test_fusing_nothing_gives_nothing() -> None:
    """No candidate, no hit; one candidate is scored without dividing by nothing."""
    assert fuse({}, {}, {}, 0.0) == []
    (hit,) = fuse({4: 0.8}, {}, {4: 0.3}, 0.8)
    assert np.isfinite(hit.score)
