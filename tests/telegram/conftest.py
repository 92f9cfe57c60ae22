"""The service with the real process beside it: polling, and by webhook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.telegram.process import World, make_sample

HAS_WEBHOOK = "telegram_webhook_url" in Settings.model_fields


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sample data with codes."""
    return make_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module", params=["polling", "webhook"])
def shared(
    request: pytest.FixtureRequest, sample: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """One running process for all tests of a file, whose people do not meet."""
    webhook = request.param == "webhook"
    if webhook and not HAS_WEBHOOK:
        pytest.skip("the product has no webhook yet")
    world = World(tmp_path_factory.mktemp(request.param), sample, webhook=webhook)
    try:
        yield world.start()
    finally:
        world.close()


@pytest.fixture
def world(shared: World) -> Iterator[World]:
    """Nobody breaks a rule of the Bot API, whatever else is tested."""
    shared.service.violations.clear()
    yield shared
    assert shared.service.violations == []
    assert shared.running, shared.log.read_text()[-3000:]


@pytest.fixture
def own(sample: Path, tmp_path: Path) -> Iterator[World]:
    """A world for one test, which starts and ends the process itself."""
    world = World(tmp_path, sample)
    try:
        yield world
    finally:
        world.close()
    assert world.service.violations == []
