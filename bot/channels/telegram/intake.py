"""Raw updates into the inbox, and what cannot wait for a turn: answering presses, saying that we are busy."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, Final

from telegram.error import TelegramError

from bot.channels.telegram import receive, updates
from bot.channels.telegram.adapter import TelegramChannel
from bot.channels.telegram.places import place_of
from bot.channels.telegram.updates import Update
from bot.ports import Clock, Malformed, Received

log = logging.getLogger(__name__)

KINDS: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""Said at every start: Telegram remembers the last choice."""

BUSY_SECONDS: Final = 4.0
BUSY_TIMES: Final = 5


class Intake:
    """Takes updates in. When `take` returns they are in the database, and may be confirmed."""

    def __init__(
        self, channel: TelegramChannel, keep: Callable[[Received], Awaitable[bool]], clock: Clock
    ) -> None:
        self._channel = channel
        self._keep = keep
        self._clock = clock
        self._asides: set[asyncio.Task[None]] = set()

    async def take(self, raws: Sequence[bytes]) -> None:
        """Store all of them, in this order; one that was stored before changes nothing."""
        now = self._clock.now()
        items = [(raw, receive.stored(raw, self._channel.me, now)) for raw in raws]
        kept = [(raw, received) for raw, received in items if received]
        is_new = await asyncio.gather(*(self._keep(received) for _, received in kept))
        for (raw, received), new in zip(kept, is_new, strict=True):
            if new:
                self._at_once(raw, received)

    def close(self) -> None:
        """Forget what was on its way straight to the platform."""
        for task in self._asides:
            task.cancel()

    def _at_once(self, raw: bytes, received: Received) -> None:
        try:
            update = updates.read(raw)
        except Malformed:
            return
        if update.message or update.callback_query:
            self._channel.heard(received.conversation)
        if update.message:
            self._channel.seen(received.conversation, update.message.message_id)
        if update.callback_query:
            self._aside(self._channel.bot.answer_callback_query(update.callback_query.id))
        elif received.files:
            self._aside(self._say_busy(received, update))

    async def _say_busy(self, received: Received, update: Update) -> None:
        """Until something is said in this chat, and not for ever."""
        place = place_of(received.conversation)
        for _time in range(BUSY_TIMES):
            message = update.message
            if place is None or message is None or self._channel.spoke_after(received.conversation, message):
                return
            await self._channel.bot.send_chat_action(
                place.chat, "typing", message_thread_id=place.thread or None
            )
            await asyncio.sleep(BUSY_SECONDS)

    def _aside(self, call: Coroutine[Any, Any, Any]) -> None:
        """Straight to the platform; when it does not arrive, nobody misses it later."""

        async def quietly() -> None:
            try:
                await call
            except TelegramError as error:
                log.info("not said aside: %s", type(error).__name__)

        task = asyncio.create_task(quietly())
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)
