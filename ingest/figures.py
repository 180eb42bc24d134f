"""The figure ledger: every number and date of a report, with what it means.

Works sentence by sentence, since a sentence is what can be quoted, and carries
period and place along, since a sentence seldom says everything.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from index.grammar.marks import grammar_fold
from index.grammar.numbers import find_quantities, mask
from index.grammar.periods import (
    Period,
    PeriodMention,
    find_periods,
    parse_period,
    year,
)
from index.grammar.places import PlaceMention, find_places
from index.records import Figure, Report, Sentence, Status
from ingest.clauses import Segment, clauses, segments
from ingest.dating import (
    behind_compared,
    is_day,
    period_of,
    restated,
    settled,
    split_range,
    usable,
)
from ingest.placing import PlaceMemory, counts_provinces, place_of, places_in
from ingest.sections import Section, list_below, section_of
from ingest.status import is_later, says_done, status_of

_HEAD = 75  # characters in which a sentence says when
_LEAST = 27  # days of a period that the next sentences may speak of
_YOUNG = 4  # months in which a year is compared only by what is planned
_PART = 300  # days of a period that is no whole year


def find_figures(
    report: Report,
    sentences: Sequence[Sentence],
    paragraphs: Sequence[int],
    rows: Mapping[int, Sequence[Figure]] = MappingProxyType({}),
    items: Collection[int] = (),
) -> tuple[Figure, ...]:
    """The figures of *report*, in the order of its text.

    paragraphs: for each sentence the number of its paragraph.
    rows: the figures of sentences that are rows of a table, known already.
    items: the paragraphs that are items of a list.
    """
    reader = _Reader(report)
    found: list[Figure] = []
    previous: int | None = None
    for row, sentence in enumerate(sentences):
        if row in rows:
            found.extend(rows[row])
            previous = None
            continue
        new_paragraph = paragraphs[row] != previous
        if new_paragraph:
            reader.turn(item=paragraphs[row] in items)
        found.extend(reader.read(row, sentence, new_paragraph=new_paragraph))
        previous = paragraphs[row]
    return tuple(found)


def time_of(report: Report) -> Period | None:
    """The time that the report speaks of: its period, else its year of issue."""
    if report.period:
        return parse_period(report.period)
    return year(int(report.published[:4])) if report.published else None


@dataclass(frozen=True, slots=True)
class _Context:
    """A sentence and what it names."""

    row: int
    sentence: Sentence
    parts: tuple[Segment, ...]
    mentions: Sequence[PeriodMention]
    places: Sequence[PlaceMention]
    held_place: str


class _Reader:
    """Carries period and place from sentence to sentence."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.now = time_of(report)
        self.today = date.fromisoformat(report.as_of) if report.as_of else None
        known = self.today or (self.now.end if self.now else None)
        self.year = known.year if known else None  # "this year"
        self.place = PlaceMemory(report.place)
        self.period = self.now  # what an undated figure here belongs to
        self.last: Period | None = None  # named last in the sentence before
        self.subject = ""  # what the last figure counted
        self.section = Section()
        self.listed: Section | None = None  # the list that is being read, if any
        self.ending = ""  # of the sentence before

    def turn(self, *, item: bool) -> None:
        """Come to a new paragraph; *item*: of a list."""
        if self.listed and not item and not self.ending.endswith((":", ";", ",")):
            self.listed = None

    def read(
        self, row: int, sentence: Sentence, *, new_paragraph: bool
    ) -> list[Figure]:
        text = sentence.text
        if new_paragraph:
            opened = section_of(text, self.year, self.section)
            self.section = opened or self.section
            self.listed = None if opened else self.listed
            self.period = self._part.period or self.now
            self.subject = ""
        all_mentions = settled(self._mentions(text), self.period, text, self.last)
        mentions = usable(all_mentions, text)
        places = places_in(text)
        blanked = mask(text, [(m.start, m.end) for m in all_mentions])
        named = [(m.start, m.end) for m in all_mentions]
        named += [(m.start, m.end) for m in find_places(text)]
        quantities = find_quantities(blanked, self.report.language)
        parts = segments(text, quantities, named, self.subject)
        first = quantities[0].start if quantities else len(text)
        held_place = self.place.read(places, text, first, new_paragraph=new_paragraph)
        self.subject = parts[-1].subject if parts else self.subject
        context = _Context(row, sentence, tuple(parts), mentions, places, held_place)
        figures = [self._figure(context, index) for index in range(len(parts))]
        figures += _dates(row, sentence, all_mentions, held_place)
        self._remember(mentions)
        self.listed = list_below(text, self.year) or self.listed
        self.ending = text.rstrip()[-1:]
        return sorted(figures, key=lambda figure: figure.start)

    @property
    def _young(self) -> bool:
        """Has the year that the report is dated by hardly begun?"""
        today, now = self.today, self.now
        if today is None or now is None:
            return False
        return today.year == now.end.year and today.month <= _YOUNG

    @property
    def _part(self) -> Section:
        """What holds here: the list's, else the section's."""
        return self.listed or self.section

    def _mentions(self, text: str) -> list[PeriodMention]:
        """The periods named; those without a year are the last ones over by now."""
        found = find_periods(text, self.year)
        if self.today is None or self.now is None or self.today <= self.now.end:
            return found
        before = {m.start: m for m in find_periods(text, self.today.year - 1)}
        return [self._over(mention, before) for mention in found]

    def _over(
        self, mention: PeriodMention, before: Mapping[int, PeriodMention]
    ) -> PeriodMention:
        """ "In the fourth quarter", said in April, is the last year's."""
        other = before.get(mention.start)
        if not (mention.period and other and other.period and self.today):
            return mention
        moved = other.period != mention.period and mention.period.start > self.today
        part = (mention.period.end - mention.period.start).days < _PART
        ahead = mention.role == "by"
        return other if moved and part and not ahead else mention

    def _figure(self, context: "_Context", index: int) -> Figure:
        text, part = context.sentence.text, context.parts[index]
        quantity = part.quantity
        moved = _status(text, part, later=False)
        earlier = moved == "earlier"
        period = period_of(
            part,
            context.parts,
            context.mentions,
            text,
            compared=earlier,
            aimed=moved == "target",
        )
        if period is None and not earlier:
            period = self.period
            if self._young and period == self.now:
                period = behind_compared(period, context.mentions)
        before = context.parts[index - 1] if index else None
        told = _status(text, before) if before else None
        if earlier or told == "earlier":
            period = split_range(period, text, earlier=earlier)
        status = _status(text, part, later=is_later(period, self.now, self.today))
        if before and told == "change" and status == "achieved":
            status = "change" if _goes_on(text, before, part) else status
        if (
            self._part.aims
            and status == "achieved"
            and not says_done(text, part.clause)
        ):
            status = "target"
        again = restated(part, context.mentions, text)
        if again and moved == "achieved":
            period, status = again, "earlier"
        own = place_of(context.places, text, part, context.parts)
        if own is None and counts_provinces(text, quantity.end):
            own = self.place.default
        at = context.sentence.start
        return Figure(
            sentence=context.row,
            start=at + quantity.start,
            end=at + quantity.end,
            raw=text[quantity.start : quantity.end],
            kind=quantity.kind,
            value=quantity.value,
            unit=quantity.unit,
            subject=part.subject,
            clause_start=at + part.clause[0],
            clause_end=at + part.clause[1],
            period=period.label if period else None,
            place=own or context.held_place,
            status=status,
            hedge=quantity.hedge,
            value_to=quantity.value_to,
        )

    def _remember(self, mentions: Sequence[PeriodMention]) -> None:
        """A period at the head of a sentence holds for the rest of the paragraph."""
        stated = [m for m in mentions if m.role != "compared" and not is_day(m)]
        self.last = stated[-1].period if stated else None
        if len({m.period for m in stated}) != 1 or stated[0].start > _HEAD:
            return
        period = stated[0].period
        if period and (period.end - period.start).days >= _LEAST:
            self.period = period


# "rose 47.3% in number and 31.6% in value", "giảm 842 người (13,9%)".
_GOES_ON = re.compile(r"[^.;,()]{0,30}(?:\(|\b(?:and|va))\s*")


def _goes_on(text: str, before: Segment, part: Segment) -> bool:
    """True if a figure tells on of what the one before tells of."""
    if before.clause != part.clause or part.quantity.kind != "share":
        return False
    start, end = before.quantity.end, part.quantity.start
    return _GOES_ON.fullmatch(grammar_fold(text), start, end) is not None


def _status(text: str, part: Segment, *, later: bool = False) -> Status:
    return status_of(
        part.quantity, text, (part.start, part.end), part.clause, later=later
    )


def _dates(
    row: int, sentence: Sentence, mentions: Sequence[PeriodMention], place: str
) -> list[Figure]:
    """The dates of a sentence; each tells of the words up to the dates beside it."""
    text, at = sentence.text, sentence.start
    found = []
    for index, mention in enumerate(mentions):
        clause = next(
            (c for c in clauses(text) if c[0] <= mention.start < c[1]), (0, len(text))
        )
        first = max(clause[0], mentions[index - 1].end if index else 0)
        behind = mentions[index + 1].start if index + 1 < len(mentions) else len(text)
        last = min(clause[1], behind)
        found.append(
            Figure(
                sentence=row,
                start=at + mention.start,
                end=at + mention.end,
                raw=mention.text,
                kind="date",
                value=None,
                unit=mention.role,
                subject=text[first:last].strip(" ,;"),
                clause_start=at + clause[0],
                clause_end=at + clause[1],
                period=mention.period.label if mention.period else None,
                place=place,
                status="achieved",
            )
        )
    return found
