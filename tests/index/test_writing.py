"""What goes into the store goes in whole, or not at all."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from index.errors import (
    BadInputError,
    IndexMismatchError,
)
from index.hashing import HashingEncoder
from index.records import Encoded, ParsedReport
from index.store import Store

Make = Callable[..., ParsedReport]
Put = Callable[..., None]
Encode = Callable[[ParsedReport], Encoded]


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
