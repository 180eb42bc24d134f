"""The front of a report: its title, and an official document's number and issuer.

The head of a Vietnamese official document stands in two columns (issuer and number
to the left, motto, place and day to the right). It arrives as lines of their own, as
lines with a wide gap, or as a table's rows; each column is read by itself.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.grammar.words import fold_in_place
from index.records import Page
from ingest.clean import Paragraph
from ingest.tables import BETWEEN

_HEAD = 10  # paragraphs that the head of an official document may take
_HEAD_LINES = 14  # in which number, issuer, place and date of a document stand
_LONGEST_HEAD = 600  # characters
_MOST_WORDS = 60  # of a title; more is text


class Title(NamedTuple):
    """A report's title, and the paragraphs that it is made of."""

    text: str | None = None
    parts: Sequence[Paragraph] = ()


# --- Title ----------------------------------------------------------------------

_KIND = re.compile(
    r"bao cao|report|thong bao|notice|announcement|ke hoach|plan|nghi quyet|resolution"
    r"|quyet dinh|decision|chi thi|directive|cong van|to trinh|nghi dinh|decree"
    r"|thong tu|circular|ket luan|huong dan|de an|chuong trinh"
)
_NUMBER_OR_DATE = re.compile(
    r"(?:so|no|number|ref)\s*[:.].*|.{0,60}\bngay \d{1,2} thang \d{1,2} nam \d{4}"
)
_OPEN = re.compile(  # a line that ends so goes on
    r"(?:[,–-]|\b(?:cua|ve|va|cho|tai|trong|theo|den|voi|giai doan|of|and|the|for|in|on"
    r"|to|by|with|from|at))$"
)
_ITEM = re.compile(r"(?:[IVX]{1,5}|[A-ZĐ]|\d{1,2})[.)/]\s|[-–•+*]\s")
_TEXT = (".", ":", ";", "!", "…")  # what a line of text ends with


def title_of(content: Sequence[Paragraph], largest: str = "") -> Title:
    """Return the heading that opens a report, all its lines as one.

    In an official document it stands below the bare kind of document ("BÁO CÁO"),
    after the issuing body, number and date. Elsewhere it is what is set in the
    *largest* type of the first page ("" where that is unknown), else what the text
    begins with, if that is a heading.
    """
    head = [
        paragraph
        for paragraph in content[:_HEAD]
        if not _NUMBER_OR_DATE.fullmatch(fold_in_place(paragraph.text))
    ]
    for i, (kind, below) in enumerate(pairwise(head), 1):
        if _KIND.fullmatch(fold_in_place(kind.text)):
            return Title() if below.text.endswith((".", ":", ";")) else _from(head, i)
    if largest and not is_issuer(largest):
        found = _standing(head, largest)
        if found:
            return _from(head, *found)
    return _from(head, 0) if head and head[0].heading else Title()


def _from(head: Sequence[Paragraph], start: int, end: int = 0) -> Title:
    """Return the title from *start* to *end*, and what of the head goes on with it."""
    end = max(start + 1, end)
    while end < len(head) and _goes_on(head[end - 1], head[end]):
        end += 1
    parts = head[start:end]
    return Title(" ".join(" ".join(part.text for part in parts).split()), parts)


def _goes_on(before: Paragraph, after: Paragraph) -> bool:
    """Return True if a title goes on in the paragraph after its last line."""
    if after.row or after.after_gap or before.page != after.page:
        return False
    if before.text.endswith(_TEXT) or after.text.endswith(_TEXT):
        return False
    if _ITEM.match(after.text) or len(after.text.split()) > _MOST_WORDS:
        return False
    return (
        after.text[0].islower()
        or bool(_OPEN.search(fold_in_place(before.text)))
        or (
            before.text.isupper() and after.text.isupper() and not is_issuer(after.text)
        )
    )


def _standing(head: Sequence[Paragraph], words: str) -> tuple[int, int] | None:
    """Return from where to where the paragraphs are these *words*, however spaced."""
    wanted = "".join(words.split())
    for start in range(len(head)):
        told = ""
        for end in range(start, len(head)):
            told += "".join(head[end].text.split())
            if told == wanted:
                return start, end + 1
            if not wanted.startswith(told):
                break
    return None


# --- Number, issuer, day ----------------------------------------------------------

# "57-NQ/TW", "749/QĐ-TTg", "42/2022/NĐ-CP"
_NUMBER = (
    r"\d{1,5}(?:/\d{4})?\s?[-/]\s?[A-ZĐƯ][A-ZĐƯa-zđ]{0,7}"
    r"(?:[-/.][A-ZĐƯa-zđ0-9&]{1,12}){0,3}"
)
_NUMBERED = re.compile(rf"\W*(?:Số|SỐ|So|No\.?|Number|Ref\.?)\s*[:.]?\s*({_NUMBER})\b")
_TITLED = re.compile(
    r"(?:nghị quyết|quyết định|nghị định|thông tư|chỉ thị|kế hoạch|báo cáo|công văn"
    r"|decree|decision|resolution|circular|directive|plan|report)"
    rf"\s+(?:(?:số|no\.?|number)\s*[:.]?\s*)?(?-i:({_NUMBER}))",
    re.IGNORECASE,
)
_ISSUER = re.compile(
    r"(?:CHÍNH PHỦ|THỦ TƯỚNG CHÍNH PHỦ|QUỐC HỘI|BỘ|UỶ BAN|ỦY BAN|UBND|SỞ|TỔNG CỤC"
    r"|CỤC|BAN CHẤP HÀNH|BAN CHỈ ĐẠO|HỘI ĐỒNG|NGÂN HÀNG NHÀ NƯỚC|THANH TRA|VĂN PHÒNG"
    r"|TỈNH ỦY|THÀNH ỦY|THE GOVERNMENT|GOVERNMENT|MINISTRY OF|PRIME MINISTER)\b"
)
# What begins the column on the right, and stamps, which belong to neither.
_RIGHT = re.compile(
    r"CỘNG H|ĐẢNG CỘNG SẢN|ĐỘC LẬP|SOCIALIST REPUBLIC|INDEPENDENCE|.*\bKHẨN$|.*\bMẬT$"
    r"|HỎA TỐC|HOẢ TỐC|DỰ THẢO"
)
_COLUMNS = re.compile(
    rf"\s{{3,}}|\t|{re.escape(BETWEEN)}|\s\|$|\s(?=CỘNG H|SOCIALIST REPUBLIC)"
)


_MOTTO = re.compile(
    r"cong hoa xa hoi chu nghia viet nam|dang cong san viet nam|socialist republic of"
    r" viet\s?nam|doc lap\s*[-–]\s*tu do|independence\s*[-–]\s*freedom"
)


def is_letterhead(text: str) -> bool:
    """Return True for a table that only places the two columns of an official head."""
    return len(text) < _LONGEST_HEAD and bool(_MOTTO.search(fold_in_place(text)))


def is_issuer(text: str) -> bool:
    """Return True for the name of a body in capitals, as it heads its documents."""
    return text == text.upper() and _ISSUER.match(text) is not None


def head_cells(pages: Sequence[Page]) -> Iterator[list[str]]:
    """Yield the lines at the top of a report, each as what stands in its columns."""
    lines = [
        line.strip(" *_#|") for page in pages[:1] for line in page.text.split("\n")
    ]
    for line in [line for line in lines if line][:_HEAD_LINES]:
        yield [cell.strip(" *_#|") for cell in _COLUMNS.split(line)]


def number_of(pages: Sequence[Page], title: str | None) -> str | None:
    """Return the document's own number: at its head, or what its title begins with.

    A number further down is another document's.
    """
    for cells in head_cells(pages):
        for cell in cells:
            if match := _NUMBERED.match(cell):
                return re.sub(r"\s", "", match[1])
    match = _TITLED.match(title or "")
    return re.sub(r"\s", "", match[1]) if match else None


def issuer_of(pages: Sequence[Page]) -> str | None:
    """Return the body that stands above the number of an official document.

    Its name may take two lines: "ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN".
    """
    named = None
    for cells in head_cells(pages):
        left = cells[0]
        if any(_NUMBERED.match(cell) for cell in cells):
            return named
        if is_issuer(left):
            named = left
        elif named and left.isupper() and not _is_other(left):
            named = f"{named} {left}"
    return None


def _is_other(line: str) -> bool:
    return bool(_RIGHT.match(line) or _KIND.fullmatch(fold_in_place(line)))
