"""Reports that tell the same text are one source."""

from collections.abc import Mapping, Sequence

from index.records import Report, StoredSentence


def one_source(
    sentences: Sequence[StoredSentence], reports: Mapping[str, Report]
) -> list[StoredSentence]:
    """Leave out what a near-identical copy of a report only says again.

    The first report's own sentence goes before its copies'; order is kept.
    """
    told: dict[tuple[str, str], str] = {}  # (first report, words) → who tells it
    for sentence in sorted(sentences, key=lambda s: bool(reports[s.report].copy_of)):
        source = reports[sentence.report].copy_of or sentence.report
        told.setdefault((source, sentence.sentence.text), sentence.report)
    return [
        s
        for s in sentences
        if told[reports[s.report].copy_of or s.report, s.sentence.text] == s.report
    ]
