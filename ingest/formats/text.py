"""Plain text and Markdown: one page, the text exactly as decoded.

Nothing is edited or normalised, so a quote stands verbatim in the file.
"""

import codecs

from index.errors import UnreadableReportError
from index.records import Page
from ingest.document import Document

_SAVE_AS = "open it in an editor and save it as UTF-8"
_DISGUISED = {
    b"%PDF-": "it is a PDF under another name: rename it to end in .pdf",
    b"PK\x03\x04": "it is a Word, Excel or zip file under another name: "
    "save it as PDF or as text (UTF-8)",
    b"\xd0\xcf\x11\xe0": "it is an old Word or Excel file under another name: "
    "save it as PDF or as text (UTF-8)",
}


def read_text(name: str, data: bytes) -> Document:
    """Return the one page of a text file: UTF-8, or UTF-16 with a byte-order mark.

    A byte-order mark is no part of the text. Raises UnreadableReportError for
    an empty file, other encodings, and files that hold no text at all.
    """
    for signature, reason in _DISGUISED.items():
        if data.startswith(signature):
            raise UnreadableReportError(name, reason)
    text = _decode(name, data)
    if "\x00" in text:
        raise UnreadableReportError(
            name, f"it holds binary data, not text; if it is text, {_SAVE_AS}"
        )
    if not any(char.isalnum() for char in text):
        raise UnreadableReportError(
            name, "the file is empty: put the report's text into it or remove it"
        )
    return Document((Page(1, text),))


def _decode(name: str, data: bytes) -> str:
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        # Old Vietnamese encodings cannot be told apart with certainty, and a
        # wrong guess would put wrong words into quotes.
        raise UnreadableReportError(
            name,
            f"its text is not in UTF-8 (byte {error.start + 1} does not fit; older "
            "encodings such as TCVN3, VNI or Windows-1258 are not guessed): "
            + _SAVE_AS,
        ) from error
