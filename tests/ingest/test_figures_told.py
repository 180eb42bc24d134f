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
    ("Its score was 2.6% at the end of 2022; a year later it rose to 9.2%.",
     {"9.2%": ("2023", "Vietnam", "achieved")}),
    ("In the first quarter of 2024 the province spent 20.1%. | The whole year target "
     "is 90%.", {"90%": ("2024", "Vietnam", "target")}),
    ("In the first five months of operation, the desk served 6,800 people.",
     {"6,800": ("2024", "Vietnam", "achieved")}),
    # What is said of an earlier year by the way does not hold for what follows …
    ("The rate reached 78.5%. | At the end of 2023, the national rate was 75.1%. | "
     "There are now 784 teams with 5,130 members.",
     {"75.1%": ("2023", "Vietnam", "achieved"), "784": ("2024", "Vietnam", "achieved"),
      "5,130": ("2024", "Vietnam", "achieved")}),
    ("Tỷ lệ hồ sơ đạt 20%. | Năm 2023, tỷ lệ này tại Hậu Giang là 54,3%, Sóc Trăng "
     "61,2% và An Giang 66,7%. | Tỷ lệ đúng hạn đạt 98,1%.",
     {"61,2%": ("2023", "Soc Trang", "achieved"),
      "98,1%": ("2024", "Vietnam", "achieved")}),
    ("Tỷ lệ đạt 72,3%, mục tiêu năm 2025 là 85%. | Tỷ lệ thanh toán đạt 46,7%.",
     {"85%": ("2025", "Vietnam", "target"), "46,7%": ("2024", "Vietnam", "achieved")}),
    # … but a story goes on year by year, and a ranking has its year.
    ("In 2022, the office issued 1,200 licences. | It trained 340 officers. | In 2023, "
     "it issued 1,500 licences. | It trained 400 officers.",
     {"340": ("2022", "Vietnam", "achieved"), "400": ("2023", "Vietnam", "achieved")}),
    ("On June 25, 2024, the Ministry announced the Index of Clean Rivers of 2023. | Da "
     "Nang kept the first position with 0.8214 points.",
     {"0.8214 points": ("2023", "Da Nang", "achieved")}),
    # A chain of comparisons, and what is held against none of it.
    ("The rate reached 66.3% in 2024, compared to 48.7% in 2023 and 31.4% in 2022, but "
     "has not reached the set target of 70%.",
     {"31.4%": ("2022", "Vietnam", "earlier"), "70%": ("2024", "Vietnam", "target")}),
    ("Sales at kiosks decreased by 15.7%, after falling 11.3% in 2023.",
     {"15.7%": ("2024", "Vietnam", "change"), "11.3%": ("2023", "Vietnam", "change")}),
    ("Doanh thu đạt 74 triệu USD, tăng gấp 2,3 lần năm 2023.",
     {"gấp 2,3 lần": ("2024", "Vietnam", "change")}),
    ("The rate rose from 8.1% at the end of 2022 to 10.9% at the end of 2023 and 13.2% "
     "on June 30, 2024.", {"13.2%": ("2024-06-30", "Vietnam", "achieved")}),
    # A part has the time of its whole, and "at present" that of the report.
    ("The rate was 31.2% in 2022 and 57.3% in the first nine months of 2024; of which "
     "ministries reached 62.8%.",
     {"62.8%": ("2024-01/2024-09", "Vietnam", "achieved")}),
    ("She is to equip 100% of stations within the second quarter of 2025; at present "
     "only 138 of 170 stations have readers.",
     {"138 of 170": ("2024", "Vietnam", "achieved")}),
    ("Đến cuối năm 2024 tỷ lệ đạt 61,2%; năm 2023, hai tỷ lệ này lần lượt là 48,5% và "
     "30,1%.", {"48,5%": ("2023", "Vietnam", "achieved")}),
    ("Thời gian giảm từ 2 giờ 35 phút năm 2023 xuống còn 1 giờ 10 phút.",
     {"1 giờ 10 phút": ("2024", "Vietnam", "achieved")}),
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
    # Places in a row, and as many figures
    ("The corresponding figures of Son La, Lai Chau and Ha Giang were 98.4%, 97.2% and "
     "96.1%.", "",
     {"98.4%": ("2024", "Son La", "achieved"),
      "96.1%": ("2024", "Ha Giang", "achieved")}),
    ("Nghệ An và Cao Bằng đứng tiếp theo với 4.985 căn và 4.160 căn.", "",
     {"4.985": ("2024", "Nghe An", "achieved"),
      "4.160": ("2024", "Cao Bang", "achieved")}),
    ("Trung tâm mở 18 phiên kết nối với Bắc Giang, Hải Dương và Thái Nguyên; 12.870 "
     "người được tư vấn.", "Bac Ninh", {"12.870": ("2024", "Bac Ninh", "achieved")}),
    ("Huyện Yên Thành dẫn đầu với 1.465 người, huyện miền núi Kỳ Sơn chỉ có 58 người.",
     "Nghe An", {"58": ("2024", "huyện Kỳ Sơn", "achieved")}),
    ("Giá cát tại các tỉnh Đồng bằng sông Cửu Long tăng 41%.", "",
     {"41%": ("2024", "Mekong Delta", "change")}),
    ("On July 11, the ministry met in Hanoi. | 13 of the 34 provinces and cities had "
     "not yet joined the provincial system. | The number of faults was 2,347.", "",
     {"2,347": ("2024", "Vietnam", "achieved")}),
    ("Mười tỉnh, thành phố thí điểm đã tiếp nhận 168.000 hồ sơ.", "",
     {"168.000": ("2024", "Vietnam", "achieved")}),
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
    ("The office has issued 61,200 cards, while the plan for 2024 was 20%.",
     {"61,200": ("2024", "Vietnam", "achieved"), "20%": ("2024", "Vietnam", "target")}),
    ("There were 15,700 masts, while the plan of the year is 68,000 masts and 90% of "
     "the population.", {"90%": ("2024", "Vietnam", "target")}),
    ("Thu ngân sách vượt 9,3% dự toán được giao là 2.000 tỷ đồng; thu phí đạt 268 tỷ "
     "đồng.", {"2.000 tỷ đồng": ("2024", "Vietnam", "target"),
               "268 tỷ đồng": ("2024", "Vietnam", "achieved")}),
    ("Đã có 61/76 dịch vụ, 15 dịch vụ còn lại phải hoàn thành trước ngày 30/6/2025.",
     {"15": ("2025-06-30", "Vietnam", "target")}),
    ("Mr. An proposed that the province support 350 tablets.",
     {"350": ("2024", "Vietnam", "target")}),
    ("Bà Hoa đề nghị Trung ương nâng mức hỗ trợ lên 80 triệu đồng; đã có 1.200 hồ sơ "
     "đề nghị cấp thẻ.", {"80 triệu đồng": ("2024", "Vietnam", "target"),
                         "1.200": ("2024", "Vietnam", "achieved")}),
    ("Tỷ lệ đạt 94,1%, vượt chỉ tiêu 0,1 điểm phần trăm.",
     {"0,1 điểm phần trăm": ("2024", "Vietnam", "change")}),
    ("Năm 2025 phải giảm tỷ lệ hộ nghèo từ 0,8 đến 1 điểm phần trăm.",
     {"0,8": ("2025", "Vietnam", "target")}),
    ("The country has set up 93,524 teams, up 4%.",
     {"93,524": ("2024", "Vietnam", "achieved"), "4%": ("2024", "Vietnam", "change")}),
    ("Thành phố đã khởi công thêm 5 dự án; chi phí giảm thêm 2%.",
     {"5": ("2024", "Vietnam", "achieved"), "2%": ("2024", "Vietnam", "change")}),
    ("Tổng đài nhận 268.300 lượt phản ánh, yêu cầu, mức độ hài lòng 92,4%.",
     {"92,4%": ("2024", "Vietnam", "achieved")}),
    ("It was equal to 104.6% of the estimate set by the Prime Minister.",
     {"104.6%": ("2024", "Vietnam", "achieved")}),
    ("It is forecast that sales in 2025 will reach USD 26 billion.",
     {"USD 26 billion": ("2025", "Vietnam", "estimate")}),
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


TASKS = [
    (
        "The Deputy Minister asked the units for the following tasks:",
        "- Reduce at least 30% of the time of handling files.",
        "30%",
    ),
    (
        "Đồng chí yêu cầu tập trung thực hiện các nhiệm vụ sau:",
        "- Hoàn thành việc làm sạch dữ liệu của 30 xã.",
        "30",
    ),
    ("Key tasks in 2025", "Train 600 drivers for the new ferries.", "600"),
]


@pytest.mark.parametrize(("lead", "item", "raw"), TASKS)
def test_tasks_are_for_the_time_ahead(lead: str, item: str, raw: str) -> None:
    """Under a report of 2024 that speaks in January 2025, no task is for 2024."""
    language: Language = "en" if item.isascii() else "vi"
    found = by_raw(ledger(lead, item, language=language, as_of="2025-01-10"))
    assert (found[raw].period, found[raw].status) == ("2025", "target")


def test_what_was_done_is_no_task() -> None:
    """Though it stands under the heading of the tasks."""
    text = "On this occasion, the Ministry awarded medals to 12 ferrymen."
    found = by_raw(ledger("Key tasks in 2025", text, as_of="2025-01-10"))
    assert found["12"].status == "achieved"


def test_a_clumsy_future_of_a_year_gone_is_a_result() -> None:
    """ "By 2023 it will reach": told in 2024, it was reached; in 2024 it is ahead."""
    gone = "By 2023, sales will reach 25 billion USD."
    ahead = "In 2024 it will build 3 parks."
    found = by_raw(ledger(gone, ahead, as_of="2024-03-01"))
    assert found["25 billion USD"].status == "achieved"
    assert found["3"].status == "target"
