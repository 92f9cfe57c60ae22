"""The sender: says what is in the outbox, in order within a conversation and independently between them."""

from __future__ import annotations

import asyncio
import datetime
import logging
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from zoneinfo import ZoneInfo

from msgspec import structs

from bot.enclosures.maker import Maker
from bot.faults import trace
from bot.needless import Letter, all_of, collapse, in_place, last_pages
from bot.ports import Channel, Clock, Moved, Nowhere, Outgoing, RetryLater, Unavailable, Unreachable
from bot.services.room_news import end_lapsed
from bot.together import Together
from flows.engine.outputs import Closed, Prompt, Say
from locales.speaker import Speaker
from storage import conversations, outbox, unreachable
from storage.masking import masked_output
from storage.unit_of_work import Connection, UnitOfWork

log = logging.getLogger(__name__)

AT_ONCE = 100
SEND_SECONDS = 30
FAULT_TRIES = 3  # our own bug: waiting does not help
OUTAGE_TRIES = 350  # about a day
LONGEST_WAIT = 300.0


class Sender:
    """Sends; a conversation that must wait does not hold up the others."""

    def __init__(
        self,
        uow: UnitOfWork,
        clock: Clock,
        channels: Mapping[str, Channel],
        enclosures: Maker,
        freed: Callable[[], None],
    ) -> None:
        self._uow = uow
        self._clock = clock
        self._channels = channels
        self._enclosures = enclosures
        self._freed = freed
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._held: Counter[str] = Counter()
        self._closing = Together(self._close_all)

    async def step(self) -> bool:
        """Start sending what is due; never says that there is more, because `freed` is called for that."""
        # As it is before we look: who finishes meanwhile is in an old view of the outbox.
        busy = {*self._busy, *self._held}
        letters = await self._uow.read(partial(self._due, busy))
        for conversation, mine in letters.items():
            if conversation in self._held:
                continue
            task = asyncio.create_task(self._send_in_order(mine))
            self._busy[conversation] = task
            task.add_done_callback(partial(self._done, conversation))
        return False

    @contextmanager
    def hold(self, conversation: str) -> Iterator[None]:
        """Inside, nothing more is sent in this conversation than what is on its way."""
        self._held[conversation] += 1
        try:
            yield
        finally:
            self._held[conversation] -= 1
            self._held += Counter()  # forgets those that nobody holds
            self._freed()

    async def rest(self, conversation: str) -> None:
        """Wait for what is on its way in this conversation."""
        if task := self._busy.get(conversation):
            await asyncio.wait([task])

    async def finish(self, seconds: float) -> None:
        """Let what is being sent arrive, but not longer than this."""
        if self._busy:
            await asyncio.wait(self._busy.values(), timeout=seconds)
        for task in self._busy.values():
            task.cancel()

    def _due(self, busy: set[str], connection: Connection) -> dict[str, list[outbox.Waiting]]:
        due = outbox.due(connection, self._clock.now(), len(busy) + AT_ONCE)
        waiting: dict[str, list[outbox.Waiting]] = defaultdict(list)
        for message in outbox.waiting(connection, [key for key in due if key not in busy]):
            waiting[message.conversation].append(message)
        return waiting

    def _done(self, conversation: str, _task: asyncio.Task[None]) -> None:
        del self._busy[conversation]
        self._freed()

    async def _send_in_order(self, waiting: Sequence[outbox.Waiting]) -> None:
        try:
            for letter in self._letters(waiting):
                if letter.message.conversation in self._held:
                    return
                if letter.message.due_at > self._clock.now() or not await self._send(letter):
                    return
        except Exception as error:  # the database: the messages are still there for the next time
            log.error("sending stopped: %s", trace(error))
            await asyncio.sleep(1)

    def _letters(self, waiting: Sequence[outbox.Waiting]) -> list[Letter]:
        letters = last_pages(collapse(waiting))
        return in_place(letters) if self._in_place(waiting[0].channel) else letters

    def _in_place(self, channel: str) -> bool:
        return channel in self._channels and self._channels[channel].capabilities.in_place

    async def _send(self, letter: Letter) -> bool:
        """Send one; says whether the next one may follow."""
        message = letter.message
        try:
            outgoing = await self._uow.read(
                lambda connection: _addressed(connection, letter, self._in_place(message.channel))
            )
            if outgoing is None:
                return True
            outgoing = await self._with_enclosure(outgoing)
            async with asyncio.timeout(SEND_SECONDS):
                shown = await self._channels[message.channel].send(outgoing)
        except RetryLater as error:
            await self._wait(letter, error.seconds, message.attempts)
        except Unreachable as error:
            await self._hold(message, error.person)
        except Moved as error:
            await self._move(message, error.to)
        except Nowhere:
            log.warning("message %d cannot be delivered", message.id)
            return await self._close(letter, "parked")
        except (Unavailable, OSError, TimeoutError) as error:
            return await self._failed(letter, error, OUTAGE_TRIES)
        except Exception as error:  # the edge of a send
            return await self._failed(letter, error, FAULT_TRIES)
        else:
            return await self._close(letter, "sent", shown)
        return False

    async def _with_enclosure(self, outgoing: Outgoing) -> Outgoing:
        """The same with the bytes of what it hands out."""
        if not isinstance(outgoing.output, Say) or outgoing.output.enclosed is None:
            return outgoing
        today = self._clock.now().astimezone(ZoneInfo(outgoing.time_zone)).date()
        speaker = Speaker(outgoing.locale, outgoing.time_zone, today)
        made = await self._enclosures.make(outgoing.output.enclosed, speaker)
        return structs.replace(outgoing, enclosed=made)

    async def _failed(self, letter: Letter, error: Exception, tries: int) -> bool:
        attempts = letter.message.attempts + 1
        if attempts >= tries:
            log.error("message %d parked: %s", letter.message.id, trace(error))
            return await self._close(letter, "parked")
        log.warning("message %d not sent, try %d: %s", letter.message.id, attempts, trace(error))
        seconds = min(2.0**attempts, LONGEST_WAIT) * random.uniform(0.5, 1.0)  # noqa: S311  jitter
        await self._wait(letter, seconds, attempts)
        return False

    async def _hold(self, message: outbox.Waiting, person: str) -> None:
        log.info("message %d waits until somebody can be reached", message.id)
        now = self._clock.now()

        def hold(connection: Connection) -> None:
            unreachable.hold_unless_heard(connection, message, person, now)
            end_lapsed(connection, now)

        await self._uow.write(hold)

    async def _move(self, message: outbox.Waiting, to: str) -> None:
        """What waits is sent there next."""
        now = self._clock.now()
        await self._uow.write(
            lambda connection: conversations.move(connection, message.conversation, to, now)
        )

    async def _wait(self, letter: Letter, seconds: float, attempts: int) -> None:
        """With all that it stands for: what is due is the first that waits, and that may be one of those."""
        until = self._clock.now() + datetime.timedelta(seconds=seconds)
        ids = [message.id for message in all_of(letter)]
        await self._uow.write(lambda connection: outbox.wait(connection, ids, until, attempts))

    async def _close(self, letter: Letter, outcome: outbox.Outcome, shown: str = "") -> bool:
        await self._closing.add(
            [
                ended(letter.message, shown, outcome),
                *(ended(item, outcome="replaced") for item in letter.instead_of),
            ]
        )
        return True

    async def _close_all(self, closings: list[list[outbox.Closing]]) -> list[None]:
        flat = [item for several in closings for item in several]
        await self._uow.write(lambda connection: outbox.close(connection, flat, self._clock.now()))
        return [None] * len(closings)


def _addressed(connection: Connection, letter: Letter, in_place: bool) -> Outgoing | None:
    """The message with the id of what it edits and what that shows now; None when it need not be said."""
    message, edits, before = letter.message, "", None
    if not outbox.waits(connection, message.id):
        return None
    match message.output:
        case Prompt(replaces=token) | Closed(token=token) if token:
            edits = outbox.message_of(connection, message.conversation, token)
            before = outbox.prompt_of(connection, message.conversation, token) if edits and in_place else None
    reply_to = message.reply_to
    if message.topic:
        reply_to = outbox.message_of(connection, message.conversation, f"{outbox.TOPIC}{message.topic}")
    return Outgoing(
        message.id,
        message.conversation,
        message.output,
        message.locale,
        message.time_zone,
        message.created_at,
        edits,
        reply_to,
        before,
        letter.chosen,
    )


def ended(
    message: outbox.Waiting | Outgoing, shown: str = "", outcome: outbox.Outcome = "sent"
) -> outbox.Closing:
    """How a message ended, and what shows it now."""
    token = message.output.token if isinstance(message.output, Prompt) else ""
    if isinstance(message, outbox.Waiting) and message.topic:
        token = f"{outbox.TOPIC}{message.topic}"
    form = message.output.form if isinstance(message.output, Prompt | Say) else ""
    masked = masked_output(message.output)
    kept = masked if masked is not message.output else None
    return outbox.Closing(message.id, message.conversation, outcome, token, shown, form, kept)
