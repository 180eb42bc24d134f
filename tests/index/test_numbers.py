"""Numbers in running text: value, unit, hedge, and what is no quantity."""

import pytest

from index.grammar.numbers import find_quantities, number_value


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("1,234,567", "en", 1234567), ("1.234.567", "vi", 1234567),
        ("1.234.567", "en", 1234567), ("1.234,5", "vi", 1234.5),
        ("1,234.5", "en", 1234.5),
        ("87,08", "vi", 87.08), ("87,08", "en", 87.08), ("1.765", "en", 1.765),
        ("1.765", "vi", 1765), ("0.125", "vi", 0.125), ("3.000", "en", 3000),
        ("3,000", "vi", 3000), ("45", "en", 45), ("12,345", "en", 12345),
    ],
)  # fmt: skip
def test_marks_mean_what_the_language_makes_of_them(text, language, value) -> None:
    """A mark groups thousands or starts decimals by language and position."""
    assert number_value(text, language) == value


# text, language, (raw, kind, value, unit) of each quantity
FOUND = [
    ("reached 45%", "en", [("45%", "share", 45, "%")]),
    ("reached 45 percent", "en", [("45 percent", "share", 45, "%")]),
    ("đạt 87,08 phần trăm", "vi", [("87,08 phần trăm", "share", 87.08, "%")]),
    ("25 billion USD", "en", [("25 billion USD", "money", 25e9, "USD")]),
    ("VND 124,324 billion", "en", [("VND 124,324 billion", "money", 124324e9, "VND")]),
    ("5 thousand billion VND", "en",
     [("5 thousand billion VND", "money", 5e12, "VND")]),
    ("US$ 5 million", "en", [("US$ 5 million", "money", 5e6, "USD")]),
    ("€3.5 million", "en", [("€3.5 million", "money", 3.5e6, "EUR")]),
    ("421,3 nghìn tỷ đồng", "vi", [("421,3 nghìn tỷ đồng", "money", 421.3e12, "VND")]),
    ("26.785 tỷ đồng", "vi", [("26.785 tỷ đồng", "money", 26785e9, "VND")]),
    ("2.3 tỷ", "vi", [("2.3 tỷ", "count", 2.3e9, "")]),
    ("2,5 tỉ đồng", "vi", [("2,5 tỉ đồng", "money", 2.5e9, "VND")]),
    ("7.100 đồng/m3", "vi", [("7.100 đồng", "money", 7100, "VND")]),
    ("533 million", "en", [("533 million", "count", 533e6, "")]),
    ("55,25 triệu người", "vi", [("55,25 triệu", "count", 55.25e6, "")]),
    ("1,5 triệu tấn gạo", "vi", [("1,5 triệu", "count", 1.5e6, "tons")]),
    ("747,000 hectares", "en", [("747,000", "count", 747000, "ha")]),
    ("14.860.309 ha rừng", "vi", [("14.860.309", "count", 14860309, "ha")]),
    ("3.000 MW điện gió", "vi", [("3.000", "count", 3000, "MW")]),
    ("120 km cao tốc", "vi", [("120", "count", 120, "km")]),
    ("7.046 vụ", "vi", [("7.046", "count", 7046, "")]),
    ("1.250 lượt", "vi", [("1.250", "count", 1250, "")]),
    ("up 15 places", "en", [("15", "count", 15, "places")]),
    ("giảm 2 bậc", "vi", [("2", "count", 2, "places")]),
    ("9/12 goals", "en", [("9/12", "ratio", 9, "of 12")]),
    ("đạt 12/12 tiêu chí", "vi", [("12/12", "ratio", 12, "of 12")]),
    ("1.250/1.300 hồ sơ", "vi", [("1.250/1.300", "ratio", 1250, "of 1300")]),
    ("62 out of 63 provinces", "en", [("62 out of 63", "ratio", 62, "of 63")]),
    ("an increase of 7 percentage points", "en",
     [("7 percentage points", "share", 7, "points")]),
    ("tăng 1,4 điểm phần trăm", "vi", [("1,4 điểm phần trăm", "share", 1.4, "points")]),
    ("reached 65.46 points", "en", [("65.46 points", "count", 65.46, "points")]),
    ("đạt 65,46 điểm, tăng", "vi", [("65,46 điểm", "count", 65.46, "points")]),
    ("95 points of sale", "en", [("95", "count", 95, "")]),
    ("12 điểm cầu", "vi", [("12", "count", 12, "")]),
    ("2.5 times higher", "en", [("2.5 times", "multiple", 2.5, "times")]),
    ("almost four times", "en", [("four times", "multiple", 4, "times")]),
    ("gấp 2,5 lần", "vi", [("gấp 2,5 lần", "multiple", 2.5, "times")]),
    ("tăng gấp đôi", "vi", [("gấp đôi", "multiple", 2, "times")]),
    ("gấp rưỡi năm trước", "vi", [("gấp rưỡi", "multiple", 1.5, "times")]),
    ("has tripled", "en", [("tripled", "multiple", 3, "times")]),
    ("double-digit growth", "en", [("double-digit", "share", 10.0, "%")]),
    ("tăng trưởng hai con số", "vi", [("hai con số", "share", 10.0, "%")]),
    ("15 working days", "en", [("15", "count", 15.0, "days")]),
    ("giảm từ 20 năm", "vi", [("20", "count", 20.0, "years")]),
    ("17 to 18 million", "en", [("17 to 18 million", "count", 17e6, "")]),
    ("từ 7 đến 8%", "vi", [("7", "count", 7.0, ""), ("8%", "share", 8.0, "%")]),
    ("five pillars", "en", [("five", "count", 5, "")]),
    ("two million people", "en", [("two million", "count", 2e6, "")]),
    ("ba trụ cột", "vi", [("ba", "count", 3, "")]),
    ("năm trụ cột", "vi", [("năm", "count", 5, "")]),
    ("half of households", "en", [("half", "share", 50, "%")]),
    ("a quarter of firms", "en", [("a quarter", "share", 25, "%")]),
    ("một nửa số hộ", "vi", [("một nửa", "share", 50, "%")]),
    ("tổng số 57 dự án", "vi", [("57", "count", 57, "")]),
    ("bình quân 120 người", "vi", [("120", "count", 120, "")]),
    ("a list:\n1. Land\n2. Trade", "en", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "language", "expected"), FOUND)
def test_a_quantity_is_read_with_kind_value_and_unit(text, language, expected) -> None:
    """Shares, counts, money, measures, ratios, multiples and words, as written."""
    found = find_quantities(text, language)
    assert [(q.raw, q.kind, q.value, q.unit) for q in found] == expected
    assert all(text[q.start : q.end] == q.raw for q in found)


@pytest.mark.parametrize(
    ("text", "language", "raw", "value", "unit"),
    [
        ("ranks 71st out of 193 countries", "en", "71st out of 193", 71, "of 193"),
        ("is 5th in the ranking", "en", "5th", 5, "place"),
        ("ranked 12 of 63", "en", "12 of 63", 12, "of 63"),
        ("ranks second in the region", "en", "second", 2, "place"),
        ("took first place", "en", "first", 1, "place"),
        ("the second highest rate", "en", "second", 2, "place"),
        ("in the top 10", "en", "top 10", 10, "top"),
        ("nằm trong top 10", "vi", "top 10", 10, "top"),
        ("đứng thứ 2 cả nước", "vi", "2", 2, "place"),
        ("xếp thứ 4 trong 63 tỉnh", "vi", "4 trong 63", 4, "of 63"),
        ("hạng 45", "vi", "45", 45, "place"),
        ("vị trí thứ 8/63", "vi", "8/63", 8, "of 63"),
        ("xếp thứ ba cả nước", "vi", "thứ ba", 3, "place"),
        ("đứng đầu cả nước", "vi", "đứng đầu", 1, "place"),
    ],
)
def test_a_rank_is_read_with_its_field(text, language, raw, value, unit) -> None:
    """Places in a ranking, in digits and in words."""
    rank = next(q for q in find_quantities(text, language) if q.kind == "rank")
    assert (rank.raw, rank.value, rank.unit) == (raw, value, unit)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Decision No. 339/QD-TTg and Resolution 57-NQ/TW", "en"),
        ("Nghị quyết số 57-NQ/TW, Nghị định 75/2024/NĐ-CP", "vi"),
        ("số 57 của Chính phủ", "vi"),
        ("people aged 15 to 60", "en"),
        ("children under 5 years old", "en"),
        ("trẻ từ 3 đến 5 tuổi", "vi"),
        ("người từ đủ 15 tuổi trở lên", "vi"),
        ("at 8:30 and 10 a.m.", "en"),
        ("lúc 8 giờ 30 và 14h", "vi"),
        ("call 024 3823 4567, 0912345678 or 1900 6068", "en"),
        ("COVID-19, 4G and 5G", "en"),
        ("public services at level 4 in phase 2", "en"),
        ("dịch vụ công mức độ 4", "vi"),
        ("the 10th Meeting of Project 06", "en"),
        ("dịp 2/9", "vi"),
        ("Bà Nguyễn Thị Ba, người đứng đầu cơ quan", "vi"),
    ],
)
def test_numbers_that_name_something_are_no_quantities(text, language) -> None:
    """Documents, ages, times, telephones, levels and names are left alone."""
    assert find_quantities(text, language) == []


@pytest.mark.parametrize(
    ("text", "language", "hedge", "value"),
    [
        ("over 55 million", "en", "over", 55e6),
        ("no more than 3%", "en", "no more than", 3),
        ("at least 90%", "en", "at least", 90),
        ("hơn 40.500 ha", "vi", "hơn", 40500),
        ("gần một phần ba", "vi", "gần", 100 / 3),
        ("chỉ 85 tỷ đồng", "vi", "chỉ", 85e9),
        ("chi 85 tỷ đồng", "vi", "", 85e9),  # "spends", not "only"
        ("gắn 85 camera", "vi", "", 85),  # "fits", not "nearly"
    ],
)
def test_the_hedge_is_kept_beside_the_value(text, language, hedge, value) -> None:
    """What softens a figure stays with it, unless its marks make it another word."""
    (quantity,) = find_quantities(text, language)
    assert quantity.hedge == hedge
    assert quantity.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("8-10%", 8, 10), ("17 - 18 million", 17e6, 18e6), ("4 – 5 star hotels", 4, 5)],
)
def test_a_range_has_both_ends(text, low, high) -> None:
    """Two numbers that share a unit are one quantity."""
    (quantity,) = find_quantities(text)
    assert (quantity.value, quantity.value_to) == (low, high)


def test_a_list_of_figures_gives_each_in_order() -> None:
    """No figure of a long sentence is lost or read twice."""
    text = "is 11.91%, 14.26% respectively, up from 3% to 13.5%; 62/63 localities, 5 ha"
    assert [q.value for q in find_quantities(text)] == [11.91, 14.26, 3, 13.5, 62, 5]
