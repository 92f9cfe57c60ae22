"""Files that the app hands out reach the person, with their words, and go nowhere else."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from bot.channels.slack.handing import Handing
from bot.channels.slack.places import Place
from bot.channels.slack.workspaces import Workspaces
from bot.ports import Enclosed
from tests.bot.channels.slack.workspace import BOT
from tests.slack.people import Person
from tests.slack.service import Slack

ELS = Place("", "T1", "U1")
REPORT = Enclosed("rapport août.xlsx", "application/vnd.ms-excel", b"content")


def play(story: Callable[[Slack, Workspaces], Awaitable[None]]) -> None:
    """With a Slack of its own, and with us who speak to it."""

    async def run() -> None:
        async with Slack() as slack:
            workspaces = Workspaces(slack.api, BOT)
            try:
                await story(slack, workspaces)
                assert slack.violations == []
            finally:
                await workspaces.close()

    asyncio.run(run())


def test_a_document_stands_in_the_direct_messages_with_its_words() -> None:
    """Under its own name; the room is asked for once."""

    async def story(slack: Slack, workspaces: Workspaces) -> None:
        handing, sending = Handing(), await workspaces.sending(ELS)
        for _ in range(2):
            await handing.hand_out(sending, ELS, REPORT, "Your &lt;report&gt;")
        first, second = slack.direct("U1").messages.values()
        assert (first.words, first.files[0]["name"]) == ("Your <report>", "rapport août.xlsx")
        assert slack.uploads.contents[second.files[0]["id"]] == b"content"
        assert slack.counted()["conversations.open"] == 1

    play(story)


def test_a_picture_says_in_words_what_it_shows() -> None:
    """To who cannot see it; to others the picture is enough."""

    async def story(slack: Slack, workspaces: Workspaces) -> None:
        picture = Enclosed("chart.png", "image/png", b"png")
        await Handing().hand_out(await workspaces.sending(ELS), ELS, picture, "31 open")
        [shown] = slack.direct("U1").messages.values()
        assert (shown.text, shown.files[0]["alt_txt"]) == ("", "31 open")

    play(story)


def test_in_a_thread_it_stays_in_the_thread() -> None:
    """Of a channel that the app is in."""

    async def story(slack: Slack, workspaces: Workspaces) -> None:
        room = Person(slack, "U1").channel()
        place = Place("", "T1", room.id, "1700000000.000001")
        await Handing().hand_out(await workspaces.sending(ELS), place, REPORT, "")
        [shown] = room.messages.values()
        assert shown.thread == "1700000000.000001"
        assert slack.counted()["conversations.open"] == 0

    play(story)
