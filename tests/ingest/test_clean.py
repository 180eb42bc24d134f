"""What of a page is content: told by kind of text, never by its wording."""

import pytest

from index.records import Page
from ingest.clean import Paragraph, paragraphs

BODY = (
    "The health insurance fund paid for 12.4 million visits in 2021, and the share of "
    "people who are insured reached 91% at the end of that year."
)
BODY_VI = (
    "Năm 2021, quỹ bảo hiểm y tế đã chi trả cho 12,4 triệu lượt khám chữa bệnh, tỷ lệ "
    "người tham gia bảo hiểm đạt 91% dân số."
)


def content(*texts: str) -> list[str]:
    """Return the paragraphs of pages with these texts."""
    pages = [Page(number, text) for number, text in enumerate(texts, 1)]
    found = paragraphs(pages)
    for paragraph in found:
        page = pages[paragraph.page - 1].text
        assert paragraph.text == page[paragraph.start : paragraph.end]
        assert paragraph.text == paragraph.text.strip()
    return [paragraph.text for paragraph in found]


@pytest.mark.parametrize("dots", [" " + "." * 40 + " ", "…" * 12, " . . . . . . "])
def test_a_table_of_contents_is_no_content(dots: str) -> None:
    """Its page numbers are no figures of the report."""
    entries = [f"{n}.1. Kết quả năm 202{n}{dots}{12 * n}" for n in range(1, 4)]
    assert content("\n\n".join([*entries, BODY])) == [BODY]


def flags(text: str) -> list[Paragraph]:
    """Return the paragraphs of one page."""
    return list(paragraphs([Page(1, text)]))


@pytest.mark.parametrize(
    "line",
    [
        "Comment (0)", "Comments", "Bình luận (12)", "0 bình luận", "Source",
        "Source: https://example.gov.vn/a-b-c.html", "Nguồn: https://example.gov.vn/x",
        "Nguồn: Báo Nhân Dân", "Source: VNA", "Nguồn", "According to example.vn",
        "Theo baochinhphu.vn", "https://example.gov.vn/tin-tuc", "Tags", "Chia sẻ",
        "Tags: bảo hiểm, y tế", "Từ khóa: bảo hiểm y tế", "In bài viết", "Bản in",
        "Read more", "Tin liên quan", "Tác giả: Nguyễn Văn A", "Tin, ảnh: Thu Hà",
        "Trang 3/12", "Page 3 of 12", "Page 4", "-----", "***", "|---|---|",
        "![A chart](chart.png)", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "Photo: VNA", "Ảnh: TTXVN", "Lượt xem: 1203",
    ],
)  # fmt: skip
@pytest.mark.parametrize("body", [BODY, BODY_VI])
def test_what_sites_and_printers_add_is_no_content(line: str, body: str) -> None:
    """Wherever the line stands, only the text around it stays."""
    assert content(f"{body}\n{line}\n{body}\n{line}\n") == [body, body]


@pytest.mark.parametrize(
    "line",
    [
        "Friday,  09/20/2024", "09/20/2024", "20/09/2024 08:30", "2024-09-20",
        "Thứ Sáu, ngày 20/09/2024 | 08:30 GMT+7", "Thứ hai, 20.9.2024",
    ],
)  # fmt: skip
def test_a_print_date_is_no_content(line: str) -> None:
    """The day a page was printed would date figures it has nothing to do with."""
    assert content(f"{line}\n\n{BODY}") == [BODY]


@pytest.mark.parametrize(
    "caption",
    [
        "The minister speaks at the session. Photo: Nguyen Nam - VNA",
        "The minister speaks at the session. Photo: VNA.",
        "A nurse with the new card - Photo: TL",
        "A card reader (illustration).",
        "Bộ trưởng phát biểu tại phiên họp. Ảnh: Nguyễn Nam/TTXVN",
        "Người dân làm thủ tục (Ảnh minh họa).",
        "Overview of the conference at the ministry.",
        "Delegates attending the workshop.",
        "Quang cảnh hội nghị tại điểm cầu trung tâm.",
        "Các đại biểu tham dự hội nghị.",
    ],
)
def test_captions_are_no_content(caption: str) -> None:
    """Words below a picture repeat the text or only name the scene."""
    assert content(f"{BODY}\n\n{caption}\n{BODY}") == [BODY, BODY]


@pytest.mark.parametrize(
    "line",
    [
        "Overview",
        "Overview of results in 2021",
        "Delegates attending the conference agreed on 12 tasks.",
        "The ministers attended the conference.",
        "I. Results of the first six months",
        "Kết quả thực hiện năm 2021",
        "According to the report, 91% of people are insured.",
        "Theo báo cáo, tỷ lệ đạt 91%.",
        "Tags were given to 4,000 trees.",
        "91%",
        "Mr. Tran Van B, director of the fund, opened the branch in Hue",
    ],
)
def test_in_doubt_a_line_stays(line: str) -> None:
    """A lost line is worse than a superfluous one."""
    assert content(f"{BODY}\n{line}\n{BODY}") == [BODY, line, BODY]


@pytest.mark.parametrize("name", ["Tran Thi Mai", "Thu Hà", "Thu Hà - Nguyễn Nam"])
def test_a_name_at_the_end_is_the_writer(name: str) -> None:
    """The same words anywhere else stay."""
    assert content(f"{BODY}\n{name}\nNguồn: TTXVN\nComment (0)") == [BODY]
    assert content(f"{BODY}\n{name}\n{BODY}") == [BODY, name, BODY]


def test_the_words_of_a_report_are_never_changed() -> None:
    """Odd spaces, line ends and marks within content stay as they are."""
    odd = "The  rate ,\u00a0as “reported”, reached 91 % ./."
    assert content(f"\r\n  {odd} \r\n") == [odd]


def test_headings_are_told_from_text() -> None:
    """A short line without a full stop above a paragraph, or Markdown's mark."""
    found = flags(
        f"# Report on health.\n\n## Results in 2021\n{BODY}\nResults:\n{BODY}"
    )
    assert [(p.text, p.heading) for p in found] == [
        ("Report on health.", True),
        ("Results in 2021", True),
        (BODY, False),
        ("Results:", False),
        (BODY, False),
    ]


def test_a_gap_is_known() -> None:
    """Paragraphs with a caption between them do not adjoin."""
    found = flags(f"{BODY}\n- {BODY}\nPhoto: VNA\n{BODY}")
    assert [p.after_gap for p in found] == [False, False, True]


def test_lines_broken_by_the_paper_make_one_paragraph() -> None:
    """PDFs break lines where the paper ends; blank lines and items still count."""
    page = (
        "Results of the year\n"
        "The fund paid for 12.4 million visits in 2021, which is\n"
        "more than ever before, and the share of people who are\n"
        "insured reached 91% of the population in that year.\n"
        "The minister asked for a plan by June, and the members\n"
        "agreed.\n"
        "- The first task is to connect all hospitals with the\n"
        "national platform.\n"
        "- The second task is to train 2,000 people.\n"
        "\n"
        "Hospitals in 40 provinces have joined so far, says the\n"
        "report.\n"
    )
    found = content(page)
    assert [text[:12] for text in found] == [
        "Results of t", "The fund pai", "The first ta", "The second t", "Hospitals in",
    ]  # fmt: skip
    assert "which is\nmore than" in found[1]


def test_running_heads_and_page_numbers_are_no_content() -> None:
    """What stands at the edge of most pages is the paper's, not the report's."""
    pages = [
        f"Ministry of Health - Annual report\n{BODY[:-1]} ({n} of them).\n{n}\n"
        for n in range(1, 6)
    ]
    assert content(*pages) == [f"{BODY[:-1]} ({n} of them)." for n in range(1, 6)]


def test_figures_at_the_edge_of_pages_stay() -> None:
    """Lines that differ in their figures are different lines."""
    pages = [f"In {2010 + n} the rate was {n}0%." for n in range(1, 6)]
    assert content(*pages) == pages


@pytest.mark.parametrize(
    ("mark", "item"),
    [("- ", True), ("• ", True), ("> - ", True), ("> ", False), ("## ", False),
     ("", False), ("1. ", False)],
)  # fmt: skip
def test_a_bullet_makes_an_item(mark: str, item: bool) -> None:
    """Marks of quotes and headings do not; the mark itself is no content."""
    found = flags(f"{BODY}\n\n{mark}{BODY_VI}\n\n{BODY}")
    assert [paragraph.item for paragraph in found] == [False, item, False]
    assert not found[1].text.startswith(("-", "•", ">"))
