"""Bring the index up to date with the reports in the corpus folder."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

from tqdm import tqdm

from index.encoder import Encoder
from index.errors import AssistantError, BadInputError
from ingest.encode import Progress
from ingest.pipeline import Summary, ingest
from settings import Settings, read_settings


def main(argv: Sequence[str] | None = None) -> int:
    """Exit 0 if every report was read, 1 if some or all failed, 2 on misuse."""
    args = _parser().parse_args(argv)
    settings = read_settings()
    if args.corpus:
        settings = replace(settings, corpus_dir=args.corpus.expanduser().resolve())
    began = time.perf_counter()
    try:
        with _progress() as progress:
            summary = ingest(
                settings,
                _encoder(settings),
                args.paths or None,
                rebuild=args.rebuild,
                progress=progress,
            )
    except AssistantError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2 if isinstance(error, BadInputError) else 1
    for name, reason in summary.failed:
        print(f"failed: {name}: {reason}", file=sys.stderr)
    seconds = time.perf_counter() - began
    print(_as_json(summary) if args.json else f"{summary} ({seconds:.1f} s)")
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
        "--json", action="store_true", help="print the summary as one JSON object"
    )
    return parser


def _encoder(settings: Settings) -> Callable[[], Encoder]:
    def load() -> Encoder:
        from index.encoder import load_encoder  # PyTorch: seconds, not always needed

        return load_encoder(settings)

    return load


@contextmanager
def _progress() -> Iterator[Progress]:
    """Show a bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _step, _done, _total: None
        return
    with tqdm(leave=False) as bar:

        def show(step: str, done: int, total: int) -> None:
            if (bar.desc, bar.total) != (step, total):
                bar.reset(total)
                bar.desc = step
            bar.update(done - bar.n)

        yield show


def _as_json(summary: Summary) -> str:
    data = asdict(summary)
    data["failed"] = [
        {"report": name, "reason": reason} for name, reason in summary.failed
    ]
    return json.dumps(data, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
