"""Folding, tokens, language, and the fold that respects marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.grammar.marks import grammar_fold, is_marked, same_marks
from index.grammar.words import fold, fold_in_place, language_of, tokens


def test_folding_takes_case_and_marks_away() -> None:
    """Vietnamese with and without diacritics meet in one form."""
    assert fold("Đổi mới, TỶ LỆ 52,80%") == "doi moi, ty le 52,80%"


@given(st.text(max_size=60))
def test_folds_keep_every_offset(text: str) -> None:
    """A match in the fold stands at the same place in the text, whatever the text."""
    assert len(fold_in_place(text)) == len(text)
    assert len(grammar_fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("đến năm 2024 đạt 3 tỷ đồng", "den nam 2024 dat 3 ty dong"),
        ("Quảng Nam 2024", "quang NAM 2024"),
        ("giải ngân gắn với", "giai NGAN GAN voi"),
        ("Bà Nga chi ba tỉ", "BA nga CHI ba ti"),
        ("nam 2024 dat bao nhieu", "nam 2024 dat bao nhieu"),
        ("to the end of Quý Sửu so far", "to the end of quy suu so far"),
    ],
)
def test_a_word_with_other_marks_is_kept_from_the_grammar(text, read) -> None:
    """In capitals no pattern matches it; without any marks the text is just folded."""
    assert grammar_fold(text) == read


@pytest.mark.parametrize(
    "cue",
    ["mức độ", "tốc độ tăng trưởng", "trong đó", "điện thoại", "Thủ tướng", "công bố",
     "đơn vị", "vị trí", "dự toán", "dự kiến", "so với cùng kỳ", "tương đương", "bằng",
     "phấn đấu", "đặt mục tiêu", "đạt được", "tối thiểu", "tính đến hết tháng", "kể từ",
     "lần lượt", "nghị quyết", "nghị định", "thông tư", "chỉ thị", "kế hoạch là",
     "yêu cầu các sở", "tập trung vào", "bảo đảm", "giai đoạn", "bình quân",
     "trung bình",
     "toàn tỉnh", "cả nước", "toàn quốc", "dẫn đầu", "đứng thứ nhì", "nửa đầu năm",
     "học kỳ", "đô la Mỹ", "tỉ đồng", "điểm phần trăm", "sơ bộ", "ước đạt", "nhằm"],
)  # fmt: skip
def test_the_cues_of_the_grammar_are_read_with_their_own_marks(cue) -> None:
    """A word listed with one meaning must be listed with all that patterns use."""
    assert grammar_fold(cue) == fold(cue)


def test_tones_may_sit_on_either_vowel() -> None:
    """The words "hoà" and "hòa" are one, "hoa" and "hóa" others."""
    assert same_marks("Hoà") == same_marks("hòa")
    assert len({same_marks(word) for word in ("hòa", "hoa", "hóa")}) == 3


def test_one_name_does_not_make_a_marked_text() -> None:
    """English with a Vietnamese name in it is still English."""
    assert not is_marked("The chairman of Hòa Bình province spoke at the meeting")
    assert is_marked("Chủ tịch tỉnh phát biểu")


def test_tokens_keep_numbers_whole() -> None:
    """Full-text search finds "52.80%" as one word."""
    assert tokens("Reached 52.80% of 9/12 goals") == [
        "reached",
        "52.80%",
        "of",
        "9/12",
        "goals",
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What share of households has fibre?", "en"),
        ("Tỷ lệ hộ gia đình có cáp quang?", "vi"),
        ("ty le ho gia dinh co cap quang la bao nhieu", "vi"),
        ("VNeID?", "en"),
    ],
)
def test_the_language_of_a_question_is_told(text, language) -> None:
    """With and without diacritics."""
    assert language_of(text) == language
