"""Cutting a sentence into clauses, and clauses into what belongs to each figure."""

import pytest

from index.grammar.numbers import find_quantities
from ingest.clauses import clauses, segments


def parts(text: str, earlier: str = "") -> list[tuple[str, str]]:
    """Raw words and subject of each figure of *text*."""
    found = segments(text, find_quantities(text), earlier=earlier)
    return [(part.quantity.raw, part.subject) for part in found]


def test_semicolons_and_listing_colons_end_clauses() -> None:
    """Offsets leave the marks and the white space around a clause out."""
    text = "Results: roads 5%; rail 6% ;  air 7%."
    assert [text[a:b] for a, b in clauses(text)] == [
        "Results", "roads 5%", "rail 6%", "air 7%."]  # fmt: skip


def test_a_sentence_without_words_has_no_clause() -> None:
    """Marks alone are nothing to quote."""
    assert clauses(" ; : ") == []


def test_each_figure_of_a_list_keeps_what_it_counts() -> None:
    """Neither of "12 ministries, 4 businesses" takes the other's noun."""
    found = parts("The base is connected to 12 ministries, 4 businesses and 31 towns")
    assert [raw for raw, _ in found] == ["12", "4", "31"]
    assert "ministries" in found[0][1]
    assert "businesses" not in found[0][1]
    assert "businesses" in found[1][1]
    assert "towns" in found[2][1]


def test_a_bare_figure_borrows_its_subject() -> None:
    """A change counts what the figure before it counts."""
    found = parts("The share of firms with invoices reached 45%, up 11%")
    assert "invoices" in found[1][1]


def test_the_words_before_a_colon_lead_its_list() -> None:
    """After "Rice exports:" it is rice exports that "8 tons" counts."""
    assert "Rice exports" in parts("Rice exports by sea: 8 tons; 9 tons")[0][1]


def test_the_field_of_a_rank_shares_its_segment() -> None:
    """The 193 of "71st out of 193" stands inside, and counts in the same words."""
    rank, field = parts("Vietnam ranks 71st out of 193 countries in the index")
    assert (rank[0], field[0]) == ("71st out of 193", "193")
    assert rank[1] == field[1]


@pytest.mark.parametrize(
    ("text", "raw", "name"),
    [
        (
            "Of the parcels 5,210 are late, most of them by rail with 3,400.",
            "3,400",
            "rail",
        ),
        (
            "Hue caught 61.2 billion and Ca Mau third with 51.7 billion.",
            "51.7 billion",
            "Ca Mau",
        ),
        (
            "Có 912 đơn trễ hạn, nhiều nhất là đất đai với 530 đơn.",
            "530",
            "đất đai",
        ),
    ],
)
def test_the_name_before_with_is_the_next_figures(
    text: str, raw: str, name: str
) -> None:
    """ "… by rail with 3,400": what stands before "with" is counted by what follows."""
    found = dict(parts(text))
    assert name in found.pop(raw)
    assert all(name not in subject for subject in found.values())


def test_with_may_also_join_two_things() -> None:
    """Where the second has its noun behind it, the first keeps its own."""
    found = dict(parts("The port has 31 cranes and works with 12 firms."))
    assert "cranes" in found["31"]
    assert "firms" in found["12"]


@pytest.mark.parametrize(
    "text",
    [
        "The share of boats with lamps reached 45%, in Hue in particular 52%",
        "The catch grew 5%, in the bay alone 7%",
        "Tỷ lệ tàu có đèn đạt 45%, riêng quý II 52%",
        "The port of Hue scored 88.5, climbed to position 5",
    ],
)
def test_words_that_count_nothing_borrow_a_subject(text: str) -> None:
    """ "In particular 52%" is a share of what the figure before it counts."""
    first, second = parts(text)
    assert second[1].startswith(first[1])
