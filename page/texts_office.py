"""The words of the Reports tab, and what it shares with Quality, in both languages."""

from dataclasses import dataclass

from index.records import Language


@dataclass(frozen=True, slots=True)
class OfficeWords:
    """The words in one language; both languages fill every field."""

    language: Language
    loading: str
    failed_to_load: str
    offline: str
    cancel: str
    close: str
    yes: str
    # Reports: what is in
    reports: str
    summary: str  # {count} {generation}
    summary_empty: str
    find: str
    find_hint: str
    found_none: str
    title: str
    publisher: str
    published: str
    pages: str
    figures: str
    health: str
    actions: str
    not_stated: str
    opens_new: str
    number: str
    copy_of: str
    superseded_by: str
    also_at: str
    earlier: str
    later: str
    page_of: str
    # How well a file was read
    health_good: str
    health_unknown: str
    health_some: str
    health_bad: str
    pages_unread: str
    pages_recognised: str
    # Upload
    upload: str
    upload_hint: str
    choose: str
    sending: str
    sent: str
    exists: str
    replace: str
    keep: str
    duplicate: str
    same: str
    # Changing
    remove: str
    remove_sure: str
    reindex: str
    reindex_all: str
    undo: str
    undo_sure: str
    problems: dict[str, str]
    not_in: str
    not_in_hint: str
    reason_unknown: str
    try_again: str
    # Jobs
    jobs: str
    kinds: dict[str, str]
    all_reports: str
    states: dict[str, str]
    steps: dict[str, str]
    stop: str
    counted: dict[str, str]
    done_of: str
    and_more: str
    # History
    changed: str
    nothing_changed: str
    generation: str
    deeds: dict[str, str]
    log: str
    log_hint: str
    nobody: str


EN = OfficeWords(
    language="en",
    loading="Loading …",
    failed_to_load="This could not be loaded. Reload the page; if it happens again, "
    "tell whoever runs it.",
    offline="No connection to the page. Trying again …",
    cancel="Cancel",
    close="Close",
    yes="Yes",
    reports="Reports",
    summary="{count} report can be asked. Index generation {generation}."
    "|{count} reports can be asked. Index generation {generation}.",
    summary_empty="No report is in the index yet.",
    find="Find a report",
    find_hint="Title, publisher or file name",
    found_none="No report matches.",
    title="Title",
    publisher="Publisher",
    published="Date",
    pages="Pages",
    figures="Figures",
    health="Read",
    actions="Actions",
    not_stated="not stated",
    opens_new="opens in a new window",
    number="No. {number}",
    copy_of="Nearly the same text as {name}",
    superseded_by="Replaced by {name}; kept as history, not used for answers",
    also_at="The same file also lies at {paths}",
    earlier="Earlier",
    later="Later",
    page_of="Page {page} of {pages}",
    health_good="Well",
    health_unknown="Not checked",
    health_some="In part",
    health_bad="Poorly",
    pages_unread="{unread} of {count} page could not be read"
    "|{unread} of {count} pages could not be read",
    pages_recognised="{count} page recognised from a picture (OCR)"
    "|{count} pages recognised from pictures (OCR)",
    upload="Add reports",
    upload_hint="PDF (also scanned), Word, Excel, web page or text, up to {limit} MB "
    "each. Drop files here or choose them.",
    choose="Choose files",
    sending="Sending",
    sent="Received; waiting to be read",
    exists="A report with this name is already in. Replace it? The earlier file is "
    "kept and can be brought back.",
    replace="Replace",
    keep="Keep the earlier one",
    duplicate="This very file is already in, as {name}. Nothing was added.",
    same="This very file is already in. Nothing changed.",
    remove="Remove",
    remove_sure="Remove {name} from the reports? It can be brought back under "
    "“What changed”.",
    reindex="Read again",
    reindex_all="Read all new and changed files",
    undo="Undo",
    undo_sure="Undo this change?",
    problems={
        "bad_name": "“{name}” is no name for a report: rename the file.",
        "bad_ending": "{name}: files ending in {ending} are not read. Save the report "
        "as PDF and upload that.",
        "no_report": "{name} is not taken as a report: rename the file.",
        "empty": "{name} is empty: save it again and upload that.",
        "not_inside": "{name} is not a {ending} file inside, whatever its name says. "
        "Open it in the program it was made with, save it as PDF and upload that.",
        "refused": "Not taken in: {why}.",
        "damaged": "{name} is damaged: save it again.",
        "archive": "{name} is an archive and no document: unpack it first.",
        "unpacked": "{name} is too large when unpacked.",
        "too_large": "The file is larger than {limit} MB. The operator can raise "
        "REPORTS_UPLOAD_MB.",
        "disk_full": "The server's disk is nearly full: make room first.",
        "not_there": "{name} is not in the corpus folder.",
        "change_gone": "This change is not kept any more.",
        "there_again": "{name} is in the corpus again: remove it first.",
        "work_over": "This work is over already.",
        "no_write": "The server could not write: {why}. Tell whoever runs this page.",
    },
    not_in="Files that are not in the index",
    not_in_hint="They lie in the corpus folder and cannot be asked.",
    reason_unknown="Not read yet, or it could not be read. “Read again” says why.",
    try_again="Read again",
    jobs="At work",
    kinds={
        "index": "Reading reports",
        "evals": "Asking the test questions",
        "questions": "Turning feedback into test questions",
    },
    all_reports="all new and changed",
    states={
        "waiting": "waiting",
        "running": "running",
        "done": "done",
        "failed": "failed",
        "stopped": "stopped",
    },
    steps={
        "": "Starting",
        "looking": "Checking",
        "reading": "Reading",
        "encoding": "Making searchable",
        "writing": "Storing",
        "waiting": "Waiting",
        "asking": "Asking",
    },
    stop="Stop",
    counted={
        "added": "{count} added",
        "replaced": "{count} replaced",
        "removed": "{count} removed",
        "unchanged": "{count} unchanged",
        "same": "{count} the same as one that is in",
        "failed": "{count} failed",
    },
    done_of="{done} of {total}",
    and_more="and {count} more",
    changed="What changed",
    nothing_changed="Nothing has changed yet.",
    generation="Generation {number}",
    deeds={
        "added": "Added",
        "replaced": "Replaced",
        "removed": "Removed",
        "moved": "Moved",
        "restored": "Brought back",
        "superseded": "Superseded",
        "upload": "Uploaded",
        "replace": "Replaced by an upload",
        "remove": "Removed",
        "undo": "Undone",
        "reindex": "Read again",
        "stop": "Stopped",
        "evals": "Ran the evals",
        "settle": "Settled feedback",
        "questions": "Made test questions",
    },
    log="Who did what",
    log_hint="The last entries of the log; the whole of it is the file audit.jsonl.",
    nobody="at this computer",
)

VI = OfficeWords(
    language="vi",
    loading="Đang tải …",
    failed_to_load="Không tải được nội dung này. Vui lòng tải lại trang; nếu vẫn lỗi, "
    "hãy báo cho người vận hành.",
    offline="Mất kết nối tới trang. Đang thử lại …",
    cancel="Hủy",
    close="Đóng",
    yes="Có",
    reports="Báo cáo",
    summary="Có thể hỏi {count} báo cáo. Chỉ mục thế hệ {generation}.",
    summary_empty="Chưa có báo cáo nào trong chỉ mục.",
    find="Tìm báo cáo",
    find_hint="Tiêu đề, cơ quan hoặc tên tệp",
    found_none="Không có báo cáo nào phù hợp.",
    title="Tiêu đề",
    publisher="Cơ quan đăng",
    published="Ngày",
    pages="Trang",
    figures="Số liệu",
    health="Đọc được",
    actions="Thao tác",
    not_stated="không ghi",
    opens_new="mở trong cửa sổ mới",
    number="Số {number}",
    copy_of="Nội dung gần như trùng với {name}",
    superseded_by="Đã được thay bằng {name}; giữ để tra cứu, không dùng để trả lời",
    also_at="Cùng tệp này còn nằm tại {paths}",
    earlier="Trước",
    later="Sau",
    page_of="Trang {page} trên {pages}",
    health_good="Tốt",
    health_unknown="Chưa kiểm tra",
    health_some="Một phần",
    health_bad="Kém",
    pages_unread="{unread} trên {count} trang không đọc được",
    pages_recognised="{count} trang được nhận dạng từ ảnh (OCR)",
    upload="Thêm báo cáo",
    upload_hint="PDF (kể cả bản quét), Word, Excel, trang web hoặc văn bản, mỗi tệp "
    "tối đa {limit} MB. Thả tệp vào đây hoặc chọn tệp.",
    choose="Chọn tệp",
    sending="Đang gửi",
    sent="Đã nhận; đang chờ đọc",
    exists="Đã có báo cáo mang tên này. Thay bằng tệp mới? Tệp cũ được giữ lại và có "
    "thể khôi phục.",
    replace="Thay thế",
    keep="Giữ tệp cũ",
    duplicate="Tệp này đã có trong hệ thống với tên {name}. Không thêm gì.",
    same="Tệp này đã có trong hệ thống. Không có gì thay đổi.",
    remove="Gỡ bỏ",
    remove_sure="Gỡ {name} khỏi các báo cáo? Có thể khôi phục trong mục "
    "“Những thay đổi”.",
    reindex="Đọc lại",
    reindex_all="Đọc mọi tệp mới và tệp đã thay đổi",
    undo="Hoàn tác",
    undo_sure="Hoàn tác thay đổi này?",
    problems={
        "bad_name": "“{name}” không dùng được làm tên báo cáo: vui lòng đổi tên tệp.",
        "bad_ending": "{name}: không đọc được tệp có đuôi {ending}. Hãy lưu báo cáo "
        "thành PDF rồi tải lên.",
        "no_report": "{name} không được nhận làm báo cáo: vui lòng đổi tên tệp.",
        "empty": "{name} là tệp trống: hãy lưu lại rồi tải lên.",
        "not_inside": "Nội dung của {name} không phải là tệp {ending} như tên gọi. "
        "Hãy mở bằng đúng chương trình, lưu thành PDF rồi tải lên.",
        "refused": "Chưa nhận tệp: {why}.",
        "damaged": "{name} bị hỏng: hãy lưu lại tệp.",
        "archive": "{name} là tệp nén, không phải văn bản: hãy giải nén trước.",
        "unpacked": "{name} quá lớn sau khi giải nén.",
        "too_large": "Tệp lớn hơn {limit} MB. Người vận hành có thể tăng giới hạn "
        "REPORTS_UPLOAD_MB.",
        "disk_full": "Ổ đĩa của máy chủ sắp đầy: hãy giải phóng dung lượng trước.",
        "not_there": "{name} không có trong thư mục báo cáo.",
        "change_gone": "Thay đổi này không còn được lưu giữ.",
        "there_again": "{name} lại đang có trong thư mục báo cáo: hãy gỡ bỏ trước.",
        "work_over": "Công việc này đã kết thúc.",
        "no_write": "Máy chủ không ghi được: {why}. Hãy báo cho người vận hành.",
    },
    not_in="Các tệp chưa có trong chỉ mục",
    not_in_hint="Các tệp này nằm trong thư mục báo cáo nhưng chưa thể hỏi.",
    reason_unknown="Chưa đọc hoặc không đọc được. Chọn “Đọc lại” để biết lý do.",
    try_again="Đọc lại",
    jobs="Đang thực hiện",
    kinds={
        "index": "Đọc báo cáo",
        "evals": "Hỏi bộ câu hỏi kiểm tra",
        "questions": "Chuyển góp ý thành câu hỏi kiểm tra",
    },
    all_reports="mọi tệp mới và đã thay đổi",
    states={
        "waiting": "đang chờ",
        "running": "đang chạy",
        "done": "đã xong",
        "failed": "không thành công",
        "stopped": "đã dừng",
    },
    steps={
        "": "Đang khởi động",
        "looking": "Đang kiểm tra",
        "reading": "Đang đọc",
        "encoding": "Đang tạo chỉ mục tìm kiếm",
        "writing": "Đang lưu",
        "waiting": "Đang chờ",
        "asking": "Đang hỏi",
    },
    stop="Dừng",
    counted={
        "added": "thêm {count}",
        "replaced": "thay {count}",
        "removed": "gỡ {count}",
        "unchanged": "{count} không đổi",
        "same": "{count} trùng với tệp đã có",
        "failed": "{count} không đọc được",
    },
    done_of="{done}/{total}",
    and_more="và {count} mục khác",
    changed="Những thay đổi",
    nothing_changed="Chưa có thay đổi nào.",
    generation="Thế hệ {number}",
    deeds={
        "added": "Đã thêm",
        "replaced": "Đã thay",
        "removed": "Đã gỡ",
        "moved": "Đã chuyển chỗ",
        "restored": "Đã khôi phục",
        "superseded": "Đã bị thay thế",
        "upload": "Tải lên",
        "replace": "Tải lên để thay thế",
        "remove": "Gỡ bỏ",
        "undo": "Hoàn tác",
        "reindex": "Đọc lại",
        "stop": "Dừng",
        "evals": "Chạy kiểm tra chất lượng",
        "settle": "Xử lý góp ý",
        "questions": "Tạo câu hỏi kiểm tra",
    },
    log="Ai đã làm gì",
    log_hint="Các mục mới nhất của nhật ký; toàn bộ nằm trong tệp audit.jsonl.",
    nobody="tại máy này",
)


def office_words(language: str | None) -> OfficeWords:
    """The words of *language*; English for any other."""
    return VI if language == "vi" else EN
