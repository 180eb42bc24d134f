"""Letters with their boxes into words.

The width of a gap tells a space between words from one that only a change of
font put into the file ("ĐIỀ U KHO ẢN"), and from letters that are set apart for
looks ("B Á O  C Á O"). Marks of footnotes are left out: "2023¹" would else be
the year 20231.
"""

import statistics
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from ingest.formats.notes import raised
from ingest.formats.words import Word

_TIGHT = 0.07  # of the letter's height: a gap this small parts no words
_BESIDE = 8  # letters on both sides of a gap that tell how close they stand
_WIDE = 0.16  # spaces are at least this wide where widths can be trusted
_LOOSE = 0.35  # a gap this wide parts words even without a space
_HYPHENS = {0x02, 0xFFFE}  # what PDFium makes of a hyphen at the end of a line
# The soft hyphen, 0xAD, stays: before Unicode it was the letter "ư".
_DROPPED = {0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF}
_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl",
    0xFB05: "st", 0xFB06: "st",
}  # fmt: skip


class Letter(NamedTuple):
    """A letter as a page shows it: places in points, y downwards.

    foot: where the line that it stands on is, whatever its font.
    """

    code: int
    x0: float
    y0: float
    x1: float
    y1: float
    foot: float
    upright: bool


def words_of(letters: Sequence[Letter]) -> tuple[list[Word], int]:
    """Return the words, and how many spaces within words were taken out."""
    letters = _without_notes(letters)
    trusted = _widths_are_sound(letters)
    stretched = _stretched(letters)
    words: list[Word] = []
    group: list[Letter] = []
    spaced, mended = False, 0
    for row, letter in enumerate(letters):
        if is_space(letter.code):
            spaced = True
            continue
        if letter.code in _DROPPED or letter.code == 0:
            continue
        if group:
            before, usual = group[-1], stretched.get(row)
            if usual is not None:
                parted = _gap(before, letter) > _STRETCH * usual
            else:
                tight = (
                    trusted
                    and _is_tight(before, letter)
                    and not _is_wider(group[-_BESIDE:], letters[row : row + _BESIDE])
                )
                parted = (spaced and not tight) or _is_apart(before, letter)
            if parted:
                words += _made(group)
                group = []
            else:
                mended += spaced
        group.append(letter)
        spaced = False
    return words + _made(group), mended


def is_space(code: int) -> bool:
    """Return True for the code of white space."""
    return code in {9, 10, 13, 32, 0xA0, 0x3000} or 0x2000 <= code <= 0x200A


def _gap(before: Letter, letter: Letter) -> float:
    """Return the white between two letters in heights of a letter, if on one line."""
    height = max(before.y1 - before.y0, letter.y1 - letter.y0, 1e-3)
    return (letter.x0 - before.x1) / height


def on_one_line(before: Letter, letter: Letter) -> bool:
    """Return True if two letters stand at the same height."""
    overlap = min(before.y1, letter.y1) - max(before.y0, letter.y0)
    low = min(before.y1 - before.y0, letter.y1 - letter.y0)
    return overlap > 0.4 * low


def _is_tight(before: Letter, letter: Letter) -> bool:
    """Return True if no space shows between two letters, whatever the file says."""
    if not (before.upright and letter.upright and on_one_line(before, letter)):
        return False
    # Only within words: "45 %" and "Điều 5" keep what the file says.
    if not (chr(before.code).isalpha() and chr(letter.code).isalpha()):
        return False
    return -0.3 < _gap(before, letter) < _TIGHT


def _is_wider(before: Sequence[Letter], after: Sequence[Letter]) -> bool:
    """Return True if more white is between two runs of letters than within them.

    Letters whose widths are told too large reach over each other, and over spaces.
    """
    word = list(takewhile(lambda one: not is_space(one.code), after))
    within = [_gap(*pair) for run in (before, word) for pair in pairwise(run)]
    usual = min(statistics.median(within), 0.0) if within else 0.0
    return _gap(before[-1], after[0]) - usual >= _TIGHT


def _is_apart(before: Letter, letter: Letter) -> bool:
    """Return True if two letters belong to two words although no space is between."""
    if before.upright != letter.upright:
        return True
    if not letter.upright:
        return False  # PDFium's own spaces have to do
    combining = unicodedata.combining(chr(letter.code)) > 0
    if combining or before.x1 <= before.x0 or letter.x1 <= letter.x0:
        return False
    gap = _gap(before, letter)
    back = -1.5 * (before.x1 - before.x0 + letter.x1 - letter.x0)
    height = max(before.y1 - before.y0, letter.y1 - letter.y0, 1e-3)
    return (
        gap > _LOOSE or gap * height < min(back, -2) or not on_one_line(before, letter)
    )


def _widths_are_sound(letters: Sequence[Letter]) -> bool:
    """Return True if gaps tell anything: in some files letters claim false widths."""
    gaps = []
    for before, space, after in zip(letters, letters[1:], letters[2:], strict=False):
        if is_space(space.code) and not is_space(before.code):
            if is_space(after.code) or not (before.upright and after.upright):
                continue
            if on_one_line(before, after) and (gap := _gap(before, after)) > -1:
                gaps.append(gap)
    return len(gaps) >= 3 and statistics.median(gaps) > _WIDE


def _made(group: Sequence[Letter]) -> list[Word]:
    """Return the word of these letters, or none if nothing can be read of it."""
    if not group:
        return []
    text = "".join(map(_char, group))
    text = unicodedata.normalize("NFC", text).strip()
    if not text:
        return []
    boxes = [one for one in group if one.x1 > one.x0 and one.y1 > one.y0] or group
    return [
        Word(
            text,
            min(one.x0 for one in boxes),
            min(one.y0 for one in boxes),
            max(one.x1 for one in boxes),
            max(one.y1 for one in boxes),
            group[0].upright,
        )
    ]


def _char(letter: Letter) -> str:
    code = letter.code
    if code in _HYPHENS:
        return "-"
    if code < 32 or 0x7F <= code < 0xA0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return "\ufffd"
    return _LIGATURES.get(code) or chr(code)


# --- Letters set apart for looks --------------------------------------------------

_STRETCH = 1.6  # times the usual gap of a line that is set apart: more parts words
_APART = (0.12, 0.9)  # heights that letters of such a line stand apart
_FEWEST = 6  # letters from which a line tells that it is set apart


def _stretched(letters: Sequence[Letter]) -> dict[int, float]:
    """Return the usual gap of each letter that follows one in a line set apart."""
    found: dict[int, float] = {}
    for run in _lines(letters):
        if len(run) < _FEWEST:
            continue
        gaps = [_gap(letters[a], letters[b]) for a, b in pairwise(run)]
        usual = statistics.median_low(gaps)
        alphabetic = sum(chr(letters[row].code).isalpha() for row in run)
        if not _APART[0] < usual < _APART[1] or alphabetic < 0.6 * len(run):
            continue
        # Else they are single letters with a space between each two.
        if max(gaps) > _STRETCH * usual and min(gaps) > 0.5 * usual:
            found.update(dict.fromkeys(run[1:], usual))
    return found


def _lines(letters: Sequence[Letter]) -> Iterator[list[int]]:
    """Rows of upright letters that follow each other on a line, without spaces."""
    run: list[int] = []
    for row, letter in enumerate(letters):
        if is_space(letter.code) or letter.x1 <= letter.x0:
            continue
        if run and not _goes_on(letters[run[-1]], letter):
            yield run
            run = []
        run.append(row)
    yield run


def _goes_on(before: Letter, letter: Letter) -> bool:
    both = before.upright and letter.upright
    return both and on_one_line(before, letter) and -0.5 < _gap(before, letter) < 3


# --- Marks of notes ---------------------------------------------------------------

_MARK = frozenset(map(ord, "0123456789()[],"))
_STOPS = frozenset(map(ord, ",.;:)"))


def _without_notes(letters: Sequence[Letter]) -> list[Letter]:
    """Return the letters without raised numbers that only refer to a note."""
    kept: list[Letter] = []
    row = 0
    while row < len(letters):
        end = _end_of_mark(letters, row, kept)
        if end == row:
            kept.append(letters[row])
            row += 1
            continue
        mark = letters[row:end]
        stays = raised("".join(chr(one.code) for one in mark), _told(kept[-12:]))
        kept += [
            one._replace(code=ord(char)) for one, char in zip(mark, stays, strict=False)
        ]
        row = end if stays else _closed_up(letters, end, mark[-1].x1, kept)
    return kept


def _closed_up(
    letters: Sequence[Letter], row: int, to: float, kept: list[Letter]
) -> int:
    """Let a full stop follow the word before the mark; return the row to go on at."""
    after = row
    while after < len(letters) and is_space(letters[after].code):
        after += 1
    if not kept or after == len(letters) or letters[after].code not in _STOPS:
        return row
    kept[-1] = kept[-1]._replace(x1=to)
    return after


def _told(letters: Sequence[Letter]) -> str:
    return "".join(" " if is_space(one.code) else _char(one) for one in letters)


def _end_of_mark(letters: Sequence[Letter], row: int, kept: Sequence[Letter]) -> int:
    """Return the row after the mark of a note that begins at *row*, else *row*."""
    end = row
    base = next((one for one in reversed(kept[-2:]) if not is_space(one.code)), None)
    while end < len(letters) and letters[end].code in _MARK:
        if base is None or not _is_raised(letters[end], base):
            break
        base = base._replace(x1=max(base.x1, letters[end].x1))
        end += 1
    if end == row and (base is None or not on_one_line(base, letters[row])):
        end = _end_of_opening(letters, row)
    told = any(48 <= one.code < 58 for one in letters[row:end])
    fraction = end < len(letters) and chr(letters[end].code) in "/⁄"
    return end if told and not fraction else row


def _end_of_opening(letters: Sequence[Letter], row: int) -> int:
    """The same for a mark at the head of its note: what follows is larger."""
    end = row
    while end < len(letters) and letters[end].code in _MARK:
        end += 1
    after = next((n for n in letters[end : end + 2] if not is_space(n.code)), None)
    if end == row or after is None or not _is_raised(letters[end - 1], after):
        return row
    return end if letters[row].foot == letters[end - 1].foot else row


def _is_raised(letter: Letter, base: Letter) -> bool:
    """Return True if *letter* stands close beside *base* and higher, in part.

    Heights of letters tell nothing: they are those of the font.
    """
    height = base.y1 - base.y0
    gap = letter.x0 - base.x1 if letter.x0 > base.x0 else base.x0 - letter.x1
    return (
        letter.upright
        and base.upright
        and -0.3 * height < gap < 0.6 * height
        and 0.12 * height < base.foot - letter.foot < 0.75 * height
    )


# --- Codes ------------------------------------------------------------------------


def plain_codes(codes: list[int]) -> list[int]:
    """Return the codes with those put right whose bytes were written the wrong way.

    Ghostscript does so with ligatures: "昀椀" (U+6600 U+6900) is "fi" (U+0066 U+0069).
    """
    turned = {code for code in codes if code & 0xFF == 0 and chr(code >> 8).isalpha()
              and 0x4100 <= code <= 0x7A00}  # fmt: skip
    if not turned or any(0x3400 <= code <= 0x9FFF for code in set(codes) - turned):
        return codes  # it is Chinese
    return [code >> 8 if code in turned else code for code in codes]
