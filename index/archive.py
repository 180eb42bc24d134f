"""A report whole, apart from the store's ids: to check it, and to keep it.

What is replaced or removed is kept packed in one row, vectors and all, so that
`python -m index rollback` needs neither the files nor the encoder.
"""

import base64
import hashlib
import json
import sqlite3
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from index.blobs import to_blobs
from index.errors import StoreError
from index.records import (
    Encoded,
    Figure,
    Page,
    ParsedReport,
    Passage,
    Report,
    Sentence,
)

_HEAD = 4  # bytes that say how long the description is
_NOT_ITS_OWN = {"name", "copy_of", "superseded_by"}  # of Report: others decide them


class Blobs(NamedTuple):
    """The vectors of a report as the store keeps them; see `Encoded`."""

    passages: list[bytes]
    sentences: list[bytes]
    late: list[bytes]
    clauses: list[bytes]


@dataclass(frozen=True, slots=True)
class Kept:
    """A report with all that was made of it."""

    parsed: ParsedReport
    blobs: Blobs


def kept(parsed: ParsedReport, encoded: Encoded) -> Kept:
    """Bring a report into the form that is stored."""
    vectors = (encoded.passages, encoded.sentences, encoded.late, encoded.clauses)
    return Kept(parsed, Blobs(*map(to_blobs, vectors)))


# --- From the store ---


def read(connection: sqlite3.Connection, report_id: int) -> Kept:
    """Read a report of the store in full. Raises KeyError if there is none."""

    def rows(table: str, kind: type, order: str, where: str = "report_id") -> list[Any]:
        own = ", ".join(f'"{field.name}"' for field in fields(kind))
        found = connection.execute(
            f"SELECT {own} FROM {table} WHERE {where} = ? ORDER BY {order}",  # noqa: S608 - our names
            (report_id,),
        )
        return [kind(*row) for row in found]

    def vectors(table: str, column: str, order: str) -> list[bytes]:
        found = connection.execute(
            f"SELECT {column} FROM {table} WHERE report_id = ? ORDER BY {order}",  # noqa: S608 - our names
            (report_id,),
        )
        return [blob for (blob,) in found]

    reports = rows("reports", Report, "id", "id")
    if not reports:
        raise KeyError(report_id)
    boxes = connection.execute(
        "SELECT number, boxes FROM page_boxes WHERE report_id = ? ORDER BY number",
        (report_id,),
    )
    parsed = ParsedReport(
        report=reports[0],
        pages=tuple(rows("pages", Page, "number")),
        sentences=tuple(rows("sentences", Sentence, "row")),
        passages=tuple(rows("passages", Passage, "id")),
        figures=tuple(rows("figures", Figure, "id")),
        boxes=dict(boxes),
    )
    blobs = Blobs(
        vectors("passages", "vector", "id"),
        vectors("sentences", "vector", "row"),
        vectors("sentences", "late", "row"),
        vectors("figures", "vector", "id"),
    )
    return Kept(parsed, blobs)


# --- Checking ---


def checksum(report: Kept) -> str:
    """Return the SHA-256 of everything that the report brought into the store.

    Its name and what other reports decide about it are left out, and so are
    columns without any value: a column added later leaves the sum as it was.
    """
    described = _describe(report.parsed)
    boxes = described.pop("boxes")
    for name in _NOT_ITS_OWN:
        del described["report"][name]
    filled = {table: _filled(columns) for table, columns in described.items()}
    hashed = hashlib.sha256(_as_json([filled, boxes]))
    for blobs in report.blobs:
        for blob in blobs:
            hashed.update(blob)
    return hashed.hexdigest()


def page_checksum(text: str) -> str:
    """Return the SHA-256 of a page's text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


# --- Packing ---


def pack(report: Kept) -> bytes:
    """Return the report as one stretch of bytes, for `unpack`.

    The length of the description, the description (JSON, compressed), then the
    vectors as they are, which would not get shorter.
    """
    described = _describe(report.parsed)
    described["vectors"] = [len(blobs) for blobs in report.blobs]
    text = zlib.compress(_as_json(described), 6)
    vectors = b"".join(blob for blobs in report.blobs for blob in blobs)
    return len(text).to_bytes(_HEAD, "big") + text + vectors


def unpack(packed: bytes) -> Kept:
    """Return what was packed. Raises StoreError if the bytes are damaged."""
    try:
        split = _HEAD + int.from_bytes(packed[:_HEAD], "big")
        described = json.loads(zlib.decompress(packed[_HEAD:split]))
        counts = described["vectors"]
        rest = packed[split:]
        size, left = divmod(len(rest), max(sum(counts), 1))
        if left:
            raise ValueError("vectors of different length")  # noqa: TRY301 - one handler
        whole = iter([rest[i : i + size] for i in range(0, len(rest), size or 1)])
        blobs = Blobs(*([next(whole) for _ in range(count)] for count in counts))
        parsed = ParsedReport(
            report=_records(Report, described["report"])[0],
            pages=tuple(_records(Page, described["pages"])),
            sentences=tuple(_records(Sentence, described["sentences"])),
            passages=tuple(_records(Passage, described["passages"])),
            figures=tuple(_records(Figure, described["figures"])),
            boxes={
                int(number): base64.b64decode(boxes)
                for number, boxes in described["boxes"].items()
            },
        )
    except (ValueError, KeyError, TypeError, zlib.error, StopIteration) as error:
        raise StoreError(
            f"an archived report is damaged ({error}): this generation cannot be "
            "gone back to. Restore a backup with `python -m index restore`."
        ) from error
    return Kept(parsed, blobs)


def _describe(parsed: ParsedReport) -> dict[str, Any]:
    return {
        "report": _columns(Report, [parsed.report]),
        "pages": _columns(Page, sorted(parsed.pages, key=lambda page: page.number)),
        "sentences": _columns(Sentence, parsed.sentences),
        "passages": _columns(Passage, parsed.passages),
        "figures": _columns(Figure, parsed.figures),
        "boxes": {
            str(number): base64.b64encode(boxes).decode()
            for number, boxes in sorted(parsed.boxes.items())
        },
    }


def _columns(kind: type, records: Sequence[Any]) -> dict[str, list[Any]]:
    return {
        field.name: [getattr(record, field.name) for record in records]
        for field in fields(kind)
    }


def _records(kind: type, columns: dict[str, list[Any]]) -> list[Any]:
    names = [field.name for field in fields(kind) if field.name in columns]
    return [
        kind(**dict(zip(names, values, strict=True)))
        for values in zip(*(columns[name] for name in names), strict=True)
    ]


def _filled(columns: dict[str, Any]) -> dict[str, Any]:
    """Leave out columns that hold nothing, and make all numbers floats.

    SQLite turns 45 into 45.0 in some columns.
    """
    return {
        name: [float(v) if isinstance(v, int | float) else v for v in column]
        for name, column in columns.items()
        if any(value is not None and value != "" for value in column)
    }


def _as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=True, sort_keys=True).encode()
