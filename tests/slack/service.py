"""Slack as this app meets it: one workspace, its rooms and modals, and nothing that Slack would refuse."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import secrets
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any, Self

import aiohttp
from aiohttp import WSMsgType, web

from tests.bot.channels.slack.workspace import APP, BOT, Workspace
from tests.slack.api import Api
from tests.slack.methods import BY_APP, Refused, checked, wrong
from tests.slack.post import Parcel, signed
from tests.slack.replies import check_reply
from tests.telegram.faults import Fault, Faults

PATIENCE = 60.0
MOST_SOCKETS = 10


class Warned(Exception):
    """The person sees a warning: the app did not answer."""


@dataclass
class Call:
    """One call as it came in and what was answered."""

    at: float
    method: str
    values: dict[str, Any]
    status: int = 0
    error: str = ""

    @property
    def channel(self) -> str:
        """Where it is about: a person and their direct messages are one."""
        return str(self.values.get("channel", self.values.get("user_id", ""))).replace("U", "D", 1)


class Slack(Workspace, Api):
    """Listens inside `async with`. What we may never do is in `violations`."""

    def __init__(self, locale: str = "en-GB") -> None:
        Workspace.__init__(self)
        Api.__init__(self, locale)
        self.log: list[Call] = []
        self.violations: list[str] = []
        self.faults = Faults()
        self.parcels: dict[str, Parcel] = {}
        self.door = ""
        """Where the app listens on HTTP; empty: it comes for its payloads over sockets."""
        self.patience = 20.0
        """Seconds until what is not confirmed comes again. Slack waits three, this machine is shared."""
        self.dice = random.Random(7)
        self.twice = 0.0
        self.late = 0.0
        """How likely an event is to come twice, and by how many seconds at most it comes late."""
        self.tickets: set[str] = set()
        """For sockets, whoever came with them."""
        self._tickets: set[str] = set()
        self._carriers: set[asyncio.Task[None]] = set()
        self._socket_of: dict[str, web.WebSocketResponse] = {}
        self._count = itertools.count(1)

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self.patience))
        return self

    async def __aexit__(self, *error: object) -> None:
        for task in self._carriers:
            task.cancel()
        await asyncio.gather(*self._carriers, return_exceptions=True)
        await self._session.close()
        await super().__aexit__(*error)

    def happened(self) -> None:
        """Wake who waits."""
        self._changed.set()

    # --- to the app ---

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

    async def refreshes(self, socket: web.WebSocketResponse, after: float = 0.05) -> None:
        """Slack wants a connection renewed, and ends it a little later."""
        if socket in self.sockets and not socket.closed:
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested", "debug_info": {}})
            await asyncio.sleep(after)
            await socket.close()

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
            async with self._session.post(self.door, data=body, headers=headers) as answer:
                said = await answer.read()
                if answer.status == 200:
                    self._confirm(parcel, json.loads(said) if said else None)
        except (aiohttp.ClientError, TimeoutError, OSError):
            return

    def _confirm(self, parcel: Parcel, answer: dict[str, Any] | None) -> None:
        if parcel.confirmed:
            return
        try:
            check_reply(parcel, answer, self)
        except Refused as refused:
            self.violations.append(str(refused))
        parcel.answer = answer
        parcel.confirmed = time.monotonic()
        self.acks[parcel.id] = {
            "envelope_id": parcel.id,
            **({"payload": answer} if answer is not None else {}),
        }
        self.happened()

    # --- from the app ---

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        as_json = request.content_type == "application/json"
        values = await request.json() if as_json else dict(await request.post())
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        call = Call(time.monotonic(), method, values)
        self.log.append(call)
        if fault := self.faults.next(method, {"chat_id": "".join(filter(str.isdigit, call.channel))}):
            return await self._faulty(fault, call, token, request, as_json=as_json)
        return self._performed(call, token, as_json=as_json)

    async def _faulty(
        self, fault: Fault, call: Call, token: str, request: web.Request, *, as_json: bool
    ) -> web.Response:
        match fault.kind:
            case "429":
                call.status, call.error = 429, "ratelimited"
                headers = {"Retry-After": str(int(fault.seconds))}
                return web.json_response({"ok": False, "error": call.error}, status=429, headers=headers)
            case "500":
                return web.json_response({"ok": False, "error": "internal_error"}, status=500)
            case "html":
                return web.Response(text="<html>502 Bad Gateway</html>", status=502, content_type="text/html")
            case "first":
                assert fault.does
                fault.does()
            case "hang" | "drop before":
                await asyncio.sleep(fault.seconds if fault.kind == "hang" else 0)
            case _:
                answer = self._performed(call, token, as_json=as_json)
                if fault.kind == "truncated":
                    body = bytes(answer.body or b"")  # type: ignore[arg-type]
                    return web.Response(body=body[: len(body) // 2], content_type="application/json")
                if fault.does:
                    fault.does()
                if fault.kind == "hang after":
                    await asyncio.sleep(fault.seconds)
                    return answer
        assert request.transport
        request.transport.abort()
        return web.Response()

    def _performed(self, call: Call, token: str, *, as_json: bool) -> web.Response:
        self.tokens.add((call.method, token))
        try:
            if self.removed:
                raise Refused("account_inactive")
            if token != (APP if call.method in BY_APP else BOT):
                raise wrong("invalid_auth", call.method)
            answer = self.perform(call.method, checked(call.method, call.values, as_json=as_json))
            self.calls.append((call.method, call.values))
            if call.method == "apps.connections.open":
                answer = {"url": self._address()}
        except Refused as refused:
            call.status, call.error = 200, refused.error
            if refused.ours:
                self.violations.append(str(refused))
            self.happened()
            return web.json_response({"ok": False, "error": refused.error})
        call.status = 200
        self.happened()
        return web.json_response({"ok": True, **answer})

    def _address(self) -> str:
        ticket = f"ticket-{next(self._count)}-{secrets.token_hex(4)}"
        self.tickets.add(ticket)
        self._tickets.add(ticket)
        return f"{self.url.replace('http', 'ws')}/socket?ticket={ticket}&app_id=A1"

    async def _upload(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization"):
            self.violations.append("a token goes to where files are brought")
        fits = self.uploads.bring(request.match_info["id"], await request.read())
        return web.Response(status=200 if fits else 400)

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPForbidden
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if len(self.sockets) >= MOST_SOCKETS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        await socket.send_json({**self.greeting, "num_connections": len(self.sockets) + 1})
        self.sockets.append(socket)
        self.opened += 1
        self.happened()
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._heard(json.loads(message.data))
        finally:
            self.sockets.remove(socket)
            self.happened()
        return socket

    def _heard(self, said: dict[str, Any]) -> None:
        id = str(said.get("envelope_id", "")).rpartition(".")[0]
        if id not in self.parcels or set(said) - {"envelope_id", "payload"}:
            self.violations.append(f"a confirmation of nothing: {sorted(said)}")
        else:
            self._confirm(self.parcels[id], said.get("payload"))

    async def _file(self, request: web.Request) -> web.Response:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        self.tokens.add(("file", token))
        if self.faults.next("file", {}):
            return web.Response(status=500)
        name = request.match_info["name"]
        if name in self.files:
            return self.files[name](request)
        if token != BOT or name not in self.kept:
            return web.Response(text="<html>Sign in to Slack</html>", content_type="text/html")
        return web.Response(body=self.kept[name])

    def counted(self) -> Counter[str]:
        """How often each method was called and answered well."""
        return Counter(call.method for call in self.log if call.status == 200 and not call.error)
