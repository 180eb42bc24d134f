"""Answers as HTML: everything shown, everything escaped, every marker a link."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs, urlsplit

from answer.others import Series
from answer.records import Answer, AnswerFigure, Citation
from index.records import Language
from page import render
from page.reply import Stage, reply
from page.texts import EN, VI
from page.texts_ask import EN as ASK_EN
from page.turns import Turn

QUOTE = "The rate of online records nationwide reached 45%, up 2.5 times."
CITATION = Citation(
    1, "a.txt", "Meeting & summary", "The Portal", None, "2025-02-06", 1, 10, 74, QUOTE
)
FIGURE = AnswerFigure(
    "45%", 45, "%", "online records", "2024", "Vietnam", "achieved", 1
)
ANSWER = Answer(
    "what was the online records rate in 2024",
    "en",
    "45%",
    "In 2024 the rate of online records reached 45% [1].",
    abstained=False,
    reason=None,
    confidence=0.9,
    citations=(CITATION,),
    figures=(FIGURE,),
)
REFUSAL = replace(
    ANSWER,
    short="",
    text="The reports give this for 2024, not for 2019 [1].",
    abstained=True,
    reason="only another period",
    figures=(),
)
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> **b** $$x$$ \"'&"


def whole(answer: Answer, page_language: Language, **more: Any) -> str:
    """The whole reply."""
    return reply(Turn(answer.question, answer, **more), page_language)


def text_of(html: str) -> str:
    """The text that a reader sees."""
    return unescape(re.sub(r"<[^>]*>", "", html))


def parsed(html: str) -> tuple[set[str], set[str]]:
    """The tags and the attributes that a browser finds."""
    tags: set[str] = set()
    attributes: set[str] = set()

    class Reader(HTMLParser):
        def handle_starttag(
            self, tag: str, attrs: list[tuple[str, str | None]]
        ) -> None:
            tags.add(tag)
            attributes.update(name for name, _ in attrs)

    Reader().feed(html)
    return tags, attributes


def test_an_answer_shows_headline_statement_chips_quote_and_source() -> None:
    """The headline comes first and alone; all that proves it follows."""
    html = whole(ANSWER, "en")

    assert '<p class="headline">45%</p>' in html
    for shown in ("Period 2024", "Place nationwide", "Status Achieved", QUOTE):
        assert shown in text_of(html)
    assert "Meeting & summary" in text_of(html)
    assert "The Portal · 6 February 2025 · page 1" in text_of(html)


def test_every_marker_is_a_link_to_its_sentence() -> None:
    """[1] carries report, page and offsets, so it still works turns later."""
    html = whole(ANSWER, "vi")

    (href,) = set(re.findall(r'<a [^>]*href="([^"?]+\?[^"]*)"', html))
    address = urlsplit(unescape(href))
    query = {key: value for key, (value,) in parse_qs(address.query).items()}
    assert address.path == "source"
    assert address.fragment == "quote"
    assert query["lang"] == "vi"
    assert (query["report"], query["start"], query["end"]) == ("a.txt", "10", "74")
    assert html.count('class="marker"') == 2  # in the statement, beside the quote


def test_nothing_from_outside_is_obeyed() -> None:
    """Tags, Markdown and LaTeX in a question or a report show as they are."""
    citation = replace(
        CITATION, title=HOSTILE, publisher=HOSTILE, report=HOSTILE, quote=HOSTILE
    )
    figure = replace(FIGURE, place=HOSTILE, period=HOSTILE)
    answer = replace(
        ANSWER,
        question=HOSTILE,
        short=HOSTILE,
        text=f"{HOSTILE} said so [1].",
        citations=(citation,),
        figures=(figure,),
    )

    html = render.turn_frame(HOSTILE, whole(answer, "en"), EN)
    html += render.notice(HOSTILE, EN) + whole(
        replace(REFUSAL, reason=HOSTILE, citations=(citation,)), "en"
    )

    tags, attributes = parsed(html)
    assert not tags & {"script", "img", "b", "strong", "em"}
    assert not {name for name in attributes if name.startswith("on")}
    assert text_of(html).count("**b** $$x$$") >= 8


def test_a_refusal_looks_different_and_says_why() -> None:
    """Not in the reports: its own box, reason, nearest evidence, no headline."""
    html = whole(REFUSAL, "en")

    assert 'class="reply refusal"' in html
    assert "headline" not in html
    for shown in ("Not in the reports", "not for 2019", "only another period"):
        assert shown in text_of(html)
    assert "Nearest evidence" in text_of(html)
    assert QUOTE in text_of(html)


def test_a_refusal_without_evidence_promises_none() -> None:
    """No heading stands above nothing."""
    html = whole(replace(REFUSAL, text="Not there.", citations=()), "en")

    assert "Nearest evidence" not in html
    assert "Sources" not in html


def test_words_around_an_answer_are_in_its_language() -> None:
    """A Vietnamese answer has Vietnamese words, and names the report's language."""
    html = whole(replace(ANSWER, language="vi"), "en")

    for shown in ("Thời kỳ 2024", "Trạng thái Đã đạt", "báo cáo tiếng Anh", "6/2/2025"):
        assert shown in text_of(html)
    assert '<q lang="en">' in html


def test_figures_of_several_periods_stand_in_a_table() -> None:
    """A comparison shows period, figure and source side by side."""
    earlier = replace(FIGURE, raw="52.80%", period="2022", citation=2)
    second = replace(CITATION, number=2, report="b.txt", quote="It is 52.80%.")
    answer = replace(ANSWER, citations=(CITATION, second), figures=(earlier, FIGURE))

    html = whole(answer, "en")

    rows = re.findall(r"<tr>(.*?)</tr>", html)[1:]
    assert [text_of(row.replace("</td>", " ")).split() for row in rows] == [
        ["2022", "52.80%", "nationwide", "Achieved", "[2]"],
        ["2024", "45%", "nationwide", "Achieved", "[1]"],
    ]


def test_the_same_figure_from_two_reports_is_one_row_of_chips() -> None:
    """Two sources for one fact do not make a table of equal rows."""
    second = replace(CITATION, number=2, report="b.txt")
    answer = replace(
        ANSWER,
        citations=(CITATION, second),
        figures=(FIGURE, replace(FIGURE, citation=2)),
    )

    assert "<table" not in whole(answer, "en")


def test_a_quote_is_not_shown_twice() -> None:
    """Where the statement is the quote, no second copy follows."""
    html = whole(replace(ANSWER, text=f"{QUOTE} [1]"), "en")

    assert text_of(html).count(QUOTE) == 1


def test_headline_and_chips_are_not_repeated_before_the_quote() -> None:
    """The command line's "45% (…): “quote” [1]" becomes headline, chips, quote."""
    text = f"45% (2024, achieved): “{QUOTE}” [1] (in English) Other periods: none."

    html = whole(replace(ANSWER, text=text), "en")

    assert text_of(html).count("45%") == 1 + QUOTE.count("45%")
    assert text_of(html).count(QUOTE) == 1
    assert "<p>Other periods: none.</p>" in html


def test_the_figure_is_found_at_a_glance_in_its_quote() -> None:
    """The whole figure in bold, not one that only ends alike."""
    quote = "It rose by 145% & 3.45% to 45%."
    citation = replace(CITATION, quote=quote)

    html = whole(replace(ANSWER, citations=(citation,)), "en")

    assert "It rose by 145% &amp; 3.45% to <b>45%</b>." in html


def test_words_in_quotation_marks_that_no_report_says_stay_in_the_statement() -> None:
    """Only what stands in a citation's quote is set as a quote."""
    html = whole(replace(ANSWER, text="“Made up” [1]."), "en")

    assert "<q" not in html
    assert "“Made up” [1]." in text_of(html)


def test_a_sentence_that_is_its_own_headline_is_shown_once() -> None:
    """Short and text with the same words are one statement with its markers."""
    answer = replace(ANSWER, short="It was decided.", text="It was decided [1].")

    html = whole(answer, "en")

    assert text_of(html).count("It was decided") == 1
    assert 'class="marker"' in html


def test_items_of_a_list_stand_on_lines_of_their_own() -> None:
    """Lines that open with a dash become list items."""
    html = whole(replace(ANSWER, text="Two:\n- one [1]\n- two [1]\nAll."), "en")

    assert html.count("<li>one ") == html.count("<li>two ") == 1
    assert "<p>All.</p>" in html


def test_missing_metadata_is_said_not_guessed() -> None:
    """No title: the file's name. No date: "date not stated"."""
    citation = replace(CITATION, title=None, publisher=None, published=None)

    html = whole(replace(ANSWER, citations=(citation,)), "en")

    assert "a.txt" in text_of(html)
    assert "date not stated" in text_of(html)


def test_trouble_stands_first_in_the_chat() -> None:
    """Nothing indexed: the reader is told before asking."""
    html = render.welcome(["a?"], VI, trouble="nothing is indexed yet")

    assert "nothing is indexed yet" in html
    assert 'role="alert"' in html


EARLIER = replace(FIGURE, raw="52.80%", value=52.8, period="2022", citation=2)
SECOND = replace(CITATION, number=2, report="b.txt", quote="It is 52.80%.")


def test_two_things_of_one_time_are_not_drawn_as_one() -> None:
    """Ministries and localities of two years are listed, not set in one row of bars."""
    ministries = [replace(FIGURE, raw=raw, value=float(raw), unit="", period=year)
                  for raw, year in (("12", "2022"), ("18", "2024"))]  # fmt: skip
    localities = [replace(f, raw=f"{f.raw}0", value=120.0) for f in ministries]
    one = whole(replace(ANSWER, figures=tuple(ministries)), "en")
    two = whole(replace(ANSWER, figures=(*ministries, *localities)), "en")
    assert "<svg" in one
    assert "<svg" not in two
    assert "<table" in two


def test_a_reply_grows_from_its_headline_and_never_changes_what_stands() -> None:
    """Each stage opens with all that the stage before has shown."""
    turn = Turn("q", ANSWER, series=Series((EARLIER, FIGURE), (SECOND,)))
    bodies = [reply(turn, "en", stage).removesuffix("</div>") for stage in Stage]

    assert "45%" in bodies[0]
    assert QUOTE not in text_of(bodies[0])
    for before, after in pairwise(bodies):
        assert after.startswith(before)


def test_other_periods_are_drawn_and_listed_with_their_sources() -> None:
    """Two columns, the answer's own marked; a row each; the number goes on."""
    html = whole(ANSWER, "en", series=Series((EARLIER, FIGURE), (SECOND,)))

    assert html.count("<rect") == 2
    assert html.count('<rect class="now"') == 1
    assert "52.80%" in text_of(html)
    assert "report=b.txt" in html
    assert ASK_EN.over_time in text_of(html)


def test_disagreement_is_a_card_of_two_rows_and_no_headline() -> None:
    """Neither figure is larger than the other; the sentence that lists them goes."""
    rival = replace(FIGURE, raw="47%", value=47, citation=2)
    second = replace(CITATION, number=2, report="b.txt", quote="It reached 47%.")
    text = (
        f"45% (2024, achieved): “{QUOTE}” [1] The reports differ: "
        "45% (2024, achieved) [1]; 47% (2024, achieved) [2]."
    )
    answer = replace(
        ANSWER, text=text, citations=(CITATION, second), figures=(FIGURE, rival)
    )

    html = whole(answer, "en")

    assert html.count('class="rival"') == 2
    assert 'class="headline"' not in html
    assert "The reports differ:" not in text_of(html)


def test_a_number_carries_its_quote_and_whence_it_is() -> None:
    """What is shown on hover and focus."""
    html = whole(ANSWER, "en")

    assert f'data-quote="{QUOTE}"' in html
    assert 'data-about="Meeting &amp; summary · The Portal' in html


def test_feedback_offers_what_fits_the_reply() -> None:
    """An answer may be wrong; a refusal may have missed what is there."""
    assert 'value="should_have_refused"' in whole(ANSWER, "en")
    assert 'value="should_have_answered"' in whole(REFUSAL, "en")
    assert 'value="wrong_figure"' not in whole(REFUSAL, "en")
    assert ASK_EN.thanks in whole(ANSWER, "en", noted=True)


def test_the_link_points_at_the_words_of_the_answer() -> None:
    """In the clause that is quoted, where a sentence has the same figure twice."""
    quote = "90% of towns have a library, 45% of villages a hall; 45% have a market."
    about = replace(CITATION, quote=quote, end=10 + len(quote))
    answer = replace(ANSWER, text="45%: “45% have a market” [1].", citations=(about,))

    links = re.findall(r'class="marker" href="([^"]*)"', whole(answer, "en"))

    (words,) = {parse_qs(urlsplit(unescape(link)).query)["words"][0] for link in links}
    at = quote.rindex("45%")
    assert words == f"{at}-{at + 3}"
