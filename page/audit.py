"""Who changed what: a log in `audit.jsonl` that only grows.

One JSON line a deed: when, who, from where, what and which. The page never
rewrites the file; an operator may move it away.
"""

from collections import deque
from datetime import UTC, datetime
from typing import Any

from page import journal
from page.access.person import Person
from settings import Settings

FILE = "audit.jsonl"
SHOWN = 200


def note(settings: Settings, person: Person, deed: str, what: str = "") -> None:
    """Add a line: *person* did *deed* to *what* (a report's name, mostly)."""
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "user": person.name,
        "role": person.role,
        "address": person.address,
        "deed": deed,
        "what": what[:1000],
    }
    journal.append(settings.var_dir / FILE, line)


def latest(settings: Settings, count: int = SHOWN) -> list[dict[str, Any]]:
    """The last *count* lines, newest first."""
    return list(deque(journal.entries(settings.var_dir / FILE), maxlen=count))[::-1]
