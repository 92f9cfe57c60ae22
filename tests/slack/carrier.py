"""Slack brings payloads to the app: over sockets or HTTP, in time or late, again until they are confirmed."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import time
from contextlib import suppress
from socket import SHUT_RDWR
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.bot.channels.slack.workspace import Workspace
from tests.slack.methods import Refused
from tests.slack.post import Parcel, signed

PATIENCE = 180.0


class Warned(Exception):
    """The person sees a warning: the app did not answer."""


class Carrier(Workspace):
    """Carries inside `async with`. What we may never do is in `violations`."""

    def __init__(self) -> None:
        super().__init__()
        self.violations: list[str] = []
        self.parcels: dict[str, Parcel] = {}
        self.door = ""
        """Where the app listens on HTTP; empty: it comes for its payloads over sockets."""
        self.patience = 20.0
        """Seconds until what is not confirmed comes again. Slack waits three, this machine is shared."""
        self.dice = random.Random(7)
        self.twice = 0.0
        self.late = 0.0
        """How likely an event is to come twice, and by how many seconds at most it comes late."""
        self._carriers: set[asyncio.Task[None]] = set()
        self._socket_of: dict[str, web.WebSocketResponse] = {}
        self._count = itertools.count(1)

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *error: object) -> None:
        for task in self._carriers:
            task.cancel()
        await asyncio.gather(*self._carriers, return_exceptions=True)
        await self._session.close()
        await super().__aexit__(*error)

    def check(self, parcel: Parcel, answer: dict[str, Any] | None) -> None:
        """Whether a confirmation may say this. Raises Refused."""
        raise NotImplementedError

    def happened(self) -> None:
        """Wake who waits."""
        self._changed.set()

    async def deliver(
        self, payload: dict[str, Any], kind: str = "events_api", socket: web.WebSocketResponse | None = None
    ) -> str:
        """Bring a payload; returns its id, under which its confirmation is found."""
        parcel = Parcel(f"envelope-{next(self._count)}", payload, kind)
        self.parcels[parcel.id] = parcel
        if self.door or self.late or (parcel.is_event and not self.sockets):
            self._carry(self._over(parcel))
        else:
            await self._by_socket(
                parcel, socket or (self.dice.choice(self.sockets) if self.sockets else None)
            )
            self._carry(self._over(parcel, first=False))
        if parcel.is_event and self.dice.random() < self.twice:
            again = Parcel(f"{parcel.id}-again", payload, kind)
            self.parcels[again.id] = again
            self._carry(self._over(again))
        return parcel.id

    async def acked(self, id: str) -> dict[str, Any]:
        """The confirmation of a payload. Raises Warned."""
        parcel = self.parcels[id]
        await self.until(lambda: not parcel.on_its_way)
        if parcel.failed:
            raise Warned
        return self.acks[id]

    async def until(self, true: Any, seconds: float = PATIENCE) -> None:
        """Wait for something to become true."""
        limit = time.monotonic() + seconds
        while not true():
            if time.monotonic() > limit:
                raise TimeoutError
            self._changed.clear()
            await asyncio.wait([waiting := asyncio.ensure_future(self._changed.wait())], timeout=0.1)
            waiting.cancel()

    async def refreshes(
        self, socket: web.WebSocketResponse, after: float = 0.05, reason: str = "refresh_requested"
    ) -> None:
        """Slack wants a connection renewed, and ends it a little later."""
        if socket in self.sockets and not socket.closed:
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})
            await asyncio.sleep(after)
            await socket.close()

    def cuts(self, socket: web.WebSocketResponse) -> None:
        """The connection breaks without a word."""
        with suppress(OSError):  # it is broken already
            if wire := socket.get_extra_info("socket"):
                wire.shutdown(SHUT_RDWR)

    def _carry(self, coroutine: Any) -> None:
        task = asyncio.ensure_future(coroutine)
        self._carriers.add(task)
        task.add_done_callback(self._carriers.discard)

    async def _over(self, parcel: Parcel, *, first: bool = True) -> None:
        """Until it is confirmed, when it is an event; else once."""
        if first and self.late and parcel.is_event:
            await asyncio.sleep(self.dice.uniform(0, self.late))
        pause = 0.05
        while True:
            if first:
                if self.door:
                    await self._by_http(parcel)
                elif self.sockets:
                    await self._by_socket(parcel, self.dice.choice(self.sockets))
            first = True
            await self._confirmed_or_cut(parcel)
            if not parcel.on_its_way:
                return
            if not parcel.is_event:
                parcel.failed = True
                self.happened()
            else:
                await asyncio.sleep(pause)
                pause = min(2 * pause, 1.0)

    async def _confirmed_or_cut(self, parcel: Parcel) -> None:
        """Wait for the confirmation as long as Slack does, or until the connection ends."""
        socket = self._socket_of.get(parcel.id)
        if self.door or socket is None:
            return
        try:
            await self.until(lambda: not parcel.on_its_way or socket not in self.sockets, self.patience)
        except TimeoutError:
            return

    async def _by_socket(self, parcel: Parcel, socket: web.WebSocketResponse | None) -> None:
        parcel.tries += 1
        if socket is None:
            return
        self._socket_of[parcel.id] = socket
        try:
            await socket.send_json(parcel.envelope())
        except ConnectionError:
            return

    async def _by_http(self, parcel: Parcel) -> None:
        parcel.tries += 1
        body, kind = parcel.body()
        headers = signed(body, kind)
        if parcel.tries > 1:
            headers |= {"X-Slack-Retry-Num": str(parcel.tries - 1), "X-Slack-Retry-Reason": "http_error"}
        try:
            async with self._session.post(
                self.door, data=body, headers=headers, timeout=aiohttp.ClientTimeout(total=self.patience)
            ) as answer:
                said = await answer.read()
                if answer.status == 200:
                    self._confirm(parcel, json.loads(said) if said else None)
        except (aiohttp.ClientError, TimeoutError, OSError):
            return

    def _confirm(self, parcel: Parcel, answer: dict[str, Any] | None) -> None:
        if parcel.confirmed:
            return
        try:
            self.check(parcel, answer)
        except Refused as refused:
            self.violations.append(str(refused))
        parcel.answer = answer
        parcel.confirmed = time.monotonic()
        self.acks[parcel.id] = {
            "envelope_id": parcel.id,
            **({"payload": answer} if answer is not None else {}),
        }
        self.happened()
