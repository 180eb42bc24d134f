"""What a file is by its content, whatever its name says, and which kinds are read.

Known to the ingest, which refuses a file, and to the page, at an upload.
"""

import re
from mmap import mmap
from pathlib import PurePosixPath

from index.errors import UnreadableReportError

READABLE = frozenset(
    ".txt .md .pdf .docx .docm .html .htm .xhtml .xlsx .xlsm".split()
)  # `ingest.formats` has a reader for each
_PDF, _OCR = "save it as PDF", "run text recognition (OCR) on it and save it as PDF"
_UNPACK = "unpack it and put the reports themselves here"
# What to do with files of other endings.
ADVICE = {
    ".doc": "open it in Word or LibreOffice and save it as .docx or as PDF",
    ".odt": "save it as .docx or as PDF",
    ".rtf": "save it as .docx or as PDF",
    ".ppt": _PDF,
    ".pptx": _PDF,
    ".xls": "open it in Excel or LibreOffice and save it as .xlsx",
    ".xlsb": "save it as .xlsx",
    ".ods": "save it as .xlsx",
    ".csv": "save it as .xlsx",
    ".mht": "open it in a browser and save it as HTML or print it to PDF",
    ".mhtml": "open it in a browser and save it as HTML or print it to PDF",
    ".jpg": _OCR,
    ".jpeg": _OCR,
    ".png": _OCR,
    ".tif": _OCR,
    ".tiff": _OCR,
    ".zip": _UNPACK,
    ".rar": _UNPACK,
    ".7z": _UNPACK,
}
_NAMES = {
    ".pdf": "a PDF",
    ".docx": "a Word document",
    ".xlsx": "an Excel workbook",
    ".pptx": "a PowerPoint presentation",
    ".odt": "an OpenDocument file",
    ".html": "a web page",
    ".mht": "a web archive",
    ".doc": "an old Word document",
    ".xls": "an old Excel workbook",
    ".ppt": "an old PowerPoint presentation",
    ".rtf": "an RTF document",
    ".png": "a picture",
    ".jpg": "a picture",
    ".tif": "a picture",
    ".gif": "a picture",
    ".zip": "a zip file",
    ".rar": "an archive",
    ".gz": "an archive",
    ".7z": "an archive",
}
# Endings that are written for the same kind.
_SAME = {".htm": ".html", ".xhtml": ".html", ".md": ".txt", ".text": ".txt",
         ".jpeg": ".jpg", ".tiff": ".tif", ".mhtml": ".mht", ".docm": ".docx",
         ".xlsm": ".xlsx"}  # fmt: skip
_STARTS = (
    (b"{\\rtf", ".rtf"),
    (b"\x89PNG\r\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"II*\x00", ".tif"),
    (b"MM\x00*", ".tif"),
    (b"GIF8", ".gif"),
    (b"Rar!\x1a", ".rar"),
    (b"\x1f\x8b", ".gz"),
    (b"7z\xbc\xaf", ".7z"),
)
_IN_ZIP = (
    (b"word/", ".docx"),
    (b"xl/", ".xlsx"),
    (b"ppt/", ".pptx"),
    (b"mimetypeapplication/vnd.oasis", ".odt"),
)
_IN_OLE = (("WordDocument", ".doc"), ("Workbook", ".xls"), ("PowerPoint", ".ppt"))
_HEAD = 4_096
_WEB = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    rb"<(?:!doctype html|html|head|body|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_ARCHIVED = re.compile(
    rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", re.IGNORECASE
)


def kind_of(data: bytes | mmap) -> str | None:
    """Return the ending that a file of this content should have, None if unknown."""
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return ".pdf"
    for start, ending in _STARTS:
        if head.startswith(start):
            return ending
    if head.startswith(b"PK\x03\x04"):
        names = head + data[-64 * 1024 :]
        return next((ending for mark, ending in _IN_ZIP if mark in names), ".zip")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        for stream, ending in _IN_OLE:
            if data.find(stream.encode("utf-16-le")) >= 0:
                return ending
        return ".doc"
    plain = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        plain = head.decode("utf-16", "replace").encode("utf-8", "replace").lstrip()
    if _WEB.match(plain):
        return ".html"
    return ".mht" if _ARCHIVED.match(plain[:1024]) else None


def locked(kind: str) -> str:
    """Why an office file of the old container is not read; kind: "Word document"."""
    return (
        f"it is no {kind} of today: it is locked by a password, or of the old "
        "kind (.doc, .xls): save a copy without password as .docx, .xlsx or PDF"
    )


def check_ending(name: str, data: bytes | mmap) -> None:
    """Raise UnreadableReportError if files of this ending are not read."""
    ending = PurePosixPath(name).suffix.lower()
    if ending in READABLE:
        return
    kinds = ", ".join(sorted(READABLE))
    advice = ADVICE.get(ending, "save it as PDF or as text, or remove it")
    kind = kind_of(data)
    if kind is not None and kind in READABLE:
        advice = f"by its content it is {_NAMES[kind]}, so rename it to end in {kind}"
    raise UnreadableReportError(
        name,
        f"files ending in {ending or 'nothing'} are not read ({kinds} are): {advice}",
    )


def check_kind(name: str, data: bytes | mmap) -> None:
    """Raise UnreadableReportError if the content is not what the name says.

    A PDF without its beginning, or a text that opens like a web page, is left
    to the reader of its ending.
    """
    ending = PurePosixPath(name).suffix.lower()
    ending = _SAME.get(ending, ending)
    kind = kind_of(data)
    markdown = name.lower().endswith(".md") and kind == ".html"
    # A password wraps today's office files in the old kind; their readers say so.
    office = ending in {".docx", ".xlsx"} and kind in {".doc", ".xls", ".zip"}
    if kind is None or kind == ending or markdown or office:
        return
    raise UnreadableReportError(
        name,
        f"it is {_NAMES[kind]} under another name: rename it to end in {kind}"
        + ("" if kind in _READ else f", then {_WAYS.get(kind, _PDF)}"),
    )


_READ = {".pdf", ".docx", ".xlsx", ".html"}
_WAYS = {
    ".zip": _UNPACK,
    ".rar": _UNPACK,
    ".gz": _UNPACK,
    ".7z": _UNPACK,
    ".mht": "open it in a browser and print it to PDF",
}
