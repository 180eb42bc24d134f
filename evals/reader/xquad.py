"""XQuAD (Artetxe et al. 2020, CC BY-SA 4.0): the same questions in two languages.

Articles with an even index, in file order, are for training; the odd ones are
for testing and never trained on.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evals.reader.material import Asked, Material, pieces, place, sentence_at
from evals.retrieval import LANGUAGES, PAIRS, read_articles
from index.records import Language

VALIDATION = (4, 22, 40)  # articles kept apart from training, a tenth of the even ones


def training_articles() -> list[int]:
    """The even articles but those of validation."""
    return [i for i in range(0, 48, 2) if i not in VALIDATION]


def read_xquad(folder: Path, articles: Iterable[int]) -> Material:
    """The chosen articles, every question asked of both languages in both.

    folder: holds xquad.en.json and xquad.vi.json.

    Raises BadInputError if a file is missing or not XQuAD.
    """
    chosen = list(articles)
    material = Material()
    questions: dict[Language, dict[str, str]] = {}
    golds: dict[Language, list[Asked]] = {}
    for language in LANGUAGES:
        data = read_articles(folder, language)
        questions[language], golds[language] = {}, []
        for index in chosen:
            if index < len(data):
                _article(material, data[index], index, language, questions, golds)
    for asked_in, of in PAIRS:
        for gold in golds[of]:
            if gold.id in questions[asked_in]:
                material.asked.append(
                    Asked(
                        questions[asked_in][gold.id],
                        asked_in,
                        gold.group,
                        f"{asked_in}-{of}",
                        gold.gold,
                        gold.sentence,
                        gold.answer,
                        id=gold.id,
                    )
                )
    return material


def _article(
    material: Material,
    article: dict[str, Any],
    index: int,
    language: Language,
    questions: dict[Language, dict[str, str]],
    golds: dict[Language, list[Asked]],
) -> None:
    title = str(article["title"]).replace("_", " ")
    for number, paragraph in enumerate(article["paragraphs"]):
        text = paragraph["context"]
        held = []
        for start, end, found in pieces(text, language):
            row = material.add(
                text[start:end],
                found,
                context=title,
                language=language,
                group=f"xquad-{index}",
                paragraph=f"xquad-{index}-{number}-{language}",
            )
            held.append((row, start, end))
        for asked in paragraph["qas"]:
            questions[language][asked["id"]] = asked["question"]
            answer = asked["answers"][0]
            start = answer["answer_start"]
            end = start + len(answer["text"])
            if at := place(held, start, end):
                row, first = at
                spans = material.texts[row].reading.sentences
                golds[language].append(
                    Asked(
                        asked["question"],
                        language,
                        f"xquad-{index}",
                        language,
                        row,
                        sentence_at(spans, start - first),
                        (start - first, end - first),
                        id=asked["id"],
                    )
                )
