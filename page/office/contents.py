"""Is an uploaded file what its ending says? A look inside, without opening it.

Reading it is the ingest's work, in a process of its own; this only keeps out
what is plainly something else, and archives that would fill the disk.
"""

import mmap
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from index.errors import UnreadableReportError
from index.kinds import check_ending, check_kind, locked
from page.office.problem import ProblemError

_HEAD = 64 * 1024  # bytes that are looked at
UNPACKED_BYTES = 2 * 1024**3  # of a zipped format, altogether
_WORD, _EXCEL = "word/document.xml", "xl/workbook.xml"
_MEMBERS = {".docx": _WORD, ".docm": _WORD, ".xlsx": _EXCEL, ".xlsm": _EXCEL}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # also what a password puts around new files
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def check_contents(path: Path, name: str) -> None:
    """Raise ProblemError if the file at *path* is not what *name* says.

    It names what the file is and how to rename or save it, as the ingest would.
    """
    ending = PurePosixPath(name).suffix.lower()
    if not path.stat().st_size:
        raise ProblemError("empty", name=name)
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if head.startswith(_PROGRAMS):
            raise ProblemError("not_inside", name=name, ending=ending)
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            _check_kind(name, data)
    if ending in _MEMBERS:
        if head.startswith(_OLD_OFFICE):
            of = "Word document" if _MEMBERS[ending] == _WORD else "Excel workbook"
            raise ProblemError("refused", why=locked(of))
        _check_archive(path, name, _MEMBERS[ending])
        return
    looks_right: Callable[[bytes], bool] = _is_pdf if ending == ".pdf" else _is_text
    if not looks_right(head):
        raise ProblemError("not_inside", name=name, ending=ending)


def _check_kind(name: str, data: mmap.mmap) -> None:
    try:
        check_ending(name, data)
        check_kind(name, data)
    except UnreadableReportError as error:
        raise ProblemError("refused", why=error.reason) from error


def _is_pdf(head: bytes) -> bool:
    return b"%PDF-" in head[:1024]  # some producers put a line before it


def _is_text(head: bytes) -> bool:
    return head.startswith(_UTF16) or b"\x00" not in head


def _check_archive(path: Path, name: str, member: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            inside = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        # Text under such a name is no zip at all; a zip that breaks off is damaged.
        key = "damaged" if _starts_as_zip(path) else "not_inside"
        ending = PurePosixPath(name).suffix.lower()
        raise ProblemError(key, name=name, ending=ending) from error
    if member not in {info.filename for info in inside}:
        raise ProblemError("archive", name=name)
    if sum(info.file_size for info in inside) > UNPACKED_BYTES:
        raise ProblemError("unpacked", name=name)


def _starts_as_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"PK"
