"""Is an uploaded file what its ending says? A look inside, without opening it.

Reading it is the ingest's work, in a process of its own; this only keeps out
what is plainly something else, and archives that would fill the disk.
"""

import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from page.office.problem import ProblemError

_HEAD = 64 * 1024  # bytes that are looked at
UNPACKED_BYTES = 2 * 1024**3  # of a zipped format, altogether
_MEMBERS = {
    ".docx": "word/document.xml",
    ".xlsx": "xl/workbook.xml",
    ".pptx": "ppt/presentation.xml",
    ".odt": "content.xml",
    ".ods": "content.xml",
}
_STARTS: dict[str, tuple[bytes, ...]] = {
    ".doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf", b"PK\x03\x04"),
    ".xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"),
    ".rtf": (b"{\\rtf",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".tif": (b"II*\x00", b"MM\x00*"),
    ".tiff": (b"II*\x00", b"MM\x00*"),
}
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def check_contents(path: Path, name: str) -> None:
    """Raise ProblemError if the file at *path* is not what *name* says."""
    ending = PurePosixPath(name).suffix.lower()
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise ProblemError("empty", name=name)
    looks_right: Callable[[bytes], bool] = _is_text
    if ending == ".pdf":
        looks_right = _is_pdf
    elif ending in _STARTS:
        looks_right = _starts(_STARTS[ending])
    elif ending in _MEMBERS:
        looks_right = _starts((b"PK\x03\x04",))
    if not looks_right(head) or head.startswith(_PROGRAMS):
        raise ProblemError("not_inside", name=name, ending=ending)
    if ending in _MEMBERS:
        _check_archive(path, name, _MEMBERS[ending])


def _starts(beginnings: tuple[bytes, ...]) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(beginnings)


def _is_pdf(head: bytes) -> bool:
    return b"%PDF-" in head[:1024]  # some producers put a line before it


def _is_text(head: bytes) -> bool:
    return head.startswith(_UTF16) or b"\x00" not in head


def _check_archive(path: Path, name: str, member: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            inside = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise ProblemError("damaged", name=name) from error
    if member not in {info.filename for info in inside}:
        raise ProblemError("archive", name=name)
    if sum(info.file_size for info in inside) > UNPACKED_BYTES:
        raise ProblemError("unpacked", name=name)
