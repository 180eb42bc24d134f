"""What has to be done to bring the index up to date, from what lies where.

Pure: files and reports go in as hashes and paths. A report is its bytes: the
same bytes under two names are one report, known by the name that sorts first,
and a file that only changed its name is not read again.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class File:
    """A file of the corpus as it was found."""

    path: str  # within the corpus
    content: str  # SHA-256 of its bytes
    side: bytes | None  # of its side file


@dataclass(frozen=True, slots=True)
class Known:
    """A report of the index."""

    name: str
    sha256: str  # see `parse.digest`
    content: str  # "" where an older version wrote it
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """A report that has to be read."""

    name: str
    paths: tuple[str, ...]
    content: str
    side: bytes | None


@dataclass
class Plan:
    """What to do, in this order: remove, rename, read and put, then settle."""

    gone: list[str] = field(default_factory=list)
    renames: dict[str, str] = field(default_factory=dict)  # old name → new
    tasks: list[Task] = field(default_factory=list)
    # Reports whose files hold other bytes now, by their name after renaming:
    # they go once all these paths could be read.
    displaced: dict[str, frozenset[str]] = field(default_factory=dict)
    paths: dict[str, tuple[str, ...]] = field(default_factory=dict)  # that changed
    unchanged: list[str] = field(default_factory=list)
    same: list[tuple[str, str]] = field(default_factory=list)  # path, its report
    held: list[str] = field(default_factory=list)  # paths
    released: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Scope:
    """What was looked at, and what could not be."""

    whole: bool  # the whole corpus; else nothing is removed
    unreadable: frozenset[str] = frozenset()  # paths that could not be opened
    held: Mapping[str, str] = field(default_factory=dict)  # see `Writer.hold`
    rebuild: bool = False


def make_plan(
    files: Sequence[File],
    known: Sequence[Known],
    scope: Scope,
    digest: Callable[[str, bytes | None], str],
    exists: Callable[[str], bool],
) -> Plan:
    """Compare what was found with what is known.

    digest: of a content and a side file: see `parse.digest`.
    exists: whether a path that was not looked at is still there.
    """
    plan = Plan()
    seen = _without_held(plan, {file.path: file for file in files}, scope)
    groups: dict[str, list[File]] = {}
    for path in sorted(seen):
        groups.setdefault(seen[path].content, []).append(seen[path])
    matches = _matched(groups, known)
    untouched = {file.path for file in files} | scope.unreadable | set(plan.held)
    awaited: set[str] = set()
    for content, group in groups.items():
        report = matches.get(content)
        paths = {file.path for file in group}
        if report is None:
            awaited |= paths
        elif not scope.whole:
            paths |= set(filter(exists, set(report.paths) - untouched))
        _place(plan, report, sorted(paths), group, scope, digest)
    claimed = {report.name for report in matches.values()}
    for report in known:
        if report.name not in claimed:
            rest = set(report.paths) & (scope.unreadable | set(plan.held))
            if not scope.whole:
                rest |= set(filter(exists, set(report.paths) - untouched))
            _displace(plan, report, rest, awaited, seen.keys(), whole=scope.whole)
    return plan


def _without_held(
    plan: Plan, seen: Mapping[str, File], scope: Scope
) -> dict[str, File]:
    """Set aside what a rollback keeps out; let in what changed or is named."""
    left = dict(seen)
    for path, content in scope.held.items():
        file = seen.get(path)
        if scope.whole and content == (file.content if file else ""):
            plan.held.append(path)
            left.pop(path, None)
        elif scope.whole or file:
            plan.released.append(path)
    return left


def _matched(
    groups: Mapping[str, Sequence[File]], known: Sequence[Known]
) -> dict[str, Known]:
    """Return the report that holds each content, if one does.

    An old one that does not know its content goes by its name.
    """
    by_content: dict[str, list[Known]] = {}
    for report in known:
        by_content.setdefault(report.content, []).append(report)
    nameless = {report.name: report for report in by_content.pop("", [])}
    found: dict[str, Known] = {}
    for content, group in groups.items():
        path = group[0].path
        if same := by_content.get(content):
            found[content] = next((r for r in same if r.name == path), same[0])
        elif path in nameless:
            found[content] = nameless[path]
    return found


def _place(
    plan: Plan,
    report: Known | None,
    paths: Sequence[str],
    group: Sequence[File],
    scope: Scope,
    digest: Callable[[str, bytes | None], str],
) -> None:
    """Plan for one content that was found, known before as *report* or new."""
    name, content = paths[0], group[0].content
    side = next((file.side for file in group if file.side is not None), None)
    plan.same += [(path, name) for path in paths[1:]]
    if report is None or tuple(paths) != report.paths:
        plan.paths[name] = tuple(paths)
    if report is not None and report.name != name:
        plan.renames[report.name] = name
    if (
        report is None
        or scope.rebuild
        or report.sha256 != digest(content, side)
        or (report.name != name and _ending(report.name) != _ending(name))
    ):
        plan.tasks.append(Task(name, tuple(paths), content, side))
    elif report.name == name:
        plan.unchanged.append(name)


def _displace(
    plan: Plan,
    report: Known,
    rest: Collection[str],
    awaited: Collection[str],
    seen: Collection[str],
    *,
    whole: bool,
) -> None:
    """Plan for a report whose bytes were found nowhere.

    rest: its paths that may hold them still.
    awaited: paths with new bytes; if they cannot be read, the report stays.
    """
    coming = set(report.paths) & set(awaited)
    if not (rest or coming):
        if whole or set(report.paths) & set(seen):
            plan.gone.append(report.name)
        return
    left = sorted(rest or coming)
    name = report.name if report.name in left else left[0]
    if name != report.name:
        plan.renames[report.name] = name
    if rest and tuple(sorted(rest)) != report.paths:
        plan.paths[name] = tuple(sorted(rest))
    if not rest:
        plan.displaced[name] = frozenset(coming)


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
