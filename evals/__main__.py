"""Are the answers right? Ask a question set, score it, compare runs.

Without a command: ask evals/questions.jsonl, score, print the tables and keep
the run under var/evals. Exit status: 0 done, 1 under a floor or, for check, an
answer lost, 2 on bad input.
"""

import argparse
import importlib
import sys
from collections.abc import Sequence

from evals import commands
from index.errors import AssistantError, BadInputError
from settings import read_settings

# Commands that are modules of their own: each has main(argv) and reads its own
# arguments. Imported when asked for, since they load model libraries.
APART = {
    "retrieval": ("evals.retrieval", "the encoder alone on XQuAD: --xquad DIR"),
    "xquad": ("evals.xquad", "retrieval, sentence choice and refusal on XQuAD: DIR"),
    "ledger": ("evals.ledger", "figures as the ledger has them, without a question"),
    "tatqa": ("evals.tatqa", "figures in tables, on TAT-QA"),
    "formats": ("evals.formats", "reading speed and round trip of each format"),
    "scale": ("evals.scale", "search and ingest up to a million passages"),
    "load": ("evals.load", "many people asking the page at once"),
    "reader": ("evals.reader.__main__", "the trained reader's data and measures"),
    "train-diacritics": ("evals.train_diacritics", "learn Vietnamese marks"),
    "train-likely": ("evals.train_likely", "learn what questions ask for"),
    "train-reader": ("evals.train_reader", "train the reader"),
    "train-contest": ("evals.train_contest", "learn how far answers are trusted"),
    "train-names": ("evals.train_names", "learn how far names are trusted"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; see the module for the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        if arguments and arguments[0] in APART:
            return _apart(arguments[0], arguments[1:])
        args = _parser().parse_args(arguments)
        status: int = args.do(args, read_settings())
    except AssistantError as error:
        print(f"python -m evals: {error}", file=sys.stderr)
        return 2
    return status


def _apart(name: str, arguments: Sequence[str]) -> int:
    """Hand *arguments* to the command's own module.

    Raises BadInputError if this version comes without it.
    """
    module = APART[name][0]
    try:
        found = importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        raise BadInputError(f"{name}: this version has no {module}") from error
    status: int = found.main(arguments)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    parser.set_defaults(do=commands.everything)
    commands.add_floors(parser)
    added = parser.add_subparsers(title="commands", metavar="COMMAND")
    commands.parser_of(added)
    # Listed for the help; `main` hands them on before parsing.
    for name, (_, text) in APART.items():
        added.add_parser(name, help=text)
    return parser


if __name__ == "__main__":
    sys.exit(main())
