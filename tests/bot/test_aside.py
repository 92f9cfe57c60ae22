"""Inputs that need no turn, and inputs that belong together."""

from __future__ import annotations

import datetime
from pathlib import Path

from sqlalchemy import text

from bot.ports import Aside, RawFile, Received, TooBig
from flows.engine.events import Event
from storage.inbox import QUIET
from tests.bot.fakes import AT, FakeChannel, World, said


class Waves(FakeChannel):
    """Answers "wave" with a word and "nod" with nothing, without a turn."""

    def receive(self, received: Received) -> Event:
        if b"wave" in received.payload:
            raise Aside(("hello",), "nl")
        if b"nod" in received.payload:
            raise Aside
        return super().receive(received)


def test_what_needs_no_turn_is_done_and_answered_in_its_place(database: str, tmp_path: Path) -> None:
    """The conversation does not notice: the next words are its first."""
    world = World(database, tmp_path, channel=Waves())

    async def story() -> list[str]:
        for number, words in enumerate(("nod", "wave", "hi")):
            await world.runner.receive(said(str(number), words))
        await world.until(lambda: len(world.channel.sent) == 2)
        asked = text("SELECT outcome FROM inbox ORDER BY id")
        return list(await world.uow.read(lambda connection: connection.scalars(asked).all()))

    assert world.play(story) == ["done", "done", "done"]
    assert world.channel.heard("a") == ["hello", "1: hi"]
    assert [each.locale for each in world.channel.sent] == ["nl", "en"]


def part(key: str, name: str, at: datetime.datetime) -> Received:
    """One photo of an album."""
    return Received("test", key, "a", b"{}", at, (RawFile(name, name, "image", 3),), "album")


def test_an_album_is_one_message(database: str, tmp_path: Path) -> None:
    """However its parts come; words after it wait their turn."""
    world = World(database, tmp_path)
    world.channel.bytes = {"1": b"x", "2": b"x", "3": b"x"}
    there = world.channel.hold("2")

    async def story() -> list[str]:
        for number in ("1", "2", "3"):
            await world.runner.receive(part(number, number, world.clock.now()))
            world.clock.at += QUIET / 2
        await world.runner.receive(said("4", "there"))
        world.clock.at += QUIET
        there.set()
        await world.until(lambda: len(world.channel.answers("a")) == 2)
        asked = text("SELECT outcome FROM inbox ORDER BY id")
        return list(await world.uow.read(lambda connection: connection.scalars(asked).all()))

    assert world.play(story) == ["done"] * 4
    photos, words = world.channel.answers("a")
    assert str(photos).startswith("1: [(")
    assert str(photos).count("image") == 3
    assert words == "2: there"


def test_a_file_that_the_platform_keeps_to_itself_is_too_big(database: str, tmp_path: Path) -> None:
    """The person hears why."""
    world = World(database, tmp_path)
    world.channel.faults["1"] = [TooBig()]

    async def story() -> None:
        await world.runner.receive(
            Received("test", "1", "a", b"{}", AT, (RawFile("1", "film.mp4", "video", 3),))
        )
        await world.until(lambda: world.channel.answers("a"))

    world.play(story)
    assert "too_big" in str(world.channel.answers("a")[0])
