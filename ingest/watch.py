"""Follow the corpus folder, and index what changed once it is fully written."""

import time
from collections.abc import Callable
from pathlib import Path

from watchfiles import Change, DefaultFilter
from watchfiles import watch as changes_in

from index.errors import BadInputError
from ingest.load import is_report

SETTLED = 1.0  # seconds that a file must keep its size and date
_LOOK = 0.25  # seconds between two looks at a file that grows
_ANYWAY = 30.0  # seconds after which is looked without word, as of a network disk
_TICK = 500  # milliseconds between two questions whether to go on


class _Reports(DefaultFilter):
    """Reports and side files; what an editor leaves for a moment is passed over."""

    def __init__(self, corpus: Path) -> None:
        self._corpus = corpus
        super().__init__()

    def __call__(self, change: Change, path: str) -> bool:
        name = Path(path).relative_to(self._corpus).as_posix()
        side_file = name.endswith(".toml") and is_report(name.removesuffix(".toml"))
        return super().__call__(change, path) and (is_report(name) or side_file)


def watch(
    corpus: Path,
    ingest: Callable[[], object],
    *,
    settled: float = SETTLED,
    on: Callable[[], bool] = lambda: True,
) -> None:
    """Call *ingest* at once, and whenever the folder has changed and come to rest.

    ingest: deals with its own failures; the next change calls it again.
    settled: seconds that all files must stay as they are, so that none is read
        half written.
    on: asked now and then whether to go on.

    Returns when *on* says no. Raises BadInputError if there is no such folder,
    KeyboardInterrupt as it comes.
    """
    corpus = corpus.resolve()
    if not corpus.is_dir():
        raise BadInputError(
            f"there is no corpus folder {corpus}: create it, or name another with "
            "--corpus or REPORTS_CORPUS_DIR."
        )
    taken: _State | None = None
    looked = float("-inf")
    for changes in changes_in(
        corpus,
        watch_filter=_Reports(corpus),
        debounce=200,
        rust_timeout=_TICK,
        yield_on_timeout=True,
        raise_interrupt=True,
    ):
        if not on():
            return
        if changes or time.monotonic() - looked > _ANYWAY:
            state = _at_rest(corpus, settled)
            if state != taken:
                ingest()
            taken, looked = state, time.monotonic()


_State = dict[str, tuple[int, int]]


def _at_rest(corpus: Path, settled: float) -> _State:
    """Wait until no file has changed for *settled* seconds; sizes and dates then."""
    state, since = _state(corpus), time.monotonic()
    while time.monotonic() - since < settled:
        time.sleep(min(_LOOK, settled))
        if (now := _state(corpus)) != state:
            state, since = now, time.monotonic()
    return state


def _state(corpus: Path) -> _State:
    found: _State = {}
    for path in corpus.rglob("*"):
        try:
            status = path.stat()
        except OSError:
            continue  # it has just gone
        found[str(path)] = (status.st_size, status.st_mtime_ns)
    return found
