"""Verdicts on answers made by hand, and the rates over them."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from answer.records import Answer, Citation
from evals.judge import Verdict, judge, judge_all, pages_in
from evals.score import measures, summary
from evals.sets import Question
from index.errors import BadInputError

QUOTE = "The rate reached 45% in 2024."
TEXTS = {"a.txt": f"Report. {QUOTE}", "b.txt": "In the province it was 44%."}
ASKED = Question(
    "q1",
    "What was the rate in 2024?",
    "en",
    "figure",
    answers=("45%",),
    reports=("a.txt",),
    traps=("80%",),
)
HOPELESS = Question("q2", "And on Mars?", "en", "unanswerable")


def citation(report: str = "a.txt", quote: str = QUOTE, number: int = 1) -> Citation:
    """A citation whose offsets are true."""
    start = TEXTS[report].index(quote)
    return Citation(
        number, report, None, None, None, None, 1, start, start + len(quote), quote
    )


def reply(short: str, *citations: Citation, text: str = "") -> Answer:
    """An answer that shows *short*."""
    return Answer("?", "en", short, text, False, None, 0.9, citations, took_ms=7)


REFUSAL = Answer("?", "en", "", "Not in the reports.", True, "topic", 0.2)


def verdict(answer: Answer | dict[str, Any], question: Question = ASKED) -> Verdict:
    """The verdict on *answer*, with the two reports as pages."""
    data = answer.as_json() if isinstance(answer, Answer) else answer
    return judge(question, data, lambda report, _: TEXTS.get(report))


def test_right_and_cited() -> None:
    """Gold in the headline, a first citation that gives the figure."""
    found = verdict(reply("45 percent", citation(), text="45 percent [1]"))
    assert found.right
    assert found.cited
    assert not found.wrong_shown
    assert (found.quotes, found.good_quotes) == (1, 1)


@pytest.mark.parametrize("short", ["80%", "45% (target 80%)"])
def test_a_trap_in_the_headline_is_wrong(short: str) -> None:
    """Even beside the right figure: the reader cannot tell which."""
    found = verdict(reply(short, citation()))
    assert found.trapped
    assert found.wrong_shown
    assert not found.cited


def test_the_headline_decides_for_a_figure() -> None:
    """The gold hidden in the text does not mend a wrong headline."""
    assert verdict(reply("12%", citation(), text="12% [1], 45%")).wrong_shown


@pytest.mark.parametrize("kind", ["list", "trend", "conflict", "explain"])
def test_the_whole_reply_counts_where_more_is_asked(kind: str) -> None:
    """A table below the headline may give the answer."""
    question = replace(ASKED, kind=kind)
    assert verdict(reply("It rose.", citation(), text="to 45% [1]"), question).right


def test_all_that_is_needed_must_be_said() -> None:
    """A list that leaves an item out is wrong."""
    question = replace(ASKED, kind="list", answers=(), all=("Hanoi", "Da Nang"))
    assert verdict(reply("Hà Nội", text="Hà Nội và Đà Nẵng"), question).right
    assert verdict(reply("Hà Nội", text="Hà Nội và Huế"), question).wrong_shown


def test_the_first_citation_must_bear_out_the_figure() -> None:
    """Another report, another sentence or none at all: right but not cited."""
    other = citation("b.txt", TEXTS["b.txt"])
    assert not verdict(reply("45%", other)).cited
    assert not verdict(reply("45%", citation(quote="Report."))).cited
    assert not verdict(reply("45%")).cited
    assert verdict(reply("45%")).right


def test_a_conflict_cites_every_side() -> None:
    """Both reports that disagree must be shown."""
    both = replace(ASKED, kind="conflict", reports=("a.txt", "b.txt"), traps=())
    sides = (citation(), citation("b.txt", TEXTS["b.txt"], 2))
    assert verdict(reply("45%", *sides), both).cited
    assert not verdict(reply("45%", sides[0]), both).cited


def test_a_marker_is_not_a_figure() -> None:
    """The "[1]" of a citation does not answer "1"."""
    question = replace(ASKED, answers=("1",), traps=())
    assert verdict(reply("Some [1]", citation()), question).wrong_shown


def test_refusals() -> None:
    """Right where nothing is to be found, a miss but no error elsewhere."""
    assert verdict(REFUSAL, HOPELESS).right
    assert verdict(reply("45%", citation()), HOPELESS).wrong_shown
    missed = verdict(REFUSAL)
    assert not missed.right
    assert not missed.wrong_shown


def test_a_quote_must_stand_at_its_place() -> None:
    """One character off, or one character changed, is not verbatim."""
    moved = replace(citation(), start=citation().start + 1)
    changed = replace(citation(), quote=QUOTE.replace("45", "46"))
    unknown = replace(citation(), report="c.pdf")
    assert verdict(reply("45%", moved)).good_quotes == 0
    assert verdict(reply("45%", changed)).good_quotes == 0
    assert verdict(reply("45%", unknown)).quotes == 0


def test_pages_are_read_as_they_lie_in_the_file(tmp_path: Path) -> None:
    """No newline is translated, and a byte-order mark is not counted."""
    (tmp_path / "a.txt").write_bytes("\ufeffĐạt\r\n45%".encode())
    (tmp_path / "b.md").write_bytes("Đạt".encode("utf-16"))
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-")
    pages = pages_in(tmp_path)
    assert pages("a.txt", 1) == "Đạt\r\n45%"
    assert pages("a.txt", 2) == ""
    assert pages("b.md", 1) == "Đạt"
    assert pages("broken.pdf", 1) is None
    assert pages("gone.txt", 1) is None


def test_rates_by_hand() -> None:
    """Four questions: right, trapped, refused wrongly, refused rightly."""
    verdicts = [
        verdict(reply("45%", citation())),
        verdict(reply("80%", citation("b.txt", TEXTS["b.txt"]))),
        verdict(REFUSAL),
        verdict(REFUSAL, HOPELESS),
    ]
    found = {name: (m.value, m.n) for name, m in measures(verdicts).items() if m.n}
    assert found == {
        "right": (2 / 4, 4),
        "right_answerable": (1 / 3, 3),
        "right_cited": (1 / 3, 3),
        "wrong_shown": (1 / 4, 4),
        "trap_hit": (1 / 3, 3),
        "false_refusal": (1 / 3, 3),
        "refusal_precision": (1 / 2, 2),
        "refusal_recall": (1, 1),
        "citation_precision": (1 / 2, 2),
        "citation_recall": (1 / 2, 2),
        "quote_verbatim": (1, 2),
        # Two replies of confidence 0.9, one of them right.
        "calibration_error": (pytest.approx(0.4), 2),
    }


def test_the_summary_is_plain_json_with_slices() -> None:
    """Kinds, languages, years and reports apart; each with n and an interval."""
    verdicts = [verdict(reply("45%", citation())), verdict(REFUSAL, HOPELESS)]
    found = json.loads(json.dumps(summary(verdicts)))
    kinds = {row["name"]: row for row in found["slices"]["kind"]}
    assert kinds["unanswerable"]["measures"]["right"]["n"] == 1
    assert [row["name"] for row in found["slices"]["report"]] == ["a.txt"]
    assert sum(row["n"] for row in found["slices"]["period"]) == 2
    assert found["totals"]["right"]["low"] == pytest.approx(0.342, abs=1e-3)
    assert found["outcomes"]["right"] == 2
    assert found["latency_ms"]["p50"]["value"] == 3.5
    # Refusals claim nothing about a figure: only the reply is in the table.
    assert [row["n"] for row in found["reliability"]] == [1]


def test_every_question_needs_an_answer(tmp_path: Path) -> None:
    """A run cut short, or lines that are no Answers, are named."""
    with pytest.raises(BadInputError, match="1 questions have no answer"):
        judge_all([ASKED], {}, tmp_path)
    with pytest.raises(BadInputError, match="answer to q1 is not an Answer"):
        judge_all([ASKED], {"q1": {"short": "45%"}}, tmp_path)
