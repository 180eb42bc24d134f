"""Word, Excel, web pages and Markdown: the same report, whatever it arrives as."""

import io
import random
import zipfile
from collections.abc import Callable
from contextlib import suppress

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement, parse_xml

from index.errors import UnreadableReportError
from ingest.document import Document
from ingest.formats.docx import read_docx
from ingest.formats.html import read_html
from ingest.formats.text import read_text
from ingest.formats.xlsx import read_xlsx
from ingest.load import Source, read_document
from ingest.parse import parse_source

PROSE = (
    "Báo cáo kết quả chuyển đổi số năm 2024",
    "Năm 2024, tỷ lệ hồ sơ trực tuyến toàn trình đạt 45% trên toàn quốc.",
    "Mục tiêu đến năm 2025 là 80% số hồ sơ được nộp trực tuyến toàn trình.",
)
ROWS = (
    ("Tỉnh", "Thứ hạng 2022", "Thứ hạng 2023", "Kinh phí (tỷ đồng)"),
    ("Lạng Sơn", "6", "2", "950,5"),
    ("Huế", "3", "5", "1.200"),
)
LAST = "Các bộ, ngành tiếp tục rút ngắn thời gian xử lý hồ sơ trong năm 2025."


def as_docx() -> bytes:
    """The report as Word saves it."""
    document = docx.Document()
    for text in PROSE:
        document.add_paragraph(text)
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for line, texts in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(line.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph(LAST)
    return saved(document)


def saved(document) -> bytes:
    """The bytes of a document or workbook."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_html() -> bytes:
    """The report as a web page with what surrounds it."""
    body = "".join(f"<p>{text}</p>" for text in PROSE[1:])
    rows = "".join(
        "<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in ROWS
    )
    return (
        '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">'
        f"<title>{PROSE[0]}</title>"
        '<meta property="og:site_name" content="Cổng thông tin điện tử">'
        '<meta property="article:published_time" content="2025-02-06T10:00:00+07:00">'
        "<script>var a = 'Năm 2019 đạt 99%';</script></head><body>"
        '<nav><a href="/">Trang chủ</a> <a href="/tin">Tin khác 77%</a></nav>'
        f"<div id='main'><h1>{PROSE[0]}</h1>{body}<table>{rows}</table>"
        f"<p>{LAST}</p></div>"
        "<aside><p>Đọc nhiều: năm 2018 đạt 88% hồ sơ</p></aside>"
        '<img src="http://192.0.2.1/x.png"></body></html>'
    ).encode()


def as_markdown() -> bytes:
    """The report in Markdown."""
    rows = ["| " + " | ".join(row) + " |" for row in ROWS]
    rows.insert(1, "|---|---|---|---|")
    return "\n\n".join([f"# {PROSE[0]}", *PROSE[1:], "\n".join(rows), LAST]).encode()


FORMATS: dict[str, Callable[[], bytes]] = {
    "a.docx": as_docx,
    "a.html": as_html,
    "a.md": as_markdown,
}


def words_of(document: Document) -> list[str]:
    """All words of a document, without the marks of a table."""
    return "\n".join(page.text for page in document.pages).replace("|", " ").split()


@pytest.mark.parametrize("name", FORMATS)
def test_the_text_comes_back_word_for_word(name: str) -> None:
    """Nothing is lost, nothing added, nothing out of order."""
    document = read_document(Source(name, FORMATS[name](), None))
    wanted = " ".join([*PROSE, *(cell for row in ROWS for cell in row), LAST]).split()

    found = [word for word in words_of(document) if word not in {"#", "---"}]

    assert found == wanted


@pytest.mark.parametrize("name", FORMATS)
def test_figures_are_the_same_in_every_format(name: str) -> None:
    """Value, unit, period, place and status do not depend on the format."""
    parsed = parse_source(Source(name, FORMATS[name](), None))

    found = {
        (f.raw, f.kind, f.value, f.unit, f.period, f.place, f.status)
        for f in parsed.figures
        if f.kind != "date"
    }

    assert found == {
        ("45%", "share", 45.0, "%", "2024", "Vietnam", "achieved"),
        ("80%", "share", 80.0, "%", "2025", "Vietnam", "target"),
        ("6", "rank", 6.0, "place", "2022", "Lang Son", "achieved"),
        ("2", "rank", 2.0, "place", "2023", "Lang Son", "achieved"),
        ("950,5", "money", 950.5e9, "VND", "2024", "Lang Son", "achieved"),
        ("3", "rank", 3.0, "place", "2022", "Hue", "achieved"),
        ("5", "rank", 5.0, "place", "2023", "Hue", "achieved"),
        ("1.200", "money", 1200e9, "VND", "2024", "Hue", "achieved"),
    }


def test_a_web_page_tells_title_publisher_and_date() -> None:
    """Its meta data fill in, and it is said that they come from the file."""
    parsed = parse_source(Source("a.html", as_html(), None))

    report = parsed.report
    assert report.title == PROSE[0]
    assert (report.publisher, report.published) == (
        "Cổng thông tin điện tử", "2025-02-06",
    )  # fmt: skip
    assert parsed.provenance["published"] == "file"
    assert parsed.provenance["title"] == "text"


@pytest.mark.parametrize(
    ("declared", "codec"),
    [("utf-8", "utf-8"), ("windows-1252", "cp1252"), ("utf-16", "utf-16")],
)
def test_a_web_page_is_read_in_its_encoding(declared: str, codec: str) -> None:
    """Declared or marked; entities become letters."""
    page = (
        f'<html><head><meta charset="{declared}"></head><body><p>The rate – 45% – is '
        "“high” in Qu&#7843;ng Ninh.</p></body></html>"
    )

    text = read_html("a.html", page.encode(codec)).pages[0].text

    assert text.strip() == "The rate – 45% – is “high” in Quảng Ninh."


def test_word_keeps_notes_controls_and_numbers_and_drops_deletions() -> None:
    """What a reader sees on the page is read; what was deleted is not."""
    document = docx.Document()
    first = document.add_paragraph("Tỷ lệ đạt 45%.")
    first._p.append(
        parse_xml(
            '<w:del xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/'
            'main"><w:r><w:delText>99%</w:delText></w:r></w:del>'
        )
    )
    document.element.body.insert(
        1,
        parse_xml(
            '<w:sdt xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/'
            'main"><w:sdtContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p>'
            "</w:sdtContent></w:sdt>"
        ),
    )
    for text in ("Một", "Hai"):
        document.add_paragraph(text, style="List Number")

    lines = read_docx("a.docx", saved(document)).pages[0].text.splitlines()

    assert lines == ["Tỷ lệ đạt 45%.", "Trong khung", "1. Một", "2. Hai"]


def test_word_tells_its_pages() -> None:
    """As Word last showed them; a paragraph is on the page that it begins on."""
    document = docx.Document()

    def add(paragraph, text: str, *, new_page: bool = False) -> None:
        run = paragraph.add_run()
        if new_page:
            run._r.append(OxmlElement("w:lastRenderedPageBreak"))
        run.add_text(text)

    add(document.add_paragraph(), PROSE[0])
    across = document.add_paragraph()
    add(across, "Đoạn này bắt đầu ở trang một ")
    add(across, "và hết ở trang hai.", new_page=True)
    table = document.add_table(2, 2)
    for row, cell in enumerate(table._cells):
        # Both cells of the second row go on on page three.
        add(cell.paragraphs[0], f"{row}5%", new_page=row > 1)
    add(document.add_paragraph(), "Trang ba.")
    add(document.add_paragraph(), "Trang bốn.", new_page=True)
    read = read_docx("a.docx", saved(document))
    assert [page.text.split("\n")[-2] for page in read.pages] == [
        "Đoạn này bắt đầu ở trang một và hết ở trang hai.",
        "25% | 35%",
        "Trang ba.",
        "Trang bốn.",
    ]
    assert [table.page for table in read.tables] == [2]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.docm", b"application/vnd.ms-word.document.macroEnabled.main+xml"),
        ("a.docx", b"application/vnd.openxmlformats-officedocument"
         b".wordprocessingml.template.main+xml"),
    ],
)  # fmt: skip
def test_word_with_macros_is_read_without_them(name: str, kind: bytes) -> None:
    """The text is the same; the operator learns that there are macros."""
    plain = read_docx("a.docx", as_docx())
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_docx())) as whole:
        main = (
            b"application/vnd.openxmlformats-officedocument"
            b".wordprocessingml.document.main+xml"
        )
        with zipfile.ZipFile(out, "w") as made:
            for part in whole.namelist():
                made.writestr(part, whole.read(part).replace(main, kind))
            made.writestr("word/vbaProject.bin", b"macros")
    document = read_document(Source(name, out.getvalue(), None))
    assert document.pages == plain.pages
    assert document.notes == ("it carries macros, which are not run",)


def test_word_with_an_old_font_is_converted() -> None:
    """A run in .VnTime is TCVN3, whatever the letters look like."""
    document = docx.Document()
    run = document.add_paragraph().add_run("Tû lÖ hå s¬ ®¹t 45%")
    run.font.name = ".VnTime"

    read = read_docx("a.docx", saved(document))

    assert read.pages[0].text.strip() == "Tỷ lệ hồ sơ đạt 45%"
    assert "TCVN3" in read.notes[0]


def test_merged_cells_of_word_keep_their_spans() -> None:
    """A heading over two columns heads both."""
    document = docx.Document()
    table = document.add_table(3, 3)
    table.rows[0].cells[0].merge(table.rows[1].cells[0]).text = "Tỉnh"
    table.rows[0].cells[1].merge(table.rows[0].cells[2]).text = "Thứ hạng"
    for cell, text in zip(table.rows[1].cells[1:], ("2022", "2023"), strict=True):
        cell.text = text
    for cell, text in zip(table.rows[2].cells, ("Lạng Sơn", "6", "2"), strict=True):
        cell.text = text

    (read,) = read_docx("a.docx", saved(document)).tables

    assert [(c.row, c.column, c.rows, c.columns) for c in read.cells] == [
        (0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1),
        (2, 0, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1),
    ]  # fmt: skip


def test_a_workbook_shows_its_numbers_as_excel_does() -> None:
    """Formats make percent and decimals; a sheet is a page."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Xếp hạng"
    sheet.append(["Tỉnh", "Tỷ lệ", "Kinh phí"])
    sheet.append(["Lạng Sơn", 0.455, 1234567.891])
    sheet["B2"].number_format, sheet["C2"].number_format = "0.0%", "#,##0.00"
    book.create_sheet("Ẩn").sheet_state = "hidden"

    read = read_xlsx("a.xlsx", saved(book))

    assert [page.text for page in read.pages] == [
        "Xếp hạng\nTỉnh | Tỷ lệ | Kinh phí\nLạng Sơn | 45.5% | 1,234,567.89"
    ]
    assert len(read.tables) == 1


def test_an_official_heading_is_no_table_and_tells_number_and_issuer() -> None:
    """The two columns that open every official document only place text."""
    document = docx.Document()
    above, below = (row.cells for row in document.add_table(2, 2).rows)
    above[0].text = "BỘ THÔNG TIN VÀ\nTRUYỀN THÔNG"
    above[1].text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    below[0].text = "Số: 42/2022/TT-BTTTT"
    below[1].text = "Hà Nội, ngày 3 tháng 6 năm 2022"
    document.add_paragraph("BÁO CÁO")
    document.add_paragraph("Kết quả chuyển đổi số sáu tháng đầu năm 2022")
    document.add_paragraph("Tỷ lệ hồ sơ trực tuyến đạt 45%.")
    for text in (
        "Nơi nhận:", "- Như trên;", "- Thường trực Tỉnh ủy (b/c);", "- Lưu: VT, THH.",
        "KT. CỤC TRƯỞNG", "PHÓ CỤC TRƯỞNG",
    ):  # fmt: skip
        document.add_paragraph(text)

    parsed = parse_source(Source("a.docx", saved(document), None))

    report = parsed.report
    assert report.number == "42/2022/TT-BTTTT"
    assert report.publisher == "BỘ THÔNG TIN VÀ TRUYỀN THÔNG"
    assert report.published == "2022-06-03"
    assert report.title == "Kết quả chuyển đổi số sáu tháng đầu năm 2022"
    quoted = " ".join(s.text for s in parsed.sentences)
    assert "Tỷ lệ hồ sơ trực tuyến đạt 45%." in quoted
    assert "Nơi nhận" not in quoted
    assert "Tỉnh ủy" not in quoted
    assert "|" not in parsed.pages[0].text
    assert "TRƯỞNG" not in quoted


# --- Bad input ------------------------------------------------------------------


def bomb(name: str) -> bytes:
    """A zip of some kilobytes that unpacks to hundreds of megabytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"<w>" + b" " * 200_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", b"", "is empty"),
        ("a.docx", b"hello", "is no Word document"),
        ("a.docx", as_docx()[:500], "cut off or damaged"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + bytes(600), "locked by a password"),
        ("a.docx", saved(openpyxl.Workbook()), r"rename it to end in \.xlsx"),
        ("a.xlsx", as_docx(), r"rename it to end in \.docx"),
        ("a.xlsx", saved(openpyxl.Workbook()), "holds no text"),
        ("a.docx", saved(docx.Document()), "holds no text"),
        ("a.html", b"", "is empty"),
        ("a.html", b"<html><body><script>x</script></body></html>", "holds no text"),
        ("a.txt", as_html(), r"rename it to end in \.html"),
        ("a.doc", as_docx(), r"rename it to end in \.docx"),
        ("a.rtf", b"{\\rtf1 x}", "save it as .docx"),
        ("a.docx", bomb("word/document.xml"), "too large"),
        ("a.xlsx", bomb("xl/workbook.xml"), "too large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_says_why(name: str, data: bytes, reason: str) -> None:
    """Every refusal tells an official what to do."""
    with pytest.raises(UnreadableReportError, match=reason):
        read_document(Source(name, data, None))


def test_entities_fetch_and_swell_nothing() -> None:
    """XML that refers to files or to itself a billion times is not followed."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_docx())) as old,
        zipfile.ZipFile(buffer, "w") as new,
    ):
        for part in old.namelist():
            content = old.read(part)
            if part == "word/document.xml":
                head, tail = content.split(b"?>", 1)
                content = (
                    head
                    + b'?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
                    + tail.replace(b"45%", b"&e;")
                )
            new.writestr(part, content)

    try:
        text = read_docx("a.docx", buffer.getvalue()).pages[0].text
    except UnreadableReportError:
        return
    assert "root:" not in text


def workbook() -> bytes:
    """The table alone, as a workbook."""
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    return saved(book)


READERS: dict[str, tuple[Callable[[], bytes], Callable[[str, bytes], Document]]] = {
    "a.docx": (as_docx, read_docx),
    "a.html": (as_html, read_html),
    "a.md": (as_markdown, read_text),
    "a.xlsx": (workbook, read_xlsx),
}


@pytest.mark.parametrize("name", READERS)
def test_mutated_files_are_read_or_refused(name: str) -> None:
    """Whatever the bytes, there is a document or a reason: never a traceback."""
    make, read = READERS[name]
    original = make()
    for seed in range(40):
        chance = random.Random(seed)
        data = bytearray(original)
        for _ in range(chance.randint(1, 30)):
            at = chance.randrange(len(data))
            action = chance.randrange(3)
            if action == 0:
                data[at] = chance.randrange(256)
            elif action == 1:
                del data[at : at + chance.randint(1, 200)]
            else:
                data[at:at] = chance.randbytes(chance.randint(1, 40))
            data = data or bytearray(b"x")
        with suppress(UnreadableReportError):
            assert read(name, bytes(data)).pages


@pytest.mark.parametrize("depth", [200, 20_000])
def test_deep_nesting_ends(depth: int) -> None:
    """A page of nothing but nested elements is read or refused."""
    data = b"<html><body>" + b"<div>" * depth + b"45%" + b"</div>" * depth
    with suppress(UnreadableReportError):
        assert "45%" in read_html("a.html", data).pages[0].text
