"""What nobody sees in a report is not read, and what everybody sees is."""

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt, RGBColor
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Text
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    RectangleObject,
    TextStringObject,
)
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from index.errors import UnreadableReportError
from ingest.formats.docx import read_docx
from ingest.formats.html import read_html
from ingest.formats.pdf import read_pdf
from tests.ingest.printed import font, placed, scanned

SEEN = "Năm 2024, tỷ lệ hồ sơ trực tuyến trên toàn quốc đạt 45%."
OTHER = "In 2024 the other rate was 99.9% of all."


def drawn(draw: Callable[[Canvas], None], *, clear: bool = False) -> bytes:
    """A page with the sentence everybody sees (not if *clear*), then *draw*."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont(font(), 11)
    if not clear:
        canvas.drawString(60, 750, SEEN)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def text_of(data: bytes) -> str:
    """All pages in one line."""
    return " ".join(" ".join(p.text.split()) for p in read_pdf("a.pdf", data).pages)


def say(canvas: Canvas, size: float = 11, *, y: float = 600, mode: int = 0) -> None:
    """Write the other sentence."""
    text = canvas.beginText(60, y)
    text.setFont(font(), size)
    text.setTextRenderMode(mode)
    text.textOut(OTHER)
    canvas.drawText(text)


def box(canvas: Canvas, red: float, green: float, blue: float) -> None:
    """Fill the place of the other sentence."""
    canvas.setFillColorRGB(red, green, blue)
    canvas.rect(50, 590, 400, 30, fill=1, stroke=0)


def white(canvas: Canvas) -> None:
    """Nearly as white as the paper."""
    canvas.setFillColorRGB(1, 1, 0.99)
    say(canvas)


def blue_on_blue(canvas: Canvas) -> None:
    """In the colour of the box under it."""
    box(canvas, 0, 0, 0.6)
    say(canvas)


def without_ink(canvas: Canvas) -> None:
    """Drawn with nothing."""
    say(canvas, mode=3)


def see_through(canvas: Canvas) -> None:
    """Drawn with a colour that lets all through."""
    canvas.setFillAlpha(0)
    say(canvas)


def dust(canvas: Canvas) -> None:
    """As small as dust."""
    say(canvas, 0.05)


def beside_the_page(canvas: Canvas) -> None:
    """Off the page on two sides."""
    say(canvas, y=-300)
    say(canvas, y=2000)


def blackened(canvas: Canvas) -> None:
    """Under a black box."""
    say(canvas)
    box(canvas, 0, 0, 0)


def under_a_picture(canvas: Canvas) -> None:
    """Under a picture."""
    say(canvas)
    picture = ImageReader(Image.new("RGB", (40, 10), (200, 30, 30)))
    canvas.drawImage(picture, 50, 590, 400, 30)


def clipped_away(canvas: Canvas) -> None:
    """Outside of what may be drawn on."""
    path = canvas.beginPath()
    path.rect(60, 500, 10, 10)
    canvas.clipPath(path, stroke=0)
    say(canvas)


@pytest.mark.parametrize(
    "hide",
    [
        white, blue_on_blue, without_ink, see_through, dust, beside_the_page,
        blackened, under_a_picture, clipped_away,
    ],
)  # fmt: skip
def test_what_nobody_sees_is_left_out(hide: Callable[[Canvas], None]) -> None:
    """However it is hidden; the health names the page."""
    document = read_pdf("a.pdf", drawn(hide))
    assert document.pages[0].text.strip() == SEEN
    assert document.notes == ("text that nobody sees was left out: page 1",)


def light_on_dark(canvas: Canvas) -> None:
    """White on a dark box."""
    box(canvas, 0, 0, 0.6)
    canvas.setFillColorRGB(1, 1, 1)
    say(canvas)


def grey(canvas: Canvas) -> None:
    """As light as a watermark."""
    canvas.setFillColorRGB(0.75, 0.75, 0.75)
    say(canvas)


def on_a_white_box(canvas: Canvas) -> None:
    """As browsers print, on a white box."""
    box(canvas, 1, 1, 1)
    canvas.setFillColorRGB(0, 0, 0)
    say(canvas)


def small(canvas: Canvas) -> None:
    """Small print."""
    say(canvas, 4)


def a_line_to_write_on(canvas: Canvas) -> None:
    """Of signs that stand at the edge of their place."""
    canvas.drawString(60, 640, "_____")
    say(canvas)


@pytest.mark.parametrize(
    "show", [light_on_dark, grey, on_a_white_box, small, a_line_to_write_on]
)
def test_what_everybody_sees_is_read(show: Callable[[Canvas], None]) -> None:
    """Light letters, boxes and small print alone make nothing hidden."""
    document = read_pdf("a.pdf", drawn(show))
    assert OTHER in document.pages[0].text
    assert document.notes == ()


def test_a_file_of_nothing_but_hidden_text_is_refused() -> None:
    """The other reader's text does not take its place."""
    with pytest.raises(UnreadableReportError, match="holds no text"):
        read_pdf("a.pdf", drawn(white, clear=True))


def rewritten(data: bytes, change: Callable[[PdfWriter], None]) -> bytes:
    """The PDF after *change* to its writer."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_layers_that_are_off_and_what_was_cropped_are_not_read() -> None:
    """As a viewer shows the page when it is opened."""
    data = drawn(lambda canvas: canvas.drawString(60, 100, OTHER))

    def crop(writer: PdfWriter) -> None:
        writer.pages[0].cropbox = RectangleObject((0, 400, 595, 842))

    def switch(writer: Any, state: str) -> None:
        layer = writer._add_object(
            DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/OCG"),
                    NameObject("/Name"): TextStringObject("Draft"),
                }
            )
        )
        layers = ArrayObject([layer])
        writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
            {
                NameObject("/OCGs"): layers,
                NameObject("/D"): DictionaryObject({NameObject(state): layers}),
            }
        )
        page = writer.pages[0]
        resources = page["/Resources"]
        resources[NameObject("/Properties")] = DictionaryObject(
            {NameObject("/MC0"): layer}
        )
        stream = page.get_contents()
        told = stream.get_data().rstrip()
        head, middle, tail = told.rpartition(b"BT")
        stream.set_data(head + b"/OC /MC0 BDC " + middle + tail + b" EMC")
        page[NameObject("/Contents")] = writer._add_object(stream)

    assert text_of(rewritten(data, crop)) == SEEN
    assert text_of(rewritten(data, lambda w: switch(w, "/OFF"))) == SEEN
    assert OTHER in text_of(rewritten(data, lambda w: switch(w, "/ON")))

    def over_each_other(canvas: Canvas) -> None:
        canvas.drawString(60, 100, "Bản tiếng Việt đứng ở đúng chỗ ấy.")
        canvas.drawString(60, 100, OTHER)

    data = drawn(over_each_other)
    assert OTHER not in text_of(rewritten(data, lambda w: switch(w, "/OFF")))
    assert OTHER in text_of(rewritten(data, lambda w: switch(w, "/ON")))


def test_the_text_that_recognition_put_over_a_scan_stays() -> None:
    """It is drawn with nothing, and is what the picture says."""
    scan = scanned(placed(*((60, 700 - 20 * i, SEEN) for i in range(12))), dpi=100)

    def over(canvas: Canvas) -> None:
        for i in range(12):
            say(canvas, y=700 - 20 * i, mode=3)

    layer = PdfReader(io.BytesIO(drawn(over, clear=True))).pages[0]
    data = rewritten(scan, lambda w: w.pages[0].merge_page(layer))
    document = read_pdf("a.pdf", data)
    assert document.pages[0].read_by == "text"
    assert document.pages[0].text.count("99.9%") == 12


def test_what_was_typed_onto_a_page_is_read_and_comments_are_not() -> None:
    """Everybody sees the one; the health names the other."""

    def change(writer: PdfWriter) -> None:
        box = (60, 500, 400, 520)
        writer.add_annotation(0, FreeText(text=OTHER, rect=box))
        hidden = FreeText(text="hidden 77.7%", rect=(60, 400, 400, 420))
        hidden[NameObject("/F")] = NumberObject(2)
        writer.add_annotation(0, hidden)
        writer.add_annotation(0, Text(text="Is it not 88.8%?", rect=box))

    document = read_pdf("a.pdf", rewritten(placed((60, 750, SEEN)), change))
    told = document.pages[0].text
    assert SEEN in told
    assert OTHER in told
    assert "88.8%" not in told
    assert "77.7%" not in told
    assert document.notes == ("it carries comments, which are not read: page 1",)


# --- Word -------------------------------------------------------------------------


def test_hidden_text_and_comments_of_a_word_document_are_not_read() -> None:
    """Hidden by itself or by a style, as small as dust, white on white."""
    report = docx.Document()
    report.add_paragraph(SEEN)
    style = report.styles.add_style("Unseen", WD_STYLE_TYPE.PARAGRAPH)
    style.font.hidden = True
    report.add_paragraph("styled 91%", style="Unseen")
    shown = report.add_paragraph("shown 1%", style="Unseen").runs[0]
    shown.font.hidden = False
    runs = [report.add_paragraph().add_run(f"unseen 9{i}%") for i in range(2, 5)]
    runs[0].font.hidden = True
    runs[1].font.size = Pt(1)
    runs[2].font.color.rgb = RGBColor(255, 255, 255)
    cell = report.add_table(1, 1).cell(0, 0).paragraphs[0].add_run("white 2%")
    cell.font.color.rgb = RGBColor(255, 255, 255)  # on what colour is not told
    report.add_comment([shown], "is it not 99%?", author="Lan")
    out = io.BytesIO()
    report.save(out)
    document = read_docx("a.docx", out.getvalue())
    (page,) = document.pages
    assert [line for line in page.text.split("\n") if line] == [
        SEEN, "shown 1%", "white 2%",
    ]  # fmt: skip
    assert document.notes == (
        "text that nobody sees was left out",
        "it carries comments, which are not read",
    )


# --- Web pages --------------------------------------------------------------------


def test_what_a_web_page_hides_is_not_read() -> None:
    """By an attribute, its own style or the page's; not what is shown again."""
    page = f"""<html><head><style>.sr, .x {{display:none}} #p {{visibility: hidden}}
    .tab {{display:none}} .tab.on {{display:block}}
    @media print {{ .menu {{display:none}} }}</style></head><body><article>
    <p>{SEEN}</p><p style="display: none">a 91%</p><p hidden>b 92%</p>
    <p>See <span style="font-size:0">c 93%</span><span style="opacity: 0">d 94%</span>
    <span class="sr">e 95%</span><span id="p">f 96%</span>1%.</p>
    <div style="position:absolute; left:-9999px">g 97%</div>
    <p class="tab on">tab 2%</p><p class="menu">menu 3%</p>
    <p style="font-size:0.9em">small 4%</p></article></body></html>"""
    (read,) = read_html("a.html", page.encode()).pages
    assert [line for line in read.text.split("\n") if line] == [
        SEEN, "See 1%.", "tab 2%", "menu 3%", "small 4%",
    ]  # fmt: skip


def test_what_is_made_visible_within_the_invisible_is_read() -> None:
    """By its own style or a rule; what surrounds it is not, nor what is not shown."""
    page = f"""<html><head><style>.v {{visibility: visible}} #h {{visibility: hidden}}
    </style></head><body><article><p>{SEEN}</p>
    <div id="h">a 91%<p>b 92%</p><p class="v">seen 1%</p>c 93%
    <div><p>d 94%</p><p>e 95% <span style="visibility:visible">seen 2%</span></p></div>
    <p class="v">seen 3% <span style="visibility:hidden">f 96%</span></p></div>
    <p style="visibility:hidden">g 97% <b class="v">seen 4%</b> h 98%</p>
    <div style="display:none">i 99% <p class="v">j 90%</p></div></article></body>"""
    (read,) = read_html("a.html", page.encode()).pages
    assert [line for line in read.text.split("\n") if line] == [
        SEEN, "seen 1%", "seen 2%", "seen 3%", "seen 4%",
    ]  # fmt: skip


def test_what_a_web_page_strikes_out_or_prints_white_on_white_is_not_read() -> None:
    """Where the ground may be dark, white letters stay."""
    page = f"""<html><head><style>.w {{color: #FFF}} .d {{background: #036}}
    .card .deep, p.gone {{display: none}} .sr {{position: absolute; width: 1px;
    height: 1px; overflow: hidden; clip: rect(0, 0, 0, 0)}}</style></head>
    <body style="background: #fff"><article><p>{SEEN}</p>
    <p>It is <del>90%</del><s>91%</s><span style="text-decoration:line-through">92%
    </span> <ins>1%</ins></p><p class="w">a 93%</p><p style="color:white">b 94%</p>
    <p><font color="#ffffff">c 95%</font></p><p class="sr">d 96%</p>
    <div class="card"><p class="deep">e 97%</p></div><p class="gone">f 98%</p>
    <p aria-hidden="true">g 99%</p><template><p>h 89%</p></template>
    <noscript><p>i 88%</p></noscript>
    <p class="w d">dark 2%</p><div class="d"><p style="color:#fff">dark 3%</p></div>
    <div class="w">x<p style="color:#000">black 4%</p></div><p class="deep">deep 5%</p>
    <table><tr><th>A</th><th>B</th></tr>
    <tr><td>c</td><td style="display:none">87%</td><td>6%</td></tr></table>
    </article></body></html>"""
    (read,) = read_html("a.html", page.encode()).pages
    assert [line for line in read.text.split("\n") if line] == [
        SEEN, "It is 1%", "dark 2%", "dark 3%", "x", "black 4%", "deep 5%", "A | B",
        "c | 6%",
    ]  # fmt: skip
    linked = f"""<html><head><link rel="stylesheet" href="a.css"></head><body>
    <div class="band"><p>{SEEN}</p><p style="color:white">banner 7%</p></div></body>"""
    assert "banner 7%" in read_html("a.html", linked.encode()).pages[0].text
