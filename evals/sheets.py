"""Officials' question sets: CSV and XLSX in, rows of a question set out.

Three columns are enough: question, answer, report. What else a question needs
(id, language, kind) is worked out where no column says it. Headers may be in
English or Vietnamese, with or without diacritics; see `evals/README.md`.
"""

import csv
import io
import re
import unicodedata
import zipfile
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from evals.match import fold, is_date, is_figure
from index.errors import BadInputError
from index.grammar.words import language_of
from ingest.load import report_names

SUFFIXES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls")
LARGEST = 20_000_000  # bytes of a file, and of a workbook's sheets unpacked / 10
_TITLE_ROWS = 10  # above the headers, at most

_HEADERS = {
    "question": "question|questions|cau hoi|noi dung cau hoi",
    "answer": "answer|answers|gold|right answer|expected answer|correct answer"
    "|tra loi|cau tra loi|dap an|ket qua|dap an dung",
    "all": "all|must say all|tat ca|phai co du",
    "report": "report|reports|source|file|document|bao cao|nguon|tai lieu|tep|van ban"
    "|ten bao cao|ten tep",
    "kind": "kind|type|loai|loai cau hoi",
    "language": "language|lang|ngon ngu",
    "traps": "trap|traps|wrong answer|wrong answers|bay|dap an sai|cau tra loi sai",
    "history": "history|earlier questions|previous questions|asked before"
    "|cau hoi truoc|hoi truoc do",
    "id": "id|no|nr|number|stt|so|so thu tu|ma|ma cau hoi",
    "note": "note|notes|comment|comments|remark|ghi chu|nhan xet",
}
_COLUMN = {word: name for name, words in _HEADERS.items() for word in words.split("|")}
_NEEDED = {"question": "câu hỏi", "answer": "trả lời", "report": "báo cáo"}
_REFUSED = frozenset(
    "not in the reports|not reported|unanswerable|no answer|none"
    "|khong co trong bao cao|khong co|khong co thong tin|khong tra loi duoc".split("|")
)
_KINDS = {
    "so lieu": "figure",
    "muc tieu": "target",
    "chi tieu": "target",
    "ngay": "date",
    "thoi gian": "date",
    "ten": "name",
    "danh sach": "list",
    "xu huong": "trend",
    "mau thuan": "conflict",
    "khac nhau": "conflict",
    "hoi tiep": "follow-up",
    "giai thich": "explain",
    "khong co trong bao cao": "unanswerable",
}
_LANGUAGES = {
    "english": "en",
    "tieng anh": "en",
    "anh": "en",
    "vietnamese": "vi",
    "tieng viet": "vi",
    "viet": "vi",
}

Cells = tuple[int, list[str]]  # row number as a person counts, its cells
Row = tuple[str, Mapping[str, Any] | None]


def is_sheet(path: Path) -> bool:
    """Whether *path* is to be read as a table rather than as JSON lines."""
    return path.suffix.lower() in SUFFIXES


def rows(name: str, data: bytes, corpus: Path, problems: list[str]) -> Iterator[Row]:
    """The rows of a table as lines of a question set, each with where it stands.

    name: of the file. corpus: the reports that its column "report" names.
    A row that cannot be one is told in *problems* and comes as None.
    Raises BadInputError if the file cannot be read or has not the columns.
    """
    if len(data) > LARGEST:
        raise BadInputError(f"{name} is larger than 20 MB: split it")
    suffix = Path(name).suffix.lower()
    if suffix == ".xls":
        raise BadInputError(f"{name} is of the old Excel format: save it as .xlsx")
    table = _workbook(name, data) if suffix.startswith(".xls") else _csv(name, data)
    filled = [(row, cells) for row, cells in table if any(cells)]
    if not filled:
        raise BadInputError(f"{name} holds no question")
    at, columns = _columns(name, filled)
    reports = _Reports(corpus)
    stem = Path(name).stem
    for number, cells in filled[at + 1 :]:
        where = f"{name}: row {number}"
        values = {column: cells[i] for i, column in columns.items() if i < len(cells)}
        wrong = list(_problems(values, reports))
        problems += [f"{where}: {problem}" for problem in wrong]
        row = _question(values, reports, f"{stem}-{number}")
        yield where, None if wrong else row


# --- A row ------------------------------------------------------------------


def _problems(values: Mapping[str, str], reports: "_Reports") -> Iterable[str]:
    if not values.get("question"):
        yield "no question"
    refused = _is_refused(values)
    if not values.get("answer") and not values.get("all") and not refused:
        yield (
            "no answer: give it, or write “not in the reports” "
            "(không có trong báo cáo) where a refusal is right"
        )
    if not values.get("report") and not refused:
        yield "no report: name the file where the answer stands"
    for text in _parts(values.get("report", "")):
        found = reports.named(text)
        if not found:
            yield f'report "{text}" is not in {reports.corpus}'
        elif len(found) > 1:
            yield f'report "{text}" may be any of {", ".join(found)}'


def _question(
    values: Mapping[str, str], reports: "_Reports", fallback: str
) -> dict[str, Any]:
    """The row as a line of a set; kind and language worked out where not given."""
    history = _parts(values.get("history", ""))
    refused = _is_refused(values)
    answers = [] if refused else _parts(values.get("answer", ""))
    named = (reports.named(text) for text in _parts(values.get("report", "")))
    question = values.get("question", "")
    kind = fold(values.get("kind", ""))
    language = fold(values.get("language", ""))
    return {
        "id": f"{fallback.rsplit('-', 1)[0]}-{values['id']}"
        if values.get("id")
        else fallback,
        "question": question,
        "language": _LANGUAGES.get(language, language) or language_of(question),
        "kind": _KINDS.get(kind, kind) or _kind(answers, history, refused=refused),
        "answers": answers,
        "all": _parts(values.get("all", "")),
        "reports": [names[0] for names in named if names],
        "traps": _parts(values.get("traps", "")),
        "history": history,
        "note": values.get("note", ""),
    }


def _kind(answers: Sequence[str], history: Sequence[str], *, refused: bool) -> str:
    if refused:
        return "unanswerable"
    if history:
        return "follow-up"
    if answers and all(map(is_date, answers)):
        return "date"
    return "figure" if any(map(is_figure, answers)) else "name"


def _is_refused(values: Mapping[str, str]) -> bool:
    kind = fold(values.get("kind", ""))
    if kind:
        return _KINDS.get(kind, kind) == "unanswerable"
    return _plain(values.get("answer", "")) in _REFUSED


def _parts(cell: str) -> list[str]:
    """The several wordings or files of one cell, separated by "|" or lines."""
    return [part.strip() for part in re.split(r"[|\n]", cell) if part.strip()]


class _Reports:
    """The corpus by the names that people write: with or without folder, ending."""

    def __init__(self, corpus: Path) -> None:
        self.corpus = corpus
        self._names = report_names(corpus) if corpus.is_dir() else []

    def named(self, text: str) -> list[str]:
        """The reports that *text* may mean: its name, else those beginning so."""
        if text in self._names:
            return [text]
        wanted = fold(text)
        for part in (str, _file_name, _stem):
            if found := [n for n in self._names if fold(part(n)) == wanted]:
                return found
        return [n for n in self._names if fold(_file_name(n)).startswith(wanted)]


def _file_name(report: str) -> str:
    return report.rsplit("/", 1)[-1]


def _stem(report: str) -> str:
    return _file_name(report).rsplit(".", 1)[0]


# --- The headers ------------------------------------------------------------


def _columns(name: str, filled: Sequence[Cells]) -> tuple[int, dict[int, str]]:
    """Which of *filled* holds the headers, and the name of each known column."""
    best: dict[int, str] = {}
    for at, (_, cells) in enumerate(filled[:_TITLE_ROWS]):
        found = {
            i: _COLUMN[_plain(c)] for i, c in enumerate(cells) if _plain(c) in _COLUMN
        }
        if set(_NEEDED) <= set(found.values()):
            if twice := _twice(list(found.values())):
                raise BadInputError(f"{name}: two columns mean “{twice}”")
            return at, found
        best = max(best, found, key=len)
    wanted = [f"{en} ({vi})" for en, vi in _NEEDED.items() if en not in best.values()]
    raise BadInputError(
        f"{name}: no column {' and no column '.join(wanted)}; "
        "the first row must name the columns"
    )


def _twice(names: Sequence[str]) -> str | None:
    return next((name for name in names if names.count(name) > 1), None)


def _plain(text: str) -> str:
    """Folded words only: " Câu hỏi: " → "cau hoi"."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


# --- The files --------------------------------------------------------------


def _csv(name: str, data: bytes) -> list[Cells]:
    text = _decoded(name, data)
    lines = text.split("\n", 1)
    shift = 0
    marked = re.fullmatch(r"sep=(.)\s*", lines[0])
    if marked:  # Excel's own way to name the separator
        delimiter, text, shift = marked[1], lines[1] if len(lines) > 1 else "", 1
    else:
        head = "\n".join(text.split("\n")[:_TITLE_ROWS])
        delimiter = max("\t;,", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found = []
    try:
        start = 1 + shift
        for cells in reader:
            # As an editor counts: a quoted cell may run over several lines.
            found.append((start, [_clean(cell) for cell in cells]))
            start = reader.line_num + 1 + shift
    except csv.Error as error:
        raise BadInputError(f"{name}: line {reader.line_num}: {error}") from error
    return found


def _decoded(name: str, data: bytes) -> str:
    """UTF-8, UTF-16 with its mark, else Windows' Vietnamese code page."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        most = data.decode("utf-8", "replace")
        if sum(c > "\x7f" for c in most) > 2 * most.count("\ufffd"):
            raise BadInputError(
                f"{name} is UTF-8 but for byte {error.start}: save it again as UTF-8"
            ) from error
        return data.decode("cp1258", "replace")


def _workbook(name: str, data: bytes) -> list[Cells]:
    """The first sheet that has the headers, else the first."""
    import openpyxl  # a third of a second, for those who bring a workbook

    try:
        _refuse_bombs(name, data)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        tables = [_sheet(name, sheet) for sheet in book.worksheets]
        book.close()
    except BadInputError:
        raise
    except Exception as error:  # openpyxl raises what it likes on damaged files
        raise BadInputError(
            f"{name} is not a workbook that can be read, or has a password: "
            "save it again as .xlsx without one"
        ) from error
    for table in tables:
        filled = [(row, cells) for row, cells in table if any(cells)]
        try:
            _columns(name, filled)
        except BadInputError:
            continue
        return table
    return tables[0] if tables else []


def _refuse_bombs(name: str, data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(part.file_size for part in packed.infolist()) > 10 * LARGEST:
            raise BadInputError(f"{name} unpacks to more than 200 MB: split it")


def _sheet(name: str, sheet: Any) -> list[Cells]:
    return [
        (number, [_cell(name, number, cell) for cell in row])
        for number, row in enumerate(sheet.iter_rows(), 1)
    ]


def _cell(name: str, number: int, cell: Any) -> str:
    """The cell as it looks: 0.45 shown as "45%" is 45%, a day is its ISO date."""
    value = cell.value
    if isinstance(value, str) and value.startswith("#") and cell.data_type == "e":
        raise BadInputError(f"{name}: row {number}: a formula gives {value}")
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) or (isinstance(value, int) and value is not True):
        shown = 100 * value if "%" in (cell.number_format or "") else value
        digits = f"{shown:.10g}"
        return f"{digits}%" if "%" in (cell.number_format or "") else digits
    return "" if value is None else _clean(str(value))


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").strip()
