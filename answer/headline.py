"""The words of a sentence that make a figure's headline.

Beside the bare figure stand the word that qualifies it ("over 55 million"), for a
change its direction ("down 2.6%"), what a number counts ("3.000 km", "104 người",
"25 public services") and what for ("VND 7,450 per cubic metre"). Only what surely
belongs to it is taken: a measure or a common Vietnamese classifier, and in English
the words up to the first plural.
"""

import re

from answer.evidence import Candidate
from index.grammar.words import STOP_WORDS, fold

_MEASURES = (
    r"km2|km²|km|ha|m2|m²|m3|m³|kg|mw|gw|kwh|mwh|gwh|[mgk]bps|tấn|tạ|lít|mét|giờ"
    r"|phút|ngày|tuần|tháng|năm|hectares?|tons?|tonnes?|hours?|minutes?|days?|weeks?|months?|years?"
    r"|points?"
)
_NOUNS_VI = (
    r"lượt (?:người|khách|hành khách|xe|truy cập|giao dịch|khám)|lượt|người|hồ sơ"
    r"|trường hợp|vụ việc|vụ|thẻ|tài khoản|bản ghi|bản|cặp|hộ gia đình|hộ|doanh nghiệp"
    r"|giao dịch|thủ tục|dịch vụ công|dịch vụ|sản phẩm|trẻ em|trẻ|học sinh|sinh viên"
    r"|giáo viên|cơ sở|tổ|điểm|địa phương|tỉnh|thành phố|huyện|xã|phường|thôn|trạm"
    r"|công trình|dự án|nhiệm vụ|mục tiêu|chỉ tiêu|bộ|căn hộ|căn|chiếc|xe|con|cây"
    r"|lao động|cán bộ|công chức|bệnh viện|trường|lớp|khách hàng|thuê bao|yêu cầu"
    r"|nền tảng|hợp tác xã|chủ thể|sao|xóm|ấp|bản|làng|em|giường bệnh|giường|phòng học"
    r"|phòng|máy|thiết bị|đơn vị|tổ chức|tàu|hồ|đập|chợ|hội viên|thành viên|bác sĩ"
    r"|điều dưỡng|kỹ sư|cuộc|đợt|lớp học|văn bản|ngôi nhà|cầu|camera"
)
_VI = re.compile(rf"\s*(?:{_MEASURES}|{_NOUNS_VI})(?!\w)", re.IGNORECASE)
# Any other noun of up to three syllables that the clause or a function word ends:
# "15,9 triệu thửa.", "24 cụm công nghiệp, …".
_ENDS_VI = (
    r"đã|được|là|và|của|tại|với|ở|trong|có|so|tăng|giảm|nhưng|do|cho|đến|từ|theo|chiếm"
    r"|đạt|bằng|trên|về|vào|để|khi|mới|còn|gồm|bị|này|đang|sẽ|thuộc|trực"
)
_OTHER_VI = re.compile(
    rf"(?:\s+(?!(?:{_ENDS_VI})\b)[a-zà-ỹ]+){{1,3}}?"
    rf"(?=\s*(?:[.,;:)]|$)|\s+(?:{_ENDS_VI})\b)"
)
_MEASURE = re.compile(rf"[\s-]*(?:{_MEASURES})(?!\w)", re.IGNORECASE)
_WORD = re.compile(r"\s+(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)(?!\w)")
_PEOPLE = frozenset("people children women men staff passengers".split())
_NO_PLURAL = re.compile(r"(?:ss|us|is|[^s]'s)$")
_MOST = 3  # words up to the plural
# "VND 7,450 per cubic metre", "4.100 m3/ngày đêm", "USD 150 a month".
_EACH = (
    r"hour|day|night|week|month|quarter|year|person|head|household|family|unit|ton"
    r"|tonne|kg|km|litre|liter|hectare"
    r"|giờ|ngày|đêm|tuần|tháng|quý|năm|người|hộ|đơn vị|tấn|tạ|lít|ha|kw|kwh"
)
_PER = re.compile(
    rf"\s*/\s*(?:{_EACH}|m2|m3|[^\W\d_]{{1,8}})(?:\s+đêm)?(?!\w)"
    rf"|\s+(?:per\s+(?:(?:square|cubic)\s+)?[^\W\d_]+|(?:an?|each|mỗi|một)\s+(?:{_EACH}))"
    r"(?!\w)",
    re.IGNORECASE,
)


_DIRECTION = re.compile(
    r"(?<!\w)(?:(?:an?\s+)?(?:increase|decrease|rise|drop|fall|decline|reduction|growth|gain)"
    r"(?:\s+of)?|(?:up|down|rising|rose|risen|increas(?:ed|ing)|grew|grown|growing"
    r"|decreas(?:ed|ing)|fell|fallen|falling|dropp(?:ed|ing)|declin(?:ed|ing)"
    r"|reduc(?:ed|ing)|higher|lower)(?:\s+by)?"
    r"|tăng(?:\s+thêm)?|giảm(?:\s+bớt)?|(?:cao|thấp|nhiều|ít)\s+hơn)"
    r"(?:\s+(?:just|only|more|khoảng|gần|hơn|trên|tới|đến|chỉ))?\s*$",
    re.IGNORECASE,
)


def headline(candidate: Candidate) -> tuple[int, int]:
    """Where the headline of a figure begins and ends in its sentence."""
    return _start(candidate), _end(candidate)


def _start(candidate: Candidate) -> int:
    figure = candidate.known_figure
    before = candidate.text[: figure.start - candidate.sentence.sentence.start]
    start = len(before)
    if figure.hedge and before.rstrip().endswith(figure.hedge):
        start = before.rstrip().rindex(figure.hedge)
    if figure.status == "change" and figure.kind != "rank":
        found = _DIRECTION.search(candidate.text[:start])
        start = found.start() if found else start
    return start


def _end(candidate: Candidate) -> int:
    figure, text = candidate.known_figure, candidate.text
    language = candidate.report.language
    end = figure.end - candidate.sentence.sentence.start
    if candidate.sentence.sentence.context:
        return end  # a cell of a table stands bare
    if figure.kind in {"count", "ratio"}:
        found = (_VI if language == "vi" else _MEASURE).match(text, end)
        if language == "vi" and not found:
            found = _OTHER_VI.match(text, end)
        if found:
            end = found.end()
        elif language == "en":
            end = _plural(text, end)
    each = _PER.match(text, end) if figure.kind in {"count", "money"} else None
    return each.end() if each else end


def _plural(text: str, end: int) -> int:
    at = end
    for _ in range(_MOST):
        found = _WORD.match(text, at)
        if not found or fold(found["word"]) in STOP_WORDS:
            return end
        word, at = found["word"].lower(), found.end()
        if word in _PEOPLE or (word.endswith("s") and not _NO_PLURAL.search(word)):
            return at
    return end
