"""Marks of notes are left out of every format, powers stay."""

import io

import docx
import pytest

from ingest.formats.notes import raised
from ingest.load import Source, read_document
from tests.ingest.printed import printed

MEANT = "Có 14,86 triệu km2 rừng vào năm 2023, tăng 5% (xem bảng) so với năm 2022."
# Where "^" stands before a raised number.
MARKED = (
    "Có 14,86 triệu km^2 rừng vào năm 2023^1, tăng 5%^2 (xem bảng) so với năm 2022."
)


@pytest.mark.parametrize(
    ("mark", "before", "stays"),
    [
        ("1", "năm 2023", ""),
        ("(2)", "đạt 45%", ""),
        ("1, 2", "báo cáo", ""),
        ("2", "triệu km", "2"),
        ("2", "x", "2"),
        ("6", "5 x 10", "⁶"),
        ("6", "năm 2010", ""),
        ("th", "the 5", "th"),
    ],
)
def test_what_stays_of_a_raised_text(mark: str, before: str, stays: str) -> None:
    """Only numbers that refer to a note go."""
    assert raised(mark, before) == stays


def _markup(tag: str) -> str:
    first, *rest = MARKED.split("^")
    return first + "".join(f"<{tag}>{one[0]}</{tag}>{one[1:]}" for one in rest)


def _docx() -> bytes:
    document = docx.Document()
    first, *rest = MARKED.split("^")
    paragraph = document.add_paragraph(first)
    for one in rest:
        paragraph.add_run(one[0]).font.superscript = True
        paragraph.add_run(one[1:])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


FILES = {
    "a.pdf": lambda: printed([_markup("super")]),
    "a.docx": _docx,
    "a.html": f"<!doctype html><meta charset=utf-8><p>{_markup('sup')}</p>".encode,
}


@pytest.mark.parametrize("name", FILES)
def test_no_format_takes_a_mark_for_a_digit(name: str) -> None:
    """ "2023¹" is the year 2023, and "km²" stays a unit."""
    (page,) = read_document(Source(name, FILES[name](), None)).pages
    assert " ".join(page.text.split()) == MEANT
