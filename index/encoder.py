"""Texts to vectors: the seam behind which every model stands.

`load_encoder` picks one. torch takes seconds to import, so nothing here does
before a model is asked for; `REPORTS_ENCODER=hashing` never does.
"""

import hashlib
import logging
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import EncoderError
from index.records import Vectors
from settings import Settings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Span = tuple[int, int]  # characters, end exclusive

_log = logging.getLogger(__name__)


class Encoder(Protocol):
    """A model that maps texts to unit vectors of one length."""

    name: str  # stored with the vectors; another name means another index
    dim: int

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Encode questions, shape (n, dim), float32, rows of unit length."""
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Encode report text of any length, shape (n, dim), unit rows."""
        ...

    def passages_with_spans(
        self, texts: Sequence[str], spans: Sequence[Sequence[Span]]
    ) -> tuple[Vectors, list[NDArray[np.float32]]]:
        """Encode texts and, in the same pass, the mean of each span's tokens.

        Returns the texts' vectors, shape (n, dim), and for text i an array of
        shape (len(spans[i]), dim); all rows of unit length.
        """
        ...


class Prefixes(NamedTuple):
    """What a model wants to see before a text, so that it knows which it is."""

    question: str
    passage: str


E5 = Prefixes("query: ", "passage: ")


def load_encoder(settings: Settings) -> Encoder:
    """Load the encoder that *settings* name; takes seconds, so do it once.

    None: multilingual-e5-small from the installed weights, which never touches
    the network. "hashing": the encoder without a model. Else a Sentence
    Transformers model, by path or by hub name; a hub model that is not in the
    local cache yet is fetched from the hub, once, since the operator named it.

    Raises EncoderError if the model is missing, damaged or not of that kind.
    """
    if settings.encoder == "hashing":
        from index.hashing import HashingEncoder

        return HashingEncoder()
    if settings.encoder is None:
        from index.checkpoint import NAME, ensure_checkpoint

        folder = ensure_checkpoint(settings.cache_dir)
        return _wrapped(_load(str(folder)), NAME, E5)
    return _load_named(settings.encoder)


def may_be(settings: Settings, name: str) -> bool:
    """Say, without loading it, if *name* may be that of the settings' encoder.

    Of a hub model only a loaded one knows its commit, so that is not compared.
    """
    if settings.encoder is None:
        from index.checkpoint import NAME

        return name == NAME
    if settings.encoder == "hashing":
        from index.hashing import HashingEncoder

        return name == HashingEncoder.name
    folder = Path(settings.encoder).expanduser()
    if folder.is_dir():
        return name == f"{folder.resolve().name}@{_fingerprint(folder)}"
    return name.split("@")[0] == settings.encoder


def _load_named(model_name: str) -> Encoder:
    folder = Path(model_name).expanduser()
    if folder.is_dir():
        model = _load(str(folder))
        name = f"{folder.resolve().name}@{_fingerprint(folder)}"
    elif model_name.startswith(("/", ".", "~")) or model_name.count("/") > 1:
        raise EncoderError(f"REPORTS_ENCODER={model_name}: there is no such folder.")
    else:
        try:
            model = _load(model_name)
        except EncoderError:
            _log.info("%s is not in the local cache: asking the hub", model_name)
            model = _load(model_name, local_files_only=False)
        config = getattr(getattr(model[0], "model", None), "config", None)
        commit = getattr(config, "_commit_hash", None)
        name = f"{model_name}@{commit[:12]}" if commit else model_name
    return _wrapped(model, name, prefixes_for(model_name, model.prompts))


def prefixes_for(model_name: str, prompts: Mapping[str, str | None]) -> Prefixes:
    """Return a model's own prompts; for E5, which often names none, E5's.

    The instruct models of that family want an instruction instead.
    """
    question = prompts.get("query") or ""
    given = (prompts.get(key) for key in ("document", "passage", "corpus"))
    own = Prefixes(question, next(filter(None, given), ""))
    is_e5 = re.search(r"(?<![a-z0-9])e5(?![a-z0-9])", model_name.lower())
    return E5 if is_e5 and not any(own) and "instruct" not in model_name else own


def _load(name_or_path: str, *, local_files_only: bool = True) -> "SentenceTransformer":
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # not ours
    options: dict[str, Any] = {
        "dtype": torch.bfloat16 if has_bfloat16() else torch.float32
    }
    try:
        return SentenceTransformer(
            name_or_path,
            device="cpu",
            local_files_only=local_files_only,
            model_kwargs=options,
        )
    except Exception as error:  # the libraries raise of all kinds
        raise EncoderError(
            f"the encoder {name_or_path} could not be loaded "
            f"({type(error).__name__}: {error}). Set REPORTS_ENCODER to the folder "
            "or hub name of a Sentence Transformers model, or unset it."
        ) from error


def _wrapped(model: "SentenceTransformer", name: str, prefixes: Prefixes) -> Encoder:
    from index.transformer import wrap

    return wrap(model, name=name, prefixes=prefixes)


def has_bfloat16(cpuinfo: Path = Path("/proc/cpuinfo")) -> bool:
    """Whether the processor multiplies bfloat16 in hardware.

    With AMX or AVX512-BF16 it is 2 to 3 times as fast as float32, at the same
    recall; without, it is emulated and slower. Where the file is missing, on
    other systems than Linux, float32 is the safe choice.
    """
    try:
        text = cpuinfo.read_text()
    except OSError:
        return False
    flags = re.search(r"^flags\s*:(.*)$", text, re.MULTILINE)
    return bool(flags and {"amx_bf16", "avx512_bf16"} & set(flags[1].split()))


def _fingerprint(folder: Path) -> str:
    """12 hex digits of the weights: a model trained further is another model."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".safetensors", ".bin"}:
            with path.open("rb") as file:
                total.update(hashlib.file_digest(file, "sha256").digest())
    return total.hexdigest()[:12]
