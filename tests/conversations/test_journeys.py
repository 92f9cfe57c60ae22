"""The conversations that are printed for people to read can still be played."""

from __future__ import annotations

import pytest

from tests.conversations.chats import World
from tests.conversations.journeys import JOURNEYS


@pytest.mark.parametrize("name", JOURNEYS)
def test_a_journey_goes_to_its_end(world: World, name: str) -> None:
    """Without trouble, without a dead end, each message short enough to read on a roof."""
    chat = JOURNEYS[name](world, "fr")
    for out in chat._all():
        assert out.locale == "fr" or name == "everyday"
    assert chat.labels()
    assert "n'a pas pu être traité" not in chat.transcript()
