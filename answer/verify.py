"""The last door: an answer that does not prove itself is not shown."""

from answer.records import Answer
from index.view import View


def flaws(answer: Answer, view: View) -> list[str]:
    """What is wrong with *answer*; an empty list lets it pass.

    Every quote stands verbatim at its offsets, the headline stands in the
    first quote, every figure in the quote that it cites.
    """
    wrong: list[str] = []
    quotes = {c.number: c.quote for c in answer.citations}
    for citation in answer.citations:
        page = view.page(citation.report, citation.page)
        stored = page.text[citation.start : citation.end] if page else None
        if stored != citation.quote:
            wrong.append(f"quote {citation.number} does not stand in {citation.report}")
    if not answer.abstained:
        if not answer.citations:
            wrong.append("no source")
        elif answer.short.strip(" …") not in quotes[answer.citations[0].number]:
            wrong.append("the headline does not stand in the first quote")
    wrong.extend(
        f"{figure.raw} does not stand in quote {figure.citation}"
        for figure in answer.figures
        if figure.raw not in quotes.get(figure.citation, "")
    )
    return wrong
