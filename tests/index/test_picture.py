"""Pages as pictures: drawn apart, so that a bad file cannot bring the page down."""

from pathlib import Path

import pytest

from index.errors import BadInputError
from index.picture import render_page
from tests.ingest.printed import ENGLISH, printed


def test_a_page_is_drawn_as_wide_as_asked(tmp_path: Path) -> None:
    """As PNG; the width stands in its header."""
    path = tmp_path / "a.pdf"
    path.write_bytes(printed(ENGLISH))
    png = render_page(path, 1, 400)
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20]) == pytest.approx(400, abs=1)


@pytest.mark.parametrize(("name", "number"), [("a.pdf", 9), ("b.pdf", 1), ("c.pdf", 1)])
def test_what_cannot_be_drawn_says_so(tmp_path: Path, name: str, number: int) -> None:
    """No such page, no PDF, no file."""
    (tmp_path / "a.pdf").write_bytes(printed(ENGLISH))
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 no more")
    with pytest.raises(BadInputError, match="open the file itself"):
        render_page(tmp_path / name, number)
