"""Officials' CSV and XLSX become question sets, or a list of what is wrong."""

import io
import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals import sheets
from evals.__main__ import main
from evals.sets import read_sets
from index.errors import BadInputError

VI = "Câu hỏi;Trả lời;Báo cáo\nTỷ lệ năm 2024 là bao nhiêu?;45%;a.txt\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two reports, one of them in a folder."""
    folder = tmp_path / "corpus"
    (folder / "2024").mkdir(parents=True)
    (folder / "a.txt").write_text("The rate reached 45% in 2024.", "utf-8")
    (folder / "2024" / "Báo cáo quý I.txt").write_text("Đạt 12%.", "utf-8")
    return folder


def write(folder: Path, data: str | bytes, name: str = "set.csv") -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def workbook(folder: Path, rows: list[list[Any]], **formats: str) -> Path:
    """An XLSX file of these rows; *formats* by cell, as C2="0%"."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for cell, shape in formats.items():
        sheet[cell].number_format = shape
    path = folder / "set.xlsx"
    book.save(path)
    return path


def test_three_columns_are_enough(corpus: Path, tmp_path: Path) -> None:
    """Id, kind and language are worked out; answers may be alternatives."""
    text = (
        "Question,Answer,Report\n"
        "What was the rate in 2024?,45% | 45 percent,a.txt\n"
        "Khi nào họp?,25/12/2022,bao cao quy i\n"
        "Ai chủ trì?,Phạm Minh Chính,A\n"
        "What of Mars?,not in the reports,\n"
    )
    rate, day, name, refused = read_sets([write(tmp_path, text)], corpus)
    assert (rate.id, rate.kind, rate.language) == ("set-2", "figure", "en")
    assert rate.answers == ("45%", "45 percent")
    assert (day.kind, day.language) == ("date", "vi")
    assert day.reports == ("2024/Báo cáo quý I.txt",)
    assert (name.kind, name.reports) == ("name", ("a.txt",))
    assert (refused.kind, refused.answers) == ("unanswerable", ())


@pytest.mark.parametrize(
    "data",
    [
        VI.encode("utf-8"),
        VI.encode("utf-8-sig"),
        VI.encode("utf-16"),
        VI.replace(";", "\t").encode("utf-16"),
        VI.replace(";", ",").replace("\n", "\r\n").encode("utf-8"),
        ("sep=;\n" + VI).encode("utf-8"),
        ("Bộ câu hỏi;;\n\n" + VI).encode("utf-8"),
        VI.replace("Câu hỏi", " CAU HOI: ").encode("utf-8"),
        # As Vietnamese Windows saves "CSV": tone marks apart from their letters.
        VI.replace("ỷ", "y\u0309")
        .replace("ệ", "ê\u0323")
        .replace("ỏ", "o\u0309")
        .replace("ả", "a\u0309")
        .replace("ờ", "ơ\u0300")
        .encode("cp1258"),
    ],
)
def test_encodings_and_separators_of_office_programs(
    corpus: Path, tmp_path: Path, data: bytes
) -> None:
    """Whatever the program made of it, the same question comes out."""
    (question,) = read_sets([write(tmp_path, data)], corpus)
    assert question.question == "Tỷ lệ năm 2024 là bao nhiêu?"
    assert question.answers == ("45%",)
    assert question.language == "vi"


def test_a_workbook_is_read_as_it_looks(corpus: Path, tmp_path: Path) -> None:
    """0.45 shown as a percentage is 45%, a day is its date, a title is passed over."""
    path = workbook(
        tmp_path,
        [
            ["Questions of the office"],
            ["No.", "Question", "Answer", "Report", "Wrong answers", "Checked by"],
            [1, "What was the rate in 2024?", 0.45, "a.txt", "80%", "An"],
            [2, "When did they meet?", date(2024, 7, 16), "a.txt", None, "An"],
            [3, "How many?", 1234567, "a.txt", None, None],
            [None, None, None, None, None, None],
        ],
        C3="0%",
    )
    rate, day, count = read_sets([path], corpus)
    assert (rate.id, rate.answers, rate.traps) == ("set-1", ("45%",), ("80%",))
    assert (day.kind, day.answers) == ("date", ("2024-07-16",))
    assert count.answers == ("1234567",)


def test_all_columns_may_be_given(corpus: Path, tmp_path: Path) -> None:
    """A follow-up has its earlier questions; kind and language may be in Vietnamese."""
    text = (
        "Mã,Câu hỏi,Trả lời,Báo cáo,Loại,Ngôn ngữ,Câu hỏi trước,Ghi chú\n"
        'q1,Còn năm 2022?,"52,8%",a.txt,Hỏi tiếp,tiếng Việt,Tỷ lệ năm 2024?,x\n'
        "q2,Mục tiêu 2025?,80%,a,mục tiêu,vi,,\n"
    )
    first, second = read_sets([write(tmp_path, text)], corpus)
    assert (first.id, first.kind) == ("set-q1", "follow-up")
    assert first.history == ("Tỷ lệ năm 2024?",)
    assert first.answers == ("52,8%",)
    assert (second.kind, second.language) == ("target", "vi")


def test_everything_wrong_is_listed_by_row(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One reading of the list is enough to mend the sheet; exit 2."""
    text = (
        "question,answer,report\n"
        ",45%,a.txt\n"
        "What was it?,,a.txt\n"
        "What was it?,45%,\n"
        "What was it?,45%,b.txt\n"
        '"Two\nlines?",45%,c.txt\n'
        "What was it?,45%,a.txt\n"
    )
    path = write(tmp_path, text)
    assert main(["validate", str(path), "--corpus", str(corpus)]) == 2
    said = capsys.readouterr().err.splitlines()
    assert [line.split(": ", 1)[1] for line in said[:1]] == [
        "set.csv: row 2: no question"
    ]
    assert said[1].startswith("set.csv: row 3: no answer: give it, or write “not in")
    assert said[2].startswith("set.csv: row 4: no report")
    assert said[3] == f'set.csv: row 5: report "b.txt" is not in {corpus}'
    assert said[4] == f'set.csv: row 6: report "c.txt" is not in {corpus}'
    assert len(said) == 5


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("s.csv", b"", "holds no question"),
        ("s.csv", b"question,answer,report\n", "holds no question"),
        ("s.csv", b"question,answer\nWhat?,45%\n", r"no column report \(báo cáo\)"),
        ("s.csv", b"question,answer,report,gold\n1,2,3,4", "two columns mean “answer”"),
        ("s.csv", "question,answer,report\nTỷ lệ ".encode() + b"\xff", "for byte"),
        ("s.xls", b"\xd0\xcf\x11\xe0", "old Excel format: save it as .xlsx"),
        ("s.xlsx", b"PK\x03\x04 damaged", "not a workbook that can be read"),
        ("s.xlsx", b"\xd0\xcf\x11\xe0 encrypted", "has a password"),
    ],
)
def test_a_file_that_is_no_set_is_told(
    corpus: Path, tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    """What it is and what to do, never a traceback."""
    with pytest.raises(BadInputError, match=message):
        read_sets([write(tmp_path, data, name)], corpus)


def test_a_formula_without_a_value_is_told(corpus: Path, tmp_path: Path) -> None:
    """A cell that shows an error is no gold."""
    rows = [["question", "answer", "report"], ["What?", "#DIV/0!", "a.txt"]]
    path = workbook(tmp_path, rows)
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    sheet["B2"].data_type = "e"
    book.save(path)
    with pytest.raises(BadInputError, match="row 2: a formula gives #DIV/0!"):
        read_sets([path], corpus)


def test_a_name_that_fits_two_reports_is_told(corpus: Path, tmp_path: Path) -> None:
    """Better asked than guessed."""
    (corpus / "2024" / "a.md").write_text("x", "utf-8")
    text = "question,answer,report\nWhat?,45%,a\n"
    with pytest.raises(BadInputError, match=r"may be any of 2024/a\.md, a\.txt"):
        read_sets([write(tmp_path, text)], corpus)


def test_a_sheet_can_be_kept_as_json_lines(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """So that an official's sheet becomes part of a set; nothing is overwritten."""
    out = tmp_path / "kept.jsonl"
    command = ["validate", str(write(tmp_path, VI)), "--corpus", str(corpus)]
    assert main([*command, "--out", str(out)]) == 0
    assert read_sets([out], corpus) == read_sets([tmp_path / "set.csv"], corpus)
    assert main([*command, "--out", str(out)]) == 2
    assert "exists already" in capsys.readouterr().err


@settings(max_examples=40, deadline=None)
@given(data=st.binary(max_size=300))
def test_no_bytes_make_it_stumble(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    """Any file is read or refused; whatever else is raised fails this test."""
    folder = tmp_path_factory.getbasetemp()
    for name, head in (("x.csv", b"question,answer,report\n"), ("x.xlsx", b"PK\3\4")):
        with suppress(BadInputError):
            read_sets([write(folder, head + data, name)], folder)


def test_a_packed_bomb_is_refused(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A small file must not fill the memory."""
    monkeypatch.setattr(sheets, "LARGEST", 10_000)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 100_001)
    path = write(tmp_path, packed.getvalue(), "s.xlsx")
    with pytest.raises(BadInputError, match="unpacks to more than"):
        read_sets([path], corpus)
    with pytest.raises(BadInputError, match="larger than"):
        read_sets([write(tmp_path, "x" * 10_001)], corpus)
