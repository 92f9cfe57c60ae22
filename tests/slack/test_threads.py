"""Threads of the direct messages, on the real process."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.slack.people import Person
from tests.slack.process import World
from tests.telegram.journeys import photo


def test_a_thread_is_answered_in_the_thread(way: str, tmp_path: Path, sample: Path) -> None:
    """Words and buttons; it stays one conversation, which goes on wherever its person speaks next (UX 30)."""

    async def story() -> None:
        async with World(tmp_path, sample, way) as world:
            await world.start()
            person = world.linked("en")
            await person.says("help")
            await person.sees("Talk to a person")
            root = person.news[-1]
            await person.says("new rma", thread=root.ts)
            await person.sees("Which system")
            assert threads(person) == {root.ts}
            await person.taps("Cancel")
            await person.hears()
            assert threads(person) == {root.ts}
            await world.end()
            await world.start()
            await person.says("menu")
            await person.sees("What do you want to do?")
            assert threads(person) == {""}
        assert world.slack.violations == []

    asyncio.run(story())


def test_progress_is_told_in_the_thread_too(way: str, tmp_path: Path, sample: Path) -> None:
    """A file that takes long; the answer stands where the file was sent."""

    async def story() -> None:
        async with World(tmp_path, sample, way) as world:
            await world.start()
            person = world.linked("en")
            await person.says("help")
            await person.sees("Talk to a person")
            root = person.news[-1]
            file = world.slack.keep_file("roof.jpg", photo(), "image/jpeg")
            world.slack.faults.order("500", "file", times=2)
            await person.says("", thread=root.ts, files=[file])
            await person.sees("Looking at your file", "New RMA")
            assert threads(person) == {root.ts}
        assert world.slack.violations == []

    asyncio.run(story())


def threads(person: Person) -> set[str]:
    """Where the news stands, apart from older messages that have changed."""
    before = [message.ts for message in person.room.messages.values() if not message.mine][-1]
    return {message.thread for message in person.news if message.ts > before}
