"""Signed HTTP under /slack/events: a request is answered when it is stored, and only to Slack."""

from __future__ import annotations

import json
import logging
import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any, Final
from urllib.parse import parse_qsl

from slack_sdk.signature import SignatureVerifier
from starlette.background import BackgroundTask
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.slack.manifest import PATH
from bot.ports import Malformed

log = logging.getLogger(__name__)

LARGEST: Final = 2_000_000
REMEMBERED: Final = 600.0
"""Seconds; Slack's signatures are good for five minutes before and after their time."""

_TIMESTAMP: Final = re.compile(r"[0-9]{1,12}", re.ASCII)
_SIGNATURE: Final = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)


class Door:
    """Lets in what Slack signed, each request once."""

    def __init__(self, secret: str, now: Callable[[], float] = time.time) -> None:
        self._verifier = SignatureVerifier(secret)
        self._now = now
        self._seen: OrderedDict[str, float] = OrderedDict()

    def opens(self, body: bytes, timestamp: str, signature: str) -> bool:
        """Whether Slack signed this, lately. What the verifier would stumble over is refused before."""
        if not _TIMESTAMP.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
            return False
        try:
            body.decode()
        except UnicodeDecodeError:
            return False
        return self._verifier.is_valid(body, timestamp, signature) and signature not in self._seen

    def remember(self, signature: str) -> None:
        """This request was answered: the same one again is not from Slack, which signs anew."""
        now = self._now()
        self._seen[signature] = now
        while self._seen and next(iter(self._seen.values())) < now - REMEMBERED:
            self._seen.popitem(last=False)


def route(
    secret: str, take: Callable[[dict[str, Any], AsyncExitStack], Awaitable[dict[str, Any] | None]]
) -> Route:
    """What the web server answers there."""
    door = Door(secret)

    async def request(request: Request) -> Response:
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return Response(status_code=413)
        signature = request.headers.get("X-Slack-Signature", "")
        if not door.opens(body, request.headers.get("X-Slack-Request-Timestamp", ""), signature):
            return Response(status_code=401)
        try:
            data = payload_in(body, request.headers.get("Content-Type", ""))
            if data.get("type") == "url_verification":
                return JSONResponse({"challenge": str(data.get("challenge", ""))})
            async with AsyncExitStack() as after:
                answer = await take(data, after)
                door.remember(signature)
                told = BackgroundTask(after.pop_all().aclose)
        except Malformed:
            return Response(status_code=400)
        return Response(background=told) if answer is None else JSONResponse(answer, background=told)

    return Route(PATH, request, methods=["POST"])


def payload_in(body: bytes, content_type: str) -> dict[str, Any]:
    """Events are JSON; interactions a form with JSON in it; commands a form. Raises Malformed."""
    if content_type.partition(";")[0].strip().lower() == "application/json":
        return _object(body)
    try:
        form: dict[str, Any] = dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=100))
    except ValueError as problem:
        raise Malformed(type(problem).__name__) from None
    return _object(form["payload"]) if "payload" in form else form


def _object(text: bytes | str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise Malformed(type(problem).__name__) from None
    if not isinstance(data, dict):
        raise Malformed("no object")
    return data


async def _body(request: Request) -> bytes | None:
    """The body, unless it is larger than anything Slack sends."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST:
            return None
        parts.append(part)
    return b"".join(parts)
