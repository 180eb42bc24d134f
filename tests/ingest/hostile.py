"""Files that mean harm or were harmed: mutations of good ones, and traps by hand."""

import random
import zlib
from collections.abc import Iterator


def mutated(data: bytes, seed: int) -> bytes:
    """Return *data* damaged in one to four ways; the same for the same *seed*."""
    rng = random.Random(seed)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(max(len(data), 1))
        length = min(rng.choice([1, 4, 40, 400, 4000]), len(data))
        match rng.randrange(7):
            case 0:  # bytes flipped
                noise = bytes(rng.randrange(256) for _ in range(min(length, 40)))
                data = data[:at] + noise + data[at + len(noise) :]
            case 1:  # a piece lost
                data = data[:at] + data[at + length :]
            case 2:  # a piece doubled
                data = data[:at] + data[at : at + length] + data[at:]
            case 3:  # a piece moved
                to = rng.randrange(max(len(data), 1))
                data = data[:to] + data[at : at + length] + data[to:]
            case 4:  # a number changed
                digits = [
                    i for i in range(at, min(at + 400, len(data))) if 48 <= data[i] < 58
                ]
                if digits:
                    i = rng.choice(digits)
                    data = (
                        data[:i]
                        + rng.choice([b"0", b"9", b"-1", b"99999999999"])
                        + data[i + 1 :]
                    )
            case 5:  # zeros
                data = data[:at] + bytes(length) + data[at + length :]
            case _:  # the end lost
                if rng.random() < 0.3:
                    data = data[:at]
    return data


def pdf(objects: list[bytes], root: int = 1) -> bytes:
    """Return numbered objects as a PDF file whose catalogue is object *root*."""
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root %d 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, table, size, root, len(out))
    )


def stream(data: bytes, head: bytes = b"") -> bytes:
    """Return the body of a stream object; head: further entries of its dictionary."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(data), data)


def _page(content: bytes, resources: bytes = b"") -> list[bytes]:
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F 5 0 R >> %s >> >>" % resources,
        content,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]


def traps() -> Iterator[tuple[str, bytes]]:
    """PDFs that loop, nest or swell: a name and the bytes of each."""
    yield (
        "loop-in-page-tree.pdf",
        pdf(
            [
                b"<< /Type /Catalog /Pages 2 0 R >>",
                b"<< /Type /Pages /Count 2 /Kids [2 0 R 2 0 R] >>",
            ]
        ),
    )
    yield (
        "count-of-a-billion.pdf",
        pdf(
            [
                b"<< /Type /Catalog /Pages 2 0 R >>",
                b"<< /Type /Pages /Count 1000000000 /Kids [] >>",
            ]
        ),
    )
    many = 100_000
    kids = b" ".join(b"3 0 R" for _ in range(many))
    yield (
        "100000-pages.pdf",
        pdf(
            [
                b"<< /Type /Catalog /Pages 2 0 R >>",
                b"<< /Type /Pages /Count %d /Kids [%s] >>" % (many, kids),
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
            ]
        ),
    )
    yield "nested-arrays.pdf", pdf(_page(stream(b"[" * 200_000 + b"]" * 200_000)))
    yield (
        "nested-objects.pdf",
        pdf([*_page(stream(b"")), b"[" * 50_000 + b"]" * 50_000]),
    )
    yield (
        "form-within-itself.pdf",
        pdf(
            [
                *_page(stream(b"/X Do"), b"/XObject << /X 6 0 R >>"),
                stream(
                    b"/X Do /X Do",
                    b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
                    b"/Resources << /XObject << /X 6 0 R >> >>",
                ),
            ]
        ),
    )
    bomb = zlib.compress(b"BT /F 9 Tf (x) Tj ET\n" * 5_000_000, 9)
    yield "swelling-content.pdf", pdf(_page(stream(bomb, b"/Filter /FlateDecode")))
    twice = zlib.compress(zlib.compress(bytes(400_000_000), 9), 9)
    yield (
        "swelling-twice.pdf",
        pdf(_page(stream(twice, b"/Filter [/FlateDecode /FlateDecode]"))),
    )
    yield (
        "vast-page.pdf",
        pdf(
            [
                *_page(stream(b"0 0 1 rg 0 0 9e9 9e9 re f"))[:2],
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99999999 99999999] "
                b"/Contents 4 0 R >>",
                stream(b"0 0 1 rg 0 0 9e9 9e9 re f"),
            ]
        ),
    )
    yield (
        "xref-loop.pdf",
        pdf(_page(stream(b""))).replace(b"trailer << ", b"trailer << /Prev 9 "),
    )
    yield "self-reference.pdf", pdf([b"1 0 R", b"<< /Length 2 0 R >>"])
