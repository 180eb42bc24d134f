"""Words that rule each other out, in both languages."""

import pytest

from answer.contrast import contrast_fit, named
from index.records import Language


@pytest.mark.parametrize(
    ("language", "asked", "own"),
    [
        ("en", "urban households with clean water", "rural households"),
        ("en", "seafood exports to Japan", "imports of seafood"),
        ("vi", "hộ dân thành thị dùng nước sạch", "tỷ lệ hộ dân nông thôn"),
        ("vi", "ho dan thanh thi", "tỷ lệ hộ dân nông thôn"),
        ("vi", "bảo hiểm xã hội tự nguyện", "bảo hiểm xã hội bắt buộc"),
        ("en", "growth in value", "up in volume"),
        ("en", "money actually spent on piers", "the budget allocated for piers"),
        ("vi", "giải ngân vốn bến cảng", "kinh phí bố trí cho bến cảng"),
        ("vi", "tăng về giá trị", "tăng về số lượng"),
        ("en", "GRDP of the province", "GDP of the country"),
        ("vi", "tổng trị giá xuất nhập khẩu", "trị giá xuất khẩu"),
    ],
)
def test_the_counterpart_is_no_answer(language: Language, asked: str, own: str) -> None:
    """A figure of rural households says nothing about urban ones."""
    assert contrast_fit(named(asked, language), language, own, own, own) < 0.3


def test_counterparts_are_known_across_languages() -> None:
    """A Vietnamese question about exports meets an English report on imports."""
    asked = named("kim ngạch xuất khẩu gạo", "vi")
    assert contrast_fit(asked, "en", "rice imports", "", "") < 0.3
    assert contrast_fit(asked, "en", "rice exports", "", "") == 1


def test_the_nearest_stretch_decides() -> None:
    """In "exports 5, imports 3" each figure has its own words beside it."""
    asked = named("How much was imported?", "en")
    sentence = "exports reached 5 billion, imports 3 billion"
    assert contrast_fit(asked, "en", "imports", "imports 3 billion", sentence) == 1
    assert contrast_fit(asked, "en", "exports reached", "", sentence) < 0.3
    assert contrast_fit(asked, "en", "turnover", "turnover", sentence) == 1


def test_whoever_asks_for_both_gets_both() -> None:
    """ "Exports and imports" rules neither out."""
    asked = named("exports and imports of rice", "en")
    assert contrast_fit(asked, "en", "exports of rice", "", "") == 1


def test_the_whole_comes_before_a_part() -> None:
    """Who asks for households does not mean rural ones only, but they may do."""
    asked = named("households with clean water", "en")
    part = contrast_fit(asked, "en", "rural households", "", "")
    assert 0.8 < part < 1


def test_a_longer_phrase_is_not_the_shorter_one_in_it() -> None:
    """Near-poor households are not poor ones."""
    near = named("near-poor households", "en")["poor"]
    assert near != named("poor households", "en")["poor"]
    assert len(named("hộ cận nghèo", "vi")["poor"]) == 1


def test_a_short_word_needs_its_marks() -> None:
    """ "nữ" is women; "nu" without its mark is not taken for it."""
    assert "sex" in named("tỷ lệ nữ đại biểu", "vi")
    assert "sex" not in named("nu cuoi", "vi")
