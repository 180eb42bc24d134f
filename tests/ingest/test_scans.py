"""Scanned PDFs: pages that are pictures, recognised, framed or listed as unread."""

import io
import os
import struct
from collections import Counter
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    DictionaryObject,
    NameObject,
    StreamObject,
)

from evals.formats import ROWS
from index.boxes import boxes_of
from index.errors import UnreadableReportError
from index.records import ParsedReport
from ingest.document import Document
from ingest.formats import ocr
from ingest.formats.first import FirstReading
from ingest.formats.pdf import read_pdf
from ingest.load import Source
from ingest.parse import parse_source
from tests.ingest import hostile
from tests.ingest.printed import (
    ENGLISH,
    VIETNAMESE,
    error_rate,
    placed,
    printed,
    rewritten,
    scanned,
    span_of,
    together,
)

needs_tesseract = pytest.mark.skipif(
    "vie" not in ocr.available() and not os.environ.get("CI"),
    reason="Tesseract with Vietnamese is not installed (.ci/run installs it)",
)


@pytest.fixture(scope="module")
def both() -> tuple[ParsedReport, ParsedReport]:
    """Vietnamese paragraphs and a table: as printed, and as a scan of that."""
    data = printed(VIETNAMESE, rows=ROWS)
    meant, found = (
        parse_source(Source("a.pdf", one, None)) for one in (data, scanned(data))
    )
    return meant, found


@needs_tesseract
def test_a_clean_scan_comes_back(both: tuple[ParsedReport, ParsedReport]) -> None:
    """At most 3% of characters wrong; marked as recognised, with confidence."""
    (page,) = both[1].pages
    rows = " ".join(" | ".join(row) for row in ROWS)
    assert error_rate(Document((page,)), " ".join([*VIETNAMESE, rows])) <= 0.03
    assert page.read_by == "ocr"
    assert page.confidence is not None
    assert 0.8 < page.confidence <= 1


@needs_tesseract
def test_letters_that_call_themselves_spaces_are_read_as_a_picture() -> None:
    """Some fonts tell no letters, against copying; a page of real spaces is blank."""

    def protect(writer: PdfWriter) -> None:
        told = "".join(f"<{code:02X}> <0020>\n" for code in range(256))
        table = StreamObject()
        table.set_data(
            f"1 begincodespacerange <00> <FF> endcodespacerange\n256 "
            f"beginbfchar\n{told}endbfchar".encode()
        )
        resources: Any = writer.pages[0]["/Resources"]
        for font in resources["/Font"].values():
            font.get_object()[NameObject("/ToUnicode")] = writer._add_object(table)

    (page,) = read_pdf("a.pdf", rewritten(printed(VIETNAMESE), protect)).pages
    assert page.read_by == "ocr"
    assert "55,25 triệu" in page.text
    with pytest.raises(UnreadableReportError, match="holds no text"):
        read_pdf("a.pdf", placed((60, 700, "   ")))


@needs_tesseract
def test_a_quote_of_a_scan_is_framed(both: tuple[ParsedReport, ParsedReport]) -> None:
    """At the place where the printed text stood."""
    quote = "55,25 triệu"
    starts = [one.pages[0].text.index(quote) for one in both]
    meant, found = (
        boxes_of(one.boxes[1], at, at + len(quote))[0]
        for one, at in zip(both, starts, strict=True)
    )
    assert found == pytest.approx(meant, abs=0.01)


@needs_tesseract
def test_a_scan_has_the_figures_of_the_text(
    both: tuple[ParsedReport, ParsedReport],
) -> None:
    """The same raw words, printed and scanned, also from the table."""
    digital, scan = (Counter(figure.raw for figure in one.figures) for one in both)
    assert digital == scan
    assert digital["52,80%"] == 1


@needs_tesseract
def test_a_page_that_lies_askew_is_laid_level(
    both: tuple[ParsedReport, ParsedReport],
) -> None:
    """Tesseract alone loses lines; the frame is where the sentence slopes."""
    meant = both[0].pages[0].text
    askew = read_pdf(
        "a.pdf", scanned(printed(VIETNAMESE, rows=ROWS), dpi=150, turned=-2)
    )
    assert error_rate(askew, meant) <= 0.03
    quote = "Tỉnh Lạng Sơn"
    told = ((meant, both[0].boxes[1]), (askew.pages[0].text, askew.boxes[1]))
    level, found = (boxes_of(boxes, *span_of(text, quote))[0] for text, boxes in told)
    # Two degrees clockwise about the middle of a page that grew by 29 points.
    assert found.x0 - level.x0 == pytest.approx(0.034, abs=0.01)
    assert found.y0 - level.y0 == pytest.approx(0.0, abs=0.01)


def _stamped(picture: bytes) -> bytes:
    """A scan under the lines that a digital signature leaves."""
    stamp = placed((40, 20, "Người ký: CỔNG THÔNG TIN ĐIỆN TỬ. Ngày ký: 02.08.2024"))
    writer = PdfWriter(clone_from=io.BytesIO(picture))
    writer.pages[0].merge_page(PdfReader(io.BytesIO(stamp)).pages[0])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@needs_tesseract
def test_a_stamped_scan_is_read_as_a_scan() -> None:
    """The text of a stamp is not taken for that of the page."""
    (page,) = read_pdf("a.pdf", _stamped(scanned(printed(ENGLISH), dpi=150))).pages
    assert page.read_by == "ocr"
    assert "55.25 million" in page.text


def test_a_page_whose_letters_are_unknown_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A font without its table gives wrong letters among right ones."""
    monkeypatch.setattr(ocr, "available", lambda: "")

    def change(writer: PdfWriter) -> None:
        for font in writer._objects:
            if isinstance(font, DictionaryObject):
                font.pop("/ToUnicode", None)

    torn = rewritten(printed(VIETNAMESE), change)
    with pytest.raises(UnreadableReportError, match="install Tesseract"):
        read_pdf("a.pdf", torn)


@needs_tesseract
def test_letters_that_two_readers_dispute_are_looked_up_on_the_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Wrong ones are recognised, right ones stay; here pypdf always dissents."""
    dissent = FirstReading(texts=("ẫẵặ" * 40,))
    monkeypatch.setattr("ingest.formats.pdf.first_reading", lambda *_: dissent)
    wrong = b"94 beginbfchar\n%s\nendbfchar\nendcmap" % b"\n".join(
        b"<%02X> <%04X>" % (code, 33 + (code - 20) % 94) for code in range(33, 127)
    )

    def change(writer: PdfWriter) -> None:
        for one in writer._objects:
            if isinstance(one, StreamObject) and b"beginbfchar" in one.get_data():
                one.set_data(one.get_data().replace(b"endcmap", wrong))

    for data, read_by in ((printed(ENGLISH), "text"), (None, "ocr")):
        document = read_pdf("a.pdf", data or rewritten(printed(ENGLISH), change))
        assert document.pages[0].read_by == read_by
        assert document.notes == ()
        assert error_rate(document, " ".join(ENGLISH)) <= 0.01


def test_without_tesseract_scans_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages with text are read, the others named with what to install."""
    monkeypatch.setattr(ocr, "available", lambda: "")
    picture = scanned(printed(ENGLISH), dpi=60)
    document = read_pdf("a.pdf", together(printed(ENGLISH), picture))
    assert [page.read_by for page in document.pages] == ["text", "unread"]
    assert any("tesseract-ocr-vie" in note for note in document.notes)
    with pytest.raises(UnreadableReportError, match="install Tesseract"):
        read_pdf("a.pdf", picture)


@needs_tesseract
@pytest.mark.parametrize("kind", ["/CCITTFaxDecode", "/JBIG2Decode"])
def test_black_and_white_scans_are_read(kind: str) -> None:
    """As fax machines and office scanners pack them."""
    pdf = pypdfium2.PdfDocument(printed(ENGLISH))
    scale = 200 / 72
    picture = pdf[0].render(scale=scale, grayscale=True).to_pil().convert("1")
    pdf.close()
    fax = io.BytesIO()
    picture.save(fax, "TIFF", compression="group4", tiffinfo={278: picture.height})
    tags = Image.open(fax).tag_v2  # type: ignore[attr-defined]  # of TIFF only
    packed = fax.getvalue()[tags[273][0] :][: tags[279][0]]
    size, parms = picture.size, b"/DecodeParms << /K -1 /Columns %d >>" % picture.width
    if kind == "/JBIG2Decode":  # a page, and a region of it packed as a fax is
        region = struct.pack(">4IBB", *size, 0, 0, 0, 1) + packed
        packed = struct.pack(">I3BI4IBH", 0, 48, 0, 1, 19, *size, 0, 0, 0, 0)
        packed += struct.pack(">I3BI", 1, 38, 0, 1, len(region)) + region
        parms = b""
    image = b"/Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray %s" % (
        *size,
        b"/BitsPerComponent 1 /Filter %s %s" % (kind.encode(), parms),
    )
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    data = hostile.pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            page + b"/Resources << /XObject << /I 5 0 R >> >> >>",
            hostile.stream(b"595 0 0 842 0 0 cm /I Do"),
            hostile.stream(packed, image),
        ]
    )
    document = read_pdf("a.pdf", data)
    assert document.pages[0].read_by == "ocr"
    assert error_rate(document, " ".join(ENGLISH)) <= 0.03
