"""The operator's commands: state, history, ways back, backups.

Each takes what was typed and gives the text to print and the exit code.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

from index import backup, rollback, vectors
from index.lock import WAIT, writing
from index.store import Store
from index.vectors import kind_for, read_header
from index.verify import verify
from index.view import Change
from settings import Settings


class Outcome(NamedTuple):
    """What a command has to say."""

    text: str
    code: int = 0


def add_commands(commands: Any) -> None:
    """Add the commands of this module to the parser's *commands*."""

    def add(name: str, run: Any, help_: str) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = commands.add_parser(name, help=help_)
        parser.add_argument("--json", action="store_true", help="as JSON")
        parser.set_defaults(run=run)
        return parser

    add("status", _status, "how much is in, and how it is kept")
    add("verify", _verify, "check everything; exit 1 with what is wrong")
    add("rebuild", _rebuild, "make the FAISS file again from the store")
    history = add("history", _history, "which report came, changed or went, when")
    history.add_argument("--report", metavar="NAME", help="of this report alone")
    back = add("rollback", _rollback, "bring an earlier generation back")
    back.add_argument("generation", type=int, metavar="N", help="see `history`")
    saved = add("backup", _backup, "copy the store to a file, while it is in use")
    saved.add_argument("file", type=Path, metavar="FILE")
    restored = add("restore", _restore, "put a backup in the place of the store")
    restored.add_argument("file", type=Path, metavar="FILE")
    for changing in (back, restored):
        changing.add_argument(
            "--wait",
            type=float,
            default=WAIT,
            metavar="SECONDS",
            help="while another process changes the index (default: %(default)g)",
        )


@contextmanager
def _opened(settings: Settings) -> Iterator[Store]:
    store = Store.open(settings.store_path)
    try:
        yield store
    finally:
        store.close()


def _warn(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


# --- What is there ------------------------------------------------------------------


def _status(args: argparse.Namespace, settings: Settings) -> Outcome:
    status = status_of(settings)
    if args.json:
        return Outcome(json.dumps(status, ensure_ascii=False))
    lines = (f"{name:<16}{'-' if v is None else v}" for name, v in status.items())
    return Outcome("\n".join(lines))


def status_of(settings: Settings) -> dict[str, Any]:
    """Return what the index holds, as plain JSON values; sizes in bytes.

    vectors: whether the FAISS file is "current", "behind" (the next question
    brings it up to date) or "missing".
    Raises IndexMissingError, StoreError.
    """
    with _opened(settings) as store:
        store.check_file()
        with store.snapshot() as view:
            counts = view.counts()
            header = read_header(settings.vectors_path)
            fits = header is not None and header.token == view.token
            return {
                **asdict(counts),
                "generation": view.generation,
                "oldest_kept": view.oldest(),
                "encoder": view.encoder,
                "dim": view.dim,
                "store": str(settings.store_path),
                "store_bytes": settings.store_path.stat().st_size,
                "archive_bytes": view.archive_bytes(),
                "faiss": header.kind if header else kind_for(counts.passages),
                "faiss_state": _state(header is not None, fits),
                "faiss_bytes": _size(settings.vectors_path),
            }


def _state(found: bool, fits: bool) -> str:
    return "current" if fits else "behind" if found else "missing"


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _verify(args: argparse.Namespace, settings: Settings) -> Outcome:
    with _opened(settings) as store:
        found = verify(store, settings.vectors_path)
    code = 1 if found.problems else 0
    if args.json:
        return Outcome(json.dumps(asdict(found), ensure_ascii=False), code)
    lines = [f"wrong: {problem}" for problem in found.problems]
    lines += [f"note: {note}" for note in found.notes]
    if not found.problems:
        lines.append(f"{found.reports} reports checked: nothing is wrong")
    return Outcome("\n".join(lines), code)


def _history(args: argparse.Namespace, settings: Settings) -> Outcome:
    with _opened(settings) as store, store.snapshot() as view:
        changes = view.history()
        oldest = view.oldest()
    if args.report:
        changes = [c for c in changes if args.report in (c.report, c.detail)]
    if args.json:
        return Outcome(json.dumps([asdict(c) for c in changes], ensure_ascii=False))
    rows = [
        (
            str(c.generation),
            c.at,
            c.who or "-",
            c.cause,
            c.action,
            _what(c),
        )
        for c in changes
    ]
    head = ("generation", "at", "who", "cause", "action", "report")
    told = table(head, rows)
    return Outcome(f"{told}\ngenerations from {oldest} on can be gone back to")


def _what(change: Change) -> str:
    told = change.report or "all"
    return f"{told} ({change.detail})" if change.detail else told


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Align cells in columns, two spaces between them."""
    lines = [head, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(f"{c:<{w}}" for c, w in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


# --- What is done -------------------------------------------------------------------


def _rebuild(args: argparse.Namespace, settings: Settings) -> Outcome:
    with _opened(settings) as store, store.snapshot() as view:
        index = vectors.build(view)
        vectors.save(index, settings.vectors_path)
    header = read_header(settings.vectors_path)
    saved = header is not None and header.token == index.header.token
    told = f"{index.header.count} passages in a {index.header.kind} index"
    if args.json:
        values = {"passages": index.header.count, "faiss": index.header.kind}
        return Outcome(json.dumps(values | {"saved": saved}), 0 if saved else 1)
    if not saved:
        return Outcome(f"{settings.vectors_path} could not be written", 1)
    return Outcome(told)


def _rollback(args: argparse.Namespace, settings: Settings) -> Outcome:
    who = settings.actor
    with (
        writing(settings.store_path, who, wait=args.wait, notice=_warn),
        _opened(settings) as store,
    ):
        done = rollback.roll_back(store, args.generation, who, settings.keep)
    if args.json:
        return Outcome(json.dumps(asdict(done), ensure_ascii=False))
    lines = [f"removed: {name}" for name in done.removed]
    lines += [f"restored: {name}" for name in done.restored]
    lines.append(
        f"generation {done.generation} holds what generation {done.to} held. The "
        "files in the corpus are as they were: those that differ stay out until "
        "they change or are named to `python -m ingest`."
    )
    return Outcome("\n".join(lines))


def _backup(args: argparse.Namespace, settings: Settings) -> Outcome:
    with _opened(settings) as store:
        size = backup.back_up(store, args.file)
    if args.json:
        return Outcome(json.dumps({"file": str(args.file), "bytes": size}))
    return Outcome(f"{args.file}: {size} bytes")


def _restore(args: argparse.Namespace, settings: Settings) -> Outcome:
    who, path = settings.actor, settings.store_path
    with writing(path, who, wait=args.wait, notice=_warn):
        generation = backup.restore(args.file, path, who)
    if args.json:
        return Outcome(json.dumps({"generation": generation}))
    return Outcome(f"restored as generation {generation}")
