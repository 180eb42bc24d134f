"""Where reports tell the same thing differently: figures, and what has a name.

To say that reports differ where they speak of two things would mislead, so what is
said must fit the question about as well, hold at the same time and, if it is a
figure, not lie far away.
"""

import re
from collections.abc import Sequence

from answer.candidates import Evidence
from answer.draft import Draft
from answer.evidence import Candidate
from answer.question import Question
from answer.same import (
    alike,
    comparable,
    near,
    one_a_value,
    other_values,
    same_time,
    same_value,
)
from index.grammar.periods import find_periods
from index.grammar.words import STOP_WORDS, words

_FITS_ALIKE, _FITS = 0.55, 0.75  # share of the best's fit, counting alike or not
_FAR = 1.6  # times as large: no longer a disagreement
_SAME_KIND = 0.6  # share of the best's fit of kind
_MOST_LACKING = 0.9  # of the question's terms: else it is not about the same thing
# What the words around a figure say, where its own sentence says little ("Hue stood
# 9th"): coverage with the context, likeness within it, and share of the best's fit.
_AROUND, _WITHIN, _HALF = 0.9, 0.85, 0.5


def differing(
    question: Question, best: Candidate, ranked: Sequence[Candidate]
) -> tuple[Candidate, ...]:
    """The figures that other reports give for the same thing at the same time.

    The reader chooses one of them and says little of the other, so the rules decide.
    """
    found = [
        c
        for c in other_values(question, best, ranked)
        if _told_elsewhere(best, c)
        and (_fits_as_well(best, c) or _stands_in_same_words(best, c))
        and near(best.known_figure, c.known_figure, _FAR)
        # "16.5% of GDP, with a growth of 20%": one of the two is growth.
        and c.features.kind >= _SAME_KIND * best.features.kind
    ]
    return tuple(one_a_value(found)[:2])


def told_again(best: Candidate, ranked: Sequence[Candidate]) -> Candidate | None:
    """The same value of the same thing in another report, if one tells it."""
    for other in ranked:
        same = same_value(best, other) and _told_elsewhere(best, other)
        if same and _fits_as_well(best, other):
            return other
    return None


def _told_elsewhere(best: Candidate, other: Candidate) -> bool:
    """Does another report tell a figure of this kind for this time?"""
    return (
        other.report.name != best.report.name
        and comparable(best, other)
        and same_time(best, other)
    )


def _fits_as_well(best: Candidate, other: Candidate) -> bool:
    least = _FITS_ALIKE if alike(best, other) else _FITS
    lacking = max(_MOST_LACKING, best.features.lacking)
    fits = other.by_rules >= least * best.by_rules
    return fits and other.features.lacking <= lacking


def _stands_in_same_words(best: Candidate, other: Candidate) -> bool:
    """True where sentence and context say what is asked for, if not the clause."""
    fit = other.features
    if best.known_figure.period != other.known_figure.period or fit.late < _WITHIN:
        return False
    told = fit.sentence >= _AROUND * best.features.sentence
    return fit.context >= _AROUND or (told and other.by_rules >= _HALF * best.by_rules)


# --- Names in quotation marks ---------------------------------------------------

_QUOTED = re.compile(r"[“\"]\s*([^“”\"]{12,})[”\"]")
_BESIDE = 60  # characters before a name in which it is said what it is the name of
_MOST = 2


def named_otherwise(
    question: Question, draft: Draft, evidence: Evidence
) -> tuple[Candidate, ...]:
    """What other reports call the same: "With the theme “…”", "The theme is: “…”".

    Only where the question asks for what a word before both names says, and it stands
    right before one of them.
    """
    own = _named(draft.main, evidence, draft.start, draft.end)
    if own is None:
        return ()
    before, asked, name = own
    years = _years(draft.main.text)
    found: dict[str, Candidate] = {}
    for other in evidence.sentences(question):
        if other.report.name == draft.main.report.name:
            continue
        for match in _QUOTED.finditer(other.text):
            said = _key(match.group(1))
            if (
                # "The spirit of “5 guarantees”" names a list by its number.
                not said[:1].isdigit()
                and _called_alike(
                    before, _words_before(other.text, match.start()), asked
                )
                and said not in name
                and name not in said
                and (not years or not _years(other.text) or years & _years(other.text))
            ):
                found.setdefault(said, other)
    return tuple(found.values())[:_MOST]


def _called_alike(one: Sequence[str], two: Sequence[str], asked: set[str]) -> bool:
    """Does one of the words *asked* stand before both names, right before one?"""
    direct = {*one[-1:], *two[-1:]}
    return not direct.isdisjoint(asked.intersection(one, two))


def _named(
    main: Candidate, evidence: Evidence, start: int, end: int
) -> tuple[list[str], set[str], str] | None:
    """The words before the name that the headline is or holds, those asked for, it."""
    cover = evidence.cover(main.report)
    for match in _QUOTED.finditer(main.text):
        if match.start() > end or match.end() < start:
            continue
        before = _words_before(main.text, match.start())
        asked = {w for w in before if w not in STOP_WORDS and cover.of(w) > 0}
        if asked:
            return before, asked, _key(match.group(1))
    return None


def _words_before(text: str, at: int) -> list[str]:
    return [w.form for w in words(text[max(0, at - _BESIDE) : at])]


def _key(name: str) -> str:
    return " ".join(w.form for w in words(name))


def _years(text: str) -> set[int]:
    return {m.period.end.year for m in find_periods(text) if m.period}
