"""Where things lie and what the operator may change, read from the environment.

Nothing here touches the disk; each room makes the folders it needs.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent
_OFF = {"off", "0", "no", "false"}


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
    )
