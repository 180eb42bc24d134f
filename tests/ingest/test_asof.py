"""The day a report speaks from."""

from index.records import Report
from ingest.asof import as_of


def spoken(*texts: str, period: str | None = "2024", published: str | None = None):
    """The day of a report made of these sentences."""
    report = Report("r.txt", "0", "en", period=period, published=published)
    return as_of(report, texts)


def test_a_stated_day_of_publication_is_it() -> None:
    """What the text or a side file states is not worked out again."""
    assert spoken("On July 16, they met.", published="2024-08-01") == "2024-08-01"


def test_the_event_in_the_head_gives_the_day_in_the_year_spoken_of() -> None:
    """Month and day of the meeting, year of the report."""
    assert spoken("On April 24, the committee met.") == "2024-04-24"


def test_a_meeting_that_knows_of_later_results_was_held_in_the_next_year() -> None:
    """A February meeting cannot report on September of its own year."""
    texts = "On February 6, they met.", "The index was published in September 2024: 5%."
    assert spoken(*texts) == "2025-02-06"


def test_the_last_day_of_february_moves_to_the_next_year_too() -> None:
    """29 February has no next year, the first of March does."""
    assert spoken("On February 29, they met.", "In June 2024, 5% paid.") == "2025-03-01"


def test_without_a_day_in_the_head_there_is_none() -> None:
    """A year alone, or a day far down, does not say when the report was made."""
    assert spoken("In 2024, 5% paid.") is None
    assert spoken(*["They met."] * 4, "On May 5, 2024, it rained.") is None


def test_a_ranking_is_made_known_when_its_year_is_over() -> None:
    """ "On April 17 … announced the index of 2023" was in 2024; a plan has its own."""
    text = "On April 17, the committee met to announce the PAR Index of 2023."
    assert spoken(text, period="2023") == "2024-04-17"
    plan = "On April 17, the committee met to review the first quarter of 2023."
    assert spoken(plan, period="2023") == "2023-04-17"
