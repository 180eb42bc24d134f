"""Look into the index and look after it: status, figures, history, backups."""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from index import upkeep
from index.errors import AssistantError
from index.grammar.periods import parse_period
from index.records import StoredFigure, StoredSentence
from index.store import Store
from index.upkeep import table
from settings import Settings, read_settings

_COLUMNS = ("figure", "subject", "period", "place", "status", "report")
_WIDEST = 48  # characters of a column, so that a row fits a wide terminal


def main(argv: Sequence[str] | None = None) -> int:
    """Exit 0 if all went well and nothing is wrong, 1 if not, 2 on misuse."""
    args = _parser().parse_args(argv)
    try:
        done: upkeep.Outcome = args.run(args, read_settings())
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 1
    try:
        if done.text:
            print(done.text, flush=True)
    except BrokenPipeError:  # whoever reads, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return done.code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    upkeep.add_commands(commands)

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


def _figures(args: argparse.Namespace, settings: Settings) -> upkeep.Outcome:
    store = Store.open(settings.store_path)
    try:
        with store.snapshot() as view:
            found = view.figures(args.subject, args.period, args.place, args.report)
            if args.json:
                sentences = view.sentences(dict.fromkeys(f.sentence_id for f in found))
                return upkeep.Outcome("\n".join(_json_lines(found, sentences)))
    finally:
        store.close()
    if not found:
        print("no figure fits", file=sys.stderr)
        return upkeep.Outcome("")
    return upkeep.Outcome(table(_COLUMNS, map(_cells, found)))


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


if __name__ == "__main__":
    sys.exit(main())
