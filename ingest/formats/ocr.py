"""Pages that are pictures: their words by Tesseract, where it is installed.

https://tesseract-ocr.github.io/tessdoc/Command-Line-Usage.html
"""

import io
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from time import monotonic
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ingest.formats.skew import skew_of
from ingest.formats.words import Rule, Sheet, Word

DPI = 300
_MOST_PIXELS = 40_000_000  # of a page's picture: A2 at 300 dpi
_WANTED = ("vie", "eng")
_UNSURE = 0.6  # below this mean confidence the page may lie on its side
_ASKEW = 0.3  # degrees: Tesseract reads what slopes less
_NOISE = 0.25  # lines below this are specks and stamps, not writing
_ADVICE = (
    "install Tesseract with Vietnamese (on Debian: apt-get install tesseract-ocr "
    "tesseract-ocr-vie) and run `python -m ingest` again"
)


class Reading(NamedTuple):
    """What text recognition found on a page."""

    sheet: Sheet
    confidence: float | None  # mean of its words, 0..1; None if there are none


@cache
def available() -> str:
    """Return the languages to read with, as "vie+eng"; "" if nothing can be read."""
    program = shutil.which("tesseract")
    if program is None:
        return ""
    listed = _run([program, "--list-langs"], b"", 10)
    have = (listed or b"").decode("utf-8", "replace").split()
    return "+".join(language for language in _WANTED if language in have)


@cache
def version() -> str:
    """Return what decides how pictures are read, for the parser's version."""
    if not available():
        return "no ocr"
    told = _run(["tesseract", "--version"], b"", 10) or b""
    return f"{told.decode('utf-8', 'replace').splitlines()[0]} {available()}"


def advice() -> str:
    """Return what to do so that pictures are read, for the operator."""
    return _ADVICE


def recognise(page: Any, seconds: float) -> Reading | None:
    """Return the words on a picture of a `pypdfium2.PdfPage`; None if it is blank.

    seconds: that may be spent; a full page takes about 5. Raises TimeoutError if
    they do not suffice, OSError if Tesseract fails, what PDFium raises if the page
    cannot be drawn.
    """
    width, height = page.get_size()
    scale = min(DPI / 72, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    picture = page.render(scale=scale, grayscale=True).to_pil()
    if picture.getextrema()[0] > 200:
        return None  # nothing darker than light grey
    dpi = max(70, round(scale * 72))
    end = monotonic() + seconds
    first = _read(picture, 0, width, height, dpi, seconds)
    if (first.confidence or 0) >= _UNSURE:
        return first
    try:
        quarters = _orientation(picture, dpi, end - monotonic())
        if not quarters:
            return first
        turned = picture.rotate(-90 * quarters, expand=True)
        second = _read(turned, quarters, width, height, dpi, end - monotonic())
    except (OSError, TimeoutError):
        return first
    return max(first, second, key=lambda one: one.confidence or 0)


def _read(
    picture: Any, quarters: int, width: float, height: float, dpi: int, seconds: float
) -> Reading:
    """Return the words of a picture that was turned *quarters* clockwise.

    Lines that slope are laid level, about the middle of the page.
    """
    if quarters % 2:
        width, height = height, width
    place = _Place(width / picture.width, height / picture.height)
    skew = skew_of(picture, dpi)
    if abs(skew) >= _ASKEW:
        level = picture.rotate(
            skew, Image.Resampling.BICUBIC, True, fillcolor=_paper(picture)
        )
        beside, above = level.width - picture.width, level.height - picture.height
        place = place._replace(left=beside / 2, top=above / 2)
        picture = level
    else:
        skew = 0.0
    told = _tesseract(picture, dpi, seconds, ["-l", available(), "--psm", "3", "tsv"])
    words, confidence = _words(_rows(told.decode("utf-8", "replace")), place)
    rules = _rules(picture, place, dpi)
    sheet = Sheet(width, height, words, rules, True, 1.0, 0, quarters, skew=skew)
    return Reading(sheet, confidence)


def _paper(picture: Any) -> int:
    """Return the commonest shade."""
    counts: list[int] = picture.histogram()
    return counts.index(max(counts))


class _Place(NamedTuple):
    """From pixels to points: the size of a pixel, and the pixels that were added."""

    across: float
    down: float
    left: float = 0.0
    top: float = 0.0

    def x(self, pixels: float) -> float:
        return (pixels - self.left) * self.across

    def y(self, pixels: float) -> float:
        return (pixels - self.top) * self.down


_STROKE = 0.35  # inches: a dark stroke this long is no letter's


def _rules(picture: Any, place: _Place, dpi: int) -> list[Rule]:
    """Return the straight lines drawn on a picture, in points."""
    dark = np.asarray(picture) < 140
    least = max(20, round(_STROKE * dpi))
    flat = [
        Rule(place.x(x0), place.y(y), place.x(x1), place.y(y))
        for y, x0, x1 in _strokes(dark, least)
    ]
    steep = [
        Rule(place.x(x), place.y(y0), place.x(x), place.y(y1))
        for x, y0, y1 in _strokes(dark.T, least)
    ]
    return flat + steep


def _strokes(dark: NDArray[np.bool_], least: int) -> list[tuple[float, float, float]]:
    """Return (row, from, to) of runs of dark along rows, at least *least* long."""
    if dark.shape[1] <= least:
        return []
    thick = dark.copy()  # a scan lies a little askew: let neighbouring rows help
    thick[1:] |= dark[:-1]
    thick[:-1] |= dark[1:]
    counts = np.cumsum(thick, axis=1, dtype=np.int32)
    filled = counts[:, least:] - counts[:, :-least] >= 0.97 * least
    rows = np.flatnonzero(filled.any(axis=1))
    found = []
    for band in np.split(rows, np.flatnonzero(np.diff(rows) > 2) + 1):
        if not 0 < len(band) <= 12:
            continue  # a dark picture, no line
        along = np.flatnonzero(filled[band[0] : band[-1] + 1].any(axis=0))
        runs = np.split(along, np.flatnonzero(np.diff(along) > least) + 1)
        found += [
            (float(band.mean()), float(run[0]), float(run[-1] + least)) for run in runs
        ]
    return found


def _orientation(picture: Any, dpi: int, seconds: float) -> int:
    """Return the quarters to turn the picture clockwise, 0 if Tesseract cannot tell."""
    told = _tesseract(picture, dpi, seconds, ["-l", "osd", "--psm", "0"])
    for line in told.decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "Rotate" and value.strip().isdigit():
            return int(value) // 90 % 4
    return 0


def _tesseract(
    picture: Any, dpi: int, seconds: float, arguments: Sequence[str]
) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PPM")
    command = ["tesseract", "-", "-", "--dpi", str(dpi), *arguments]
    told = _run(command, out.getvalue(), seconds)
    if told is None:
        raise OSError("Tesseract failed")
    return told


def _run(command: Sequence[str], data: bytes, seconds: float) -> bytes | None:
    """Return what a program prints, None if it fails.

    Raises TimeoutError if it takes longer.
    """
    # Its threads wait for each other more than they work.
    env: Mapping[str, str] = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - fixed program, no shell
            command,
            input=data,
            capture_output=True,
            timeout=max(seconds, 1),
            check=False,
            env=env,
        )
    except subprocess.TimeoutExpired:
        raise TimeoutError from None
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


_BARS = " |¦\u2502"  # what ruled lines look like to Tesseract


class _Row(NamedTuple):
    """A line of Tesseract's table: a word, or the line of text it stands on."""

    line: tuple[str, ...]
    level: int
    left: int
    top: int
    width: int
    height: int
    confidence: float
    text: str


def _rows(table: str) -> list[_Row]:
    found = []
    for raw in table.splitlines()[1:]:
        cells = raw.split("\t")
        if len(cells) != 12:
            continue
        try:
            left, top, width, height = map(int, cells[6:10])
            level, sure = int(cells[0]), float(cells[10])
        except ValueError:
            continue
        line = tuple(cells[1:5])
        found.append(_Row(line, level, left, top, width, height, sure, cells[11]))
    return found


def _words(rows: Sequence[_Row], place: _Place) -> tuple[list[Word], float | None]:
    """Return the words in points and their mean confidence, weighted by length."""
    heights = {row.line: (row.top, row.height) for row in rows if row.level == 4}
    lines: dict[tuple[str, ...], list[_Row]] = {}
    for row in rows:
        if row.level == 5 and row.text.strip(_BARS):
            lines.setdefault(row.line, []).append(row)
    words: list[Word] = []
    total = weight = 0.0
    for line, members in lines.items():
        letters = [len(row.text) for row in members]
        sure = sum(
            n * row.confidence / 100 for n, row in zip(letters, members, strict=True)
        )
        if sure < _NOISE * sum(letters):
            continue
        total, weight = total + sure, weight + sum(letters)
        top, height = heights.get(line, (members[0].top, members[0].height))
        words += [
            Word(
                row.text.strip(_BARS),
                place.x(row.left),
                place.y(top),
                place.x(row.left + row.width),
                place.y(top + height),
            )
            for row in members
        ]
    return words, total / weight if weight else None
