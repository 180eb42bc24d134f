"""What the other rooms say to people, in the language of the page.

Command lines and logs are English, and so are the errors and the notes on a
report's health that the page passes on. `said.csv` has each such sentence in
both languages; `{0}`, `{1}` stand for what varies, which is looked up in turn.
"""

import csv
import re
from functools import lru_cache
from pathlib import Path

from index.records import Language

TABLE = Path(__file__).with_name("said.csv")
LONGEST = 1000  # characters of a sentence; beyond that it is a listing
_GAP = re.compile(r"{\d}")


def told(text: str, language: Language) -> str:
    """*text* in *language*, line by line; as it stands where the table lacks it."""
    if language == "en":
        return text
    return "\n".join(map(_told, text.split("\n")))


def _told(text: str) -> str:
    for pattern, vietnamese in _table():
        if len(text) <= LONGEST and (found := pattern.fullmatch(text)):
            return vietnamese.format(*map(_told, found.groups()))
    return text


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Pattern and Vietnamese, the ones that say most first."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [(row["english"], row["vietnamese"]) for row in csv.DictReader(file)]
    rows.sort(key=lambda row: len(_GAP.sub("", row[0])), reverse=True)
    return tuple((_pattern(english), vietnamese) for english, vietnamese in rows)


def _pattern(english: str) -> re.Pattern[str]:
    return re.compile("(.+?)".join(map(re.escape, _GAP.split(english))))
