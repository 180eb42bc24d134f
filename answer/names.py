"""Which name in the best sentences answers "who", "which body", "which law"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from answer.candidates import Evidence
from answer.coverage import Coverage
from answer.evidence import Candidate
from answer.question import Question, Term, Want
from answer.spans import Span, bodies, people, places, things
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
            r"|enterprise"
            r"|\bbo\b|co quan|don vi|to chuc|ngan hang|doanh nghiep|uy ban"
        ),
        bodies,
    ),
)
_OWN_NOUN = 0.3  # for a name with the noun asked for in it: "Decision 422"
_OTHER_NOUN = 0.6  # for a name beside which the noun asked for does not stand
_ASKED = 0.6  # of the terms in a name: it is what is asked about
_BODY = 0.7  # of a body's name that stands beside the one who heads it
_DEPTH, _LEAST = 12, 0.45  # sentences looked at, share of the best score


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a candidate's sentence; fit: how well role and words agree."""

    candidate: Candidate
    start: int
    end: int
    fit: float


def choose_name(
    question: Question, evidence: Evidence, ranked: Sequence[Candidate], want: Want
) -> Named | None:
    """The name that answers, or None.

    A name counts by the terms that stand around it, up to the names beside
    it, and by its sentence's score; a name that the question says is none.
    """
    finder = _finder(want, question)
    sought = None if want is Want.PERSON else sought_in(question)
    top = ranked[0].score or 1e-6
    best: tuple[float, Named] | None = None
    for candidate in ranked[:_DEPTH]:
        if candidate.score < _LEAST * top:
            break
        # Whoever "led the meeting" need not be called the first.
        person = want is Want.PERSON
        superlative = 1.0 if person else superlative_fit(question.text, candidate.text)
        cover = evidence.cover(candidate.report)
        spans = finder(candidate.text)
        if finder is things:
            spans = _no_people(candidate.text, spans)
        for index, span in enumerate(spans):
            if _in_question(span, question) or _is_asked(question, cover, span):
                continue
            around = _around(candidate.text, spans, index)
            fit = 1.0
            if want is Want.PERSON and (offices := offices_in(question.text)):
                fit = office_fit(offices, question.text, around)
                bodies_named = _bodies_asked(question)
                # Half of "People's Committee" is any committee.
                held = all(cover.share(t, around) > _BODY for t in bodies_named)
                fit *= 1.0 if held else 0.4
            score = candidate.score / top + 0.8 * cover.of(around)
            fit *= superlative
            score = score * fit + _head_bonus(span, question.words)
            if want is Want.THING and _is_quoted(candidate.text, span):
                score += 0.25
            if finder is things and len(span.text) <= 3:
                score -= 0.3  # a bare abbreviation seldom names what is sought
            if sought and cover.has(sought, span.text):
                score += _OWN_NOUN
            elif sought and not cover.has(sought, _with_noun(candidate.text, span)):
                score *= _OTHER_NOUN
                fit *= _OTHER_NOUN
            if best is None or score > best[0]:
                best = (score, Named(candidate, span.start, span.end, fit))
    return best[1] if best else None


_BEFORE_NAO = re.compile(r"\b(?:nao|gi)\b")
_WHICH = re.compile(r"\b(?:which|what)\b(?: (?:is|was|are|were) the\b)?")
_REACH = 14  # characters from "which" to the noun it asks for, or from that to "nào"
# Any name of its kind will do.
_ANY = frozenset(
    {"co quan", "don vi", "to chuc", "dia phuong", "noi", "agency", "agencies", "body",
     "bodies", "organisation", "organization", "unit", "institution", "office", "place",
     "locality"}
)  # fmt: skip
_NOUN_BEFORE, _NOUN_BEHIND = 22, 12  # characters of a name within which it may stand


def sought_in(question: Question) -> Term | None:
    """The noun that is sought: "system" in "which system", "nền tảng" before "nào"."""
    folded = fold_in_place(question.whole)
    known = [t for t in question.terms if t.known and t.text not in _ANY]
    if question.language == "vi":
        at = _BEFORE_NAO.search(folded)
        near = [
            t for t in known if at and 0 < at.start() - t.start <= len(t.text) + _REACH
        ]
        return max(near, key=lambda t: t.start, default=None)
    at = _WHICH.search(folded)
    near = [t for t in known if at and 0 < t.start - at.end() <= _REACH]
    return min(near, key=lambda t: t.start, default=None)


def _with_noun(text: str, span: Span) -> str:
    """A name with the words right beside it, within its clause."""
    start = max(0, span.start - _NOUN_BEFORE, text.rfind(";", 0, span.start) + 1)
    behind = text[span.end : span.end + _NOUN_BEHIND].split(";")[0]
    return text[start : span.end] + behind


def _no_people(text: str, spans: Sequence[Span]) -> list[Span]:
    """*spans* without those that name a person, or an office."""
    held = [(p.start, p.end) for p in people(text)]
    return [s for s in spans if not any(s.start < b and a < s.end for a, b in held)]


_DEPUTY = re.compile(r"\b(?:vice|deputy|pho|thu truong)\b")
_ROLES = (
    (r"chair(?:man|woman|person)?s?\b|chu tich", r"chair(?:man|woman|person)|chu tich"),
    (
        r"(?<!prime )minister\b|bo truong|thu truong",
        r"(?<!prime )minister|bo truong|thu truong",
    ),
    (r"prime minister|thu tuong", r"prime minister|thu tuong"),
    (r"director|giam doc", r"director|giam doc"),
    (r"secretary|bi thu", r"secretary|bi thu"),
    (
        r"\b(?:heads?|leads?|runs?|chief) (?:of )?(?:the )?|\b(?:cuc|vu|tong cuc"
        r"|ban) truong|nguoi dung dau",
        r"\bhead\b|director|chief|chair|minister|\b(?:cuc|vu|tong cuc|ban) truong"
        r"|giam doc|chu tich",
    ),
    (r"president of|tong thong|chu tich nuoc", r"president|tong thong|chu tich nuoc"),
)
_CHAIRING = re.compile(
    r"\bchair(?:s|ed|ing)?\b(?=.{0,40}\b(?:meeting|conference|session|event|forum"
    r"|workshop)\b)"
    r"|\bchaired\b|\bchu tri\b"
)


def offices_in(question: str) -> list[str]:
    """The offices that a question names, as patterns; chairing a meeting is none."""
    asked = _CHAIRING.sub(" ", fold(question))
    return [office for wanted, office in _ROLES if re.search(wanted, asked)]


def office_fit(offices: Sequence[str], question: str, around: str) -> float:
    """Does the person hold the office asked for, and not the deputy's?"""
    asked, held = fold(question), fold(around)
    for office in offices:
        if not re.search(office, held):
            return 0.4
        deputies = [bool(_DEPUTY.search(t)) for t in (asked, _title_of(held, office))]
        if deputies[0] != deputies[1]:
            return 0.4
    return 1.0


def _finder(want: Want, question: Question) -> Callable[[str], list[Span]]:
    if want is Want.THING:
        sought = " ".join(question.words)
        for kind, finder in _OF_KIND:
            if kind.search(sought):
                return finder
    return _FINDERS[want]


_BODY_WORD = re.compile(
    r"\b(?:ministry|committee|department|authority|agency|bank|office|assembly|council"
    r"|insurance|province|bo|uy ban|ubnd|so|cuc|tong cuc|ngan hang|van phong|quoc hoi"
    r"|bhxh)\b"
)


def _bodies_asked(question: Question) -> list[Term]:
    """The terms that name the body whose office holder is sought."""
    return [term for term in question.terms if _BODY_WORD.search(term.text)]


_SUPERLATIVE = re.compile(
    r"\b(?:most|least|best|worst|highest|lowest|largest|biggest|smallest|first|last|top"
    r"|leading"
    r"|fastest|lead|leads|led|nhat|dan dau|dung dau|dau tien|cuoi|dung cuoi|cuoi bang"
    r"|cao nhat|thap nhat)\b"
)


def superlative_fit(question: str, text: str) -> float:
    """ "Which ministry came last?" is answered where somebody is last, or ranked."""
    if not _SUPERLATIVE.search(fold(question)):
        return 1.0
    return 1.0 if _SUPERLATIVE.search(fold(text)) else 0.6


def _title_of(held: str, office: str) -> str:
    """The office with the words before it ("permanent deputy prime minister")."""
    match = re.search(office, held)
    return held[max(0, match.start() - 18) : match.end()] if match else ""


def _is_quoted(text: str, span: Span) -> bool:
    return span.start > 0 and text[: span.start].rstrip()[-1:] in {"“", '"', "«", "‘"}


def _around(text: str, spans: Sequence[Span], index: int) -> str:
    """The words that belong to a name: from the name before to the name behind.

    A semicolon ends what is said of it.
    """
    span = spans[index]
    start = spans[index - 1].end if index else 0
    end = spans[index + 1].start if index + 1 < len(spans) else len(text)
    start = max(start, text.rfind(";", 0, span.start) + 1)
    closed = text.find(";", span.end)
    return text[start : min(end, closed) if closed >= 0 else end]


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
