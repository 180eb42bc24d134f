"""Lists over several sentences."""

from collections.abc import Callable

import pytest

from answer.coverage import Coverage
from answer.evidence import Candidate
from answer.lists import (
    announces,
    counted,
    is_item,
    list_like,
    repeated_part,
    repeats,
    tells_items,
    whole_list,
)
from answer.material import Material
from answer.question import Question
from answer.vocabulary import Vocabulary

Ask = Callable[..., Question]
MakeCandidate = Callable[..., Candidate]


def rows_of(make: MakeCandidate, *texts: str) -> tuple[list[Candidate], Material]:
    """Sentences in a row of one report."""
    rows = [make(text) for text in texts]
    return rows, Material([c.sentence for c in rows], {}, {})


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("b) Second, build the network.", True),
        ("Thứ ba, hoàn thiện thể chế.", True),
        ("2. Train the teachers.", True),
        ("Một là, rà soát.", True),
        ("Second quarter growth was 5%.", False),
        ("A plan was made.", False),
        ("2.5 million people came.", False),
    ],
)
def test_items_are_known_by_their_mark(text: str, item: bool) -> None:
    """Numbers, letters and words of order at the head of a sentence."""
    assert is_item(text) is item


def test_the_whole_list_from_any_of_its_items(make_candidate: MakeCandidate) -> None:
    """Whichever item the search found, the list is shown from its first."""
    texts = ("The tasks.", "a) First, dig.", "It is deep.", "b) Then pump.", "The end.")
    rows, material = rows_of(make_candidate, *texts)
    first, others = whole_list(rows[3], material)
    assert first.text == texts[1]
    assert [c.text for c in others] == [texts[3]]


def test_what_stands_below_its_announcement(make_candidate: MakeCandidate) -> None:
    """A colon, or items right below: the items belong to the answer."""
    texts = ("The tasks are as follows:", "1. Dig a well.", "2. Pump.")
    rows, material = rows_of(make_candidate, *texts)
    _, others = whole_list(rows[0], material)
    assert [c.text for c in others] == list(texts[1:])


def test_a_list_goes_on_until_its_number_is_full(make_candidate: MakeCandidate) -> None:
    """ "4 tasks: A; B." and the next sentence has the other two."""
    texts = ("The 4 tasks include: dig; pump.", "Test the water; pay.", "Then rest.")
    rows, material = rows_of(make_candidate, *texts)
    _, others = whole_list(rows[0], material)
    assert [c.text for c in others] == [texts[1]]


# --- Lists named by their number of items ---------------------------------------


@pytest.mark.parametrize(
    ("question", "number", "named"),
    [
        ("What are the 4 duties of the harbour office?", 4, "duties"),
        ("What are the five clears?", 5, "clears"),
        ("3 nhiệm vụ của cảng là gì?", 3, "nhiem vu"),
    ],
)
def test_a_list_is_named_by_its_number(
    ask: Ask, question: str, number: int, named: str
) -> None:
    """In digits or words; the terms behind it name the list."""
    found = counted(ask(question))
    assert found is not None
    assert found.number == number
    assert found.terms[0].text == named


@pytest.mark.parametrize(
    "question",
    ["What are the duties of the office?", "What was done in 2024?", "Why 4?"],
)
def test_other_questions_name_none(ask: Ask, question: str) -> None:
    """No number, a year, or nothing behind it."""
    assert counted(ask(question)) is None


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("The office has the 4 duties: watch, light.", " duties"),
        ("It has four new duties.", " new duties"),
        ("It has 5 duties.", None),  # another list
        ("It has 4 boats out in the eastern bay, and a few duties.", None),
        ("It has duties.", None),
    ],
)
def test_where_a_sentence_names_the_list(
    ask: Ask,
    make_candidate: MakeCandidate,
    vocabulary: Vocabulary,
    text: str,
    behind: str | None,
) -> None:
    """The same number, and right behind it a term that names the list."""
    wanted = counted(ask("What are the 4 duties?"))
    assert wanted is not None
    cover = Coverage(wanted.terms, "en", vocabulary)
    at = announces(wanted, make_candidate(text), cover)
    assert (at is None) is (behind is None)
    assert at is None or text[at:].startswith(behind or "")


@pytest.mark.parametrize(
    ("text", "all_of_them"),
    [
        ("Clear quay, clear lane, clear duty, clear time, clear fee.", True),
        ("Clear quay, clear lane, clear duty.", False),
        ("The quay is clear.", False),
    ],
)
def test_items_begin_with_the_word_that_names_them(
    ask: Ask, make_candidate: MakeCandidate, text: str, all_of_them: bool
) -> None:
    """ "The 5 clears": as many times as there are items."""
    wanted = counted(ask("What are the 5 clears?"))
    assert wanted is not None
    assert repeats(wanted, make_candidate(text)) is all_of_them


def test_only_the_items_are_the_list(ask: Ask, make_candidate: MakeCandidate) -> None:
    """What a long sentence lists besides is another list."""
    wanted = counted(ask("What are the 3 clears?"))
    assert wanted is not None
    items = "clear people, clear work, clear time"
    text = f'Plan with "{items}" in fields such as: ports, boats, nets.'
    found = make_candidate(text)
    part = repeated_part(wanted, found)
    assert part is not None
    assert text[slice(*part)] == items
    assert repeated_part(wanted, make_candidate("Clear people, clear work.")) is None


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (("It has the 4 duties: watch, light, count, clear.",), True),
        (("It has the 4 duties: watch and light.",), False),
        (("It has the 4 duties:", "Watch the piers.", "Light the lamps."), True),
        (("It has the 4 duties.", "1. Watch.", "2. Light."), True),
        (("It has the 4 duties.", "They are hard."), False),
    ],
)
def test_whether_its_items_are_told(
    ask: Ask, make_candidate: MakeCandidate, texts: tuple[str, ...], told: bool
) -> None:
    """Behind the name, all but one at most, or in the sentences below."""
    wanted = counted(ask("What are the 4 duties?"))
    assert wanted is not None
    rows, material = rows_of(make_candidate, *texts)
    at = texts[0].index("4") + 1
    assert tells_items(wanted, rows[0], at, material) is told


def test_a_sentence_that_ends_in_a_colon_opens_a_list(
    make_candidate: MakeCandidate,
) -> None:
    """It comes before a likelier one without items, if it is nearly as good."""
    plain = make_candidate("The duties are hard.", score=0.8)
    opens = make_candidate("The office has these duties:", score=0.7)
    assert list_like("What are the duties?", [plain, opens]) is opens
    poor = make_candidate("The office has these duties:", score=0.3)
    assert list_like("What are the duties?", [plain, poor]) is plain
