"""What is struck out of a report is cancelled and must not be quoted."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import openpyxl
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    RectangleObject,
)
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from index.errors import UnreadableReportError
from ingest.formats.docx import read_docx
from ingest.formats.pdf import read_pdf
from ingest.formats.xlsx import read_xlsx
from tests.ingest.printed import font, printed, rewritten

SEEN = "Năm 2024, tỷ lệ hồ sơ trực tuyến trên toàn quốc đạt 45%."
STRUCK = "text that is struck out was left out"


def saved(document: Any) -> bytes:
    """The bytes of a Word document or workbook."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


# --- Word -------------------------------------------------------------------------


def changed(kind: str, text: str) -> Any:
    """A run within a tracked change of that kind."""
    change = OxmlElement(f"w:{kind}")
    run = OxmlElement("w:r")
    told = OxmlElement("w:delText" if kind == "del" else "w:t")
    told.text = text
    run.append(told)
    change.append(run)
    return change


def test_what_the_author_struck_out_of_a_word_document_is_not_read() -> None:
    """By hand, by a style or with "track changes"; what was inserted is text."""
    report = docx.Document()
    report.add_paragraph(SEEN)
    style = report.styles.add_style("Struck", WD_STYLE_TYPE.PARAGRAPH)
    style.font.strike = True
    report.add_paragraph("styled 91%", style="Struck")
    line = report.add_paragraph("It is ")
    line.add_run("92% ").font.strike = True
    line.add_run("93% ").font.double_strike = True
    for kind, text in (("del", "94% "), ("moveFrom", "95% "), ("ins", "1%")):
        line._p.append(changed(kind, text))
    rows = report.add_table(3, 2)
    for i, row in enumerate(rows.rows):
        row.cells[0].text, row.cells[1].text = f"row {i}", f"{i}%"
    rows.rows[1]._tr.get_or_add_trPr().append(OxmlElement("w:del"))
    document = read_docx("a.docx", saved(report))
    assert [line for line in document.pages[0].text.split("\n") if line] == [
        SEEN, "It is 1%", "row 0 | 0%", "row 2 | 2%",
    ]  # fmt: skip
    assert document.notes == (STRUCK,)


# --- Excel ------------------------------------------------------------------------


SPREADSHEET = "openxmlformats.org/spreadsheetml/2006/main"
PART = (
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)


def shared(data: bytes) -> bytes:
    """The workbook with its texts in a part of their own, as Excel saves them."""
    texts: list[str] = []

    def out(match: re.Match[str]) -> str:
        texts.append(match[1])
        return f'"s"><v>{len(texts) - 1}</v></c>'

    source, buffer = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for part in source.namelist():
            told = source.read(part).decode()
            if part.startswith("xl/worksheets/"):
                told = re.sub(r'"inlineStr"><is>(.*?)</is></c>', out, told)
            target.writestr(part, told.replace("</Types>", f"{PART}</Types>"))
        items = "".join(f"<si>{text}</si>" for text in texts)
        target.writestr(
            "xl/sharedStrings.xml",
            f'<sst xmlns="http://schemas.{SPREADSHEET}">{items}</sst>',
        )
    return buffer.getvalue()


@pytest.mark.parametrize("kept", [shared, bytes])
def test_what_is_struck_out_of_a_workbook_is_not_read(
    kept: Callable[[bytes], bytes],
) -> None:
    """Texts and numbers in struck-out cells, and runs of a cell's text.

    Be the texts in a part of their own, or in their cells as other programs write.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Tỉnh", "2023", "2024"])
    sheet.append(["Lạng Sơn", 0.91, 0.01])
    sheet.append(["Cao Bằng", "0", 2])
    sheet.append(["Hà Giang", "95%", "3%"])
    for struck in ("B2", "A4", "B4", "C4", "B9"):
        sheet[struck].font = Font(strike=True)
    sheet["B3"] = CellRichText(
        "đạt ",
        TextBlock(InlineFont(strike=True), "93% "),
        TextBlock(InlineFont(), "4%"),
    )
    sheet["C3"] = CellRichText("94% ", TextBlock(InlineFont(b=True), "5%"))
    sheet["C3"].font = Font(strike=True)
    document = read_xlsx("a.xlsx", kept(saved(book)))
    assert document.pages[0].text.split("\n")[1:] == [
        "Tỉnh | 2023 | 2024", "Lạng Sơn | | 0.01", "Cao Bằng | đạt 4% | 5%",
    ]  # fmt: skip
    assert document.notes == (STRUCK,)


def test_a_workbook_in_which_nothing_is_struck_out_has_no_note() -> None:
    """Nor has one whose struck-out cells are empty."""
    book = openpyxl.Workbook()
    book.active.append([SEEN, "45%"])
    book.active["D4"].font = Font(strike=True)
    assert read_xlsx("a.xlsx", saved(book)).notes == ()


# --- PDF --------------------------------------------------------------------------

OLD = "Mục tiêu cũ là 99,9% hồ sơ ký số"
NEW = "mới là 80%."
LEFT, FOOT = 60.0, 700.0  # where the old goal stands
HALF = FOOT + 3.2  # through the middle of letters of 11 points


def drawn(draw: Callable[[Canvas], None], *, text: str = f"{OLD} {NEW}") -> bytes:
    """A page with a sentence, the goals on a line of their own, then *draw*."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont(font(), 11)
    canvas.drawString(LEFT, 750, SEEN)
    canvas.drawString(LEFT, FOOT, text)
    canvas.setLineWidth(0.6)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def end_of(text: str) -> float:
    """Where *text* ends if it stands where the old goal does."""
    return LEFT + float(stringWidth(text, font(), 11))


def lines_of(data: bytes) -> list[str]:
    """The lines of the pages that hold anything."""
    pages = read_pdf("a.pdf", data).pages
    return [line for page in pages for line in page.text.split("\n") if line]


def a_line(canvas: Canvas) -> None:
    """As programs for documents draw it."""
    canvas.line(LEFT, HALF, end_of(OLD), HALF)


def a_bar(canvas: Canvas) -> None:
    """A thin filled box, as word processors and browsers draw it."""
    canvas.setFillColorRGB(0.8, 0, 0)
    canvas.rect(LEFT, HALF, end_of(OLD) - LEFT, 0.6, fill=1, stroke=0)


def two_lines(canvas: Canvas) -> None:
    """Close to each other."""
    for y in (HALF - 0.8, HALF + 0.8):
        canvas.line(LEFT, y, end_of(OLD), y)


def word_by_word(canvas: Canvas) -> None:
    """A line each word."""
    told = ""
    for word in OLD.split():
        canvas.line(end_of(told), HALF, end_of(told + word), HALF)
        told += f"{word} "


@pytest.mark.parametrize("strike", [a_line, a_bar, two_lines, word_by_word])
@pytest.mark.parametrize("turned", [0, 90])
def test_what_a_line_strikes_out_of_a_pdf_is_not_read(
    strike: Callable[[Canvas], None], turned: int
) -> None:
    """However it is drawn and the page lies; what stands after it stays."""
    data = rewritten(drawn(strike), lambda writer: writer.pages[0].rotate(turned))
    assert lines_of(data) == [SEEN, NEW]
    assert read_pdf("a.pdf", data).notes == (f"{STRUCK}: page 1",)


def test_a_sentence_stays_one_around_what_is_struck_out_of_it() -> None:
    """The white that is left does not look like that between two columns."""
    begins, ends = "Mục tiêu là ", "Mục tiêu là 75% tổng số hồ sơ"

    def strike(canvas: Canvas) -> None:
        canvas.line(end_of(begins), HALF, end_of(ends), HALF)

    data = drawn(strike, text=f"{ends} 80% hồ sơ.")
    assert lines_of(data) == [SEEN, "Mục tiêu là 80% hồ sơ."]
    data = drawn(strike, text=f"{ends}xanh, 80% hồ sơ.")  # struck into a word
    assert lines_of(data) == [SEEN, "Mục tiêu là xanh, 80% hồ sơ."]


def an_underline(canvas: Canvas) -> None:
    """Below the letters."""
    canvas.line(LEFT, FOOT - 1.5, end_of(OLD), FOOT - 1.5)


def a_rule_above(canvas: Canvas) -> None:
    """As between the rows of a table."""
    canvas.line(LEFT, FOOT + 9, end_of(OLD), FOOT + 9)


def a_grid_line(canvas: Canvas) -> None:
    """Of a chart, behind its labels, also dashed."""
    canvas.line(LEFT, HALF, 500, HALF)


def a_dashed_line(canvas: Canvas) -> None:
    """Drawn dash by dash."""
    for x in range(int(LEFT), 500, 12):
        canvas.line(x, HALF, x + 8, HALF)


def the_side_of_a_box(canvas: Canvas) -> None:
    """That is too small for its text."""
    canvas.line(LEFT - 2, HALF, end_of(OLD) + 2, HALF)
    for x in (LEFT - 2, end_of(OLD) + 2):
        canvas.line(x, HALF, x, HALF + 30)


def the_end_of_a_bar_of_error(canvas: Canvas) -> None:
    """In a chart, over the label of the bar."""
    canvas.line(LEFT, HALF, end_of(OLD), HALF)
    canvas.line((LEFT + end_of(OLD)) / 2, HALF, (LEFT + end_of(OLD)) / 2, HALF - 30)


def nobody_sees(canvas: Canvas) -> None:
    """White."""
    canvas.setStrokeColorRGB(1, 1, 1)
    canvas.line(LEFT, HALF, end_of(OLD), HALF)


def a_marker(canvas: Canvas) -> None:
    """A box as high as the letters, behind or before them."""
    canvas.setFillColorRGB(1, 1, 0, alpha=0.4)
    canvas.rect(LEFT, FOOT - 2, end_of(OLD) - LEFT, 11, fill=1, stroke=0)


@pytest.mark.parametrize(
    "draw",
    [
        an_underline, a_rule_above, a_grid_line, a_dashed_line, the_side_of_a_box,
        the_end_of_a_bar_of_error, nobody_sees, a_marker,
    ],
)  # fmt: skip
def test_lines_that_strike_nothing_out_take_nothing_away(
    draw: Callable[[Canvas], None],
) -> None:
    """Whatever is in doubt stays text."""
    data = drawn(draw)
    assert lines_of(data) == [SEEN, f"{OLD} {NEW}"]
    assert read_pdf("a.pdf", data).notes == ()


def test_a_fraction_and_a_letter_with_a_stroke_stay() -> None:
    """The line of a fraction stands between the letters; one letter may be a sign."""

    def fraction(canvas: Canvas) -> None:
        canvas.drawString(200, FOOT + 8, "1234")
        canvas.drawString(200, FOOT - 4, "5678")
        canvas.line(200, FOOT + 5.5, end_of("1234") - LEFT + 200, FOOT + 5.5)
        canvas.line(LEFT, HALF, end_of("h"), HALF)

    told = " ".join(lines_of(drawn(fraction, text="h =")))
    assert all(part in told for part in ("1234", "5678", "h ="))


def test_a_table_keeps_its_rows_where_cells_are_struck_out() -> None:
    """The line through a cell parts no rows; the table's own rules strike nothing."""
    rows = [["Tỉnh", "2023", "2024"], ["Lạng Sơn", "91%", "1%"], ["Huế", "2%", "92%"]]
    plain = read_pdf("a.pdf", printed([SEEN], rows=rows)).tables
    marked = [[f"<strike>{c}</strike>" if c[0] == "9" else c for c in r] for r in rows]
    cells = [
        [Paragraph(c, ParagraphStyle("c", fontName=font())) for c in r] for r in marked
    ]
    document = read_pdf("a.pdf", printed([SEEN], rows=cells))
    assert len(plain[0].cells) == 9
    assert [(c.row, c.column) for c in document.tables[0].cells] == [
        (0, 0), (0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1),
    ]  # fmt: skip
    assert document.notes == (f"{STRUCK}: page 1",)


def test_what_an_annotation_strikes_out_is_not_read() -> None:
    """Line by line, as readers of PDFs mark it; nothing beside it is lost."""

    def mark(writer: PdfWriter) -> None:
        left, right = LEFT, end_of(OLD)
        corners = (left, FOOT + 9, right, FOOT + 9, left, FOOT - 2, right, FOOT - 2)
        struck = DictionaryObject()
        struck[NameObject("/Type")] = NameObject("/Annot")
        struck[NameObject("/Subtype")] = NameObject("/StrikeOut")
        struck[NameObject("/Rect")] = RectangleObject((left, FOOT - 2, right, FOOT + 9))
        struck[NameObject("/QuadPoints")] = ArrayObject(map(FloatObject, corners))
        writer.add_annotation(0, struck)

    data = rewritten(drawn(lambda _canvas: None), mark)
    assert lines_of(data) == [SEEN, NEW]
    assert read_pdf("a.pdf", data).notes == (f"{STRUCK}: page 1",)


def test_a_pdf_of_nothing_but_struck_out_text_is_refused_as_such() -> None:
    """It is not recognised as a picture either, which shows the same words."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont(font(), 11)
    canvas.drawString(LEFT, FOOT, OLD)
    a_line(canvas)
    canvas.save()
    with pytest.raises(UnreadableReportError, match="nothing but text that is struck"):
        read_pdf("a.pdf", out.getvalue())
