"""What a reader can do with an answer: take it away, ask again, say it is wrong.

Word and CSV are one ordinary form, which sends the turn as the browser has it;
the other buttons are obeyed by `page/ask/`.
"""

from html import escape
from urllib.parse import urlencode

from page.texts import Words
from page.texts_ask import AskWords, ask_words
from page.turns import Turn, as_kept

ANSWERED = ("wrong_figure", "wrong_source", "should_have_refused")
REFUSED = ("should_have_answered", "wrong_source")


def tools(turn: Turn, words: Words) -> str:
    """The row of tools and the feedback form, in the language of the page."""
    own = ask_words(words.language)
    kept = escape(as_kept(turn))
    csv = (
        f'<button formaction="take.csv">{escape(own.csv)}</button>'
        if turn.answer and turn.answer.figures
        else ""
    )
    return (
        f'<form class="tools" method="post" action="take.docx" lang="{words.language}">'
        f'<input type="hidden" name="turn" value="{kept}">'
        f'<input type="hidden" name="lang" value="{words.language}">'
        f'<button type="button" data-act="copy">{escape(own.copy)}</button>'
        f"<button>{escape(own.word)}</button>{csv}"
        f'<a href="?{escape(question_link(turn))}" data-act="link">'
        f"{escape(own.link)}</a>"
        f'<span class="redo"><button type="button" data-act="retry">'
        f"{escape(own.retry)}</button>"
        f'<button type="button" data-act="edit">{escape(own.edit)}</button></span>'
        f"</form>{_feedback(turn, words, own)}"
    )


def question_link(turn: Turn) -> str:
    """The query that asks the question of *turn* again, with its filters.

    A follow-up asks first what it follows, or it would be another question.
    """
    filters = turn.filters
    given = [
        *(("q", question) for question in (*turn.before, turn.question)),
        ("period", filters.period),
        ("publisher", filters.publisher),
        ("language", filters.language),
        *(("report", name) for name in filters.reports),
    ]
    return urlencode([(key, value) for key, value in given if value])


def _feedback(turn: Turn, words: Words, own: AskWords) -> str:
    language = words.language
    if turn.noted:
        return f'<p class="thanks" lang="{language}">{escape(own.thanks)}</p>'
    refused = turn.answer is not None and turn.answer.abstained
    choices = "".join(
        f'<label><input type="radio" name="verdict" value="{verdict}" required> '
        f"{escape(own.verdicts[verdict])}</label>"
        for verdict in (REFUSED if refused else ANSWERED)
    )
    return (
        f'<details class="feedback" lang="{language}">'
        f"<summary>{escape(own.feedback)}</summary>"
        f'<form data-act="feedback"><fieldset><legend>{escape(own.feedback_what)}'
        f"</legend>{choices}</fieldset>"
        f'<label class="comment">{escape(own.comment)}'
        f'<textarea name="comment" rows="2" maxlength="2000"></textarea></label>'
        f"<button>{escape(own.send_feedback)}</button></form></details>"
    )
