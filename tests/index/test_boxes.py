"""Where words stand on a page: packed small, given back for any stretch of text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.boxes import Box, Placed, boxes_of, pack, unpack

WORDS = [
    Placed(0, 4, Box(0.1, 0.10, 0.2, 0.12)),
    Placed(5, 9, Box(0.25, 0.10, 0.35, 0.12)),
    Placed(10, 14, Box(0.1, 0.13, 0.2, 0.15)),
]


@st.composite
def pages(draw: st.DrawFn) -> list[Placed]:
    """Words one after the other, anywhere on the page."""
    at, found = 0, []
    part = st.floats(0, 1)
    for gap, length in draw(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 30)))):
        box = Box(draw(part), draw(part), draw(part), draw(part))
        found.append(Placed(at + gap, at + gap + length, box))
        at += gap + length
    return found


@given(pages())
def test_what_is_packed_comes_back(words: list[Placed]) -> None:
    """Offsets exactly, places to a fraction of a pixel."""
    back = unpack(pack(words))
    assert [(w.start, w.end) for w in back] == [(w.start, w.end) for w in words]
    for one, other in zip(back, words, strict=True):
        assert one.box == pytest.approx(other.box, abs=1e-4)


def test_a_stretch_has_a_box_a_line() -> None:
    """Words of a line share one; a word cut is framed in part."""
    first, second = boxes_of(pack(WORDS), 2, 14)
    assert first == pytest.approx((0.15, 0.10, 0.35, 0.12), abs=1e-4)
    assert second == pytest.approx((0.1, 0.13, 0.2, 0.15), abs=1e-4)
    assert boxes_of(pack(WORDS), 4, 5) == []
    assert boxes_of(None, 0, 9) == boxes_of(b"", 0, 9) == []


@given(st.binary(min_size=1, max_size=60))
def test_other_bytes_are_an_error(data: bytes) -> None:
    """Not a crash, nor places that are none."""
    with pytest.raises(ValueError, match="no positions"):
        unpack(data)
