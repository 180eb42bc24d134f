"""An Answer as HTML: headline, chips, card or table, quote, statement, sources.

Every string from outside (question, report, title, file name, answer) passes
through `html.escape`; nothing here is Markdown, so nothing in it is obeyed.
"""

import re
from collections.abc import Sequence
from enum import IntEnum
from html import escape

from answer.phrases import say
from answer.records import MARKER, Answer, AnswerFigure, Citation
from index.records import Language
from page.chart import PLANNED, Bar, columns
from page.links import FRAME, Stretch, citation_link, words_in
from page.source import bold
from page.texts import Words, day_words, period_words, place_words, words_for
from page.texts_ask import ask_words
from page.tools import tools
from page.turns import Turn

HEADLINE_CHARS = 28  # a longer headline is a sentence and is set smaller
# Sentences of the text that card, table or chart say better.
SHOWN_ELSEWHERE = (("differ", "figures"), ("others", "figures"), ("series", "rows"))


class Stage(IntEnum):
    """How much of a reply has arrived; each stage only adds below the last."""

    HEADLINE = 1
    EVIDENCE = 2
    WHOLE = 3


def reply(turn: Turn, page_language: Language, stage: Stage = Stage.WHOLE) -> str:
    """The answer of *turn*, which has one, in words of its own language.

    page_language: that of the panel which the links to sources open in, and of
    the tools below the answer.
    """
    if turn.answer is None:
        raise ValueError("this turn has no answer")
    return _Reply(turn, turn.answer, page_language).html(stage)


class _Reply:
    """One answer being set; holds what every part of it needs."""

    def __init__(self, turn: Turn, answer: Answer, page_language: Language) -> None:
        self.turn = turn
        self.answer = answer
        self.page_language: Language = page_language
        self.words = words_for(answer.language)
        self.own = ask_words(answer.language)
        more = turn.series.citations if turn.series else ()
        self.cited = {c.number: c for c in (*answer.citations, *more)}
        self.links = {
            number: escape(citation_link(c, page_language, self._strong(c)))
            for number, c in self.cited.items()
        }

    def _strong(self, citation: Citation) -> list[Stretch]:
        """Where the answer stands in the cited sentence: in the clause it quotes."""
        found = words_in(citation.quote, self._said(citation))
        before, closing, _ = self.answer.text.partition(f"” [{citation.number}]")
        clause = before.rpartition("“")[2].strip(" …") if closing else ""
        start = max(citation.quote.find(clause), 0)
        end = start + len(clause)
        return [s for s in found if start <= s[0] and s[1] <= end] or found

    def _said(self, citation: Citation) -> list[str]:
        """What of a quote is the answer: its figures, or the name that was asked."""
        series = self.turn.series.figures if self.turn.series else ()
        figures = (*self.answer.figures, *series)
        raws = [f.raw for f in figures if f.citation == citation.number]
        short = self.answer.short
        return raws or [short] * (2 * len(short) < len(citation.quote))

    def html(self, stage: Stage) -> str:
        kind = "refusal" if self.answer.abstained else "answer"
        body = self._refusal(stage) if self.answer.abstained else self._answer(stage)
        if stage >= Stage.EVIDENCE:
            body += self._quotes() + self._sources()
        if stage >= Stage.WHOLE:
            body += self._series() + tools(self.turn, words_for(self.page_language))
        return f'<div class="reply {kind}" lang="{self.words.language}">{body}</div>'

    def _answer(self, stage: Stage) -> str:
        # Where reports differ, the card shows both alike, and neither larger.
        headline = "" if _rivals(self.answer) else _headline(self.answer)
        shown = f"{headline}{self._figures()}"
        if stage < Stage.EVIDENCE:
            return shown
        text = _after_headline(self.answer)
        citation, quote, rest = _opening_quote(text, self.answer.citations)
        if len(self.answer.figures) > 1:
            rest = _without_lists(rest, self.answer.language)
        quoted = self._quote(citation, quote) if citation else ""
        return f"{shown}{quoted}{self._statement(rest)}"

    def _refusal(self, stage: Stage) -> str:
        """Verdict, then the reason and what follows it in the text."""
        text, reason = self.answer.text, self.answer.reason or ""
        body = _paragraph("verdict", self.words.refusal)
        if stage < Stage.EVIDENCE:
            return body
        body += self._statement(text[max(text.find(reason), 0) :])
        if reason not in text:
            body += _paragraph("reason", reason)
        if self.cited and self.words.nearest not in text:
            body += _paragraph("label", self.words.nearest)
        return body

    def _statement(self, text: str) -> str:
        """A paragraph a line, lines after "- " as items, markers linked."""
        out: list[str] = []
        items: list[str] = []
        for line in [*text.splitlines(), ""]:
            is_item = line.lstrip().startswith(("- ", "• "))
            if items and not is_item:
                out.append(f"<ul>{''.join(items)}</ul>")
                items = []
            if is_item:
                items.append(f"<li>{self._linked(line.lstrip()[2:])}</li>")
            elif line.strip():
                out.append(f"<p>{self._linked(line)}</p>")
        return f'<div class="statement">{"".join(out)}</div>' if out else ""

    def _linked(self, text: str) -> str:
        parts = MARKER.split(text)  # text, number, text, number, …, text
        out = [escape(parts[0])]
        for number, after in zip(parts[1::2], parts[2::2], strict=True):
            out.append(self._marker(int(number)) + escape(after))
        return "".join(out)

    def _marker(self, number: int) -> str:
        if number not in self.cited:
            return f"[{number}]"
        citation = self.cited[number]
        name = self.words.open_source.format(number=number, title=_title(citation))
        about = f"{_title(citation)} · {_about(citation, self.words)}"
        return (
            f'<a class="marker" href="{self.links[number]}" target="{FRAME}" '
            f'aria-label="{escape(name)}" data-quote="{escape(citation.quote)}" '
            f'data-lang="{citation.language}" data-about="{escape(about)}">'
            f"[{number}]</a>"
        )

    def _figures(self) -> str:
        """Chips for one figure, a card where reports differ, a table for several."""
        distinct: dict[tuple[str | None, ...], AnswerFigure] = {}
        for figure in self.answer.figures:
            key = (figure.raw, figure.period, figure.place, figure.status)
            distinct.setdefault(key, figure)
        rows = list(distinct.values())
        rivals = _rivals(self.answer)
        if rivals:
            return self._card([rows[0], *rivals])
        if len(rows) > 1:
            return self._chart(rows) + self._table(rows)
        return "".join(map(self._chips, rows))

    def _card(self, rows: Sequence[AnswerFigure]) -> str:
        """What reports say differently, one row each, of equal weight."""
        items = "".join(
            f'<li><p class="rival">{escape(row.raw)} {self._marker(row.citation)}</p>'
            f'<div>{self._chips(row)}<p class="about">'
            f"{self._source_of(row)}</p></div></li>"
            for row in rows
        )
        return (
            f'<section class="differ"><h3>{escape(self.own.differ)}</h3>'
            f"<ul>{items}</ul>{_paragraph('note', self.own.differ_note)}</section>"
        )

    def _source_of(self, figure: AnswerFigure) -> str:
        citation = self.cited[figure.citation]
        return f"{escape(_title(citation))} · {escape(_about(citation, self.words))}"

    def _series(self) -> str:
        """The same thing in other periods, drawn and listed."""
        if not self.turn.series:
            return ""
        rows = self.turn.series.figures
        return (
            f'<section class="series"><h3>{escape(self.own.over_time)}</h3>'
            f"{_paragraph('note', self.own.over_time_note)}"
            f"{self._chart(rows)}{self._table(rows)}</section>"
        )

    def _chart(self, rows: Sequence[AnswerFigure]) -> str:
        """Columns in order of time, if the figures are of one kind and place.

        None where one time has two values: of two things, or reports differ.
        """
        kinds = {(row.unit, row.place, row.status == "change") for row in rows}
        times = {row.period for row in rows}
        told = {(row.period, row.value) for row in rows}
        if len(kinds) > 1 or len(times) < max(2, len(told)):
            return ""
        own = self.answer.figures[0] if self.answer.figures else None
        rows = sorted(rows, key=lambda row: row.period or "")
        bars = [
            Bar(
                row.value,
                row.raw,
                _period(row, self.words) or "–",
                now=row == own,
                planned=row.status in PLANNED,
            )
            for row in rows
            if row.value is not None
        ]
        drawn = columns(bars) if len(bars) == len(rows) else ""
        return f'<div class="scroll">{drawn}</div>' if drawn else ""

    def _chips(self, figure: AnswerFigure) -> str:
        chips = [
            (self.words.period, _period(figure, self.words), "period"),
            (self.words.place, place_words(figure.place, self.words), "place"),
            (self.words.status, _status(figure, self.words), figure.status),
        ]
        shown = "".join(
            f'<li class="chip {escape(kind)}"><span>{escape(key)}</span> '
            f"{escape(value)}</li>"
            for key, value, kind in chips
            if value
        )
        return f'<ul class="chips">{shown}</ul>'

    def _table(self, rows: Sequence[AnswerFigure]) -> str:
        words = self.words
        heads = (words.period, words.figure, words.place, words.status, words.source)
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
        body = "".join(
            f"<tr><td>{escape(_period(row, words) or '–')}</td>"
            f'<td class="figure">{escape(row.raw)}</td>'
            f"<td>{escape(place_words(row.place, words) or '–')}</td>"
            f"<td>{escape(_status(row, words))}</td>"
            f"<td>{self._marker(row.citation)}</td></tr>"
            for row in rows
        )
        return (
            f'<div class="scroll" tabindex="0" role="region" '
            f'aria-label="{escape(words.figure)}"><table class="figures">'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )

    def _quotes(self) -> str:
        """What the reports say, verbatim, unless the text quotes it already."""
        text = self.answer.text
        return "".join(
            self._quote(citation, citation.quote.strip())
            for citation in self.answer.citations
            if f"” [{citation.number}]" not in text
            and citation.quote.strip() not in text
        )

    def _quote(self, citation: Citation, quote: str) -> str:
        note = ""
        if citation.language != self.answer.language:
            report_in = escape(self.words.quote_in[citation.language])
            note = f' <span class="language">({report_in})</span>'
        shown = bold(quote, words_in(quote, self._said(citation)))
        shown = f'<q lang="{citation.language}">{shown}</q>'
        marker = self._marker(citation.number)
        return f"<blockquote><p>{shown} {marker}{note}</p></blockquote>"

    def _sources(self) -> str:
        """The numbered list of sources, each a link that opens it in the panel."""
        items = "".join(
            f'<li><a href="{self.links[number]}" target="{FRAME}">'
            f"[{number}] {escape(_title(citation))}</a>"
            f'<span class="about">{_about(citation, self.words)}</span></li>'
            for number, citation in self.cited.items()
            if citation in self.answer.citations
        )
        if not items:
            return ""
        label = _paragraph("label", self.words.sources)
        return f'{label}<ol class="sources">{items}</ol>'


def _rivals(answer: Answer) -> list[AnswerFigure]:
    """The figures that the text sets against the first one."""
    found = re.search(_listing("differ", "figures", answer.language), answer.text)
    said = found.group() if found else ""
    return [
        figure
        for figure in answer.figures[1:]
        if figure.raw in said and f"[{figure.citation}]" in said
    ]


def _listing(key: str, name: str, language: Language) -> str:
    """A pattern for the sentence *key*, whatever figures it lists."""
    start, _, end = say(language, key, **{name: "\0"}).partition("\0")
    return rf"(?s){re.escape(start)}.*?\]{re.escape(end)}"


def _without_lists(text: str, language: Language) -> str:
    """The text without the sentences that only list what is shown as a table."""
    for key, name in SHOWN_ELSEWHERE:
        text = re.sub(_listing(key, name, language), "", text, count=1)
    return text.strip()


def _headline(answer: Answer) -> str:
    """The short answer large, unless the statement only says it again."""
    if not answer.short or _bare(answer.text) == _bare(answer.short):
        return ""
    size = "headline" if len(answer.short) <= HEADLINE_CHARS else "headline long"
    return _paragraph(size, answer.short)


def _bare(text: str) -> str:
    return " ".join(MARKER.sub("", text).split()).replace(" .", ".").rstrip(".")


def _after_headline(answer: Answer) -> str:
    """The text without "45% (2024, achieved): " where headline and chips say it."""
    lead = re.compile(re.escape(answer.short) + r"(?: \([^()]*\))?: ")
    found = lead.match(answer.text) if answer.short else None
    return answer.text[found.end() :] if found else answer.text


def _opening_quote(
    text: str, citations: Sequence[Citation]
) -> tuple[Citation | None, str, str]:
    """The quote that *text* opens with, whose it is, and the rest of the text.

    Only words that stand in a citation's quote count; else the first is None. A
    remark in brackets right after the quote, such as the report's language, is
    left out: the page says so itself.
    """
    for citation in citations:
        quote, closing, rest = text.partition(f"” [{citation.number}]")
        inside = quote[1:].strip(" …")
        if closing and quote[0] == "“" and inside in citation.quote:
            return citation, quote[1:], re.sub(r"^ \([^()]*\)", "", rest).strip()
    return None, "", text


def _paragraph(kind: str, text: str) -> str:
    return f'<p class="{kind}">{escape(text)}</p>'


def _title(citation: Citation) -> str:
    return citation.title or citation.report


def _about(citation: Citation, words: Words) -> str:
    stated = citation.published
    date = day_words(stated, words) if stated else words.no_date
    page = words.page_number.format(number=citation.page)
    return escape(" · ".join(filter(None, (citation.publisher, date, page))))


def _period(figure: AnswerFigure, words: Words) -> str | None:
    return period_words(figure.period, words) if figure.period else None


def _status(figure: AnswerFigure, words: Words) -> str:
    return words.statuses.get(figure.status, figure.status)
