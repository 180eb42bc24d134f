"""Which files of the corpus are reports, and their bytes and pages.

Files that plainly belong to the folder and are no reports are passed over in
silence; anything else that cannot be read is named, so nothing goes missing
unnoticed.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NoReturn

from index.errors import BadInputError, UnreadableReportError
from index.kinds import check_ending, check_kind
from ingest.document import Document
from ingest.formats import READERS
from ingest.limits import watch

_NOT_REPORTS = {"glossary.csv", "thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the corpus as it lies on the disk."""

    name: str  # path within the corpus, "/" between folders
    data: bytes
    side: bytes | None  # of NAME.toml beside it, None where there is none


def is_report(name: str) -> bool:
    """Return False for what lies in a corpus and is no report, by its *name*.

    That is: hidden files, side files, the glossary, a README, and what office
    programs and file managers leave behind.
    """
    parts = name.lower().split("/")
    if any(part.startswith((".", "~$")) for part in parts):
        return False
    last = PurePosixPath(parts[-1])
    return (
        last.name not in _NOT_REPORTS
        and last.suffix != ".toml"
        and last.stem != "readme"
    )


def report_names(corpus: Path, under: Path | None = None) -> list[str]:
    """Names of all files in *corpus* (or its folder *under*) to be read, sorted.

    Raises BadInputError if the folder does not exist: an unmounted disk must
    not look like an empty corpus.
    """
    folder = under or corpus
    if not folder.is_dir():
        raise BadInputError(
            f"there is no corpus folder {folder}: create it and put reports into it, "
            "or name another with --corpus or REPORTS_CORPUS_DIR."
        )
    return sorted(filter(is_report, _file_names(folder, corpus)))


def _file_names(folder: Path, corpus: Path) -> Iterator[str]:
    for place, folders, files in os.walk(folder, onerror=_refuse):
        # A linked folder is not walked: it is named, so that it can be refused.
        linked = [name for name in folders if (Path(place) / name).is_symlink()]
        for file in files + linked:
            yield (Path(place) / file).relative_to(corpus).as_posix()


def _refuse(error: OSError) -> NoReturn:
    """Stop: a folder that cannot be opened must not look as if it were empty."""
    raise BadInputError(
        f"the folder {error.filename} cannot be opened ({error.strerror}): check who "
        "may read it."
    ) from error


def name_of(path: Path, corpus: Path) -> str:
    """Return the report name of *path*; BadInputError unless it lies in *corpus*."""
    # The last part stays as it is: a link in the corpus belongs to the corpus.
    placed = path.parent.resolve() / path.name
    try:
        return placed.relative_to(corpus.resolve()).as_posix()
    except ValueError:
        raise BadInputError(
            f"{path} lies outside the corpus folder {corpus}: copy it in, or name "
            "its folder with --corpus."
        ) from None


def read_source(corpus: Path, name: str) -> Source:
    """Return the bytes of a report and of its side file.

    Raises UnreadableReportError if they cannot be read from the disk, lie outside
    the corpus (a link), or are larger than the limit of the `watch`.
    """
    path = corpus / name
    side = path.with_suffix(".toml")
    try:
        data = _read(name, path, corpus)
        return Source(name, data, _read(name, side, corpus) if side.is_file() else None)
    except OSError as error:
        raise UnreadableReportError(
            name, f"the file cannot be opened: {error.strerror or error}"
        ) from error
    except ValueError as error:  # a name that no file can have
        raise UnreadableReportError(
            name, f"the file cannot be opened: {error}"
        ) from error


def _read(name: str, path: Path, corpus: Path) -> bytes:
    """Return the bytes of a file that lies in the corpus and is not too large."""
    if not path.resolve().is_relative_to(corpus.resolve()):
        raise UnreadableReportError(
            name, "it is a link that leads out of the corpus folder: copy the file in"
        )
    if path.is_dir():
        raise UnreadableReportError(
            name, "it is a link to a folder: copy the folder itself in"
        )
    about = path.stat()
    if not stat.S_ISREG(about.st_mode):
        raise UnreadableReportError(name, "it is no ordinary file: remove it")
    most = watch().limits.file_mb
    if about.st_size > most << 20:
        raise UnreadableReportError(
            name,
            f"it has {about.st_size / (1 << 20):,.0f} MB, more than {most:,}: split "
            "it, or raise REPORTS_READ_FILE_MB",
        )
    return path.read_bytes()


def read_document(source: Source) -> Document:
    """Return the pages of a report and what else its file tells, by its ending.

    Raises UnreadableReportError with a reason and what to do.
    """
    ending = Path(source.name).suffix.lower()
    check_ending(source.name, source.data)
    check_kind(source.name, source.data)
    document = READERS[ending](source.name, source.data)
    length, most = sum(len(page.text) for page in document.pages), watch().limits
    if length > most.characters:
        raise UnreadableReportError(
            source.name,
            f"it holds {length:,} characters of text, more than {most.characters:,}: "
            "split it, or raise REPORTS_READ_CHARACTERS",
        )
    return document
