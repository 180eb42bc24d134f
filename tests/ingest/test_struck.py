"""What is struck out of a report is cancelled and must not be quoted.

Of a PDF, which does not say what is: test_struck_pdf.py.
"""

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

from ingest.formats.docx import read_docx
from ingest.formats.xlsx import read_xlsx

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
