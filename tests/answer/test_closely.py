"""What the trained reader is given, and what becomes of its word."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from answer.closely import read_closely
from answer.question import Want
from answer.reader import PassageReading, Reading, SentenceReading
from answer.understand import understand

NAME = "Who chaired the conference on rural clean water?"
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
        return [PassageReading(p.id, 0.9, self._sentences(p)) for p in passages]

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
    assert 0 < len(ids) <= 5
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


def test_figures_are_left_to_the_rules(quick_library: Any) -> None:
    """Kind, period, place and status choose a figure; the reader is not asked."""
    asked, evidence = _evidence(quick_library, FIGURE)
    reader: Any = Pointing("68.4%")
    assert read_closely(reader, asked, evidence, quick_library.assistant.ranker) == {}
    assert reader.given == []


def test_without_a_reader_nothing_is_said(quick_library: Any) -> None:
    """The rules stand alone: no feature of the reader is set."""
    asked, evidence = _evidence(quick_library)
    assert all(c.features.read is None for c in evidence.sentences(asked))
