"""Which of the figures that stand in one sentence answers, end to end.

Reports made for it, with a working encoder that knows no meaning: what decides is
what the words around each figure say.
"""

from collections.abc import Callable, Mapping

import pytest

from answer.assistant import Assistant
from answer.draft import Draft, Refusal
from answer.trust import ACCEPT

REPORTS = {
    "teachers.txt": """Schools of Yen Bai province in 2024

Published: 2024-10-05

The province lacks 2,134 teachers, most of them in preschools (918) and primary \
schools (640). Yen Bai has 675 reservoirs, of which 340 are badly damaged and need \
urgent repair.

So far 14 offices and 52 communes have published a list of wells.

Van Yen district has 51.3% of its classrooms in brick, while Mu Cang Chai has 38.2% \
and Tram Tau 41.7%.
""",
    "workers.txt": """Workers abroad in 2023

Published: 2024-01-15

In 2023 Japan received 80,010 workers, Taiwan (China) 58,620 and South Korea 11,626. \
Storm No. 3 felled 169,588 ha of planted forest nationwide, of which Quang Ninh \
117,203 ha.

The rate of online files nationwide reached 45.1% in 2023. By level, the departments \
reached 74.2%, the districts 66.9% and the communes 63.5%.

The company brought 300 of its own stations into the network, in Hanoi, Ha Nam and \
Da Nang. The share of small firms with a web page rose from 3% in 2021 to 13.5% in \
2023.
""",
    "plan.txt": """Plan of Tra Vinh province for clean water

Published: 2025-01-27

I. SITUATION IN 2024

Households with clean water: 74.6%. The programme reached 61 communes.

II. TARGETS FOR 2025

1. Households with clean water: 85%.
2. Water meters: 12,000.
""",
}

MORE_REPORTS = {
    "ferry.txt": """Ferries of Ca Mau province in 2024

Published: 2025-01-15

In 2024 the ferries carried 3.2 million guests, an average of 8,700 guests a day. The \
ferries made 91,200 trips, including 6,800 night trips. Since it was opened the cable \
car has carried 14.5 million riders, in 2024 alone 1.1 million.

Ticket clerks number 640, divers 75 and guards of the piers 210.

In 2024 the port of Nam Can stood 71st out of 193 ports for the safety of its quays.

Eighteen harbours and 31 markets had fewer visitors than the year before, and 12 \
museums had more.
""",
    "tax.txt": """Boat tax of Ca Mau province in the first half of 2024

Published: 2024-07-20

The tax collected from boat owners was VND 589 billion in the first half of 2024. The \
target set for the end of 2024 is VND 1,150 billion. Of this amount, Nam Can district \
is to bring VND 213 billion.

The wait for a licence fell from 95 minutes to 52 minutes.
""",
    "cang.txt": """Cảng cá tỉnh Kiên Giang năm 2024

Published: 2025-01-15

Năm 2024, cảng đón 52.300 lượt tàu, trong đó 7.400 lượt tàu du lịch. Bình quân mỗi \
ngày cảng bốc dỡ 143 tấn cá, cả năm 2024 bốc dỡ 52.195 tấn cá.
""",
}


@pytest.fixture(scope="module")
def assistant(reading: Callable[[Mapping[str, str]], Assistant]) -> Assistant:
    """An assistant that has read the reports above."""
    return reading(REPORTS)


def shown(assistant: Assistant, question: str) -> list[str]:
    """The figures of the best answer there is, however doubtful; none if refused."""
    _, found = assistant.consider(question)
    if isinstance(found, Refusal):
        return []
    return [c.known_figure.raw for c in (*found.more, found.main) if c.figure]


@pytest.mark.parametrize(
    ("question", "raw"),
    [
        ("How many teachers does Yen Bai lack?", "2,134"),
        ("How many preschool teachers does Yen Bai lack?", "918"),
        ("How many reservoirs does Yen Bai have?", "675"),
        ("How many reservoirs in Yen Bai are badly damaged?", "340"),
        ("How many offices have published a list of wells?", "14"),
        ("How many communes have published a list of wells?", "52"),
        ("How many workers did Japan receive in 2023?", "80,010"),
        ("How many workers did Taiwan receive in 2023?", "58,620"),
        ("How much planted forest did storm No. 3 fell in Quang Ninh?", "117,203"),
        ("How many hectares of planted forest were felled nationwide?", "169,588"),
        ("What share of classrooms is in brick in Mu Cang Chai district?", "38.2%"),
        ("What rate of online files did the communes reach?", "63.5%"),
        ("What share of small firms had a web page in 2023?", "13.5%"),
        ("What share of households is to have clean water in 2025?", "85%"),
        ("What share of households had clean water in 2024?", "74.6%"),
    ],
)
def test_the_figure_that_is_asked_for(
    assistant: Assistant, question: str, raw: str
) -> None:
    """The part where the part is asked for, the whole where the whole is."""
    assert shown(assistant, question) == [raw]


def test_what_holds_for_several_places_is_of_none_alone(assistant: Assistant) -> None:
    """ "300 stations in Hanoi, Ha Nam and Da Nang" are not Hanoi's."""
    _, found = assistant.consider("How many stations does the company have in Hanoi?")
    assert isinstance(found, Refusal) or found.confidence < ACCEPT


def test_another_countrys_figure_is_none(assistant: Assistant) -> None:
    """Germany's workers are not told, so no other country's are shown."""
    _, found = assistant.consider("How many workers did Germany receive in 2023?")
    assert isinstance(found, Refusal) or found.confidence < ACCEPT


@pytest.mark.parametrize(
    ("question", "raws"),
    [
        (
            "How many reservoirs does Yen Bai have, and how many are badly damaged?",
            {"675", "340"},
        ),
        ("Which received more workers, Japan or South Korea?", {"80,010", "11,626"}),
    ],
)
def test_both_sides_or_none(
    assistant: Assistant, question: str, raws: set[str]
) -> None:
    """Who asks two things gets two figures, each with its source."""
    assert set(shown(assistant, question)) == raws
    answer = assistant.ask(question)
    assert "over time" not in answer.text
    assert " points" not in answer.text


def test_half_of_a_comparison_is_no_answer(assistant: Assistant) -> None:
    """One year's share does not tell how it changed between two."""
    _, found = assistant.consider(
        "How has the share of households with clean water changed from 2022 to 2024?"
    )
    assert not (isinstance(found, Draft) and found.confidence >= ACCEPT)


@pytest.fixture(scope="module")
def ferries(reading: Callable[[Mapping[str, str]], Assistant]) -> Assistant:
    """An assistant that has read of ferries and fishing ports."""
    return reading(MORE_REPORTS)


@pytest.mark.parametrize(
    ("question", "raw"),
    [
        ("How many guests did the ferries carry in 2024?", "3.2 million"),
        ("How many guests did the ferries carry on average a day?", "8,700"),
        ("How many trips did the ferries make?", "91,200"),
        ("How many night trips did the ferries make?", "6,800"),
        ("How many riders has the cable car had since it was opened?", "14.5 million"),
        ("How many riders did the cable car carry in 2024?", "1.1 million"),
        ("How many divers are there?", "75"),
        ("How many museums had more visitors?", "12"),
        ("Năm 2024 cảng đón bao nhiêu lượt tàu?", "52.300"),
        ("Cảng đón bao nhiêu lượt tàu du lịch?", "7.400"),
        ("Nam Can port is ranked number what in quay safety?", "71st out of 193"),
        ("All told, how many riders has the cable car had?", "14.5 million"),
        ("Bình quân mỗi ngày cảng bốc dỡ bao nhiêu tấn cá?", "143"),
        ("Cả năm 2024 cảng bốc dỡ bao nhiêu tấn cá?", "52.195"),
    ],
)
def test_the_part_the_average_and_the_whole(
    ferries: Assistant, question: str, raw: str
) -> None:
    """What a sentence tells of a year, a day, a part and of all since the start."""
    assert shown(ferries, question) == [raw]


@pytest.mark.parametrize(
    ("question", "raw"),
    [
        ("How much boat tax is to be collected by the end of 2024?", "1,150 billion"),
        ("How much boat tax is Nam Can district supposed to bring?", "213 billion"),
        ("How long is the wait for a licence now?", "52"),
    ],
)
def test_a_goal_is_told_of_what_stood_before(
    ferries: Assistant, question: str, raw: str
) -> None:
    """ "The target is …", "Of this amount …" name nothing of their own."""
    assert any(found.endswith(raw) for found in shown(ferries, question))
