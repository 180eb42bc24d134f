"""From ranked evidence to a draft or a refusal."""

from collections.abc import Sequence
from dataclasses import replace

from answer import tabled
from answer.asked import asks_its_number
from answer.candidates import Evidence
from answer.differing import differing, named_otherwise, told_again
from answer.draft import Draft, Refusal
from answer.evidence import Candidate, Ranker
from answer.headline import headline
from answer.lists import (
    Counted,
    announces,
    counted,
    is_item,
    list_like,
    opens_list,
    repeated_part,
    repeats,
    tells_items,
    whole_list,
)
from answer.names import NAMES, choose_name, kinds_of_name, superlative_fit
from answer.naming import sure_of_name
from answer.question import FIGURES, SERIES, Question, Want
from answer.reasons import asks_why, gives_reason, reason_behind
from answer.same import alike
from answer.series import choose_series, newest, others, parts_of
from answer.spans import list_part
from answer.trust import ACCEPT, trust, trust_with
from answer.when import choose_date
from index.grammar.places import NATION


def choose(
    question: Question, evidence: Evidence, ranker: Ranker, accept: float = ACCEPT
) -> Draft | Refusal:
    """The answer that the evidence supports, or why there is none.

    accept: the trust from which an answer is shown; 0 shows the best there is.
    """
    draft = _draft(question, evidence, ranker)
    if draft is not None and draft.confidence >= _least(draft, accept):
        return draft
    best = draft.main if draft else None
    refused = refuse(question, evidence, ranker, best)
    return replace(refused, confidence=1 - (draft.confidence if draft else 0.0))


def _least(draft: Draft, accept: float) -> float:
    """The trust from which *draft* is shown.

    Dates need more: another event's day often stands near.
    """
    figure = draft.main.figure
    dated = figure is not None and figure.kind == "date"
    return max(accept, _DATED) if dated and accept else accept


def _draft(question: Question, evidence: Evidence, ranker: Ranker) -> Draft | None:
    if tabled.asks_period(question):
        cells = evidence.figures(tabled.relaxed(question))
        rows = evidence.material.sentences
        decided = tabled.choose_period(question, cells, ranker, rows)
        if decided is not None and decided.confidence >= ACCEPT:
            return decided
    found = _by_want(question, evidence, ranker)
    if found is None or found.main.figure:
        return found
    if not tabled.is_row(found.main):
        return _told_twice(question, found, evidence)
    # Of a row of a table one cell answers, not the row.
    cell = _figure(tabled.asking_a_figure(question), evidence, ranker)
    same = cell is not None and cell.main.sentence.id == found.main.sentence.id
    return cell if same else found


_DATED = 0.72  # trust from which a date is shown
_TWICE = 0.75  # trust in what two reports name, if each by another name


def _told_twice(question: Question, draft: Draft, evidence: Evidence) -> Draft:
    """*draft* with what other reports call the same, if they do."""
    if draft.main.figure or draft.series or draft.more:
        return draft
    differing = named_otherwise(question, draft, evidence)
    sure = draft.confidence
    if differing and sure >= _NEAR:
        sure = max(sure, _TWICE)
    return replace(draft, differing=differing, confidence=sure)


def _by_want(question: Question, evidence: Evidence, ranker: Ranker) -> Draft | None:
    want = question.want
    if want in SERIES:
        series = choose_series(question, evidence, ranker)
        if series:
            return series
        one = _figure(question, evidence, ranker)
        # One figure is no answer to "2022 versus 2023", unless it tells the change.
        both = len(parts_of(question)) > 1
        told = one and one.main.figure and one.main.figure.status == "change"
        return None if both and not told else one
    if want is Want.FIGURE:
        return _any_figure(question, evidence, ranker)
    if want in FIGURES:
        return _figure(question, evidence, ranker)
    if want is Want.DATE:
        return choose_date(question, evidence, ranker)
    return _sentence(question, evidence, ranker)


# How well a figure carries on from the one before in the conversation.
_SAME_SENTENCE, _SAME_KIND, _OTHER_KIND = 0.9, 0.6, 0.25
_CLEAR = 0.8  # a share of the best score: no other figure comes so near
_ITSELF = 0.2  # the same figure again, where another thing is asked for
_PASSED_ON = 0.9  # of the trust in the answer before

# --- Figures ----------------------------------------------------------------


def _figure(question: Question, evidence: Evidence, ranker: Ranker) -> Draft | None:
    ranked = ranker.rank(question, evidence.figures(question))
    ranked = [c for c in ranked if c.score > 0]
    if not ranked:
        return None
    swapped = question.before is not None and question.head != question.before.head
    # "And contracts?": where one figure is clearly theirs, nothing need carry on.
    clear = swapped and ranked[0].rival < _CLEAR
    anchor = None if clear else _anchor(question, evidence, ranker)
    if anchor:
        ranked.sort(key=lambda c: -c.score * _kinship(anchor.main, c, swapped))
    best = newest(question, ranked)
    others_say = differing(question, best, ranked)
    if not others_say and (twin := told_again(best, ranked)):
        # One report may tell both values, and another one of them.
        others_say = differing(question, twin, ranked)
        best = twin if others_say else best
    heading = tabled.heading_of(best, evidence.material.sentences)
    sure = trust_with(best, others_say)
    newer = best.sentence.id != ranked[0].sentence.id and not question.periods
    if newer and alike(best, ranked[0]):
        # The newer figure of what is found is as good as what was found.
        sure = max(sure, _PASSED_ON * trust_with(ranked[0], (best,)))
    if anchor and alike(anchor.main, best):
        sure = max(sure, _PASSED_ON * anchor.confidence)
    start, end = headline(best)
    return Draft(
        main=best,
        more=(heading,) if heading else (),
        start=start,
        end=end,
        confidence=sure,
        differing=others_say,
        others=others(question, best, ranked),
    )


def _anchor(question: Question, evidence: Evidence, ranker: Ranker) -> Draft | None:
    """What answered the question that this one only moves ("And in 2022?")."""
    before = question.before
    if before is None or before.want not in FIGURES or question.want is Want.GROWTH:
        return None
    draft = _figure(before, evidence, ranker)
    return draft if draft and draft.confidence >= ACCEPT else None


def _kinship(anchor: Candidate, other: Candidate, swapped: bool) -> float:
    """How far a figure counts what the anchor counts.

    swapped: another thing is to be counted in its place ("And ministries?").
    """
    one, two = anchor.known_figure, other.known_figure
    if swapped and one == two:
        return _ITSELF
    if alike(anchor, other):
        return 1.0
    if one.kind != two.kind:
        return _OTHER_KIND
    return _SAME_SENTENCE if anchor.sentence.id == other.sentence.id else _SAME_KIND


def _any_figure(question: Question, evidence: Evidence, ranker: Ranker) -> Draft | None:
    """A figure, or what is said, where the question does not ask for a number."""
    figure = _figure(question, evidence, ranker)
    if question.numeric or (figure and figure.confidence >= ACCEPT):
        return figure
    said = _sentence(question, evidence, ranker)
    return said if said and _says_it(said) else figure


def _says_it(said: Draft) -> bool:
    """Does a sentence answer where no figure in it is sure enough to be shown?

    Not one with many of them, nor one of another time.
    """
    figures = [f for f in said.main.sentence.figures if f.figure.kind != "date"]
    in_time = said.main.features.period >= _IN_TIME
    return said.confidence >= ACCEPT and in_time and len(figures) <= _MOST_FIGURES


# --- Names, lists, explanations ----------------------------------------------


_MOST_LACKING = 0.3  # of the known terms that the nearest evidence may lack
_NEAR = 0.5  # trust from which evidence is near enough to say why it is no answer
_MOST_FIGURES, _IN_TIME = 2, 0.8  # of a sentence that is shown in place of a figure
_LISTS = 12  # sentences that may hold a list that is named by its number of items
_REPEATED = 0.73  # trust in a list whose items begin with the word it is named by
_ONLY_NAMED = 0.4  # of the trust, where it is named or opened and no items are told
_SECOND_KIND = 0.7  # of the trust in a body where a person was found as well
_BY_NAME_ALONE = 0.8  # of the trust in a name that does not say what it is
_NO_REASON = 0.8  # of the trust in a sentence without one, where one is asked for


def _sentence(question: Question, evidence: Evidence, ranker: Ranker) -> Draft | None:
    ranked = ranker.rank(question, evidence.sentences(question))
    ranked = [c for c in ranked if c.score > 0]
    if not ranked:
        return None
    if question.want in NAMES:
        return _name(question, evidence, ranked)
    if question.want is Want.LIST:
        return _list(question, ranked, evidence)
    best = _no_titles(ranked)[0]
    sure = trust(best)
    if asks_why(question):
        best = reason_behind(best, evidence.material)
        sure *= 1.0 if gives_reason(best.text) else _NO_REASON
    return Draft(best, 0, len(best.text), sure)


def _list(question: Question, ranked: Sequence[Candidate], evidence: Evidence) -> Draft:
    ranked = _no_titles(ranked)
    best = list_like(question.text, ranked)
    sure = trust(best)
    part = None
    if wanted := counted(question):
        best, sure = _counted_list(wanted, best, ranked[:_LISTS], evidence)
        part = repeated_part(wanted, best)
    first, others = whole_list(best, evidence.material)
    if part is None or first.sentence.id != best.sentence.id:
        part = list_part(first.text) or (0, len(first.text))
    start, end = part
    if others and is_item(first.text):
        start, end = 0, len(first.text)
    if not others and opens_list(first.text):
        sure *= _ONLY_NAMED
    return Draft(first, start, end, sure, more=others)


def _counted_list(
    wanted: Counted, best: Candidate, ranked: Sequence[Candidate], evidence: Evidence
) -> tuple[Candidate, float]:
    """The list named by its number of items, and the trust in it, else *best*."""
    named = [
        (c, at)
        for c in ranked
        if (at := announces(wanted, c, evidence.cover(c.report))) is not None
    ]
    for candidate, at in named:
        if tells_items(wanted, candidate, at, evidence.material):
            _, items = whole_list(candidate, evidence.material)
            of_it = best.sentence.id in {item.sentence.id for item in items}
            return candidate, max(trust(candidate), trust(best) if of_it else 0.0)
    for candidate in ranked:
        if repeats(wanted, candidate):
            return candidate, max(trust(candidate), _REPEATED)
    # "What are the 5 guarantees?", where it is only said that there are five.
    return best, trust(best) * (_ONLY_NAMED if named else 1.0)


def _no_titles(ranked: Sequence[Candidate]) -> Sequence[Candidate]:
    """Without titles of reports, which tell nothing of what they announce."""
    return [c for c in ranked if c.text != c.report.title] or ranked


def _name(
    question: Question, evidence: Evidence, ranked: Sequence[Candidate]
) -> Draft | None:
    """The surest name of the first kind that is good enough, else the surest."""
    drafts: list[Draft] = []
    for want in kinds_of_name(question):
        named = choose_name(question, evidence, ranked, want)
        if named:
            sure = sure_of_name(named) * (_SECOND_KIND if drafts else 1.0)
            drafts.append(Draft(named.candidate, named.start, named.end, sure))
            if sure >= ACCEPT:
                return drafts[-1]
    if not drafts and question.want is not Want.THING:
        # "Who won the block?" may be a firm that is called by its name alone.
        named = choose_name(question, evidence, ranked, Want.THING)
        if named:
            sure = sure_of_name(named) * _BY_NAME_ALONE
            drafts.append(Draft(named.candidate, named.start, named.end, sure))
    if question.want is Want.THING and not asks_its_number(question.text):
        best = ranked[0]
        sure = trust(best) * superlative_fit(question.text, best.text)
        if sure >= ACCEPT:
            drafts.append(Draft(best, 0, len(best.text), sure))
    return max(drafts, key=lambda draft: draft.confidence, default=None)


# --- Refusing ---------------------------------------------------------------


def refuse(
    question: Question,
    evidence: Evidence,
    ranker: Ranker,
    best: Candidate | None = None,
) -> Refusal:
    """Say why there is no answer, with the nearest evidence.

    Constraints are lifted one by one: what would be an answer without the
    period, the place or the status tells which of them is the reason.
    """
    lifted: list[tuple[str, Question]] = []
    if question.status:
        key = "target_only" if question.status == "achieved" else "result_only"
        lifted.append((key, replace(question, status=None, named_target=False)))
    if question.periods:
        lifted.append(("other_period", replace(question, periods=(), latest=False)))
    if question.places:
        lifted.append(("other_place", replace(question, places=())))
    if question.want in FIGURES | SERIES | {Want.DATE}:
        for reason, relaxed in lifted:
            found = _nearest(relaxed, evidence, ranker)
            if found:
                return _explained(reason, question, found)
        sentences = ranker.rank(question, evidence.sentences(question))
        if sentences and sentences[0].features.context >= 0.75:
            return Refusal("other_kind", tuple(sentences[:1]))
    if best and best.features.context >= 0.5:
        return Refusal("no_topic", (best,))
    return Refusal("no_topic")


def _nearest(question: Question, evidence: Evidence, ranker: Ranker) -> list[Candidate]:
    ranked = ranker.rank(question, evidence.figures(question))
    ranked = [c for c in ranked if c.score > 0]
    if not ranked or trust(ranked[0]) < _NEAR:
        return []
    if ranked[0].features.lacking > _MOST_LACKING:
        return []
    first = ranked[0]
    elsewhere = [c for c in ranked[1:8] if c.sentence.id != first.sentence.id]
    return [first, *(c for c in elsewhere if alike(first, c))][:3]


def _explained(reason: str, question: Question, found: list[Candidate]) -> Refusal:
    figures = [c.figure for c in found if c.figure]
    if reason == "other_period":
        periods = [p.label for p in question.periods]
        labels = dict.fromkeys(
            f.period for f in figures if f.period and f.period not in periods
        )
        if labels:
            asked = ", ".join(periods)
            return Refusal(reason, tuple(found), found=", ".join(labels), asked=asked)
    if reason == "other_place":
        places = dict.fromkeys(f.place or NATION for f in figures)
        names = [place for place in places if place not in question.places]
        if names:
            asked = ", ".join(question.places)
            return Refusal(reason, tuple(found), found=", ".join(names), asked=asked)
    named = reason if reason in {"target_only", "result_only"} else "other_kind"
    return Refusal(named, tuple(found))
