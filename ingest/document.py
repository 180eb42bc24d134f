"""What a reader makes of one file: the same record for every format."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from index.records import Page
from ingest.tables import Table

STRUCK_OUT = "text that is struck out was left out"  # the note, of every format


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read, before anything is made of its text.

    stated: what the file says about itself outside its text, by the name of the
        report's field: "title", "published" (ISO day), "publisher", "language",
        "number", "url", and "created" (ISO day). Only what is there, as it is
        there; `ingest/metadata.py` decides what of it is believed.
    boxes: page number → where its words stand, packed (`index/boxes.py`).
    notes: what the operator should know, each a short sentence; `ingest/health.py`
        keeps them in the report's health.
    mended: places where broken spacing was put right.
    largest: what page 1 sets in larger type than the text, or calls the title in Word;
        "" if nothing or unknown.
    """

    pages: tuple[Page, ...]
    tables: tuple[Table, ...] = ()
    stated: Mapping[str, str] = field(default_factory=dict)
    boxes: Mapping[int, bytes] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    mended: int = 0
    largest: str = ""
