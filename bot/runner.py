"""The embedded runner: takes inputs in, and keeps the loops going until it is stopped."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial

from bot.drain import Drain, Mind
from bot.enclosures.maker import Maker
from bot.faults import trace
from bot.ports import Channel, Clock, Outgoing, Received, Told
from bot.prepare import Prepare
from bot.sender import Sender, ended
from bot.services import cashback_changes, claim_deadlines, news, practice
from bot.services.cashback_campaign import Campaign, read
from bot.services.cashback_daily import Daily
from bot.services.cashback_files import DeviceFiles
from bot.services.clerk import Clerk
from bot.services.instead import write_instead
from bot.services.portal import Portal
from bot.services.room_news import end_lapsed
from bot.together import Together
from storage import inbox, outbox, timers, turns, typed_numbers
from storage.attachments import Folder
from storage.clearing import clear_old
from storage.unit_of_work import Connection, UnitOfWork

log = logging.getLogger(__name__)

IDLE_SECONDS = 0.5
INSTEAD_SECONDS = 60.0
PORTAL_SECONDS = 600.0
CLEAR_SECONDS = 24 * 3600.0
YOUNG_SECONDS = 3600.0
FAULT_SECONDS = 1.0
STOP_SECONDS = 10.0


class Runner:
    """The loops of the spine, each woken when there is work."""

    def __init__(
        self,
        uow: UnitOfWork,
        clock: Clock,
        channels: Mapping[str, Channel],
        mind: Mind,
        folder: Folder,
        *,
        time_zone: str = "Europe/Brussels",
        campaign: Campaign | None = None,
        portal: Portal | None = None,
    ) -> None:
        self._uow = uow
        self._clock = clock
        self._drain = Drain(uow, clock, channels, mind, time_zone)
        self._sender = Sender(uow, clock, channels, Maker(folder), partial(self._wake, "send"))
        self._prepare = Prepare(
            uow,
            clock,
            channels,
            folder,
            partial(self._wake, "prepare", "drain", "send"),
            DeviceFiles(uow, folder, clock, campaign or read()),
            time_zone=time_zone,
        )
        self._clerk = Clerk(uow, clock, folder, time_zone, partial(self._wake, "send", "reports"))
        self._daily = Daily(uow, clock, campaign or read(), portal, partial(self._wake, "drain", "send"))
        self._incoming = Together(self._receive_all)
        self._wakes = {
            name: asyncio.Event()
            for name in ("drain", "send", "prepare", "reports", "timers", "instead", "portal", "clear")
        }
        self._taken = asyncio.Event()
        self._stopping = False
        self._loops: list[asyncio.Task[None]] = []

    async def receive(self, received: Received) -> bool:
        """Keep an input; when this returns it cannot be lost. False: it was received before."""
        return await self._incoming.add(received)

    @asynccontextmanager
    async def turn(self, received: Received, seconds: float) -> AsyncIterator[Sequence[Outgoing] | None]:
        """Keep an input and wait for what its turn says; None when that takes longer.

        Inside, the sender leaves the conversation alone, so that only one of the two delivers.
        """
        with self._sender.hold(received.conversation):
            await self.receive(received)
            said = None
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    found = await self._said(received)
                    # What was said before may not come after it, and cover it.
                    await self._sender.rest(received.conversation)
                    said = found
            yield said

    async def told(self, told: Sequence[Told]) -> None:
        """These were delivered: nobody sends them any more, nor what the same form was to show before."""
        closings = [ended(each.outgoing, each.shown) for each in told]
        await self._uow.write(lambda connection: outbox.told(connection, closings, self._clock.now()))

    async def start(self) -> None:
        """Sweep up after the last run, then start the loops."""
        settle_down()
        await self._drain.start()
        await self._prepare.start()
        await self._clerk.start()
        loops: tuple[tuple[str, Callable[[], Awaitable[bool]], float], ...] = (
            ("drain", self._drain_step, IDLE_SECONDS),
            ("send", self._sender.step, IDLE_SECONDS),
            ("prepare", self._prepare.step, IDLE_SECONDS),
            ("reports", self._clerk.step, IDLE_SECONDS),
            ("timers", self._timers_step, IDLE_SECONDS),
            ("instead", self._instead_step, INSTEAD_SECONDS),
            ("portal", self._daily.step, PORTAL_SECONDS),
            ("clear", self._clear_step, CLEAR_SECONDS),
        )
        self._loops = [asyncio.create_task(self._keep_going(*loop)) for loop in loops]

    async def stop(self) -> None:
        """Finish what is under way; what is not begun is in the database for the next start."""
        self._stopping = True
        self._wake(*self._wakes)
        await asyncio.gather(*self._loops)
        await self._prepare.finish()
        await self._clerk.finish()
        await self._sender.finish(STOP_SECONDS)

    async def _keep_going(self, name: str, step: Callable[[], Awaitable[bool]], idle: float) -> None:
        wake = self._wakes[name]
        while not self._stopping:
            wake.clear()
            try:
                if await step():
                    continue
            except Exception as error:  # a loop never ends; what it works on is in the database
                log.error("%s: %s", name, trace(error))
                await asyncio.sleep(FAULT_SECONDS)
            try:
                async with asyncio.timeout(idle):
                    await wake.wait()
            except TimeoutError:
                pass

    def _wake(self, *loops: str) -> None:
        for name in loops:
            self._wakes[name].set()

    async def _receive_all(self, batch: list[Received]) -> list[bool]:
        is_new = await self._uow.write(lambda connection: inbox.receive(connection, batch, self._clock.now()))
        self._wake("drain")
        if any(received.files for received in batch):
            self._wake("prepare")
        return is_new

    async def _said(self, received: Received) -> Sequence[Outgoing]:
        while True:
            taken = self._taken  # before looking, so that no turn is missed
            said = await self._uow.read(lambda connection: turns.said(connection, received))
            if said is not None:
                return said
            await taken.wait()

    async def _drain_step(self) -> bool:
        drained = await self._drain.step()
        if drained:
            self._wake("send")
            self._taken.set()
            self._taken = asyncio.Event()
        return drained

    async def _timers_step(self) -> bool:
        def promote(connection: Connection) -> bool:
            now = self._clock.now()
            reminded = claim_deadlines.remind(connection, now) | cashback_changes.remind(connection, now)
            reminded |= practice.end_silent(connection, now)
            return bool(timers.promote(connection, now)) | news.hand_on(connection, now) | reminded

        promoted = await self._uow.write(promote)
        if promoted:
            self._wake("drain", "send")
        return promoted

    async def _instead_step(self) -> bool:
        def write(connection: Connection) -> None:
            end_lapsed(connection, self._clock.now())
            typed_numbers.forget_old(connection, self._clock.now())
            write_instead(connection, self._clock.now())

        await self._uow.write(write)
        return False

    async def _clear_step(self) -> bool:
        await self._prepare.sweep(YOUNG_SECONDS)
        return await self._uow.write(lambda connection: clear_old(connection, self._clock.now()))


def settle_down() -> None:
    """Measured: what was loaded need not be looked at for garbage again (7 % of a turn), and a press that
    arrives while turns are computed waits 0.5 ms for its turn instead of 5."""
    gc.freeze()
    sys.setswitchinterval(0.0005)
