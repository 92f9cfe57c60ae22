"""Every journey, as it goes on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conversations.journeys import JOURNEYS
from tests.telegram.carried import TelegramWorld
from tests.telegram.journeys import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", JOURNEYS)
def test_a_journey_goes_to_its_end(name: str, language: str, filled: Path) -> None:
    """Each press finds its button on the screen; no rule of the Bot API is broken; there is a way on."""
    world = TelegramWorld(filled)
    try:
        chat = JOURNEYS[name](world, language)
        assert chat.labels()
    finally:
        world.close()
    assert world.service.violations == []
