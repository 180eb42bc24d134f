"""The runs of the evals as the Quality tab shows them: the last one, its report."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index import runs
from settings import Settings

_RUN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,80}")


@dataclass(frozen=True, slots=True)
class Run:
    """A scored run of the evals."""

    name: str  # of its folder
    summary: dict[str, Any]
    has_report: bool


def last_run(settings: Settings) -> Run | None:
    """The last run that was scored; None if there is none to read."""
    for folder in runs.scored(settings):
        try:
            summary = json.loads((folder / runs.SUMMARY).read_text("utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(summary, dict):
            return Run(folder.name, summary, (folder / runs.REPORT).is_file())
    return None


def report_path(settings: Settings, name: str) -> Path | None:
    """The report of the run of that *name*; None for anything else."""
    if not _RUN_NAME.fullmatch(name):
        return None
    path = runs.kept(settings) / name / runs.REPORT
    return path if path.is_file() and not path.is_symlink() else None
