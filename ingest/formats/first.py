"""The first reading of a PDF, by pypdf: its text, labels, outline and information."""

import io
import logging
import re
import signal
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from types import FrameType
from typing import Any

from pypdf import PasswordType, PdfReader

from index.errors import UnreadableReportError
from ingest.limits import watch

_PAGE_SECONDS = 8.0  # pypdf may spend on one page; PDFium reads it anyway
_ALL_SECONDS = 0.4  # share of the file's time that pypdf may take

# pypdf reports every small defect it works around; we report what matters.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class FirstReading:
    """What pypdf finds. texts: one a page, None for a page it could not read.

    locked: it holds the file to be locked by a password, and reads nothing.
    """

    texts: Sequence[str | None] = ()
    labels: Sequence[str] = ()
    stated: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[str] = ()
    locked: bool = False

    def label(self, number: int) -> str | None:
        """Return what is printed on the page, if that is not just its *number*."""
        label = self.labels[number - 1] if number <= len(self.labels) else ""
        return label if label and label != str(number) else None


class _TimeOver(BaseException):
    """No Exception, because pypdf goes on after those."""


def first_reading(name: str, data: bytes) -> FirstReading:
    """Return what pypdf reads; a file it cannot open has no page here.

    Raises UnreadableReportError if the file has more pages than allowed, or is a
    mere cover of other files.
    """
    try:
        with _at_most(_PAGE_SECONDS * 3):
            reader = PdfReader(io.BytesIO(data))
            locked = (
                reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED
            )
            count = 0 if locked else len(reader.pages)
    except (_TimeOver, MemoryError, RecursionError):
        return FirstReading()
    except Exception:  # noqa: BLE001 - whatever pypdf raises: PDFium may open the file
        return FirstReading()
    if locked:
        return FirstReading(locked=True)
    most = watch().limits.pages
    if count > most:
        raise UnreadableReportError(
            name,
            f"it has {count:,} pages, more than {most:,}: split it, or raise "
            "REPORTS_READ_PAGES",
        )
    if "/Collection" in _root(reader):
        raise UnreadableReportError(
            name,
            "it is a portfolio, a PDF that only holds other files: open it in Adobe "
            "Reader and save the files within it here",
        )
    return FirstReading(
        _texts(reader, count), _labels(reader, count), _stated(reader), _notes(reader)
    )


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Raise _TimeOver after *seconds*, where signals can: in the main thread."""
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise _TimeOver

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _texts(reader: PdfReader, count: int) -> list[str | None]:
    found: list[str | None] = []
    length, allowed = 0, _ALL_SECONDS * watch().limits.seconds
    began = watch().left()
    for number in range(count):
        if began - watch().left() > allowed or length > watch().limits.characters:
            found += [None] * (count - number)
            break
        text = _quietly(reader, number)
        length += len(text or "")
        found.append(text)
        watch().tick()
    return found


def _quietly(reader: PdfReader, number: int) -> str | None:
    try:
        with _at_most(_PAGE_SECONDS):
            return reader.pages[number].extract_text()
    except (_TimeOver, MemoryError, RecursionError):
        return None
    except Exception:  # noqa: BLE001 - one damaged page must not cost the others
        return None


# --- What the file says of itself -------------------------------------------------


def _labels(reader: PdfReader, count: int) -> list[str]:
    if "/PageLabels" not in _root(reader):
        return []
    try:
        with _at_most(_PAGE_SECONDS):
            labels = [str(label).strip()[:40] for label in reader.page_labels]
    except (_TimeOver, MemoryError, RecursionError):
        return []
    except Exception:  # noqa: BLE001 - labels are an extra
        return []
    return labels if len(labels) == count else []


def _root(reader: PdfReader) -> Mapping[str, Any]:
    try:
        return reader.root_object
    except Exception:  # noqa: BLE001 - a damaged catalogue says nothing
        return {}


def _stated(reader: PdfReader) -> dict[str, str]:
    """Return title and day from the document information, else from the outline."""
    found: dict[str, str] = {}
    try:
        with _at_most(_PAGE_SECONDS):
            info = reader.metadata
            title = _clean(info.title if info else None)
            if not title or _is_file_name(title):
                title = _outline_title(reader)
            made = info.get("/CreationDate") if info else None
            language = _clean(_root(reader).get("/Lang"))
    except (_TimeOver, MemoryError, RecursionError):
        return {}
    except Exception:  # noqa: BLE001 - information is an extra
        return {}
    if title:
        found["title"] = title
    if day := _day(str(made or "")):
        found["created"] = day
    if language[:2].lower() in {"vi", "en"}:
        found["language"] = language[:2].lower()
    return found


def _clean(value: object) -> str:
    text = " ".join(str(value or "").replace("\x00", "").split())
    return text[:300] if "\ufffd" not in text else ""


_FILE_NAME = re.compile(
    r"\S+\.\w{2,4}|(?:microsoft word|powerpoint presentation)\b.*|untitled.*"
    r"|\(?anonymous\)?"
    r"|.*\.(?:docx?|xlsx?|pptx?|rtf|indd|pdf)|(?:document|slide|book)\s?\d*|\W*|scan.*",
    re.IGNORECASE,
)


def _is_file_name(title: str) -> bool:
    """Return True for what a program put there in place of a title."""
    return _FILE_NAME.fullmatch(title) is not None


def _outline_title(reader: PdfReader) -> str:
    """Return the only heading on the outline's first level: that of the document."""
    if "/Outlines" not in _root(reader):
        return ""
    top = [item for item in reader.outline if not isinstance(item, list)]
    return _clean(top[0].title) if len(top) == 1 else ""


def _day(raw: str) -> str | None:
    """Return the ISO day of "D:20250206…"."""
    match = re.match(r"(?:D:)?(\d{4})(\d{2})(\d{2})", raw)
    try:
        return date(*map(int, match.groups())).isoformat() if match else None
    except ValueError:
        return None


def _notes(reader: PdfReader) -> list[str]:
    root = _root(reader)
    names = root.get("/Names")
    notes = []
    try:
        if "/OpenAction" in root and "/JS" in str(root["/OpenAction"]):
            notes.append("it carries a script, which is not run")
        if isinstance(names, dict) and "/EmbeddedFiles" in names:
            notes.append("it carries other files, which are not read")
    except Exception:  # noqa: BLE001 - notes are an extra
        return []
    return notes
