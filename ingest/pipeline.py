"""The corpus into the index, in one transaction; nothing is ever half done."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.encoder import Encoder
from index.errors import BadInputError, IndexMismatchError, UnreadableReportError
from index.records import Encoded, ParsedReport
from index.store import Store
from ingest.encode import Progress, encode
from ingest.load import is_report, name_of, read_source, report_names
from ingest.parse import digest, parse_source
from settings import Settings


@dataclass(frozen=True, slots=True)
class Summary:
    """What an ingest did, by report name.

    A report that failed keeps the version that was in the index before.
    """

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()  # name, reason and what to do

    def __str__(self) -> str:
        return (
            f"{len(self.added)} added, {len(self.replaced)} replaced, "
            f"{len(self.removed)} removed, {len(self.unchanged)} unchanged, "
            f"{len(self.failed)} failed"
        )


@dataclass
class _Plan:
    """What has to be done, found out before the encoder is needed."""

    new: list[ParsedReport] = field(default_factory=list)
    kept: list[ParsedReport] = field(default_factory=list)  # as the store has them
    gone: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)


def ingest(
    settings: Settings,
    encoder: Callable[[], Encoder],
    paths: Sequence[Path] | None = None,
    *,
    rebuild: bool = False,
    progress: Progress = lambda _step, _done, _total: None,
) -> Summary:
    """Bring the index up to date with the corpus folder.

    encoder: gives the encoder; called only if something has to be encoded.
    paths: files or folders of the corpus; only they are read then, and nothing
        is removed. None: the whole corpus.
    rebuild: read and encode everything again; the way to change the encoder.
        A file that cannot be read now keeps its earlier text, encoded anew.

    Raises BadInputError for a path that is not there or not in the corpus,
    IndexMismatchError if the index has another encoder and *rebuild* is False,
    StoreError, EncoderError. The index is then as it was.
    """
    if rebuild and paths:
        raise BadInputError(
            "a rebuild takes the whole corpus: leave out --rebuild, or the paths."
        )
    names = _names(settings.corpus_dir, paths)
    store = Store.open(settings.store_path, create=True)
    try:
        with store.snapshot() as view:
            known = {report.name: report.sha256 for report in view.reports()}
            indexed = (view.encoder or "", view.dim or 0)
        plan = _plan(settings.corpus_dir, names, {} if rebuild else known, progress)
        if paths is None:
            plan.gone = sorted(set(known) - set(names))
        if rebuild:
            plan.kept = _as_stored(store, [n for n, _ in plan.failed if n in known])
        to_encode = plan.new + plan.kept
        if not (to_encode or plan.gone):
            return _summary(plan, ())
        vectors: list[Encoded] = []
        if to_encode:
            model = encoder()
            if known and not rebuild and indexed != (model.name, model.dim):
                raise IndexMismatchError(indexed=indexed[0], wanted=model.name)
            indexed = (model.name, model.dim)
            vectors = encode(to_encode, model, progress)
        with store.writer(*indexed, rebuild=rebuild) as writer:
            actions = [
                writer.put(parsed, encoded)
                for parsed, encoded in zip(to_encode, vectors, strict=True)
            ]
            for name in plan.gone:
                writer.remove(name)  # after a rebuild it is gone already
        return _summary(plan, actions)
    finally:
        store.close()


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


def _plan(
    corpus: Path, names: Sequence[str], known: Mapping[str, str], progress: Progress
) -> _Plan:
    """Read what is new or changed, *known* by its hash; name what cannot be read."""
    plan = _Plan()
    for done, name in enumerate(names, 1):
        try:
            source = read_source(corpus, name)
            if known.get(name) == digest(source):
                plan.unchanged.append(name)
            else:
                plan.new.append(parse_source(source))
        except UnreadableReportError as error:
            plan.failed.append((name, error.reason))
        except Exception as error:
            error.add_note(f"while reading the report {name}")
            raise
        progress("reading", done, len(names))
    return plan


def _as_stored(store: Store, names: Iterable[str]) -> list[ParsedReport]:
    """Return the reports of these names as the store has them, to be encoded anew."""
    found = []
    with store.snapshot() as view:
        for name in names:
            report = view.report(name)
            if report is None:
                continue  # another process has just removed it
            rows = view.neighbours(name, 0, sys.maxsize)
            passages = view.passages(dict.fromkeys(row.passage_id for row in rows))
            found.append(
                ParsedReport(
                    report=report,
                    pages=tuple(view.pages(name)),
                    sentences=tuple(row.sentence for row in rows),
                    passages=tuple(stored.passage for stored in passages),
                    figures=tuple(f.figure for row in rows for f in row.figures),
                )
            )
    return found


def _summary(plan: _Plan, actions: Sequence[str]) -> Summary:
    done = [
        (action, parsed.report.name)
        for action, parsed in zip(actions, plan.new, strict=False)
    ]
    return Summary(
        added=tuple(name for action, name in done if action == "added"),
        replaced=tuple(name for action, name in done if action == "replaced"),
        removed=tuple(plan.gone),
        unchanged=tuple(plan.unchanged),
        failed=tuple(plan.failed),
    )
