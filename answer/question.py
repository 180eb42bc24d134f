"""A question as the rest of the room sees it, once understood."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from answer.likely import Likely
from index.grammar.periods import Period
from index.records import Language, Status

Form = tuple[str, ...]  # stems (English) or folded syllables (Vietnamese)


class Want(StrEnum):
    """What is asked for; the first group is answered by a figure."""

    SHARE = "share"
    COUNT = "count"
    MONEY = "money"
    RANK = "rank"
    RATIO = "ratio"
    MULTIPLE = "multiple"
    GROWTH = "growth"  # how much it rose or fell
    FIGURE = "figure"  # some figure, the question does not say which kind
    DATE = "date"
    PERSON = "person"
    BODY = "body"
    THING = "thing"  # a named law, platform, province, theme, …
    LIST = "list"
    EXPLAIN = "explain"
    CHANGE = "change"  # over time
    COMPARE = "compare"  # two periods or places


FIGURES = frozenset(
    {Want.SHARE, Want.COUNT, Want.MONEY, Want.RANK, Want.RATIO, Want.MULTIPLE,
     Want.GROWTH, Want.FIGURE}
)  # fmt: skip
SERIES = frozenset({Want.CHANGE, Want.COMPARE})
MOVES = frozenset({Want.GROWTH, Want.MULTIPLE})  # held against another time


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """A key word or phrase of the question, in every form a report may use.

    weight: how much its absence counts: 1 for a content word, more for a name,
    less for a word that no glossary row and no report knows.
    """

    text: str
    forms: Mapping[Language, tuple[Form, ...]]
    weight: float = 1.0
    name: bool = False
    known: bool = False  # a glossary or a report has it: its absence is no paraphrase
    start: int = -1  # in the question, for what stands near what
    parts: tuple["Term", ...] = ()  # of a phrase: its words, each with its own forms
    translated: bool = True  # a glossary row has it in both languages


@dataclass(frozen=True, slots=True)
class Question:
    """What the official asks, made whole from the turns before."""

    text: str  # as asked
    whole: str  # with what earlier turns supply; what is searched for
    language: Language
    want: Want
    base: Want  # the kind of figure, also where a change or comparison is asked
    periods: tuple[Period, ...] = ()
    told_at: tuple[Period, ...] = ()  # when the meeting was that it names
    compared: tuple[Period, ...] = ()  # "up against 2023"
    places: tuple[str, ...] = ()
    abroad: tuple[str, ...] = ()  # other countries that it names
    status: Status | None = None
    named_target: bool = False  # says "target", not just "should"
    terms: tuple[Term, ...] = ()
    occasion: tuple[Term, ...] = ()  # where it was said: "at the 10th meeting"
    head: Term | None = None  # what is counted or sought: "how many ministries"
    words: tuple[str, ...] = ()  # folded words after which/what
    grain: str = ""  # of a date: "day", "month", "year"
    numeric: bool = True  # asks for a number ("how much"), not just "what is"
    duration: bool = False  # asks how long
    unit: str = ""  # the measure asked for ("how many hectares")
    whole_period: bool = False  # says "over the full year"
    year_end: bool = False  # says "at the end of 2024"
    average: bool = False  # a figure per person, per day, on average
    cumulative: bool = False  # all since the beginning, not one year's
    percent: bool = False  # says "percent" itself
    number: bool = False  # says "the number of"
    currency: bool = False  # names the money it is to be told in
    group: bool = False  # asks for the best few ("top …"), not for one's own place
    numbers: frozenset[float] = frozenset()  # that it names itself, and not to confirm
    latest: bool = False  # asks for the newest
    # What people who ask like this want to know.
    likely: Likely = field(default_factory=Likely)
    refusal: str | None = None  # out of scope, and why
    before: "Question | None" = (
        None  # whose subject this one only moves in time or place
    )
