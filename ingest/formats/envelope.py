"""Is it a PDF at all, and is all of it there? Before any reader opens it."""

import re

from index.errors import UnreadableReportError

_TAIL = 2048  # a PDF ends in %%EOF; readers look for it in about the last kilobyte
_OBJECT = re.compile(rb"\d+\s+\d+\s+obj\b")
_WEB = re.compile(
    rb"\s*(?:<!doctype|<html|<head|<body|<\?xml|<script|<meta|<!--)", re.I
)
_OTHERS = {
    b"PK\x03\x04": "a Word, Excel or zip file",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"{\\rtf": "an RTF document",
}


def checked(name: str, data: bytes) -> bytes:
    """Return the bytes of the PDF in *data*, from its head on.

    Raises UnreadableReportError for what is empty, no PDF, or has no end: a
    reader would show part of it as all.
    """
    if not data.strip(b"\x00\t\n\r\f "):
        raise UnreadableReportError(
            name, "the file is empty: fetch it again or remove it"
        )
    data = _from_head(name, data)
    if not _has_end(data):
        raise UnreadableReportError(
            name, "the PDF is cut off (its end is missing): fetch or copy it again"
        )
    return data


def _from_head(name: str, data: bytes) -> bytes:
    at = data.find(b"%PDF-", 0, 1024)
    if at >= 0:
        return data[at:]
    if _WEB.match(data.removeprefix(b"\xef\xbb\xbf")):
        raise UnreadableReportError(
            name,
            "it is a web page under the name of a PDF: rename it to end in .html, or "
            "open it in a browser and print it to PDF",
        )
    for signature, kind in _OTHERS.items():
        if data.startswith(signature):
            raise UnreadableReportError(
                name, f"it is {kind} under the name of a PDF: give it its own ending"
            )
    later = data.find(b"%PDF-")
    if later >= 0:
        return data[later:]
    if _OBJECT.search(data) and b"endobj" in data:
        return data  # its first line is lost, its objects are not
    raise UnreadableReportError(
        name, "it is not a PDF, whatever its name says: export it as PDF again"
    )


def _has_end(data: bytes) -> bool:
    """Return True unless objects go on after the last end, or there is no end."""
    if b"%%EOF" in data[-_TAIL:]:
        return not _is_short(data)
    end = data.rfind(b"%%EOF")
    if end >= 0:
        # Bytes behind the end are harmless, objects there are half an update.
        return not _OBJECT.search(data, end) and not _is_short(data)
    # Some programs leave the mark out after the table of objects.
    return re.search(rb"startxref\s*\d*\s*\Z", data[-_TAIL:]) is not None


_LINEARISED = re.compile(rb"/Linearized\b[^>]{0,200}?/L\s+(\d{1,12})")


def _is_short(data: bytes) -> bool:
    """Return True for a PDF made for the web that is shorter than it says.

    Its first page has an end of its own, so a cut-off file ends well by chance.
    """
    told = _LINEARISED.search(data[:2048])
    return told is not None and len(data) < int(told[1]) - _TAIL
