"""One module per file format: bytes in, a `Document` out.

A reader takes the file's name (for error messages) and bytes, returns its pages
numbered from 1 and what else the file tells, and raises UnreadableReportError with a reason an official
understands. To add a format, write a reader and name its endings in `READERS`.
"""

from collections.abc import Callable, Mapping

from ingest.document import Document
from ingest.formats.pdf import read_pdf
from ingest.formats.text import read_text

Reader = Callable[[str, bytes], Document]

READERS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".md": read_text,
    ".pdf": read_pdf,
}
