"""Pictures and documents on Telegram: shown with their words, in the order they were said."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Iterator

import pytest
from telegram import Bot

from bot.channels.telegram.adapter import TelegramChannel
from bot.ports import Enclosed, Outgoing
from flows.engine.enclosures import Chart, Kept
from flows.engine.outputs import Say
from tests.telegram.phone import Phone
from tests.telegram.server import Server
from tests.telegram.service import Service

AT = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)


class Now:
    """A clock that stands still."""

    def now(self) -> datetime.datetime:
        return AT


@pytest.fixture
def server() -> Iterator[Server]:
    """A Telegram of its own."""
    server = Server(Service())
    yield server
    server.stop()


def hand_out(server: Server, *handed: tuple[Say, Enclosed | None]) -> None:
    """Say these to the person 42, one after the other."""

    async def run() -> None:
        service = server.service
        async with Bot(service.token, server.url, server.file_url) as bot:
            channel = TelegramChannel(bot, Now())
            for number, (said, enclosed) in enumerate(handed):
                await channel.send(
                    Outgoing(
                        number, f"telegram:{bot.id}:42", said, "fr", "Europe/Brussels", AT, enclosed=enclosed
                    )
                )

    asyncio.run(run())


def test_a_picture_and_a_document_come_with_their_words(server: Server) -> None:
    """A picture is shown, a document keeps its name; words too long are cut, never refused."""
    Phone(server.service, 42)
    ring, paper = Chart("RMA", ()), Kept("a", "r.xlsx", "document", 1)
    hand_out(
        server,
        (Say(("31 <open>",), enclosed=ring), Enclosed("chart.png", "image/png", b"png")),
        (Say(("é" * 2000,), enclosed=paper), Enclosed("août.xlsx", "application/x", b"content")),
        (Say(("It is gone",), enclosed=paper), None),
    )
    picture, document, words = [m.data for m in server.service.rooms[42].messages.values()]
    assert picture["caption"] == "31 <open>"
    assert "photo" in picture
    assert document["document"]["file_name"] == "août.xlsx"
    assert document["caption"].endswith("…")
    assert words["text"] == "It is gone"
    assert server.service.violations == []
