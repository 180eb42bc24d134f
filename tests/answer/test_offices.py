"""Offices that a question names, and who holds them."""

import pytest

from answer.offices import office_fit, offices_in


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("Who is the Minister of Health?", 1),
        ("Ai là Chủ tịch UBND tỉnh?", 1),
        ("Who chaired the meeting?", 0),  # chairing is no office
        ("Ai chủ trì hội nghị?", 0),
        ("Who dug the wells?", 0),
    ],
)
def test_offices_in_a_question(question: str, count: int) -> None:
    """An office names a person; a verb does not."""
    assert len(offices_in(question)) == count


@pytest.mark.parametrize(
    ("around", "fits"),
    [
        ("Minister of Health Dao Hong Lan", True),
        ("Deputy Minister of Health Tran Van Thuan", False),
        ("Director Le Van Binh", False),
        ("Prime Minister Pham Van An", False),
    ],
)
def test_how_well_an_office_fits(around: str, fits: bool) -> None:
    """The minister is neither the deputy, a director, nor the prime minister."""
    question = "Who is the Minister of Health?"
    assert (office_fit(offices_in(question), question, around) == 1) is fits


def test_a_citys_director_is_no_deputy() -> None:
    """ "Thành phố" (city) has the syllable of "phó" (deputy)."""
    question = "Giám đốc Cục Thuế Thành phố Huế là ai?"
    around = "Ms. Duong Le An, Director of the Hue City Tax Department"
    assert office_fit(offices_in(question), question, around) == 1
