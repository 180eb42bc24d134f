"""Numbers in words: "five pillars", "ba trụ cột", "half of", "một phần ba"."""

import re
from collections.abc import Iterator

from index.grammar.quantity import Quantity

EN_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
_VI_NUMBERS = {"hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
               "mười": 10, "năm": 5, "một": 1}  # fmt: skip
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "tenth": 10, "nua": 2,
    "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "muoi": 10,
}  # fmt: skip
_SHARES = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4,
           "mot": 1, "hai": 2, "ba": 3, "bon": 4}  # fmt: skip

_EN = re.compile(
    rf"\b(?P<n>{'|'.join(EN_NUMBERS)})(?:\s+(?P<scale>hundred|thousand|million|billion))?\b"
    r"\s+(?!(?:of|to|or|and|in|at|by|times|months?|consecutive|years?|days?|hours?"
    r"|thirds?|quarters?|fifths?)\b)(?=[a-z])"
)
# "năm" is mostly a year and "một" mostly "a": they count only these.
_UNITS = (
    r"(?:trụ cột|nhóm|mục tiêu|nhiệm vụ|giải pháp|lĩnh vực|địa phương|tỉnh|bộ|nội dung"
    r"|chỉ tiêu|dự án|nền tảng|đột phá|tiêu chí|huyện|xã|đơn vị|cơ quan|doanh nghiệp)\b"
)
_VI = re.compile(
    r"\b(?P<n>hai|ba|bốn|sáu|bảy|tám|chín|mười)\s+(?!(?:tháng|năm|ngày|giờ|lần|bên|mẹ"
    r"|phần|mươi|trăm|nghìn|triệu|tỷ|tỉ|là|và|chiều|miền|muồi|sao)\b)(?=[^\W\d_])"
    rf"|\b(?P<few>năm|một)\s+(?={_UNITS})"
)
_BEFORE_VI = re.compile(r"(?:thứ|phần|tháng|hạng|lần|mười|mươi|quý)\s+$")
_FRACTION = re.compile(
    r"(?<!first\s)(?<!second\s)(?<!last\s)\b(?:(?P<one>half)(?=\s+(?:of|the)\s)"
    r"|(?P<a>a|one|two|three|four)[\s-](?P<b>third|quarter|fourth|fifth|tenth)s?(?=\s+of\s)"
    r"|mot\s+(?P<half>nua)\b"
    r"|(?P<c>mot|hai|ba|bon)\s+phan\s+(?P<d>hai|ba|tu|nam|sau|muoi)\b)"
    r"(?!\s+(?:of\s+)?(?:the\s+)?"
    r"(?:years?|months?|days?|century|nam|thang|ngay|the ky)\b)"
)
_TWO_DIGITS = re.compile(
    r"\b(?:double[\s-]digits?|(?:hai|2)\s+con\s+so(?!\s+(?:nay|do|tren|tuong|la|ay)\b))\b"
)


def find_spelled(text: str, folded: str) -> Iterator[Quantity]:
    """Shares and counts of *text* in words; *folded* is its fold for the grammar."""
    for match in _TWO_DIGITS.finditer(folded):
        start, end = match.span()
        yield Quantity(start, end, text[start:end], "share", 10.0, "%", value_to=99.0)
    for match in _FRACTION.finditer(folded):
        part = _SHARES[match["a"] or match["c"] or "one"]
        whole = _PARTS[match["one"] or match["half"] or match["b"] or match["d"]]
        start, end = match.span()
        raw = text[start:end]
        yield Quantity(start, end, raw, "share", 100 * part / whole, "%")
    for match in _EN.finditer(folded):
        value = EN_NUMBERS[match["n"]] * _SCALES.get(match["scale"] or "", 1)
        start, end = match.start("n"), match.end("scale" if match["scale"] else "n")
        yield Quantity(start, end, text[start:end], "count", float(value), "")
    low = text.lower()
    if len(low) != len(text):
        return
    for match in _VI.finditer(low):
        name = "few" if match["few"] else "n"
        start, end = match.span(name)
        # A name starts with a capital ("Ba Vì"), a number only where a sentence does.
        capital = text[start].isupper() and start > 0
        if not capital and not _BEFORE_VI.search(low[max(0, start - 8) : start]):
            value = float(_VI_NUMBERS[match[name]])
            yield Quantity(start, end, text[start:end], "count", value, "")
