"""What a report says about itself, and the side file that overrides it."""

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from index.errors import UnreadableReportError
from index.records import Report
from ingest.metadata import from_side_file
from ingest.parse import parse

BODY = "The fund paid for 12.4 million visits, and 91% of the people are insured today."


def report(folder: Path, text: str, side: str | None = None) -> Report:
    """Parse a text, with or without a side file."""
    return parsed(folder, text, side)[0]


def parsed(
    folder: Path, text: str, side: str | None = None
) -> tuple[Report, dict[str, str]]:
    """Parse a text; return the report and where its values came from."""
    _written(folder, text)
    if side is not None:
        (folder / "a.toml").write_text(side, "utf-8")
    found = parse(folder / "a.txt", folder)
    return found.report, dict(found.provenance)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Insurance reaches more people", "Insurance reaches more people"),
        ("Friday, 09/20/2024\n\nHealth for all?", "Health for all?"),
        ("# Health report", "Health report"),
        ("BÁO CÁO\nKết quả công tác y tế", "Kết quả công tác y tế"),
        ("Số: 12/BC-UBND\nKết quả công tác y tế", "Kết quả công tác y tế"),
        (
            "UBND TỈNH CÀ MAU\nSố: 1/BC-UBND\nCà Mau, ngày 5 tháng 1 năm 2024\n"
            "BÁO CÁO\nKết quả công tác y tế\nI. Kết quả",
            "Kết quả công tác y tế",
        ),
        ("Health for all\nin the delta", "Health for all in the delta"),
        ("SỔ TAY Y TẾ\nCẤP XÃ NĂM 2024\nCục Y tế", "SỔ TAY Y TẾ CẤP XÃ NĂM 2024"),
        (
            "KẾ HOẠCH\nTriển khai Nghị quyết số 57-NQ/TW của\nBộ Chính trị\n"
            "I. Mục tiêu\nthực hiện",
            "Triển khai Nghị quyết số 57-NQ/TW của Bộ Chính trị",
        ),
        ("NGHỊ ĐỊNH\nVỀ Y TẾ CƠ SỞ\nCHÍNH PHỦ\nCăn cứ Luật", "VỀ Y TẾ CƠ SỞ"),
        ("The fund met in Hue on Monday.", None),
        ("The fund has these tasks:", None),
    ],
)
def test_a_title_is_a_heading_at_the_top(
    tmp_path: Path, head: str, title: str | None
) -> None:
    """A first sentence is no title."""
    assert report(tmp_path, f"{head}\n{BODY}\n").title == title


@pytest.mark.parametrize(
    ("tail", "url", "publisher"),
    [
        ("Source: https://moh.gov.vn/a/b.html", "https://moh.gov.vn/a/b.html",
         "moh.gov.vn"),
        ("Nguồn: https://moh.gov.vn/a\nComment (0)", "https://moh.gov.vn/a",
         "moh.gov.vn"),
        ("According to baoyte.vn\nSource: https://x.gov.vn/1", "https://x.gov.vn/1",
         "x.gov.vn"),
        ("Theo baoyte.vn", None, "baoyte.vn"),
        ("Source\nComment (0)", None, None),
        ("See https://moh.gov.vn/a for more.", None, None),
    ],
)  # fmt: skip
def test_address_and_publisher_come_from_a_source_line(
    tmp_path: Path, tail: str, url: str | None, publisher: str | None
) -> None:
    """A link in the text is no source, and a bare "Source" names none."""
    found = report(tmp_path, f"{BODY}\n{tail}")
    assert (found.url, found.publisher) == (url, publisher)


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Published: 6 February 2025", "2025-02-06"),
        ("Published on 2025-02-06", "2025-02-06"),
        ("Posted: Thursday, February 6, 2025", "2025-02-06"),
        ("Published: 25/02/2025", "2025-02-25"),
        ("Published: 06/02/2025", None),  # the 6th of February or the 2nd of June
        ("Friday, 09/20/2024", None),  # perhaps the day it was printed
        ("Published in 2025", None),
        ("The law was published on 6 February 2025 and holds since.", None),
    ],
)
def test_a_publication_date_must_be_called_one(
    tmp_path: Path, line: str, published: str | None
) -> None:
    """A date of printing, a year or two possible days are none."""
    assert report(tmp_path, f"{line}\n{BODY}").published == published


@pytest.mark.parametrize(
    "line",
    [
        "Ngày đăng: 06/02/2025",
        "Đăng ngày 6/2/2025",
        "Hà Nội, ngày 06 tháng 02 năm 2025",
    ],
)
def test_vietnamese_dates_have_the_day_first(tmp_path: Path, line: str) -> None:
    """In Vietnamese 06/02 is the sixth of February."""
    text = f"{line}\nTỷ lệ người tham gia bảo hiểm y tế đạt 91% dân số cả nước."
    assert report(tmp_path, text).published == "2025-02-06"


def test_the_two_columns_of_an_official_head_are_read_apart(tmp_path: Path) -> None:
    """As rows of a table, which PDF and web pages make of them."""
    text = (
        "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "TỈNH LẠNG SƠN | Độc lập - Tự do - Hạnh phúc\n"
        "Số: 57/BC-UBND | Lạng Sơn, ngày 6 tháng 02 năm 2025\n\n"
        "BÁO CÁO\nKết quả công tác y tế năm 2024\nTỷ lệ bao phủ đạt 91% dân số.\n"
    )
    found = report(tmp_path, text)
    assert found.publisher == "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN"
    assert (found.number, found.published) == ("57/BC-UBND", "2025-02-06")
    assert found.title == "Kết quả công tác y tế năm 2024"


def test_what_is_set_largest_is_the_title(tmp_path: Path) -> None:
    """On a cover the ministry stands first, and the file calls itself otherwise."""
    pages = (
        (60, 800, 11, "MINISTRY OF INFORMATION AND COMMUNICATIONS"),
        (60, 750, 24, "Digital Transformation"),
        (90, 715, 24, "Report of Vietnam 2024"),
        (60, 650, 11, BODY),
        (60, 630, 11, "It was 84% in the year before."),
    )
    canvas = Canvas(str(tmp_path / "a.pdf"))
    canvas.setTitle("Microsoft Word - bc_final.doc")
    for x, y, size, words in pages:
        canvas.setFont("Helvetica", size)
        canvas.drawString(x, y, words)
    canvas.save()
    found = parse(tmp_path / "a.pdf", tmp_path).report
    assert found.title == "Digital Transformation Report of Vietnam 2024"


def test_language_is_told_from_the_text(tmp_path: Path) -> None:
    """English with Vietnamese names is English."""
    text = "In Đà Nẵng, Mr. Nguyễn Văn Quyết of Lạng Sơn said the rate was 45%."
    assert report(tmp_path, text).language == "en"
    text = (
        "Tại Đà Nẵng, tỷ lệ hồ sơ trực tuyến (online) đạt 45% theo Ministry of Health."
    )
    assert report(tmp_path, text).language == "vi"


def test_only_a_provinces_own_report_has_a_place(tmp_path: Path) -> None:
    """A national meeting that a province watched is the nation's."""
    own = (
        "Health work of Ca Mau province in 2021\n"
        "The province has 12 hospitals. In the province, 91% are insured.\n"
    )
    watched = (
        "On May 4, the Prime Minister chaired a conference on health.\n"
        "At the Ca Mau bridge, the chairman of the province attended.\n"
        "Nationwide, 91% are insured; ministries reported on this.\n"
    )
    official = "UBND TỈNH CÀ MAU\nBÁO CÁO\nKết quả công tác y tế\nToàn tỉnh đạt 91%.\n"
    signed = (
        "BỘ Y TẾ\nSố: 1/BC-BYT\nHà Nội, ngày 3 tháng 3 năm 2025\nBÁO CÁO\n"
        "Tình hình cung ứng thuốc\nTỷ lệ thuốc sản xuất trong nước đạt 46%.\n"
    )
    city = (
        "Can Tho: investment in 2024\n"
        "In 2024, the city attracted 4.94 billion USD. Nationwide it was 38 billion.\n"
        "The city has 12 parks. At the end of the year, Can Tho had 81 projects.\n"
    )
    assert report(tmp_path, city).place == "Can Tho"
    assert report(tmp_path, signed).place is None
    assert report(tmp_path, own).place == "Ca Mau"
    assert report(tmp_path, official).place == "Ca Mau"
    assert report(tmp_path, watched).place is None


SIDE = """
title = "Health in 2021"
publisher = "Ministry of Health"
url = "https://moh.gov.vn/report"
published = 2022-01-05
language = "vi"
period = 2021
place = "Ca Mau"
"""


def test_a_side_file_overrides_the_text(tmp_path: Path) -> None:
    """Each value says where it came from; TOML's dates and numbers will do."""
    found, origin = parsed(tmp_path, f"Health\n{BODY}", SIDE)
    assert (found.title, found.publisher) == ("Health in 2021", "Ministry of Health")
    assert (found.published, found.period) == ("2022-01-05", "2021")
    assert (found.language, found.place) == ("vi", "Ca Mau")
    assert set(origin.values()) == {"side file"}
    found, origin = parsed(
        tmp_path, f"Health\n{BODY}", 'title = ""\nperiod = "2021-Q1"'
    )
    assert (found.title, found.period) == (None, "2021-Q1")
    assert origin == {"language": "text", "period": "side file"}


@pytest.mark.parametrize(
    ("side", "reason"),
    [
        ("titel = 'x'", "unknown key 'titel'"),
        ("title = 3", "int as title"),
        ("title = ['a']", "list as title"),
        ("published = '6 May'", "wrong published"),
        ("published = 2022-01-05T10:00:00", "datetime as published"),
        ("period = 'spring'", "wrong period"),
        ("language = 'fr'", 'write "en" or "vi"'),
        ("url = 'moh.gov.vn'", "wrong url"),
        ("title = ", "not valid TOML"),
    ],
)
def test_a_wrong_side_file_is_refused_by_key(side: str, reason: str) -> None:
    """A misspelt key must not be dropped in silence."""
    with pytest.raises(UnreadableReportError, match=reason) as caught:
        from_side_file("a.txt", side.encode())
    assert caught.value.name == "a.txt"


def test_the_head_of_a_saved_article_is_no_content(tmp_path: Path) -> None:
    """Title, day, source and address above the text are known, and not quoted."""
    head = "Clean water for all\nPublished: 2024-10-11\nSource: The Daily\nURL: {}\n\n"
    text = head.format("https://news.example.vn/a") + BODY
    found = parse(_written(tmp_path, text), tmp_path)
    assert found.report.title == "Clean water for all"
    assert found.report.published == "2024-10-11"
    assert found.report.url == "https://news.example.vn/a"
    assert [s.text for s in found.sentences] == ["Clean water for all", BODY]


def test_a_named_source_is_the_publisher(tmp_path: Path) -> None:
    """Without an address the paper's own name stands for it."""
    assert report(tmp_path, f"{BODY}\n\nSource: The Daily").publisher == "The Daily"


def _written(folder: Path, text: str) -> Path:
    (folder / "a.txt").write_text(text, "utf-8")
    return folder / "a.txt"
