"""One module per file format: bytes in, a `Document` out.

A reader takes the file's name (for error messages) and bytes, returns its pages
numbered from 1 and what else the file tells, and raises UnreadableReportError
with a reason an official understands. To add a format, write a reader and name
its endings in `READERS`.
"""

from collections.abc import Callable, Mapping
from importlib import import_module

from ingest.document import Document

Reader = Callable[[str, bytes], Document]


def _late(module: str, function: str) -> Reader:
    """Return a reader that is imported when its first file comes.

    The libraries of all formats together take a second to load.
    """

    def read(name: str, data: bytes) -> Document:
        reader: Reader = getattr(import_module(f"ingest.formats.{module}"), function)
        return reader(name, data)

    return read


_TEXT = _late("text", "read_text")
_HTML = _late("html", "read_html")
_WORD = _late("docx", "read_docx")
_EXCEL = _late("xlsx", "read_xlsx")

READERS: Mapping[str, Reader] = {
    ".txt": _TEXT,
    ".md": _TEXT,
    ".pdf": _late("pdf", "read_pdf"),
    ".docx": _WORD,
    ".docm": _WORD,  # macros are not run
    ".html": _HTML,
    ".htm": _HTML,
    ".xhtml": _HTML,
    ".xlsx": _EXCEL,
    ".xlsm": _EXCEL,
}
