"""Text as full-text search has it, alike for what is stored and what is asked."""

import re
from unicodedata import normalize

from index.grammar.words import tokens

_FTS_WORD = re.compile(r"[^\W_]+")


def searchable(text: str) -> str:
    """*text* as full-text search stores and asks it: folded words, spaces between."""
    return " ".join(tokens(normalize("NFC", text)))


def words_of(text: str) -> list[str]:
    """Split searchable text as FTS5 does: "52.80%" becomes 52 and 80."""
    return _FTS_WORD.findall(text)
