"""From an input to its answer: once, in order, whatever fails on the way."""

from __future__ import annotations

import asyncio
import datetime
import logging
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select, text

from bot.ports import Asked, Received, Unavailable
from bot.runner import Runner
from flows.engine.conversation import Conversation
from flows.engine.events import Event, Said
from flows.engine.outputs import Capabilities, Output, Prompt, Say
from flows.engine.phrases import _
from flows.engine.work import Reply
from storage import conversations
from tests.bot.fakes import AT, FakeDesk, RealClock, StoppedClock, World, echo, ledger, said

HOUR = datetime.timedelta(hours=1)


def test_an_input_is_answered(database: str, tmp_path: Path) -> None:
    """And what was said is remembered."""
    world = World(database, tmp_path)

    async def story() -> Conversation | None:
        assert await world.runner.receive(said("1", "hello"))
        await world.until(lambda: world.channel.sent)
        return await world.uow.read(lambda connection: conversations.load(connection, "a"))

    remembered = world.play(story)
    assert remembered == Conversation("a", "en", revision=1)
    [answer] = world.channel.sent
    assert (answer.output, answer.locale, answer.time_zone) == (Say(("1: hello",)), "en", "Europe/Brussels")


def test_a_repeat_is_absorbed(database: str, tmp_path: Path) -> None:
    """The platform may deliver as often as it likes."""
    world = World(database, tmp_path)

    async def story() -> None:
        first, again = await asyncio.gather(
            world.runner.receive(said("1", "x")), world.runner.receive(said("1", "x"))
        )
        assert (first, again) == (True, False)
        await world.until(lambda: world.channel.sent)
        assert not await world.runner.receive(said("1", "x"))
        await world.runner.receive(said("2", "y"))
        await world.until(lambda: len(world.channel.sent) > 1)

    world.play(story)
    assert world.channel.heard("a") == ["1: x", "2: y"]


def test_what_no_database_can_keep_is_left_out(database: str, tmp_path: Path) -> None:
    """NUL and half characters, whichever channel lets them through: the desk gets the rest."""
    world = World(database, tmp_path)

    async def story() -> list[str]:
        await world.runner.receive(said("1", "note a\0b\ud800c 🙂"))
        await world.until(lambda: world.channel.sent)
        return list(await world.uow.read(lambda connection: connection.scalars(select(ledger.c.note)).all()))

    assert world.play(story) == ["ab?c 🙂"]
    assert world.channel.heard("a") == ["1: noted ab?c 🙂"]


def test_many_conversations_are_each_answered_in_order(database: str, tmp_path: Path) -> None:
    """Also when all talk at once and faster than we answer."""
    world = World(database, tmp_path)
    people = [f"p{n}" for n in range(40)]

    async def story() -> None:
        for turn in range(5):
            await asyncio.gather(
                *(world.runner.receive(said(f"{who}/{turn}", f"note {turn}", who)) for who in people)
            )
        await world.until(lambda: len(world.channel.sent) == 200)

    world.play(story)
    for who in people:
        assert world.channel.heard(who) == [f"{n + 1}: noted {n}" for n in range(5)]
    assert max(world.desk.rounds) > 5


def test_an_input_that_raises_is_parked_and_the_person_is_offered_a_person(
    database: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """After three tries, with a reference that is also in the log; others of its batch do not notice."""
    world = World(database, tmp_path, clock=RealClock())

    async def story() -> list[object]:
        others = [said(f"b{n}", f"note {n}", f"b{n}") for n in range(8)]
        await asyncio.gather(
            world.runner.receive(said("1", "before")), *(world.runner.receive(other) for other in others)
        )
        await asyncio.gather(
            world.runner.receive(said("2", "boom")),
            *(world.runner.receive(said(f"c{n}", "note again", f"b{n}")) for n in range(8)),
        )
        await world.runner.receive(said("3", "after"))
        await world.until(lambda: len(world.channel.heard("a")) == 3)
        return list(await world.uow.read(lambda connection: connection.execute(select(ledger)).all()))

    effects = world.play(story)
    assert len(effects) == 16
    first, trouble, last = [each.output for each in world.channel.sent if each.conversation == "a"]
    assert (first, last) == (Say(("1: before",)), Say(("2: after",)))
    assert isinstance(trouble, Prompt)
    assert trouble.lines[0] == _("Your last message could not be handled. What you filled in before is kept.")
    assert [button.label for button in trouble.buttons] == [_("Talk to a person")]
    reference = trouble.lines[1].gaps["reference"].text  # type: ignore[union-attr]
    parked = [record.message for record in caplog.records if "parked" in record.message]
    assert len(parked) == 1
    assert reference in parked[0]
    assert "said by a person" not in caplog.text


def test_the_button_under_a_fault_is_known_to_the_conversation(database: str, tmp_path: Path) -> None:
    """So that pressing it means something."""
    world = World(database, tmp_path, clock=RealClock())

    async def story() -> Conversation | None:
        await world.runner.receive(said("1", "boom"))
        await world.until(lambda: world.channel.sent)
        return await world.uow.read(lambda connection: conversations.load(connection, "a"))

    remembered = world.play(story)
    prompt = world.channel.sent[0].output
    assert isinstance(prompt, Prompt)
    assert [(screen.token, screen.buttons) for screen in remembered.screens] == [
        (prompt.token, prompt.buttons)
    ]


def test_what_cannot_be_understood_is_quarantined(
    database: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The conversation goes on, the person hears of it, and the input is kept for whoever looks at it."""
    world = World(database, tmp_path)

    async def story() -> object:
        await world.runner.receive(Received("test", "1", "a", b"\xff not json", AT))
        await world.runner.receive(Received("gone", "1", "b", b"{}", AT))
        await world.runner.receive(said("2", "hello"))
        await world.until(lambda: len(world.channel.sent) == 2)
        outcomes = text("SELECT outcome, count(*) FROM inbox GROUP BY outcome ORDER BY outcome")
        return await world.uow.read(lambda connection: connection.execute(outcomes).all())

    assert world.play(story) == [("done", 1), ("quarantined", 2)]
    assert "quarantined" in caplog.text


def test_a_failed_turn_leaves_no_effect(database: str, tmp_path: Path) -> None:
    """What the desk did is undone with everything else of the turn, and done once when it succeeds."""

    class Shaky(FakeDesk):
        def answer(self, work: Connection, asked: Sequence[Asked]) -> list[Reply]:
            replies = super().answer(work, asked)
            if len(self.rounds) < 3:
                raise ValueError("after the effect")
            return replies

    world = World(database, tmp_path, desk=Shaky(), clock=RealClock())

    async def story() -> list[object]:
        await world.runner.receive(said("1", "note once"))
        await world.until(lambda: world.channel.sent)
        return list(await world.uow.read(lambda connection: connection.execute(select(ledger)).all()))

    assert len(world.play(story)) == 1
    assert world.channel.heard("a") == ["1: noted once"]


def test_an_unavailable_service_fails_only_who_asked_it(database: str, tmp_path: Path) -> None:
    """Those who asked nothing in the same batch are answered."""

    class Away(FakeDesk):
        def answer(self, work: Connection, asked: Sequence[Asked]) -> list[Reply]:
            raise Unavailable

    world = World(database, tmp_path, desk=Away())

    async def story() -> None:
        await asyncio.gather(
            world.runner.receive(said("1", "note x")), world.runner.receive(said("1b", "hi", "b"))
        )
        await world.until(lambda: world.channel.heard("b"))

    world.play(story)
    assert world.channel.heard("b") == ["1: hi"]


def test_an_input_that_ended_the_process_is_parked_after_three_starts(database: str, tmp_path: Path) -> None:
    """It is tried alone and counted before; the innocent ones after it are answered at the first start."""

    class Killed(BaseException):
        """Stands in for the end of the process: nothing may catch it."""

    def deadly(
        conversation: Conversation, event: Event, can: Capabilities
    ) -> tuple[Conversation, tuple[Output, ...]]:
        if event.content == Said("die"):
            raise Killed
        return echo(conversation, event, can)

    async def life(runner: Runner) -> bool:
        """One start; says whether the process survived it."""
        await runner._drain.start()
        try:
            while await runner._drain.step():
                pass
        except Killed:
            return False
        return True

    clock = StoppedClock()
    survived = []
    for start in range(5):
        clock.at += HOUR
        world = World(database, tmp_path, advance=deadly, clock=clock)

        async def story(world: World = world, start: int = start) -> bool:
            if start == 0:
                for key, words, who in (("1", "die", "a"), ("2", "hi", "a"), ("3", "hi", "b")):
                    await world.runner.receive(said(key, words, who))
            return await life(world.runner)

        survived.append(asyncio.run(story()))
        world.uow.close()
    assert survived == [False, False, False, True, True]
    last = World(database, tmp_path, clock=clock)

    async def story_of_the_last() -> None:
        await last.until(lambda: len(last.channel.sent) == 3)

    last.play(story_of_the_last)
    trouble, answer = last.channel.heard("a")
    assert answer == "1: hi"
    assert trouble != "1: die"
    assert last.channel.heard("b") == ["1: hi"]


def test_a_timer_comes_back_as_an_input(database: str, tmp_path: Path) -> None:
    """On the channel where the conversation lives, after any number of restarts."""
    clock = StoppedClock()
    first = World(database, tmp_path, clock=clock)

    def count_timers(connection: Connection) -> int:
        return connection.scalar(text("SELECT count(*) FROM timers")) or 0

    async def set_it() -> None:
        await first.runner.receive(said("1", "wait"))
        while not await first.uow.read(count_timers):  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    first.play(set_it)
    clock.at += 25 * HOUR
    second = World(database, tmp_path, clock=clock)

    async def hear_it() -> None:
        await second.until(lambda: second.channel.sent)

    second.play(hear_it)
    assert second.channel.heard("a") == ["2: later"]


def test_what_was_accepted_before_a_stop_is_answered_after_the_start(database: str, tmp_path: Path) -> None:
    """Nothing is only in memory."""
    first = World(database, tmp_path)

    async def accept() -> None:
        for n in range(3):
            await first.runner.receive(said(str(n), str(n)))

    asyncio.run(accept())
    first.uow.close()
    second = World(database, tmp_path)

    async def answer() -> None:
        await second.until(lambda: len(second.channel.sent) == 3)

    second.play(answer)
    assert second.channel.heard("a") == ["1: 0", "2: 1", "3: 2"]


def test_the_loops_outlive_a_fault_of_the_database(
    database: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """They try again, and log where it went wrong without what was in it."""
    world = World(database, tmp_path)

    async def story() -> None:
        await world.uow.write(lambda connection: connection.execute(text("ALTER TABLE outbox RENAME TO x")))
        await world.runner.receive(said("1", "hello"))
        await world.until(lambda: "send: " in caplog.text and "input 1 failed" in caplog.text)
        await world.uow.write(lambda connection: connection.execute(text("ALTER TABLE x RENAME TO outbox")))
        world.clock.at += HOUR
        await world.until(lambda: world.channel.sent)

    world.play(story)
    assert world.channel.heard("a") == ["1: hello"]


def test_logs_name_the_place_of_a_fault_and_nothing_else(
    database: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Not the words of the person, not the values of a statement (I8)."""

    class Telling(FakeDesk):
        def answer(self, work: Connection, asked: Sequence[Asked]) -> list[Reply]:
            work.execute(insert(ledger).values(id="secret words", note="secret words"))
            raise ValueError("secret words")

    world = World(database, tmp_path, desk=Telling(), clock=RealClock())

    async def story() -> None:
        await world.runner.receive(said("1", "note secret words"))
        await world.until(lambda: world.channel.sent)

    with caplog.at_level(logging.DEBUG):
        world.play(story)
    assert "answer" in caplog.text
    assert "secret words" not in caplog.text
