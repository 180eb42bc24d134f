"""Why: the sentence that gives a reason, or the one behind it that does."""

import re
from dataclasses import replace

from answer.evidence import Candidate
from answer.material import Material
from answer.question import Question, Want
from answer.want_words import SAO, WHY
from index.grammar.words import fold, fold_in_place

_WHY = re.compile(rf"\b(?:{WHY}|cause|do dau|nho dau|vi dau)\b|{SAO}")
_BECAUSE = re.compile(
    r"\b(?:because|due to|since|as a result|in order to|so that|so as to|to ensure"
    r"|in an effort|thanks to|therefore|aims? to|contribut\w+ to"
    r"|to (?:prevent|combat|avoid|help|promote|improve|gain|serve|reduce|support|meet"
    r"|increase|protect|overcome|encourage|facilitate|make)"
    r"|creat\w+|attract\w*|do\b|vi\b|nham|de\b|nho|boi|nguyen nhan|giup|gop phan|tao)\b"
)
_THE_REASON = re.compile(
    r"\W*(?:(?:the|one|another) (?:\w+ )?(?:reason|cause)s?\b|this is (?:because|due)"
    r"|that is because|(?:mot )?(?:nguyen nhan|ly do)\b)"
)


def asks_why(question: Question) -> bool:
    """True for a question after a reason or a purpose."""
    return question.want is Want.EXPLAIN and bool(_WHY.search(fold(question.text)))


def reasons_in(text: str) -> list[tuple[int, int]]:
    """Where words of reason or purpose stand."""
    return [match.span() for match in _BECAUSE.finditer(fold_in_place(text))]


def gives_reason(text: str) -> bool:
    """True for a sentence with a word of reason or purpose."""
    return _BECAUSE.search(fold(text)) is not None


def reason_behind(best: Candidate, material: Material) -> Candidate:
    """The next sentence where it says why ("The main reason is …"), else *best*."""
    after = best.sentence.row + 1
    for sentence in material.sentences:
        behind = sentence.report == best.sentence.report and sentence.row == after
        if behind and _THE_REASON.match(fold(sentence.sentence.text)):
            return replace(best, sentence=sentence)
    return best
