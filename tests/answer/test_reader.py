"""The reader's pieces: what it keeps, how it finds a span, when it refuses."""

import numpy as np
import pytest
import torch
from torch import nn

from answer.reader.network import PASSAGE, QUESTION, Joined, Network, Shape
from answer.reader.read import best_span, load_reader
from answer.reader.weights import Facts, ReaderError, check_encoder, identity
from index.hashing import HashingEncoder
from settings import read_settings

SHAPE = Shape(hidden=16, heads=2, first=1, last=3, rank=2)


def network() -> Network:
    """Two upper layers of 16 dimensions with random weights."""
    from transformers import BertConfig, BertModel

    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=10,
        hidden_size=16,
        num_hidden_layers=3,
        num_attention_heads=2,
        intermediate_size=32,
        initializer_range=0.3,
    )
    layers = list(BertModel(config).get_submodule("encoder.layer").children())
    return Network(layers, SHAPE, dropout=0.0)


def joined(states: torch.Tensor, pad: int = 0) -> Joined:
    """One pair: two tokens of question, four of passage in two sentences."""
    length = 6 + pad
    filled = torch.zeros(1, length, 16)
    filled[:, :6] = states
    member = torch.tensor([[-1, -1, 0, 0, 1, 1] + [-1] * pad])
    segment = torch.tensor([[QUESTION] * 2 + [PASSAGE] * (4 + pad)])
    mask = torch.tensor([[True] * 6 + [False] * pad])
    figure = torch.tensor([[-1, -1, -1, 0, 1, 1] + [-1] * pad])
    return Joined(filled, mask, segment, member, torch.tensor([0, 0]), figure, 2)


def test_padding_changes_no_score() -> None:
    """A passage scores the same beside a longer one."""
    net = network().eval()
    states = torch.randn(1, 6, 16)

    short, long = net(joined(states)), net(joined(states, pad=5))

    assert long.sentence.tolist() == pytest.approx(short.sentence.tolist(), abs=1e-4)
    assert long.here.tolist() == pytest.approx(short.here.tolist(), abs=1e-4)


def test_folding_the_adapters_in_changes_no_score() -> None:
    """Nor does the way attention is computed in training."""
    net = network()
    for name, parameter in net.trained():
        if name.endswith(".up"):
            nn.init.normal_(parameter, std=0.2)
    pair = joined(torch.randn(1, 6, 16))
    trained = net.train()(pair)

    merged = net.merge()(pair)

    assert merged.sentence.tolist() == pytest.approx(
        trained.sentence.tolist(), abs=1e-3
    )
    assert merged.start[0].tolist() == pytest.approx(
        trained.start[0].tolist(), abs=1e-3
    )


def test_a_figure_is_scored_by_its_own_tokens() -> None:
    """Each gets a score; one of which no token was read gets the lowest."""
    net = network().eval()
    for parameter in net.heads.figure.parameters():
        nn.init.normal_(parameter)
    states = torch.randn(1, 6, 16)
    beyond = joined(states)._replace(figures=3)
    moved = states.clone()
    moved[:, 3] += 1.0

    first, second, unread = net(beyond).figure.tolist()

    assert first != second
    assert unread == -30.0
    assert net(joined(moved)).figure.tolist()[0] != pytest.approx(first)
    assert net(joined(states, pad=4)).figure.tolist() == pytest.approx(
        [first, second], abs=1e-4
    )


def test_the_question_is_read_alike_beside_every_passage() -> None:
    """It does not look at the passage; the passage looks at it."""
    net = network().eval()
    one, other = torch.randn(1, 6, 16), torch.randn(1, 6, 16)
    other[:, 2:] = one[:, 2:]

    assert net(joined(one)).sentence.tolist() != net(joined(other)).sentence.tolist()


def test_a_span_ends_after_it_begins_and_not_too_late() -> None:
    """The likeliest pair of start and end that could be an answer."""
    start, end = np.full(60, -5.0, np.float32), np.full(60, -5.0, np.float32)
    start[[3, 10]] = 4, 3
    end[[2, 12, 59]] = 9, 5, 8

    assert best_span(start, end) == (3, 12, 9.0)
    assert best_span(start, end)[0] <= best_span(start, end)[1]
    assert best_span(start, end)[1] - best_span(start, end)[0] < 40


def test_off_means_no_reader() -> None:
    """However it is spelt; unset it is on."""
    for word in ("off", "OFF", "0", "false"):
        settings = read_settings({"REPORTS_READER": word})
        assert load_reader(settings, HashingEncoder()) is None
    assert read_settings({}).reader
    assert read_settings({"REPORTS_READER": "on"}).reader


def test_weights_of_another_encoder_are_refused() -> None:
    """The text says that rules alone answer, and what to set."""
    facts = Facts(encoder=identity("multilingual-e5-small-q4"), sha256="0", shape=SHAPE)
    with pytest.raises(ReaderError, match=r"rules alone.*REPORTS_READER=off"):
        check_encoder(facts, "hashing-256")
