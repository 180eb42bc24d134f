"""Which place a figure belongs to; a place holds until the text moves on."""

import re
from collections.abc import Sequence

from index.grammar.places import NATION, PlaceMention, find_places
from index.grammar.words import fold_in_place

_MEETING = re.compile(
    r"\b(?:chaired|attended|held|organi[sz]ed|conference|meeting|bridge|venue|headquarters"
    r"|hosted|ceremony|workshop|chu tri|du hoi nghi|tham du|to chuc|dien ra|hoi nghi"
    r"|diem cau|tai diem)\b"
)
_VENUE_AFTER = re.compile(
    r"\s*(?:province\s+|provincial\s+)?(?:bridge|venue|branch|headquarters|conference)"
)
_PROVINCIAL = re.compile(
    r"\b(?:the\s+(?:whole\s+)?(?:province|city)|provincial|province's|city's|toan tinh"
    r"|tren dia ban|cua tinh|tinh da|thanh pho|dia phuong nay|tinh)\b"
)
_NATIONAL = re.compile(
    r"\b(?:prime minister|ministry of|ministries|national|government|thu tuong|bo truong"
    r"|cac bo|chinh phu|quoc gia|localities|provinces and cities)\b"
)
_HOME = {"province", "local", "nation"}


def places_in(sentence: str) -> list[PlaceMention]:
    """The mentions of *sentence* that can own a figure.

    A venue ("at the Quang Tri bridge", "in Hanoi, … chaired") owns none, and a
    country or region only where the sentence starts with it.
    """
    folded = fold_in_place(sentence)
    meeting = _MEETING.search(folded) is not None
    found = []
    for mention in find_places(sentence):
        if _VENUE_AFTER.match(folded, mention.end):
            continue
        if mention.level in {"province", "local"} and meeting:
            continue
        if mention.level in {"abroad", "region"} and mention.start > 12:
            continue
        found.append(mention)
    return found


def place_of(
    mentions: Sequence[PlaceMention],
    sentence: str,
    segment: tuple[int, int],
    clause: tuple[int, int],
    at: int,
) -> str | None:
    """The place that the sentence gives to the figure at *at*, or None."""
    for start, end in (segment, clause):
        inside = [m for m in mentions if start <= m.start < end]
        if inside:
            return min(inside, key=lambda m: _distance(m, at)).name
    before = [m for m in mentions if m.start < at and m.start < clause[0]]
    if not before:
        return None
    opening = before[0] if fold_in_place(sentence[: before[0].start]).strip() in {
        "in", "at", "tai", "o", "", "for", "of", "with", "doi voi", "rieng", "rieng tai",
    } else before[-1]  # fmt: skip
    return opening.name


def _distance(mention: PlaceMention, at: int) -> int:
    """Characters from mention to figure; one behind the figure is farther off."""
    return at - mention.end if mention.end <= at else (mention.start - at) * 2


class PlaceMemory:
    """The place that holds at a point of a report, as its sentences go by."""

    def __init__(self, default: str | None) -> None:
        self.default = default or NATION
        self.current = self.default

    def read(
        self, mentions: Sequence[PlaceMention], sentence: str, *, new_paragraph: bool
    ) -> str:
        """The place for figures of this sentence that name none; then remember."""
        folded = fold_in_place(sentence)
        if (new_paragraph and not _PROVINCIAL.search(folded[:120])) or (
            self.current != self.default and _NATIONAL.search(folded[:60])
        ):
            self.current = self.default
        home = [m for m in mentions if m.level in _HOME]
        if home:
            self.current = home[0].name
        return self.current
