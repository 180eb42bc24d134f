"""One module per file format: bytes in, a `Document` out.

A reader takes the file's name (for error messages) and bytes, returns its pages
numbered from 1 and what else the file tells, and raises UnreadableReportError
with a reason an official understands. To add a format, write a reader and name
its endings in `READERS`.
"""

from collections.abc import Callable, Mapping

from ingest.document import Document
from ingest.formats.docx import read_docx
from ingest.formats.html import read_html
from ingest.formats.pdf import read_pdf
from ingest.formats.text import read_text
from ingest.formats.xlsx import read_xlsx

Reader = Callable[[str, bytes], Document]

READERS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".md": read_text,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".xlsx": read_xlsx,
}
