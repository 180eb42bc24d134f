"""The runs of the evals as the Quality tab shows them: the last one, its report."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index import runs
from index.records import Language
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
            return Run(folder.name, summary, (folder / runs.REPORTS["en"]).is_file())
    return None


def report_path(settings: Settings, name: str, language: Language) -> Path | None:
    """The report of the run of that *name*; None for anything else.

    In *language* where the run has it so, else in English.
    """
    if not _RUN_NAME.fullmatch(name):
        return None
    for file in (runs.REPORTS[language], runs.REPORTS["en"]):
        path = runs.kept(settings) / name / file
        if path.is_file() and not path.is_symlink():
            return path
    return None
