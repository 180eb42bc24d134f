"""Are the answers right? Ask a question set, score it, compare runs.

Without a command: ask evals/questions.jsonl, score, print the tables and keep
the run under var/evals. Exit status: 0 done, 1 under a floor, 2 on bad input.
"""

import argparse
import importlib
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evals import compare, floors, run, score, sets, speed, tables
from index.errors import AssistantError, BadInputError
from settings import Settings, read_settings

HERE = Path(__file__).resolve().parent
QUESTIONS = HERE / "questions.jsonl"
UNSEEN = HERE / "unseen"
OTHER = HERE / "other"
GROUPS = ("kind", "language", "report")
# Commands that are modules of their own: each has main(argv) and reads its own
# arguments. Imported when asked for, since they load model libraries.
APART = {
    "retrieval": ("evals.retrieval", "the encoder alone on XQuAD: --xquad DIR"),
    "xquad": ("evals.xquad", "retrieval, sentence choice and refusal on XQuAD: DIR"),
    "tatqa": ("evals.tatqa", "figures in tables, on TAT-QA"),
    "formats": ("evals.formats", "reading speed and round trip of each format"),
    "scale": ("evals.scale", "search and ingest up to a million passages"),
    "load": ("evals.load", "many people asking the page at once"),
    "reader": ("evals.reader", "the trained reader's data and measures"),
    "train-reader": ("evals.train_reader", "train the reader"),
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


def _everything(args: argparse.Namespace, settings: Settings) -> int:
    """Ask and score the project's own set."""
    limits = floors.read_floors(args.floors) if args.floors else {}
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
    out = settings.var_dir / "evals" / stamp
    run.ask_sets(settings, [QUESTIONS], out)
    status = _scored(run.load(out), limits, GROUPS, show_misses=False)
    print(f"kept; see what went wrong: python -m evals score {out} --show-misses")
    return status


def _run(args: argparse.Namespace, settings: Settings) -> int:
    """Ask sets and save the answers."""
    chosen = args.sets or [QUESTIONS]
    if args.corpus:
        with run.apart(settings, args.corpus) as other:
            run.ask_sets(other, chosen, args.out, index_first=True)
    else:
        run.ask_sets(settings, chosen, args.out)
    print(f"saved; score it with `python -m evals score {args.out}`")
    return 0


def _score(args: argparse.Namespace, _: Settings) -> int:
    """Score a saved run."""
    limits = floors.read_floors(args.floors) if args.floors else {}
    saved = run.load(args.run, corpus=args.corpus, sets=args.sets)
    return _scored(saved, limits, GROUPS, show_misses=args.show_misses)


def _compare(args: argparse.Namespace, _: Settings) -> int:
    """Compare two saved runs."""
    before, after = (
        score.judge_all(saved.questions, saved.answers, saved.corpus)
        for saved in (run.load(args.before), run.load(args.after))
    )
    print(compare.report(compare.compare(before, after)))
    return 0


def _speed(args: argparse.Namespace, settings: Settings) -> int:
    """Time the questions of a set."""
    questions = sets.read_sets(args.sets or [QUESTIONS], settings.corpus_dir)
    assistant = run.open_assistant(settings)
    print(speed.report(speed.measure(assistant, questions)))
    return 0


def _unseen(args: argparse.Namespace, settings: Settings) -> int:
    """Ask the blind set about its own reports; totals only."""
    with (
        TemporaryDirectory(prefix="evals-unseen-") as folder,
        run.apart(settings, UNSEEN / "reports") as other,
    ):
        out = args.out or Path(folder) / "run"
        run.ask_sets(other, [UNSEEN / "questions.jsonl"], out, index_first=True)
        # Not by report: fewer questions behind a number say more about each.
        groups = ("kind", "language")
        return _scored(run.load(out), {}, groups, show_misses=args.show_misses)


def _calibrate(_args: argparse.Namespace, settings: Settings) -> int:
    """Fit how far answers are trusted, on the sets that may be looked at."""
    from answer.assistant import Assistant
    from evals import calibrate  # it loads a learning library

    found = []
    sources = (
        (QUESTIONS, settings.corpus_dir),
        (OTHER / "questions.jsonl", OTHER / "reports"),
    )
    for source, corpus in sources:
        questions = sets.read_sets([source], corpus)
        with run.apart(settings, corpus) as apart:
            run.index(apart)
            found += calibrate.trials(Assistant.open(apart), questions, corpus)
    for name, figure in (("FIGURES", True), ("SENTENCES", False)):
        fitted = calibrate.fit([t for t in found if t.figure == figure])
        print(calibrate.shown(name, fitted))
    return 0


def _validate(args: argparse.Namespace, settings: Settings) -> int:
    """Check a set without asking it."""
    corpus = args.corpus or settings.corpus_dir
    questions = sets.read_sets([args.set], corpus)
    for doubt in sets.doubts(questions, corpus):
        print(f"doubtful: {doubt}")
    counted = sum(question.answerable for question in questions)
    print(f"{args.set}: {len(questions)} questions, {counted} answerable, well-formed")
    return 0


def _scored(
    saved: run.Run, limits: dict[str, Any], groups: Sequence[str], *, show_misses: bool
) -> int:
    """Score, write score.json beside the answers, print; 1 if under a floor."""
    verdicts = score.judge_all(saved.questions, saved.answers, saved.corpus)
    summary = score.summary(verdicts)
    run.write_json(saved.folder / "score.json", summary)
    print(tables.report(summary, groups))
    print(f"\nindex generation {saved.made_with['generation']}")
    if show_misses:
        print("\n" + tables.misses(verdicts, saved))
    lines = floors.broken(limits, summary)
    for line in lines:
        print(f"floor broken: {line}", file=sys.stderr)
    return 1 if lines else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    parser.set_defaults(do=_everything)
    _add_floors(parser)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def command(name: str, do: Any) -> argparse.ArgumentParser:
        text = do.__doc__
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(do=do)
        return added

    asked = command("run", _run)
    _add_sets(asked)
    asked.add_argument("--out", type=Path, required=True, help="folder to make")
    asked.add_argument(
        "--corpus", type=Path, help="index and ask these reports instead"
    )

    scored = command("score", _score)
    scored.add_argument("run", type=Path, help="folder of a run")
    scored.add_argument("--sets", type=Path, nargs="+", default=[], help="newer gold")
    scored.add_argument("--corpus", type=Path, help="where its reports lie now")
    scored.add_argument(
        "--show-misses", action="store_true", help="print what is wrong"
    )
    _add_floors(scored)

    compared = command("compare", _compare)
    compared.add_argument("before", type=Path, help="folder of the earlier run")
    compared.add_argument("after", type=Path, help="folder of the later run")

    timed = command("speed", _speed)
    _add_sets(timed)

    blind = command("unseen", _unseen)
    blind.add_argument("--out", type=Path, help="keep the run in this new folder")
    blind.add_argument("--show-misses", action="store_true", help="end the blindness")

    command("calibrate", _calibrate)

    checked = command("validate", _validate)
    checked.add_argument("set", type=Path, help="question set, JSON lines")
    checked.add_argument("--corpus", type=Path, help="folder of its reports")

    # Listed for the help; `main` hands them on before parsing.
    for name, (_, text) in APART.items():
        commands.add_parser(name, help=text)
    return parser


def _add_sets(parser: argparse.ArgumentParser) -> None:
    text = "question sets (default: the project's own)"
    parser.add_argument("sets", type=Path, nargs="*", metavar="SET", help=text)


def _add_floors(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--floors", type=Path, help="fail under these, e.g. floors.toml"
    )


if __name__ == "__main__":
    sys.exit(main())
