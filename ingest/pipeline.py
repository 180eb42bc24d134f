"""The corpus into the index, in one transaction; nothing is ever half done."""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from index.encoder import Encoder
from index.errors import (
    BadInputError,
    IndexMismatchError,
    IndexMissingError,
    UnreadableReportError,
)
from index.lock import WAIT, writing
from index.records import Encoded, ParsedReport
from index.store import Store
from index.view import View
from index.writer import Entry, Writer
from ingest.encode import encode
from ingest.limits import Watch, watched
from ingest.load import is_report, name_of, read_source, report_names
from ingest.parse import content_of, digest_of
from ingest.plan import File, Known, Plan, Scope, Task, make_plan
from ingest.pool import read_all
from ingest.progress import Progress, silent
from ingest.worker import Job
from settings import Settings

_BATCH = 512  # passages of short reports that are encoded together


@dataclass(frozen=True, slots=True)
class Summary:
    """What an ingest did, or with dry_run would do, by report name.

    A report that failed keeps the version that was in the index before.
    """

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()  # name, reason and what to do
    renamed: tuple[tuple[str, str], ...] = ()  # earlier name, name
    same: tuple[tuple[str, str], ...] = ()  # path, report that has the same bytes
    held: tuple[str, ...] = ()  # paths that stay out after a rollback

    def __str__(self) -> str:
        told = (
            f"{len(self.added)} added, {len(self.replaced)} replaced, "
            f"{len(self.removed)} removed, {len(self.unchanged)} unchanged, "
            f"{len(self.failed)} failed"
        )
        told += f", {len(self.renamed)} renamed" if self.renamed else ""
        told += f", {len(self.same)} the same as another" if self.same else ""
        return told + (f", {len(self.held)} held back" if self.held else "")


@dataclass
class _Done:
    """What came of the reports that were to be read."""

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)  # as stored, encoded anew
    failed: dict[str, str] = field(default_factory=dict)  # path → reason

    def take(self, action: str, name: str) -> None:
        """Note what was done with a report."""
        (self.added if action == "added" else self.replaced).append(name)


def ingest(
    settings: Settings,
    encoder: Callable[[], Encoder],
    paths: Sequence[Path] | None = None,
    *,
    rebuild: bool = False,
    dry_run: bool = False,
    fits: Callable[[str], bool] = lambda _name: True,
    wait: float = WAIT,
    progress: Progress = silent,
    notice: Callable[[str], None] = lambda _text: None,
) -> Summary:
    """Bring the index up to date with the corpus folder.

    encoder: gives the encoder; called only if something has to be encoded.
    paths: files or folders of the corpus; only they are read then, and nothing
        is removed. None: the whole corpus.
    rebuild: read and encode everything again; the way to change the encoder.
        A file that cannot be read now keeps its earlier text, encoded anew.
    dry_run: read, but neither encode nor write.
    fits: whether the encoder is the one of a name, asked before it is loaded, so
        that a change of encoder is noticed even if nothing has to be encoded.
    wait: seconds to wait while another process changes the index; *notice* is
        told for whom.

    Raises BadInputError for a path that is not there or not in the corpus,
    IndexMismatchError if the index has another encoder and *rebuild* is False,
    StoreError, EncoderError. The index is then as it was.
    """
    if rebuild and paths:
        raise BadInputError(
            "a rebuild takes the whole corpus: leave out --rebuild, or the paths."
        )
    names = _names(settings.corpus_dir, paths)
    if dry_run:
        return _Run(settings, names, whole=paths is None, progress=progress).rehearse(
            rebuild=rebuild
        )
    with writing(settings.store_path, settings.actor, wait=wait, notice=notice):
        run = _Run(settings, names, whole=paths is None, progress=progress)
        return run.carry_out(encoder, rebuild=rebuild, fits=fits)


class _Run:
    """One ingest: found, planned, read, written."""

    def __init__(
        self,
        settings: Settings,
        names: Sequence[str],
        *,
        whole: bool,
        progress: Progress,
    ) -> None:
        self._settings = settings
        self._names = names
        self._whole = whole
        self._progress = progress
        self._done = _Done()

    def rehearse(self, *, rebuild: bool) -> Summary:
        """Say what would be done."""
        plan = Plan()
        known: list[Known] = []
        with contextlib.ExitStack() as stack:
            with contextlib.suppress(IndexMissingError):
                store = Store.open(self._settings.store_path)
                stack.callback(store.close)
                with store.snapshot() as view:
                    known = _known(view)
                    plan = self._plan(view, known, rebuild=rebuild)
            if not known:
                plan = self._plan(None, known, rebuild=rebuild)
        there = {plan.renames.get(r.name, r.name) for r in known} - set(plan.gone)
        for parsed in self._read(plan.tasks):
            name = parsed.report.name
            self._done.take("replaced" if name in there else "added", name)
        return self._summary(plan, self._outlived(plan))

    def carry_out(
        self,
        encoder: Callable[[], Encoder],
        *,
        rebuild: bool,
        fits: Callable[[str], bool],
    ) -> Summary:
        """Do it, in one transaction."""
        store = Store.open(self._settings.store_path, create=True)
        try:
            with store.snapshot() as view:
                known = _known(view)
                indexed = (view.encoder or "", view.dim or 0)
                plan = self._plan(view, known, rebuild=rebuild)
            if known and not rebuild and not fits(indexed[0]):
                wanted = self._settings.encoder or "the default encoder"
                raise IndexMismatchError(indexed=indexed[0], wanted=wanted)
            reports = self._read(plan.tasks)
            if rebuild:
                reports = chain(reports, self._as_stored(store, known, plan))
            # The first one shows whether there is anything to be encoded.
            first = next(reports, None)
            model = encoder() if first else None
            if model:
                indexed = (model.name, model.dim)
            removed = plan.gone
            if model or self._writes(plan):
                cause = "rebuild" if rebuild else "ingest"
                entry = Entry(self._settings.actor, cause, self._settings.keep)
                rebuilt = rebuild and model is not None
                with store.writer(*indexed, rebuild=rebuilt, entry=entry) as writer:
                    _make_room(writer, plan)
                    if model and first:
                        self._put(writer, chain([first], reports), model)
                    removed = self._settle(writer, plan)
            return self._summary(plan, removed)
        finally:
            store.close()

    def _plan(
        self, view: View | None, known: Sequence[Known], *, rebuild: bool
    ) -> Plan:
        files: list[File] = []
        for done, name in enumerate(self._names, 1):
            try:
                with watched(Watch(self._settings.limits)):
                    source = read_source(self._settings.corpus_dir, name)
                files.append(File(name, content_of(source.data), source.side))
            except UnreadableReportError as error:
                self._done.failed[name] = error.reason
            self._progress("looking", done, len(self._names), name)
        scope = Scope(
            whole=self._whole,
            unreadable=frozenset(self._done.failed),
            held=view.held() if view else {},
            rebuild=rebuild,
        )
        corpus = self._settings.corpus_dir
        return make_plan(
            files, known, scope, digest_of, lambda path: (corpus / path).is_file()
        )

    def _read(self, tasks: Sequence[Task]) -> Iterator[ParsedReport]:
        """Read what is new or changed; note what cannot be read."""
        corpus = self._settings.corpus_dir
        jobs = [Job(corpus, task.name, task.side, task.content) for task in tasks]
        read = read_all(jobs, self._settings.limits)
        if tasks:  # a report is told of once it is read, which may take a while
            self._progress("reading", 0, len(tasks), tasks[0].name)
        for done, (task, (_, result)) in enumerate(zip(tasks, read, strict=True), 1):
            if isinstance(result, UnreadableReportError):
                self._done.failed.update((path, result.reason) for path in task.paths)
            else:
                yield result
            self._progress("reading", done, len(tasks), task.name)

    def _as_stored(
        self, store: Store, known: Sequence[Known], plan: Plan
    ) -> Iterator[ParsedReport]:
        """Return what is not to be read now as the store has it, to be encoded anew."""
        for report in known:
            if not set(report.paths) & {*self._done.failed, *plan.held}:
                continue
            with store.snapshot() as view:
                parsed = view.parsed(report.name)
            if parsed is not None:
                name = plan.renames.get(report.name, report.name)
                self._done.kept.add(name)
                yield replace(parsed, report=replace(parsed.report, name=name))

    def _put(
        self,
        writer: Writer,
        reports: Iterable[ParsedReport],
        model: Encoder,
    ) -> None:
        for parsed, vectors in _encoded(reports, model, self._progress):
            name = parsed.report.name
            action = writer.put(parsed, vectors)
            if name not in self._done.kept:
                self._done.take(action, name)

    def _writes(self, plan: Plan) -> bool:
        """Say if there is something to write besides what has been read."""
        lie_elsewhere = plan.paths.keys() - self._done.failed.keys()
        return bool(plan.gone or plan.renames or plan.released or lie_elsewhere)

    def _settle(self, writer: Writer, plan: Plan) -> list[str]:
        """Remove what new versions displaced, and note where reports lie."""
        removed = self._outlived(plan)
        for name in removed:
            writer.remove(name)
        for name, paths in plan.paths.items():
            if name not in self._done.failed:
                writer.set_paths(name, paths)
        return removed

    def _outlived(self, plan: Plan) -> list[str]:
        """Return the reports that leave the index."""
        put = {*self._done.added, *self._done.replaced}
        failed = set(self._done.failed)
        outlived = [
            name
            for name, awaited in plan.displaced.items()
            if name not in put and not awaited & failed
        ]
        return sorted([*plan.gone, *outlived])

    def _summary(self, plan: Plan, removed: Sequence[str]) -> Summary:
        return Summary(
            added=tuple(sorted(self._done.added)),
            replaced=tuple(sorted(self._done.replaced)),
            removed=tuple(removed),
            unchanged=tuple(sorted(plan.unchanged)),
            failed=tuple(sorted(self._done.failed.items())),
            renamed=tuple(sorted(plan.renames.items())),
            same=tuple(sorted(plan.same)),
            held=tuple(sorted(plan.held)),
        )


def _names(corpus: Path, paths: Sequence[Path] | None) -> list[str]:
    """Return the reports to read: all, or those that *paths* name."""
    if paths is None:
        return report_names(corpus)
    names: set[str] = set()
    for path in paths:
        name = name_of(path, corpus)
        if path.is_dir():
            names.update(report_names(corpus, corpus / name))
        elif not path.exists():
            raise BadInputError(f"{path} is not there: check its name.")
        elif not is_report(name):
            raise BadInputError(f"{path} is no report (a side file or the like).")
        else:
            names.add(name)
    return sorted(names)


def _known(view: View) -> list[Known]:
    paths: dict[str, list[str]] = {}
    for path, name in view.known_files().items():
        paths.setdefault(name, []).append(path)
    return [
        Known(r.name, r.sha256, r.content, tuple(paths.get(r.name, [r.name])))
        for r in view.reports()
    ]


def _make_room(writer: Writer, plan: Plan) -> None:
    writer.release(plan.released)
    for name in plan.gone:
        writer.remove(name)
    writer.rename(plan.renames)


def _encoded(
    reports: Iterable[ParsedReport], model: Encoder, progress: Progress
) -> Iterator[tuple[ParsedReport, Encoded]]:
    """Encode reports as they come, short ones together, without holding them all."""
    batch: list[ParsedReport] = []
    for parsed in reports:
        batch.append(parsed)
        if sum(len(waiting.passages) for waiting in batch) >= _BATCH:
            yield from zip(batch, encode(batch, model, progress), strict=True)
            batch = []
    if batch:
        yield from zip(batch, encode(batch, model, progress), strict=True)
