"""The vectors that a question is compared by, one pair for each language of reports.

The encoder reads both languages, but a question is nearer to reports in its own. The
glossary's words for its key terms, read as a question in the reports' language, bring
the two together: of 287 Vietnamese questions on English reports, 0.651 found their
passage first by the question alone and 0.745 with the gloss; typed without marks,
0.077 by themselves, 0.538 with the marks restored and 0.827 with both.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from answer.diacritics import with_marks
from answer.glossary import Glossary
from answer.likeness import Means, unit
from answer.question import Question, Want
from index.encoder import Encoder
from index.records import Language, Vectors

_GLOSS = 0.8  # what the gloss counts for beside the question itself
_CORE = 0.5  # … and its own key words
_KNOWN = 0.5  # weight of a term from which it says something in another language
_ASKED: Mapping[Want, Mapping[Language, str]] = {
    Want.SHARE: {"en": "percentage of", "vi": "tỷ lệ"},
    Want.COUNT: {"en": "number of", "vi": "số lượng"},
    Want.MONEY: {"en": "value of", "vi": "giá trị"},
    Want.RANK: {"en": "rank in", "vi": "xếp hạng"},
    Want.GROWTH: {"en": "growth of", "vi": "mức tăng"},
    Want.DATE: {"en": "date of", "vi": "ngày"},
    Want.PERSON: {"en": "who", "vi": "ai"},
    Want.BODY: {"en": "which agency", "vi": "cơ quan nào"},
    Want.LIST: {"en": "list of", "vi": "danh sách"},
    Want.EXPLAIN: {"en": "why", "vi": "vì sao"},
}

# By language of the reports: shape (2, dim), the question and its key words alone,
# both of unit length and without what questions of a language have in common.
Meaning = Mapping[Language, Vectors]


def written(question: Question) -> str:
    """The whole question as the models read it: Vietnamese with its marks."""
    if question.language == "en":
        return question.whole
    return with_marks(question.whole)


def gloss(question: Question, language: Language, glossary: Glossary) -> str:
    """The key words of *question* in another language, with its periods and places."""
    said = [_ASKED.get(question.want, {}).get(language, "")]
    spoken = glossary.spoken[language]
    for term in sorted(question.terms, key=lambda term: term.start):
        if term.weight >= _KNOWN:
            found = (spoken[form] for form in term.forms[language] if form in spoken)
            said.append(next(found, term.text))
    said += [period.label for period in question.periods]
    return " ".join([*said, *question.places]).strip()


def meaning_of(
    question: Question,
    languages: Sequence[Language],
    glossary: Glossary,
    encoder: Encoder,
    means: Means,
) -> Meaning:
    """What *question* means to reports of each of *languages*."""
    own = question.language
    core = " ".join(term.text for term in question.terms)
    if own == "vi":
        core = with_marks(core)
    foreign = [language for language in languages if language != own]
    whole = written(question)
    glosses = [gloss(question, language, glossary) for language in foreign]
    vectors = encoder.questions([whole, core or whole, *glosses])
    meant = means.question(vectors[:2], own)
    told = unit(meant[0] + _CORE * meant[1])
    found: dict[Language, Vectors] = {own: np.stack([told, meant[1]])}
    for language, vector in zip(foreign, vectors[2:], strict=True):
        glossed = means.question(vector[None], language)
        found[language] = unit(meant + _GLOSS * glossed)
    return found


def to_all(meaning: Meaning, languages: Sequence[Language]) -> Vectors:
    """One vector to search reports of all *languages* by, shape (dim,)."""
    together = np.sum([meaning[language][0] for language in languages], axis=0)
    return unit(together)
