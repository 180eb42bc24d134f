"""The commands of `python -m evals` on question sets and runs."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evals import ask, compare, feedback, floors, report, run, sets, speed, tables
from evals import check as checking
from index import runs
from index.errors import BadInputError
from settings import Settings

HERE = Path(__file__).resolve().parent
QUESTIONS = HERE / "questions.jsonl"
UNSEEN = HERE / "unseen"
OTHER = HERE / "other"
FURTHER = HERE / "further"  # more visible sets, each a folder like that
FRESH = HERE / "fresh"  # more questions on the project's own reports
HELD = HERE / "held"  # sets that the reader never learned from
GROUPS = ("kind", "language", "period", "report")


def everything(args: argparse.Namespace, settings: Settings) -> int:
    """Ask and score the project's own set."""
    limits = floors.read_floors(args.floors) if args.floors else {}
    out = runs.new_folder(settings)
    ask.ask_sets(settings, [QUESTIONS], out)
    return _scored(run.load(out), limits, show_misses=False)


def run_sets(args: argparse.Namespace, settings: Settings) -> int:
    """Ask sets and save the answers."""
    chosen = args.sets or [QUESTIONS]
    out = args.out or runs.new_folder(settings)
    progress = ask.lines_of_progress if args.progress_json else None
    if args.corpus:
        with ask.apart(settings, args.corpus) as other:
            ask.ask_sets(
                other,
                chosen,
                out,
                index_first=True,
                present=args.present,
                progress=progress,
            )
    else:
        ask.ask_sets(settings, chosen, out, present=args.present, progress=progress)
    print(f"saved; score it with `python -m evals score {out}`")
    return 0


def score(args: argparse.Namespace, _: Settings) -> int:
    """Score a saved run: print, write summary.json and report.html."""
    limits = floors.read_floors(args.floors) if args.floors else {}
    saved = run.load(args.run, corpus=args.corpus, sets=args.sets)
    return _scored(saved, limits, show_misses=args.show_misses)


def compare_runs(args: argparse.Namespace, _: Settings) -> int:
    """Compare two saved runs."""
    before, after = run.load(args.before), run.load(args.after)
    found = compare.of_runs(before, after)
    print(
        compare.report(
            found, lambda change: compare.both_answers(change, before, after)
        )
    )
    return 0


def check(args: argparse.Namespace, settings: Settings) -> int:
    """Ask sets again: what was right in the last run of them and is not now?"""
    chosen = args.sets or [QUESTIONS]
    if args.baseline:
        print(checking.baseline(settings, chosen))
        return 0
    progress = ask.lines_of_progress if args.progress_json else None
    text, lost = checking.check(settings, chosen, progress)
    print(text)
    return 1 if lost else 0


def time(args: argparse.Namespace, settings: Settings) -> int:
    """Time the questions of a set."""
    questions = sets.read_sets(args.sets or [QUESTIONS], settings.corpus_dir)
    assistant = ask.open_assistant(settings)
    print(speed.report(speed.measure(assistant, questions)))
    return 0


def unseen(args: argparse.Namespace, settings: Settings) -> int:
    """Ask the blind set about its own reports; totals only."""
    with (
        TemporaryDirectory(prefix="evals-unseen-") as folder,
        ask.apart(settings, UNSEEN / "reports") as other,
    ):
        out = args.out or Path(folder) / "run"
        ask.ask_sets(other, [UNSEEN / "questions.jsonl"], out, index_first=True)
        saved = run.load(out)
        verdicts = report.verdicts_of(saved)
        # Not by report or period: fewer questions behind a number say more
        # about each. No report is written either: it would show the misses.
        groups = ("kind", "language")
        print(tables.report(report.summary_of(saved, verdicts), groups))
        if args.show_misses:
            print("\n" + tables.misses(verdicts, saved))
    return 0


def calibrate(args: argparse.Namespace, settings: Settings) -> int:
    """Fit how far answers are trusted, on the sets that may be looked at."""
    from answer import trust
    from answer.assistant import Assistant
    from evals import calibrate  # it loads a learning library

    found = []
    near = [QUESTIONS, *sorted(FRESH.glob("*.jsonl")), OTHER / QUESTIONS.name]
    hard = [p for f in (FURTHER, HELD) for p in sorted(f.glob(f"*/{QUESTIONS.name}"))]
    for source in [path.resolve() for path in args.sets] or (*near, *hard):
        with ask.about(source, settings) as (apart, questions):
            with_reader = Assistant.open(apart)
            alone = Assistant.open(replace(apart, reader=False), with_reader.encoder)
            tried = [
                trial
                for assistant in (with_reader, alone)
                for trial in calibrate.trials(assistant, questions, apart.corpus_dir)
            ]
        name = "/".join(source.parts[-3:])
        print(f"{name}: {len(tried)} answers", file=sys.stderr)
        found.append(calibrate.Tried(name, source in near, tuple(tried)))
    for name in ("FIGURES", "READ_FIGURES", "SENTENCES", "READ_SENTENCES"):
        weights = getattr(trust, name)
        kept = [tried.of(weights) for tried in found]
        print(calibrate.shown(name, calibrate.fit(kept), kept))
    print(calibrate.standing_fitted(found))
    return 0


def validate(args: argparse.Namespace, settings: Settings) -> int:
    """Check a set (JSON lines, CSV or XLSX) without asking it."""
    corpus = args.corpus or settings.corpus_dir
    if args.out and args.out.exists():
        raise BadInputError(f"{args.out} exists already: give another --out")
    questions = sets.read_sets([args.set], corpus)
    for doubt in sets.doubts(questions, corpus):
        print(f"doubtful: {doubt}")
    counted = sum(question.answerable for question in questions)
    print(f"{args.set}: {len(questions)} questions, {counted} answerable, well-formed")
    if args.out:
        sets.write_set(args.out, questions)
        print(f"written to {args.out}")
    return 0


def from_feedback(args: argparse.Namespace, settings: Settings) -> int:
    """Turn readers' verdicts into draft questions for an official to complete."""
    source = args.feedback or settings.var_dir / "feedback.jsonl"
    stamp = runs.new_folder(settings).name
    out = args.out or runs.kept(settings) / f"drafts-{stamp}.csv"
    known = {name for path in args.known for name in sets.ids(path)}
    found = feedback.drafts(feedback.read_feedback(source), known)
    if not found:
        print("nothing new: every verdict is in a set already")
        return 0
    feedback.write_drafts(out, found)
    print(
        f"{len(found)} drafts in {out}; complete them and check with "
        if len(found) > 1
        else f"1 draft in {out}; complete it and check with "
        f"`python -m evals validate {out}`"
    )
    return 0


def _scored(saved: run.Run, limits: dict[str, Any], *, show_misses: bool) -> int:
    """Score, write summary and page beside the answers, print; 1 if under a floor."""
    verdicts = report.verdicts_of(saved)
    summary = report.summary_of(saved, verdicts)
    held = floors.held(limits, summary)
    report.write(saved, summary, held)
    print(tables.report(summary, GROUPS))
    print(f"\nindex generation {summary['generation']}")
    if show_misses:
        print("\n" + tables.misses(verdicts, saved))
    print(f"look at it: {saved.folder / runs.REPORTS['en']}")
    lost = [floor for floor in held if not floor.holds]
    for floor in lost:
        print(f"floor broken: {floor}", file=sys.stderr)
    return 1 if lost else 0


def parser_of(commands: Any) -> None:
    """Add the commands of this module to *commands*, argparse's subparsers."""

    def command(name: str, do: Any) -> argparse.ArgumentParser:
        text = do.__doc__
        added: argparse.ArgumentParser = commands.add_parser(
            name, help=text, description=text
        )
        added.set_defaults(do=do)
        return added

    asked = command("run", run_sets)
    _add_sets(asked)
    asked.add_argument("--out", type=Path, help="folder to make (default: a new one)")
    asked.add_argument(
        "--present",
        action="store_true",
        help="leave out questions about reports that are not in the corpus folder",
    )
    asked.add_argument(
        "--corpus", type=Path, help="index and ask these reports instead"
    )
    _add_progress(asked)

    scored = command("score", score)
    scored.add_argument("run", type=Path, help="folder of a run")
    scored.add_argument("--sets", type=Path, nargs="+", default=[], help="newer gold")
    scored.add_argument("--corpus", type=Path, help="where its reports lie now")
    scored.add_argument(
        "--show-misses", action="store_true", help="print what is wrong"
    )
    add_floors(scored)

    compared = command("compare", compare_runs)
    compared.add_argument("before", type=Path, help="folder of the earlier run")
    compared.add_argument("after", type=Path, help="folder of the later run")

    checked = command("check", check)
    _add_sets(checked)
    checked.add_argument(
        "--baseline",
        action="store_true",
        help="only see to it that there is a run to compare with, before a re-index",
    )
    _add_progress(checked)

    valid = command("validate", validate)
    valid.add_argument("set", type=Path, help="question set: JSON lines, CSV, XLSX")
    valid.add_argument("--corpus", type=Path, help="folder of its reports")
    valid.add_argument("--out", type=Path, help="write it as JSON lines to this file")

    drafted = command("from-feedback", from_feedback)
    drafted.add_argument("--feedback", type=Path, help="default: the page's own")
    drafted.add_argument("--out", type=Path, help="new file, .csv or .jsonl")
    drafted.add_argument(
        "--known",
        type=Path,
        nargs="+",
        default=[QUESTIONS],
        metavar="SET",
        help="leave out what is in these sets already (default: the project's own)",
    )

    _add_sets(command("speed", time))

    blind = command("unseen", unseen)
    blind.add_argument("--out", type=Path, help="keep the run in this new folder")
    blind.add_argument("--show-misses", action="store_true", help="end the blindness")

    fitted = command("calibrate", calibrate)
    fitted.add_argument(
        "sets", type=Path, nargs="*", metavar="SET", help="default: all open sets"
    )


def add_floors(parser: argparse.ArgumentParser) -> None:
    """Add the option that names the floors."""
    parser.add_argument(
        "--floors", type=Path, help="fail under these, e.g. floors.toml"
    )


def _add_sets(parser: argparse.ArgumentParser) -> None:
    text = "question sets (default: the project's own)"
    parser.add_argument("sets", type=Path, nargs="*", metavar="SET", help=text)


def _add_progress(parser: argparse.ArgumentParser) -> None:
    text = "progress as JSON lines on standard error"
    parser.add_argument("--progress-json", action="store_true", help=text)
