"""A world per test; the seeded database is made once and copied."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conversations.chats import World


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample data in it."""
    folder = tmp_path_factory.mktemp("seeded")
    World(folder).close()
    return folder


@pytest.fixture
def filled(seeded: Path, tmp_path: Path) -> Path:
    """A folder with a fresh copy of the sample data."""
    folder = tmp_path / "world"
    shutil.copytree(seeded, folder)
    return folder


@pytest.fixture
def world(filled: Path) -> Iterator[World]:
    """The whole product on a fresh copy of the sample data."""
    world = World(filled)
    yield world
    world.close()


@pytest.fixture(scope="module")
def readings(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One world for all tests of a file that change nothing anybody else looks at."""
    folder = tmp_path_factory.mktemp("readings") / "world"
    shutil.copytree(seeded, folder)
    world = World(folder)
    yield world
    world.close()
