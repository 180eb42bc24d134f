"""One page a run: whole, self-contained, and harmless whatever is in a report."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from evals import floors, plots, tables
from evals.judge import CAUSES, OUTCOMES
from evals.ranking import Found, Passage
from evals.report import page, summary_of, verdicts_of, words, write
from evals.run import Run
from evals.sets import Question
from settings import ROOT

EVIL = "<script>window.hit=1</script><img src=http://example.org/x onerror=hit()>&"
TEXT = f"The rate reached 45% in 2024. {EVIL}"


def run_of(folder: Path, *, short: str = "12%") -> Run:
    """A run of two questions, the first answered by *short*, the second refused."""
    corpus = folder / "corpus"
    corpus.mkdir(parents=True)
    (corpus / "a.txt").write_text(TEXT, "utf-8")
    citation = {
        "number": 1,
        "report": "a.txt",
        "page": 1,
        "start": 0,
        "end": len(TEXT),
        "quote": TEXT,
    }
    base: dict[str, Any] = {"reason": None, "text": "", "took_ms": 5, "generation": 3}
    answers = {
        "q1": base
        | {"short": short, "abstained": False, "confidence": 0.9}
        | {"citations": [citation]},
        "q2": base
        | {"short": "", "abstained": True, "confidence": 0.8, "citations": []},
    }
    questions = [
        Question("q1", f"Rate {EVIL}?", "en", "figure", ("45%",), reports=("a.txt",)),
        Question("q2", "Tỷ lệ năm 2024?", "vi", "figure", ("45%",), reports=("a.txt",)),
    ]
    passages = {1: Passage(1, "a.txt", 1, 0, len(TEXT), TEXT)}
    found = Found(passages, {"q1": (1,), "q2": ()})
    made_with = {
        "date": "2026-11-22T08:00:00+00:00",
        "generation": 3,
        "sets": ["set.jsonl"],
    }
    return Run(folder, questions, answers, corpus, made_with, found)


def html_of(run: Run) -> str:
    """The page of a run."""
    return page(run, summary_of(run, verdicts_of(run)))


def test_the_summary_says_what_the_page_of_the_app_reads(tmp_path: Path) -> None:
    """Keys and misses as agreed with the Quality tab; the worst first."""
    run = run_of(tmp_path)
    found = summary_of(run, verdicts_of(run))
    assert found["made_at"] == "2026-11-22T08:00:00+00:00"
    assert (found["sets"], found["generation"]) == (["set.jsonl"], 3)
    first, second = found["misses"]
    assert (first["id"], first["verdict"], first["short"]) == (
        "q1",
        "wrong shown",
        "12%",
    )
    assert (first["gold"], first["report"]) == ("45%", "a.txt")
    assert first["cause"] == "wrong part"
    assert (second["verdict"], second["cause"]) == ("refused", "not found")
    assert {"id", "question", "kind", "language", "quote"} <= first.keys()
    assert json.loads(json.dumps(found))["misses"] == found["misses"]


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"answers": ("12%",)}, "miscited"),
        ({"answers": ("77%",)}, "no passage"),
        ({"kind": "unanswerable", "answers": (), "reports": ()}, "answered"),
        ({"answers": ("2024",), "kind": "name"}, "wrong part"),
    ],
)
def test_each_miss_says_where_it_began(
    tmp_path: Path, change: dict[str, Any], cause: str
) -> None:
    """The first step that went wrong, from the set itself to the citation."""
    run = run_of(tmp_path)
    question = replace(run.questions[0], **change)
    run = replace(run, questions=[question, run.questions[1]])
    assert verdicts_of(run)[0].cause == cause


def test_a_floor_that_broke_is_on_the_page(tmp_path: Path) -> None:
    """With its limit and what was measured."""
    run = run_of(tmp_path)
    found = summary_of(run, verdicts_of(run))
    held = floors.held({"total": {"right": 0.9}}, found)
    write(run, found, held)
    assert '<tr class="bad"><td>total right</td><td>at least 0.9</td>' in (
        tmp_path / "report.html"
    ).read_text("utf-8")
    assert (tmp_path / "summary.json").is_file()


def test_every_word_of_the_page_is_there_in_vietnamese(tmp_path: Path) -> None:
    """Of template and measures no word stays English; quotes stay as they are."""
    template = (ROOT / "evals" / "report.html").read_text("utf-8")
    written = set(re.findall(r"""_\("((?:[^"]+))"[,)]""", template))
    labels = {*tables.COLUMNS.values(), *tables.OTHERS.values(), *CAUSES.values()}
    spoken = written | labels | set(OUTCOMES)
    # Names of scientific measures are the same in both languages.
    assert spoken - words().keys() == {"recall@10", "MRR", "nDCG@10"}

    run = run_of(tmp_path)
    write(run, summary_of(run, verdicts_of(run)))
    html = (tmp_path / "report.vi.html").read_text("utf-8")
    assert '<html lang="vi">' in html
    assert "2 câu hỏi, hỏi lúc 22 tháng 11 2026, 08:00 UTC" in html
    assert "The rate reached 45% in 2024." in html
    assert ">50,0%<" in html or ">0,0%<" in html  # as it is written there


def test_no_text_becomes_markup(tmp_path: Path) -> None:
    """Question, quote and passage are escaped; no script, no address is in it."""
    html = html_of(run_of(tmp_path))
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("&lt;script&gt;") >= 3
    assert re.findall(r"<[^>]*\b(?:src|href)\s*=\s*(?![\"']?#)", html) == []
    assert "default-src &#39;none&#39;" in html or "default-src 'none'" in html


def test_a_run_without_misses_or_searches_has_a_page(tmp_path: Path) -> None:
    """As of a run that was kept before searches were."""
    run = replace(run_of(tmp_path, short="45%"), found=Found())
    run = replace(run, questions=run.questions[:1])
    assert "<p>None.</p>" in html_of(run)


@pytest.mark.parametrize("points", [[], [(0.9, 0.5, 0.0)], [(0.9, 0.5, 1.0)]])
def test_curves_of_little(points: list[tuple[float, float, float]]) -> None:
    """No reply, or one: an empty plot, no error."""
    rows = [{"confidence": c, "coverage": v, "risk": r} for c, v, r in points]
    assert plots.risk_coverage(rows).startswith("<svg")
    assert plots.reliability([]).startswith("<svg")
    assert plots.curves({"a <b>": rows}).count("a &lt;b&gt;") == 1


@pytest.mark.browser
def test_the_page_asks_the_network_for_nothing(tmp_path: Path) -> None:
    """In a real browser: no request but the file, no script, misses that open."""
    run = run_of(tmp_path)
    write(run, summary_of(run, verdicts_of(run)))
    asked: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        shown = browser.new_page()
        shown.on("request", lambda request: asked.append(request.url))
        shown.goto((tmp_path / "report.html").as_uri())
        shown.locator("details.miss summary").first.click()
        assert shown.get_by_text("holds the gold", exact=True).is_visible()
        assert shown.evaluate("window.hit") is None
        wide = shown.evaluate("document.documentElement.scrollWidth - innerWidth")
        browser.close()
    assert asked == [(tmp_path / "report.html").as_uri()]
    assert wide <= 0
