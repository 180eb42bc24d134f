"""Offices that questions name, and who holds them by what stands around a name."""

import re
from collections.abc import Sequence

from answer.question import Question, Term
from index.grammar.words import fold, fold_in_place, lies_in

Around = tuple[str, str, str]  # before a name, the name, behind it

_DEPUTY = re.compile(r"\b(?:vice|deputy|(?<!thanh )pho|thu truong)\b")
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
        r"|giam doc|chu tich|nguoi dung dau|\bchanh (?:van phong|thanh tra|an)\b"
        r"|\btruong (?:thue|phong|ban|chi cuc|cong an|doan|khoa|thon|co quan)\b",
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
        deputies = [bool(_DEPUTY.search(t)) for t in (asked, _as_held(held, office))]
        if deputies[0] != deputies[1]:
            return 0.4
    return 1.0


_BODY_WORD = re.compile(
    r"\b(?:ministry|committee|department|authority|agency|bank|office|assembly|council"
    r"|insurance|province|bo|uy ban|ubnd|so|cuc|tong cuc|ngan hang|van phong|quoc hoi"
    r"|bhxh)\b"
)


_OFFICE_OF = re.compile(
    r"\b(?:minister|director|director general|chairman|chairwoman|chair|secretary|head"
    r"|governor|president) (?:of|for) (?:the )?(?P<what>[^,;?]{3,60}?)"
    r"(?= (?:at|in|on|who|when|during|as|said|is|was)\b|[,;?]|$)"
)


def bodies_asked(question: Question) -> list[Term]:
    """The terms that name the body whose office holder is sought."""
    return [term for term in question.terms if _BODY_WORD.search(term.text)]


def field_asked(question: Question) -> list[Term]:
    """The terms behind the office: "Minister of Information and Communications"."""
    told = [m.span("what") for m in _OFFICE_OF.finditer(fold_in_place(question.text))]
    return [term for term in question.terms if lies_in(term.start, told)]


def title_of(around: Around) -> str:
    """The words that may name someone's office.

    Where it stands behind the name, what stands before is the title of the one before:
    "Mr. A, Vice Chairman, and Mr. B, Director of …".
    """
    before, name, after = around
    if _APPOSED.match(fold_in_place(after)):
        return name + after
    return before + name + after


_APPOSED = re.compile(
    r"\s*[,(–-]\s*(?:the )?(?:\w+ ){0,3}?(?:minister|chair\w*|director|secretary|head"
    r"|governor|president|chief|bo truong|thu truong|chu tich|giam doc|bi thu"
    r"|(?:cuc|vu|tong cuc|ban|pho|vien|chanh) \w+)\b"
)


def _as_held(held: str, office: str) -> str:
    """The office with the words before it ("permanent deputy prime minister")."""
    match = re.search(office, held)
    return held[max(0, match.start() - 18) : match.end()] if match else ""
