"""Words: folding, tokens, stop words, and which of the two languages a text is in."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from index.records import Language


class Word(NamedTuple):
    """A word of a text: its folded form and where it stands."""

    form: str
    start: int
    end: int


class _Folded(dict[int, str]):
    """What each character becomes, worked out at its first use: a translation."""

    def __missing__(self, code: int) -> str:
        """One character without case and diacritics; a stray mark becomes nothing."""
        base = unicodedata.normalize("NFD", chr(code))[0]
        low = base.lower()
        self[code] = (
            "" if unicodedata.combining(base) else low if len(low) == 1 else base
        )
        return self[code]


_FOLDED = _Folded({ord("đ"): "d", ord("Đ"): "d"})


def fold(text: str) -> str:
    """*text* in lower case without diacritics, đ as d.

    As long as *text* itself, character for character, when *text* is in NFC.
    """
    return text.lower() if text.isascii() else text.translate(_FOLDED)


def fold_in_place(text: str) -> str:
    """Like `fold`, but always as long as *text*, so that offsets carry over.

    Decomposed text cannot be folded in place; it is only lower-cased.
    """
    folded = fold(text)
    return folded if len(folded) == len(text) else _lower_in_place(text)


def _lower_in_place(text: str) -> str:
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


_WORD = re.compile(r"\d+(?:[.,/]\d+)*%?|[^\W\d_]+(?:['’][^\W\d_]+)?\d*", re.UNICODE)


def words(text: str) -> Iterator[Word]:
    """The words of *text*, folded; numbers stay whole ("52.80%")."""
    folded = fold_in_place(text)
    for match in _WORD.finditer(folded):
        form = re.sub(r"['’]s?$", "", match.group().replace("’s", ""))
        yield Word(form.removesuffix("'s"), match.start(), match.end())


def tokens(text: str) -> list[str]:
    """The folded words of *text*, as full-text search stores and asks them."""
    return [word.form for word in words(text)]


def word_set(text: str) -> frozenset[str]:
    """The words of *text*, parted by white space: a long set, readable as text."""
    return frozenset(text.split())


_SYLLABLE = re.compile(
    "(?:b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?"
    "(?:[aeiouy]|a[iouy]|e[ou]|i[aeu]|o[aei]|u[aeiouy]|y[eu]|ie[u]|oa[iy]|oe[o]"
    "|uo[iu]|u[ay]|uy[aeu]|ye[u]|uye|uoi|uou|uya)(?:c|ch|m|n|ng|nh|p|t)?"
)
_EN_WORDS = word_set(
    """
    the of in is was were what how many much which who whom when where did does do
    and or for by to on at has have had been are with from that this it rate
    percentage share number why compared than about list give name total not an a me
    tell can please
    """
)
# Function words of Vietnamese, folded; as words of English they are rare.
_VI_WORDS = word_set(
    """
    bao nhieu la cua nam ty le cac nhung trong thi sao duoc khong co cho va den theo
    nao ai gi khi tai vi nhu da dat nguoi tinh nuoc hay truoc sau voi hon thang quy
    xep tong con ra toi nay
    """
)


def lies_in(at: int, spans: Iterable[tuple[int, int]]) -> bool:
    """True if the offset *at* lies in one of *spans*, whose ends are not in them."""
    return any(start <= at < end for start, end in spans)


def language_of(text: str) -> Language:
    """The language of a question or a report's text: "en" or "vi".

    Two languages, one of them made of short syllables of a fixed shape, need
    no model: words that cannot be a Vietnamese syllable and English function
    words speak for English, marks and Vietnamese function words against it.
    Abbreviations in capitals say nothing.
    """
    english = vietnamese = 0.0
    for word in words(text):
        raw = text[word.start : word.end]
        if not word.form.isalpha() or (raw.isupper() and len(raw) > 1):
            continue
        marked = raw.lower() != word.form
        if marked:
            vietnamese += 1
        elif word.form in _EN_WORDS:
            english += 2
        elif word.form in _VI_WORDS:
            vietnamese += 2
        elif _SYLLABLE.fullmatch(word.form):
            vietnamese += 0.75
        else:
            english += 1
    return "vi" if vietnamese > english else "en"


STOP_WORDS: frozenset[str] = word_set(
    # English
    """
    a an the of in on at to for by from with and or as is was were are be been being
    it its this that these those there here has have had do does did will would can
    could should may might must what which who whom whose when where why how many
    much if than then so such not no nor but about into over under out up down also
    please tell me give show us i we you they he she his her their our my your say
    says according report reports reported state stated during per s any all each
    know let find want need get got like just exactly currently current latest
    recent ever yet still now far
    """
    # Vietnamese, folded
    """
    la cua cac nhung mot trong va voi cho ve den tu theo o tai nao gi ai bao nhieu
    may khi dau the nhu duoc bi da dang se co khong thi ma nay do kia ay vi sao hay
    hoac toi chung ta ban xin vui long biet hoi cao neu ra len xuong tren duoi rang
    cung van chi con lai nua phai can muon hien moi nhat vay a u nhe dum giup
    """
)
