"""The encoder's centred likeness of questions and sentences, as answers use it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from answer.likeness import Means, question_means, scaled
from evals.reader.material import Asked, Material
from index.encoder import Encoder
from index.records import Language, Vectors


class Likeness:
    """Vectors of a material's questions, texts and sentences."""

    def __init__(self, material: Material, encoder: Encoder) -> None:
        texts = material.texts
        readings = [text.reading for text in texts]
        self._languages: list[Language] = [text.language for text in texts]
        whole, late = encoder.passages_with_spans(
            [each.text for each in readings], [each.sentences for each in readings]
        )
        counts = [len(each.sentences) for each in readings]
        self._first = np.concatenate([[0], np.cumsum(counts)])
        alone = encoder.passages(
            [
                material.sentence(row, sentence)
                for row, count in enumerate(counts)
                for sentence in range(count)
            ]
        )
        known = np.array(self._languages)
        reports = {
            language: whole[known == language].mean(0)
            for language in set(self._languages)
        }
        means = Means(question_means(encoder), reports)
        of = [
            language
            for language, n in zip(self._languages, counts, strict=True)
            for _ in range(n)
        ]
        self._texts = means.report(whole, self._languages)
        self._alone = means.report(alone, of)
        self._late = means.report(np.concatenate(late), of)
        asked = list(dict.fromkeys((e.question, e.language) for e in material.asked))
        vectors = encoder.questions([question for question, _ in asked])
        self._asked: dict[str, Vectors] = {
            question: means.question(vectors[i : i + 1], language)[0]
            for i, (question, language) in enumerate(asked)
        }

    def sentences(self, asked: Asked, row: int) -> NDArray[np.float32]:
        """The mean of likeness alone and in context, of each sentence of a text."""
        own = slice(self._first[row], self._first[row + 1])
        vector = self._asked[asked.question]
        both = scaled(self._alone[own] @ vector) + scaled(self._late[own] @ vector)
        return np.asarray(both / 2, np.float32)

    def texts(self, asked: Asked, rows: Sequence[int]) -> list[int]:
        """The texts of *rows*, likest to the question first."""
        scores = self._texts[list(rows)] @ self._asked[asked.question]
        return [rows[i] for i in np.argsort(-scores, kind="stable")]
