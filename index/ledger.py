"""The ledger of all figures, a page at a time: filtered, sorted, counted.

For browsing: rows carry no vectors, so 100,000 figures cost no memory. The
answers themselves read figures through `View`.
"""

# SQL here is put together from our own constants; data goes in as parameters.
# ruff: noqa: S608

from dataclasses import dataclass
from typing import Any, Literal, get_args

from index.conditions import last_and_first_day
from index.grammar.words import fold
from index.records import Kind, Language, Status
from index.view import View

Column = Literal["subject", "value", "period", "place", "status", "report"]
COLUMNS: tuple[Column, ...] = get_args(Column)
_ORDER: dict[str, str] = {
    "subject": "f.subject_folded",
    "value": "f.value",
    "period": "f.period_start",
    "place": "f.place_folded",
    "status": "f.status",
    "report": "r.name",
}
_ROW = (
    "f.raw, f.kind, f.value, f.unit, f.subject, f.period, f.place, f.status, "
    "f.hedge, r.name, r.title, r.publisher, r.published, r.language, "
    's.page, s.start, s."end", s.text, '
    'f.start, f."end", f.clause_start, f.clause_end'
)


# Other ways to say a subject: in each, every term in one of its forms, which are
# beginnings of words (stems, folded) that all stand in what the figure counts.
Form = tuple[str, ...]
Wordings = tuple[tuple[tuple[Form, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the ledger is wanted; empty fields narrow nothing."""

    subject: str = ""  # words that all stand in what the figure counts …
    period: str = ""  # a label; the figure's own period shares a day with it
    place: str = ""
    status: Status | Literal[""] = ""
    kind: Kind | Literal[""] = ""  # "": every kind but dates, which are no amounts
    report: str = ""  # file name in the corpus
    language: Language | Literal[""] = ""
    sort: Column | Literal[""] = ""  # "": as the reports tell them
    descending: bool = False
    wordings: Wordings = ()  # … or one of these ways to say the subject does


@dataclass(frozen=True, slots=True)
class Row:
    """One figure with the sentence it stands in and its report."""

    raw: str
    kind: Kind
    value: float | None
    unit: str
    subject: str
    period: str | None
    place: str | None
    status: Status
    hedge: str
    report: str
    title: str | None
    publisher: str | None
    published: str | None
    language: Language
    page: int
    start: int  # of the sentence, in the page
    end: int
    quote: str
    raw_start: int  # of the figure's own words, in the page
    raw_end: int
    clause_start: int  # of the clause that the figure stands in, in the page
    clause_end: int

    def told(self) -> tuple[str, str, str]:
        """The clause as it stands: before the figure, the figure, after it."""
        cut = (self.clause_start, self.raw_start, self.raw_end, self.clause_end)
        first, raw, after, last = (max(at - self.start, 0) for at in cut)
        return self.quote[first:raw], self.quote[raw:after], self.quote[after:last]


def count(view: View, asked: Asked) -> int:
    """How many figures are like that. Raises BadInputError for no period."""
    where, values = _where(asked)
    sql = f"SELECT count(*) {_FROM} WHERE {where}"
    return int(view.select(sql, *values)[0][0])


def rows(view: View, asked: Asked, first: int = 0, limit: int = 50) -> list[Row]:
    """Figures *first* to *first* + *limit* in the order asked for.

    first: from 0. What has no value, period or place comes last. Raises
    BadInputError for no period.
    """
    where, values = _where(asked)
    order = "r.name, f.sentence, f.start"
    if asked.sort in _ORDER:
        column = _ORDER[asked.sort]
        way = "DESC" if asked.descending else "ASC"
        order = f"{column} IS NULL, {column} {way}, {order}"
    # Sorted as ids alone: the texts are read for the rows shown only.
    ids = f"SELECT f.id {_FROM} WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?"
    found = view.select(
        f"SELECT {_ROW} {_FROM} JOIN sentences s ON s.id = f.sentence_id "
        f"WHERE f.id IN ({ids}) ORDER BY {order}",
        *values,
        limit,
        first,
    )
    return [Row(*row) for row in found]


def years(view: View) -> list[str]:
    """The years that figures speak of, in order."""
    found = view.select(
        "SELECT DISTINCT substr(period_start, 1, 4) FROM figures "
        "WHERE period_start IS NOT NULL AND kind != 'date' ORDER BY 1"
    )
    return [year for (year,) in found]


def sample(view: View, language: Language, a_report: int, most: int) -> list[Row]:
    """Plain figures of a year, for the nation, from many reports of *language*.

    a_report: at most so many of one report. The newest years come first.
    """
    found = view.select(
        f"SELECT {_ROW} FROM (SELECT f.id AS id, row_number() OVER "
        "(PARTITION BY f.report_id ORDER BY f.period DESC, f.id) AS place "
        f"{_FROM} WHERE f.kind IN ('share', 'count', 'money') "
        "AND f.status IN ('achieved', 'target') AND length(f.period) = 4 "
        "AND f.value_to IS NULL AND length(f.subject) BETWEEN 12 AND 110 "
        "AND r.language = ?) o JOIN figures f ON f.id = o.id "
        "JOIN reports r ON r.id = f.report_id "
        "JOIN sentences s ON s.id = f.sentence_id "
        "WHERE o.place <= ? ORDER BY o.place, f.period DESC LIMIT ?",
        language,
        a_report,
        most,
    )
    return [Row(*row) for row in found]


_FROM = "FROM figures f JOIN reports r ON r.id = f.report_id"


def _has_all(form: Form, values: list[Any]) -> str:
    """A condition that words of the subject begin so; adds to *values*."""
    values += (f" {word}" for word in form)
    return " AND ".join(["instr(' ' || f.subject_folded, ?)"] * len(form))


def _where(asked: Asked) -> tuple[str, list[Any]]:
    where, values = ["1"], list[Any]()
    if typed := tuple(fold(asked.subject).split()):
        ways = [" AND ".join(["instr(f.subject_folded, ?)"] * len(typed))]
        values += typed
        for wording in asked.wordings:
            terms = (
                " OR ".join(_has_all(form, values) for form in term) for term in wording
            )
            ways.append(" AND ".join(f"({term})" for term in terms))
        where.append(f"({' OR '.join(ways)})")
    if asked.period.strip():
        where.append("f.period_start <= ? AND f.period_end >= ?")
        values += last_and_first_day(asked.period.strip())
    if asked.place.strip():
        where.append("instr(f.place_folded, ?)")
        values.append(fold(asked.place.strip()))
    if not asked.kind:
        where.append("f.kind != 'date'")
    for column, value in (
        ("f.status", asked.status),
        ("f.kind", asked.kind),
        ("r.name", asked.report),
        ("r.language", asked.language),
    ):
        if value:
            where.append(f"{column} = ?")
            values.append(value)
    return " AND ".join(where), values
