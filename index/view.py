"""What one snapshot of the store shows: one generation, by plain questions."""

# SQL here is put together from our own constants; data goes in as parameters.
# ruff: noqa: S608

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields

from index import archive
from index.evidence import Evidence, StoredPassage
from index.fulltext import FullText
from index.reader import columns_of
from index.records import Page, ParsedReport, Report

__all__ = ["Change", "Counts", "StoredPassage", "View"]

_REPORT = columns_of(Report, "r")
_PAGE = columns_of(Page, "g")


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the journal."""

    generation: int
    at: str  # ISO time, UTC
    action: str  # added, replaced, removed, renamed, restored
    report: str  # "" where all came from a backup
    detail: str | None = None  # the earlier name of what was renamed, and the like
    who: str = ""  # user@host, or the user of the page
    cause: str = ""  # what was done: "ingest", "rebuild", "rollback to 3", …


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is in."""

    reports: int
    pages: int
    passages: int
    sentences: int
    figures: int


class View(Evidence, FullText):
    """Reads one generation. Made by `Store.snapshot`, for one thread at a time."""

    # --- Reports and pages ---

    def reports(self, names: Iterable[str] | None = None) -> list[Report]:
        """Return all reports, by name, or those of *names* that there are."""
        if names is None:
            rows = self.select(f"SELECT {_REPORT} FROM reports r ORDER BY name")
        else:
            rows = self.select(
                f"SELECT {_REPORT} FROM reports r WHERE r.name IN "
                "(SELECT value FROM json_each(?)) ORDER BY name",
                json.dumps(list(names)),
            )
        return [Report(*row) for row in rows]

    def report(self, name: str) -> Report | None:
        """Return the report of that name, None if there is none."""
        rows = self.select(f"SELECT {_REPORT} FROM reports r WHERE name = ?", name)
        return Report(*rows[0]) if rows else None

    def pages(self, report: str) -> list[Page]:
        """Return the pages of a report, in order; none if there is no such report."""
        rows = self.select(
            f"SELECT {_PAGE} FROM pages g JOIN reports r ON r.id = g.report_id "
            "WHERE r.name = ? ORDER BY g.number",
            report,
        )
        return [Page(*row) for row in rows]

    def page(self, report: str, number: int) -> Page | None:
        """Return one page of a report."""
        rows = self.select(
            f"SELECT {_PAGE} FROM pages g JOIN reports r ON r.id = g.report_id "
            "WHERE r.name = ? AND g.number = ?",
            report,
            number,
        )
        return Page(*rows[0]) if rows else None

    def openings(self, reports: Iterable[str], characters: int) -> dict[str, str]:
        """Return what each of these reports opens with, at most so many characters."""
        rows = self.select(
            "SELECT r.name, substr(g.text, 1, ?) FROM json_each(?) j "
            "JOIN reports r ON r.name = j.value "
            "JOIN pages g ON g.report_id = r.id AND g.number = (SELECT min(number) "
            "FROM pages WHERE report_id = r.id AND trim(text) != '')",
            characters,
            json.dumps(list(reports)),
        )
        return dict(rows)

    def parsed(self, report: str) -> ParsedReport | None:
        """Return a report in full, as it was written; None if there is none."""
        rows = self.select("SELECT id FROM reports WHERE name = ?", report)
        return archive.read(self.connection, rows[0][0]).parsed if rows else None

    def page_boxes(self, report: str, number: int) -> bytes | None:
        """Return where the words of a page stand; None if its reader did not say."""
        rows = self.select(
            "SELECT b.boxes FROM page_boxes b JOIN reports r ON r.id = b.report_id "
            "WHERE r.name = ? AND b.number = ?",
            report,
            number,
        )
        return bytes(rows[0][0]) if rows else None

    def paths(self, report: str) -> list[str]:
        """Return every path in the corpus that holds the report's bytes, sorted."""
        rows = self.select(
            "SELECT t.path FROM report_paths t JOIN reports r ON r.id = t.report_id "
            "WHERE r.name = ? ORDER BY t.path",
            report,
        )
        return [path for (path,) in rows]

    # --- History and size ---

    def has_generation(self, token: str) -> bool:
        """Say if this history passed through the generation of that token."""
        return bool(self.select("SELECT 1 FROM generations WHERE token = ?", token))

    def has_number(self, generation: int) -> bool:
        """Say if there is a generation of that number."""
        sql = "SELECT 1 FROM generations WHERE number = ?"
        return bool(self.select(sql, generation))

    def history(self, since: int = 0) -> list[Change]:
        """List what changed after generation *since*, oldest first."""
        rows = self.select(
            "SELECT c.generation, g.at, c.action, c.report, c.detail, g.who, g.cause "
            "FROM changes c "
            "JOIN generations g ON g.number = c.generation "
            "WHERE c.generation > ? ORDER BY c.id",
            since,
        )
        return [Change(*row) for row in rows]

    def oldest(self) -> int:
        """Return the oldest generation that can be gone back to."""
        return max(1, int(self._one("SELECT oldest FROM meta")[0]))

    def archive_bytes(self) -> int:
        """Return how much room earlier versions of reports take."""
        sql = "SELECT coalesce(sum(length(packed)), 0) FROM archive"
        return int(self._one(sql)[0])

    def known_files(self) -> dict[str, str]:
        """Return the report that every indexed path of the corpus holds."""
        return dict(
            self.select(
                "SELECT t.path, r.name FROM report_paths t "
                "JOIN reports r ON r.id = t.report_id ORDER BY t.path"
            )
        )

    def held(self) -> dict[str, str]:
        """Return what a rollback keeps out: path → SHA-256 of the bytes, "" if gone."""
        return dict(self.select("SELECT path, content FROM held"))

    def counts(self) -> Counts:
        """Count what is in."""
        return Counts(
            *(
                self._one(f"SELECT count(*) FROM {field.name}")[0]
                for field in fields(Counts)
            )
        )

    def sizes(self, reports: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Return the number of pages and of figures of each of these reports."""
        rows = self.select(
            "SELECT r.name, "
            "(SELECT count(*) FROM pages g WHERE g.report_id = r.id), "
            "(SELECT count(*) FROM figures f WHERE f.report_id = r.id) "
            "FROM json_each(?) j JOIN reports r ON r.name = j.value",
            json.dumps(list(reports)),
        )
        return {name: (pages, figures) for name, pages, figures in rows}
