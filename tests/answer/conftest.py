"""Words, records and a small corpus for the answer room's tests."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from answer.assistant import Assistant
from answer.candidates import Evidence
from answer.evidence import Candidate, Features
from answer.glossary import Glossary, make_glossary, read_glossary
from answer.likeness import Means
from answer.material import Material
from answer.question import Question, Want
from answer.understand import understand
from answer.vocabulary import Vocabulary, make_vocabulary
from index.encoder import Encoder
from index.grammar.numbers import find_quantities
from index.grammar.periods import parse_period
from index.grammar.words import tokens
from index.hashing import HashingEncoder
from index.records import (
    Figure,
    Kind,
    Report,
    Sentence,
    Status,
    StoredFigure,
    StoredSentence,
)
from index.store import Store
from ingest.pipeline import ingest
from settings import ROOT, Settings

# --- The corpus -----------------------------------------------------------------

# Reports of topics that the project's own corpus does not have. What the tests
# count on: 68.4% (2024), 65.2% (2023) and the target 80% (2030) for clean water,
# 59.1% for Lang Son; milk at school once as 91% and once as 88%.
REPORTS = {
    "water.txt": """Rural clean water programme reviews its year

On January 15, 2025, in Can Tho, Deputy Minister Tran Quang Hoai chaired the \
conference to review the rural clean water programme in 2024.

In 2024, the share of rural households using clean water reached 68.4% nationwide. \
In 2023, the share of rural households using clean water was 65.2%. The programme \
strives for 80% of rural households to use clean water by 2030.

In Lang Son, the share of rural households using clean water was 59.1% in 2024.

The programme spent 1,250 billion VND on pumping stations in 2024. The conference \
had the theme “Clean water for every village”.

The Ministry of Agriculture and Environment is in charge of checking the water \
quality under Circular No. 41/2024/TT-BNN. The shortage was mainly caused by salt \
water that enters the rivers in the dry season.
""",
    "milk.txt": """School milk programme in 2024

On January 20, 2025, the Ministry of Education and Training reported on school milk.

In 2024, the share of primary schools with a school milk programme reached 91%.

The programme <script>alert("milk")</script> delivered 412 million cartons of milk \
to pupils in 2024.
""",
    "milk_audit.txt": """Audit of the school milk programme in 2024

On January 24, 2025, the State Audit Office reported on school milk.

In 2024, the share of primary schools with a school milk programme reached 88%.
""",
    "tiem_chung.txt": """Kết quả tiêm chủng năm 2023

Ngày 12/01/2024, Bộ Y tế tổ chức hội nghị tổng kết công tác tiêm chủng năm 2023.

Năm 2023, tỷ lệ trẻ em được tiêm chủng đầy đủ trên cả nước đạt 94,5%. Trong năm 2023, \
cả nước có 11.250 điểm tiêm chủng. Cục trưởng Cục Y tế dự phòng Hoàng Minh Đức chủ trì \
hội nghị.

Phấn đấu đến năm 2025, tỷ lệ trẻ em được tiêm chủng đầy đủ đạt 97%.
""",
}


@dataclass(frozen=True)
class Library:
    """A corpus folder, indexed, and the assistant that answers from it."""

    settings: Settings
    encoder: Encoder
    assistant: Assistant

    def ingest(self) -> None:
        """Index the corpus folder as it is now."""
        ingest(self.settings, lambda: self.encoder)


OpenLibrary = Callable[[Path, Encoder], Library]


def _open_library(
    folder: Path, encoder: Encoder, reports: Mapping[str, str] = REPORTS
) -> Library:
    settings = Settings(folder / "corpus", folder / "var", folder / "cache", None)
    settings.corpus_dir.mkdir()
    for name, text in reports.items():
        (settings.corpus_dir / name).write_text(text, "utf-8")
    ingest(settings, lambda: encoder)
    return Library(settings, encoder, Assistant.open(settings, encoder))


@pytest.fixture(scope="session")
def library(
    tmp_path_factory: pytest.TempPathFactory, real_encoder: Encoder
) -> Iterator[Library]:
    """The test's own reports, indexed once with the real encoder; only read it."""
    opened = _open_library(tmp_path_factory.mktemp("library"), real_encoder)
    yield opened
    opened.assistant.close()


@pytest.fixture(scope="session")
def quick_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The same without a model, for what does not hang on likeness; only read it."""
    opened = _open_library(tmp_path_factory.mktemp("quick"), HashingEncoder())
    yield opened
    opened.assistant.close()


@pytest.fixture(scope="session")
def reading(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[Mapping[str, str]], Assistant]]:
    """`reading(reports)`: an assistant without a model that has read just these."""
    opened: list[Assistant] = []

    def read(reports: Mapping[str, str]) -> Assistant:
        folder = tmp_path_factory.mktemp("reading")
        opened.append(_open_library(folder, HashingEncoder(), reports).assistant)
        return opened[-1]

    yield read
    for assistant in opened:
        assistant.close()


@pytest.fixture
def own_library(tmp_path: Path) -> Iterator[Library]:
    """A library without a model that a test may change."""
    opened = _open_library(tmp_path, HashingEncoder())
    yield opened
    opened.assistant.close()


@pytest.fixture
def store(quick_library: Library) -> Store:
    """The store under the quick library."""
    return quick_library.assistant.store


# --- Words ------------------------------------------------------------------------


@pytest.fixture(scope="session")
def project_glossary() -> Glossary:
    """The word list that the project ships."""
    return read_glossary(ROOT / "corpus" / "glossary.csv")


@pytest.fixture(scope="session")
def small_glossary() -> Glossary:
    """Phrases of both languages, with and without an abbreviation."""
    return make_glossary(
        [
            (["clean water", "safe water"], ["nước sạch"], ["NS"]),
            (["health insurance"], ["bảo hiểm y tế"], ["BHYT"]),
        ]
    )


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The words of twenty sentences or so."""
    counts = {
        "households": 9, "water": 12, "clean": 11, "insurance": 4, "health": 5,
        "milk": 3, "schools": 6, "rural": 7, "nuoc": 6, "sach": 5, "ho": 5,
    }  # fmt: skip
    return make_vocabulary(counts, 20)


Ask = Callable[..., Question]
Look = Callable[..., Evidence]


@pytest.fixture(scope="session")
def ask(project_glossary: Glossary, vocabulary: Vocabulary) -> Ask:
    """Understand a question asked after others: `ask(text, *before)`."""

    def understood(text: str, *before: str) -> Question:
        return understand(text, before, project_glossary, vocabulary)

    return understood


# --- Records ----------------------------------------------------------------------

MakeQuestion = Callable[..., Question]
MakeFigure = Callable[..., Figure]
MakeReport = Callable[..., Report]
MakeCandidate = Callable[..., Candidate]
Share = Callable[..., Candidate]


@pytest.fixture(scope="session")
def make_question() -> MakeQuestion:
    """A question by its parts; periods by their labels."""

    def make(
        want: Want = Want.SHARE, periods: tuple[str, ...] = (), **more: object
    ) -> Question:
        question = Question("?", "?", "en", want, want)
        spoken = tuple(map(parse_period, periods))
        return replace(question, periods=spoken, **more)  # type: ignore[arg-type]  # by name

    return make


def _figure(
    raw: str,
    text: str,
    *,
    kind: Kind | None = None,
    period: str | None = None,
    place: str | None = None,
    status: Status = "achieved",
    unit: str | None = None,
    hedge: str = "",
) -> Figure:
    """The figure written *raw* in *text*, read as the grammar reads it."""
    found = [q for q in find_quantities(text) if q.raw == raw]
    start = text.index(raw)
    return Figure(
        sentence=0,
        start=start,
        end=start + len(raw),
        raw=raw,
        kind=kind or (found[0].kind if found else "date"),
        value=found[0].value if found else None,
        unit=unit if unit is not None else (found[0].unit if found else ""),
        subject=text.replace(raw, "").strip(),
        clause_start=0,
        clause_end=len(text),
        period=period,
        place=place,
        status=status,
        hedge=hedge,
    )


@pytest.fixture(scope="session")
def make_figure() -> MakeFigure:
    """Give `_figure`: a figure from the sentence that it stands in."""
    return _figure


@pytest.fixture(scope="session")
def make_report() -> MakeReport:
    """A report that speaks of *period* from the day *as_of*."""

    def make(period: str | None = None, as_of: str | None = None) -> Report:
        name = f"{period}_{as_of}.txt"
        return Report(name, "0" * 64, "en", period=period, as_of=as_of)

    return make


@pytest.fixture
def make_candidate(make_report: MakeReport) -> MakeCandidate:
    """A candidate with all evidence for it: a figure in a sentence, or a sentence.

    vector: two numbers, the direction of what the figure counts.
    """
    numbers = iter(range(1, 1_000))

    def make(
        text: str,
        raw: str | None = None,
        *,
        report: Report | None = None,
        features: Features | None = None,
        score: float = 0.8,
        vector: tuple[float, float] = (1.0, 0.0),
        **figure: object,
    ) -> Candidate:
        number, spoken = next(numbers), report or make_report()
        direction = np.array(vector, dtype=np.float32)
        stored = None
        if raw is not None:
            known = _figure(raw, text, **figure)  # type: ignore[arg-type]  # by name
            stored = StoredFigure(number, number, spoken.name, known, direction)
        sentence = StoredSentence(
            id=number,
            passage_id=number,
            report=spoken.name,
            row=number,
            sentence=Sentence(1, 0, len(text), text),
            vector=direction,
            late=direction,
            figures=(stored,) if stored else (),
        )
        full = Features(*[1.0] * 8)
        return Candidate(
            sentence, spoken, features or full, stored, score, by_rules=score
        )

    return make


@pytest.fixture
def share(make_candidate: MakeCandidate, make_report: MakeReport) -> Share:
    """`share(raw, period, as_of)`: a share that a report of that day tells."""

    def make(
        raw: str, period: str = "2024", as_of: str = "2025-01-15", **more: object
    ) -> Candidate:
        report = make_report(period[:4], as_of)
        text = f"The share of tested wells reached {raw}."
        return make_candidate(text, raw, report=report, period=period, **more)

    return make


# --- Alike ----------------------------------------------------------------------


@pytest.fixture
def look(ask: Ask, make_candidate: MakeCandidate) -> Look:
    """`look(question, (sentence, figure), …)`: the evidence of sentences in a row."""

    def looked(text: str, *told: tuple[str, str | None]) -> Evidence:
        rows = [make_candidate(sentence, raw) for sentence, raw in told]
        material = Material(
            [row.sentence for row in rows],
            {row.report.name: row.report for row in rows},
            {row.sentence.passage_id: row.text for row in rows},
        )
        counts = {word: 1 for sentence, _ in told for word in tokens(sentence)}
        return Evidence(
            ask(text),
            # Likeness says nothing here: all vectors are the same.
            dict.fromkeys(("en", "vi"), np.ones((2, 2), dtype=np.float32)),
            material,
            make_vocabulary(counts, len(rows)),
            Means({}, {}),
        )

    return looked
