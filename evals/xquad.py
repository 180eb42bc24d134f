"""The whole search and the choice of evidence, on questions that others wrote.

XQuAD (Artetxe et al. 2020): 240 paragraphs and 1,190 questions, the same in
English and Vietnamese. Each paragraph is put into an index as a report, and
the assistant is asked as it is asked by readers: same search, same choice of
evidence, the reader if one is there.

- retrieval: how early the question's paragraph comes, over all questions
- sentence: does the sentence it would cite hold the answer?
- refusal: is it surer with the paragraph in the index than without it?

The last two on the odd-numbered articles only: the even ones may be trained on.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tqdm import tqdm

from answer.assistant import Assistant
from answer.draft import Draft
from answer.trust import ACCEPT
from evals import ranking
from evals.ask import Watched, code_version
from evals.plots import curves
from evals.retrieval import LANGUAGES, PAIRS, XQuad, read_xquad
from evals.run import write_json, write_text
from evals.stats import (
    Measured,
    Point,
    Rate,
    auroc,
    mean,
    risk_area,
    risk_coverage,
)
from evals.tables import table
from index.encoder import Encoder, load_encoder
from index.errors import AssistantError, BadInputError
from index.records import Encoded, Language, ParsedReport
from index.store import Store
from ingest.encode import encode
from ingest.load import read_source
from ingest.parse import parse_source
from settings import Settings, read_settings

COVERAGES = (0.1, 0.2, 0.3, 0.4, 0.5)
Pair = tuple[Language, Language]  # of the question, of the paragraphs


@dataclass(frozen=True, slots=True)
class Trial:
    """One question of one pair of languages."""

    asked: str
    of: str
    id: str
    odd: bool  # of an odd-numbered article: never trained on
    paragraph: str  # the report that holds the answer
    ranked: tuple[str, ...]  # reports as found, best first
    confidence: float  # of the best answer there is
    right: bool  # its sentence holds the answer
    without: float | None = None  # confidence once the paragraph is out; odd only


@dataclass(frozen=True, slots=True)
class Result:
    """What the trials of a pair of languages say."""

    asked: str
    of: str
    retrieval: Mapping[str, Measured]
    sentence: Measured  # odd articles: the sentence that would be cited is right
    auroc: Measured  # of confidence, with the paragraph against without
    shown: Measured  # answered, with the paragraph
    shown_right: Measured  # right of those
    shown_without: Measured  # answered, although the paragraph is out
    points: Sequence[Point]  # both halves: without the paragraph all is wrong

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values, the area under the curve with them."""
        return asdict(self) | {
            "retrieval": {k: v.as_json() for k, v in self.retrieval.items()},
            "points": [point._asdict() for point in self.points],
            "risk_area": risk_area(self.points),
            **{
                name: getattr(self, name).as_json()
                for name in (
                    "sentence",
                    "auroc",
                    "shown",
                    "shown_right",
                    "shown_without",
                )
            },
        }


def trials_in(
    of: Language,
    asked: Sequence[Language],
    data: Mapping[Language, XQuad],
    encoder: Encoder,
    settings: Settings,
) -> Iterator[Trial]:
    """Index the paragraphs of one language and ask in the others.

    settings: of a run-time and a corpus folder of its own, both empty.
    """
    parsed, vectors = _indexed(data[of], encoder, settings)
    assistant = Assistant.open(settings, encoder)
    watched = Watched(assistant.store, encoder, settings.vectors_path)
    assistant.searcher = watched
    try:
        whole = [
            _trial(language, of, name, data, assistant, watched)
            for language in asked
            for name in tqdm(
                data[of].questions, f"{language} → {of}", disable=None, leave=False
            )
        ]
        yield from _taken_out(whole, data, assistant, parsed, vectors)
    finally:
        assistant.close()


def _indexed(
    data: XQuad, encoder: Encoder, settings: Settings
) -> tuple[dict[str, ParsedReport], dict[str, Encoded]]:
    """Put each paragraph into the store as a report; return them by name."""
    settings.corpus_dir.mkdir(parents=True)
    names = [_name(row) for row in range(len(data.paragraphs))]
    for name, text in zip(names, data.paragraphs, strict=True):
        (settings.corpus_dir / name).write_bytes(text.encode("utf-8"))
    parsed = [parse_source(read_source(settings.corpus_dir, name)) for name in names]
    bar = tqdm(disable=None, leave=False)
    encoded = encode(parsed, encoder, lambda *_: bar.update())
    bar.close()
    store = Store.open(settings.store_path, create=True)
    with store.writer(encoder.name, encoder.dim) as writer:
        for report, vectors in zip(parsed, encoded, strict=True):
            writer.put(report, vectors)
    store.close()
    by_name = dict(zip(names, parsed, strict=True))
    return by_name, dict(zip(names, encoded, strict=True))


def _name(paragraph: int) -> str:
    return f"{paragraph:03}.txt"


def _trial(
    asked: Language,
    of: Language,
    name: str,
    data: Mapping[Language, XQuad],
    assistant: Assistant,
    watched: Watched,
) -> Trial:
    watched.taken()
    sure, place = _best(assistant, data[asked].questions[name])
    ids = watched.taken()
    with assistant.store.snapshot() as view:
        found = [passage.report for passage in view.passages(ids)]
    paragraph = data[of].gold[name][0]
    report, start = _name(paragraph), data[of].starts[name]
    right = place is not None and place[0] == report and place[1] <= start < place[2]
    odd = data[of].articles[paragraph] % 2 == 1
    ranked = tuple(dict.fromkeys(found))
    return Trial(asked, of, name, odd, report, ranked, sure, right)


def _best(assistant: Assistant, text: str) -> tuple[float, tuple[str, int, int] | None]:
    """How sure the best answer is, and the sentence it stands in."""
    _, draft = assistant.consider(text)
    if not isinstance(draft, Draft):
        return 0.0, None
    stored = draft.main.sentence
    return draft.confidence, (
        stored.report,
        stored.sentence.start,
        stored.sentence.end,
    )


def _taken_out(
    trials: Sequence[Trial],
    data: Mapping[Language, XQuad],
    assistant: Assistant,
    parsed: Mapping[str, ParsedReport],
    vectors: Mapping[str, Encoded],
) -> Iterator[Trial]:
    """The trials again, those of odd articles with their paragraph taken out.

    It is really out: the index is asked without it, then it is put back.
    """
    by_paragraph: dict[str, list[Trial]] = {}
    for trial in trials:
        if trial.odd:
            by_paragraph.setdefault(trial.paragraph, []).append(trial)
        else:
            yield trial
    encoder = assistant.encoder
    for name, held in tqdm(by_paragraph.items(), "without", disable=None, leave=False):
        with assistant.store.writer(encoder.name, encoder.dim) as writer:
            writer.remove(name)
        for trial in held:
            language: Language = "vi" if trial.asked == "vi" else "en"
            sure, _ = _best(assistant, data[language].questions[trial.id])
            yield replace(trial, without=sure)
        with assistant.store.writer(encoder.name, encoder.dim) as writer:
            writer.put(parsed[name], vectors[name])


def result_of(trials: Sequence[Trial]) -> Result:
    """Measure the trials of one pair of languages."""
    rankings = ranking.rankings(
        {t.id: [t.paragraph] for t in trials}, {t.id: t.ranked for t in trials}
    )
    odd = [t for t in trials if t.odd]
    out = [t.without or 0.0 for t in odd]
    shown = [t for t in odd if t.confidence >= ACCEPT]
    return Result(
        asked=trials[0].asked,
        of=trials[0].of,
        retrieval={
            name: mean([r.values[name] for r in rankings.values()])
            for name in ranking.MEASURES
        },
        sentence=Rate(sum(t.right for t in odd), len(odd)).measured,
        auroc=auroc([t.confidence for t in odd], out),
        shown=Rate(len(shown), len(odd)).measured,
        shown_right=Rate(sum(t.right for t in shown), len(shown)).measured,
        shown_without=Rate(sum(sure >= ACCEPT for sure in out), len(out)).measured,
        points=risk_coverage(
            [*(t.confidence for t in odd), *out],
            [*(t.right for t in odd), *[False] * len(out)],
            2 * len(odd),
        ),
    )


def risk_at(points: Sequence[Point], coverage: float) -> float | None:
    """The risk where at least that much is shown; None if it never is."""
    return next((p.risk for p in points if p.coverage >= coverage - 1e-9), None)


def shown(results: Sequence[Result]) -> str:
    """The tables for people."""

    def value(measured: Measured) -> str:
        if measured.value is None:
            return "–"
        return f"{measured.value:.3f} ({measured.low:.3f}–{measured.high:.3f})"

    def risks(result: Result) -> list[str]:
        found = (risk_at(result.points, coverage) for coverage in COVERAGES)
        area = risk_area(result.points) or 0.0
        return [*("–" if r is None else f"{r:.3f}" for r in found), f"{area:.3f}"]

    pairs = [f"{r.asked} → {r.of}" for r in results]
    ranked = ("recall_at_1", "recall_at_10", "mrr", "ndcg_at_10")
    found = [[value(r.retrieval[m]) for m in ranked] for r in results]
    chosen = [
        [
            value(m)
            for m in (r.sentence, r.auroc, r.shown, r.shown_right, r.shown_without)
        ]
        for r in results
    ]
    return "\n\n".join(
        [
            table(
                ["retrieval", "recall@1", "recall@10", "MRR", "nDCG@10"],
                [[p, *row] for p, row in zip(pairs, found, strict=True)],
            ),
            table(
                [
                    "odd articles",
                    "sentence right",
                    "AUROC of refusal",
                    "answered",
                    "right of answered",
                    "answered without the paragraph",
                ],
                [[p, *row] for p, row in zip(pairs, chosen, strict=True)],
            ),
            table(
                ["wrong of shown, at", *(f"{c:.0%}" for c in COVERAGES), "mean"],
                [[p, *risks(r)] for p, r in zip(pairs, results, strict=True)],
            ),
        ]
    )


def measure(
    folder: Path,
    pairs: Sequence[Pair],
    settings: Settings,
    encoder: Encoder,
) -> tuple[list[Result], list[Trial]]:
    """Ask every pair of languages; see `main`."""
    data = {language: read_xquad(folder, language) for language in LANGUAGES}
    trials: list[Trial] = []
    for of in LANGUAGES:
        asked = [each for each, paragraphs in pairs if paragraphs == of]
        if not asked:
            continue
        with TemporaryDirectory(prefix="evals-xquad-") as place:
            apart = replace(
                settings,
                corpus_dir=Path(place) / "paragraphs",
                var_dir=Path(place) / "var",
            )
            trials += trials_in(of, asked, data, encoder, apart)
    by_pair: dict[tuple[str, str], list[Trial]] = {pair: [] for pair in pairs}
    for trial in trials:
        by_pair[trial.asked, trial.of].append(trial)
    return [result_of(found) for found in by_pair.values()], trials


def main(argv: Sequence[str] | None = None) -> int:
    """Print the tables; exit 0, or 2 if data, encoder or *out* is not usable."""
    parser = argparse.ArgumentParser(prog="python -m evals xquad", description=__doc__)
    parser.add_argument("dir", type=Path, help="folder of xquad.LANGUAGE.json")
    parser.add_argument(
        "--pairs",
        nargs="+",
        choices=["-".join(pair) for pair in PAIRS],
        default=["-".join(pair) for pair in PAIRS],
        metavar="ASKED-OF",
        help="languages of question and paragraphs, as vi-en (default: all four)",
    )
    parser.add_argument(
        "--out", type=Path, help="new folder for trials, results and curves"
    )
    args = parser.parse_args(argv)
    pairs = [pair for pair in PAIRS if "-".join(pair) in args.pairs]
    settings = read_settings()
    try:
        if args.out and args.out.exists():
            raise BadInputError(f"{args.out} exists already: give another --out")
        encoder = load_encoder(settings)
        results, trials = measure(args.dir, pairs, settings, encoder)
    except AssistantError as error:
        sys.stderr.write(f"python -m evals xquad: {error}\n")
        return 2
    reader = "with" if settings.reader else "without"
    made_with = f"{encoder.name}, code {code_version()}, {reader} the reader if any"
    sys.stdout.write(f"{shown(results)}\n{made_with}\n")
    if args.out:
        _keep(args.out, results, trials, made_with)
    return 0


def _keep(
    out: Path, results: Sequence[Result], trials: Sequence[Trial], made_with: str
) -> None:
    out.mkdir(parents=True)
    lines = (json.dumps(asdict(trial)) + "\n" for trial in trials)
    write_text(out / "trials.jsonl", "".join(lines))
    named = {
        f"{r.asked} → {r.of}": [point._asdict() for point in r.points] for r in results
    }
    write_text(out / "risk-coverage.svg", curves(named))
    found = [result.as_json() for result in results]
    write_json(out / "results.json", {"made_with": made_with, "results": found})
