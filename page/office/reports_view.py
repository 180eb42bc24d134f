"""The Reports tab as HTML: what is in, what is being read, what changed.

Names, titles and messages are data and pass through `html.escape`.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import urlencode

from index.kinds import READABLE
from index.records import Report
from index.view import Change as Line
from page.links import report_link
from page.office.jobs import Job
from page.office.shelf import Change
from page.said import told
from page.texts import Words, counted, day_words, local_number, words_for
from page.texts_office import OfficeWords

PER_PAGE = 50
LINES = 60  # of the history
# Where `office.js` puts what outlives a reload of the tab: uploads and jobs.
SLOT = '<div class="slot"></div>'


@dataclass(frozen=True, slots=True)
class Shown:
    """A report as its row in the table needs it."""

    report: Report
    pages: int
    figures: int
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shelves:
    """What the tab shows, gathered in one go."""

    rows: Sequence[Shown] = ()  # of this page of the table
    count: int = 0  # reports that match
    all: int = 0  # reports that are in
    generation: int = 0
    find: str = ""
    page: int = 1
    history: Sequence[Line] = ()  # newest first
    # For editors only
    missing: Mapping[str, str] = field(default_factory=dict)  # files not in, and why
    kept: Sequence[Change] = ()  # newest first
    log: Sequence[Mapping[str, Any]] = ()  # newest first


def reports_document(
    shelves: Shelves, office: OfficeWords, words: Words, *, edits: bool, limit_mb: int
) -> str:
    """The tab's content. edits: whether to offer what only editors may do."""
    summary = office.summary if shelves.all else office.summary_empty
    generation = str(shelves.generation)
    said = counted(summary, shelves.all, words, generation=generation)
    parts = [
        f'<h2 tabindex="-1">{escape(office.reports)}</h2>',
        f'<p class="quiet">{escape(said)}</p>',
    ]
    if edits:
        parts.append(_upload(office, limit_mb))
    parts.append(SLOT)
    if edits:
        parts.append(_not_in(shelves.missing, office))
    parts += [
        _find(shelves.find, office),
        _table(shelves, office, words, edits=edits),
        _pager(shelves, office),
        _history(shelves, office, words, edits=edits),
    ]
    if edits:
        parts.append(_log(shelves.log, office))
    return "".join(parts)


def jobs_document(jobs: Sequence[Job], office: OfficeWords, *, edits: bool) -> str:
    """What is being done and was done lately, with how far it is."""
    if not jobs:
        return ""
    items = "".join(_job(job, office, edits=edits) for job in jobs[:8])
    return f'<h3>{escape(office.jobs)}</h3><ul class="jobs">{items}</ul>'


def button(
    label: str, post: str, *, sure: str = "", kind: str = "", about: str = ""
) -> str:
    """A button that asks for a change; `office.js` sends it.

    post: the address. sure: the question to confirm it by. about: what it is
    about, for those who hear the button without its row.
    """
    asks = f' data-sure="{escape(sure)}"' if sure else ""
    unseen = f'<span class="unseen"> {escape(about)}</span>' if about else ""
    return (
        f'<button type="button" class="plain {kind}" data-post="{escape(post)}"{asks}>'
        f"{escape(label)}{unseen}</button>"
    )


def health_words(health: str, office: OfficeWords) -> tuple[str, str, list[str]]:
    """How well a report was read: a CSS class, a word, and what was found.

    health: the JSON of `ingest/health.py`; "" where nothing was kept.
    """
    try:
        found = json.loads(health) if health else None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        return "unknown", office.health_unknown, []
    words = words_for(office.language)
    pages = int(found.get("pages") or 0)
    unread, seen = found.get("unread") or [], found.get("recognised") or []
    said = []
    if unread:
        lost = local_number(len(unread), words)
        said.append(counted(office.pages_unread, pages, words, unread=lost))
    if seen:
        said.append(counted(office.pages_recognised, len(seen), words))
    noticed = [*(found.get("suspicious") or []), *(found.get("notes") or [])]
    said += [told(str(text), office.language) for text in noticed]
    if not found.get("characters") or 2 * len(unread) > pages:
        return "bad", office.health_bad, said
    if unread or found.get("suspicious"):
        return "some", office.health_some, said
    return "good", office.health_good, said


def _upload(office: OfficeWords, limit_mb: int) -> str:
    hint = office.upload_hint.format(limit=limit_mb)
    endings = ",".join(sorted(READABLE))
    large = office.problems["too_large"].format(limit=limit_mb)
    return (
        f'<div class="drop" data-most="{limit_mb * 1024**2}" '
        f'data-large="{escape(large)}">'
        f'<h3>{escape(office.upload)}</h3><p id="upload-hint">'
        f'{escape(hint)}</p><label class="pick">{escape(office.choose)}'
        f'<input type="file" multiple accept="{endings}" '
        'aria-describedby="upload-hint">'
        f"</label> {button(office.reindex_all, 'office/reindex')}</div>"
    )


def _not_in(missing: Mapping[str, str], office: OfficeWords) -> str:
    if not missing:
        return ""
    items = "".join(
        f"<li><strong>{escape(name)}</strong> "
        f"<span>{escape(told(reason, office.language) or office.reason_unknown)}"
        "</span> "
        f"{button(office.try_again, _post('reindex', name), about=name)} "
        f"{_remove(name, office)}</li>"
        for name, reason in missing.items()
    )
    return (
        f'<div class="missing"><h3>{escape(office.not_in)}</h3>'
        f"<p>{escape(office.not_in_hint)}</p><ul>{items}</ul></div>"
    )


def _find(find: str, office: OfficeWords) -> str:
    return (
        f'<form class="find" role="search"><label>{escape(office.find)} '
        f'<input type="search" name="find" value="{escape(find)}" maxlength="200" '
        f'placeholder="{escape(office.find_hint)}"></label></form>'
    )


def _table(shelves: Shelves, office: OfficeWords, words: Words, *, edits: bool) -> str:
    if not shelves.rows:
        return f"<p>{escape(office.found_none)}</p>" if shelves.find else ""
    heads = [
        office.title,
        office.publisher,
        office.published,
        office.pages,
        office.figures,
        office.health,
        *([office.actions] if edits else []),
    ]
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    body = "".join(_row(shown, office, words, edits=edits) for shown in shelves.rows)
    return (
        f'<div class="scroll" tabindex="0" role="region" '
        f'aria-label="{escape(office.reports)}"><table class="stack"><thead><tr>{head}'
        f"</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(shown: Shown, office: OfficeWords, words: Words, *, edits: bool) -> str:
    report = shown.report
    css, word, said = health_words(report.health, office)
    day = day_words(report.published, words) if report.published else office.not_stated
    cells = [
        (office.publisher, escape(report.publisher or office.not_stated), ""),
        (office.published, escape(day), "day"),
        (office.pages, local_number(shown.pages, words), "number"),
        (office.figures, local_number(shown.figures, words), "number"),
        (
            office.health,
            f'<span class="health {css}">{escape(word)}</span>'
            + "".join(f'<span class="note">{escape(each)}</span>' for each in said),
            "",
        ),
    ]
    if edits:
        reread = button(
            office.reindex, _post("reindex", report.name), about=report.name
        )
        cells.append((office.actions, f"{reread} {_remove(report.name, office)}", "do"))
    rest = "".join(
        f'<td class="{kind}" data-label="{escape(label)}">{html}</td>'
        for label, html, kind in cells
    )
    gone = ' class="history"' if report.superseded_by else ""
    return f'<tr{gone}><th scope="row">{_title(shown, office, words)}</th>{rest}</tr>'


def _title(shown: Shown, office: OfficeWords, words: Words) -> str:
    report = shown.report
    address = report_link(report.name, 1, words.language)
    others = [path for path in shown.paths if path != report.name]
    notes = [
        office.number.format(number=report.number) if report.number else "",
        report.name if report.title else "",
        office.also_at.format(paths=", ".join(others)) if others else "",
        office.copy_of.format(name=report.copy_of) if report.copy_of else "",
        office.superseded_by.format(name=report.superseded_by)
        if report.superseded_by
        else "",
    ]
    below = "".join(f'<span class="note">{escape(n)}</span>' for n in notes if n)
    return (
        f'<a href="{escape(address)}" target="_blank" rel="noopener">'
        f'{escape(report.title or report.name)}<span class="unseen"> '
        f"({escape(office.opens_new)})</span></a>{below}"
    )


def _remove(name: str, office: OfficeWords) -> str:
    sure = office.remove_sure.format(name=name)
    return button(
        office.remove, _post("remove", name), sure=sure, kind="grave", about=name
    )


def _post(deed: str, name: str) -> str:
    return f"office/{deed}?{urlencode({'name': name})}"


def _pager(shelves: Shelves, office: OfficeWords) -> str:
    pages = math.ceil(shelves.count / PER_PAGE)
    if pages < 2:
        return ""
    links = [(shelves.page - 1, office.earlier), (shelves.page + 1, office.later)]
    shown = "".join(
        f'<button type="button" class="plain" data-page="{to}">{escape(label)}</button>'
        for to, label in links
        if 1 <= to <= pages
    )
    here = office.page_of.format(page=shelves.page, pages=pages)
    return f'<nav class="pager"><span>{escape(here)}</span> {shown}</nav>'


def _job(job: Job, office: OfficeWords, *, edits: bool) -> str:
    names = ", ".join(job.names[:3]) or (
        office.all_reports if job.kind == "index" else ""
    )
    if len(job.names) > 3:
        names += f" {office.and_more.format(count=len(job.names) - 3)}"
    inner = f"<strong>{escape(office.kinds[job.kind])}</strong> {escape(names)} "
    inner += (
        f'<span class="state {job.state}">{escape(office.states[job.state])}</span>'
    )
    if job.state == "running":
        inner += _progress(job, office)
    inner += _outcome(job, office)
    if edits and not job.over:
        inner += button(office.stop, f"office/stop?job={job.id}")
    return f"<li>{inner}</li>"


def _progress(job: Job, office: OfficeWords) -> str:
    at = job.progress
    step = office.steps.get(at.step, at.step)
    count = office.done_of.format(done=at.done, total=at.total) if at.total else ""
    bar = (
        f'<progress max="{at.total}" value="{at.done}" aria-label="{escape(step)}">'
        "</progress>"
        if at.total
        else f'<progress aria-label="{escape(step)}"></progress>'
    )
    # Each file and the stage it has reached; long lists end with a count.
    stages = list(job.stages.items())
    if len(job.names) <= 30:
        stages = [(name, job.stages.get(name, "waiting")) for name in job.names]
    files = "".join(
        f"<li>{escape(name)}: {escape(office.steps.get(stage, stage))}</li>"
        for name, stage in stages[-30:]
    )
    return f'{bar} {escape(step)} {count}<ul class="stages">{files}</ul>'


def _outcome(job: Job, office: OfficeWords) -> str:
    parts = []
    for key, text in office.counted.items():
        found = job.result.get(key)
        count = len(found) if isinstance(found, list) else 0
        if count:
            parts.append(text.format(count=count))
    out = f" – {escape(', '.join(parts))}" if parts and job.over else ""
    failed = "".join(
        f"<li><strong>{escape(name)}</strong>: "
        f"{escape(told(reason, office.language))}</li>"
        for name, reason in job.failures().items()
    )
    if failed:
        out += f'<ul class="failures">{failed}</ul>'
    if said := job.result.get("said"):
        out += f'<pre class="said">{escape(told(str(said), office.language))}</pre>'
    if job.trouble:
        out += (
            f'<pre class="trouble">{escape(told(job.trouble, office.language))}</pre>'
        )
    return out


def _history(
    shelves: Shelves, office: OfficeWords, words: Words, *, edits: bool
) -> str:
    if not shelves.history and not shelves.kept:
        inner = f"<p>{escape(office.nothing_changed)}</p>"
    else:
        inner = _kept(shelves.kept, office) if edits else ""
        inner += _lines(shelves.history[:LINES], office, words)
    return f"<details><summary>{escape(office.changed)}</summary>{inner}</details>"


def _kept(kept: Iterable[Change], office: OfficeWords) -> str:
    items = "".join(
        f"<li>{moment(c.at)} {escape(office.deeds.get(c.deed, c.deed))}: "
        f"{escape(', '.join(c.names))} – {escape(c.user or office.nobody)} "
        + button(
            office.undo,
            f"office/undo?change={c.id}",
            sure=office.undo_sure,
            about=", ".join(c.names),
        )
        + "</li>"
        for c in kept
    )
    return f'<ul class="kept">{items}</ul>' if items else ""


def _lines(lines: Sequence[Line], office: OfficeWords, words: Words) -> str:
    out, last = "", -1
    for line in lines:
        if line.generation != last:
            out += "</ul>" if out else ""
            state = office.generation.format(number=line.generation)
            out += f"<h4>{escape(state)} · {moment(line.at)}</h4><ul>"
            last = line.generation
        deed = office.deeds.get(line.action, line.action)
        out += f"<li>{escape(deed)}: {escape(line.report)}</li>"
    return f'<div lang="{words.language}">{out}</ul></div>' if out else ""


def _log(log: Iterable[Mapping[str, Any]], office: OfficeWords) -> str:
    items = "".join(
        f"<li>{moment(str(line.get('at', '')))} "
        f"{escape(str(line.get('user') or office.nobody))}: "
        f"{escape(office.deeds.get(str(line.get('deed')), str(line.get('deed'))))} "
        f"{escape(str(line.get('what', '')))}</li>"
        for line in log
    )
    return (
        f"<details><summary>{escape(office.log)}</summary>"
        f'<p class="quiet">{escape(office.log_hint)}</p><ul class="log">{items}</ul>'
        "</details>"
    )


def moment(at: str) -> str:
    """A time in UTC, which `office.js` writes the reader's local way."""
    return f'<time datetime="{escape(at)}">{escape(at[:16].replace("T", " "))}</time>'
