"""Does ingest keep the encoder busy? `python -m evals.throughput`

Encodes the corpus as ingest does, and the very same texts by
`SentenceTransformer.encode` alone, sorted and batched by that library; compares
the processor's seconds, which other jobs on the machine do not change. Then a
report of 300 pages against one of 3: what it adds to the peak of memory.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import chain

from index.encoder import load_encoder
from index.records import Page, ParsedReport, Passage, Sentence
from ingest.encode import clause_texts, encode, passage_texts
from ingest.load import report_names
from ingest.parse import parse
from ingest.progress import silent
from settings import read_settings


def main() -> int:
    """Print both comparisons."""
    if len(sys.argv) > 1:
        return _peak_of(int(sys.argv[1]))
    ours, alone, texts = _compared()
    sys.stdout.write(
        f"{texts} texts: ingest {ours:.1f} s of processor time, "
        f"SentenceTransformer.encode alone {alone:.1f} s: {alone / ours:.0%}\n"
    )
    for pages in (3, 300):
        again = [sys.executable, "-m", "evals.throughput", str(pages)]
        subprocess.run(again, check=True)  # noqa: S603 - our own module
    return 0


def _compared() -> tuple[float, float, int]:
    from sentence_transformers import SentenceTransformer

    settings = read_settings()
    corpus = settings.corpus_dir
    reports = [parse(corpus / name, corpus) for name in report_names(corpus)]
    encoder = load_encoder(settings)
    model = getattr(encoder, "_model", None)
    if not isinstance(model, SentenceTransformer):
        sys.exit("set REPORTS_ENCODER to a Sentence Transformers model, or unset it")
    texts = list(dict.fromkeys(chain.from_iterable(map(_texts, reports))))
    encode(reports[:1], encoder, silent)  # warm
    ours = _seconds(lambda: encode(reports, encoder, silent))
    prefixed = [f"passage: {text}" for text in texts]
    alone = _seconds(lambda: model.encode(prefixed, show_progress_bar=False))
    return ours, alone, len(texts)


def _texts(parsed: ParsedReport) -> list[str]:
    sentences = [sentence.text for sentence in parsed.sentences]
    return [*passage_texts(parsed), *sentences, *clause_texts(parsed)]


def _seconds(do: Callable[[], object]) -> float:
    began = time.process_time()
    do()
    return time.process_time() - began


def _peak_of(pages: int) -> int:
    """Encode a report of so many pages without a model; print the peak of memory."""
    settings = replace(read_settings(), encoder="hashing")
    encoder = load_encoder(settings)
    name = report_names(settings.corpus_dir)[0]
    one = parse(settings.corpus_dir / name, settings.corpus_dir)
    encode([_repeated(one, pages)], encoder, silent)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{pages} pages: peak {peak:.0f} MB\n")
    return 0


def _repeated(one: ParsedReport, pages: int) -> ParsedReport:
    """Say the report's first page so many times, each time a little differently."""
    made: list[Sentence] = []
    passages: list[Passage] = []
    texts = []
    for number in range(1, pages + 1):
        first = len(made)
        text = one.pages[0].text.translate({ord("e"): chr(ord("a") + number % 26)})
        made += [
            replace(s, page=number, text=text[s.start : s.end]) for s in one.sentences
        ]
        passages += [
            replace(p, page=number, first=p.first + first, last=p.last + first)
            for p in one.passages
        ]
        texts.append(Page(number, text))
    return replace(
        one,
        pages=tuple(texts),
        sentences=tuple(made),
        passages=tuple(passages),
        figures=(),
    )


if __name__ == "__main__":
    sys.exit(main())
