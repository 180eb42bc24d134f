"""What a question names only to rule it out: "as opposed to the goal for 2025".

Read with the rest, such words would ask for the very thing that is not meant.
"""

import re

from index.grammar.words import fold_in_place

_RULED_OUT = re.compile(
    r"\b(?:as opposed to|rather than|instead of|as distinct from)\b [^,.;?()]+"
    r"|(?:,| and| but)? ?(?<=[\s(])not (?:the|its|just|only the|a|an|for|in|of|what"
    r"|how)\b"
    r" [^,.;?()]+(?=[,.;?()]|$)"
    r"|,? ?\b(?:chu khong phai|chu khong|khong phai|thay vi)\b [^,.;?()]+"
)
_ASKS = re.compile(r"\b(?:what|which|who|when|how|why|where|bao nhieu|may|nao|gi|ai)\b")
_LEAST = 3  # words that must be left


def without_asides(question: str) -> str:
    """*question*, as long as before, with what it rules out blanked."""
    folded = fold_in_place(question)
    for match in _RULED_OUT.finditer(folded):
        rest = question[: match.start()] + question[match.end() :]
        asks = _ASKS.search(match.group()) and not _ASKS.search(fold_in_place(rest))
        if len(rest.split()) >= _LEAST and not asks:
            blank = " " * (match.end() - match.start())
            question = question[: match.start()] + blank + question[match.end() :]
    return question
