"""PDFs as programs print them, with a Vietnamese font, and scans of them."""

import io
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
import pypdfium2
from PIL import Image
from pypdf import PdfReader, PdfWriter
from rapidfuzz.distance import Levenshtein
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table

from ingest.document import Document

VIETNAMESE = (
    "Năm 2024, tỷ lệ hồ sơ trực tuyến trên toàn quốc đạt 45%, tăng 2,5 lần so với năm "
    "2023. Cả nước có 55,25 triệu tài khoản định danh điện tử được kích hoạt.",
    "Tỉnh Lạng Sơn xếp thứ 12 trong số 63 tỉnh, thành phố về chỉ số chuyển đổi số; tỷ "
    "lệ thanh toán không dùng tiền mặt đạt 72,3%, cao hơn 5,1 điểm phần trăm so với "
    "cùng kỳ năm trước.",
    "Phấn đấu đến năm 2025, 80% hồ sơ thủ tục hành chính được giải quyết hoàn toàn "
    "trên môi trường mạng; 100% cơ quan nhà nước sử dụng chữ ký số.",
)
ENGLISH = (
    "In 2024, the rate of online records nationwide reached 45%, up 2.5 times compared "
    "to 2023, and the country has 55.25 million activated accounts.",
    "Lang Son province ranked 12th among 63 provinces and cities; the share of "
    "cashless payments reached 72.3% in the first nine months of the year.",
)
FONT = "DejaVu"


@cache
def font() -> str:
    """Make the Vietnamese font known; return its name."""
    fonts = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    pdfmetrics.registerFont(TTFont(FONT, str(fonts / "DejaVuSerif.ttf")))
    return FONT


def printed(
    paragraphs: Sequence[str],
    *,
    columns: int = 1,
    rows: Sequence[Sequence[Any]] = (),
    ruled: bool = True,
    head: str = "",
    foot: str = "",
    before: Callable[[Canvas], None] = lambda _canvas: None,
) -> bytes:
    """Return the paragraphs, justified, over as many pages as they need.

    rows: a table after them, of texts or flowables. head, foot: on each page; "#" is
    its number.
    before: what else to do with each page's canvas.
    """
    style = ParagraphStyle(
        "body", fontName=font(), fontSize=11, leading=15, spaceAfter=8, alignment=4
    )

    def decorate(canvas: Any, document: Any) -> None:
        before(canvas)
        canvas.setFont(FONT, 9)
        number = str(document.page)
        canvas.drawString(60, 805, head.replace("#", number))
        canvas.drawCentredString(297, 30, foot.replace("#", number))

    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=A4)
    wide = (A4[0] - 120 - (columns - 1) * 20) / columns
    frames = [
        Frame(60 + i * (wide + 20), 60, wide, 730, id=str(i)) for i in range(columns)
    ]
    document.addPageTemplates(PageTemplate("page", frames, onPage=decorate))
    story: list[Any] = [Paragraph(text, style) for text in paragraphs]
    if rows:
        look: list[Any] = [("FONT", (0, 0), (-1, -1), FONT, 10)]
        if ruled:
            look.append(("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0)))
        story.append(Table([list(row) for row in rows], style=look))
    document.build(story)
    return out.getvalue()


def placed(
    *lines: tuple[float, float, str], size: float = 11, pages: int = 1, fonts: str = ""
) -> bytes:
    """Return pages with these lines, each at x and y from the lower left corner."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for _ in range(pages):
        canvas.setFont(fonts or font(), size)
        for x, y, text in lines:
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def scanned(data: bytes, *, dpi: int = 300, turned: float = 0) -> bytes:
    """Return the PDF as pictures of its pages.

    turned: degrees; 2 lies a little askew, 90 on its side.
    """
    out = io.BytesIO()
    canvas = Canvas(out)
    pdf = pypdfium2.PdfDocument(data)
    for page in pdf:
        picture = page.render(scale=dpi / 72, grayscale=True).to_pil()
        picture = picture.rotate(
            turned, Image.Resampling.BICUBIC, expand=True, fillcolor=255
        )
        size = picture.width * 72 / dpi, picture.height * 72 / dpi
        canvas.setPageSize(size)
        shown = io.BytesIO()
        picture.save(shown, "PNG")
        canvas.drawImage(ImageReader(shown), 0, 0, *size)
        canvas.showPage()
    pdf.close()
    canvas.save()
    return out.getvalue()


def text_of(document: Document) -> str:
    """All pages, white space as single spaces."""
    return " ".join(" ".join(page.text.split()) for page in document.pages)


def error_rate(document: Document, meant: str) -> float:
    """Share of characters to change to get what was meant."""
    meant = " ".join(meant.split())
    return Levenshtein.distance(text_of(document), meant) / len(meant)


def rewritten(data: bytes, change: Callable[[Any], Any]) -> bytes:
    """The PDF after *change* to its writer."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def together(*files: bytes) -> bytes:
    """The pages of several PDFs as one."""
    writer = PdfWriter()
    for data in files:
        writer.append(io.BytesIO(data))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def span_of(text: str, words: str) -> tuple[int, int]:
    """Where *words* stand in *text*."""
    return text.index(words), text.index(words) + len(words)
