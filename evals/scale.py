"""How far does the index carry? Stores of 1k to 1M made-up passages, measured.

    python -m evals scale --xquad DIR [--sizes 1000 10000 …] [--dir DIR] [--out FILE]

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
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.synthetic import PASSAGES, PUBLISHERS, YEARS, Maker, Seeds
from index import vectors
from index.errors import AssistantError, BadInputError
from index.records import Filters, Language, Vectors
from index.search import Searcher
from index.store import Store
from settings import Settings, read_settings

SIZES = (1_000, 10_000, 100_000, 1_000_000)
QUESTIONS = 400  # real ones, half of them in each language
_BYTES = 6_000  # of disk a passage takes, with room for the log of a transaction
_REPORTS = 1_000  # reports written in one transaction
_K = 10


class Known:
    """An encoder of vectors made before: what is measured needs no model."""

    def __init__(self, name: str, dim: int) -> None:
        self.name, self.dim = name, dim


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


def build(folder: Path, size: int, seeds: Seeds, encoder: str) -> dict[str, float]:
    """Write a store of *size* passages through the real writer; how long it took."""
    wanted = size // PASSAGES
    free = shutil.disk_usage(folder.parent).free
    if free < size * _BYTES:
        raise BadInputError(
            f"{size} passages may take {size * _BYTES >> 30} GB and {folder} has "
            f"{free >> 30} GB left. Name another folder by --dir."
        )
    store = Store.open(folder / "store.sqlite", create=True)
    maker = Maker(seeds)
    seconds = 0.0
    dim = seeds.vectors.shape[1]
    with store.snapshot() as view:
        done = view.counts().reports
    for first in range(done, wanted, _REPORTS):
        made = list(maker.reports(first, min(first + _REPORTS, wanted)))
        began = time.perf_counter()
        with store.writer(encoder, dim) as writer:
            for parsed, encoded in made:
                writer.put(parsed, encoded)
        seconds += time.perf_counter() - began
        _log(f"{size}: {(first + len(made)) * PASSAGES} passages, {seconds:.0f} s")
    store.close()
    return {"write_s": seconds, "written": (wanted - done) * PASSAGES}


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
