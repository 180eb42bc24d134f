"""The FAISS index is a faster `nearest`, and may be lost at any time."""

import logging
from collections.abc import Callable, Iterable
from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import vectors
from index.hashing import HashingEncoder
from index.nearest import nearest
from index.records import Encoded, ParsedReport, Vectors
from index.store import Store

Make = Callable[..., ParsedReport]
Put = Callable[..., None]
TOPICS = [
    "records",
    "trade",
    "health",
    "land",
    "schools",
    "roads",
    "water",
    "taxes",
    "ports",
    "courts",
]


def unit_vectors(count: int, dim: int, seed: int = 0) -> Vectors:
    """Draw rows of unit length."""
    rows = np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def topics(make_report: Make, names: Iterable[str]) -> list[ParsedReport]:
    """Make a report for each name, with two passages on it."""
    return [
        make_report(name, [f"About {name} in general."], [f"More {name} this year."])
        for name in names
    ]


def same(one: vectors.PassageVectors, other: vectors.PassageVectors) -> bool:
    """Say if two indexes hold the same ids and find the same."""
    queries = HashingEncoder().questions(TOPICS)
    return np.array_equal(one.ids, other.ids) and all(
        [i for i, _ in one.search(q, 50)] == [i for i, _ in other.search(q, 50)]
        for q in queries
    )


@settings(max_examples=40, deadline=None)
@given(
    count=st.integers(1, 200),
    dim=st.integers(2, 48),
    k=st.integers(1, 40),
    seed=st.integers(0, 10_000),
)
def test_faiss_agrees_with_the_plain_ranking(
    count: int, dim: int, k: int, seed: int
) -> None:
    """FAISS is only a faster `nearest`: same rows, same scores."""
    rows = unit_vectors(count, dim, seed)
    index = faiss.index_factory(dim, "IDMap2,Flat", faiss.METRIC_INNER_PRODUCT)
    ids = np.arange(count, dtype=np.int64) + 7
    index.add_with_ids(rows, ids)
    header = vectors.Header(1, "t", "x", dim, "flat", count)
    query = unit_vectors(1, dim, seed + 1)[0]

    found = vectors.PassageVectors(header, ids, index).search(query, k)

    expected = nearest(query, rows, k)
    assert [score for _, score in found] == pytest.approx(
        [near.score for near in expected], abs=1e-5
    )
    # Where scores tie within rounding, either order is right.
    for (passage, score), near in zip(found, expected, strict=True):
        assert passage - 7 == near.row or score == pytest.approx(
            float(rows[near.row] @ query), abs=1e-5
        )


def test_nearest_refuses_what_it_cannot_rank() -> None:
    """A wrong k or dimension is a mistake of the caller, not an empty list."""
    rows = unit_vectors(3, 4)
    with pytest.raises(ValueError, match="k must be"):
        nearest(rows[0], rows, 0)
    with pytest.raises(ValueError, match="does not fit"):
        nearest(rows[0][:3], rows, 1)


def test_equal_scores_keep_row_order() -> None:
    """Two runs give the same list."""
    rows = np.repeat(unit_vectors(1, 4), 3, axis=0)
    assert [near.row for near in nearest(rows[0], rows, 3)] == [0, 1, 2]


@pytest.mark.parametrize("kind", ["flat", "ivf"])
def test_a_filter_still_gives_as_many_as_there_are(
    store: Store, make_report: Make, put: Put, kind: vectors.IndexKind
) -> None:
    """Few allowed passages, far from the question, are all found."""
    put(*topics(make_report, [f"{t} {n}" for t in TOPICS for n in range(12)]))
    with store.snapshot() as view:
        index = vectors.build(view, kind)
    query = HashingEncoder().questions(["records"])[0]
    allowed = index.ids[-7:]

    found = index.search(query, 10, allowed)

    assert sorted(i for i, _ in found) == allowed.tolist()
    assert index.search(query, 10, allowed[:0]) == []


def test_an_inverted_file_finds_nearly_the_same(
    store: Store, make_report: Make, put: Put
) -> None:
    """The kind for a large corpus works before one is that large."""
    put(*topics(make_report, [f"{t} {n}" for t in TOPICS for n in range(12)]))
    with store.snapshot() as view:
        flat, inverted = vectors.build(view, "flat"), vectors.build(view, "ivf")
    for query in HashingEncoder().questions(TOPICS):
        exact = {i for i, _ in flat.search(query, 10)}
        assert len(exact & {i for i, _ in inverted.search(query, 10)}) >= 8


def test_the_kind_goes_by_the_number_of_vectors() -> None:
    """Exact while exact is fast."""
    assert vectors.kind_for(0) == vectors.kind_for(99_999) == "flat"
    assert vectors.kind_for(1_000_000) == "ivf"


def test_an_update_equals_a_rebuild(store: Store, make_report: Make, put: Put) -> None:
    """Added, replaced and removed reports end up as if built at once."""
    put(*topics(make_report, TOPICS[:5]))
    with store.snapshot() as view:
        index = vectors.build(view)
    before = index.ids.copy()
    with store.writer(HashingEncoder.name, HashingEncoder.dim) as writer:
        writer.remove(TOPICS[1])
    put(*topics(make_report, TOPICS[3:8]))

    with store.snapshot() as view:
        renewed, rebuilt = vectors.updated(index, view), vectors.build(view)

    assert renewed.header == rebuilt.header
    assert same(renewed, rebuilt)
    # Searches under way keep the index they began with.
    assert index.faiss.ntotal == len(before)
    assert np.array_equal(index.ids, before)


def test_a_fallback_to_an_older_history_is_noticed(
    tmp_path: Path, make_report: Make, put: Put, store: Store
) -> None:
    """After a backup was put back, ids and numbers repeat with other content."""
    put(*topics(make_report, TOPICS[:2]))
    store.close()
    backup = store.path.read_bytes()
    put(*topics(make_report, TOPICS[2:4]))
    path = tmp_path / "passages.faiss"
    with store.snapshot() as view:
        vectors.current(path, view)

    store.close()
    store.path.unlink()
    store.path.write_bytes(backup)
    put(*topics(make_report, TOPICS[6:8]))

    with store.snapshot() as view:
        assert same(vectors.current(path, view), vectors.build(view))


def test_the_file_is_used_as_long_as_it_fits(
    tmp_path: Path, make_report: Make, put: Put, store: Store
) -> None:
    """A second start loads what the first one saved."""
    put(*topics(make_report, TOPICS))
    path = tmp_path / "passages.faiss"
    with store.snapshot() as view:
        made = vectors.current(path, view)
        saved = path.stat().st_mtime_ns
        loaded = vectors.current(path, view)
    assert same(made, loaded)
    assert path.stat().st_mtime_ns == saved
    header = vectors.read_header(path)
    assert header is not None
    assert (header.generation, header.kind, header.count) == (1, "flat", 20)
    assert [p.name for p in tmp_path.iterdir() if ".faiss." in p.name] == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda body: b"",
        lambda body: b"\x00" * 100,
        lambda body: b"[1]\n" + body,
        lambda body: body[: len(body) // 2],
        lambda body: body[:-1] + bytes([body[-1] ^ 1]),
        lambda body: body.replace(b'"format": 1', b'"format": 0'),
    ],
)
def test_a_damaged_file_is_made_again(
    tmp_path: Path,
    make_report: Make,
    put: Put,
    store: Store,
    damage: Callable[[bytes], bytes],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Whatever happened to the file, the store heals it, with a line in the log."""
    put(*topics(make_report, TOPICS))
    path = tmp_path / "passages.faiss"
    with store.snapshot() as view:
        vectors.current(path, view)
        whole = path.read_bytes()
        path.write_bytes(damage(whole))
        with caplog.at_level(logging.WARNING):
            assert same(vectors.current(path, view), vectors.build(view))
    assert "made again" in caplog.text
    assert path.read_bytes() == whole


def test_a_file_that_cannot_be_saved_costs_only_time(
    tmp_path: Path, make_report: Make, put: Put, store: Store
) -> None:
    """A missing or full folder is logged, and the search goes on."""
    put(*topics(make_report, TOPICS))
    with store.snapshot() as view:
        index = vectors.current(tmp_path / "no" / "such" / "folder.faiss", view)
    assert len(index.ids) == 20


def test_another_encoder_means_another_index(
    store: Store,
    make_report: Make,
    put: Put,
    encoded: Callable[[ParsedReport], Encoded],
) -> None:
    """After a rebuild no vector of the old encoder is left."""
    put(*topics(make_report, TOPICS[:3]))
    with store.snapshot() as view:
        index = vectors.build(view)
    with store.writer("another", 256, rebuild=True) as writer:
        for parsed in topics(make_report, TOPICS[:3]):
            writer.put(parsed, encoded(parsed))
    with store.snapshot() as view:
        renewed = vectors.updated(index, view)
    assert renewed.header.encoder == "another"
    assert not set(renewed.ids) & set(index.ids)
