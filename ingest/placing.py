"""Which place a figure belongs to; a place holds until the text moves on."""

import re
from collections.abc import Sequence

from index.grammar.marks import grammar_fold
from index.grammar.places import NATION, PlaceMention, find_places, in_a_row
from ingest.clauses import Segment
from ingest.dating import paired, trails

_MEETING = re.compile(
    r"\b(?:conference|meeting|session|ceremony|workshop|forum|hoi nghi|hoi thao"
    r"|phien hop|cuoc hop|buoi|le)\b"
)
_HELD = re.compile(
    r"\b(?:attend(?:ed|ing)|held|organi[sz]ed?|hosted|took place|opened|du|tham du"
    r"|to chuc|dien ra)\b"
)
_CHAIRED = re.compile(r"\b(?:chaired|presided|chu tri|diem cau)\b")
_VENUE_AFTER = re.compile(
    r"\s*(?:province\s+|provincial\s+)?(?:bridge|venue|branch|headquarters|conference)"
)
_NATIONAL = re.compile(
    r"\b(?:prime minister|ministry of|ministries|national|government|thu tuong"
    r"|bo truong|cac bo|chinh phu|quoc gia|localities|provinces and cities)\b"
)
# "approved in Decision No. 339 of the Prime Minister": what it sets is the nation's.
_NATIONAL_RULE = re.compile(
    r"\b(?:decision|resolution|strategy|plan|quyet dinh|nghi quyet|chien luoc)\b.{0,80}"
    r"\b(?:prime minister|government|politburo|national assembly|thu tuong|chinh phu"
    r"|bo chinh tri|quoc hoi)\b"
)
# What a figure is held against is not where it was counted.
_HELD_AGAINST = re.compile(
    r"(?:\bthan(?:\s+the)?|\bcompared\s+(?:to|with)(?:\s+the)?|\bso voi(?:\s+\w+){0,4}"
    r"|\b(?:after|behind|second\s+only\s+to|sau)"
    r"|\b(?:cao|thap|nhieu|it) hon(?:\s+\w+){0,5}"
    r"|\b(?:above|below|exceeding)(?:\s+the)?"
    r"|\btren(?: muc)? (?:binh quan|trung binh)(?: cua)?)"
    r"\s+(?:tinh\s+|thanh pho\s+|tp\.?\s*)?$"
)
_ITS_OWN = re.compile(
    r"\s*(?:\(|:|la|o muc|o|at|of|with|voi|dat)\s*\d"
)  # "… cả nước là 18,2%"
# Nor is the field of a ranking: "the highest nationwide", "xếp thứ ba cả nước".
_FIELD = re.compile(
    r"\b(?:(?:dung|dan) dau|thu \w+|hang \w+|top \w+|nhat|first|second|third"
    r"|lead(?:s|ing)|led|(?:highest|lowest|largest)(?:\s+\w+){0,2}|\d+(?:st|nd|rd|th)(?:\s+place)?)\s+$"
)
_THE_PROVINCE = re.compile(
    r"\b(?:the\s+(?:whole\s+|entire\s+)?(?:province|city)(?:'s|’s)?|the\s+provincial"
    r"|toan tinh|toan thanh pho|dia ban (?:tinh|thanh pho)|cua (?:tinh|thanh pho))\b"
)
# "tỉnh giải ngân …" opening a clause; in its marks, for "tính đến" folds alike.
_TINH = re.compile(
    r"(?:^|(?<!tỉnh)[,;:]\s+)(?:[Tt]ỉnh|[Tt]hành phố)\s+"
    r"(?!ủy\b|uỷ\b|thành\b)(?=[^\W\d_])"
)
_UNIT_WORDS = (
    r"(?:the\s+)?(?:cac\s+)?(?:provinces\s+(?:of|in)\s+(?:the\s+)?|vung\s+"
    r"|khu vuc\s+|province\s+of\s+|city\s+of\s+|tinh\s+"
    r"|thanh pho\s+|tp\.?\s*)?"
)
_FRAME = re.compile(
    r"\W*(?:in|at|for|across|within|tai|o|tren dia ban|rieng|rieng tai|doi voi)\s+"
    + _UNIT_WORDS
)
_JOINED = re.compile(
    r"\b(?:in|of|at|for|across|within|tai|o|cua|tren dia ban)\s+" + _UNIT_WORDS + "$"
)
# "… còn vùng Tây Nguyên là 12%": a region told apart from others.
_SET_APART = re.compile(
    r"\b(?:rieng|con|trong khi|while|whereas)\s+(?:tai\s+|o\s+|in\s+)?"
    + _UNIT_WORDS
    + "$"
)
_OPENS_PART = re.compile(r"[;,]\s+(?:khoi\s+|the\s+)?" + _UNIT_WORDS + "$")
# "… in Hau Giang 5%, while in Bac Lieu": another place's turn.
_TURNS = re.compile(
    r"[;]|\b(?:while|whereas|but|against|compared|versus|than|trong khi|con|nhung"
    r"|so voi)\b"
)
_UNIT_AFTER = re.compile(r"\s*(?:province|city|provincial|people)\b")
# "the fastest growth in Southeast Asia" is grown elsewhere.
_BEST = re.compile(
    r"\b(?:\w{3,}est|most|leading|first|second|third|top|rank\w*|\d+(?:st|nd|rd|th)|nhat"
    r"|dau|xep|(?:hang|dung)\s+thu)\b[^.;,]{0,40}$"
)
_PROVINCES = re.compile(
    r"\s*(?:of the )?(?:other )?(?:\d+ )?(?:provinces|localities|tinh(?!\s+(?:uy|den))"
    r"|dia phuong)\b"
)
_BOUND_FOR = re.compile(r"\bto\s+$")  # "patients referred to Hanoi" are not there
_HEAD = 12  # characters in which a sentence opens with its place
# "The average of the 63 provinces": the nation's, whoever reports it.
_OF_ALL = re.compile(
    r"\b(?:average|mean|binh quan|trung binh)\b[^.;]{0,40}"
    r"\b(?:63|34)\s+(?:provinces|localities|tinh|dia phuong)\b"
)
# "The national average was 43.8%": held beside the province's, which goes on.
_AVERAGE = re.compile(
    r"(?:\bnational\s+\w+|\b(?:binh quan|trung binh|muc)(?:\s+chung)?(?:\s+cua)?"
    r"\s+(?:ca nuoc|toan quoc))$"
)
_HOME = {"province", "local", "nation"}


def places_in(sentence: str) -> list[PlaceMention]:
    """The mentions of *sentence* that can own a figure.

    A venue ("at the Quang Tri bridge", "in Hanoi, … chaired") owns none, and a
    country only where the sentence starts with one, a region where it is set apart.
    """
    folded = grammar_fold(sentence)
    meeting = _CHAIRED.search(folded) or (
        _MEETING.search(folded) and _HELD.search(folded)
    )
    every = find_places(sentence)
    abroad = any(m.level == "abroad" and m.start <= _HEAD for m in every)
    return [
        mention
        for mention in every
        if not is_measure(folded, mention)
        and not (meeting and mention.level in {"province", "local"})
        and not (mention.level == "abroad" and not abroad)
        and not (
            mention.level == "region"
            and mention.start > _HEAD
            and not (
                _JOINED.search(folded, max(0, mention.start - 40), mention.start)
                and not _BEST.search(folded, 0, mention.start)
            )
            and not _SET_APART.search(folded, 0, mention.start)
            and not _OPENS_PART.search(folded, 0, mention.start)
        )
        and not _BOUND_FOR.search(folded, 0, mention.start)
        and not (mention.level == "nation" and _FIELD.search(folded, 0, mention.start))
        and not _VENUE_AFTER.match(folded, mention.end)
    ]


def is_measure(folded: str, mention: PlaceMention) -> bool:
    """True where a figure is only held against the place: "third after Hue"."""
    before = max(0, mention.start - 60)
    return (
        _HELD_AGAINST.search(folded, before, mention.start) is not None
        and _ITS_OWN.match(folded, mention.end) is None
    )


def place_of(
    mentions: Sequence[PlaceMention],
    sentence: str,
    segment: Segment,
    all_segments: Sequence[Segment],
) -> str | None:
    """The place that the sentence gives to a segment's figure, or None."""
    below = [m for m in mentions if m.level in {"province", "local"}]
    match = paired(segment, all_segments, below, sentence)
    match = match or _in_step(segment, all_segments, below, sentence)
    if match:
        return match.name
    folded, at = grammar_fold(sentence), segment.quantity.start
    end_of = segment.quantity.end
    owning = [
        m
        for m in mentions
        if m.start < at
        or (
            _owns_before(folded, m)
            and not _TURNS.search(folded, end_of, m.start)
            and (m.start < segment.end or trails(m, all_segments))
        )
    ]
    shared = in_a_row(sentence, [m for m in mentions if m.start > end_of])
    for start, end in ((segment.start, segment.end), segment.clause):
        inside = [m for m in owning if start <= m.start < end]
        if any(m in shared for m in inside):
            return None  # "300 stations in Hanoi, Ha Nam and Da Nang": of none alone
        if inside:
            return min(inside, key=lambda m: _distance(m, at)).name
    before = [m for m in owning if m.start < min(at, segment.clause[0])]
    if not before:
        return None
    opens = not before[0].start or _FRAME.fullmatch(folded, 0, before[0].start)
    if not opens and before[-1] in in_a_row(sentence, below):
        return None  # "with Hải Dương and Lạng Sơn; 12,870 people …": of none of them
    return before[0 if opens else -1].name


def _in_step(
    segment: Segment,
    all_segments: Sequence[Segment],
    named: Sequence[PlaceMention],
    sentence: str,
) -> PlaceMention | None:
    """The nth of places in a row for the nth of as many figures in a row, or None.

    "Sơn La, Lai Châu and Hà Giang stood at 98.4%, 97.2% and 96.1%".
    """
    row = in_a_row(sentence, [m for m in named if m.start < segment.quantity.start])
    figures = _figures_in_a_row(segment, all_segments, sentence)
    if len(row) < 2 or len(row) != len(figures):
        return None
    first = figures[0].quantity.start
    between = [s for s in all_segments if row[0].start < s.quantity.start < first]
    turns = _TURNS.search(grammar_fold(sentence), row[-1].end, first)
    return None if between or turns else row[figures.index(segment)]


def _figures_in_a_row(
    segment: Segment, all_segments: Sequence[Segment], sentence: str
) -> list[Segment]:
    """The segments whose figures stand in one row with that of *segment*."""
    folded = grammar_fold(sentence)
    rows: list[list[Segment]] = []
    for part in all_segments:
        before = rows[-1][-1].quantity if rows else None
        alike = before and (before.kind, before.unit) == (
            part.quantity.kind,
            part.quantity.unit,
        )
        start = before.end if before else 0
        if alike and _NEXT_IN_ROW.fullmatch(folded, start, part.quantity.told_from):
            rows[-1].append(part)
        else:
            rows.append([part])
    return next(row for row in rows if segment in row)


_NEXT_IN_ROW = re.compile(r"(?:\s*[^\W\d]+){0,2}\s*(?:,|,?\s(?:and|va)\s)\s*")


def counts_provinces(sentence: str, at: int) -> bool:
    """True where provinces are counted behind *at*: none of them has the figure."""
    return _PROVINCES.match(grammar_fold(sentence), at) is not None


def _owns_before(folded: str, mention: PlaceMention) -> bool:
    """True if the place owns figures before it: "98% in Hue", "45% nationwide"."""
    start = mention.start
    return mention.level == "nation" or bool(
        _JOINED.search(folded, max(0, start - 40), start)
    )


def _distance(mention: PlaceMention, at: int) -> int:
    """Characters from mention to figure; one behind the figure is farther off."""
    return at - mention.end if mention.end <= at else (mention.start - at) * 2


def _frames(folded: str, mention: PlaceMention, until: int) -> bool:
    """True if the sentence is set there: "In Hue, …", "Hue province has …"."""
    if mention.level == "nation":
        return mention.start < until
    return bool(_FRAME.fullmatch(folded, 0, mention.start)) or (
        mention.start < _HEAD and _UNIT_AFTER.match(folded, mention.end) is not None
    )


class PlaceMemory:
    """The place that holds at a point of a report, as its sentences go by."""

    def __init__(self, default: str | None) -> None:
        self.default = default or NATION
        self.current = self.default
        self.province = default  # what "the province" means

    def read(
        self,
        mentions: Sequence[PlaceMention],
        sentence: str,
        first_figure: int,
        *,
        new_paragraph: bool,
    ) -> str:
        """The place for figures of this sentence that name none; then remember.

        first_figure: where the first figure stands; what comes later sets no scene.
        """
        folded = grammar_fold(sentence)
        if _OF_ALL.search(folded):
            return NATION
        national = _NATIONAL.search(folded, 0, 60) or _NATIONAL_RULE.search(folded)
        if new_paragraph or national:
            self.current = self.default
        named = [
            m
            for m in find_places(sentence)
            if m.level == "province" and not is_measure(folded, m)
        ]
        # A list of others does not change which one the report speaks of.
        if named and (
            self.province is None
            or (self.default == NATION and len({m.name for m in named}) == 1)
            or _frames(folded, named[0], first_figure)
        ):
            self.province = named[0].name
        meant = _THE_PROVINCE.search(folded) or _TINH.search(sentence)
        if self.province and not named and meant and not national:
            self.current = self.province
        home = [
            m
            for m in mentions
            if m.level in _HOME and not _AVERAGE.search(folded[: m.end])
        ]
        if len({m.name for m in home}) == 1 and _frames(folded, home[0], first_figure):
            self.current = home[0].name
        return self.current
