"""Which figures of the ledger are of one thing, and so may stand in one chart.

A search by a broad word finds many things; side by side they would look like a
development that no report tells of. The same thing is: the same unit, the same
place, nearly the same words, and no value of quite another size.
"""

from collections.abc import Sequence

from answer.glossary import stem
from answer.terms import GENERIC
from index.grammar.words import tokens
from index.ledger import Row

# Share of the words of both that are words of each; "adults who use online services"
# and "services that are online" share 0.6, one rate in two reports a little more.
ALIKE = 0.61
SCALE = 50  # times as large: another thing, not another year's value
_Words = frozenset[str]


def one_thing(rows: Sequence[Row]) -> list[Row]:
    """The most of *rows* that are of one thing at two times or more, in order of time.

    A figure that several sentences repeat comes once. Empty if no two are alike.
    """
    told: dict[tuple[str | None, ...], Row] = {}
    for row in rows:
        if row.value is not None and row.period and row.kind != "date":
            told.setdefault((row.raw, row.period, row.place, row.status), row)
    known = [(row, words_of(row)) for row in told.values()]
    groups = [
        [row for row, words in known if _alike(own, row, about, words)]
        for own, about in known
    ]
    told_twice = [g for g in groups if len({row.period for row in g}) > 1]
    most: list[Row] = max(told_twice, key=len, default=[])
    return sorted(most, key=lambda row: row.period or "")


def words_of(row: Row) -> _Words:
    """The stems of what a figure counts, without numbers and words that all have."""
    found = {w for w in tokens(row.subject) if w not in GENERIC and w.isalpha()}
    return frozenset(map(stem, found))


def _alike(one: Row, two: Row, words: _Words, others: _Words) -> bool:
    return (
        # A rise by 20% is none of the shares of 20%.
        (one.unit, one.place, one.status == "change")
        == (two.unit, two.place, two.status == "change")
        and one.language == two.language
        and len(words & others) >= ALIKE * len(words | others) > 0
        and _of_one_size(one.value or 0.0, two.value or 0.0)
    )


def _of_one_size(one: float, two: float) -> bool:
    low, high = sorted((abs(one), abs(two)))
    return low == 0 or high <= SCALE * low
