"""The figure ledger: what a report's numbers mean once period, place and status are in.

Each case is a short report of its own; the expectations name, for the figures
that matter, the raw words and what decides whether they answer.
"""

import pytest

from index.records import Language
from tests.ingest.ledger import by_raw, ledger

# text of the report, language, {raw: (period, place, status)}
CASES = [
    # Lists of figures, each with its own period
    ("The share in 2021 and 2022 is 11.91%, 14.26% respectively and in "
     "2023 is estimated "
     "to reach 16.5%.", "en",
     {"11.91%": ("2021", "Vietnam", "achieved"),
      "14.26%": ("2022", "Vietnam", "achieved"),
      "16.5%": ("2023", "Vietnam", "estimate")}),
    ("Tỷ lệ che phủ các năm 2021, 2022 và 2023 lần lượt là 41,89%, "
     "41,96% và 42,02%.", "vi",
     {"41,89%": ("2021", "Vietnam", "achieved"),
      "41,96%": ("2022", "Vietnam", "achieved"),
      "42,02%": ("2023", "Vietnam", "achieved")}),
    # … where they are the last ones of the sentence
    ("The share reached 71.4% in 2024, while in 2021 and 2022 it was 48.2% and 63.5%, "
     "respectively.", "en",
     {"71.4%": ("2024", "Vietnam", "achieved"),
      "48.2%": ("2021", "Vietnam", "achieved"),
      "63.5%": ("2022", "Vietnam", "achieved")}),
    ("In 2024 there were 520 ships and, in 2021, 2022 and 2023, 15 tugs, 16 tugs and "
     "17 tugs respectively.", "en",
     {"520": ("2024", "Vietnam", "achieved"), "15": ("2021", "Vietnam", "achieved"),
      "16": ("2022", "Vietnam", "achieved"), "17": ("2023", "Vietnam", "achieved")}),
    ("It grew fastest for two consecutive years (28% in 2022 and 19% in 2023).", "en",
     {"28%": ("2022", "Vietnam", "achieved"), "19%": ("2023", "Vietnam", "achieved")}),
    ("In the period 2022-2024 the share of adults with signatures rose "
     "from 3% to 13.5%.",
     "en", {"3%": ("2022", "Vietnam", "earlier"),
            "13.5%": ("2024", "Vietnam", "achieved")}),
    ("In 2022, 100% of firms use invoices; the share of sales is 7.5%; "
     "85% of people have "
     "phones.", "en",
     {"100%": ("2022", "Vietnam", "achieved"), "7.5%": ("2022", "Vietnam", "achieved"),
      "85%": ("2022", "Vietnam", "achieved")}),
    # What a figure is held against
    ("Exports in 2024 reached 10 billion USD, up 12.1% compared to 2023 "
     "(8.98 billion USD).",
     "en", {"10 billion USD": ("2024", "Vietnam", "achieved"),
            "12.1%": ("2024", "Vietnam", "change"),
            "8.98 billion USD": ("2023", "Vietnam", "earlier")}),
    ("The index reached 88.12%, up 20 places compared to 2022, when it reached 84.96%.",
     "en", {"88.12%": ("2024", "Vietnam", "achieved"),
            "20": ("2024", "Vietnam", "change"),
            "84.96%": ("2022", "Vietnam", "earlier")}),
    ("Tỷ lệ thất thoát là 21,7%, giảm so với 24,3% của năm 2022.", "vi",
     {"21,7%": ("2024", "Vietnam", "achieved"),
      "24,3%": ("2022", "Vietnam", "earlier")}),
    # … which has a value of its own
    ("The bay had 520 ships, while in the same period of 2023 it was 410.", "en",
     {"520": ("2024", "Vietnam", "achieved"), "410": ("2023", "Vietnam", "achieved")}),
    ("Cảng đón 520 lượt tàu, trong khi cùng kỳ năm 2022 chỉ đạt 410 lượt.", "vi",
     {"520": ("2024", "Vietnam", "achieved"), "410": ("2022", "Vietnam", "achieved")}),
    ("Ships numbered 520, up 12% compared to 2023, and boats 80.", "en",
     {"520": ("2024", "Vietnam", "achieved"), "12%": ("2024", "Vietnam", "change"),
      "80": ("2024", "Vietnam", "achieved")}),
    ("Visitors rose by 58.4% over the same period in 2023.", "en",
     {"58.4%": ("2024", "Vietnam", "change")}),
    ("As of July 16, 2024 there are 533 million transactions (equivalent to 85% of the "
     "number in 2023).", "en",
     {"533 million": ("2024-07-16", "Vietnam", "achieved"),
      "85%": ("2024-07-16", "Vietnam", "achieved")}),
    # Targets and plans
    ("There are over 55.25 million accounts, exceeding the target of 40 "
     "million accounts.",
     "en", {"55.25 million": ("2024", "Vietnam", "achieved"),
            "40 million": ("2024", "Vietnam", "target")}),
    ("Turnover exceeded the set target of 9.5 billion USD by 6%.", "en",
     {"9.5 billion USD": ("2024", "Vietnam", "target"),
      "6%": ("2024", "Vietnam", "change")}),
    ("By the end of 2025, strive to have 100% of procedures online, 80% "
     "of records online.",
     "en", {"100%": ("2025", "Vietnam", "target"),
            "80%": ("2025", "Vietnam", "target")}),
    ("Năm 2023, cả nước trồng được 298 nghìn ha rừng tập trung, đạt 121,7% kế hoạch "
     "(245 nghìn ha).", "vi",
     {"298 nghìn": ("2023", "Vietnam", "achieved"),
      "121,7%": ("2023", "Vietnam", "achieved"),
      "245 nghìn": ("2023", "Vietnam", "target")}),
    ("Kế hoạch vốn đầu tư công năm 2024 là 5.441 tỷ đồng.", "vi",
     {"5.441 tỷ đồng": ("2024", "Vietnam", "target")}),
    ("He requested localities to repair roads; build at least 2 bridges before October "
     "30, 2024.", "en", {"2": ("2024-10-30", "Vietnam", "target")}),
    # A school year under way is no target
    ("In the 2024-2025 school year, the country has 15,256 preschools.", "en",
     {"15,256": ("2024/2025", "Vietnam", "achieved")}),
    # Places
    ("In Hue, 95% of schools are connected, while nationwide the rate is 80%.", "en",
     {"95%": ("2024", "Hue", "achieved"), "80%": ("2024", "Vietnam", "achieved")}),
    ("Trong khu vực, Long An đạt 44,8%; Bến Tre đạt 36,1%.", "vi",
     {"44,8%": ("2024", "Long An", "achieved"),
      "36,1%": ("2024", "Ben Tre", "achieved")}),
    ("Hanoi, Hue and Da Nang reached 10%, 12% and 13% respectively.", "en",
     {"10%": ("2024", "Hanoi", "achieved"), "12%": ("2024", "Hue", "achieved"),
      "13%": ("2024", "Da Nang", "achieved")}),
    ("Thành phố Mỹ Tho và huyện Cái Bè giải ngân lần lượt 71,2% và 63,8%.", "vi",
     {"71,2%": ("2024", "Thành phố Mỹ Tho", "achieved"),
      "63,8%": ("2024", "huyện Cái Bè", "achieved")}),
    ("In Hanoi, the Minister chaired the conference with 300 delegates.", "en",
     {"300": ("2024", "Vietnam", "achieved")}),
    ("Tại Tuyên Quang, tỷ lệ che phủ đạt 65,2%, xếp thứ ba cả nước sau "
     "Bắc Kạn (73,4%).",
     "vi", {"65,2%": ("2024", "Tuyen Quang", "achieved"),
            "thứ ba": ("2024", "Tuyen Quang", "achieved"),
            "73,4%": ("2024", "Bac Kan", "achieved")}),
    ("Tỉnh Tiền Giang giải ngân 52,3%, cao hơn mức bình quân cả nước.", "vi",
     {"52,3%": ("2024", "Tien Giang", "achieved")}),
    # Places of a list, goals behind their figure, years of what is held against
    ("Storms damaged 62 plants, of which Lào Cai had 29, a loss of VND563 billion, and "
     "Yên Bái had 12, a loss of VND178 billion.", "vi",
     {"VND178 billion": ("2024", "Yen Bai", "achieved")}),
    ("Tỷ lệ toàn quốc đạt 19,2%, thấp hơn mục tiêu 21,5% đặt ra cho năm 2025; riêng "
     "vùng đồng bằng sông Cửu Long con số này là 67,4%, còn vùng đồng bằng sông Hồng "
     "là 28,9%.", "vi",
     {"67,4%": ("2024", "Mekong Delta", "achieved"),
      "28,9%": ("2024", "Red River Delta", "achieved")}),
    ("Japan remained the largest market with USD 16.7 billion, followed by Thailand "
     "with USD 4.57 billion and China with USD 1.1 billion.", "en",
     {"USD 16.7 billion": ("2024", "Japan", "achieved"),
      "USD 4.57 billion": ("2024", "Thailand", "achieved"),
      "USD 1.1 billion": ("2024", "China", "achieved")}),
    ("By the end of 2024, at least 50% of files are to be handled online and 100% of "
     "ministries must open their data.", "en",
     {"50%": ("2024", "Vietnam", "target"), "100%": ("2024", "Vietnam", "target")}),
    ("Under the campaign 153,000 houses must be removed, of which 88,600 had been "
     "completed.", "en",
     {"153,000": ("2024", "Vietnam", "target"),
      "88,600": ("2024", "Vietnam", "achieved")}),
    ("Trade made up 18.6% in 2024 and 14.3% in 2022, while the plan for 2024 had been "
     "set at 19%.", "en", {"19%": ("2024", "Vietnam", "target")}),
    ("Clothing came first, bought by 74% of shoppers.", "en",
     {"74%": ("2024", "Vietnam", "achieved")}),
    ("Prices were cut in the spring by 12%.", "en",
     {"12%": ("2024", "Vietnam", "change")}),
    ("Tỷ lệ hài lòng đạt 79,5%, chưa đạt mức 85% mà kế hoạch năm đề ra.", "vi",
     {"79,5%": ("2024", "Vietnam", "achieved"), "85%": ("2024", "Vietnam", "target")}),
    ("In comparison with 2023, the share rose. | The portal had 52.3 million "
     "files.", "en",
     {"52.3 million": ("2024", "Vietnam", "achieved")}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "language", "expected"), CASES)
def test_a_sentence_gives_each_figure_its_period_place_and_status(
    text, language, expected
) -> None:
    """No figure takes over what belongs to its neighbour."""
    found = by_raw(ledger(text, language=language))
    read = {raw: (f.period, f.place, f.status) for raw, f in found.items()}
    assert {raw: read.get(raw) for raw in expected} == expected


def test_offsets_quote_the_raw_words() -> None:
    """Every figure and date can be found again, character for character."""
    texts = ["In 2024, 45% of 1,200 firms paid.", "By June 30, 2025: 5 billion VND."]
    page = " ".join(texts)
    for figure in ledger(" | ".join(texts)):
        assert page[figure.start : figure.end] == figure.raw
        assert figure.clause_start <= figure.start < figure.clause_end


def test_a_place_holds_until_the_text_moves_on() -> None:
    """A province holds for the paragraph; a new one is the nation's again."""
    found = by_raw(
        ledger(
            "In Lang Son, 31% of firms pay. | 32% of schools do.", "33% of banks do."
        )
    )
    assert [f.place for f in found.values()] == ["Lang Son", "Lang Son", "Vietnam"]


def test_the_province_is_the_one_the_report_speaks_of() -> None:
    """Another province named in passing does not become "the province"."""
    found = by_raw(
        ledger(
            "In Ca Mau province, exports reached 31 tons. | Ca Mau leads, followed by "
            "Soc Trang with 32 tons. | The farming area of the province is 33 ha.",
        )
    )
    assert [found[raw].place for raw in ("31", "32", "33")] == [
        "Ca Mau", "Soc Trang", "Ca Mau"]  # fmt: skip


def test_a_national_target_does_not_move_a_province() -> None:
    """What stands behind the first figure sets no scene for it."""
    found = by_raw(
        ledger(
            "Tại Tiền Giang, có 12 dự án. | Phấn đấu tỉnh giải ngân đạt 98%; mục tiêu "
            "chung của cả nước là trên 95%.",
            language="vi",
        )
    )
    assert (found["98%"].place, found["95%"].place) == ("Tien Giang", "Vietnam")


def test_a_prime_ministers_decision_speaks_for_the_nation() -> None:
    """A national plan is not the province's that was spoken of before."""
    found = by_raw(
        ledger(
            "Ca Mau province has 12 ports. | According to Decision No. 339/QD-TTg of "
            "the Prime Minister, by 2030 exports will reach 14 billion USD.",
        )
    )
    assert found["14 billion USD"].place == "Vietnam"
    assert found["14 billion USD"].status == "target"


def test_a_period_at_the_head_holds_for_the_paragraph() -> None:
    """An undated sentence takes the period stated before it."""
    found = by_raw(ledger("In 2022, 31% paid. | Another 32% did not."))
    assert [f.period for f in found.values()] == ["2022", "2022"]


def test_a_borrowed_subject_says_what_is_counted() -> None:
    """A sentence that says only where counts what the one before counted."""
    found = by_raw(ledger("The rate of connected schools is 80%. | In Hue: 95%."))
    assert "schools" in found["95%"].subject


def test_a_report_of_a_province_is_about_that_province() -> None:
    """Undated and unplaced figures are the report's own."""
    (figure,) = ledger("45% of firms pay.", place="Hue", period="2023")
    assert (figure.place, figure.period) == ("Hue", "2023")


def test_dates_are_in_the_ledger_too() -> None:
    """A question may ask when; a date has no value and keeps its role."""
    (date,) = ledger("Applications close before June 30, 2025.")
    assert (date.kind, date.value, date.period, date.unit) == (
        "date", None, "2025-06-30", "by")  # fmt: skip


# text of a report on 2024 given on 10 April 2025, {raw: (period, place, status)}
SPOKEN_IN_APRIL = [
    # Counted from the day on which it is said
    ("By the end of this year coverage must reach 95%.", "en",
     {"95%": ("2025", "Vietnam", "target")}),
    ("Bed occupancy fell to 96% last year.", "en",
     {"96%": ("2024", "Vietnam", "achieved")}),
    ("In the first quarter of 2025, turnover reached 312 million USD.", "en",
     {"312 million USD": ("2025-Q1", "Vietnam", "achieved")}),
    ("Tính đến ngày 31/3/2025, tỷ lệ đạt 85,3%.", "vi",
     {"85,3%": ("2025-03-31", "Vietnam", "achieved")}),
    ("In the fourth quarter, 12 projects were opened.", "en",
     {"12": ("2024-Q4", "Vietnam", "achieved")}),
    # Counted from what the sentence speaks of
    ("At the end of 2023 there were 341,000, against 290,000 a year earlier.", "en",
     {"341,000": ("2023", "Vietnam", "achieved"),
      "290,000": ("2022", "Vietnam", "earlier")}),
    ("In Q1 2025 it paid 36 billion USD, 30 billion USD in the same quarter of last "
     "year.", "en", {"30 billion USD": ("2024-Q1", "Vietnam", "achieved")}),
    # The day of a meeting dates no figure
    ("In 2024, according to a report at a dialogue on April 10, 2025, trade amounted "
     "to 1,124 million USD, up 25.4% from 896 million USD in 2023.", "en",
     {"1,124 million USD": ("2024", "Vietnam", "achieved"),
      "25.4%": ("2024", "Vietnam", "change"),
      "896 million USD": ("2023", "Vietnam", "earlier")}),
    # A period beside a figure is that figure's, not the one's before it
    ("The fund spent 142 billion USD, against 120 billion USD in 2023.", "en",
     {"142 billion USD": ("2024", "Vietnam", "achieved"),
      "120 billion USD": ("2023", "Vietnam", "earlier")}),
    ("Xuất khẩu phần mềm mang về 46,5 triệu USD, trong khi năm 2023 là 38,2 triệu USD.",
     "vi", {"46,5 triệu USD": ("2024", "Vietnam", "achieved"),
            "38,2 triệu USD": ("2023", "Vietnam", "achieved")}),
    ("Tỷ trọng năm 2022 là 8,7%, năm 2023 nhích lên 10,9% và năm 2024 ước đạt 13,6%.",
     "vi", {"10,9%": ("2023", "Vietnam", "achieved"),
            "13,6%": ("2024", "Vietnam", "estimate")}),
    ("Coverage was 97.6% by the end of 2024 (97.2% in 2023).", "en",
     {"97.6%": ("2024", "Vietnam", "achieved"),
      "97.2%": ("2023", "Vietnam", "achieved")}),
    ("It recorded 93.8%; the province has undertaken to bring it to 94.5% in 2025.",
     "en", {"93.8%": ("2024", "Vietnam", "achieved")}),
    ("It has digitised 1.36 million parcels and intends to finish before December 31, "
     "2025.", "en", {"1.36 million": ("2024", "Vietnam", "achieved")}),
    # Another figure's year, another place's turn
    ("Các lực lượng đã phạt 738 người, so với 614 người và 4,3 tỷ đồng của năm 2023.",
     "vi", {"738": ("2024", "Vietnam", "achieved")}),
    ("In Hau Giang, women receive 1.5 million VND, while in Bac Lieu the payment is 2 "
     "million VND.", "en", {"1.5 million VND": ("2024", "Hau Giang", "achieved"),
                            "2 million VND": ("2024", "Bac Lieu", "achieved")}),
    ("In 2024 the share was 9.1%, and the plan sets a target of 20% by 2030.", "en",
     {"9.1%": ("2024", "Vietnam", "achieved"), "20%": ("2030", "Vietnam", "target")}),
    ("Growth is to be over 8% in 2025 and double-digit in the years after.", "en",
     {"8%": ("2025", "Vietnam", "target")}),
    ("It has the fastest growth in Southeast Asia with 19%.", "en",
     {"19%": ("2024", "Vietnam", "achieved")}),
    # A change goes on
    ("Giao dịch tăng 47,3% về số lượng và 31,6% về giá trị.", "vi",
     {"47,3%": ("2024", "Vietnam", "change"), "31,6%": ("2024", "Vietnam", "change")}),
    ("Exports made up 338 million USD of the total.", "en",
     {"338 million USD": ("2024", "Vietnam", "achieved")}),
    # Whose figure it is
    ("Dien Bien led the country with 99.3%.", "en",
     {"99.3%": ("2024", "Dien Bien", "achieved")}),
    ("Đồng Nai có số người chết cao thứ hai, chỉ sau TP Hồ Chí Minh, với 218 người.",
     "vi", {"218": ("2024", "Dong Nai", "achieved")}),
    ("The output was high: in the Central Highlands there were 8.9 doctors per 10,000 "
     "people.", "en", {"8.9": ("2024", "Central Highlands", "achieved")}),
    ("In Nghe An, the share of patients referred to Hanoi had fallen to 21%.", "en",
     {"21%": ("2024", "Nghe An", "achieved")}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    SPOKEN_IN_APRIL,
    ids=[case[0][:50] for case in SPOKEN_IN_APRIL],
)
def test_a_report_speaks_from_its_day(
    text: str, language: Language, expected: dict[str, tuple[str, str, str]]
) -> None:
    """Years before, to come and going on are counted from when it is said."""
    found = by_raw(ledger(text, language=language, as_of="2025-04-10"))
    known = {raw: (f.period, f.place, f.status) for raw, f in found.items()}
    assert {raw: known.get(raw) for raw in expected} == expected


def test_machines_are_no_month_of_may() -> None:
    """ "14 máy" folds to "14 may"."""
    found = by_raw(ledger("Còn 268 máy, giảm 14 máy.", language="vi"))
    assert {raw: f.status for raw, f in found.items()} == {
        "268": "achieved",
        "14": "change",
    }


def test_what_figures_are_counted_per_is_none_itself() -> None:
    """ "8.9 doctors per 10,000 people" has one figure."""
    assert list(by_raw(ledger("There were 8.9 doctors per 10,000 people."))) == ["8.9"]


def test_units_may_stand_against_their_number() -> None:
    """ "VND98.3 trillion" is money without a space."""
    found = by_raw(ledger("They paid VND98.3 trillion and USD5 a tonne."))
    assert {raw: f.kind for raw, f in found.items()} == {
        "VND98.3 trillion": "money",
        "USD5": "money",
    }
