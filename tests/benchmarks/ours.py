"""Our side: the real drain, engine and desk; only the transport is missing."""

from __future__ import annotations

import asyncio
import datetime
import os
import time
from collections.abc import Sequence
from functools import partial
from random import Random
from typing import NamedTuple

from sqlalchemy import Connection, text

from bot.app import SystemClock
from bot.channels.console.render import render
from bot.drain import Drain, Mind
from bot.ports import Outgoing, Received
from bot.runner import settle_down
from bot.services.desk import EmbeddedDesk
from bot.together import Together
from bot.understanding import Understanding
from flows.catalog import FLOWS
from flows.engine.engine import advance
from flows.engine.events import Event
from flows.engine.outputs import Capabilities, Prompt
from locales.speaker import Speaker
from storage import inbox
from storage.codec import decode_content, decode_message, encode
from storage.migrate import upgrade
from storage.unit_of_work import UnitOfWork
from tests.benchmarks.conversation import TURNS, check, copies, deed, fill, jobs, link

ZONE = "Europe/Brussels"
NEW = text("SELECT id, conversation, output FROM outbox WHERE id > :last ORDER BY id")


NEWEST = text("SELECT max(id) FROM outbox")


class Figures(NamedTuple):
    """Turns per second, how long a turn takes (half of them, 99 of 100), and its CPU time."""

    rate: float
    half: float
    p99: float
    cpu: float


class StubChannel:
    """Hands over what people do; never sends."""

    name = "bench"
    capabilities = Capabilities()

    def receive(self, received: Received) -> Event:
        content = decode_content(received.payload.decode())
        return Event(received.key, received.conversation, received.conversation, received.at, content, "en")

    async def fetch(self, ref: str) -> bytes:
        raise NotImplementedError(ref)

    async def send(self, outgoing: Outgoing) -> str:
        raise NotImplementedError(outgoing)


class Ours:
    """A database full of people who file RMAs."""

    def __init__(self, url: str) -> None:
        upgrade(url)
        self.uow = UnitOfWork(url)
        self._clock = SystemClock()
        mind = Mind(partial(advance, FLOWS), Understanding(FLOWS).understand, EmbeddedDesk())
        self._drain = Drain(self.uow, self._clock, {"bench": StubChannel()}, mind, ZONE)
        self._incoming = Together(self._receive_all)
        self._wake = asyncio.Event()
        self._replies: dict[str, asyncio.Future[tuple[Prompt, str]]] = {}
        self._last = 0
        self._filed = 0
        self._seconds: list[float] = []
        self._speaker = Speaker("en", ZONE, datetime.date(2026, 11, 20))

    async def prepare(self, people: Sequence[str]) -> None:
        """Companies, systems and linked chats; everybody is in the middle of an RMA."""
        now = self._clock.now()
        await self.uow.write(lambda connection: fill(connection, now))
        await self.uow.write(lambda connection: link(connection, people, now))
        await self.attend(people)
        draining = asyncio.create_task(self._drain_all())
        await self._file(people[0], turns=4)
        draining.cancel()
        await self.uow.write(partial(copies, people[0], people[1:]))

    async def attend(self, people: Sequence[str]) -> None:
        """Know who these prepared people are, and what they can report."""
        self._jobs = await self.uow.read(jobs)
        self._last = await self.uow.read(lambda connection: connection.scalar(NEWEST) or 0)
        self._resting = list(people)
        Random(time.time_ns()).shuffle(self._resting)
        settle_down()

    async def run(self, at_once: int, seconds: float) -> Figures:
        """Let people file RMAs for some time, this many of them at once."""
        self._seconds.clear()
        draining = asyncio.create_task(self._drain_all())
        begin, cpu = time.perf_counter(), time.process_time()
        await asyncio.gather(*(self._people(begin + seconds) for _ in range(at_once)))
        took, used = time.perf_counter() - begin, time.process_time() - cpu
        draining.cancel()
        turns = sorted(self._seconds)
        count = len(turns)
        return Figures(count / took, turns[count // 2], turns[count * 99 // 100], used / count)

    async def _people(self, until: float) -> None:
        """One after the other, so that in the end everybody had a turn."""
        while time.perf_counter() < until:
            who = self._resting.pop(0)
            await self._file(who)
            self._resting.append(who)

    async def _file(self, who: str, turns: int = TURNS) -> None:
        job = self._jobs[int(who[1:]) % len(self._jobs)].pop()
        prompt: Prompt | None = None
        self._filed += 1
        name = f"{who}/{os.getpid()}.{self._filed}"
        for turn in range(turns):
            content = deed(turn, job, prompt)
            begin = time.perf_counter()
            received = Received("bench", f"{name}/{turn}", who, encode(content).encode(), self._clock.now())
            reply = self._replies[who] = asyncio.get_running_loop().create_future()
            assert await self._incoming.add(received)
            prompt, words = await reply
            self._seconds.append(time.perf_counter() - begin)
            check(turn, prompt, words)

    async def _receive_all(self, batch: list[Received]) -> list[bool]:
        is_new = await self.uow.write(lambda connection: inbox.receive(connection, batch, self._clock.now()))
        self._wake.set()
        return is_new

    async def _drain_all(self) -> None:
        while True:
            self._wake.clear()
            if await self._drain.step():
                for who, reply in (await self.uow.read(self._new)).items():
                    self._replies[who].set_result(reply)
            else:
                await self._wake.wait()

    def _new(self, connection: Connection) -> dict[str, tuple[Prompt, str]]:
        """The replies since the last time, in words: what is asked first, and all that is said."""
        replies: dict[str, tuple[Prompt, str]] = {}
        for id, who, stored in connection.execute(NEW, {"last": self._last}):
            output = decode_message(stored)
            words = render(output, self._speaker)
            if isinstance(output, Prompt):
                first, before = replies.get(who, (output, ""))
                replies[who] = (first, before + words)
            self._last = id
        return replies
