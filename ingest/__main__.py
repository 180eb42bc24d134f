"""Bring the index up to date with the reports in the corpus folder."""

import argparse
import json
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from functools import cache, partial
from pathlib import Path

from tqdm import tqdm

from index.encoder import Encoder, may_be
from index.errors import AssistantError, BadInputError, IndexMissingError
from index.lock import WAIT
from index.records import Report
from index.store import Store
from ingest.check import checked
from ingest.health import table
from ingest.pipeline import Summary, ingest
from ingest.progress import Progress, silent
from ingest.watch import watch
from settings import Settings, read_settings

_BETWEEN = 0.2  # seconds between two lines of progress


def main(argv: Sequence[str] | None = None) -> int:
    """Exit 0 if every report was read, 1 if some or all failed, 2 on misuse."""
    parser = _parser()
    args = parser.parse_args(argv)
    if args.watch and (args.paths or args.rebuild or args.dry_run):
        parser.error("--watch follows the whole corpus: leave the rest out")
    settings = read_settings()
    if args.corpus:
        settings = replace(settings, corpus_dir=args.corpus.expanduser().resolve())
    if args.check is not None and args.dry_run:
        parser.error("--check asks the changed index: leave out --dry-run")
    run = partial(_run, args, settings, _encoder(settings))
    if args.check is not None:
        run = partial(checked, run, settings, args.check, quiet=args.json)
    if not args.watch:
        return run()
    print(f"following {settings.corpus_dir}; Ctrl-C ends it", file=sys.stderr)
    try:
        with _until_interrupted() as on:
            watch(settings.corpus_dir, run, on=on)
    except KeyboardInterrupt:
        pass
    except AssistantError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2 if isinstance(error, BadInputError) else 1
    print("ended", file=sys.stderr)
    return 0


@contextmanager
def _until_interrupted() -> Iterator[Callable[[], bool]]:
    """Whether to go on: not after Ctrl-C, even where Python lost the interrupt.

    One that comes in a destructor or a callback of a library goes no further.
    """
    ended = threading.Event()

    def end(*_: object) -> None:
        ended.set()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, end)
    try:
        yield lambda: not ended.is_set()
    finally:
        signal.signal(signal.SIGINT, before)


def _run(
    args: argparse.Namespace, settings: Settings, encoder: Callable[[], Encoder]
) -> int:
    """Do one ingest and say what came of it; the exit code."""
    began = time.perf_counter()
    try:
        with _progress(as_json=args.progress_json) as progress:
            summary = ingest(
                settings,
                encoder,
                args.paths or None,
                rebuild=args.rebuild,
                dry_run=args.dry_run,
                fits=partial(may_be, settings),
                wait=args.wait,
                progress=progress,
                notice=lambda text: print(text, file=sys.stderr, flush=True),
            )
    except AssistantError as error:
        print(f"error: {error}", file=sys.stderr, flush=True)
        return 2 if isinstance(error, BadInputError) else 1
    for name, reason in summary.failed:
        print(f"failed: {name}: {reason}", file=sys.stderr)
    if not args.json:
        _tell(summary, would=args.dry_run)
    seconds = time.perf_counter() - began
    reports = _reports(settings) if args.report else []
    if args.json:
        text = _as_json(summary, reports if args.report else None)
    else:
        text = f"{summary} ({seconds:.1f} s)"
        text += f"\n\n{table(reports)}" if args.report else ""
    print(text, flush=True)
    return 1 if summary.failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ingest", description=__doc__)
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="reports or folders in the corpus: only they are read, none is removed",
    )
    parser.add_argument(
        "--corpus",
        type=Path,
        metavar="DIR",
        help="the folder of reports (else REPORTS_CORPUS_DIR, else corpus/)",
    )
    parser.add_argument(
        "--rebuild",
        action="store_true",
        help="read and encode all reports again, as after a change of encoder",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would change, and change none"
    )
    parser.add_argument(
        "--check",
        nargs="?",
        const="",
        metavar="SET",
        help="ask this question set (else the project's own) before and after, and "
        "say which right answers were lost",
    )
    parser.add_argument(
        "--watch",
        action="store_true",
        help="go on: take in each change of the folder once its files are complete",
    )
    parser.add_argument(
        "--wait",
        type=float,
        default=WAIT,
        metavar="SECONDS",
        help="while another process changes the index (default: %(default)g; 0: not)",
    )
    parser.add_argument(
        "--report",
        action="store_true",
        help="then say of each report how well it could be read: pages recognised, "
        "pages unread, spacing mended, figures found, what is suspicious",
    )
    parser.add_argument(
        "--json", action="store_true", help="print the summary as one JSON object"
    )
    parser.add_argument(
        "--progress-json",
        action="store_true",
        help="print the progress on standard error, one JSON object a line",
    )
    return parser


def _reports(settings: Settings) -> list[Report]:
    """The reports of the index, with their health."""
    try:
        store = Store.open(settings.store_path)
    except IndexMissingError:
        return []
    try:
        with store.snapshot() as view:
            return list(view.reports())
    finally:
        store.close()


def _encoder(settings: Settings) -> Callable[[], Encoder]:
    @cache
    def load() -> Encoder:
        from index.encoder import load_encoder  # PyTorch: seconds, not always needed

        return load_encoder(settings)

    return load


@contextmanager
def _progress(*, as_json: bool) -> Iterator[Progress]:
    """Show lines of JSON if asked to, a bar on a terminal, nothing elsewhere."""
    if as_json:
        yield _Lines()
    elif sys.stderr.isatty():
        with tqdm(leave=False) as bar:

            def show(
                step: str, done: int, total: int, report: str | None = None
            ) -> None:
                if (bar.desc, bar.total) != (step, total):
                    bar.reset(total)
                    bar.desc = step
                bar.set_postfix_str(report or "", refresh=False)
                bar.update(done - bar.n)

            yield show
    else:
        yield silent


class _Lines:
    """Progress as lines of JSON, a few a second, and the ends of each step."""

    def __init__(self) -> None:
        self._told = float("-inf")
        self._step = ""

    def __call__(
        self, step: str, done: int, total: int, report: str | None = None
    ) -> None:
        now = time.monotonic()
        if done >= total or step != self._step or now - self._told >= _BETWEEN:
            self._told, self._step = now, step
            line = {"step": step, "done": done, "total": total, "report": report}
            print(json.dumps(line, ensure_ascii=False), file=sys.stderr, flush=True)


def _tell(summary: Summary, *, would: bool) -> None:
    """Say what happens to which report, where the numbers alone do not tell."""
    if would:
        for action in ("added", "replaced", "removed"):
            for name in getattr(summary, action):
                print(f"would be {action}: {name}")
    for old, new in summary.renamed:
        told = f"{'would be ' if would else ''}renamed: {old} → {new}"
        print(told, file=sys.stdout if would else sys.stderr)
    for path in summary.held:
        told = f"held back since a rollback: {path}"
        print(f"{told} (to take it in: python -m ingest PATH)", file=sys.stderr)


def _as_json(summary: Summary, reports: Sequence[Report] | None = None) -> str:
    data = asdict(summary)
    data["failed"] = [
        {"report": name, "reason": reason} for name, reason in summary.failed
    ]
    data["renamed"] = [{"from": old, "to": new} for old, new in summary.renamed]
    data["same"] = [{"path": path, "report": name} for path, name in summary.same]
    if reports is not None:
        data["health"] = {r.name: json.loads(r.health or "null") for r in reports}
    return json.dumps(data, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
