"""The panel's pages: one report with its sentence marked, or all reports.

They are ordinary documents of their own, shown in a frame beside the chat: no
script, no Gradio, a policy that allows nothing but our style sheet. So a link
to a sentence also works in a new tab.
"""

from collections.abc import Sequence
from html import escape
from urllib.parse import urlsplit

from index.records import Page, Report
from page.links import QUOTE_ID, Stretch, list_link, picture_link, report_link
from page.said import told
from page.sheets import Sheet
from page.texts import Words, counted, day_words

LISTED = 200  # reports in the list; beyond that nobody reads on


def report_document(
    report: Report,
    page: Page,
    marked: Stretch | None,
    words: Words,
    *,
    moved: bool = False,
    more: bool = False,
    picture: Sheet | None = None,
    strong: Sequence[Stretch] = (),
) -> str:
    """A page of a report.

    marked: the stretch of the page to highlight. strong: in it, the answer's words.
    moved: a sentence was asked for and no longer stands there; say so.
    more: the report has a page after this one.
    picture: the page as printed; then its text is folded away below.
    """
    warning = f'<p class="moved">{escape(words.quote_moved)}</p>' if moved else ""
    return _document(
        report.title or report.name,
        f"<header><h1>{escape(report.title or report.name)}</h1>"
        f"{_facts(report, page, words, more=more)}"
        f"<nav>{_back(words)}{_original(report.url, words)}</nav></header>{warning}"
        f"{_body(report, page, marked, strong, words, picture)}"
        f"{_page_links(report, page.number, words, more=more)}",
        words,
    )


def _body(
    report: Report,
    page: Page,
    marked: Stretch | None,
    strong: Sequence[Stretch],
    words: Words,
    picture: Sheet | None,
) -> str:
    anchor = not (picture and picture.boxes)
    # Lines of a PDF are layout, lines of a text file are paragraphs.
    lines = "lines" if report.name.lower().endswith(".pdf") else "paragraphs"
    text = (
        f'<div class="{lines}" lang="{report.language}">'
        f"{marked_text(page.text, marked, strong, anchor=anchor)}</div>"
    )
    if picture is None:
        return f"<main>{text}</main>"
    return (
        f"<main>{_framed(report, page, picture, words)}"
        f"<details{' open' * anchor}><summary>{escape(words.page_text)}</summary>"
        f"{text}</details></main>"
    )


def _framed(report: Report, page: Page, picture: Sheet, words: Words) -> str:
    """The page's picture, the quoted lines in frames; the text below says the same."""
    wide, high = picture.size
    boxes = [(box, "") for box in picture.boxes]
    boxes += [(box, ' class="strong"') for box in picture.strong]
    target = f' id="{QUOTE_ID}"'
    frames = "".join(
        f'<rect{target * (i == 0)}{kind} x="{box.x0 * wide - 4:.1f}" '
        f'y="{box.y0 * high - 2:.1f}" width="{(box.x1 - box.x0) * wide + 8:.1f}" '
        f'height="{(box.y1 - box.y0) * high + 4:.1f}"/>'
        for i, (box, kind) in enumerate(boxes)
    )
    name = words.page_picture.format(number=page.number)
    address = escape(picture_link(report.name, page.number))
    return (
        f'<svg class="sheet" viewBox="0 0 {wide} {high}" role="img" '
        f'aria-label="{escape(name)}"><image href="{address}" width="{wide}" '
        f'height="{high}"/>{frames}</svg>'
    )


def list_document(reports: Sequence[Report], words: Words) -> str:
    """All reports that can be asked, newest first."""
    by_name = sorted(reports, key=lambda report: report.name)
    newest = sorted(by_name, key=lambda report: report.published or "", reverse=True)
    items = "".join(
        f'<li><a href="{escape(report_link(report.name, 1, words.language))}">'
        f"{escape(report.title or report.name)}</a>"
        f"<span>{escape(_publisher_and_date(report, words))}</span></li>"
        for report in newest[:LISTED]
    )
    if (more := len(newest) - LISTED) > 0:
        items += f"<li>{escape(counted(words.reports_more, more, words))}</li>"
    return _document(
        words.reports_heading,
        f'<header><h1>{escape(words.reports_heading)}</h1><p class="hint">'
        f'{escape(words.reports_hint)}</p></header><ul class="reports">{items}</ul>',
        words,
    )


def message_document(message: str, words: Words) -> str:
    """A page that only says why there is nothing to show."""
    return _document(
        words.source_label,
        f"<nav>{_back(words)}</nav>"
        f'<p class="moved">{escape(told(message, words.language))}</p>',
        words,
    )


def marked_text(
    text: str,
    marked: Stretch | None,
    strong: Sequence[Stretch] = (),
    *,
    anchor: bool = True,
) -> str:
    """*text* as paragraphs, one a line, the stretch *marked* within `<mark>`.

    A stretch over several lines is marked in each; the first carries the id
    that links point to, if *anchor*. strong: what in it is set in bold, in order.
    """
    start, end = marked or (0, 0)
    target = f' id="{QUOTE_ID}"' if anchor else ""
    out: list[str] = []
    at = 0
    for line in text.split("\n"):
        first = min(max(start - at, 0), len(line))
        last = min(max(end - at, first), len(line))
        if first < last:
            inner = (
                f"{escape(line[:first])}<mark{target}>"
                f"{bold(line[first:last], strong, at + first)}</mark>"
                f"{escape(line[last:])}"
            )
            target = ""
        else:
            inner = escape(line)
        if line.strip():
            out.append(f"<p>{inner}</p>")
        at += len(line) + 1
    return "".join(out)


def bold(text: str, strong: Sequence[Stretch], at: int = 0) -> str:
    """*text* as HTML, the stretches *strong* in bold.

    strong: in order; they count from where *text* is *at*.
    """
    out, done = "", 0
    for start, end in strong:
        first, last = max(start - at, done), min(end - at, len(text))
        if first < last:
            out += f"{escape(text[done:first])}<b>{escape(text[first:last])}</b>"
            done = last
    return out + escape(text[done:])


def _facts(report: Report, page: Page, words: Words, *, more: bool) -> str:
    facts = [
        (words.publisher, report.publisher or words.not_stated),
        (words.published, _date(report, words)),
    ]
    if report.title:  # else the heading names the file
        facts.append((words.file, report.name))
    if more or page.number > 1:
        facts.append((words.page, str(page.number)))
    rows = "".join(
        f"<div><dt>{escape(key)}</dt><dd>{escape(value)}</dd></div>"
        for key, value in facts
    )
    return f"<dl>{rows}</dl>"


def _back(words: Words) -> str:
    return (
        f'<a href="{escape(list_link(words.language))}">'
        f"← {escape(words.all_reports)}</a>"
    )


def _original(url: str | None, words: Words) -> str:
    """A link to where the report was published; only to the web."""
    if not url or urlsplit(url).scheme not in ("http", "https"):
        return ""
    return (
        f'<a class="original" href="{escape(url)}" target="_blank" '
        f'rel="noopener noreferrer">{escape(words.original)} ↗</a>'
    )


def _publisher_and_date(report: Report, words: Words) -> str:
    return " · ".join(filter(None, (report.publisher, _date(report, words))))


def _date(report: Report, words: Words) -> str:
    return day_words(report.published, words) if report.published else words.no_date


def _page_links(report: Report, number: int, words: Words, *, more: bool) -> str:
    neighbours = [
        (number - 1, words.earlier_page, number > 1),
        (number + 1, words.later_page, more),
    ]
    links = [
        f'<a href="{escape(report_link(report.name, to, words.language))}">'
        f"{escape(label)}</a>"
        for to, label, exists in neighbours
        if exists
    ]
    return f"<nav>{' '.join(links)}</nav>" if links else ""


def _document(title: str, body: str, words: Words) -> str:
    return (
        f'<!doctype html><html lang="{words.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title>"
        '<link rel="stylesheet" href="source.css"></head>'
        f"<body>{body}</body></html>"
    )
