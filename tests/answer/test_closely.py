"""What the trained reader is given, and what becomes of its word."""

from collections.abc import Sequence
from typing import Any

from answer.closely import read_closely
from answer.question import Want
from answer.reader import PassageReading, Reading, SentenceReading
from answer.understand import understand

QUESTION = "What share of rural households used clean water in 2024?"


class Pointing:
    """A reader of the tests' own: it likes the sentence that has a word in it."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.given: list[Reading] = []

    def read(self, _: str, passages: Sequence[Reading]) -> list[PassageReading]:
        """High where the word stands, and a span on the word."""
        self.given = list(passages)
        return [PassageReading(p.id, 0.9, self._sentences(p)) for p in passages]

    def _sentences(self, passage: Reading) -> tuple[SentenceReading, ...]:
        found = []
        for start, end in passage.sentences:
            at = passage.text.find(self.word, start, end)
            score = 4.0 if at >= 0 else -4.0
            first = at if at >= 0 else start
            found.append(SentenceReading(score, first, first + len(self.word), 0.0))
        return tuple(found)


def _evidence(library: Any) -> tuple[Any, Any]:
    assistant = library.assistant
    with assistant.store.snapshot() as view:
        vocabulary = assistant._known(view).vocabulary
        asked = understand(QUESTION, (), assistant.glossary, vocabulary)
        return asked, assistant._retrieve(asked, None, view)


def test_the_reader_is_given_the_best_passages_once_each(quick_library: Any) -> None:
    """A handful of passages, each with its own sentences at their places."""
    asked, evidence = _evidence(quick_library)
    reader: Any = Pointing("68.4%")
    read_closely(reader, asked, evidence, quick_library.assistant.ranker)
    ids = [reading.id for reading in reader.given]
    assert 0 < len(ids) <= 5
    assert len(set(ids)) == len(ids)
    texts = {s.sentence.text for s in evidence.material.sentences}
    for reading in reader.given:
        assert all(reading.text[a:b] in texts for a, b in reading.sentences)


def test_its_word_reaches_the_figure_that_it_points_at(quick_library: Any) -> None:
    """Of two figures in the read passages only the one under the span is pointed at."""
    asked, evidence = _evidence(quick_library)
    reader: Any = Pointing("68.4%")
    evidence.hear(read_closely(reader, asked, evidence, quick_library.assistant.ranker))
    figures = {c.known_figure.raw: c.features for c in evidence.figures(asked)}
    assert figures["68.4%"].pointed == 1
    assert figures["68.4%"].read is not None
    assert figures["68.4%"].read > 0.9
    assert asked.want is Want.SHARE


def test_without_a_reader_nothing_is_said(quick_library: Any) -> None:
    """The rules stand alone: no feature of the reader is set."""
    asked, evidence = _evidence(quick_library)
    assert all(c.features.read is None for c in evidence.sentences(asked))
