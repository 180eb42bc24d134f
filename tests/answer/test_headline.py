"""What stands beside a figure in its headline: qualifier, direction, noun."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from answer.evidence import Candidate
from answer.headline import headline
from index.records import Report

MakeCandidate = Callable[..., Candidate]
MakeReport = Callable[..., Report]


def told_by(candidate: Candidate) -> str:
    """The words of the headline."""
    start, end = headline(candidate)
    return candidate.text[start:end]


@pytest.mark.parametrize(
    ("text", "raw", "told"),
    [
        ("It has 104 people.", "104", "104 people"),
        (
            "There were 25 essential public services by then.",
            "25",
            "25 essential public services",
        ),
        ("It reached 62/63 localities.", "62/63", "62/63 localities"),
        ("In all 3.000 km were built.", "3.000", "3.000 km"),
        ("The speed was 281.5 Mbps.", "281.5", "281.5 Mbps"),
        ("Some 7,200 was late.", "7,200", "7,200"),
        ("It cut 12 across the board.", "12", "12"),
        ("A total of 4 very long and winding roads.", "4", "4"),
    ],
)
def test_what_a_number_counts_is_told(
    make_candidate: MakeCandidate, text: str, raw: str, told: str
) -> None:
    """Up to the first plural, where nothing else comes before it."""
    assert told_by(make_candidate(text, raw, kind="count")) == told


@pytest.mark.parametrize(
    ("text", "raw", "told"),
    [
        ("Đắk Lắk có 104 người chết.", "104", "104 người"),
        ("Cả nước trồng 298,2 nghìn ha rừng.", "298,2 nghìn", "298,2 nghìn ha"),
        ("Đã đón 66,5 triệu lượt khách.", "66,5 triệu", "66,5 triệu lượt khách"),
        ("Có 58,3 triệu dữ liệu khai sinh.", "58,3 triệu", "58,3 triệu"),
        ("Đã đồng bộ 15,9 triệu thửa.", "15,9 triệu", "15,9 triệu thửa"),
        ("Tỉnh có 24 cụm công nghiệp, tăng thêm hai.", "24", "24 cụm công nghiệp"),
        ("Tỉnh có 24 cụm công nghiệp đã lấp đầy.", "24", "24 cụm công nghiệp"),
        ("Cả nước có 24 trong các tỉnh.", "24", "24"),
    ],
)
def test_so_it_is_in_vietnamese(
    make_candidate: MakeCandidate,
    make_report: MakeReport,
    text: str,
    raw: str,
    told: str,
) -> None:
    """A measure, a common classifier, or a noun whose end is clear; else no word."""
    report = replace(make_report(), language="vi")
    assert told_by(make_candidate(text, raw, kind="count", report=report)) == told


@pytest.mark.parametrize(
    ("text", "raw", "kind", "told"),
    [
        (
            "It was VND 7,450 per cubic metre.",
            "VND 7,450",
            "money",
            "VND 7,450 per cubic metre",
        ),
        (
            "They earn USD 150 a month on average.",
            "USD 150",
            "money",
            "USD 150 a month",
        ),
        ("Giá bình quân 872 USD một tấn.", "872 USD", "money", "872 USD một tấn"),
        ("Thu 142 triệu đồng/hộ.", "142 triệu đồng", "money", "142 triệu đồng/hộ"),
        ("It took in 5,000 visitors a day.", "5,000", "count", "5,000 visitors a day"),
        ("It reached 45% a year later.", "45%", "share", "45%"),
    ],
)
def test_what_it_is_for_is_told(
    make_candidate: MakeCandidate, text: str, raw: str, kind: str, told: str
) -> None:
    """A price for a month is none for a year."""
    assert told_by(make_candidate(text, raw, kind=kind)) == told


@pytest.mark.parametrize(
    ("text", "raw", "told"),
    [
        ("Deaths were down 2.6% on the year.", "2.6%", "down 2.6%"),
        ("It saw an increase of more than 11%.", "11%", "an increase of more than 11%"),
        ("The startup 5% was kept.", "5%", "5%"),
        ("Khai tử tăng 4,4% so với cùng kỳ.", "4,4%", "tăng 4,4%"),
    ],
)
def test_a_change_is_told_with_its_direction(
    make_candidate: MakeCandidate, text: str, raw: str, told: str
) -> None:
    """ "2.6%" alone does not say that it fell."""
    hedge = "more than" if "more than" in text else ""
    made = make_candidate(text, raw, kind="share", status="change", hedge=hedge)
    assert told_by(made) == told
    assert told_by(make_candidate(text, raw, kind="share")) == raw
