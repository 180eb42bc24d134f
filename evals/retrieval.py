"""Does the encoder find the right paragraph, and in it the right sentence?

Asked of XQuAD (Artetxe et al. 2020): 240 paragraphs and 1,190 questions, the
same in every language, so that a Vietnamese question can be asked of English
paragraphs. The data is not ours to carry along: `--xquad` says where it lies.

The vectors alone are measured; search adds words and constraints to them.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.tables import table
from index.encoder import Encoder, Span, load_encoder
from index.errors import AssistantError, BadInputError
from index.records import Language, Vectors
from ingest.split import spans
from settings import read_settings

LANGUAGES: tuple[Language, ...] = ("en", "vi")
PAIRS: tuple[tuple[Language, Language], ...] = (
    ("en", "en"),
    ("vi", "vi"),
    ("vi", "en"),
    ("en", "vi"),
)
SENTENCE_PAIRS = (PAIRS[0], PAIRS[2])


@dataclass(frozen=True, slots=True)
class Row:
    """How often the right one of *candidates* comes first, or early."""

    asked: str  # language of the questions
    of: str  # language of the paragraphs
    what: str  # "paragraphs", or the vectors that choose a sentence
    questions: int
    candidates: int
    recall_1: float
    recall_10: float
    mrr: float  # mean of 1 / rank of the right one


@dataclass(frozen=True, slots=True)
class XQuad:
    """XQuAD in one language, its sentences in one list for all paragraphs."""

    paragraphs: list[str]
    sentences: list[list[Span]]  # of each paragraph
    questions: dict[str, str]  # by id, the same in every language
    gold: dict[str, tuple[int, int]]  # question id → paragraph, sentence in the list
    articles: list[int]  # of each paragraph, in file order from 0
    starts: dict[str, int]  # question id → where its answer starts in the paragraph

    def sentence_texts(self) -> list[str]:
        """Return the text of each sentence, in order."""
        return [
            text[start:end]
            for text, found in zip(self.paragraphs, self.sentences, strict=True)
            for start, end in found
        ]


def retrieval_table(encoder: Encoder, xquad_dir: Path) -> list[Row]:
    """Encode XQuAD and measure every pair of languages.

    xquad_dir: holds xquad.en.json and xquad.vi.json.

    Raises BadInputError if a file is missing or not XQuAD.
    """
    data = {language: read_xquad(xquad_dir, language) for language in LANGUAGES}
    ids = list(data["en"].questions)
    questions = {
        language: encoder.questions([data[language].questions[i] for i in ids])
        for language in LANGUAGES
    }
    encoded = {
        language: encoder.passages_with_spans(
            data[language].paragraphs, data[language].sentences
        )
        for language in LANGUAGES
    }
    rows = []
    for asked, of in PAIRS:
        scores = questions[asked] @ encoded[of][0].T
        gold = np.array([data[of].gold[i][0] for i in ids])
        rows.append(_row(asked, of, "paragraphs", scores, gold))
    alone = encoder.passages(data["en"].sentence_texts())
    for asked, of in SENTENCE_PAIRS:
        gold = np.array([data[of].gold[i][1] for i in ids])
        choices = _sentence_scores(questions[asked], alone, *encoded[of])
        rows += [_row(asked, of, what, each, gold) for what, each in choices]
    return rows


def _sentence_scores(
    questions: Vectors,
    sentences: Vectors,
    paragraphs: Vectors,
    late: Sequence[NDArray[np.float32]],
) -> list[tuple[str, NDArray[np.float32]]]:
    """Cosines that choose a sentence, each step adding one more."""
    owner = np.repeat(np.arange(len(late)), [len(each) for each in late])
    alone = questions @ sentences.T
    within = alone + (questions @ paragraphs.T)[:, owner]
    return [
        ("sentences", alone),
        ("+ paragraph", within),
        ("+ late", within + questions @ np.concatenate(late).T),
    ]


def _row(
    asked: str,
    of: str,
    what: str,
    scores: NDArray[np.float32],
    gold: NDArray[np.int64],
) -> Row:
    ranks = ranks_of(scores, gold)
    return Row(
        asked=asked,
        of=of,
        what=what,
        questions=len(ranks),
        candidates=scores.shape[1],
        recall_1=float((ranks <= 1).mean()),
        recall_10=float((ranks <= 10).mean()),
        mrr=float((1 / ranks).mean()),
    )


def ranks_of(scores: NDArray[np.float32], gold: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rank of the right candidate for each question, from 1.

    scores: shape (questions, candidates). gold: the right column of each row.
    Of equal scores the right one counts last: a tie is no success.
    """
    right = np.take_along_axis(scores, gold[:, None], axis=1)
    ranks: NDArray[np.int64] = (scores >= right).sum(axis=1)
    return ranks


def read_xquad(folder: Path, language: Language) -> XQuad:
    """Read XQuAD in one language; BadInputError says where to get it."""
    articles = read_articles(folder, language)
    try:
        return _data(articles, language)
    except (ValueError, KeyError, TypeError, IndexError, StopIteration) as error:
        raise _no_xquad(file_of(folder, language), error) from error


def file_of(folder: Path, language: Language) -> Path:
    """The file of XQuAD in that language."""
    return folder / f"xquad.{language}.json"


def read_articles(folder: Path, language: Language) -> list[dict[str, Any]]:
    """The articles of XQuAD in one language, as its file has them.

    Raises BadInputError, which says where to get the file.
    """
    path = file_of(folder, language)
    try:
        return list(json.loads(path.read_text(encoding="utf-8"))["data"])
    except OSError as error:
        raise BadInputError(
            f"cannot read {path} ({error}). Get xquad.en.json and xquad.vi.json "
            "from github.com/google-deepmind/xquad and name their folder."
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise _no_xquad(path, error) from error


def _no_xquad(path: Path, error: Exception) -> BadInputError:
    return BadInputError(f"{path} is not an XQuAD file ({error!r}).")


def _data(articles: list[dict[str, Any]], language: Language) -> XQuad:
    data = XQuad([], [], {}, {}, [], {})
    first = 0  # the paragraph's first sentence in the list of all
    paragraphs = [
        (number, paragraph)
        for number, article in enumerate(articles)
        for paragraph in article["paragraphs"]
    ]
    for article, paragraph in paragraphs:
        text = paragraph["context"]
        found = spans(text, language)
        for asked in paragraph["qas"]:
            at = asked["answers"][0]["answer_start"]
            row = next(i for i, (_, end) in enumerate(found) if at < end)
            data.questions[asked["id"]] = asked["question"]
            data.gold[asked["id"]] = (len(data.paragraphs), first + row)
            data.starts[asked["id"]] = at
        data.paragraphs.append(text)
        data.articles.append(article)
        data.sentences.append(found)
        first += len(found)
    if not data.questions:
        raise ValueError("it holds no question")
    return data


def shown(rows: Sequence[Row]) -> str:
    """Lay the rows out as a table for people."""
    head = ["asked → of", "chosen by", "among", "recall@1", "recall@10", "MRR"]
    return table(
        head,
        [
            [
                f"{row.asked} → {row.of}",
                row.what,
                str(row.candidates),
                f"{row.recall_1:.3f}",
                f"{row.recall_10:.3f}",
                f"{row.mrr:.3f}",
            ]
            for row in rows
        ],
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; exit 0, or 2 if the data or the encoder is not usable."""
    parser = argparse.ArgumentParser(
        prog="python -m evals retrieval",
        description="Measure the encoder on XQuAD; REPORTS_ENCODER chooses another.",
    )
    parser.add_argument(
        "--xquad", type=Path, required=True, help="folder of xquad.LANGUAGE.json"
    )
    parser.add_argument("--json", action="store_true", help="one JSON line instead")
    args = parser.parse_args(argv)

    started = time.monotonic()
    try:
        encoder = load_encoder(read_settings())
        rows = retrieval_table(encoder, args.xquad)
    except AssistantError as error:
        sys.stderr.write(f"python -m evals retrieval: {error}\n")
        return 2
    seconds = time.monotonic() - started
    if args.json:
        result = {
            "encoder": encoder.name,
            "seconds": round(seconds, 1),
            "rows": [asdict(row) for row in rows],
        }
        sys.stdout.write(json.dumps(result) + "\n")
    else:
        sys.stdout.write(f"{shown(rows)}\n{encoder.name}, {seconds:.0f} s\n")
    return 0
