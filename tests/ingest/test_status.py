"""Achieved, target, estimate, earlier value or change, told by the words around."""

import pytest

from index.grammar.numbers import find_quantities
from index.grammar.periods import parse_period
from index.records import Language
from ingest.clauses import segments
from ingest.status import is_later, status_of


def statuses(text: str, language: Language = "en") -> list[str]:
    """The status of each figure of *text*, none of them dated."""
    return [
        status_of(p.quantity, text, (p.start, p.end), p.clause, later=False)
        for p in segments(text, find_quantities(text, language))
    ]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("the rate reached 45%", "en", ["achieved"]),
        ("exceeding the target of 40 million accounts", "en", ["target"]),
        ("strive to reach 80% of records", "en", ["target"]),
        ("must handle 100% of records", "en", ["target"]),
        ("Targets for roads: 50% paved; 30% lit", "en", ["target", "target"]),
        ("one must link schools, because only 38% have done so", "en", ["achieved"]),
        ("is estimated at 9.6 million tons", "en", ["estimate"]),
        ("up 2.5 times", "en", ["change"]),
        ("an increase of 11%", "en", ["change"]),
        ("an increase of 7 percentage points", "en", ["change"]),
        ("3.5 times higher than GDP growth", "en", ["change"]),
        ("Hau Giang jumps 20 places", "en", ["change"]),
        ("from 3% to 13.5%", "en", ["earlier", "achieved"]),
        ("strive to raise it from 3% to 5%", "en", ["earlier", "target"]),
        ("answers from 36,525 people", "en", ["achieved"]),
        ("reached 82%, compared to 80%", "en", ["achieved", "earlier"]),
        ("equal to 50% of the plan", "en", ["achieved"]),
        ("tỷ lệ đạt 54,7%", "vi", ["achieved"]),
        ("phấn đấu đạt 95%", "vi", ["target"]),
        ("đặt mục tiêu đón 9 triệu lượt khách", "vi", ["target"]),
        ("trồng 298 ha rừng tập trung, đạt 121%", "vi", ["achieved", "achieved"]),
        ("chiếm 4,2% số phải thu, giảm 0,3%", "vi", ["achieved", "change"]),
        ("phải thu hồi 90% số nợ", "vi", ["achieved"]),
        ("phải xử lý 100% hồ sơ", "vi", ["target"]),
        ("ước đạt 421 nghìn tỷ đồng", "vi", ["estimate"]),
        ("tăng 55,8% so với cùng kỳ", "vi", ["change"]),
        ("từ 5% lên 8%", "vi", ["earlier", "achieved"]),
        ("giảm 2 bậc", "vi", ["change"]),
        ("vượt 5% kế hoạch", "vi", ["change"]),
        ("vượt kế hoạch 5%", "vi", ["change"]),
        ("bằng 98% so với cùng kỳ", "vi", ["achieved"]),
        ("đạt 52,3% kế hoạch", "vi", ["achieved"]),
        ("đạt 121% kế hoạch (245 ha)", "vi", ["achieved", "target"]),
    ],
)
def test_the_words_around_a_figure_decide(text, language, expected) -> None:
    """Cues count in the language's own marks and only where they touch the figure."""
    assert statuses(text, language) == expected


@pytest.mark.parametrize(
    ("period", "later"),
    [("2023", False), ("2024", False), ("2024-06", False), ("2025", True),
     ("2030", True), ("2024/2030", True), ("2024/2025", False), ("2021/2025", False)],
)  # fmt: skip
def test_what_lies_ahead_of_the_report_is_not_achieved(period, later) -> None:
    """A season under way and a span begun before are not ahead."""
    assert is_later(parse_period(period), parse_period("2024")) is later


def test_without_a_time_nothing_lies_ahead() -> None:
    """Neither an undated figure nor an undated report makes a target."""
    assert not is_later(None, parse_period("2024"))
    assert not is_later(parse_period("2025"), None)
