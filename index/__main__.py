"""Look into the index: what is in, and every figure with what it stands for."""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from index.errors import AssistantError
from index.grammar.periods import parse_period
from index.records import StoredFigure, StoredSentence
from index.store import Store
from index.vectors import kind_for, read_header
from settings import Settings, read_settings

_COLUMNS = ("figure", "subject", "period", "place", "status", "report")
_WIDEST = 48  # characters of a column, so that a row fits a wide terminal


def main(argv: Sequence[str] | None = None) -> int:
    """Exit 0 if the index could be read, 1 if not, 2 on misuse."""
    args = _parser().parse_args(argv)
    try:
        text = args.run(args, read_settings())
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 1
    try:
        if text:
            print(text, flush=True)
    except BrokenPipeError:  # whoever reads, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    status = commands.add_parser("status", help="how much is in, and how it is kept")
    status.add_argument("--json", action="store_true", help="as one JSON object")
    status.set_defaults(run=_status)

    figures = commands.add_parser("figures", help="list the figures of all reports")
    figures.add_argument("--subject", metavar="TEXT", help="words of what it counts")
    figures.add_argument(
        "--period", metavar="P", type=_period, help="2024, 2024-Q1, 2024-07, 2022/2024"
    )
    figures.add_argument("--place", metavar="P", help='such as "Lang Son"')
    figures.add_argument("--report", metavar="NAME", help="file name in the corpus")
    figures.add_argument(
        "--json", action="store_true", help="one JSON object a line, with the quote"
    )
    figures.set_defaults(run=_figures)
    return parser


def _period(label: str) -> str:
    try:
        return parse_period(label).label
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _status(args: argparse.Namespace, settings: Settings) -> str:
    status = status_of(settings)
    if args.json:
        return json.dumps(status, ensure_ascii=False)
    return "\n".join(
        f"{name:<16}{'-' if v is None else v}" for name, v in status.items()
    )


def status_of(settings: Settings) -> dict[str, Any]:
    """Return what the index holds, as plain JSON values; sizes in bytes.

    vectors: whether the FAISS file is "current", "behind" (the next question
    brings it up to date) or "missing".
    Raises IndexMissingError, StoreError.
    """
    store = Store.open(settings.store_path)
    try:
        store.verify()
        with store.snapshot() as view:
            counts = view.counts()
            header = read_header(settings.vectors_path)
            fits = header is not None and header.token == view.token
            return {
                **asdict(counts),
                "generation": view.generation,
                "encoder": view.encoder,
                "dim": view.dim,
                "store": str(settings.store_path),
                "store_bytes": settings.store_path.stat().st_size,
                "faiss": header.kind if header else kind_for(counts.passages),
                "faiss_state": _state(header is not None, fits),
                "faiss_bytes": _size(settings.vectors_path),
            }
    finally:
        store.close()


def _state(found: bool, fits: bool) -> str:
    return "current" if fits else "behind" if found else "missing"


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _figures(args: argparse.Namespace, settings: Settings) -> str:
    store = Store.open(settings.store_path)
    try:
        with store.snapshot() as view:
            found = view.figures(args.subject, args.period, args.place, args.report)
            if args.json:
                sentences = view.sentences(dict.fromkeys(f.sentence_id for f in found))
                return "\n".join(_json_lines(found, sentences))
    finally:
        store.close()
    if not found:
        print("no figure fits", file=sys.stderr)
        return ""
    return table(_COLUMNS, map(_cells, found))


def _json_lines(
    figures: Iterable[StoredFigure], sentences: Iterable[StoredSentence]
) -> Iterable[str]:
    of = {sentence.id: sentence.sentence for sentence in sentences}
    for found in figures:
        sentence = of[found.sentence_id]
        values = {
            "report": found.report,
            "page": sentence.page,
            **asdict(found.figure),
            "quote": sentence.text,
        }
        yield json.dumps(values, ensure_ascii=False)


def _cells(found: StoredFigure) -> tuple[str, ...]:
    figure = found.figure
    raw = f"{figure.hedge} {figure.raw}".strip()
    cells = (raw, figure.subject, figure.period, figure.place, figure.status)
    return (*(_short(cell or "-") for cell in cells), found.report)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _WIDEST else flat[: _WIDEST - 1] + "…"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Align cells in columns, two spaces between them."""
    lines = [head, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(f"{c:<{w}}" for c, w in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


if __name__ == "__main__":
    sys.exit(main())
