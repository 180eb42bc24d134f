"""Which name in the best sentences answers "who", "which body", "which law"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from answer.asked import asks_its_number
from answer.candidates import Evidence
from answer.coverage import Coverage
from answer.evidence import Candidate
from answer.offices import (
    Around,
    bodies_asked,
    field_asked,
    office_fit,
    offices_in,
    title_of,
)
from answer.question import Question, Want
from answer.sought import OWN_NOUN, noun_fit, sought_in
from answer.spans import Span, bodies, documents, people, places, things
from index.grammar.words import fold, fold_in_place

_FINDERS: dict[Want, Callable[[str], list[Span]]] = {
    Want.PERSON: people,
    Want.BODY: bodies,
    Want.THING: things,
}
_OF_KIND = (
    # "Which province", "địa phương nào": the kind of name that is sought.
    (
        re.compile(
            r"province|localit|\bcity\b|cities|district|commune|place|region|dia phuong"
            r"|\btinh\b"
            r"|thanh pho|\bxa\b|huyen|quan\b|\bvung\b|\bnoi\b|country|countries"
            r"|\bnuoc\b"
        ),
        places,
    ),
    (
        re.compile(
            r"ministr|agenc|\bbody|bodies|organi|department|committee|\bbank|compan"
            r"|enterprise|hospital|school|universit|college|operator|carrier"
            r"|\bbo\b|co quan|don vi|to chuc|ngan hang|doanh nghiep|uy ban|benh vien"
            r"|\btruong (?:dai hoc|cao dang|hoc|trung)|cong ty|tap doan|nha mang"
        ),
        bodies,
    ),
)
_ASKED = 0.6  # of the terms in a name: it is what is asked about
_BODY = 0.7  # of a body's name that stands beside the one who heads it
_OTHER_BODY = 0.4  # for one who heads another body than asked for
_PASSIVE = 0.85  # what counts of the words before a name
_QUOTED = 0.25  # for a name in quotation marks
_HARDLY = 0.5  # fit of place and period from which an office counts
_BARE, _BARE_COSTS = 3, 0.3  # letters of an abbreviation, which seldom names a thing
_DEPTH, _LEAST = 12, 0.45  # sentences looked at, share of the best score


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a candidate's sentence, and what speaks for it.

    fit: how well role and words agree, a factor.
    score: by which names are ranked, its sentence's score among it.
    office: the office that the question names is held.
    lead: how far its score is ahead of the next other name's.
    """

    candidate: Candidate
    start: int
    end: int
    fit: float
    score: float = 0.0
    office: bool = False
    lead: float = 1.0

    @property
    def text(self) -> str:
        """The name as it stands."""
        return self.candidate.text[self.start : self.end]


NAMES = {
    # "Who drafts the law?" may be a ministry, "whose model" a city.
    Want.PERSON: (Want.PERSON, Want.BODY),
    Want.BODY: (Want.BODY,),
    Want.THING: (Want.THING,),
}


def kinds_of_name(question: Question) -> tuple[Want, ...]:
    """The kinds of names that may answer, the one that is asked for first."""
    kinds = NAMES[question.want]
    # An office is held by a person.
    return kinds[:1] if offices_in(question.text) else kinds


def choose_name(
    question: Question, evidence: Evidence, ranked: Sequence[Candidate], want: Want
) -> Named | None:
    """The name that answers, or None.

    A name counts by the terms that stand around it, up to the names beside
    it, and by its sentence's score; a name that the question says is none.
    """
    seeker = _Seeker(question, want, _finder(want, question))
    top = ranked[0].score or 1e-6
    found: list[Named] = []
    for candidate in ranked[:_DEPTH]:
        if candidate.score < _LEAST * top:
            break
        found += seeker.named(candidate, evidence.cover(candidate.report), top)
    if not found:
        return None
    best = max(found, key=lambda named: named.score)
    own = fold(best.text)
    rivals = (n.score for n in found if not _same_name(fold(n.text), own))
    return replace(best, lead=best.score - max(rivals, default=0.0))


def _same_name(one: str, two: str) -> bool:
    return one in two or two in one


class _Seeker:
    """What speaks for a name in the eyes of one question."""

    def __init__(
        self, question: Question, want: Want, finder: Callable[[str], list[Span]]
    ) -> None:
        self.question = question
        self.want = want
        self.finder = finder
        person = want is Want.PERSON
        self.offices = offices_in(question.text) if person else []
        self.bodies = bodies_asked(question) if self.offices else []
        self.field = field_asked(question) if self.offices else []
        self.sought = None if person else sought_in(question)

    def named(self, candidate: Candidate, cover: Coverage, top: float) -> list[Named]:
        """The names in a sentence; top: the best sentence's score."""
        found: list[Named] = []
        text, features = candidate.text, candidate.features
        here = features.place * features.period > _HARDLY
        question, spans = self.question, self.spans(text)
        for index, span in enumerate(spans):
            if _in_question(span, question) or _is_asked(question, cover, span):
                continue
            around = _around(text, spans, index)
            fit = self.fit(cover, text, span, around)
            score = fit * (candidate.score / top + 0.8 * _told_of(around, cover))
            score += self.bonus(cover, text, span)
            held = bool(self.offices) and fit == 1.0 and here
            found.append(Named(candidate, span.start, span.end, fit, score, held))
        return found

    def spans(self, text: str) -> list[Span]:
        """The names of the kind that is sought."""
        spans = self.finder(text)
        if self.finder is not things:
            return spans
        # What the question names, "block C2", belongs to what is said of another.
        spans = [s for s in spans if not _in_question(s, self.question)]
        return _no_people(text, spans)

    def fit(self, cover: Coverage, text: str, span: Span, around: Around) -> float:
        """How well role, noun and superlative agree; a factor."""
        # Whoever "led the meeting" need not be called the first.
        if self.want is not Want.PERSON:
            fit = superlative_fit(self.question.text, text)
            fit *= end_fit(self.question.text, "".join(around))
            # Places need not say what they are.
            if self.sought and self.finder not in (places, _owners):
                fit *= noun_fit(self.sought, cover, text, span)
            return fit
        if not self.offices:
            return 1.0
        title = title_of(around)
        fit = office_fit(self.offices, self.question.text, title)
        # Half of "People's Committee" is any committee.
        own = cover.language == self.question.language
        known = [t for t in self.bodies if own or t.translated]
        held = all(cover.share(t, title) > _BODY for t in known)
        of_it = [cover.share(t, title) for t in self.field]
        held = held and sum(of_it) >= len(of_it) / 2
        return fit if held else fit * _OTHER_BODY

    def bonus(self, cover: Coverage, text: str, span: Span) -> float:
        """What its own words add, whatever stands around it."""
        added = _head_bonus(span, self.question.words)
        if self.want is Want.THING and _is_quoted(text, span):
            added += _QUOTED
        if self.finder is things and len(span.text) <= _BARE:
            added -= _BARE_COSTS
        if self.sought and cover.has(self.sought, span.text):
            added += OWN_NOUN
        return added


def _no_people(text: str, spans: Sequence[Span]) -> list[Span]:
    """*spans* without those that name a person, or an office."""
    held = [(p.start, p.end) for p in people(text)]
    return [s for s in spans if not any(s.start < b and a < s.end for a, b in held)]


# "Whose model should they copy?": a place's, a body's or somebody's.
_WHOSE = re.compile(
    r"\bwhose (?:[\w-]+ ){0,4}?(?:model|approach|scheme|example|practice|experience"
    r"|lead|policy|way|method|initiative|solution|footstep)s?\b"
    r"|\b(?:mo hinh|cach lam|kinh nghiem|sang kien|giai phap) (?:\S+ ){0,5}?cua"
    r" (?:ai|dau|noi nao)\b"
)
_SHOWS = (
    r"(?:models?|examples?|experiences?|practices?|lead|mo hinh|cach lam|kinh nghiem)"
)
_AS_A_MODEL = re.compile(rf"\b(?:{_SHOWS}|like|such as|nhu)\b(?: \w+){{0,2}} ?$")
_ITS_MODEL = re.compile(rf"(?: \w+)?['’]s (?:\w+ ){{0,2}}{_SHOWS}\b")


def _owners(text: str) -> list[Span]:
    """Who may own a model: those who are said to, if any, else all who are named."""
    folded = fold_in_place(text)
    spans = [*places(text), *bodies(text), *people(text)]
    shown = [
        span
        for span in spans
        if _AS_A_MODEL.search(folded[: span.start])
        or _ITS_MODEL.match(folded[span.end :])
    ]
    return sorted(shown or spans, key=lambda span: span.start)


def _finder(want: Want, question: Question) -> Callable[[str], list[Span]]:
    if _WHOSE.search(fold_in_place(question.text)):
        return _owners
    if want is Want.THING and asks_its_number(question.text):
        return documents
    if want is Want.THING:
        sought = " ".join(question.words)
        for kind, finder in _OF_KIND:
            if kind.search(sought):
                return finder
    return _FINDERS[want]


_SUPERLATIVE = re.compile(
    r"\b(?:most|least|best|worst|highest|lowest|largest|biggest|smallest|first|last|top"
    r"|leading"
    r"|fastest|(?:leads?|led)(?= (?:in|among|all|nationwide|the (?:country|nation|way"
    r"|ranking|rankings|table|list|region|others))\b|\W*$)"
    r"|nhat|dan dau|dung dau|dau tien|cuoi|dung cuoi|cuoi bang"
    r"|cao nhat|thap nhat)\b"
)


# Who leads a ranking is not who closes it.
_FIRST = (
    r"highest|largest|biggest|best|fastest|topped|(?:ranks?|ranked|stood) first"
    r"|(?:cao|lon|nhanh|nhieu|tot) nhat|dan dau|dung dau|thu nhat"
)
_TOP = re.compile(rf"\b(?:{_FIRST}|led the|lead(?:s|ing) the)\b")
_BOTTOM = re.compile(
    r"\b(?:lowest|smallest|worst|slowest|bottom|fewest"
    r"|(?:is|was|are|came|ranks?|ranked|stands?|stood|at the) last"
    r"|(?:thap|nho|cham|it|kem) nhat|cuoi bang|dung cuoi|dung chot|chot bang)\b"
)
# "Which ministry leads the drafting" asks for no end of a ranking.
_TOP_ASKED = re.compile(rf"\b(?:{_FIRST})\b")
_OTHER_END, _NO_END = 0.4, 0.75


def end_fit(question: str, said: str) -> float:
    """ "Which came last?" is not answered by the one that "led with 99.3%".

    said: the words that belong to a name.
    """
    asked, told = fold(question), fold(said)
    top, bottom = bool(_TOP_ASKED.search(asked)), bool(_BOTTOM.search(asked))
    if top == bottom:
        return 1.0
    here, there = (_TOP, _BOTTOM) if top else (_BOTTOM, _TOP)
    if here.search(told):
        return 1.0
    return _OTHER_END if there.search(told) else _NO_END


def superlative_fit(question: str, text: str) -> float:
    """ "Which ministry came last?" is answered where somebody is last, or ranked."""
    if not _SUPERLATIVE.search(fold(question)):
        return 1.0
    return 1.0 if _SUPERLATIVE.search(fold(text)) else 0.6


def _is_quoted(text: str, span: Span) -> bool:
    return span.start > 0 and text[: span.start].rstrip()[-1:] in {"“", '"', "«", "‘"}


def _around(text: str, spans: Sequence[Span], index: int) -> Around:
    """The words that belong to a name: from the name before to the name behind.

    A semicolon ends what is said of it.
    """
    span = spans[index]
    start = spans[index - 1].end if index else 0
    end = spans[index + 1].start if index + 1 < len(spans) else len(text)
    start = max(start, text.rfind(";", 0, span.start) + 1)
    closed = text.find(";", span.end)
    end = min(end, closed) if closed >= 0 else end
    return text[start : span.start], text[span.start : span.end], text[span.end : end]


def _told_of(around: Around, cover: Coverage) -> float:
    """How much of what is asked is said of a name.

    Between two names, most is said of the one before: it does, the other suffers.
    """
    before, name, behind = around
    return max(
        cover.of(name + behind),
        _PASSIVE * cover.of(before + name),
        _PASSIVE * cover.of("".join(around)),
    )


def _is_asked(question: Question, cover: Coverage, span: Span) -> bool:
    """True for what the question asks about, in other words ("EGDI")."""
    name = span.text[span.core_start - span.start :]  # a title may well be asked for
    if cover.of(name) > _ASKED:
        return True
    return any(term.name and cover.has(term, name) for term in question.terms)


def _in_question(span: Span, question: Question) -> bool:
    name = fold(span.text[span.core_start - span.start :])
    return name in fold_in_place(question.whole)


def _head_bonus(span: Span, head: Sequence[str]) -> float:
    """ "Which law": a name with the word itself in it."""
    folded = fold(span.text)
    return 0.5 if any(word in folded for word in head if len(word) > 2) else 0.0
