"""Saved web pages: the main text with its tables, and what the page says of itself.

`trafilatura` tells which part of a page is the article; our own walk over that
part keeps every paragraph and the spans of tables. Nothing is fetched: neither
pictures nor styles nor links.
"""

import json
import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import lxml.html
import trafilatura
from lxml import etree

from index.errors import UnreadableReportError
from index.records import Page
from ingest.document import Document
from ingest.formats.legacy import old_encoding, to_unicode, unicode_of
from ingest.formats.notes import raised
from ingest.formats.text import decode
from ingest.formats.unseen import is_unseen, mark_unseen
from ingest.front import is_letterhead
from ingest.tables import Filled, Table, lay_out

Element = Any  # lxml's elements carry no types
_LARGEST = 30_000_000  # bytes: a page of text has some hundred thousand
_DAMAGED = (
    etree.LxmlError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    RecursionError,
)

# It reports every page on which it finds little; we report what matters.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def read_html(name: str, data: bytes) -> Document:
    """Return the main text of a web page as one page, its tables and its meta data.

    Raises UnreadableReportError for what is empty, too large, holds no text, or
    is in an encoding that cannot be told for certain.
    """
    if len(data) > _LARGEST:
        raise UnreadableReportError(
            name, "the web page is too large to be an honest one: print it to PDF"
        )
    text, note = _decoded(name, data)
    try:
        root, encoding = _tree(text)
        article = trafilatura.bare_extraction(
            _tree(text)[0],  # it takes apart what it is given
            include_tables=True,
            include_comments=False,
            favor_recall=True,
            with_metadata=False,
        )
        page, tables = _laid_out(_main_blocks(root, article))
        stated = _stated(root)
    except _DAMAGED as error:
        raise UnreadableReportError(
            name,
            f"the web page is damaged ({type(error).__name__}): save it again, or "
            "print it to PDF from a browser",
        ) from error
    if not any(char.isalnum() for char in page):
        raise UnreadableReportError(
            name, "the web page holds no text: print it to PDF from a browser"
        )
    notes = [note] if note else []
    notes += [old_encoding(encoding)] if encoding else []
    return Document((Page(1, page),), tables, stated, notes=tuple(notes))


def _tree(text: str) -> tuple[Element, str | None]:
    """The page as a tree, its text in Unicode, and the old encoding it was in."""
    parser = lxml.html.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True
    )
    root = lxml.html.document_fromstring(text, parser=parser)
    mark_unseen(root)
    _, encoding = to_unicode(root.text_content())
    if encoding:
        for element in root.iter():
            element.text = element.text and unicode_of(element.text, encoding)
            element.tail = element.tail and unicode_of(element.tail, encoding)
    for element in root.iter("sup"):
        told = element.text_content()
        if (stays := raised(told, _text_before(element))) != told:
            for child in list(element):
                element.remove(child)
            element.text = stays
    return root, encoding


def _text_before(element: Element) -> str:
    """The words right before an inline element."""
    previous = element.getprevious()
    if previous is None:
        return str(element.getparent().text or "")
    return str(previous.tail or previous.text_content())


# --- Encoding -------------------------------------------------------------------

_CHARSET = re.compile(rb"<meta[^>]*?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# What browsers read under these names.
_BROWSERS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252"}


def _decoded(name: str, data: bytes) -> tuple[str, str]:
    """The page's text by its declared encoding, where that fits; else as for text."""
    declared = _CHARSET.search(data[:4_096])
    codec = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
    text, note = "", ""
    if not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            text = data.decode(_BROWSERS.get(codec, codec))
        except (LookupError, UnicodeDecodeError):
            text = ""
    if not text:
        text, note = decode(name, data)
    text = unicodedata.normalize("NFC", _DECLARATION.sub("", text, count=1))
    if not text.strip("\ufeff \t\r\n\x00"):
        raise UnreadableReportError(
            name, "the file is empty: save the web page again or remove it"
        )
    return text.replace("\x00", ""), note


# --- Blocks ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph, heading, list item or table, with the element it stands in."""

    element: Element
    text: str
    links: int = 0  # characters of it that are links
    rows: Sequence[Sequence[Filled]] = ()
    caption: str = ""


_SKIPPED = frozenset(
    """script style noscript template svg math button select input textarea nav aside
    iframe object embed head audio video canvas dialog""".split()
)
_INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label
    mark q s samp small span strike strong sub sup time tt u var wbr o:p""".split()
)
_SPACE = re.compile(r"[ \t\r\n\f\u00a0]+")


def _blocks(root: Element) -> Iterator[_Block]:
    """What the page shows, in reading order."""
    buffer: list[str] = []
    links = 0
    inside_link = 0
    owner = root
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            skipped = not tag or tag in _SKIPPED or is_unseen(element)
            table = tag == "table" and not skipped and not _is_layout(element)
            if tag not in _INLINE or table:
                if tag == "br":
                    buffer.append("\n")
                else:
                    yield from _flushed(owner, buffer, links)
                    links, owner = 0, element
            if table:
                yield _table(element)
            if skipped or table:
                walk.skip_subtree()
                continue
            inside_link += tag == "a"
            told = element.text or ""
        else:
            inside_link -= tag == "a" and not is_unseen(element)
            if tag and tag not in _INLINE and tag != "br":
                yield from _flushed(owner, buffer, links)
                links, owner = 0, element.getparent()
                owner = root if owner is None else owner
            told = element.tail or "" if element is not root else ""
        buffer.append(_SPACE.sub(" ", told))
        links += len(told.strip()) if inside_link > 0 else 0
    yield from _flushed(owner, buffer, links)


def _flushed(owner: Element, buffer: list[str], links: int) -> Iterator[_Block]:
    lines = [_SPACE.sub(" ", line).strip() for line in "".join(buffer).split("\n")]
    buffer.clear()
    text = "\n".join(line for line in lines if line)
    if text:
        yield _Block(owner, text, links)


# --- Tables ---------------------------------------------------------------------


def _is_layout(table: Element) -> bool:
    """Return True for a table that only places text on the page."""
    if table.get("role") in {"presentation", "none"}:
        return True
    if table.find(".//table") is not None:
        return True
    rows = list(table.iter("tr"))
    if len(rows) < 2 or max(len(_cells(row)) for row in rows) < 2:
        return True
    if table.find(".//th") is not None:
        return False
    if is_letterhead(table.text_content()):
        return True
    paragraphs = [
        len(list(cell.iter("p", "div"))) for row in rows for cell in _cells(row)
    ]
    told = "".join(table.itertext())
    few = len(rows) <= 3 and not any(char.isdigit() for char in told)
    return few or (len(rows) <= 3 and max(paragraphs, default=0) > 2)


def _cells(row: Element) -> list[Element]:
    return [c for c in row if c.tag in {"td", "th"} and not is_unseen(c)]


def _table(table: Element) -> _Block:
    caption = table.find("caption")
    rows = [
        [
            Filled(
                _words(cell),
                _span(cell, "rowspan"),
                _span(cell, "colspan"),
                cell.tag == "th" and cell.get("scope") != "row",
            )
            for cell in _cells(row)
        ]
        for row in table.iter("tr")
        if not is_unseen(row)
    ]
    return _Block(
        table,
        " ".join(cell.text for row in rows for cell in row),
        rows=rows,
        caption=_words(caption) if caption is not None else "",
    )


def _words(element: Element) -> str:
    """The text of a cell in one line, without scripts and footnote anchors' links."""
    pieces = [" ".join(block.text.split()) for block in _blocks(element)]
    return " ".join(pieces)


def _span(cell: Element, name: str) -> int:
    value = (cell.get(name) or "").strip()
    return int(value) if value.isdecimal() and len(value) < 5 else 1


# --- The main part ----------------------------------------------------------------

_WHOLE = 0.95  # of the article's characters must stand in the part that is kept
_FOUND = 0.3  # of the article's characters: fewer, and trafilatura lumped them together
_LINKS = 0.6  # share of a block's characters that are links: a list of links


def _main_blocks(root: Element, article: Any) -> list[_Block]:
    """The blocks of the part that holds the article; all where none is found."""
    body = root.find("body")
    blocks = list(_blocks(root if body is None else body))
    kept = _texts(article)
    told = [b for b in blocks if b.rows or " ".join(b.text.split()) in kept]
    part = _part([b for b in told if not b.rows] or told)
    if part is None or _length(told) < _FOUND * len(article.body.xpath("string()")):
        return blocks
    inside = [b for b in blocks if _is_within(b.element, part)]
    chosen = [b for b in inside if b.rows or b.links < _LINKS * len(b.text)]
    return chosen or blocks


def _texts(article: Any) -> frozenset[str]:
    """What trafilatura kept, block by block."""
    if article is None or article.body is None:
        return frozenset()
    found = set()
    for element in article.body.iter("p", "head", "item", "quote", "code", "ab"):
        for piece in ("".join(element.itertext()), element.text or ""):
            found.add(" ".join(piece.split()))
    return frozenset(found - {""})


def _length(blocks: Sequence[_Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _part(blocks: Sequence[_Block]) -> Element | None:
    """The innermost element that holds nearly all text of the blocks."""
    total = _length(blocks)
    held: dict[Element, int] = {}
    for block in blocks:
        for element in (block.element, *block.element.iterancestors()):
            held[element] = held.get(element, 0) + len(block.text)
    enough = [e for e, count in held.items() if count >= _WHOLE * total]
    if not enough:
        return None
    return max(enough, key=lambda e: sum(1 for _ in e.iterancestors()))


def _is_within(element: Element, part: Element) -> bool:
    return element is part or any(parent is part for parent in element.iterancestors())


def _laid_out(blocks: Iterable[_Block]) -> tuple[str, tuple[Table, ...]]:
    """The page's text, a block a line, and the tables in it."""
    pieces: list[str] = []
    tables: list[Table] = []
    at = 0
    for block in blocks:
        text, caption = block.text, block.caption
        if block.rows:
            if caption:
                pieces.append(f"{caption}\n")
                at += len(caption) + 1
            text, table = lay_out(block.rows, page=1, at=at, caption=caption)
            tables.append(table)
        pieces.append(f"{text}\n")
        at += len(text) + 1
    return "".join(pieces), tuple(table for table in tables if table.cells)


# --- What the page says of itself ---------------------------------------------------

_PUBLISHED = (
    "article:published_time", "datepublished", "dc.date.issued", "dcterms.issued",
    "pubdate", "publishdate", "publish-date", "publication_date", "publisheddate",
    "citation_publication_date",
)  # fmt: skip
_SITE = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher",
         "application-name")  # fmt: skip
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _stated(root: Element) -> Mapping[str, str]:
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        metas.setdefault(key.lower(), (meta.get("content") or "").strip())
    canonical = root.xpath("//link[@rel='canonical']/@href")
    headings = [" ".join(h.text_content().split()) for h in root.iter("h1")]
    title = root.find(".//title")
    named = [
        metas.get("og:title", ""),
        headings[0] if len(headings) == 1 else "",
        " ".join((title.text or "").split()) if title is not None else "",
    ]
    dates = [metas.get(key, "") for key in _PUBLISHED] + list(_from_scripts(root))
    days = [match.group() for date in dates if (match := _DAY.match(date))]
    found = {
        "title": next((text for text in named if text), ""),
        "publisher": next((metas[key] for key in _SITE if metas.get(key)), ""),
        "published": days[0] if days else "",
        "url": metas.get("og:url", "") or (str(canonical[0]) if canonical else ""),
        "language": (root.get("lang") or "")[:2].lower(),
    }
    return {key: value for key, value in found.items() if value}


def _from_scripts(root: Element) -> Iterator[str]:
    """The date of publication in a page's JSON-LD."""
    for script in root.xpath("//script[@type='application/ld+json']"):
        try:
            loaded = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        graph = loaded.get("@graph") if isinstance(loaded, dict) else loaded
        for one in graph if isinstance(graph, list) else [loaded]:
            if isinstance(one, dict) and isinstance(one.get("datePublished"), str):
                yield one["datePublished"]
