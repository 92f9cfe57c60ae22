"""One process answers at a time; another one waits and takes over when the first is gone."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections.abc import Callable

from bot.faults import trace
from bot.ports import Clock
from storage import leases
from storage.unit_of_work import Connection, UnitOfWork

log = logging.getLogger(__name__)

NAME = "answering"
AGAIN_SECONDS = 5.0
LOOK_SECONDS = 1.0


class Lease:
    """The right to answer. A process that was killed on this machine is seen to be gone at once."""

    def __init__(self, uow: UnitOfWork, clock: Clock, *, machine: str = "", process: int = 0) -> None:
        self._uow = uow
        self._clock = clock
        self._machine = machine or socket.gethostname()
        self._holder = f"{self._machine}/{process or os.getpid()}"

    async def wait(self, waiting: Callable[[], None] = lambda: None) -> None:
        """Return when this process may answer; `waiting` is called once when that is not so yet."""
        told = False
        while not await self._uow.write(self._take):
            if not told:
                waiting()
                told = True
            await asyncio.sleep(LOOK_SECONDS)

    async def keep(self, lost: Callable[[], None]) -> None:
        """Hold on to it; `lost` is called when another process took over."""
        while True:
            await asyncio.sleep(AGAIN_SECONDS)
            try:
                mine = await self._uow.write(self._take)
            except Exception as error:  # it holds for longer than one miss
                log.error("lease: %s", trace(error))
                continue
            if not mine:
                log.error("another process answers now; this one stops")
                lost()
                return

    async def give_back(self) -> None:
        """Let a waiting process begin at once."""
        await self._uow.write(lambda connection: leases.give_back(connection, NAME, self._holder))

    def _take(self, connection: Connection) -> bool:
        had = leases.holder(connection, NAME)
        gone = had if self._is_gone(had) else ""
        return leases.take(connection, NAME, self._holder, self._clock.now(), gone)

    def _is_gone(self, holder: str) -> bool:
        machine, _, process = holder.rpartition("/")
        return machine == self._machine and process.isdecimal() and not _lives(int(process))


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
