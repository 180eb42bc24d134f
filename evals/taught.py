"""The arguments of the commands that learn from the lessons."""

import argparse
from collections.abc import Sequence
from pathlib import Path

_HERE = Path(__file__).resolve().parent


def arguments(
    command: str, about: str | None, out: Path, argv: Sequence[str] | None
) -> argparse.Namespace:
    """Read *argv*: the folders `lessons` and `held`, and the file `out`.

    about: the help text of `python -m evals COMMAND`.
    out: where what is learned goes if nothing else is said.
    """
    parser = argparse.ArgumentParser(
        prog=f"python -m evals {command}", description=about,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--lessons", type=Path, default=_HERE / "lessons")
    parser.add_argument("--held", type=Path, default=_HERE / "held")
    parser.add_argument("--out", type=Path, default=out)
    return parser.parse_args(argv)
