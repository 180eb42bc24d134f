"""Spaces that split Vietnamese syllables go; all others stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.spacing import is_syllable, mend_text
from tests.ingest.printed import ENGLISH, VIETNAMESE


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("ĐIỀ U KHO ẢN", "ĐIỀU KHOẢN"),
        ("t ỷ l ệ h ồ s ơ đạt 45%", "tỷ lệ hồ sơ đạt 45%"),
        ("B Á O C Á O", "BÁO CÁO"),
        ("Nguyễ n Văn A đã ký", "Nguyễn Văn A đã ký"),
        ("“ĐIỀ U 5. T ổ chức, th ực hi ện.", "“ĐIỀU 5. Tổ chức, thực hiện."),
    ],
)
def test_split_syllables_are_joined(broken: str, whole: str) -> None:
    """By how a syllable is built, whatever the word."""
    assert mend_text(broken)[0] == whole


@pytest.mark.parametrize(
    "text",
    [
        *VIETNAMESE,
        *ENGLISH,
        "điểm c ở mục 2 và điểm d khoản 1",
        "cho ăn uống ở Hà Nội, kho ở xa",
        "Số: 57-NQ/TW, ngày 6 tháng 2 năm 2025",
        "QĐ số 06 NĐ CP ĐBSCL",
    ],
)
def test_what_is_whole_stays(text: str) -> None:
    """Names of points, short forms, English, figures."""
    assert mend_text(text) == (text, 0)


@given(st.text(max_size=200))
def test_nothing_but_spaces_goes(text: str) -> None:
    """Letters and lines are all there afterwards, in order."""
    mended, count = mend_text(text)
    assert "".join(mended.split()) == "".join(text.split())
    assert mended.count("\n") == text.count("\n")
    assert count or mended == text


def test_a_syllable_has_one_tone_that_its_end_allows() -> None:
    """Stops take two of the tones only."""
    assert all(map(is_syllable, "nghiêng quyết giếng uống ướt khuya hoà hòa".split()))
    assert not any(map(is_syllable, "quyê tn cổc thựac đ wịn".split()))
