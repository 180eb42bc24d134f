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
from answer.glossary import Glossary
from answer.heeding import heeding
from answer.likely import Likely, read_weights
from answer.mentions import (
    asked_about,
    country,
    district,
    from_to,
    opened,
    side_by_side,
    with_way_in,
)
from answer.occasion import occasions, sayings, sources_named, told_apart_from
from answer.question import FIGURES, SERIES, Question, Term, Want
from answer.scope import out_of_scope
from answer.terms import GENERIC, terms_of
from answer.vocabulary import Vocabulary
from answer.wants import base_want, want_of
from index.grammar.marks import told_apart
from index.grammar.periods import Period, PeriodMention, find_periods, year
from index.grammar.places import (
    find_places,
    has_unit,
)
from index.grammar.words import fold, fold_in_place, language_of, lies_in, tokens
from index.records import Language

_OPENER = re.compile(
    r"^\W*(?:and|what about|how about|then|also|or|so|but|ok(?:ay)?|con|the con|vay con"
    r"|the thi|vay|va|roi|the)\b"
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|that|this|they|them|those|these|their|the same|same (?:figure"
    r"|rate|number|indicator|thing)|he|she|his|her"
    r"|con so (?:nay|do|ay)|ty le (?:nay|do|ay)|ti le (?:nay|do)|chi so (?:nay|do)"
    r"|so nay|so do|nguoi (?:nay|do)"
    r"|dieu (?:nay|do)|viec (?:nay|do)|muc (?:nay|do)|ong (?:ay|do)|ba (?:ay|do)|o do"
    r"|truoc do|sau do|do la|cai (?:do|nay)|nhu vay)\b"
)
_THEN = re.compile(
    r"\b(?:by then|at (?:that|the same) time|at that point|back then|(?:in )?that"
    r" (?:same )?year|(?:luc|khi|hoi) (?:do|ay)|thoi diem (?:do|ay)|cung thoi diem"
    r"|(?:nam|thang|quy) (?:do|ay))\b"
)
_TRAILS_OFF = re.compile(r"\bthi sao\W*$")  # "lùi về năm 2020 thì sao?"
_ABOUT = re.compile(r"^\W*(?:(?:and|but|so|ok(?:ay)?)\W+)?(?:what|how) about\b", re.I)
_OPENED = 14  # words of a question that opens with "and" and points back
_SLIP = 3  # letters of a word that nobody knows, and that may be a typing error
_MOVES = frozenset({Want.GROWTH, Want.MULTIPLE})
_OPEN = frozenset({Want.FIGURE, Want.EXPLAIN})
_HEAD_REACH = 25  # characters between "how many" and what is counted
_COMPARES_BACK = re.compile(
    r"\b(?:compare[sd]?|comparison|versus|vs|difference|higher or lower|so voi|so sanh"
    r"|chenh lech)\b"
)


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
    follows = bool(history) and _is_follow_up(question)
    if follows or (history and _is_of_then(question)):
        before = understand(history[-1], history[:-1], glossary, vocabulary)
        if before.refusal:
            return question
        if follows:
            return _made_whole(question, before)
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
    leans = _is_follow_up(question) or _is_of_then(question)
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
    named = [opened(text, mention) for mention in find_periods(text)]
    told_at = [m.period for m in named if lies_in(m.start, settings)]
    mentions = asked_about(named, settings)
    published = sources_named(text)
    places = [
        p for p in find_places(text, typed=True) if not lies_in(p.start, published)
    ]
    home = [p for p in places if p.level != "abroad"]
    skip = [with_way_in(text, m) for m in mentions]
    skip += [(p.start, p.end) for p in home]
    want = want_of(text)
    unit = unit_asked(text)
    if unit == "points" and want is Want.RANK:
        want = Want.COUNT  # "its score in the ranking"
    elif unit == "points" and want is Want.GROWTH:
        unit = ""  # a score may rise by a share
    aside = {"compared", "since"} if want in _MOVES else {"compared"}
    compared = tuple(m.period for m in mentions if m.role in aside and m.period)
    asked = tuple(m.period for m in mentions if m.role not in aside and m.period)
    if want in _OPEN and len({p.start.year for p in asked}) > 1:
        want = Want.CHANGE  # "exports in 2022, 2023 and 2024"
    if want in FIGURES and side_by_side(text, mentions):
        want = Want.COMPARE  # "the rate in December 2023 and in April 2024"
    if want in FIGURES - _MOVES and from_to(text, mentions):
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


def _is_follow_up(question: Question) -> bool:
    """True if the question does not stand alone."""
    folded = fold_in_place(question.text)
    content = [t for t in question.terms if t.weight >= 0.4]
    if not content:
        return True
    short = len(tokens(question.text)) <= 9
    if short and (_OPENER.match(folded) or _TRAILS_OFF.search(folded)):
        return True
    back = _POINTS_BACK.search(folded) is not None
    if back and _OPENER.match(folded) and len(tokens(question.text)) <= _OPENED:
        return True
    return back and len(content) <= 2 and short


def _is_of_then(question: Question) -> bool:
    """ "How many accounts were active by then?": whole but for its time."""
    folded = fold_in_place(question.text)
    return not question.periods and _THEN.search(folded) is not None


def _made_whole(question: Question, before: Question) -> Question:
    """*question* with what it leaves out supplied by the question before.

    A new period, place or status replaces the old one; a new subject replaces
    the old subject and keeps period and place.
    """
    folded = fold_in_place(question.text)
    compares = _COMPARES_BACK.search(folded) is not None and question.want not in _MOVES
    own = tuple(t for t in question.terms if _says_something(t))
    new_subject = bool(own) and _OPENER.match(folded) is not None and not compares
    if new_subject and _POINTS_BACK.search(folded):
        new_subject = False
    swapped = new_subject and _only_counts_else(question, before)
    terms = own if new_subject else _joined(before, question)
    if question.abroad or question.places:
        # "And the EU?" no longer asks about the United States.
        gone = {fold(name) for name in before.abroad} - {t.text for t in own}
        whole = terms if swapped or not new_subject else _joined(before, question)
        terms = tuple(term for term in whole if term.text not in gone)
    if swapped:
        terms = (*(t for t in before.terms if t != before.head), *own)
    # "And now?" asks for the newest.
    kept = () if question.latest else before.periods
    periods = question.periods or _shifted(folded, before) or kept
    want = _want_behind_opener(question)
    if compares:
        want = Want.COMPARE
        periods = (*before.periods, *question.periods, *question.compared)
    elif question.unit == "points" and want is Want.FIGURE:
        want = Want.COUNT  # "And its score?" behind a rank
    elif want is Want.FIGURE or (
        not own and want in {Want.EXPLAIN, Want.THING, Want.COUNT, Want.LIST}
    ):
        want = before.want
        if want in SERIES and question.periods:
            want = Want.FIGURE
        if want is Want.COUNT and new_subject and not swapped:
            want = (
                Want.FIGURE
            )  # "How many pupils …?" "And health books?": maybe a share
    alone = new_subject and not swapped
    subject = question.text if alone else f"{before.whole} {question.text}"
    status = question.status
    if status is None and not question.periods:
        status = before.status
    return replace(
        question,
        whole=subject,
        want=want,
        base=question.base if new_subject else before.base,
        periods=tuple(dict.fromkeys(periods)),
        compared=() if compares else question.compared,
        places=question.places or before.places,
        status=status,
        named_target=question.named_target
        or (before.named_target and not question.status),
        terms=terms,
        head=question.head
        or (own[0] if swapped else None if new_subject else before.head),
        words=question.words or before.words,
        grain=question.grain or before.grain,
        numeric=question.numeric or before.numeric,
        duration=question.duration or (before.duration and not new_subject),
        percent=question.percent
        or (before.percent and not new_subject and question.want is Want.FIGURE),
        latest=question.latest,
        likely=before.likely if want is before.want else Likely(),
        before=None if (own and not swapped) or compares else before,
    )


def _says_something(term: Term) -> bool:
    """False for a slip of two or three letters ("teh")."""
    return term.known or term.name or len(term.text) > _SLIP


def _only_counts_else(question: Question, before: Question) -> bool:
    """ "And ministries?" after "How many provinces have a plan?"."""
    return (
        before.head is not None
        and question.want in {Want.FIGURE, Want.EXPLAIN, Want.THING}
        and len(question.terms) == 1
    )


def _want_behind_opener(question: Question) -> Want:
    """ "What about exports?" asks what was asked before, not for a thing."""
    opener = _ABOUT.match(question.text)
    return want_of(question.text[opener.end() :]) if opener else question.want


_YEAR_AFTER = re.compile(
    r"\b(?:(?:the )?(?:year after|following year|next year)|(?:a|one) year (?:later"
    r"|after|on)|(?:mot )?nam (?:sau|tiep theo|ke tiep))\b"
)
_YEAR_BEFORE = re.compile(
    r"\b(?<!so voi )(?<!compared to )(?<!compared with )(?<!than )(?<!\bon )"
    r"(?:(?:the )?(?<!than the )(?<!on the )(?:year before|previous year"
    r"|preceding year)|(?:a|one) year (?:earlier|before)|nam (?:truoc|lien truoc))\b"
)


_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "hai": 2, "ba": 3, "bon": 4}
_YEARS_AWAY = re.compile(
    r"\b(?P<n>two|three|four|five|hai|ba|bon|[2-5]) (?:years|nam)"
    r" (?:(?P<later>later|after|on|sau)|earlier|before|truoc)\b(?! day)"
)


def _shifted(folded: str, before: Question) -> tuple[Period, ...]:
    """ "And the year after?": the year next to the one asked before."""
    step = bool(_YEAR_AFTER.search(folded)) - bool(_YEAR_BEFORE.search(folded))
    if several := _YEARS_AWAY.search(folded):
        count = _COUNTS.get(several["n"]) or int(several["n"])
        step = count if several["later"] else -count
    if not step or not before.periods:
        return ()
    return (year(before.periods[-1].end.year + step),)


def _joined(before: Question, question: Question) -> tuple[Term, ...]:
    known = {term.text for term in before.terms}
    return (*before.terms, *(t for t in question.terms if t.text not in known))
