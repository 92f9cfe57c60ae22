"""The conversations of `tests/conversations`, carried by Telegram: the adapter, and the service beside it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import cast

from bot.app import App
from bot.channels.telegram.sending import BOT, Sending, rate_of
from bot.channels.telegram.service import Telegram
from bot.pace import Pace
from bot.ports import Channel, Outgoing
from bot.serve import with_telegram
from bot.settings import Settings
from flows.engine.data import Started
from flows.engine.events import Content, Pressed, Said, Sent
from storage import conversations
from tests.conversations.chats import PATIENCE, Chat, World
from tests.telegram.phone import Phone
from tests.telegram.server import Server
from tests.telegram.service import Service


class AtOnce(Pace[int]):
    """No limit: people of paper answer at once."""

    def take(self, chat: int, patience: float) -> tuple[bool, float]:
        return True, 0.0


class Recorded:
    """A channel, and what it was given to send, in order."""

    def __init__(self, channel: Channel, shown: dict[str, list[Outgoing]]) -> None:
        self._channel = channel
        self._shown = shown

    def __getattr__(self, name: str) -> object:
        return getattr(self._channel, name)

    async def send(self, outgoing: Outgoing) -> str:
        shown = await self._channel.send(outgoing)
        self._shown.setdefault(outgoing.conversation, []).append(outgoing)
        return shown


class TelegramWorld(World):
    """The same product and sample, whose chats are on phones."""

    def __init__(self, folder: Path) -> None:
        self.service = Service()
        self.server = Server(self.service)
        self.phones: dict[str, Phone] = {}
        settings = Settings(
            data_dir=folder,
            telegram_token=self.service.token,
            telegram_base_url=self.server.url,
            telegram_file_url=self.server.file_url,
        )
        super().__init__(folder, settings=settings)

    def _start(self) -> App:
        app = App(self.settings, self.clock)
        telegram = with_telegram(app)
        assert telegram
        self.telegram: Telegram = telegram
        channel = telegram.channel
        channel._sending = Sending(channel.bot, AtOnce(rate_of, BOT))
        app.channels[channel.name] = cast(Channel, Recorded(channel, self.paper.shown))
        self.run(self._begin(app))
        return app

    async def _begin(self, app: App) -> None:
        await app.start()
        self.telegram.start()

    def open(self, name: str, locale: str) -> Chat:
        phone = self.phones.setdefault(name, Phone(self.service, 1001 + len(self.phones), "Els", locale))
        return TelegramChat(self, name, locale, phone)

    def close(self) -> None:
        self.run(self.telegram.stop())
        self.run(self.telegram.close())
        super().close()
        self.server.stop()


class TelegramChat(Chat):
    """One person on a phone."""

    def __init__(self, world: TelegramWorld, name: str, locale: str, phone: Phone) -> None:
        super().__init__(world, name, locale)
        self.phone = phone
        self.key = f"telegram:{world.service.bot['id']}:{phone.id}"
        self._files: tuple[tuple[str, bytes], ...] = ()
        self._kind = ""

    def sends(self, *files: tuple[str, bytes], text: str = "", kind: str = "") -> Chat:
        self._files, self._kind = files, kind
        return super().sends(*files, text=text, kind=kind)

    def _does(self, content: Content, words: str, _files: object = ()) -> Chat:
        before = len(self._all())
        self._on_the_phone(content)
        self.world.run(asyncio.wait_for(self._settled(), PATIENCE))
        return self._reads(words, before)

    def _on_the_phone(self, content: Content) -> None:
        match content:
            case Said(text) if text.startswith("geo:"):
                latitude, _, longitude = text.removeprefix("geo:").partition(",")
                self.phone.shares_place(float(latitude), float(longitude))
            case Said(text):
                self.phone.says(text)
            case Started("link", answers):
                self.phone.says(f"/start {answers['code']}")
            case Pressed(token, index):
                self._taps(f"{token}.{index}")
            case Sent() if self._kind == "voice":
                self.phone.sends_voice()
            case Sent(text=text):
                self.phone.sends_album(*(photo for _name, photo in self._files), caption=text)
            case _:
                raise AssertionError(f"no phone does that: {content}")

    def _taps(self, data: str) -> None:
        for message in reversed(self.phone.room.shown()):
            for button in message.buttons:
                if button.get("callback_data") == data:
                    self.phone.taps_on(message, button)
                    return
        raise AssertionError(f"no such button on the screen:\n{self.phone.chat()}")

    async def _settled(self) -> None:
        while not await self._is_settled():  # noqa: ASYNC110 - only the database knows
            await asyncio.sleep(0.005)

    async def _is_settled(self) -> bool:
        assert isinstance(self.world, TelegramWorld)
        if self.world.service.updates:
            return False
        return await self.world.app.uow.read(lambda reading: conversations.settled(reading, self.key))
