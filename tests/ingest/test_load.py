"""Files to pages: what is read, what is passed over, what is refused and why."""

import codecs
import contextlib
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import BadInputError, UnreadableReportError
from index.records import Page
from ingest.formats.first import first_reading
from ingest.limits import Watch, watched
from ingest.load import (
    Source,
    is_report,
    name_of,
    read_document,
    read_source,
    report_names,
)

TEXT = (
    "Tỷ lệ hồ sơ trực tuyến đạt 45%.\r\nNăm 2024, cả nước có 55,25 triệu tài khoản.\n"
)


def pages_of(name: str, data: bytes) -> tuple[Page, ...]:
    """Read one file that has no side file."""
    return read_document(Source(name, data, None)).pages


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "A.TXT"])
def test_text_is_stored_as_decoded(name: str, data: bytes) -> None:
    """One page, line ends and all, without the byte-order mark."""
    assert pages_of(name, data) == (Page(1, TEXT),)


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_letters_in_parts_are_made_whole(name: str) -> None:
    """In every format alike: the grammar of figures knows whole letters."""
    document = read_document(
        Source(name, unicodedata.normalize("NFD", TEXT).encode(), None)
    )
    assert document.pages[0].text == TEXT
    assert document.notes == ("letters whose accents stood apart were made whole",)


def test_a_pdf_is_read_page_by_page_in_nfc(
    make_pdf: Callable[..., bytes],
) -> None:
    """Pages count from 1; decomposed letters come out composed."""
    decomposed = unicodedata.normalize("NFD", "Tỷ lệ đạt 45%.")
    data = make_pdf([["The rate reached 45%."], [], [decomposed]])
    pages = pages_of("a.pdf", data)
    assert [page.number for page in pages] == [1, 2, 3]
    assert pages[0].text.strip() == "The rate reached 45%."
    assert pages[1].text.strip() == ""
    assert pages[2].text.strip() == "Tỷ lệ đạt 45%."


KINDS = ("RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256")


@pytest.mark.parametrize("kind", KINDS)
def test_a_pdf_that_only_restricts_printing_is_read(
    make_pdf: Callable[..., bytes], lock_pdf: Callable[..., bytes], kind: str
) -> None:
    """Many official PDFs are encrypted with an empty password."""
    data = lock_pdf(make_pdf([["The rate reached 45%."]]), "", kind)
    assert "45%" in pages_of("a.pdf", data)[0].text


def test_a_pdf_that_only_one_reader_calls_locked_is_read(
    make_pdf: Callable[..., bytes], lock_pdf: Callable[..., bytes]
) -> None:
    """Programs state the length of the key wrongly; one reader believes it."""
    data = lock_pdf(make_pdf([["The rate reached 45%."]]), "", "RC4-40")
    assert data.count(b"/Length 40") == 1
    data = data.replace(b"/Length 40", b"/Length 80")
    assert first_reading("a.pdf", data).locked
    assert "45%" in pages_of("a.pdf", data)[0].text
    with (
        watched(Watch(plain=True)),
        pytest.raises(UnreadableReportError, match="locked by a password"),
    ):
        pages_of("a.pdf", data)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \r\n\t ", "is empty"),
        ("a.txt", b"\xe9\xe8 \xd0\xf0", "UTF-8"),
        ("a.txt", "Báo cáo".encode("cp1258", "replace") + b"\xe1\xe2", "UTF-8"),
        ("a.txt", b"abc\x00def", "binary"),
        ("a.txt", b"%PDF-1.4 ...", "rename it to end in .pdf"),
        ("a.md", b"PK\x03\x04...", "unpack it"),
        ("a.pdf", b"", "is empty"),
        ("a.pdf", b"<!DOCTYPE html><html></html>", "end in .html"),
        ("a.pdf", b"just text", "not a PDF"),
        ("a.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n", "damaged"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "or as PDF"),
        ("a.xlsx", b"PK", "cut off or damaged"),
        ("a.doc", b"<html><body>x</body></html>", "rename it to end in .html"),
        ("a.png", b"\x89PNG", "OCR"),
        ("a.xyz", b"text", "or remove it"),
        ("report", b"text", "files ending in nothing"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(
    name: str, data: bytes, reason: str
) -> None:
    """Every refusal names the file and the way out."""
    with pytest.raises(UnreadableReportError, match=reason) as caught:
        pages_of(name, data)
    assert caught.value.name == name


def test_a_cut_off_pdf_is_refused_not_half_read(
    make_pdf: Callable[..., bytes],
) -> None:
    """Wherever it is cut, no part of it is taken for the whole."""
    data = make_pdf([[f"Page {n} says something."] for n in range(3)])
    for length in range(40, len(data) - 8, 97):
        with pytest.raises(UnreadableReportError, match="cut off"):
            pages_of("a.pdf", data[:length])


def test_damaged_pdfs_never_end_in_a_traceback(
    make_pdf: Callable[..., bytes],
) -> None:
    """Bytes flipped anywhere: pages come back or a clear error does."""
    data = make_pdf([["The rate reached 45%."]])
    for at in range(0, len(data), 23):
        broken = data[:at] + b"~#~" + data[at + 3 :]
        with contextlib.suppress(UnreadableReportError):
            assert pages_of("a.pdf", broken)


@pytest.mark.parametrize("kind", KINDS)
def test_a_locked_pdf_asks_for_a_copy(
    make_pdf: Callable[..., bytes], lock_pdf: Callable[..., bytes], kind: str
) -> None:
    """A password is never guessed."""
    with pytest.raises(UnreadableReportError, match="locked by a password"):
        pages_of("a.pdf", lock_pdf(make_pdf([["Secret."]]), "s3cret", kind))


def test_a_pdf_for_holders_of_a_certificate_is_not_called_damaged(
    make_pdf: Callable[..., bytes], lock_pdf: Callable[..., bytes]
) -> None:
    """Nor one of a service that manages rights: its way out is another."""
    data = lock_pdf(make_pdf([["Secret."]]), "s3cret")
    assert b"/Filter /Standard" in data
    data = data.replace(b"/Filter /Standard", b"/Filter /EBX_HAND")
    with pytest.raises(UnreadableReportError, match="certificate or a rights service"):
        pages_of("a.pdf", data)


def test_a_pdf_without_text_says_so(make_pdf: Callable[..., bytes]) -> None:
    """Nothing is on its pages, not even a picture."""
    with pytest.raises(UnreadableReportError, match="holds no text"):
        pages_of("a.pdf", make_pdf([[]]))


def test_only_reports_are_listed(tmp_path: Path) -> None:
    """Side files, the glossary, a README and hidden files are passed over."""
    for name in (
        "b.txt", "2024/a.pdf", "2024/a.toml", "glossary.csv", "README.md", "readme.txt",
        ".hidden.txt", ".git/x.txt", "~$b.docx", "Thumbs.db", "odd.xlsx", "b.toml",
    ):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    assert report_names(tmp_path) == ["2024/a.pdf", "b.txt", "odd.xlsx"]
    assert report_names(tmp_path, tmp_path / "2024") == ["2024/a.pdf"]
    assert not is_report("README")


def test_a_missing_corpus_is_an_error_not_an_empty_one(tmp_path: Path) -> None:
    """An unmounted disk must not empty the index."""
    with pytest.raises(BadInputError, match="there is no corpus folder"):
        report_names(tmp_path / "gone")


def test_a_path_outside_the_corpus_is_refused(tmp_path: Path) -> None:
    """The advice is to copy it in, or to name its folder."""
    corpus = tmp_path / "corpus"
    (corpus / "sub").mkdir(parents=True)
    assert name_of(corpus / "sub" / ".." / "a.txt", corpus) == "a.txt"
    with pytest.raises(BadInputError, match="copy it in"):
        name_of(tmp_path / "a.txt", corpus)


def test_a_source_has_its_side_file(tmp_path: Path) -> None:
    """NAME.toml beside NAME.txt comes with it; a vanished file is a clear error."""
    (tmp_path / "a.txt").write_bytes(b"text")
    assert read_source(tmp_path, "a.txt").side is None
    (tmp_path / "a.toml").write_bytes(b"title = 'x'")
    assert read_source(tmp_path, "a.txt") == Source("a.txt", b"text", b"title = 'x'")
    with pytest.raises(UnreadableReportError, match="cannot be opened"):
        read_source(tmp_path, "b.txt")
