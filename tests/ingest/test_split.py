"""Sentences with exact offsets, and passages that hold each of them once."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Language, Page
from ingest.clean import paragraphs
from ingest.split import MAX_WORDS, passages, sentences, spans


def split(text: str, language: Language = "en") -> list[str]:
    """Return the sentences of one paragraph."""
    return [text[start:end] for start, end in spans(text, language)]


@pytest.mark.parametrize(
    ("language", "pieces"),
    [
        ("en", ["Mr. Tran Van A. attended.", "Dr. B. Le and Assoc. Prof. C spoke."]),
        ("en", ["Under Resolution No. 57-NQ/TW, exports rose.", "U.S. trade fell."]),
        ("en", ["It rose 2.5 times to 14.26%.", "1.234.567 people came."]),
        ("en", ["Goals: a) reach 5 million; b) Train staff; c) report.", "Then end."]),
        ("en", ["a) First, build it.", "b) Second, run it."]),
        ("en", ["1. Build it.", "2. Run it."]),
        ("en", ["There is fraud, attacks, etc.", "Thereby, work continues."]),
        ("en", ["They share data…", "Along with that, they train."]),
        ("en", ["They share... and connect data.", "It works..."]),
        ("en", ["He said: “Go on. Do not stop.”", "They went."]),
        ("en", ['He said "go.', "They went.", "Nobody stayed."]),
        ("en", ["Work must continue effectively./."]),
        ("en", ["It was approx. 45% (est. 2 million).", "So it goes."]),
        ("vi", ["UBND TP. Hồ Chí Minh báo cáo.", "TP.HCM đạt 52,80%."]),
        ("vi", ["Tỷ lệ đạt 87,08%.", "Có 1.234.567 hồ sơ được xử lý."]),
        ("vi", ["GS.TS. Nguyễn Văn C phát biểu.", "ThS. Lê D đồng ý."]),
        ("vi", ["Các bộ, ngành, địa phương, v.v. đã tham gia.", "Hết."]),
        ("vi", ["Có thuế, phí, v.v.", "Bên cạnh đó, số thu tăng."]),
        ("vi", ["Theo Nghị quyết số 57-NQ/TW, kinh tế số tăng.", "Đạt 5 tỷ đồng."]),
        ("vi", ["1. Về kinh tế.", "2. Về xã hội."]),
        ("vi", ["II. Nhiệm vụ năm 2024"]),
        ("vi", ["Theo quy định.", "Điều 5. Tỷ lệ đạt 45%.", "Khoản 2. Hết hạn."]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(
    language: Language, pieces: list[str]
) -> None:
    """Short forms, decimals, numbering and quotations end no sentence."""
    assert split(" ".join(pieces), language) == pieces


def test_a_line_break_inside_a_paragraph_ends_no_sentence() -> None:
    """Offsets still point into the text as it stands, break and all."""
    text = "The fund paid for 12.4 million\nvisits in 2021. The share\r\nwas 91%."
    assert split(text) == [
        "The fund paid for 12.4 million\nvisits in 2021.",
        "The share\r\nwas 91%.",
    ]


def test_composed_and_decomposed_letters_keep_offsets() -> None:
    """Text outside NFC and outside the basic plane is sliced right."""
    text = "Đạt 45%. 😀 Ty\u0309 le\u0323\u0302 cao. Xong."
    assert split(text, "vi") == ["Đạt 45%.", "😀 Ty\u0309 le\u0323\u0302 cao.", "Xong."]


WORDS = st.sampled_from(
    ["The", "rate", "reached", "45%", "TP.", "Hồ", "Chí", "etc.", "2.5", "…", "a)",
     "b)", '"', "“", "”", "(", ")", "No.", "57-NQ/TW", "v.v.", "1.", "Mr.", "./.",
     "đạt", "it.", "They", "went!", "Why?", "\n", "\n\n", "\t", "\u00a0", ";", ":",
     "- ", "# ", "Nguồn:", "😀", "e\u0301", "\r\n", "Photo: A"]
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=60).map(" ".join) | st.text(max_size=200)


@given(st.lists(TEXTS, min_size=1, max_size=3), st.sampled_from(["en", "vi"]))
def test_nothing_is_lost_between_paragraphs_and_passages(
    texts: list[str], language: Language
) -> None:
    """Sentences keep order, overlap nowhere and cover all content; passages too."""
    pages = [Page(number, text) for number, text in enumerate(texts, 1)]
    content = paragraphs(pages)
    found, rows = sentences(content, language)

    for sentence in found:
        page = texts[sentence.page - 1]
        assert sentence.text == page[sentence.start : sentence.end]
        assert sentence.text == sentence.text.strip() != ""
    places = [(s.page, s.start, s.end) for s in found]
    assert places == sorted(places)
    assert all(a[0] < b[0] or a[2] <= b[1] for a, b in pairwise(places))
    covered = {(p, i) for p, start, end in places for i in range(start, end)}
    assert all(
        texts[p.page - 1][i].isspace() or (p.page, i) in covered
        for p in content
        for i in range(p.start, p.end)
    )

    grouped = passages(found, rows, content)
    assert [row for p in grouped for row in range(p.first, p.last)] == list(
        range(len(found))
    )
    for passage in grouped:
        inside = found[passage.first : passage.last]
        assert {s.page for s in inside} == {passage.page}
        assert (passage.start, passage.end) == (inside[0].start, inside[-1].end)


def grouped(text: str) -> list[str]:
    """Return the passages of one page of English text."""
    content = paragraphs([Page(1, text)])
    found, rows = sentences(content, "en")
    return [text[p.start : p.end] for p in passages(found, rows, content)]


def sentence(words: int, name: str = "Alpha") -> str:
    """Return a sentence of that many words."""
    return " ".join([name, *["word"] * (words - 2), "end."])


def test_a_paragraph_is_one_passage_up_to_the_limits() -> None:
    """Paragraph borders are kept where both sides are large enough."""
    first, second = " ".join([sentence(25)] * 4), " ".join([sentence(30)] * 3)
    assert grouped(f"{first}\n{second}") == [first, second]


def test_a_long_paragraph_is_cut_evenly() -> None:
    """No passage exceeds 4 sentences, and none is left with a scrap."""
    text = " ".join([sentence(12)] * 9)
    assert [p.count("Alpha") for p in grouped(text)] == [3, 3, 3]
    text = " ".join([sentence(50)] * 5)
    assert [len(p.split()) <= 1.25 * MAX_WORDS for p in grouped(text)] == [True] * 3


def test_one_endless_sentence_is_one_passage() -> None:
    """A sentence is never cut, however long."""
    text = " ".join([sentence(300), sentence(20)])
    assert [len(p.split()) for p in grouped(text)] == [300, 20]


def test_headings_and_lead_ins_stay_with_what_follows() -> None:
    """A passage that is a heading alone answers nothing."""
    body = " ".join([sentence(30)] * 2)
    text = f"{body}\nResults in 2021\n{body}\nThe tasks are:\n- {body}"
    assert grouped(text) == [
        body,
        f"Results in 2021\n{body}",
        f"The tasks are:\n- {body}",
    ]


def test_items_of_a_list_are_gathered() -> None:
    """Tiny paragraphs join each other, up to a passage's worth."""
    items = "\n".join(f"- {sentence(6)}" for _ in range(20))
    found = grouped(items)
    assert 3 <= len(found) <= 4
    assert all(len(p.split()) <= MAX_WORDS for p in found)


def test_passages_do_not_reach_across_what_was_left_out() -> None:
    """A caption never slips into the text that is embedded."""
    text = f"{sentence(8)}\nA map. Photo: VNA\n{sentence(8)}"
    assert grouped(text) == [sentence(8), sentence(8)]
