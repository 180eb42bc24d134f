"""Measure the reader on XQuAD's odd articles: python -m evals.reader DIR.

DIR holds xquad.en.json and xquad.vi.json. Exit 0, or 2 on bad input.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from index.errors import AssistantError
from settings import read_settings


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m evals.reader", description=__doc__)
    parser.add_argument("xquad", type=Path, metavar="DIR")
    parser.add_argument("--weights", type=Path, help="a folder of other weights")
    parser.add_argument(
        "--every", type=int, default=1, metavar="N", help="ask every Nth question only"
    )
    parser.add_argument(
        "--passages", type=int, default=6, metavar="K", help="that a search hands over"
    )
    args = parser.parse_args(argv)
    from answer.reader.read import load_reader
    from answer.reader.weights import HERE
    from evals.reader.measure import measure, shown
    from index.encoder import load_encoder

    began = time.monotonic()
    try:
        settings = replace(read_settings(), reader=True)
        encoder = load_encoder(settings)
        reader = load_reader(settings, encoder, args.weights or HERE)
        if reader is None:  # only for the types: it is switched on above
            raise AssertionError
        marks = measure(
            encoder, reader, args.xquad, every=args.every, passages=args.passages
        )
    except AssistantError as error:
        sys.stderr.write(f"python -m evals.reader: {error}\n")
        return 2
    print(shown(marks))
    print(f"{reader.facts.sha256[:12]}, {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
