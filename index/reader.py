"""What all questions to a snapshot rest on: its generation, and rows of SQL."""

import sqlite3
from dataclasses import fields
from typing import Any


class Reader:
    """Reads one generation. For one thread at a time, and until `end`."""

    generation: int  # 0 before the first report
    token: str  # names this generation of this very history; "" before the first
    encoder: str | None
    dim: int | None

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection: sqlite3.Connection | None = connection
        self.encoder, self.dim = self._one("SELECT encoder, dim FROM meta")
        last = self.select(
            "SELECT number, token FROM generations ORDER BY number DESC LIMIT 1"
        )
        self.generation, self.token = last[0] if last else (0, "")

    def end(self) -> None:
        """Refuse further questions: the snapshot is over."""
        self._connection = None

    def select(self, sql: str, *values: Any) -> list[Any]:
        """Return the rows of one SELECT, for a module that asks questions of its own.

        Raises RuntimeError once the snapshot is over.
        """
        return self.connection.execute(sql, values).fetchall()

    @property
    def connection(self) -> sqlite3.Connection:
        """The snapshot's own; RuntimeError once it is over."""
        if self._connection is None:
            raise RuntimeError("the snapshot has ended; read inside its `with`")
        return self._connection

    def _one(self, sql: str) -> Any:
        return self.select(sql)[0]


def columns_of(record: type, table: str) -> str:
    """Return the columns of a record's fields, in their order, as SQL."""
    return ", ".join(f'{table}."{field.name}"' for field in fields(record))
