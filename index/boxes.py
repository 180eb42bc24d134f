"""Where the words of a page stand on its picture, packed small, and back.

Positions are kept when a report is read, so showing a sentence in its frame
needs no search. A page of 500 words takes about 4 kB.
"""

import struct
import zlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

_MAGIC = b"B1"
_SCALE = 65535  # fractions of the page's width and height as 16-bit numbers
_FIELDS = 4  # x0, y0, x1, y1
_MOST = 100 * 2**20  # bytes of a page's positions when unpacked; more is damage
_HEAD = struct.Struct("<2sI")


class Box(NamedTuple):
    """A rectangle in fractions of the page as shown, from its upper left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


class Placed(NamedTuple):
    """A word: where it stands in the page's text, and where on the page."""

    start: int
    end: int
    box: Box


def pack(words: Sequence[Placed]) -> bytes:
    """Return the words of a page as bytes, b"" if there are none.

    words: ordered by *start*, none overlapping.
    """
    if not words:
        return b""
    starts = np.array([word.start for word in words], dtype="<u4")
    lengths = np.array([word.end - word.start for word in words], dtype="<u4")
    boxes = np.array([word.box for word in words], dtype=np.float64)
    boxes = np.rint(np.clip(boxes, 0, 1) * _SCALE).astype("<u2")
    # Column by column, as differences: neighbours are alike, so it packs well.
    body = b"".join(
        [
            np.diff(starts, prepend=np.uint32(0)).astype("<u4").tobytes(),
            lengths.tobytes(),
            *(boxes[:, i].tobytes() for i in range(_FIELDS)),
        ]
    )
    return _HEAD.pack(_MAGIC, len(words)) + zlib.compress(body, 6)


def unpack(data: bytes) -> list[Placed]:
    """Return the words that `pack` was given.

    Raises ValueError if *data* was not made by `pack`.
    """
    if not data:
        return []
    try:
        magic, count = _HEAD.unpack_from(data)
        body = zlib.decompressobj().decompress(data[_HEAD.size :], _MOST)
        whole = np.frombuffer(body, dtype="<u2").reshape(4 + _FIELDS, count)
    except (struct.error, zlib.error, ValueError) as error:
        raise ValueError(f"these are no positions of a page: {error}") from error
    if magic != _MAGIC:
        raise ValueError("these are no positions of a page: unknown format")
    starts = np.cumsum(whole[0:2].reshape(-1).view("<u4").astype(np.int64))
    lengths = whole[2:4].reshape(-1).view("<u4").astype(np.int64)
    boxes = whole[4:].T / _SCALE
    return [
        Placed(start, start + length, Box(*box))
        for start, length, box in zip(
            starts.tolist(), lengths.tolist(), boxes.tolist(), strict=True
        )
    ]


def boxes_of(data: bytes | None, start: int, end: int) -> list[Box]:
    """Return the rectangles that frame page.text[start:end], one a printed line.

    data: as stored for the page (`View.page_boxes`); None or b"" has no positions.
    Empty if nothing of the stretch has a position. A word that the stretch cuts
    is framed in proportion to its letters.
    """
    parts = [
        _part(word, start, end)
        for word in unpack(data or b"")
        if word.start < end and start < word.end
    ]
    return list(_lines(parts))


def _part(word: Placed, start: int, end: int) -> Box:
    """Return the box of those letters of *word* that lie in the stretch."""
    box, length = word.box, word.end - word.start
    wide = box.x1 - box.x0
    left = box.x0 + wide * max(0, start - word.start) / length
    right = box.x1 - wide * max(0, word.end - end) / length
    return Box(left, box.y0, right, box.y1)


def _lines(boxes: Iterable[Box]) -> Iterable[Box]:
    """Join boxes that follow each other on one line."""
    line: Box | None = None
    for box in boxes:
        if line is not None and _same_line(line, box):
            line = Box(
                line.x0,
                min(line.y0, box.y0),
                max(line.x1, box.x1),
                max(line.y1, box.y1),
            )
            continue
        if line is not None:
            yield line
        line = box
    if line is not None:
        yield line


def _same_line(line: Box, box: Box) -> bool:
    overlap = min(line.y1, box.y1) - max(line.y0, box.y0)
    lower = min(line.y1 - line.y0, box.y1 - box.y0)
    return overlap > 0.5 * lower and box.x0 >= line.x0
