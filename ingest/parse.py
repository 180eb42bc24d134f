"""One file of the corpus in full: load, clean, date, split, find figures."""

import hashlib
import json
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import cast

from index.errors import UnreadableReportError
from index.grammar.words import language_of
from index.records import Language, ParsedReport, Report
from ingest.asof import as_of
from ingest.figures import find_figures
from ingest.formats import ocr
from ingest.health import health_of
from ingest.limits import watch
from ingest.load import Source, read_document, read_source
from ingest.metadata import from_file, from_side_file, from_text, merged
from ingest.rows import read_content, row_figures
from ingest.split import passages, sentences

_ROOT = Path(__file__).resolve().parent.parent
# What decides how a file is read: our code, and the libraries that read text.
_CODE = ("ingest/*.py", "ingest/formats/*.py", "index/grammar/*.py")
_NOT_PARSING = {
    "__main__.py",
    "encode.py",
    "pipeline.py",
    "pool.py",
    "plan.py",
    "progress.py",
    "watch.py",
    "worker.py",
}
_LANGUAGE_SAMPLE = 20_000  # characters that tell the language of a report
_LIBRARIES = (
    "pypdf", "pypdfium2", "python-docx", "openpyxl", "lxml", "trafilatura",
    "sentencex", "babel",
)  # fmt: skip


def parse(path: Path, corpus_dir: Path) -> ParsedReport:
    """Read the report at *path*, a file inside *corpus_dir*.

    Raises UnreadableReportError, which names the file, the reason and what to
    do, for anything wrong with the file or its side file.
    """
    return parse_source(
        read_source(corpus_dir, path.relative_to(corpus_dir).as_posix())
    )


def parse_source(source: Source) -> ParsedReport:
    """Like `parse`, for bytes that have been read already."""
    document = read_document(source)
    pages = document.pages
    side = from_side_file(source.name, source.side)
    read = read_content(pages, document.tables)
    content = read.paragraphs
    if not content:
        raise UnreadableReportError(
            source.name, "it holds no sentence to quote: add the report's text"
        )
    sample = "\n".join(paragraph.text for paragraph in content)[:_LANGUAGE_SAMPLE]
    language = cast(Language, side.get("language") or language_of(sample))
    found, rows = sentences(content, language)
    stated = from_text(
        pages, content, [s.text for s in found], language, document.largest
    )
    values, provenance = merged(stated, side, from_file(document.stated))
    report = Report(
        name=source.name,
        sha256=digest(source),
        language=language,
        title=values.get("title"),
        publisher=values.get("publisher"),
        url=values.get("url"),
        published=values.get("published"),
        period=values.get("period"),
        place=values.get("place"),
        content=content_of(source.data),
        number=values.get("number"),
        supersedes=values.get("supersedes"),
        provenance=json.dumps(dict(provenance), ensure_ascii=False),
    )
    watch().tick()
    report = replace(report, as_of=as_of(report, [s.text for s in found]))
    items = {number for number, paragraph in enumerate(content) if paragraph.item}
    tabled = row_figures(report, read, found, rows)
    figures = find_figures(report, found, rows, tabled, items)
    health = health_of(document, report, figures)
    return ParsedReport(
        report=replace(report, health=health.to_json()),
        pages=pages,
        sentences=found,
        passages=passages(found, rows, content),
        figures=figures,
        provenance=provenance,
        boxes=document.boxes,
    )


def digest(source: Source) -> str:
    """Return what identifies a report as it was read: its file, side file, and parser.

    A changed parser must read unchanged files again, so its version is in.
    """
    return digest_of(content_of(source.data), source.side)


def content_of(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes: what makes it this report."""
    return hashlib.sha256(data).hexdigest()


def digest_of(content: str, side: bytes | None) -> str:
    """Like `digest`, from the hash of the file's bytes."""
    hashed = hashlib.sha256(parser_version().encode())
    hashed.update(content.encode())
    hashed.update(b"-" if side is None else side)
    return hashed.hexdigest()


@cache
def parser_version() -> str:
    """Return a hash of the code that decides how files are read.

    Computed, because a number that has to be raised by hand is forgotten.
    """
    hashed = hashlib.sha256()
    for pattern in _CODE:
        for path in sorted(_ROOT.glob(pattern)):
            if path.name not in _NOT_PARSING:
                hashed.update(path.read_bytes())
    hashed.update(ocr.version().encode())
    for library in _LIBRARIES:
        hashed.update(f"{library}=={version(library)}".encode())
    return hashed.hexdigest()
