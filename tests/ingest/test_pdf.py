"""PDFs printed by a real program come back as they were meant, page by page."""

import io
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.annotations import Text
from pypdf.constants import PageLabelStyle
from pypdf.generic import (
    DictionaryObject,
    NameObject,
    RectangleObject,
    TextStringObject,
)
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate
from reportlab.platypus.flowables import BalancedColumns

from evals.formats import ROWS
from index.boxes import boxes_of
from index.errors import UnreadableReportError
from index.picture import draw
from ingest.formats.lettering import plain_codes
from ingest.formats.pdf import read_pdf
from ingest.limits import Watch, watched
from settings import Limits
from tests.ingest.printed import (
    ENGLISH,
    FONT,
    VIETNAMESE,
    error_rate,
    font,
    placed,
    printed,
    rewritten,
    span_of,
    text_of,
    together,
)

PARAGRAPHS = (*VIETNAMESE, *ENGLISH)


# --- Text ---------------------------------------------------------------------


@pytest.mark.parametrize("columns", [1, 2])
def test_digital_text_comes_back(columns: int) -> None:
    """At most 0.5% of characters wrong, in reading order, a line a paragraph."""
    paragraphs = PARAGRAPHS * 4
    document = read_pdf("a.pdf", printed(paragraphs, columns=columns))
    assert error_rate(document, " ".join(paragraphs)) <= 0.005
    lines = [line for page in document.pages for line in page.text.split("\n")]
    assert len(set(paragraphs) & set(lines)) == len(set(paragraphs))


def test_a_heading_over_two_columns_parts_no_lines() -> None:
    """How wide a column is, only what stands in it tells."""
    body = ParagraphStyle("b", fontName=font(), leading=14, spaceAfter=12)
    heading = "II. Mục tiêu và nhiệm vụ trọng tâm năm 2025 của các sở, ban, ngành"
    story: list[Flowable] = []
    for texts in (PARAGRAPHS, PARAGRAPHS[::-1]):
        story.append(Paragraph(heading, body))
        columns = [Paragraph(text, body) for text in texts]
        story.append(BalancedColumns(columns, innerPadding=18))
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4).build(story)
    (page,) = read_pdf("a.pdf", out.getvalue()).pages
    lines = [line for line in page.text.split("\n") if line]
    assert lines == [heading, *PARAGRAPHS, heading, *PARAGRAPHS[::-1]]


def test_every_page_turned_reads_the_same() -> None:
    """Pages turned by the viewer, or printed on their side."""
    data = printed(PARAGRAPHS)
    plain = text_of(read_pdf("a.pdf", data))
    for quarter in (90, 180, 270):

        def turn(writer: PdfWriter, by: int = quarter) -> None:
            for page in writer.pages:
                page.rotate(by)

        assert text_of(read_pdf("a.pdf", rewritten(data, turn))) == plain


def test_running_heads_and_page_numbers_are_left_out() -> None:
    """By repetition at one place; what only looks alike stays."""
    data = printed(
        PARAGRAPHS * 9, head="BỘ Y TẾ – Báo cáo năm 2024", foot="Trang # / 3"
    )
    document = read_pdf("a.pdf", data)
    assert len(document.pages) >= 3
    assert "BỘ Y TẾ" not in text_of(document)
    assert "Trang" not in text_of(document)
    assert error_rate(document, " ".join(PARAGRAPHS * 9)) <= 0.005


def test_figures_at_the_top_of_pages_are_no_page_numbers() -> None:
    """Lines alike but for figures that do not count the pages stay."""
    rates = (52, 61, 45)
    pages = [placed((60, 800, f"Tỷ lệ đạt {n}%"), (60, 500, "Khác.")) for n in rates]
    text = text_of(read_pdf("a.pdf", together(*pages)))
    assert all(f"{n}%" in text for n in rates)


def test_a_line_that_goes_on_is_no_running_head() -> None:
    """A report that repeats itself may open several pages with the same line."""
    opening = ((60, 800, "Phấn đấu đến năm 2030, tỷ lệ hồ sơ trực tuyến"),)
    pages = [
        placed(
            *opening, *((60, 785 - 15 * i, f"dòng {n}{i} đạt mức") for i in range(4))
        )
        for n in range(3)
    ]
    assert text_of(read_pdf("a.pdf", together(*pages))).count("Phấn đấu") == 3


def test_the_title_stays_where_running_heads_repeat_it() -> None:
    """It stands where they do, in larger type."""
    title = "Chuyển đổi số năm 2024"
    told = [(60, 700 - 15 * row, f"Dòng {row} đạt mức cao") for row in range(9)]
    first = placed((60, 803, title), *told, size=13)
    data = together(first, printed(PARAGRAPHS * 9, head=title))
    first_page, *others = read_pdf("a.pdf", data).pages
    assert first_page.text.startswith(title)
    assert not any(title in page.text for page in others)


def test_words_divided_over_lines_are_joined() -> None:
    """A hyphen of the line goes, one of the word stays."""
    lines = [
        "The implementation of long-term plans and their develop-",
        "ment went on: implementation of the long-",
        "term plan needs the development of e-",
        "government and the whole of the Bà Rịa-",
        "Vũng Tàu region, term by term and for long.",
    ]
    data = placed(*((60, 700 - 15 * i, line) for i, line in enumerate(lines)))
    text = text_of(read_pdf("a.pdf", data))
    assert "their development went on" in text
    assert "the long-term plan" in text
    assert "of e-government" in text
    assert "Bà Rịa-Vũng Tàu" in text


def test_spaces_stay_between_letters_that_reach_over_each_other() -> None:
    """As where a narrow font is drawn by the widths of a wider one."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for row, text in enumerate(ENGLISH):
        canvas.drawString(30, 700 - 20 * row, text[:90])
    narrow = canvas.beginText(30, 600)
    narrow.setCharSpace(-1.6)
    narrow.textOut("The Digital Act of Congress of 1998")
    canvas.drawText(narrow)
    canvas.save()
    assert "The Digital Act of Congress of 1998" in text_of(
        read_pdf("a.pdf", out.getvalue())
    )


def test_spaces_that_split_words_are_taken_out() -> None:
    """Whether no gap shows, or the syllable tells."""
    document = read_pdf(
        "a.pdf", placed((60, 700, "ĐIỀ U KHO ẢN chung của quyế t định năm 2024 là 45%"))
    )
    assert text_of(document) == "ĐIỀU KHOẢN chung của quyết định năm 2024 là 45%"
    assert document.mended == 3


def test_items_keep_their_marks() -> None:
    """A mark away from its text is one line with it; each item is a line."""
    data = placed(
        (60, 700, "1."), (85, 700, "Tỷ lệ hồ sơ trực tuyến đạt 45% trong năm 2024."),
        (60, 685, "2."), (85, 685, "Chỉ số cải cách hành chính đạt 92,18% năm 2024."),
    )  # fmt: skip
    (page,) = read_pdf("a.pdf", data).pages
    assert [line[:9] for line in page.text.split("\n")] == ["1. Tỷ lệ ", "2. Chỉ số"]


@pytest.mark.parametrize("ruled", [True, False])
def test_tables_keep_rows_and_columns(ruled: bool) -> None:
    """A row is a line of cells, and the table is handed over."""
    document = read_pdf("a.pdf", printed(VIETNAMESE, rows=ROWS, ruled=ruled))
    (page,), (table,) = document.pages, document.tables
    for row in ROWS:
        assert " | ".join(row) in page.text.split("\n")
    cells = {(c.row, c.column): page.text[c.start : c.end] for c in table.cells}
    assert cells[(1, 3)] == "12"
    assert cells[(0, 2)] == "Năm 2023"


def test_letters_set_apart_are_one_word() -> None:
    """Titles are often spaced out; lines of single letters are not joined."""

    def spaced(canvas: Canvas) -> None:
        text = canvas.beginText(60, 800)
        text.setFont(FONT, 14)
        text.setCharSpace(6)
        text.textLine("BÁO CÁO KẾT QUẢ")
        canvas.drawText(text)

    assert text_of(read_pdf("a.pdf", printed(VIETNAMESE, before=spaced))).startswith(
        "BÁO CÁO KẾT QUẢ Năm 2024"
    )
    letters = read_pdf("a.pdf", placed((60, 700, "A B C D E F"), (60, 600, "Đạt 45%.")))
    assert "A B C D E F" in text_of(letters)


def test_ligatures_written_the_wrong_way_round_are_read() -> None:
    """Ghostscript swaps the bytes of "fi"; Chinese stays Chinese."""
    assert plain_codes([0x6600, 0x6900, ord("r")]) == [ord(char) for char in "fir"]
    assert plain_codes([0x6600, 0x4E2D]) == [0x6600, 0x4E2D]


def test_fields_of_a_form_are_read() -> None:
    """What was filled in stands on the page, and is framed there."""
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(60, 745, "Rate:")
    filled = "In 2024 the rate was 45%."
    canvas.acroForm.textfield(value=filled, x=160, y=740, width=250, height=20)
    canvas.save()
    document = read_pdf("a.pdf", out.getvalue())
    assert filled in text_of(document)
    (page,) = document.pages
    (box,) = boxes_of(document.boxes[1], *span_of(page.text, "45%"))
    assert 160 / 595 < box.x0 < box.x1 < 411 / 595


def test_a_portfolio_is_refused() -> None:
    """Its own page says nothing; the files in it are the reports."""

    def change(writer: PdfWriter) -> None:
        writer.root_object[NameObject("/Collection")] = DictionaryObject()

    with pytest.raises(UnreadableReportError, match="save the files within it"):
        read_pdf("a.pdf", rewritten(printed(ENGLISH), change))


# --- What the file says of itself -------------------------------------------------


def test_labels_and_information_are_kept() -> None:
    """Labels where they differ from the count; a title that is none is not taken."""

    def change(writer: PdfWriter) -> None:
        writer.set_page_label(0, 1, style=PageLabelStyle.LOWERCASE_ROMAN)
        writer.set_page_label(2, 2, style=PageLabelStyle.DECIMAL, start=1)
        writer.add_metadata(
            {"/Title": "Báo cáo năm 2024", "/CreationDate": "D:20250206"}
        )

    document = read_pdf("a.pdf", rewritten(printed(PARAGRAPHS * 9), change))
    assert [page.label for page in document.pages[:3]] == ["i", "ii", "1"]
    assert document.stated == {"title": "Báo cáo năm 2024", "created": "2025-02-06"}
    named = rewritten(
        printed(PARAGRAPHS),
        lambda w: w.add_metadata({"/Title": "Microsoft Word - bc.doc"}),
    )
    assert "title" not in read_pdf("a.pdf", named).stated


def test_scripts_are_named_and_not_run() -> None:
    """The operator learns of them."""
    script = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("app.alert(1)"),
        }
    )

    def change(writer: PdfWriter) -> None:
        writer.root_object[NameObject("/OpenAction")] = script

    document = read_pdf("a.pdf", rewritten(printed(PARAGRAPHS), change))
    assert document.notes == ("it carries a script, which is not run",)


# --- Places -----------------------------------------------------------------------


def test_a_quote_is_framed_where_it_stands() -> None:
    """A box a line, within the page, as high as a line."""
    document = read_pdf("a.pdf", printed(PARAGRAPHS))
    (page,) = document.pages
    start = page.text.index("Tỉnh Lạng Sơn")
    end = page.text.index("cùng kỳ năm trước.") + len("cùng kỳ năm trước.")
    boxes = boxes_of(document.boxes[1], start, end)
    assert len(boxes) == 3  # the lines it was printed on
    assert all(0 <= b.x0 < b.x1 <= 1 and 0 < b.y1 - b.y0 < 0.03 for b in boxes)
    assert boxes[0].y0 < boxes[1].y0 < boxes[2].y0
    assert boxes_of(document.boxes[1], 0, 0) == []


# --- Bad input ----------------------------------------------------------------------


def test_a_damaged_page_does_not_cost_the_others() -> None:
    """The page is listed, the rest is read."""
    writer = PdfWriter(clone_from=io.BytesIO(printed(PARAGRAPHS * 9)))
    writer.pages[1][NameObject("/Contents")] = NameObject("/Nothing")
    out = io.BytesIO()
    writer.write(out)
    document = read_pdf("a.pdf", out.getvalue())
    assert len(document.pages) >= 3
    assert document.pages[0].text
    assert document.pages[2].text


def test_bytes_around_a_pdf_do_no_harm() -> None:
    """Mail programs and servers add some."""
    data = printed(ENGLISH)
    for wrapped in (
        b"\r\n\r\n" + data,
        data + b"\x00" * 5000,
        data + b"<!-- served -->" * 300,
    ):
        assert error_rate(read_pdf("a.pdf", wrapped), " ".join(ENGLISH)) <= 0.005


@pytest.mark.parametrize(
    ("kind", "bounds"),
    [
        ("/CropBox", (0, 0, 0, 0)),
        ("/CropBox", (2000, 2000, 3000, 3000)),  # beside the page
        ("/CropBox", (0, 0, 5, 5)),
        ("/MediaBox", (0, 0, 0.001, 0.001)),
        ("/MediaBox", (-1e9, -1e9, 1e9, 1e9)),
    ],
)
def test_pages_with_absurd_bounds_are_read(
    tmp_path: Path, kind: str, bounds: tuple[float, ...]
) -> None:
    """As if the bounds were not there; the page can be shown, too."""

    def change(writer: PdfWriter) -> None:
        for page in writer.pages:
            page[NameObject(kind)] = RectangleObject(bounds)

    data = rewritten(printed(ENGLISH), change)
    assert error_rate(read_pdf("a.pdf", data), " ".join(ENGLISH)) == 0
    (tmp_path / "a.pdf").write_bytes(data)
    assert draw(tmp_path / "a.pdf", 1, 200).startswith(b"\x89PNG")


def test_a_pdf_of_nothing_but_comments_is_refused_as_such() -> None:
    """Sticky notes are no text of the report."""

    def change(writer: PdfWriter) -> None:
        writer.add_annotation(0, Text(text="It is 45%.", rect=(60, 700, 80, 720)))

    with pytest.raises(UnreadableReportError, match="nothing but comments"):
        read_pdf("a.pdf", rewritten(placed(), change))


def test_more_pages_than_allowed_are_refused() -> None:
    """The limit and the setting are named."""
    data = printed(PARAGRAPHS * 9)
    with (
        watched(Watch(Limits(pages=2))),
        pytest.raises(UnreadableReportError, match="REPORTS_READ_PAGES"),
    ):
        read_pdf("a.pdf", data)
