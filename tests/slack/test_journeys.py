"""Every journey, as it goes in the direct messages of Slack."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conversations.journeys import JOURNEYS
from tests.slack.carried import SlackWorld
from tests.telegram.journeys import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", JOURNEYS)
def test_a_journey_goes_to_its_end(name: str, language: str, tmp_path: Path) -> None:
    """Each press finds its button on the screen; Slack would refuse nothing; there is a way on."""
    world = SlackWorld(tmp_path)
    try:
        chat = JOURNEYS[name](world, language)
        assert chat.labels()
    finally:
        world.close()
    assert world.slack.violations == []
