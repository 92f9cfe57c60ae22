"""The webhook: an update is confirmed when it is stored, and only to who knows the secret."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Sequence
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

LARGEST: Final = 1_000_000
HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"


def route(url: str, secret: str, take: Callable[[Sequence[bytes]], Awaitable[None]]) -> Route:
    """What the web server answers at the path of this address."""

    async def update(request: Request) -> Response:
        given = request.headers.get(HEADER, "")
        if not secret or not hmac.compare_digest(given.encode("latin-1", "replace"), secret.encode()):
            return Response(status_code=403)
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return Response(status_code=413)
        await take([body])
        return Response(status_code=200)

    return Route(urlsplit(url).path or "/", update, methods=["POST"])


async def _body(request: Request) -> bytes | None:
    """The body, unless it is larger than any update."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST:
            return None
        parts.append(part)
    return b"".join(parts)
