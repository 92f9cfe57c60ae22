"""Making the reports that were ordered, one after another, each delivered once (ESM-42)."""

from __future__ import annotations

import asyncio
import datetime
import logging
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from bot.apart import PROCESSES
from bot.faults import trace
from bot.ports import Clock
from bot.services import letters
from bot.services.report_kinds import KINDS
from bot.services.report_paper import days_of, make_apart, name_of
from bot.sniff import XLSX
from flows.engine.enclosures import Kept
from flows.engine.phrases import Text, _
from storage import attachments, followers, mails, news, people, practice, reports
from storage.attachments import Attachment, Folder
from storage.moments import micros
from storage.people import Installer
from storage.reports import Order
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

AT_MOST_SECONDS = 300.0
PROGRESS_SECONDS = 10.0
LEASE = datetime.timedelta(seconds=2 * AT_MOST_SECONDS)
WAIT = datetime.timedelta(seconds=30)
TRIES = 3


class Failed(Exception):
    """The process that wrote a report ended without one."""


class Clerk:
    """Takes the orders that are due and hands out what was made, in the chat and by mail."""

    def __init__(
        self, uow: UnitOfWork, clock: Clock, folder: Folder, time_zone: str, handed: Callable[[], None]
    ) -> None:
        self._uow, self._clock, self._folder, self._time_zone = uow, clock, folder, time_zone
        self._handed = handed
        self._busy: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """What the last run began, it did not finish; what it had written of it goes."""
        await asyncio.to_thread(shutil.rmtree, self._folder.workroom, ignore_errors=True)
        await self._uow.write(partial(reports.free, now=self._now()))

    async def step(self) -> bool:
        """Begin the next report when none is being made; `handed` is called when one is ready to be sent."""
        if self._busy is None and (await self._uow.read(partial(reports.due, now=self._now()))) is not None:
            self._busy = asyncio.create_task(self._make_next())
        return False

    async def finish(self) -> None:
        """Stop; a report that was not finished is made again at the next start."""
        if self._busy:
            self._busy.cancel()
            with suppress(asyncio.CancelledError):
                await self._busy

    async def _make_next(self) -> None:
        try:
            until = micros(self._clock.now() + LEASE)
            order = await self._uow.write(partial(reports.take, now=self._now(), until=until))
            if order:
                await self._make(order)
        except Exception as error:  # the database: the order waits until its lease ends
            log.error("reports: %s", trace(error))
        finally:
            self._busy = None
            self._handed()

    async def _make(self, order: Order) -> None:
        try:
            if order.attempts > TRIES:  # whoever tried ended before they could say so
                raise Failed
            content = await self._written(order)
            file, sha256 = await asyncio.to_thread(self._folder.keep, content)
            kept = Kept(file, name_of(order), "document", len(content))
            await self._uow.write(partial(self._hand_out, order=order, kept=kept, sha256=sha256))
        except Exception as error:  # whatever goes wrong with it, it is not tried for ever
            log.warning("report %d not made: %s", order.id, trace(error))
            await self._uow.write(partial(self._not_made, order=order))

    async def _written(self, order: Order) -> bytes:
        """The bytes of the report, made in a process that ends when nobody waits for it any more."""
        progress = asyncio.create_task(self._tell_progress(order))
        try:
            return await self._written_apart(order)
        finally:
            progress.cancel()

    async def _written_apart(self, order: Order) -> bytes:
        self._folder.workroom.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self._folder.workroom) as folder:
            path = Path(folder) / "report.xlsx"
            what = (self._uow.url, order, self._time_zone, str(path))
            process = PROCESSES.Process(target=make_apart, args=what, daemon=True)
            await asyncio.to_thread(process.start)
            try:
                async with asyncio.timeout(AT_MOST_SECONDS):
                    await _ended(process.sentinel)
            finally:
                process.kill()
                await asyncio.to_thread(process.join)
            if process.exitcode != 0:
                raise Failed
            return await asyncio.to_thread(path.read_bytes)

    def _hand_out(self, connection: Connection, order: Order, kept: Kept, sha256: str) -> None:
        """To who ordered it, if they still work there; all of it in this transaction, or nothing."""
        now, there = self._clock.now(), _is_there(connection, order)
        orderer = _orderer(connection, order)
        if orderer is None or (orderer.practises and not there):
            reports.end(connection, order, "nobodys")
        elif reports.end(connection, order, "made"):
            chat = order.conversation if there else ""
            row = Attachment(kept.id, chat, kept.name, kept.kind, XLSX, kept.size, sha256)
            attachments.add(connection, row, now)
            line = _("Your report: {kind}, {days}")(kind=KINDS[order.kind].title, days=days_of(order))
            self._say(connection, order, line, kept)
            if not orderer.practises:
                mails.post(connection, [letters.report(order, line, kept, micros(now))])

    def _not_made(self, connection: Connection, order: Order) -> None:
        if order.attempts < TRIES:
            reports.postpone(connection, order, micros(self._clock.now() + WAIT))
        elif reports.end(connection, order, "given_up") and _orderer(connection, order):
            log.error("report %d given up after %d tries", order.id, order.attempts)
            line = _("Your report could not be made. Please ask for fewer days, or talk to a person.")
            self._say(connection, order, line)

    async def _tell_progress(self, order: Order) -> None:
        await asyncio.sleep(PROGRESS_SECONDS)
        line = _("Your report is still being made. It comes here by itself.")
        await self._uow.write(partial(self._say_there, order=order, line=line))
        self._handed()

    def _say(self, connection: Connection, order: Order, line: Text, kept: Kept | None = None) -> None:
        """Where it was ordered; when they are not there as themselves now, where and when they are."""
        if self._say_there(connection, order, line, kept):
            return
        now, key = self._now(), f"report {order.key}"
        news.keep(connection, [news.row(order.installer, key, key, line, None, now, now, enclosed=kept)], key)

    def _say_there(self, connection: Connection, order: Order, line: Text, kept: Kept | None = None) -> bool:
        there = _is_there(connection, order)
        if there:
            lines = {order.conversation: (line, order.language)}
            followers.tell(connection, lines, self._time_zone, self._clock.now(), kept)
        return there

    def _now(self) -> int:
        return micros(self._clock.now())


def _orderer(connection: Connection, order: Order) -> Installer | None:
    """Who ordered it, for real or in practice; None when they do not work there any more."""
    return next(iter(people.with_ids(connection, [order.installer])), None)


def _is_there(connection: Connection, order: Order) -> bool:
    """Whether that is still who they are in that chat."""
    caller = people.known(connection, [order.sender]).get(order.sender)
    persona = practice.personas(connection, [order.conversation]).get((order.conversation, order.sender))
    now = persona if caller and persona else caller
    return now is not None and now.id == order.installer


async def _ended(sentinel: int) -> None:
    """Until the process with this handle is gone."""
    loop, gone = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(sentinel, gone.set)
    try:
        await gone.wait()
    finally:
        loop.remove_reader(sentinel)
