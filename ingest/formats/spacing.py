"""Spaces that split Vietnamese syllables taken out: "ĐIỀ U KHO ẢN" → "ĐIỀU KHOẢN".

Some programs write a space wherever the font changes, and Vietnamese letters
often come from another font than the rest. What may be joined is decided by how
a Vietnamese syllable is built, not by a list of words.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from ingest.formats.syllables import RHYMES, STOPPED, apart

_ONSET = (
    "ngh ng nh ch gh gi kh ph qu th tr b c d đ g h k l m n p r s t v x".split()
)  # the longer ones first
_VOWELS = frozenset("aăâeêioôơuưy")
_LONGEST = 7  # letters of a syllable: "nghiêng"
_MOST_PIECES = 4

_PIECE = re.compile(r"(?P<before>[“\"'(\[]*)(?P<core>[^\W\d_]+)(?P<after>\W*)")


def mend(line: Sequence[str]) -> list[list[int]]:
    """Group the words of a line that are pieces of one syllable.

    Returns the rows of *line*, each group in order: [[0, 1], [2, 3]] for
    "ĐIỀ U KHO ẢN". A group of one is a word that stays as it is.
    """
    found = [group for group in _groups(line, bold=False) if len(group) > 1]
    certain = any(_is_torn(line[row]) for group in found for row in group)
    if not certain and len(found) < 2:
        # A single letter alone may be a name: "điểm c ở mục 2".
        return [[row] for row in range(len(line))]
    # One split that is certain makes others on the line likely.
    return _groups(line, bold=True)


def mend_text(text: str) -> tuple[str, int]:
    """Return *text* with each line mended, and how many spaces were taken out."""
    lines, count = [], 0
    for line in text.split("\n"):
        words = line.split()
        groups = mend(words)
        if len(groups) == len(words):
            lines.append(line)
            continue
        count += len(words) - len(groups)
        lines.append(" ".join("".join(words[row] for row in group) for group in groups))
    return "\n".join(lines), count


def _groups(line: Sequence[str], *, bold: bool) -> list[list[int]]:
    groups: list[list[int]] = []
    row = 0
    while row < len(line):
        length = 1
        for many in range(min(_MOST_PIECES, len(line) - row), 1, -1):
            if _are_one(tuple(line[row : row + many]), bold=bold):
                length = many
                break
        groups.append(list(range(row, row + length)))
        row += length
    return groups


def _is_torn(word: str) -> bool:
    """Return True for a piece of several letters that is no syllable by itself."""
    match = _PIECE.fullmatch(word)
    return bool(match and len(match["core"]) > 1 and not is_syllable(match["core"]))


@lru_cache(maxsize=50_000)
def _are_one(pieces: tuple[str, ...], *, bold: bool) -> bool:
    """Return True if the pieces together, and not apart, are a syllable."""
    if all(piece.isascii() for piece in pieces) or sum(map(len, pieces)) > 14:
        return False  # it is the letters beyond ASCII that are set apart
    found = [_PIECE.fullmatch(piece) for piece in pieces]
    cores = []
    for i, match in enumerate(found):
        if (
            match is None
            or (match["before"] and i)
            or (match["after"] and i < len(found) - 1)
        ):
            return False
        cores.append(match["core"])
    whole = "".join(cores)
    if not (_same_case(cores) and is_syllable(whole)):
        return False
    if not all(map(is_syllable, cores)):
        return True
    return bold and len(cores) == 2 and _could_be_split(*cores)


def _same_case(cores: Sequence[str]) -> bool:
    rest = "".join(cores[1:])
    return rest.islower() or (rest.isupper() and cores[0].isupper())


def _could_be_split(first: str, second: str) -> bool:
    """Return True for an open syllable before a vowel: "KHO ẢN"; else two words."""
    plain, _ = apart(first)
    return (
        plain == unicodedata.normalize("NFC", first.lower())
        and plain[-1] in _VOWELS
        and len(second) > 1
        and apart(second)[0][0] in _VOWELS
    )


@lru_cache(maxsize=50_000)
def is_syllable(word: str) -> bool:
    """Return True if *word* is built as a Vietnamese syllable is."""
    if not 1 <= len(word) <= _LONGEST:
        return False
    plain, tones = apart(word)
    if len(tones) > 1:
        return False
    if not any(
        plain[len(onset) :] in RHYMES for onset in ("", *_ONSET) if _opens(plain, onset)
    ):
        return False
    stopped = plain.endswith(("c", "ch", "p", "t"))
    return not (stopped and tones and tones[0] not in STOPPED)


def _opens(plain: str, onset: str) -> bool:
    if not plain.startswith(onset):
        return False
    # "qu" takes the u; no other u may follow it.
    return onset != "qu" or plain[2:3] not in {"u", "o", "ư"}
