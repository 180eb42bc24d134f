"""The encoders that tests of every room share."""

from dataclasses import replace

import pytest

from index.encoder import Encoder, load_encoder
from index.hashing import HashingEncoder
from settings import read_settings


@pytest.fixture
def hashing_encoder() -> HashingEncoder:
    """A small working encoder: instant, repeatable, without a model."""
    return HashingEncoder()


@pytest.fixture(scope="session")
def real_encoder() -> Encoder:
    """The default model, loaded once.

    From the ordinary cache folder, so that it is unpacked once a machine; mark
    tests that use it with `@pytest.mark.model`.
    """
    return load_encoder(replace(read_settings(), encoder=None))
