"""What other rooms say to people is said in the language of the page."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from page.office.quality_view import A_REFUSAL, quality_document
from page.office.reports_view import health_words
from page.office.runs import Run
from page.said import told
from page.texts import VI
from page.texts_office import VI as VI_OFFICE
from page.texts_quality import VI as VI_QUALITY
from settings import ROOT

# Who says something to people, and which argument of theirs it is.
SPEAKERS = {
    "UnreadableReportError": 1,
    "_wrong": 1,
    "_unread": 1,
    **dict.fromkeys(("Refused", "_Fallen", "_Retired", "StoreError"), 0),
    **dict.fromkeys(("EncoderError", "StoreDamagedError"), 0),
}
ASIDE = ("index/backup.py", "index/rollback.py")  # of the command line alone
BUILT = "\0"  # stands for what a program fills in


def texts(node: ast.expr) -> list[str]:
    """What an expression may say, as far as it can be told without running it."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.JoinedStr(values=parts):
            return [
                "".join(
                    str(part.value) if isinstance(part, ast.Constant) else BUILT
                    for part in parts
                )
            ]
        case ast.BinOp(left=left, right=right):
            return [one + two for one in texts(left) for two in texts(right)]
        case ast.IfExp(body=body, orelse=orelse):
            return texts(body) + texts(orelse)
    return [BUILT]


def sentences(path: Path) -> Iterator[str]:
    """What *path* says in errors, in what it yields and in notes."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        said: list[str] = []
        match node:
            case ast.Call(func=ast.Name(id=name), args=given):
                if name in SPEAKERS and len(given) > SPEAKERS[name]:
                    said = texts(given[SPEAKERS[name]])
            case ast.Call(func=ast.Attribute(attr="append"), args=[given]):
                said = texts(given) if path.name in {"first.py", "pdf.py"} else []
            case ast.Yield(value=ast.expr() as value):
                said = texts(value) if path.name == "health.py" else []
            case ast.Assign(targets=[ast.Attribute(attr="why")], value=value):
                said = [one for one in texts(value) if one]
        yield from (one for one in said if one.strip(BUILT + ": ()"))


SAID = sorted(
    {
        (path.relative_to(ROOT).as_posix(), sentence)
        for path in (*ROOT.glob("ingest/**/*.py"), *ROOT.glob("index/*.py"))
        if not path.as_posix().endswith(ASIDE)
        for sentence in sentences(path)
    }
)


@pytest.mark.parametrize(("where", "sentence"), SAID)
def test_page_said_csv_has_what_is_said_of_files_and_the_index(
    where: str, sentence: str
) -> None:
    """A new sentence in ingest or index gets a row in `page/said.csv`."""
    given = sentence.replace(BUILT, "7")
    assert told(given, "en") == given
    assert told(given, "vi") != given, f"page/said.csv lacks what {where} says"


def test_the_scan_sees_what_is_said() -> None:
    """Or the test above would prove nothing."""
    assert len(SAID) > 60


def test_what_varies_is_kept_or_looked_up_in_turn() -> None:
    """Names stay as they are; advice within a sentence is translated too."""
    assert told(
        "it is an old Word document under another name: rename it to end in .doc, "
        "then save it as PDF",
        "vi",
    ) == (
        "đây là tài liệu Word kiểu cũ mang tên khác: hãy đổi đuôi thành .doc, "
        "sau đó hãy lưu thành PDF"
    )
    assert told("unread: pages 1, 3 and 2 more: it is damaged", "vi") == (
        "chưa đọc được: các trang 1, 3 và 2 trang khác: bị hỏng"
    )
    assert told("Traceback {0}\nno figure was found in it", "vi") == (
        "Traceback {0}\nkhông tìm thấy số liệu nào"
    )


def test_health_is_told_in_vietnamese() -> None:
    """What is suspicious and what was left unread, with why."""
    health = {
        "pages": 3,
        "characters": 900,
        "unread": [2],
        "suspicious": ["nothing in it is dated"],
        "notes": ["unread: page 2: recognising it failed"],
    }

    _, _, said = health_words(json.dumps(health), VI_OFFICE)

    assert said == [
        "1 trên 3 trang không đọc được",
        "không có nội dung nào ghi thời gian",
        "chưa đọc được: trang 2: nhận dạng không thành công",
    ]


def test_slices_and_misses_are_told_in_vietnamese() -> None:
    """Names of slices, expected refusals, where a miss began."""
    part = {"n": 3, "measures": {"right": {"value": 0.5, "n": 3}}}
    miss = {"question": "?", "verdict": "refused", "cause": "not found"}
    summary = {
        "totals": part["measures"],
        "slices": {
            "kind": [{"name": "unanswerable", **part}],
            "period": [{"name": "no year named", **part}, {"name": "2024", **part}],
        },
        "misses": [{**miss, "gold": A_REFUSAL}],
    }
    run = Run("2026", summary, has_report=False)

    html = quality_document(run, [], VI_OFFICE, VI, edits=False)

    for english in ("unanswerable", "no year named", A_REFUSAL, "not found"):
        assert english not in html
    for shown in ("không nêu năm", ">2024<", VI_QUALITY.causes["not found"]):
        assert shown in html
