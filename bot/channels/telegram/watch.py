"""When Telegram last answered a poll, kept in the database: what nobody asks for in 24 hours is forgotten."""

from __future__ import annotations

import asyncio
import datetime
import logging
from typing import Final

from bot.channels.telegram.places import NAME
from bot.faults import trace
from bot.ports import Clock
from storage import listening
from storage.listening import LONG
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

EVERY: Final = datetime.timedelta(minutes=1)
"""Polls are finished more often than it is worth writing down."""


class Watch:
    """Writes down that polls are finished, or why they are not."""

    def __init__(self, uow: UnitOfWork, clock: Clock) -> None:
        self._uow = uow
        self._clock = clock
        self._heard_at: datetime.datetime | None = None
        self._trouble = ""

    async def heard(self) -> None:
        """A poll was answered."""
        now = self._clock.now()
        if self._heard_at and now - self._heard_at < EVERY and not self._trouble:
            return
        silence = await self._uow.write(lambda connection: listening.heard(connection, NAME, now))
        self._heard_at, self._trouble = now, ""
        if silence >= LONG:
            log.error(
                "telegram: %d hours without updates; what is older than 24 hours is lost", hours(silence)
            )

    async def failed(self, trouble: str = "") -> None:
        """A poll failed, or none was made yet: an alarm when that lasts; `trouble` is for `doctor` to say."""
        try:
            await self._note(trouble)
        except Exception as error:  # polling never ends, whatever the database does
            log.error("telegram: %s", trace(error))

    async def _note(self, trouble: str) -> None:
        now = self._clock.now()
        if trouble != self._trouble:
            await self._uow.write(lambda connection: listening.troubled(connection, NAME, trouble, now))
            self._trouble = trouble
        known = await self._uow.read(lambda connection: listening.look(connection, NAME))
        silence = now - known.heard_at if known else datetime.timedelta()
        if silence >= LONG:
            log.error("telegram: %d hours without updates; Telegram keeps them for 24", hours(silence))

    async def keep(self) -> None:
        """With a webhook updates are not asked for: being there is enough."""
        while True:
            try:
                await self.heard()
            except Exception as error:  # the next one may work
                log.error("telegram: %s", trace(error))
            await asyncio.sleep(EVERY.total_seconds())


def hours(silence: datetime.timedelta) -> int:
    """Whole hours."""
    return int(silence.total_seconds() // 3600)
