"""A name to show for a report that has no title: the words that it opens with.

Of the page alone. Nothing is stored: what the assistant knows of a report, and
what programs get of it, has no title where the report has none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from answer.records import Citation
from index.ledger import Row
from index.records import Report
from index.view import View
from page.turns import Turn

LONGEST = 80  # characters of an opening
MOST = 500  # reports of a list whose openings are read; others show their file name
Titled = TypeVar("Titled", Citation, Row)


def opening(text: str) -> str:
    """The first words of *text* in quotation marks; "" if it has none."""
    words = " ".join(text.split())
    if len(words) > LONGEST:
        words = f"{words[:LONGEST].rpartition(' ')[0]} …"
    return f"“{words}”" if words else ""


def titled(view: View, reports: Sequence[Report]) -> list[Report]:
    """The reports, those without a title with their opening in its place."""
    untitled = [r.name for r in reports if not r.title]
    known = _openings(view, untitled[:MOST])
    return [replace(r, title=r.title or known.get(r.name)) for r in reports]


def titled_rows(view: View, rows: Sequence[Row]) -> list[Row]:
    """The figures, likewise."""
    return _each(_openings(view, _untitled(rows)), rows)


def titled_turn(view: View, turn: Turn) -> Turn:
    """The turn, its citations likewise."""
    if turn.answer is None:
        return turn
    cited, series = turn.answer.citations, turn.series
    more = series.citations if series else ()
    known = _openings(view, _untitled((*cited, *more)))
    return replace(
        turn,
        answer=replace(turn.answer, citations=tuple(_each(known, cited))),
        series=series and replace(series, citations=tuple(_each(known, more))),
    )


def _untitled(items: Iterable[Citation | Row]) -> set[str]:
    return {item.report for item in items if not item.title}


def _each(known: dict[str, str], items: Sequence[Titled]) -> list[Titled]:
    return [replace(each, title=each.title or known.get(each.report)) for each in items]


def _openings(view: View, names: Iterable[str]) -> dict[str, str]:
    wanted = list(names)
    found = view.openings(wanted, 3 * LONGEST) if wanted else {}
    return {name: said for name, text in found.items() if (said := opening(text))}
