"""Questions to try are made of whole sentences, in words a reader would use."""

from dataclasses import replace

from index.ledger import Row
from page.examples import _by_two_terms, _own_words

SAID = "The rate of online records nationwide reached 45%, exceeding the target."


def row(sentence: str, raw: str) -> Row:
    """A share of 2024 that stands in *sentence*, which is its clause."""
    at = sentence.index(raw)
    return Row(
        *(raw, "share", 45.0, "%", sentence.replace(raw, ""), "2024", "Vietnam"),
        *("achieved", "", "a.txt", None, None, None, "en"),
        *(1, 0, len(sentence), sentence),
        *(at, at + len(raw), 0, len(sentence)),
    )


def test_only_one_side_of_the_figure_makes_the_question() -> None:
    """What leads to it, or what it is a part of; a unit behind it is neither."""
    vietnamese = replace(
        row("Diện tích rừng bị thiệt hại là 1.722 ha", "1.722"), language="vi"
    )
    assert [e.question for e in _own_words([row(SAID, "45%")], "en")] == [
        "What was the rate of online records in 2024?"
    ]
    assert [e.question for e in _own_words([vietnamese], "vi")] == [
        "Diện tích rừng bị thiệt hại năm 2024 là bao nhiêu?"
    ]
    both = row("In the provinces 45% of the staff were trained", "45%")
    assert list(_own_words([both], "en")) == []


def test_two_terms_say_a_subject_of_the_other_language_in_full() -> None:
    """A term alone would ask for the rate of enterprises."""
    terms = {"enterprises": "doanh nghiệp", "electronic invoices": "hóa đơn điện tử"}
    told = row("45% of enterprises use electronic invoices", "45%")

    assert [e.question for e in _by_two_terms([told], terms, "vi")] == [
        "Tỷ lệ doanh nghiệp sử dụng hóa đơn điện tử năm 2024 là bao nhiêu?"
    ]
    assert list(_by_two_terms([told], {"enterprises": "doanh nghiệp"}, "vi")) == []
