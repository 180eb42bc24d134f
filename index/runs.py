"""Where runs of the evals lie, and which is the last one, for evals and the page.

A run is a folder named for the second, in UTC, at which it began; so the last
one is told by its name, and scoring an old run again makes it no newer. A run
kept under another name is somebody's own and never the last.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from index.records import Language
from settings import Settings

SUMMARY = "summary.json"  # written last: a folder that has it is scored
REPORTS: dict[Language, str] = {"en": "report.html", "vi": "report.vi.html"}


def kept(settings: Settings) -> Path:
    """Where runs are kept unless a command names another folder."""
    return settings.var_dir / "evals"


def new_folder(settings: Settings) -> Path:
    """A folder for a run that begins now; not made yet."""
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
    return kept(settings) / stamp


def scored(settings: Settings) -> Iterator[Path]:
    """The folders of kept runs that were scored, the last one first."""
    for folder in sorted(kept(settings).glob("*T*Z"), reverse=True):
        if (folder / SUMMARY).is_file():
            yield folder
