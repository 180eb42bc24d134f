"""The sentences that were retrieved for a question, with what is around them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from index.records import Report, StoredSentence


@dataclass(frozen=True)
class Material:
    """The sentences retrieved for a question, with what is around them."""

    sentences: Sequence[StoredSentence]
    reports: Mapping[str, Report]
    around: Mapping[int, str]  # passage id → its text
    openings: Mapping[str, str] = field(default_factory=dict)  # of reports, if needed

    def context(self, sentence: StoredSentence) -> str:
        """The text around a sentence, and the report's title."""
        title = self.reports[sentence.report].title or ""
        return f"{title} {self.around.get(sentence.passage_id, '')}"
