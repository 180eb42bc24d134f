"""Damaged files of each kind end as a report or as a reason: no crash, no hang.

A few of each kind in `make test`, 2,000 in `make soak`.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.pool import end_all
from tests.soak.fuzz import KINDS, read_damaged

COUNT = 2_000 if "SOAK" in os.environ else 16
SLOW = {"scan.pdf": 2}  # files of a kind in `make test` whose reading takes a second


@pytest.fixture(scope="module", autouse=True)
def _ended() -> Iterator[None]:
    yield
    end_all()


@pytest.mark.parametrize("kind", KINDS)
def test_damaged_files_end_as_a_report_or_a_reason(kind: str, tmp_path: Path) -> None:
    """Never by bringing a process down, and never by a slip in our code."""
    count = COUNT if "SOAK" in os.environ else SLOW.get(kind, COUNT)
    outcome = read_damaged(kind, range(count), tmp_path)
    assert outcome.wrong == {}
    assert outcome.read + outcome.refused == count
