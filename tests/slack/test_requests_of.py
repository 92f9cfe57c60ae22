"""*Make a request of this*: a message with its words, its files and where it stands, on the real process."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.slack.process import World
from tests.telegram.journeys import photo


@pytest.mark.parametrize("may_see", [True, False])
def test_the_files_of_a_message_come_along(way: str, may_see: bool, tmp_path: Path, sample: Path) -> None:
    """Or their person is told that we cannot get at them, and what to do."""

    async def story() -> None:
        async with World(tmp_path, sample, way) as world:
            await world.start()
            person = world.linked("en")
            room = person.channel()
            file = world.slack.keep_file("roof.jpg", photo(), "image/jpeg")
            if not may_see:
                world.slack.kept.pop(file["id"])
            root = person.wrote("The light is red.", room)
            message = person.wrote("It went out.", room, files=[file], thread=root.ts)
            await person.makes_request_of(message, room)
            await person.opened()
            await world.settled()
            kept = world.rows("SELECT kind FROM attachments")
            [(state,)] = world.rows("SELECT body FROM states WHERE conversation LIKE ?", f"%{person.user}")
            assert kept == ([("image",)] if may_see else [])
            assert f"thread_ts={root.ts}" in state
            assert "It went out." in state
            if not may_see:
                shown = f"{person.chat()}{person.view}"
                assert "I cannot get at roof.jpg where it stands" in shown
        assert world.slack.violations == []

    asyncio.run(story())
