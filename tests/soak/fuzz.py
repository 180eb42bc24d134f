"""Damaged files of each kind, read within bounds: a report or a reason, no more.

`python -m tests.soak.fuzz [--count 2000] [--seed 0] [--kinds report.pdf scan.pdf]`
prints a table; each file that a bound or a slip in our code stopped is named with
its seed and kept. Half of the files of most kinds are damaged as bytes, half beneath
what would give the damage away: the parts of a zip file, the objects of a PDF, the
letters of a text.
"""

import argparse
import io
import logging
import random
import statistics
import sys
import tempfile
import time
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import openpyxl
from pypdf import PdfWriter

from evals.formats import ROWS, as_docx
from index.records import ParsedReport
from ingest.formats.legacy import TCVN3
from ingest.formats.syllables import TONES
from ingest.pool import end_all, read_all
from ingest.worker import Job
from settings import Limits
from tests.ingest.hostile import mutated
from tests.ingest.printed import ENGLISH, VIETNAMESE, printed, scanned

LIMITS = Limits(seconds=30, page_seconds=20, memory_mb=1500, readers=1)
TEXTS = (*VIETNAMESE, *ENGLISH)
# What a reason holds if it was a bound or a slip that stopped the file.
_STOPPED = ("reading it failed", "down", "takes longer", "of memory")


# --- A good file of each kind -------------------------------------------------------


def _html() -> bytes:
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS
    )
    body = "".join(f"<p>{text}</p>" for text in TEXTS)
    return (
        '<!doctype html><html><head><meta charset="utf-8"><title>Báo cáo</title></head>'
        f"<body><article>{body}<table>{rows}</table></article></body></html>"
    ).encode()


def _markdown() -> bytes:
    rows = ["| " + " | ".join(row) + " |" for row in ROWS]
    return "\n\n".join(
        [*TEXTS, "\n".join([rows[0], "|---" * 4 + "|", *rows[1:]])]
    ).encode()


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.worksheets[0].append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _pdf() -> bytes:
    return printed(TEXTS, rows=ROWS)


def _scan() -> bytes:
    """A strip of a scan: a whole page would take Tesseract seconds, 2,000 an hour."""
    writer = PdfWriter(clone_from=io.BytesIO(scanned(_pdf(), dpi=100)))
    page = writer.pages[0]
    page.mediabox.lower_left = (50, float(page.mediabox.top) - 85)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _tcvn3() -> bytes:
    back = str.maketrans({letter: byte for byte, letter in TCVN3.items()})
    text = "\n".join(VIETNAMESE).lower().translate(back)
    return text.encode("latin-1", "ignore")


def _windows() -> bytes:
    """Windows-1258 writes most tones after their letters."""
    written = []
    for char in "\n".join(VIETNAMESE):
        parts = unicodedata.normalize("NFD", char)
        tone = "".join(part for part in parts if part in TONES)
        letter = unicodedata.normalize("NFC", parts.replace(tone, ""))
        written.append(
            char.encode("cp1258", "ignore") or (letter + tone).encode("cp1258")
        )
    return b"".join(written)


KINDS: dict[str, Callable[[], bytes]] = {
    "report.pdf": _pdf,
    "scan.pdf": _scan,
    "report.docx": lambda: as_docx(TEXTS),
    "report.xlsx": _xlsx,
    "report.html": _html,
    "report.md": _markdown,
    "report.txt": "\n".join(TEXTS).encode,
    "utf16.txt": lambda: "\n".join(TEXTS).encode("utf-16"),
    "tcvn3.txt": _tcvn3,
    "1258.txt": _windows,
}


# --- Damage -----------------------------------------------------------------------


def damaged(kind: str, seed: int) -> bytes:
    """Return the good file of *kind* with the damage of *seed*, always the same."""
    whole = _good(kind)
    if seed % 2 and kind in _BENEATH:
        return _BENEATH[kind](whole, seed)
    return mutated(whole, seed)


@cache
def _good(kind: str) -> bytes:
    return KINDS[kind]()


def _part_of_zip(data: bytes, seed: int) -> bytes:
    """Damage one part and pack all again, so that checksums and sizes fit."""
    rng = random.Random(seed)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        chosen = rng.choice(_weighed(whole))
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for part in whole.namelist():
                held = whole.read(part)
                made.writestr(part, mutated(held, seed) if part == chosen else held)
    return out.getvalue()


def _weighed(whole: zipfile.ZipFile) -> list[str]:
    """The parts, those with the text more often."""
    names = whole.namelist()
    return names + [n for n in names if "document.xml" in n or "sheet" in n] * len(
        names
    )


def _object_of_pdf(data: bytes, seed: int) -> bytes:
    """Damage a PDF whose streams are unpacked: operators, fonts, tables of objects."""
    return mutated(_unpacked(data), seed)


@cache
def _unpacked(data: bytes) -> bytes:
    from pypdf.generic import DecodedStreamObject, EncodedStreamObject, NameObject

    writer = PdfWriter(clone_from=io.BytesIO(data))
    for number, held in enumerate(writer._objects):
        if (
            not isinstance(held, EncodedStreamObject)
            or held.get("/Subtype") == "/Image"
        ):
            continue
        plain = DecodedStreamObject()
        plain.update({k: v for k, v in held.items() if "Filter" not in k})
        plain.pop(NameObject("/DecodeParms"), None)
        plain.set_data(held.get_data())
        writer._objects[number] = plain
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _letters(data: bytes, seed: int) -> bytes:
    """Damage a text so that it stays UTF-8."""
    return mutated(data, seed).decode("utf-8", "ignore").encode()


_BENEATH: dict[str, Callable[[bytes, int], bytes]] = {
    "report.docx": _part_of_zip,
    "report.xlsx": _part_of_zip,
    "report.pdf": _object_of_pdf,
    "report.html": _letters,
    "report.md": _letters,
    "report.txt": _letters,
}


# --- Reading ----------------------------------------------------------------------


@dataclass(slots=True)
class Outcome:
    """What became of the files of one kind."""

    kind: str
    read: int = 0
    refused: int = 0
    seconds: list[float] = field(default_factory=list)
    wrong: dict[str, str] = field(default_factory=dict)  # file → why


def read_damaged(
    kind: str, seeds: Sequence[int], folder: Path, limits: Limits = LIMITS
) -> Outcome:
    """Read the damaged files of *kind*; those that were stopped stay in *folder*."""
    outcome = Outcome(kind)
    for seed in seeds:
        name = f"{seed}-{kind}"
        (folder / name).write_bytes(damaged(kind, seed))
        began = time.perf_counter()
        ((_, result),) = read_all([Job(folder, name)], limits)
        outcome.seconds.append(time.perf_counter() - began)
        if isinstance(result, ParsedReport):
            outcome.read += 1
        elif any(sign in result.reason for sign in _STOPPED):
            outcome.wrong[name] = result.reason
            continue
        else:
            outcome.refused += 1
        (folder / name).unlink()
    return outcome


def main(argv: Sequence[str] | None = None) -> int:
    """Exit 0 if no file was stopped by a bound or a slip, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.fuzz")
    parser.add_argument("--count", type=int, default=2_000, help="files of each kind")
    parser.add_argument("--seed", type=int, default=0, help="of the first file")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    args = parser.parse_args(argv)
    logging.basicConfig(format="%(message)s")
    logging.getLogger("ingest.pool").setLevel(logging.DEBUG)  # traces of slips
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    print(_HEAD)  # noqa: T201 - a command line prints
    outcomes = []
    for kind in args.kinds:
        seeds = range(args.seed, args.seed + args.count)
        outcomes.append(read_damaged(kind, seeds, folder))
        print(_row(outcomes[-1]), flush=True)  # noqa: T201 - same
    end_all()
    wrong = [one for outcome in outcomes for one in outcome.wrong.items()]
    for name, reason in wrong:
        print(f"{folder / name}: {reason}", file=sys.stderr)  # noqa: T201 - same
    return 1 if wrong else 0


_HEAD = (
    "| kind | files | read | refused with a reason | stopped | median s | longest s |\n"
    "| --- | --: | --: | --: | --: | --: | --: |"
)


def _row(outcome: Outcome) -> str:
    return (
        f"| {outcome.kind} | {len(outcome.seconds)} | {outcome.read} "
        f"| {outcome.refused} | {len(outcome.wrong)} "
        f"| {statistics.median(outcome.seconds):.2f} | {max(outcome.seconds):.2f} |"
    )


if __name__ == "__main__":
    sys.exit(main())
