"""PDFs made by hand and a corpus folder for the ingest's tests."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pypdf import PdfWriter

from settings import Settings
from tests.ingest.hostile import pdf, stream

MakePdf = Callable[..., bytes]


def _to_unicode(codes: dict[str, int]) -> bytes:
    pairs = "\n".join(
        f"<{code:02x}> <{char.encode('utf-16-be').hex()}>"
        for char, code in codes.items()
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{pairs}\nendbfchar\n"
        "endcmap end end"
    ).encode()


def pdf_of(pages: Sequence[Sequence[str]], *, scan: bool = False) -> bytes:
    """Return a PDF with these lines on its pages; *scan*: a picture on each as well."""
    chars = sorted({char for page in pages for line in page for char in line})
    codes = {char: number for number, char in enumerate(chars, 33)}
    first = 6  # objects 1 to 5 are shared
    kids = b" ".join(b"%d 0 R" % (first + 2 * i) for i in range(len(pages)))
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 4 0 R >>"
    pixel = b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 "
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids),
        font,
        stream(_to_unicode(codes)),
        stream(b"\x00", pixel + b"/ColorSpace /DeviceGray"),
    ]
    picture = b"/XObject << /Im 5 0 R >>" if scan else b""
    for i, lines in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R >> %s >> >>"
            % (first + 2 * i + 1, picture)
        )
        shown = b"".join(
            b"<%s> Tj 0 -14 Td\n" % bytes(codes[c] for c in line).hex().encode()
            for line in lines
        )
        objects.append(stream(b"BT /F 11 Tf 50 780 Td\n%sET" % shown))
    return pdf(objects)


def locked(data: bytes, password: str, algorithm: str = "AES-256") -> bytes:
    """Return the PDF encrypted with *password* as what a reader has to type."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(user_password=password, owner_password="owner", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture
def make_pdf() -> MakePdf:
    """Give the maker of PDFs, `pdf_of`."""
    return pdf_of


@pytest.fixture
def lock_pdf() -> MakePdf:
    """Give the locker of PDFs, `locked`."""
    return locked


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings with an empty corpus folder and a var folder of their own."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    return Settings(
        corpus_dir=corpus,
        var_dir=tmp_path / "var",
        cache_dir=tmp_path / "cache",
        encoder="hashing",
    )
