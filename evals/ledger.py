"""Are the figures right that reports are read into? No question needed.

    python -m evals ledger [SET …] [--show-misses]

evals/figures/*.jsonl has the figures of reports as people read them, who saw no
code: what time, what place and what standing each has, alternatives with "|"
where a careful reader may take it either way. Each is looked for in the ledger of
its report. A figure given only to compare a newer one with ("earlier") has been
achieved as well, so the two count as one here.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evals.commands import FURTHER, HERE
from evals.stats import wilson
from evals.tables import table
from index.errors import BadInputError
from index.grammar.period import parse_period
from index.grammar.places import NATION
from index.grammar.words import fold
from index.records import Figure, ParsedReport
from ingest.parse import parse

FIGURES = HERE / "figures"
_CORPUS = HERE.parent / "corpus"
_NUMBER = re.compile(r"\d[\d.,/\-–]*")
_ANY = "-"  # nothing says it: whatever the ledger takes over is as good
MEASURES = ("found", "period", "place", "status", "all")


@dataclass(frozen=True, slots=True)
class Read:
    """A figure as a person read it; alternatives of a field are parted by "|"."""

    report: str
    quote: str
    raw: str
    period: str
    place: str
    status: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which fields of a figure the ledger has as a person read them."""

    gold: Read
    figure: Figure | None
    right: frozenset[str]  # of MEASURES


def read_figures(path: Path) -> list[Read]:
    """The figures of one set, a JSON object a line.

    Raises BadInputError that names the line which is none.
    """
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            found.append(Read(**json.loads(line)))
        except (ValueError, TypeError) as error:
            raise BadInputError(f"{path}, line {number}: {error}") from error
    return found


def judge(golds: Sequence[Read], folder: Path) -> Iterator[Verdict]:
    """Look each figure up in the ledger of its report in *folder*."""

    @cache
    def report(name: str) -> ParsedReport:
        return parse(folder / name, folder)

    taken: set[tuple[str, int]] = set()
    for gold in golds:
        parsed = report(gold.report)
        row = next(
            (r for r in _rows(gold, parsed) if (gold.report, r) not in taken), None
        )
        if row is None:
            yield Verdict(gold, None, frozenset())
            continue
        taken.add((gold.report, row))
        yield _compared(gold, parsed.figures[row], parsed)


def _rows(gold: Read, parsed: ParsedReport) -> Iterator[int]:
    """The rows of the ledger that can be the figure: its sentence, its number."""
    quote = _plain(gold.quote)
    number = _NUMBER.search(gold.raw)
    digits = number.group().rstrip(".,-–/") if number else ""
    for row, figure in enumerate(parsed.figures):
        text = _plain(parsed.sentences[figure.sentence].text)
        if figure.kind == "date" or not (text in quote or quote in text):
            continue
        raw = figure.raw.lower()
        if digits:
            own = _NUMBER.search(raw)
            first = own.group().rstrip(".,-–/") if own else ""
            same = first == digits or digits.startswith(first + "/") or raw == digits
            same = same or (bool(first) and _is_part(digits, raw))
        else:
            same = raw in gold.raw.lower() or gold.raw.lower() in raw
        if same:
            yield row


def _is_part(digits: str, raw: str) -> bool:
    return re.search(rf"(?<![\d.,]){re.escape(digits)}(?!\d)", raw) is not None


def _compared(gold: Read, figure: Figure, parsed: ParsedReport) -> Verdict:
    report = parsed.report
    place = figure.place or report.place or NATION
    status = "achieved" if figure.status == "earlier" else figure.status
    statuses = {s.replace("earlier", "achieved") for s in _either(gold.status)}
    right = {"found"}
    if any(_same_time(p, figure.period or report.period) for p in _either(gold.period)):
        right.add("period")
    if any(_same_place(p, place) for p in _either(gold.place)):
        right.add("place")
    if status in statuses:
        right.add("status")
    if len(right) == len(MEASURES) - 1:
        right.add("all")
    return Verdict(gold, figure, frozenset(right))


def _either(text: str) -> list[str]:
    return [part.strip() for part in text.split("|")]


def _same_time(gold: str, known: str | None) -> bool:
    """One time; the ledger may be coarser, but not beyond the year."""
    if gold == _ANY or known is None:
        return gold == _ANY
    asked, spoken = parse_period(gold), parse_period(known)
    coarser = spoken.contains(asked) and spoken.start.year == spoken.end.year
    return asked == spoken or coarser


def _same_place(gold: str, known: str) -> bool:
    """ "Huyện Kỳ Sơn < Nghệ An": told of either."""
    if gold == _ANY:
        return True
    own = _letters(known)
    parts = [_letters(part) for part in gold.split("<")]
    return any(part and (part in own or own in part) for part in parts)


def _letters(name: str) -> str:
    return re.sub(r"[^a-z]", "", fold(name))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _report(name: str, verdicts: Sequence[Verdict]) -> list[str]:
    hits = Counter(measure for v in verdicts for measure in v.right)
    low, high = wilson(hits["all"], len(verdicts))
    shares = [f"{100 * hits[m] / len(verdicts):.1f}" for m in MEASURES]
    return [name, str(len(verdicts)), *shares, f"{100 * low:.1f}–{100 * high:.1f}"]


def _miss(verdict: Verdict) -> str:
    gold, figure = verdict.gold, verdict.figure
    said = (
        f"{figure.period}, {figure.place}, {figure.status}" if figure else "not found"
    )
    read = f"{gold.period}, {gold.place}, {gold.status}"
    return f"{gold.report}: {gold.raw}: {said}; read as {read}\n    {gold.quote}"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the measures of each set, and of all of them."""
    parser = argparse.ArgumentParser(prog="python -m evals ledger", description=__doc__)
    parser.add_argument(
        "sets", nargs="*", help="names; all of evals/figures by default"
    )
    parser.add_argument("--show-misses", action="store_true")
    args = parser.parse_args(argv)
    names = args.sets or sorted(p.stem for p in FIGURES.glob("*.jsonl"))
    rows, everything = [], []
    for name in names:
        path = FIGURES / f"{name}.jsonl"
        if not path.exists():
            raise BadInputError(f"{name}: there is no {path}")
        folder = _CORPUS if name == _CORPUS.name else FURTHER / name / "reports"
        verdicts = list(judge(read_figures(path), folder))
        rows.append(_report(name, verdicts))
        everything += verdicts
    rows.append(_report("together", everything))
    print(table(["set", "figures", *MEASURES, "95%"], rows))
    if args.show_misses:
        print("\n".join(_miss(v) for v in everything if "all" not in v.right))
    return 0


if __name__ == "__main__":
    sys.exit(main())
