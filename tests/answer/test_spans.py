"""People, bodies, documents and lists as they stand in sentences."""

import pytest

from answer.spans import Span, bodies, list_part, people, places, things


def texts(spans: list[Span]) -> list[str]:
    """The spans as they stand."""
    return [span.text for span in spans]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "Deputy Minister Tran Quang Hoai chaired the conference.",
            ["Deputy Minister Tran Quang Hoai"],
        ),
        (
            "It was chaired by Mr. Huynh Thanh Nhan from the ministry.",
            ["Mr. Huynh Thanh Nhan"],
        ),
        ("Thứ trưởng Lê Công Hiệp dự hội nghị.", ["Thứ trưởng Lê Công Hiệp"]),
        (
            "Chủ trì hội nghị có bà Triệu Kim Oanh.",
            ["bà Triệu Kim Oanh"],
        ),
        ("Dr. Smith presented the method.", ["Dr. Smith"]),
        # Given names that are words of other things too, and long offices.
        ("Minister Nguyen Thanh Nghi spoke.", ["Minister Nguyen Thanh Nghi"]),
        ("Mr. Trinh Van Quyet spoke.", ["Mr. Trinh Van Quyet"]),
        (
            "At Bac Giang, Chairman of the Provincial People's Committee Nguyen Viet "
            "Oanh chaired.",
            ["Chairman of the Provincial People's Committee Nguyen Viet Oanh"],
        ),
        (
            "Nguyen Van Thang Deputy Director General spoke.",
            ["Nguyen Van Thang"],
        ),
        ("It flooded Vo Van Kiet Street and Ha Long Bay.", []),
        # Provinces that could be people's names, and bodies with such words.
        ("Wells were dug in Ho Chi Minh City and Quang Ninh.", []),
        ("The conference took place in Lang Son province.", []),
        ("Hội nghị diễn ra tại tỉnh Quảng Trị.", []),
        # Words of offices that look like surnames without their marks
        ("Đồng chí Trưởng Ban Chỉ đạo kết luận.", []),
        ("Ông Trương Ban Mai dự họp.", ["Ông Trương Ban Mai"]),
        ("Đồng chí Phó Trưởng Đoàn phát biểu.", []),
        ("The Ministry of Health reported on Monday.", []),
        ("In 2024, wells were dug.", []),
    ],
)
def test_people_come_with_their_titles(sentence: str, found: list[str]) -> None:
    """Names in English and Vietnamese order; provinces are no people."""
    assert texts(people(sentence)) == found


def test_the_bare_name_is_known_inside_the_title() -> None:
    """The name alone tells whether the question named the person already."""
    sentence = "Deputy Minister Tran Quang Hoai chaired it."
    (span,) = people(sentence)
    assert sentence[span.core_start : span.core_end] == "Tran Quang Hoai"
    assert sentence[span.start : span.end] == span.text


@pytest.mark.parametrize(
    ("sentence", "body"),
    [
        (
            "The Ministry of Agriculture and Environment checks it.",
            "Ministry of Agriculture and Environment",
        ),
        ("It is run by the World Bank.", "World Bank"),
        ("The State Audit Office reported on milk.", "State Audit Office"),
        ("Ủy ban nhân dân tỉnh tổ chức hội nghị.", "Ủy ban nhân dân tỉnh"),
        ("Do UBND tỉnh Lạng Sơn quản lý.", "UBND tỉnh Lạng Sơn"),
        ("Quốc hội thông qua luật.", "Quốc hội"),
    ],
)
def test_bodies(sentence: str, body: str) -> None:
    """Ministries, committees, banks and the like, by their kinds of name."""
    assert any(body in text for text in texts(bodies(sentence)))


@pytest.mark.parametrize(
    ("sentence", "thing"),
    [
        ("It had the theme “Water for every village”.", "Water for every village"),
        ('Chủ đề là "Nước sạch cho mọi nhà".', "Nước sạch cho mọi nhà"),
        ("It follows Circular No. 41/2024/TT-BNN.", "Circular No. 41/2024/TT-BNN"),
        ("Theo Quyết định số 816/QĐ-BNN, rừng tăng.", "Quyết định số 816/QĐ-BNN"),
        ("It passed the Law on Water Resources.", "Law on Water Resources"),
        ("The data come from the GreenField platform.", "GreenField"),
    ],
)  # fmt: skip
def test_named_things(sentence: str, thing: str) -> None:
    """Quoted themes, documents by their numbers, laws and proper names."""
    assert any(thing in text for text in texts(things(sentence)))


@pytest.mark.parametrize(
    ("sentence", "body"),
    [
        ("Sở phối hợp với Công ty An ninh mạng VNCS Global thực hiện.",
         "Công ty An ninh mạng VNCS Global"),
        ("Công ty Điện lực Sơn La cho biết Bộ Y tế đã họp.", "Công ty Điện lực Sơn La"),
        ("It was built by Truong Son Logistics Joint Stock Company in May.",
         "Truong Son Logistics Joint Stock Company"),
        ("Sa Dec General Hospital was the first.", "Sa Dec General Hospital"),
    ],
)  # fmt: skip
def test_firms_and_hospitals_are_named_whole(sentence: str, body: str) -> None:
    """Words in lower case belong to a firm's name, verbs do not."""
    assert body in texts(bodies(sentence))


def test_a_currency_is_no_name() -> None:
    """ "7,533 billion VND and VNPT won …": the firm, not the money."""
    found = texts(
        things("It was won by Viettel for 7 billion VND and VNPT for 2 billion VND.")
    )
    assert found == ["Viettel", "VNPT"]


def test_the_first_word_of_a_sentence_is_no_name() -> None:
    """Every sentence has a capital there."""
    assert "Wells" not in texts(things("Wells were dug in Hue."))
    assert "In Hue" not in texts(things("In Hue, wells were dug."))


def test_places_are_named_as_they_stand() -> None:
    """Provinces and countries, in the order of the sentence."""
    sentence = "Lang Son exports to Japan, as Cao Bang does."
    assert texts(places(sentence)) == ["Lang Son", "Japan", "Cao Bang"]


def test_spans_stand_where_they_say() -> None:
    """Start and end point into the sentence, so the headline can be copied."""
    sentence = "Bộ trưởng Nguyễn Văn An nói tại Hà Nội về Quyết định số 12/QĐ-TTg."
    for finder in (people, bodies, things, places):
        for span in finder(sentence):
            assert sentence[span.start : span.end] == span.text


@pytest.mark.parametrize(
    ("sentence", "items"),
    [
        ("The tasks are: build wells, train staff, test water.", "build wells,"),
        ("Markets include Japan, Korea and China.", "Japan,"),
        ("Nhiệm vụ gồm: xây giếng; đào tạo; kiểm tra.", "xây giếng;"),
        ("The wells were dug in spring.", None),
        ("The depth was: 1,250 metres.", None),
    ],
)
def test_a_list_starts_behind_what_announces_it(
    sentence: str, items: str | None
) -> None:
    """A decimal comma parts no items."""
    part = list_part(sentence)
    if items is None:
        assert part is None
    else:
        assert part is not None
        assert sentence[slice(*part)].startswith(items)
