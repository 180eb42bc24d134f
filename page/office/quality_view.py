"""The Quality tab as HTML: the last run of the evals, and what readers said."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import urlencode

from babel.numbers import format_percent
from pydantic import TypeAdapter, ValidationError

from answer.records import Citation
from page.links import citation_link
from page.office.reports_view import SLOT, button, moment
from page.office.runs import Run
from page.texts import Words, local_number
from page.texts_office import OfficeWords
from page.texts_quality import QualityWords, quality_words

_CITATION: TypeAdapter[Citation] = TypeAdapter(Citation)
MISSES = 40
A_REFUSAL = "(a refusal)"  # how a run says that no report holds the answer


def quality_document(
    run: Run | None,
    feedback: Sequence[Mapping[str, Any]],
    office: OfficeWords,
    words: Words,
    *,
    edits: bool,
) -> str:
    """The tab's content. Feedback names readers, so only editors are shown it."""
    own = quality_words(words.language)
    parts = [f'<h2 tabindex="-1">{escape(own.quality)}</h2>']
    if edits:
        parts.append(
            f"<p>{button(own.run_now, 'office/evals', kind='main')} "
            f'<span class="quiet">{escape(own.run_hint)}</span></p>'
        )
    parts.append(SLOT)
    if run is None:
        parts.append(f"<p>{escape(own.no_run)}</p>")
    else:
        parts.append(_run(run, own, office, words))
    if edits:
        parts.append(_feedback(feedback, own, office))
    return "".join(parts)


def _run(run: Run, own: QualityWords, office: OfficeWords, words: Words) -> str:
    summary = run.summary
    when, rest = own.run_of.split("{when}")
    about = rest.format(
        generation=summary.get("generation", "–"), encoder=summary.get("encoder", "–")
    )
    out = f"<p>{escape(when)}{moment(str(summary.get('made_at', run.name)))}"
    out += f"{escape(about)}</p>"
    if run.has_report:
        query = {"name": run.name, "lang": words.language}
        address = f"office/run?{urlencode(query)}"
        out += (
            f'<p><a href="{escape(address)}" target="_blank" rel="noopener">'
            f'{escape(own.full_report)}<span class="unseen"> '
            f"({escape(office.opens_new)})</span></a></p>"
        )
    out += _totals(summary.get("totals"), own, words)
    return (
        out + _slices(summary.get("slices"), own, words) + _misses(summary, own, office)
    )


def _totals(totals: Any, own: QualityWords, words: Words) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(_measure(name, own))}</th>'
        f'<td class="number" data-label="{escape(own.value)}">'
        f"{_share(found.get('value'), words)}</td>"
        f'<td class="number" data-label="{escape(own.interval)}">'
        f"{_interval(found, words)}</td>"
        f'<td class="number" data-label="{escape(own.asked)}">'
        f"{_count(found.get('n'), words)}</td></tr>"
        for name, found in _items(totals)
    )
    heads = (own.measure, own.value, own.interval, own.asked)
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    return (
        f'<table class="stack"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _slices(slices: Any, own: QualityWords, words: Words) -> str:
    out = ""
    for dimension, groups in (slices if isinstance(slices, dict) else {}).items():
        if not isinstance(groups, list) or not groups:
            continue
        measures = list(dict(_items(groups[0].get("measures"))))[:5]
        heads = ["", own.asked, *(_measure(name, own) for name in measures)]
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
        rows = "".join(
            _slice(group, str(dimension), measures, own, words) for group in groups
        )
        name = own.dimensions.get(str(dimension), str(dimension))
        out += (
            f"<h4>{escape(own.by.format(dimension=name))}</h4>"
            '<div class="scroll" tabindex="0" role="region" '
            f'aria-label="{escape(name)}"><table><thead><tr>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table></div>"
        )
    if not out:
        return ""
    return f"<details><summary>{escape(own.slices)}</summary>{out}</details>"


def _slice(
    group: Mapping[str, Any],
    dimension: str,
    measures: Sequence[str],
    own: QualityWords,
    words: Words,
) -> str:
    name = str(group.get("name", ""))
    shown = own.names.get(dimension, {}).get(name, name)
    values = dict(_items(group.get("measures")))
    cells = "".join(
        f'<td class="number" data-label="{escape(_measure(name, own))}">'
        f"{_share(values.get(name, {}).get('value'), words)}</td>"
        for name in measures
    )
    return (
        f'<tr><th scope="row">{escape(shown)}</th>'
        f'<td class="number" data-label="{escape(own.asked)}">'
        f"{_count(group.get('n'), words)}</td>{cells}</tr>"
    )


def _misses(summary: Mapping[str, Any], own: QualityWords, office: OfficeWords) -> str:
    misses = [m for m in summary.get("misses") or [] if isinstance(m, dict)]
    items = "".join(_miss(miss, own) for miss in misses[:MISSES])
    if (more := len(misses) - MISSES) > 0:
        items += f"<li>{escape(office.and_more.format(count=more))}</li>"
    inner = f'<ul class="misses">{items}</ul>' if items else f"<p>{own.no_misses}</p>"
    return (
        f"<details><summary>{escape(own.misses)} ({len(misses)})</summary>"
        f'<p class="quiet">{escape(own.misses_hint)}</p>{inner}</details>'
    )


def _miss(miss: Mapping[str, Any], own: QualityWords) -> str:
    verdict = str(miss.get("verdict", ""))
    gold = miss.get("gold")
    expected = own.a_refusal if gold == A_REFUSAL else str(gold or "–")
    cause = str(miss.get("cause", ""))
    return (
        f"<li><strong>{escape(str(miss.get('question', '')))}</strong>"
        f'<span class="note">{escape(own.verdicts.get(verdict, verdict))}'
        f" · {escape(own.causes.get(cause, cause))}"
        f" · {escape(own.expected)}: {escape(expected)}"
        f" · {escape(own.got)}: {escape(str(miss.get('short') or '–'))}"
        f" · {escape(str(miss.get('report') or ''))}</span></li>"
    )


def _feedback(
    feedback: Sequence[Mapping[str, Any]], own: QualityWords, office: OfficeWords
) -> str:
    out = (
        f"<h3>{escape(own.feedback)}</h3>"
        f'<p class="quiet">{escape(own.feedback_hint)}</p>'
    )
    if not feedback:
        return out + f"<p>{escape(own.no_feedback)}</p>"
    items = "".join(_entry(entry, own, office) for entry in feedback[:100])
    draft = button(own.to_questions, "office/questions")
    return (
        f'{out}<ul class="feedback">{items}</ul><p>{draft} '
        f'<span class="quiet">{escape(own.to_questions_hint)}</span></p>'
    )


def _entry(entry: Mapping[str, Any], own: QualityWords, office: OfficeWords) -> str:
    answer = entry.get("answer") if isinstance(entry.get("answer"), dict) else {}
    assert isinstance(answer, dict)  # noqa: S101 - the line above
    short = own.refused if answer.get("abstained") else str(answer.get("short", ""))
    kind = str(entry.get("verdict", ""))
    comment = str(entry.get("comment") or "")
    state = (
        f'<span class="state done">{escape(own.settled)}</span>'
        if entry.get("done")
        else button(
            own.settle,
            f"office/settle?{urlencode({'id': str(entry.get('id', ''))})}",
            about=str(entry.get("question", ""))[:60],
        )
    )
    said = f"<q>{escape(comment)}</q>" if comment else ""
    earlier = entry.get("history") if isinstance(entry.get("history"), list) else []
    asked = " → ".join(map(str, [*(earlier or [])[-2:], entry.get("question", "")]))
    return (
        f"<li><strong>{escape(own.feedback_kinds.get(kind, kind))}</strong> "
        f"{escape(asked)} {said}{_cited(answer, office)}"
        f'<span class="note">{moment(str(entry.get("at", "")))} · '
        f"{escape(str(entry.get('user') or office.nobody))} · "
        f"{escape(own.answered)}: {escape(short)}</span> {state}</li>"
    )


def _cited(answer: Mapping[str, Any], office: OfficeWords) -> str:
    """The sentence that the answer stood on, as a link to its place in the report."""
    try:
        first = _CITATION.validate_python(answer["citations"][0])
    except (KeyError, IndexError, TypeError, ValidationError):
        return ""
    return (
        f'<span class="note"><a href="{escape(citation_link(first, office.language))}" '
        f'target="_blank" rel="noopener">“{escape(first.quote.strip())}”'
        f'<span class="unseen"> ({escape(office.opens_new)})</span></a></span>'
    )


def _items(measures: Any) -> list[tuple[str, dict[str, Any]]]:
    found = measures.items() if isinstance(measures, dict) else ()
    return [(str(name), value) for name, value in found if isinstance(value, dict)]


def _measure(name: str, own: QualityWords) -> str:
    return own.measures.get(name, name.replace("_", " "))


def _share(value: Any, words: Words) -> str:
    if not isinstance(value, int | float):
        return "–"
    return escape(format_percent(value, "0.0%", locale=words.locale))


def _count(value: Any, words: Words) -> str:
    return escape(local_number(value, words)) if isinstance(value, int) else "–"


def _interval(found: Mapping[str, Any], words: Words) -> str:
    return f"{_share(found.get('low'), words)} – {_share(found.get('high'), words)}"
