"""The Figures tab as HTML: conditions, chart, table, pages, a file to take away."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, get_args
from urllib.parse import urlencode

from answer.records import Citation
from index.errors import BadInputError
from index.grammar.periods import find_periods
from index.grammar.places import NATION, find_places
from index.ledger import COLUMNS, Asked, Column, Row
from index.records import Kind, Status
from page.alike import one_thing
from page.chart import PLANNED, Bar, bars
from page.links import citation_link
from page.said import told
from page.takeaway import csv_bytes
from page.texts import Words, counted, local_number, period_words, place_words
from page.texts_ask import AskWords, ask_words

PAGE_ROWS = 50
MOST_EXPORTED = 200_000
MOST_BARS = 12
TEXT_CHARS = 200  # of a condition
KINDS: tuple[Kind, ...] = get_args(Kind)
STATUSES: tuple[Status, ...] = get_args(Status)


def read_asked(given: Mapping[str, Any]) -> Asked:
    """Conditions from a form or an address; unknown keys and values count for nothing.

    Raises BadInputError if a text is too long.
    """

    def text(key: str) -> str:
        value = given.get(key)
        found = value.strip() if isinstance(value, str) else ""
        if len(found) > TEXT_CHARS:
            raise BadInputError(f"{key}: at most {TEXT_CHARS} characters")
        return found

    return Asked(
        subject=text("subject"),
        period=_period(text("period")),
        place=_place(text("place")),
        status=next((s for s in STATUSES if s == text("status")), ""),
        kind=next((k for k in KINDS if k == text("kind")), ""),
        report=text("report"),
        sort=next((c for c in COLUMNS if c == text("sort")), ""),
        descending=text("descending") == "1",
    )


def _period(typed: str) -> str:
    """The label of a period as people write it ("quý 1/2024"); else as typed."""
    found = [m.period.label for m in find_periods(typed) if m.period]
    return found[0] if len(found) == 1 else typed


def _place(typed: str) -> str:
    """The name of a place as the ledger has it ("cả nước"); else as typed."""
    found = find_places(typed, typed=True)
    return found[0].name if len(found) == 1 else typed


def as_query(asked: Asked) -> dict[str, str]:
    """The conditions as `read_asked` takes them, without the empty ones."""
    given = {
        "subject": asked.subject,
        "period": asked.period,
        "place": asked.place,
        "status": asked.status,
        "kind": asked.kind,
        "report": asked.report,
        "sort": asked.sort,
        "descending": "1" if asked.descending else "",
    }
    return {key: value for key, value in given.items() if value}


def conditions(asked: Asked, reports: Sequence[tuple[str, str]], words: Words) -> str:
    """The form above the table."""
    own = ask_words(words.language)
    kinds = [(kind, own.kinds[kind]) for kind in KINDS]
    statuses = [(status, words.statuses[status]) for status in STATUSES]
    return (
        f'<form class="ledger" lang="{words.language}">'
        f'<p class="note">{escape(own.figures_hint)}</p><div class="fields">'
        f"{_field('subject', own.subject, asked.subject, own.subject_hint)}"
        f"{_field('period', words.period, asked.period, '2024')}"
        f"{_field('place', words.place, asked.place, '')}"
        f"{_choice('status', words.status, statuses, asked.status, own.any)}"
        f"{_choice('kind', own.kind, kinds, asked.kind, own.amounts)}"
        f"{_choice('report', own.report, reports, asked.report, own.any)}"
        f'<button class="plain">{escape(own.show)}</button></div></form>'
    )


def listing(
    asked: Asked, rows: Sequence[Row], first: int, count: int, words: Words
) -> str:
    """What was found. first: the number of the first row, from 0."""
    own = ask_words(words.language)
    if not rows:
        return f'<p class="none" role="status">{escape(own.none_found)}</p>'
    found = counted(own.found, count, words)
    link = urlencode({**as_query(asked), "lang": words.language})
    return (
        f'<div class="found" lang="{words.language}"><p role="status">{escape(found)}'
        f' <a href="figures.csv?{escape(link)}" download>{escape(own.download)}</a></p>'
        f"{_chart(asked, rows, words, own)}{_table(asked, rows, words, own)}"
        f"{_pager(first, len(rows), count, words, own)}</div>"
    )


def trouble(message: str, words: Words) -> str:
    """Why nothing can be shown."""
    said = told(message, words.language)
    return f'<p class="none" role="alert">{escape(said)}</p>'


def as_csv(rows: Sequence[Row], generation: int, words: Words) -> bytes:
    """All rows, each with what traces it."""
    own = ask_words(words.language)
    heads = [
        *(words.figure, own.value_plain, own.unit, own.kind, own.subject),
        *(words.period, words.place, words.status, own.quote),
        *(words.file, own.report_title, words.publisher, words.published),
        *(words.page, own.traced),
    ]
    lines = [
        [
            *(_raw(row), "" if row.value is None else f"{row.value:.15g}", row.unit),
            *(
                own.kinds[row.kind],
                row.subject,
                row.period or "",
                place_words(row.place, words),
            ),
            *(words.statuses[row.status], row.quote, row.report, row.title or ""),
            *(row.publisher or "", row.published or "", str(row.page)),
            str(generation),
        ]
        for row in rows
    ]
    return csv_bytes([heads, *lines])


def _field(name: str, label: str, value: str, hint: str) -> str:
    return (
        f'<label class="{name}">{escape(label)}<input name="{name}" '
        f'value="{escape(value)}" maxlength="{TEXT_CHARS}" '
        f'placeholder="{escape(hint)}"></label>'
    )


def _choice(
    name: str,
    label: str,
    options: Sequence[tuple[str, str]],
    chosen: str,
    anything: str,
) -> str:
    listed = "".join(
        f'<option value="{escape(value)}"{" selected" * (value == chosen)}>'
        f"{escape(text)}</option>"
        for value, text in (("", anything), *options)
    )
    return (
        f'<label class="{name}">{escape(label)}<select name="{name}">{listed}'
        "</select></label>"
    )


def _chart(asked: Asked, rows: Sequence[Row], words: Words, own: AskWords) -> str:
    """One thing over time, if a subject was asked for and the rows tell of one."""
    if not asked.subject or len(rows) < 2:
        return ""
    found = one_thing(rows)
    if not found:
        return f'<section><p class="note">{escape(own.no_chart)}</p></section>'
    drawn = found[:MOST_BARS]
    notes = [own.chart_note]
    if len(found) < len(rows):
        notes.append(own.chart_part.format(alike=len(found), count=len(rows)))
    if any(row.status in PLANNED for row in drawn):
        notes.append(own.chart_planned)
    if len(found) > len(drawn):
        notes.append(own.chart_most.format(drawn=len(drawn), count=len(found)))
    return (
        f'<section class="series"><h3>{escape(own.chart)}</h3>'
        f'<p class="note">{escape(" ".join(notes))}</p>'
        f"{bars([_bar(row, words) for row in drawn])}</section>"
    )


def _bar(row: Row, words: Words) -> Bar:
    where = "" if row.place in (None, NATION) else f" · {row.place}"
    return Bar(
        row.value or 0.0,
        _raw(row),
        period_words(row.period or "", words) + where,
        planned=row.status in PLANNED,
        about="".join(row.told()),
    )


def _table(asked: Asked, rows: Sequence[Row], words: Words, own: AskWords) -> str:
    names: dict[Column, str] = {
        "value": words.figure,
        "subject": own.subject,
        "period": words.period,
        "place": words.place,
        "status": words.status,
        "report": words.source,
    }
    heads = "".join(_head(asked, column, names[column], own) for column in names)
    body = "".join(_row(row, words) for row in rows)
    return (
        f'<div class="scroll" tabindex="0" role="region" '
        f'aria-label="{escape(words.tab_figures)}">'
        '<table class="figures ledger-table stack">'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _head(asked: Asked, column: Column, name: str, own: AskWords) -> str:
    """A column's name, which sorts by it; a second time the other way round."""
    now = asked.sort == column
    way = "descending" if asked.descending else "ascending"
    sort = f' aria-sort="{way}"' if now else ""
    arrow = (" ▾" if asked.descending else " ▴") if now else ""
    after = "1" if now and not asked.descending else ""
    label = own.sort_by.format(column=name)
    return (
        f'<th scope="col"{sort}><button type="button" data-sort="{column}" '
        f'data-descending="{after}" title="{escape(label)}">{escape(name)}{arrow}'
        "</button></th>"
    )


def _row(row: Row, words: Words) -> str:
    cited = Citation(
        1, row.report, None, None, None, None, row.page, row.start, row.end, row.quote
    )
    own = (row.raw_start - row.start, row.raw_end - row.start)
    link = escape(citation_link(cited, words.language, [own]))
    place = place_words(row.place, words)
    period = period_words(row.period, words) if row.period else "–"
    return (
        f'<tr><td class="figure" lang="{row.language}">{escape(_raw(row))}</td>'
        f'<td class="subject" lang="{row.language}" title="{escape(row.quote)}">'
        f"{_told(row)}</td>"
        f'<td class="short" data-label="{escape(words.period)}">{escape(period)}</td>'
        f'<td class="short" data-label="{escape(words.place)}">'
        f"{escape(place or '–')}</td>"
        f'<td data-label="{escape(words.status)}">'
        f'<span class="chip {escape(row.status)}">'
        f"{escape(words.statuses[row.status])}</span></td>"
        f'<td class="source"><a href="{link}" target="_blank">'
        f"{escape(row.title or row.report)}</a></td></tr>"
    )


def _told(row: Row) -> str:
    """The clause with the figure in bold: what it counts, in the report's words."""
    before, raw, after = map(escape, row.told())
    begun = "… " if row.clause_start > row.start else ""
    return f"{begun}{before}<b>{raw}</b>{after}"


def _raw(row: Row) -> str:
    return f"{row.hedge} {row.raw}".strip()


def _pager(first: int, shown: int, count: int, words: Words, own: AskWords) -> str:
    if count <= PAGE_ROWS:
        return ""
    here = own.rows_of.format(
        first=local_number(first + 1, words),
        last=local_number(first + shown, words),
        count=local_number(count, words),
    )
    back, on = max(first - PAGE_ROWS, 0), first + PAGE_ROWS
    return (
        f'<nav class="pager" aria-label="{escape(here)}">'
        f'<button type="button" class="plain" data-first="{back}"'
        f"{' disabled' * (first == 0)}>← {escape(own.previous)}</button>"
        f"<span>{escape(here)}</span>"
        f'<button type="button" class="plain" data-first="{on}"'
        f"{' disabled' * (on >= count)}>{escape(own.next)} →</button></nav>"
    )
