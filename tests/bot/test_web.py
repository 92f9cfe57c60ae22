"""The web server around the pages."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web import application


def test_what_goes_wrong_is_logged_without_what_it_was_about(caplog: pytest.LogCaptureFixture) -> None:
    """Where and of what kind; whoever asked gets an answer, guarded like every other."""

    async def broken(_request: Request) -> Response:
        raise ValueError("said by a person")

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(application([Route("/", broken)]))
        async with httpx.AsyncClient(transport=transport, base_url="https://desk.example") as client:
            return await client.get("/")

    answer = asyncio.run(ask())
    assert answer.status_code == 500
    assert answer.headers["x-frame-options"] == "DENY"
    assert "said by a person" not in answer.text
    assert "a request failed: ValueError at test_web.py" in caplog.text
    assert "said by a person" not in caplog.text
