"""The conversations of `tests/conversations`, carried by Slack: the adapter, and the strict fake."""

from __future__ import annotations

import asyncio
import itertools
from pathlib import Path
from typing import cast

from bot.app import App
from bot.channels.slack.sending import CHANNEL, EDITS, Sending
from bot.channels.slack.service import Slack as Product
from bot.pace import Pace
from bot.ports import Channel
from bot.serve import with_slack
from bot.settings import Settings
from flows.engine.data import Started
from flows.engine.events import Content, Pressed, Said, Sent
from storage import conversations
from tests.bot.channels.slack.workspace import APP, BOT
from tests.conversations.chats import PATIENCE, Chat, World
from tests.slack import written
from tests.slack.modals import FormFiller
from tests.slack.rooms import Block, Message
from tests.slack.service import Slack
from tests.telegram.carried import Recorded

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"jpg": "image/jpeg", "ogg": "audio/ogg", "xlsx": XLSX}


class AtOnce(Pace[str]):
    """No limit: people of paper answer at once."""

    def take(self, chat: str, patience: float) -> tuple[bool, float]:
        return True, 0.0

    def spare(self, chat: str) -> bool:
        return True


class SlackWorld(World):
    """The same product and sample, whose chats are direct messages in a workspace.

    As long as no form opens in it, as when Slack is slow, everything is asked in the chat.
    """

    def __init__(self, folder: Path, trigger_seconds: float = 0.0) -> None:
        self._folder = folder
        self._trigger_seconds = trigger_seconds
        self._people = itertools.count(1001)
        super().__init__(folder)

    def _start(self) -> App:
        self.slack = Slack()
        self.slack.trigger_seconds = self._trigger_seconds
        self.run(self.slack.__aenter__())
        self.settings = Settings(
            data_dir=self._folder,
            slack_bot_token=BOT,
            slack_app_token=APP,
            slack_base_url=self.slack.api,
        )
        app = App(self.settings, self.clock)
        app.runner._prepare._progress_after = app.runner._prepare._at_most = PATIENCE
        product = with_slack(app)
        assert product
        self.product: Product = product
        sending = Sending(product._workspaces.client(BOT))
        sending._posts, sending._edits = (
            AtOnce(lambda _chat: CHANNEL, CHANNEL),
            AtOnce(lambda _: EDITS, EDITS),
        )
        product._workspaces._sendings["", ""] = sending
        app.channels[product.channel.name] = cast(Channel, Recorded(product.channel, self.paper.shown))
        self.run(self._begin(app))
        return app

    async def _begin(self, app: App) -> None:
        await app.start()
        self.product.start()
        await self.slack.until(lambda: self.slack.sockets)

    def open(self, name: str, locale: str) -> SlackChat:
        return SlackChat(self, name, locale)

    def person(self, locale: str) -> FormFiller:
        """Somebody in the workspace."""
        return FormFiller(self.slack, f"U{next(self._people)}", locale)

    def close(self) -> None:
        self.run(self.product.stop())
        self.run(self.app.stop())
        self.run(self.product.close())
        self.run(self.slack.__aexit__())
        self.loop.close()


Seen = tuple[str, list[str]]
"""What somebody did, and what came or changed by that, written down as it then stood."""


class SlackChat(Chat):
    """One person in their direct messages."""

    def __init__(self, world: SlackWorld, name: str, locale: str) -> None:
        super().__init__(world, name, locale)
        self.slack = world.slack
        self.person = world.person(locale)
        self.key = f"slack:-:T1:{self.person.user}"
        self.pages: list[Seen] = []
        self._files: tuple[tuple[str, bytes], ...] = ()

    def sends(self, *files: tuple[str, bytes], text: str = "", kind: str = "") -> Chat:
        self._files = files
        return super().sends(*files, text=text, kind=kind)

    def forget(self) -> None:
        super().forget()
        self.pages.clear()

    def _does(self, content: Content, words: str, _files: object = ()) -> Chat:
        before = len(self._all())
        self.world.run(self._on_slack(content))
        self.world.run(asyncio.wait_for(self._settled(), PATIENCE))
        return self._reads(words, before)

    def _reads(self, words: str, before: int) -> Chat:
        self.pages.append((words, [written.message(message) for message in self.person.news]))
        self.person.mark()
        return super()._reads(words, before)

    async def _on_slack(self, content: Content) -> None:
        match content:
            case Said(text):
                await self.person.says(text)
            case Started("link", answers):
                await self.person.says(str(answers["code"]))
            case Pressed(token, index):
                await self.person.taps_on(*self._pressable(f"{token}.{index}"))
            case Sent(text=text):
                files = ((name, data, KINDS[name.rpartition(".")[2]]) for name, data in self._files)
                await self.person.sends(*files, text=text)
            case _:
                raise AssertionError(f"nobody does that on Slack: {content}")

    def _pressable(self, value: str) -> tuple[Message, Block, Block | None]:
        for message in reversed(self.person.room.messages.values()):
            for element in message.pressed if message.mine else ():
                for option in element.get("options") or [None]:
                    if (option or element).get("value") == value:
                        return message, element, option
        raise AssertionError(f"no such button on the screen:\n{self.person.chat()}")

    async def _settled(self) -> None:
        while not await self._is_settled():  # noqa: ASYNC110 - only the database knows
            await asyncio.sleep(0.005)

    async def _is_settled(self) -> bool:
        if any(parcel.on_its_way for parcel in self.slack.parcels.values()):
            return False
        return await self.world.app.uow.read(lambda reading: conversations.settled(reading, self.key))
