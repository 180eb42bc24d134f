"""Train the reader: python -m evals.train_reader --data DIR --out DIR.

--data holds xquad/ and tatqa/; --out takes checkpoints, the log, the plot of
the curves, and at the end the weights in the form that answer/reader ships.
Stopped at any moment, it goes on with --resume. Exit 0, or 2 on bad input.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from index.errors import AssistantError
from settings import read_settings


def main(argv: Sequence[str] | None = None) -> int:
    """Run the training; see the module."""
    args = _arguments(argv)
    from evals.reader.learn import Plan
    from evals.reader.run import Run

    plan = Plan(minutes=args.minutes, seed=args.seed)
    plan = replace(plan, share={**plan.share, **dict(args.share)})
    if args.smoke:
        plan = replace(plan, epochs=5.0, questions=4, limit=16, rate=2e-3)
    try:
        run = Run.prepare(read_settings(), args.data, args.reports, args.out, plan)
        if args.start:
            run.start_from(args.start)
        if args.resume:
            run.resume()
        run.train()
        run.finish()
    except AssistantError as error:
        sys.stderr.write(f"python -m evals.train_reader: {error}\n")
        return 2
    return 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m evals.train_reader",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument(
        "--reports",
        type=Path,
        default=Path(__file__).with_name("lessons"),
        metavar="DIR",
        help="sets of reports and questions written for training",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument(
        "--minutes", type=float, default=150, help="the rate has run out by then"
    )
    parser.add_argument(
        "--start",
        type=Path,
        metavar="DIR",
        help="weights of an earlier run to go on from",
    )
    parser.add_argument(
        "--share",
        type=_share,
        action="append",
        default=[],
        metavar="KIND=X",
        help="how much of the questions of a kind is used in an epoch: en-en=0.2",
    )
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--smoke", action="store_true", help="a minute on a few questions"
    )
    parser.add_argument(
        "--resume", action="store_true", help="go on from the last checkpoint"
    )
    return parser.parse_args(argv)


def _share(text: str) -> tuple[str, float]:
    kind, _, share = text.partition("=")
    return kind, float(share)


if __name__ == "__main__":
    sys.exit(main())
