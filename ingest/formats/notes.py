"""Raised numbers: marks of notes are left out, powers stay.

"2023¹" would else be the year 20231, and "45%(2)" two figures. Used by every
format that tells which letters are raised.
"""

import re

_MARK = re.compile(r"[\s()\[\],]*\d[\d\s()\[\],]*")
_LAST = re.compile(r"(?:[^\W\d_]+|\d+)\Z")
_POWERS = frozenset(["m", "km", "cm", "dm", "mm", "dam", "hm"])  # "km2" is a unit
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(text: str, before: str) -> str:
    """Return what stays of raised *text* that follows *before*.

    "" for the mark of a note. Powers of a unit or of a variable stay as they are
    ("km2"), powers of ten as such ("10⁶"), and so does whatever is no number.
    """
    if not _MARK.fullmatch(text):
        return text
    last = _LAST.search(before[-12:])
    word = last.group() if last else ""
    if word == "10":
        return text.translate(_SUPERSCRIPTS)
    power = word.lower() in _POWERS or (len(word) == 1 and word.isalpha())
    return text if power else ""
