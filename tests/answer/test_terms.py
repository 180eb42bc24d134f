"""The key words of a question, in every form that a report may use."""

from collections.abc import Callable

import pytest

from answer.glossary import Glossary
from answer.question import Term
from answer.terms import stems_of, terms_of
from answer.vocabulary import Vocabulary, make_vocabulary
from index.records import Language

Read = Callable[..., dict[str, Term]]


@pytest.fixture
def terms(small_glossary: Glossary, vocabulary: Vocabulary) -> Read:
    """`terms(text, language)`: the terms by their texts."""

    def read(text: str, language: Language = "en") -> dict[str, Term]:
        found = terms_of(text, language, [], small_glossary, vocabulary)
        return {term.text: term for term in found}

    return read


def test_a_phrase_is_one_term_with_the_words_of_both_languages(terms: Read) -> None:
    """Clean water is asked for, not anything clean and any water."""
    found = terms("How many households have clean water?")
    assert set(found) == {"households", "clean water"}
    assert ("nuoc", "sach") in found["clean water"].forms["vi"]
    assert {part.text for part in found["clean water"].parts} == {"clean", "water"}


@pytest.mark.parametrize("text", ["nước sạch ở xã", "nuoc sach o xa"])
def test_a_vietnamese_phrase_is_found_with_and_without_marks(
    terms: Read, text: str
) -> None:
    """Officials who type without diacritics find what they mean."""
    assert ("clean", "water") in terms(text, "vi")["nuoc sach"].forms["en"]


def test_marks_that_say_another_word_are_respected(terms: Read) -> None:
    """ "Nước sách" (a country's books) is not "nước sạch" (clean water)."""
    assert "nuoc sach" not in terms("nước sách", "vi")


def test_an_abbreviation_is_told_from_a_word_by_its_capitals(terms: Read) -> None:
    """ "NS" is clean water, "ns" two letters of anything."""
    assert ("nuoc", "sach") in terms("NS ở xã", "vi")["ns"].forms["vi"]
    assert ("nuoc", "sach") not in terms("ns ở xã", "vi")["ns"].forms["vi"]


@pytest.mark.parametrize("typed", ["BHYT", "bhyt"])
def test_a_long_abbreviation_may_be_typed_small(terms: Read, typed: str) -> None:
    """Four letters that are no word leave no doubt."""
    assert ("health", "insur") in terms(f"số thẻ {typed}", "vi")["bhyt"].forms["en"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("insurrance", "insurance"), ("housholds", "households"), ("schols", "schools")],
)
def test_typing_errors_are_mended_by_what_the_reports_say(
    terms: Read,
    typed: str,
    meant: str,
) -> None:
    """A word that no report knows is read as the one it must mean."""
    assert meant in terms(f"How many {typed} are there?")


def test_short_and_unlike_words_are_left_alone(vocabulary: Vocabulary) -> None:
    """Nothing is mended that may just be another word."""
    assert vocabulary.nearest("milt", frozenset()) is None
    assert vocabulary.nearest("elephants", frozenset()) is None
    assert vocabulary.nearest("12345", frozenset()) is None


def test_words_that_every_report_has_are_no_terms(terms: Read) -> None:
    """ "What was the rate in the year" has nothing to search for."""
    assert terms("What was the rate in the year?") == {}
    assert terms("Tỷ lệ là bao nhiêu phần trăm?", "vi") == {}


def test_periods_and_places_are_no_terms(
    small_glossary: Glossary, vocabulary: Vocabulary
) -> None:
    """They decide otherwise, and words on both sides of one are no phrase."""
    text = "clean 2024 water"
    found = terms_of(text, "en", [(6, 10)], small_glossary, vocabulary)
    assert [term.text for term in found] == ["clean", "water"]


def test_names_count_in_full_and_unknown_words_less(terms: Read) -> None:
    """ "VNPT" must stand in the evidence, a paraphrase need not."""
    found = terms("Does VNPT supply glimmering water pipes?")
    assert found["vnpt"].name
    assert found["vnpt"].weight == 1
    assert found["glimmering"].weight < found["water"].weight
    assert not found["water"].name


def test_a_report_has_its_words_stemmed_and_bare() -> None:
    """An English text about Vietnam has names of both languages."""
    found = stems_of("Ho Chi Minh City’s households", "en")
    assert {"chi", "minh", "household", "households"} <= found
    assert stems_of("Hộ nghèo", "vi") == {"ho", "ngheo"}


def test_rare_words_weigh_more() -> None:
    """A word of every sentence says nearly nothing, an unknown one most."""
    vocabulary = make_vocabulary({"water": 100, "salt": 3}, 100)
    rarities = [vocabulary.rarity(word) for word in ("water", "salt", "pearl")]
    assert rarities == sorted(rarities)
    assert rarities[0] > 0
    assert rarities[-1] == pytest.approx(1)


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("At what pace do wells grow?", "en", {"wells"}),
        ("What is the minimum and the maximum of wells?", "en", {"wells"}),
        ("Tối thiểu bao nhiêu giếng?", "vi", {"gieng"}),
        ("Nhanh gấp mấy giếng?", "vi", {"gieng"}),
    ],
)
def test_how_much_at_least_names_nothing(
    terms: Read, text: str, language: Language, found: set[str]
) -> None:
    """Pace, minimum and maximum say how, not what."""
    assert set(terms(text, language)) == found


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("How many of the 15 boats are old?", "en", {"15"}),
        ("Boats of owners of 15 years and over", "en", set()),
        ("Người 15+ có thuyền", "vi", set()),
        ("Người 15 tuổi có thuyền", "vi", set()),
    ],
)
def test_an_age_is_no_name(
    terms: Read, text: str, language: Language, names: set[str]
) -> None:
    """A number may name a thing; how old people are, it does not."""
    assert {t.text for t in terms(text, language).values() if t.name} == names
