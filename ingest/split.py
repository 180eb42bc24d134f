"""Paragraphs into sentences (what is quoted) and passages (what is retrieved).

sentencex finds the boundaries; what it gets wrong in reports of this kind is
repaired here. Every offset points into the page's text as it is stored.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sentencex

from index.records import Language, Passage, Sentence
from ingest.clean import Paragraph

# --- Sentences ----------------------------------------------------------------

# Short forms with a full stop that ends no sentence.
_SHORT_FORM = re.compile(
    r"(?:^|[\s(“\".])(?:TP|TX|TS|ThS|Th\.S|CN|KS|BS|LS|GS|PGS|NGƯT|NGND|NSND|NSƯT"
    r"|NXB|tr|[Nn]o|Art|Assoc|Prof|Vol|Fig|Sec|Dept|Gen|Lt|Col|Maj|Sgt|Hon|Rev"
    r"|[Aa]pprox|[Ee]st|[Ii]ncl|cf|viz|vs|Mr|Mrs|Ms|Dr|St|e\.g|i\.e)\.$"
)
_NUMBERING = re.compile(
    r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[ivx]{1,4}|[IVX]{1,4})[.)]"
)
# "Điều 5." opens what it numbers.
_ARTICLE = re.compile(
    r"(?:Điều|Khoản|Mục|Chương|Phần|Article|Section|Chapter|Clause)\s+"
    r"(?:\d{1,3}[a-zđ]?|[IVXLC]{1,6}|thứ \w+)[.:]",
    re.IGNORECASE,
)
_LISTED = re.compile(rf"{_NUMBERING.pattern}\s")
_LIST_MARK = re.compile(r"(?<![\w(])([a-zđ]|\d{1,2}|[ivx]{1,4})\)(?=\s)")
_ENDS_WORD = re.compile(r"[a-zà-ỹ]{3}[.!?]$")
_OPEN_END = re.compile(
    r"(?:\betc\.|\bv\.\s?v\.?|…|\.{3,})[”\"’)]?\s+(?=[“\"‘(]?[^\W\d_a-zà-ỹ])"
)
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|\([^()]*\)")
_LONGEST_QUOTE = 200  # characters that a quotation may keep in one sentence


def sentences(
    content: Sequence[Paragraph], language: Language
) -> tuple[tuple[Sentence, ...], tuple[int, ...]]:
    """Return the sentences of all paragraphs, and for each the row of its paragraph.

    In order, none overlapping; together they hold every character of the
    paragraphs that is not white space.
    """
    found: list[Sentence] = []
    rows: list[int] = []
    for row, paragraph in enumerate(content):
        at, text = paragraph.start, paragraph.text
        whole = [(0, len(text))]
        for start, end in whole if paragraph.row else spans(text, language):
            found.append(
                Sentence(
                    paragraph.page,
                    at + start,
                    at + end,
                    text[start:end],
                    paragraph.context,
                )
            )
            rows.append(row)
    return tuple(found), tuple(rows)


def spans(text: str, language: Language) -> list[tuple[int, int]]:
    """Where the sentences of one paragraph stand, trimmed of white space."""
    bounds = [0]
    for end in _boundaries(text, language):
        if not _is_wrong(text, bounds[-1], end):
            bounds.append(end)
    trimmed = []
    for start, end in zip(bounds, [*bounds[1:], len(text)], strict=True):
        piece = text[start:end]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            trimmed.append((left, start + len(piece.rstrip())))
    return trimmed


def _boundaries(text: str, language: Language) -> list[int]:
    """Where sentencex ends sentences, and where it misses an end; sorted."""
    stand_in = _stand_in(text)
    found = {
        int(piece["end_index"])
        for piece in sentencex.get_sentence_boundaries(language, stand_in)
    }
    quoted = [match.span() for match in _QUOTED.finditer(stand_in)]
    for match in _OPEN_END.finditer(stand_in):
        if not any(start < match.start() < end - 1 for start, end in quoted):
            found.add(match.end())
    return sorted(end for end in found if 0 < end < len(text))


def _stand_in(text: str) -> str:
    """*text*, as long as it was, without what leads sentencex astray.

    Line breaks of a wrapped paragraph end no sentence; "b)" starts no new one
    within an enumeration; a quotation mark without its partner, or a very long
    quotation, must not glue sentences together.
    """
    flat = _LIST_MARK.sub(r"\1,", re.sub(r"[\n\r\f\t\v]", " ", text))
    kept = list(flat)
    paired: set[int] = set()
    for match in _QUOTED.finditer(flat):
        if match.end() - match.start() <= _LONGEST_QUOTE:
            paired.update((match.start(), match.end() - 1))
    for i, char in enumerate(flat):
        if char in '"“”()' and i not in paired:
            kept[i] = "," if char in "()" else "'"
    return "".join(kept)


def _is_wrong(text: str, start: int, end: int) -> bool:
    """Return True if no sentence ends at *end*, or none begins there."""
    before, after = text[start:end].rstrip(), text[end:].lstrip()
    if not any(char.isalnum() for char in before) or not after:
        return True
    if not any(char.isalnum() for char in after):
        return True  # "/." and the like close the sentence before
    if _SHORT_FORM.search(before) or _NUMBERING.fullmatch(before):
        return True
    if _ARTICLE.fullmatch(before):
        return True
    if after[0].islower() and not _LISTED.match(after):
        return True
    if after[0] in ",;:/)]}%":
        return True
    touching = not text[end - 1].isspace() and not text[end].isspace()
    return touching and not (_ENDS_WORD.search(before) and after[1:2].islower())


# --- Passages -----------------------------------------------------------------

MAX_WORDS = 120
MAX_SENTENCES = 4
_SLACK = 1.25  # a paragraph a little too long stays whole
_TINY_WORDS = 20  # a paragraph this small may join its neighbour
_MAX_TINY = 8  # sentences of a list of tiny paragraphs


@dataclass(frozen=True, slots=True)
class _Piece:
    """Sentences first..last of one paragraph, or of several that were joined."""

    first: int
    last: int
    words: int
    leads: bool  # a heading, or a line ending in ":": belongs to what follows
    tiny: bool


def passages(
    found: Sequence[Sentence], rows: Sequence[int], content: Sequence[Paragraph]
) -> tuple[Passage, ...]:
    """Group sentences to be retrieved together; each belongs to exactly one.

    found, rows: as `sentences` returns them for *content*.
    A passage holds whole sentences of one page with nothing but white space
    and bullets between them: at most about 120 words or 4 sentences.
    """
    grouped: list[_Piece] = []
    for piece in _pieces(found, rows, content):
        before = grouped[-1] if grouped else None
        if before and _joins(before, piece, rows, content):
            grouped[-1] = _Piece(
                before.first,
                piece.last,
                before.words + piece.words,
                piece.leads,
                before.tiny and piece.tiny,
            )
        else:
            grouped.append(piece)
    return tuple(
        Passage(
            found[piece.first].page,
            found[piece.first].start,
            found[piece.last - 1].end,
            piece.first,
            piece.last,
        )
        for piece in grouped
    )


def _pieces(
    found: Sequence[Sentence], rows: Sequence[int], content: Sequence[Paragraph]
) -> Iterator[_Piece]:
    """Each paragraph whole, or cut into parts of about equal length."""
    first = 0
    while first < len(found):
        last = first
        while last < len(found) and rows[last] == rows[first]:
            last += 1
        counts = [len(found[i].text.split()) for i in range(first, last)]
        paragraph = content[rows[first]]
        total = sum(counts)
        leads = paragraph.heading or paragraph.text.endswith(":")
        for start, end in _even_parts(counts):
            yield _Piece(
                first + start,
                first + end,
                sum(counts[start:end]),
                leads and end == len(counts),
                total < _TINY_WORDS or paragraph.row,
            )
        first = last


def _even_parts(counts: Sequence[int]) -> list[tuple[int, int]]:
    """Cut sentences of *counts* words into as few parts as the limits allow."""
    total = sum(counts)
    by_words = 1 if total <= _SLACK * MAX_WORDS else -(-total // MAX_WORDS)
    wanted = max(by_words, -(-len(counts) // MAX_SENTENCES))
    parts: list[tuple[int, int]] = []
    start, words, done = 0, 0, 0
    for i, count in enumerate(counts):
        over = words + count > _SLACK * MAX_WORDS or i - start == MAX_SENTENCES
        # An even share ends here, unless taking this sentence comes nearer to it.
        share = total * (len(parts) + 1) / wanted
        enough = len(parts) + 1 < wanted and done + count / 2 > share
        if i > start and (over or enough):
            parts.append((start, i))
            start, words = i, 0
        words += count
        done += count
    return [*parts, (start, len(counts))]


def _joins(
    before: _Piece,
    piece: _Piece,
    rows: Sequence[int],
    content: Sequence[Paragraph],
) -> bool:
    """Return True if *piece* goes into the same passage as the one before it."""
    if not _adjacent(content, rows[before.last - 1], rows[piece.first]):
        return False
    if rows[before.last - 1] == rows[piece.first]:
        return False  # parts of one paragraph were cut on purpose
    words, count = before.words + piece.words, piece.last - before.first
    if before.leads:
        return words <= 1.5 * MAX_WORDS and count <= _MAX_TINY
    if piece.leads or words > MAX_WORDS:
        return False
    if before.tiny and piece.tiny:
        return count <= _MAX_TINY
    return (before.tiny or piece.tiny) and count <= MAX_SENTENCES


def _adjacent(content: Sequence[Paragraph], row: int, after: int) -> bool:
    """Return True if nothing that was left out stands between the two paragraphs."""
    return content[row].page == content[after].page and (
        row == after or not content[after].after_gap
    )
