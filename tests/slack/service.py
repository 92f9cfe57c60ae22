"""Slack as this app meets it: one workspace, its rooms and modals, and nothing that Slack would refuse."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from aiohttp import WSMsgType, web

from tests.bot.channels.slack.workspace import APP, BOT
from tests.slack.api import Api
from tests.slack.carrier import Carrier
from tests.slack.methods import BY_APP, Refused, checked, wrong
from tests.slack.post import Parcel
from tests.slack.replies import check_reply
from tests.telegram.faults import Fault, Faults

MOST_SOCKETS = 10


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


class Slack(Carrier, Api):
    """Listens inside `async with`. What we may never do is in `violations`."""

    def __init__(self, locale: str = "en-GB") -> None:
        Carrier.__init__(self)
        Api.__init__(self, locale)
        self.log: list[Call] = []
        self.faults = Faults()
        self.tickets: set[str] = set()
        """For sockets, whoever came with them."""
        self._tickets: set[str] = set()

    def check(self, parcel: Parcel, answer: dict[str, Any] | None) -> None:
        """Raises Refused."""
        check_reply(parcel, answer, self)

    # --- from the app ---

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        as_json = request.content_type == "application/json"
        values = await request.json() if as_json else dict(await request.post())
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        call = Call(time.monotonic(), method, values)
        self.log.append(call)
        performed = partial(self._performed, call, token, as_json=as_json)
        if fault := self.faults.next(method, {"chat_id": "".join(filter(str.isdigit, call.channel))}):
            return await _faulty(fault, call, request, performed)
        return performed()

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

    async def _responded(self, request: web.Request) -> web.Response:
        """We answer in the confirmation or from the outbox: this way nothing would be kept of it."""
        self.violations.append("an answer by response_url")
        return await super()._responded(request)

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

    async def _file(self, request: web.Request) -> web.StreamResponse:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        self.tokens.add(("file", token))
        performed = partial(self._handed_out, request, token)
        if fault := self.faults.next("file", {}):
            return await _faulty(fault, Call(time.monotonic(), "file", {}), request, performed)
        return performed()

    def _handed_out(self, request: web.Request, token: str) -> web.Response:
        name = request.match_info["name"]
        if name in self.files:
            return self.files[name](request)
        if token != BOT or name not in self.kept:
            return web.Response(text="<html>Sign in to Slack</html>", content_type="text/html")
        return web.Response(body=self.kept[name])

    def counted(self) -> Counter[str]:
        """How often each method was called and answered well."""
        return Counter(call.method for call in self.log if call.status == 200 and not call.error)


async def _faulty(
    fault: Fault, call: Call, request: web.Request, performed: Callable[[], web.Response]
) -> web.StreamResponse:
    """What comes of a call that goes wrong."""
    match fault.kind:
        case "429":
            call.status, call.error = 429, "ratelimited"
            headers = {"Retry-After": str(int(fault.seconds))}
            return web.json_response({"ok": False, "error": call.error}, status=429, headers=headers)
        case "500":
            return web.json_response({"ok": False, "error": "internal_error"}, status=500)
        case "refused":
            call.status, call.error = 200, fault.error
            return web.json_response({"ok": False, "error": fault.error})
        case "html":
            return web.Response(text="<html>502 Bad Gateway</html>", status=502, content_type="text/html")
        case "first":
            assert fault.does
            fault.does()
        case "hang" | "drop before":
            await asyncio.sleep(fault.seconds if fault.kind == "hang" else 0)
        case _:
            answer = performed()
            if fault.kind == "truncated":
                return await _half(answer, request)
            if fault.does:
                fault.does()
            if fault.kind == "hang after":
                await asyncio.sleep(fault.seconds)
                return answer
    assert request.transport
    request.transport.abort()
    return web.Response()


async def _half(answer: web.Response, request: web.Request) -> web.StreamResponse:
    """Half of an answer; of a file the other half is announced, of JSON it is not."""
    body = bytes(answer.body or b"")  # type: ignore[arg-type]
    if answer.content_type == "application/json":
        return web.Response(body=body[: len(body) // 2], content_type="application/json")
    stream = web.StreamResponse(headers={"Content-Length": str(len(body))})
    await stream.prepare(request)
    await stream.write(body[: len(body) // 2])
    assert request.transport
    request.transport.close()
    return stream
