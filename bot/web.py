"""The one HTTP server: channels and the desk hand it their routes."""

from __future__ import annotations

import contextlib
import logging
import socket
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.faults import trace

log = logging.getLogger(__name__)

PATIENCE: Final = 2

GUARDS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=()",
}


def application(routes: Sequence[BaseRoute]) -> ASGIApp:
    """The web application of these routes, every answer guarded."""
    return Guarded(Starlette(routes=list(routes)))


class Guarded:
    """Every answer forbids what no page of ours needs, and is kept by no cache unless it says so.

    What goes wrong is logged without what people say.
    """

    def __init__(self, inner: ASGIApp) -> None:
        self._inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        # The name of a static file's version is in its address, so that it may be kept for ever.
        for_ever = scope["path"].startswith("/static/") and scope["query_string"].startswith(b"v=")

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(GUARDS)
                if for_ever and message["status"] == 200:
                    headers["Cache-Control"] = "public, max-age=31536000, immutable"
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        try:
            await self._inner(scope, receive, guarded)
        except Exception as error:  # already answered; the server would log what it was about
            log.error("a request failed: %s", trace(error))


class Server:
    """Listens from the moment it is made; `run` answers until `stop`."""

    def __init__(
        self, app: ASGIApp, host: str, port: int, closing: Callable[[], None] = lambda: None
    ) -> None:
        self._closing = closing
        self._socket = socket.create_server((host, port), reuse_port=False)
        # asyncio does not do this for a socket made here: every answer would wait 40 ms for the reader.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.port: int = self._socket.getsockname()[1]
        self._server = _Uvicorn(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,  # addresses hold one-time codes
                lifespan="off",
                server_header=False,
                timeout_graceful_shutdown=PATIENCE,
            )
        )

    async def run(self) -> None:
        """Answer requests until told to stop."""
        await self._server.serve(sockets=[self._socket])

    def stop(self) -> None:
        """Take no new requests and finish the ones under way; `closing` ends those that never would."""
        self._closing()
        self._server.should_exit = True


class _Uvicorn(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals belong to the process, which stops its other parts too."""
        yield
