"""Messages leave in order, wait when they must, and never hold up other conversations."""

from __future__ import annotations

import asyncio
import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.needless import Letter, collapse, in_place, last_pages
from bot.ports import Nowhere, RetryLater, Unavailable
from flows.engine.conversation import Button, Press
from flows.engine.outputs import Capabilities, Closed, Field, Prompt, Say
from storage import outbox
from storage.codec import Message
from tests.bot.fakes import AT, FakeChannel, StoppedClock, World

MINUTE = datetime.timedelta(minutes=1)


async def put(world: World, conversation: str, *outputs: Message) -> None:
    """Decide to say something."""
    new = [outbox.New(conversation, "test", 1, output, "en", "") for output in outputs]
    await world.uow.write(lambda connection: outbox.add(connection, new, world.clock.now()))
    world.runner._wake("send")


async def pass_time(world: World, time: datetime.timedelta) -> None:
    """Let some time go by at once."""
    await asyncio.sleep(0.02)
    world.clock.at += time
    world.runner._wake("send")


async def outcomes(world: World) -> list[str | None]:
    """How the messages ended, in order."""
    asked = text("SELECT outcome FROM outbox ORDER BY id")
    return list(await world.uow.read(lambda connection: connection.scalars(asked).all()))


def test_a_platform_that_asks_to_wait_is_given_the_time(database: str, tmp_path: Path) -> None:
    """Its conversation waits, in order; the others do not."""
    world = World(database, tmp_path)
    world.channel.faults["a"] = [RetryLater(60)]

    async def story() -> None:
        await put(world, "a", Say(("1",)), Say(("2",)))
        await put(world, "b", Say(("3",)))
        await world.until(lambda: world.channel.heard("b"))
        await world.said_all()
        assert not world.channel.faults["a"]
        assert world.channel.heard("a") == []
        world.clock.at += MINUTE
        await world.until(lambda: len(world.channel.heard("a")) == 2)

    world.play(story)
    assert world.channel.heard("a") == ["1", "2"]


def test_a_slow_conversation_holds_up_no_other(database: str, tmp_path: Path) -> None:
    """They are sent side by side."""
    world = World(database, tmp_path)
    arrived = world.channel.hold("a")

    async def story() -> None:
        await put(world, "a", Say(("1",)))
        for n in range(20):
            await put(world, f"b{n}", Say(("2",)))
        await world.until(lambda: len(world.channel.sent) == 20)
        assert world.channel.heard("a") == []
        arrived.set()
        await world.until(lambda: world.channel.heard("a"))

    world.play(story)


def test_what_is_erased_is_not_said_any_more(database: str, tmp_path: Path) -> None:
    """Also when it was next in line while the message before it was on its way."""
    world = World(database, tmp_path)
    arrived = world.channel.hold("a")
    erase = text("DELETE FROM outbox WHERE conversation = 'a'")

    async def story() -> None:
        await put(world, "a", Say(("1",)), Say(("2",)), Say(("3",)))
        await world.until(lambda: "a" in world.channel.stopped)
        await world.uow.write(lambda connection: connection.execute(erase))
        arrived.set()
        await put(world, "a", Say(("4",)))
        await world.until(lambda: "4" in world.channel.heard("a"))

    world.play(story)
    assert world.channel.heard("a") == ["1", "4"]


def test_an_outage_is_waited_out(database: str, tmp_path: Path) -> None:
    """With longer and longer pauses, and everything still in order."""
    world = World(database, tmp_path)
    world.channel.faults["a"] = [Unavailable(), TimeoutError(), ConnectionError()]

    async def story() -> None:
        await put(world, "a", Say(("1",)), Say(("2",)))
        while len(world.channel.heard("a")) < 2:
            await pass_time(world, MINUTE)

    world.play(story)
    assert world.channel.heard("a") == ["1", "2"]


@pytest.mark.parametrize(("fault", "tries"), [(Nowhere, 1), (ValueError, 3), (Unavailable, 350)])
def test_what_cannot_be_sent_is_parked(
    database: str, tmp_path: Path, fault: type[Exception], tries: int, caplog: pytest.LogCaptureFixture
) -> None:
    """At once when there is no such chat, soon when it is our own fault, after a day of the platform away."""
    world = World(database, tmp_path)
    left = min(tries, 3)
    world.channel.faults["a"] = [fault() for _ in range(left)]
    new = [outbox.New("a", "test", 1, Say((said,)), "en", "") for said in ("1", "2")]

    def tried_before(connection: Connection) -> None:
        outbox.add(connection, new, AT)
        outbox.wait(connection, [1], AT, tries - left)

    async def story() -> list[str | None]:
        await world.uow.write(tried_before)
        while not world.channel.heard("a"):
            await pass_time(world, 5 * MINUTE)
        await world.said_all()
        return await outcomes(world)

    assert world.play(story) == ["parked", "sent"]
    assert world.channel.heard("a") == ["2"]
    assert not world.channel.faults["a"]
    assert "message 1" in caplog.text


def test_an_edit_names_the_message_of_its_prompt_also_after_a_restart(database: str, tmp_path: Path) -> None:
    """A prompt that takes another's place takes its message; closing a prompt edits it."""
    first = World(database, tmp_path)

    async def show() -> None:
        await put(first, "a", Prompt("1"))
        await first.until(lambda: first.channel.sent)

    first.play(show)
    second = World(database, tmp_path, clock=StoppedClock(AT + MINUTE))

    async def edit() -> None:
        await put(second, "a", Closed("1"), Prompt("2", replaces="1"), Prompt("3"))
        await second.until(lambda: len(second.channel.sent) == 3)

    second.play(edit)
    assert [each.edits for each in first.channel.sent + second.channel.sent] == ["", "m1", "m1", ""]


def waiting(id: int, output: Message) -> outbox.Waiting:
    return outbox.Waiting(id, "a", "test", 1, output, "en", "", AT, AT, 0)


def test_waiting_edits_of_one_message_become_the_last() -> None:
    """It edits what the first would have edited; what is about other messages stays."""
    prompts: tuple[Message, ...] = (
        Prompt("2", replaces="1"),
        Closed("2"),
        Say(("x",)),
        Prompt("3", replaces="2"),
        Closed("0"),
    )
    letters = collapse([waiting(n, output) for n, output in enumerate(prompts)])
    assert [letter.message.output for letter in letters] == [
        Say(("x",)),
        Prompt("3", replaces="1"),
        Closed("0"),
    ]
    assert [item.id for item in letters[1].instead_of] == [0, 1]


def test_edits_collapse_however_many_there_are() -> None:
    """The last one stands for all of them."""
    chain = [waiting(n, Prompt(str(n), replaces=str(n - 1) if n else "")) for n in range(5)]
    [letter] = collapse(chain)
    assert letter.message.output == Prompt("4")
    assert sorted(item.id for item in letter.instead_of) == [0, 1, 2, 3]


def test_of_the_pages_of_a_form_that_wait_only_the_last_is_shown() -> None:
    """With its buttons, also where it was closed since: a form without them is a dead end."""
    field = Field("f", "one", "Which?", (button("Peeters"),))
    last = Prompt("2", (), (field,), form="f")
    every: list[Message] = [Prompt("1", (), (field,), form="f"), Say(("f",)), Say(("Wait",), form="f"), last]
    every.append(Closed("2"))
    letters = in_place(last_pages([Letter(waiting(n, page)) for n, page in enumerate(every)]))
    assert [letter.message.output for letter in letters] == [Say(("f",)), last, Closed("2")]
    assert {each.id for each in letters[1].instead_of} == {0, 2}


def test_a_new_prompt_replaces_nothing_that_waits() -> None:
    """Two prompts that do not replace each other are both said."""
    letters = collapse([waiting(0, Prompt("1")), waiting(1, Prompt("2"))])
    assert [letter.message.id for letter in letters] == [0, 1]


def test_collapsed_messages_are_done_with(database: str, tmp_path: Path) -> None:
    """In the same transaction as the one that stands for them."""
    world = World(database, tmp_path)

    async def story() -> list[str | None]:
        await put(world, "a", Prompt("1"), Prompt("2", replaces="1"), Say(("x",)))
        await world.until(lambda: len(world.channel.sent) == 2)
        await world.said_all()
        return await outcomes(world)

    assert world.play(story) == ["replaced", "sent", "sent"]
    assert [each.output for each in world.channel.sent] == [Prompt("2"), Say(("x",))]


class InPlace(FakeChannel):
    """A platform where a prompt takes the place of the one that was pressed on."""

    capabilities = Capabilities(in_place=True)


def button(label: str) -> Button:
    """Something to press."""
    return Button(0, label, "answer", Press("option", "x"))


def test_where_prompts_take_each_others_place_a_press_is_one_edit(database: str, tmp_path: Path) -> None:
    """It carries what was pressed, and what the message showed until then."""
    world = World(database, tmp_path, channel=InPlace())
    asked = Prompt("1", ("Which?",), buttons=(button("Peeters"),))

    async def story() -> list[str | None]:
        await put(world, "a", asked)
        await world.until(lambda: world.channel.sent)
        await put(world, "a", Closed("1", "Peeters"), Prompt("2", ("Where?",), replaces="1"))
        await world.until(lambda: len(world.channel.sent) == 2)
        await world.said_all()
        return await outcomes(world)

    assert world.play(story) == ["sent", "replaced", "sent"]
    second = world.channel.sent[1]
    assert (second.edits, second.before, second.chosen) == ("m1", asked, "Peeters")


def test_an_edit_that_must_wait_leaves_nothing_due(database: str, tmp_path: Path) -> None:
    """Neither itself nor what it stands for: else the sender would look again and again until then."""
    world = World(database, tmp_path, channel=InPlace())

    async def story() -> list[str]:
        await put(world, "a", Prompt("1", ("Which?",)))
        await world.until(lambda: world.channel.sent)
        world.channel.faults["a"] = [Unavailable()]
        await put(world, "a", Closed("1", "Peeters"), Prompt("2", ("Where?",), replaces="1"))
        await world.until(lambda: not world.channel.faults["a"])
        await asyncio.gather(*world.runner._sender._busy.values())
        return await world.uow.read(lambda connection: outbox.due(connection, world.clock.now(), 10))

    assert world.play(story) == []


def test_a_prompt_that_is_closed_before_it_was_shown_never_has_buttons(database: str, tmp_path: Path) -> None:
    """Nobody could press them any more."""
    world = World(database, tmp_path, channel=InPlace())
    world.channel.faults["a"] = [RetryLater(60)]
    field = Field("f", "one", "Which?", (button("Peeters"),))

    async def story() -> list[str | None]:
        await put(world, "a", Say(("1",)), Prompt("1", (), (field,), (), (button("Back"),)), Closed("1"))
        while len(world.channel.sent) < 2:
            await pass_time(world, MINUTE)
        await world.said_all()
        return await outcomes(world)

    assert world.play(story) == ["sent", "sent", "replaced"]
    assert world.channel.sent[1].output == Prompt("1", (), (Field("f", "one", "Which?"),))
