"""Slow down whoever guesses: after a few failures each try has to wait."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

FREE = 5  # failures before the first wait: people mistype
FIRST = 2.0  # seconds; doubles with each further failure
FORGET = 3600.0  # seconds after the last failure
MOST = 10_000  # keys kept; the longest quiet ones go first


class Throttle:
    """Counts failures by key: an address, or a name somebody tries."""

    def __init__(
        self, longest: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """longest: seconds that a key waits at most."""
        self._longest = longest
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def wait(self, key: str) -> float:
        """Seconds until *key* may try again; 0 if it may now."""
        with self._lock:
            count, last = self._failures.get(key, (0, 0.0))
        if count < FREE:
            return 0.0
        pause = min(FIRST * 2.0 ** min(count - FREE, 30), self._longest)
        return max(0.0, last + pause - self._clock())

    def failed(self, key: str) -> None:
        """Note a failure of *key*."""
        now = self._clock()
        with self._lock:
            count, last = self._failures.pop(key, (0, now))
            self._failures[key] = (1 if now - last > FORGET else count + 1, now)
            while len(self._failures) > MOST:
                self._failures.popitem(last=False)

    def again(self, key: str) -> None:
        """Let the wait of *key* begin now: checking took a while."""
        with self._lock:
            if key in self._failures:
                self._failures[key] = (self._failures[key][0], self._clock())

    def succeeded(self, key: str) -> None:
        """Forget the failures of *key*."""
        with self._lock:
            self._failures.pop(key, None)
