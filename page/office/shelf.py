"""Files into the corpus and out of it, so that each change can be undone.

What a change takes away is kept under `var/kept/ID/`, with a note of who did
what; a report is never lost by a click. Nothing here reads a report.
"""

import hashlib
import json
import os
import secrets
import shutil
import time
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from page.office.names import same_name
from page.office.problem import ProblemError
from settings import Settings

PART = ".upload-"  # hidden: the ingest passes over it
FREE_BYTES = 500 * 1024**2  # left on the disk after an upload
STALE = 24 * 3600.0  # seconds after which a broken upload is swept away
LISTED = 50


class TooLargeError(ProblemError):
    """The upload is larger than the operator allows, or than the disk has room."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change that can be undone: its note beside the files that it took away."""

    id: str
    at: str  # ISO time, UTC
    deed: str  # "added", "replaced", "removed"
    names: tuple[str, ...]  # in the corpus
    user: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """An upload that has arrived whole, not yet under its name."""

    path: Path
    sha256: str
    size: int


async def receive(chunks: AsyncIterator[bytes], settings: Settings) -> Received:
    """Write an upload beside the reports, under a hidden name.

    Raises TooLargeError as soon as it is; then nothing is left behind.
    """
    room = shutil.disk_usage(settings.corpus_dir).free - FREE_BYTES
    part = settings.corpus_dir / f"{PART}{secrets.token_hex(8)}.part"
    digest, size = hashlib.sha256(), 0
    try:
        with part.open("xb") as file:
            async for chunk in chunks:
                size += len(chunk)
                _check_size(size, settings.upload_mb, room)
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return Received(part, digest.hexdigest(), size)


def _check_size(size: int, limit_mb: int, room: int) -> None:
    if size > limit_mb * 1024**2:
        raise TooLargeError("too_large", limit=limit_mb)
    if size > room:
        raise TooLargeError("disk_full")


def taken_name(settings: Settings, name: str) -> str | None:
    """The file of the corpus that *name* would overwrite, if any."""
    there = [path.name for path in settings.corpus_dir.iterdir()]
    return next((other for other in there if same_name(other, name)), None)


def put(settings: Settings, received: Received, name: str, user: str) -> Change:
    """Give an upload its *name*; what it replaces is kept."""
    target = settings.corpus_dir / name
    change = _note(settings, "replaced" if target.exists() else "added", [name], user)
    if target.exists():
        _keep(settings, change, name)
    received.path.chmod(0o644)
    received.path.replace(target)
    return change


def take_away(settings: Settings, names: list[str], user: str) -> Change:
    """Take files and their side files out of the corpus, and keep them.

    Raises ProblemError if a name leads out of the corpus or to nothing.
    """
    for name in names:
        path = settings.corpus_dir / name
        inside = path.parent.resolve().is_relative_to(settings.corpus_dir.resolve())
        if not inside or not path.is_file():
            raise ProblemError("not_there", name=name)
    change = _note(settings, "removed", names, user)
    for name in names:
        _keep(settings, change, name)
    return change


def undo(settings: Settings, key: str, user: str) -> Change:
    """Take a change back; that is a change too, and can be taken back itself.

    Raises ProblemError if the change is unknown, or if another file has come
    in its place since.
    """
    change = next((c for c in changes(settings) if c.id == key), None)
    if change is None:
        raise ProblemError("change_gone")
    present = [n for n in change.names if (settings.corpus_dir / n).exists()]
    if change.deed == "removed" and present:
        raise ProblemError("there_again", name=present[0])
    if change.deed == "added":
        return take_away(settings, list(change.names), user)
    folder = _folder(settings) / key / "files"
    again = _note(
        settings,
        "added" if change.deed == "removed" else "replaced",
        change.names,
        user,
    )
    for name in change.names:
        if change.deed == "replaced":
            _keep(settings, again, name)
        _copy_back(folder, settings.corpus_dir, name)
    return again


def changes(settings: Settings, count: int = LISTED) -> list[Change]:
    """The newest changes that can be undone: of each file, its last one."""
    found: list[Change] = []
    touched: set[str] = set()
    for note in sorted(_folder(settings).glob("*/change.json"), reverse=True):
        change = _read(note)
        if change is None:
            continue
        if not touched.intersection(change.names):
            found.append(change)
        touched.update(change.names)
        if len(found) == count:
            break
    return found


def sweep(settings: Settings) -> None:
    """Remove what uploads that broke off have left."""
    for part in settings.corpus_dir.glob(f"{PART}*.part"):
        if time.time() - part.stat().st_mtime > STALE:
            part.unlink(missing_ok=True)


def _folder(settings: Settings) -> Path:
    return settings.var_dir / "kept"


def _note(settings: Settings, deed: str, names: Any, user: str) -> Change:
    now = datetime.now(UTC)
    key = f"{now:%Y%m%dT%H%M%S}{now.microsecond:06}-{secrets.token_hex(3)}"
    at = now.isoformat(timespec="seconds")
    change = Change(key, at, deed, tuple(names), user)
    folder = _folder(settings) / key
    folder.mkdir(parents=True)
    text = json.dumps(asdict(change), ensure_ascii=False)
    (folder / "change.json").write_text(text, encoding="utf-8")
    return change


def _read(note: Path) -> Change | None:
    try:
        found = json.loads(note.read_text("utf-8"))
        return Change(**{**found, "names": tuple(found["names"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None  # cut off by a power failure: nothing was taken away yet


def _keep(settings: Settings, change: Change, name: str) -> None:
    for each in (name, _side(name)):
        source = settings.corpus_dir / each
        if each != name and (change.deed == "replaced" or not source.is_file()):
            continue  # a side file stays with the name it speaks of
        target = _folder(settings) / change.id / "files" / each
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)  # var may lie on another disk
        if change.deed == "removed":
            source.unlink()


def _copy_back(folder: Path, corpus: Path, name: str) -> None:
    for each in (name, _side(name)):
        source, target = folder / each, corpus / each
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_name(f"{PART}{secrets.token_hex(8)}.part")
            shutil.copy2(source, part)
            part.replace(target)


def _side(name: str) -> str:
    return str(Path(name).with_suffix(".toml"))
