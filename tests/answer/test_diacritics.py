"""Vietnamese typed without marks gets them back."""

import pytest

from answer.diacritics import make_diacritics, pairs, with_marks


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (
            "ty le ho gia dinh co nuoc sach nam 2024 la bao nhieu?",
            "tỷ lệ hộ gia đình có nước sạch năm 2024 là bao nhiêu?",
        ),
        ("Bo Tai chinh thu bao nhieu thue", "Bộ Tài chính thu bao nhiêu thuế"),
    ],
)
def test_marks_come_back(typed: str, meant: str) -> None:
    """Ordinary questions are restored; case, figures and punctuation stay."""
    assert with_marks(typed) == meant


@pytest.mark.parametrize(
    "text",
    ["Năm 2024 có bao nhiêu hồ sơ?", "TTHC 57-NQ/TW", "Wqzx VNeID"],
)
def test_what_has_marks_or_is_no_word_stays(text: str) -> None:
    """A marked text, abbreviations and unknown words are left as they are."""
    assert with_marks(text) == text


def test_the_word_before_decides() -> None:
    """Of two readings the one seen behind the same word is taken."""
    follow = {("chỉ", "tiêu"): 3, ("hạt", "tiếu"): 2, ("^", "chỉ"): 1, ("^", "hạt"): 1}
    model = make_diacritics(follow, {"chỉ": 3, "hạt": 2, "tiêu": 3, "tiếu": 2})
    assert model.restored("chi tieu") == "chỉ tiêu"
    assert model.restored("hat tieu") == "hạt tiếu"


def test_no_pair_reaches_over_a_comma() -> None:
    """The first word behind a comma stands at a beginning."""
    assert list(pairs("Năm nay, bao nhiêu?")) == [
        ("^", "năm"), ("năm", "nay"), ("^", "bao"), ("bao", "nhiêu"),
    ]  # fmt: skip
