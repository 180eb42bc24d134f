"""The reader's weights on disk: one safetensors file and the facts about it.

`weights.json` beside `weights.safetensors` holds its SHA-256, the encoder that
it was trained on, the network's shape, and how its scores join the encoder's
likeness. Both are written together and checked together.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load, save
from torch import nn

from answer.reader.network import Network, Shape
from index.checkpoint import NAME, SOURCE_SHA256
from index.errors import AssistantError

HERE = Path(__file__).resolve().parent
WEIGHTS, FACTS = "weights.safetensors", "weights.json"


class ReaderError(AssistantError):
    """The reader's weights are missing, damaged, or for another encoder."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What must be known of a weights file to use it."""

    encoder: str  # whose layers it was trained on, as `identity` names it
    sha256: str  # of the weights file
    shape: Shape
    # Sentence score = reader's + likeness * (centred likeness in [0, 1]).
    likeness: float = 0.0
    # "here" = logistic(here_scale * logit + here_shift), fitted on validation.
    here_scale: float = 1.0
    here_shift: float = 0.0
    # Whether any passage read answers: logistic(present_here * best logit of
    # "here" + present_likeness * best likeness + present_shift).
    present_here: float = 1.0
    present_likeness: float = 0.0
    present_shift: float = 0.0
    training: Mapping[str, Any] = field(default_factory=dict)


def write_weights(network: Network, facts: Facts, folder: Path) -> Facts:
    """Write both files into *folder*; the facts come back with the new hash.

    The numbers are stored in 16 bits: half the size, and the reader computes in
    no more where the processor has bfloat16.
    """
    tensors = {
        name: parameter.detach().half().contiguous()
        for name, parameter in network.trained()
    }
    data = save(tensors)
    written = Facts(**{**_fields(facts), "sha256": hashlib.sha256(data).hexdigest()})
    folder.mkdir(parents=True, exist_ok=True)
    _replace(folder / WEIGHTS, data)
    text = json.dumps(asdict(written), indent=2, ensure_ascii=False) + "\n"
    _replace(folder / FACTS, text.encode())
    return written


def read_facts(folder: Path = HERE) -> Facts:
    """The facts beside the weights. Raises ReaderError if they cannot be read."""
    try:
        raw = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        return Facts(**{**raw, "shape": Shape(**raw["shape"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _unusable(folder / FACTS, str(error)) from error


def read_weights(
    network: Network, facts: Facts, folder: Path = HERE, *, whole: bool = True
) -> Network:
    """Fill *network* from the file in *folder*; all of it, unless not *whole*.

    Raises ReaderError if the file is missing, is not the one of the facts, or
    does not fit the network.
    """
    path = folder / WEIGHTS
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unusable(path, str(error)) from error
    if hashlib.sha256(data).hexdigest() != facts.sha256:
        raise _unusable(path, "it is not the file that weights.json speaks of")
    try:
        tensors = {name: tensor.float() for name, tensor in load(data).items()}
        nn.Module.load_state_dict(network, tensors, strict=whole)
    except (RuntimeError, ValueError) as error:
        raise _unusable(path, str(error)) from error
    return network


def check_encoder(facts: Facts, encoder: str) -> None:
    """Raise ReaderError if the weights are not for *encoder*."""
    if facts.encoder != identity(encoder):
        raise ReaderError(
            f"the reader was trained on the encoder {facts.encoder}, but {encoder} "
            "is set: answers are chosen by rules alone. Unset REPORTS_ENCODER to "
            "have the reader, or set REPORTS_READER=off to say that this is meant."
        )


def identity(encoder: str) -> str:
    """Name an encoder by its weights: the default's are those of a pinned file."""
    return f"{NAME}@{SOURCE_SHA256[:12]}" if encoder == NAME else encoder


def _fields(facts: Facts) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in Facts.__dataclass_fields__}


def _replace(path: Path, data: bytes) -> None:
    """Write whole or not at all."""
    new = path.with_name(path.name + ".new")
    with new.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def _unusable(path: Path, why: str) -> ReaderError:
    return ReaderError(
        f"the reader's weights cannot be used ({path}: {why}). Get the file again "
        "from the project, train it anew with `python -m evals.train_reader`, or "
        "set REPORTS_READER=off to answer by rules alone."
    )


def bfloat16_or_float32(encoder_dtype: torch.dtype) -> torch.dtype:
    """What the reader computes in: the same as the encoder below it."""
    return torch.bfloat16 if encoder_dtype == torch.bfloat16 else torch.float32
