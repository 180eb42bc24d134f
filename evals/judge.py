"""One Answer against its gold: a Verdict.

Works on Answers as JSON, so a run can be scored again without asking again.
"""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from evals.match import says
from evals.ranking import Found, Ranking, of_run
from evals.sets import Question
from index.errors import BadInputError, UnreadableReportError
from ingest.load import read_document, read_source

AnswerJson = Mapping[str, Any]
PageText = Callable[[str, int], str | None]  # report, page → text; None: unknown

# Best first: a refusal beats an error.
OUTCOMES = ("right", "right, wrongly cited", "refused", "wrong shown", "trap shown")
# Where a miss may begin, in the order of an answer's way, and what that says.
CAUSES = {
    "no passage": "no passage of the gold reports holds the gold: check the gold, "
    "or how the report was split",
    "not found": "the search did not find a passage that holds the gold",
    "refused": "a passage with the gold was found, but the answer was refused",
    "wrong sentence": "a passage with the gold was found, but another sentence chosen",
    "wrong part": "the sentence with the gold was chosen, but not the right part of it",
    "miscited": "the answer is right, but its first citation does not bear it out",
    "answered": "the reports do not say it, but an answer was shown",
}
# Here one sentence is not enough of an answer, so the whole reply counts.
_WHOLE_REPLY = ("list", "trend", "conflict", "explain")
_ONE_FIGURE = ("figure", "target", "follow-up")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one question."""

    id: str
    kind: str
    language: str
    reports: tuple[str, ...]
    periods: tuple[str, ...]  # the years that the question names
    answerable: bool
    has_traps: bool
    abstained: bool
    right: bool  # unanswerable: abstained
    cited: bool  # right, and the citation bears it out; answerable only
    trapped: bool  # a trap stands in the headline
    citations: int
    good_citations: int  # of a gold report
    reports_cited: int  # gold reports that are cited
    quotes: int  # quotes that could be looked up
    good_quotes: int  # verbatim at their place
    confidence: float
    ms: float
    # How early the search found a passage that holds the gold, from 1.
    gold_rank: int | None = None
    retrieval: Mapping[str, float] = field(default_factory=dict)  # measure → value
    cause: str = ""  # one of `CAUSES`: where a miss began

    @property
    def wrong_shown(self) -> bool:
        """The reader was shown something that is not so."""
        return not self.abstained and not self.right

    @property
    def outcome(self) -> str:
        """One of `OUTCOMES`: what became of the question."""
        if self.right:
            uncited = self.answerable and not self.cited
            return "right, wrongly cited" if uncited else "right"
        if self.abstained:
            return "refused"
        return "trap shown" if self.trapped else "wrong shown"


def judge(question: Question, answer: AnswerJson, page_text: PageText) -> Verdict:
    """Hold *answer* against the gold of *question*.

    page_text gives a cited page's text; citations it does not know are left
    out of the verbatim check.
    """
    abstained = bool(answer["abstained"])
    short = _without_markers(answer, "short")
    trapped = not abstained and any(says(short, trap) for trap in question.traps)
    if question.answerable:
        right = not abstained and not trapped and _is_right(question, answer)
    else:
        right = abstained
    citations = answer["citations"]
    cited_reports = {citation["report"] for citation in citations}
    checks = [_is_verbatim(citation, page_text) for citation in citations]
    return Verdict(
        id=question.id,
        kind=question.kind,
        language=question.language,
        reports=question.reports,
        periods=question.periods,
        answerable=question.answerable,
        has_traps=bool(question.traps),
        abstained=abstained,
        right=right,
        cited=right and question.answerable and _is_borne_out(question, citations),
        trapped=trapped,
        citations=len(citations),
        good_citations=sum(c["report"] in question.reports for c in citations),
        reports_cited=len(cited_reports & set(question.reports)),
        quotes=sum(check is not None for check in checks),
        good_quotes=sum(check is True for check in checks),
        confidence=min(1.0, max(0.0, float(answer["confidence"]))),
        ms=float(answer.get("wall_ms", answer["took_ms"])),
    )


def _is_right(question: Question, answer: AnswerJson) -> bool:
    """Whether the headline (or, where asked for more, the reply) says the gold."""
    short, text = (_without_markers(answer, name) for name in ("short", "text"))
    places = [short, text] if question.kind in _WHOLE_REPLY else [short]
    any_of = not question.answers or any(
        says(place, gold) for place in places for gold in question.answers
    )
    return any_of and all(
        says(short, gold) or says(text, gold) for gold in question.all
    )


def _is_borne_out(question: Question, citations: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the first citation is of a gold report and gives the figure.

    A conflict must cite every gold report.
    """
    if not citations or citations[0]["report"] not in question.reports:
        return False
    if question.kind == "conflict":
        cited = {citation["report"] for citation in citations}
        return cited.issuperset(question.reports)
    if question.kind in _ONE_FIGURE and question.figures:
        quote = str(citations[0]["quote"])
        return any(says(quote, gold, apart=True) for gold in question.figures)
    return True


def _without_markers(answer: AnswerJson, name: str) -> str:
    """The text without its "[1]", which a gold "1" must not find."""
    text = str(answer[name] or "")
    for citation in answer["citations"]:
        text = text.replace(f"[{citation['number']}]", " ")
    return text


def _is_verbatim(citation: Mapping[str, Any], page_text: PageText) -> bool | None:
    text = page_text(str(citation["report"]), int(citation["page"]))
    if text is None:
        return None
    quote = str(citation["quote"])
    return bool(quote) and text[citation["start"] : citation["end"]] == quote


def pages_in(corpus: Path) -> PageText:
    """Look up pages of the reports as they lie in *corpus* now.

    A text file in Unicode is its own one page, decoded here so that a slip of
    ingest's shows; other files are read with ingest's readers, which define
    their text. Files that are gone or unreadable are unknown (None).
    """

    @lru_cache(maxsize=256)
    def pages(report: str) -> dict[int, str] | None:
        try:
            source = read_source(corpus, report)
            text = _unicode(source.data) if report.endswith((".txt", ".md")) else None
            if text is not None:
                return {1: text}
            return {page.number: page.text for page in read_document(source).pages}
        except (UnreadableReportError, OSError):
            return None

    def page_text(report: str, page: int) -> str | None:
        known = pages(report)
        return None if known is None else known.get(page, "")

    return page_text


def _unicode(data: bytes) -> str | None:
    """The text of UTF-8 or UTF-16 with its mark; None for anything else."""
    utf16 = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        return None


def judge_all(
    questions: Sequence[Question],
    answers: Mapping[str, AnswerJson],
    corpus: Path,
    found: Found | None = None,
) -> list[Verdict]:
    """A verdict for each question; every one must have been answered.

    found: what the search gave; without it retrieval is not measured.

    Raises BadInputError for questions without an answer or answers that lack a
    field.
    """
    if missing := [q.id for q in questions if q.id not in answers]:
        raise BadInputError(
            f"{len(missing)} questions have no answer in this run, first {missing[0]}: "
            "run the set again"
        )
    page_text = pages_in(corpus)
    rankings = of_run(questions, found or Found())
    verdicts = []
    for question in questions:
        answer = answers[question.id]
        try:
            verdict = judge(question, answer, page_text)
            ranking = rankings.get(question.id)
            cause = _cause(question, verdict, answer, ranking)
        except (KeyError, TypeError, ValueError) as error:
            raise BadInputError(
                f"the answer to {question.id} is not an Answer ({error!r})"
            ) from error
        rank, values = (ranking.rank, ranking.values) if ranking else (None, {})
        verdicts.append(replace(verdict, gold_rank=rank, retrieval=values, cause=cause))
    return verdicts


def _cause(
    question: Question, verdict: Verdict, answer: AnswerJson, ranking: Ranking | None
) -> str:
    """Where a miss began: the first step of the way that went wrong."""
    if verdict.outcome == "right":
        return ""
    if not question.answerable:
        return "answered"
    if verdict.right:
        return "miscited"
    if ranking and not ranking.relevant:
        return "no passage"
    if ranking and ranking.rank is None:
        return "not found"
    if verdict.abstained:
        return "refused"
    quote = str(answer["citations"][0]["quote"]) if answer["citations"] else ""
    golds = (*question.answers, *question.all)
    quoted = any(says(quote, gold, apart=True) for gold in golds)
    return "wrong part" if quoted else "wrong sentence"
