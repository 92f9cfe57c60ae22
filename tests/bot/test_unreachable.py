"""Who cannot be reached loses nothing: what was to be said waits until they are heard again."""

from __future__ import annotations

import asyncio
import datetime
from pathlib import Path

from sqlalchemy import Connection, text

from bot.ports import Moved, RetryLater, Unreachable
from flows.engine.enclosures import Kept
from flows.engine.outputs import Closed, Prompt, Say
from storage import mails, outbox, people, timers, unreachable
from storage.clearing import clear_old
from storage.desk_tables import companies, installers
from storage.outbox import Waiting
from storage.rmas import add
from tests.bot.fakes import AT, StoppedClock, World, said, told
from tests.bot.test_sender import outcomes, put

DAY = datetime.timedelta(days=1)


async def away(world: World) -> list[str]:
    """The chats where nobody can be reached."""
    asked = text("SELECT conversation FROM unreachable ORDER BY conversation")
    return list(await world.uow.read(lambda connection: connection.scalars(asked).all()))


async def until_away(world: World, *conversations: str) -> None:
    """Wait until exactly these cannot be reached."""
    while await away(world) != list(conversations):  # noqa: ASYNC110  only the database knows
        await asyncio.sleep(0.01)


async def until_ended(world: World, *ends: str | None) -> None:
    """Wait until the messages ended like this, in order; None are those that wait."""
    while await outcomes(world) != list(ends):  # noqa: ASYNC110  only the database knows
        await asyncio.sleep(0.01)


def test_what_is_refused_waits_and_goes_on_when_the_person_is_heard(database: str, tmp_path: Path) -> None:
    """In order, also after a restart, and before the answer to what they say; others are not held up."""
    first = World(database, tmp_path)
    first.channel.faults["a"] = [Unreachable("test:els")]

    async def refused() -> None:
        await put(first, "a", Say(("1",)), Prompt("1", ("2",)))
        await put(first, "b", Say(("3",)))
        await until_away(first, "a")
        await until_ended(first, None, None, "sent")

    first.play(refused)
    assert first.channel.heard("a") == []
    second = World(database, tmp_path, clock=StoppedClock(AT + DAY))

    async def heard() -> None:
        await second.runner.receive(said("1", "hello"))
        await second.until(lambda: len(second.channel.heard("a")) == 3)
        assert await away(second) == []

    second.play(heard)
    assert second.channel.heard("a") == ["1", "2", "1: hello"]


def test_who_left_is_not_spoken_to_and_a_timer_does_not_bring_them_back(
    database: str, tmp_path: Path
) -> None:
    """The platform says so before anything is refused."""
    world = World(database, tmp_path)

    async def story() -> None:
        await world.runner.receive(told("1", left="test:els"))
        await until_away(world, "a")
        over = timers.Timer("a", "draft", "test:els", AT)
        await world.uow.write(lambda connection: timers.put(connection, [over]))
        while not await outcomes(world):  # noqa: ASYNC110  only the database knows
            await asyncio.sleep(0.01)
        await put(world, "b", Say(("there",)))
        await until_ended(world, None, "sent")

    world.play(story)
    assert world.channel.heard("a") == []


def test_who_speaks_while_a_message_is_being_refused_is_not_away(database: str, tmp_path: Path) -> None:
    """The refusal is older than what they said, so it is tried again at once."""
    world = World(database, tmp_path)
    refused = Waiting(1, "a", "test", 0, Say(("1",)), "en", "", AT, AT, 0)

    async def story() -> None:
        await world.runner.receive(said("1", "hello"))
        await world.until(lambda: world.channel.heard("a"))

        def late(connection: Connection) -> None:
            unreachable.hold_unless_heard(connection, refused, "test:els", AT)

        await world.uow.write(late)
        assert await away(world) == []

    world.play(story)


def waiting(*outputs: Say | Prompt | Closed) -> list[Waiting]:
    """Messages that wait, in this order."""
    return [Waiting(n, "a", "test", 1, output, "en", "", AT, AT, 0) for n, output in enumerate(outputs)]


def test_thirty_old_messages_become_one_and_the_last_question() -> None:
    """Nothing that was told is lost; nothing is asked that was asked again later."""
    told = [Say((f"news {n}",)) for n in range(15)]
    asked = [Prompt(f"{n}") for n in range(15)]
    both = [output for pair in zip(told, asked, strict=True) for output in pair]
    kept = [message.output for message in unreachable.worth_saying(waiting(*both, Say(("news 3",))))]
    assert kept == [Prompt("14"), Say(tuple(f"news {n}" for n in range(15)))]


def test_what_is_handed_out_keeps_its_file() -> None:
    """A report that waited comes as a report; the other news come together beside it."""
    report = Say(("Your report",), enclosed=Kept("f", "report.xlsx", "document", 9))
    share = Say(("Share your number.",), wants="phone")
    told = waiting(Say(("1",)), report, share, Say(("2",)))
    kept = [message.output for message in unreachable.worth_saying(told)]
    assert kept == [report, share, Say(("1", "2"))]


def test_the_last_question_takes_the_place_of_what_was_on_screen() -> None:
    """Through all those that nobody saw; the answer that was given is still shown there."""
    chain = (Closed("1", "Peeters"), Prompt("2", replaces="1"), Closed("2"), Prompt("3", replaces="2"))
    kept = [message.output for message in unreachable.worth_saying(waiting(*chain))]
    assert kept == [Closed("1", "Peeters"), Closed("2"), Prompt("3", replaces="1")]


def test_what_waits_for_somebody_is_kept_for_thirty_days(database: str, tmp_path: Path) -> None:
    """Then it is given up; what waits only for its turn never is."""
    world = World(database, tmp_path)
    world.channel.faults["b"] = [RetryLater(10**7)]

    async def story() -> list[list[str | None]]:
        await world.runner.receive(told("1", left="test:els"))
        await until_away(world, "a")
        await put(world, "a", Say(("1",)))
        await put(world, "b", Say(("2",)))
        await world.until(lambda: not world.channel.faults["b"])
        found = []
        for days in (29, 31):
            await world.uow.write(lambda connection, at=AT + days * DAY: clear_old(connection, at))  # type: ignore[misc]
            found.append(await outcomes(world))
        return found

    assert world.play(story) == [[None, None], ["parked", None]]


def test_a_chat_with_another_name_goes_on_under_it(database: str, tmp_path: Path) -> None:
    """With what is remembered and what waits, whether it is told or found out, in one transaction each."""
    world = World(database, tmp_path)
    world.channel.faults["a"] = [RetryLater(60)]
    world.channel.faults["b"] = [Moved("b2")]

    async def story() -> None:
        await world.runner.receive(said("1", "hello"))
        await world.until(lambda: not world.channel.faults["a"])
        await world.runner.receive(told("2", moved="a2"))
        await put(world, "b", Say(("1",)), Say(("2",)))
        await world.until(lambda: len(world.channel.heard("b2")) == 2)
        world.clock.at += datetime.timedelta(minutes=2)
        await world.until(lambda: world.channel.heard("a2"))
        await world.runner.receive(said("3", "again", "a2"))
        await world.until(lambda: len(world.channel.heard("a2")) == 2)

    world.play(story)
    assert world.channel.heard("a2") == ["1: hello", "2: again"]
    assert world.channel.heard("b2") == ["1", "2"]
    assert not world.channel.heard("a")


async def letters(world: World) -> list[mails.Mail]:
    """What was written."""
    return list(await world.uow.read(lambda connection: mails.latest(connection, 5)))


def test_news_for_who_is_away_is_mailed_by_the_running_desk(database: str, tmp_path: Path) -> None:
    """To the mailbox of the person who left the chat."""
    world = World(database, tmp_path)
    els = {"id": 1, "company": 1, "name": "Els", "email": "els@example.com", "phone": "", "active": True}

    def left_yesterday(connection: Connection) -> None:
        add(connection, companies, [{"id": 1, "name": "Zon"}])
        add(connection, installers, [{**els, "role": "office", "language": "nl"}])
        people.link(connection, "test:els", 1, 0)
        unreachable.hold(connection, "a", "test:els", AT - DAY)
        news = outbox.New("a", "test", 1, Say(("News",)), "nl", "")
        outbox.add(connection, [news], AT - datetime.timedelta(minutes=2))

    async def story() -> None:
        while not await letters(world):  # noqa: ASYNC110  only the database knows
            await asyncio.sleep(0.01)

    asyncio.run(world.uow.write(left_yesterday))
    world.play(story)
