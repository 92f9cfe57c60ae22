"""Socket Mode on connections of our own: what was not stored is not acknowledged.

Two connections, so that one is open while the other is renewed; Slack sends each envelope over one of them.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any, Final

import aiohttp

from bot.faults import trace
from bot.ports import Malformed

log = logging.getLogger(__name__)

CONNECTIONS: Final = 2
STAGGER: Final = 3.0
"""The second connection opens so many seconds after the first: they are not renewed together."""
HELLO_SECONDS: Final = 15.0
HEARTBEAT: Final = 10.0
LINGER: Final = 30.0
"""A connection that Slack wants renewed is kept so long for what is still on its way."""
FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 30.0

Take = Callable[[dict[str, Any], AsyncExitStack], Awaitable[dict[str, Any] | None]]
"""Stores a payload; returns what the acknowledgement says, if anything, and what is done after that."""


class Sockets:
    """Listens until cancelled. `address` asks Slack where to connect to."""

    def __init__(self, address: Callable[[], Awaitable[str]], take: Take) -> None:
        self._address = address
        self._take = take
        self._session: aiohttp.ClientSession | None = None
        self._lingering: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Never ends by itself; what goes wrong costs time only."""
        async with aiohttp.ClientSession() as self._session, asyncio.TaskGroup() as lines:
            for number in range(CONNECTIONS):
                lines.create_task(self._line(number))

    async def _line(self, number: int) -> None:
        """One connection after another; the next one is open before the last one is let go."""
        await asyncio.sleep(number * STAGGER)
        pause = FIRST_PAUSE
        try:
            while True:
                try:
                    socket = await self._connected()
                    pause = FIRST_PAUSE
                    await self._until_renewal(Line(socket, self._take))
                except Exception as error:  # the edge of a connection
                    log.warning("socket %d: %s", number, trace(error))
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, LONGEST_PAUSE)
        finally:
            for task in self._lingering:
                task.cancel()

    async def _connected(self) -> aiohttp.ClientWebSocketResponse:
        """A connection on which Slack said hello."""
        assert self._session
        async with asyncio.timeout(HELLO_SECONDS):
            address = await self._address()
            socket = await self._session.ws_connect(address, heartbeat=HEARTBEAT)
            hello = await socket.receive_json()
        if hello.get("type") != "hello":
            await socket.close()
            raise ConnectionError("no hello")
        return socket

    async def _until_renewal(self, line: Line) -> None:
        """Listen; a connection that Slack wants renewed goes on by itself until Slack ends it."""
        reading = asyncio.create_task(line.read())
        leaving = asyncio.create_task(line.leaving.wait())
        try:
            await asyncio.wait((reading, leaving), return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            reading.cancel()
            raise
        finally:
            leaving.cancel()
        if reading.done():
            reading.result()
            raise ConnectionError("closed")
        self._linger(reading)

    def _linger(self, reading: asyncio.Task[None]) -> None:
        async def let_go() -> None:
            try:
                async with asyncio.timeout(LINGER):
                    await reading
            except Exception as error:
                log.info("an old socket ended: %s", type(error).__name__)

        task = asyncio.create_task(let_go())
        self._lingering.add(task)
        task.add_done_callback(self._lingering.discard)


class Line:
    """One open connection."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, take: Take) -> None:
        self._socket = socket
        self._take = take
        self._at_work: set[asyncio.Task[None]] = set()
        self.leaving = asyncio.Event()

    async def read(self) -> None:
        """Take everything in until the connection ends; envelopes that came are finished."""
        try:
            async for message in self._socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._read(message.data)
        finally:
            if self._at_work:
                await asyncio.wait(self._at_work)
            await self._socket.close()

    def _read(self, text: str) -> None:
        try:
            envelope = json.loads(text)
        except (ValueError, RecursionError):
            envelope = None
        if not isinstance(envelope, dict):
            log.warning("an envelope that cannot be read")
        elif envelope.get("type") == "disconnect":
            log.info("a socket is to be renewed")
            self.leaving.set()
        elif "envelope_id" in envelope:
            # Begun in the order in which they came; who takes them in keeps that order per person.
            task = asyncio.create_task(self._acknowledge(envelope))
            self._at_work.add(task)
            task.add_done_callback(self._at_work.discard)

    async def _acknowledge(self, envelope: dict[str, Any]) -> None:
        try:
            async with AsyncExitStack() as after:
                answer = await self._taken(envelope, after)
                said: dict[str, Any] = {"envelope_id": envelope["envelope_id"]}
                if answer is not None and envelope.get("accepts_response_payload"):
                    said["payload"] = answer
                await self._socket.send_json(said)
        except (ConnectionError, aiohttp.ClientError):
            log.info("an acknowledgement did not arrive; Slack sends the envelope again")
        except Exception as error:  # not stored, so not acknowledged: Slack sends it again
            log.error("an envelope was not taken in: %s", trace(error))

    async def _taken(self, envelope: dict[str, Any], after: AsyncExitStack) -> dict[str, Any] | None:
        try:
            return await self._take(envelope.get("payload") or {}, after)
        except Malformed:
            log.warning("an envelope with a payload that cannot be read")
            return None
