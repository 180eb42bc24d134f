"""From ranked evidence to a draft or a refusal."""

from collections.abc import Sequence
from dataclasses import replace

from answer.draft import Draft, Refusal
from answer.evidence import Candidate, Coverage, Material, Query, Ranker, candidates
from answer.names import choose_name
from answer.question import FIGURES, SERIES, Question, Want
from answer.series import alike, choose_series, differing, other_periods
from answer.spans import list_part
from answer.trust import trust
from index.grammar.periods import parse_period
from index.grammar.places import NATION

ACCEPT = 0.5  # trust from which an answer is shown


def choose(query: Query, material: Material, ranker: Ranker) -> Draft | Refusal:
    """The answer that the material supports, or why there is none."""
    want = query.question.want
    if want in SERIES:
        return choose_series(query, material, ranker) or _figure(query, material, ranker)
    if want in FIGURES:
        return _figure(query, material, ranker)
    if want is Want.DATE:
        return _date(query, material, ranker)
    return _sentence(query, material, ranker)


# --- Figures ----------------------------------------------------------------


def _figure(query: Query, material: Material, ranker: Ranker) -> Draft | Refusal:
    ranked = ranker.rank(query.question, candidates(query, material, figures=True))
    ranked = [c for c in ranked if c.score > 0]
    if not ranked:
        return refuse(query, material, ranker)
    best = _newest(query.question, ranked)
    sure = trust(query, best, ranked)
    if sure < ACCEPT:
        return refuse(query, material, ranker, best)
    return Draft(
        main=best,
        start=_headline_start(best),
        end=best.figure.end - best.sentence.sentence.start,  # type: ignore[union-attr]
        confidence=sure,
        differing=differing(query.question, best, ranked),
        others=other_periods(query.question, best, ranked),
    )


def _headline_start(candidate: Candidate) -> int:
    """Where the figure starts, with the word that qualifies it ("over 55 million")."""
    figure = candidate.figure
    assert figure is not None  # noqa: S101 — only figures come here
    start = figure.start - candidate.sentence.sentence.start
    hedge = len(figure.hedge)
    if hedge and candidate.text[:start].rstrip().endswith(figure.hedge):
        return candidate.text[:start].rstrip().rindex(figure.hedge)
    return start


def _newest(question: Question, ranked: Sequence[Candidate]) -> Candidate:
    """Among figures for the same thing, the newest when no period is asked."""
    best = ranked[0]
    if question.periods and not question.latest:
        return best
    rivals = [
        c
        for c in ranked[:12]
        if c.score >= 0.8 * best.score and alike(best, c) and _status(c) == _status(best)
    ]
    return max([best, *rivals], key=lambda c: (_age(c), c.score))


def _status(candidate: Candidate) -> str:
    status = candidate.figure.status if candidate.figure else ""
    return "achieved" if status in {"estimate", "earlier"} else status


def _age(candidate: Candidate) -> tuple[str, str]:
    """When the figure holds and the report speaks, for "the newest"."""
    figure = candidate.figure
    label = (figure.period if figure else None) or candidate.report.period
    end = parse_period(label).end.isoformat() if label else ""
    return (end, candidate.report.published or candidate.report.period or "")


# --- Dates ------------------------------------------------------------------


def _date(query: Query, material: Material, ranker: Ranker) -> Draft | Refusal:
    ranked = ranker.rank(query.question, candidates(query, material, figures=True))
    ranked = [c for c in ranked if c.score > 0 and _answers_when(query.question, c)]
    if not ranked:
        return refuse(query, material, ranker)
    best = ranked[0]
    sure = trust(query, best, ranked)
    if sure < ACCEPT:
        return refuse(query, material, ranker, best)
    start = best.sentence.sentence.start
    figure = best.figure
    assert figure is not None  # noqa: S101 — dates are figures
    return Draft(best, figure.start - start, figure.end - start, sure)


def _answers_when(question: Question, candidate: Candidate) -> bool:
    """A date that the question itself names is no answer to "when"."""
    figure = candidate.figure
    if figure is None or figure.kind != "date":
        return False
    asked = {p.label for p in question.periods}
    return figure.period not in asked and figure.unit != "compared"


# --- Names, lists, explanations ----------------------------------------------


def _sentence(query: Query, material: Material, ranker: Ranker) -> Draft | Refusal:
    ranked = ranker.rank(query.question, candidates(query, material, figures=False))
    if not ranked:
        return refuse(query, material, ranker)
    question = query.question
    if question.want in {Want.PERSON, Want.BODY, Want.THING}:
        found = choose_name(query, ranked)
        if found:
            candidate, start, end = found
            sure = trust(query, candidate, ranked)
            if sure >= ACCEPT:
                return Draft(candidate, start, end, sure)
            return refuse(query, material, ranker, candidate)
        if question.want in {Want.PERSON, Want.BODY}:
            return refuse(query, material, ranker, ranked[0])
    best = _list_like(ranked) if question.want is Want.LIST else ranked[0]
    sure = trust(query, best, ranked)
    if sure < ACCEPT:
        return refuse(query, material, ranker, best)
    part = list_part(best.text) if question.want is Want.LIST else None
    start, end = part or (0, len(best.text))
    return Draft(best, start, end, sure, more=_followers(question, best, material))


def _list_like(ranked: Sequence[Candidate]) -> Candidate:
    """The best sentence that holds a list, if one is nearly as good as the best."""
    best = ranked[0]
    for candidate in ranked[:6]:
        if candidate.score >= 0.75 * best.score and list_part(candidate.text):
            return candidate
    return best


def _followers(
    question: Question, best: Candidate, material: Material
) -> tuple[Candidate, ...]:
    """The items below a sentence that only announces them ("… as follows:")."""
    if question.want is not Want.LIST or not best.text.rstrip().endswith(":"):
        return ()
    rows = [
        s
        for s in material.sentences
        if s.report == best.sentence.report
        and best.sentence.row < s.row <= best.sentence.row + 8
    ]
    rows.sort(key=lambda s: s.row)
    return tuple(replace(best, sentence=s, stored=None) for s in rows)


# --- Refusing ---------------------------------------------------------------


def refuse(
    query: Query, material: Material, ranker: Ranker, best: Candidate | None = None
) -> Refusal:
    """Say why there is no answer, with the nearest evidence.

    Constraints are lifted one by one: what would be an answer without the
    period, the place or the status tells which of them is the reason.
    """
    question = query.question
    lifted: list[tuple[str, Question]] = []
    if question.periods:
        lifted.append(("other_period", replace(question, periods=(), latest=False)))
    if question.places:
        lifted.append(("other_place", replace(question, places=())))
    if question.status:
        key = "target_only" if question.status == "achieved" else "result_only"
        lifted.append((key, replace(question, status=None)))
    if question.want in FIGURES | SERIES | {Want.DATE}:
        for reason, relaxed in lifted:
            found = _nearest(replace(query, question=relaxed), material, ranker)
            if found:
                return _explained(reason, question, found)
        sentences = ranker.rank(question, candidates(query, material, figures=False))
        if sentences and sentences[0].features.context >= 0.75:
            return Refusal("other_kind", tuple(sentences[:1]))
    cover = Coverage(question.terms, "en", query.vocabulary)
    if best and cover.total and best.features.context >= 0.5:
        return Refusal("no_topic", (best,))
    return Refusal("no_topic")


def _nearest(query: Query, material: Material, ranker: Ranker) -> list[Candidate]:
    ranked = ranker.rank(query.question, candidates(query, material, figures=True))
    ranked = [c for c in ranked if c.score > 0]
    if not ranked or trust(query, ranked[0], ranked) < ACCEPT:
        return []
    return [ranked[0], *(c for c in ranked[1:8] if alike(ranked[0], c))][:3]


def _explained(reason: str, question: Question, found: list[Candidate]) -> Refusal:
    figures = [c.figure for c in found if c.figure]
    if reason == "other_period":
        labels = dict.fromkeys(f.period for f in figures if f.period)
        asked = ", ".join(p.label for p in question.periods)
        return Refusal(reason, tuple(found), found=", ".join(labels), asked=asked)
    if reason == "other_place":
        names = dict.fromkeys(f.place or NATION for f in figures)
        asked = ", ".join(question.places)
        return Refusal(reason, tuple(found), found=", ".join(names), asked=asked)
    return Refusal(reason, tuple(found))
