"""Texts and questions about them: what the reader is trained and measured on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from answer.reader.records import Reading, Span
from index.grammar.numbers import find_quantities, mask
from index.grammar.periods import find_periods
from index.records import Language
from ingest.split import spans

LONGEST = 1_200  # characters of a paragraph that is read in one piece


@dataclass(frozen=True, slots=True)
class Text:
    """A piece to be read, and what it belongs to."""

    reading: Reading  # its id is its row in `Material.texts`
    language: Language
    group: str  # article or page: texts of one group are about one thing
    paragraph: str  # pieces of one paragraph share it


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the sentence that answers it, and texts that do not."""

    question: str
    language: Language
    group: str
    kind: str  # the set or rule that it comes from
    gold: int | None  # row of the text; None: no text answers it
    sentence: int = 0  # row of the sentence in the gold text
    answer: Span | None = None  # characters in the gold text, where they are known
    wrong: tuple[int, ...] = ()  # texts that look right and are not, worst first
    id: str = ""  # the same for the same question in another language


@dataclass(slots=True)
class Material:
    """Texts and questions; rows of texts are what questions point at."""

    texts: list[Text] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def add(
        self,
        text: str,
        found: Sequence[Span],
        *,
        context: str,
        language: Language,
        group: str,
        paragraph: str,
    ) -> int:
        """Add a text whose sentences are *found*; its row."""
        row = len(self.texts)
        figures = figures_in(text, language)
        reading = Reading(row, text, tuple(found), context, figures)
        self.texts.append(Text(reading, language, group, paragraph))
        return row

    def sentence(self, row: int, sentence: int) -> str:
        """The words of a sentence of the text in *row*."""
        reading = self.texts[row].reading
        start, end = reading.sentences[sentence]
        return reading.text[start:end]

    def figure_at(self, row: int, answer: Span | None) -> int | None:
        """Which figure of the text in *row* the characters of *answer* hold."""
        if answer is None:
            return None
        figures = enumerate(self.texts[row].reading.figures)
        held = (i for i, (s, e) in figures if s < answer[1] and e > answer[0])
        return next(held, None)

    def other_figures(
        self, rows: Sequence[int], gold: int | None, figure: int | None
    ) -> tuple[tuple[int, ...], ...]:
        """For each of *rows* its figures, but for *figure* and those that say the same.

        gold: which of *rows* holds *figure*.
        """
        readings = [self.texts[row].reading for row in rows]
        right = ""
        if gold is not None and figure is not None:
            right = readings[gold].text[slice(*readings[gold].figures[figure])]
        return tuple(
            tuple(
                i
                for i, span in enumerate(reading.figures)
                if reading.text[slice(*span)] != right
            )
            for reading in readings
        )

    def by_paragraph(self) -> dict[str, list[int]]:
        """The rows of each paragraph's pieces."""
        rows: dict[str, list[int]] = {}
        for row, text in enumerate(self.texts):
            rows.setdefault(text.paragraph, []).append(row)
        return rows


def joined(materials: Sequence[Material]) -> Material:
    """One material of several; rows count on."""
    whole = Material()
    for each in materials:
        first = len(whole.texts)
        whole.texts += [
            replace(text, reading=replace(text.reading, id=first + row))
            for row, text in enumerate(each.texts)
        ]
        whole.asked += [
            replace(
                asked,
                gold=None if asked.gold is None else asked.gold + first,
                wrong=tuple(row + first for row in asked.wrong),
            )
            for asked in each.asked
        ]
    return whole


def figures_in(text: str, language: Language) -> tuple[Span, ...]:
    """The quantities of a text, those that date something left out."""
    periods = [(mention.start, mention.end) for mention in find_periods(text)]
    found = find_quantities(mask(text, periods), language)
    return tuple((quantity.start, quantity.end) for quantity in found)


def pieces(text: str, language: Language) -> list[tuple[int, int, list[Span]]]:
    """Cut a paragraph into pieces of whole sentences, short enough to be read.

    Gives start, end and the sentences, offsets into the piece.
    """
    found = spans(text, language)
    count = -(-len(text) // LONGEST)
    parts: list[list[Span]] = [[]]
    for start, end in found:
        if parts[-1] and end > len(text) * len(parts) / count:
            parts.append([])
        parts[-1].append((start, end))
    return [
        (part[0][0], part[-1][1], [(s - part[0][0], e - part[0][0]) for s, e in part])
        for part in parts
        if part
    ]


def place(
    found: Iterable[tuple[int, int, int]], start: int, end: int
) -> tuple[int, int] | None:
    """Which of the pieces (row, start, end) holds all of it, and that one's start."""
    for row, first, last in found:
        if first <= start and end <= last:
            return row, first
    return None


def sentence_at(found: Sequence[Span], start: int) -> int:
    """The row of the sentence in which the character *start* stands."""
    return next((i for i, (_, end) in enumerate(found) if start < end), len(found) - 1)
