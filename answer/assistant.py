"""The assistant: a question in, an `Answer` out, from exactly one generation."""

import logging
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from answer import contest, likely
from answer.candidates import Evidence
from answer.choose import choose
from answer.closely import read_closely
from answer.compose import compose, refusal
from answer.draft import Draft, Refusal
from answer.evidence import Ranker
from answer.glossary import THESAURUS, Glossary, read_glossary
from answer.likeness import Means, question_means, report_means
from answer.lists import opens_list
from answer.material import Material
from answer.meaning import meaning_of, to_all
from answer.others import other_periods
from answer.question import SERIES, Question, Want
from answer.rank import Rules
from answer.records import Answer
from answer.sides import counted_both, one_side, sides_of, tells_both, together
from answer.sources import one_source
from answer.terms import wordings_of
from answer.trust import ACCEPT
from answer.understand import needed, understand
from answer.verify import flaws
from answer.vocabulary import Vocabulary, make_vocabulary
from index.encoder import Encoder, load_encoder
from index.follow import Follower
from index.grammar.words import fold
from index.hashing import HashingEncoder
from index.ledger import Wordings
from index.records import Filters, Language
from index.search import Searcher
from index.store import Store
from index.view import View
from settings import Settings

if TYPE_CHECKING:  # it imports PyTorch
    from answer.reader.read import Reader

_LOG = logging.getLogger(__name__)
_PASSAGES = 40  # read closely for each question
_GOES_ON = 6  # of them, whose next one is read too where a list is asked for
_OWN = 15  # more of a province's own reports, where it is asked about
_OPENING = 1_200  # characters of a report that tell which meeting it is from
_LONGEST = 2_000  # characters of a question that are read


@dataclass(frozen=True, slots=True)
class _Known:
    """What holds for one generation of the index."""

    token: str
    vocabulary: Vocabulary
    means: Means
    of_place: Mapping[str, Sequence[str]]  # the reports of each province

    def reports_of(self, places: Sequence[str]) -> tuple[str, ...]:
        """The provinces' own reports."""
        return tuple(name for place in places for name in self.of_place.get(place, ()))


class Assistant:
    """Answers from one store; one for all threads of a process."""

    def __init__(
        self,
        store: Store,
        encoder: Encoder,
        glossary: Glossary,
        ranker: Ranker | None = None,
        vectors_path: Path | None = None,
        reader: "Reader | None" = None,
    ) -> None:
        self.store = store
        self.reader = reader
        self.encoder = encoder
        self.glossary = glossary
        self.ranker = ranker or Rules()
        self.searcher = Searcher(store, encoder, vectors_path)
        self._question_means = question_means(encoder)
        self._generation: _Known | None = None
        self._follower: Follower | None = None
        self.taken_up = 0  # the generation that is ready to be asked

    @classmethod
    def open(
        cls,
        settings: Settings,
        encoder: Encoder | None = None,
        *,
        follow: bool = False,
    ) -> "Assistant":
        """Open the store, load the encoder, and be ready to answer at once.

        follow: take up each new generation within two seconds, until `close`,
            so that no question has to wait for it.

        Raises IndexMissingError if nothing is indexed, IndexMismatchError if
        the index was built with another encoder.
        """
        store = Store.open(settings.store_path)
        encoder = encoder or load_encoder(settings)
        assistant = cls(
            store,
            encoder,
            read_glossary(settings.glossary_path, THESAURUS),
            vectors_path=settings.vectors_path,
            reader=_reader(settings, encoder),
        )
        assistant.refresh()
        # Once, and not while the first question waits.
        likely.read_weights()
        contest.read_weights()
        if follow:
            assistant._follower = Follower(assistant.refresh)
        return assistant

    def refresh(self) -> int:
        """Take up the newest generation and return its number.

        Raises IndexMissingError, IndexMismatchError.
        """
        generation = self.searcher.refresh()
        with self.store.snapshot() as view:
            self._known(view)
        self.taken_up = generation
        return generation

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        filters: Filters | None = None,
    ) -> Answer:
        """Answer *question*, asked after the questions of *history*, oldest first.

        filters: narrow what is searched.

        Never raises for what a person may type; an answer that cannot be
        proved by its quotes is refused.
        """
        began = time.perf_counter()
        with self.store.snapshot() as view:
            answer = self._answer(question, history, filters, view)
        took = round((time.perf_counter() - began) * 1000)
        return replace(answer, took_ms=took)

    def consider(
        self, question: str, history: Sequence[str] = ()
    ) -> tuple[Question, Draft | Refusal]:
        """The question as understood and the best answer there is, however doubtful."""
        with self.store.snapshot() as view:
            vocabulary = self._known(view).vocabulary
            asked = understand(question, history, self.glossary, vocabulary)
            if asked.refusal:
                return asked, Refusal("scope", confidence=1.0)
            found, _ = self._find(asked, history, None, view, accept=0.0)
            return asked, found

    def look_up(
        self, question: str, history: Sequence[str] = ()
    ) -> tuple[Question, Evidence] | None:
        """The question as understood and its evidence, which the reader has not read.

        None if it is not for the reports.
        """
        with self.store.snapshot() as view:
            vocabulary = self._known(view).vocabulary
            asked = understand(question, history, self.glossary, vocabulary)
            return None if asked.refusal else (asked, self._gather(asked, None, view))

    def hear(self, question: Question, evidence: Evidence) -> None:
        """Let the reader read the best of the evidence, if there is a reader."""
        if self.reader and evidence.material.sentences:
            evidence.hear(read_closely(self.reader, question, evidence, self.ranker))

    def needed(self, question: str, history: Sequence[str]) -> tuple[str, ...]:
        """The end of *history* without which *question* would ask something else."""
        with self.store.snapshot() as view:
            vocabulary = self._known(view).vocabulary
        return needed(question, history, self.glossary, vocabulary)

    def wordings(self, subject: str) -> Wordings:
        """How reports of either language may say *subject*, to look up the ledger."""
        with self.store.snapshot() as view:
            vocabulary = self._known(view).vocabulary
        return wordings_of(subject, self.glossary, vocabulary)

    def close(self) -> None:
        """Close the store."""
        if self._follower is not None:
            self._follower.end()
        self.store.close()

    def _answer(
        self,
        text: str,
        history: Sequence[str],
        filters: Filters | None,
        view: View,
    ) -> Answer:
        vocabulary = self._known(view).vocabulary
        question = understand(text[:_LONGEST], history, self.glossary, vocabulary)
        if question.refusal or not any(c.isalnum() for c in text):
            reason = "scope" if question.refusal else "unreadable"
            return refusal(question, Refusal(reason, confidence=1.0), view.generation)
        found, evidence = self._find(question, history, filters, view)
        if isinstance(found, Draft):
            answer = compose(question, found, view.generation)
            if not flaws(answer, view):
                series = other_periods(
                    question, found, answer.citations, evidence, self.ranker
                )
                return replace(answer, extra={"others": series}) if series else answer
            found = Refusal("no_topic")
        return refusal(question, found, view.generation)

    def _find(
        self,
        question: Question,
        history: Sequence[str],
        filters: Filters | None,
        view: View,
        accept: float = ACCEPT,
    ) -> tuple[Draft | Refusal, Evidence]:
        """What answers the question, each side of it where it asks two things."""
        refused: Refusal | None = None
        bodies = counted_both(question.text) if question.want in SERIES else ()
        if sides := bodies or sides_of(question.text):
            both = self._both(sides, question, history, filters, view, accept)
            if isinstance(both, tuple):
                return both
            # Reports may count two bodies together.
            refused = None if bodies else both
        evidence = self._retrieve(question, filters, view)
        found = choose(question, evidence, self.ranker, accept)
        if refused and isinstance(found, Draft) and not tells_both(found):
            return refused, evidence
        return found, evidence

    def _both(
        self,
        sides: Sequence[str],
        question: Question,
        history: Sequence[str],
        filters: Filters | None,
        view: View,
        accept: float,
    ) -> tuple[Draft, Evidence] | Refusal:
        """The figures of both sides together, or why there are not both."""
        vocabulary = self._known(view).vocabulary
        found: list[Draft] = []
        earlier = list(history)
        for side in sides:
            asked = understand(side, earlier, self.glossary, vocabulary)
            asked = one_side(asked, question)
            evidence = self._retrieve(asked, filters, view)
            chosen = choose(asked, evidence, self.ranker, accept)
            if isinstance(chosen, Refusal):
                return chosen
            if asked.want in SERIES and not chosen.series:
                return Refusal("no_topic")  # one figure tells no change
            found.append(chosen)
            earlier.append(side)
        both = together(found)
        return (both, evidence) if both else Refusal("no_topic")

    def _retrieve(
        self,
        question: Question,
        filters: Filters | None,
        view: View,
    ) -> Evidence:
        evidence = self._gather(question, filters, view)
        self.hear(question, evidence)
        return evidence

    def _gather(
        self,
        question: Question,
        filters: Filters | None,
        view: View,
    ) -> Evidence:
        known = self._known(view)
        languages = sorted(known.means.reports) or [question.language]
        meaning = meaning_of(
            question, languages, self.glossary, self.encoder, known.means
        )
        asked = to_all(meaning, languages)
        words = _search_words(question)
        hits = self.searcher.passages(
            view,
            asked,
            words,
            language=question.language,
            filters=filters,
            k=_PASSAGES,
        )
        # A province's own report need not name it in every passage.
        own = known.reports_of(question.places)
        if own and not (filters and filters.reports):
            narrowed = replace(filters or Filters(), reports=own)
            hits += self.searcher.passages(
                view, asked, words, language=question.language, filters=narrowed, k=_OWN
            )
        ids = list(dict.fromkeys(hit.passage_id for hit in hits))
        around = {p.id: p.text for p in view.passages(ids)}
        if question.want is Want.LIST:
            # The items of a list may go on in the next passage, or only begin there.
            opened = [id_ for id_, text in around.items() if opens_list(text)]
            following = dict.fromkeys(id_ + 1 for id_ in (*ids[:_GOES_ON], *opened))
            more = [id_ for id_ in following if id_ not in around]
            ids += more
            around |= {p.id: p.text for p in view.passages(more)}
        found = view.sentences_of(ids)
        told = {sentence.report for sentence in found}
        reports = {report.name: report for report in view.reports(told)}
        sentences = one_source(found, reports)
        openings = view.openings(told, _OPENING) if question.occasion else {}
        material = Material(sentences, reports, around, openings)
        return Evidence(question, meaning, material, known.vocabulary, known.means)

    def _known(self, view: View) -> _Known:
        """What is worked out once a generation."""
        known = self._generation
        if known is None or known.token != view.token:
            words = make_vocabulary(view.word_counts(), view.counts().sentences)
            means = Means(self._question_means, report_means(view))
            of_place: dict[str, list[str]] = defaultdict(list)
            for report in view.reports():
                if report.place:
                    of_place[report.place].append(report.name)
            known = self._generation = _Known(view.token, words, means, of_place)
        return known


def _reader(settings: Settings, encoder: Encoder) -> "Reader | None":
    """The trained reader, if it is switched on and made for this encoder."""
    if not settings.reader or isinstance(encoder, HashingEncoder):
        return None
    # PyTorch: not imported where neither encoder nor reader needs it.
    from answer.reader.read import load_reader
    from answer.reader.weights import ReaderError

    try:
        return load_reader(settings, encoder)
    except ReaderError as error:
        _LOG.warning("answering by rules alone: %s", error)
        return None


def _search_words(question: Question) -> dict[Language, list[str]]:
    """What a passage should hold, by the language of its report."""
    words: dict[Language, list[str]] = {"en": [], "vi": []}
    for term in question.terms:
        words[question.language].append(term.text)
        other: Language = "en" if question.language == "vi" else "vi"
        words[other].extend(" ".join(form) for form in term.forms[other][:4])
    words = {language: list(map(fold, found)) for language, found in words.items()}
    for language in words:
        words[language] += [fold(place) for place in question.places]
        words[language] += [p.label[:4] for p in question.periods]
    return words
