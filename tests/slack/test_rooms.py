"""Channels that follow RMAs, on the real process."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.services.rma_changes import pass_to
from storage import rmas
from storage.moments import micros
from storage.unit_of_work import open_engine
from tests.slack.modals import FormFiller
from tests.slack.people import wrapped
from tests.slack.process import World
from tests.slack.rooms import Message, Room, screen
from tests.telegram.journeys import photo

Story = Callable[[World, FormFiller, Room], Awaitable[None]]

FOLLOW = {"nl": "volg hier", "fr": "suivre ici", "en": "follow"}
STOP = {"nl": "stop hier", "fr": "arrêter ici", "en": "unfollow"}
BEGINS = {"nl": "Vanaf nu plaats ik hier", "fr": "Je publie désormais ici", "en": "From now on I post here"}
PENDING = {"nl": "In afwachting van goedkeuring", "fr": "En attente d'approbation", "en": "Pending approval"}


def play(story: Story, folder: Path, sample: Path, way: str, language: str = "en") -> None:
    """Somebody of the company of that language, in a channel in which we are too."""

    async def all_of_it() -> None:
        async with World(folder, sample, way) as world:
            await world.start()
            person = world.linked(language)
            await story(world, person, person.channel())
        assert world.slack.violations == []

    asyncio.run(all_of_it())


def posted(room: Room) -> list[Message]:
    """What everybody in it reads."""
    return [message for message in room.messages.values() if message.mine and not message.only_for]


async def hears(world: World, room: Room, count: int) -> list[Message]:
    """Wait until so much was posted there."""
    await world.slack.until(lambda: len(posted(room)) >= count)
    return posted(room)


def passes(world: World, number: str, status: str) -> None:
    """The desk gives an RMA its next status."""
    engine = open_engine(f"sqlite:///{world.data / 'solardesk.db'}")
    now = micros(datetime.datetime.now(datetime.UTC))
    with engine.begin() as connection:
        rma = rmas.with_numbers(connection, [number])[number]
        pass_to(connection, rma, status, key=f"desk:{number}:{status}", by=None, now=now)
    engine.dispose()


def rma_of(world: World, language: str, status: str = "in_progress") -> dict[str, Any]:
    """An RMA of the company of that language."""
    return next(rma for rma in world.firm(language)["rmas"] if rma["status"] == status)


async def follows_all(person: FormFiller, room: Room, language: str = "en") -> None:
    """Follow all of the company."""
    await person.commands_in(FOLLOW[language], room.id)
    await person.opened()
    await person.finds("rma", "")
    await person.submits()
    await person.submits()


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_a_channel_follows_all_rmas_of_a_company(
    language: str, way: str, tmp_path: Path, sample: Path
) -> None:
    """One thread for each RMA, whatever ends the process, and nothing that tells whose roof it is."""

    async def story(world: World, person: FormFiller, room: Room) -> None:
        await follows_all(person, room, language)
        assert BEGINS[language] in screen((await hears(world, room, 1))[0])
        number = rma_of(world, language)["number"]
        passes(world, number, "pending_approval")
        first = (await hears(world, room, 2))[1]
        assert number in first.words
        assert PENDING[language] in first.words
        assert first.thread == ""
        await world.settled()
        await world.end()
        passes(world, number, "approved")
        await world.start()
        second = (await hears(world, room, 3))[2]
        assert second.thread == first.ts
        await person.commands_in(STOP[language], room.id)
        await world.settled()
        passes(world, number, "shipped")
        await world.settled()
        assert len(posted(room)) == 3
        shown = "\n".join(message.words + message.text for message in posted(room))
        for secret in secrets_of(world, language):
            assert secret not in shown

    play(story, tmp_path, sample, way, language)


def secrets_of(world: World, language: str) -> set[str]:
    """Names, streets and mail addresses of the company's people and systems."""
    rows = world.rows("SELECT name, owner, street FROM systems")
    people = world.rows("SELECT name, email, phone FROM installers")
    return {word for row in (*rows, *people) for word in row if word}


def test_a_channel_follows_one_rma(way: str, tmp_path: Path, sample: Path) -> None:
    """Its thread begins with how it stands; the review names the channel, the company and who reads it."""

    async def story(world: World, person: FormFiller, room: Room) -> None:
        one, other = (rma["number"] for rma in world.firm("en")["rmas"][:2])
        await person.commands_in(f"follow {one.lstrip('0')}", room.id)
        await person.opened()
        review = str(person.view)
        assert "#roofs" in review
        assert world.firm("en")["name"] in review
        assert "Everyone in #roofs reads it" in review
        await person.submits()
        [first] = await hears(world, room, 1)
        assert one in first.words
        assert other not in first.words

    play(story, tmp_path, sample, way)


def test_nothing_is_posted_where_other_organisations_read(way: str, tmp_path: Path, sample: Path) -> None:
    """Nor where we are not; the reason is said."""

    async def story(world: World, person: FormFiller, room: Room) -> None:
        room.shared = True
        await person.commands_in("follow", room.id)
        await person.opened()
        assert "People of other organisations read #roofs too" in str(person.view)
        room.shared, room.private = False, True
        room.members.remove("UBOT")
        await person.commands_in("follow", room.id)
        await person.opened()
        assert "I am not in #roofs yet" in str(person.view)

    play(story, tmp_path, sample, way)


@pytest.mark.parametrize("how", ["told", "found out", "shared"])
def test_who_asked_is_told_when_posting_ends(how: str, way: str, tmp_path: Path, sample: Path) -> None:
    """We were removed from the channel, or it was archived, or others read it now; nothing comes later."""

    async def story(world: World, person: FormFiller, room: Room) -> None:
        await follows_all(person, room)
        await hears(world, room, 1)
        person.mark()
        if how == "found out":
            room.archived = True
            passes(world, rma_of(world, "en")["number"], "pending_approval")
        else:
            kind = "channel_left" if how == "told" else "channel_shared"
            await world.slack.deliver(wrapped({"type": kind, "channel": room.id, "event_ts": "1.2"}))
        await person.sees("I no longer post RMAs in #roofs")
        await world.settled()
        room.archived = False
        passes(world, rma_of(world, "en", "approved")["number"], "shipped")
        await world.settled()
        assert len(posted(room)) == 1

    play(story, tmp_path, sample, way)


def test_a_channel_has_a_language_of_its_own(way: str, tmp_path: Path, sample: Path) -> None:
    """What is posted there is in it, also what a person of another language had asked for."""

    async def story(world: World, person: FormFiller, room: Room) -> None:
        await person.commands_in("language fr here", room.id)
        assert "en français" in (await hears(world, room, 1))[0].words
        await person.sees("From now on I write in French in #roofs.")
        await follows_all(person, room)
        assert BEGINS["fr"] in (await hears(world, room, 2))[1].words

    play(story, tmp_path, sample, way)


def test_a_mention_in_a_thread_is_about_its_rma(way: str, tmp_path: Path, sample: Path) -> None:
    """The words after it are the note; who asks is shown the way to the answer."""

    async def story(world: World, person: FormFiller, room: Room) -> None:
        await follows_all(person, room)
        number = rma_of(world, "en")["number"]
        passes(world, number, "pending_approval")
        root = (await hears(world, room, 2))[1]
        await world.settled()
        await person.mentions("add a note: mind the dog", room, root.ts)
        await person.sees("Add this note?", number, "mind the dog")
        await world.slack.until(lambda: any(m.only_for for m in room.messages.values()))
        [whispered] = [m for m in room.messages.values() if m.only_for == person.user]
        assert whispered.pressed[0]["url"] == "https://slack.com/app_redirect?app=A1&team=T1"
        await person.taps("Add")
        assert "A note was added." in (await hears(world, room, 3))[2].words
        roof = world.slack.keep_file("roof.jpg", photo(), "image/jpeg")
        await person.mentions("this is the gate", room, root.ts, files=[roof])
        await person.sees("Add this to the RMA?", number, "this is the gate")
        await person.taps("Add")
        await hears(world, room, 4)
        assert world.rows("SELECT rma FROM notes WHERE text = 'this is the gate'") == [(number,)]
        stranger = world.person("en")
        room.members.add(stranger.user)
        await stranger.mentions("status", room, root.ts)
        await stranger.hears()
        assert number not in stranger.reads()

    play(story, tmp_path, sample, way)
