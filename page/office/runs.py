"""The runs of the evals on the disk: the newest one, its totals and report."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from settings import Settings

SUMMARY = "summary.json"
REPORT = "report.html"
_RUN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,80}")


@dataclass(frozen=True, slots=True)
class Run:
    """A scored run of the evals."""

    name: str  # of its folder
    summary: dict[str, Any]
    has_report: bool


def runs_folder(settings: Settings) -> Path:
    """Where runs lie."""
    return settings.var_dir / "evals"


def new_run(settings: Settings) -> Path:
    """The folder for a run that begins now; not made yet."""
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
    return runs_folder(settings) / stamp


def last_run(settings: Settings) -> Run | None:
    """The newest run that was scored; None if there is none to read."""
    found = runs_folder(settings).glob(f"*/{SUMMARY}")
    for path in sorted(found, key=lambda path: path.stat().st_mtime, reverse=True):
        try:
            summary = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(summary, dict):
            folder = path.parent
            return Run(folder.name, summary, (folder / REPORT).is_file())
    return None


def report_path(settings: Settings, name: str) -> Path | None:
    """The report of the run of that *name*; None for anything else."""
    if not _RUN_NAME.fullmatch(name):
        return None
    path = runs_folder(settings) / name / REPORT
    return path if path.is_file() and not path.is_symlink() else None
