"""A draft or a refusal in words, with citations. Figures are copied, never made."""

from collections.abc import Sequence

from answer.draft import Draft, Refusal
from answer.evidence import Candidate
from answer.headline import headline
from answer.phrases import period_words, say
from answer.question import Question
from answer.records import Answer, AnswerFigure, Citation
from index.grammar.places import NATION
from index.records import Figure, Language

_LONGEST_QUOTE = 260


class Sources:
    """Numbers sentences in the order in which they are cited."""

    def __init__(self, cited: Sequence[Citation] = ()) -> None:
        """cited: those that have their numbers already."""
        self.citations = list(cited)
        self._given = {(c.report, c.page, c.start): c.number for c in cited}
        self._numbers: dict[int, int] = {}

    def cite(self, candidate: Candidate) -> int:
        """The number of the candidate's sentence, new or as given before."""
        sentence = candidate.sentence.sentence
        place = (candidate.report.name, sentence.page, sentence.start)
        if place in self._given:
            return self._given[place]
        key = candidate.sentence.id
        if key not in self._numbers:
            self._numbers[key] = len(self.citations) + 1
            self.citations.append(_citation(self._numbers[key], candidate))
        return self._numbers[key]


def _citation(number: int, candidate: Candidate) -> Citation:
    report, sentence = candidate.report, candidate.sentence.sentence
    return Citation(
        number=number,
        report=report.name,
        title=report.title,
        publisher=report.publisher,
        url=report.url,
        published=report.published,
        page=sentence.page,
        start=sentence.start,
        end=sentence.end,
        quote=sentence.text,
        language=report.language,
    )


def compose(question: Question, draft: Draft, generation: int) -> Answer:
    """The answer as the reader sees it."""
    sources = Sources()
    language = question.language
    first = sources.cite(draft.main)
    figures = [figure_of(draft.main, first)] if draft.main.figure else []
    if draft.series:
        text, rows = _series(draft, sources, language)
        figures = rows
    else:
        text = _statement(question, draft, first)
        for candidate in draft.more:
            text += f" “{candidate.text}” [{sources.cite(candidate)}]"
        for key, others in (("differ", draft.differing), ("others", draft.others)):
            if others:
                both = key == "differ" and draft.main.figure
                shown = [draft.main, *others] if both else list(others)
                listed = "; ".join(
                    _labelled(c, sources.cite(c), language) for c in shown
                )
                text += " " + say(language, key, figures=listed)
                figures += [figure_of(c, sources.cite(c)) for c in others if c.figure]
    if draft.missing:
        missing = ", ".join(_words(label, language) for label in draft.missing)
        text += " " + say(language, "missing", missing=missing)
    return Answer(
        question=question.text,
        language=language,
        short=draft.short.strip(),
        text=text,
        abstained=False,
        reason=None,
        confidence=round(draft.confidence, 3),
        citations=tuple(sources.citations),
        figures=tuple(f for f in figures if f),
        kind=str(question.want),
        generation=generation,
    )


def refusal(question: Question, refused: Refusal, generation: int) -> Answer:
    """The reply that the reports do not say, with the nearest evidence."""
    sources = Sources()
    language = question.language
    found = ", ".join(_words(x, language) for x in refused.found.split(", ") if x)
    asked = ", ".join(_words(x, language) for x in refused.asked.split(", ") if x)
    reason = say(language, refused.reason, found=found, asked=asked)
    scope = refused.reason in {"scope", "unreadable"}
    text = reason if scope else f"{say(language, 'refused')} {reason}"
    nearest = "; ".join(
        _labelled(c, sources.cite(c), language)
        if c.figure and c.figure.kind != "date"
        else f"“{_clip(c.clause)}” [{sources.cite(c)}]"
        for c in refused.nearest
    )
    if nearest:
        text += " " + say(language, "nearest", nearest=nearest)
    return Answer(
        question=question.text,
        language=language,
        short="",
        text=text,
        abstained=True,
        reason=reason,
        confidence=round(refused.confidence, 3),
        citations=tuple(sources.citations),
        kind=str(question.want),
        generation=generation,
    )


def _words(label: str, language: Language) -> str:
    if label[:1].isdigit():
        return period_words(label, language)
    return say(language, label) if label == NATION else label


def _statement(question: Question, draft: Draft, number: int) -> str:
    figure = draft.main.figure
    language = question.language
    if figure is None or figure.kind == "date":
        quote = draft.main.text if len(draft.main.text) <= 600 else draft.main.clause
        named = draft.short.strip()
        lead = "" if named == quote.strip() else f"{named}: "
        return f"{lead}“{quote}” [{number}]{_foreign(question, draft)}"
    quote = (
        _clip(draft.main.text)
        if len(draft.main.text) <= _LONGEST_QUOTE
        else draft.main.clause
    )
    text = f"{draft.short.strip()} ({_facts(figure, language)}): “{quote}” [{number}]"
    text += _foreign(question, draft)
    if figure.status == "target" and question.status != "target":
        text += " " + say(language, "only_target")
    if not question.places and figure.place not in {None, NATION}:
        text += " " + say(language, "place_noted", place=figure.place or "")
    return text


def _foreign(question: Question, draft: Draft) -> str:
    """Name the report's language where it is not the question's."""
    if draft.main.report.language == question.language:
        return ""
    return (
        f" ({say(question.language, 'report_language_' + draft.main.report.language)})"
    )


def _facts(figure: Figure, language: Language) -> str:
    """Period, place and status, as the chips show them."""
    parts = [
        period_words(figure.period, language) if figure.period else "",
        _words(figure.place, language) if figure.place else "",
        say(language, figure.status),
    ]
    return ", ".join(part for part in parts if part)


def _labelled(candidate: Candidate, number: int, language: Language) -> str:
    if candidate.figure is None:
        return f"“{_clip(candidate.text)}” [{number}]"
    start, end = headline(candidate)
    facts = _facts(candidate.figure, language)
    return f"{candidate.text[start:end]} ({facts}) [{number}]"


def _clip(text: str) -> str:
    if len(text) <= _LONGEST_QUOTE:
        return text
    return text[: text.rfind(" ", 0, _LONGEST_QUOTE)] + " …"


def figure_of(candidate: Candidate, number: int) -> AnswerFigure:
    """The figure of a candidate whose sentence is cited as *number*."""
    figure = candidate.known_figure
    return AnswerFigure(
        raw=figure.raw,
        value=figure.value,
        unit=figure.unit,
        subject=figure.subject,
        period=figure.period,
        place=figure.place,
        status=figure.status,
        citation=number,
    )


def _series(
    draft: Draft, sources: Sources, language: Language
) -> tuple[str, list[AnswerFigure]]:
    rows = [*draft.more, draft.main]
    if draft.sides:
        # Two things: each with the words that say which it is.
        told = (f"“{_clip(c.clause)}” [{sources.cite(c)}]" for c in rows)
        text = say(language, "sides", rows="; ".join(dict.fromkeys(told)))
    else:
        listed = "; ".join(_labelled(c, sources.cite(c), language) for c in rows)
        text = say(language, "series", rows=listed)
        text += _difference(rows[0], rows[-1], sources, language)
    return text, [figure_of(c, sources.cite(c)) for c in rows]


def _difference(
    first: Candidate, last: Candidate, sources: Sources, language: Language
) -> str:
    """The one sum that is shown, with both its terms cited."""
    a, b = first.figure, last.figure
    if (
        not a
        or not b
        or a.value is None
        or b.value is None
        or a.unit != "%"
        or b.unit != "%"
    ):
        return ""
    points = round(b.value - a.value, 4)
    shown = say(
        language,
        "change_one" if abs(points) == 1 else "change_shown",
        a=f"{a.raw} [{sources.cite(first)}]",
        b=f"{b.raw} [{sources.cite(last)}]",
        sign="+" if points > 0 else "",
        points=f"{points:g}" if language == "en" else f"{points:g}".replace(".", ","),
    )
    return " " + shown
