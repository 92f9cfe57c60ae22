"""The conversations that are printed for people to read can still be played."""

from __future__ import annotations

from pathlib import Path

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


def test_a_journey_is_the_same_on_every_database(empty_database: str, tmp_path: Path) -> None:
    """Filing, notes with odd signs, linking; the numbers too."""
    world = World(tmp_path, empty_database)
    chat = JOURNEYS["file-an-rma"](world, "nl").sees("00517625")
    chat.says("noteer bij 517625: \x00 😀 مرحبا").presses("Add").presses("Track").presses("Notes")
    chat.sees("😀 مرحبا")
    JOURNEYS["stranger"](world, "fr")
    world.close()
