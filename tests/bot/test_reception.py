"""A channel that answers in its confirmation waits for the turn of what it received."""

from __future__ import annotations

import asyncio
from pathlib import Path

from sqlalchemy import text

from bot.ports import Told
from flows.engine.outputs import Say
from storage import outbox
from tests.bot.fakes import RealClock, World, said

TAKEN = text("SELECT count(*) FROM inbox WHERE done_at IS NOT NULL")


def test_what_a_turn_says_is_there_at_once_and_told_only_once(database: str, tmp_path: Path) -> None:
    """The channel delivers it, so the sender does not."""
    world = World(database, tmp_path)

    async def story() -> None:
        async with world.runner.turn(said("1", "hello"), 10) as outgoing:
            assert outgoing is not None
            assert [each.output for each in outgoing] == [Say(("1: hello",))]
            await world.runner.told([Told(each) for each in outgoing])
        await world.runner.receive(said("2", "and then"))
        await world.until(lambda: world.channel.sent)

    world.play(story)
    assert world.channel.heard("a") == ["2: and then"]


def test_what_the_channel_does_not_deliver_is_sent(database: str, tmp_path: Path) -> None:
    """It waited only as long as the channel had the conversation to itself; others did not wait."""
    world = World(database, tmp_path)

    async def story() -> None:
        async with world.runner.turn(said("1", "hello"), 10):
            await world.runner.receive(said("2", "elsewhere", "b"))
            await world.until(lambda: world.channel.sent)
            assert world.channel.heard("a") == []
        await world.until(lambda: len(world.channel.sent) > 1)

    world.play(story)
    assert world.channel.heard("a") == ["1: hello"]


def test_the_same_input_has_the_same_answer(database: str, tmp_path: Path) -> None:
    """However often it comes, whoever delivered it; it is not taken again."""
    world = World(database, tmp_path)

    async def story() -> None:
        for _time in range(2):
            async with world.runner.turn(said("1", "note x"), 10) as outgoing:
                assert outgoing is not None
                assert [each.output for each in outgoing] == [Say(("1: noted x",))]
                await world.runner.told([Told(each) for each in outgoing])

    world.play(story)
    assert world.channel.heard("a") == []
    assert world.desk.rounds == [1]


def test_a_turn_that_takes_too_long_is_answered_later(database: str, tmp_path: Path) -> None:
    """The input is kept; what comes of it is sent."""
    world = World(database, tmp_path, clock=RealClock())

    async def story() -> None:
        await world.runner.receive(said("0", "boom"))  # tried for more than a second before it is given up
        async with world.runner.turn(said("1", "hello"), 0.05) as outgoing:
            assert outgoing is None
        await world.until(lambda: len(world.channel.sent) == 2)

    world.play(story)
    assert world.channel.heard("a")[-1] == "1: hello"


def test_several_wait_for_the_same_conversation(database: str, tmp_path: Path) -> None:
    """Each gets its own answer."""
    world = World(database, tmp_path)

    async def one(number: int) -> None:
        async with world.runner.turn(said(str(number), f"n{number}"), 10) as outgoing:
            assert outgoing is not None
            [only] = outgoing
            assert str(only.output).count(f"n{number}")
            await world.runner.told([Told(only)])

    async def story() -> None:
        await asyncio.gather(*(one(number) for number in range(5)))

    world.play(story)
    assert world.channel.sent == []


def test_what_is_on_its_way_arrives_before_the_answer_and_the_rest_waits(
    database: str, tmp_path: Path
) -> None:
    """Else an older page of a form came after a newer one and covered it."""
    world = World(database, tmp_path)
    arrived = world.channel.hold("a")
    older = [outbox.New("a", "test", 1, Say((words,)), "en", "") for words in ("old", "less old")]

    async def story() -> None:
        await world.uow.write(lambda connection: outbox.add(connection, older, world.clock.now()))
        world.runner._wake("send")
        await world.until(lambda: "a" in world.runner._sender._busy)
        turn = world.runner.turn(said("1", "hello"), 10)
        answer = asyncio.create_task(turn.__aenter__())
        while not await world.uow.read(lambda connection: connection.scalar(TAKEN)):  # noqa: ASYNC110  a commit
            await asyncio.sleep(0.005)
        assert not answer.done()
        arrived.set()
        assert await answer is not None
        assert world.channel.heard("a") == ["old"]
        await turn.__aexit__(None, None, None)
        await world.until(lambda: len(world.channel.sent) == 3)

    world.play(story)
    assert world.channel.heard("a") == ["old", "less old", "1: hello"]
