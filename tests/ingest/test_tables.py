"""Tables: one line a row, every cell with its headings, every figure with its sense."""

from collections.abc import Sequence

import pytest

from index.records import Figure, Page, Report
from ingest.headings import rows_of
from ingest.rows import read_content, row_figures
from ingest.split import sentences
from ingest.tables import Filled, lay_out

Grid = Sequence[Sequence[Filled | str]]


def figures_of(
    grid: Grid, before: str = "", *, period: str | None = "2024"
) -> dict[str, Figure]:
    """The figures of a table, by their raw words."""
    lead = f"{before}\n"
    lines, table = lay_out(grid, page=1, at=len(lead))
    page = Page(1, lead + lines)
    report = Report("a.docx", "", "vi", period=period)
    content = read_content([page], [table])
    found, rows = sentences(content.paragraphs, "vi")
    by_row = row_figures(report, content, found, rows)
    for sentence in found:
        assert page.text[sentence.start : sentence.end] == sentence.text
    return {f.raw: f for figures in by_row.values() for f in figures}


def test_a_row_is_one_line_and_every_cell_stands_at_its_offsets() -> None:
    """What is quoted is a line of the page; offsets need no searching."""
    grid: Grid = [
        ["Tỉnh", Filled("Thứ  hạng\nchung", columns=2)],
        ["Huế", "2", "", "9"],
    ]

    lines, table = lay_out(grid, page=3, at=5)

    assert lines == "Tỉnh | Thứ hạng chung\nHuế | 2 | | 9"
    text = "....." + lines
    assert [text[c.start : c.end] for c in table.cells] == [
        "Tỉnh", "Thứ hạng chung", "Huế", "2", "9",
    ]  # fmt: skip
    assert [(c.row, c.column, c.columns) for c in table.cells] == [
        (0, 0, 1), (0, 1, 2), (1, 0, 1), (1, 1, 1), (1, 3, 1),
    ]  # fmt: skip


def test_cells_below_a_cell_of_several_rows_keep_their_columns() -> None:
    """A merged cell takes its place in the rows it reaches over."""
    grid: Grid = [[Filled("Lạng Sơn", rows=2), "2022", "6"], ["2023", "2"]]

    _, table = lay_out(grid, page=1, at=0)

    assert [(c.row, c.column) for c in table.cells] == [
        (0, 0), (0, 1), (0, 2), (1, 1), (1, 2),
    ]  # fmt: skip


def test_a_hostile_span_costs_nothing() -> None:
    """A cell that claims to reach over a million columns is cut."""
    lines, table = lay_out([[Filled("a", 10**9, 10**9), "b"], ["c"]], page=1, at=0)

    assert table.cells[0].columns <= 400
    assert lines.startswith("a")


def test_place_and_year_and_rank_come_from_headings() -> None:
    """ "Lang Son, 2023, rank" is a figure of its own."""
    found = figures_of(
        [
            [Filled("Tỉnh", rows=2), Filled("Thứ hạng", columns=2)],
            ["2022", "2023"],
            ["Lạng Sơn", "6", "2"],
            ["Huế", "3", "5"],
        ]
    )

    rank = found["2"]
    assert (rank.kind, rank.value, rank.period, rank.place) == (
        "rank", 2, "2023", "Lang Son",
    )  # fmt: skip
    assert found["3"].place == "Hue"
    assert found["3"].period == "2022"


def test_target_and_result_are_told_apart() -> None:
    """ "Mục tiêu" beside "Kết quả": the gravest trap of a table."""
    found = figures_of(
        [
            ["TT", "Chỉ tiêu", "Đơn vị tính", "Mục tiêu 2025", "Kết quả 2024"],
            ["1", "Hồ sơ trực tuyến", "%", "80", "45"],
            ["2", "Doanh thu kinh tế số", "tỷ đồng", "1.200", "950,5"],
        ]
    )

    assert (found["80"].status, found["80"].period) == ("target", "2025")
    assert (found["45"].status, found["45"].period) == ("achieved", "2024")
    assert (found["45"].kind, found["45"].unit) == ("share", "%")
    assert (found["1.200"].kind, found["1.200"].value) == ("money", 1200e9)
    assert found["950,5"].unit == "VND"
    assert found["45"].subject == "Hồ sơ trực tuyến, Kết quả 2024"
    assert "1" not in found  # the number of the row counts nothing


@pytest.mark.parametrize(
    ("heading", "cell", "kind", "value", "unit"),
    [
        ("Tỷ lệ (%)", "45,5", "share", 45.5, "%"),
        ("Dân số (nghìn người)", "802", "count", 802e3, "people"),
        ("Chi (triệu đồng)", "1.250", "money", 1250e6, "VND"),
        ("Vốn (nghìn tỷ đồng)", "1,5", "money", 1.5e12, "VND"),
        ("$ in millions", "(9.982)", "money", -9982e6, "USD"),
        ("€m", "21", "money", 21e6, "EUR"),
        ("US$’000", "4.143", "money", 4143e3, "USD"),
        ("Số xã", "120 (1)", "count", 120, ""),
        ("Thay đổi", "-3,4%", "share", -3.4, "%"),
        ("Diện tích (ha)", "1.234,5", "count", 1234.5, "ha"),
    ],
)
def test_units_of_headings_reach_the_cells(
    heading: str, cell: str, kind: str, value: float, unit: str
) -> None:
    """A bare number is what its heading says: thousands, currency, percent, loss."""
    (figure,) = figures_of([["Tên", heading], ["Huyện Bắc Sơn", cell]]).values()

    assert (figure.kind, figure.unit) == (kind, unit)
    assert figure.value == pytest.approx(value)
    assert figure.raw == cell.removesuffix(" (1)")


def test_a_unit_over_the_table_holds_for_all_but_what_is_counted_singly() -> None:
    """ "In millions" above a table does not make millions of a price per share."""
    found = figures_of(
        [["", "2024"], ["Revenue", "5.686"], ["Earnings per share", "2,15"]],
        before="Results ($ in millions)",
    )

    assert found["5.686"].value == pytest.approx(5686e6)
    assert found["2,15"].value == pytest.approx(2.15)


def test_sections_and_years_further_down_head_anew() -> None:
    """A line of years in the middle replaces the years at the top."""
    found = figures_of(
        [
            ["", "2021", "2020"],
            ["Thu", "", ""],
            ["Thuế", "11", "12"],
            ["Chi", "2023", "2022"],
            ["Lương", "13", "14"],
        ],
        period="2023",
    )

    assert found["11"].subject.startswith("Thuế, Thu")
    assert found["12"].period == "2020"
    assert found["13"].period == "2023"


def test_lost_spans_are_shared_out() -> None:
    """Where only the text of headings is left, two headings share four columns."""
    _, table = lay_out(
        [
            ["", "Domestic", "", "International", ""],
            ["", "2019", "2018", "2019", "2018"],
            ["Discount rate", "4.00%", "3.75%", "1.90%", "2.80%"],
        ],
        page=1,
        at=0,
    )
    text = (
        "| Domestic | | International\n| 2019 | 2018 | 2019 | 2018\n"
        "Discount rate | 4.00% | 3.75% | 1.90% | 2.80%"
    )

    row = rows_of(table, text)[-1]

    assert [entry.column for entry in row.entries] == [
        ("Domestic", "2019"),
        ("Domestic", "2018"),
        ("International", "2019"),
        ("International", "2018"),
    ]
    assert row.label == "Discount rate"


def test_numbers_under_headings_are_no_figures() -> None:
    """ "(1) | (2) | (3)" numbers the columns."""
    found = figures_of(
        [["Tên", "2023", "2024"], ["(1)", "(2)", "(3)"], ["Số hộ", "15", "16"]]
    )

    assert sorted(found) == ["15", "16"]


def test_a_table_of_words_has_headings_too() -> None:
    """A date under "Thời hạn" is found with its task."""
    found = figures_of(
        [
            ["Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"],
            ["Xây dựng cơ sở dữ liệu đất đai", "Bộ Tài nguyên", "31/12/2025"],
        ]
    )

    assert found["31/12/2025"].kind == "date"
    assert "Xây dựng cơ sở dữ liệu đất đai" in found["31/12/2025"].subject


def test_a_note_beside_the_headings_is_no_heading_of_a_row() -> None:
    """ "(In millions)" in the corner: the row beside it still heads the columns."""
    found = figures_of(
        [
            ["", Filled("Năm 2023"), "", Filled("Năm 2024"), ""],
            ["(triệu đồng)", "Dự toán", "Thực hiện", "Dự toán", "Thực hiện"],
            ["Chi xây dựng", "411", "422", "433", "444"],
        ]
    )
    told = {raw: (f.period, f.status) for raw, f in found.items()}
    assert told == {
        "411": ("2023", "target"),
        "422": ("2023", "achieved"),
        "433": ("2024", "target"),
        "444": ("2024", "achieved"),
    }


def test_quarters_have_the_year_over_them() -> None:
    """In each block of the table its own."""
    quarters = ["", "Quý I", "Quý II"]
    found = figures_of(
        [
            ["", "Năm 2022", ""],
            quarters,
            *([f"Thu {kind}", f"41{kind}", f"42{kind}"] for kind in range(4)),
            ["", "Năm 2023", ""],
            quarters,
            *([f"Thu {kind}", f"43{kind}", f"44{kind}"] for kind in range(4)),
        ]
    )
    assert {raw[:2]: f.period for raw, f in found.items()} == {
        "41": "2022-Q1", "42": "2022-Q2", "43": "2023-Q1", "44": "2023-Q2",
    }  # fmt: skip


def test_bands_head_their_columns() -> None:
    """ "1–90" and ">90" are days, not values; "6,5%" names a bond, not a share."""
    found = figures_of(
        [
            ["Số ngày quá hạn", "1–90", "91–180", ">180", "Tổng"],
            ["Trái phiếu 6,5% (triệu đồng)", "411", "422", "433", "444"],
        ]
    )
    assert list(found) == ["411", "422", "433", "444"]
    assert "91–180" in found["422"].subject
    assert {f.unit for f in found.values()} == {"VND"}
