"""How well a report could be read: made once when it is read, kept with it.

`python -m ingest --report` prints it for all reports; a page of the assistant
may show it too.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from index.grammar.periods import find_periods
from index.records import Figure, Page, Report
from ingest.document import Document

_UNSURE = 0.85  # mean confidence of a recognised page; below, letters are wrong
_OPENING = 3  # lines of a page where a browser prints its date
_MOJIBAKE = re.compile(r"áº[\x80-\xbf¡-¿]|á»[\x80-\xbf¡-¿]|Ã[\x80-\xbf©¡¢£ª]|Æ°|Ä\x91")


@dataclass(frozen=True, slots=True)
class Health:
    """What the operator should know about one report as it was read.

    unread: numbers of pages that hold something nobody could read.
    recognised: (page, mean confidence 0..1) of pages read as pictures.
    mended: spaces taken out that split words.
    suspicious, notes: short sentences, in English.
    """

    pages: int
    characters: int
    figures: int
    tables: int = 0
    unread: tuple[int, ...] = ()
    recognised: tuple[tuple[int, float], ...] = ()
    mended: int = 0
    suspicious: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Return it as `Report.health` holds it."""
        return json.dumps(asdict(self), ensure_ascii=False)


def health_of(document: Document, report: Report, figures: Sequence[Figure]) -> Health:
    """Return the health of a report that was read in full."""
    pages = document.pages
    return Health(
        pages=len(pages),
        characters=sum(len(page.text) for page in pages),
        figures=len(figures),
        tables=len(document.tables),
        unread=tuple(page.number for page in pages if page.read_by == "unread"),
        recognised=tuple(
            (page.number, page.confidence or 0.0)
            for page in pages
            if page.read_by == "ocr"
        ),
        mended=document.mended,
        suspicious=tuple(_suspicions(pages, report, figures)),
        notes=document.notes,
    )


def from_json(text: str) -> Health | None:
    """Return what `Health.to_json` wrote; None if *text* is empty."""
    if not text:
        return None
    known = Health.__dataclass_fields__
    values = {key: value for key, value in json.loads(text).items() if key in known}
    for key in ("unread", "suspicious", "notes"):
        values[key] = tuple(values.get(key, ()))
    values["recognised"] = tuple(
        (int(page), float(sure)) for page, sure in values.get("recognised", ())
    )
    return Health(**values)


def _suspicions(
    pages: Sequence[Page], report: Report, figures: Sequence[Figure]
) -> Iterable[str]:
    if line := _print_date(pages):
        yield f"it opens with a bare date, perhaps the day of printing: “{line}”"
    yield from _encodings("\n".join(page.text for page in pages))
    unsure = [
        page.number
        for page in pages
        if page.confidence is not None and page.confidence < _UNSURE
    ]
    if unsure:
        yield "recognised with little confidence: " + _numbers(unsure)
    if not figures:
        yield "no figure was found in it"
    elif not any(figure.period for figure in figures) and not (
        report.published or report.period
    ):
        yield "nothing in it is dated"


def _print_date(pages: Sequence[Page]) -> str | None:
    """Return a first line of a report that is a day and nothing else."""
    lines = [line.strip() for page in pages[:1] for line in page.text.split("\n")]
    for line in [line for line in lines if line][:_OPENING]:
        if len(line) > 60:
            continue
        found = [m for m in find_periods(line) if m.period]
        if len(found) == 1 and (period := found[0].period):
            rest = line[: found[0].start] + line[found[0].end :]
            words = re.findall(r"[^\W_]{3,}", rest)  # at most the day of the week
            if period.start == period.end and len(words) <= 1:
                return line
    return None


def _encodings(text: str) -> Iterable[str]:
    lost = text.count("\ufffd") + sum("\ue000" <= char <= "\uf8ff" for char in text)
    if lost == 1:
        yield "a letter could not be read"
    elif lost:
        yield f"{lost} letters could not be read"
    if len(_MOJIBAKE.findall(text)) >= 3:
        yield "parts of it were decoded wrongly before it came here"


def _numbers(pages: Sequence[int]) -> str:
    shown = ", ".join(map(str, pages[:10]))
    return f"page{'s' if len(pages) > 1 else ''} {shown}" + (
        f" and {len(pages) - 10} more" if len(pages) > 10 else ""
    )


_HEADS = ("pages", "text", "ocr", "unread", "mended", "figures")


def table(reports: Sequence[Report]) -> str:
    """Return a line a report, and below it what is suspicious and which pages lack."""
    width = max([len(report.name) for report in reports] + [6])
    lines = [" ".join([f"{'report':<{width}}", *(f"{head:>7}" for head in _HEADS)])]
    for report in sorted(reports, key=lambda one: one.name):
        health = from_json(report.health)
        if health is None:
            lines.append(f"{report.name:<{width}} read before health was kept")
            continue
        ocr, unread = len(health.recognised), len(health.unread)
        counts = (
            health.pages,
            health.pages - ocr - unread,
            ocr,
            unread,
            health.mended,
            health.figures,
        )
        lines.append(
            " ".join([f"{report.name:<{width}}", *(f"{count:>7}" for count in counts)])
        )
        lines += [f"    suspicious: {what}" for what in health.suspicious]
        lines += [f"    {note}" for note in health.notes]
    return "\n".join(lines)
