"""Telegram as a channel: the outputs of the engine as messages, edited in place where that is expected."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, Final
from zoneinfo import ZoneInfo

from telegram import Bot, ReplyParameters
from telegram.error import ChatMigrated

from bot.channels.telegram import receive, render, words
from bot.channels.telegram.chats import Chats
from bot.channels.telegram.places import NAME, Place, moved, person_of, place_of
from bot.channels.telegram.sending import Gone, NotHtml, NoTopic, Sending
from bot.channels.telegram.sheets import Keyboard, Sheet
from bot.ports import Clock, Enclosed, Moved, Nowhere, Outgoing, Received, Unreachable
from bot.trouble import STILL_THERE
from flows.engine.events import Event
from flows.engine.outputs import Capabilities, Closed, Prompt, Say, Unsaid
from locales.speaker import Speaker

NIGHT: Final = (20, 7)
LOOKING: Final = datetime.timedelta(minutes=1)
"""Who wrote or tapped so recently has the chat open, and is shown no notification."""


class TelegramChannel:
    """Implements `ports.Channel`."""

    name = NAME
    capabilities = Capabilities(max_fields=1, largest_mb=20, in_place=True)

    def __init__(self, bot: Bot, clock: Clock) -> None:
        self.bot = bot
        self.me = receive.Me(int(bot.token.partition(":")[0]))
        self._clock = clock
        self._sending = Sending(bot)
        self.chats = Chats()
        self.told: Callable[[Outgoing], None] = lambda _outgoing: None
        """Called when something was said."""
        self._parts: dict[int, int] = {}

    def receive(self, received: Received) -> Event:
        """The event in a stored payload. Raises Malformed, Aside."""
        return receive.event(received)

    async def fetch(self, ref: str) -> bytes:
        """The bytes of a file. Raises RetryLater, Unavailable, Unreachable, TooBig."""
        return await self._sending.file(ref)

    def seen(self, conversation: str, message: int) -> None:
        """A message stands in this chat: what is above it is not edited in place any more."""
        chat = self.chats[conversation]
        chat.last = max(message, chat.last)

    def heard(self, conversation: str) -> None:
        """Somebody wrote or tapped here just now."""
        self.chats[conversation].heard = self._clock.now()

    async def busy(self, conversation: str, action: str) -> None:
        """Show that an answer is coming, unless other things are to be said now."""
        if place := place_of(conversation):
            await self._sending.busy(place.chat, place.thread, action)

    async def send(self, outgoing: Outgoing) -> str:
        """Deliver; returns the number of the message."""
        place = place_of(outgoing.conversation)
        if place is None:
            raise Nowhere
        try:
            shown = await self._send(outgoing, place)
        except Unreachable:
            raise Unreachable(person_of(place.chat)) from None
        except ChatMigrated as error:
            raise Moved(moved(outgoing.conversation, error.new_chat_id)) from None
        await self._said(outgoing, place, shown)
        return shown

    async def _said(self, outgoing: Outgoing, place: Place, shown: str) -> None:
        """What follows from that: an invitation to share something stands until the next thing is said."""
        if not shown:
            return
        chat = self.chats[outgoing.conversation]
        chat.said += 1
        if isinstance(outgoing.output, Say) and outgoing.output.wants:
            chat.invitation = int(shown)
        elif chat.invitation:
            invitation, chat.invitation = chat.invitation, 0
            await self._sending.put_away(place.chat, invitation)
        self.told(outgoing)

    async def _send(self, outgoing: Outgoing, place: Place) -> str:
        match outgoing.output:
            case Say() if outgoing.enclosed:
                return await self._hand_out(outgoing, place, outgoing.output, outgoing.enclosed)
            case Say() as said:
                return await self._new(outgoing, place, said)
            case Prompt() as prompt:
                return await self._prompt(outgoing, place, prompt)
            case Closed() as closing:
                await self._close(outgoing, place, closing)
            case Unsaid(message):
                if not await self._sending.take_away(place.chat, int(message)):
                    return await self._new(outgoing, place, Say((STILL_THERE,)))
        return ""

    async def _prompt(self, outgoing: Outgoing, place: Place, prompt: Prompt) -> str:
        """In the place of the one it replaces while nothing stands under that; else as a new message."""
        speaker = self._speaker(outgoing)
        if outgoing.edits:
            old = int(outgoing.edits)
            sheet = render.sheet(prompt, speaker, outgoing.chosen)
            last = self.chats[outgoing.conversation].last <= old and not _is_record(outgoing)
            if last and len(sheet.html) == 1 and await self._edit(place, old, sheet):
                return outgoing.edits
            await self._close(outgoing, place, Closed(prompt.replaces, outgoing.chosen))
        return await self._new(outgoing, place, prompt)

    async def _close(self, outgoing: Outgoing, place: Place, closing: Closed) -> None:
        """The old message keeps its text and the answer, and loses its buttons."""
        if not outgoing.edits:
            return
        old = int(outgoing.edits)
        if closing.chosen and outgoing.before:
            sheet = render.closed(outgoing.before, closing, self._speaker(outgoing))
            if len(sheet.html) == 1:
                await self._edit(place, old, sheet)
                return
        try:
            await self._sending.strip(place.chat, old)
        except Gone:
            return

    async def _edit(self, place: Place, message: int, sheet: Sheet) -> bool:
        """Whether the message could be edited."""
        try:
            try:
                await self._sending.edit(place.chat, message, **_text(sheet, 0, html=True))
            except NotHtml:
                await self._sending.edit(place.chat, message, **_text(sheet, 0, html=False))
        except Gone:
            return False
        return True

    async def _new(self, outgoing: Outgoing, place: Place, said: Say | Prompt) -> str:
        """Send all parts; those of a try before this one are not sent again."""
        sheet = render.sheet(said, self._speaker(outgoing), masked=not self._is_looking(outgoing))
        if place.is_group:
            sheet = Sheet(sheet.html, sheet.plain, self._way_out(outgoing))
        message = 0
        for part in range(self._parts.pop(outgoing.id, 0), len(sheet.html)):
            self._parts[outgoing.id] = part
            message = await self._part(outgoing, place, sheet, part)
            self.seen(outgoing.conversation, message)
        self._parts.pop(outgoing.id, None)
        return str(message)

    async def _hand_out(self, outgoing: Outgoing, place: Place, said: Say, enclosed: Enclosed) -> str:
        """A picture or a document with its words under it. What takes long is announced."""
        await self.busy(outgoing.conversation, "upload_photo" if enclosed.is_image else "upload_document")
        words = render.caption(said, self._speaker(outgoing))
        message = await self._sending.hand_out(
            place.chat, enclosed, caption=words, **self._around(outgoing, place)
        )
        self.seen(outgoing.conversation, message)
        return str(message)

    async def _part(self, outgoing: Outgoing, place: Place, sheet: Sheet, part: int) -> int:
        values = self._around(outgoing, place)
        try:
            try:
                return await self._sending.send(place.chat, **_text(sheet, part, html=True), **values)
            except NotHtml:
                return await self._sending.send(place.chat, **_text(sheet, part, html=False), **values)
        except NoTopic:
            if not place.thread:
                raise
            return await self._part(outgoing, Place(place.chat), sheet, part)

    def _around(self, outgoing: Outgoing, place: Place) -> dict[str, Any]:
        """Silent at night, in its topic, in answer to whom it answers (UX 14, 15)."""
        values: dict[str, Any] = {"disable_notification": True} if self._is_night(outgoing) else {}
        if place.thread:
            values["message_thread_id"] = place.thread
        if outgoing.reply_to:
            values["reply_parameters"] = ReplyParameters(
                int(outgoing.reply_to), allow_sending_without_reply=True
            )
        return values

    def _way_out(self, outgoing: Outgoing) -> Keyboard:
        """In a group nothing can be pressed but the way to the private chat."""
        if not self.me.username:
            return []
        label = self._speaker(outgoing).say(words.OPEN_PRIVATE)
        return [[{"text": label, "url": f"https://t.me/{self.me.username}?start=menu"}]]

    def _speaker(self, outgoing: Outgoing) -> Speaker:
        return Speaker(outgoing.locale, outgoing.time_zone, self._local(outgoing).date())

    def _is_looking(self, outgoing: Outgoing) -> bool:
        heard = self.chats[outgoing.conversation].heard
        return heard is not None and self._clock.now() - heard < LOOKING

    def _is_night(self, outgoing: Outgoing) -> bool:
        begins, ends = NIGHT
        return not ends <= self._local(outgoing).hour < begins

    def _local(self, outgoing: Outgoing) -> datetime.datetime:
        return self._clock.now().astimezone(ZoneInfo(outgoing.time_zone))


def _is_record(outgoing: Outgoing) -> bool:
    """Whether the old message shows what was sent in with this press: that stays in the chat."""
    before = outgoing.before
    if before is None or not before.facts:
        return False
    sent = [button.label for button in before.buttons if button.press.kind == "done"]
    return outgoing.chosen in sent


def _text(sheet: Sheet, part: int, *, html: bool) -> dict[str, Any]:
    """The values of a call that shows a part; only the last part has buttons."""
    values: dict[str, Any] = {
        "text": sheet.html[part] if html else sheet.plain[part],
        "link_preview_options": {"is_disabled": True},
    }
    if html:
        values["parse_mode"] = "HTML"
    if part == len(sheet.html) - 1:
        if sheet.keyboard:
            values["reply_markup"] = {"inline_keyboard": sheet.keyboard}
        elif sheet.share:
            values["reply_markup"] = sheet.share
    return values
