"""What a question to the store turns into: SQL conditions and FTS5 queries."""

import json
from collections.abc import Iterable
from typing import Any

from index.errors import BadInputError
from index.grammar.periods import parse_period
from index.records import Filters
from index.writer import searchable

_LONGEST_PHRASE = 6  # words; a longer "word" is text, asked word by word
_MOST_TERMS = 64  # of one full-text question; a question's gist is shorter


def match_query(words: Iterable[str]) -> str:
    """Write an FTS5 question for any of *words*; "" if they hold no word at all.

    Whatever was typed, only folded words within quotation marks come out, so
    there is nothing left that FTS5 could take for an operator.
    """
    terms: dict[str, None] = {}  # a set that keeps order
    for word in words:
        parts = searchable(word).replace('"', " ").split()
        phrases = [" ".join(parts)] if len(parts) <= _LONGEST_PHRASE else parts
        terms.update((f'"{phrase}"', None) for phrase in phrases if phrase)
    return " OR ".join(list(terms)[:_MOST_TERMS])


def last_and_first_day(period: str) -> tuple[str, str]:
    """Return the ends of a period, in the order in which an overlap is asked for."""
    try:
        span = parse_period(period)
    except ValueError as error:
        raise BadInputError(str(error)) from None
    return span.end.isoformat(), span.start.isoformat()


def condition(filters: Filters) -> tuple[str, list[Any]]:
    """Write a condition on passages p of reports r, and its values.

    A passage is of a period if a figure in it is, or its report speaks of the
    period or was published in it: rather too much than too little, since what
    decides in the end is the period of each figure.
    """
    where, values = ["1"], list[Any]()
    if filters.period is not None:
        last, first = last_and_first_day(filters.period)
        where.append(
            "(r.period_start <= ? AND r.period_end >= ?"
            " OR r.published <= ? AND r.published >= ?"
            " OR p.id IN (SELECT s.passage_id FROM figures f"
            " JOIN sentences s ON s.id = f.sentence_id"
            " WHERE f.period_start <= ? AND f.period_end >= ?))"
        )
        values += [last, first] * 3
    if filters.publisher is not None:
        where.append("r.publisher = ?")
        values.append(filters.publisher)
    if filters.language is not None:
        where.append("r.language = ?")
        values.append(filters.language)
    if filters.reports:
        where.append("r.name IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(filters.reports))
    return " AND ".join(where), values


def as_json(ids: Iterable[int]) -> str:
    """Write ids as one SQL parameter, to be read with json_each."""
    return json.dumps([int(i) for i in ids])
