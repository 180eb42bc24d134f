"""Take up a new generation soon after it is there, not with the next question."""

import logging
import threading
from collections.abc import Callable

from index.errors import AssistantError

logger = logging.getLogger(__name__)

EVERY = 1.0  # seconds between two looks; each costs a fraction of a millisecond


class Follower:
    """Calls *refresh* now and then, in a thread that ends with the process.

    Questions in flight are not touched: each reads the generation it began
    with. What fails is written to the log once, and tried again.
    """

    def __init__(self, refresh: Callable[[], object], every: float = EVERY) -> None:
        self._refresh = refresh
        self._every = every
        self._ended = threading.Event()
        self._trouble = ""
        self._thread = threading.Thread(target=self._run, name="follower", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Stop; returns when the last look is over."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(self._every):
            trouble = ""
            try:
                self._refresh()
            except AssistantError as error:
                trouble = str(error)
            except Exception:  # a bug must not end the following for good
                trouble = "unexpected"
                if trouble != self._trouble:
                    logger.exception("the new generation could not be taken up")
            if trouble not in ("", "unexpected", self._trouble):
                logger.warning("no new generation is taken up: %s", trouble)
            self._trouble = trouble
