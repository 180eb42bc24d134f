"""How far a long piece of work has come, told while it is done."""

from typing import Protocol


class Progress(Protocol):
    """Is told of each step: what is done, how much of it, and with which report."""

    def __call__(
        self, step: str, done: int, total: int, report: str | None = None
    ) -> None:
        """Take note of *done* of *total*."""


def silent(step: str, done: int, total: int, report: str | None = None) -> None:
    """Take no note."""
