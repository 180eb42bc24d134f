"""PDF: the text of each page as pypdf finds it, in Unicode NFC."""

import io
import logging
import re
import unicodedata

from pypdf import PasswordType, PdfReader
from pypdf.errors import PyPdfError

from index.errors import UnreadableReportError
from index.records import Page
from ingest.document import Document

# A PDF ends in %%EOF; readers look for it in about the last kilobyte.
_TAIL = 2048
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

# On damaged files pypdf fails with its own errors and those of its inner parts.
_DAMAGED = (
    PyPdfError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    OSError,
    RecursionError,
)

# pypdf reports every small defect it works around; we report what matters.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def read_pdf(name: str, data: bytes) -> Document:
    """Return the pages of a PDF, numbered as a viewer counts; a page may be empty.

    Raises UnreadableReportError for what is no PDF, is cut off, damaged or
    locked by a password, and for scans (pages that are pictures).
    """
    _check_ends(name, data)
    try:
        reader = PdfReader(io.BytesIO(data))
        locked = (
            reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED
        )
        texts = [] if locked else [page.extract_text() for page in reader.pages]
    except _DAMAGED as error:
        raise UnreadableReportError(
            name,
            f"the PDF is damaged ({type(error).__name__}): fetch or export it again",
        ) from error
    if locked:
        raise UnreadableReportError(
            name, "the PDF is locked by a password: save a copy without one"
        )
    if not any(char.isalnum() for text in texts for char in text):
        raise UnreadableReportError(name, _why_empty(reader))
    return Document(
        tuple(Page(number, _storable(text)) for number, text in enumerate(texts, 1))
    )


def _check_ends(name: str, data: bytes) -> None:
    """Refuse what is no PDF or has no end: pypdf would show part of it as all."""
    if not data.strip():
        raise UnreadableReportError(
            name, "the file is empty: fetch it again or remove it"
        )
    if b"%PDF-" not in data[:1024]:
        web = data.lstrip()[:1] == b"<"
        raise UnreadableReportError(
            name,
            "it is a web page under the name of a PDF: open it in a browser and "
            "print it to PDF"
            if web
            else "it is not a PDF, whatever its name says: export it as PDF again",
        )
    if b"%%EOF" not in data[-_TAIL:]:
        raise UnreadableReportError(
            name, "the PDF is cut off (its end is missing): fetch or copy it again"
        )


def _why_empty(reader: PdfReader) -> str:
    if any("/XObject" in (page.get("/Resources") or {}) for page in reader.pages):
        return (
            "its pages are pictures (a scan) and reading pictures (OCR) is not "
            "available yet: use the original document, or run OCR on it first"
        )
    return "the PDF holds no text: use the original document"


def _storable(text: str) -> str:
    """NFC, so that search and quotes agree; without what a store cannot hold."""
    return unicodedata.normalize("NFC", _UNSTORABLE.sub("\ufffd", text))
