"""A number of a text with its unit: what the readers of numbers return."""

from dataclasses import dataclass

from index.records import Kind


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, as it stands in a text."""

    start: int
    end: int
    raw: str
    kind: Kind
    value: float
    # "%", "points", "USD", "VND", "EUR", "place", "of 63", "top", "times", "places",
    # a measure ("ha", "tons", "MW"), or "".
    unit: str
    hedge: str = ""
    value_to: float | None = None

    @property
    def told_from(self) -> int:
        """Where it begins with its hedge ("nearly 410")."""
        return self.start - (len(self.hedge) + 1 if self.hedge else 0)


def rank(text: str, span: tuple[int, int], number: float, of: str | None) -> Quantity:
    """The rank that stands at *span*; *of*: how many take part, if the text says."""
    unit = f"of {of}" if of else "place"
    return Quantity(*span, text[span[0] : span[1]], "rank", float(number), unit)
