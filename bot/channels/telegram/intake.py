"""Raw updates into the inbox, and what cannot wait for a turn: answering presses, saying that we are busy."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from bot.channels.telegram import receive, updates
from bot.channels.telegram.adapter import TelegramChannel
from bot.channels.telegram.asides import Asides
from bot.channels.telegram.inline import Inline
from bot.channels.telegram.updates import CallbackQuery, Message, Update
from bot.ports import Aside, Clock, Malformed, Moved, Received, Unreachable
from bot.turn import first_meeting
from locales.speaker import Speaker

KINDS: Final = ("message", "edited_message", "callback_query", "my_chat_member", "inline_query")
"""Said at every start: Telegram remembers the last choice."""

SLOW_SECONDS: Final = 1.0
"""An answer that takes longer is announced; one to a file always does."""
BUSY_SECONDS: Final = 4.0
BUSY_TIMES: Final = 5
MOST_PRESSES: Final = 1000


class Intake:
    """Takes updates in. When `take` returns they are in the database, and may be confirmed."""

    def __init__(
        self,
        channel: TelegramChannel,
        keep: Callable[[Received], Awaitable[bool]],
        inline: Inline,
        asides: Asides,
        clock: Clock,
    ) -> None:
        self._channel = channel
        self._keep = keep
        self._inline = inline
        self._asides = asides
        self._clock = clock
        self._answered: OrderedDict[str, None] = OrderedDict()

    async def take(self, raws: Sequence[bytes]) -> None:
        """Store all of them, in this order; one that was stored before changes nothing."""
        now = self._clock.now()
        items = [(raw, receive.stored(raw, self._channel.me, now)) for raw in raws]
        kept = [(raw, received) for raw, received in items if received]
        is_new = await asyncio.gather(*(self._keep(received) for _, received in kept))
        for (raw, received), new in zip(kept, is_new, strict=True):
            self._at_once(raw, received, new)
        for raw, unkept in items:
            if unkept is None:
                self._read(raw)

    def _read(self, raw: bytes) -> None:
        """What is only looked up, and never kept."""
        query = updates.read(raw).inline_query
        if query:
            self._asides.say(self._inline.answer(query, self._channel.me))

    def _at_once(self, raw: bytes, received: Received, new: bool) -> None:
        try:
            update = updates.read(raw)
        except Malformed:
            return
        if update.callback_query:
            self._answer(update.callback_query)
        person = update.message or update.callback_query
        if not new or person is None:
            return
        self._channel.heard(received.conversation)
        chat = self._channel.chats[received.conversation]
        if person.from_:
            chat.phone = person.from_.language_code or chat.phone
        if update.message:
            self._channel.seen(received.conversation, update.message.message_id)
            if update.message.migrate_to_chat_id:
                chat.said += 1  # elsewhere: nobody is shown to be busy here any more
        self._asides.say(self._say_busy(received, update, chat.said))

    def _answer(self, query: CallbackQuery) -> None:
        """Once per press; after a kill perhaps again, which the platform refuses and nobody sees."""
        if query.id in self._answered:
            return
        self._answered[query.id] = None
        if len(self._answered) > MOST_PRESSES:
            self._answered.popitem(last=False)
        remark = receive.remark(query)
        said = None
        if remark:
            locale = first_meeting("", query.from_.language_code).locale
            said = Speaker(locale, "UTC", self._clock.now().date()).say(remark)
        self._asides.say(self._channel.bot.answer_callback_query(query.id, said))

    async def _say_busy(self, received: Received, update: Update, said: int) -> None:
        """Until something is said in this chat, and not for ever (UX 13)."""
        if not received.files:
            await asyncio.sleep(SLOW_SECONDS)
        for _time in range(BUSY_TIMES):
            if self._channel.chats[received.conversation].said != said or needs_no_answer(received):
                return
            await self._channel.busy(received.conversation, action_for(update.message))
            await asyncio.sleep(BUSY_SECONDS)


def action_for(message: Message | None) -> str:
    """What we are seen to be busy with."""
    return "find_location" if message and (message.location or message.venue) else "typing"


def needs_no_answer(received: Received) -> bool:
    """Whether nothing will be said."""
    try:
        receive.event(received)
    except Aside as aside:
        return not aside.lines
    except (Moved, Unreachable):
        return True
    except Malformed:
        return False
    return False
