"""A report made of a few sentences, and the figures that the ledger has of it."""

from index.records import Figure, Language, Report, Sentence
from ingest.figures import find_figures


def ledger(
    *paragraphs: str,
    language: Language = "en",
    period: str = "2024",
    place: str = "",
    as_of: str | None = None,
) -> list[Figure]:
    """The figures of a report made of *paragraphs*, sentences parted by " | ".

    A paragraph that begins with "- " is an item of a list.
    """
    report = Report(
        "r.txt", "0", language, period=period, place=place or None, as_of=as_of
    )
    sentences, rows, at = [], [], 0
    for number, paragraph in enumerate(paragraphs):
        for text in paragraph.split(" | "):
            sentences.append(Sentence(1, at, at + len(text), text))
            rows.append(number)
            at += len(text) + 1
    items = [number for number, text in enumerate(paragraphs) if text.startswith("- ")]
    return list(find_figures(report, sentences, rows, items=items))


def by_raw(figures: list[Figure]) -> dict[str, Figure]:
    """The figures that are no dates, by their raw words."""
    return {figure.raw: figure for figure in figures if figure.kind != "date"}
