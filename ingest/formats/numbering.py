"""The numbers that Word writes before paragraphs by itself ("Điều 1.", "a)").

They stand in no paragraph's text but in the document's list definitions, and
an official cites by them.
"""

from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

Element = Any  # lxml's elements carry no types


@dataclass(frozen=True, slots=True)
class _Level:
    form: str  # "decimal", "lowerLetter", "bullet", …
    text: str  # "Điều %1."
    start: int


class Numbering:
    """Counts the numbered paragraphs of one document, in order."""

    def __init__(self, opened: Any) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}  # numId → its levels
        self._abstract: dict[str, str] = {}  # numId → list whose count it shares
        self._styles: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        try:
            root = opened.part.numbering_part.element
        except (KeyError, NotImplementedError):  # the document has no lists
            return
        abstract = {
            one.get(qn("w:abstractNumId")): one
            for one in root.iter(qn("w:abstractNum"))
        }
        for number in root.iter(qn("w:num")):
            key = number.get(qn("w:numId")) or ""
            named = number.find(qn("w:abstractNumId"))
            chosen = named.get(qn("w:val")) if named is not None else ""
            if chosen in abstract:
                self._abstract[key] = chosen
                self._levels[key] = _levels(abstract[chosen])
        for style in opened.part._styles_part.element.iter(qn("w:style")):
            if (place := _place(style.find(qn("w:pPr")))) is not None:
                self._styles[style.get(qn("w:styleId")) or ""] = place

    def mark(self, paragraph: Element, style: str) -> str:
        """Return the number before this paragraph, "" for none or a bullet."""
        place = _place(paragraph.find(qn("w:pPr"))) or self._styles.get(style)
        if place is None:
            return ""
        key, depth = place
        level = self._levels.get(key, {}).get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(self._abstract[key], {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        if level.form in {"bullet", "none"}:
            return ""
        text = level.text
        for other, known in self._levels[key].items():
            value = counts.get(other, known.start)
            text = text.replace(f"%{other + 1}", _written(value, known.form))
        return text.strip()


def _levels(abstract: Element) -> dict[int, _Level]:
    found = {}
    for level in abstract.iter(qn("w:lvl")):
        start = _value(level, "w:start")
        found[int(level.get(qn("w:ilvl")) or 0)] = _Level(
            _value(level, "w:numFmt") or "decimal",
            _value(level, "w:lvlText"),
            int(start) if start.isdigit() else 1,
        )
    return found


def _value(parent: Element, tag: str) -> str:
    child = parent.find(qn(tag))
    return "" if child is None else str(child.get(qn("w:val")) or "")


def _place(properties: Element | None) -> tuple[str, int] | None:
    """Return the list and the depth that paragraph properties name."""
    named = properties.find(qn("w:numPr")) if properties is not None else None
    if named is None:
        return None
    key, depth = _value(named, "w:numId"), _value(named, "w:ilvl")
    return (key, int(depth or 0)) if key and key != "0" else None


def _written(value: int, form: str) -> str:
    if form in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in {"lowerRoman", "upperRoman"}:
        roman = _roman(value)
        return roman if form == "upperRoman" else roman.lower()
    return f"{value:02d}" if form == "decimalZero" else str(value)


def _roman(value: int) -> str:
    numerals = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"),
                (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"),
                (4, "IV"), (1, "I"))  # fmt: skip
    written = ""
    for size, letters in numerals:
        count, value = divmod(value, size)
        written += letters * min(count, 20)
    return written
