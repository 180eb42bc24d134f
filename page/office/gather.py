"""What the Reports tab shows, read from the index and the corpus folder."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from index.errors import IndexMissingError
from index.grammar.words import fold
from index.kinds import ADVICE, READABLE
from index.records import Report
from index.store import Store
from index.view import View
from page import audit
from page.office import shelf
from page.office.jobs import Jobs
from page.office.reports_view import PER_PAGE, Shelves, Shown
from page.titles import titled
from settings import Settings

MISSING = 200  # files that are not in the index, listed at most
STATES = 20  # generations of which the changes are shown


@contextmanager
def looking(settings: Settings) -> Iterator[View | None]:
    """One state of the index; None where there is no index yet."""
    try:
        store = Store.open(settings.store_path)
    except IndexMissingError:
        yield None
        return
    try:
        with store.snapshot() as view:
            yield view
    finally:
        store.close()


def gather(
    settings: Settings, jobs: Jobs, find: str, page: int, *, edits: bool
) -> Shelves:
    """The reports that *find* matches, a page of them, and for editors the rest."""
    page = max(page, 1)
    shelves = Shelves(find=find, page=page)
    known: set[str] = set()
    with looking(settings) as view:
        if view is not None:
            reports = titled(view, view.reports())
            found = _found(reports, find)
            shelves = Shelves(
                rows=_rows(view, found[(page - 1) * PER_PAGE : page * PER_PAGE]),
                count=len(found),
                all=len(reports),
                generation=view.generation,
                find=find,
                page=page,
                history=view.history(since=max(view.generation - STATES, 0))[::-1],
            )
            if edits:
                known = {
                    path for r in reports for path in (r.name, *view.paths(r.name))
                }
    if not edits:
        return shelves
    return replace(
        shelves,
        missing=_missing(settings, jobs, known),
        kept=shelf.changes(settings),
        log=audit.latest(settings),
    )


def _missing(settings: Settings, jobs: Jobs, known: set[str]) -> dict[str, str]:
    """Files of the corpus that are not in the index, and why if that is known.

    Those that are just being read, or wait for it, are not missing.
    """
    reasons: dict[str, str] = {}
    awaited: set[str] = set()
    for job in reversed(jobs.all()):
        reasons |= job.failures()
        awaited |= set() if job.over else set(job.names)
    names = [n for n in _files(settings.corpus_dir) if n not in known | awaited]
    return {name: reasons.get(name, "") for name in names[:MISSING]}


def _found(reports: Sequence[Report], find: str) -> list[Report]:
    """Those that hold every word of *find*, newest first."""
    words = fold(find).split()
    found = [
        report
        for report in reports
        if all(
            word in fold(f"{report.title} {report.publisher} {report.name}")
            for word in words
        )
    ]
    return sorted(found, key=lambda report: report.published or "", reverse=True)


def _rows(view: View, reports: Sequence[Report]) -> list[Shown]:
    sizes = view.sizes(report.name for report in reports)
    return [
        Shown(report, *sizes[report.name], tuple(view.paths(report.name)))
        for report in reports
    ]


def _files(corpus: Path) -> list[str]:
    """Names of the files in the corpus that look like reports, sorted."""
    found = []
    for folder, folders, files in os.walk(corpus):
        folders[:] = [name for name in folders if not name.startswith(".")]
        inside = Path(folder).relative_to(corpus)
        found += [(inside / name).as_posix() for name in files if _is_report(name)]
    return sorted(found)


def _is_report(name: str) -> bool:
    path = Path(name)
    return (
        not name.startswith((".", "~$"))
        and path.suffix.lower() in READABLE | ADVICE.keys()
        and path.name.lower() != "glossary.csv"
        and path.stem.lower() != "readme"
    )
