"""The Figures tab: what is asked of the ledger, and what is shown of it."""

import csv
import io
import re
import sqlite3
import time
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from answer.glossary import make_glossary
from answer.terms import wordings_of
from answer.vocabulary import make_vocabulary
from index import ledger
from index.errors import BadInputError
from index.hashing import HashingEncoder
from index.ledger import Asked, Row
from index.store import Store
from ingest.pipeline import ingest
from page.alike import one_thing
from page.chart import Bar, bars, columns
from page.ledger import as_csv, as_query, conditions, listing, read_asked
from page.texts import EN, VI
from settings import Settings

ROW = Row(
    *("45%", "share", 45.0, "%", "online <b>records</b>", "2024", "Vietnam"),
    *("achieved", "over", "a.txt", "Summary", "Portal", "2025-02-06", "en"),
    *(1, 0, 30, "It reached over <i>45%</i>."),
    *(19, 22, 3, 27),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """An index of one report with figures of four years."""
    folder = tmp_path_factory.mktemp("ledger")
    (folder / "corpus").mkdir()
    sentences = [
        f"In {year} the share of tested wells nationwide reached {share}%."
        for year, share in ((2021, 40), (2022, 30), (2023, 60), (2024, 50))
    ]
    text = "\n\n".join([*sentences, "In 2025 the target is 70% of tested wells."])
    (folder / "corpus" / "wells.txt").write_text(text, encoding="utf-8")
    settings = Settings(folder / "corpus", folder / "var", folder, "hashing")
    ingest(settings, HashingEncoder)
    return Store.open(settings.store_path)


def raws(store: Store, asked: Asked, first: int = 0, limit: int = 50) -> list[str]:
    """The figures found, as written."""
    with store.snapshot() as view:
        return [row.raw for row in ledger.rows(view, asked, first, limit)]


def test_the_ledger_is_filtered_and_sorted(store: Store) -> None:
    """By words, period, status; up and down; what has no amount stays out."""
    assert raws(store, Asked(subject="tested WELLS", period="2022")) == ["30%"]
    assert raws(store, Asked(status="target")) == ["70%"]
    by_value = Asked(status="achieved", sort="value")
    assert raws(store, by_value) == ["30%", "40%", "50%", "60%"]
    assert raws(store, replace(by_value, descending=True))[0] == "60%"
    assert raws(store, Asked(kind="date")) != []
    assert raws(store, Asked(place="Hanoi")) == []


def test_pages_of_the_ledger_join_without_gap(store: Store) -> None:
    """Each figure once, in one order."""
    with store.snapshot() as view:
        count = ledger.count(view, Asked())
    pages = [raws(store, Asked(sort="value"), first, 2) for first in range(0, count, 2)]

    joined = [raw for page in pages for raw in page]
    assert joined == raws(store, Asked(sort="value"))


def test_no_period_is_an_error_that_says_so(store: Store) -> None:
    """The reader is told how periods are written."""
    with store.snapshot() as view, pytest.raises(BadInputError):
        ledger.count(view, Asked(period="soon"))


def test_years_and_samples_come_from_the_figures(store: Store) -> None:
    """For the filters and the example questions."""
    with store.snapshot() as view:
        assert ledger.years(view) == ["2021", "2022", "2023", "2024", "2025"]
        assert {r.period for r in ledger.sample(view, "en", 10, 10)} <= {
            *("2021", "2022", "2023", "2024", "2025")
        }
        assert ledger.sample(view, "vi", 10, 10) == []


def test_conditions_survive_the_way_to_the_browser_and_back() -> None:
    """The address of the file to take away has them all."""
    asked = Asked("wells", "2024", "Hue", "target", "share", "a.txt", "", "value", True)

    assert read_asked(as_query(asked)) == asked
    assert read_asked({"status": "x", "kind": 7, "sort": "drop table"}) == Asked()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ({"period": "quý 1/2024"}, Asked(period="2024-Q1")),
        ({"period": "July 2024"}, Asked(period="2024-07")),
        ({"period": "soon"}, Asked(period="soon")),
        ({"place": "cả nước"}, Asked(place="Vietnam")),
        ({"place": "Nationwide"}, Asked(place="Vietnam")),
        ({"place": "tỉnh Lạng Sơn"}, Asked(place="Lang Son")),
        ({"place": "Lang"}, Asked(place="Lang")),
    ],
)
def test_periods_and_places_are_read_as_the_table_writes_them(
    typed: dict[str, str], read: Asked
) -> None:
    """In both languages; what is neither stays as typed."""
    assert read_asked(typed) == read


def test_a_subject_is_found_in_the_words_of_the_other_language(store: Store) -> None:
    """By the glossary: phrase by phrase or word by word, and by stems."""
    own = make_vocabulary({"wells": 5, "tested": 5}, 5)
    glossary = make_glossary(
        [(["well", "wells"], ["giếng nước"], []), (["tested"], ["đã kiểm tra"], [])]
    )

    def found(subject: str) -> list[str]:
        wordings = wordings_of(subject, glossary, own)
        return raws(store, Asked(subject=subject, period="2022", wordings=wordings))

    assert found("giếng nước đã kiểm tra") == ["30%"]
    assert found("giếng nước bị hỏng") == []
    assert found("tested well") == ["30%"]
    assert found("...") == []


def test_a_condition_as_long_as_a_report_is_refused() -> None:
    """No matter how it was sent."""
    with pytest.raises(BadInputError):
        read_asked({"subject": "x" * 1000})


def test_nothing_in_a_figure_is_obeyed() -> None:
    """Tags in a report's text, in conditions and in names show as they are.

    The figure itself is in bold, within its clause.
    """
    html = listing(Asked(subject="<i>"), [ROW], 0, 1, EN)
    html += conditions(Asked(subject='"><i>'), [("<u>", "<u>")], EN)

    assert not re.search(r"<(i|u)>", html)
    assert "… reached over <i><b>45%</b></i>" in unescape(html)
    assert html.count("<b>") == 1


def test_a_column_says_how_it_is_sorted_and_turns_round() -> None:
    """For the eye and for screen readers."""
    html = listing(Asked(sort="value"), [ROW], 0, 1, EN)

    assert html.count('aria-sort="ascending"') == 1
    assert 'data-sort="value" data-descending="1"' in html


def test_counts_and_pages_are_in_the_language_of_the_page() -> None:
    """12.345 in Vietnamese; buttons at the ends are off."""
    html = listing(Asked(), [ROW] * 50, 0, 12345, VI)

    assert "12.345 số liệu" in html
    assert "1 đến 50 trong 12.345" in html
    assert html.count(" disabled") == 1


def test_the_file_of_figures_traces_each() -> None:
    """Sentence, report, page and generation in each row."""
    text = as_csv([ROW], 7, EN).decode("utf-8-sig")

    (row,) = csv.DictReader(io.StringIO(text))
    assert list(row.values()) == [
        *("over 45%", "45", "%", "share", "online <b>records</b>", "2024"),
        *("nationwide", "Achieved", ROW.quote, "a.txt", "Summary"),
        *("Portal", "2025-02-06", "1", "7"),
    ]


def test_columns_stand_on_zero_and_show_what_falls_below() -> None:
    """A fall is drawn downwards; words are escaped."""
    svg = columns([Bar(10, "<10%>", "2023"), Bar(-5, "-5%", "2024", now=True)])

    tops = [float(y) for y in re.findall(r'<rect[^>]* y="([\d.]+)"', svg)]
    (zero,) = re.findall(r'<line[^>]* y1="([\d.]+)"', svg)
    assert tops[0] < float(zero) == tops[1]
    assert "&lt;10%&gt;" in svg
    assert columns([]) == ""


def charted(*rows: Row) -> list[tuple[str, str]]:
    """The bars of the chart over *rows*: how they are drawn, and what they say."""
    html = listing(Asked(subject="x"), rows, 0, len(rows), EN)
    return re.findall(r'<rect class="([^"]*)".*?<b>([^<]*)</b>', html)


def test_only_what_can_be_compared_is_drawn_and_once() -> None:
    """One unit; a rise is no share; a figure that two sentences repeat is one bar."""
    other = replace(ROW, raw="50%", hedge="", value=50.0, period="2023")
    assert charted(ROW, ROW, replace(ROW, report="b.txt")) == []
    assert charted(
        ROW,
        replace(ROW, report="b.txt"),
        other,
        replace(other, raw="20%", status="change"),
        replace(other, raw="7 km", unit="km"),
        replace(other, raw="60%", period=None),
        replace(other, raw="80%", period="2030", status="target"),
    ) == [("", "50%"), ("", "over 45%"), ("planned", "80%")]


SAID = (
    ("share of households with fibre", "Vietnam", "2022", 61.0),
    ("in 2023 households that have fibre reached a share of", "Vietnam", "2023", 70.0),
    ("share of schools with fibre and teaching records", "Vietnam", "2024", 80.0),
    ("share of households with fibre", "Hue", "2024", 90.0),
    ("share of households with fibre", "Vietnam", "2024", 6100.0),
)


def test_a_chart_is_of_one_thing_or_there_is_none() -> None:
    """A broad word finds many things: only one is drawn, or it is said why none is."""
    found = [
        replace(ROW, raw=f"{n}%", hedge="", subject=s, place=where, period=at, value=n)
        for s, where, at, n in SAID
    ]
    assert [row.period for row in one_thing(found)] == ["2022", "2023"]
    html = listing(Asked(subject="fibre"), found, 0, len(found), EN)
    assert "2 of the 5 figures" in html
    html = listing(Asked(subject="fibre"), found[1:4], 0, 3, VI)
    assert "<rect" not in html
    assert "Không có biểu đồ" in html


def test_a_chart_has_its_limits_and_says_so() -> None:
    """Twelve bars; long names and places of any length stay within their cells."""
    many = [
        replace(ROW, raw=f"{n}%", value=n + 1.0, period=str(2000 + n), place="x" * 300)
        for n in range(20)
    ]
    html = listing(Asked(subject="x"), many, 0, 20, VI)

    assert html.count("<rect") == 12
    assert "12 trong 20" in html
    assert "Khung rỗng" not in html


def test_bars_stand_on_zero_and_show_what_falls_below() -> None:
    """A fall is drawn to the left; words are escaped."""
    html = bars([Bar(10, "<10%>", "2023"), Bar(-5, "-5%", "2024", about="<b>")])

    assert 'x="33.33%" width="66.67%"' in html
    assert 'x="0.00%" width="33.33%"' in html
    assert "&lt;10%&gt;" in html
    assert "&lt;b&gt;" in html
    assert bars([]) == ""


def test_a_hundred_thousand_figures_are_browsed_quickly(
    store: Store, tmp_path: Path
) -> None:
    """A sorted page and the count in well under a second."""
    with store.snapshot() as view:
        source = view.select("PRAGMA database_list")[0][2]
    copy = tmp_path / "big.sqlite"
    with sqlite3.connect(source) as one, sqlite3.connect(copy) as two:
        one.backup(two)
    big = sqlite3.connect(copy)
    names = [row[1] for row in big.execute("PRAGMA table_info(figures)")][1:]
    listed = ", ".join(f'"{name}"' for name in names)
    triggers = big.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in triggers.fetchall():
        big.execute(f'DROP TRIGGER "{name}"')
    big.execute(
        f"INSERT INTO figures ({listed}) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
        f"SELECT i + 1 FROM n WHERE i < 100000) SELECT {listed} FROM n, "
        "(SELECT * FROM figures WHERE kind != 'date' LIMIT 1)"
    )
    big.commit()
    big.close()

    with Store.open(copy).snapshot() as view:
        began = time.perf_counter()
        count = ledger.count(view, Asked(subject="wells"))
        found = ledger.rows(view, Asked(subject="wells", sort="value"), 50_000, 50)
        took = time.perf_counter() - began

    assert count > 100_000
    assert len(found) == 50
    assert took < 2  # generous, as other tests may share the processor
