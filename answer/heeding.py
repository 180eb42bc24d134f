"""A question as its patterns read it, set right by what it likely asks for.

Where the two disagree, the learned guess decides only if it is nearly sure: it is
right more often, but the patterns know what a change or a comparison is.
"""

from dataclasses import replace

from answer.asked import says_called, says_met, says_why
from answer.likely import Likely
from answer.question import FIGURES, SERIES, Question, Want

_SURE = 0.9  # probability from which the patterns are overruled
_LEADS = 0.8  # … and the least of one kind, where all kinds of figures add up to it
_TARGET = 0.5  # probability of being asked for a target, from which one is
_TREND = "trend"
_FIGURE_KINDS = frozenset({"share", "count", "money", "rank", "ratio", "growth"})
_KINDS = {want.value: want for want in FIGURES}
# The kinds of answers that are no figures.
_OTHERS = {
    "date": Want.DATE,
    "name": Want.THING,
    "list": Want.LIST,
    "explain": Want.EXPLAIN,
}
_NAMED = frozenset({Want.PERSON, Want.BODY})  # finer than the kind "name"


def heeding(question: Question, likely: Likely) -> Question:
    """*question* with what it *likely* asks for, where that is nearly sure."""
    reason = question.want is Want.EXPLAIN and says_why(question.whole)
    called = question.want is Want.THING and says_called(question.whole)
    sure = reason or called
    want = question.want if sure else _want(question.want, likely)
    figure = want in FIGURES
    status = question.status
    goal = likely.target >= _TARGET and not says_met(question.whole)
    if figure and status is None and goal:
        status = "target"
    return replace(
        question,
        want=want,
        status=status,
        numeric=question.numeric or (figure and want is not question.want),
        likely=likely,
    )


def _want(want: Want, likely: Likely) -> Want:
    if want in SERIES:
        return want
    if want in FIGURES and likely.kinds.get(_TREND, 0.0) >= _SURE:
        return Want.CHANGE  # "Fibre at home: has it really moved since 2022?"
    if want not in FIGURES and likely.among(_FIGURE_KINDS) >= _SURE:
        best = max(_FIGURE_KINDS, key=lambda kind: likely.kinds.get(kind, 0.0))
        if likely.kinds[best] >= _LEADS:
            return _KINDS[best] if likely.kinds[best] >= _SURE else Want.FIGURE
    for kind, meant in _OTHERS.items():
        if likely.kinds.get(kind, 0.0) >= _SURE:
            return want if kind == "name" and want in _NAMED else meant
    return want
