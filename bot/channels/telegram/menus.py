"""The menu of commands: in the language of the phone, or in the one that was chosen in the chat (UX 2)."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from typing import Final

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from bot.channels.telegram.asides import Asides
from bot.channels.telegram.chats import Chats
from bot.channels.telegram.places import place_of
from bot.ports import Outgoing
from bot.turn import LOCALES, first_meeting
from bot.understanding.shortcuts import menu
from locales.speaker import Speaker
from storage import menus
from storage.menus import Menu
from storage.unit_of_work import UnitOfWork


def commands(locale: str) -> list[BotCommand]:
    """The commands of this language with what they do."""
    speaker = Speaker(locale, "UTC", datetime.date.min)
    return [BotCommand(name, speaker.say(title)) for name, title in menu(locale)]


MENUS: Final[Mapping[str, list[BotCommand]]] = {locale: commands(locale) for locale in LOCALES}
VERSION: Final = hashlib.sha256(
    "\n".join(f"{each.command} {each.description}" for listed in MENUS.values() for each in listed).encode()
).hexdigest()[:16]
"""Another one when a release has other commands."""


class Menus:
    """Sets the menus, and remembers which chats have one of their own."""

    def __init__(self, bot: Bot, uow: UnitOfWork, chats: Chats, asides: Asides) -> None:
        self._bot = bot
        self._uow = uow
        self._chats = chats
        self._asides = asides

    async def set_all(self) -> None:
        """The menu of each language; English for those whose language we do not speak. Then single chats."""
        for locale, listed in MENUS.items():
            await self._bot.set_my_commands(listed, language_code=locale)
        await self._bot.set_my_commands(MENUS["en"])
        for old in await self._uow.read(lambda connection: menus.outdated(connection, VERSION)):
            self._asides.say(self._show(old.conversation, old.locale))

    def follow(self, outgoing: Outgoing) -> None:
        """A chat was spoken to in this language: from now on its menu is in it too."""
        chat = self._chats[outgoing.conversation]
        if chat.menu != outgoing.locale and chat.phone:
            chat.menu = outgoing.locale
            self._asides.say(self._changed(outgoing.conversation, outgoing.locale, chat.phone))

    async def _changed(self, conversation: str, locale: str, phone: str) -> None:
        try:
            await self._change(conversation, locale, phone)
        except TelegramError:
            self._chats[conversation].menu = ""  # again with the next thing that is said
            raise

    async def _change(self, conversation: str, locale: str, phone: str) -> None:
        place = place_of(conversation)
        shown = await self._uow.read(lambda connection: menus.of(connection, conversation))
        if place is None or place.is_group:
            return
        if locale != first_meeting(conversation, phone).locale:
            if shown != Menu(conversation, locale, VERSION):
                await self._show(conversation, locale)
        elif shown:
            await self._bot.delete_my_commands(BotCommandScopeChat(place.chat))
            await self._uow.write(lambda connection: menus.drop(connection, conversation))

    async def _show(self, conversation: str, locale: str) -> None:
        place = place_of(conversation)
        if place and locale in MENUS:
            await self._bot.set_my_commands(MENUS[locale], BotCommandScopeChat(place.chat))
            menu = Menu(conversation, locale, VERSION)
            await self._uow.write(lambda connection: menus.keep(connection, menu))
