"""The service with the real process beside it: polling, and by webhook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conversations.conftest import filled, seeded
from tests.telegram.process import World, make_sample

__all__ = ["filled", "seeded"]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sample data with codes."""
    return make_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def own(sample: Path, tmp_path: Path) -> Iterator[World]:
    """A world for one test, which starts and ends the process itself."""
    world = World(tmp_path, sample)
    try:
        yield world
    finally:
        world.close()
    assert world.service.violations == []
