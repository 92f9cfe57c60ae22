"""Files are fetched, looked at, cleaned and kept before the turn of the message that brought them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import Literal, TypeVar, cast

from bot.apart import PROCESSES
from bot.faults import trace
from bot.ports import Channel, Clock, Nowhere, RawFile, Received, RetryLater, TooBig, Unavailable
from bot.services.cashback_files import DeviceFiles
from bot.sniff import LARGEST, Looked, Problem, display_name, end_with_parent, look_apart
from flows.engine.data import File
from flows.engine.events import Event
from flows.engine.outputs import Say
from flows.engine.phrases import _
from storage import attachments, conversations, inbox, outbox
from storage.attachments import Attachment, Folder
from storage.unit_of_work import Connection, UnitOfWork

log = logging.getLogger(__name__)

AT_ONCE = 8
WORKERS = 2
FILES_PER_WORKER = 50
FAULT_SECONDS = 1.0
MB = 1024 * 1024

Kind = Literal["image", "document", "sheet", "voice", "video", "sticker", "other"]
T = TypeVar("T")


class Workers:
    """A small pool of processes, started when first used and again after a file brought one down."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    async def look(self, content: bytes, announced: str, labels: bool = True) -> Looked:
        """What is in this file. One that twice ends its worker is not readable."""
        try:
            return await self.run(look_apart, content, announced, labels)
        except BrokenProcessPool:
            return Looked("other", problem="not_readable")

    async def run(self, work: Callable[..., T], *given: object) -> T:
        """Do this in a worker, twice when it ends its worker. Raises BrokenProcessPool."""
        try:
            return await self._once(work, *given)
        except BrokenProcessPool:
            log.warning("a file ended its worker")
        return await self._once(work, *given)

    async def _once(self, work: Callable[..., T], *given: object) -> T:
        pool = self._started()
        try:
            # Handing it over may start a process and waits for that: no chat waits along.
            future = await asyncio.to_thread(pool.submit, work, *given)
            return await asyncio.wrap_future(future)
        except BrokenProcessPool:
            self._drop(pool)
            raise

    def close(self) -> None:
        """End the workers."""
        if self._pool:
            self._drop(self._pool)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                WORKERS,
                mp_context=PROCESSES,
                initializer=end_with_parent,
                max_tasks_per_child=FILES_PER_WORKER,
            )
        return self._pool

    def _drop(self, pool: ProcessPoolExecutor) -> None:
        pool.shutdown(wait=False, cancel_futures=True)
        if self._pool is pool:
            self._pool = None


class Prepare:
    """Makes inputs with files ready, several at a time."""

    def __init__(
        self,
        uow: UnitOfWork,
        clock: Clock,
        channels: Mapping[str, Channel],
        folder: Folder,
        ready: Callable[[], None],
        devices: DeviceFiles,
        *,
        time_zone: str,
        progress_after: float = 1.0,
        at_most: float = 20.0,
    ) -> None:
        self._uow = uow
        self._clock = clock
        self._channels = channels
        self._folder = folder
        self._ready = ready
        self._devices = devices
        self._time_zone = time_zone
        self._progress_after = progress_after
        self._at_most = at_most
        self._workers = Workers()
        self._busy: dict[int, asyncio.Task[None]] = {}

    async def start(self) -> None:
        """Remove files that were written without their row."""
        await self.sweep(0)

    async def sweep(self, older_than: float) -> None:
        """Remove files that nothing refers to; a young one (in seconds) may still get its row."""
        known = await self._uow.read(attachments.ids)
        orphans = self._folder.names(older_than) - known
        self._folder.remove(orphans)
        if orphans:
            log.info("%d files without a row removed", len(orphans))

    async def step(self) -> bool:
        """Start on what waits; never says that there is more, because `ready` is called for that."""
        busy = set(self._busy)  # before we look: what is finished meanwhile still seems to wait
        if len(busy) < AT_ONCE:
            waiting = await self._uow.read(inbox.unprepared)
            for row in [row for row in waiting if row.id not in busy][: AT_ONCE - len(busy)]:
                task = asyncio.create_task(self._prepare(row))
                self._busy[row.id] = task
                task.add_done_callback(partial(self._done, row.id))
        return False

    async def finish(self) -> None:
        """Stop; what was not finished is done again at the next start."""
        for task in self._busy.values():
            task.cancel()
        self._workers.close()

    def _done(self, id: int, _task: asyncio.Task[None]) -> None:
        del self._busy[id]
        self._ready()

    async def _prepare(self, row: inbox.Unprepared) -> None:
        try:
            await self._make_ready(row)
        except Exception as error:  # the database or the disk: the files are still there for the next time
            log.error("input %d not prepared: %s", row.id, trace(error))
            await asyncio.sleep(FAULT_SECONDS)

    async def _make_ready(self, row: inbox.Unprepared) -> None:
        progress = asyncio.create_task(self._tell_progress(row))
        kept: list[tuple[File, Attachment | None]] = []
        now = asyncio.get_running_loop().time
        half = now() + self._at_most / 2
        try:
            async with asyncio.timeout(self._at_most):
                for raw in row.files:
                    # To keep a photo matters more than to read its label.
                    kept += [await self._file(row, raw, labels=now() < half)]
        except TimeoutError:
            kept += [(_problem(raw, "slow"), None) for raw in row.files[len(kept) :]]
        finally:
            progress.cancel()

        def write(connection: Connection) -> None:
            for _file, attachment in kept:
                if attachment:
                    attachments.add(connection, attachment, self._clock.now())
            inbox.prepared(connection, row.id, tuple(file for file, _ in kept), self._clock.now())

        await self._uow.write(write)

    async def _file(
        self, row: inbox.Unprepared, raw: RawFile, *, labels: bool
    ) -> tuple[File, Attachment | None]:
        most = min(LARGEST, self._channels[row.channel].capabilities.largest_mb * MB)
        if raw.size > most:
            return _problem(raw, "too_big"), None
        try:
            content = await self._fetched(self._channels[row.channel], raw)
            looked = await self._workers.look(content, raw.kind, labels)
        except TooBig:
            return _problem(raw, "too_big"), None
        except Nowhere:
            return _problem(raw, "out_of_reach"), None
        except Exception as error:  # the edge: one bad file must not stop the message it came with
            log.warning("a file of input %d cannot be had: %s", row.id, trace(error))
            return _problem(raw, "not_readable"), None
        if looked.problem:
            return _problem(raw, looked.problem), None
        return await self._kept(row, raw, looked)

    async def _fetched(self, channel: Channel, raw: RawFile) -> bytes:
        """The bytes, however often it takes; `_make_ready` says when it took too long."""
        while True:
            try:
                return await channel.fetch(raw.ref)
            except RetryLater as error:
                await asyncio.sleep(error.seconds)
            except (Unavailable, ConnectionError, TimeoutError):
                await asyncio.sleep(1)

    async def _kept(
        self, row: inbox.Unprepared, raw: RawFile, looked: Looked
    ) -> tuple[File, Attachment | None]:
        id, sha256 = await asyncio.to_thread(self._folder.keep, looked.content)
        name, size = display_name(raw.name, looked.media_type), len(looked.content)
        attachment = Attachment(id, row.conversation, name, looked.kind, looked.media_type, size, sha256)
        if looked.kind == "sheet":
            await self._devices.check(attachment, looked.sheet, self._sender(row), self._workers.run)
        label = looked.label
        return File(id, looked.kind, name, size, codes=label.serials, label=label.seen), attachment

    async def _tell_progress(self, row: inbox.Unprepared) -> None:
        await asyncio.sleep(self._progress_after)

        def write(connection: Connection) -> None:
            if outbox.spoke_meanwhile(connection, row.conversation):  # about another file of the album
                return
            known = conversations.load(connection, row.conversation)
            if known and known.form:  # a form that is being worked on says so itself
                return
            locale = known.locale if known else "en"
            say = Say((_("Looking at your file…"),))
            new = outbox.New(
                row.conversation, row.channel, row.sequence, say, locale, self._time_zone, self._under(row)
            )
            outbox.add(connection, [new], self._clock.now())

        await self._uow.write(write)
        self._ready()

    def _under(self, row: inbox.Unprepared) -> str:
        """The message under which the answer will stand: there the progress is told too."""
        event = self._heard(row)
        return event.reply_to if event else ""

    def _sender(self, row: inbox.Unprepared) -> str:
        event = self._heard(row)
        return event.sender if event else ""

    def _heard(self, row: inbox.Unprepared) -> Event | None:
        received = Received(row.channel, "", row.conversation, row.payload, row.received_at)
        try:
            return self._channels[row.channel].receive(received)
        except Exception:  # what is wrong with it, its own turn finds out
            return None


def _problem(raw: RawFile, problem: Problem) -> File:
    known = ("image", "document", "voice", "video", "sticker")
    kind = cast(Kind, raw.kind if raw.kind in known else "other")
    return File("", kind, display_name(raw.name), raw.size, problem)
