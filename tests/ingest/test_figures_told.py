"""Whose time, place and state a figure has where the sentence says it in passing.

As `test_figures.py`; the sentences are forms that reports of every topic use.
"""

import pytest

from index.records import Language
from tests.ingest.ledger import by_raw, ledger

Expected = dict[str, tuple[str, str, str]]  # raw words → period, place, status

TIMES: list[tuple[str, Expected]] = [
    # A goal has its own year, whatever was reached before it.
    ("The rate rose from 20.1% in 2022 to 22.4% in 2023 and 25.7% in 2024, against a "
     "goal of more than 30% by 2025.",
     {"25.7%": ("2024", "Vietnam", "achieved"), "30%": ("2025", "Vietnam", "target")}),
    ("By the end of June 2024 there were 5,120 stations, compared with the 2025 target "
     "of 8,000 stations.",
     {"5,120": ("2024-06", "Vietnam", "achieved"),
      "8,000": ("2025", "Vietnam", "target")}),
    ("The share fell from 60% in 2021 to 41% in 2024, but is still far from the goal "
     "of less than 25% at the end of 2025.",
     {"41%": ("2024", "Vietnam", "achieved"), "25%": ("2025", "Vietnam", "target")}),
    ("At least 80% of adults are to use online services by 2030.",
     {"80%": ("2030", "Vietnam", "target")}),
    ("Mục tiêu của Chiến lược là có 250.000 doanh nghiệp còn dư nợ vào cuối năm 2025, "
     "như vậy còn thiếu 35.400 doanh nghiệp.",
     {"250.000": ("2025", "Vietnam", "target")}),
    # A deadline, and the day on which it was said, are no figure's of another clause.
    ("The plan for the year is VND 500 billion, comprising VND 200 billion of the "
     "central budget and VND 300 billion of local budgets, and the Government wants "
     "at least 90% of it to be disbursed by 31 January 2025.",
     {"VND 300 billion": ("2024", "Vietnam", "achieved")}),
    ("There were 1,240 fires in 2024, compared with 2023 a rise of 4% in number and a "
     "fall of 7% in deaths, the department said on 6 January 2025.",
     {"4%": ("2024", "Vietnam", "change"), "7%": ("2024", "Vietnam", "change")}),
    ("The network, which was launched in October 2023 by one operator, in March 2024 "
     "by another, had 12,480 masts at the end of June 2024.",
     {"12,480": ("2024-06", "Vietnam", "achieved")}),
    # What is held against another year is not of that year.
    ("In the year, 45,000 cars were registered, up 12% and 5% respectively over 2023.",
     {"45,000": ("2024", "Vietnam", "achieved")}),
    ("Its value was VND 9,860 billion, 1.8 times the value of the first half of 2023.",
     {"VND 9,860 billion": ("2024", "Vietnam", "achieved")}),
    ("Revenue was VND76 trillion compared with VND71 trillion in the first half of "
     "2023, and reached 50.6% of the annual plan of VND151 trillion.",
     {"VND151 trillion": ("2024", "Vietnam", "target")}),
    # A clause of its own does not inherit the year of an aside before it.
    ("Coverage was 79.1%, the rate in 2022 was 72.4%; there are still 864 villages "
     "without a signal, of which 231 villages have no electricity.",
     {"72.4%": ("2022", "Vietnam", "achieved"),
      "864": ("2024", "Vietnam", "achieved"), "231": ("2024", "Vietnam", "achieved")}),
    # Words that stand for a year
    ("In 2023 the trade rose by 8%. | That year alone there were 29 new suits, twice "
     "the number of 2022.", {"29": ("2023", "Vietnam", "achieved")}),
    ("By 2030, half of all sales are to be online. | By that year, 70% of adults "
     "should shop online.", {"70%": ("2030", "Vietnam", "target")}),
    ("The province scored 90.1% in 2024. | In the previous year it had led with "
     "92.2%.", {"92.2%": ("2023", "Vietnam", "achieved")}),
    ("Năm 2024 tỉnh đạt 90,1%. | Năm trước đó, con số này là 92,2%.",
     {"92,2%": ("2023", "Vietnam", "achieved")}),
    ("Growth is to be over 8% in 2025 and 10% in the following years.",
     {"10%": ("2026/2030", "Vietnam", "target")}),
]  # fmt: skip

PLACES: list[tuple[str, str, Expected]] = [
    # text, whose report it is, expected
    ("The province has 327 products, ranking third in the Mekong Delta after Dong Thap "
     "with 412 and Soc Trang with 341.", "Ben Tre",
     {"327": ("2024", "Ben Tre", "achieved"), "412": ("2024", "Dong Thap", "achieved"),
      "341": ("2024", "Soc Trang", "achieved")}),
    ("The city attracted 4.94 billion USD, ranking 2nd in the whole country after Bac "
     "Ninh. | In the third quarter, the city attracted 638.5 million USD.",
     "Hai Phong", {"638.5 million USD": ("2024-Q3", "Hai Phong", "achieved")}),
    ("The national average in 2024 was 43.8%. | The rate of files settled on time "
     "reached 98.6%.", "Nghe An",
     {"43.8%": ("2024", "Vietnam", "achieved"),
      "98.6%": ("2024", "Nghe An", "achieved")}),
    ("The average index of the 63 provinces and cities reached 86.98%.", "Hau Giang",
     {"86.98%": ("2024", "Vietnam", "achieved")}),
    ("In Ha Noi the share was 17.4% against a plan of 18%, in Ho Chi Minh City 22.0% "
     "against a plan of 21%.", "",
     {"18%": ("2024", "Hanoi", "target"),
      "21%": ("2024", "Ho Chi Minh City", "target")}),
    ("Ở Đà Nẵng có hệ thống riêng; tỷ lệ vé điện tử của thành phố này là 83,5%, so với "
     "61,9% của Hà Nội.", "", {"83,5%": ("2024", "Da Nang", "achieved")}),
    ("In Hanoi, the works are going well. | There are 41 provinces above it.", "",
     {"41": ("2024", "Vietnam", "achieved")}),
]  # fmt: skip

STATES: list[tuple[str, Expected]] = [
    ("Mục tiêu được giao cho năm 2024 là 70% đối với cấp bộ và 60% đối với cấp tỉnh, "
     "song đến hết quý III/2024 cấp tỉnh mới đạt 45,6%.",
     {"60%": ("2024", "Vietnam", "target"),
      "45,6%": ("2024-Q3", "Vietnam", "achieved")}),
    ("Đến tháng 6/2024 đã khởi công 98.400 căn và khánh thành 61.230 căn, với mục tiêu "
     "hoàn thành trước ngày 31/10/2025.",
     {"61.230": ("2024-06", "Vietnam", "achieved")}),
    ("It had been assigned VND 9,486 billion for 2024 and aims to disburse all of it "
     "before 31 January 2025, after disbursing 96.3% in 2023 and 94.8% in 2022.",
     {"96.3%": ("2023", "Vietnam", "achieved"),
      "94.8%": ("2022", "Vietnam", "achieved")}),
    ("Cơ sở dữ liệu tiếp nhận 1,84 tỷ lượt yêu cầu tra cứu, riêng năm 2024 là 721 "
     "triệu lượt.", {"721 triệu": ("2024", "Vietnam", "achieved")}),
    ("Chỉ tiêu năm học 2024-2025 là 65%.", {"65%": ("2024/2025", "Vietnam", "target")}),
    ("Giá giao dịch bình quân tại Hà Nội là 75,5 triệu đồng; tại Hải Phòng là 48,2 "
     "triệu đồng.", {"48,2 triệu đồng": ("2024", "Hai Phong", "achieved")}),
]  # fmt: skip


def told(text: str, place: str = "", as_of: str | None = None) -> Expected:
    """Period, place and status of the figures of a report from 2024."""
    language: Language = "en" if text.isascii() else "vi"
    found = by_raw(ledger(text, language=language, place=place, as_of=as_of))
    return {raw: (f.period or "", f.place or "", f.status) for raw, f in found.items()}


@pytest.mark.parametrize(("text", "expected"), TIMES, ids=[c[0][:50] for c in TIMES])
def test_a_figure_has_its_own_time(text: str, expected: Expected) -> None:
    """Neither a goal's year nor that of a comparison, an aside or a report's day."""
    found = told(text)
    assert {raw: found.get(raw) for raw in expected} == expected


@pytest.mark.parametrize(
    ("text", "place", "expected"), PLACES, ids=[c[0][:50] for c in PLACES]
)
def test_a_figure_has_its_own_place(text: str, place: str, expected: Expected) -> None:
    """A place that it is only held against, or ranked in, is not its own."""
    found = told(text, place)
    assert {raw: found.get(raw) for raw in expected} == expected


@pytest.mark.parametrize(("text", "expected"), STATES, ids=[c[0][:50] for c in STATES])
def test_a_goal_in_the_sentence_makes_no_goal_of_a_result(
    text: str, expected: Expected
) -> None:
    """What was reached before, beside or behind it stays a result."""
    found = told(text)
    assert {raw: found.get(raw) for raw in expected} == expected


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("Forest cover reached 42.5%, unchanged from 2023.", "42.5%"),
        ("Cả năm xảy ra 300 vụ cháy, giảm 12% so với năm 2023.", "300"),
    ],
)
def test_a_year_just_begun_is_not_compared_with_the_last_but_one(
    text: str, raw: str
) -> None:
    """Told in January 2025 and held against 2023, it is of 2024."""
    language: Language = "en" if text.isascii() else "vi"
    found = by_raw(ledger(text, language=language, period="2025", as_of="2025-01-20"))
    assert found[raw].period == "2024"
