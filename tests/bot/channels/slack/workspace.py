"""A workspace of paper: the Web API and Socket Mode over real connections, as far as tests here need them."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import defaultdict
from collections.abc import Callable
from typing import Any, Self

from aiohttp import WSMsgType, web

BOT, APP = "xoxb-paper-bot", "xapp-paper-app"
PATIENCE = 30.0

Answer = Callable[[dict[str, Any]], web.Response]


def refused(error: str, status: int = 200, **headers: str) -> Answer:
    """Slack says no."""
    return lambda _values: web.json_response({"ok": False, "error": error}, status=status, headers=headers)


class Workspace:
    """Listens on a port of its own inside `async with`."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.tokens: set[tuple[str, str]] = set()
        self.answers: dict[str, list[Answer]] = defaultdict(list)
        self.sockets: list[web.WebSocketResponse] = []
        self.opened = 0
        self.acks: dict[str, dict[str, Any]] = {}
        self.greeting: dict[str, Any] = {"type": "hello"}
        self.files: dict[str, Callable[[web.Request], web.Response]] = {}
        self.url = ""
        self._numbers = itertools.count(1)
        self._changed = asyncio.Event()

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/api/{method}", self._call)
        app.router.add_get("/socket", self._socket)
        app.router.add_get("/files/{name}", self._file)
        app.router.add_post("/upload/{id}", self._upload)
        app.router.add_post("/response", self._responded)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{port}"
        return self

    async def __aexit__(self, *_error: object) -> None:
        for socket in list(self.sockets):
            await socket.close()
        await self._runner.cleanup()

    @property
    def api(self) -> str:
        """The address of the Web API."""
        return f"{self.url}/api/"

    def called(self, method: str) -> list[dict[str, Any]]:
        """The values of all calls of a method."""
        return [values for name, values in self.calls if name == method]

    async def until(self, true: Callable[[], object]) -> None:
        """Wait for something to become true."""
        async with asyncio.timeout(PATIENCE):
            while not true():
                self._changed.clear()
                try:
                    async with asyncio.timeout(0.05):
                        await self._changed.wait()
                except TimeoutError:
                    continue

    async def deliver(
        self, payload: dict[str, Any], kind: str = "events_api", socket: web.WebSocketResponse | None = None
    ) -> str:
        """Send an envelope; returns its id, under which its acknowledgement is found."""
        id = f"envelope-{next(self._numbers)}"
        await (socket or self.sockets[-1]).send_json(
            {
                "envelope_id": id,
                "type": kind,
                "payload": payload,
                "accepts_response_payload": kind != "events_api",
            }
        )
        return id

    async def acked(self, id: str) -> dict[str, Any]:
        """The acknowledgement of an envelope."""
        await self.until(lambda: id in self.acks)
        return self.acks[id]

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        values: dict[str, Any] = (
            await request.json() if request.content_type == "application/json" else dict(await request.post())
        )
        self.calls.append((method, values))
        self.tokens.add((method, token))
        self._changed.set()
        if self.answers[method]:
            return self.answers[method].pop(0)(values)
        return web.json_response({"ok": True, **self._answer(method, values)})

    def _answer(self, method: str, values: dict[str, Any]) -> dict[str, Any]:
        match method:
            case "apps.connections.open":
                return {"url": f"{self.url.replace('http', 'ws')}/socket"}
            case "users.info":
                return {"user": {"id": values["user"], "locale": "nl-BE", "tz": "Europe/Brussels"}}
            case "chat.postMessage":
                channel = str(values["channel"]).replace("U", "D", 1)
                return {"channel": channel, "ts": f"17.{next(self._numbers):06d}"}
            case _:
                return {}

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json(self.greeting)
        self.sockets.append(socket)
        self.opened += 1
        self._changed.set()
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                said = json.loads(message.data)
                self.acks[said["envelope_id"]] = said
                self._changed.set()
        self.sockets.remove(socket)
        self._changed.set()
        return socket

    async def _upload(self, request: web.Request) -> web.Response:
        """Where bytes are brought; how the real fake takes them is its own affair."""
        return web.Response(status=404)

    async def _responded(self, request: web.Request) -> web.Response:
        """A response_url; who uses it decides what may be said there."""
        return web.Response(status=404)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        self.tokens.add(("file", request.headers.get("Authorization", "").removeprefix("Bearer ")))
        return self.files[request.match_info["name"]](request)
