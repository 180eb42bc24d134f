"""Names in a sentence: people, bodies, and other named things, in both languages."""

import itertools
import re
from dataclasses import dataclass

from index.grammar.places import find_places
from index.grammar.words import fold, fold_in_place


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a sentence that could be the answer."""

    start: int
    end: int
    text: str
    core_start: int  # where the bare name starts, after title or role
    core_end: int


# Character ranges mix cases beyond ASCII: the capitals are listed one by one.
_CAPITALS = "".join(c for c in map(chr, range(0x41, 0x1EFA)) if c.isupper())
_CAP = rf"[{_CAPITALS}][^\W\d_]*(?:[’'][^\W\d_]+)?"
_SURNAMES = frozenset(
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dao "
    "doan vuong trinh truong dinh lam phung mai to ha cao thai luong luu tang tong "
    "khuat chu "
    "quach ta van kieu diep nghiem thach hua la tieu lai mac nong ma be dam giang cu "
    "nhan chau ton trieu thi lo vi quan lu khuc ninh vien y ksor sung giap".split()
)
_TITLE_WORDS = (
    r"(?:Prime|Deputy|Vice|Permanent|Standing|Acting|Former|General|Senior|Lieutenant"
    r"|Major|Colonel"
    r"|Minister|President|Chairman|Chairwoman|Chairperson|Chair|Director|Secretary|Head"
    r"|Mr|Ms|Mrs|Dr"
    r"|Prof|Professor|Comrade|Ambassador|Governor|Mayor|Chief|Politburo|Spokesperson"
    r"|Representative"
    r"|Doctor|Associate|Mister|CEO|Inspector|Manager|Leader|Member)"
)
_TITLE = re.compile(
    rf"(?:{_TITLE_WORDS}\.?(?:\s+(?:of\s+(?:the\s+)?)?(?:{_CAP}|of|the|and|for"
    rf"|on))*?\s+)+$"
)
_VI_TITLE = re.compile(
    r"(?:(?:Thủ tướng|Phó Thủ tướng|Chủ tịch|Phó Chủ tịch|Bộ trưởng|Thứ trưởng|Giám đốc"
    r"|Phó Giám đốc"
    r"|Tổng Giám đốc|Tổng Bí thư|Bí thư|Phó Bí thư|Trưởng ban|Phó Trưởng ban|Cục trưởng"
    r"|Phó Cục trưởng|Vụ trưởng|Phó Vụ trưởng"
    r"|Tổng cục trưởng|Viện trưởng|Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng"
    r"|Đại tá|\bÔng|\bBà|\bông|\bbà|đồng chí|Đồng chí"
    r"|TS\.?|PGS\.?|GS\.?|ThS\.?|BS\.?|Hiệu trưởng|Chánh Văn phòng|Chánh văn phòng"
    r"|Tổng Thanh tra|Trưởng phòng|Chủ nhiệm)"
    r"(?:\s+[^,;.()–-]{0,60}?)?\s+)+$",
)
_NAME_RUN = re.compile(rf"{_CAP}(?:\s+{_CAP}){{1,12}}")
_AFTER_TITLE = re.compile(
    rf"\b(?:Mr|Ms|Mrs|Dr|Prof)\.?\s+(?P<n>{_CAP}(?:\s+{_CAP}){{0,3}})|\b(?:ông|bà|Ông"
    rf"|Bà)\s+(?P<v>{_CAP}(?:\s+{_CAP}){{1,3}})"
)
_GENERAL = {"giam", "bi", "thanh", "cuc", "cong", "thu", "kiem"}  # "Tổng Giám đốc"
# Marked like no surname: "Trưởng Ban Chỉ đạo".
_NO_SURNAMES = frozenset({"trưởng", "hộ", "lễ", "phó", "đạo", "tổng", "tăng"})
_NOT_NAME = frozenset(
    "province city district commune committee ministry department government party "
    "people provincial national bridge region delta bank university company digital "
    "vietnam "
    "city's cloud index law resolution decision project plan decree street road tinh "
    "huyen xa uy so bo cuc bay island airport port river lake beach temple pagoda "
    "square museum stadium hotel group park zone school hospital award festival "
    "market village".split()
)


def people(sentence: str) -> list[Span]:
    """The people named, with the title that stands right before the name."""
    found: list[Span] = []
    for start, end in _names(sentence):
        after = found[-1].core_end if found else 0
        found.append(_with_title(sentence, start, end, after))
    return found


def _names(sentence: str) -> list[tuple[int, int]]:
    """Where bare names of people stand, in order, none overlapping."""
    # Thai Nguyen and Cao Bằng are provinces.
    places = [(m.start, m.end) for m in find_places(sentence)]
    told = [m.span("n" if m["n"] else "v") for m in _AFTER_TITLE.finditer(sentence)]
    runs = [span for m in _NAME_RUN.finditer(sentence) for span in _name_in(m)]
    kept: list[tuple[int, int]] = []
    for start, end in (*told, *runs):
        taken = any(start < b and a < end for a, b in kept)
        if not taken and (start, end) not in places:
            kept.append((start, end))
    return sorted(kept)


def _name_in(match: re.Match[str]) -> list[tuple[int, int]]:
    """Surname and given names inside a run of capitalised words."""
    words = [
        (m.start(), m.end(), m.group()) for m in re.finditer(r"\S+", match.group())
    ]
    at = 0
    while at < len(words):
        # "Nguyen Van A Deputy Director" ends where a title begins.
        rest = list(itertools.takewhile(lambda w: not _is_title(w[2]), words[at:]))
        if rest and fold(rest[0][2]) in _SURNAMES and 2 <= len(rest) <= 4:
            forms = [fold(w[2]) for w in rest]
            of_land = ("viet", "nam") in itertools.pairwise(forms)
            office = forms[0] == "tong" and forms[1] in _GENERAL
            office = office or rest[0][2].lower() in _NO_SURNAMES
            if not (
                of_land or office or any(f in _NOT_NAME for f in forms[1:])
            ) and all(len(f) <= 7 for f in forms):
                return [(match.start() + rest[0][0], match.start() + rest[-1][1])]
        at += 1
    return []


def _is_title(word: str) -> bool:
    return re.fullmatch(_TITLE_WORDS, word) is not None


def _with_title(sentence: str, start: int, end: int, after: int) -> Span:
    """The name with its title, which starts behind *after*, where the last one ends."""
    before = " " * after + sentence[after:start]
    title = _TITLE.search(before) or _VI_TITLE.search(before)
    first = title.start() if title else start
    if start - first > 60:
        first = start
    return Span(first, end, sentence[first:end], start, end)


_BODY_EN = re.compile(
    rf"(?:(?:Standing\s+|Provincial\s+|National\s+|State\s+|General\s+|Central\s+"
    rf"|Ministerial\s+|Steering\s+)*"
    rf"(?:Ministry|Ministries|Department|Committee|Bank|Authority|Agency|Commission"
    rf"|Corporation|Association"
    rf"|Institute|University|Office|Bureau|Board|Council|Administration|Inspectorate"
    rf"|Union|Fund|Centre|Center|Group)"
    rf"\s+(?:of|on|for)\s+(?:the\s+)?{_CAP}(?:(?:\s+|,\s+|,?\s+and\s+|\s+for\s+"
    rf"|\s+of\s+(?:the\s+)?){_CAP})*"
    rf"|(?:{_CAP}\s+){{0,4}}(?:Committee|Department|Office|Assembly|Bank|Agency"
    rf"|Corporation|Group|Association"
    rf"|Administration|Authority|Inspectorate|Commission|Council|University|Hospital"
    rf"|Institute|Union|Fund|Working Group)"
    rf"(?:\s+(?:on|for|of)\s+(?:the\s+)?{_CAP}(?:(?:\s+|\s+and\s+){_CAP})*)?"
    rf"|(?!The\s)(?:{_CAP}\s+){{1,5}}(?:(?:General|Central|District|Provincial)\s+)?"
    rf"(?:(?:Joint\s+Stock\s+)?Company|JSC|Hospital|College|School|Newspaper)"
    rf"|United Nations|World Bank"
    rf"|People[’']s\s+Committees?(?:\s+of\s+{_CAP}(?:\s+{_CAP})*)?)"
)
# What bodies are for; their names are written with one capital a word, not a syllable.
_SECTOR = (
    r"(?:Y tế|Tài chính|Công an|Nội vụ|Quốc phòng|Ngoại giao|Tư pháp|Xây dựng|Dân tộc"
    r"|Công [Tt]hương|Giao thông [Vv]ận tải|Giáo dục|Đào tạo|Nông nghiệp|Môi trường"
    r"|Phát triển nông thôn|Thông tin|Truyền thông|Khoa học|Công nghệ|Tài nguyên"
    r"|Kế hoạch|Đầu tư|Lao động|Thương binh|Xã hội|Văn hóa|Thể thao|Du lịch|Tôn giáo"
    r"|Nhà nước|nhà nước|Quốc gia|quốc gia|Trung ương|trung ương|Chính phủ|Quốc hội"
    r"|Chuyển đổi số|chuyển đổi số|Thống kê|Hải quan|Thuế|Thủy sản|Lâm nghiệp|Kiểm lâm"
    r"|nhân dân|xã hội|dân tối cao|Việt Nam|Thế giới|Ngoại vụ|Bảo hiểm|Đường bộ"
    r"|Bảo vệ thực vật|Bảo vệ môi trường|Thú y|Chăn nuôi|Trồng trọt|Thủy lợi|Đăng kiểm"
    r"|Quản lý|thị trường|Sở hữu trí tuệ|An toàn|thực phẩm|thông tin|Viễn thông"
    r"|Hàng hải|Hàng không|Xuất nhập khẩu|Thương mại|điện tử|Kinh tế số|việc làm"
    r"|Việc làm|Đất đai|Biến đổi khí hậu|Báo chí|Xuất bản)"
)
_BODY_VI = re.compile(
    r"(?:Bộ|Sở|Ủy ban|UBND|Cục|Tổng cục|Vụ|Ban Chỉ đạo|Ban|Ngân hàng|Văn phòng|Viện"
    r"|Tập đoàn|Hội đồng|Hội|Hiệp hội|Tổng công ty|Công ty|Trường|Bệnh viện|Thanh tra"
    r"|Tòa án|Kiểm toán|Tổng hội|Trung tâm|Liên đoàn|Quỹ|Kho bạc|Bảo hiểm xã hội"
    r"|Học viện|Đại học)"
    rf"(?:(?:\s+|,\s+|\s+-\s+|\s+và\s+|\s+về\s+)(?:{_SECTOR}"
    rf"|(?:tỉnh|thành phố)(?:\s+{_CAP})?"
    rf"|{_CAP}(?:\s+{_CAP})*))+|Quốc hội|Chính phủ"
)
# "Công ty An ninh mạng VNCS Global", "Tập đoàn Công nghiệp Than …": words in lower
# case go on where a capital follows.
_FIRM_VI = re.compile(
    rf"(?:Công ty|Tập đoàn|Tổng công ty)(?:\s+(?:{_CAP}|[A-Z]{{2,}}\w*)"
    rf"(?:\s+(?!(?:cho|biết|đã|là|và|của|tại|với|ở|được|sẽ|có|do|để|từ|trong|thực)\b)"
    rf"[^\W\d_]+){{0,2}}?(?=\s+[{_CAPITALS}]))*\s+(?:{_CAP}|[A-Z]{{2,}}\w*)"
)
_QUOTED = re.compile(r"[“\"«‘]\s*([^“”\"«»]{3,160}?)\s*[”\"»’]")
_DOCUMENT = re.compile(
    r"(?:Resolution|Decision|Decree|Circular|Directive|Law|Official Dispatch|Plan"
    r"|Notice|Conclusion"
    r"|Nghị quyết|Quyết định|Nghị định|Thông tư|Chỉ thị|Công văn|Công điện|Kế hoạch"
    r"|Thông báo|Kết luận|Luật)\s+"
    r"(?:No\.?\s*|số\s*)?\d[\w/.–-]*(?:\s*(?:dated|of|ngày)\s+[^,;.]{4,30}?\d{4})?"
)
_LAW = re.compile(
    rf"(?:the\s+)?(?:\d{{4}}\s+)?(?:Law|Ordinance|Strategy|Program|Programme|Scheme"
    rf"|Project|Plan|Convention|Agreement)\s+(?:on|for|of|to)\s+"
    rf"(?:the\s+)?{_CAP}(?:(?:\s+|\s+and\s+|\s+of\s+|,\s+){_CAP})*"
    rf"|Luật\s+{_CAP}[^,;.()]{{0,60}}|(?:Đề án|Dự án|Chương trình"
    rf"|Chiến lược)\s+[^,;.()]{{3,60}}|(?:Project|Program)\s+\d+(?:/[A-Z]+)?"
)
_PROPER = re.compile(
    rf"(?:{_CAP}|[A-Z]{{2,}}[\w-]*|[A-Z]\w*[A-Z]\w*)(?:(?:\s+|-|\s+of\s+(?:the\s+)?"
    rf"|\s+and\s+)(?:{_CAP}|[A-Z]{{2,}}[\w-]*|[A-Z]\w*[A-Z]\w*|\d+))*"
)


_CURRENCY = re.compile(r"\b(?:VND|USD|EUR)\b")  # no name of anything
_FUNCTION_WORD = re.compile(
    r"(?:(?:In|At|On|The|A|An|For|By|With|From|To|Of|This|That|These|Those|As|It|He|She"
    r"|They|We|After|Before|During|According|Tại|Ở|Trong|Năm|Theo|Đến|Về|Từ|Với)\s+)*"
)


def bodies(sentence: str) -> list[Span]:
    """Ministries, departments, committees, companies and the like."""
    patterns = (_BODY_EN, _FIRM_VI, _BODY_VI)
    spans = [
        _span(sentence, match.start(), match.end())
        for pattern in patterns
        for match in pattern.finditer(sentence)
    ]
    return _apart([s for s in spans if len(s.text.split()) > 1])


def things(sentence: str) -> list[Span]:
    """Quoted names, documents by number, laws, and proper names."""
    found = [_span(sentence, m.start(1), m.end(1)) for m in _QUOTED.finditer(sentence)]
    for pattern in (_DOCUMENT, _LAW, _PROPER):
        for match in pattern.finditer(_CURRENCY.sub("...", sentence)):
            start, end = match.span()
            if pattern is _PROPER and start == 0:
                # The capital of the sentence's first word says nothing.
                first = _FUNCTION_WORD.match(sentence)
                start += first.end() if first else 0
                if " " not in sentence[start:end]:
                    continue
            found.append(_span(sentence, start, end))
    return _apart(found)


def documents(sentence: str) -> list[Span]:
    """Documents by their number: "Decision No. 422/QD-TTg"."""
    return [_span(sentence, *m.span()) for m in _DOCUMENT.finditer(sentence)]


def places(sentence: str) -> list[Span]:
    """Provinces, districts, communes and other countries."""
    return [
        _span(sentence, mention.start, mention.end)
        for mention in find_places(sentence)
        if mention.level != "nation"
    ]


def _span(sentence: str, start: int, end: int) -> Span:
    while end > start and sentence[end - 1] in " ,;.":
        end -= 1
    return Span(start, end, sentence[start:end], start, end)


def _apart(spans: list[Span]) -> list[Span]:
    """The spans in order; of two that overlap the first found stays."""
    kept: list[Span] = []
    for span in spans:
        if span.text and not any(
            span.start < k.end and k.start < span.end for k in kept
        ):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


_LIST_OPENS = re.compile(
    r":\s|\b(?:including|include[sd]?|such as|namely|consist(?:s|ing)? of|comprise[sd]?"
    r"|are to|are"
    r"|bao gom|gom(?: co)?|nhu la|nhu|cu the la|la)\s*:?\s"
)


def list_part(sentence: str) -> tuple[int, int] | None:
    """Where the items of a list stand in a sentence, or None if it has none."""
    folded = fold_in_place(sentence)
    best: tuple[int, int] | None = None
    for match in _LIST_OPENS.finditer(folded):
        rest = sentence[match.end() :]
        items = [item for item in re.split(r";|,(?!\d)", rest) if item.strip()]
        if len(items) >= 2:
            best = (match.end(), len(sentence))
            break
    return best
