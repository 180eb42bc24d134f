"""How far does the index carry? Stores of 1k to 1M made-up passages, measured.

    python -m evals scale --xquad DIR [--sizes 1000 10000 …] [--dir DIR] [--plot FILE]

Each size is built once into its folder (about 5 GB and 15 minutes for a
million) and measured in a process of its own, so that peak memory is the
product's and not the measurement's. What is in a folder already is used again.
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals import charts
from evals.synthetic import PASSAGES, PUBLISHERS, Maker, Seeds
from evals.tables import table
from index.checkpoint import NAME as DEFAULT_NAME
from index.errors import AssistantError, BadInputError
from index.hashing import HashingEncoder
from index.records import Filters, Vectors
from index.search import Searcher
from index.store import Store
from settings import read_settings

SIZES = (1_000, 10_000, 100_000, 1_000_000)
QUESTIONS = 400  # real ones, half of them in each language
_BYTES = 6_000  # of disk a passage takes, with room for the log of a transaction
_REPORTS = 1_000  # reports written in one transaction
_K = 10


# --- Making ---


def seeds_in(folder: Path, xquad: Path | None) -> tuple[Seeds, Seeds]:
    """Return real passages and real questions with their vectors, encoded once."""
    kept = folder / "seeds.npz"
    if not kept.exists():
        if xquad is None:
            raise BadInputError("name the folder of XQuAD: --xquad DIR.")
        folder.mkdir(parents=True, exist_ok=True)
        _encode_seeds(kept, xquad)
    with np.load(kept) as data:
        return tuple(  # type: ignore[return-value]  # two of them
            Seeds(
                tuple(data[f"{what}_texts"].tolist()),
                tuple(data[f"{what}_languages"].tolist()),
                data[f"{what}_vectors"],
            )
            for what in ("passages", "questions")
        )


def _encode_seeds(path: Path, xquad: Path) -> None:
    from evals.retrieval import LANGUAGES, read_xquad
    from index.encoder import load_encoder
    from ingest.encode import passage_texts
    from ingest.load import report_names
    from ingest.parse import parse

    settings = read_settings()
    encoder = load_encoder(settings)
    passages: list[tuple[str, str]] = []  # language, text
    questions: list[tuple[str, str]] = []
    for language in LANGUAGES:
        data = read_xquad(xquad, language)
        texts = [*data.paragraphs, *data.sentence_texts()]
        passages += [(language, text) for text in texts]
        asked = list(data.questions.values())[
            :: len(data.questions) // (QUESTIONS // 2)
        ]
        questions += [(language, text) for text in asked[: QUESTIONS // 2]]
    for name in report_names(settings.corpus_dir):
        parsed = parse(settings.corpus_dir / name, settings.corpus_dir)
        texts = [*passage_texts(parsed), *(s.text for s in parsed.sentences)]
        passages += [(parsed.report.language, text) for text in texts]
    rows: dict[str, Any] = {}
    for what, found, encode in (
        ("passages", passages, encoder.passages),
        ("questions", questions, encoder.questions),
    ):
        rows[f"{what}_texts"] = np.array([text for _, text in found])
        rows[f"{what}_languages"] = np.array([language for language, _ in found])
        rows[f"{what}_vectors"] = encode([text for _, text in found])
    np.savez(path, **rows)


def build(folder: Path, size: int, seeds: Seeds, encoder: str) -> None:
    """Write a store of *size* passages through the real writer, from where it is."""
    wanted = size // PASSAGES
    free = shutil.disk_usage(folder).free
    store = Store.open(folder / "store.sqlite", create=True)
    with store.snapshot() as view:
        done = view.counts().reports
    if done >= wanted:
        return
    if free < (size - done * PASSAGES) * _BYTES:
        raise BadInputError(
            f"{size} passages may take {size * _BYTES >> 30} GB and {folder} has "
            f"{free >> 30} GB left. Name another folder by --dir."
        )
    maker = Maker(seeds)
    seconds = 0.0
    dim = seeds.vectors.shape[1]
    for first in range(done, wanted, _REPORTS):
        made = list(maker.reports(first, min(first + _REPORTS, wanted)))
        began = time.perf_counter()
        with store.writer(encoder, dim) as writer:
            for parsed, encoded in made:
                writer.put(parsed, encoded)
        seconds += time.perf_counter() - began
        _log(f"{size}: {(first + len(made)) * PASSAGES} passages, {seconds:.0f} s")
    store.close()
    if not done:
        costs = {"write_s": seconds}
        (folder / "costs.json").write_text(json.dumps(costs))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _log(line: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {line}\n")
    sys.stderr.flush()


def truth(folder: Path, questions: Vectors) -> NDArray[np.int64]:
    """Return the ids of each question's nearest passages, by looking at all."""
    kept = folder / "truth.npy"
    if not kept.exists():
        store = Store.open(folder / "store.sqlite")
        with store.snapshot() as view:
            ids = view.passage_ids()
            best = np.full((len(questions), _K), -2.0, np.float32)
            found = np.zeros((len(questions), _K), np.int64)
            for at in range(0, len(ids), 10_000):
                chunk = ids[at : at + 10_000]
                scores = questions @ view.passage_vectors(chunk).T
                all_scores = np.hstack([best, scores])
                all_ids = np.hstack([found, np.broadcast_to(chunk, scores.shape)])
                order = np.argsort(-all_scores, axis=1, kind="stable")[:, :_K]
                best = np.take_along_axis(all_scores, order, axis=1)
                found = np.take_along_axis(all_ids, order, axis=1)
        store.close()
        np.save(kept, found)
    return np.asarray(np.load(kept))


# --- Measuring, in a process of its own ---


def measure(folder: Path, seeds: Seeds, questions: Seeds) -> dict[str, float]:
    """Return what one size costs: times in ms or s, memory and disk in MB."""
    found: dict[str, float] = {}
    path = folder / "store.sqlite"
    with closing(Store.open(path)) as store:
        with store.snapshot() as view:
            # Stands for the real one: its vectors are made, nothing is encoded.
            encoder = HashingEncoder()
            encoder.name, encoder.dim = view.encoder or "", view.dim or 0
            found["passages"] = view.counts().passages
        if not (folder / "passages.faiss").exists():
            searcher = Searcher(store, encoder)
            found["build_s"] = _seconds(searcher.refresh)
            del searcher
            found["build_mb"] = _peak()
            return found  # the next process measures, with a peak of its own
        searcher = Searcher(store, encoder)
        found["load_s"] = _seconds(searcher.refresh)
        found["disk_mb"] = _disk(folder)
        _searches(found, searcher, questions, np.load(folder / "truth.npy"))
        _hybrid(found, searcher, questions)
        _changes(found, store, searcher, Maker(seeds))
        found["peak_mb"] = _peak()
        _with_encoder(found)
    return found


def _searches(
    found: dict[str, float],
    searcher: Searcher,
    questions: Seeds,
    exact: NDArray[np.int64],
) -> None:
    """Vector search alone, with the comparison by stored vectors; no filter."""
    right, times = 0, []
    with searcher.store.snapshot() as view:
        index = searcher.vectors(view)
        for vector, nearest in zip(questions.vectors, exact, strict=True):
            began = _now()
            hits = index.search(vector, _K, exact=view.passage_vectors)
            times.append(_now() - began)
            right += len({i for i, _ in hits} & set(nearest.tolist()))
    found["recall"] = right / exact.size
    _quantiles(found, "search", times)
    found["kind"] = index.header.kind  # type: ignore[assignment]  # a word, for the table


def _hybrid(found: dict[str, float], searcher: Searcher, questions: Seeds) -> None:
    """Whole searches, with all words of the question, plain and filtered."""
    filters = [
        Filters(language="en"),
        Filters(period="2024"),
        Filters(publisher=PUBLISHERS[0]),
        Filters(period="2019", language="vi"),
        Filters(period="2023-Q1", publisher=PUBLISHERS[7]),
        Filters(reports=("made/000003.txt", "made/000007.txt")),
    ]
    for what, chosen in (("hybrid", [None]), ("filtered", filters)):
        times = []
        for row, vector in enumerate(questions.vectors):
            language = questions.languages[row]
            words = questions.texts[row].split()
            began = _now()
            with searcher.store.snapshot() as view:
                searcher.passages(
                    view,
                    vector,
                    {language: words},
                    language=language,
                    filters=chosen[row % len(chosen)],
                )
            times.append(_now() - began)
        _quantiles(found, what, times)


def _changes(
    found: dict[str, float], store: Store, searcher: Searcher, maker: Maker
) -> None:
    """Bring one report in, and out again, until a question shows it; five times."""
    added, removed = [], []
    encoder = searcher.encoder
    for number in range(5):
        parsed, encoded = maker.report(10_000_000 + number)
        name, vector = parsed.report.name, encoded.passages[0]
        began = time.perf_counter()
        with store.writer(encoder.name, encoder.dim) as writer:
            writer.put(parsed, encoded)
        here = _finds(searcher, vector, name)
        added.append(time.perf_counter() - began)
        began = time.perf_counter()
        with store.writer(encoder.name, encoder.dim) as writer:
            writer.remove(name)
        gone = not _finds(searcher, vector, name)
        removed.append(time.perf_counter() - began)
        if not (here and gone):
            raise AssertionError(f"{name} did not come or go")
    found["add_s"], found["remove_s"] = max(added), max(removed)


def _finds(searcher: Searcher, vector: NDArray[np.float32], name: str) -> bool:
    with searcher.store.snapshot() as view:
        hits = searcher.passages(view, vector, {}, language="en", k=5)
        return name in {p.report for p in view.passages(h.passage_id for h in hits)}


def _with_encoder(found: dict[str, float]) -> None:
    from index.encoder import load_encoder

    encoder = load_encoder(read_settings())
    encoder.questions(["How many records are kept online?"])
    found["peak_with_encoder_mb"] = _peak()


def _now() -> NDArray[np.float64]:
    """Seconds by the clock, and of the processor: other jobs disturb the first."""
    return np.array([time.perf_counter(), time.thread_time()])


def _quantiles(
    found: dict[str, float], what: str, times: Sequence[NDArray[np.float64]]
) -> None:
    for name, share in (("p50", 0.5), ("p95", 0.95)):
        wall, cpu = np.quantile(np.array(times), share, axis=0) * 1000
        found[f"{what}_{name}_ms"] = float(wall)
        found[f"{what}_{name}_cpu_ms"] = float(cpu)


def _seconds(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _disk(folder: Path) -> float:
    kept = (p for p in folder.iterdir() if p.name.startswith(("store.", "passages.")))
    return sum(p.stat().st_size for p in kept) / 1e6


# --- The command ---


def main(argv: Sequence[str] | None = None) -> int:
    """Exit 0, or 2 if the data or the disk does not do."""
    args = _parser().parse_args(argv)
    try:
        seeds, questions = seeds_in(args.dir, args.xquad)
        if args.only:
            _say(json.dumps(measure(args.only, seeds, questions)))
            return 0
        rows = [_row(args.dir, size, seeds, questions) for size in args.sizes]
    except AssistantError as error:
        _log(f"python -m evals scale: {error}")
        return 2
    _say(shown(rows))
    if args.plot:
        args.plot.write_text(charts.growth(rows), encoding="utf-8")
    return 0


def _row(folder: Path, size: int, seeds: Seeds, questions: Seeds) -> dict[str, float]:
    """Build the size where it is missing, and measure it."""
    own = folder / str(size)
    own.mkdir(parents=True, exist_ok=True)
    build(own, size, seeds, DEFAULT_NAME)
    truth(own, questions.vectors)
    kept = own / "costs.json"  # of building: known only to the run that built
    row: dict[str, float] = json.loads(kept.read_text()) if kept.exists() else {}
    for _ in range(2):
        command = [sys.executable, "-m", "evals.scale", "--dir", str(folder)]
        made = subprocess.run(  # noqa: S603 - our own module
            [*command, "--only", str(own)], check=True, capture_output=True, text=True
        )
        found = json.loads(made.stdout)
        row |= found
        if "load_s" in found:
            break
    kept.write_text(json.dumps({k: row[k] for k in row if k in _ONCE}))
    _log(f"{size}: {row}")
    return row


_ONCE = {"write_s", "written", "build_s", "build_mb"}


def shown(rows: Sequence[dict[str, float]]) -> str:
    """Lay the costs out as a table, a line a measure, a column a size."""
    head = ["", *(f"{row['passages']:,.0f}" for row in rows)]
    lines = []
    for key, label in LABELS.items():
        cells = [row.get(key) for row in rows]
        if any(cell is not None for cell in cells):
            lines.append([label, *map(_cell, cells)])
    return table(head, lines)


def _cell(value: float | str | None) -> str:
    if value is None or isinstance(value, str):
        return value or "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


LABELS = {
    "kind": "kind of index",
    "search_p50_ms": "vector search, p50, ms",
    "search_p95_ms": "vector search, p95, ms",
    "search_p95_cpu_ms": "… of the processor's time",
    "recall": "recall@10 against exact search",
    "hybrid_p50_ms": "hybrid search, p50, ms",
    "hybrid_p95_ms": "hybrid search, p95, ms",
    "hybrid_p95_cpu_ms": "… of the processor's time",
    "filtered_p50_ms": "hybrid with filters, p50, ms",
    "filtered_p95_ms": "hybrid with filters, p95, ms",
    "filtered_p95_cpu_ms": "… of the processor's time",
    "load_s": "load, s",
    "add_s": "a report of 20 passages until live, s",
    "remove_s": "a report until gone, s",
    "peak_mb": "peak memory without the encoder, MB",
    "peak_with_encoder_mb": "peak memory with it, MB",
    "disk_mb": "disk, MB",
    "write_s": "writing, s",
    "build_s": "first making of the FAISS index, s",
    "build_mb": "peak memory of that, MB",
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evals scale",
        description="Build and measure stores of made-up passages near real ones.",
    )
    parser.add_argument("--xquad", type=Path, help="folder of xquad.LANGUAGE.json")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N")
    parser.add_argument(
        "--dir",
        type=Path,
        default=Path(tempfile.gettempdir()) / "reports-scale",
        help="where the stores lie, to be used again (default: %(default)s)",
    )
    parser.add_argument("--plot", type=Path, help="SVG file of the growth to write")
    parser.add_argument("--only", type=Path, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
