"""How much one file may take while it is read, known to whoever reads it.

Readers ask `watch()`; whoever starts the reading sets it with `watched`.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from settings import Limits


@dataclass(frozen=True, slots=True)
class Watch:
    """The limits of one file, and the clock since its reading began.

    tick: called after each page or step, so that who waits knows it goes on.
    plain: read with the least that can go wrong: the second try after a crash.
    """

    limits: Limits = field(default_factory=Limits)
    tick: Callable[[], None] = lambda: None
    plain: bool = False
    began: float = field(default_factory=time.monotonic)

    def left(self) -> float:
        """Return the seconds that are left for this file, with some in reserve."""
        return 0.9 * self.limits.seconds - (time.monotonic() - self.began)


_current: ContextVar[Watch | None] = ContextVar("watch", default=None)


def watch() -> Watch:
    """Return the watch of the file being read; a fresh one if nobody set any."""
    return _current.get() or Watch()


@contextmanager
def watched(now: Watch) -> Iterator[None]:
    """Let readers within the block know *now*."""
    token = _current.set(now)
    try:
        yield
    finally:
        _current.reset(token)
