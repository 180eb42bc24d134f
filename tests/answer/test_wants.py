"""Question words of both languages, to what is asked for."""

import pytest

from answer.asked import (
    asks_latest,
    asks_number,
    counted_at,
    grain_of,
    names_target,
    says_average,
    says_percent,
    status_asked,
    which_words,
)
from answer.question import Want
from answer.wants import base_want, want_of
from index.grammar.words import fold

WANTS = [
    ("What percentage of households have clean water?", Want.SHARE),
    ("What was the vaccination rate in 2023?", Want.SHARE),
    ("Tỷ lệ hộ dân có nước sạch là bao nhiêu?", Want.SHARE),
    ("Bao nhiêu phần trăm trẻ em được tiêm chủng?", Want.SHARE),
    ("How many vaccination points are there?", Want.COUNT),
    ("What is the number of schools with a kitchen?", Want.COUNT),
    ("Có bao nhiêu điểm tiêm chủng trên cả nước?", Want.COUNT),
    ("Có mấy trường tham gia?", Want.COUNT),
    ("How much did the ports earn in 2024?", Want.MONEY),
    ("What was the export revenue of the shrimp farms?", Want.MONEY),
    ("Kim ngạch xuất khẩu tôm là bao nhiêu?", Want.MONEY),
    ("Cơ sở dữ liệu quốc gia có bao nhiêu lượt truy cập?", Want.COUNT),
    ("Where does the province rank?", Want.RANK),
    ("Tỉnh xếp thứ mấy về nước sạch?", Want.RANK),
    ("Huyện đứng thứ bao nhiêu?", Want.RANK),
    ("Năm 2025 cảng được giao thu bao nhiêu?", Want.FIGURE),
    ("What is its value on the component index of piers?", Want.FIGURE),
    ("Which group of provinces should its clean water index be in?", Want.RANK),
    ("Where does the governor want us on the ports league table?", Want.RANK),
    ("Where did the ferry land?", Want.THING),
    ("share of brick classrooms 2021 to 2023, development", Want.CHANGE),
    ("Where did the province land in the ranking of clean water?", Want.RANK),
    ("How much better is that than the year before?", Want.GROWTH),
    ("How many times were ships turned away?", Want.COUNT),
    ("Năm qua tàu bị phạt bao nhiêu lần?", Want.COUNT),
    ("How many times did the traffic increase?", Want.MULTIPLE),
    ("Sản lượng tăng gấp mấy lần?", Want.MULTIPLE),
    ("By how much did rice exports rise?", Want.GROWTH),
    ("Xuất khẩu gạo tăng bao nhiêu so với năm trước?", Want.GROWTH),
    ("When was the programme approved?", Want.DATE),
    ("Chương trình được phê duyệt khi nào?", Want.DATE),
    ("What is the deadline for the survey?", Want.DATE),
    ("How many homes were dark when the storm peaked?", Want.COUNT),
    ("Who chaired it when it opened?", Want.PERSON),
    ("Who led the meeting in Lang Son?", Want.PERSON),
    ("Who led the ranking?", Want.THING),
    ("Name of the public health minister at the review?", Want.PERSON),
    ("Người đứng đầu tỉnh tên gì?", Want.PERSON),
    ("When it was a year old, to how many clinics was it linked?", Want.COUNT),
    ("What is the campaign meant to achieve?", Want.EXPLAIN),
    ("Thủ tướng khởi động hệ thống gì?", Want.THING),
    ("Năm nhiệm vụ trong thông báo về nước sạch", Want.LIST),
    ("What has happened to the share of forests since 2020?", Want.CHANGE),
    ("Lên được mấy bậc?", Want.GROWTH),
    ("Số hồ sơ tăng thế nào từ cuối 2022 tới tháng 4/2024?", Want.CHANGE),
    ("How many provinces are in the ranking?", Want.COUNT),
    ("Có bao nhiêu tỉnh trong bảng xếp hạng?", Want.COUNT),
    ("Who chaired the conference?", Want.PERSON),
    ("Ai chủ trì hội nghị?", Want.PERSON),
    ("Which official signed the circular?", Want.PERSON),
    ("Which ministry is in charge of water quality?", Want.BODY),
    ("Cơ quan nào chịu trách nhiệm về chất lượng nước?", Want.BODY),
    ("What was the theme of the conference?", Want.THING),
    ("Which law regulates the use of groundwater?", Want.THING),
    ("List the tasks for next year.", Want.LIST),
    ("Những giải pháp nào được đề ra?", Want.LIST),
    ("Tỉnh đề ra những nhiệm vụ nghề cá, bến cảng nào?", Want.LIST),
    ("Why was there a shortage of vaccines?", Want.EXPLAIN),
    ("Vì sao thiếu vắc xin?", Want.EXPLAIN),
    ("How has the forest cover changed over the years?", Want.CHANGE),
    ("Độ che phủ rừng thay đổi như thế nào qua các năm?", Want.CHANGE),
    ("How does 2024 compare with 2023?", Want.COMPARE),
    ("So sánh tỷ lệ tiêm chủng năm 2022 và năm 2023", Want.COMPARE),
    # Lists by their number of items, or to be spelt out
    ("Spell out the duties of the harbour board", Want.LIST),
    ("Three safe harbours?", Want.LIST),
    ("Which officials from the port attended?", Want.LIST),
    ("What are the chairman's duties?", Want.LIST),
    # Some number, of no kind that is named
    ("Which number did the port name for its piers?", Want.FIGURE),
    ("Con số nào được nêu cho số cầu?", Want.FIGURE),
    ("What had the harbour aimed for in 2024?", Want.FIGURE),
    ("What does fishing contribute to the budget?", Want.FIGURE),
    ("What would the tolls amount to?", Want.FIGURE),
    ("How soon do ships get a berth when they call?", Want.FIGURE),
    # An office asks for its holder, unless something else of it is asked
    ("Which official of the port signed it?", Want.PERSON),
    ("Giám đốc cảng tên là gì?", Want.PERSON),
    ("Giám đốc cảng đến thăm khi nào?", Want.DATE),
    ("Bộ trưởng phát biểu ngày nào?", Want.DATE),
    ("The chairman of the port: full name?", Want.PERSON),
    ("Người ký quyết định: họ và tên đầy đủ?", Want.PERSON),
    # Growth, and how things stand beside others
    ("How fast did catches of tuna grow in 2024?", Want.GROWTH),
    ("At what pace were ports expanding?", Want.GROWTH),
    ("At what rate do exports of squid increase?", Want.GROWTH),
    ("Sản lượng phải tăng tối thiểu bao nhiêu?", Want.GROWTH),
    ("Lượng khách tăng ít nhất mấy phần trăm?", Want.GROWTH),
    ("So với năm 2022 thì ra sao?", Want.COMPARE),
    ("Số tàu năm 2023 so với năm 2022 như thế nào?", Want.COMPARE),
    ("How did the fleet develop from 2020 to 2024?", Want.CHANGE),
    # What is counted, where a share or a list of ranks stands by
    ("Có bao nhiêu cảng đạt tỷ lệ 90%?", Want.COUNT),
    ("How many ships have a share of the quota?", Want.COUNT),
    ("How many percent of ships have a crane?", Want.SHARE),
    ("Out of the eleven tasks of the board, how many were done?", Want.RATIO),
    # What is the point, on what terms, how come
    ("What's the point of giving the fishers free nets?", Want.EXPLAIN),
    ("What is meant by a floating school?", Want.EXPLAIN),
    ("Under what conditions is a ferry let off the fee?", Want.EXPLAIN),
    ("Reasons the harbour was closed so long?", Want.EXPLAIN),
    ("How does the port account for its poor ranking?", Want.EXPLAIN),
    ("Có lưới mới mà sao ngư dân cứ dùng lưới cũ?", Want.EXPLAIN),
    ("Chủ tàu được miễn phí với điều kiện nào?", Want.EXPLAIN),
    # Several: lists, whatever is ranked or counted beside them
    ("Which districts lead in the number of wells?", Want.LIST),
    ("Areas in which fishing is to stop?", Want.LIST),
    ("What was asked of the ferry firms?", Want.LIST),
    ("Những ai được miễn vé phà?", Want.LIST),
    ("Những bến cảng nào được xếp hạng cao nhất?", Want.LIST),
    ("Giám đốc nêu năm nhóm nhiệm vụ nào?", Want.LIST),
    ("Kể giúp tôi các bến cảng đã mở", Want.LIST),
    # Names: of a paper by its number, of what is called so, of who does it
    ("Bến cảng được mở theo quyết định số mấy?", Want.THING),
    ("Tỉnh ban hành văn bản số bao nhiêu về phí cầu cảng?", Want.THING),
    ("What is the number of the notice on ferry fees?", Want.THING),
    ("What is the ticket system of the ferries called?", Want.THING),
    ("What's the online map where fishers see the tides?", Want.THING),
    ("Ứng dụng xem thủy triều tên gì?", Want.THING),
    ("Which place has the highest share of wells?", Want.THING),
    ("Who signed the decision on the port ranking?", Want.PERSON),
    ("Head of the port office?", Want.PERSON),
    ("Ai chủ trì cuộc họp về xếp hạng cảng?", Want.PERSON),
    # Figures
    ("What score did the port get?", Want.FIGURE),
    ("What's the ferry fee plan for the full year?", Want.MONEY),
    ("What were the online sales of dried squid?", Want.MONEY),
    ("Wells that work, what are we at?", Want.FIGURE),
    ("By year end, how many piers should there be?", Want.COUNT),
    ("How high was the goal for the piers?", Want.FIGURE),
    # Over time
    ("Evolution of the catch, 2020 to 2024", Want.CHANGE),
    ("Are ferries getting any faster?", Want.CHANGE),
    ("Did the port lose ships in 2024 compared with 2023?", Want.CHANGE),
    ("Số tàu mấy năm gần đây ra sao?", Want.CHANGE),
    ("Lượng cá có tăng lên không?", Want.CHANGE),
    ("Landings: Q1 2025 against Q1 2024?", Want.COMPARE),
    ("What minimum rise in landings is aimed at?", Want.GROWTH),
    ("Which was higher, the catch of 2022 or that of 2023?", Want.COMPARE),
    ("Bốc dỡ năm nay nhanh hay chậm hơn cùng kỳ?", Want.COMPARE),
]


@pytest.mark.parametrize(("question", "want"), WANTS)
def test_question_words_tell_what_is_asked_for(question: str, want: Want) -> None:
    """The kind of answer is read off the question, in either language."""
    assert want_of(question) is want


@pytest.mark.parametrize(("question", "want"), WANTS)
def test_officials_may_type_without_marks_or_capitals(
    question: str, want: Want
) -> None:
    """A question typed without diacritics asks for the same thing."""
    assert want_of(fold(question)) is want


@pytest.mark.parametrize(
    ("question", "want"),
    [
        ("Which province shares data with the ministry?", Want.THING),
        ("Ban nào chia sẻ dữ liệu với các sở?", Want.BODY),
        ("What percntage of households have clean water?", Want.SHARE),
        ("Clean water in the villages", Want.FIGURE),
        # A province, and how things have gone ("diễn biến").
        ("What share of Dien Bien homes have clean water?", Want.SHARE),
        ("Điện Biên còn bao nhiêu xã chưa có giếng?", Want.COUNT),
        ("Diễn biến số giếng qua các năm", Want.CHANGE),
        ("Dien bien so gieng qua cac nam", Want.CHANGE),
        ("Chỉ tiêu thương mại điện tử năm 2025 tối thiểu bao nhiêu?", Want.FIGURE),
        ("Đơn vị điện lực nào lỗ nhiều nhất?", Want.THING),
        ("Văn bản nào miễn phí cầu cảng?", Want.THING),
    ],
)
def test_likely_slips(question: str, want: Want) -> None:
    """Verbs that look like nouns, misspelt question words, and none at all."""
    assert want_of(question) is want


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("What share reached the villages in 2024?", "achieved"),
        ("What is the target for 2030?", "target"),
        ("How many wells should be built by 2026?", "target"),
        ("Mục tiêu đến năm 2030 là bao nhiêu?", "target"),
        ("Năm 2025 phải đạt bao nhiêu phần trăm?", "target"),
        ("Năm 2023 đã đạt bao nhiêu phần trăm?", "achieved"),
        ("Which goals have been achieved?", "achieved"),
        ("What share of households have clean water?", None),
        ("Tỷ lệ hộ có nước sạch là bao nhiêu?", None),
        # "chia sẻ" is to share, not the "sẽ" of the future.
        ("Các xã chia sẻ bao nhiêu giếng?", None),
    ],
)
def test_target_or_achieved(question: str, status: str | None) -> None:
    """A result is not a target; where the words leave it open, nothing is read in."""
    assert status_asked(question) == status


def test_only_the_word_itself_names_a_target() -> None:
    """ "Should" leaves it open whether a target is meant; "target" does not."""
    assert names_target("What is the target for 2030?")
    assert names_target("Chỉ tiêu năm 2030 là bao nhiêu?")
    assert not names_target("How many wells should be built?")


@pytest.mark.parametrize(
    ("question", "grain"),
    [
        ("In which year was it founded?", "year"),
        ("Luật có hiệu lực từ năm nào?", "year"),
        ("In what month does the season begin?", "month"),
        ("On what date was it signed?", "day"),
        ("Hội nghị diễn ra ngày nào?", "day"),
        ("When was it signed?", ""),
        ("Ký khi nào?", ""),
    ],
)
def test_how_fine_a_date_is_asked_for(question: str, grain: str) -> None:
    """ "Which year" is answered by a year, "when" by any date."""
    assert grain_of(question) == grain


@pytest.mark.parametrize(
    ("question", "percent"),
    [
        ("What percentage of wells are tested?", True),
        ("How many of the wells are tested?", True),
        ("Tỷ lệ giếng được kiểm tra?", True),
        ("How many % of wells are tested?", True),
        ("How many wells are tested?", False),
        ("Có bao nhiêu giếng được kiểm tra?", False),
    ],
)
def test_whether_percent_is_asked_for(question: str, percent: bool) -> None:
    """Only then may a count be answered in percent."""
    assert says_percent(question) is percent


@pytest.mark.parametrize(
    ("question", "latest"),
    [
        ("What is the latest coverage?", True),
        ("Số liệu mới nhất là bao nhiêu?", True),
        ("How many so far?", True),
        ("How many in 2022?", False),
    ],
)
def test_whether_the_newest_is_asked_for(question: str, latest: bool) -> None:
    """ "Latest", "so far" and "mới nhất" ask for the newest figure."""
    assert asks_latest(question) is latest


@pytest.mark.parametrize(
    ("text", "average"),
    [
        ("How many transactions per day?", True),
        ("Bình quân mỗi tỉnh có bao nhiêu giếng?", True),
        ("thu nhập 5 triệu đồng/người/tháng", True),
        ("How many per cent of the wells?", False),
        ("Có một xã chưa có nước sạch", False),
    ],
)
def test_whether_an_average_is_meant(text: str, average: bool) -> None:
    """A whole is no answer to what was asked per day or per head."""
    assert says_average(text) is average


def test_what_a_number_is_asked_of() -> None:
    """The words behind "how many" and "which" name what is counted or sought."""
    question = "How many wells were built?"
    at = counted_at(question)
    assert at is not None
    assert question[at:].startswith("wells")
    assert counted_at("Who built the wells?") is None
    assert which_words("Which province has the most wells?")[0] == "province"
    assert which_words("Tỉnh nào có nhiều giếng nhất?")[-1] == "tinh"
    assert which_words("Why?") == ()


def test_a_number_is_asked_for_in_so_many_words() -> None:
    """ "What was the harvest" may be answered by what is said about it."""
    assert asks_number("How much rice was harvested?")
    assert asks_number("Sản lượng lúa là bao nhiêu?")
    assert not asks_number("What was the harvest?")


def test_a_change_is_a_change_of_some_kind_of_figure() -> None:
    """The kind of figure is known also where its change is asked for."""
    assert base_want("How has the vaccination rate changed?") is Want.SHARE
    assert base_want("How has the number of schools changed?") is Want.COUNT
    assert base_want("Tỷ lệ tiêm chủng thay đổi thế nào?") is Want.SHARE
    assert base_want("Số bến tăng từ bao nhiêu lên bao nhiêu?") is not Want.GROWTH
    assert base_want("Số bến tăng bao nhiêu phần trăm?") is Want.GROWTH
