"""What a question to the store turns into: SQL conditions and FTS5 queries."""

import json
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Any

from index.errors import BadInputError
from index.folding import searchable, words_of
from index.grammar.periods import parse_period
from index.records import Filters

_LONGEST_PHRASE = 6  # words; a longer "word" is text, asked word by word
_MOST_PHRASES = 64  # of one full-text question; a question's gist is shorter
_MOST_ROWS = 1_000  # that one full-text question scores
_TOGETHER = 3  # phrases asked for at once where each is too common
_MOST_READ = 30_000  # rows of theirs, which BM25 all counts


def phrases(words: Iterable[str]) -> list[str]:
    """Fold whatever was typed into distinct phrases of words, spaces between.

    What folding leaves are letters, digits and marks within numbers; whatever
    FTS5 could take for an operator is gone or will be quoted.
    """
    found: dict[str, None] = {}  # a set that keeps order
    for word in words:
        parts = searchable(word).split()
        whole = len(parts) <= _LONGEST_PHRASE
        found.update((p, None) for p in ([" ".join(parts)] if whole else parts) if p)
    return list(found)[:_MOST_PHRASES]


def match_query(asked: Iterable[str], join: str = "OR") -> str:
    """Write an FTS5 question for any of the phrases; for all, join by AND."""
    return f" {join} ".join('"{}"'.format(p.replace('"', '""')) for p in asked)


def worth_asking(asked: Iterable[str], counts: Mapping[str, int]) -> str:
    """Write the FTS5 question for those of the phrases that tell most, or "".

    counts: rows that hold a word. Phrases with an unknown word are left out,
    and so are the commonest where together they stand in more rows than can be
    scored in a few milliseconds: BM25 would make little of them anyway. Where
    even the rarest is too common, the three rarest are asked for together.
    """
    bound = {
        phrase: min((counts.get(word, 0) for word in words_of(phrase)), default=0)
        for phrase in asked
    }
    rarest = sorted((p for p in bound if bound[p]), key=bound.__getitem__)
    upto = list(accumulate(bound[phrase] for phrase in rarest))
    chosen = [p for p, rows in zip(rarest, upto, strict=True) if rows <= _MOST_ROWS]
    if chosen:
        return match_query(chosen)
    together = rarest[:_TOGETHER]
    if len(together) > 1 and upto[len(together) - 1] <= _MOST_READ:
        return match_query(together, "AND")
    return ""


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
    decides in the end is the period of each figure. Superseded reports never
    pass, whatever the filters.
    """
    where, values = report_condition(filters)
    if filters.period is None:
        return where, values
    of_period, days = report_of_period(filters.period)
    of_figure = (
        "EXISTS (SELECT 1 FROM figures f WHERE f.passage_id = p.id"
        " AND f.period_start <= ? AND f.period_end >= ?)"
    )
    return f"{where} AND ({of_period} OR {of_figure})", [*values, *days, *days[:2]]


def report_condition(filters: Filters) -> tuple[str, list[Any]]:
    """Write what all filters but the period ask of reports r, and its values."""
    where, values = ["r.superseded_by IS NULL"], list[Any]()
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


def report_of_period(period: str) -> tuple[str, list[Any]]:
    """Write when a report r is of the period with all its passages, and the values."""
    days = list(last_and_first_day(period))
    return (
        "(r.period_start <= ? AND r.period_end >= ?"
        " OR r.published <= ? AND r.published >= ?)"
    ), days * 2


def as_json(ids: Iterable[int]) -> str:
    """Write ids as one SQL parameter, to be read with json_each."""
    return json.dumps([int(i) for i in ids])
