"""Zip files that office programs write: looked at before anything is unpacked."""

import io
import zipfile
import zlib

from index.errors import UnreadableReportError
from index.kinds import locked

# What zip and the readers of its parts raise on damaged files.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    AttributeError,
    IndexError,
    TypeError,
    OSError,
    EOFError,
    NotImplementedError,
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # also what a password puts around new files
_MOST_PARTS = 20_000
_MOST_BYTES = 500 * 1024 * 1024  # unpacked, together
_MOST_XML = 150 * 1024 * 1024  # unpacked, of the parts that are parsed
_LEAST_RATIO = 200  # times smaller packed than unpacked: no honest text is


def check_archive(name: str, data: bytes, kind: str) -> frozenset[str]:
    """Return the names of a zip file's parts, if it is safe to unpack.

    kind: what the file should be, for the message.
    Raises UnreadableReportError if it is none, is cut off or locked, or would
    grow beyond all measure.
    """
    if not data:
        raise UnreadableReportError(
            name, "the file is empty: fetch it again or remove it"
        )
    if data.startswith(_OLD_OFFICE):
        raise UnreadableReportError(name, locked(kind))
    if not data.startswith(b"PK"):
        raise UnreadableReportError(
            name, f"it is no {kind}, whatever its name says: save it as PDF"
        )
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableReportError(
            name, f"the {kind} is cut off or damaged: fetch or copy it again"
        ) from error
    unpacked = sum(part.file_size for part in parts)
    xml = sum(p.file_size for p in parts if p.filename.endswith((".xml", ".rels")))
    swollen = any(
        part.file_size > 10_000_000
        and part.file_size > _LEAST_RATIO * max(1, part.compress_size)
        for part in parts
    )
    if len(parts) > _MOST_PARTS or unpacked > _MOST_BYTES or xml > _MOST_XML or swollen:
        raise UnreadableReportError(
            name,
            f"unpacked, the {kind} is too large to be an honest one "
            f"({unpacked // 1_000_000} MB): save it as PDF, or in parts",
        )
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableReportError(
            name, f"the {kind} is locked by a password: save a copy without one"
        )
    return frozenset(part.filename for part in parts)
