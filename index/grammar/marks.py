"""Fold a text for the grammar, but keep apart the words that only marks tell apart.

The patterns of the grammar are written without diacritics, since questions may
lack them. Folding alone would read "Quảng Nam 2024" as "năm 2024", "giáo dục
3 bậc" as "giao", "Bà" as "ba": where a text has marks, they count.
"""

import re
import unicodedata
from functools import lru_cache

from index.grammar.words import fold, fold_in_place

# What the patterns mean by a word that is another word under other marks: every
# meaning, once one is listed. Words not listed may be written with any marks.
_MEANT = """
năm tháng ngày quý quí nửa kỳ kì đầu đấu cuối giữa cùng trước sau sáu tới tối đến từ
tỷ tỉ triệu nghìn ngàn trăm đồng đô là phần phấn điểm lần gấp hơn gần trên dưới chỉ
hạng xếp thứ vị trí số so ít nhất khoảng bậc tám bảy bốn ba hai chín mười một rưỡi
tăng giảm bớt thêm cao thấp nhiều lên xuống còn con bằng bảng tính tỉnh đã đa đạt đặt
được vượt hoàn thành phải cần nhằm giao ước dự kiến mục tiêu hướng đảm bảo báo yêu cầu
tập trung kế kể hoạch và với trong khi ở tại đối đôi toàn của có nước cả ca dẫn đứng
quận quân phường vùng điều khoản trang mẫu giờ tuổi tầm nhìn ngưỡng đề nghị nhiệm nhì
tư sơ bộ mức bình chủ trì tổ chức diễn ra sáng chiều trưa tấn ha bảo gồm niên học vụ
giữ nghị quyết định thông luật công bố trị độ đó điện thủ sở toán như la
"""
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_WRITTEN_WITH_MARKS = 0.3  # share of words from which a missing mark means something
_LETTERS = re.compile(r"[^\W\d_]+")


def same_marks(one: str) -> str:
    """A key that ignores case and where a tone is put: "Hoà" and "hòa" agree."""
    parts = unicodedata.normalize("NFD", one.lower())
    tones = "".join(c for c in parts if c in _TONES)
    return "".join(c for c in parts if c not in _TONES) + tones


def _by_form() -> dict[str, frozenset[str]]:
    meant: dict[str, set[str]] = {}
    for word in _MEANT.split():
        meant.setdefault(fold(word), set()).add(same_marks(word))
    return {form: frozenset(keys) for form, keys in meant.items()}


_BY_FORM = _by_form()


@lru_cache(maxsize=1024)
def grammar_fold(text: str) -> str:
    """*text* without case and marks, as long as *text*, for patterns to match.

    A word whose marks make it another than the grammar means is in capitals,
    which no pattern matches; so is one without marks in a text written with them.
    """
    folded = fold_in_place(text)
    low = text.lower()
    if folded == low or len(low) != len(folded):
        return folded
    strict = is_marked(text)

    def read(match: re.Match[str]) -> str:
        form = match.group()
        meant = _BY_FORM.get(form)
        if meant is None:
            return form
        written = low[match.start() : match.end()]
        if written == form:
            return form.upper() if strict and form not in meant else form
        return form if same_marks(written) in meant else form.upper()

    return _LETTERS.sub(read, folded)


_SPENDING = re.compile(r"\bchi tiêu\b", re.IGNORECASE)


def told_apart(text: str) -> str:
    """*text*, as long as before, with "chi tiêu" put in other words.

    With its marks it is what is spent, but it folds to "chỉ tiêu", a goal.
    """
    return _SPENDING.sub("tiền chi", text)


def is_marked(text: str) -> bool:
    """True if *text* is written with diacritics, not just a name in it."""
    written: list[str] = _LETTERS.findall(text.lower())
    marked = sum(fold(word) != word for word in written)
    return marked > _WRITTEN_WITH_MARKS * len(written)
