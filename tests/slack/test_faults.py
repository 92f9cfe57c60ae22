"""What goes wrong with calls to Slack, and how little of it a person notices."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.slack.modals import FormFiller
from tests.slack.process import World
from tests.slack.test_kills import posted
from tests.slack.test_modals import up_to_the_fault
from tests.telegram.faults import Kind
from tests.telegram.journeys import photo

KINDS: tuple[Kind, ...] = ("429", "500", "html", "truncated", "drop before", "drop after", "hang")
IN_A_CHAT = ("chat.postMessage", "chat.update")
BY_ANYBODY = ("users.info", "views.publish", "file")
HANGS = 3.0


def play(story: Callable[[World], Awaitable[None]], folder: Path, sample: Path, way: str) -> None:
    """A story with the process, which is there at its end."""

    async def all_of_it() -> None:
        async with World(folder, sample, way) as world:
            await world.start()
            await story(world)
            assert world.running
        assert world.slack.violations == []

    asyncio.run(all_of_it())


def test_a_channel_that_must_wait_does_not_hold_up_the_others(way: str, tmp_path: Path, sample: Path) -> None:
    """One person gets nothing but 429; ten others are answered all the same, and then that one too."""

    async def story(world: World) -> None:
        punished = world.linked("en")
        number = int("".join(filter(str.isdigit, punished.room.id)))
        world.slack.faults.order("429", "chat.", chat=number, times=1_000_000, seconds=1)
        for _ in range(4):
            await punished.says("menu")
        others = [world.linked("en") for _ in range(10)]
        for _ in range(2):
            for person in others:
                await person.says("menu")
            for person in others:
                await person.hears()
        assert not any(message.mine for message in punished.room.messages.values())
        world.slack.faults.clear()
        await punished.hears()
        await world.settled()

    play(story, tmp_path, sample, way)


def test_every_call_may_fail_in_every_way(way: str, tmp_path: Path, sample: Path) -> None:
    """In a chat with a press and a photo, in a modal, on a Home: said twice only where nobody could know."""

    async def talks(world: World, kind: Kind) -> None:
        person = world.linked("en")
        number = int("".join(filter(str.isdigit, person.room.id)))
        for method in IN_A_CHAT:
            world.slack.faults.order(kind, method, chat=number, seconds=HANGS)
        await person.says("my systems")
        await person.hears()
        await person.taps("Cancel")
        await person.hears()
        await person.sends(("roof.jpg", photo(), "image/jpeg"))
        await person.hears()
        await world.settled()
        calls = [call for call in posted(world.slack.log) if call.channel == person.room.id]
        effects = [call.values for call in calls if call.status == 200 and not call.error]
        again = len(effects) - len({str(values) for values in effects})
        assert again <= (kind in ("truncated", "drop after")), kind
        await person.opens_home()

    async def story(world: World) -> None:
        for kind in KINDS:
            for method in BY_ANYBODY:
                world.slack.faults.order(kind, method, seconds=HANGS)
        await asyncio.gather(*(talks(world, kind) for kind in KINDS))
        world.slack.faults.clear()
        for kind in KINDS:
            world.slack.faults.order(kind, "views.open", seconds=HANGS)
            await begins_a_form(world, world.linked("en"))

    play(story, tmp_path, sample, way)


async def begins_a_form(world: World, person: FormFiller) -> None:
    """When the modal does not open, the chat has a way into it."""
    await person.commands_in("new")
    await world.slack.until(lambda: world.slack.modal_of(person.user) or person.news)
    if world.slack.modal_of(person.user):
        await person.opened()
    else:
        await person.opens_as_form()
    assert person.is_open


def test_a_message_that_was_deleted_is_said_anew(way: str, tmp_path: Path, sample: Path) -> None:
    """What cannot be changed is a new message."""

    async def story(world: World) -> None:
        person = world.linked("en")
        await person.says("menu")
        await person.hears()
        message = person.last()
        button = next(each for each in message.pressed if each["action_id"].startswith("press."))
        del person.room.messages[message.ts]
        await person.taps_on(message, button)
        await person.hears()

    play(story, tmp_path, sample, way)


def test_what_slack_refuses_is_said_in_another_way(way: str, tmp_path: Path, sample: Path) -> None:
    """An edit becomes a new message, blocks become words, a file that is not taken is named."""

    async def story(world: World) -> None:
        person = world.linked("en")
        await person.says("my systems")
        await person.hears()
        for error in ("invalid_blocks", "channel_not_found"):
            world.slack.faults.order("refused", "chat.update", error=error)
        await person.taps("Cancel")
        await person.sees("Stopped. Nothing was sent.")
        await person.taps("Menu")
        await person.sees("What do you want to do?")
        world.slack.faults.clear()
        world.slack.faults.order("refused", "chat.postMessage", error="msg_blocks_too_long")
        await person.says("help")
        await person.sees("reach the support desk")
        for method, error in (
            ("files.getUploadURLExternal", "file_uploads_disabled"),
            ("files.completeUploadExternal", "channel_not_found"),
        ):
            world.slack.faults.order("refused", method, error=error)
            await person.says("my data")
            await person.sees("Slack did not take the file solardesk.txt here.", "This is everything")
        await world.settled()
        assert {outcome for (outcome,) in world.rows("SELECT outcome FROM outbox")} <= {"sent", "replaced"}

    play(story, tmp_path, sample, way)


def test_a_form_that_was_closed_meanwhile_goes_on_in_the_chat(way: str, tmp_path: Path, sample: Path) -> None:
    """Also when its page failed before."""

    async def story(world: World) -> None:
        person = world.linked("en")
        await up_to_the_fault(person, "en")
        world.slack.faults.order("500", "views.update", times=2)
        await person.closes()
        await person.hears()

    play(story, tmp_path, sample, way)
