"""Count how Vietnamese words follow each other: python -m evals train-diacritics.

From the Vietnamese reports and questions of the lessons and the glossaries. Writes
the counts beside answer/diacritics and prints how many syllables get their marks
back in the questions of sets that were not counted. A few seconds. Exit 0, or 2 on
bad input.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from answer.diacritics import COUNTS, make_diacritics, pairs
from answer.glossary import THESAURUS, read_phrases
from evals.reader.written import QUESTIONS
from evals.taught import arguments
from index.errors import BadInputError
from index.grammar.marks import is_marked
from index.grammar.words import fold
from settings import read_settings

_RAREST = 2  # times that a pair must have been seen
Follow = Mapping[tuple[str, str], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Count, write and measure; see the module. Raises BadInputError."""
    args = arguments("train-diacritics", __doc__, COUNTS, argv)
    reports = (p.read_text(encoding="utf-8") for p in _files(args.lessons))
    phrases = read_phrases(read_settings().glossary_path, THESAURUS)
    follow, alone = counted([*reports, *asked(args.lessons), *phrases])
    if not follow:
        raise BadInputError(f"there is no Vietnamese text below {args.lessons}")
    write(args.out, follow, alone)
    print(f"{len(alone)} words, {len(follow)} pairs, {args.out}")
    print(measured(follow, alone, list(asked(args.held))))
    return 0


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/reports/*.txt"))


def asked(folder: Path) -> Iterator[str]:
    """The questions of all sets below *folder*."""
    for path in sorted(folder.glob(f"*/{QUESTIONS}")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield str(json.loads(line)["question"])


def counted(texts: Sequence[str]) -> tuple[Follow, Mapping[str, int]]:
    """How often words follow each other, and stand at all, in marked *texts*."""
    follow: Counter[tuple[str, str]] = Counter()
    for text in texts:
        if is_marked(text):
            follow.update(pairs(text))
    alone: Counter[str] = Counter()
    for (_, second), count in follow.items():
        alone[second] += count
    return {pair: n for pair, n in follow.items() if n >= _RAREST}, alone


def write(path: Path, follow: Follow, alone: Mapping[str, int]) -> None:
    """Write the counts as rows of word before, word, count; words alone first."""
    rows = [("", word, n) for word, n in sorted(alone.items())]
    rows += [(first, second, n) for (first, second), n in sorted(follow.items())]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t", lineterminator="\n").writerows(rows)


def measured(follow: Follow, alone: Mapping[str, int], texts: Sequence[str]) -> str:
    """How many syllables, and whole questions, get their marks back."""
    model = make_diacritics(follow, alone)
    right = syllables = whole = questions = 0
    for text in filter(is_marked, texts):
        meant = [word for _, word in pairs(text)]
        found = [word for _, word in pairs(model.restored(fold(text)))]
        if len(meant) != len(found):
            continue
        same = sum(one == two for one, two in zip(meant, found, strict=True))
        right, syllables = right + same, syllables + len(meant)
        whole, questions = whole + (same == len(meant)), questions + 1
    return (
        f"{right / max(syllables, 1):.3f} of {syllables} syllables, "
        f"{whole / max(questions, 1):.3f} of {questions} questions whole"
    )
