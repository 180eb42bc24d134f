"""All words of the page, in English and Vietnamese.

Words around an answer are in the answer's language (that of its question);
words of the page itself follow the browser or the reader's choice.
"""

import re
from dataclasses import dataclass

from babel.numbers import format_decimal

from answer import phrases
from index.grammar.places import NATION
from index.records import Language


@dataclass(frozen=True, slots=True)
class Words:
    """The page's words in one language; both languages fill every field."""

    language: Language
    locale: str  # for numbers
    title: str
    subtitle: str
    choose_language: str
    tab_ask: str
    tab_reports: str
    tab_figures: str
    tab_quality: str
    question_label: str
    question_hint: str
    send: str
    examples_heading: str
    chat_label: str
    source_label: str
    you_asked: str
    refusal: str
    nearest: str
    problem: str
    bad_length: str
    bad_type: str
    bad_filters: str
    bad_turn: str
    bug: str
    period: str
    place: str
    nationwide: str
    status: str
    figure: str
    source: str
    sources: str
    open_source: str
    quote_in: dict[str, str]  # by the language of the quote
    statuses: dict[str, str]
    page: str
    page_number: str
    published: str
    no_date: str
    publisher: str
    not_stated: str
    file: str
    original: str
    reports_heading: str
    reports_hint: str
    reports_more: str
    all_reports: str
    page_text: str
    page_picture: str
    earlier_page: str
    later_page: str
    report_gone: str
    quote_moved: str


EN = Words(
    language="en",
    locale="en_GB",
    title="Ask the reports",
    subtitle="Answers from government reports, each with the sentence it stands in.",
    choose_language="Language",
    tab_ask="Ask",
    tab_reports="Reports",
    tab_figures="Figures",
    tab_quality="Quality",
    question_label="Your question",
    question_hint="A figure, a date, a name …",
    send="Ask",
    examples_heading="Try one of these questions",
    chat_label="Questions and answers",
    source_label="Cited report",
    you_asked="You asked",
    refusal="Not in the reports",
    nearest="Nearest evidence",
    problem="The question could not be answered",
    bug="Something went wrong on our side. Your question stands in the box again; "
    "if asking it once more does not help, tell whoever runs this page.",
    bad_type="The question must be a text, the history a list of texts.",
    bad_filters="A filter is a period, publisher, language (en or vi) or report, "
    "each a text.",
    bad_turn="This chat was kept by another version and cannot be opened. "
    "Please ask the question again.",
    bad_length="Please ask a question of at most {limit} characters.",
    period="Period",
    place="Place",
    nationwide="nationwide",
    status="Status",
    figure="Figure",
    source="Source",
    sources="Sources",
    open_source="Open source {number}: {title}",
    quote_in={"en": "report in English", "vi": "report in Vietnamese"},
    statuses={
        "achieved": "Achieved",
        "target": "Target",
        "estimate": "Estimate",
        "earlier": "Earlier value",
        "change": "Change",
    },
    page="Page",
    page_number="page {number}",
    published="Published",
    no_date="date not stated",
    publisher="Publisher",
    not_stated="not stated",
    file="File",
    original="Open the original",
    reports_heading="Reports that can be asked",
    reports_hint="Choose a source number in an answer to read its sentence here, "
    "or open a report.",
    reports_more="… and {count} more.",
    all_reports="All reports",
    page_text="Text of this page",
    page_picture="Picture of page {number}, the quoted sentence in a frame",
    earlier_page="Earlier page",
    later_page="Later page",
    report_gone="This report is no longer in the index. Ask the question again.",
    quote_moved="The report has changed since this answer was given: the quoted "
    "sentence no longer stands at its place. Ask the question again.",
)

VI = Words(
    language="vi",
    locale="vi",
    title="Hỏi báo cáo",
    subtitle="Câu trả lời lấy từ báo cáo của cơ quan nhà nước, "
    "kèm đúng câu văn làm căn cứ.",
    choose_language="Ngôn ngữ",
    tab_ask="Hỏi đáp",
    tab_reports="Báo cáo",
    tab_figures="Số liệu",
    tab_quality="Chất lượng",
    question_label="Câu hỏi của bạn",
    question_hint="Một số liệu, ngày, tên …",
    send="Hỏi",
    examples_heading="Thử một trong các câu hỏi này",
    chat_label="Hỏi và đáp",
    source_label="Báo cáo được trích dẫn",
    you_asked="Bạn hỏi",
    refusal="Không có trong các báo cáo",
    nearest="Thông tin gần nhất",
    problem="Chưa thể trả lời câu hỏi",
    bug="Hệ thống gặp lỗi. Câu hỏi của bạn vẫn còn trong ô nhập; nếu hỏi lại vẫn lỗi, "
    "vui lòng báo cho người vận hành trang này.",
    bad_type="Câu hỏi phải là văn bản, các câu trước là danh sách văn bản.",
    bad_filters="Bộ lọc gồm thời kỳ, cơ quan đăng, ngôn ngữ (en hoặc vi) hoặc báo cáo, "
    "mỗi mục là văn bản.",
    bad_turn="Cuộc hỏi đáp này được lưu bởi phiên bản khác nên không mở được. "
    "Vui lòng hỏi lại.",
    bad_length="Vui lòng nhập câu hỏi, dài tối đa {limit} ký tự.",
    period="Thời kỳ",
    place="Địa bàn",
    nationwide="cả nước",
    status="Trạng thái",
    figure="Số liệu",
    source="Nguồn",
    sources="Nguồn",
    open_source="Mở nguồn {number}: {title}",
    quote_in={"en": "báo cáo tiếng Anh", "vi": "báo cáo tiếng Việt"},
    statuses={
        "achieved": "Đã đạt",
        "target": "Mục tiêu",
        "estimate": "Ước tính",
        "earlier": "Giá trị trước đó",
        "change": "Mức thay đổi",
    },
    page="Trang",
    page_number="trang {number}",
    published="Ngày đăng",
    no_date="không ghi ngày",
    publisher="Cơ quan đăng",
    not_stated="không ghi",
    file="Tệp",
    original="Mở bản gốc",
    reports_heading="Các báo cáo có thể hỏi",
    reports_hint="Chọn số nguồn trong câu trả lời để đọc câu văn đó tại đây, "
    "hoặc mở một báo cáo.",
    reports_more="… và {count} báo cáo khác.",
    all_reports="Tất cả báo cáo",
    page_text="Văn bản của trang này",
    page_picture="Ảnh trang {number}, câu được trích nằm trong khung",
    earlier_page="Trang trước",
    later_page="Trang sau",
    report_gone="Báo cáo này không còn trong chỉ mục. Vui lòng hỏi lại.",
    quote_moved="Báo cáo đã thay đổi sau câu trả lời này: câu được trích không còn "
    "ở vị trí cũ. Vui lòng hỏi lại.",
)

WORDS: dict[Language, Words] = {"en": EN, "vi": VI}
LANGUAGE_NAMES: dict[Language, str] = {"en": "English", "vi": "Tiếng Việt"}


def words_for(language: str | None) -> Words:
    """The words of *language*; English for any language we have no words in."""
    return VI if language == "vi" else EN


def tab_names(words: Words) -> tuple[str, ...]:
    """The names of the tabs, in their order on the page."""
    return words.tab_ask, words.tab_reports, words.tab_figures, words.tab_quality


def preferred_language(accept_language: str | None) -> Language:
    """The page's language for a browser's Accept-Language header.

    The first of our languages that the browser lists wins; browsers list the
    preferred one first, so the weights need no reading.
    """
    for entry in (accept_language or "").lower().split(","):
        tag = re.split(r"[-;]", entry.strip())[0]
        if tag == "vi":
            return "vi"
        if tag == "en":
            return "en"
    return "en"


def day_words(iso: str, words: Words) -> str:
    """An ISO date as people write it; anything else as it stands."""
    return phrases.day_words(iso, words.language)


def local_number(number: int, words: Words) -> str:
    """A count as people write it: 12,345 in English, 12.345 in Vietnamese."""
    return format_decimal(number, locale=words.locale)


def place_words(place: str | None, words: Words) -> str:
    """A place as people are told it: the nation as "nationwide"; "" for none."""
    return words.nationwide if place == NATION else place or ""


def counted(saying: str, count: int, words: Words, **more: str) -> str:
    """*saying* of so many: in English what stands before "|" is said of one.

    >>> counted("{count} figure|{count} figures", 1200, EN)
    '1,200 figures'
    """
    one, _, several = saying.partition("|")
    chosen = one if count == 1 or not several else several
    return chosen.format(count=local_number(count, words), **more)


def period_words(label: str, words: Words) -> str:
    """A period's label as people write it, alike beside an answer and in it."""
    return phrases.period_words(label, words.language)
