"""Who is logged in: kept in memory only.

A restart of the page logs everyone out, and nothing on the disk can be stolen
to log in with. The cookie holds a random token; here lies only its hash.
"""

import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

from page.users import User, Users

IDLE = 2 * 3600.0  # seconds without a request
ABSOLUTE = 12 * 3600.0  # seconds since the log-in: a working day
MOST = 10_000  # sessions; the longest quiet ones end first


@dataclass(frozen=True, slots=True)
class _Session:
    user: User  # as it was at log-in: a new password or role ends the session
    began: float
    seen: float


class Sessions:
    """The open sessions of one page."""

    def __init__(
        self, users: Users, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._users = users
        self._clock = clock
        self._lock = threading.Lock()
        self._open: OrderedDict[str, _Session] = OrderedDict()

    def begin(self, user: User) -> str:
        """Open a session; return the token for the cookie."""
        token = secrets.token_urlsafe(32)
        now = self._clock()
        with self._lock:
            self._open[_key(token)] = _Session(user, now, now)
            while len(self._open) > MOST:
                self._open.popitem(last=False)
        return token

    def user(self, token: str) -> User | None:
        """Whose session it is, None if it has ended; counts as a sign of life."""
        key, now = _key(token), self._clock()
        with self._lock:
            session = self._open.pop(key, None)
            if session is None:
                return None
            if now - session.seen > IDLE or now - session.began > ABSOLUTE:
                return None
            if self._users.find(session.user.name) != session.user:
                return None
            self._open[key] = replace(session, seen=now)
            return session.user

    def end(self, token: str) -> None:
        """Close a session."""
        with self._lock:
            self._open.pop(_key(token), None)


def _key(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
