"""Questions and wrong texts made by rule, from the training texts alone.

Twins: the text that answers, with another year, place or status in it, which no
longer answers. Other years: a question about a year that no text speaks of.
Ledger: "What was X in 2019?" from the figure ledger. Parallel: a sentence as the
question for its translation, with words left out, so that the two languages are
brought together where there are few questions.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from answer.reader.records import Reading, Span
from evals.reader.material import Asked, Material, Text, figures_in
from index.grammar.places import find_places
from index.records import Language, Report, Sentence
from ingest.figures import find_figures

_YEAR = re.compile(r"(?<![\d.,$])(?:1[5-9]|20)\d\d(?![\d%]|[.,]\d)")
_PLACES: dict[Language, tuple[str, ...]] = {
    "en": ("Hanoi", "Da Nang", "Can Tho", "Lao Cai", "France", "Japan", "Germany"),
    "vi": ("Hà Nội", "Đà Nẵng", "Cần Thơ", "Lào Cai", "Pháp", "Nhật Bản", "Đức"),
}
# What was reached as what is only planned.
_PLANNED: dict[Language, tuple[tuple[str, str], ...]] = {
    "en": (
        (r"\b(?:increased|rose|grew) (to|by)\b", r"is expected to increase \1"),
        (r"\b(?:decreased|fell|declined) (to|by)\b", r"is expected to decrease \1"),
        (r"\breached\b", "aims to reach"),
        (r"\b(?:was|were) (?=[$€£\d])", "is to be "),
        (r"\b(?:was|were)\b", "is planned to be"),
        (r"\bhad\b", "plans to have"),
    ),
    "vi": (
        (r"\bđã đạt\b", "phấn đấu đạt"),
        (r"\bđã\b", "dự kiến sẽ"),
        (r"\bđạt\b", "phấn đấu đạt"),
        (r"\blà (?=\d)", "dự kiến là "),
        (r"\bcó (?=\d)", "đặt mục tiêu có "),
    ),
}
_ASKS_PLAN = re.compile(
    r"\b(?:will|would|expect\w*|plan\w*|target\w*|sẽ|dự kiến|mục tiêu)\b", re.IGNORECASE
)
# What is counted, where the ledger tells it as a whole: "Net cash provided".
_NAMED = re.compile(r"(?!(?:And|The|In|As|Of)\b)[A-ZÀ-Ỹ]\w+(?: [\w&'-]+){1,7}")
_VERB = re.compile(r"\s+(?:was|were|is|are|of|increased|decreased|là|đạt)\b.*$")
_LEDGER: dict[Language, tuple[str, ...]] = {
    "en": ("What was {what} in {when}?", "How much was {what} in {when}?"),
    "vi": ("{what} năm {when} là bao nhiêu?", "Năm {when}, {what} đạt bao nhiêu?"),
}


def with_made(material: Material, seed: int = 7) -> Material:
    """The material with twins, other years and ledger questions added."""
    chance = random.Random(seed)  # noqa: S311  # not for secrets
    texts = list(material.texts)
    asked: list[Asked] = []
    for each in material.asked:
        twins = _twins(material, each, texts, chance)
        asked.append(replace(each, wrong=twins + each.wrong))
        asked += _other_year(material, each, chance)
    asked += _ledger(material, chance)
    return Material(texts, asked)


# --- Twins --------------------------------------------------------------------


def _twins(
    material: Material, asked: Asked, texts: list[Text], chance: random.Random
) -> tuple[int, ...]:
    """Add twins of the text that answers; their rows."""
    if asked.gold is None:
        return ()
    gold = material.texts[asked.gold]
    known = {text.reading.text: row for row, text in enumerate(texts)}
    found = []
    for make in (_year_twin, _place_twin, _planned_twin):
        changed = make(gold, asked, chance)
        if changed and changed.text not in known:
            known[changed.text] = len(texts)
            texts.append(replace(gold, reading=replace(changed, id=len(texts))))
        if changed:
            found.append(known[changed.text])
    return tuple(found)


def _year_twin(text: Text, asked: Asked, chance: random.Random) -> Reading | None:
    """Another year wherever the question's stands."""
    years = set(_YEAR.findall(asked.question)) & set(_YEAR.findall(text.reading.text))
    if not years:
        return None
    old = min(years)
    return _changed(text, rf"(?<!\d){old}(?!\d)", _near(old, set(), chance))


def _place_twin(text: Text, asked: Asked, chance: random.Random) -> Reading | None:
    """Another place wherever the question's stands."""
    for mention in find_places(asked.question):
        words = asked.question[mention.start : mention.end]
        if words in text.reading.text:
            others = [place for place in _PLACES[text.language] if place != words]
            return _changed(text, re.escape(words), chance.choice(others))
    return None


def _planned_twin(text: Text, asked: Asked, _: random.Random) -> Reading | None:
    """A figure that was reached, as one that is planned."""
    reading = text.reading
    if asked.answer is None or _ASKS_PLAN.search(asked.question):
        return None
    if not any(map(str.isdigit, reading.text[slice(*asked.answer)])):
        return None
    start, end = reading.sentences[asked.sentence]
    for pattern, planned in _PLANNED[text.language]:
        if re.search(pattern, reading.text[start:end]):
            return _changed(text, pattern, planned, only=asked.sentence)
    return None


def _changed(source: Text, pattern: str, new: str, only: int | None = None) -> Reading:
    """The text with *pattern* replaced, in one sentence or in all."""
    reading = source.reading
    out, spans, at = "", [], 0
    for row, (start, end) in enumerate(reading.sentences):
        piece = reading.text[start:end]
        if only is None or row == only:
            piece = re.sub(pattern, new, piece)
        out += reading.text[at:start]
        spans.append((len(out), len(out) + len(piece)))
        out += piece
        at = end
    text = out + reading.text[at:]
    return replace(
        reading,
        text=text,
        sentences=tuple(spans),
        figures=figures_in(text, source.language),
    )


def _near(year: str, taken: set[str], chance: random.Random) -> str:
    """A year close to *year* that is none of *taken*."""
    steps = [step for step in range(-6, 7) if step]
    chance.shuffle(steps)
    near = [str(int(year) + step) for step in steps]
    return next((other for other in near if other not in taken), near[0])


# --- Questions ----------------------------------------------------------------


def _other_year(material: Material, asked: Asked, chance: random.Random) -> list[Asked]:
    """The question about a year that its text does not name: nothing answers it."""
    years = _YEAR.findall(asked.question)
    if asked.gold is None or len(years) != 1 or chance.random() < 0.5:
        return []
    text = material.texts[asked.gold].reading.text
    if years[0] not in text:
        return []
    other = _near(years[0], set(_YEAR.findall(text)), chance)
    question = asked.question.replace(years[0], other)
    wrong = (asked.gold, *asked.wrong)
    return [
        replace(
            asked,
            question=question,
            kind="other-year",
            gold=None,
            answer=None,
            wrong=wrong,
        )
    ]


def _ledger(material: Material, chance: random.Random) -> list[Asked]:
    """Questions for the figures of the training texts, two a text at most."""
    made = []
    for row, text in enumerate(material.texts):
        found = [
            (what, when, sentence, span)
            for what, when, sentence, span in _figures(text)
            if _NAMED.fullmatch(what)
        ]
        chance.shuffle(found)
        for what, when, sentence, span in found[:2]:
            wording = chance.choice(_LEDGER[text.language])
            made.append(
                Asked(
                    wording.format(what=what, when=when),
                    text.language,
                    text.group,
                    f"ledger-{text.language}",
                    row,
                    sentence,
                    span,
                )
            )
    return made


def _figures(text: Text) -> list[tuple[str, str, int, Span]]:
    """What is counted, its year, its sentence and its words."""
    reading = text.reading
    sentences = [
        Sentence(1, *span, reading.text[slice(*span)]) for span in reading.sentences
    ]
    report = Report("made", sha256="", language=text.language)
    figures = find_figures(report, sentences, [0] * len(sentences))
    counts: dict[tuple[str, str], int] = {}
    for figure in figures:
        key = (figure.subject, (figure.period or "")[:4])
        counts[key] = counts.get(key, 0) + 1
    return [
        (
            _VERB.sub("", figure.subject),
            figure.period[:4],
            figure.sentence,
            (figure.start, figure.end),
        )
        for figure in figures
        if figure.subject
        and figure.kind != "date"
        and figure.period
        and figure.period[:4] in reading.text
        and counts[figure.subject, figure.period[:4]] == 1
    ]


def parallel(material: Material, seed: int = 7, keep: float = 0.6) -> list[Asked]:
    """Sentences of XQuAD as questions for their translations.

    Only where a paragraph has as many sentences in both languages: they then
    translate each other in order.
    """
    chance = random.Random(seed)  # noqa: S311  # not for secrets
    rows = material.by_paragraph()
    made = []
    for key, english in rows.items():
        other = rows.get(key.removesuffix("-en") + "-vi", ())
        if not key.endswith("-en") or len(english) != 1 or len(other) != 1:
            continue
        sides = (english[0], other[0])
        counts = [len(material.texts[row].reading.sentences) for row in sides]
        if counts[0] != counts[1]:
            continue
        for asked_in, of in (sides, sides[::-1]):
            made += [
                _translated(material, asked_in, of, sentence, keep, chance)
                for sentence in range(counts[0])
            ]
    return made


def _translated(
    material: Material,
    asked_in: int,
    of: int,
    sentence: int,
    keep: float,
    chance: random.Random,
) -> Asked:
    words = material.sentence(asked_in, sentence).split()
    kept = [word for word in words if chance.random() < keep] or words
    text = material.texts[asked_in]
    return Asked(
        " ".join(kept),
        text.language,
        text.group,
        f"parallel-{text.language}",
        of,
        sentence,
    )


def share_by_kind(asked: Sequence[Asked]) -> dict[str, int]:
    """How many questions of each kind there are."""
    counts: dict[str, int] = {}
    for each in asked:
        counts[each.kind] = counts.get(each.kind, 0) + 1
    return counts
