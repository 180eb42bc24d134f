"""Which passages a search may find: columns of the store, held in memory.

`View.passage_ids` gives the same by SQL, which for a filter that half of a
million passages pass takes most of a second. Here it takes milliseconds; a
test holds the two together. Costs 16 bytes a passage and 24 a dated figure.
"""

# SQL here is put together from our own constants; data goes in as parameters.
# ruff: noqa: S608

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.conditions import (
    last_and_first_day,
    report_condition,
    report_of_period,
)
from index.records import Filters
from index.view import View

Ids = NDArray[np.int64]  # ascending


@dataclass(frozen=True, slots=True)
class Catalog:
    """The passages of one generation, and what filters ask of them."""

    ids: Ids = field(repr=False)
    _reports: NDArray[np.int64] = field(repr=False)  # row of each one's report
    # Figures with a period: passage, first and last day (20240131), a column each.
    _figures: NDArray[np.int64] = field(repr=False)

    @classmethod
    def read(cls, view: View, before: "Catalog | None" = None) -> "Catalog":
        """Read the view's.

        before: of an earlier generation of the same history; of figures only
            the new ones are read then.
        """
        ids, reports = _columns(
            view,
            ("p.id", "p.report_id"),
            "passages p WHERE p.report_id NOT IN "
            "(SELECT id FROM reports WHERE superseded_by IS NOT NULL)",
        )
        order = np.argsort(ids, kind="stable")
        figures = np.zeros((3, 0), np.int64) if before is None else before._figures
        new = _columns(
            view,
            (
                "f.passage_id",
                "replace(f.period_start, '-', '')",
                "replace(f.period_end, '-', '')",
            ),
            "figures f WHERE f.passage_id > ? AND f.period_start IS NOT NULL",
            int(figures[0].max(initial=0)),
        )
        return cls(ids[order], reports[order], np.hstack([figures, new]))

    def passages(self, view: View, filters: Filters) -> Ids:
        """Return the ids of the passages that pass *filters*, ascending.

        view: of the generation that the catalog was read from.
        Raises BadInputError if the filter's period is none.
        """
        where, values = report_condition(filters)
        whole, days = "1", list[str]()
        if filters.period is not None:
            whole, days = report_of_period(filters.period)
        reports, all_of_it = _columns(
            view,
            ("r.id", f"coalesce({whole}, 0)"),
            f"reports r WHERE {where}",
            *days,
            *values,
        )
        passing = self._of(reports[all_of_it == 1])
        if filters.period is not None:
            passing |= self._tell(filters.period) & self._of(reports)
        return self.ids[passing]

    def _of(self, reports: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Mark the passages of these reports."""
        marks = np.zeros(int(self._reports.max(initial=0)) + 1, np.bool_)
        marks[reports[reports < len(marks)]] = True
        return marks[self._reports]

    def _tell(self, period: str) -> NDArray[np.bool_]:
        """Mark the passages with a figure of the period."""
        last, first = (int(day.replace("-", "")) for day in last_and_first_day(period))
        passages, starts, ends = self._figures
        told = passages[(starts <= last) & (ends >= first)]
        at = np.minimum(np.searchsorted(self.ids, told), len(self.ids) - 1)
        marks = np.zeros(len(self.ids), np.bool_)
        if len(marks):
            marks[at[self.ids[at] == told]] = True
        return marks


def _columns(
    view: View, columns: Sequence[str], source: str, *values: int | str
) -> NDArray[np.int64]:
    """Read columns of whole numbers, shape (columns, rows).

    One string for a column: a million Python rows would take a second.
    """
    joined = ", ".join(f"coalesce(group_concat({c}), '')" for c in columns)
    texts = view.select(f"SELECT {joined} FROM {source}", *values)[0]
    return np.array([np.fromstring(text, dtype=np.int64, sep=",") for text in texts])
