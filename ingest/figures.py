"""The figure ledger: every number and date of a report, with what it means.

Works sentence by sentence, since a sentence is what can be quoted, and carries
period and place along, since a sentence seldom says everything.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from index.grammar.marks import grammar_fold
from index.grammar.numbers import find_quantities, mask
from index.grammar.periods import (
    Period,
    PeriodMention,
)
from index.grammar.places import PlaceMention, find_places
from index.records import Figure, Report, Sentence, Status
from ingest.clauses import Segment, clauses, segments
from ingest.dating import (
    behind_compared,
    period_of,
    restated,
    right_behind,
    split_range,
)
from ingest.holding import TimeMemory
from ingest.placing import PlaceMemory, counts_provinces, place_of, places_in
from ingest.sections import Section, list_below, section_of
from ingest.status import is_intended, is_later, says_done, status_of
from ingest.times import settled, usable

_FIELD = re.compile(r"(?:out of|of|/|trên|trong)\s*$")


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
    """Carries time and place from sentence to sentence."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.time = TimeMemory(report)
        self.place = PlaceMemory(report.place)
        self.subject = ""  # what the last figure counted
        self.section = Section()
        self.listed: Section | None = None  # the list that is being read, if any
        self.ending = ""  # of the sentence before
        self.item = False  # is an item of a list being read?

    def turn(self, *, item: bool) -> None:
        """Come to a new paragraph; *item*: of a list."""
        self.item = item
        if self.listed and not item and not self.ending.endswith((":", ";", ",")):
            self.listed = None

    def read(
        self, row: int, sentence: Sentence, *, new_paragraph: bool
    ) -> list[Figure]:
        text, time = sentence.text, self.time
        if new_paragraph:
            opened = section_of(text, time.year, self.section, item=self.item)
            self.section = opened or self.section
            self.listed = None if opened else self.listed
            time.turn(self._part.period)
            self.subject = ""
        all_mentions = settled(time.named(text), time.current, text, time.last)
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
        time.remember(mentions, text, len(quantities), opens=new_paragraph)
        self.listed = list_below(text, time.year) or self.listed
        self.ending = text.rstrip()[-1:]
        return sorted(figures, key=lambda figure: figure.start)

    @property
    def _part(self) -> Section:
        """What holds here: the list's, else the section's."""
        return self.listed or self.section

    def _figure(self, context: "_Context", index: int) -> Figure:
        text, part = context.sentence.text, context.parts[index]
        quantity = part.quantity
        told = _told(context, index)
        period, inherited = self._period(context, index, told)
        status = self._status(context, index, told, period, inherited=inherited)
        if inherited and status == "target" and self._part.aims:
            period = self.time.still_open(period)
        again = restated(part, context.mentions, text)
        if again and told == "achieved":
            period, status = again, "earlier"
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
            place=self._place(context, part) or context.held_place,
            status=status,
            hedge=quantity.hedge,
            value_to=quantity.value_to,
        )

    def _period(
        self, context: "_Context", index: int, told: Status
    ) -> tuple[Period | None, bool]:
        """The figure's period, and whether it is taken over from before.

        told: the status by the words alone.
        """
        text, part, time = context.sentence.text, context.parts[index], self.time
        earlier = told == "earlier"
        period = period_of(
            part,
            context.parts,
            context.mentions,
            text,
            compared=earlier,
            aimed=told == "target",
        )
        inherited = period is None and not earlier
        if inherited:
            period = time.current
            # "… awarded medals to 12 ferrymen", under "Tasks for 2025".
            done = self._part.aims and says_done(text, part.clause)
            if done and is_later(period, time.now, time.today):
                period = time.now
            if time.is_young and period == time.now:
                period = behind_compared(period, context.mentions)
        if earlier or (index and _told(context, index - 1) == "earlier"):
            period = split_range(period, text, earlier=earlier)
        return period, inherited

    def _status(
        self,
        context: "_Context",
        index: int,
        told: Status,
        period: Period | None,
        *,
        inherited: bool,
    ) -> Status:
        """What the words say of the figure, its period and what it stands below."""
        text, part, time = context.sentence.text, context.parts[index], self.time
        intended = is_intended(text, part.clause, part.quantity.start)
        ahead = is_later(period, time.now, time.today)
        ahead = ahead or (time.runs(period) and intended)
        status = _status(text, part, later=ahead)
        if status == "achieved":
            status = _as_beside(context, index, told)
        gone = not inherited and not time.runs(period)
        set_task = self._part.aims and not (time.today and gone)
        if set_task and status in {"achieved", "change"}:
            status = status if says_done(text, part.clause) else "target"
        return status

    def _place(self, context: "_Context", part: Segment) -> str | None:
        """The place that the sentence gives to the figure, or None."""
        text, quantity = context.sentence.text, part.quantity
        own = place_of(context.places, text, part, context.parts)
        whole = own is None or quantity.kind == "count"
        field = _FIELD.search(text, 0, quantity.start)  # of a ranking: its owner's
        if whole and not field and counts_provinces(text, quantity.end):
            return self.place.default
        return own


def _told(context: _Context, index: int) -> Status:
    """The status of a figure by the words alone."""
    text, part = context.sentence.text, context.parts[index]
    status = _status(text, part)
    if status == "achieved" and index:
        # "compared to 48.7% in 2023 and 31.4% in 2022": the second as well.
        leant_on = right_behind(part, context.mentions, text)
        chained = leant_on is not None and leant_on.role == "compared"
        if chained and _status(text, context.parts[index - 1]) == "earlier":
            return "earlier"
    return status


def _as_beside(context: _Context, index: int, told: Status) -> Status:
    """The status of a figure that only the one before can tell of."""
    text, part = context.sentence.text, context.parts[index]
    if told == "earlier" or not index:
        return told if told == "earlier" else "achieved"
    before = context.parts[index - 1]
    beside = _told(context, index - 1)
    if beside == "change" and _goes_on(text, before, part):
        return "change"
    # "… the plan is 68,000 stations and 90% of the population".
    if beside == "target" and _joined(text, before, part):
        return "target"
    return "achieved"


# "rose 47.3% in number and 31.6% in value", "giảm 842 người (13,9%)".
_GOES_ON = re.compile(r"[^.;,()]{0,30}(?:\(|\b(?:and|va))\s*")


def _goes_on(text: str, before: Segment, part: Segment) -> bool:
    """True if a figure tells on of what the one before tells of."""
    if before.clause != part.clause or part.quantity.kind != "share":
        return False
    start, end = before.quantity.end, part.quantity.start
    return _GOES_ON.fullmatch(grammar_fold(text), start, end) is not None


_JOINED = re.compile(r"(?:\s*[^\W\d]+){0,3}\s+(?:and|va)\s+(?:at least\s+)?")


def _joined(text: str, before: Segment, part: Segment) -> bool:
    """True if two figures are told in one breath, nothing but "and" between them."""
    start, end = before.quantity.end, part.quantity.told_from
    return before.clause == part.clause and bool(
        _JOINED.fullmatch(grammar_fold(text), start, end)
    )


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
