"""What of a page is content, decided by offsets; the text is never edited.

A paragraph is a stretch of content. What web pages and printers add (source
lines, share buttons, captions, bylines, print dates, running heads, page
numbers) belongs to no paragraph: it is not embedded and never quoted. When in
doubt a line stays content.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.grammar.words import fold_in_place
from index.records import Page


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of content on one page, without white space or bullets around."""

    page: int
    start: int
    end: int
    text: str  # == page.text[start:end]
    heading: bool
    after_gap: bool  # something left out stands before it on the page
    row: bool = False  # of a table: one sentence, however long
    context: str = ""  # the headings that a row stands under
    item: bool = False  # of a list: a bullet stands before it


@dataclass(frozen=True, slots=True)
class _Block:
    """A line, or several that make one paragraph, before it is judged."""

    page: int
    start: int
    end: int
    text: str
    marked: bool  # as a heading by Markdown's "#"
    item: bool = False  # a bullet stood before it


def paragraphs(pages: Sequence[Page]) -> tuple[Paragraph, ...]:
    """Return the content of a report in reading order."""
    running = _running_lines(pages)
    blocks = [block for page in pages for block in _blocks(page, running)]
    blocks = _without_recipients(blocks)
    kept = _without_edges([b for b in blocks if not _is_furniture(b.text)])
    kept = [b for i, b in enumerate(kept) if not _is_caption(b.text, first=i == 0)]
    return tuple(
        Paragraph(
            page=block.page,
            start=block.start,
            end=block.end,
            text=block.text,
            heading=_is_heading(block, kept[i + 1 : i + 2]),
            after_gap=i > 0 and _is_gap(pages, kept[i - 1], block),
            item=block.item,
        )
        for i, block in enumerate(kept)
    )


def _is_gap(pages: Sequence[Page], before: _Block, block: _Block) -> bool:
    """Return True if text between two blocks of one page was left out."""
    if before.page != block.page:
        return False
    text = next(page.text for page in pages if page.number == block.page)
    return any(char.isalnum() for char in text[before.end : block.start])


# --- Lines and blocks ---------------------------------------------------------

_LINE = re.compile(r"[^\n\r\f]+")
_BULLET = re.compile(r"(?:>\s*)*(?:(?P<heading>#{1,6})\s+|[-*+•▪●○–·]\s+)?")
_ITEM = re.compile(r"(?:[-*+•▪●○–·]\s|#{1,6}\s|\|)|\(?[\w]{1,4}[.)]\s+\S")
_TERMINAL = tuple('.!?:;…”"')


def _lines(page: Page) -> list[_Block]:
    found = []
    for match in _LINE.finditer(page.text):
        raw = match.group()
        start = match.start() + len(raw) - len(raw.lstrip())
        end = match.start() + len(raw.rstrip())
        if start < end:
            found.append(_Block(page.number, start, end, page.text[start:end], False))
    return found


def _blocks(page: Page, running: set[str]) -> Iterator[_Block]:
    """Paragraphs of a page before judging; a wrapped page has its lines joined."""
    lines = _body(page, running)
    widest = max((line.end - line.start for line in lines), default=0)
    wrapped = _is_wrapped(lines)
    group: list[_Block] = []
    for line in lines:
        if group and not (wrapped and _continues(page, group[-1], line, widest)):
            yield _block(page, group[0].start, group[-1].end)
            group = []
        group.append(line)
    if group:
        yield _block(page, group[0].start, group[-1].end)


def _block(page: Page, start: int, end: int) -> _Block:
    """Return a block without the bullet or heading mark before it."""
    mark = _BULLET.match(page.text, start, end)
    if mark and mark.end() < end:
        start = mark.end()
    marked = bool(mark and mark["heading"])
    item = bool(mark and mark.group().strip(" \t>")) and not marked
    return _Block(page.number, start, end, page.text[start:end], marked, item)


def _is_wrapped(lines: Sequence[_Block]) -> bool:
    """Return True if lines end where the paper does, not where paragraphs do."""
    broken = sum(
        not line.text.endswith(_TERMINAL) and after.text[0].islower()
        for line, after in pairwise(lines)
    )
    return broken >= 2 and broken >= 0.2 * (len(lines) - 1)


def _continues(page: Page, before: _Block, line: _Block, widest: int) -> bool:
    """Return True if *line* goes on with the paragraph of the line *before* it."""
    between = page.text[before.end : line.start]
    if between.count("\n") > 1 or _ITEM.match(line.text) or _is_furniture(before.text):
        return False
    if line.text[0].islower():
        return True
    # The last line of a paragraph usually ends in a full stop before the margin.
    full = 0.9 if before.text.endswith(_TERMINAL) else 0.75
    return before.end - before.start >= full * widest


# --- What is not content ------------------------------------------------------

_DATE = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|thu (?:hai|ba|tu|nam|sau|bay)"
    r"|chu nhat)?[\s,.|-]*(?:ngay\s+)?"
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2})"
)
_CLOCK = r"(?:[\s,|-]*\d{1,2}[:h]\d{2}(?::\d{2})?(?:\s*[ap]m)?(?:\s*\(?gmt\s*\+?7\)?)?)"
# What stands before the day on which something came out.
PUBLISHED = (
    r"published|publication date|posted|date posted|released|ngay dang|dang ngay"
    r"|ngay xuat ban|ngay phat hanh|xuat ban"
)
# Of who signs: "KT. CỤC TRƯỞNG", "PHÓ CỤC TRƯỞNG".
_RANK = (
    r"(?:pho |quyen |q\.? ?)?(?:thu tuong|chu tich|chu nhiem|tong bi thu|bi thu"
    r"|(?:tong )?giam doc|thong doc|chanh (?:van phong|thanh tra|an)|vien truong"
    r"|(?:bo|thu|tong cuc|cuc|chi cuc|vu) truong|truong (?:ban|phong|doan))"
    r"(?: thuong truc)?"
)
_HOST = r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+"
_FURNITURE = re.compile(
    "|".join(
        (
            r"(?:sources?|nguon)(?:\s+tin)?\s*:?(?:\s*https?://\S+)?",
            r"(?:sources?|nguon)(?:\s+tin)?\s*:\s*\S+(?:\s+\S+){0,7}",
            rf"(?:according to|theo)\s+{_HOST}",
            r"https?://\S+",
            r"\(?\d*\)?\s*(?:comments?|binh luan)\s*(?:\(\s*\d+\s*\)|:\s*\d+)?",
            r"(?:tags?|tu khoa|keywords?|hashtags?)\s*:.{0,200}",
            r"tags?|tu khoa|chia se(?: bai viet)?|share(?: this)?|like|in bai(?: viet)?"
            r"|ban in|gui email|print|email|xem them|read more|doc tiep|quay lai"
            r"|tin lien quan|tin cung chuyen muc|bai viet lien quan|tin khac"
            r"|related (?:news|articles|posts)|other news|trang chu|home|len dau trang"
            r"|back to top|luot xem\s*:?\s*\d*|views?\s*:\s*\d+",
            r"(?:by|author|tac gia|tin,? (?:va )?anh|bai,? (?:va )?anh|anh)\s*:\s*\S+"
            r"(?:\s+\S+){0,5}",
            r"(?:page|trang)\s*\d{1,4}(?:\s*(?:/|of|tren)\s*\d{1,4})?",
            # An entry of a table of contents: "2.1. Results ........ 12".
            r"\S.{0,300}?(?:\s?[.…·_]){4,}\s*(?:\d{1,4}|[ivxlc]{1,6})",
            rf"{_DATE}{_CLOCK}?|{_CLOCK}[\s,|-]*{_DATE}",
            # The head of a saved article: its day and address.
            rf"(?:{PUBLISHED}|date|updated|ngay|cap nhat)"
            rf"(?:\s+(?:on|at|luc))?\s*:?\s*{_DATE}{_CLOCK}?",
            r"(?:url|link|website|dia chi|duong dan)\s*:\s*(?:https?://)?\S+",
            # Signatures, seals and distribution lists of official documents.
            rf"(?:tm|kt|tl|tuq|q)\.?\s*(?:(?:tm|kt|tl)\.?\s*)?(?:chinh phu|{_RANK}"
            r"|uy ban|ban (?:chap hanh|bi thu|thuong vu)|bo chinh tri|ban chi dao"
            r"|hoi dong|quoc hoi).{0,60}",
            r"noi nhan\s*:?|nhu (?:tren|dieu \d+)\s*[;./-]*|luu\s*:\s*\S.{0,60}"
            r"|\(?\s*da ky\s*\)?|\(signed\)|ky (?:ten|boi)\s*:?.{0,80}"
            r"|nguoi ky\s*:.{0,250}|(?:co quan|thoi gian ky|e-?mail)\s*:.{0,80}"
            r"|\(?ky,? (?:ghi ro ho ten|ten,? dong dau).{0,30}",
            _RANK,
            r"cong hoa xa hoi chu nghia viet nam|doc lap\s*[-–]\s*tu do\s*[-–]\s*"
            r"hanh phuc|socialist republic of viet\s?nam|independence\s*[-–]\s*freedom"
            r"\s*[-–]\s*happiness",
        )
    )
)
_CREDIT = re.compile(
    r"\b(?:photos?(?: by)?|image|picture|anh(?: minh hoa| tu lieu)?)\s*:\s*\S.{0,60}$"
    r"|\((?:screenshot|screen capture|illustration|illustrative (?:photo|image)"
    r"|file photo|photo|anh minh hoa|anh chup man hinh|anh tu lieu|anh)\b[^()]*\)\W*$"
    r"|[-–]\s*(?:anh|photo)\s*$"
)
_SCENE = re.compile(
    r"(?:(?:an? )?(?:overview|view|panorama|scene|scenes|illustration)\b"
    r"|(?:the )?(?:delegates|participants|leaders|officials|attendees)"
    r" (?:attending|at|during|visiting|taking|joining)\b"
    r"|(?:conference|meeting) (?:locations?|venues?)\b"
    r"|(?:quang canh|toan canh|khung canh)\b|(?:cac )?dai bieu (?:tham )?du\b)"
    r".*\b(?:conference|meeting|session|ceremony|workshop|forum|event|seminar"
    r"|hoi nghi|hoi thao|phien hop|cuoc hop|buoi (?:le|lam viec)|le|dien dan|su kien)\b"
)
_CREDIT_WORDS, _SCENE_WORDS, _BYLINE_WORDS = 60, 20, 4
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)\s*$")


def _is_furniture(text: str) -> bool:
    """Return True for a line that a site, a printer or a form put there."""
    if not any(char.isalnum() for char in text) or _IMAGE.match(text):
        return True
    return _FURNITURE.fullmatch(fold_in_place(text).strip(" *_[]|.")) is not None


_RECIPIENTS = re.compile(r"\W*noi nhan\W*")


def _without_recipients(blocks: Sequence[_Block]) -> list[_Block]:
    """Without the list of those a document goes to: "- Thường trực Tỉnh ủy (b/c);"."""
    kept: list[_Block] = []
    listing = False
    for block in blocks:
        listing = block.text.endswith((";", ",")) if listing else False
        if not listing:
            kept.append(block)
            listing = _RECIPIENTS.fullmatch(fold_in_place(block.text)) is not None
    return kept


def _is_caption(text: str, *, first: bool) -> bool:
    """Return True for the words below a picture: they repeat or only name the scene."""
    folded, count = fold_in_place(text), len(text.split())
    if count <= _CREDIT_WORDS and _CREDIT.search(folded):
        return True
    if first or count > _SCENE_WORDS or any(char.isdigit() for char in text):
        return False
    return _SCENE.match(folded) is not None


def _without_edges(blocks: list[_Block]) -> list[_Block]:
    """Without the writer's name that closes an article."""
    if len(blocks) > 1 and _is_byline(blocks[-1].text):
        return blocks[:-1]
    return blocks


_SMALL_PARTS = frozenset(["-", "–", "/", "&", "and", "va", "theo", "(theo"])


def _is_byline(text: str) -> bool:
    words = text.replace("/", " / ").split()
    names = [word for word in words if fold_in_place(word) not in _SMALL_PARTS]
    return (
        1 <= len(names) <= _BYLINE_WORDS
        and not text.endswith((".", ":", ";", "!", "?"))
        and not any(char.isdigit() for char in text)
        and all(name.lstrip("(")[:1].isupper() for name in names)
    )


# --- Headings and running lines -------------------------------------------------

_HEADING_WORDS = 40
# "Mr. A chaired the conference": a caption that may hold a fact, no heading.
_PERSON = re.compile(r"(?:mr|mrs|ms|comrade|dong chi|ong|ba)\b")


def _is_heading(block: _Block, after: Sequence[_Block]) -> bool:
    """Return True for a short line without a full stop that something follows."""
    if block.marked:
        return True
    text = block.text
    return (
        bool(after)
        and len(text.split()) <= _HEADING_WORDS
        and not text.endswith((".", ":", ";", ",", "…", "/"))
        and not text[0].islower()
        and not _PERSON.match(fold_in_place(text))
        and after[0].page == block.page
        and len(after[0].text) > len(text) / 2
    )


_EDGE = 2  # lines at the top and at the bottom of a page that may be running heads
_RUNNING_LENGTH = 100


def _key(line: str, page: int) -> str:
    """Return a line with the page's own number masked, so "Page 3" equals "Page 4"."""
    return re.sub(rf"\b{page}\b", "#", line.lower())


def _running_lines(pages: Sequence[Page]) -> set[str]:
    """Keys of short lines that stand at the top or bottom of most pages."""
    counts: Counter[str] = Counter()
    for page in pages:
        lines = [line.text for line in _lines(page)]
        counts.update({_key(t, page.number) for t in lines[:_EDGE] + lines[-_EDGE:]})
    needed = max(3, len(pages) // 2)
    often = {k for k, n in counts.items() if n >= needed and len(k) <= _RUNNING_LENGTH}
    return often | {"#"} if len(pages) > 1 else often


def _body(page: Page, running: set[str]) -> list[_Block]:
    """Return the lines of a page between its running heads and feet."""
    lines = _lines(page)
    first, last = 0, len(lines)
    while first < min(_EDGE, last) and _key(lines[first].text, page.number) in running:
        first += 1
    while (
        last > max(first, len(lines) - _EDGE)
        and _key(lines[last - 1].text, page.number) in running
    ):
        last -= 1
    return lines[first:last]
