"""The word list: read with care, matched by stems or syllables."""

from pathlib import Path

import pytest

from answer.glossary import THESAURUS, Glossary, form_of, read_glossary, stem
from index.errors import BadInputError

HEADER = "english,vietnamese,abbreviation\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a test writes its word list."""
    return tmp_path / "words.csv"


def test_a_row_is_found_from_either_language(path: Path) -> None:
    """Each variant of a phrase leads to what it is called in both languages."""
    path.write_text(HEADER + "clean water|safe water,nước sạch,NS\n", "utf-8")
    glossary = read_glossary(path)
    for form, language in (
        (form_of("safe water", "en"), "en"),
        (form_of("nước sạch", "vi"), "vi"),
    ):
        forms = glossary.lookup(form, language)  # type: ignore[arg-type]  # a literal
        assert forms is not None
        assert form_of("clean water", "en") in forms["en"]
        assert form_of("nuoc sach", "vi") in forms["vi"]
        assert ("ns",) in forms["en"]
        assert ("ns",) in forms["vi"]
    assert glossary.longest == 2


def test_english_is_matched_by_stems_vietnamese_by_syllables() -> None:
    """A plural finds the singular; Vietnamese has no endings, only marks."""
    assert stem("households") == stem("household")
    assert form_of("Rural Households", "en") == form_of("rural household", "en")
    assert form_of("Hộ nông thôn", "vi") == ("ho", "nong", "thon")


def test_composed_and_decomposed_letters_are_the_same(path: Path) -> None:
    """Spreadsheets write "ệ" in either way."""
    path.write_text(HEADER + "rate,tỷ lệ,\n", "utf-8")
    assert read_glossary(path).lookup(("ty", "le"), "vi") is not None


def test_what_a_spreadsheet_saves_is_read(path: Path) -> None:
    """A byte-order mark, Windows line ends, blank lines and quoted commas."""
    text = HEADER + '\n"water, clean",nước sạch,\n,,\n'
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert read_glossary(path).lookup(form_of("water, clean", "en"), "en")


def test_no_file_is_an_empty_list(tmp_path: Path) -> None:
    """Answering works without a word list."""
    glossary = read_glossary(tmp_path / "none.csv")
    assert glossary.lookup(("water",), "en") is None
    assert glossary.words("vi") == set()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("english,vietnamese\nwater,nước\n", 1),
        ("water,nước sạch,\n", 1),
        ("", 1),
        (HEADER + "water,nước\n", 2),
        (HEADER + "water,nước,\n\nclean, safe water,nước sạch,\n", 4),
    ],
)
def test_a_malformed_list_is_named_with_its_line(
    path: Path, text: str, line: int
) -> None:
    """The person who edits it is told where to look."""
    path.write_text(text, "utf-8")
    with pytest.raises(BadInputError, match=rf"words\.csv, line {line}:"):
        read_glossary(path)


def test_the_list_that_the_project_ships_is_sound(project_glossary: Glossary) -> None:
    """It reads, and has words of both languages and abbreviations."""
    assert "water" in project_glossary.words("en")
    assert "nuoc" in project_glossary.words("vi")
    assert project_glossary.short


def test_the_thesaurus_widens_every_glossary(tmp_path: Path) -> None:
    """Whatever word list the operator brings, "guests" still means visitors."""
    path = tmp_path / "own.csv"
    path.write_text("english,vietnamese,abbreviation\n", encoding="utf-8")
    glossary = read_glossary(path, THESAURUS)
    forms = glossary.lookup(("guest",), "en")
    assert forms is not None
    assert ("visitor",) in forms["en"]
    assert ("du", "khach") in forms["vi"]
