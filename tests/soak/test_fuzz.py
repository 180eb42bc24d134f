"""Damaged files of each kind end as a report or as a reason: no crash, no hang.

A few of each kind in `make test`, 2,000 in `make soak`.
"""

import io
import os
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from evals.formats import ROWS, as_docx
from index.records import ParsedReport
from ingest.pool import end_all, read_all
from ingest.worker import Job
from settings import Limits
from tests.ingest.hostile import mutated
from tests.ingest.printed import ENGLISH, VIETNAMESE, printed

COUNT = 2_000 if "SOAK" in os.environ else 20
LIMITS = Limits(seconds=120, page_seconds=60, memory_mb=1500, readers=1)
TEXT = "\n".join((*VIETNAMESE, *ENGLISH))


@pytest.fixture(scope="module", autouse=True)
def _ended() -> Iterator[None]:
    yield
    end_all()


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.worksheets[0].append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _html() -> bytes:
    body = "".join(f"<p>{text}</p>" for text in (*VIETNAMESE, *ENGLISH))
    return f"<!doctype html><html><body>{body}</body></html>".encode()


KINDS = {
    ".pdf": lambda: printed((*VIETNAMESE, *ENGLISH), rows=ROWS),
    ".docx": lambda: as_docx((*VIETNAMESE, *ENGLISH)),
    ".xlsx": _xlsx,
    ".html": _html,
    ".txt": TEXT.encode,
    ".md": TEXT.encode,
}


@pytest.mark.parametrize("ending", KINDS)
def test_damaged_files_end_as_a_report_or_a_reason(ending: str, tmp_path: Path) -> None:
    """Never by bringing a process down, and never by a slip in our code."""
    whole = KINDS[ending]()
    jobs = []
    for seed in range(COUNT):
        name = f"{seed}{ending}"
        (tmp_path / name).write_bytes(mutated(whole, seed))
        jobs.append(Job(tmp_path, name))
    wrong = {}
    for job, result in read_all(jobs, LIMITS):
        if isinstance(result, ParsedReport):
            continue
        if any(sign in result.reason for sign in ("failed (", "down", "takes longer")):
            wrong[job.name] = result.reason
    assert wrong == {}
