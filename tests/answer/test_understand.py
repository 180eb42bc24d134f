"""A question, and the turns before it, made whole."""

from collections.abc import Callable, Sequence

import pytest

from answer.glossary import Glossary
from answer.question import Question, Want
from answer.understand import needed
from answer.vocabulary import Vocabulary

Ask = Callable[..., Question]


def periods(question: Question) -> list[str]:
    """The periods asked for, by label."""
    return [period.label for period in question.periods]


def texts(question: Question) -> set[str]:
    """The key terms."""
    return {term.text for term in question.terms}


# --- Alone ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What share of households has clean water?", "en"),
        ("Tỷ lệ hộ có nước sạch là bao nhiêu?", "vi"),
        ("Ty le ho co nuoc sach la bao nhieu?", "vi"),
        ("How many wells are there in Thái Nguyên?", "en"),
        ("Lang Son DTI rank 2023", "en"),  # a place speaks no language
        ("xep hang DTI Lang Son 2023", "vi"),
    ],
)
def test_the_language_of_the_question(ask: Ask, text: str, language: str) -> None:
    """Told without marks as well, and by more than the names in it."""
    assert ask(text).language == language


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("How many wells were built in 2024?", ["2024"]),
        ("Năm 2023 xây được bao nhiêu giếng?", ["2023"]),
        ("How many wells were built in the first quarter of 2024?", ["2024-Q1"]),
        ("Sáu tháng đầu năm 2024 xây được bao nhiêu giếng?", ["2024-H1"]),
        ("How many wells were there as of July 16, 2024?", ["2024-07-16"]),
        ("How many wells were built?", []),
        ("How did wells in 2022 compare with 2024?", ["2022", "2024"]),
        ("How many wells are planned in the years after 2026?", ["2027/2031"]),
    ],
)
def test_periods(ask: Ask, text: str, labels: list[str]) -> None:
    """What period is asked for, as the figures' periods are written."""
    assert periods(ask(text)) == labels


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "I am writing a note for the minister: could you tell me how many wells"
            " were built in 2024?",
            "how many wells were built in 2024?",
        ),
        (
            "Tôi đang soạn báo cáo cho sở, xin cho hỏi năm 2024 xây được bao nhiêu"
            " giếng?",
            "năm 2024 xây được bao nhiêu giếng?",
        ),
        (
            "Regarding wells, could you tell me the number in 2024?",
            "Regarding wells, could you tell me the number in 2024?",
        ),
    ],
)
def test_what_leads_to_the_question_is_left_aside(
    ask: Ask, text: str, asked: str
) -> None:
    """A polite way in adds no key words, unless it names the subject."""
    assert ask(text).whole == asked


def test_a_way_in_may_set_period_and_place(ask: Ask) -> None:
    """What the question itself leaves open is taken from before it."""
    question = ask(
        "I write about Lang Son in 2021. Please tell me how many wells it had"
    )
    assert periods(question) == ["2021"]
    assert question.places == ("Lang Son",)


@pytest.mark.parametrize(
    "text",
    [
        "By how much did exports rise in 2024 compared to 2023?",
        "Xuất khẩu năm 2024 tăng bao nhiêu so với năm 2023?",
    ],
)
def test_what_is_only_compared_with_is_not_asked_for(ask: Ask, text: str) -> None:
    """ "Compared to 2023" names no period of the answer."""
    question = ask(text)
    assert periods(question) == ["2024"]
    assert [period.label for period in question.compared] == ["2023"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("How many wells are there in Lang Son?", ("Lang Son",)),
        ("how many wells are there in lang son?", ("Lang Son",)),
        ("Lạng Sơn có bao nhiêu giếng?", ("Lang Son",)),
        ("How many wells are there?", ()),
        ("How does Lang Son compare with Ha Giang?", ("Lang Son", "Ha Giang")),
    ],
)
def test_places(ask: Ask, text: str, places: tuple[str, ...]) -> None:
    """Provinces by the names that records have, however they are typed."""
    assert ask(text).places == places


def test_a_foreign_country_is_a_name_that_evidence_must_have(ask: Ask) -> None:
    """Rice for Japan is no figure of the place Japan, but it must say Japan."""
    question = ask("How much rice was exported to Japan?")
    assert question.places == ()
    (japan,) = (term for term in question.terms if term.text == "japan")
    assert japan.name
    assert ("nhat", "ban") in japan.forms["vi"]


def test_what_is_counted_is_known(ask: Ask) -> None:
    """Behind "how many" stands what the figure must count."""
    head = ask("How many households have clean water?").head
    assert head is not None
    assert head.text == "households"
    assert ask("Why do households lack water?").head is None


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("How many of the port's cranes work?", "cranes"),
        ("How many of the ministry’s vessels are old?", "vessels"),
    ],
)
def test_whose_it_is_is_not_what_is_counted(ask: Ask, text: str, head: str) -> None:
    """The possessor stands before it, with either apostrophe."""
    found = ask(text).head
    assert found is not None
    assert found.text == head


def test_what_no_report_can_answer_is_marked(ask: Ask) -> None:
    """Also when it comes after a good question."""
    assert ask("Write a poem", "How many wells are there?").refusal == "creative"


# --- Follow-ups -----------------------------------------------------------------

EN = "What share of rural households had clean water in 2024?"
VI = "Tỷ lệ hộ nông thôn có nước sạch năm 2022 là bao nhiêu?"


@pytest.mark.parametrize(
    ("before", "text", "label"),
    [
        (EN, "And in 2022?", "2022"),
        (EN, "What about 2021?", "2021"),
        (EN, "and the first quarter of 2023?", "2023-Q1"),
        (VI, "còn năm 2021 thì sao?", "2021"),
        (VI, "con nam 2021 thi sao?", "2021"),
        (VI, "Thế còn năm 2023?", "2023"),
        (EN, "And the year after?", "2025"),
        (EN, "And the year before?", "2023"),
        (VI, "Còn năm sau?", "2023"),
        (VI, "Còn năm trước thì sao?", "2021"),
        (EN, "And two years later?", "2026"),
        (EN, "And 3 years before?", "2021"),
        (VI, "Còn ba năm sau?", "2025"),
        (VI, "Còn hai năm trước thì sao?", "2020"),
    ],
)
def test_a_new_period_replaces_the_old_one(
    ask: Ask, before: str, text: str, label: str
) -> None:
    """ "And in 2022?" asks the same of another year."""
    first, question = ask(before), ask(text, before)
    assert periods(question) == [label]
    assert question.want is first.want is Want.SHARE
    assert texts(question) >= texts(first)
    assert question.text == text


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (EN, "and in Lang Son?"),
        (EN, "What about Lang Son?"),
        (VI, "còn ở Lạng Sơn thì sao?"),
        (VI, "con o lang son thi sao?"),
    ],
)
def test_a_new_place_keeps_period_and_subject(ask: Ask, before: str, text: str) -> None:
    """ "And in Lang Son?" asks the same of a province, in the same year."""
    first, question = ask(before), ask(text, before)
    assert question.places == ("Lang Son",)
    assert periods(question) == periods(first)
    assert texts(question) >= texts(first)


@pytest.mark.parametrize(
    ("before", "text", "labels"),
    [
        (EN, "How does that compare with 2022?", {"2024", "2022"}),
        (EN, "How does it compare to 2023?", {"2024", "2023"}),
        (VI, "So với năm 2020 thì thế nào?", {"2022", "2020"}),
    ],
)
def test_a_comparison_takes_the_period_before_with_it(
    ask: Ask, before: str, text: str, labels: set[str]
) -> None:
    """Both periods are asked for, of the subject before."""
    first, question = ask(before), ask(text, before)
    assert question.want is Want.COMPARE
    assert set(periods(question)) == labels
    assert question.base is Want.SHARE
    assert texts(question) >= texts(first)


def test_a_new_subject_keeps_the_period(ask: Ask) -> None:
    """ "And vaccinated children?" leaves the water behind, not the year."""
    question = ask("And vaccinated children?", EN)
    assert periods(question) == ["2024"]
    assert not texts(question) & {"clean water", "rural"}
    assert any("child" in text for text in texts(question))


def test_another_thing_may_be_counted_in_its_place(ask: Ask) -> None:
    """ "And ministries?" asks the same of ministries."""
    first = ask("How many provinces had a clean water plan in 2024?")
    question = ask(
        "And ministries?", "How many provinces had a clean water plan in 2024?"
    )
    assert question.want is Want.COUNT
    assert question.head is not None
    assert question.head.text == "ministries"
    kept = {term for term in texts(first) if not term.startswith("provinc")}
    assert texts(question) == kept | {"ministries"}


def test_a_rise_on_the_year_before_is_of_the_year_asked(ask: Ask) -> None:
    """ "So với năm trước" does not move the question to that year."""
    question = ask("Tăng mấy bậc so với năm trước?", "Năm 2021 tỉnh xếp hạng mấy?")
    assert question.want is Want.GROWTH
    assert periods(question) == ["2021"]


@pytest.mark.parametrize("text", ["And the EU?", "And in Hue?", "What about Hue?"])
def test_another_place_leaves_the_country_behind(ask: Ask, text: str) -> None:
    """ "And the EU?" no longer asks about Japan, but still about squid."""
    question = ask(text, "How much squid was exported to Japan in 2024?")
    assert "japan" not in texts(question)
    assert texts(question) >= {"squid", "exported"}
    same = ask("And in 2023?", "How much squid was exported to Japan in 2024?")
    assert "japan" in texts(same)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("And a year later?", ["2025"]),
        ("And one year earlier?", ["2023"]),
        ("And now?", []),
    ],
)
def test_a_follow_up_may_move_in_time(ask: Ask, text: str, labels: list[str]) -> None:
    """To the year beside the one asked before, or to the newest there is."""
    assert periods(ask(text, EN)) == labels


def test_by_then_is_the_time_asked_before(ask: Ask) -> None:
    """The question is whole but for its time."""
    before = "How many ports had a crane in June 2023?"
    for text in (
        "How many fishing boats carried a lamp by then?",
        "Khi đó có bao nhiêu tàu cá có đèn?",
    ):
        found = ask(text, before)
        assert [p.label for p in found.periods] == ["2023-06"]
        assert not {"port", "crane"} & {term.text for term in found.terms}


def test_what_about_asks_what_was_asked_before(ask: Ask) -> None:
    """ "What about land data?" after "By when …?" asks for a date."""
    before = "By when must provinces digitise civil status data?"
    assert ask("What about the land data?", before).want is Want.DATE


def test_follow_ups_follow_follow_ups(ask: Ask) -> None:
    """The whole conversation counts, not only the turn before."""
    question = ask("And the year before?", EN, "And in Lang Son?")
    assert periods(question) == ["2023"]
    assert question.places == ("Lang Son",)
    assert texts(question) >= texts(ask(EN))


@pytest.mark.parametrize(
    "text",
    [
        "How many primary schools had a kitchen in 2023?",
        "Who chaired the conference on school milk?",
        "Có bao nhiêu điểm tiêm chủng ở Việt Nam?",
    ],
)
def test_a_question_that_stands_alone_takes_nothing_over(ask: Ask, text: str) -> None:
    """Earlier turns do not colour a whole question."""
    alone, after = ask(text), ask(text, EN)
    assert after.whole == text
    assert periods(after) == periods(alone)
    assert texts(after) == texts(alone)


def test_a_follow_up_names_the_questions_that_it_needs(
    project_glossary: Glossary, vocabulary: Vocabulary
) -> None:
    """All back to the one that stands alone, and none where it does itself."""
    turns = ("How many schools were there in 2021?", EN, "And in 2022?")

    def found(text: str, history: Sequence[str] = turns) -> tuple[str, ...]:
        return needed(text, history, project_glossary, vocabulary)

    assert found("And in Lang Son?") == turns[1:]
    assert found("And in Lang Son?", turns[1:2]) == (EN,)
    assert found(EN) == ()
    assert found("And in Lang Son?", ()) == ()


def test_nothing_is_taken_from_a_refused_turn(ask: Ask) -> None:
    """A poem is no subject to follow up on."""
    assert ask("And in 2022?", "Write a poem about 2024").whole == "And in 2022?"


@pytest.mark.parametrize("text", ["", "   ", "???", "\x00", "🙂", "a" * 3_000])
def test_whatever_is_typed_is_understood_somehow(ask: Ask, text: str) -> None:
    """Nothing that a person can type raises, with or without turns before."""
    assert ask(text).text == text
    assert ask(text, EN).text == text


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("What are 25 billion USD spent on?", {25e9}),
        ("According to the 8th meeting, how many services are there?", set()),
        ("Is it 45%?", set()),
    ],
)
def test_numbers_that_the_question_names(
    ask: Ask, question: str, numbers: set[float]
) -> None:
    """They are no news; a meeting's own number, or one to confirm, is not meant."""
    assert ask(question).numbers == numbers


def test_another_meeting_makes_a_follow_up(ask: Ask) -> None:
    """A follow-up that names only a meeting asks for the same at its time."""
    question = ask(
        "And how many by the committee's meeting in April 2024?",
        "How many wells had been dug by December 2023?",
    )
    assert "wells" in {term.text for term in question.terms}
    assert [period.label for period in question.periods] == ["2024-04"]


@pytest.mark.parametrize(
    ("question", "want"),
    [
        ("At what rate did exports grow in 2023?", Want.GROWTH),
        (
            "How many boats were there from May 2023 to the July 2024 count?",
            Want.CHANGE,
        ),
        ("By how much did it rise from May 2023 to the July 2024 count?", Want.GROWTH),
        ("By exactly how many did accounts rise?", Want.GROWTH),
        ("For what purpose were the records cleaned?", Want.EXPLAIN),
        ("Cứ một trăm người thì bao nhiêu người có điện thoại?", Want.SHARE),
        ("Ông phó chủ tịch tỉnh nào dự họp?", Want.PERSON),
    ],
)
def test_more_ways_of_asking(ask: Ask, question: str, want: Want) -> None:
    """A growth rate, a purpose, a share in a hundred, a person by the office."""
    assert ask(question).want is want
