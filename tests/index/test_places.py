"""Places in running text, in reports and as people type them."""

import re
from itertools import pairwise

import pytest

from index.grammar.places import _PROVINCES, _REGIONS, _english, find_places, in_a_row


def names(text: str, *, typed: bool = False) -> list[str]:
    """The names that *text* is found to name."""
    return [mention.name for mention in find_places(text, typed=typed)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In Lang Son province", ["Lang Son"]),
        ("tỉnh Lạng Sơn", ["Lang Son"]),
        ("Tại Hoà Bình và Thanh Hoá", ["Hoa Binh", "Thanh Hoa"]),  # old tone marks
        ("TP.HCM, Đà Nẵng", ["Ho Chi Minh City", "Da Nang"]),
        ("Ba Ria - Vung Tau", ["Ba Ria - Vung Tau"]),
        ("nationwide", ["Vietnam"]),
        ("cả nước", ["Vietnam"]),
        ("Việt Nam", ["Vietnam"]),
        ("cá nước ngọt", []),  # freshwater fish
        ("in South Korea and Hoa Kỳ", ["South Korea", "United States"]),
        ("Cao Loc district", ["Cao Loc district"]),
        ("huyện Cái Bè, thành phố Mỹ Tho", ["huyện Cái Bè", "thành phố Mỹ Tho"]),
        ("Mr. Nguyen Hoa Binh", []),
        ("Nguyễn Văn Sơn là giám đốc", []),
        ("vì hòa bình", []),
    ],
)
def test_a_report_names_places_with_capitals_and_marks(text, expected) -> None:
    """Provinces, districts, countries and the nation; not people or other words."""
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lang son nam 2024", ["Lang Son"]),
        ("đà nẵng", ["Da Nang"]),
        ("viet nam", ["Vietnam"]),
        ("diễn biến năm 2024", []),
        ("quang nam 2022", []),  # fibre, and a year
    ],
)
def test_a_person_may_type_a_place_in_lower_case(text, expected) -> None:
    """Without capitals and marks a name still counts, another word's marks do not."""
    assert names(text, typed=True) == expected


def test_places_do_not_overlap_and_stand_in_order() -> None:
    """A name inside a longer one is not a second place."""
    text = "Thành phố Hồ Chí Minh, then Quang Ninh and Central Highlands"
    found = find_places(text)
    expected = ["Ho Chi Minh City", "Quang Ninh", "Central Highlands"]
    assert [mention.name for mention in found] == expected
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_every_province_and_region_is_found_as_reports_write_it() -> None:
    """With its marks, without them, and with a hyphen set close or apart."""
    for entry in re.split(r"[;]", f"{_PROVINCES};{_REGIONS}".replace("\n", " ")):
        for spelling in entry.split("="):
            name = spelling.strip()
            if name[0].islower():
                continue  # "châu Á" is one with a capital only
            for written in (name, _english(name), name.replace(" - ", "-")):
                found = [m.name for m in find_places(f"Năm 2024, {written} đạt 45%.")]
                assert len(found) == 1, written


def test_a_region_may_be_written_in_lower_case() -> None:
    """ "vùng đồng bằng sông Hồng" is a region; "đồng bằng" by itself is land."""
    named = find_places("Ở vùng đồng bằng sông Hồng, 45% số hộ có nước sạch.")
    assert [m.name for m in named] == ["Red River Delta"]
    assert not find_places("Ở các xã đồng bằng, 45% số hộ có nước sạch.")


@pytest.mark.parametrize(
    ("text", "name", "level"),
    [
        ("cao nhất là thành phố Hà Tĩnh 34,2%", "Ha Tinh City", "local"),
        ("In Ha Tinh City, 34.2%", "Ha Tinh City", "local"),
        ("Thành phố Hồ Chí Minh đạt 80%", "Ho Chi Minh City", "province"),
        ("tỉnh Hà Tĩnh đạt 18,9%", "Ha Tinh", "province"),
        ("Taiwan (China) received 58,620", "Taiwan", "abroad"),
        ("xuất khẩu sang Mỹ tăng", "United States", "abroad"),
        ("lao động tại Đức", "Germany", "abroad"),
    ],
)
def test_a_provinces_city_and_short_countries(text: str, name: str, level: str) -> None:
    """A city is not the province it is named after; "Mỹ" behind "sang" is a country."""
    assert [(m.name, m.level) for m in find_places(text)] == [(name, level)]


def test_words_that_are_no_country() -> None:
    """Without a word of going or being there, "anh" and "My" are what they are."""
    assert find_places("ông Anh và chị My nói") == []


def test_places_in_a_row() -> None:
    """What is told of several together can be told from what is told of one."""
    text = "300 stations in Hanoi, Ha Nam and Da Nang, but 20 in Hue"
    row = in_a_row(text, find_places(text))
    assert [m.name for m in row] == ["Hanoi", "Ha Nam", "Da Nang"]
