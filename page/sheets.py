"""Pages of PDF reports as pictures, with the cited sentence in a frame.

A picture is shown only of the very bytes that were indexed; for anything else
(a text file, a file changed since, a page that cannot be drawn) the reader gets
the text of the page, which is always there.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.boxes import Box, boxes_of
from index.errors import BadInputError
from index.picture import render_page
from index.view import View
from page.links import Stretch

WIDTH = 1000  # pixels; sharp in the panel, some 100 kB
KEPT = 32  # pictures kept in memory


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's picture and where a stretch of its text stands on it.

    strong: where the answer's words stand in it.
    """

    png: bytes
    boxes: tuple[Box, ...] = ()
    strong: tuple[Box, ...] = ()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, from the head of the PNG."""
        head = self.png
        return int.from_bytes(head[16:20]), int.from_bytes(head[20:24])


def sheet(
    corpus: Path,
    view: View,
    report: str,
    page: int,
    stretch: Stretch | None,
    strong: Sequence[Stretch] = (),
) -> Sheet | None:
    """The picture of a page, *stretch* of its text framed; None if there is none."""
    known = view.report(report)
    positions = view.page_boxes(report, page)
    if known is None or not positions:
        return None
    for path in (report, *view.paths(report)):
        file = (corpus / path).resolve()
        if not file.is_relative_to(corpus.resolve()) or not file.is_file():
            continue
        try:
            png = _picture(file, file.stat().st_mtime_ns, known.content, page)
            boxes = boxes_of(positions, *stretch) if stretch else []
            inner = [box for each in strong for box in boxes_of(positions, *each)]
        except (BadInputError, ValueError, OSError):
            return None
        return Sheet(png, tuple(boxes), tuple(inner)) if png else None
    return None


@lru_cache(maxsize=KEPT)
def _picture(file: Path, changed: int, content: str, page: int) -> bytes:  # noqa: ARG001 - a key
    """The PNG; empty if other bytes were indexed. Raises BadInputError, OSError."""
    with file.open("rb") as opened:
        if hashlib.file_digest(opened, "sha256").hexdigest() != content:
            return b""
    return render_page(file, page, WIDTH)
