"""The words of the Ask and the Figures tab, in both languages.

Apart from `page/texts.py`, which has the words that all tabs share.
"""

from dataclasses import dataclass

from index.records import Language


@dataclass(frozen=True, slots=True)
class AskWords:
    """The words of the two tabs in one language; both fill every field."""

    # The conversation
    new_chat: str
    earlier_chats: str
    no_chats: str
    chats_note: str
    forget_chat: str
    stop: str
    looking_in: str
    not_sent: str
    retry: str
    edit: str
    editing: str
    cancel: str
    close_source: str
    # Filters
    narrow: str
    period: str
    publisher: str
    any_period: str
    any_publisher: str
    any_language: str
    any_report: str
    report: str
    language: str
    languages: dict[str, str]
    clear: str
    # An answer
    differ: str
    differ_note: str
    over_time: str
    over_time_note: str
    # Taking away
    copy: str
    word: str
    csv: str
    link: str
    copied: str
    link_copied: str
    question: str
    answer: str
    footnotes: str
    made_on: str
    traced: str
    taken_on: str
    value_plain: str
    report_title: str
    moved_since: str
    # Feedback
    feedback: str
    feedback_what: str
    verdicts: dict[str, str]
    comment: str
    send_feedback: str
    thanks: str
    # Figures
    figures_hint: str
    subject: str
    subject_hint: str
    value: str
    unit: str
    kind: str
    kinds: dict[str, str]
    any: str
    amounts: str
    show: str
    found: str
    none_found: str
    sort_by: str
    ascending: str
    descending: str
    previous: str
    next: str
    rows_of: str
    chart: str
    chart_note: str
    chart_part: str
    no_chart: str
    chart_planned: str
    chart_most: str
    download: str
    quote: str


EN = AskWords(
    new_chat="New chat",
    earlier_chats="Earlier chats",
    no_chats="No earlier chats yet.",
    chats_note="Kept in this browser only.",
    forget_chat="Delete this chat: {title}",
    stop="Stop",
    looking_in="Looking in {count} report …|Looking in {count} reports …",
    not_sent="The question could not be sent. It stands in the box again; "
    "please try once more.",
    retry="Ask again",
    edit="Edit",
    editing="You are changing your last question.",
    cancel="Cancel",
    close_source="Back to the answer",
    narrow="Narrow the search",
    period="Period",
    publisher="Publisher",
    any_period="any period",
    any_publisher="any publisher",
    any_language="any language",
    any_report="all reports",
    report="Report",
    language="Language of the report",
    languages={"en": "English", "vi": "Vietnamese"},
    clear="Clear",
    differ="The reports differ",
    differ_note="Both are shown as they are written. Open each source to judge.",
    over_time="Over time",
    over_time_note="The same thing in other periods, each copied from its sentence.",
    copy="Copy with footnotes",
    word="Word",
    csv="CSV",
    link="Link",
    copied="Copied with its footnotes.",
    link_copied="The link was copied. It asks this question again.",
    question="Question",
    answer="Answer",
    footnotes="Sources",
    made_on="Taken from the reports on {date}, index generation {generation}.",
    traced="Index generation",
    taken_on="Taken on",
    value_plain="Value as a number",
    report_title="Report",
    moved_since="This sentence no longer stands there: the report has changed since.",
    feedback="Is something wrong?",
    feedback_what="What is wrong with this answer?",
    verdicts={
        "wrong_figure": "The figure is wrong",
        "wrong_source": "The source is wrong",
        "should_have_refused": "The reports do not say this",
        "should_have_answered": "The reports do say this",
    },
    comment="What would be right? (optional)",
    send_feedback="Send",
    thanks="Thank you. Your note was kept for review.",
    figures_hint="Every figure of every report, with the sentence it stands in.",
    subject="What it counts",
    subject_hint="words, in English or Vietnamese",
    value="Figure",
    unit="Unit",
    kind="Kind",
    kinds={
        "share": "share",
        "count": "count",
        "money": "money",
        "rank": "rank",
        "ratio": "ratio",
        "multiple": "multiple",
        "date": "date",
    },
    any="any",
    amounts="all but dates",
    show="Show",
    found="{count} figure|{count} figures",
    none_found="No figure is like that. Take away a word or a condition.",
    sort_by="Sort by {column}",
    ascending="ascending",
    descending="descending",
    previous="Previous",
    next="Next",
    rows_of="{first} to {last} of {count}",
    chart="Chart",
    chart_note="The same thing, in the same unit and place, in order of time.",
    chart_part="These are {alike} of the {count} figures below; the others count "
    "something else or repeat one.",
    no_chart="No chart: no two figures below are of the same thing, unit and place at "
    "different times. A narrower word may show one thing over time.",
    chart_planned="Outlined: targets and estimates.",
    chart_most="Only the first {drawn} of {count} are drawn: add a word or a "
    "condition to see the others.",
    download="Download as CSV",
    quote="Sentence",
)

VI = AskWords(
    new_chat="Hỏi mới",
    earlier_chats="Lần hỏi trước",
    no_chats="Chưa có cuộc hỏi đáp nào trước đây.",
    chats_note="Chỉ lưu trong trình duyệt này.",
    forget_chat="Xóa cuộc hỏi đáp: {title}",
    stop="Dừng",
    looking_in="Đang tìm trong {count} báo cáo …",
    not_sent="Chưa gửi được câu hỏi. Câu hỏi vẫn còn trong ô nhập; vui lòng thử lại.",
    retry="Hỏi lại",
    edit="Sửa",
    editing="Bạn đang sửa câu hỏi vừa rồi.",
    cancel="Hủy",
    close_source="Trở lại câu trả lời",
    narrow="Thu hẹp phạm vi tìm",
    period="Thời kỳ",
    publisher="Cơ quan đăng",
    any_period="mọi thời kỳ",
    any_publisher="mọi cơ quan",
    any_language="mọi ngôn ngữ",
    any_report="tất cả báo cáo",
    report="Báo cáo",
    language="Ngôn ngữ của báo cáo",
    languages={"en": "tiếng Anh", "vi": "tiếng Việt"},
    clear="Bỏ chọn",
    differ="Các báo cáo nêu khác nhau",
    differ_note="Cả hai được giữ nguyên văn. Hãy mở từng nguồn để đối chiếu.",
    over_time="Theo thời gian",
    over_time_note="Cùng nội dung ở các thời kỳ khác, mỗi số chép từ câu văn của nó.",
    copy="Sao chép kèm chú thích",
    word="Word",
    csv="CSV",
    link="Liên kết",
    copied="Đã sao chép kèm chú thích.",
    link_copied="Đã sao chép liên kết. Mở liên kết sẽ hỏi lại câu này.",
    question="Câu hỏi",
    answer="Trả lời",
    footnotes="Nguồn",
    made_on="Trích từ các báo cáo ngày {date}, chỉ mục thế hệ {generation}.",
    traced="Thế hệ chỉ mục",
    taken_on="Ngày trích",
    value_plain="Giá trị dạng số",
    report_title="Tên báo cáo",
    moved_since="Câu này không còn ở vị trí cũ: báo cáo đã thay đổi từ đó.",
    feedback="Có gì chưa đúng?",
    feedback_what="Câu trả lời này chưa đúng ở đâu?",
    verdicts={
        "wrong_figure": "Số liệu sai",
        "wrong_source": "Nguồn sai",
        "should_have_refused": "Các báo cáo không nêu điều này",
        "should_have_answered": "Các báo cáo có nêu điều này",
    },
    comment="Thế nào mới đúng? (không bắt buộc)",
    send_feedback="Gửi",
    thanks="Cảm ơn bạn. Ý kiến đã được lưu để xem xét.",
    figures_hint="Mọi số liệu trong mọi báo cáo, kèm câu văn chứa số liệu đó.",
    subject="Nội dung",
    subject_hint="từ cần tìm, tiếng Việt hoặc tiếng Anh",
    value="Số liệu",
    unit="Đơn vị",
    kind="Loại",
    kinds={
        "share": "tỷ lệ",
        "count": "số lượng",
        "money": "số tiền",
        "rank": "thứ hạng",
        "ratio": "tỷ số",
        "multiple": "số lần",
        "date": "ngày tháng",
    },
    any="tất cả",
    amounts="trừ ngày tháng",
    show="Xem",
    found="{count} số liệu",
    none_found="Không có số liệu nào như vậy. Hãy bớt một từ hoặc một điều kiện.",
    sort_by="Sắp xếp theo {column}",
    ascending="tăng dần",
    descending="giảm dần",
    previous="Trước",
    next="Tiếp",
    rows_of="{first} đến {last} trong {count}",
    chart="Biểu đồ",
    chart_note="Cùng một nội dung, cùng đơn vị và địa bàn, theo thứ tự thời gian.",
    chart_part="Đây là {alike} trong {count} số liệu dưới đây; các số còn lại nêu "
    "nội dung khác hoặc lặp lại.",
    no_chart="Không có biểu đồ: không có hai số liệu nào dưới đây cùng nội dung, "
    "đơn vị và địa bàn ở các thời kỳ khác nhau. Hãy nhập từ cụ thể hơn để xem một nội "
    "dung theo thời gian.",
    chart_planned="Khung rỗng: mục tiêu và ước tính.",
    chart_most="Chỉ vẽ {drawn} trong {count} số liệu đầu tiên: hãy thêm một từ hoặc "
    "một điều kiện để xem các số còn lại.",
    download="Tải về dạng CSV",
    quote="Câu văn",
)


def ask_words(language: Language) -> AskWords:
    """The words of the two tabs in *language*."""
    return VI if language == "vi" else EN
