"""From retrieved sentences to candidates with what speaks for each.

Text and vectors are compared once a question; the hard constraints are tried
anew for each variation of it (another period, no place), which costs little.
"""

from dataclasses import replace

import numpy as np

from answer import tabled
from answer.asked import says_average
from answer.carried import breaks_down, goes_on, leans, points_back, told
from answer.contrast import contrast_fit, named
from answer.coverage import Coverage
from answer.evidence import Candidate, Features, Heard
from answer.fits import (
    kind_fit,
    period_fit,
    place_fit,
    status_fit,
)
from answer.fitting import (
    elsewhere,
    fitted_sentence,
    head_fit,
    is_field,
    is_mark,
    is_whole,
)
from answer.likeness import Means, scaled
from answer.material import Material
from answer.meaning import Meaning
from answer.namesakes import kinds_of, names_another
from answer.occasion import occasion_fit
from answer.question import FIGURES, SERIES, Question, Want
from answer.reasons import asks_why
from answer.shape import reasoned, stands_together
from answer.vocabulary import Vocabulary
from answer.within import (
    beside,
    coordinated,
    leading_words,
    manner_fit,
    outdone,
    whole_before,
)
from index.records import Language, Report, StoredSentence, Vectors

# The reader's log odds count up to here, either way; what it was not given was not
# among the best.
_READ, _SAID = 12.0, 8.0
_WHOLE = 0.25  # for a share of what is asked for
_MARK = 0.6  # … for a threshold that was passed: "the 10 billion USD mark"
_NAMESAKE = 0.45  # for Bach Mai Hospital, where Cho Ray Hospital is asked about
_GAIN, _NOTHING_NEW = 0.02, 0.92  # a figure that adds nothing to the one before it
_POINTS_BACK = 0.8  # what a word of the sentence before counts for


class Evidence:
    """What has been retrieved for one question, ready to be ranked."""

    def __init__(
        self,
        question: Question,
        meaning: Meaning,
        material: Material,
        vocabulary: Vocabulary,
        means: Means,
    ) -> None:
        """meaning: of the question, in every language of the material's reports."""
        self.material = material
        self._cover: dict[Language, Coverage] = {
            "en": Coverage(question.terms, "en", vocabulary),
            "vi": Coverage(question.terms, "vi", vocabulary),
        }
        self._kinds = kinds_of(question.terms)
        self._why = asks_why(question)
        # Its sentences are only looked at for their figures.
        self._counts = question.want in FIGURES | SERIES | {Want.DATE}
        self._national = any(r.place is None for r in material.reports.values())
        self._occasion: dict[Language, Coverage] = {
            "en": Coverage(question.occasion, "en", vocabulary),
            "vi": Coverage(question.occasion, "vi", vocabulary),
        }
        self._texts = {(s.report, s.row): told(s) for s in material.sentences}
        # "And 5G?" asks no longer for 4G.
        self._contrasts = {
            **named(question.whole, question.language),
            **named(question.text, question.language),
        }
        self._leads: dict[int, tuple[str, bool]] = {}
        self._sentences = self._read_sentences(meaning, means)
        self._read: dict[int, Features] = {}
        self._heard = Heard()
        self._beside: dict[int, tuple[str, str]] = {}
        self._figures = self._read_figures(meaning, means)

    def hear(self, heard: Heard) -> None:
        """Take in how well sentences or figures answer in the reader's eyes."""
        self._heard = heard
        if heard.sentences:
            self._sentences = [
                replace(c, features=self._hearing(c, c.features))
                for c in self._sentences
            ]

    def cover(self, report: Report) -> Coverage:
        """How terms are found in reports of this language."""
        return self._cover[report.language]

    def figures(self, question: Question) -> list[Candidate]:
        """Every figure that the question's constraints do not rule out."""
        fitted = (self._fitted(question, c, counted) for c, counted in self._figures)
        allowed = [c for c in fitted if c is not None and c.features.allowed > 0]
        return tabled.fitted(question, outdone(allowed))

    def sentences(self, question: Question) -> list[Candidate]:
        """Every sentence, with its own softer fit of place and period."""
        return [fitted_sentence(question, c) for c in self._sentences]

    def _of(self, cover: Coverage, text: str, sentence: StoredSentence) -> float:
        """What *text* of a sentence has of the terms, with what it points back to."""
        has = cover.of(text)
        before, leaning = self._lead(sentence)
        if not before or has >= _POINTS_BACK:
            return has
        if breaks_down(sentence):
            return max(has, cover.of(f"{before} {text}"))
        if leaning or (has and goes_on(sentence)):
            return max(has, _POINTS_BACK * cover.of(f"{before} {text}"))
        return has

    def _lead(self, sentence: StoredSentence) -> tuple[str, bool]:
        """What stands before a sentence, and whether this leans on it; found once."""
        if sentence.id not in self._leads:
            before = self._before(sentence)
            self._leads[sentence.id] = before, leans(sentence, before)
        return self._leads[sentence.id]

    def _before(self, sentence: StoredSentence) -> str:
        """The sentence before, with the one that this leans on; "" if unknown."""
        before = self._texts.get((sentence.report, sentence.row - 1), "")
        if before and points_back(before):
            # "The target is 70%. Of this amount, Hue …": both speak of the one before.
            further = self._texts.get((sentence.report, sentence.row - 2), "")
            before = f"{further} {before}"
        return before

    # --- Read once ---

    def beside(self, candidate: Candidate) -> tuple[str, str]:
        """The words before and behind the candidate's figure: see `beside` below."""
        stored = candidate.stored
        if stored is None:
            return "", ""
        if stored.id not in self._beside:
            self._beside[stored.id] = beside(
                candidate.text, stored.figure, candidate.sentence
            )
        return self._beside[stored.id]

    def _read_sentences(self, meaning: Meaning, means: Means) -> list[Candidate]:
        rows = self.material.sentences
        if not rows:
            return []
        languages = [self.material.reports[s.report].language for s in rows]
        alone = means.report(np.stack([s.vector for s in rows]), languages)
        late = means.report(np.stack([s.late for s in rows]), languages)
        asked = np.stack([meaning[language] for language in languages])
        likeness, core = _likeness(alone, asked[:, 0]), _likeness(alone, asked[:, 1])
        lateness = _likeness(late, asked[:, 0])
        found = []
        for row, sentence in enumerate(rows):
            report = self.material.reports[sentence.report]
            cover, text = self.cover(report), told(sentence)
            before, leaning = self._lead(sentence)
            whole = f"{before} {text}" if leaning else text
            context = f"{self.material.context(sentence)} {text}"
            has = self._of(cover, text, sentence)
            near = has if self._counts else stands_together(cover, text)
            features = Features(
                subject=has,
                near=near,
                clause=reasoned(cover, text) if self._why else near,
                sentence=has,
                context=cover.of(context),
                likeness=float(likeness[row]),
                late=float(lateness[row]),
                counted=float(core[row]),
                absent=cover.absent(context),
                lacking=cover.absent(whole),
                leaning=float(leaning),
                names=cover.names(whole, context) * self._meant(cover, text),
                contrast=contrast_fit(self._contrasts, report.language, text),
                occasion=occasion_fit(
                    self._occasion[report.language],
                    self.material.openings.get(report.name, ""),
                    context,
                ),
            )
            found.append(Candidate(sentence, report, features))
        return found

    def _meant(self, cover: Coverage, text: str) -> float:
        """Less than 1 for a sentence that names another of the kind asked about."""
        another = any(
            not cover.has(name, text) and names_another(kind, text, cover.language)
            for name, kind in self._kinds
        )
        return _NAMESAKE if another else 1.0

    def _read_figures(
        self, meaning: Meaning, means: Means
    ) -> list[tuple[Candidate, float]]:
        """Every figure with the likeness of what it counts; its text unread."""
        figures = [
            replace(sentence, stored=stored)
            for sentence in self._sentences
            for stored in sentence.sentence.figures
        ]
        if not figures:
            return []
        languages = [candidate.report.language for candidate in figures]
        subjects = np.stack([c.stored.vector for c in figures if c.stored])
        asked = np.stack([meaning[language][1] for language in languages])
        counted = _likeness(means.report(subjects, languages), asked)
        return list(zip(figures, map(float, counted), strict=True))

    def _told(self, candidate: Candidate, counted: float) -> Features:
        """What the words around a figure speak for; read once, when first needed."""
        stored = candidate.stored
        if stored is None:
            return candidate.features
        if stored.id not in self._read:
            figure, cover = stored.figure, self.cover(candidate.report)
            of = cover.of
            before, after = self.beside(candidate)
            self._read[stored.id] = replace(
                candidate.features,
                subject=self._of(cover, figure.subject, candidate.sentence),
                near=max(of(after), of(before), of(f"{before} {after}")),
                clause=self._reached(cover, candidate),
                counted=counted,
                contrast=contrast_fit(
                    self._contrasts,
                    candidate.report.language,
                    # What happened stands before its date.
                    *((before,) if figure.kind == "date" else ()),
                    f"{figure.subject} | {before} | {after}",
                    candidate.clause,
                    candidate.text,
                ),
            )
        return self._read[stored.id]

    def _reached(self, cover: Coverage, candidate: Candidate) -> float:
        """What a figure's clause has of the terms by the time it comes to the figure.

        "2,134 teachers, most of them in preschools (918)": the second says what it
        counts with the words before it, the first without those behind.
        """
        figure = candidate.known_figure
        if candidate.sentence.sentence.context:
            return self._of(cover, figure.subject, candidate.sentence)
        row = coordinated(candidate)
        *before, (_, reached) = leading_words(candidate)
        best = 0.0
        for other, words in before:
            rival = other.kind == figure.kind and other.status == figure.status
            if rival and other.subject != figure.subject and other not in row:
                best = max(best, self._of(cover, words, candidate.sentence))
        tail = [other.subject for other in row if other.start > figure.start]
        reached = " ".join([whole_before(candidate), reached, *tail, figure.raw])
        has = self._of(cover, reached, candidate.sentence)
        return has if has > best + _GAIN else has * _NOTHING_NEW

    # --- Fitted to a variation of the question ---

    def _fitted(
        self, question: Question, candidate: Candidate, counted: float
    ) -> Candidate | None:
        """The candidate under the question's constraints; None if they exclude it."""
        figure, text, report = candidate.figure, candidate.text, candidate.report
        if figure is None:
            return None
        cover, words = self.cover(report), self.beside(candidate)
        kind = kind_fit(question, figure, f"{figure.subject} {words[0]}")
        period = period_fit(question, figure, report) if kind else 0.0
        place = place_fit(question, figure.place, text) if period else 0.0
        if not place:
            return None
        place *= elsewhere(question, candidate, national=self._national)
        if figure.kind != "date" and figure.value in question.numbers:
            return None  # it was named in the question
        if is_field(question, candidate):
            return None
        if question.average and not says_average(told(candidate.sentence)):
            return None
        if is_whole(question, candidate, cover, words[1]):
            kind *= _WHOLE
        if is_mark(words):
            kind *= _MARK
        kind *= manner_fit(question, candidate)
        features = replace(
            self._hearing(candidate, self._told(candidate, counted)),
            kind=kind,
            period=period,
            place=place,
            status=status_fit(question, figure),
            head=head_fit(question, candidate, cover, words),
        )
        return replace(candidate, features=features)

    def _hearing(self, candidate: Candidate, features: Features) -> Features:
        """The candidate's *features* with what the reader said, where it was asked."""
        heard, stored = self._heard, candidate.stored
        if not heard.sentences:
            return features
        read = _clipped(heard.sentences.get(candidate.sentence.id), _READ)
        said = _clipped(heard.figures.get(stored.id), _SAID) if stored else None
        return replace(features, read=read, said=said)


def _likeness(told: Vectors, asked: Vectors) -> Vectors:
    """The likeness of each row to what is asked in its language."""
    return scaled(np.einsum("rd,rd->r", told, asked))


def _clipped(said: float | None, most: float) -> float:
    return -most if said is None else max(-most, min(most, said))
