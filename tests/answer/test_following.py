"""A running assistant takes up new generations by itself and drops no question."""

import threading
import time
from dataclasses import replace

import pytest

from answer.assistant import Assistant
from answer.sources import one_source
from index.follow import Follower
from index.hashing import HashingEncoder
from ingest.pipeline import ingest
from settings import Settings

OLD = "The rate of online records reached 45% in 2024.\n"
NEW = "The rate of online records reached 46% in 2024.\n"
QUESTION = "What was the rate of online records in 2024?"


@pytest.fixture
def settings(tmp_path) -> Settings:
    """Settings with one report in the corpus and in the index."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text(OLD)
    made = Settings(corpus, tmp_path / "var", tmp_path / "cache", "hashing")
    made = replace(made, reader=False)
    ingest(made, HashingEncoder)
    return made


def test_a_new_generation_is_taken_up_within_two_seconds(settings: Settings) -> None:
    """Without a question; those asked meanwhile are answered from one generation."""
    assistant = Assistant.open(settings, follow=True)
    answers, stop = [], threading.Event()

    def ask() -> None:
        while not stop.is_set():
            answers.append(assistant.ask(QUESTION))

    asking = threading.Thread(target=ask)
    asking.start()
    (settings.corpus_dir / "a.txt").write_text(NEW)
    ingest(settings, HashingEncoder)
    stop.set()
    asking.join()

    began = time.monotonic()
    while assistant.taken_up != 2:
        assert time.monotonic() - began < 2
        time.sleep(0.02)
    answers.append(assistant.ask(QUESTION))
    assistant.close()
    told = {(a.generation, c.quote) for a in answers for c in a.citations}
    assert told <= {(1, OLD.strip()), (2, NEW.strip())}
    assert (2, NEW.strip()) in told


def test_what_fails_is_tried_again() -> None:
    """An error, even a bug, does not end the following."""
    calls: list[int] = []

    def refresh() -> None:
        calls.append(1)
        raise RuntimeError

    follower = Follower(refresh, every=0.01)
    end = time.monotonic() + 5
    while len(calls) < 3 and time.monotonic() < end:
        time.sleep(0.01)
    follower.end()
    assert len(calls) >= 3


def test_a_copy_is_no_second_source(settings: Settings) -> None:
    """What a near-identical report says again is left out; what it adds stays."""
    told = OLD + "All provinces have connected their systems to the national one.\n"
    (settings.corpus_dir / "a.txt").write_text(told)
    (settings.corpus_dir / "b.txt").write_text(told + "So we heard.\n")
    ingest(settings, HashingEncoder)
    assistant = Assistant.open(settings)
    with assistant.store.snapshot() as view:
        reports = {report.name: report for report in view.reports()}
        sentences = view.sentences_of(view.passage_ids())
    assert reports["b.txt"].copy_of == "a.txt"
    kept = one_source(sentences, reports)
    assert [(s.report, s.sentence.text) for s in kept][-1] == ("b.txt", "So we heard.")
    assert len(kept) == 3
    assert {c.report for c in assistant.ask(QUESTION).citations} == {"a.txt"}
    assistant.close()
