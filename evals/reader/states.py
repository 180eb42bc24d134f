"""What the lower layers say of every text and question, worked out once.

They are not trained, so training holds their output in memory and pays for the
upper layers only.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from answer.reader.lower import Lower, States
from evals.reader.material import Asked, Material
from index.encoder import Encoder

_HARD = 12  # likest texts that are wrong, kept for each question


class Known:
    """States by text and question of one material."""

    def __init__(self, lower: Lower, material: Material) -> None:
        self.material = material
        self.texts = lower.encode([text.reading for text in material.texts])
        asked = list(dict.fromkeys(each.question for each in material.asked))
        states = lower.questions(asked)
        self.questions: dict[str, States] = dict(zip(asked, states, strict=True))

    def pairs(self, asked: Asked, rows: Sequence[int]) -> list[tuple[States, States]]:
        """The question with each of the texts in *rows*."""
        question = self.questions[asked.question]
        return [(question, self.texts[row]) for row in rows]


def with_wrong(material: Material, encoder: Encoder, most: int = _HARD) -> Material:
    """Give each question the texts of the other paragraphs that are likest to it."""
    texts = material.texts
    vectors = encoder.passages([text.reading.text for text in texts])
    asked = list(dict.fromkeys(each.question for each in material.asked))
    rows = {question: i for i, question in enumerate(asked)}
    likeness = encoder.questions(asked) @ vectors.T
    languages = np.array([text.language for text in texts])
    paragraphs = np.array([text.paragraph for text in texts])
    found = []
    for each in material.asked:
        scores = likeness[rows[each.question]].copy()
        if each.gold is not None:
            gold = texts[each.gold]
            scores[languages != gold.language] = -2
            scores[paragraphs == gold.paragraph] = -2
        order = np.argsort(-scores, kind="stable")[:most]
        wrong = tuple(int(row) for row in order if scores[row] > -2)
        found.append(replace(each, wrong=each.wrong + wrong))
    return Material(texts, found)
