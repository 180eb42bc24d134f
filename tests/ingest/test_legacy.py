"""Vietnamese from before Unicode comes back letter for letter, or stays as it is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableReportError
from ingest.formats.legacy import (
    TCVN3,
    VISCII,
    VNI,
    font_encoding,
    is_syllable,
    old_encoding,
    to_unicode,
    unicode_of,
)
from ingest.formats.text import read_text

TEXT = (
    "Cộng hòa xã hội chủ nghĩa Việt Nam. Căn cứ Luật Tổ chức Chính phủ ngày 25 tháng "
    "12; tỷ lệ hồ sơ trực tuyến đạt 45%, vượt ngưỡng nghiêm trọng; đề nghị khẩn trương "
    "thực hiện."
)
LETTERS = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"


def in_tcvn3(text: str) -> str:
    """*text* as a TCVN3 font would have it."""
    back = {letter: sign for sign, letter in TCVN3.items()}
    return "".join(back.get(char, back.get(char.lower(), char)) for char in text)


def in_vni(text: str) -> str:
    """*text* as a VNI font would have it."""
    back = {letter: spelling for spelling, letter in VNI.items()}
    return "".join(back.get(char, char) for char in text)


def test_every_letter_has_its_place_in_both_tables() -> None:
    """No letter of Vietnamese is missing, in neither case."""
    assert set(LETTERS) <= set(TCVN3.values())
    assert set(LETTERS + LETTERS.upper()) <= set(VNI.values())


@given(st.text(alphabet=LETTERS + "bcdghklmnpqrstvx ", min_size=1))
def test_letters_come_back_from_tcvn3(text: str) -> None:
    """TCVN3 gives one sign a letter, so every text comes back."""
    assert unicode_of(in_tcvn3(text), "TCVN3") == text


@pytest.mark.parametrize("letter", LETTERS + LETTERS.upper())
def test_letters_come_back_from_vni(letter: str) -> None:
    """VNI writes a letter and its mark."""
    assert unicode_of(f"t{in_vni(letter)}n", "VNI") == f"t{letter}n"


@pytest.mark.parametrize(("write", "name"), [(in_tcvn3, "TCVN3"), (in_vni, "VNI")])
def test_a_text_tells_its_old_encoding(write, name) -> None:
    """Without a word from the file, the syllables tell."""
    assert to_unicode(write(TEXT)) == (TEXT, name)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "Café à la carte, déjà vu, Zürich, größe, naïve façade, élève, señor, Málaga",
        "Σύνολο δαπανών και εσόδων του κρατικού προϋπολογισμού για το έτος",
        "© 2024 – “quotes” … ½ °C ± µm ® ™",
        "The Quảng Ninh centre",
        "Aid rose by £ 12 million, ¥ 30 billion and £5 million. " * 9,
        "· one item\n· another of 3 × 4 m\n" * 9,
        "PM of 2.5 µm and 10 µm, a width of 3 µm; " * 9,
    ],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    """In doubt nothing is converted."""
    assert to_unicode(text) == (text, None)


def test_fonts_tell_for_certain() -> None:
    """Word names the font of every run; the capitals' fonts end in H."""
    assert font_encoding(".VnTime") == "TCVN3"
    assert font_encoding("ABCDEF+.VnTimeH") == "TCVN3 capitals"
    assert font_encoding("VNI-Times") == "VNI"
    assert font_encoding("Times New Roman") is None
    assert unicode_of("®¹t", "TCVN3 capitals") == "ĐẠT"


@pytest.mark.parametrize("word", ["nghiêng", "khuỷu", "quyết", "giếng", "Đạt", "yêu"])
def test_syllables_are_known(word: str) -> None:
    """Vietnamese words pass."""
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["ViÖt", "größe", "đàc", "àáb", "façade"])
def test_other_words_are_no_syllables(word: str) -> None:
    """Words with marks of elsewhere do not."""
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (TEXT.encode("utf-16"), False),
        (TEXT.encode("utf-16-le"), False),
        (TEXT.encode("utf-16-be"), False),
        (in_tcvn3(TEXT).encode("latin-1"), True),
        (in_vni(TEXT).encode("cp1252"), True),
        (in_tcvn3(TEXT).encode("utf-8"), True),
    ],
)
def test_text_files_are_read_in_every_encoding(data: bytes, note: bool) -> None:
    """The text is the same; the operator is told where it was converted."""
    document = read_text("a.txt", data)

    assert document.pages[0].text == TEXT
    assert bool(document.notes) is note


def in_windows_1258(text: str) -> bytes:
    """*text* as Windows wrote it: letters with their own marks, tones behind."""
    out = b""
    for char in text:
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", char)
            tone = next(p for p in parts if p in "\u0300\u0301\u0303\u0309\u0323")
            base = unicodedata.normalize("NFC", parts.replace(tone, ""))
            out += base.encode("cp1258") + tone.encode("cp1258")
    return out


def test_windows_1258_is_read_with_its_quotes_right() -> None:
    """Tones come together with their letters, and quotation marks stay."""
    text = f"{TEXT} “Chuyển đổi số” – ‘toàn dân’…"

    assert read_text("a.txt", in_windows_1258(text)).pages[0].text == text


@pytest.mark.parametrize(
    "data",
    ["Größe und Maß für Äpfel, Öl, Übung".encode("cp1252"), bytes(range(128, 256)) * 3],
)
def test_what_cannot_be_told_is_refused(data: bytes) -> None:
    """A wrong guess would put wrong words into quotes."""
    with pytest.raises(UnreadableReportError, match="UTF-8"):
        read_text("a.txt", data)


def test_viscii_comes_back() -> None:
    """A byte a letter, also where control characters would be."""
    back = {letter: code for code, letter in VISCII.items()}
    assert set(LETTERS + LETTERS.upper()) == set(VISCII.values())
    data = bytes(back.get(char, ord(char)) for char in TEXT + " Ẵ Ỷ.")
    document = read_text("a.txt", data)
    assert document.pages[0].text == TEXT + " Ẵ Ỷ."
    assert document.notes == (old_encoding("VISCII"),)
