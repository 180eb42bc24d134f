"""A question folded for the patterns of question words, in both languages."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz, process

from index.grammar.marks import told_apart
from index.grammar.words import Word, fold_in_place, words

# With diacritics these say what they mean; without, any of their readings is possible.
_READINGS = {
    "se": {"sẽ"}, "phai": {"phải"}, "may": {"mấy"}, "ai": {"ai"}, "nao": {"nào"},
    "so": {"số", "so", "sở"}, "bo": {"bộ", "bỏ"}, "ban": {"ban", "bạn"},
    "dat": {"đạt", "đặt"},
    "nam": {"năm"}, "gap": {"gấp"}, "bac": {"bậc"}, "hang": {"hạng"}, "lan": {"lần"},
    "la": {"là"}, "va": {"và"}, "con": {"còn", "con"}, "the": {"the", "thế"},
    "von": {"vốn"}, "phi": {"phí"}, "tang": {"tăng"}, "giam": {"giảm"},
    "thu": {"thứ", "thủ", "thu"}, "gia": {"giá"}, "luong": {"lương"},
    "do": {"đô", "do"},
    "dau": {"đâu", "đầu"}, "ty": {"tỷ"}, "ti": {"tỉ"}, "tien": {"tiền"},
    "bang": {"bằng"}, "sao": {"sao"}, "gi": {"gì"}, "who": {"who"}, "muon": {"muốn"},
}  # fmt: skip
# Two words that are read together, whatever each may be alone.
_TOGETHER = {
    "phan dau": {"phấn đấu"}, "chi tieu": {"chỉ tiêu"}, "so luong": {"số lượng"},
    "san luong": {"sản lượng"}, "toc do": {"tốc độ"}, "muc do": {"mức độ"},
    "do bao": {"độ bao"}, "quoc gia": {"quốc gia"}, "ngan hang": {"ngân hàng"},
    "bi thu": {"bí thư"}, "giam doc": {"giám đốc"}, "thu tuong": {"thủ tướng"},
    "bo truong": {"bộ trưởng"}, "thu truong": {"thứ trưởng", "thủ trưởng"},
    "hang thang": {"hàng tháng", "hằng tháng"}, "dien bien": {"diễn biến"},
    "thoi han": {"thời hạn"}, "van ban": {"văn bản"},
}  # fmt: skip
_KEYWORDS = (
    "percentage proportion number ranking ranked target revenue average increase "
    "growth "
    "achieved reached compare ministry minister position"
).split()
_TYPO = 84.0


@lru_cache(maxsize=256)  # each thing that is asked of a question folds it
def fold_question(text: str) -> str:
    """*text* folded for the patterns of question words.

    A marked word whose marks rule a reading out is blanked ("chia sẻ" is not
    "sẽ"), and misspelt question words are mended.
    """
    text = told_apart(text)
    folded = fold_in_place(text)
    marked = folded != text.lower()
    every = list(words(text))
    together = _read_together(text, every) if marked else {}
    parts: list[str] = []
    at = 0
    for word in every:
        raw = text[word.start : word.end].lower()
        form = word.form
        readings = _READINGS.get(form)
        meant = together.get(word.start, not readings or raw in readings)
        if marked and not meant:
            form = "_"
        elif len(form) > 5 and form not in _KEYWORDS:
            best = process.extractOne(
                form, _KEYWORDS, scorer=fuzz.ratio, score_cutoff=_TYPO
            )
            if (
                best
                and best[0][:3] == form[:3]
                and abs(len(best[0]) - len(form)) <= 1
                and best[0].rstrip("ed") != form.rstrip("sed")
            ):
                form = best[0]
        parts += [folded[at : word.start], form]
        at = word.end
    return "".join([*parts, folded[at:]])


def _read_together(text: str, every: Sequence[Word]) -> dict[int, bool]:
    """Where words of known pairs start, and whether the pair is the one meant."""
    found: dict[int, bool] = {}
    for one, two in pairwise(every):
        spellings = _TOGETHER.get(f"{one.form} {two.form}")
        if spellings:
            raw = " ".join(text[one.start : two.end].lower().split())
            found[one.start] = found[two.start] = raw in spellings
    return found
