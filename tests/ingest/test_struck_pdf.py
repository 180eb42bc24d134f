"""What a line strikes out of a PDF is cancelled; most lines do something else."""

import io
from collections.abc import Callable

import numpy as np
import pypdfium2
import pytest
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
from ingest.formats.glyphs import sheet_of
from ingest.formats.lettering import Letter
from ingest.formats.pdf import read_pdf
from ingest.formats.struck import closed_up
from tests.ingest.printed import font, printed, rewritten

SEEN = "Năm 2024, tỷ lệ hồ sơ trực tuyến trên toàn quốc đạt 45%."
STRUCK = "text that is struck out was left out"
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


# --- A digit alone ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "struck", "stays"),
    [
        ("Có ", "5", "Có 7 xã."),
        ("Đạt ", "5%", "Đạt 7 xã."),
        ("Năm 201", "5", "Năm 201 7 xã."),
    ],
)
def test_a_digit_that_alone_is_struck_out_is_not_read(
    told: str, struck: str, stays: str
) -> None:
    """The stroke begins and ends where the digit and its sign do."""

    def strike(canvas: Canvas) -> None:
        canvas.line(end_of(told), HALF, end_of(told + struck), HALF)

    assert lines_of(drawn(strike, text=f"{told}{struck} 7 xã.")) == [SEEN, stays]


@pytest.mark.parametrize(
    ("x0", "x1", "y", "thick"),
    [
        (0, 0, -1.5, 0.6),  # an underline
        (0, 0, 0.3, 0.6),  # a form's line under a digit that was typed too low
        (0, 0, 9, 0.6),  # a rule above, or a repeating decimal
        (0, 0, 7, 0.6),  # the underline of a line that stands too close
        (0, 0, 3.2, 1.2),  # the mark of a point in a chart
        (-0.5, 0.5, 3.2, 0.6),  # the end of a bar of error
        (-7, 0, 3.2, 0.6),  # a minus sign that reaches too far
        (-3, 3, 3.2, 0.6),  # a line of a chart behind its label
        (0, 20, 3.2, 0.6),
    ],
)
def test_lines_at_a_digit_take_nothing_away(
    x0: float, x1: float, y: float, thick: float
) -> None:
    """Underlines, rules, marks and signs."""

    def draw(canvas: Canvas) -> None:
        start, end = LEFT + x0, end_of("5") + x1
        canvas.rect(start, FOOT + y - thick / 2, end - start, thick, fill=1, stroke=0)

    assert lines_of(drawn(draw, text="5")) == [SEEN, "5"]


def test_a_fraction_of_single_digits_stays() -> None:
    """However close its bar lies to the digit below it."""

    def fraction(canvas: Canvas) -> None:
        x, wide = 200, end_of("5") - LEFT
        for row, gap in enumerate((0.3, 1, 2)):
            y = 600 - 40 * row
            canvas.drawString(x, y + gap, "5")
            canvas.drawString(x, y - gap - 8, "7")
            canvas.line(x, y - 0.3, x + wide, y - 0.3)

    told = "".join(lines_of(drawn(fraction)))
    assert told.count("5") == 1 + 3  # one of the year in the first line
    assert told.count("7") == 3


# --- Cells without a margin -------------------------------------------------------


GOALS = (["Tỉnh", "2023", "2024"], ["Lạng Sơn", "99,9%", "1"], ["Bắc", "2%", "5"])


def a_table(struck: set[str], margin: float, *, boxed: bool = False) -> bytes:
    """Ruled columns, each as wide as its longest text and the margins.

    boxed: each cell has a box of its own.
    """

    def draw(canvas: Canvas) -> None:
        x = LEFT
        for texts in zip(*GOALS, strict=True):
            wide = max(map(end_of, texts)) - LEFT + 2 * margin
            for y, text in zip((600, 585, 570), texts, strict=True):
                if boxed:
                    canvas.rect(x, y - 4, wide, 15)
                else:
                    canvas.line(x, y - 4, x + wide, y - 4)
                canvas.drawString(x + margin, y, text)
                if text in struck:
                    end = x + margin + end_of(text) - LEFT
                    canvas.line(x + margin, y + 3.2, end, y + 3.2)
            if not boxed:
                canvas.line(x, 566, x, 611)
            x += wide

    return drawn(draw)


@pytest.mark.parametrize("boxed", [True, False])
@pytest.mark.parametrize("margin", [0.75, 1.0, 1.4])
@pytest.mark.parametrize(
    "struck",
    [{"99,9%"}, {"5"}, {"2%", "5"}, {"Lạng Sơn", "99,9%", "1"}, {"Bắc", "99,9%"}],
)
def test_a_struck_out_cell_without_a_margin_is_not_read(
    struck: set[str], margin: float, boxed: bool
) -> None:
    """Its stroke touches the cell's borders, which go on above and below."""
    document = read_pdf("a.pdf", a_table(struck, margin, boxed=boxed))
    told = document.pages[0].text.split(NEW)[1].replace("|", " ").split()
    left = " ".join(text for row in GOALS for text in row if text not in struck)
    assert told == left.split()
    assert document.notes == (f"{STRUCK}: page 1",)


def test_no_letter_reaches_over_a_border() -> None:
    """A word beside a cell that is struck out stays in its own."""
    letters = [
        Letter(ord(c), x, 0, x + 6, 12, 10, True) for c, x in (("I", 0), ("5", 8))
    ]
    for walls, end in (([], 14 - 0.3 * 12), ([[7.0, -5.0, 7.0, 20.0]], 6)):
        (left,) = closed_up(letters, [False, True], np.array(walls).reshape(-1, 4))
        assert left.x1 == pytest.approx(end)


def test_text_struck_out_on_a_ground_of_its_own_is_not_read() -> None:
    """As pages that show changes colour what is gone."""

    def strike(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 0.8, 0.8, alpha=0.4)
        canvas.rect(LEFT, FOOT - 3, end_of(OLD) - LEFT, 13, fill=1, stroke=0)
        canvas.line(LEFT, HALF, end_of(OLD), HALF)

    assert lines_of(drawn(strike)) == [SEEN, NEW]


@pytest.mark.parametrize("tall", [3, 4, 5, 6, 8, 11])
@pytest.mark.parametrize("margin", [0, 0.3, 0.5, 1])
@pytest.mark.parametrize("columns", [1, 3])
@pytest.mark.parametrize("boxed", [True, False])
@pytest.mark.parametrize("filled", [1, 4])
def test_rules_of_rows_that_are_too_low_strike_nothing_out(
    tall: float, margin: float, columns: int, boxed: bool, filled: int
) -> None:
    """Be the rules through the middle of letters that fill their cells.

    boxed: each cell has its own lines, or these run through the whole table.
    filled: how many of the rows have text.
    """
    text = "99,9%"
    wide = end_of(text) - LEFT + 2 * margin

    def draw(canvas: Canvas) -> None:
        xs = [100 + column * wide for column in range(columns + 1)]
        ys = [500 - row * tall for row in range(5)]
        for x in xs[:-1]:
            for y in ys[1 : filled + 1]:
                canvas.drawString(x + margin, y + 1, text)
            for y in ys if boxed else ():
                canvas.rect(x, y, wide, tall)
                canvas.line(x, y, x + wide, y)
        for x in xs if not boxed else ():
            canvas.line(x, ys[0], x, ys[-1])
        for y in ys if not boxed else ():
            canvas.line(xs[0], y, xs[-1], y)

    pdf = pypdfium2.PdfDocument(drawn(draw))
    sheet = sheet_of(pdf[0])
    pdf.close()
    assert sheet.struck == 0
