"""The editable word list that widens the search across the two languages."""

import csv
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import snowballstemmer

from answer.question import Form
from index.errors import BadInputError
from index.grammar.words import fold, tokens
from index.records import Language

# How people say what reports write otherwise ("guests" for "visitors"): words of
# the language, not of any reports, so they come with the code.
THESAURUS = Path(__file__).with_name("thesaurus.csv")

_COLUMNS = ["english", "vietnamese", "abbreviation"]
_stemmer = snowballstemmer.stemmer("english")


@cache
def stem(word: str) -> str:
    """The stem of a folded English word ("records" → "record")."""
    return str(_stemmer.stemWord(word))


def form_of(text: str, language: Language) -> Form:
    """A phrase as the tuple of stems or syllables that reports are matched by."""
    return tuple(stem(t) if language == "en" else t for t in tokens(text))


Forms = Mapping[Language, tuple[Form, ...]]


@dataclass(frozen=True)
class Glossary:
    """Phrases of either language and what they are called in both."""

    rows: Mapping[Language, Mapping[Form, Forms]]
    marked: Mapping[str, Forms]  # Vietnamese with its marks, lower case
    short: Mapping[str, Forms]  # abbreviations, folded: "ai" is a word, "AI" is none
    spoken: Mapping[Language, Mapping[Form, str]]  # each form as a row writes it
    longest: int  # words in the longest phrase

    def lookup(self, form: Form, language: Language) -> Forms | None:
        """The forms of a phrase, or None if no row has it."""
        return self.rows[language].get(form)

    def words(self, language: Language) -> set[str]:
        """All single words known, for mending typing errors."""
        return {word for form in self.rows[language] for word in form}


def read_glossary(path: Path, *more: Path) -> Glossary:
    """Read a glossary, and others that widen it; a missing file is an empty one.

    Raises BadInputError naming the line that is malformed.
    """
    return make_glossary([row for file in (path, *more) for row in _rows(file)])


def read_phrases(*paths: Path) -> list[str]:
    """The Vietnamese phrases of glossaries. Raises as `read_glossary` does."""
    return [phrase for path in paths for row in _rows(path) for phrase in row[1]]


def _rows(path: Path) -> list[list[list[str]]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        if [h.strip().lower() for h in header] != _COLUMNS:
            raise BadInputError(
                f"{path.name}, line 1: the columns must be {', '.join(_COLUMNS)}"
            )
        rows = []
        for number, row in enumerate(reader, 2):
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(_COLUMNS):
                raise BadInputError(
                    f"{path.name}, line {number}: {len(row)} cells instead of "
                    f"{len(_COLUMNS)}; put cells with a comma in quotes"
                )
            rows.append([_variants(cell) for cell in row])
    return rows


def _variants(cell: str) -> list[str]:
    text = unicodedata.normalize("NFC", cell)
    return [part.strip() for part in text.split("|") if part.strip()]


def make_glossary(rows: Iterable[Sequence[Sequence[str]]]) -> Glossary:
    """A glossary from rows of (English, Vietnamese, abbreviation) variants."""
    tables: dict[Language, dict[Form, dict[Language, list[Form]]]] = {
        "en": defaultdict(lambda: {"en": [], "vi": []}),
        "vi": defaultdict(lambda: {"en": [], "vi": []}),
    }
    marked: dict[str, dict[Language, list[Form]]] = defaultdict(
        lambda: {"en": [], "vi": []}
    )
    short: dict[str, dict[Language, list[Form]]] = defaultdict(
        lambda: {"en": [], "vi": []}
    )
    spoken: dict[Language, dict[Form, str]] = {"en": {}, "vi": {}}
    for english, vietnamese, abbreviations in rows:
        en = [form_of(v, "en") for v in (*english, *abbreviations)]
        vi = [form_of(v, "vi") for v in (*vietnamese, *abbreviations)]
        for variant in english:
            spoken["en"].setdefault(form_of(variant, "en"), variant)
            _extend(tables["en"][form_of(variant, "en")], en, vi)
        for variant in abbreviations:
            _extend(short[fold(variant)], en, vi)
        for variant in vietnamese:
            spoken["vi"].setdefault(form_of(variant, "vi"), variant)
            _extend(tables["vi"][form_of(variant, "vi")], en, vi)
            if fold(variant) != variant.lower():
                _extend(marked[variant.lower()], en, vi)
    frozen: dict[Language, dict[Form, Forms]] = {
        language: {key: _freeze(forms) for key, forms in table.items()}
        for language, table in tables.items()
    }
    longest = max((len(k) for table in frozen.values() for k in table), default=1)
    return Glossary(
        frozen,
        {key: _freeze(forms) for key, forms in marked.items()},
        {key: _freeze(forms) for key, forms in short.items()},
        spoken,
        longest,
    )


def _extend(
    forms: dict[Language, list[Form]], en: Sequence[Form], vi: Sequence[Form]
) -> None:
    for known, more in ((forms["en"], en), (forms["vi"], vi)):
        known.extend(form for form in more if form and form not in known)


def _freeze(forms: dict[Language, list[Form]]) -> Forms:
    return {language: tuple(values) for language, values in forms.items()}
