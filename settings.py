"""Where things lie and what the operator may change, read from the environment.

Nothing here touches the disk; each room makes the folders it needs.
"""

import getpass
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent
_OFF = {"off", "0", "no", "false"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take while it is read; more is refused with the reason."""

    seconds: int = 900  # for the whole file, recognising scanned pages included
    page_seconds: int = 120  # without finishing a page
    memory_mb: int = 3072
    file_mb: int = 256
    pages: int = 5_000
    characters: int = 20_000_000
    readers: int = 0  # processes that read; 0: one a core, at most four


@dataclass(frozen=True, slots=True)
class Settings:
    """One reading of the environment; pass it on instead of reading again."""

    corpus_dir: Path  # the reports, files only
    var_dir: Path  # what is built at run time: store, vectors
    cache_dir: Path  # the encoder's checkpoint, may be shared between projects
    encoder: str | None  # None: the default; else a Sentence Transformers model
    users_path: Path | None = None  # who may open the page; None: no log-in
    hosts: tuple[str, ...] = ()  # names that a proxy serves the page under
    upload_mb: int = 200  # largest file that an editor may upload
    reader: bool = True  # whether the trained reader helps to choose
    actor: str = ""  # who changes the index, for its history
    keep: int = 50  # generations of the index that can be gone back to
    limits: Limits = Limits()

    @property
    def store_path(self) -> Path:
        """The SQLite file that is the truth."""
        return self.var_dir / "store.sqlite"

    @property
    def vectors_path(self) -> Path:
        """The FAISS file beside the store; derived, may be deleted."""
        return self.var_dir / "passages.faiss"

    @property
    def glossary_path(self) -> Path:
        """The words that widen the search: beside the reports, else the project's."""
        own = self.corpus_dir / "glossary.csv"
        return own if own.exists() else ROOT / "corpus" / "glossary.csv"


def read_settings(env: Mapping[str, str] = os.environ) -> Settings:
    """Settings from *env*; empty variables count as not set."""

    def path(name: str, default: Path) -> Path:
        return Path(env.get(name) or default).expanduser().resolve()

    users = env.get("REPORTS_USERS")
    limit = env.get("REPORTS_UPLOAD_MB", "")
    keep = env.get("REPORTS_KEEP", "")
    home = Path(env.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
    return Settings(
        corpus_dir=path("REPORTS_CORPUS_DIR", ROOT / "corpus"),
        var_dir=path("REPORTS_VAR_DIR", ROOT / "var"),
        cache_dir=path("REPORTS_CACHE_DIR", home / "reports-assistant"),
        encoder=env.get("REPORTS_ENCODER") or None,
        users_path=Path(users).expanduser().resolve() if users else None,
        hosts=tuple(env.get("REPORTS_HOSTS", "").lower().replace(",", " ").split()),
        upload_mb=int(limit) if limit.isdecimal() else 200,
        reader=env.get("REPORTS_READER", "").strip().lower() not in _OFF,
        actor=env.get("REPORTS_ACTOR") or _login(),
        keep=int(keep) if keep.isdecimal() else 50,
        limits=_limits(env),
    )


def _login() -> str:
    """The one at the keyboard, as user@host; the host alone where nobody is."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user, as in a container
        return socket.gethostname()
    return f"{user}@{socket.gethostname()}"


def _limits(env: Mapping[str, str]) -> Limits:
    """REPORTS_READ_SECONDS and so on; what is no whole number counts as not set."""
    values = {
        name: env.get(f"REPORTS_READ_{name.upper()}", "")
        for name in Limits.__dataclass_fields__
    }
    return Limits(
        **{n: int(v) for n, v in values.items() if v.isascii() and v.isdigit()}
    )
