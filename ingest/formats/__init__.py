"""One module per file format: bytes in, the text of each page out.

A reader takes the file's name (for error messages) and bytes, returns pages
numbered from 1, and raises UnreadableReportError with a reason an official
understands. To add a format, write a reader and name its endings in `READERS`.
"""

from collections.abc import Callable, Mapping

from index.records import Page
from ingest.formats.pdf import read_pdf
from ingest.formats.text import read_text

Reader = Callable[[str, bytes], tuple[Page, ...]]

READERS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".md": read_text,
    ".pdf": read_pdf,
}
