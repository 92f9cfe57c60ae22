"""Payloads into the inbox, and what cannot wait for a turn."""

from __future__ import annotations

import asyncio
import datetime
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any
from weakref import WeakValueDictionary

from bot.channels.slack import payloads, receive, words
from bot.channels.slack.adapter import SlackChannel
from bot.channels.slack.home import Homes
from bot.channels.slack.payloads import Payload
from bot.channels.slack.people import People
from bot.channels.slack.places import message_id, place_of
from bot.channels.slack.sending import Gone, Refusal
from bot.channels.slack.workspaces import Workspaces
from bot.ports import Clock, Malformed, Received, RetryLater, Unavailable, Unreachable
from bot.turn import first_meeting
from locales.speaker import Speaker

log = logging.getLogger(__name__)


class Intake:
    """Takes payloads in. When `take` returns they are in the database, and may be confirmed."""

    def __init__(
        self,
        channel: SlackChannel,
        workspaces: Workspaces,
        people: People,
        homes: Homes,
        keep: Callable[[Received], Awaitable[bool]],
        clock: Clock,
    ) -> None:
        self._channel = channel
        self._workspaces = workspaces
        self._people = people
        self._homes = homes
        self._keep = keep
        self._clock = clock
        self._orders: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._asides: set[asyncio.Task[None]] = set()

    async def take(self, data: dict[str, Any]) -> dict[str, Any] | None:
        """Store it, after all that this person did before; returns what the confirmation says, if anything.

        Raises Malformed, when there is nothing to keep of it.
        """
        data = payloads.cleaned(data)
        if gone := receive.left(data):
            log.info("the app was removed from a workspace")
            self._workspaces.left(gone)
        if person := receive.opened_home(data):
            self._homes.opened(person)
        now = self._clock.now()
        received = receive.stored(data, now)
        if received is None:
            return None
        person = received.conversation
        if place := place_of(person):
            self._workspaces.heard(place)
        order = self._orders.setdefault(person, asyncio.Lock())
        async with order:
            locale = (await self._people.profile(person)).locale
            new = await self._keep(receive.with_locale(received, data, locale))
        return self._at_once(data, received, locale, new)

    def close(self) -> None:
        """Forget what was on its way straight to the platform."""
        for task in self._asides:
            task.cancel()

    def _at_once(
        self, data: dict[str, Any], received: Received, locale: str, new: bool
    ) -> dict[str, Any] | None:
        try:
            payload = payloads.parsed(data)
        except Malformed:
            return None
        if payload.command:
            return self._where(payload, received, locale)
        if new and payload.event:
            event = payload.event
            if event.type == "app_mention":
                self._aside(self._whisper(payload, received, locale))
            elif event.ts and not event.message:
                self._channel.seen(received.conversation, message_id(event.channel, event.ts))
        return None

    def _where(self, payload: Payload, received: Received, locale: str) -> dict[str, Any] | None:
        """A command given in a channel is answered in private; only its giver is told so there (UX 21)."""
        if payload.channel_id.startswith("D"):
            return None
        return {"response_type": "ephemeral", "text": self._privately(received, locale)}

    async def _whisper(self, payload: Payload, received: Received, locale: str) -> None:
        place, event = place_of(received.conversation), payload.event
        if place and event:
            sending = await self._workspaces.sending(place)
            text = self._privately(received, locale)
            await sending.whisper(event.channel, place.channel, text, event.thread_ts)

    def _privately(self, received: Received, locale: str) -> str:
        spoken = first_meeting(received.conversation, locale).locale
        return Speaker(spoken, "UTC", datetime.date.min).say(words.ANSWERED_PRIVATELY)

    def _aside(self, call: Coroutine[Any, Any, None]) -> None:
        """Straight to the platform; when it does not arrive, nobody misses it later."""

        async def quietly() -> None:
            try:
                await call
            except (RetryLater, Unavailable, Unreachable, Gone, Refusal) as error:
                log.info("not said aside: %s", type(error).__name__)

        task = asyncio.create_task(quietly())
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)
