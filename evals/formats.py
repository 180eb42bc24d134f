"""Reading speed and round trip of each format, on a report made for it.

One text of Vietnamese prose and a table is written as every format, by the
tools that people's programs use, and read back: pages a second, and how many
characters come back wrong (edit distance over length, spaces taken together).
A page is 3,000 characters. Seconds are the processor's, of this process and of
Tesseract, which other work on the machine leaves nearly alone. Needs the dev
packages: reportlab makes the PDF.
"""

import argparse
import html
import io
import os
import sys
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
import openpyxl
from rapidfuzz.distance import Levenshtein

from index.errors import AssistantError, BadInputError
from ingest.load import Source, read_document
from ingest.parse import parse_source

_PAGE = 3_000  # characters
_PROSE = (
    "Năm {year}, tỷ lệ hồ sơ trực tuyến toàn trình của tỉnh đạt {a},{b}%, tăng so với "
    "năm trước; cả nước có {a},25 triệu tài khoản định danh điện tử được kích hoạt.",
    "Phấn đấu đến năm 2030, {a}% hồ sơ thủ tục hành chính được giải quyết hoàn toàn "
    "trên môi trường mạng, {b}% cơ quan nhà nước sử dụng chữ ký số chuyên dùng.",
    "Các bộ, ngành, địa phương khẩn trương rà soát, cắt giảm, đơn giản hóa thủ tục; "
    "giao Bộ Thông tin và Truyền thông chủ trì, theo dõi và đôn đốc việc thực hiện.",
)
ROWS = (
    ("Tỉnh", "Năm 2022", "Năm 2023", "Xếp hạng"),
    ("Lạng Sơn", "52,80%", "61,2%", "12"),
    ("Bắc Giang", "48,10%", "60,0%", "15"),
    ("Hà Nội", "70,1%", "75,5%", "1"),
)
Write = Callable[[Sequence[str]], bytes]


@dataclass(frozen=True, slots=True)
class Speed:
    """How one format was read."""

    name: str
    pages: float  # of 3,000 characters
    read: float  # seconds of the processor: the text alone
    parsed: float  # the same, with sentences and figures
    wrong: float  # share of characters


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; exit 0."""
    parser = argparse.ArgumentParser(
        prog="python -m evals formats", description=__doc__
    )
    parser.add_argument("--pages", type=int, default=30, help="of each format")
    parser.add_argument("--scanned", type=int, default=3, help="pages read by OCR")
    args = parser.parse_args(argv)
    told = paragraphs(args.pages)
    print(table(measured(told, paragraphs(args.scanned))))  # noqa: T201 - a command line
    return 0


def paragraphs(pages: int) -> list[str]:
    """Prose of about that many pages, no two paragraphs alike."""
    found: list[str] = []
    length = number = 0
    while length < pages * _PAGE:
        text = _PROSE[number % 3].format(
            year=2000 + number % 25, a=number % 97, b=number % 9 + 1
        )
        found.append(text)
        length += len(text)
        number += 1
    return found


def measured(told: Sequence[str], scanned: Sequence[str]) -> list[Speed]:
    """Every format in turn; a PDF of pictures only where OCR can read it."""
    found = [_measure(name, write, told) for name, write in _FORMATS.items()]
    try:
        found.append(_measure("scan.pdf", _as_scan, scanned))
    except AssistantError as error:
        print(f"scans are left out: {error}", file=sys.stderr)  # noqa: T201 - same
    return found


def _measure(name: str, write: Write, told: Sequence[str]) -> Speed:
    # What is loaded with the first file of a format is no time of reading it.
    parse_source(Source(name, write(told[:9]), None))
    source = Source(name, write(told), None)
    began = _spent()
    document = read_document(source)
    read = _spent() - began
    began = _spent()
    parse_source(source)
    parsed = _spent() - began
    # A workbook repeats the table instead of the prose.
    wanted = _wanted(told) if name != "report.xlsx" else _wanted_sheet(told)
    got = _plain("\n".join(page.text for page in document.pages))
    return Speed(name, len(wanted) / _PAGE, read, parsed, character_errors(wanted, got))


def _spent() -> float:
    """Seconds that processors gave to this process and those it started."""
    return time.process_time() + sum(os.times()[2:4])


def character_errors(wanted: str, got: str) -> float:
    """Edit distance over the length of what was meant."""
    return Levenshtein.distance(wanted, got) / max(1, len(wanted))


def _plain(text: str) -> str:
    """NFC, spaces taken together, without the bars and marks of a table."""
    bare = unicodedata.normalize("NFC", text).replace("|", " ").replace("---", " ")
    return " ".join(bare.split())


def _wanted(told: Sequence[str]) -> str:
    return _plain("\n".join([*told, *(" ".join(row) for row in ROWS)]))


def _wanted_sheet(told: Sequence[str]) -> str:
    rows = [" ".join(row) for row in ROWS[1:]]
    return _plain("\n".join(["Sheet", " ".join(ROWS[0]), *(rows * len(told))]))


def table(speeds: Sequence[Speed]) -> str:
    """The measures as Markdown."""
    lines = [
        "| format | pages | pages a second, read | with figures "
        "| wrong characters, % |",
        "| --- | --: | --: | --: | --: |",
    ]
    lines += [
        f"| {s.name} | {s.pages:.0f} | {s.pages / s.read:,.1f} "
        f"| {s.pages / s.parsed:,.1f} | {100 * s.wrong:.2f} |"
        for s in speeds
    ]
    return "\n".join(lines)


# --- Writers ----------------------------------------------------------------------


def _as_text(told: Sequence[str]) -> bytes:
    return "\n".join([*told, *("\t".join(row) for row in ROWS)]).encode()


def _as_markdown(told: Sequence[str]) -> bytes:
    rows = ["| " + " | ".join(row) + " |" for row in ROWS]
    rows.insert(1, "|---" * len(ROWS[0]) + "|")
    return "\n\n".join([*told, "\n".join(rows)]).encode()


def _as_html(told: Sequence[str]) -> bytes:
    prose = "".join(f"<p>{html.escape(text)}</p>" for text in told)
    rows = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
        for row in ROWS
    )
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Báo cáo</title></head>'
        f'<body><nav><a href="/">Trang chủ</a></nav><article>{prose}<table>{rows}'
        "</table></article></body></html>"
    ).encode()


def as_docx(told: Sequence[str]) -> bytes:
    """Write paragraphs, and `ROWS` as a table below them, as a Word document."""
    document = docx.Document()
    for text in told:
        document.add_paragraph(text)
    grid = document.add_table(len(ROWS), len(ROWS[0]))
    for line, row in zip(grid.rows, ROWS, strict=True):
        for cell, text in zip(line.cells, row, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _as_xlsx(told: Sequence[str]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(list(ROWS[0]))
    for _ in told:
        for row in ROWS[1:]:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _as_pdf(told: Sequence[str]) -> bytes:
    try:
        import matplotlib
        from reportlab.lib.styles import ParagraphStyle
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont
        from reportlab.platypus import Paragraph, SimpleDocTemplate, Table
    except ImportError as error:
        raise BadInputError(
            f"{error.name} is not installed: run `pip install -e '.[dev]'`."
        ) from error
    fonts = Path(matplotlib.get_data_path()) / "fonts" / "ttf"  # Vietnamese, and free
    pdfmetrics.registerFont(TTFont("Serif", str(fonts / "DejaVuSerif.ttf")))
    style = ParagraphStyle("body", fontName="Serif", fontSize=11, leading=15)
    out = io.BytesIO()
    SimpleDocTemplate(out).build(
        [Paragraph(html.escape(text), style) for text in told]
        + [Table([list(r) for r in ROWS], style=[("FONT", (0, 0), (-1, -1), "Serif")])]
    )
    return out.getvalue()


def _as_scan(told: Sequence[str]) -> bytes:
    """The PDF's pages as pictures of 300 dots an inch."""
    import pypdfium2

    pictures = [
        page.render(scale=300 / 72, grayscale=True).to_pil()
        for page in pypdfium2.PdfDocument(_as_pdf(told))
    ]
    out = io.BytesIO()
    pictures[0].save(
        out, "PDF", save_all=True, append_images=pictures[1:], resolution=300
    )
    return out.getvalue()


_FORMATS: dict[str, Write] = {
    "report.txt": _as_text,
    "report.md": _as_markdown,
    "report.html": _as_html,
    "report.docx": as_docx,
    "report.xlsx": _as_xlsx,
    "report.pdf": _as_pdf,
}
