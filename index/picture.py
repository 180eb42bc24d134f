"""A page of a PDF as a picture, drawn in a process of its own.

PDFium is written in C++ and reads files from anywhere: should one bring it
down, or draw for ever, the page of the assistant goes on.

`python -m index.picture FILE PAGE WIDTH` writes the PNG to standard output.
"""

import io
import subprocess
import sys
from pathlib import Path

from index.bounds import mend_bounds
from index.errors import BadInputError

_SECONDS = 20
_WIDEST = 3000  # pixels
_HIGHEST = 6000
_UNABLE = 3  # exit code: PDFium said no


def render_page(path: Path, number: int, width: int = 1000) -> bytes:
    """Return page *number* (from 1) of the PDF at *path* as a PNG, *width* pixels wide.

    The picture shows the page as a viewer does, so the fractions of
    `index.boxes` fit it. Takes about 0.3 s; keep what you got.

    Raises BadInputError if the file is not there, is no PDF, has no such page
    or cannot be drawn in 20 s.
    """
    width = max(50, min(width, _WIDEST))
    command = [
        sys.executable,
        "-m",
        "index.picture",
        str(path),
        str(number),
        str(width),
    ]
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the path is one argument
            command,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            cwd=Path(__file__).resolve().parent.parent,
        )
    except subprocess.TimeoutExpired:
        raise BadInputError(
            f"{path.name}, page {number}: drawing takes too long; open the file itself."
        ) from None
    if done.returncode or not done.stdout.startswith(b"\x89PNG"):
        raise BadInputError(
            f"{path.name}, page {number} cannot be drawn: open the file itself."
        )
    return done.stdout


def draw(path: Path, number: int, width: int) -> bytes:
    """Return the PNG, drawn in this process. Raises what PDFium raises."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    try:
        page = pdf[number - 1]
        mend_bounds(page)
        wide, high = page.get_size()
        scale = min(width / max(wide, 1), _HIGHEST / max(high, 1))
        picture = page.render(scale=scale, rev_byteorder=True).to_pil()
        out = io.BytesIO()
        picture.convert("RGB").save(out, "PNG")
        return out.getvalue()
    finally:
        pdf.close()


if __name__ == "__main__":
    try:
        drawn = draw(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    except Exception:  # noqa: BLE001 - whatever it is, the caller says it cannot be drawn
        sys.exit(_UNABLE)
    sys.stdout.buffer.write(drawn)
