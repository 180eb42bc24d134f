"""Any order of changes, crashes and restarts, against a plain dictionary."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from index.hashing import HashingEncoder
from index.search import Searcher
from index.store import Store
from index.verify import verify
from ingest.pipeline import ingest
from tests.soak.world import LONG, World

NAMES = st.sampled_from(["a.txt", "b.txt", "folder/c.txt", "d.txt"])
TEXTS = st.sampled_from(
    [
        "The land office kept 45% of its records online in 2024.",
        "The health office opened 12 counters in 2023.",
        "Văn phòng đất đai đã số hóa 80% hồ sơ trong năm 2025.",
    ]
)


class _CrashError(Exception):
    """The process would be gone now."""


class Corpus(RuleBasedStateMachine):
    """Files come, change, move and go; the index follows when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="soak-"))
        self.world = World(self.folder / "0")
        self.world.write({})
        self.files: dict[str, str] = {}  # what the corpus holds
        self.indexed: dict[str, str] = {}  # what the index holds
        self.worlds = 1
        self.store: Store | None = None
        self.searcher: Searcher | None = None

    def teardown(self) -> None:
        """Leave nothing behind."""
        if self.store:
            self.store.close()
        shutil.rmtree(self.folder)

    @rule(name=NAMES, text=TEXTS)
    def put(self, name: str, text: str) -> None:
        """Add a file, or give it another text."""
        path = self.world.settings.corpus_dir / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.files[name] = text

    @rule(name=NAMES)
    def remove(self, name: str) -> None:
        """Take a file away."""
        if self.files.pop(name, None):
            (self.world.settings.corpus_dir / name).unlink()

    @rule(name=NAMES, to=NAMES)
    def rename(self, name: str, to: str) -> None:
        """Give a file another name, over whatever had it."""
        if name in self.files:
            corpus = self.world.settings.corpus_dir
            (corpus / to).parent.mkdir(exist_ok=True)
            (corpus / name).replace(corpus / to)
            self.files[to] = self.files.pop(name)

    @rule()
    def index(self) -> None:
        """Bring the index up to date."""
        self.world.ingest()
        self.indexed = dict(self.files)

    @rule(after=st.integers(1, 8))
    def crash(self, after: int) -> None:
        """Stop an ingest at any step, and go on with what the disk held then."""
        image = self.folder / str(self.worlds)
        steps = iter(range(after - 1, -1, -1))

        def progress(*_: object, **__: object) -> None:
            if next(steps) == 0:
                # The very bytes that a process killed now would leave.
                shutil.copytree(self.world.folder, image)
                raise _CrashError

        try:
            ingest(self.world.settings, HashingEncoder, progress=progress)
            self.indexed = dict(self.files)
        except _CrashError:
            self.reopen()
            self.worlds += 1
            self.world = World(image)

    @rule()
    def reopen(self) -> None:
        """Start the app anew."""
        if self.store:
            self.store.close()
        self.store = self.searcher = None

    @invariant()
    def the_index_is_whole(self) -> None:
        """What is in is what was indexed last, and every report is found."""
        if not self.world.settings.store_path.exists():
            assert self.indexed == {}
            return
        if self.store is None or self.searcher is None:
            self.store = Store.open(self.world.settings.store_path)
            self.searcher = Searcher(self.store, HashingEncoder())
        assert verify(self.store, self.world.settings.vectors_path).problems == ()
        with self.store.snapshot() as view:
            files = view.known_files()
            texts = {
                path: "".join(page.text for page in view.pages(name))
                for path, name in files.items()
            }
            assert texts == self.indexed
            for path, text in texts.items():
                vector = HashingEncoder().questions([text])[0]
                hits = self.searcher.passages(view, vector, {}, language="en", k=1)
                (found,) = view.passages([hits[0].passage_id])
                assert found.text == text, path


TestCorpus = Corpus.TestCase
TestCorpus.settings = settings(
    max_examples=60 if LONG else 8, stateful_step_count=30 if LONG else 8, deadline=None
)
