"""The words of the Quality tab, in both languages."""

from dataclasses import dataclass

from index.records import Language


@dataclass(frozen=True, slots=True)
class QualityWords:
    """The words of the tab in one language; both languages fill every field."""

    # The last run
    quality: str
    no_run: str
    run_of: str
    full_report: str
    run_now: str
    run_hint: str
    measure: str
    value: str
    interval: str
    asked: str
    by: str
    slices: str
    misses: str
    no_misses: str
    misses_hint: str
    question: str
    expected: str
    got: str
    measures: dict[str, str]
    dimensions: dict[str, str]
    names: dict[str, dict[str, str]]  # of slices, by dimension
    a_refusal: str
    verdicts: dict[str, str]
    causes: dict[str, str]
    # Feedback
    feedback: str
    feedback_hint: str
    no_feedback: str
    feedback_kinds: dict[str, str]
    comment: str
    answered: str
    refused: str
    settle: str
    settled: str
    to_questions: str
    to_questions_hint: str


EN = QualityWords(
    quality="Quality",
    no_run="The test questions have not been asked yet.",
    run_of="Last run: {when}; index generation {generation}, encoder {encoder}.",
    full_report="Open the full report",
    run_now="Ask the test questions now",
    run_hint="Takes some minutes. Questions of readers go first.",
    measure="Measure",
    value="Value",
    interval="95% interval",
    asked="Questions",
    by="By {dimension}",
    slices="In detail",
    misses="Misses",
    no_misses="None.",
    misses_hint="Questions that were not answered as they should be.",
    question="Question",
    expected="Expected",
    got="Given",
    measures={
        "right": "Right",
        "right_answerable": "Right, where the reports say it",
        "right_cited": "Right and rightly cited",
        "wrong_shown": "Something wrong shown",
        "trap_hit": "The figure of another year, place or status shown",
        "false_refusal": "Refused although the reports say it",
        "refusal_precision": "Refusals that were called for",
        "refusal_recall": "Refused where the reports do not say it",
        "citation_precision": "Citations that bear the answer out",
        "citation_recall": "Expected sources that were cited",
        "quote_verbatim": "Quotes that stand in the report word for word",
        "recall_at_1": "Evidence found first",
        "recall_at_10": "Evidence among the first 10",
        "found_at_10": "Some evidence among the first 10",
        "mrr": "Rank of the evidence (MRR)",
        "ndcg_at_10": "Order of the first 10 (nDCG)",
        "calibration_error": "Error of the stated confidence",
    },
    dimensions={
        "kind": "kind of question",
        "language": "language",
        "report": "report",
        "period": "period",
        "set": "set",
        "status": "achieved or target",
    },
    names={
        "kind": {
            "conflict": "reports that differ",
            "date": "date",
            "explain": "explanation",
            "figure": "figure",
            "follow-up": "follow-up",
            "list": "list",
            "name": "name",
            "target": "target",
            "trend": "change over time",
            "unanswerable": "not in the reports",
        },
        "language": {"en": "English", "vi": "Vietnamese"},
        "period": {"no year named": "no year named"},
    },
    a_refusal="a refusal",
    verdicts={
        "trap shown": "The figure of another year, place or status was shown",
        "wrong shown": "Something wrong was shown",
        "right, wrongly cited": "Right, but wrongly cited",
        "refused": "Refused, although the reports say it",
    },
    causes={
        "no passage": "the evidence is not in the index",
        "not found": "the search did not find the evidence",
        "refused": "the evidence was found, and not trusted",
        "wrong sentence": "another sentence was chosen",
        "wrong part": "another part of the right sentence was chosen",
        "miscited": "another report was cited",
        "answered": "an answer was given where there is none",
    },
    feedback="What readers said",
    feedback_hint="Readers mark answers that seem wrong. Check the source, then settle "
    "the entry or turn all open ones into test questions.",
    no_feedback="Nobody has said anything yet.",
    feedback_kinds={
        "wrong_figure": "Wrong figure",
        "wrong_source": "Wrong source",
        "should_have_refused": "Should have refused",
        "should_have_answered": "Should have answered",
    },
    comment="Comment",
    answered="Answer given",
    refused="refused",
    settle="Settle",
    settled="Settled",
    to_questions="Turn into test questions",
    to_questions_hint="Makes drafts for a person to check, from all entries.",
)

VI = QualityWords(
    quality="Chất lượng",
    no_run="Bộ câu hỏi kiểm tra chưa được hỏi lần nào.",
    run_of="Lần chạy gần nhất: {when}; chỉ mục thế hệ {generation}, bộ mã hóa "
    "{encoder}.",
    full_report="Mở báo cáo đầy đủ",
    run_now="Hỏi bộ câu hỏi kiểm tra ngay",
    run_hint="Mất vài phút. Câu hỏi của người đọc được ưu tiên.",
    measure="Chỉ số",
    value="Giá trị",
    interval="Khoảng tin cậy 95%",
    asked="Số câu hỏi",
    by="Theo {dimension}",
    slices="Chi tiết",
    misses="Câu trả lời chưa đạt",
    no_misses="Không có.",
    misses_hint="Những câu hỏi chưa được trả lời như mong đợi.",
    question="Câu hỏi",
    expected="Mong đợi",
    got="Đã trả lời",
    measures={
        "right": "Đúng",
        "right_answerable": "Đúng, khi báo cáo có nêu",
        "right_cited": "Đúng và trích dẫn đúng",
        "wrong_shown": "Đưa ra thông tin sai",
        "trap_hit": "Đưa ra số liệu của năm, địa bàn hoặc trạng thái khác",
        "false_refusal": "Từ chối dù báo cáo có nêu",
        "refusal_precision": "Từ chối có căn cứ",
        "refusal_recall": "Từ chối khi báo cáo không nêu",
        "citation_precision": "Trích dẫn làm căn cứ được cho câu trả lời",
        "citation_recall": "Nguồn mong đợi đã được trích dẫn",
        "quote_verbatim": "Câu trích đúng nguyên văn",
        "recall_at_1": "Căn cứ được tìm thấy đầu tiên",
        "recall_at_10": "Căn cứ nằm trong 10 kết quả đầu",
        "found_at_10": "Có căn cứ trong 10 kết quả đầu",
        "mrr": "Thứ hạng của căn cứ (MRR)",
        "ndcg_at_10": "Thứ tự của 10 kết quả đầu (nDCG)",
        "calibration_error": "Sai số của độ tin cậy nêu ra",
    },
    dimensions={
        "kind": "loại câu hỏi",
        "language": "ngôn ngữ",
        "report": "báo cáo",
        "period": "thời kỳ",
        "set": "bộ câu hỏi",
        "status": "đã đạt hay mục tiêu",
    },
    names={
        "kind": {
            "conflict": "các báo cáo khác nhau",
            "date": "ngày tháng",
            "explain": "giải thích",
            "figure": "số liệu",
            "follow-up": "câu hỏi tiếp",
            "list": "danh sách",
            "name": "tên",
            "target": "mục tiêu",
            "trend": "thay đổi theo thời gian",
            "unanswerable": "không có trong báo cáo",
        },
        "language": {"en": "tiếng Anh", "vi": "tiếng Việt"},
        "period": {"no year named": "không nêu năm"},
    },
    a_refusal="từ chối trả lời",
    verdicts={
        "trap shown": "Đã đưa ra số liệu của năm, địa bàn hoặc trạng thái khác",
        "wrong shown": "Đã đưa ra thông tin sai",
        "right, wrongly cited": "Đúng, nhưng trích dẫn sai",
        "refused": "Đã từ chối dù báo cáo có nêu",
    },
    causes={
        "no passage": "căn cứ không có trong chỉ mục",
        "not found": "không tìm thấy căn cứ",
        "refused": "tìm thấy căn cứ nhưng chưa đủ tin cậy",
        "wrong sentence": "chọn nhầm câu khác",
        "wrong part": "chọn nhầm phần khác của đúng câu",
        "miscited": "trích dẫn báo cáo khác",
        "answered": "đã trả lời dù báo cáo không nêu",
    },
    feedback="Ý kiến người đọc",
    feedback_hint="Người đọc đánh dấu những câu trả lời có vẻ sai. Hãy kiểm tra nguồn, "
    "rồi xử lý từng mục hoặc chuyển các mục thành câu hỏi kiểm tra.",
    no_feedback="Chưa có ý kiến nào.",
    feedback_kinds={
        "wrong_figure": "Sai số liệu",
        "wrong_source": "Sai nguồn",
        "should_have_refused": "Lẽ ra phải từ chối",
        "should_have_answered": "Lẽ ra phải trả lời",
    },
    comment="Nhận xét",
    answered="Câu trả lời đã đưa ra",
    refused="từ chối",
    settle="Đã xử lý xong",
    settled="Đã xử lý",
    to_questions="Chuyển thành câu hỏi kiểm tra",
    to_questions_hint="Tạo bản nháp từ mọi góp ý để người kiểm tra xem lại.",
)


def quality_words(language: Language) -> QualityWords:
    """The words of *language*."""
    return VI if language == "vi" else EN
