"""Vietnamese from before Unicode: TCVN3 (ABC) and VNI fonts, VISCII files.

A TCVN3 or VNI document is Latin text whose font draws Vietnamese letters:
"ViÖt Nam" is "Việt Nam". Word says which font a run has; elsewhere the text
must tell. What makes it safe is that Vietnamese syllables are few: nearly every
word with marks must be one after the conversion, and few before it.

The tables follow TCVN 5712:1993 (VN3), the VNI fonts for Windows and RFC 1456.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from ingest.formats.syllables import RHYMES, STOPPED, apart

Encoding = Literal["TCVN3", "VNI"]

_LOWER = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
_TCVN3 = "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\xadõö÷øùúûüýþ"
_TCVN3_CAPITALS = {"¡": "Ă", "¢": "Â", "§": "Đ", "£": "Ê", "¤": "Ô", "¥": "Ơ", "¦": "Ư"}

_VNI_TONES = {"à": "ø", "ả": "û", "ã": "õ", "á": "ù", "ạ": "ï"}  # by the letter "a"
_VNI_ROUND = {"ầ": "à", "ẩ": "å", "ẫ": "ã", "ấ": "á", "ậ": "ä", "â": "â"}
_VNI_BREVE = {"ằ": "è", "ẳ": "ú", "ẵ": "ü", "ắ": "é", "ặ": "ë", "ă": "ê"}
_VNI_ALONE = {"ì": "ì", "ỉ": "æ", "ĩ": "ó", "í": "í", "ị": "ò", "ỵ": "î", "đ": "ñ"}


def _vni() -> dict[str, str]:
    """VNI spelling → letter, in both cases; one or two characters a letter."""
    table = dict(_VNI_ALONE)
    marks = {unicodedata.normalize("NFD", a)[1:]: m for a, m in _VNI_TONES.items()}
    for base, carrier in (("a", "a"), ("e", "e"), ("o", "o"), ("u", "u"), ("y", "y"),
                          ("ơ", "ô"), ("ư", "ö")):  # fmt: skip
        if base != carrier:
            table[base] = carrier
        for tone, mark in marks.items():
            table[unicodedata.normalize("NFC", base + tone)] = carrier + mark
    for letters, base in ((_VNI_ROUND, "a"), (_VNI_BREVE, "a"), (_VNI_ROUND, "e"),
                          (_VNI_ROUND, "o")):  # fmt: skip
        for letter, mark in letters.items():
            parts = base + unicodedata.normalize("NFD", letter)[1:]
            table[unicodedata.normalize("NFC", parts)] = base + mark
    table["ỵ"] = "î"
    pairs = {spelling: letter for letter, spelling in table.items()}
    pairs |= {spelling.upper(): letter.upper() for spelling, letter in pairs.items()}
    # "Aø" beside "AØ": either case of the mark is drawn over a capital.
    pairs |= {s[0].upper() + s[1]: v.upper() for s, v in pairs.items() if len(s) == 2}
    return pairs


_VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
# A translation of text that was decoded as Latin-1, for files; no font draws it.
VISCII = dict(enumerate(_VISCII, 0x80)) | dict(
    zip((2, 5, 6, 0x14, 0x19, 0x1E), "ẲẴẪỶỸỴ", strict=True)
)
VNI = _vni()
TCVN3 = dict(zip(_TCVN3, _LOWER, strict=True)) | _TCVN3_CAPITALS
_VNI_PATTERN = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
_TCVN3_TABLE = str.maketrans(TCVN3)


def unicode_of(text: str, encoding: str | None) -> str:
    """*text* read by the table of *encoding*; unchanged where that is None.

    encoding: "TCVN3", "TCVN3 capitals" or "VNI", as `font_encoding` returns it.
    """
    if encoding is None:
        return text
    if encoding == "VNI":
        return _VNI_PATTERN.sub(lambda match: VNI[match.group()], text)
    read = text.translate(_TCVN3_TABLE)
    return read.upper() if encoding == "TCVN3 capitals" else read


def font_encoding(font: str) -> str | None:
    """The encoding that a font of this name draws, None for a font of Unicode."""
    name = font.rpartition("+")[2]
    if name.startswith(".Vn"):
        return "TCVN3 capitals" if name.endswith("H") else "TCVN3"
    return "VNI" if re.match(r"VNI[-_ ]", name) else None


def old_encoding(name: str) -> str:
    """The note for the operator that text was converted."""
    return f"text in the old encoding {name} was converted to Unicode"


# --- Telling by the text --------------------------------------------------------

_ENOUGH = 6  # words with marks from which a text tells its encoding
_DIFFERENT = 4  # of them: "µm" again and again is a unit
_SURE, _UNLIKELY = 0.9, 0.6  # shares of them that are syllables after, and before
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_ONSETS = "ngh ng nh gh gi kh ph th tr ch qu b c d đ g h k l m n r s t v x".split()
# Foreign and rare words may have these too: what is told here is an encoding.
_RHYMES = RHYMES | {"êng", "uyn", "yt"}


@lru_cache(maxsize=50_000)
def is_syllable(word: str) -> bool:
    """Return True for a word that may be a Vietnamese syllable."""
    plain, tones = apart(word)
    if len(tones) > 1:
        return False
    if plain[-1:] in {"c", "p", "t"} or plain.endswith("ch"):
        stopped = not tones or tones[0] in STOPPED
        if not stopped:
            return False
    return (
        plain in _RHYMES
        or any(
            plain.startswith(onset) and plain[len(onset) :] in _RHYMES
            for onset in _ONSETS
        )
        or plain in {"gi", "gin", "ginh", "giêng", "giêc"}
    )


def share_of_syllables(text: str) -> tuple[float, int]:
    """The share of *text*'s words with marks that are syllables, and their number."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    good = sum(map(is_syllable, words))
    return (good / len(words) if words else 0.0), len(words)


def to_unicode(text: str) -> tuple[str, Encoding | None]:
    """*text* in Unicode, and the old encoding that it was in, if it was in one.

    In doubt the text stays as it is.
    """
    if text.isascii() or not _OLD_SIGNS.search(text):
        return text, None
    before, count = _old_words(text, None)
    if before > _UNLIKELY:
        return text, None
    best: tuple[float, Encoding] | None = None
    for encoding in _ENCODINGS:
        share, count = _old_words(text, encoding)
        if count >= _ENOUGH and share >= _SURE and (best is None or share > best[0]):
            best = (share, encoding)
    if best is None:
        return text, None
    return unicode_of(text, best[1]), best[1]


_ENCODINGS: tuple[Encoding, ...] = ("TCVN3", "VNI")
_OLD_SIGNS = re.compile(
    "[" + re.escape("".join({*TCVN3, *"".join(VNI)} - {*"aeouyAEOUY"})) + "]"
)
# In these encodings signs such as "®" and "¬" are letters.
_OLD_WORD = re.compile(r"[^\s\d!-/:-@\[-`{-~“”‘’–—…]+")


def _old_words(text: str, encoding: Encoding | None) -> tuple[float, int]:
    """The share of syllables among words with marks, read by *encoding*.

    A sign that stands alone ("£", "×", the bullet "·") is no word.
    """
    words = [w for w in _OLD_WORD.findall(text) if not w.isascii() and len(w) > 1]
    if len(set(words)) < _DIFFERENT:
        return 0.0, 0
    good = sum(is_syllable(unicode_of(word, encoding)) for word in words)
    return (good / len(words) if words else 0.0), len(words)
