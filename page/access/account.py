"""Who is logged in, and the way out, for the top of the page."""

from html import escape

from index.records import Language
from page.access.person import Person
from page.access.words import login_words


def account(person: Person, language: Language) -> str:
    """Name and log-out button as HTML; nothing where nobody logs in."""
    if not person.name:
        return ""
    words = login_words(language)
    role = words.roles[person.role]
    return (
        '<form class="account" method="post" action="logout">'
        f"<span>{escape(person.name)} ({escape(role)})</span>"
        f"<button>{escape(words.leave)}</button></form>"
    )
