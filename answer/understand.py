"""Text of a question, and the turns before, to a `Question`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from answer.aside import without_asides
from answer.asked import (
    asked_at,
    asks_duration,
    asks_latest,
    asks_number,
    asks_whole_period,
    asks_year_end,
    counted_at,
    grain_of,
    names_target,
    numbers_named,
    says_average,
    says_cumulative,
    says_currency,
    says_group,
    says_number,
    says_percent,
    status_asked,
    unit_asked,
    which_words,
)
from answer.extreme import comparing
from answer.following import is_follow_up, is_of_then, made_whole
from answer.glossary import Glossary
from answer.heeding import heeding
from answer.likely import read_weights
from answer.mentions import (
    asked_about,
    country,
    district,
    from_to,
    opened,
    side_by_side,
    since_its_start,
    with_way_in,
)
from answer.occasion import occasions, sayings, sources_named, told_apart_from
from answer.question import FIGURES, MOVES, SERIES, Question, Term, Want
from answer.scope import out_of_scope
from answer.terms import GENERIC, terms_of
from answer.vocabulary import Vocabulary
from answer.wants import base_want, want_of
from index.grammar.marks import told_apart
from index.grammar.periods import Period, PeriodMention, find_periods
from index.grammar.places import (
    find_places,
    has_unit,
)
from index.grammar.words import language_of, lies_in, tokens
from index.records import Language

_OPEN = frozenset({Want.FIGURE, Want.EXPLAIN})
_HEAD_REACH = 25  # characters between "how many" and what is counted


def understand(
    text: str,
    history: Sequence[str],
    glossary: Glossary,
    vocabulary: Vocabulary,
) -> Question:
    """The question that *text* asks after the questions of *history*.

    history: the earlier questions of the conversation, oldest first.
    """
    question = _alone(text, glossary, vocabulary, follows=bool(history))
    if question.refusal:
        return question
    follows = bool(history) and is_follow_up(question)
    if follows or (history and is_of_then(question)):
        before = understand(history[-1], history[:-1], glossary, vocabulary)
        if before.refusal:
            return question
        if follows:
            return made_whole(question, before)
        question = replace(question, periods=before.periods)
    return heeding(question, read_weights().likely(question.whole))


def needed(
    text: str,
    history: Sequence[str],
    glossary: Glossary,
    vocabulary: Vocabulary,
) -> tuple[str, ...]:
    """The end of *history* without which *text* would ask something else.

    Empty where the question stands by itself; arguments as for `understand`.
    """
    question = _alone(text, glossary, vocabulary, follows=bool(history))
    leans = is_follow_up(question) or is_of_then(question)
    if question.refusal or not history or not leans:
        return ()
    before, earlier = history[-1], history[:-1]
    return (*needed(before, earlier, glossary, vocabulary), before)


def _alone(
    text: str, glossary: Glossary, vocabulary: Vocabulary, *, follows: bool
) -> Question:
    """The question by itself, without a polite way in.

    follows: others came before; it may name nothing but another meeting.
    """
    at = asked_at(text)
    told = without_asides(text[at:])
    question = _read(told, glossary, vocabulary, follows=follows)
    if not at:
        return replace(question, text=text)
    # "I am writing about Lang Son in 2021: could you tell me how it ranked?"
    setting = _read(text[:at], glossary, vocabulary, follows=False)
    return replace(
        question,
        text=text[at:],
        periods=question.periods or setting.periods,
        places=question.places or setting.places,
        language=_spoken(text),
    )


def _spoken(text: str) -> Language:
    """The language of *text*: "Lang Son DTI rank" is English, whatever it is about."""
    bare = text
    for place in find_places(text, typed=True):
        bare = bare.replace(text[place.start : place.end], " ")
    return language_of(bare if tokens(bare) else text)


def _read(
    text: str, glossary: Glossary, vocabulary: Vocabulary, *, follows: bool
) -> Question:
    language = _spoken(text)
    settings = occasions(text)
    want = want_of(text)
    every = find_periods(text)
    if want not in SERIES:
        every = since_its_start(text, every)
    named = [opened(text, mention) for mention in every]
    told_at = [m.period for m in named if lies_in(m.start, settings)]
    mentions = asked_about(named, settings)
    published = sources_named(text)
    places = [
        p for p in find_places(text, typed=True) if not lies_in(p.start, published)
    ]
    home = [p for p in places if p.level != "abroad"]
    skip = [with_way_in(text, m) for m in mentions]
    skip += [(p.start, p.end) for p in home]
    unit = unit_asked(text)
    if unit == "points" and want is Want.RANK:
        want = Want.COUNT  # "its score in the ranking"
    elif unit == "points" and want is Want.GROWTH:
        unit = ""  # a score may rise by a share
    aside = {"compared", "since"} if want in MOVES else {"compared"}
    compared = tuple(m.period for m in mentions if m.role in aside and m.period)
    asked = tuple(m.period for m in mentions if m.role not in aside and m.period)
    if want in _OPEN and len({p.start.year for p in asked}) > 1:
        want = Want.CHANGE  # "exports in 2022, 2023 and 2024"
    if want in FIGURES and side_by_side(text, mentions):
        want = Want.COMPARE  # "the rate in December 2023 and in April 2024"
    if want in FIGURES - MOVES and from_to(text, mentions):
        want = Want.CHANGE
    if want in SERIES:
        # "… and by the April meeting": one end of what is compared.
        asked, compared = _series_periods(named), ()
    abroad = [p for p in places if p.level == "abroad"]
    skip += [(p.start, p.end) for p in abroad] + comparing(text)
    skip += sayings(text) if want in FIGURES else []
    found = terms_of(told_apart(text), language, skip, glossary, vocabulary)
    terms, occasion = told_apart_from(found, settings, least=0 if follows else 1)
    below = [p for p in home if p.level == "local" and has_unit(p.name)]
    terms = (*terms, *map(country, abroad), *map(district, below))
    return Question(
        text=text,
        whole=text,
        language=language,
        want=want,
        base=base_want(text),
        periods=asked,
        told_at=tuple(period for period in told_at if period),
        compared=compared,
        places=tuple(dict.fromkeys(p.name for p in home)),
        abroad=tuple(dict.fromkeys(p.name for p in abroad)),
        status=status_asked(text),
        named_target=names_target(text),
        terms=terms,
        occasion=occasion,
        # "How many places did it climb?" names the step, not what is counted.
        head=None if want is Want.GROWTH else _head(text, terms),
        words=tuple(w for w in which_words(text) if w not in GENERIC),
        grain=grain_of(text),
        numeric=asks_number(text) or names_target(text),
        duration=asks_duration(text),
        unit=unit,
        whole_period=asks_whole_period(text),
        year_end=asks_year_end(text),
        # "How much does it grow a year?" asks for growth, not for a part of it.
        average=says_average(text) and want is not Want.GROWTH,
        cumulative=says_cumulative(text),
        percent=says_percent(text),
        number=says_number(text) and want is Want.COUNT,
        currency=says_currency(text),
        group=says_group(text),
        numbers=numbers_named(text, settings),
        latest=asks_latest(text),
        refusal=out_of_scope(text),
    )


def _head(text: str, terms: Sequence[Term]) -> Term | None:
    """The term that names what is counted: the first behind "how many".

    "How many irrigation reservoirs": of English nouns in a row the one in the plural.
    """
    at = counted_at(text)
    if at is None:
        return None
    behind = [
        t
        for t in terms
        if at <= t.start <= at + _HEAD_REACH
        and not t.name
        # "How many of the committee's goals": it is the goals that are counted.
        and not _POSSESSOR.match(text, t.start + len(t.text))
    ]
    behind.sort(key=lambda t: t.start)
    if not behind or language_of(text) == "vi":
        return behind[0] if behind else None
    row = behind[:1]
    for term in behind[1:]:
        end = row[-1].start + len(row[-1].text)
        if text[end : term.start].strip(" -"):
            break
        row.append(term)
    return next((t for t in row if _PLURAL.search(t.text)), row[0])


_POSSESSOR = re.compile(r"(?: \w+)?['’]s\b")
_PLURAL = re.compile(r"(?:[^su]s|people|children|women|men|staff|teachers)$")


def _series_periods(mentions: Sequence[PeriodMention]) -> tuple[Period, ...]:
    return tuple(m.period for m in mentions if m.period)
