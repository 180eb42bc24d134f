"""What the trained reader is given, and what becomes of its word."""

import itertools
from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

from answer.closely import read_closely
from answer.evidence import Heard
from answer.question import Want
from answer.reader import PassageReading, Reading, SentenceReading
from answer.understand import understand

NAME = "Who chaired the conference on rural clean water?"
DATE = "When was the conference on rural clean water held?"
FIGURE = "What share of rural households used clean water in 2024?"


class Pointing:
    """A reader of the tests' own: it likes the sentence that has a word in it."""

    facts = SimpleNamespace(likeness=10.0)

    def __init__(self, word: str) -> None:
        self.word = word
        self.given: list[Reading] = []

    def read(self, _: str, passages: Sequence[Reading]) -> list[PassageReading]:
        """High where the word stands, and a span on the word."""
        self.given = list(passages)
        return [
            PassageReading(
                p.id, 0.9, self._sentences(p), figures=tuple(self._figures(p))
            )
            for p in passages
        ]

    def _figures(self, passage: Reading) -> Iterator[float]:
        for start, end in passage.figures:
            yield 4.0 if passage.text[start:end] in self.word else -4.0

    def _sentences(self, passage: Reading) -> tuple[SentenceReading, ...]:
        found = []
        for start, end in passage.sentences:
            at = passage.text.find(self.word, start, end)
            score = 4.0 if at >= 0 else -4.0
            first = at if at >= 0 else start
            found.append(SentenceReading(score, first, first + len(self.word), 0.0))
        return tuple(found)


def _evidence(library: Any, question: str = NAME) -> tuple[Any, Any]:
    assistant = library.assistant
    with assistant.store.snapshot() as view:
        vocabulary = assistant._known(view).vocabulary
        asked = understand(question, (), assistant.glossary, vocabulary)
        return asked, assistant._retrieve(asked, None, view)


def test_the_reader_is_given_the_best_passages_once_each(quick_library: Any) -> None:
    """A handful of passages, each with its own sentences at their places."""
    asked, evidence = _evidence(quick_library)
    reader: Any = Pointing("Quang Hoai")
    read_closely(reader, asked, evidence, quick_library.assistant.ranker)
    ids = [reading.id for reading in reader.given]
    assert 0 < len(ids) <= 4
    assert len(set(ids)) == len(ids)
    texts = {s.sentence.text for s in evidence.material.sentences}
    for reading in reader.given:
        assert all(reading.text[a:b] in texts for a, b in reading.sentences)


def test_its_word_lifts_the_sentence_that_it_likes(quick_library: Any) -> None:
    """Of the sentences read, the one it is sure of ranks higher than before."""
    asked, evidence = _evidence(quick_library)
    assert asked.want is Want.PERSON
    ranker = quick_library.assistant.ranker
    before = ranker.rank(asked, evidence.sentences(asked))
    reader: Any = Pointing("Quang Hoai")
    evidence.hear(read_closely(reader, asked, evidence, ranker))
    after = {c.text: c.score for c in ranker.rank(asked, evidence.sentences(asked))}
    liked = next(c for c in before if "Quang Hoai" in c.text)
    assert after[liked.text] > liked.score


def test_of_figures_it_lifts_the_one_that_it_likes(quick_library: Any) -> None:
    """Among those that kind, period, place and status allow; it lets no other in."""
    asked, evidence = _evidence(quick_library, FIGURE)
    ranker = quick_library.assistant.ranker
    before = ranker.rank(asked, evidence.figures(asked))
    reader: Any = Pointing("68.4%")
    evidence.hear(read_closely(reader, asked, evidence, ranker))
    after = ranker.rank(asked, evidence.figures(asked))
    assert after[0].known_figure.raw == "68.4%"
    assert {c.known_figure for c in after} == {c.known_figure for c in before}
    for reading in reader.given:
        assert all(reading.text[a:b].strip() for a, b in reading.figures)
        pairs = itertools.pairwise(reading.figures)
        assert all(one[1] <= two[0] for one, two in pairs)


def test_dates_are_left_to_the_rules(quick_library: Any) -> None:
    """The reader is not asked."""
    asked, evidence = _evidence(quick_library, DATE)
    reader: Any = Pointing("2024")
    heard = read_closely(reader, asked, evidence, quick_library.assistant.ranker)
    assert heard == Heard()
    assert reader.given == []


def test_without_a_reader_nothing_is_said(quick_library: Any) -> None:
    """The rules stand alone: no feature of the reader is set."""
    asked, evidence = _evidence(quick_library)
    assert all(c.features.read is None for c in evidence.sentences(asked))
