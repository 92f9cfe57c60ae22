"""The service on HTTP, on loopback, in a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import uvicorn
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from tests.telegram.faults import Fault
from tests.telegram.refusals import OTHER_POLLER, WEBHOOK_ACTIVE, Refused, broken, too_many
from tests.telegram.rules import Upload, checked
from tests.telegram.service import Call, Service


class Server:
    """Listens from the moment it is made until `stop`."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else an answer waits 40 ms
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/bot"
        self.file_url = f"http://127.0.0.1:{self.port}/file/bot"
        self.online = True
        self._poll: asyncio.Future[None] | None = None
        config = uvicorn.Config(
            self._app,
            http="h11",
            interface="asgi3",
            loop="asyncio",
            lifespan="off",
            proxy_headers=False,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)
        self._thread.start()

    def catch_up(self) -> None:
        """Return when everything that was asked before has been looked at."""
        for _round in range(3):
            httpx.get(f"http://127.0.0.1:{self.port}/", trust_env=False)

    def stop(self) -> None:
        """End the thread."""
        self._server.should_exit = True
        with self.service.changed:
            self.service.happened()
        self._thread.join(5)

    async def _run(self) -> None:
        self._wake = asyncio.Event()
        loop = asyncio.get_running_loop()

        def wake() -> None:
            loop.call_soon_threadsafe(self._wake.set)

        self.service.wakers.append(wake)
        hook = asyncio.create_task(self._webhook())
        await self._server.serve(sockets=[self._socket])
        self.service.wakers.clear()
        hook.cancel()
        await asyncio.gather(hook, return_exceptions=True)

    # --- requests ---

    async def _app(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        transport = send.__self__.transport  # type: ignore[attr-defined]  # uvicorn's own, to cut the line
        if not self.online:
            transport.abort()
            return
        response = await self._answered(request, transport)
        if response is None:
            transport.abort()
            return
        with contextlib.suppress(OSError):  # the other side went away, or half of a file is all there is
            await response(scope, receive, send)

    async def _answered(self, request: Request, transport: Any) -> Response | None:
        parts = request.url.path.split("/", 3)
        if parts[1] == "file":
            return self._download(parts[2], parts[3])
        if parts[1] != f"bot{self.service.token}":
            return _refusal(401, "Unauthorized")
        method = parts[2] if len(parts) == 3 else ""
        given = await _given(request)
        fault = self.service.faults.next(method, given)
        if fault:
            return await self._faulty(fault, method, given, transport)
        return _response(await self._perform(method, given))

    async def _faulty(
        self, fault: Fault, method: str, given: dict[str, Any], transport: Any
    ) -> Response | None:
        match fault.kind:
            case "429":
                call = Call(time.monotonic(), method, given)
                with self.service.changed:
                    self.service.calls.append(call)
                    self.service.refuse(call, too_many(int(fault.seconds)))
                    self.service.punish(call.chat, fault.seconds)
                return _response(call)
            case "500":
                return _refusal(500, "Internal Server Error")
            case "html":
                return HTMLResponse("<html><body><h1>502 Bad Gateway</h1></body></html>", 502)
            case "hang":
                await asyncio.sleep(fault.seconds)
                return None
            case "drop before":
                return None
            case "first":
                assert fault.does
                await asyncio.to_thread(fault.does)
                return None
        call = await self._perform(method, given)
        match fault.kind:
            case "then":
                assert fault.does
                await asyncio.to_thread(fault.does)
            case "hang after":
                await asyncio.sleep(fault.seconds)
            case "truncated":
                whole = bytes(_response(call).body)
                return Response(whole[: len(whole) // 2], media_type="application/json")
            case _:
                return None
        return _response(call)

    async def _perform(self, method: str, given: dict[str, Any]) -> Call:
        if method == "getUpdates":
            return await self._updates(given)
        return self.service.call(method, given)

    def _download(self, bot: str, path: str) -> Response:
        id = path.rpartition("/")[2]
        if bot != f"bot{self.service.token}" or id not in self.service.files:
            return _refusal(404, "Not Found")
        content = self.service.files[id][1]
        fault = self.service.faults.next("file", {})
        if fault and fault.does:
            return StreamingResponse(
                _half(content, fault.does), headers={"Content-Length": str(len(content))}
            )
        if fault:
            return _refusal(500, "Internal Server Error")
        return Response(content, media_type="application/octet-stream")

    # --- updates ---

    async def _updates(self, given: dict[str, Any]) -> Call:
        service, call = self.service, Call(time.monotonic(), "getUpdates", given)
        try:
            params = call.params = checked("getUpdates", given)
            if service.webhook:
                raise Refused(409, WEBHOOK_ACTIVE)
            if params.get("offset", 0) < 0 or not 1 <= params.get("limit", 100) <= 100:
                raise broken("a negative offset forgets updates")
            with service.changed:
                service.polls += 1
                service.calls.append(call)
                service.confirm(params.get("offset", 0))
                if params.get("allowed_updates"):
                    service.allowed = set(params["allowed_updates"])
                service.happened()
            call.result, call.code = await self._wait(params), 200
        except Refused as refused:
            service.refuse(call, refused)
        with service.changed:
            service.happened()
        return call

    async def _wait(self, params: dict[str, Any]) -> list[dict[str, Any]]:
        """The next batch, as soon as there is one. A newer poll ends this one."""
        if self._poll and not self._poll.done():
            self._poll.set_exception(Refused(409, OTHER_POLLER))
        mine = self._poll = asyncio.get_running_loop().create_future()
        until = time.monotonic() + params.get("timeout", 0)
        try:
            while True:
                self._wake.clear()
                if mine.done():
                    mine.result()
                batch = self.service.batch(params.get("limit", 100))
                left = until - time.monotonic()
                if batch or left <= 0 or self._server.should_exit:
                    return batch
                wake = asyncio.create_task(self._wake.wait())
                await asyncio.wait({wake, mine}, timeout=left, return_when=asyncio.FIRST_COMPLETED)
                wake.cancel()
        finally:
            if not mine.done():
                mine.set_result(None)

    async def _webhook(self) -> None:
        """Deliver to the webhook, one at a time per chat and kind; again until it says 200."""
        busy: set[tuple[Any, ...]] = set()
        tasks: set[asyncio.Task[None]] = set()
        async with httpx.AsyncClient(timeout=10, trust_env=False) as client:
            while True:
                for waiting in list(self.service.updates) if self.service.webhook else []:
                    queue = _queue(waiting.update)
                    if queue not in busy and len(busy) < self.service.webhook.get("max_connections", 40):
                        busy.add(queue)
                        task = asyncio.create_task(self._deliver(client, waiting.update))
                        tasks.add(task)
                        task.add_done_callback(tasks.discard)
                        task.add_done_callback(lambda _task, queue=queue: busy.discard(queue))  # type: ignore[misc]
                while self.service.webhook and self.service.replays:
                    await self._deliver(client, self.service.replays.pop(0), once=True)
                await asyncio.sleep(0.01)

    async def _deliver(self, client: httpx.AsyncClient, update: dict[str, Any], once: bool = False) -> None:
        wait = 0.05
        while self.service.webhook:
            hook = self.service.webhook
            if not once:
                self.service.told_of(update)
            headers = {"X-Telegram-Bot-Api-Secret-Token": hook["secret_token"]}
            try:
                answer = await client.post(hook["url"], json=update, headers=headers)
                if answer.is_success:
                    break
            except httpx.HTTPError:
                pass
            await asyncio.sleep(wait * random.uniform(0.5, 1))
            wait = min(wait * 2, 0.5)
        if not once and self.service.webhook:
            with self.service.changed:
                self.service.updates = [w for w in self.service.updates if w.update is not update]
                self.service.happened()


async def _half(content: bytes, does: Callable[[], Any]) -> AsyncIterator[bytes]:
    """A file that never arrives."""
    yield content[: len(content) // 2]
    await asyncio.to_thread(does)
    raise ConnectionAbortedError


async def _given(request: Request) -> dict[str, Any]:
    """The parameters, from wherever they come."""
    given: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        return given | dict(json.loads(await request.body() or b"{}"))
    async with request.form() as form:
        for name, value in form.items():
            if isinstance(value, UploadFile):
                upload = Upload(await value.read())
                upload.name = value.filename or ""
                given[name] = upload
            else:
                given[name] = value
    for name, value in list(given.items()):
        if isinstance(value, str) and value.startswith("attach://"):
            given[name] = given.pop(value.removeprefix("attach://"))
    return given


def _response(call: Call) -> Response:
    if call.code == 200:
        # Escaped, because half characters can be in it.
        body = json.dumps({"ok": True, "result": call.result})
        return Response(body, media_type="application/json")
    return _refusal(call.code, call.description, call.result)


def _refusal(code: int, description: str, parameters: dict[str, Any] | None = None) -> Response:
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    return JSONResponse(body | ({"parameters": parameters} if parameters else {}), code)


def _queue(update: dict[str, Any]) -> tuple[Any, ...]:
    """Updates of one chat and one kind wait for each other."""
    kind = next((name for name in update if name != "update_id"), "")
    inner = update.get(kind)
    chat = inner.get("message", inner).get("chat", {}) if isinstance(inner, dict) else {}
    return kind, chat.get("id") if isinstance(chat, dict) else None
