"""Payloads into the inbox, and what cannot wait for a turn."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import AsyncExitStack, ExitStack
from typing import Any, Final
from weakref import WeakValueDictionary

from bot.channels.slack import blocks, forms, payloads, receive, views
from bot.channels.slack.adapter import SlackChannel
from bot.channels.slack.home import Homes
from bot.channels.slack.lookups import Lookups
from bot.channels.slack.payloads import Known, Message, Payload, View
from bot.channels.slack.people import People
from bot.channels.slack.places import conversation_of, message_id, place_of
from bot.channels.slack.rooms import Rooms
from bot.channels.slack.sending import Gone, Refusal
from bot.channels.slack.workspaces import Workspaces
from bot.faults import trace
from bot.ports import Clock, Malformed, Received, Reception, RetryLater, Unavailable, Unreachable
from bot.turn import first_meeting
from locales.speaker import Speaker

log = logging.getLogger(__name__)


SETTLED: Final = 0.5
"""Seconds after which Slack shows what a confirmation said."""
TURN_SECONDS: Final = 2.0
"""Slack waits three seconds for the answer to a form."""


class Intake:
    """Takes payloads in. When `take` returns they are in the database, and may be confirmed."""

    def __init__(
        self,
        channel: SlackChannel,
        workspaces: Workspaces,
        people: People,
        homes: Homes,
        reception: Reception,
        lookups: Lookups,
        rooms: Rooms,
        clock: Clock,
    ) -> None:
        self._channel = channel
        self._workspaces = workspaces
        self._people = people
        self._homes = homes
        self._reception = reception
        self._lookups = lookups
        self._rooms = rooms
        self._clock = clock
        self._orders: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._asides: set[asyncio.Task[None]] = set()

    async def take(self, data: dict[str, Any], after: AsyncExitStack) -> dict[str, Any] | None:
        """Store it, after all that this person did before; returns what the confirmation says, if anything.

        `after` is closed when the confirmation is out: what it said is then told. Raises Malformed, when
        there is nothing to keep of it.
        """
        data = payloads.cleaned(data)
        if data.get("type") == "block_suggestion":
            return await self._suggest(_payload(data))
        received = receive.stored(data, self._clock.now())
        if received is None:
            await self._noticed(data)
            return None
        if place := place_of(received.conversation):
            await self._workspaces.heard(place)
            self._channel.heard(received.conversation)
        payload = _payload(data)
        order = self._orders.setdefault(received.conversation, asyncio.Lock())
        if payload.type == "view_submission" and payload.view:
            before = asyncio.get_running_loop().time()
            async with order:  # what was typed before is stored then; what comes later need not wait
                waited = asyncio.get_running_loop().time() - before
            return await self._submitted(received, payload.view, after, TURN_SECONDS - waited)
        async with order:
            received = receive.with_knowledge(received, data, await self._known(received, payload))
            new = await self._kept(received, payload)
        if payload.command:
            return await self._where(payload, received)
        if new and payload.event:
            self._heard(received, payload, payload.event)
        return None

    async def _known(self, received: Received, payload: Payload) -> Known:
        """What its turn needs to know and no payload says."""
        locale, room, rma = (await self._people.profile(received.conversation)).locale, "", ""
        if payload.command:
            room = await self._rooms.link(payload)
        elif payload.event and payload.event.type == "app_mention" and payload.event.thread_ts:
            rma = await self._rooms.topic(payload)
        return Known(locale, room, rma)

    def close(self) -> None:
        """Forget what was on its way straight to the platform."""
        for task in self._asides:
            task.cancel()

    async def _suggest(self, payload: Payload) -> dict[str, Any]:
        """Somebody types in a field where they can search. Only read, never kept."""
        person = conversation_of(payload.enterprise_of(), payload.team_of(), payload.user_of())
        rows, more = await self._lookups.search(person, forms.question_of(payload), payload.value)
        return forms.suggestions(rows, more, await self._speaker(person))

    async def _noticed(self, data: dict[str, Any]) -> None:
        """What is not kept, but changes what we show or whom we speak to."""
        if gone := receive.left(data):
            log.info("the app was removed from a workspace")
            await self._workspaces.left(gone)
        if person := receive.opened_home(data):
            self._homes.opened(person)

    async def _kept(self, received: Received, payload: Payload) -> bool:
        """Store it; what opens a form opens it then, and nothing is shown in that before."""
        form = receive.opens(payload)
        if not form:
            return await self._reception.receive(received)
        with ExitStack() as stack:
            stack.enter_context(self._channel.opening(form))
            new = await self._reception.receive(received)
            if new:
                self._aside(self._open(received, payload, form, stack.pop_all()))
        return new

    async def _open(self, received: Received, payload: Payload, form: str, opening: ExitStack) -> None:
        """Show a light view: the trigger lives for three seconds. Without it the answer comes in the chat."""
        with opening:
            place = place_of(received.conversation)
            if place:
                sending = await self._workspaces.sending(place)
                view = views.waiting(form, await self._speaker(received.conversation))
                await sending.call("views.open", {"trigger_id": payload.trigger_id, "view": view})

    async def _submitted(
        self, received: Received, view: View, after: AsyncExitStack, seconds: float
    ) -> dict[str, Any]:
        """A form is answered with what its own turn says, the same again when it is sent in twice.

        When that takes long, or the answer does not get out, the outbox shows it instead.
        """
        said = await after.enter_async_context(self._reception.turn(received, seconds))
        if said is None:
            working = views.waiting(view.external_id, await self._speaker(received.conversation))
            # What came of it must not get there before this page, which would cover it.
            after.push_async_callback(asyncio.sleep, SETTLED)
            return {"response_action": "update", "view": working}
        token = view.private_metadata.partition(".")[0]
        answer, told = forms.answer(said, view.external_id, token, self._channel.speaker)

        async def out(_kind: object, error: BaseException | None, _trace: object) -> None:
            if error:
                return
            try:
                await self._reception.told(told)
            except Exception as fault:  # the edge of a form: it is only shown once more
                log.error("what a form said is not marked: %s", trace(fault))

        after.push_async_exit(out)
        return answer

    def _heard(self, received: Received, payload: Payload, event: Message) -> None:
        """A message stands in the chat now; in a channel, its writer hears where the answer is."""
        if event.type == "app_mention":
            self._aside(self._whisper(received, payload, event))
        elif event.ts and not event.message:
            thread = event.thread_ts if event.thread_ts != event.ts else ""
            self._channel.seen(received.conversation, message_id(event.channel, event.ts), thread)

    async def _where(self, payload: Payload, received: Received) -> dict[str, Any] | None:
        """A command given in a channel is answered in private; only its giver is told so there (UX 21)."""
        if payload.channel_id.startswith("D") or receive.opens(payload):
            return None
        said = blocks.pointer(payload, await self._speaker(received.conversation))
        return {"response_type": "ephemeral", "text": said.text, "blocks": said.blocks}

    async def _whisper(self, received: Received, payload: Payload, event: Message) -> None:
        if place := place_of(received.conversation):
            sending = await self._workspaces.sending(place)
            said = blocks.pointer(payload, await self._speaker(received.conversation))
            await sending.whisper(
                event.channel, place.channel, event.thread_ts, text=said.text, blocks=said.blocks
            )

    async def _speaker(self, person: str) -> Speaker:
        """Who speaks to this person: in the language they chose, else that of their profile."""
        [found] = await self._lookups.glance([person])
        profile = await self._people.profile(person)
        locale = found.locale or first_meeting(person, profile.locale).locale
        return Speaker(locale, profile.time_zone or "UTC", self._clock.now().date())

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


def _payload(data: dict[str, Any]) -> Payload:
    """The part that we read; of what is put in quarantine nothing."""
    try:
        return payloads.parsed(data)
    except Malformed:
        return Payload()
