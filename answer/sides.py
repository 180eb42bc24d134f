"""Questions that ask two things at once: "how many A, and how many B?", "A or B?".

Half an answer to such a question misleads, so each side is asked by itself, and both
are shown or none.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from answer.draft import Draft
from answer.question import FIGURES, SERIES, Question
from index.grammar.words import fold_in_place

_HOW_MANY = (
    r"(?:how (?:many|much)|(?:at |in )?what (?:was |is )?(?:the )?(?:share|percentage"
    r"|percent|proportion|rate|number)(?! of the (?:year|total)))\b"
)
_VERB = (
    r"\b(?:have|has|had|is|are|was|were|did|do|does|will|would|can|could|should|must"
    r"|da|duoc|dang|phai|tham gia|hoan thanh)\b"
)
_BOTH = (
    re.compile(
        rf"(?P<a>.*?\b{_HOW_MANY}.+?)[,;]?\s+(?:and|while|but)\s+(?P<b>{_HOW_MANY}.+)"
    ),
    re.compile(
        r"(?P<a>.*?\b(?:bao nhieu|may)\b.+?)[,;]?\s+(?:va|con)\s+"
        r"(?P<b>(?:co |duoc )?(?:bao nhieu|may)\b.+)"
    ),
    re.compile(
        r"(?P<a>.+\bbao nhieu(?: phan tram| %|%)?)\s*[,;]?\s+(?:va|con)\s+"
        r"(?P<b>.+\bbao nhieu\b.*)"
    ),
)
_MORE = (
    r"(?:higher|larger|greater|bigger|lower|smaller|more(?: \w+)?|less(?: \w+)?|fewer"
    r"|faster|slower|better|worse)"
)
_EITHER = (
    re.compile(
        rf"(?P<frame>.*\b(?:which|what|who)\b.*\b{_MORE}\b[^,:?]*[,:]\s*(?:between\s+)?)"
        r"(?P<a>[^,?]+?),?\s+or\s+(?P<b>[^?.,]+)(?P<rest>.*)"
    ),
    re.compile(
        r"(?P<frame>)(?P<a>.+?)\s+hay(?: la)?\s+(?P<b>.+?)"
        r"(?P<rest>\s+(?:cao|nhieu|lon|thap|it|nhanh|cham|dong|pho bien)\s+hon\b.*)"
    ),
)
# Bodies that reports count one by one; "ministries and branches" are one of them.
_MINISTRIES = r"ministries(?:,? (?:and )?(?:branches|sectors|agencies))?"
_BODIES = (
    rf"(?:{_MINISTRIES}|localities|provinces(?: and cities)?|districts|communes|schools"
    r"|enterprises|businesses|companies|hospitals|households)"
)
_BODIES_VI = (
    r"(?:bo(?:,? (?:nganh|co quan))?|dia phuong|tinh(?:,? thanh(?: pho)?)?|huyen|xa"
    r"|doanh nghiep|truong hoc|benh vien|ho gia dinh)"
)
_TWO_COUNTED = (
    re.compile(
        rf"(?P<frame>.*?)\b(?P<a>{_BODIES}),? and (?P<b>{_BODIES})\b(?P<rest>.*)"
    ),
    re.compile(
        rf"(?P<frame>.*?)\b(?P<a>{_BODIES_VI}),? va (?P<b>{_BODIES_VI})\b(?P<rest>.*)"
    ),
)
_HOW_MUCH = " là bao nhiêu?"
_COUNTS = re.compile(r"\b(?:numbers?|how many|count|so|so luong|bao nhieu)\b")
_QUANTIFIER = re.compile(rf"\b(?:{_HOW_MANY}|bao nhieu|may)")
_SHORT = 3  # words of a noun with nothing said of it
_LONGEST = 80  # characters of a headline
_FEW_LETTERS = 3  # a side has words of its own, not just years


def sides_of(text: str) -> tuple[str, ...]:
    """The two questions that *text* joins; empty where it asks one thing."""
    folded = fold_in_place(text)
    for pattern in _BOTH:
        if match := pattern.fullmatch(folded):
            one, two = (text[slice(*match.span(side))] for side in "ab")
            return _with_its_verb(one, two), two
    for pattern in _EITHER:
        match = pattern.fullmatch(folded)
        if match and all(_says_something(match[side]) for side in "ab"):
            frame = re.sub(rf"(?i)\b{_MORE}\b", "", text[: match.start("a")])
            rest = "" if match["frame"] == "" else text[match.end("b") :]
            sides = (text[slice(*match.span(side))] for side in "ab")
            return tuple(f"{frame}{side}{rest or _HOW_MUCH}" for side in sides)
    return ()


def counted_both(text: str) -> tuple[str, ...]:
    """One question each for two bodies: "how have ministries and localities …?"."""
    folded = fold_in_place(text)
    for pattern in _TWO_COUNTED:
        match = pattern.fullmatch(folded)
        if match and _COUNTS.search(match["frame"]):
            before, behind = text[: match.start("a")], text[match.end("b") :]
            return tuple(f"{before}{text[slice(*match.span(x))]}{behind}" for x in "ab")
    return ()


def _with_its_verb(one: str, two: str) -> str:
    """ "How many provinces" of "… and how many districts have joined?".

    What is said of both stands behind the second, whose noun is as long as the first's.
    """
    asked = _QUANTIFIER.search(fold_in_place(one))
    noun = one[asked.end() :].split() if asked else []
    if not 0 < len(noun) <= _SHORT or re.search(_VERB, fold_in_place(one)):
        return one
    verb = re.search(_VERB, fold_in_place(two))
    if verb:
        return f"{one} {two[verb.start() :]}"
    second = _QUANTIFIER.search(fold_in_place(two))
    rest = two[second.end() :].split()[len(noun) :] if second else []
    return f"{one} {' '.join(rest)}" if rest else one


def _says_something(side: str) -> bool:
    return sum(c.isalpha() for c in side) > _FEW_LETTERS


def one_side(side: Question, whole: Question) -> Question:
    """A side as a question for a figure, with what is said once for both."""
    series = whole.want in SERIES and side.want in SERIES
    return replace(
        side,
        want=side.want if series or side.want in FIGURES else whole.base,
        language=whole.language,
        periods=side.periods or whole.periods,
        places=side.places or whole.places,
    )


def together(found: Sequence[Draft]) -> Draft | None:
    """Both sides as one draft; None unless each is another figure."""
    figures = {draft.main.stored.id for draft in found if draft.main.stored}
    if len(found) < 2 or len(figures) < len(found):
        return None
    *others, last = found
    rows = [row for draft in others for row in (*draft.more, draft.main)]
    start, end = _headline(found)
    return replace(
        last,
        start=start,
        end=end,
        confidence=min(draft.confidence for draft in found),
        more=(*rows, *last.more),
        series=True,
        sides=True,
        differing=(),
        others=(),
    )


def _headline(found: Sequence[Draft]) -> tuple[int, int]:
    """Of both figures where they stand close in one sentence, else of the last."""
    start = min(draft.start for draft in found)
    end = max(draft.end for draft in found)
    in_one = len({draft.main.sentence.id for draft in found}) == 1
    if in_one and end - start <= _LONGEST:
        return start, end
    return found[-1].start, found[-1].end


def tells_both(draft: Draft) -> bool:
    """True if the sentence that is quoted has figures for two sides."""
    figures = (f.figure for f in draft.main.sentence.figures)
    return sum(figure.kind != "date" for figure in figures) > 1
