"""A small world to be hurt: a corpus, an index of it, and what is to survive.

`SOAK=1` (`make soak`) asks for the long form of each test; the short one is
part of `make test`.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index.hashing import HashingEncoder
from index.search import Searcher
from index.store import Store
from index.verify import verify
from ingest.pipeline import Summary, ingest
from settings import ROOT, Settings, read_settings

LONG = bool(os.environ.get("SOAK"))
Reports = dict[str, str]  # path in the corpus → text

BEFORE: Reports = {
    f"{office}.txt": f"The {office} office kept {number} records online in 2023. "
    f"It plans to open {number + 7} counters in 2025."
    for number, office in enumerate(["land", "health", "school", "water"], 41)
}
AFTER: Reports = BEFORE | {
    "health.txt": "The health office kept 52.80% of its records online in 2024.",
    "harbour.txt": "The harbour office counted 1,200 ships in 2024.\n" * 2,
    "roads.txt": "The roads office mended 330 km of roads in 2024.",
}
del AFTER["water.txt"]


@dataclass(frozen=True)
class World:
    """A corpus and an index in a folder of their own."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to work on this world."""
        return {
            **os.environ,
            "OMP_NUM_THREADS": "1",
            "PYTHONPATH": str(ROOT),
            "REPORTS_ENCODER": "hashing",
            "REPORTS_CORPUS_DIR": str(self.folder / "corpus"),
            "REPORTS_VAR_DIR": str(self.folder / "var"),
        }

    @property
    def settings(self) -> Settings:
        """Where all lies."""
        return read_settings(self.environment)

    def write(self, reports: Reports) -> None:
        """Make the corpus hold just these."""
        corpus = self.settings.corpus_dir
        shutil.rmtree(corpus, ignore_errors=True)
        corpus.mkdir(parents=True)
        for name, text in reports.items():
            (corpus / name).write_text(text, encoding="utf-8")

    def ingest(self) -> Summary:
        """Bring the index up to date, in this process."""
        return ingest(self.settings, HashingEncoder)

    def run(
        self, *arguments: str, more: Mapping[str, str] | None = None
    ) -> "subprocess.Popen[bytes]":
        """Start Python on *arguments* in this world."""
        return subprocess.Popen(
            [sys.executable, *arguments],
            env=self.environment | dict(more or {}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def finish(self, *arguments: str, more: Mapping[str, str] | None = None) -> None:
        """Run Python on *arguments* in this world; it must succeed."""
        process = self.run(*arguments, more=more)
        _, said = process.communicate(timeout=300)
        assert process.returncode == 0, said

    def copy(self, folder: Path) -> "World":
        """Return the same world elsewhere."""
        shutil.copytree(self.folder, folder)
        return World(folder)

    def reports(self) -> Reports:
        """Return what the index holds, after a check that it is whole."""
        store = Store.open(self.settings.store_path)
        try:
            found = verify(store, self.settings.vectors_path)
            assert found.problems == ()
            with store.snapshot() as view:
                return {
                    path: "\f".join(page.text for page in view.pages(name))
                    for path, name in view.known_files().items()
                }
        finally:
            store.close()

    def answers(self, reports: Reports) -> None:
        """Check that each report is found by its own words, and quoted from it."""
        store = Store.open(self.settings.store_path)
        encoder = HashingEncoder()
        searcher = Searcher(store, encoder, self.settings.vectors_path)
        try:
            with store.snapshot() as view:
                for path, text in reports.items():
                    words = text.split(". ")[0].split()
                    vector = encoder.questions([" ".join(words)])[0]
                    hits = searcher.passages(
                        view, vector, {"en": words}, language="en", k=1
                    )
                    (best,) = view.passages([hits[0].passage_id])
                    assert best.report == view.known_files()[path]
                    assert best.text in text
        finally:
            store.close()

    def check(self, *allowed: Reports) -> None:
        """Require a whole index of one of the *allowed* states that answers."""
        found = self.reports()
        assert found in allowed
        self.answers(found)

    def check_finishes(self, reports: Reports) -> None:
        """Require that the next ingest does the work, and the one after nothing."""
        self.ingest()
        self.check(reports)
        again = self.ingest()
        assert sorted(again.unchanged) == sorted(reports)
