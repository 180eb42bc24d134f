"""Generated sentences with known figures come back from the ledger as they went in."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from index.records import Language, Report, Sentence
from ingest.figures import find_figures


@dataclass(frozen=True)
class Known:
    """What a sentence is made from, and what must be read from it."""

    text: str
    language: Language
    raw: str
    value: float
    unit: str
    period: str
    place: str
    status: str


_PLACES = {
    "Lang Son": ("In Lang Son", "Tại Lạng Sơn"),
    "Quang Ninh": ("In Quang Ninh province", "Tại tỉnh Quảng Ninh"),
    "Da Nang": ("In Da Nang", "Tại thành phố Đà Nẵng"),
    "Vietnam": ("Nationwide", "Trên cả nước"),
}
_PERIODS = {
    "2022": ("in 2022", "năm 2022"),
    "2023-Q2": ("in the second quarter of 2023", "quý II/2023"),
    "2023-H1": ("in the first six months of 2023", "6 tháng đầu năm 2023"),
    "2023-11": ("in November 2023", "tháng 11/2023"),
    "2024-07-16": ("as of July 16, 2024", "tính đến ngày 16/7/2024"),
    "2024": ("by the end of 2024", "đến hết năm 2024"),
}
_AHEAD = {
    "2025": ("by 2025", "đến năm 2025"),
    "2030": ("by the end of 2030", "năm 2030"),
}
_STATUS = {
    "achieved": ("the {what} reached {figure}", "{what} đạt {figure}"),
    "estimate": ("the {what} is estimated at {figure}", "{what} ước đạt {figure}"),
    "target": ("the sector strives for the {what} to reach {figure}",
               "toàn ngành phấn đấu {what} đạt {figure}"),
}  # fmt: skip
# what is counted, unit of the ledger, how the unit is written, its scale
_WHAT = [
    (("rate of connected schools", "tỷ lệ trường học kết nối"), "%", ("%", "%"), 1),
    (("export turnover", "kim ngạch xuất khẩu"), "USD",
     (" billion USD", " tỷ USD"), 1e9),
    (("budget revenue", "thu ngân sách"), "VND",
     (" thousand billion VND", " nghìn tỷ đồng"), 1e12),
    (("rice output", "sản lượng lúa"), "tons", (" million tons", " triệu tấn"), 1e6),
    (("number of visits", "số lượt khám"), "", (" million", " triệu"), 1e6),
    (("area of forest", "diện tích rừng"), "ha", (" ha", " ha"), 1),
]  # fmt: skip


def _written(hundredths: int, language: Language) -> str:
    """A number with two decimals and grouped thousands, as the language writes it."""
    english = f"{hundredths / 100:,.2f}"
    return english if language == "en" else english.translate({44: ".", 46: ","})


@st.composite
def known(draw: st.DrawFn) -> Known:
    """A sentence of this kind of text, in either language."""
    language: Language = draw(st.sampled_from(["en", "vi"]))
    side = 0 if language == "en" else 1
    place = draw(st.sampled_from(sorted(_PLACES)))
    status = draw(st.sampled_from(sorted(_STATUS)))
    periods = _AHEAD if status == "target" else _PERIODS
    period = draw(st.sampled_from(sorted(periods)))
    what, unit, written, scale = draw(st.sampled_from(_WHAT))
    hundredths = draw(st.integers(1, 9_999 if unit == "%" else 999_999_99))
    number = _written(hundredths, language)
    figure = number + written[side]
    said = _STATUS[status][side].format(what=what[side], figure=figure)
    text = f"{_PLACES[place][side]}, {periods[period][side]}, {said}."
    # A measure says what is counted and does not stand in the raw words.
    raw = figure.removesuffix(" tons").removesuffix(" tấn").removesuffix(" ha")
    return Known(
        text, language, raw, hundredths / 100 * scale, unit, period, place, status
    )


def _read(facts: list[Known]) -> list[tuple[object, ...]]:
    """The figures of a report that has each fact in a paragraph of its own."""
    report = Report("r.txt", "0", facts[0].language, period="2024")
    sentences = [Sentence(1, 0, len(fact.text), fact.text) for fact in facts]
    figures = find_figures(report, sentences, range(len(facts)))
    return [
        (f.raw, round(f.value or 0, 2), f.unit, f.period, f.place, f.status)
        for f in figures
        if f.kind != "date"
    ]


def _expected(fact: Known) -> tuple[object, ...]:
    value = round(fact.value, 2)
    return (fact.raw, value, fact.unit, fact.period, fact.place, fact.status)


@settings(max_examples=150, deadline=None)
@given(known())
def test_a_known_figure_comes_back_as_it_went_in(fact: Known) -> None:
    """Value, unit, period, place and status, in both languages and their formats."""
    assert _read([fact]) == [_expected(fact)]


@settings(max_examples=40, deadline=None)
@given(st.lists(known(), min_size=2, max_size=5))
def test_facts_that_follow_one_another_do_not_mix(facts: list[Known]) -> None:
    """What one paragraph says is not carried into the next."""
    alike = [fact for fact in facts if fact.language == facts[0].language]
    assert _read(alike) == [_expected(fact) for fact in alike]
