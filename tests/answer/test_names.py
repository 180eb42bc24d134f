"""Which name answers "who", "which body", "what theme"."""

from collections.abc import Callable

import pytest

from answer.candidates import Evidence
from answer.names import choose_name, superlative_fit
from answer.question import Question
from answer.rank import Rules

Ask = Callable[..., Question]
Look = Callable[..., Evidence]
Name = Callable[..., str | None]


@pytest.fixture
def name(ask: Ask, look: Look) -> Name:
    """`name(question, *sentences)`: the name that is chosen from the sentences."""

    def chosen(text: str, *sentences: str) -> str | None:
        question = ask(text)
        evidence = look(text, *((sentence, None) for sentence in sentences))
        ranked = Rules().rank(question, evidence.sentences(question))
        found = choose_name(question, evidence, ranked, question.want)
        return found.candidate.text[found.start : found.end] if found else None

    return chosen


def test_the_person_beside_the_words_of_the_question(name: Name) -> None:
    """Two names in a sentence: what stands around them decides."""
    sentence = (
        "Deputy Minister Tran Quang Hoai chaired the conference on wells, and "
        "Director Le Van Binh presented the plan for pumps."
    )
    chaired = name("Who chaired the conference on wells?", sentence)
    planned = name("Who presented the plan for pumps?", sentence)
    assert chaired is not None
    assert chaired.endswith("Tran Quang Hoai")
    assert planned is not None
    assert planned.endswith("Le Van Binh")


def test_the_holder_of_an_office_not_the_deputy(name: Name) -> None:
    """ "Minister of Health" is another person than the deputy minister."""
    sentence = (
        "Dao Hong Lan, Minister of Health, spoke first; "
        "Tran Van Thuan, Deputy Minister of Health, spoke later."
    )
    minister = name("Who is the Minister of Health?", sentence)
    assert minister is not None
    assert minister.endswith("Dao Hong Lan")


@pytest.mark.parametrize(
    ("question", "sentence", "holder"),
    [
        (
            "Who is the Minister of Fisheries?",
            "Present were Mr. Le Van Binh, Deputy Minister, Ms. Tran Thi Hoa, Minister "
            "of Fisheries, and Mr. Pham Van An, Director of wells.",
            "Tran Thi Hoa",
        ),
        (
            "Who is the chairman of the district?",
            "The wells were opened by Mr. Le Van Binh, Chairman of the district, and "
            "Ms. Tran Thi Hoa, Director of the wells office.",
            "Le Van Binh",
        ),
        (
            "Ai là Giám đốc Sở Xây dựng?",
            "Dự lễ có ông Lê Văn Bình, Phó Giám đốc Sở Xây dựng, và bà Trần Thị Hoa, "
            "Giám đốc Sở Xây dựng.",
            "Trần Thị Hoa",
        ),
    ],
)
def test_a_title_behind_a_name_is_not_the_next_ones(
    name: Name, question: str, sentence: str, holder: str
) -> None:
    """What stands before someone may be the office of the person before."""
    found = name(question, sentence)
    assert found is not None
    assert found.endswith(holder)


def test_a_name_that_the_question_says_is_no_answer(name: Name) -> None:
    """ "Who met Mr. Hoai?" is not answered by Mr. Hoai."""
    sentence = "Tran Quang Hoai met Ms. Le Thi Hoa about the wells."
    found = name("Who met Tran Quang Hoai about the wells?", sentence)
    assert found is not None
    assert "Le Thi Hoa" in found
    assert "Hoai" not in found


LEAGUE = (
    "Hue led the country with 99.3% of safe wells, followed by Da Nang with 99.0%, "
    "whereas Ca Mau stood at the bottom with 90.1%."
)


@pytest.mark.parametrize(
    ("question", "province"),
    [
        ("Which province has the highest share of safe wells?", "Hue"),
        ("Which province is last in safe wells?", "Ca Mau"),
        ("Tỉnh nào có tỷ lệ giếng sạch thấp nhất?", "Ca Mau"),
    ],
)
def test_who_leads_is_not_who_is_last(name: Name, question: str, province: str) -> None:
    """One sentence tells of both ends."""
    assert name(question, LEAGUE) == province


def test_a_ministry_where_a_ministry_is_asked_for(name: Name) -> None:
    """The person in the same sentence is none."""
    sentence = "The Ministry of Health checks the wells, said Mr. Le Van Binh."
    found = name("Which ministry checks the wells?", sentence)
    assert found is not None
    assert "Ministry of Health" in found


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        (
            "Which province dug the most wells?",
            "Quang Ninh dug the most wells, said the Ministry of Health.",
            "Quang Ninh",
        ),
        (
            "What was the theme of the conference?",
            "The conference in Hue had the theme “Water for every village”.",
            "Water for every village",
        ),
        (
            "Which circular sets the quality of wells?",
            "The quality of wells is set by Circular No. 41/2024/TT-BNN.",
            "Circular No. 41/2024/TT-BNN",
        ),
        (
            "On which platform does all data of the wells run?",
            "The Party Committee dug new wells; all data of the wells run on the "
            "Blue Water platform.",
            "Blue Water",
        ),
        (
            "Tỉnh nào khoan nhiều giếng nhất?",
            "Quảng Ninh khoan nhiều giếng nhất.",
            "Quảng Ninh",
        ),
    ],
)
def test_the_kind_of_thing_asked_for(
    name: Name, question: str, sentence: str, answer: str
) -> None:
    """Provinces, quoted themes and documents, each by its own kind."""
    assert name(question, sentence) == answer


def test_no_name_is_made_up(name: Name) -> None:
    """A sentence without a person does not answer "who"."""
    assert name("Who checks the wells?", "The wells are checked in spring.") is None


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("Which province leads in wells?", True),
        ("Which province led the ranking?", True),
        ("Among the bays, which one leads?", True),
        ("Which office leads the work on wells?", False),
        ("Which body led the team to the bay?", False),
    ],
)
def test_who_leads_the_work_is_not_the_first(question: str, best: bool) -> None:
    """Only who leads others must be told to be ahead."""
    assert (superlative_fit(question, "The office looks after it.") < 1) is best


@pytest.mark.parametrize(
    ("sentence", "owner"),
    [
        (
            "The Provincial People's Committee waives the fee for wells as the model "
            "that Ha Giang has carried out.",
            "Ha Giang",
        ),
        (
            "The Department of Health studies the experience of Ha Giang in waiving "
            "the fee for wells.",
            "Ha Giang",
        ),
        (
            "The Department of Health is to waive the fee for wells after Ha Giang's "
            "model.",
            "Ha Giang",
        ),
        (
            "The Department of Health is to waive the fee for wells, following the "
            "model of the Ministry of Construction.",
            "Ministry of Construction",
        ),
    ],
)
def test_whose_model_is_that_of_who_shows_it(
    name: Name, sentence: str, owner: str
) -> None:
    """A province or a body may own it; whoever is to copy it does not."""
    assert (
        name("Whose model of waiving the fee for wells is copied?", sentence) == owner
    )
