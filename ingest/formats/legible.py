"""How far letters can be read, and whether two readings of a page find the same."""

import unicodedata

GARBAGE = 0.3  # of the letters or words are unreadable: the text is none
_AGREE = 0.9  # of the letters both readers find


def letters_in(text: str) -> int:
    """Return the number of letters and digits."""
    return sum(char.isalnum() for char in text)


def unknown(text: str) -> float:
    """Return the share of letters, or of words, that hold what stands for nothing.

    Fonts without a table of their letters give some letters rightly and others
    not at all.
    """
    letters = [char for char in text if not char.isspace()]
    lost = sum(map(_is_unknown, letters)) / max(len(letters), 1)
    words = [word for word in text.split() if any(char.isalpha() for char in word)]
    torn = sum(any(map(_is_unknown, word)) for word in words)
    # Bullets are letters that stand for nothing, but tear no word.
    return max(lost if lost > GARBAGE else 0.0, torn / max(len(words), 10))


def _is_unknown(char: str) -> bool:
    return char == "\ufffd" or unicodedata.category(char) in {"Co", "Cn", "Cc"}


def agree(one: str, other: str, share: float = _AGREE) -> bool:
    """Return True if two readings share so many letters, in any order."""
    a, b = _letters(one), _letters(other)
    common = sum(min(count, b.get(char, 0)) for char, count in a.items())
    return common >= share * max(sum(a.values()), sum(b.values()))


def _letters(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for char in unicodedata.normalize("NFKC", text):
        if char.isalnum():
            counts[char] = counts.get(char, 0) + 1
    return counts
