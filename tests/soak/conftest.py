"""The world that every test of this folder hurts a copy of."""

import pytest

from tests.soak.world import AFTER, BEFORE, World


@pytest.fixture(scope="session")
def before(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Make a world whose index holds `BEFORE` and whose corpus is now `AFTER`."""
    world = World(tmp_path_factory.mktemp("soak") / "before")
    world.write(BEFORE)
    world.ingest()
    world.answers(BEFORE)
    world.write(AFTER)
    return world
