"""What each way of reading a PDF makes of the same text, and how fast.

`python -m tests.ingest.readers` prints the table of docs/formats.md.
"""

import io
import sys
import time
import unicodedata
from collections.abc import Callable

import pypdfium2
from pypdf import PdfReader
from rapidfuzz.distance import Levenshtein

from ingest.formats.pdf import read_pdf
from tests.ingest.printed import ENGLISH, VIETNAMESE, placed, printed

_TEXT = (*VIETNAMESE, *ENGLISH) * 8
_SPLIT = "ĐIỀ U KHO ẢN chung của quyế t định năm 2024 là 45%"
_LEFT = (
    "Tỷ lệ hồ sơ trực tuyến của tỉnh",
    "năm 2024 đạt 45%, tăng 2,5 lần so",
    "với năm 2023, là mức cao nhất từ",
    "trước tới nay trên địa bàn tỉnh.",
)
_RIGHT = (
    "Phấn đấu đến năm 2025, có 80%",
    "hồ sơ thủ tục hành chính được",
    "giải quyết trên môi trường mạng,",
    "theo kế hoạch của Chính phủ.",
)
_LINES = [
    (x, 700.0 - 15 * row, text)
    for row, pair in enumerate(zip(_LEFT, _RIGHT, strict=True))
    for x, text in zip((60.0, 320.0), pair, strict=True)
]

CASES = {
    "one column": (printed(_TEXT), _TEXT),
    "two columns": (printed(_TEXT, columns=2), _TEXT),
    "two columns, drawn line by line": (
        placed(*_LINES),
        [*_LEFT, *_RIGHT],
    ),
    "heads and feet": (
        printed(_TEXT, head="BỘ Y TẾ – Báo cáo năm 2024", foot="Trang #"),
        _TEXT,
    ),
    "split syllables": (
        placed((60, 700, _SPLIT)),
        ["ĐIỀU KHOẢN chung của quyết định năm 2024 là 45%"],
    ),
}
READERS: dict[str, Callable[[bytes], list[str]]] = {
    "pypdf": lambda data: [
        page.extract_text() for page in PdfReader(io.BytesIO(data)).pages
    ],
    "PDFium": lambda data: [
        page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)
    ],
    "both, laid out": lambda data: [page.text for page in read_pdf("", data).pages],
}


def main() -> int:
    """Print a row each case and reader: wrong characters, milliseconds a page."""
    for case, (data, meant) in CASES.items():
        for reader, read in READERS.items():
            took = []
            for _ in range(3):
                began = time.process_time()
                pages = read(data)
                took.append(time.process_time() - began)
            wrong = _wrong(" ".join(pages), " ".join(meant))
            speed = 1000 * min(took) / len(pages)
            sys.stdout.write(f"{case:<32} {reader:<15} {wrong:7.2%} {speed:6.1f} ms\n")
    return 0


def _wrong(text: str, meant: str) -> float:
    one, other = (
        " ".join(unicodedata.normalize("NFC", each).split()) for each in (text, meant)
    )
    return Levenshtein.distance(one, other) / len(other)


if __name__ == "__main__":
    sys.exit(main())
